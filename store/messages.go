package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

// messageColumns are all of a message, in the order of messageArgs and scanMessage.
const messageColumns = `key, guild, channel, form, reason, development, subscription, severity, tells,
    window_from, window_to, want, have, ref, silent, due_at, not_after, owed_at, state, message_id,
    first, attempt_at, looks, looked_at, attempts, problem, missed`

const insertMessage = `
INSERT INTO messages (` + messageColumns + `)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO NOTHING`

// replaceMessage keeps seq and received_at.
const replaceMessage = `
UPDATE messages SET (` + messageColumns + `) =
    (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE key = ?`

func messageArgs(m notify.Message) []any {
	var tells, missed any
	if m.Update != nil {
		tells = asJSON{m.Update}
	}
	if m.Missed.Count > 0 {
		missed = asJSON{m.Missed}
	}
	state := m.State
	if state == "" {
		state = notify.StateOwed
	}
	return []any{
		m.Key, m.Guild, m.Channel, m.Form, m.Reason, m.Development, m.Subscription, m.Severity, tells,
		moment(m.From), moment(m.To), m.Want, m.Have, m.Ref, m.Silent, moment(m.DueAt), moment(m.NotAfter),
		moment(m.OwedAt), state, m.MessageID, m.First, moment(m.AttemptAt), m.Looks, moment(m.LookedAt), m.Attempts,
		m.Problem, missed,
	}
}

func scanMessage(r rowScanner) (m notify.Message, err error) {
	var tells, missed sql.NullString
	err = r.Scan(&m.Key, &m.Guild, &m.Channel, &m.Form, &m.Reason, &m.Development, &m.Subscription, &m.Severity, &tells,
		(*moment)(&m.From), (*moment)(&m.To), &m.Want, &m.Have, &m.Ref, &m.Silent, (*moment)(&m.DueAt),
		(*moment)(&m.NotAfter), (*moment)(&m.OwedAt), &m.State, &m.MessageID, &m.First, (*moment)(&m.AttemptAt),
		&m.Looks, (*moment)(&m.LookedAt), &m.Attempts, &m.Problem, &missed)
	if err != nil {
		return m, err
	}
	if tells.Valid {
		m.Update = new(news.Update)
		err = asJSON{m.Update}.Scan(tells.String)
	}
	if err == nil && missed.Valid {
		err = asJSON{&m.Missed}.Scan(missed.String)
	}
	if err != nil {
		return m, fmt.Errorf("%w: message %s: %w", ErrDamaged, m.Key, err)
	}
	return m, nil
}

// owe inserts a message, or merges it into the one of its key ([notify.Merge]). It
// reports whether the key is new.
func owe(ctx context.Context, tx *sql.Tx, planned notify.Message) (bool, error) {
	n, err := changed(ctx, tx, insertMessage, messageArgs(planned)...)
	if err != nil {
		return false, fmt.Errorf("owe %s: %w", planned.Key, err)
	}
	if n > 0 {
		return true, nil
	}
	kept, err := scanMessage(tx.QueryRowContext(ctx, `SELECT `+messageColumns+` FROM messages WHERE key = ?`, planned.Key))
	if err != nil {
		return false, fmt.Errorf("read %s: %w", planned.Key, err)
	}
	if kept.Guild != planned.Guild {
		return false, fmt.Errorf("owe %s: its key is taken in another server", planned.Key)
	}
	args := messageArgs(notify.Merge(kept, planned))
	if _, err := tx.ExecContext(ctx, replaceMessage, append(args, planned.Key)...); err != nil {
		return false, fmt.Errorf("raise %s: %w", planned.Key, err)
	}
	return false, nil
}

// Told returns the posts that channels have or are owed of these developments, in
// the order they were first owed.
func (s *Store) Told(ctx context.Context, ids []news.DevelopmentID) ([]notify.Message, error) {
	const query = `
SELECT ` + messageColumns + ` FROM messages
WHERE form = 'post' AND development IN (SELECT value FROM json_each(?))
ORDER BY seq`
	told, err := collect(ctx, s.reader, scanMessage, query, list(ids))
	if err != nil {
		return nil, fmt.Errorf("read what was told: %w", damaged(err))
	}
	return told, nil
}

// PendingDeadlines returns the deadlines that are owed or paused, in the order in which they were first
// owed.
func (s *Store) PendingDeadlines(ctx context.Context) ([]notify.Message, error) {
	const query = `
SELECT ` + messageColumns + ` FROM messages
WHERE state <> 'sent' AND state <> 'dropped' AND state IN ('owed', 'paused') AND reason = 'deadline'
ORDER BY seq`
	pending, err := collect(ctx, s.reader, scanMessage, query)
	if err != nil {
		return nil, fmt.Errorf("read deadlines: %w", damaged(err))
	}
	return pending, nil
}

// Message returns the message of a key, for what a server wants to know of its own
// posts. It returns [notify.ErrNotFound] if the server has none of that key.
func (s *Store) Message(ctx context.Context, g guild.ID, key string) (notify.Message, error) {
	row := s.reader.QueryRowContext(ctx, `SELECT `+messageColumns+` FROM messages WHERE guild = ? AND key = ?`, g, key)
	return foundMessage(row, key)
}

// foundMessage scans a row that may be missing.
func foundMessage(row *sql.Row, name string) (notify.Message, error) {
	m, err := scanMessage(row)
	if errors.Is(err, sql.ErrNoRows) {
		return m, fmt.Errorf("message %s: %w", name, notify.ErrNotFound)
	}
	if err != nil {
		return m, fmt.Errorf("read message %s: %w", name, damaged(err))
	}
	return m, nil
}
