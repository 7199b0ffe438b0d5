package store_test

import (
	"fmt"
	"testing"

	"trucewire/guild"
	"trucewire/store"
)

// BenchmarkCommit is a poll that brought one item owed to five channels, durable on
// disk at synchronous=FULL.
func BenchmarkCommit(b *testing.B) {
	s := openAt(b, b.TempDir())
	defer s.Close()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if err := s.Commit(b.Context(), toFive(i)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCommitPoll is a poll that brought twenty such items.
func BenchmarkCommitPoll(b *testing.B) {
	s := openAt(b, b.TempDir())
	defer s.Close()
	b.ReportAllocs()
	for i := 0; b.Loop(); i += 20 {
		var poll store.Commit
		for n := range 20 {
			c := toFive(i + n)
			poll.Poll.Items = append(poll.Poll.Items, c.Poll.Items...)
			poll.Changes.Readings = append(poll.Changes.Readings, c.Changes.Readings...)
			poll.Changes.Filed = append(poll.Changes.Filed, c.Changes.Filed...)
			poll.Changes.Developments = append(poll.Changes.Developments, c.Changes.Developments...)
			poll.Messages = append(poll.Messages, c.Messages...)
		}
		if err := s.Commit(b.Context(), poll); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWindow is a start with 5,000 readings in the window.
func BenchmarkWindow(b *testing.B) {
	const readings = 5000
	s := openAt(b, b.TempDir())
	defer s.Close()
	fillStore(b, s, readings)
	b.ReportAllocs()
	for b.Loop() {
		if got := countReadings(b, s); got != readings {
			b.Fatalf("%d readings", got)
		}
	}
}

// BenchmarkReceipt is what the dispatcher writes for one post: intent and receipt.
func BenchmarkReceipt(b *testing.B) {
	s := openAt(b, b.TempDir())
	defer s.Close()
	c := numbered(0)
	if err := s.Commit(b.Context(), c); err != nil {
		b.Fatal(err)
	}
	key := c.Messages[0].Key
	for b.Loop() {
		if err := s.Intend(b.Context(), key, at(0)); err != nil {
			b.Fatal(err)
		}
		if err := s.Receipt(b.Context(), key, "900", 1, at(0)); err != nil {
			b.Fatal(err)
		}
	}
}

func toFive(i int) store.Commit {
	c := numbered(i)
	d := c.Changes.Developments[0].ID
	for n := range 4 {
		c.Messages = append(c.Messages, owedIn(guild.ChannelID(fmt.Sprintf("11%d", n)), d, at(i)))
	}
	return c
}
