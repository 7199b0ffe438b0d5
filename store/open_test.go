package store_test

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/sources"
	"trucewire/store"
)

const file = "trucewire.db"

// fillStore commits n items through the front door.
func fillStore(t testing.TB, s *store.Store, n int) {
	t.Helper()
	for i := range n {
		if err := s.Commit(t.Context(), numbered(i)); err != nil {
			t.Fatal(err)
		}
	}
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestOpenKeepsTheDataPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b c?d%20#e")
	s := openAt(t, dir)
	fillStore(t, s, 1)
	defer s.Close()
	for name, want := range map[string]fs.FileMode{"": 0o700, file: 0o600, file + "-wal": 0o600} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("mode of %q is %o, want %o", name, got, want)
		}
	}
}

func TestReadOnlyBesideARunningService(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	fillStore(t, s, 1)
	r, err := store.OpenReadOnly(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	fillStore(t, s, 3)
	if got := countReadings(t, r); got != 3 {
		t.Errorf("the reader sees %d readings, want 3", got)
	}
	writes := map[string]error{
		"commit": r.Commit(t.Context(), numbered(9)),
		"mark":   r.Mark(t.Context(), "k", "v"),
		"add":    r.AddSource(t.Context(), "1", sources.Source{ID: "own-1"}, sources.State{}, guild.AuditEntry{}),
	}
	for name, err := range writes {
		if !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("%s: %v, want ErrReadOnly", name, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlyAfterTheServiceStopped(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	fillStore(t, s, 2)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	r, err := store.OpenReadOnly(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := countReadings(t, r); got != 2 {
		t.Errorf("%d readings, want 2", got)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("reading changed the file")
	}
}

func TestReadOnlyWithoutADatabase(t *testing.T) {
	empty := t.TempDir()
	if err := os.WriteFile(filepath.Join(empty, file), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{t.TempDir(), filepath.Join(t.TempDir(), "missing"), empty} {
		_, err := store.OpenReadOnly(t.Context(), dir)
		if !errors.Is(err, store.ErrNoDatabase) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%v, want ErrNoDatabase naming %s", err, dir)
		}
		if _, err := os.Stat(filepath.Join(dir, file)); dir != empty && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("looking made a database: %v", err)
		}
	}
}

func TestOtherSchemasAreRefused(t *testing.T) {
	cases := []struct {
		name, change string
		says         string
		writable     bool // Open takes it
	}{
		{"newer", `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)`, "newer trucewire", false},
		{"older", `DELETE FROM goose_db_version WHERE version_id > 0`, "migrate", true},
		{"never migrated", `DROP TABLE goose_db_version`, "migrate", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := openAt(t, dir).Close(); err != nil {
				t.Fatal(err)
			}
			raw(t, dir, c.change)
			_, err := store.OpenReadOnly(t.Context(), dir)
			if !errors.Is(err, store.ErrSchema) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("OpenReadOnly: %v, want ErrSchema that says %q", err, c.says)
			}
			if c.writable {
				return
			}
			if _, err := store.Open(t.Context(), dir); !errors.Is(err, store.ErrSchema) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("Open: %v, want ErrSchema that says %q", err, c.says)
			}
		})
	}
}

// raw runs SQL on the file of a closed store.
func raw(t testing.TB, dir, query string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), query); err != nil {
		t.Fatal(err)
	}
}

func TestNotADatabaseIsNamed(t *testing.T) {
	dir := t.TempDir()
	text := strings.Repeat("this is no database. ", 500)
	if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := store.Open(t.Context(), dir)
	if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), dir) {
		t.Errorf("Open: %v, want ErrDamaged naming the file", err)
	}
	if _, err := store.OpenReadOnly(t.Context(), dir); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("OpenReadOnly: %v, want ErrDamaged", err)
	}
	if b, err := os.ReadFile(filepath.Join(dir, file)); err != nil || string(b) != text {
		t.Errorf("the file was touched: %v", err)
	}
}

// Bits rot. Whatever byte of the file is wrong, the store opens or says why not, and a
// store that opened answers or says why not.
func TestFlippedBytesNeverPanic(t *testing.T) {
	const flips = 60
	origin := t.TempDir()
	s := openAt(t, origin)
	fillStore(t, s, 40)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(origin, file))
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	refused := 0
	for i := range flips {
		dir := filepath.Join(t.TempDir(), fmt.Sprint(i))
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		rotten := bytes.Clone(whole)
		for range 1 + rnd.IntN(20) {
			rotten[rnd.IntN(len(rotten))] ^= byte(1 + rnd.IntN(255))
		}
		if err := os.WriteFile(filepath.Join(dir, file), rotten, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(t.Context(), dir)
		if err != nil {
			refused++
			if !strings.Contains(err.Error(), dir) {
				t.Errorf("the error does not name the file: %v", err)
			}
			continue
		}
		_, _ = s.Window(t.Context(), at(0))
		_, _ = s.OwedMessages(t.Context(), at(1000), 1000)
		_, _ = s.Developments(t.Context(), store.DevelopmentQuery{})
		_ = s.Commit(t.Context(), numbered(41))
		_ = s.Sweep(t.Context(), at(1<<20))
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	if refused == 0 {
		t.Error("no damage was ever noticed")
	}
	t.Logf("%d of %d rotten files were refused at the start", refused, flips)
}

// A page that nothing at the start would read: only the check finds it in time.
func TestDamagedPageIsFoundAtTheStart(t *testing.T) {
	const page = 4096 // bytes; SQLite's default
	dir := t.TempDir()
	s := openAt(t, dir)
	fillStore(t, s, 40)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, file)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(b[len(b)-page:], bytes.Repeat([]byte{0xff}, page)) // the last page holds rows
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), dir); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), path) {
		t.Errorf("Open: %v, want ErrDamaged naming the file", err)
	}
}

func TestDamageInsideAValueIsNamed(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, dir)
	fillStore(t, s, 2)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	raw(t, dir, `UPDATE developments SET value = '{"v":' WHERE id = 'dev-00001'`)
	raw(t, dir, `UPDATE readings SET features = x'ff' WHERE item = 'a-00001'`)
	s = openAt(t, dir)
	defer s.Close()
	if _, err := s.Development(t.Context(), "dev-00001"); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("development: %v, want ErrDamaged", err)
	}
	if _, err := s.Window(t.Context(), at(0)); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("window: %v, want ErrDamaged", err)
	}
	if _, err := s.Development(t.Context(), "dev-00000"); err != nil {
		t.Errorf("the other development: %v", err)
	}
}

func countReadings(t testing.TB, s *store.Store) int {
	t.Helper()
	w, err := s.Window(t.Context(), at(0))
	if err != nil {
		t.Fatal(err)
	}
	return len(w.Readings)
}

func TestTextSurvivesAsItIs(t *testing.T) {
	s := openAt(t, t.TempDir())
	defer s.Close()
	it := numbered(1).Poll.Items[0]
	it.Title = "nul \x00 inside, \u202bاتفاق\u202c, 👩‍👩‍👧, '; DROP TABLE items; --"
	it.Text = strings.Repeat("é", 200_000)
	if err := s.Commit(t.Context(), store.Commit{Poll: sources.Poll{Items: []news.Item{it}}}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Items(t.Context(), []news.ItemID{it.ID})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0] != it {
		t.Errorf("the item came back changed: %.200q", fmt.Sprint(got))
	}
}
