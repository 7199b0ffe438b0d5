package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/store"
)

// renderer makes the text of a message from what is stored at the moment it is sent.
type renderer struct {
	store  *store.Store
	writer *news.Writer
	now    func() time.Time
}

var _ notify.Renderer = (*renderer)(nil)

// Render composes the message for its channel: language and zone of the
// subscription, and only what the server's sources say.
func (r *renderer) Render(ctx context.Context, m notify.Message) (content string, revision int, err error) {
	sub, err := r.subscription(ctx, m)
	if err != nil {
		return "", 0, err
	}
	view, err := viewOf(ctx, r.store, m.Guild)
	if err != nil {
		return "", 0, err
	}
	if m.Form == notify.FormDigest {
		content, err = r.digest(ctx, m, sub, view)
		return content, 1, err
	}
	if d := m.Deadline(); d != nil {
		content, err = r.deadline(ctx, m, *d, sub, view)
		return content, 1, err
	}
	d, err := r.store.Development(ctx, m.Development)
	if err != nil {
		return "", 0, fmt.Errorf("render %s: %w", m.Key, err)
	}
	standings, err := r.store.Standings(ctx, d.Conflict, r.now())
	if err != nil {
		return "", 0, err
	}
	near, err := r.store.Developments(ctx, store.DevelopmentQuery{Conflicts: []news.ConflictID{d.Conflict}, Since: d.OpenedAt.Add(-time.Second)})
	if err != nil {
		return "", 0, err
	}
	in := news.AlertInput{
		Development: d, Update: m.Update, Standings: standings, Zone: zoneOf(sub), Lang: sub.Lang, View: view, Ref: m.Ref, Also: minorOf(d, near),
	}
	if m.Form == notify.FormReply {
		return r.writer.Reply(in), 1, nil
	}
	return r.writer.Alert(in), d.Revision, nil
}

// minorOf picks the developments that items of d mention beside it.
func minorOf(d news.Development, near []news.Development) []news.Development {
	items := make(map[news.ItemID]bool, len(d.Mentions))
	for _, m := range d.Mentions {
		items[m.Item] = true
	}
	var out []news.Development
	for _, x := range near {
		if x.ID != d.ID && slices.ContainsFunc(x.Mentions, func(m news.Mention) bool { return !m.Main && items[m.Item] }) {
			out = append(out, x)
		}
	}
	return out
}

func (r *renderer) digest(ctx context.Context, m notify.Message, sub notify.Subscription, view news.View) (string, error) {
	active, err := r.store.Developments(ctx, store.DevelopmentQuery{Conflicts: sub.Conflicts, Since: m.From, Until: m.To, ByFiling: true})
	if err != nil {
		return "", err
	}
	after, err := r.standings(ctx, sub.Conflicts, m.To)
	if err != nil {
		return "", err
	}
	before, err := r.standings(ctx, sub.Conflicts, m.From)
	if err != nil {
		return "", err
	}
	read, answering, err := r.coverage(ctx, m.Guild)
	if err != nil {
		return "", err
	}
	in := news.DigestInput{
		From: m.From, To: m.To, Zone: zoneOf(sub), Lang: sub.Lang, Conflicts: sub.Conflicts,
		Developments: active, Standings: after, Before: before, Sources: read, Answering: answering, View: view,
		Missed: m.Missed.Count, MissedFrom: m.Missed.First, MissedTo: m.Missed.Last,
	}
	if r.writer.Nothing(in) && !sub.Choices.SayEmpty {
		return "", nil
	}
	return r.writer.Digest(in), nil
}

func (r *renderer) standings(ctx context.Context, conflicts []news.ConflictID, at time.Time) ([]news.Standing, error) {
	if len(conflicts) == 0 {
		return r.store.Standings(ctx, "", at)
	}
	var out []news.Standing
	for _, c := range conflicts {
		s, err := r.store.Standings(ctx, c, at)
		if err != nil {
			return nil, err
		}
		out = append(out, s...)
	}
	return out, nil
}

// coverage counts the sources a server reads and those that answered last time.
func (r *renderer) coverage(ctx context.Context, g guild.ID) (read, answering int, err error) {
	checks, err := r.store.ListSources(ctx, g)
	if err != nil {
		return 0, 0, err
	}
	for _, c := range checks {
		if c.State.Problem == "" && !c.State.OKAt.IsZero() {
			answering++
		}
	}
	return len(checks), answering, nil
}

func (r *renderer) subscription(ctx context.Context, m notify.Message) (notify.Subscription, error) {
	subs, err := r.store.Subscriptions(ctx, m.Guild)
	if err != nil {
		return notify.Subscription{}, err
	}
	for _, s := range subs {
		if s.ID == m.Subscription {
			return s, nil
		}
	}
	return notify.Subscription{Guild: m.Guild, Channel: m.Channel}, nil // removed since: defaults
}

// zoneOf is the subscription's zone; it was validated when it was stored.
func zoneOf(s notify.Subscription) *time.Location {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return time.UTC
	}
	return zone
}
