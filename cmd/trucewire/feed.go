package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"trucewire/sources"
)

func newFeed(e *env) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "feed URL|FILE",
		Short: "Fetch and parse one feed as the poller would, and print it",
		Args:  arguments(cobra.ExactArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := e.settings(cmd)
			if err != nil {
				return err
			}
			fetcher := newFetcher(s)
			feed, err := fetcher.Open(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return feedJSON(e.stdout, feed)
			}
			return feedText(e.stdout, feed)
		},
	}
	addSettings(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

// feedItem is one entry as `trucewire feed --json` prints it. With the outlet added it
// is a line that `trucewire replay` reads. An entry without a date has published "".
type feedItem struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Outlet    string `json:"outlet"`
	Published string `json:"published"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Lang      string `json:"lang"`
}

func feedJSON(w io.Writer, f sources.Feed) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, it := range f.Items {
		line := feedItem{
			ID: cmp.Or(it.GUID, it.Link, sources.ContentHash(it.Title, it.Text)), URL: it.Link, Outlet: hostOf(it.Link),
			Title: it.Title, Text: it.Text, Lang: f.Lang,
		}
		if !it.Published.IsZero() {
			line.Published = it.Published.Format(time.RFC3339)
		}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func feedText(w io.Writer, f sources.Feed) error {
	fmt.Fprintf(w, "%s (%d items", orDash(f.Title), len(f.Items))
	if f.Lang != "" {
		fmt.Fprintf(w, ", language %s", f.Lang)
	}
	fmt.Fprintln(w, ")")
	for _, it := range f.Items {
		when := "no date         "
		if !it.Published.IsZero() {
			when = it.Published.Format("2006-01-02 15:04")
		}
		fmt.Fprintf(w, "%s  %s\n                  %s\n", when, it.Title, it.Link)
	}
	return nil
}

// hostOf is the outlet of a link, as a replay line names it.
func hostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
