package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"trucewire/config"
)

// story plays the bundled story: its outlets as feeds on loopback, and a clock that
// steps to the next thing that is due.
func (t *trial) story(ctx context.Context) (err error) {
	tale, err := loadStory()
	if err != nil {
		return err
	}
	clock := newStoryClock(tale.Start)
	feeds, err := newFeedServer(tale, clock.now)
	if err != nil {
		return err
	}
	served := make(chan error, 1)
	go func() { served <- feeds.run() }()
	defer func() { err = errors.Join(err, feeds.close(), <-served) }()

	catalogue, err := config.LoadCatalogue("")
	if err != nil {
		return err
	}
	catalogue.News.Outlets = append(catalogue.News.Outlets, tale.outlets()...)
	catalogue.Feeds = feeds.sources()
	st, svc, down, err := t.open(ctx, catalogue, clock.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, down()) }()
	svc.poller.HostGap, svc.poller.Spread = -1, -1 // all feeds are of one machine, and the story is the same every time
	st.say("The bundled story: Libya, June 2020, after real events, with invented outlets. Times are story time.")
	stop, err := connect(ctx, st, svc)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	err = setUp(ctx, st,
		fmt.Sprintf("/alerts add channel:#%s conflict:%s severity:3", stageChannel, tale.Conflict),
		fmt.Sprintf("/digest add channel:#%s conflict:%s schedule:daily 08:00 zone:%s", stageChannel, tale.Conflict, tale.Zone),
	)
	if err != nil {
		return err
	}
	if err := svc.play(ctx, clock, tale.End); err != nil {
		return err
	}
	if t.options.once {
		return nil
	}
	return t.prompt(ctx, st, svc.step)
}

// play steps the clock from one due thing to the next until end.
func (s *service) play(ctx context.Context, clock *storyClock, end time.Time) error {
	for {
		if err := s.step(ctx); err != nil {
			return err
		}
		next, ok, err := s.store.NextDue(ctx)
		if err != nil {
			return err
		}
		if !ok || next.After(end) {
			clock.advance(end)
			return s.step(ctx)
		}
		if !next.After(clock.now()) {
			next = clock.now().Add(time.Second) // due and not done: a retry under way
		}
		clock.advance(next)
	}
}
