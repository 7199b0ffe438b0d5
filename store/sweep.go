package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// How long things are kept. Source: design.md §9. Developments are kept for good.
const (
	keepText    = 180 * 24 * time.Hour // text of items; a post can be corrected as long
	keepReasons = 30 * 24 * time.Hour  // why something was delivered or not
	keepAudit   = 180 * 24 * time.Hour
)

// Sweep ends the retention of what is older than it may be at now (domain time). It is
// cheap to repeat.
func (s *Store) Sweep(ctx context.Context, now time.Time) error {
	steps := []struct {
		act, query string
		before     time.Time
	}{
		// The hash stays, so that an old item in a feed is still known.
		{"clear item texts", `UPDATE items SET text = '' WHERE first_seen < ? AND text <> ''`, now.Add(-keepText)},
		{"drop old replies and digests", `
DELETE FROM messages WHERE form <> 'post' AND state IN ('sent', 'dropped') AND due_at < ?`, now.Add(-keepReasons)},
		{"clear delivery reasons", `
UPDATE messages SET problem = '', reason = '', tells = NULL
WHERE state IN ('sent', 'dropped') AND due_at < ? AND (problem <> '' OR reason <> '')`, now.Add(-keepReasons)},
		// A post is known for as long as its items' texts, for corrections and so that
		// its development is not told again.
		{"drop old messages", `DELETE FROM messages WHERE due_at < ?`, now.Add(-keepText)},
		{"drop old audit entries", `DELETE FROM audit WHERE at < ?`, now.Add(-keepAudit)},
	}
	for _, step := range steps {
		// One transaction each: a long sweep must not keep a poll waiting.
		err := s.write(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, step.query, step.before.UnixMicro())
			return err
		})
		if err != nil {
			return fmt.Errorf("%s: %w", step.act, err)
		}
	}
	return nil
}
