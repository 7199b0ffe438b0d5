package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"trucewire/news"
	"trucewire/store"
)

// The test binary plays another process when this names a part for it.
const (
	partEnv = "TRUCEWIRE_STORE_TEST_PART"
	dirEnv  = "TRUCEWIRE_STORE_TEST_DIR"
)

func TestMain(m *testing.M) {
	switch os.Getenv(partEnv) {
	case "hold":
		os.Exit(hold(os.Getenv(dirEnv)))
	case "write":
		os.Exit(writeForEver(os.Getenv(dirEnv)))
	default:
		goleak.VerifyTestMain(m)
	}
}

// hold takes the lock and keeps it until its input ends.
func hold(dir string) int {
	if _, err := store.Lock(dir); err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	return 0
}

// writeForEver commits one poll after another and says so after each.
func writeForEver(dir string) int {
	ctx := context.Background()
	s, err := store.Open(ctx, dir)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	w, err := s.Window(ctx, at(0))
	if err != nil {
		fmt.Println(err)
		return 1
	}
	for i := len(w.Readings); ; i++ {
		if err := s.Commit(ctx, numbered(i)); err != nil {
			fmt.Println(err)
			return 1
		}
		fmt.Println(i)
	}
}

// other starts the test binary in a part. It is killed with the test at the latest.
func other(t *testing.T, part, dir string) (*exec.Cmd, *bufio.Scanner, io.Closer) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), partEnv+"="+part, dirEnv+"="+dir)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd, bufio.NewScanner(out), in
}

func TestOneServiceForOneDirectory(t *testing.T) {
	dir := t.TempDir()
	cmd, out, in := other(t, "hold", dir)
	if !out.Scan() || out.Text() != "held" {
		t.Fatalf("the other process says %q", out.Text())
	}
	if _, err := store.Lock(dir); !errors.Is(err, store.ErrLocked) || !strings.Contains(err.Error(), dir) {
		t.Errorf("while it is held: %v, want ErrLocked naming %s", err, dir)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	l, err := store.Lock(dir)
	if err != nil {
		t.Fatalf("after it ended: %v", err)
	}
	if _, err := store.Lock(dir); !errors.Is(err, store.ErrLocked) {
		t.Errorf("twice in one process: %v, want ErrLocked", err)
	}
	if err := l.Unlock(); err != nil {
		t.Fatal(err)
	}
}

func TestKillLetsGoOfTheLock(t *testing.T) {
	dir := t.TempDir()
	cmd, out, _ := other(t, "hold", dir)
	if !out.Scan() || out.Text() != "held" {
		t.Fatalf("the other process says %q", out.Text())
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	l, err := store.Lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Unlock(); err != nil {
		t.Fatal(err)
	}
}

// What a commit returned from is there after a kill, and what it did not return from
// is there wholly or not at all.
func TestKillInTheMiddleOfWriting(t *testing.T) {
	const kills = 6
	dir := t.TempDir()
	committed := 0
	for kill := range kills {
		cmd, out, _ := other(t, "write", dir)
		for range 3 + 11*kill {
			if !out.Scan() {
				t.Fatal("the writer ended")
			}
			n, err := strconv.Atoi(out.Text())
			if err != nil {
				t.Fatalf("the writer says %q", out.Text())
			}
			committed = n + 1
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		s := openAt(t, dir)
		got := wholeCommits(t, s)
		if got < committed {
			t.Errorf("after kill %d: %d commits, but %d had returned", kill, got, committed)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// wholeCommits counts the commits in a store, 0 to n-1, and fails the test if one of
// them is not whole.
func wholeCommits(t *testing.T, s *store.Store) int {
	t.Helper()
	n := countReadings(t, s)
	for i := range n {
		c := numbered(i)
		d := c.Changes.Developments[0]
		if _, err := s.Development(t.Context(), d.ID); err != nil {
			t.Errorf("commit %d: %v", i, err)
		}
		if _, err := s.PostOf(t.Context(), "101", d.ID); err != nil {
			t.Errorf("commit %d: %v", i, err)
		}
	}
	items, err := s.Items(t.Context(), itemIDs(n+3))
	if err != nil {
		t.Fatal(err)
	}
	posts, err := s.OwedMessages(t.Context(), at(1<<20), n+3)
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != n || len(posts) != n {
		t.Errorf("%d items and %d posts beside %d readings", len(items), len(posts), n)
	}
	return n
}

func itemIDs(n int) []news.ItemID {
	ids := make([]news.ItemID, n)
	for i := range ids {
		ids[i] = numbered(i).Poll.Items[0].ID
	}
	return ids
}
