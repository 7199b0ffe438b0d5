// Package store remembers: it holds the only SQL of the program, its migrations,
// and the file lock that keeps two services off one data directory.
//
// A [Store] implements the interfaces that sources, notify and cmd declare. Every
// exported method is one transaction. It holds no rules about news or delivery:
// uniqueness is in SQL, everything else where it belongs.
//
// The database is one SQLite file, trucewire.db, in WAL mode with a single writer
// connection at synchronous=FULL: what a method stored when it returned survives a
// power cut. Reads have connections of their own and never wait for the writer.
// Whole values (a reading, a development) are kept as JSON beside the columns that
// queries ask for; times are Unix microseconds UTC, NULL for the zero time.
//
// [Store.Commit] is the one door for news: items, readings, developments, standings,
// owed messages and the state of the source go through it together or not at all.
// Every query about a server takes its [guild.ID].
//
// Package storetest holds the conformance suite that each database must pass.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// fileName is the database inside the data directory.
const fileName = "trucewire.db"

// readers is the size of the read pool. Each connection holds up to 2 MB of page
// cache, so that four stay far below the memory target (64 MB).
const readers = 4

// Errors a caller branches on.
var (
	// ErrNotFound: no such row.
	ErrNotFound = errors.New("not found")
	// ErrNoDatabase: the directory holds no database; nothing has run there yet.
	ErrNoDatabase = errors.New("no database")
	// ErrSchema: the database was made by an older or a newer program.
	ErrSchema = errors.New("database schema does not fit this program")
	// ErrDamaged: the file is not a database any more; a backup must be restored.
	ErrDamaged = errors.New("database is damaged")
	// ErrReadOnly: the store was opened with OpenReadOnly.
	ErrReadOnly = errors.New("store is read-only")
)

// Store is the memory of one Trucewire. It is safe for concurrent use.
type Store struct {
	path   string
	writer *sql.DB // one connection; nil when opened read-only
	reader *sql.DB
}

// Open opens the database of the data directory for the service. It makes the
// directory (mode 0700) and the database if they are missing, runs the migrations
// that are due and checks the file. It does not take the lock: see [Lock].
// ErrDamaged if the file is broken, ErrSchema if a newer program wrote it.
func Open(ctx context.Context, dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make data directory: %w", err)
	}
	path := filepath.Join(dir, fileName)
	if err := touch(path); err != nil {
		return nil, fmt.Errorf("make database %s: %w", path, err)
	}
	s := &Store{path: path}
	if err := s.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, damaged(err)), s.Close())
	}
	return s, nil
}

// OpenReadOnly opens the database beside a running service. It changes nothing and
// never blocks the service; methods that write return ErrReadOnly. ErrNoDatabase if
// there is none, ErrSchema if its schema is older or newer than this program's.
func OpenReadOnly(ctx context.Context, dir string) (*Store, error) {
	path := filepath.Join(dir, fileName)
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil, fmt.Errorf("%w in %s: start trucewire run there first, or name the right directory", ErrNoDatabase, dir)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	s := &Store{path: path}
	s.reader, err = connect(path, url.Values{"mode": {"ro"}}, readers)
	if err == nil {
		err = sameSchema(ctx, s.reader)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, damaged(err)), s.Close())
	}
	return s, nil
}

// Close closes the database. The readers go first, so that the writer is the last
// connection and folds the WAL into the file.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close %s: %w", s.path, err)
	}
	return nil
}

// open connects the writer, brings the schema up to date, checks the file and
// connects the readers.
func (s *Store) open(ctx context.Context) error {
	var err error
	s.writer, err = connect(s.path, url.Values{
		"mode":          {"rw"},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"},
		"_txlock":       {"immediate"},
		// Without a limit the WAL file keeps the size of its largest day for ever.
		"_pragma": {"journal_size_limit(67108864)"},
	}, 1)
	if err != nil {
		return err
	}
	if err := quickCheck(ctx, s.writer); err != nil {
		return err
	}
	if err := migrate(ctx, s.writer); err != nil {
		return err
	}
	s.reader, err = connect(s.path, url.Values{"mode": {"rw"}, "_query_only": {"1"}}, readers)
	return err
}

// connect makes a pool on the file with what every connection needs.
func connect(path string, params url.Values, size int) (*sql.DB, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	params.Set("_busy_timeout", "5000")
	params.Set("_foreign_keys", "1")
	params.Set("_dqs", "0")
	dsn := url.URL{Scheme: "file", Path: filepath.ToSlash(full), RawQuery: params.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

// touch makes the file with the narrow mode that SQLite would not give it.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// quickCheck reads the whole file once, so that damage is found at the start and
// not in the middle of an alert.
func quickCheck(ctx context.Context, db *sql.DB) error {
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return fmt.Errorf("check the file: %w", err)
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, verdict)
	}
	return nil
}
