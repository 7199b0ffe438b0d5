package store_test

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/store"
)

// A power cut can leave any prefix of the WAL. Cut at and around every frame, the store
// opens with a prefix of the commits, each whole.
func TestTornWALGivesAPrefixOfTheCommits(t *testing.T) {
	const commits = 4
	origin := t.TempDir()
	s := openAt(t, origin)
	if err := s.Close(); err != nil { // the schema is in the file, the WAL is empty
		t.Fatal(err)
	}
	s = openAt(t, origin)
	fillStore(t, s, commits)
	db, err := os.ReadFile(filepath.Join(origin, file))
	if err != nil {
		t.Fatal(err)
	}
	wal, err := os.ReadFile(filepath.Join(origin, file+"-wal"))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	const header, frameHeader = 32, 24 // bytes; SQLite documentation, "WAL-mode file format"
	frame := frameHeader + int(binary.BigEndian.Uint32(wal[8:12]))
	last := 0
	for cut := header; cut <= len(wal); cut += frame {
		for _, n := range []int{cut - 1, cut, min(cut+frame/2, len(wal))} {
			dir := t.TempDir()
			for name, content := range map[string][]byte{file: db, file + "-wal": wal[:n]} {
				if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			s := openAt(t, dir)
			got := wholeCommits(t, s)
			if got < last {
				t.Errorf("WAL of %d bytes: %d commits, fewer than with a shorter one (%d)", n, got, last)
			}
			last = got
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if last != commits {
		t.Errorf("the whole WAL gives %d commits, want %d", last, commits)
	}
}

// A copy of database and WAL, as a kill or a snapshot leaves them, opens elsewhere.
func TestCopyOfARunningStoreOpens(t *testing.T) {
	origin, dir := t.TempDir(), t.TempDir()
	s := openAt(t, origin)
	defer s.Close()
	for i := range 5 {
		if err := s.Commit(t.Context(), numbered(i)); err != nil {
			t.Fatal(err)
		}
		copyFile(t, filepath.Join(origin, file), filepath.Join(dir, file))
		copyFile(t, filepath.Join(origin, file+"-wal"), filepath.Join(dir, file+"-wal"))
		c := openAt(t, dir)
		if got := wholeCommits(t, c); got != i+1 {
			t.Errorf("the copy has %d commits, want %d", got, i+1)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// Poller, dispatcher, digests and members work at once; nobody waits for ever and no
// write is lost.
func TestEverybodyAtOnce(t *testing.T) {
	const polls, members = 40, 3
	s := openAt(t, t.TempDir())
	defer s.Close()
	ctx := t.Context()
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range polls {
			if err := s.Commit(ctx, numbered(i)); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Go(func() { // the dispatcher
		for sent := 0; sent < polls; {
			due, err := s.OwedMessages(ctx, at(polls), 7)
			if err != nil {
				t.Error(err)
				return
			}
			for _, m := range due {
				id := guild.MessageID(fmt.Sprint(sent))
				if err := s.Intend(ctx, m.Key, at(0)); err != nil {
					t.Error(err)
				}
				if err := s.Receipt(ctx, m.Key, id, m.Want, at(0)); err != nil {
					t.Error(err)
				}
				sent++
			}
		}
	})
	for member := range members {
		wg.Go(func() {
			for i := range polls {
				if _, err := s.Developments(ctx, store.DevelopmentQuery{Limit: 5}); err != nil {
					t.Error(err)
				}
				if _, err := s.Window(ctx, at(0)); err != nil {
					t.Error(err)
				}
				sub := notify.Subscription{Guild: guild.ID(fmt.Sprint(member)), Channel: "1"}
				if i%4 == 0 {
					if _, err := s.AddSubscription(ctx, sub, guild.AuditEntry{At: at(i)}); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	told, err := s.Told(ctx, developmentIDs(polls))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range told {
		if m.State != notify.StateSent {
			t.Errorf("%s is %s", m.Key, m.State)
		}
	}
	if subs, err := s.Subscriptions(ctx, ""); err != nil || len(told) != polls || len(subs) != members*polls/4 {
		t.Errorf("%d posts, %d subscriptions, %v; want %d and %d", len(told), len(subs), err, polls, members*polls/4)
	}
}

func developmentIDs(n int) []news.DevelopmentID {
	ids := make([]news.DevelopmentID, n)
	for i := range ids {
		ids[i] = numbered(i).Changes.Developments[0].ID
	}
	return ids
}
