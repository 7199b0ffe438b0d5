package sources

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"trucewire/news"
)

func TestPublisherDecidesWhenToComeBack(t *testing.T) {
	at := noon()
	date := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	tests := []struct {
		name    string
		status  int
		headers map[string]string
		ttl     string
		least   time.Duration
		most    time.Duration
	}{
		{name: "nothing said", status: 200, least: 5 * time.Minute, most: 6 * time.Minute},
		{name: "max-age", status: 200, headers: map[string]string{"Cache-Control": "public, max-age=3600"}, least: time.Hour, most: 67 * time.Minute},
		{name: "max-age less age", status: 200, headers: map[string]string{"Cache-Control": "max-age=3600", "Age": "1800"}, least: 30 * time.Minute, most: 34 * time.Minute},
		{name: "max-age below our interval", status: 200, headers: map[string]string{"Cache-Control": "max-age=10"}, least: 5 * time.Minute, most: 6 * time.Minute},
		{name: "sixteen years", status: 200, headers: map[string]string{"Cache-Control": "max-age=504921600"}, least: 24 * time.Hour, most: 27 * time.Hour},
		{name: "no-cache", status: 200, headers: map[string]string{"Cache-Control": "no-cache, max-age=9000"}, least: 5 * time.Minute, most: 6 * time.Minute},
		{name: "expires", status: 200, headers: map[string]string{"Expires": date(2 * time.Hour)}, least: 119 * time.Minute, most: 134 * time.Minute},
		{name: "expires zero", status: 200, headers: map[string]string{"Expires": "0"}, least: 5 * time.Minute, most: 6 * time.Minute},
		{name: "ttl", status: 200, ttl: "<ttl>45</ttl>", least: 45 * time.Minute, most: 50 * time.Minute},
		{name: "skip hours", status: 200, ttl: "<skipHours><hour>12</hour><hour>13</hour></skipHours>", least: 2 * time.Hour, most: 2 * time.Hour},
		{name: "skip days", status: 200, ttl: "<skipDays><day>Friday</day></skipDays>", least: 12 * time.Hour, most: 12 * time.Hour},
		{name: "retry after a good answer", status: 200, headers: map[string]string{"Retry-After": "7200"}, least: 2 * time.Hour, most: 134 * time.Minute},
		{name: "429 with seconds", status: 429, headers: map[string]string{"Retry-After": "5400"}, least: 90 * time.Minute, most: 100 * time.Minute},
		{name: "503 with seconds", status: 503, headers: map[string]string{"Retry-After": "5400"}, least: 90 * time.Minute, most: 100 * time.Minute},
		{name: "429 with a date", status: 429, headers: map[string]string{"Retry-After": date(3 * time.Hour)}, least: 179 * time.Minute, most: 199 * time.Minute},
		{name: "429 alone", status: 429, least: 10 * time.Minute, most: 11 * time.Minute},
		{name: "429 for a year", status: 429, headers: map[string]string{"Retry-After": "31536000"}, least: 48 * time.Hour, most: 53 * time.Hour},
		{name: "403", status: 403, least: time.Hour, most: 67 * time.Minute},
		{name: "404", status: 404, least: time.Hour, most: 67 * time.Minute},
		{name: "500", status: 500, least: 5 * time.Minute, most: 6 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pub := newPublisher(t, func(w http.ResponseWriter, _ *http.Request) {
				for k, v := range tt.headers {
					w.Header().Set(k, v)
				}
				w.WriteHeader(tt.status)
				fmt.Fprint(w, rssOf(tt.ttl, rssItem("1", "https://g.example/1", "One", "", at)))
			})
			s := newShelf(Source{ID: "g", URL: pub.URL})
			tick(t, testPoller(t, s), at)
			if got := s.last(t, "g").State.NextCheckAt.Sub(at); got < tt.least || got > tt.most {
				t.Errorf("next check in %s, want %s to %s", got, tt.least, tt.most)
			}
		})
	}
}

func TestTTLStillCountsAfterNotModified(t *testing.T) {
	at := noon()
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, rssOf("<ttl>60</ttl>", rssItem("1", "https://g.example/1", "One", "", at)))
	})
	s := newShelf(Source{ID: "g", URL: pub.URL})
	p := testPoller(t, s)
	tick(t, p, at)
	tick(t, p, at.Add(2*time.Hour))
	if got := s.last(t, "g").State.NextCheckAt.Sub(at.Add(2 * time.Hour)); got < time.Hour {
		t.Errorf("after a 304 next check in %s, want the ttl of an hour kept", got)
	}
}

func TestRetryAfterHoldsForTheWholeHost(t *testing.T) {
	at := noon()
	pub := newPublisher(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "1800")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	s := newShelf(Source{ID: "a", URL: pub.URL + "/a"}, Source{ID: "b", URL: pub.URL + "/b"}, Source{ID: "c", URL: pub.URL + "/c"})
	p := testPoller(t, s)
	tick(t, p, at)
	tick(t, p, at.Add(time.Minute))
	tick(t, p, at.Add(20*time.Minute))
	if got := len(pub.requests()); got != 1 {
		t.Errorf("%d requests to a host that said 503 and 30 minutes, want 1", got)
	}
	for _, id := range []news.SourceID{"b", "c"} {
		if st := s.checks[id].State; st.NextCheckAt.Before(at.Add(30 * time.Minute)) {
			t.Errorf("source %s is due at %s", id, st.NextCheckAt)
		}
	}
}

func TestGoneStopsTheSourceAndSaysSo(t *testing.T) {
	pub := newPublisher(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) })
	s := newShelf(Source{ID: "g", URL: pub.URL})
	p := testPoller(t, s)
	tick(t, p, noon())
	tick(t, p, noon().AddDate(1, 0, 0))
	st := s.last(t, "g").State
	if len(pub.requests()) != 1 || !st.Stopped() || !strings.Contains(st.Problem, "gone for good") {
		t.Errorf("%d requests, Stopped = %v, Problem = %q", len(pub.requests()), st.Stopped(), st.Problem)
	}
}

func TestASourceDueBeforeAQuietHourIsNotAskedInIt(t *testing.T) {
	at := time.Date(2026, 11, 20, 23, 54, 50, 0, time.UTC)
	pub := newPublisher(t, serveRSS("<skipHours><hour>0</hour></skipHours>", rssItem("1", "https://g.example/1", "One", "", at)))
	s := newShelf(Source{ID: "g", URL: pub.URL, Every: 5 * time.Minute})
	p := testPoller(t, s)
	tick(t, p, at)
	c := s.checks["g"]
	c.State.NextCheckAt = time.Date(2026, 11, 20, 23, 59, 55, 0, time.UTC)
	s.checks["g"] = c
	tick(t, testPoller(t, s), time.Date(2026, 11, 21, 0, 0, 20, 0, time.UTC))
	if got, want := s.checks["g"].State.NextCheckAt, time.Date(2026, 11, 21, 1, 0, 0, 0, time.UTC); len(pub.requests()) != 1 || !got.Equal(want) {
		t.Errorf("%d requests, next check at %s, want %s", len(pub.requests()), got, want)
	}
}
