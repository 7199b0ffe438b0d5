package sources

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/guild"
	"trucewire/news"
)

// cupboard is a library in memory.
type cupboard struct {
	sources map[guild.ID][]Check
	audit   []guild.AuditEntry
}

func newCupboard() *cupboard { return &cupboard{sources: map[guild.ID][]Check{}} }

func (c *cupboard) AddSource(_ context.Context, g guild.ID, src Source, st State, a guild.AuditEntry) error {
	for _, have := range c.sources[g] {
		if have.Source.ID == src.ID {
			return ErrExists
		}
	}
	c.sources[g] = append(c.sources[g], Check{Source: src, State: st})
	c.audit = append(c.audit, a)
	return nil
}

func (c *cupboard) RemoveSource(_ context.Context, g guild.ID, id news.SourceID, a guild.AuditEntry) error {
	before := len(c.sources[g])
	c.sources[g] = slices.DeleteFunc(c.sources[g], func(h Check) bool { return h.Source.ID == id })
	if len(c.sources[g]) == before {
		return ErrNotFound
	}
	c.audit = append(c.audit, a)
	return nil
}

func (c *cupboard) ListSources(_ context.Context, g guild.ID) ([]Check, error) {
	return slices.Clone(c.sources[g]), nil
}

func moderator() guild.Actor {
	return guild.Actor{Guild: "1", User: "7", Name: "Mira", Permissions: guild.ManageServer}
}

func TestAddTestsTheFeedAndSavesItWithAnAuditEntry(t *testing.T) {
	pub := newPublisher(t, serveRSS(
		rssItem("1", "https://g.example/1", "One", "", noon().Add(-3*time.Hour)),
		rssItem("2", "https://g.example/2", "Two", "", noon().Add(-time.Hour))))
	lib := newCupboard()
	r := NewRegistry(lib, testFetcher(t), noon)
	got, err := r.Add(t.Context(), moderator(), " "+pub.URL+"/feed?token=s3cret#top ")
	if err != nil {
		t.Fatal(err)
	}
	want := Source{ID: OwnID(pub.URL + "/feed?token=s3cret"), Name: "Harbour Gazette", URL: pub.URL + "/feed?token=s3cret", Outlet: "127.0.0.1", Lang: "en", Own: true}
	if diff := cmp.Diff(want, got.Source); diff != "" {
		t.Error(diff)
	}
	if len(got.Feed.Items) != 2 || got.Age != time.Hour {
		t.Errorf("%d items, newest %s old", len(got.Feed.Items), got.Age)
	}
	if len(lib.audit) != 1 || lib.audit[0].Actor != "7" || strings.Contains(fmt.Sprint(lib.audit), "s3cret") {
		t.Errorf("audit %+v", lib.audit)
	}
	if st := lib.sources["1"][0].State; !st.BaselineAt.IsZero() || st.ETag != "" || st.BodyHash != "" {
		t.Errorf("state %+v would let the first poll skip its baseline", st)
	}
}

func TestFirstPollAfterAddAsksThePublisherNoSecondTime(t *testing.T) {
	pub := newPublisher(t, serveRSS(rssItem("1", "https://g.example/1", "One", "", noon())))
	f := testFetcher(t)
	added, err := NewRegistry(newCupboard(), f, noon).Add(t.Context(), moderator(), pub.URL)
	if err != nil {
		t.Fatal(err)
	}
	s := newShelf(added.Source)
	p := testPoller(t, s)
	p.fetcher = f
	tick(t, p, noon().Add(time.Minute))
	first := s.last(t, added.Source.ID)
	if len(pub.requests()) != 1 || !first.Baseline || len(first.Items) != 1 {
		t.Errorf("%d requests, poll %+v", len(pub.requests()), first)
	}
	tick(t, p, noon().Add(time.Hour))
	if len(pub.requests()) != 2 {
		t.Errorf("%d requests after the second poll, want 2", len(pub.requests()))
	}
}

func TestAddRefusesWithAReasonForPeople(t *testing.T) {
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/empty":
		case "/page":
			fmt.Fprint(w, "<!doctype html><html><body>Nothing here</body></html>")
		case "/feed.rss":
			serveRSS(rssItem("1", "https://g.example/1", "One", "", noon()))(w, r)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	member := moderator()
	member.Permissions = guild.SendMessages
	f := testFetcher(t)
	f.blocked = func(host string) bool { return host == "bad.example" }
	tests := []struct {
		name, url string
		by        guild.Actor
		want      error
		words     string
	}{
		{name: "a member", url: pub.URL + "/feed.rss", by: member, want: ErrForbidden, words: "Manage Server"},
		{name: "nobody", url: pub.URL + "/feed.rss", want: ErrForbidden, words: "Manage Server"},
		{name: "known", url: pub.URL + "/known", by: moderator(), want: ErrExists, words: "already"},
		{name: "empty", url: pub.URL + "/empty", by: moderator(), want: ErrEmpty, words: "empty"},
		{name: "page without feeds", url: pub.URL + "/page", by: moderator(), want: ErrHTML, words: "web page, not a feed"},
		{name: "404", url: pub.URL + "/missing", by: moderator(), words: "404 Not Found"},
		{name: "private", url: "http://10.0.0.1/feed", by: moderator(), want: ErrPrivateAddress, words: "private"},
		{name: "password", url: "https://me:s3cret@g.example/", by: moderator(), want: ErrUserinfo, words: "password"},
		{name: "scheme", url: "ftp://g.example/", by: moderator(), want: ErrScheme, words: "http and https"},
		{name: "blocked host", url: "https://bad.example/feed", by: moderator(), want: ErrBlocked, words: "blocked"},
		{name: "Telegram", url: "https://t.me/s/channel", by: moderator(), want: ErrNoFeed, words: "Telegram has none"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lib := newCupboard()
			lib.sources["1"] = []Check{{Source: Source{ID: "k", URL: pub.URL + "/known"}}}
			_, err := NewRegistry(lib, f, noon).Add(t.Context(), tt.by, tt.url)
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Fatalf("Add = %v, want %v", err, tt.want)
			}
			words := Explain(err)
			if !strings.Contains(words, tt.words) || strings.Contains(words, "s3cret") || strings.Contains(words, "\n") {
				t.Errorf("Explain = %q, want %q in it", words, tt.words)
			}
			if len(lib.audit) != 0 || len(lib.sources["1"]) != 1 {
				t.Error("something was saved")
			}
		})
	}
	if got := Explain(errors.New("disk full")); got != "" {
		t.Errorf("Explain of a strange error = %q, want nothing", got)
	}
}

func TestAddStopsAtTheLimitWithoutAskingThePublisher(t *testing.T) {
	pub := newPublisher(t, serveRSS())
	lib := newCupboard()
	for i := range guild.MaxOwnSources {
		lib.sources["1"] = append(lib.sources["1"], Check{Source: Source{ID: news.SourceID(fmt.Sprint(i)), Own: true}})
	}
	_, err := NewRegistry(lib, testFetcher(t), noon).Add(t.Context(), moderator(), pub.URL)
	if !errors.Is(err, ErrTooMany) || len(pub.requests()) != 0 {
		t.Errorf("Add = %v after %d requests", err, len(pub.requests()))
	}
}

func TestAddFindsTheFeedOfASite(t *testing.T) {
	const head = `<!DOCTYPE html><html><head><title>Gazette</title>`
	link := func(href, title string) string {
		return fmt.Sprintf(`<link rel="alternate" type="application/rss+xml" title="%s" href="%s">`, title, href)
	}
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/one":
			fmt.Fprint(w, head+link("/news.rss", "News")+link("/comments/feed", "Comments")+"</head></html>")
		case "/several":
			fmt.Fprint(w, head+link("/news.rss", "News")+link("sport.rss", "Sport")+link("http://10.0.0.1/x", "Inside")+"</head></html>")
		case "/none/page":
			fmt.Fprint(w, head+"</head></html>")
		case "/news.rss", "/feed.xml":
			serveRSS(rssItem("1", "https://g.example/1", "One", "", noon()))(w, r)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	for page, want := range map[string]string{"/one": "/news.rss", "/none/page": "/feed.xml"} {
		got, err := NewRegistry(newCupboard(), testFetcher(t), noon).Add(t.Context(), moderator(), pub.URL+page)
		if err != nil || got.Source.URL != pub.URL+want || got.Source.ID != OwnID(pub.URL+want) {
			t.Errorf("%s: %s, %v; want %s", page, got.Source.URL, err, want)
		}
	}
	_, err := NewRegistry(newCupboard(), testFetcher(t), noon).Add(t.Context(), moderator(), pub.URL+"/several")
	choice, ok := errors.AsType[*ChoiceError](err)
	if !ok {
		t.Fatalf("Add = %v, want a choice", err)
	}
	want := []Candidate{{URL: pub.URL + "/news.rss", Title: "News"}, {URL: pub.URL + "/sport.rss", Title: "Sport"}}
	if diff := cmp.Diff(want, choice.Candidates); diff != "" {
		t.Error(diff)
	}
	if words := Explain(err); !strings.Contains(words, "/sport.rss") {
		t.Errorf("Explain = %q", words)
	}
}

func TestRemoveFindsASourceByIDNameOrAddress(t *testing.T) {
	src := Source{ID: "own-1", Name: "Harbour Gazette", URL: "https://g.example/feed", Own: true}
	for _, ref := range []string{"own-1", "harbour gazette", "G.example/feed"} {
		lib := newCupboard()
		lib.sources["1"] = []Check{{Source: src}}
		got, err := NewRegistry(lib, testFetcher(t), noon).Remove(t.Context(), moderator(), ref)
		if err != nil || got.ID != "own-1" || len(lib.sources["1"]) != 0 || len(lib.audit) != 1 {
			t.Errorf("Remove(%q) = %v, %v; left %v", ref, got.ID, err, lib.sources)
		}
	}
	lib := newCupboard()
	lib.sources["1"] = []Check{{Source: src}}
	r := NewRegistry(lib, testFetcher(t), noon)
	if _, err := r.Remove(t.Context(), moderator(), "nothing"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Remove = %v, want ErrNotFound", err)
	}
	if _, err := r.Remove(t.Context(), guild.Actor{Guild: "1"}, "own-1"); !errors.Is(err, ErrForbidden) {
		t.Errorf("Remove by a member = %v, want ErrForbidden", err)
	}
	other := moderator()
	other.Guild = "2"
	if _, err := r.Remove(t.Context(), other, "own-1"); !errors.Is(err, ErrNotFound) {
		t.Errorf("Remove from another server = %v, want ErrNotFound", err)
	}
}

func TestOPMLGoesOutAndComesIn(t *testing.T) {
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/dead" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		serveRSS(rssItem("1", "https://g.example/1", "One", "", noon()))(w, r)
	})
	body := fmt.Sprintf(`<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body><outline text="Group">
		<outline text="A &amp; B" type="rss" xmlUrl="%s/a"/><outline text="Dead" xmlUrl="%s/dead"/></outline><outline text="C" xmlUrl="%s/c"/></body></opml>`, pub.URL, pub.URL, pub.URL)
	lib := newCupboard()
	r := NewRegistry(lib, testFetcher(t), noon)
	got, err := r.Import(t.Context(), moderator(), []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	var state []string
	for _, i := range got {
		state = append(state, fmt.Sprint(i.Title, " ", i.Err == nil))
	}
	if diff := cmp.Diff([]string{"A & B true", "Dead false", "C true"}, state); diff != "" {
		t.Error(diff)
	}
	var out bytes.Buffer
	if err := r.Export(t.Context(), moderator(), &out); err != nil {
		t.Fatal(err)
	}
	list, err := ReadOPML(out.Bytes())
	want := []Listed{{Title: "Harbour Gazette", URL: pub.URL + "/a"}, {Title: "Harbour Gazette", URL: pub.URL + "/c"}}
	if diff := cmp.Diff(want, list); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if err := WriteOPML(&out, "x", []Source{{URL: "https://g.example/?key=s3cret"}}, noon()); err != nil || strings.Contains(out.String(), "s3cret") {
		t.Errorf("a secret is exported: %v", err)
	}
	if _, err := ReadOPML([]byte("<html>")); !errors.Is(err, ErrNotFeed) {
		t.Errorf("ReadOPML of a page = %v", err)
	}
	if _, err := ReadOPML([]byte("<opml>" + strings.Repeat("<outline>", 1_000_000))); !errors.Is(err, ErrHostile) {
		t.Errorf("ReadOPML of a nested list = %v", err)
	}
}

func TestOpenReadsFilesAndAddressesAndNamesWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	write := func(name, body string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/feed" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		serveRSS(rssItem("1", "/1", "One", "", noon()))(w, r)
	})
	for _, good := range []string{write("feed.xml", rssOf(rssItem("1", "https://g.example/1", "One", "", noon()))), pub.URL + "/feed"} {
		feed, err := testFetcher(t).Open(t.Context(), good)
		if err != nil || len(feed.Items) != 1 || feed.Items[0].Title != "One" || feed.Items[0].Link == "" {
			t.Errorf("Open(%s) = %+v, %v", good, feed, err)
		}
	}
	strict := NewFetcher(FetcherOptions{})
	defer strict.Close()
	tests := []struct{ name, ref, want string }{
		{name: "page", ref: write("page.html", "<!doctype html><html></html>"), want: "web page, not a feed"},
		{name: "empty", ref: write("empty.xml", ""), want: "empty"},
		{name: "large", ref: write("large.xml", strings.Repeat("x", 6<<20)), want: "larger than a feed may be"},
		{name: "missing", ref: filepath.Join(dir, "missing.xml"), want: "no such file"},
		{name: "directory", ref: dir, want: "not a file"},
		{name: "scheme", ref: "gopher://g.example/", want: "only http and https"},
		{name: "private", ref: "http://192.168.0.1/feed", want: "private or special"},
		{name: "loopback", ref: "http://127.0.0.1/feed", want: "private or special"},
	}
	for _, tt := range tests {
		_, err := strict.Open(t.Context(), tt.ref)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %q in it", tt.name, err, tt.want)
		}
	}
	if _, err := testFetcher(t).Open(t.Context(), pub.URL+"/missing"); err == nil || !strings.Contains(err.Error(), "404 Not Found") {
		t.Errorf("404: %v", err)
	}
}

func TestHealthSaysWhatIsWrongAndWhomToTellOnce(t *testing.T) {
	now := noon()
	good := State{CheckedAt: now, OKAt: now, NewestAt: now.Add(-time.Hour), NextCheckAt: now.Add(5 * time.Minute)}
	failing := func(since time.Duration) State {
		return State{CheckedAt: now, OKAt: now.Add(-since), Failures: 9, Problem: "https://g.example: no answer", NextCheckAt: now.Add(time.Hour)}
	}
	tests := []struct {
		name  string
		state State
		want  Condition
		words string
		tell  bool
	}{
		{name: "new", want: Waiting, words: "not read yet"},
		{name: "fine", state: good, want: Fine, words: "fine, last read just now"},
		{name: "stale", state: State{CheckedAt: now, OKAt: now, NewestAt: now.AddDate(0, 0, -9)}, want: Stale, words: "nothing new for 9 days although it answers", tell: true},
		{name: "undated", state: State{CheckedAt: now, OKAt: now}, want: Fine, words: "fine"},
		{name: "failing for an hour", state: failing(time.Hour), want: Failing, words: "no answer; last good answer 60 minutes ago, next try in 60 minutes"},
		{name: "failing for a day", state: failing(24 * time.Hour), want: Failing, words: "last good answer 24 hours ago", tell: true},
		{name: "never answered, just added", state: State{CheckedAt: now, Failures: 1, Problem: "p"}, want: Failing, words: "it has never answered"},
		{name: "never answered, often tried", state: State{CheckedAt: now, Failures: 9, Problem: "p"}, want: Failing, words: "it has never answered", tell: true},
		{name: "gone", state: State{CheckedAt: now, Failures: 1, Problem: "gone for good", NextCheckAt: never()}, want: Stopped, words: "gone for good", tell: true},
	}
	for _, tt := range tests {
		h := HealthOf(Check{Source: Source{ID: "g"}, State: tt.state}, now)
		if h.Condition != tt.want || !strings.Contains(h.Words, tt.words) || h.Tell != tt.tell {
			t.Errorf("%s: %+v", tt.name, h)
		}
		if tt.tell && h.Outage == "" {
			t.Errorf("%s: the outage has no name", tt.name)
		}
	}
	first := HealthOf(Check{State: failing(24 * time.Hour)}, now).Outage
	later := failing(24 * time.Hour)
	later.CheckedAt, later.Failures, later.Problem = now.Add(time.Hour), 10, "another text"
	if got := HealthOf(Check{State: later}, now.Add(time.Hour)).Outage; got != first {
		t.Errorf("one outage has two names: %s, %s", first, got)
	}
}
