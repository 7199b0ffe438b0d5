package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

var _ notify.Outbox = (*Store)(nil)

// OwedMessages implements [notify.Outbox].
func (s *Store) OwedMessages(ctx context.Context, now time.Time, limit int) ([]notify.Message, error) {
	const query = `
SELECT ` + messageColumns + ` FROM messages
WHERE state = 'owed' AND (due_at IS NULL OR due_at <= ?)
ORDER BY form = 'digest', due_at, seq LIMIT ?`
	owed, err := collect(ctx, s.reader, scanMessage, query, now.UnixMicro(), limit)
	if err != nil {
		return nil, fmt.Errorf("read owed messages: %w", damaged(err))
	}
	return owed, nil
}

// Intend implements [notify.Outbox].
func (s *Store) Intend(ctx context.Context, key string, at time.Time) error {
	return s.updateMessage(ctx, "intend", key, `
UPDATE messages SET attempt_at = COALESCE(attempt_at, ?), attempts = attempts + 1 WHERE key = ? AND state = 'owed'`,
		moment(at), key)
}

// Doubt implements [notify.Outbox].
func (s *Store) Doubt(ctx context.Context, key string, attemptAt time.Time, looks int, lookedAt time.Time) error {
	return s.updateMessage(ctx, "doubt", key, `
UPDATE messages SET attempt_at = ?, looks = ?, looked_at = ? WHERE key = ?`,
		moment(attemptAt), looks, moment(lookedAt), key)
}

// Receipt implements [notify.Outbox]. An empty id keeps the one that is stored.
func (s *Store) Receipt(ctx context.Context, key string, id guild.MessageID, revision int, at time.Time) error {
	return s.updateMessage(ctx, "receipt of", key, `
UPDATE messages SET
    first = CASE WHEN received_at IS NULL THEN ?2 ELSE first END,
    message_id = CASE WHEN ?1 = '' THEN message_id ELSE ?1 END,
    have = MAX(have, ?2),
    state = CASE WHEN MAX(have, ?2) >= want THEN 'sent' ELSE 'owed' END,
    received_at = ?3,
    attempts = 0,
    problem = ''
WHERE key = ?4`, id, revision, moment(at), key)
}

// Settle implements [notify.Outbox]. A zero dueAt leaves the due time as it is.
func (s *Store) Settle(ctx context.Context, key string, st notify.State, dueAt time.Time, problem string) error {
	return s.updateMessage(ctx, "settle", key, `
UPDATE messages SET state = ?, due_at = COALESCE(?, due_at), problem = ? WHERE key = ?`,
		st, moment(dueAt), problem, key)
}

func (s *Store) updateMessage(ctx context.Context, act, key, query string, args ...any) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, query, args...)
		if err == nil && n == 0 {
			return notify.ErrNotFound
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s %s: %w", act, key, err)
	}
	return nil
}

// PauseChannel implements [notify.Outbox]. The pause is entered in the server's audit.
func (s *Store) PauseChannel(ctx context.Context, g guild.ID, c guild.ChannelID, problem string, at time.Time) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `
UPDATE messages SET state = 'paused', problem = ? WHERE guild = ? AND channel = ? AND state = 'owed'`, problem, g, c); err != nil {
			return err
		}
		n, err := changed(ctx, tx, `
UPDATE subscriptions SET paused = ? WHERE guild = ? AND channel = ? AND paused = ''`, problem, g, c)
		if err != nil || n == 0 {
			return err
		}
		return addAudit(ctx, tx, guild.AuditEntry{
			Guild: g, At: at, Name: "Trucewire", Action: "channel pause", Target: string(c), Detail: problem,
		})
	})
	if err != nil {
		return fmt.Errorf("pause channel %s: %w", c, err)
	}
	return nil
}

// ResumeChannel takes back a pause: subscriptions of the channel are sent again, and
// what waited is owed again unless its time is over. It returns
// [notify.ErrNotFound] if nothing of the channel is paused.
func (s *Store) ResumeChannel(ctx context.Context, g guild.ID, c guild.ChannelID, audit guild.AuditEntry) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `UPDATE subscriptions SET paused = '' WHERE guild = ? AND channel = ? AND paused <> ''`, g, c)
		if err != nil {
			return err
		}
		m, err := changed(ctx, tx, `
UPDATE messages SET state = 'owed', problem = '' WHERE guild = ? AND channel = ? AND state = 'paused'`, g, c)
		if err != nil {
			return err
		}
		if n+m == 0 {
			return notify.ErrNotFound
		}
		return addAudit(ctx, tx, owned(audit, g))
	})
	if err != nil {
		return fmt.Errorf("resume channel %s: %w", c, err)
	}
	return nil
}

// PostOf implements [notify.Outbox]. It returns [notify.ErrNotFound] if the channel
// has no post of the development.
func (s *Store) PostOf(ctx context.Context, c guild.ChannelID, d news.DevelopmentID) (notify.Message, error) {
	row := s.reader.QueryRowContext(ctx, `
SELECT `+messageColumns+` FROM messages WHERE form = 'post' AND development = ? AND channel = ? ORDER BY seq LIMIT 1`, d, c)
	return foundMessage(row, "of "+string(d)+" in "+string(c))
}
