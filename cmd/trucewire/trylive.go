package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"trucewire/config"
	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
	"trucewire/store"
)

// What a first look at live feeds shows (design.md §4).
const (
	liveReach   = 48 * time.Hour
	livePerFeed = 20
	liveAlerts  = 5
	liveWait    = 5 * time.Second
)

// live shows the newest items of live feeds. It reports whether there was anything to
// show; if not, it has said why.
func (t *trial) live(ctx context.Context) (shown bool, err error) {
	catalogue, err := config.LoadCatalogue("")
	if err != nil {
		return false, err
	}
	undo, err := t.chooseFeeds(&catalogue)
	if err != nil {
		return false, err
	}
	defer undo()
	st, svc, down, err := t.open(ctx, catalogue, time.Now)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, down()) }()

	look, err := t.firstLook(ctx, st, svc)
	if err != nil || look == nil {
		return t.options.feed != "" && err == nil, err
	}
	stop, err := connect(ctx, st, svc)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if err := svc.showLive(ctx, st, look); err != nil {
		return false, err
	}
	if t.options.once {
		return true, nil
	}
	return true, t.stayLive(ctx, st, svc)
}

// chooseFeeds leaves the feeds to be tried in the catalogue: those that are on by
// default, or the one that was asked for. A file is served over loopback, so that it is
// fetched as any feed is.
func (t *trial) chooseFeeds(c *config.Catalogue) (undo func(), err error) {
	if t.options.feed == "" {
		c.Feeds = slices.DeleteFunc(c.Feeds, func(s sources.Source) bool { return !s.Default })
		return func() {}, nil
	}
	address, undo := t.options.feed, func() {}
	if !strings.Contains(address, "://") {
		if address, undo, err = serveFile(address); err != nil {
			return nil, err
		}
	}
	outlet := news.OutletID(hostOf(address))
	if known, ok := c.News.Outlet(outlet); ok {
		outlet = known.ID
	} else if strings.HasPrefix(address, "http://127.0.0.1") {
		outlet = "your-feed"
		c.News.Outlets = append(c.News.Outlets, news.Outlet{ID: outlet, Name: "Your feed"})
	}
	c.Feeds = []sources.Source{{ID: "try", Name: "Your feed", URL: address, Outlet: outlet, Default: true}}
	return undo, nil
}

func serveFile(name string) (address string, undo func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a loopback listener does not wait
	if err != nil {
		return "", nil, fmt.Errorf("try: serve %s: %w", name, err)
	}
	server := &http.Server{
		Handler:           http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, name) }),
		ReadHeaderTimeout: liveWait,
	}
	go func() { _ = server.Serve(listener) }() // ends with Close below
	return "http://" + listener.Addr().String() + "/" + filepath.Base(name), func() { _ = server.Close() }, nil
}

// firstLook is what the feeds had, filed but not told.
type firstLook struct {
	now   time.Time
	shown map[news.ItemID]bool // the newest of each feed within reach
}

// firstLook tries the feeds and files what they have. It returns nil, having said why,
// if nothing qualifies for a post.
func (t *trial) firstLook(ctx context.Context, st *stage, svc *service) (*firstLook, error) {
	st.say("Trying %s…", count(len(svc.catalogue.Feeds), "feed"))
	wait, cancel := context.WithTimeout(ctx, liveWait)
	defer cancel()
	now := time.Now()
	polls := svc.poller.Collect(wait, svc.catalogue.Feeds, now)
	answered := 0
	for _, p := range polls {
		if p.State.Problem == "" {
			answered++
		} else if t.options.feed != "" {
			return nil, errors.New(p.State.Problem)
		}
	}
	if answered == 0 {
		st.say("No feed could be reached within %s. Playing the bundled story instead.\n", liveWait)
		return nil, ctx.Err()
	}
	look := &firstLook{now: now, shown: make(map[news.ItemID]bool)}
	perFeed := livePerFeed
	if t.options.feed != "" {
		perFeed = 1000
	}
	for _, it := range sources.Newest(polls, now.Add(-liveReach), perFeed) {
		look.shown[it.ID] = true
	}
	tally, err := svc.fileQuietly(ctx, polls, look)
	if err != nil {
		return nil, err
	}
	st.say("%s of %d answered: %s.", count(answered, "feed"), len(polls), tally)
	if tally.developments == 0 {
		if t.options.feed != "" {
			st.say("No post: a post needs a new step, claim or fact of a ceasefire or peace process from the last 48 hours.")
			return nil, nil
		}
		st.say("Nothing of it is a ceasefire development. Playing the bundled story instead.\n")
		return nil, nil
	}
	return look, nil
}

// tally counts what became of the items of a first look.
type tally struct {
	old, developments, context, irrelevant int
}

func (t tally) String() string {
	parts := []string{
		count(t.developments, "ceasefire development item"),
		fmt.Sprintf("%d about a conflict without one", t.context),
		fmt.Sprintf("%d about something else", t.irrelevant),
	}
	if t.old > 0 {
		parts = append(parts, fmt.Sprintf("%d older than 48 hours or beyond the newest of their feed", t.old))
	}
	return strings.Join(parts, ", ")
}

// fileQuietly files the polls as a baseline: kept and read, owed to nobody.
func (s *service) fileQuietly(ctx context.Context, polls []sources.Poll, look *firstLook) (tally, error) {
	var out tally
	var all []news.Item
	for _, p := range polls {
		all = append(all, p.Items...)
	}
	slices.SortStableFunc(all, func(a, b news.Item) int { return a.Published.Compare(b.Published) })
	s.cycle.filed = func(c news.Changes) { out.add(c, look.shown) }
	defer func() { s.cycle.filed = nil }()
	if err := s.cycle.FilePoll(ctx, sources.Poll{Items: all, Baseline: true, At: look.now}); err != nil {
		return out, err
	}
	for _, p := range polls {
		p.Items, p.Baseline, p.At = nil, true, look.now
		if err := s.cycle.FilePoll(ctx, p); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (t *tally) add(c news.Changes, shown map[news.ItemID]bool) {
	for _, r := range c.Readings {
		switch {
		case !shown[r.Item]:
			t.old++
		case r.Relevance == news.RelevantDevelopment:
			t.developments++
		case r.Relevance == news.RelevantContext:
			t.context++
		default:
			t.irrelevant++
		}
	}
}

// showLive posts the weightiest developments of the first look and a digest of all.
func (s *service) showLive(ctx context.Context, st *stage, look *firstLook) error {
	st.say("Live: the newest items of 48 hours. The weightiest developments as alerts (at most %d), all of them as a digest.", liveAlerts)
	err := setUp(ctx, st,
		fmt.Sprintf("/alerts add channel:#%s severity:3", stageChannel),
		fmt.Sprintf("/digest add channel:#%s schedule:daily 08:00", stageChannel),
	)
	if err != nil {
		return err
	}
	subs, err := s.store.Subscriptions(ctx, guild.ID(st.guild))
	if err != nil {
		return err
	}
	weighty, err := s.weightiest(ctx, look)
	if err != nil {
		return err
	}
	views, err := s.store.Views(ctx)
	if err != nil {
		return err
	}
	var owed []notify.Message
	for _, d := range weighty {
		u := news.Update{Development: d.ID, Revision: d.Revision, Reason: news.ReasonFirst, Severity: d.Severity, At: d.ChangedAt}
		owed = append(owed, notify.Rules{}.Plan(look.now, d, u, subs, nil, views.Of)...)
	}
	if err := s.store.Commit(ctx, store.Commit{Poll: sources.Poll{At: look.now}, Messages: owed}); err != nil {
		return err
	}
	if _, err := s.dispatcher.Drain(ctx); err != nil {
		return err
	}
	for _, sub := range subs {
		if !sub.Digest() {
			continue
		}
		m := notify.Message{
			Key: notify.DigestKey(sub.ID, "first look"), Guild: sub.Guild, Channel: sub.Channel, Form: notify.FormDigest, Reason: news.ReasonDigest,
			Subscription: sub.ID, From: look.now.Add(-liveReach), To: look.now, Want: 1, DueAt: look.now, OwedAt: look.now, State: notify.StateOwed,
		}
		if err := s.store.OweDigest(ctx, m, sub.NextAt, look.now); err != nil {
			return err
		}
	}
	_, err = s.dispatcher.Drain(ctx)
	return err
}

// weightiest picks what alerts are shown for, in the order in which it was reported.
func (s *service) weightiest(ctx context.Context, look *firstLook) ([]news.Development, error) {
	all, err := s.store.Developments(ctx, store.DevelopmentQuery{Since: look.now.Add(-liveReach), MainOnly: true})
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(d news.Development) bool {
		return !slices.ContainsFunc(d.Mentions, func(m news.Mention) bool { return m.Main && look.shown[m.Item] })
	})
	slices.SortStableFunc(all, func(a, b news.Development) int {
		return cmp.Or(cmp.Compare(a.Severity, b.Severity), b.ChangedAt.Compare(a.ChangedAt))
	})
	all = all[:min(liveAlerts, len(all))]
	slices.SortStableFunc(all, func(a, b news.Development) int { return a.ChangedAt.Compare(b.ChangedAt) })
	return all, nil
}

// stayLive goes on as the service does while the person types.
func (t *trial) stayLive(ctx context.Context, st *stage, svc *service) error {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan error, 2)
	go func() { done <- svc.dispatcher.Run(ctx) }()
	go func() { done <- svc.tick(ctx) }()
	err := t.prompt(ctx, st, func(context.Context) error { return nil })
	cancel()
	return errors.Join(err, <-done, <-done)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
