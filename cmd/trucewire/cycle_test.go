package main

import (
	"path/filepath"
	"testing"
	"time"

	"trucewire/config"
	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
	"trucewire/store"
)

// newCycle is a desk cycle on a real database with one source and one subscription.
func newCycle(t *testing.T) (*cycle, sources.Source) {
	t.Helper()
	catalogue, err := config.LoadCatalogue("")
	must(t, err)
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "data"))
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	source := sources.Source{ID: "gazette", Name: "The Gazette", URL: "https://gazette.example/feed", Outlet: "gazette", Lang: "en", Default: true}
	must(t, db.SyncCatalogue(t.Context(), []sources.Source{source}))
	must(t, db.SeeGuild(t.Context(), "100", "Test server", time.Now()))
	_, err = db.AddSubscription(t.Context(), notify.Subscription{Guild: "100", Channel: "200", Severity: news.Notable, CreatedAt: time.Now()}, guild.AuditEntry{Guild: "100", At: time.Now(), Action: "alerts add"})
	must(t, err)
	reader, err := news.NewReader(catalogue.News)
	must(t, err)
	return &cycle{store: db, desk: news.NewDesk(catalogue.News, reader), wake: func() {}}, source
}

func trucePoll(src sources.Source) sources.Poll {
	now := time.Now().UTC().Truncate(time.Second)
	return sources.Poll{
		Source: src, State: sources.State{Source: src.ID, ETag: `"new"`, CheckedAt: now, OKAt: now, BaselineAt: now.Add(-time.Hour)}, At: now,
		Items: []news.Item{{
			ID: "item-1", Source: src.ID, Outlet: src.Outlet, URL: "https://gazette.example/1", Published: now, Dated: true, FirstSeen: now, Lang: "en",
			Title: "Sudanese army and RSF sign ceasefire agreement", Text: "The Sudanese army and the Rapid Support Forces (RSF) signed a ceasefire agreement, the United Nations said.",
		}},
	}
}

func (c *cycle) owedTo(t *testing.T, at time.Time) int {
	t.Helper()
	owed, err := c.store.OwedMessages(t.Context(), at.Add(time.Hour), 100)
	must(t, err)
	return len(owed)
}

// A desk that changed before the commit would take the same item for a repeat when the
// poll is made again, and the post would be lost.
func TestAPollThatCannotBeCommittedChangesNothing(t *testing.T) {
	c, src := newCycle(t)
	poll := trucePoll(src)
	broken := poll
	broken.Source.ID, broken.State.Source = "unknown", "unknown" // the store refuses it at the commit, after the desk has decided
	if err := c.FilePoll(t.Context(), broken); err == nil {
		t.Fatal("the state of an unknown source was committed")
	}
	if n := c.owedTo(t, poll.At); n != 0 {
		t.Fatalf("%d messages are owed after a failed commit", n)
	}
	if got := c.desk.File(poll.Items, poll.At).Filed[0].Novelty; got != news.First {
		t.Errorf("the desk takes the item for %q: it remembers what was not committed", got)
	}
	must(t, c.FilePoll(t.Context(), poll))
	if n := c.owedTo(t, poll.At); n != 1 {
		t.Errorf("%d messages are owed after the poll was made again, want 1", n)
	}
}

func TestABaselineOwesNobodyAnything(t *testing.T) {
	c, src := newCycle(t)
	poll := trucePoll(src)
	poll.Baseline = true
	must(t, c.FilePoll(t.Context(), poll))
	if n := c.owedTo(t, poll.At); n != 0 {
		t.Errorf("%d messages are owed for what was there before", n)
	}
}

func TestTheSamePollTwiceOwesOnce(t *testing.T) {
	c, src := newCycle(t)
	poll := trucePoll(src)
	must(t, c.FilePoll(t.Context(), poll))
	must(t, c.FilePoll(t.Context(), poll))
	if n := c.owedTo(t, poll.At); n != 1 {
		t.Errorf("%d messages are owed, want 1", n)
	}
}
