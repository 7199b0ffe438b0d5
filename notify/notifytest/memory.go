// Package notifytest tests implementations of the notify package's Outbox and Shelf.
//
// [TestOutbox] is their contract in executable form: every database runs it. [Memory] is
// an implementation without a database, for tests of what stands on top. The package
// is imported by tests only.
package notifytest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

var _ OutboxAndShelf = (*Memory)(nil)

// Memory is an outbox and a shelf in memory. The zero value is empty and ready. It is
// safe for concurrent use.
type Memory struct {
	mu     sync.Mutex
	rows   map[string]*row
	seq    int
	subs   []notify.Subscription
	lastID notify.SubscriptionID
	audits []guild.AuditEntry
}

type row struct {
	notify.Message
	seq      int
	received bool
}

// Owe stores planned messages; one whose key is there is merged.
func (m *Memory) Owe(ctx context.Context, planned ...notify.Message) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, p := range planned {
		m.owe(p)
	}
	return nil
}

func (m *Memory) owe(p notify.Message) (fresh bool) {
	if m.rows == nil {
		m.rows = make(map[string]*row)
	}
	if r, ok := m.rows[p.Key]; ok {
		r.Message = notify.Merge(r.Message, p)
		return false
	}
	m.seq++
	m.rows[p.Key] = &row{Message: p, seq: m.seq}
	return true
}

// Messages returns all messages in the order in which they were first owed.
func (m *Memory) Messages() []notify.Message {
	m.mu.Lock()
	defer m.mu.Unlock()
	return messages(m.sorted(func(*row) bool { return true }))
}

// Audits returns the audit entries in order.
func (m *Memory) Audits() []guild.AuditEntry {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.audits)
}

// sorted returns the rows that want accepts, by seq.
func (m *Memory) sorted(want func(*row) bool) []*row {
	var out []*row
	for _, r := range m.rows {
		if want(r) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b *row) int { return cmp.Compare(a.seq, b.seq) })
	return out
}

func messages(rows []*row) []notify.Message {
	out := make([]notify.Message, len(rows))
	for i, r := range rows {
		out[i] = r.Message
	}
	return out
}

// OwedMessages implements notify.Outbox.
func (m *Memory) OwedMessages(ctx context.Context, now time.Time, limit int) ([]notify.Message, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	due := m.sorted(func(r *row) bool { return r.State == notify.StateOwed && !r.DueAt.After(now) })
	slices.SortStableFunc(due, func(a, b *row) int {
		return cmp.Or(cmp.Compare(class(a), class(b)), a.DueAt.Compare(b.DueAt))
	})
	return messages(due[:min(limit, len(due))]), nil
}

// class puts alerts before digests.
func class(r *row) int {
	if r.Form == notify.FormDigest {
		return 1
	}
	return 0
}

// change runs fn on the row of a key.
func (m *Memory) change(ctx context.Context, key string, fn func(*row)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	r, ok := m.rows[key]
	if !ok {
		return fmt.Errorf("message %s: %w", key, notify.ErrNotFound)
	}
	fn(r)
	return nil
}

// Intend implements notify.Outbox.
func (m *Memory) Intend(ctx context.Context, key string, at time.Time) error {
	owed := false
	err := m.change(ctx, key, func(r *row) {
		if owed = r.State == notify.StateOwed; !owed {
			return
		}
		r.Attempts++
		if r.AttemptAt.IsZero() {
			r.AttemptAt = at
		}
	})
	if err == nil && !owed {
		return fmt.Errorf("message %s: %w", key, notify.ErrNotFound)
	}
	return err
}

// Doubt implements notify.Outbox.
func (m *Memory) Doubt(ctx context.Context, key string, attemptAt time.Time, looks int, lookedAt time.Time) error {
	return m.change(ctx, key, func(r *row) { r.AttemptAt, r.Looks, r.LookedAt = attemptAt, looks, lookedAt })
}

// Receipt implements notify.Outbox.
func (m *Memory) Receipt(ctx context.Context, key string, id guild.MessageID, revision int, _ time.Time) error {
	return m.change(ctx, key, func(r *row) {
		if !r.received {
			r.First, r.received = revision, true
		}
		r.MessageID = cmp.Or(id, r.MessageID)
		r.Have = max(r.Have, revision)
		r.Attempts, r.Problem = 0, ""
		r.State = notify.StateOwed
		if r.Have >= r.Want {
			r.State = notify.StateSent
		}
	})
}

// Settle implements notify.Outbox.
func (m *Memory) Settle(ctx context.Context, key string, s notify.State, dueAt time.Time, problem string) error {
	return m.change(ctx, key, func(r *row) { r.State, r.DueAt, r.Problem = s, dueAt, problem })
}

// PendingDeadlines returns the deadlines that are owed or paused, as they were owed.
func (m *Memory) PendingDeadlines(ctx context.Context) ([]notify.Message, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return messages(m.sorted(func(r *row) bool {
		return r.Reason == news.ReasonDeadline && (r.State == notify.StateOwed || r.State == notify.StatePaused)
	})), nil
}

// PauseChannel implements notify.Outbox.
func (m *Memory) PauseChannel(ctx context.Context, g guild.ID, c guild.ChannelID, problem string, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, r := range m.rows {
		if r.Guild == g && r.Channel == c && r.State == notify.StateOwed {
			r.State, r.Problem = notify.StatePaused, problem
		}
	}
	for i, s := range m.subs {
		if s.Guild == g && s.Channel == c && s.Paused == "" {
			m.subs[i].Paused = problem
		}
	}
	return nil
}

// PostOf implements notify.Outbox.
func (m *Memory) PostOf(ctx context.Context, c guild.ChannelID, d news.DevelopmentID) (notify.Message, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return notify.Message{}, err
	}
	posts := m.sorted(func(r *row) bool {
		return r.Form == notify.FormPost && r.Channel == c && r.Development == d
	})
	if len(posts) == 0 {
		return notify.Message{}, fmt.Errorf("post of %s: %w", d, notify.ErrNotFound)
	}
	return posts[0].Message, nil
}

// AddSubscription implements notify.Shelf.
func (m *Memory) AddSubscription(ctx context.Context, s notify.Subscription, audit guild.AuditEntry) (notify.Subscription, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return notify.Subscription{}, err
	}
	count := 0
	for _, have := range m.subs {
		if have.Guild == s.Guild {
			count++
		}
	}
	if count >= guild.MaxSubscriptions {
		return notify.Subscription{}, notify.ErrTooMany
	}
	m.lastID++
	s.ID = m.lastID
	m.subs = append(m.subs, s)
	m.audits = append(m.audits, audit)
	return s, nil
}

// RemoveSubscription implements notify.Shelf.
func (m *Memory) RemoveSubscription(ctx context.Context, g guild.ID, id notify.SubscriptionID, audit guild.AuditEntry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	for i, s := range m.subs {
		if s.Guild == g && s.ID == id {
			m.subs = slices.Delete(m.subs, i, i+1)
			m.audits = append(m.audits, audit)
			return nil
		}
	}
	return fmt.Errorf("subscription %d: %w", id, notify.ErrNotFound)
}

// Subscriptions implements notify.Shelf.
func (m *Memory) Subscriptions(ctx context.Context, g guild.ID) ([]notify.Subscription, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(m.subs), func(s notify.Subscription) bool {
		return g != "" && s.Guild != g
	}), nil
}

// SkipDigest implements notify.Shelf.
func (m *Memory) SkipDigest(ctx context.Context, g guild.ID, id notify.SubscriptionID, next time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	for i, s := range m.subs {
		if s.Guild == g && s.ID == id {
			m.subs[i].NextAt = next
			return nil
		}
	}
	return fmt.Errorf("subscription %d: %w", id, notify.ErrNotFound)
}

// OweDigest implements notify.Shelf.
func (m *Memory) OweDigest(ctx context.Context, msg notify.Message, next, doneTo time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	for i, s := range m.subs {
		if s.Guild != msg.Guild || s.ID != msg.Subscription {
			continue
		}
		m.subs[i].NextAt = next
		if m.owe(msg) {
			m.subs[i].DoneTo = doneTo
		}
		return nil
	}
	return fmt.Errorf("subscription %d: %w", msg.Subscription, notify.ErrNotFound)
}
