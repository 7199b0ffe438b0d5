package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"trucewire/config"
)

const (
	pollTick   = "@every 30s" // how soon a due source is noticed
	digestTick = "@every 30s"
	sweepTick  = "@every 6h"

	pollTimeout  = 10 * time.Minute // all sources of one tick, the slowest included
	oweTimeout   = time.Minute
	sweepTimeout = 10 * time.Minute
)

// errNoToken says how to get a token; it is the first thing many operators read.
var errNoToken = errors.New(`no token: set DISCORD_TOKEN (or DISCORD_TOKEN_FILE to a file that holds it).
To get one: discord.com/developers/applications → New Application → Bot → Reset Token, and switch Public Bot off.
Without a token, "trucewire try" shows the bot on this machine`)

func newRun(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run the service on Discord",
		Long:  "Runs the service: polls sources, reads items, posts to Discord and answers members. Needs a token (environment DISCORD_TOKEN\nor DISCORD_TOKEN_FILE) and a data directory that nothing else uses.",
		Args:  arguments(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return e.serve(cmd) },
	}
	addSettings(cmd)
	return cmd
}

func (e *env) serve(cmd *cobra.Command) error {
	settings, err := e.settings(cmd)
	if err != nil {
		return err
	}
	if settings.Token.Empty() {
		return errNoToken
	}
	catalogue, err := config.LoadCatalogue(settings.CatalogueFile)
	if err != nil {
		return err
	}
	s, err := newService(cmd.Context(), plan{settings: settings, catalogue: catalogue, log: e.logger(settings), now: time.Now})
	if err != nil {
		return err
	}
	return errors.Join(s.run(cmd.Context()), s.close())
}

// run works until ctx ends or something fails that no retry can mend.
func (s *service) run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.bot.Run(ctx) })
	group.Go(func() error { return s.dispatcher.Run(ctx) })
	group.Go(func() error { return s.tick(ctx) })
	s.log.Info("service started", slog.String("version", version()), slog.Int("sources", len(s.catalogue.Feeds)), slog.String("data", s.settings.DataDir))
	err := group.Wait()
	s.log.Info("service stopped")
	return err
}

// tick runs the schedule until ctx ends, and waits for the jobs under way.
func (s *service) tick(ctx context.Context) error {
	logger := cronLogger{s.log}
	// Recover is innermost: outside SkipIfStillRunning a panic would leave the job marked as running for ever.
	c := cron.New(cron.WithLocation(time.UTC), cron.WithLogger(logger), cron.WithChain(cron.SkipIfStillRunning(logger), cron.Recover(logger)))
	for _, j := range []struct {
		spec, name string
		timeout    time.Duration
		fn         func(context.Context) error
	}{
		{s.pollSpec(), "poll", pollTimeout, s.poll},
		{digestTick, "digests", oweTimeout, s.owe},
		{sweepTick, "sweep", sweepTimeout, func(ctx context.Context) error { return s.store.Sweep(ctx, s.now()) }},
	} {
		job := s.job(ctx, j.name, j.timeout, j.fn)
		if _, err := c.AddFunc(j.spec, job); err != nil {
			return err
		}
	}
	s.job(ctx, "poll", pollTimeout, s.poll)() // at once, not half a minute later
	c.Start()
	<-ctx.Done()
	<-c.Stop().Done()
	return nil
}

// pollSpec ticks as often as the shortest interval asks.
func (s *service) pollSpec() string {
	if every := s.settings.PollEvery; every < 30*time.Second {
		return "@every " + every.String()
	}
	return pollTick
}

// job gives a scheduled function its deadline and its one log line.
func (s *service) job(ctx context.Context, name string, timeout time.Duration, fn func(context.Context) error) func() {
	return func() {
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		if err := fn(ctx); err != nil && !errors.Is(err, context.Canceled) {
			s.log.Error("job failed", slog.String("job", name), slog.Any("err", err))
		}
	}
}

// cronLogger lets cron speak through slog. Only what went wrong is of interest.
type cronLogger struct{ log *slog.Logger }

func (l cronLogger) Info(string, ...any) {}

func (l cronLogger) Error(err error, msg string, _ ...any) {
	l.log.Error("scheduler failed", slog.String("what", msg), slog.Any("err", err))
}
