// Package storetest is the conformance suite of the store: what every database that
// Trucewire remembers with must do, whatever it is. SQLite runs it today; the next
// database runs the same.
//
// The suite speaks only through the exported methods, so it says nothing about SQL.
package storetest

import (
	"context"
	"testing"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/notify/notifytest"
	"trucewire/sources"
	"trucewire/store"
)

// Store is what a database gives the program.
type Store interface {
	sources.Ledger
	sources.Library
	notify.Outbox
	notify.Shelf

	Commit(ctx context.Context, c store.Commit) error
	Window(ctx context.Context, since time.Time) (news.Window, error)
	Items(ctx context.Context, ids []news.ItemID) ([]news.Item, error)
	Development(ctx context.Context, id news.DevelopmentID) (news.Development, error)
	Developments(ctx context.Context, q store.DevelopmentQuery) ([]news.Development, error)
	Standings(ctx context.Context, conflict news.ConflictID, at time.Time) ([]news.Standing, error)

	Told(ctx context.Context, ids []news.DevelopmentID) ([]notify.Message, error)
	PendingDeadlines(ctx context.Context) ([]notify.Message, error)
	Homes(ctx context.Context, items []news.ItemID) (map[news.ItemID]news.DevelopmentID, error)
	Message(ctx context.Context, g guild.ID, key string) (notify.Message, error)
	ResumeChannel(ctx context.Context, g guild.ID, c guild.ChannelID, audit guild.AuditEntry) error

	SyncCatalogue(ctx context.Context, catalogue []sources.Source) error
	NeededSources(ctx context.Context) ([]sources.Check, error)
	VisibleSources(ctx context.Context, g guild.ID) (map[news.SourceID]bool, error)
	Views(ctx context.Context) (store.Views, error)

	Settings(ctx context.Context, g guild.ID) (guild.Settings, error)
	SaveSettings(ctx context.Context, g guild.Settings, audit guild.AuditEntry) error
	SeeGuild(ctx context.Context, id guild.ID, name string, at time.Time) error
	LeaveGuild(ctx context.Context, id guild.ID, at time.Time) error
	Guilds(ctx context.Context) ([]guild.Settings, error)
	Audit(ctx context.Context, g guild.ID, limit int) ([]guild.AuditEntry, error)

	Mark(ctx context.Context, key, value string) error
	Marked(ctx context.Context, key string) (string, error)
	NextDue(ctx context.Context) (next time.Time, ok bool, err error)
	Counts(ctx context.Context) (store.Counts, error)
	Sweep(ctx context.Context, now time.Time) error
	Close() error
}

var _ Store = (*store.Store)(nil)

// Opener opens the store of a place: an empty one for a place it never saw, what was
// there before for one that was closed. A place is the path of an empty directory.
type Opener func(t testing.TB, place string) Store

// Run runs the suite on one kind of database.
func Run(t *testing.T, open Opener) {
	groups := []struct {
		name string
		run  func(*testing.T, Opener)
	}{
		{"commit", runCommit},
		{"window", runWindow},
		{"news", runNews},
		{"outbox", runOutbox},
		{"subscriptions", runSubscriptions},
		{"sources", runSources},
		{"guilds", runGuilds},
		{"housekeeping", runHousekeeping},
		{"contract of notify", runContract},
	}
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) { g.run(t, open) })
	}
}

// runContract runs the suite of notify on the store.
func runContract(t *testing.T, open Opener) {
	notifytest.TestOutbox(t, func(t *testing.T) notifytest.OutboxAndShelf { return committer{fresh(t, open)} })
}

// committer owes messages the way a poll does.
type committer struct{ Store }

func (c committer) Owe(ctx context.Context, planned ...notify.Message) error {
	return c.Commit(ctx, store.Commit{Messages: planned})
}

// fresh opens an empty store and closes it with the test.
func fresh(t *testing.T, open Opener) Store {
	t.Helper()
	s := open(t, t.TempDir())
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

// fed is a fresh store with catalogue sources a and b.
func fed(t *testing.T, open Opener) Store {
	t.Helper()
	s := fresh(t, open)
	must(t, s.SyncCatalogue(t.Context(), []sources.Source{feed("a"), feed("b")}))
	return s
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func value[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
