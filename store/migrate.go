package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema up to date, each migration in its own transaction.
// Migrations only go forward. A schema from the future is refused before anything
// is touched.
func migrate(ctx context.Context, db *sql.DB) error {
	steps, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	current, known, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if current > known {
		return fmt.Errorf("%w: it is at version %d and this program knows %d; use the newer trucewire", ErrSchema, current, known)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate from version %d to %d: %w", current, known, err)
	}
	return nil
}

// sameSchema refuses a database that this program would read wrongly.
func sameSchema(ctx context.Context, db *sql.DB) error {
	known, err := knownVersion()
	if err != nil {
		return err
	}
	current, err := schemaVersion(ctx, db)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	switch {
	case current < known:
		return fmt.Errorf("%w: it is at version %d and this program wants %d; start trucewire run once to migrate it", ErrSchema, current, known)
	case current > known:
		return fmt.Errorf("%w: it is at version %d and this program knows %d; use the newer trucewire", ErrSchema, current, known)
	}
	return nil
}

// schemaVersion is the newest migration that the database has; 0 before the first.
func schemaVersion(ctx context.Context, db *sql.DB) (int64, error) {
	var migrated bool
	err := db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'goose_db_version')`).Scan(&migrated)
	if err != nil || !migrated {
		return 0, err
	}
	var version int64
	err = db.QueryRowContext(ctx, `SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&version)
	return version, err
}

// knownVersion is the number of the newest embedded migration.
func knownVersion() (int64, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, err
	}
	var newest int64
	for _, name := range names {
		v, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("migration %s: %w", name, err)
		}
		newest = max(newest, v)
	}
	return newest, nil
}
