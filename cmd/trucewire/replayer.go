package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"trucewire/news"
	"trucewire/sources"
	"trucewire/store"
)

// replayer reads items one by one and prints what the desk makes of them: the
// stable contract that programs read. Its virtual channel has every source on, all
// conflicts, kinds and severities, and is told in English and UTC.
type replayer struct {
	catalogue *news.Catalogue
	desk      *news.Desk
	reader    *news.Reader
	writer    *news.Writer
	out       *json.Encoder

	explain      bool
	digestEvery  time.Duration // zero: no digests
	memory       *store.Store  // nil: none
	restartEvery int           // items between restarts; zero: never

	clock        time.Time // published time of the item being read, never going back for what is due
	digestAt     time.Time // the next digest
	count        int
	revisions    map[news.ItemID]int
	sources      map[news.SourceID]bool
	developments map[news.DevelopmentID]news.Development
	standings    newestStandings
	before       newestStandings // as of the last digest
	fired        map[string]bool // deadlines that came
}

func newReplayer(catalogue *news.Catalogue, out io.Writer) (*replayer, error) {
	reader, err := news.NewReader(catalogue)
	if err != nil {
		return nil, err
	}
	writer, err := news.NewWriter(catalogue)
	if err != nil {
		return nil, err
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return &replayer{
		catalogue: catalogue, reader: reader, writer: writer, desk: news.NewDesk(catalogue, reader), out: enc,
		revisions: make(map[news.ItemID]int), sources: make(map[news.SourceID]bool),
		developments: make(map[news.DevelopmentID]news.Development),
		standings:    make(newestStandings), before: make(newestStandings), fired: make(map[string]bool),
	}, nil
}

// inputItem is a line of input.
type inputItem struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Outlet    string `json:"outlet"`
	Published string `json:"published"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	Lang      string `json:"lang"`
}

func (r *replayer) decode(line []byte) (news.Item, error) {
	var in inputItem
	if err := json.Unmarshal(line, &in); err != nil {
		return news.Item{}, fmt.Errorf("not an item: %w", err)
	}
	if in.ID == "" {
		return news.Item{}, errors.New("the item has no id")
	}
	at, err := r.published(in.Published)
	if err != nil {
		return news.Item{}, fmt.Errorf("item %s: %w", in.ID, err)
	}
	outlet, _ := r.catalogue.Outlet(news.OutletID(in.Outlet))
	id := news.ItemID(in.ID)
	revision := r.revisions[id]
	r.revisions[id]++
	return news.Item{
		ID: id, Revision: revision, Source: news.SourceID(in.Outlet), Outlet: outlet.ID, URL: in.URL,
		Published: at, Dated: in.Published != "", FirstSeen: at, Title: in.Title, Text: in.Text, Lang: in.Lang,
	}, nil
}

// published reads the time of an item: RFC 3339, or a date and time without a zone,
// which is taken as UTC because many archives drop it. An item without a time is read
// at the time of the one before it.
func (r *replayer) published(text string) (time.Time, error) {
	if text == "" {
		return r.clock, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateTime, time.DateOnly, "2006-01", "2006"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("published %q is no RFC 3339 time", text)
}

// read takes one item through decide, commit, apply and prints the lines of it.
func (r *replayer) read(ctx context.Context, it news.Item) error {
	if err := r.advance(ctx, it.Published); err != nil {
		return err
	}
	r.sources[it.Source] = true
	changes := r.desk.File([]news.Item{it}, it.Published)
	if err := r.take(ctx, sources.Poll{Items: []news.Item{it}, At: it.Published}, changes); err != nil {
		return err
	}
	if err := r.print(it.Published, it, changes); err != nil {
		return err
	}
	r.count++
	if r.restartEvery > 0 && r.count%r.restartEvery == 0 {
		return r.restart(ctx, it.Published)
	}
	return nil
}

// restart forgets the desk and loads it again from what was committed.
func (r *replayer) restart(ctx context.Context, now time.Time) error {
	window, err := r.memory.Window(ctx, now.Add(-news.WindowLength))
	if err != nil {
		return err
	}
	groupOnly := r.desk.GroupOnly
	r.desk = news.NewDesk(r.catalogue, r.reader)
	r.desk.GroupOnly = groupOnly
	r.desk.Load(window)
	return nil
}

// firstDigest is the first due time after t: the next full hour, or the next 08:00 UTC.
func firstDigest(t time.Time, every time.Duration) time.Time {
	if every == time.Hour {
		return t.Truncate(time.Hour).Add(time.Hour)
	}
	due := time.Date(t.Year(), t.Month(), t.Day(), 8, 0, 0, 0, time.UTC)
	if !due.After(t) {
		due = due.AddDate(0, 0, 1)
	}
	return due
}

func (r *replayer) printDigest(at time.Time) error {
	from := at.Add(-r.digestEvery)
	var active []news.Development
	ids := []news.DevelopmentID{}
	for _, id := range slices.Sorted(maps.Keys(r.developments)) {
		d := r.developments[id]
		if d.ChangedAt.After(from) && !d.ChangedAt.After(at) {
			active = append(active, d)
			ids = append(ids, id)
		}
		if at.Sub(d.ChangedAt) > news.WindowLength {
			delete(r.developments, id)
		}
	}
	text := r.writer.Digest(news.DigestInput{
		From: from, To: at, Developments: active, Standings: r.standings.all(), Before: r.before.all(),
		Sources: len(r.sources), Answering: len(r.sources),
	})
	r.before = r.standings.clone()
	return r.out.Encode(postLine{Type: "post", At: stamp(at), Reason: news.ReasonDigest, Form: "new", Developments: ids, Items: itemsOf(active), Text: text})
}

func (n newestStandings) all() []news.Standing {
	var out []news.Standing
	for _, c := range slices.Sorted(maps.Keys(n)) {
		out = append(out, n.of(c)...)
	}
	return out
}

func (n newestStandings) of(c news.ConflictID) []news.Standing {
	var out []news.Standing
	for _, a := range slices.Sorted(maps.Keys(n[c])) {
		out = append(out, n[c][a])
	}
	return out
}

func (n newestStandings) clone() newestStandings {
	out := make(newestStandings, len(n))
	for c, m := range n {
		out[c] = maps.Clone(m)
	}
	return out
}
