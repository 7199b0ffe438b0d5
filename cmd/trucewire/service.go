package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"trucewire/bot"
	"trucewire/config"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
	"trucewire/store"
)

// plan is what a service is built from.
type plan struct {
	settings  config.Settings
	catalogue config.Catalogue
	log       *slog.Logger
	now       func() time.Time // domain time
}

// service is the whole program wired in flow order. Nothing runs until run or step.
type service struct {
	plan
	store      *store.Store
	fetcher    *sources.Fetcher
	poller     *sources.Poller
	cycle      *cycle
	writer     *news.Writer
	dispatcher *notify.Dispatcher
	digests    *notify.Digests
	bot        *bot.Bot
	cleanUps   []cleanUp
}

// cleanUp undoes one step of the start.
type cleanUp struct {
	name string
	undo func() error
}

// newService opens the data directory and wires everything. A half-built service
// undoes itself.
func newService(ctx context.Context, p plan) (*service, error) {
	s := &service{plan: p}
	for _, step := range []func(context.Context) error{s.openStore, s.buildDesk, s.buildSources, s.buildBot} {
		if err := step(ctx); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}

func (s *service) openStore(ctx context.Context) error {
	lock, err := store.Lock(s.settings.DataDir)
	if err != nil {
		return err
	}
	s.onClose("release the lock", lock.Unlock)
	db, err := store.Open(ctx, s.settings.DataDir)
	if err != nil {
		return err
	}
	s.store = db
	s.onClose("close the database", db.Close)
	return db.SyncCatalogue(ctx, s.catalogue.Feeds)
}

func (s *service) buildDesk(ctx context.Context) error {
	reader, err := news.NewReader(s.catalogue.News)
	if err != nil {
		return err
	}
	s.writer, err = news.NewWriter(s.catalogue.News)
	if err != nil {
		return err
	}
	window, err := s.store.Window(ctx, s.now().Add(-news.WindowLength))
	if err != nil {
		return err
	}
	desk := news.NewDesk(s.catalogue.News, reader)
	desk.Load(window)
	s.cycle = &cycle{store: s.store, desk: desk, wake: func() { s.dispatcher.Wake() }}
	return nil
}

func (s *service) buildSources(context.Context) error {
	s.fetcher = newFetcher(s.settings)
	s.onClose("close connections to sources", func() error { s.fetcher.Close(); return nil })
	s.poller = sources.NewPoller(s.store, s.cycle, s.fetcher, s.log)
	s.poller.Workers = s.settings.Workers
	s.poller.Every = s.settings.PollEvery
	if s.settings.AllowLoopback {
		s.poller.Floor = s.settings.PollEvery // no publisher is bothered
	}
	return nil
}

func (s *service) buildBot(context.Context) error {
	book := notify.NewBook(s.store, s.now)
	book.KnownConflict = func(id news.ConflictID) bool { _, ok := s.catalogue.News.Conflict(id); return ok }
	registry := sources.NewRegistry(s.store, s.fetcher, s.now)
	b, err := bot.New(bot.Config{
		Token: s.settings.Token.Reveal(), API: s.settings.DiscordAPI, ApplicationURL: s.settings.Contact, Version: version(), Log: s.log, Now: s.now,
	}, bot.Deps{
		Catalogue: s.catalogue.News,
		Answers:   &answers{store: s.store, writer: s.writer, catalogue: s.catalogue.News, now: s.now},
		Alerts:    book, Sources: registry, Guilds: &guilds{store: s.store, now: s.now}, Marks: s.store,
	})
	if err != nil {
		return err
	}
	s.bot = b
	render := &renderer{store: s.store, writer: s.writer, now: s.now}
	s.dispatcher = notify.NewDispatcher(s.store, b, render, s.log)
	s.dispatcher.Now = s.now
	s.digests = notify.NewDigests(s.store, s.log)
	return nil
}

// userAgent names the bot and its operator to publishers.
func userAgent(contact string) string {
	if contact == "" {
		return fmt.Sprintf("Trucewire/%s (news bot)", version())
	}
	return fmt.Sprintf("Trucewire/%s (news bot; %s)", version(), contact)
}

func newFetcher(s config.Settings) *sources.Fetcher {
	return sources.NewFetcher(sources.FetcherOptions{UserAgent: userAgent(s.Contact), AllowLoopback: s.AllowLoopback})
}

func (s *service) onClose(name string, undo func() error) {
	s.cleanUps = append(s.cleanUps, cleanUp{name, undo})
}

// close undoes the start in reverse order.
func (s *service) close() error {
	var problems []error
	for i := len(s.cleanUps) - 1; i >= 0; i-- {
		if err := s.cleanUps[i].undo(); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", s.cleanUps[i].name, err))
		}
	}
	s.cleanUps = nil
	return errors.Join(problems...)
}

// poll looks at the sources that are due.
func (s *service) poll(ctx context.Context) error { return s.poller.Tick(ctx, s.now()) }

// owe plans what the clock brings: deadlines, and the digests that are due.
func (s *service) owe(ctx context.Context) error {
	late := s.cycle.tick(ctx, s.now())
	owed, err := s.digests.Tick(ctx, s.now())
	if owed > 0 {
		s.dispatcher.Wake()
	}
	return errors.Join(late, err)
}

// step does once, and waits for, everything that is due at this moment of the clock.
func (s *service) step(ctx context.Context) error {
	if err := s.poll(ctx); err != nil {
		return err
	}
	if err := s.owe(ctx); err != nil {
		return err
	}
	_, err := s.dispatcher.Drain(ctx)
	return err
}
