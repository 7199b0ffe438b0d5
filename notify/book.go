package notify

import (
	"context"
	"fmt"
	"strings"
	"time"

	"trucewire/guild"
	"trucewire/news"
)

// DefaultDigest is when a digest comes unless a moderator chose. Source: design.md §9.
const DefaultDigest = "daily 08:00"

// Book is where moderators change what their channels are sent. It checks who asks and
// what is asked, fills in defaults, and leaves change and audit entry to the [Shelf] in
// one transaction. Errors are [guild.ErrForbidden], a [*FieldError], ErrTooMany and
// ErrNotFound, all fit to be shown, or wrap what the shelf returned. A Book holds no
// state and is safe for concurrent use.
type Book struct {
	// KnownConflict reports whether the catalogue has a conflict; nil: any id is taken.
	KnownConflict func(news.ConflictID) bool

	shelf Shelf
	now   func() time.Time
}

// NewBook returns a Book over a shelf. now is domain time.
func NewBook(shelf Shelf, now func() time.Time) *Book {
	return &Book{shelf: shelf, now: now}
}

// AddAlert subscribes a channel to alerts and returns what was stored. The server is the
// actor's; ID, CreatedAt and CreatedBy are filled in; without a severity it is
// DefaultSeverity.
func (b *Book) AddAlert(ctx context.Context, by guild.Actor, s Subscription) (Subscription, error) {
	if !by.Moderates() {
		return Subscription{}, guild.ErrForbidden
	}
	if s.Severity == 0 {
		s.Severity = DefaultSeverity
	}
	s.Schedule, s.NextAt, s.DoneTo = "", time.Time{}, time.Time{}
	if err := b.check(s); err != nil {
		return Subscription{}, err
	}
	if s.Severity >= news.Background {
		return Subscription{}, &FieldError{
			Field: "severity", Problem: "background news is not sent as alerts",
			Fix: "choose critical, major or notable here and add a digest for the rest",
		}
	}
	return b.add(ctx, by, s, "alerts add", fmt.Sprintf("severity %d", s.Severity))
}

// AddDigest subscribes a channel to a digest and returns what was stored, with the schedule
// as five cron fields and NextAt set. Without a schedule it is DefaultDigest. A digest
// tells every severity; its first window begins now.
func (b *Book) AddDigest(ctx context.Context, by guild.Actor, s Subscription) (Subscription, error) {
	if !by.Moderates() {
		return Subscription{}, guild.ErrForbidden
	}
	if s.Schedule == "" {
		s.Schedule = DefaultDigest
	}
	if err := b.check(s); err != nil {
		return Subscription{}, err
	}
	schedule, zone, err := s.when()
	if err != nil {
		return Subscription{}, err
	}
	now := b.now().UTC()
	s.Schedule = schedule.String()
	s.NextAt = schedule.Next(now, zone)
	s.DoneTo = now
	return b.add(ctx, by, s, "digest add", fmt.Sprintf("%s in %s", s.Schedule, zone))
}

// add stores a checked subscription.
func (b *Book) add(ctx context.Context, by guild.Actor, s Subscription, action, detail string) (Subscription, error) {
	now := b.now().UTC()
	s.ID, s.Guild, s.CreatedAt, s.CreatedBy, s.Paused = 0, by.Guild, now, by.User, ""
	added, err := b.shelf.AddSubscription(ctx, s, by.Audit(now, action, target(s), detail))
	if err != nil {
		return Subscription{}, fmt.Errorf("add subscription: %w", err)
	}
	return added, nil
}

// Remove ends a subscription of the actor's server.
func (b *Book) Remove(ctx context.Context, by guild.Actor, id SubscriptionID) error {
	s, err := b.find(ctx, by, id)
	if err != nil {
		return err
	}
	action := "alerts remove"
	if s.Digest() {
		action = "digest remove"
	}
	audit := by.Audit(b.now().UTC(), action, target(s), fmt.Sprintf("subscription %d", id))
	if err := b.shelf.RemoveSubscription(ctx, by.Guild, id, audit); err != nil {
		return fmt.Errorf("remove subscription %d: %w", id, err)
	}
	return nil
}

// List returns the subscriptions of a server, oldest first. Everyone may see them.
func (b *Book) List(ctx context.Context, g guild.ID) ([]Subscription, error) {
	if g == "" {
		return nil, nil // an empty server would mean all of them to the shelf
	}
	subs, err := b.shelf.Subscriptions(ctx, g)
	if err != nil {
		return nil, fmt.Errorf("list subscriptions: %w", err)
	}
	return subs, nil
}

// DigestNow owes a digest at once. Its window is told by it: the next scheduled one begins
// where it ends.
func (b *Book) DigestNow(ctx context.Context, by guild.Actor, id SubscriptionID) error {
	s, err := b.find(ctx, by, id)
	if err != nil {
		return err
	}
	if !s.Digest() {
		return &FieldError{
			Field: "id", Problem: fmt.Sprintf("subscription %d sends alerts", id),
			Fix: "name one that /digest list shows",
		}
	}
	if s.Paused != "" {
		return &FieldError{
			Field: "id", Problem: fmt.Sprintf("digest %d is paused (%s)", id, s.Paused),
			Fix: "mend that first",
		}
	}
	now := b.now().UTC()
	m := digest(s, "now-"+now.Format(time.RFC3339Nano), now)
	if err := b.shelf.OweDigest(ctx, m, s.NextAt, now); err != nil {
		return fmt.Errorf("owe digest %d: %w", id, err)
	}
	return nil
}

// find returns a subscription of the actor's own server, if the actor may change it.
func (b *Book) find(ctx context.Context, by guild.Actor, id SubscriptionID) (Subscription, error) {
	if !by.Moderates() {
		return Subscription{}, guild.ErrForbidden
	}
	subs, err := b.List(ctx, by.Guild)
	if err != nil {
		return Subscription{}, err
	}
	for _, s := range subs {
		if s.ID == id {
			return s, nil
		}
	}
	return Subscription{}, fmt.Errorf("subscription %d: %w", id, ErrNotFound)
}

// check refuses what a subscription of either sort must not say.
func (b *Book) check(s Subscription) error {
	if !s.Channel.Valid() {
		return &FieldError{Field: "channel", Problem: "is missing", Fix: "choose the channel to post in"}
	}
	if s.Severity < 0 || s.Severity > news.Background {
		return &FieldError{
			Field: "severity", Problem: fmt.Sprintf("%d is not a severity", s.Severity),
			Fix: "choose 1 (critical), 2 (major) or 3 (notable)",
		}
	}
	for _, k := range s.Kinds {
		if !k.Valid() {
			return &FieldError{
				Field: "kind", Problem: fmt.Sprintf("%q is not a kind of news", k),
				Fix: "pick from the list, for example " + string(news.Agreement),
			}
		}
	}
	for _, c := range s.Conflicts {
		if c == "" || (b.KnownConflict != nil && !b.KnownConflict(c)) {
			return &FieldError{
				Field: "conflict", Problem: fmt.Sprintf("%q is not in the catalogue", c),
				Fix: "pick from the list, or leave it out to follow all",
			}
		}
	}
	_, err := loadZone(s.Zone)
	return err
}

// target names a subscription as a moderator would.
func target(s Subscription) string {
	what := "all conflicts"
	if len(s.Conflicts) > 0 {
		names := make([]string, len(s.Conflicts))
		for i, c := range s.Conflicts {
			names[i] = string(c)
		}
		what = strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s in channel %s", what, s.Channel)
}
