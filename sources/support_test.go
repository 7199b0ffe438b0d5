package sources

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"trucewire/news"
)

// noon is the domain time tests begin at.
func noon() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) }

// shelf is a ledger and filer in memory: what a store would keep.
type shelf struct {
	mu     sync.Mutex
	checks map[news.SourceID]Check
	seen   map[news.SourceID]map[news.ItemID]Seen
	polls  []Poll
	fail   error // returned by FilePoll
	filing bool
}

func newShelf(srcs ...Source) *shelf {
	s := &shelf{checks: map[news.SourceID]Check{}, seen: map[news.SourceID]map[news.ItemID]Seen{}}
	for _, src := range srcs {
		s.checks[src.ID] = Check{Source: src}
	}
	return s
}

func (s *shelf) DueChecks(_ context.Context, now time.Time, limit int) ([]Check, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var due []Check
	for _, c := range s.checks {
		if !c.State.NextCheckAt.After(now) {
			due = append(due, c)
		}
	}
	slices.SortFunc(due, func(a, b Check) int {
		if c := a.State.NextCheckAt.Compare(b.State.NextCheckAt); c != 0 {
			return c
		}
		return strings.Compare(string(a.Source.ID), string(b.Source.ID))
	})
	return due[:min(len(due), limit)], nil
}

func (s *shelf) SeenItems(_ context.Context, src news.SourceID, ids []news.ItemID) (map[news.ItemID]Seen, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[news.ItemID]Seen{}
	for _, id := range ids {
		if seen, ok := s.seen[src][id]; ok {
			out[id] = seen
		}
	}
	return out, nil
}

func (s *shelf) FilePoll(_ context.Context, p Poll) error {
	s.mu.Lock()
	if s.filing {
		panic("two polls filed at a time")
	}
	s.filing = true
	s.mu.Unlock()
	defer func() { s.filing = false; s.mu.Unlock() }()
	s.mu.Lock()
	if s.fail != nil {
		return s.fail
	}
	if s.seen[p.Source.ID] == nil {
		s.seen[p.Source.ID] = map[news.ItemID]Seen{}
	}
	for _, it := range p.Items {
		s.seen[p.Source.ID][it.ID] = Seen{Revision: it.Revision, Hash: ContentHash(it.Title, it.Text)}
	}
	s.checks[p.Source.ID] = Check{Source: p.Source, State: p.State}
	s.polls = append(s.polls, p)
	return nil
}

// last returns the newest poll of a source.
func (s *shelf) last(t testing.TB, id news.SourceID) Poll {
	t.Helper()
	for _, p := range slices.Backward(s.polls) {
		if p.Source.ID == id {
			return p
		}
	}
	t.Fatalf("source %s was never polled", id)
	return Poll{}
}

// publisher is a web server whose pages tests set.
type publisher struct {
	*httptest.Server

	mu      sync.Mutex
	handler http.HandlerFunc
	asked   []*http.Request
}

func newPublisher(t testing.TB, h http.HandlerFunc) *publisher {
	t.Helper()
	p := &publisher{handler: h}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.asked = append(p.asked, r.Clone(context.Background()))
		h := p.handler
		p.mu.Unlock()
		h(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *publisher) serve(h http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.handler = h
}

func (p *publisher) requests() []*http.Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}

func serveBody(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, body)
	}
}

func serveRSS(items ...string) http.HandlerFunc {
	return serveBody("application/rss+xml", rssOf(items...))
}

// rssOf wraps items in an RSS 2.0 feed.
func rssOf(items ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Harbour Gazette</title>` +
		`<link>https://gazette.example/</link><language>en-GB</language>` + strings.Join(items, "") + `</channel></rss>`
}

// rssItem writes an entry; empty parts are left out.
func rssItem(guid, link, title, text string, at time.Time) string {
	var b strings.Builder
	b.WriteString("<item>")
	for _, f := range []struct{ name, value string }{{"guid", guid}, {"link", link}, {"title", title}, {"description", text}} {
		if f.value != "" {
			fmt.Fprintf(&b, "<%s>%s</%s>", f.name, f.value, f.name)
		}
	}
	if !at.IsZero() {
		fmt.Fprintf(&b, "<pubDate>%s</pubDate>", at.Format(time.RFC1123Z))
	}
	b.WriteString("</item>")
	return b.String()
}

func testFetcher(t testing.TB) *Fetcher {
	t.Helper()
	f := NewFetcher(FetcherOptions{UserAgent: "Trucewire/test (+mailto:operator@example.org)", AllowLoopback: true})
	t.Cleanup(f.Close)
	return f
}

func testPoller(t testing.TB, s *shelf) *Poller {
	t.Helper()
	p := NewPoller(s, s, testFetcher(t), slog.New(slog.DiscardHandler))
	p.HostGap = -1
	return p
}

func tick(t testing.TB, p *Poller, at time.Time) {
	t.Helper()
	if err := p.Tick(t.Context(), at); err != nil {
		t.Fatalf("Tick(%s) = %v", at.Format(time.TimeOnly), err)
	}
}

func titles(items []news.Item) []string {
	out := []string{}
	for _, it := range items {
		out = append(out, it.Title)
	}
	return out
}

// newQuietServer is a server that keeps no record of requests, for benchmarks.
func newQuietServer(t testing.TB, h http.HandlerFunc) (url string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}
