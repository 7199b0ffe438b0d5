package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"trucewire/config"
)

// tryOptions are the flags of `trucewire try`.
type tryOptions struct {
	sample bool
	once   bool
	feed   string
	data   string
}

func newTry(e *env) *cobra.Command {
	var o tryOptions
	cmd := &cobra.Command{
		Use:   "try",
		Short: "Run the service without a token, on a small Discord on this machine",
		Long: "Runs the same service as `run`, with Discord played by a small server on this machine. Live feeds: the newest items of 48 hours,\n" +
			"at most 5 alerts, the rest as a digest. Where no feed answers within 5 seconds, or nothing qualifies, it says so and plays\n" +
			"the bundled story. At the prompt it takes commands as a member types them: /status libya.",
		Args: arguments(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return e.try(cmd.Context(), o) },
	}
	f := cmd.Flags()
	f.BoolVar(&o.sample, "sample", false, "play the bundled story at once")
	f.BoolVar(&o.once, "once", false, "end when it has been shown, without a prompt")
	f.StringVar(&o.feed, "feed", "", "read this feed (URL or file) instead of the catalogue's")
	f.StringVar(&o.data, "data", "", "keep data in this directory (default: a temporary one)")
	cmd.MarkFlagsMutuallyExclusive("sample", "feed")
	return cmd
}

func (e *env) try(ctx context.Context, o tryOptions) error {
	t := &trial{env: e, options: o}
	if o.sample {
		return t.story(ctx)
	}
	shown, err := t.live(ctx)
	if err != nil || shown {
		return err
	}
	return t.story(ctx)
}

// trial is one run of `try`.
type trial struct {
	*env
	options tryOptions
}

// open builds a stage and the service on it. The returned function takes both down.
func (t *trial) open(ctx context.Context, catalogue config.Catalogue, now func() time.Time) (*stage, *service, func() error, error) {
	dir, forget, err := t.dataDir()
	if err != nil {
		return nil, nil, nil, err
	}
	log := slog.New(slog.NewTextHandler(t.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	st, err := newStage(t.stdout, log, now)
	if err != nil {
		return nil, nil, nil, errors.Join(err, forget())
	}
	settings := config.Settings{
		Token: config.NewSecret(st.discord.Token()), DataDir: dir, DiscordAPI: st.discord.URL(),
		AllowLoopback: true, PollEvery: config.DefaultPollEvery, Workers: 16,
	}
	svc, err := newService(ctx, plan{settings: settings, catalogue: catalogue, log: log, now: now})
	if err != nil {
		return nil, nil, nil, errors.Join(err, st.close(), forget())
	}
	return st, svc, func() error { return errors.Join(svc.close(), st.close(), forget()) }, nil
}

func (t *trial) dataDir() (string, func() error, error) {
	if t.options.data != "" {
		return t.options.data, func() error { return nil }, nil
	}
	dir, err := os.MkdirTemp("", "trucewire-try-")
	if err != nil {
		return "", nil, fmt.Errorf("try: %w", err)
	}
	return dir, func() error { return os.RemoveAll(dir) }, nil
}

// connect runs the bot until stop is called and waits until it takes commands.
func connect(ctx context.Context, st *stage, svc *service) (stop func() error, err error) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- svc.bot.Run(ctx) }()
	stop = func() error { cancel(); return <-done }
	wait, cancelWait := context.WithTimeout(ctx, 30*time.Second)
	defer cancelWait()
	if err := st.discord.WaitCommands(wait); err != nil {
		return nil, errors.Join(fmt.Errorf("try: the bot did not come up: %w", err), stop())
	}
	return stop, nil
}

// setUp types what a moderator types first.
func setUp(ctx context.Context, st *stage, lines ...string) error {
	for _, line := range lines {
		st.say("\n> %s", line)
		if err := st.typed(ctx, line); err != nil {
			return fmt.Errorf("try: %s: %w", line, err)
		}
	}
	return nil
}

// prompt takes commands until the input or ctx ends. after runs when one was answered,
// so that what it caused is seen.
func (t *trial) prompt(ctx context.Context, st *stage, after func(context.Context) error) error {
	st.say("\nType a command as you would on Discord, such as /status libya, /latest or /help; quit ends.")
	lines := make(chan string)
	go func() {
		defer close(lines)
		in := bufio.NewScanner(t.stdin)
		for in.Scan() {
			select {
			case lines <- strings.TrimSpace(in.Text()):
			case <-ctx.Done():
				return
			}
		}
	}()
	for {
		fmt.Fprint(t.stdout, "\n> ")
		select {
		case <-ctx.Done():
			st.say("")
			return nil
		case line, ok := <-lines:
			if !ok || line == "quit" || line == "exit" {
				st.say("")
				return nil
			}
			if line == "" {
				continue
			}
			if err := st.typed(ctx, line); err != nil {
				st.say("%v", err)
				continue
			}
			if err := after(ctx); err != nil {
				return err
			}
		}
	}
}
