package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	sqlite3 "modernc.org/sqlite/lib"

	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
)

func openIn(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// A kill does not show whether commits survive a power cut; the settings do.
func TestConnectionsAreSetUpToLoseNothing(t *testing.T) {
	s := openIn(t, t.TempDir())
	pragmas := []struct {
		db         *sql.DB
		name, want string
	}{
		{s.writer, "journal_mode", "wal"},
		{s.writer, "synchronous", "2"}, // FULL
		{s.writer, "foreign_keys", "1"},
		{s.writer, "busy_timeout", "5000"},
		{s.reader, "query_only", "1"},
		{s.reader, "foreign_keys", "1"},
		{s.reader, "busy_timeout", "5000"},
	}
	for _, p := range pragmas {
		var got string
		if err := p.db.QueryRowContext(t.Context(), "PRAGMA "+p.name).Scan(&got); err != nil || got != p.want {
			t.Errorf("%s is %q (%v), want %q", p.name, got, err, p.want)
		}
	}
}

// locked holds the write lock of a store from outside, as an operator's shell would,
// until release is called.
func locked(t *testing.T, dir string) (release func()) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	return func() {
		if _, err := conn.ExecContext(context.Background(), "ROLLBACK"); err != nil {
			t.Error(err)
		}
		if err := errors.Join(conn.Close(), db.Close()); err != nil {
			t.Error(err)
		}
	}
}

func TestWriteWaitsForAnotherWriter(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	release := locked(t, dir)
	done := make(chan error)
	go func() { done <- s.Mark(t.Context(), "k", "v") }()
	if v, err := s.Marked(t.Context(), "k"); v != "" || err != nil { // readers do not wait
		t.Errorf("marked %q, %v", v, err)
	}
	release()
	if err := <-done; err != nil {
		t.Errorf("after the other let go: %v", err)
	}
}

func TestWriteGivesUpOnALockThatStays(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	defer locked(t, dir)()
	if _, err := s.writer.ExecContext(t.Context(), "PRAGMA busy_timeout = 1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Mark(t.Context(), "k", "v"); code(err) != sqlite3.SQLITE_BUSY {
		t.Errorf("got %v, want the busy error", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Mark(ctx, "k", "v"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the cancellation", err)
	}
}

func TestWriteTriesABusyDatabaseAgain(t *testing.T) {
	dir := t.TempDir()
	s := openIn(t, dir)
	if _, err := s.writer.ExecContext(t.Context(), "PRAGMA busy_timeout = 1"); err != nil {
		t.Fatal(err)
	}
	tries := 0
	err := s.write(t.Context(), func(tx *sql.Tx) error {
		tries++
		if tries == 1 {
			return busyError(t)
		}
		return nil
	})
	if err != nil || tries != 2 {
		t.Errorf("%d tries, %v; want a second that works", tries, err)
	}
}

// busyError is SQLite's own.
func busyError(t *testing.T) error {
	t.Helper()
	dir := t.TempDir()
	s := openIn(t, dir)
	defer locked(t, dir)()
	if _, err := s.writer.ExecContext(t.Context(), "PRAGMA busy_timeout = 1"); err != nil {
		t.Fatal(err)
	}
	_, err := s.writer.BeginTx(t.Context(), nil)
	if err == nil {
		t.Fatal("the lock does not hold")
	}
	return err
}

// Whatever statement of a commit fails, nothing of it stays.
func TestCommitFailingAtAnyStatementLeavesNothing(t *testing.T) {
	for _, table := range []string{"items", "readings", "developments", "mentions", "standings", "messages", "source_states"} {
		t.Run(table, func(t *testing.T) {
			s := openIn(t, t.TempDir())
			c := wholeCommit()
			if err := s.SyncCatalogue(t.Context(), []sources.Source{c.Poll.Source}); err != nil {
				t.Fatal(err)
			}
			_, err := s.writer.ExecContext(t.Context(), "CREATE TRIGGER stop AFTER INSERT ON "+table+" BEGIN SELECT RAISE(FAIL, 'stopped'); END")
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Commit(t.Context(), c); err == nil {
				t.Fatal("the commit was taken")
			}
			for _, other := range []string{"items", "readings", "developments", "mentions", "standings", "messages", "source_states"} {
				var n int
				if err := s.writer.QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+other).Scan(&n); err != nil || n != 0 {
					t.Errorf("%d rows in %s, %v", n, other, err)
				}
			}
			if _, err := s.writer.ExecContext(t.Context(), "DROP TRIGGER stop"); err != nil {
				t.Fatal(err)
			}
			if err := s.Commit(t.Context(), c); err != nil {
				t.Errorf("made again: %v", err)
			}
		})
	}
}

// The desk compares nothing with an irrelevant item, so its features would be dead weight.
func TestFeaturesOfIrrelevantReadingsAreNotKept(t *testing.T) {
	s := openIn(t, t.TempDir())
	var c Commit
	for _, relevance := range []news.Relevance{news.Irrelevant, news.RelevantContext} {
		id := news.ItemID(relevance)
		c.Changes.Readings = append(c.Changes.Readings, news.Reading{Cite: news.Cite{Item: id}, Relevance: relevance, Features: news.Features{Words: 9}})
		c.Changes.Filed = append(c.Changes.Filed, news.Filing{Item: id})
	}
	if err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	kept, err := collect(t.Context(), s.reader, scanOne[string], `SELECT item FROM readings WHERE features IS NOT NULL`)
	if err != nil || len(kept) != 1 || kept[0] != string(news.RelevantContext) {
		t.Errorf("features are kept of %v, %v", kept, err)
	}
}

// wholeCommit writes to every table that a commit can write to.
func wholeCommit() Commit {
	it := news.Item{ID: "a-1", Source: "a", Title: "Norland report"}
	d := news.Development{ID: "dev-1", Revision: 1, Kinds: []news.Kind{news.TalksHeld}}
	return Commit{
		Poll: sources.Poll{Source: sources.Source{ID: "a", URL: "https://a.example/feed"}, Items: []news.Item{it}},
		Changes: news.Changes{
			Readings: []news.Reading{{Cite: news.Cite{Item: it.ID}}}, Filed: []news.Filing{{Item: it.ID, Development: d.ID}},
			Developments: []news.Development{d}, Standings: []news.Standing{{Conflict: "norland"}},
		},
		Messages: []notify.Message{{Key: "post/1/dev-1", Channel: "1", Form: notify.FormPost}},
	}
}
