package store

import (
	"context"
	"fmt"
	"time"
)

// NextDue returns when the next thing happens in domain time: a needed source is due
// for its next check, a message for sending, or a digest. ok is false if nothing is
// ahead. The zero time with ok true means that something has been due all along, such
// as a source that was never polled.
func (s *Store) NextDue(ctx context.Context) (next time.Time, ok bool, err error) {
	// A missing time means due at once, except for a digest, which then has no time yet.
	const query = `
SELECT COUNT(*), CASE WHEN COUNT(due) = COUNT(*) THEN MIN(due) END FROM (
    SELECT t.next_check_at AS due
    FROM needed_sources n LEFT JOIN source_states t ON t.source = n.source
    UNION ALL
    SELECT due_at FROM messages WHERE state = 'owed'
    UNION ALL
    SELECT next_at FROM subscriptions WHERE schedule <> '' AND paused = '' AND next_at IS NOT NULL)`
	var events int
	if err := s.reader.QueryRowContext(ctx, query).Scan(&events, (*moment)(&next)); err != nil {
		return next, false, fmt.Errorf("read what is due next: %w", damaged(err))
	}
	return next, events > 0, nil
}

// Counts are the figures of the health page.
type Counts struct {
	SourcesOK      int // needed, and the last look at them was fine
	SourcesFailing int // needed, and the last look failed
	SourcesNew     int // needed, and never looked at
	Owed           int // messages on their way
	Paused         int // messages whose channel cannot be posted to
	Unknown        int // messages whose fate could not be learnt
}

// Counts counts what health shows.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	const query = `
SELECT
    (SELECT COUNT(*) FROM needed_sources n JOIN source_states t ON t.source = n.source
     WHERE t.checked_at IS NOT NULL AND t.failures = 0),
    (SELECT COUNT(*) FROM needed_sources n JOIN source_states t ON t.source = n.source WHERE t.failures > 0),
    (SELECT COUNT(*) FROM needed_sources n LEFT JOIN source_states t ON t.source = n.source
     WHERE t.checked_at IS NULL AND COALESCE(t.failures, 0) = 0),
    COUNT(*) FILTER (WHERE state = 'owed'),
    COUNT(*) FILTER (WHERE state = 'paused'),
    COUNT(*) FILTER (WHERE state = 'unknown')
FROM messages
WHERE state <> 'sent' AND state <> 'dropped' -- as in the index that holds these few`
	var c Counts
	err := s.reader.QueryRowContext(ctx, query).Scan(
		&c.SourcesOK, &c.SourcesFailing, &c.SourcesNew, &c.Owed, &c.Paused, &c.Unknown)
	if err != nil {
		return c, fmt.Errorf("count: %w", damaged(err))
	}
	return c, nil
}
