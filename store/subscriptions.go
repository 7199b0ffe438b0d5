package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"trucewire/guild"
	"trucewire/notify"
)

var _ notify.Shelf = (*Store)(nil)

const subscriptionColumns = `guild, channel, conflicts, kinds, severity, schedule, zone, lang,
    created_at, created_by, paused, next_at, done_to, choices`

func scanSubscription(r rowScanner) (s notify.Subscription, err error) {
	err = r.Scan(&s.ID, &s.Guild, &s.Channel, asJSON{&s.Conflicts}, asJSON{&s.Kinds}, &s.Severity, &s.Schedule,
		&s.Zone, &s.Lang, (*moment)(&s.CreatedAt), &s.CreatedBy, &s.Paused, (*moment)(&s.NextAt), (*moment)(&s.DoneTo), asJSON{&s.Choices})
	return s, err
}

// AddSubscription implements [notify.Shelf].
func (s *Store) AddSubscription(ctx context.Context, sub notify.Subscription, audit guild.AuditEntry) (notify.Subscription, error) {
	err := s.write(ctx, func(tx *sql.Tx) error {
		var have int
		row := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM subscriptions WHERE guild = ?`, sub.Guild)
		if err := row.Scan(&have); err != nil {
			return err
		}
		if have >= guild.MaxSubscriptions {
			return notify.ErrTooMany
		}
		row = tx.QueryRowContext(ctx, `
INSERT INTO subscriptions (`+subscriptionColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			sub.Guild, sub.Channel, asJSON{sub.Conflicts}, asJSON{sub.Kinds}, sub.Severity, sub.Schedule, sub.Zone,
			sub.Lang, moment(sub.CreatedAt), sub.CreatedBy, sub.Paused, moment(sub.NextAt), moment(sub.DoneTo), asJSON{sub.Choices})
		if err := row.Scan(&sub.ID); err != nil {
			return err
		}
		return addAudit(ctx, tx, owned(audit, sub.Guild))
	})
	if err != nil {
		return notify.Subscription{}, fmt.Errorf("add subscription: %w", err)
	}
	return sub, nil
}

// RemoveSubscription implements [notify.Shelf]. What it alone was owed and was never
// tried is dropped; a post that another alert of the channel shares stays owed.
func (s *Store) RemoveSubscription(ctx context.Context, g guild.ID, id notify.SubscriptionID, audit guild.AuditEntry) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `DELETE FROM subscriptions WHERE guild = ? AND id = ?`, g, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return notify.ErrNotFound
		}
		_, err = tx.ExecContext(ctx, `
UPDATE messages SET state = 'dropped', problem = 'its subscription was removed'
WHERE guild = ? AND subscription = ? AND state IN ('owed', 'paused') AND message_id = '' AND attempt_at IS NULL
  AND (form = 'digest' OR NOT EXISTS (
    SELECT 1 FROM subscriptions p
    WHERE p.guild = messages.guild AND p.channel = messages.channel AND p.schedule = ''))`, g, id)
		if err != nil {
			return err
		}
		return addAudit(ctx, tx, owned(audit, g))
	})
	if err != nil {
		return fmt.Errorf("remove subscription %d: %w", id, err)
	}
	return nil
}

// Subscriptions implements [notify.Shelf].
func (s *Store) Subscriptions(ctx context.Context, g guild.ID) ([]notify.Subscription, error) {
	const query = `
SELECT id, ` + subscriptionColumns + ` FROM subscriptions WHERE ?1 = '' OR guild = ?1 ORDER BY id`
	subs, err := collect(ctx, s.reader, scanSubscription, query, g)
	if err != nil {
		return nil, fmt.Errorf("read subscriptions: %w", damaged(err))
	}
	return subs, nil
}

// moveNext sets when a digest of the server is due next.
func moveNext(ctx context.Context, tx *sql.Tx, g guild.ID, id notify.SubscriptionID, next time.Time) error {
	n, err := changed(ctx, tx, `UPDATE subscriptions SET next_at = ? WHERE guild = ? AND id = ?`, moment(next), g, id)
	if err == nil && n == 0 {
		return notify.ErrNotFound
	}
	return err
}

// SkipDigest implements [notify.Shelf].
func (s *Store) SkipDigest(ctx context.Context, g guild.ID, id notify.SubscriptionID, next time.Time) error {
	err := s.write(ctx, func(tx *sql.Tx) error { return moveNext(ctx, tx, g, id, next) })
	if err != nil {
		return fmt.Errorf("skip digest of subscription %d: %w", id, err)
	}
	return nil
}

// OweDigest implements [notify.Shelf]. If the subscription is gone nothing is owed.
func (s *Store) OweDigest(ctx context.Context, m notify.Message, next, doneTo time.Time) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		if err := moveNext(ctx, tx, m.Guild, m.Subscription, next); err != nil {
			return err
		}
		fresh, err := owe(ctx, tx, m)
		if err != nil || !fresh {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE subscriptions SET done_to = ? WHERE id = ?`, moment(doneTo), m.Subscription)
		return err
	})
	if err != nil {
		return fmt.Errorf("owe digest %s: %w", m.Key, err)
	}
	return nil
}
