package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"trucewire/news"
)

// DigestGrace is how late a digest may still be told. A later one is skipped, and the
// next tells what it would have told. Source: reliability.md §4.
const DigestGrace = 6 * time.Hour

// firstWindow is what a digest looks back on if nothing says up to when the subscription
// has been told, or the watermark lies ahead because the clock was wrong.
const firstWindow = 24 * time.Hour

// DueDigests returns the digests that are due at now, at most one for a subscription:
// after downtime only the newest slot is told, and only if it is less than DigestGrace
// ago. Its window reaches from the subscription's watermark to now, so that what a skipped
// digest would have told is in the next one. Subscriptions whose schedule or zone cannot
// be read owe nothing; [Digests] reports them.
func DueDigests(now time.Time, subs []Subscription) []Message {
	var due []Message
	for _, s := range subs {
		if !s.Digest() || s.Paused != "" || s.waits(now) {
			continue
		}
		schedule, zone, err := s.when()
		if err != nil {
			continue
		}
		if slot, ok := newestSlot(schedule, zone, s, now); ok {
			m := digest(s, schedule.Slot(slot, zone), now)
			m.Missed = s.missed(schedule, zone, slot, now)
			due = append(due, m)
		}
	}
	return due
}

// waits reports, without reading the schedule, that a digest is not due: its times were
// reckoned by a clock that was not ahead, and the next has not come.
func (s Subscription) waits(now time.Time) bool {
	return !s.DoneTo.IsZero() && !now.Before(s.DoneTo) && now.Before(s.NextAt)
}

// newestSlot is the last slot up to now that was not told and may still be.
func newestSlot(schedule Schedule, zone *time.Location, s Subscription, now time.Time) (time.Time, bool) {
	from := now.Add(-DigestGrace)
	if s.CreatedAt.After(from) {
		from = s.CreatedAt
	}
	next := s.NextAt.Add(-time.Nanosecond) // Next looks after a time, and NextAt itself counts
	switch {
	case s.NextAt.After(schedule.Next(now, zone)):
		// The clock was ahead when NextAt was reckoned. A slot that was told already is
		// ignored by its key.
		from = now.Add(-MinInterval)
	case next.After(from):
		from = next
	}
	var newest time.Time
	for at := schedule.Next(from, zone); !at.IsZero() && !at.After(now); at = schedule.Next(at, zone) {
		newest = at
	}
	return newest, !newest.IsZero()
}

// missedReach is how far back slots that were missed are counted.
const missedReach = 31 * 24 * time.Hour

// missed are the slots before the one that is told at which nothing ran. What a watermark covers was told.
func (s Subscription) missed(schedule Schedule, zone *time.Location, slot, now time.Time) (m Missed) {
	if s.NextAt.IsZero() {
		return m
	}
	from := s.NextAt.Add(-time.Nanosecond)
	for _, bound := range []time.Time{s.DoneTo, s.CreatedAt, now.Add(-missedReach)} {
		if bound.After(from) {
			from = bound
		}
	}
	for at := schedule.Next(from, zone); !at.IsZero() && at.Before(slot); at = schedule.Next(at, zone) {
		if m.Count == 0 {
			m.First = at
		}
		m.Count++
		m.Last = at
	}
	return m
}

// digest is the message that tells a subscription's window up to now.
func digest(s Subscription, slot string, now time.Time) Message {
	key := DigestKey(s.ID, slot)
	return Message{
		Key: key, Guild: s.Guild, Channel: s.Channel, Form: FormDigest, Reason: news.ReasonDigest,
		Subscription: s.ID, From: s.watermark(now), To: now, Want: 1, Ref: digestRef(key),
		Silent: true, DueAt: now, OwedAt: now, State: StateOwed,
	}
}

// watermark is up to when the subscription has been told.
func (s Subscription) watermark(now time.Time) time.Time {
	switch {
	case !s.DoneTo.IsZero() && !s.DoneTo.After(now):
		return s.DoneTo
	case s.DoneTo.IsZero() && !s.CreatedAt.IsZero():
		return s.CreatedAt
	default:
		return now.Add(-firstWindow)
	}
}

// when reads the subscription's schedule and zone.
func (s Subscription) when() (Schedule, *time.Location, error) {
	schedule, err := ParseSchedule(s.Schedule)
	if err != nil {
		return Schedule{}, nil, err
	}
	zone, err := loadZone(s.Zone)
	return schedule, zone, err
}

// loadZone finds a zone by its IANA name; empty is UTC.
func loadZone(name string) (*time.Location, error) {
	bad := &FieldError{
		Field: "zone", Problem: fmt.Sprintf("%q is not a time zone", name),
		Fix: "use an IANA name such as Europe/Berlin, Africa/Tripoli or UTC",
	}
	if name == "Local" { // the machine's zone is nobody's choice
		return nil, bad
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, bad
	}
	return zone, nil
}

// Digests puts on a shelf what is due. It is not safe for concurrent use.
type Digests struct {
	shelf Shelf
	log   *slog.Logger
	bad   map[SubscriptionID]string // what was logged of subscriptions that cannot be read
}

// NewDigests returns a Digests that has done nothing yet.
func NewDigests(shelf Shelf, log *slog.Logger) *Digests {
	return &Digests{shelf: shelf, log: log, bad: make(map[SubscriptionID]string)}
}

// Tick owes all digests that are due at now (domain time) and returns how many; a tick a
// minute calls it. One subscription that fails does not keep the others from theirs: the
// error joins what went wrong, after all were tried, and the next tick tries again.
func (d *Digests) Tick(ctx context.Context, now time.Time) (owed int, err error) {
	subs, err := d.shelf.Subscriptions(ctx, "")
	if err != nil {
		return 0, fmt.Errorf("list subscriptions: %w", err)
	}
	d.report(now, subs)
	byID := make(map[SubscriptionID]Subscription, len(subs))
	for _, s := range subs {
		byID[s.ID] = s
	}
	problems := []error{d.skipPaused(ctx, now, subs)}
	for _, m := range DueDigests(now, subs) {
		if err := ctx.Err(); err != nil {
			return owed, err
		}
		err := d.owe(ctx, byID[m.Subscription], m, now)
		switch {
		case errors.Is(err, ErrNotFound): // removed since the list was read
		case err != nil:
			problems = append(problems, err)
		default:
			owed++
		}
	}
	return owed, errors.Join(problems...)
}

// skipPaused moves paused digests past their slots: a channel that was paused is not
// told that the bot was down.
func (d *Digests) skipPaused(ctx context.Context, now time.Time, subs []Subscription) error {
	var problems []error
	for _, s := range subs {
		if !s.Digest() || s.Paused == "" || s.NextAt.IsZero() || s.NextAt.After(now) {
			continue
		}
		schedule, zone, err := s.when()
		if err != nil {
			continue // [Digests.report] tells when it is resumed
		}
		err = d.shelf.SkipDigest(ctx, s.Guild, s.ID, schedule.Next(now, zone))
		if err != nil && !errors.Is(err, ErrNotFound) { // removed since the list was read
			problems = append(problems, fmt.Errorf("skip a paused digest: %w", err))
		}
	}
	return errors.Join(problems...)
}

func (d *Digests) owe(ctx context.Context, s Subscription, m Message, now time.Time) error {
	schedule, zone, err := s.when()
	if err != nil {
		return fmt.Errorf("owe digest %s: %w", m.Key, err)
	}
	if err := d.shelf.OweDigest(ctx, m, schedule.Next(now, zone), m.To); err != nil {
		return fmt.Errorf("owe digest %s: %w", m.Key, err)
	}
	if m.Missed.Count > 0 {
		d.log.Warn("digests were skipped", "subscription", s.ID, "channel", s.Channel, "count", m.Missed.Count, "since", m.Missed.First)
	}
	return nil
}

// report logs, once for each text, which digests are due and cannot be reckoned.
func (d *Digests) report(now time.Time, subs []Subscription) {
	for _, s := range subs {
		if !s.Digest() || s.Paused != "" || s.waits(now) {
			continue
		}
		_, _, err := s.when()
		if err == nil {
			delete(d.bad, s.ID)
			continue
		}
		if d.bad[s.ID] != err.Error() {
			d.bad[s.ID] = err.Error()
			d.log.Error("digest cannot be scheduled", "subscription", s.ID, "channel", s.Channel, "err", err)
		}
	}
}
