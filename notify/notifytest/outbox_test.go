package notifytest_test

import (
	"testing"

	"trucewire/notify/notifytest"
)

func TestMemoryKeepsTheContract(t *testing.T) {
	notifytest.TestOutbox(t, func(*testing.T) notifytest.OutboxAndShelf { return new(notifytest.Memory) })
}
