package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"trucewire/bot"
	"trucewire/config"
	"trucewire/news"
	"trucewire/sources"
)

const (
	discordCheckTimeout = 20 * time.Second
	sourceCheckTimeout  = 30 * time.Second
)

func newCheck(e *env) *cobra.Command {
	var network bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Validate configuration and catalogue; with a token, the bot's set-up",
		Args:  arguments(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return e.check(cmd, network) },
	}
	addSettings(cmd)
	cmd.Flags().BoolVar(&network, "network", false, "fetch every source of the catalogue as well")
	return cmd
}

func (e *env) check(cmd *cobra.Command, network bool) error {
	settings, settingsErr := e.settings(cmd)
	catalogue, catalogueErr := config.LoadCatalogue(settings.CatalogueFile)
	if err := errors.Join(settingsErr, catalogueErr); err != nil {
		return err
	}
	fmt.Fprintln(e.stdout, "settings   fine")
	if _, err := news.NewReader(catalogue.News); err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	if _, err := news.NewWriter(catalogue.News); err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	on := 0
	for _, f := range catalogue.Feeds {
		if f.Default {
			on++
		}
	}
	fmt.Fprintf(e.stdout, "catalogue  fine: %d conflicts, %d outlets, %d feeds (%d on by default), %d language packs\n",
		len(catalogue.News.Conflicts), len(catalogue.News.Outlets), len(catalogue.Feeds), on, len(catalogue.News.Packs))
	if settings.Contact == "" {
		fmt.Fprintln(e.stdout, "contact    none: set TRUCEWIRE_CONTACT so that publishers and members can reach you")
	}
	problems := []error{e.checkDiscord(cmd.Context(), settings)}
	if network {
		problems = append(problems, e.checkSources(cmd.Context(), settings, catalogue.Feeds))
	}
	return errors.Join(problems...)
}

func (e *env) checkDiscord(ctx context.Context, s config.Settings) error {
	if s.Token.Empty() {
		fmt.Fprintln(e.stdout, "discord    not checked: no token")
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, discordCheckTimeout)
	defer cancel()
	b, err := bot.New(bot.Config{Token: s.Token.Reveal(), API: s.DiscordAPI, Version: version(), Log: e.logger(s)}, bot.Deps{})
	if err != nil {
		return fmt.Errorf("discord: %w", err)
	}
	id, err := b.Check(ctx)
	if err != nil {
		return fmt.Errorf("discord: %w", err)
	}
	fmt.Fprintf(e.stdout, "discord    fine: %s, in %d servers, %d connections left today\n", id.Name, id.Guilds, id.SessionsLeft)
	return nil
}

// checkSources fetches every feed once, in parallel, and prints a line for each.
func (e *env) checkSources(ctx context.Context, s config.Settings, feeds []sources.Source) error {
	fetcher := newFetcher(s)
	defer fetcher.Close()
	ctx, cancel := context.WithTimeout(ctx, sourceCheckTimeout)
	defer cancel()
	poller := sources.NewPoller(nil, nil, fetcher, e.logger(s))
	poller.Workers = s.Workers
	failed := 0
	for _, p := range poller.Collect(ctx, feeds, time.Now()) {
		failed += sourceLine(e.stdout, p)
	}
	if failed > 0 {
		return fmt.Errorf("sources: %d of %d did not answer with a feed", failed, len(feeds))
	}
	return nil
}

// sourceLine prints how one source answered and returns 1 if it did not.
func sourceLine(w io.Writer, p sources.Poll) int {
	if p.State.Problem != "" {
		fmt.Fprintf(w, "source     %-22s %s\n", p.Source.ID, p.State.Problem)
		return 1
	}
	newest := "no items"
	if len(p.Items) > 0 {
		newest = fmt.Sprintf("%d items, newest %s", len(p.Items), p.Items[len(p.Items)-1].Published.UTC().Format("2006-01-02 15:04"))
	}
	fmt.Fprintf(w, "source     %-22s fine: %s\n", p.Source.ID, newest)
	return 0
}
