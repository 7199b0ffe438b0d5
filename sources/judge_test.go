package sources

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"trucewire/news"
)

// judge is a network of strict publishers in virtual time. It answers for every host
// and writes down each breach of the rules of reliability.md §1.
type judge struct {
	mu       sync.Mutex
	breaches []string
	requests int
	pages    map[string]*page
}

// page is one feed as its publisher sees the reader.
type page struct {
	kind      int
	version   int // changes when something is published
	asked     int
	lastFull  time.Time
	sentETag  string
	sentDate  string
	notBefore time.Time // what the last answer asked for
	pending   int       // failures still to serve
}

func (j *judge) breach(url, format string, args ...any) {
	j.breaches = append(j.breaches, url+": "+fmt.Sprintf(format, args...))
}

func (j *judge) RoundTrip(r *http.Request) (*http.Response, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.requests++
	url, now := r.URL.String(), time.Now()
	p, ok := j.pages[url]
	if !ok {
		return nil, fmt.Errorf("no such page %s", url)
	}
	j.check(url, p, r, now)
	p.asked++
	resp := &http.Response{Proto: "HTTP/1.1", Header: http.Header{"Date": {now.UTC().Format(http.TimeFormat)}}, Request: r}
	p.version = int(now.Sub(noon()) / p.publishes())
	etag, date := fmt.Sprintf(`W/"v%d"`, p.version), noon().Add(time.Duration(p.version)*p.publishes()).UTC().Format(http.TimeFormat)
	j.headers(p, resp, now)
	switch {
	case p.pending > 0:
		p.pending--
		resp.StatusCode = map[bool]int{true: 503, false: 429}[p.pending%2 == 0]
		resp.Header.Set("Retry-After", "3600")
		p.notBefore = now.Add(time.Hour)
		return withBody(resp, "busy"), nil
	case r.Header.Get("If-None-Match") == etag:
		resp.StatusCode = 304
		return withBody(resp, ""), nil
	}
	if p.kind == 4 && p.asked%50 == 49 {
		p.pending = 3
	}
	p.sentETag, p.sentDate = etag, date
	resp.Header.Set("Etag", etag)
	resp.Header.Set("Last-Modified", date)
	resp.StatusCode = 200
	return withBody(resp, p.body(now)), nil
}

// check holds the reader to what the last answer asked for.
func (j *judge) check(url string, p *page, r *http.Request, now time.Time) {
	if now.Before(p.notBefore) {
		j.breach(url, "asked at %s, %s too early", now.Format(time.DateTime), p.notBefore.Sub(now))
	}
	inm, ims := r.Header.Get("If-None-Match"), r.Header.Get("If-Modified-Since")
	switch {
	case inm == "" && ims == "":
		if p.asked > 0 && now.Sub(p.lastFull) < 8*24*time.Hour {
			j.breach(url, "unconditional at %s, %s after the last", now.Format(time.DateTime), now.Sub(p.lastFull))
		}
		p.lastFull = now
	case inm != p.sentETag || ims != p.sentDate:
		j.breach(url, "validators %s %s, sent were %s %s", inm, ims, p.sentETag, p.sentDate)
	}
	if ua := r.Header.Get("User-Agent"); !strings.Contains(ua, "operator@") {
		j.breach(url, "User-Agent %q", ua)
	}
	if r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		j.breach(url, "headers %v", r.Header)
	}
	if p.kind == 3 && (now.UTC().Hour() < 6 || now.UTC().Weekday() == time.Sunday) {
		j.breach(url, "asked at %s, in hours or on a day to skip", now.Format(time.DateTime))
	}
}

// headers says when to come back, each kind in its own way.
func (j *judge) headers(p *page, resp *http.Response, now time.Time) {
	p.notBefore = now.Add(2 * time.Minute)
	switch p.kind {
	case 1:
		resp.Header.Set("Cache-Control", "public, max-age=1800")
		p.notBefore = now.Add(30 * time.Minute)
	case 2:
		resp.Header.Set("Expires", now.Add(40*time.Minute).UTC().Format(http.TimeFormat))
		p.notBefore = now.Add(40*time.Minute - time.Second) // HTTP dates have no fractions
	case 3:
		p.notBefore = now.Add(15 * time.Minute) // its ttl
	case 5:
		resp.Header.Set("Cache-Control", "max-age=86400000")
		p.notBefore = now.Add(24 * time.Hour)
	}
}

func (p *page) publishes() time.Duration { return []time.Duration{25, 90, 700}[p.kind%3] * time.Minute }

func (p *page) body(now time.Time) string {
	var items []string
	for i := range 10 {
		v := p.version - i
		at := noon().Add(time.Duration(v) * p.publishes())
		items = append(items, rssItem(fmt.Sprint("v", v), fmt.Sprint("https://g.example/", v), fmt.Sprint("Entry ", v), "", at))
	}
	extra := ""
	if p.kind == 3 {
		extra = "<ttl>15</ttl><skipHours><hour>0</hour><hour>1</hour><hour>2</hour><hour>3</hour><hour>4</hour><hour>5</hour></skipHours><skipDays><day>Sunday</day></skipDays>"
	}
	return rssOf(append([]string{extra}, items...)...)
}

func withBody(r *http.Response, body string) *http.Response {
	r.Body = io.NopCloser(bytes.NewReader([]byte(body)))
	r.ContentLength = int64(len(body))
	return r
}

func TestWeeksBeforeTheStrictestJudge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(noon())) // the bubble begins in 2000
		days, feeds := 10, 12          // past the eight days that validators live
		if os.Getenv("TRUCEWIRE_LONG") != "" {
			days, feeds = 30, 48
		}
		j := &judge{pages: map[string]*page{}}
		var srcs []Source
		for i := range feeds {
			url := fmt.Sprintf("https://host%d.example/feed/%d", i/2, i)
			j.pages[url] = &page{kind: i % 6}
			srcs = append(srcs, Source{ID: news.SourceID(fmt.Sprint("s", i)), URL: url})
			if i%8 == 0 { // a second server has it too
				srcs = append(srcs, Source{ID: news.SourceID(fmt.Sprint("own-", i)), URL: url, Own: true})
			}
		}
		s := newShelf(srcs...)
		f := NewFetcher(FetcherOptions{UserAgent: "Trucewire (+mailto:operator@example.org)", Transport: j})
		start := func() *Poller {
			p := NewPoller(s, s, f, slog.New(slog.DiscardHandler))
			p.Now = time.Now
			return p
		}
		p := start()
		for end := time.Now().AddDate(0, 0, days); time.Now().Before(end); time.Sleep(time.Minute) {
			if fnvOf(time.Now())%997 == 0 { // restarted now and then: timers are on the shelf
				p = start()
			}
			if err := p.Tick(t.Context(), time.Now()); err != nil {
				t.Fatal(err)
			}
			s.polls = s.polls[:0]
		}
		for _, b := range j.breaches[:min(len(j.breaches), 10)] {
			t.Error(b)
		}
		t.Logf("%d requests, %d breaches", j.requests, len(j.breaches))
		for id, c := range s.checks {
			seen := len(s.seen[id])
			kind := j.pages[c.Source.URL].kind
			published := int(time.Duration(days) * 24 * time.Hour / (&page{kind: kind}).publishes())
			if kind != 3 && seen < published*9/10 {
				t.Errorf("source %s (kind %d): %d items of about %d", id, kind, seen, published)
			}
		}
	})
}

func fnvOf(t time.Time) uint32 {
	h := fnv.New32a()
	fmt.Fprint(h, t.Unix())
	return h.Sum32()
}

func TestDeadHostsDoNotDelayHealthyFeeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := roundTrip(func(r *http.Request) (*http.Response, error) {
			if strings.HasPrefix(r.URL.Host, "dead") {
				<-r.Context().Done()
				return nil, r.Context().Err()
			}
			return withBody(&http.Response{StatusCode: 200, Header: http.Header{}, Request: r}, rssOf(rssItem("1", "https://g.example/1", "One", "", noon()))), nil
		})
		var srcs []Source
		for i := range 10 {
			srcs = append(srcs, Source{ID: news.SourceID(fmt.Sprint("dead", i)), URL: fmt.Sprintf("https://dead%d.example/", i)})
		}
		for i := range 100 {
			srcs = append(srcs, Source{ID: news.SourceID(fmt.Sprint("fine", i)), URL: fmt.Sprintf("https://fine%d.example/", i)})
		}
		s := newShelf(srcs...)
		p := NewPoller(s, s, NewFetcher(FetcherOptions{Transport: network}), slog.New(slog.DiscardHandler))
		p.Now = time.Now
		start := time.Now()
		if err := p.Tick(t.Context(), start); err != nil {
			t.Fatal(err)
		}
		for _, poll := range s.polls {
			dead := strings.HasPrefix(string(poll.Source.ID), "dead")
			switch took := poll.At.Sub(start); {
			case !dead && took != 0:
				t.Errorf("%s was read after %s", poll.Source.ID, took)
			case dead && (took > totalTimeout || poll.State.Problem == ""):
				t.Errorf("%s ended after %s with %q", poll.Source.ID, took, poll.State.Problem)
			}
		}
		if len(s.polls) != 110 {
			t.Errorf("%d polls, want 110", len(s.polls))
		}
	})
}

func TestRequestsToOneHostKeepTheirDistance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at []time.Time
		network := roundTrip(func(r *http.Request) (*http.Response, error) {
			at = append(at, time.Now())
			return withBody(&http.Response{StatusCode: 200, Header: http.Header{}, Request: r}, rssOf()), nil
		})
		s := newShelf(Source{ID: "a", URL: "https://g.example/a"}, Source{ID: "b", URL: "https://g.example/b"}, Source{ID: "c", URL: "https://g.example/c"})
		p := NewPoller(s, s, NewFetcher(FetcherOptions{Transport: network}), slog.New(slog.DiscardHandler))
		if err := p.Tick(t.Context(), noon()); err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(at); i++ {
			if gap := at[i].Sub(at[i-1]); gap < time.Second {
				t.Errorf("request %d came %s after the one before", i, gap)
			}
		}
		if len(at) != 3 {
			t.Errorf("%d requests, want 3", len(at))
		}
	})
}

func TestAMoveIsBelievedOnlyAfterADayOfEvidence(t *testing.T) {
	at := noon()
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
			return
		}
		serveRSS(rssItem("1", "https://g.example/1", "One", "", at))(w, r)
	})
	s := newShelf(Source{ID: "g", URL: pub.URL + "/old"})
	p := testPoller(t, s)
	var asked []string
	for i := range 5 {
		before := len(pub.requests())
		tick(t, p, at.Add(time.Duration(i)*13*time.Hour))
		asked = append(asked, pub.requests()[before].URL.Path)
	}
	if got, want := strings.Join(asked, " "), "/old /old /old /new /new"; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
	pub.serve(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/old" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		serveRSS(rssItem("1", "https://g.example/1", "One", "", at))(w, r)
	})
	tick(t, p, at.Add(100*time.Hour))
	tick(t, p, at.Add(200*time.Hour))
	if st := s.last(t, "g").State; st.Problem != "" || s.last(t, "g").Source.URL != pub.URL+"/old" {
		t.Errorf("when the new address fails the old one must be asked again: %+v", st)
	}
}

func TestAMoveOfSomeHoursIsNotBelieved(t *testing.T) {
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" { // a captive portal, or a page of maintenance
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
			return
		}
		serveRSS(rssItem("1", "https://g.example/1", "One", "", noon()))(w, r)
	})
	s := newShelf(Source{ID: "g", URL: pub.URL + "/old"})
	p := testPoller(t, s)
	for i := range 6 {
		before := len(pub.requests())
		tick(t, p, noon().Add(time.Duration(i)*time.Hour))
		if got := pub.requests()[before].URL.Path; got != "/old" {
			t.Errorf("poll %d asked %s", i, got)
		}
	}
}

func TestWorkersBoundTheFetchesInFlight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		inFlight, most := 0, 0
		network := roundTrip(func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			inFlight++
			most = max(most, inFlight)
			mu.Unlock()
			time.Sleep(time.Second)
			mu.Lock()
			inFlight--
			mu.Unlock()
			return withBody(&http.Response{StatusCode: 200, Header: http.Header{}, Request: r}, rssOf()), nil
		})
		var srcs []Source
		for i := range 12 {
			srcs = append(srcs, Source{ID: news.SourceID(fmt.Sprint(i)), URL: fmt.Sprintf("https://host%d.example/", i)})
		}
		s := newShelf(srcs...)
		p := NewPoller(s, s, NewFetcher(FetcherOptions{Transport: network}), slog.New(slog.DiscardHandler))
		p.Workers = 3
		if err := p.Tick(t.Context(), noon()); err != nil {
			t.Fatal(err)
		}
		if most != 3 || len(s.polls) != 12 {
			t.Errorf("%d fetches in flight, want 3; %d polls, want 12", most, len(s.polls))
		}
	})
}

func TestIntervalFollowsHowOftenASourcePublishes(t *testing.T) {
	at := noon()
	tests := []struct {
		name  string
		gap   time.Duration
		every time.Duration
		want  time.Duration
	}{
		{name: "every half hour", gap: 30 * time.Minute, want: 5 * time.Minute},
		{name: "every six hours", gap: 6 * time.Hour, want: 30 * time.Minute},
		{name: "every week", gap: 7 * 24 * time.Hour, want: time.Hour},
		{name: "every week, but the operator says", gap: 7 * 24 * time.Hour, every: 10 * time.Minute, want: 10 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var items []string
			for i := range 10 {
				items = append(items, rssItem(fmt.Sprint(i), fmt.Sprint("https://g.example/", i), fmt.Sprint("Entry ", i), "", at.Add(-time.Duration(i+1)*tt.gap)))
			}
			s := newShelf(Source{ID: "g", URL: newPublisher(t, serveRSS(items...)).URL, Every: tt.every})
			tick(t, testPoller(t, s), at)
			if got := s.last(t, "g").State.NextCheckAt.Sub(at); got < tt.want || got > tt.want*11/10 {
				t.Errorf("next check in %s, want about %s", got, tt.want)
			}
		})
	}
}
