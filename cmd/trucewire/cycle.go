package main

import (
	"context"
	"fmt"
	"sync"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
	"trucewire/store"
)

// cycle is the desk cycle: decide, commit, apply. It is the only writer of the desk.
type cycle struct {
	store *store.Store
	wake  func()             // tells the dispatcher that something may be owed
	filed func(news.Changes) // hears what was filed; nil: nobody does

	mu   sync.Mutex
	desk *news.Desk
}

var _ sources.Filer = (*cycle)(nil)

// FilePoll files a poll: the desk decides, everything that follows is committed in
// one transaction, and only then the desk changes.
func (c *cycle) FilePoll(ctx context.Context, p sources.Poll) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	changes := c.desk.File(p.Items, p.At)
	owed, err := c.owed(ctx, p, changes)
	if err != nil {
		return err
	}
	deadlines, err := c.deadlinesOf(ctx, p.At, changes)
	if err != nil {
		return err
	}
	owed = append(owed, deadlines...)
	if err := c.store.Commit(ctx, store.Commit{Poll: p, Changes: changes, Messages: owed}); err != nil {
		return fmt.Errorf("commit poll of %s: %w", p.Source.ID, err)
	}
	c.desk.Apply(changes)
	if c.filed != nil {
		c.filed(changes)
	}
	if len(owed) > 0 {
		c.wake()
	}
	return nil
}

// owed plans what the changes owe. A baseline owes nobody anything. A development that
// is only repeated counts too: it may be news to a server that sees none of the others.
func (c *cycle) owed(ctx context.Context, p sources.Poll, changes news.Changes) ([]notify.Message, error) {
	if p.Baseline || len(changes.Developments) == 0 {
		return nil, nil
	}
	subs, err := c.store.Subscriptions(ctx, "")
	if err != nil || len(subs) == 0 {
		return nil, err
	}
	ids := make([]news.DevelopmentID, 0, len(changes.Developments))
	for _, d := range changes.Developments {
		ids = append(ids, d.ID)
	}
	told, err := c.store.Told(ctx, ids)
	if err != nil {
		return nil, err
	}
	views, err := c.store.Views(ctx)
	if err != nil {
		return nil, err
	}
	return notify.PlanAll(p.At, changes, subs, told, views.Of), nil
}

func viewOf(ctx context.Context, s *store.Store, g guild.ID) (news.View, error) {
	visible, err := s.VisibleSources(ctx, g)
	if err != nil {
		return nil, err
	}
	return func(id news.SourceID) bool { return visible[id] }, nil
}
