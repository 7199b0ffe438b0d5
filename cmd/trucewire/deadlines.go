package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
	"trucewire/store"
)

// talksReach is how long after its announcement a meeting is remembered.
const talksReach = 60 * 24 * time.Hour

// errNotRead: nothing can be said of a time that no source was read after.
var errNotRead = errors.New("waits until a source was read after its hour")

// tick lets the clock end what is due and owes what announced starts, ends and meetings owe
// by now: also what no poll brought, such as a channel that asks since, or a source switched off.
func (c *cycle) tick(ctx context.Context, now time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	changes := c.desk.File(nil, now)
	poll := sources.Poll{At: now}
	owed, err := c.owed(ctx, poll, changes)
	if err != nil {
		return err
	}
	deadlines, err := c.deadlines(ctx, now, changes, nil)
	if err != nil {
		return err
	}
	owed = append(owed, deadlines...)
	if len(owed) == 0 && len(changes.Standings) == 0 {
		return nil
	}
	if err := c.store.Commit(ctx, store.Commit{Poll: poll, Changes: changes, Messages: owed}); err != nil {
		return fmt.Errorf("commit what the clock brought: %w", err)
	}
	c.desk.Apply(changes)
	c.wake()
	return nil
}

// deadlinesOf plans the deadlines that the changes of a poll may have moved, to be committed
// with them.
func (c *cycle) deadlinesOf(ctx context.Context, now time.Time, changes news.Changes) ([]notify.Message, error) {
	var moved []news.ConflictID
	for _, s := range changes.Standings {
		moved = append(moved, s.Conflict)
	}
	for _, d := range changes.Developments {
		if slices.Contains(talkKinds(), d.Kind()) {
			moved = append(moved, d.Conflict)
		}
	}
	if len(moved) == 0 {
		return nil, nil
	}
	slices.Sort(moved)
	return c.deadlines(ctx, now, changes, slices.Compact(moved))
}

// deadlines plans those of some conflicts, or of all, from what is stored and what is about
// to be.
func (c *cycle) deadlines(ctx context.Context, now time.Time, changes news.Changes, of []news.ConflictID) ([]notify.Message, error) {
	subs, err := c.store.Subscriptions(ctx, "")
	if err != nil {
		return nil, err
	}
	pending, err := c.store.PendingDeadlines(ctx)
	if err != nil || len(subs)+len(pending) == 0 {
		return nil, err
	}
	calendar, err := readCalendar(ctx, c.store, now, of)
	if err != nil {
		return nil, err
	}
	overlay(&calendar, changes)
	if calendar.Homes, err = c.store.Homes(ctx, calendar.Items()); err != nil {
		return nil, err
	}
	for _, f := range changes.Filed {
		if f.Development != "" {
			calendar.Homes[f.Item] = f.Development
		}
	}
	views, err := c.store.Views(ctx)
	if err != nil {
		return nil, err
	}
	return notify.PlanDeadlines(now, calendar, subs, pending, views.Of), nil
}

// talkKinds are the kinds that announce meetings and take them back.
func talkKinds() []news.Kind { return []news.Kind{news.TalksAnnounced, news.TalksFailed} }

// readCalendar reads what is stored of deadlines, of some conflicts or of all.
func readCalendar(ctx context.Context, s *store.Store, now time.Time, of []news.ConflictID) (c notify.Calendar, err error) {
	c.Conflicts = of
	if c.Standings, err = s.Standings(ctx, "", time.Time{}); err != nil {
		return c, err
	}
	c.Standings = slices.DeleteFunc(c.Standings, func(s news.Standing) bool { return len(of) > 0 && !slices.Contains(of, s.Conflict) })
	c.Talks, err = s.Developments(ctx, store.DevelopmentQuery{Conflicts: of, Kinds: talkKinds(), MainOnly: true, Since: now.Add(-talksReach)})
	return c, err
}

// overlay puts what changes bring in the place of what is stored.
func overlay(c *notify.Calendar, changes news.Changes) {
	for _, s := range changes.Standings {
		c.Standings = slices.DeleteFunc(c.Standings, func(o news.Standing) bool {
			return o.Conflict == s.Conflict && o.Arrangement == s.Arrangement
		})
		c.Standings = append(c.Standings, s)
	}
	for _, d := range changes.Developments {
		c.Talks = slices.DeleteFunc(c.Talks, func(o news.Development) bool { return o.ID == d.ID })
		if slices.Contains(talkKinds(), d.Kind()) {
			c.Talks = append(c.Talks, d)
		}
	}
}

// deadline makes the text of a deadline from what is known when it is sent. Of one that has come
// something is said only after the server's sources were read since: after a pause of the
// bot the news that makes it void may wait in the feeds.
func (r *renderer) deadline(ctx context.Context, m notify.Message, d news.Deadline, sub notify.Subscription, view news.View) (string, error) {
	if d.Stage != news.StageReminder {
		read, err := r.readSince(ctx, m.Guild, d.Due)
		if err != nil {
			return "", err
		}
		if !read {
			return "", &notify.RetryError{After: time.Minute, Err: errNotRead}
		}
	}
	c, err := readCalendar(ctx, r.store, r.now(), []news.ConflictID{d.Conflict})
	if err != nil {
		return "", err
	}
	return r.writer.Deadline(news.DeadlineInput{
		Deadline: d, Now: news.Deadlines(c.Standings, c.Talks, view), Zone: zoneOf(sub), Lang: sub.Lang, Ref: m.Ref,
	}), nil
}

// readSlack is how far behind a source may be: a tick and a slow answer. After a pause all are
// further behind, until each was asked.
const readSlack = 2 * time.Minute

// readSince reports whether a source of the server answered at or after a time and none of them
// is behind.
func (r *renderer) readSince(ctx context.Context, g guild.ID, at time.Time) (bool, error) {
	checks, err := r.store.ListSources(ctx, g)
	if err != nil {
		return false, err
	}
	now := r.now()
	answered := func(c sources.Check) bool { return !c.State.OKAt.Before(at) }
	behind := func(c sources.Check) bool { return now.Sub(c.State.NextCheckAt) > readSlack }
	return slices.ContainsFunc(checks, answered) && !slices.ContainsFunc(checks, behind), nil
}
