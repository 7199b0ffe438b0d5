package sources

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/news"
)

func TestFirstPollIsABaselineAndLaterOnesBringWhatIsNewOldestFirst(t *testing.T) {
	at := noon()
	one := rssItem("1", "https://gazette.example/1", "Envoys land in Porto Vela", "Both sides sent envoys.", at.Add(-2*time.Hour))
	two := rssItem("2", "https://gazette.example/2", "Convoy turns back", "", at.Add(-time.Hour))
	three := rssItem("3", "https://gazette.example/3", "Talks resume", "", at)
	pub := newPublisher(t, serveRSS(two, one))
	s := newShelf(Source{ID: "gazette", Outlet: "gazette", URL: pub.URL})
	p := testPoller(t, s)

	tick(t, p, at)
	first := s.last(t, "gazette")
	if got, want := titles(first.Items), []string{"Envoys land in Porto Vela", "Convoy turns back"}; !cmp.Equal(got, want) {
		t.Errorf("first poll: %s", cmp.Diff(want, got))
	}
	if !first.Baseline || !first.State.BaselineAt.Equal(at) {
		t.Errorf("first poll: Baseline = %v, BaselineAt = %s", first.Baseline, first.State.BaselineAt)
	}
	pub.serve(serveRSS(three, two, one))
	tick(t, p, first.State.NextCheckAt)
	second := s.last(t, "gazette")
	want := []news.Item{{
		ID: ItemID("gazette", "guid", "3"), Source: "gazette", Outlet: "gazette", URL: "https://gazette.example/3",
		Published: at, Dated: true, FirstSeen: first.State.NextCheckAt, Title: "Talks resume", Lang: "en",
	}}
	if diff := cmp.Diff(want, second.Items); diff != "" {
		t.Errorf("second poll: %s", diff)
	}
	if second.Baseline {
		t.Error("second poll is a baseline too")
	}
	if !second.State.NewestAt.Equal(at) {
		t.Errorf("NewestAt = %s, want %s", second.State.NewestAt, at)
	}
}

func TestEditedEntryIsARevisionOfTheSameItem(t *testing.T) {
	at := noon()
	pub := newPublisher(t, serveRSS(rssItem("1", "https://gazette.example/1", "Shelling kills 4", "", at)))
	s := newShelf(Source{ID: "g", URL: pub.URL})
	p := testPoller(t, s)
	tick(t, p, at)
	id := s.last(t, "g").Items[0].ID
	for i, title := range []string{"Shelling kills 6", "Shelling kills 7"} {
		pub.serve(serveRSS(rssItem("1", "https://gazette.example/1", title, "", at)))
		tick(t, p, at.Add(time.Duration(i+1)*time.Hour))
		got := s.last(t, "g").Items
		if len(got) != 1 || got[0].ID != id || got[0].Revision != i+1 || got[0].Title != title {
			t.Fatalf("after edit %d: %+v", i+1, got)
		}
	}
}

func TestMissingAndFutureDatesBecomeTheTimeFirstSeen(t *testing.T) {
	at := noon()
	pub := newPublisher(t, serveRSS(
		rssItem("1", "https://g.example/1", "Undated", "", time.Time{}),
		rssItem("2", "https://g.example/2", "From tomorrow", "", at.Add(20*time.Hour)),
		rssItem("3", "https://g.example/3", "A clock ten minutes ahead", "", at.Add(10*time.Minute)),
	))
	s := newShelf(Source{ID: "g", URL: pub.URL})
	tick(t, testPoller(t, s), at)
	dated := map[string]bool{}
	for _, it := range s.last(t, "g").Items {
		dated[it.Title] = it.Dated
		if !it.Dated && !it.Published.Equal(at) {
			t.Errorf("%s: Published = %s, want first seen", it.Title, it.Published)
		}
	}
	want := map[string]bool{"Undated": false, "From tomorrow": false, "A clock ten minutes ahead": true}
	if diff := cmp.Diff(want, dated); diff != "" {
		t.Error(diff)
	}
}

func TestConditionalRequestsCarryTheValidatorsByteForByte(t *testing.T) {
	at := noon()
	etag, modified := `W/"Ab-1 %gzip"`, "Fri, 20 Nov 2026 11:59:59 GMT"
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag && r.Header.Get("If-Modified-Since") == modified {
			w.Header().Set("Last-Modified", "Fri, 20 Nov 2026 12:10:00 GMT")
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Last-Modified", modified)
		serveRSS(rssItem("1", "https://g.example/1", "One", "", at))(w, r)
	})
	s := newShelf(Source{ID: "g", URL: pub.URL})
	p := testPoller(t, s)
	tick(t, p, at)
	tick(t, p, at.Add(time.Hour))
	second := s.last(t, "g")
	if reqs := pub.requests(); len(reqs) != 2 || reqs[0].Header.Get("If-None-Match") != "" {
		t.Fatalf("%d requests, the first with If-None-Match %q", len(reqs), reqs[0].Header.Get("If-None-Match"))
	}
	if len(second.Items) != 0 || second.State.ETag != etag {
		t.Errorf("after 304: items %v, ETag %q", titles(second.Items), second.State.ETag)
	}
	if got, want := second.State.LastModified, "Fri, 20 Nov 2026 12:10:00 GMT"; got != want {
		t.Errorf("a 304 updates validators: Last-Modified = %q, want %q", got, want)
	}
	if ua := pub.requests()[1].Header.Get("User-Agent"); !strings.Contains(ua, "operator@example.org") {
		t.Errorf("User-Agent = %q, want the operator's contact in it", ua)
	}
}

func TestSameBodyWithNewValidatorsKeepsThemAndBringsNothing(t *testing.T) {
	at := noon()
	var n atomic.Int32
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, n.Add(1)))
		serveRSS(rssItem("1", "https://g.example/1", "One", "", at))(w, r)
	})
	s := newShelf(Source{ID: "g", URL: pub.URL})
	p := testPoller(t, s)
	tick(t, p, at)
	tick(t, p, at.Add(time.Hour))
	if got := s.last(t, "g"); got.State.ETag != `"2"` || len(got.Items) != 0 || !got.State.OKAt.Equal(at.Add(time.Hour)) {
		t.Errorf("got %+v", got)
	}
}

func TestValidatorsAreDroppedAfterEightDays(t *testing.T) {
	at := noon()
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"stuck"`)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		serveRSS(rssItem("1", "https://g.example/1", "One", "", at))(w, r)
	})
	s := newShelf(Source{ID: "g", URL: pub.URL})
	p := testPoller(t, s)
	var full []int
	for day := range 20 {
		tick(t, p, at.AddDate(0, 0, day).Add(time.Duration(day)*3*time.Hour)) // past the spread
	}
	for i, r := range pub.requests() {
		if r.Header.Get("If-None-Match") == "" {
			full = append(full, i)
		}
	}
	if diff := cmp.Diff([]int{0, 8, 16}, full); diff != "" {
		t.Errorf("unconditional requests: %s", diff)
	}
}

func TestOneFetchServesAllSourcesOfOneAddress(t *testing.T) {
	at := noon()
	pub := newPublisher(t, serveRSS(rssItem("1", "https://g.example/1", "One", "", at)))
	s := newShelf(Source{ID: "a", URL: pub.URL}, Source{ID: "own-b", URL: pub.URL, Own: true}, Source{ID: "c", URL: pub.URL})
	tick(t, testPoller(t, s), at)
	if got := len(pub.requests()); got != 1 {
		t.Errorf("%d requests for one address, want 1", got)
	}
	ids := map[news.ItemID]bool{}
	for _, id := range []news.SourceID{"a", "own-b", "c"} {
		poll := s.last(t, id)
		if len(poll.Items) != 1 || poll.Items[0].Source != id {
			t.Errorf("source %s got %+v", id, poll.Items)
			continue
		}
		ids[poll.Items[0].ID] = true
	}
	if len(ids) != 3 {
		t.Errorf("%d identities, want one per source", len(ids))
	}
}

func TestAnAddressAskedForOneSourceIsNotAskedAgainSoonForAnother(t *testing.T) {
	at := noon()
	pub := newPublisher(t, serveRSS(rssItem("1", "https://g.example/1", "One", "", at)))
	s := newShelf(Source{ID: "a", URL: pub.URL}, Source{ID: "b", URL: pub.URL})
	p := testPoller(t, s)
	tick(t, p, at)
	// b falls due two minutes later on its own, as it would after being added by another server.
	c := s.checks["b"]
	c.State.NextCheckAt = at.Add(2 * time.Minute)
	s.checks["b"] = c
	tick(t, p, at.Add(2*time.Minute))
	if got := len(pub.requests()); got != 1 {
		t.Errorf("%d requests, want 1", got)
	}
	if a, b := s.checks["a"].State.NextCheckAt, s.checks["b"].State.NextCheckAt; !a.Equal(b) {
		t.Errorf("next checks %s and %s, want them together", a, b)
	}
}

func TestOneRequestInFlightPerHost(t *testing.T) {
	at := noon()
	var inFlight, most atomic.Int32
	slow := func(w http.ResponseWriter, r *http.Request) {
		n := inFlight.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		serveRSS(rssItem(r.URL.Path, "https://g.example"+r.URL.Path, "One", "", at))(w, r)
		if f, ok := w.(http.Flusher); ok {
			f.Flush()
		}
		inFlight.Add(-1)
	}
	pub := newPublisher(t, slow)
	var srcs []Source
	for i := range 24 {
		srcs = append(srcs, Source{ID: news.SourceID(fmt.Sprintf("s%02d", i)), URL: fmt.Sprintf("%s/%d", pub.URL, i)})
	}
	s := newShelf(srcs...)
	tick(t, testPoller(t, s), at)
	if got := len(s.polls); got != 24 {
		t.Fatalf("%d polls, want 24", got)
	}
	if got := most.Load(); got != 1 {
		t.Errorf("%d requests in flight at one host, want 1", got)
	}
}

func TestHostsArePolledInParallel(t *testing.T) {
	// Four hosts that each answer only when all four have been asked.
	at := noon()
	var waiting atomic.Int32
	all := make(chan struct{})
	meet := func(w http.ResponseWriter, r *http.Request) {
		if waiting.Add(1) == 4 {
			close(all)
		}
		select {
		case <-all:
			serveRSS(rssItem("1", "https://g.example/1", "One", "", at))(w, r)
		case <-r.Context().Done():
		}
	}
	var srcs []Source
	for i := range 4 {
		srcs = append(srcs, Source{ID: news.SourceID(fmt.Sprint(i)), URL: newPublisher(t, meet).URL})
	}
	s := newShelf(srcs...)
	tick(t, testPoller(t, s), at)
	for _, p := range s.polls {
		if p.State.Problem != "" {
			t.Errorf("source %s: %s", p.Source.ID, p.State.Problem)
		}
	}
}

func TestAFailureIsSaidAndBacksOffAndIsForgottenWhenOver(t *testing.T) {
	at := noon()
	pub := newPublisher(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	s := newShelf(Source{ID: "g", URL: pub.URL + "/feed?key=canary77"})
	p := testPoller(t, s)
	var waits []time.Duration
	now := at
	for range 4 {
		tick(t, p, now)
		st := s.last(t, "g").State
		waits = append(waits, st.NextCheckAt.Sub(now))
		now = st.NextCheckAt
	}
	for i := 1; i < len(waits); i++ {
		if waits[i] <= waits[i-1] {
			t.Errorf("waits %v do not grow", waits)
		}
	}
	st := s.last(t, "g").State
	if st.Failures != 4 || !strings.Contains(st.Problem, "500 Internal Server Error") || strings.Contains(st.Problem, "canary77") {
		t.Errorf("Failures = %d, Problem = %q", st.Failures, st.Problem)
	}
	pub.serve(serveRSS(rssItem("1", "https://g.example/1", "One", "", at)))
	tick(t, p, now)
	if st := s.last(t, "g").State; st.Failures != 0 || st.Problem != "" {
		t.Errorf("after recovery: %+v", st)
	}
}

func TestAPollThatCouldNotBeFiledIsMadeAgain(t *testing.T) {
	at := noon()
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		serveRSS(rssItem("1", "https://g.example/1", "One", "", at))(w, r)
	})
	s := newShelf(Source{ID: "g", URL: pub.URL})
	s.fail = errors.New("disk full")
	p := testPoller(t, s)
	if err := p.Tick(t.Context(), at); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Fatalf("Tick = %v, want the filer's error", err)
	}
	s.fail = nil
	tick(t, p, at.Add(time.Minute))
	if got := titles(s.last(t, "g").Items); !cmp.Equal(got, []string{"One"}) {
		t.Errorf("after the filer recovered: %v", got)
	}
}

func TestOldEntriesAreSkippedAndAPollIsBounded(t *testing.T) {
	at := noon()
	var items []string
	for i := range 300 {
		items = append(items, rssItem(fmt.Sprint(i), fmt.Sprintf("https://g.example/%d", i), fmt.Sprintf("Entry %d", i), "", at.Add(-time.Duration(i)*time.Hour)))
	}
	items = append(items, rssItem("old", "https://g.example/old", "From last year", "", at.AddDate(-1, 0, 0)))
	pub := newPublisher(t, serveRSS(items...))
	s := newShelf(Source{ID: "g", URL: pub.URL})
	tick(t, testPoller(t, s), at)
	got := s.last(t, "g").Items
	if len(got) != 200 || got[199].Title != "Entry 0" || got[0].Title != "Entry 199" {
		t.Errorf("%d items, from %q to %q", len(got), got[0].Title, got[len(got)-1].Title)
	}
}

func TestCollectReturnsAllWithFailuresAndFilesNothing(t *testing.T) {
	at := noon()
	good := newPublisher(t, serveRSS(
		rssItem("1", "https://g.example/1", "Yesterday", "", at.Add(-24*time.Hour)),
		rssItem("2", "https://g.example/2", "Last week", "", at.Add(-7*24*time.Hour)),
		rssItem("3", "https://g.example/3", "Just now", "", at.Add(-time.Minute))))
	page := newPublisher(t, serveBody("text/html", "<!DOCTYPE html><html><body>Hello</body></html>"))
	s := newShelf()
	p := testPoller(t, s)
	polls := p.Collect(t.Context(), []Source{{ID: "page", URL: page.URL}, {ID: "good", URL: good.URL}}, at)
	if len(polls) != 2 || len(s.polls) != 0 {
		t.Fatalf("%d polls, %d filed", len(polls), len(s.polls))
	}
	if polls[0].Source.ID != "page" || !strings.Contains(polls[0].State.Problem, "web page, not a feed") {
		t.Errorf("first: %+v", polls[0])
	}
	if polls[1].Baseline || len(polls[1].Items) != 3 {
		t.Errorf("second: %+v", polls[1])
	}
	if got, want := titles(Newest(polls, at.Add(-48*time.Hour), 20)), []string{"Yesterday", "Just now"}; !cmp.Equal(got, want) {
		t.Errorf("Newest: %s", cmp.Diff(want, got))
	}
	if got, want := titles(Newest(polls, at.Add(-48*time.Hour), 1)), []string{"Just now"}; !cmp.Equal(got, want) {
		t.Errorf("Newest, one a feed: %s", cmp.Diff(want, got))
	}
}

func TestFirstPollIsNeverConditional(t *testing.T) {
	pub := newPublisher(t, serveRSS(rssItem("1", "https://g.example/1", "One", "", noon())))
	s := newShelf()
	s.checks["g"] = Check{Source: Source{ID: "g", URL: pub.URL}, State: State{Source: "g", ETag: `"from a test"`}}
	tick(t, testPoller(t, s), noon())
	if got := pub.requests()[0].Header.Get("If-None-Match"); got != "" || !s.last(t, "g").Baseline {
		t.Errorf("If-None-Match = %q, Baseline = %v", got, s.last(t, "g").Baseline)
	}
}

func TestAnUnansweredUnconditionalRequestIsNotRepeatedForEightDays(t *testing.T) {
	at, down := noon(), atomic.Bool{}
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		if down.Load() {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		w.Header().Set("ETag", `"1"`)
		serveRSS(rssItem("1", "https://g.example/1", "One", "", at))(w, r)
	})
	s := newShelf(Source{ID: "g", URL: pub.URL})
	p := testPoller(t, s)
	tick(t, p, at)
	down.Store(true)
	tick(t, p, at.AddDate(0, 0, 9))
	tick(t, p, at.AddDate(0, 0, 10))
	var sent []string
	for _, r := range pub.requests() {
		sent = append(sent, r.Header.Get("If-None-Match"))
	}
	if diff := cmp.Diff([]string{"", "", `"1"`}, sent); diff != "" {
		t.Errorf("If-None-Match: %s", diff)
	}
}

func TestLastModifiedOfTheFutureIsNotSentBack(t *testing.T) {
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Last-Modified", "Tue, 19 Jan 2038 03:14:07 GMT")
		serveRSS(rssItem("1", "https://g.example/1", "One", "", noon()))(w, r)
	})
	s := newShelf(Source{ID: "g", URL: pub.URL})
	tick(t, testPoller(t, s), noon())
	if got := s.last(t, "g").State.LastModified; got != "" {
		t.Errorf("LastModified = %q, which would silence the feed until then", got)
	}
}
