package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Mark remembers a small value under a key, in place of what was there: such as the
// hash of the commands that were registered.
func (s *Store) Mark(ctx context.Context, key, value string) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
INSERT INTO marks (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("mark %s: %w", key, err)
	}
	return nil
}

// Marked returns what was marked under a key; empty if nothing was.
func (s *Store) Marked(ctx context.Context, key string) (string, error) {
	var value string
	err := s.reader.QueryRowContext(ctx, `SELECT value FROM marks WHERE key = ?`, key).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read mark %s: %w", key, damaged(err))
	}
	return value, nil
}
