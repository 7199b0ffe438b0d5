package store_test

import (
	"testing"

	"trucewire/store"
	"trucewire/store/storetest"
)

func openAt(t testing.TB, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSQLiteConforms(t *testing.T) {
	storetest.Run(t, func(t testing.TB, place string) storetest.Store { return openAt(t, place) })
}
