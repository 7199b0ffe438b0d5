package notify

import (
	"context"
	"errors"
	"fmt"
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
// be read owe nothing; [OweDigests] reports them.
func DueDigests(now time.Time, subs []Subscription) []Message {
	var due []Message
	for _, s := range subs {
		if !s.Digest() || s.Paused != "" {
			continue
		}
		schedule, zone, err := s.when()
		if err != nil {
			continue
		}
		if slot, ok := newestSlot(schedule, zone, s, now); ok {
			due = append(due, digest(s, schedule.Slot(slot, zone), now))
		}
	}
	return due
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

// OweDigests puts all digests that are due at now on the shelf and returns how many. A
// tick a minute calls it. One subscription that fails does not keep the others from
// theirs: the error joins what went wrong, after all were tried.
func OweDigests(ctx context.Context, shelf Shelf, now time.Time) (int, error) {
	subs, err := shelf.Subscriptions(ctx, "")
	if err != nil {
		return 0, fmt.Errorf("list subscriptions: %w", err)
	}
	byID := make(map[SubscriptionID]Subscription, len(subs))
	var problems []error
	for _, s := range subs {
		byID[s.ID] = s
		if !s.Digest() || s.Paused != "" {
			continue
		}
		if _, _, err := s.when(); err != nil {
			problems = append(problems, fmt.Errorf("digest %d of channel %s: %w", s.ID, s.Channel, err))
		}
	}
	owed := 0
	for _, m := range DueDigests(now, subs) {
		if err := ctx.Err(); err != nil {
			return owed, err
		}
		s := byID[m.Subscription]
		schedule, zone, err := s.when()
		if err != nil {
			continue // reported above
		}
		err = shelf.OweDigest(ctx, m, schedule.Next(now, zone), m.To)
		switch {
		case errors.Is(err, ErrNotFound): // removed since the list was read
		case err != nil:
			problems = append(problems, fmt.Errorf("owe digest %s: %w", m.Key, err))
		default:
			owed++
		}
	}
	return owed, errors.Join(problems...)
}
