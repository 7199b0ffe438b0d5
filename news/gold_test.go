package news_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"trucewire/config"
	"trucewire/news"
)

// gold is the perfect reading of an article: its developments and the traps in it, each
// with the place in the text.
type gold struct {
	Doc          string            `json:"doc"`
	Conflict     news.ConflictID   `json:"conflict"`
	Published    string            `json:"published"`
	Developments []goldDevelopment `json:"developments"`
	Not          []struct {
		Span goldSpan `json:"span"`
		Why  string   `json:"why"`
	} `json:"not_developments"`
	Traps []goldTrap `json:"traps"`
}

type goldSpan struct {
	Text       string
	Start, End int
}

type goldDevelopment struct {
	ID           string            `json:"id"`
	Kind         news.Kind         `json:"kind"`
	Novelty      string            `json:"novelty"`
	Parties      []news.PartyID    `json:"parties"`
	Third        []string          `json:"third"`
	Role         map[string]string `json:"role"`
	Roles        map[string]string `json:"roles"`
	Positions    map[string]string `json:"positions"`
	Place        any               `json:"place"`
	EventTime    goldTime          `json:"event_time"`
	ReportedTime goldTime          `json:"reported_time"`
	Proposed     goldTime          `json:"proposed_start"`
	Attribution  []struct {
		Who   string `json:"who"`
		Class string `json:"class"`
	} `json:"attribution"`
	Verification string     `json:"verification"`
	Evidence     []goldSpan `json:"evidence"`
	Quote        *goldSpan  `json:"quote"`
	Figures      []struct {
		Measure   string `json:"measure"`
		Who       string `json:"who"`
		Low       *int   `json:"low"`
		High      *int   `json:"high"`
		Qualifier string `json:"qualifier"`
		Verified  bool   `json:"verified"`
	} `json:"figures"`
	Severity news.Severity `json:"severity"`
}

type goldTime struct {
	Resolved string `json:"resolved"`
}

type goldTrap struct {
	ID      string            `json:"id"`
	Span    []int             `json:"span"`
	MustNot map[string]string `json:"must_not"`
	Must    map[string]string `json:"must"`
}

// goldReading is what the desk made of a gold article.
type goldReading struct {
	gold
	text    string
	cat     *news.Catalogue
	reading news.Reading
	changes news.Changes
}

func TestGoldLibya2020(t *testing.T) {
	dir := "../../shared/domain"
	if _, err := os.Stat(filepath.Join(dir, "libya-2020.json")); err != nil {
		t.Skip("skipped: ../shared/domain/libya-2020.json is not here; TestGoldCounterpart asserts the same of its counterpart")
	}
	checkGold(t, dir, "libya-2020.json")
}

func TestGoldCounterpart(t *testing.T) { checkGold(t, "testdata", "lakes-2031.json") }

func checkGold(t *testing.T, dir, name string) {
	g := readGold(t, dir, name)
	if g.reading.Relevance != news.RelevantDevelopment || g.reading.Conflict != g.Conflict {
		t.Fatalf("got %s of %q, want a development of %s", g.reading.Relevance, g.reading.Conflict, g.Conflict)
	}
	t.Run("one main development and a minor one for each other", g.checkCount)
	for _, d := range g.Developments {
		t.Run(d.ID+" "+string(d.Kind), func(t *testing.T) { g.checkDevelopment(t, d) })
	}
	for _, trap := range g.Traps {
		t.Run(trap.ID+" "+g.text[trap.Span[0]:trap.Span[1]], func(t *testing.T) { g.checkTrap(t, trap) })
	}
	for _, n := range g.Not {
		t.Run("no development: "+n.Span.Text, func(t *testing.T) { g.checkNone(t, n.Span) })
	}
	t.Run("every claim is byte for byte the article's", g.checkEvidence)
}

func readGold(t *testing.T, dir, name string) goldReading {
	t.Helper()
	var g goldReading
	raw, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &g.gold); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, g.Doc))
	if err != nil {
		t.Fatal(err)
	}
	cat, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	day, err := time.Parse("2006-01-02", g.Published[:10])
	if err != nil {
		t.Fatal(err)
	}
	g.text, g.cat = string(text), cat.News
	at := day.Add(18 * time.Hour)
	g.reading = reader(t).Read(news.Item{ID: "gold", Source: "post", Outlet: "harbour-post.example", URL: "https://harbour-post.example/a", Published: at, Text: g.text, Lang: "en"})
	g.changes = news.NewDesk(g.cat, nil).FileReadings([]news.Reading{g.reading}, at)
	return g
}

func (g goldReading) checkCount(t *testing.T) {
	filed := g.changes.Filed[0]
	if got, want := len(filed.Also), len(g.Developments)-1; got != want {
		t.Errorf("%d minor developments, want %d: %v", got, want, filed.Also)
	}
	d, _ := g.development(filed.Development)
	if !d.Main || d.Kind() != g.Developments[0].Kind {
		t.Errorf("the main one is %s (main %v), want %s", d.Kind(), d.Main, g.Developments[0].Kind)
	}
	for _, a := range filed.Also {
		if d, _ := g.development(a.Development); d.Main {
			t.Errorf("%s is main as well", d.ID)
		}
	}
}

func (g goldReading) development(id news.DevelopmentID) (news.Development, bool) {
	for _, d := range g.changes.Developments {
		if d.ID == id {
			return d, true
		}
	}
	return news.Development{}, false
}

// own are the development's own claims: of the main one those that are main.
func own(d news.Development) []news.Claim {
	return slices.DeleteFunc(slices.Clone(d.Claims), func(c news.Claim) bool { return d.Main && !c.Main })
}

// span is where a claim's evidence stands in the text.
func (g goldReading) span(c news.Claim) (start, end int) {
	start = strings.Index(g.text, c.Quote)
	return start, start + len(c.Quote)
}

func (g goldReading) covers(c news.Claim, start, end int) bool {
	s, e := g.span(c)
	return s <= start && e >= end
}

// find is the development of a kind that has a piece of evidence.
func (g goldReading) find(k news.Kind, at goldSpan) (news.Development, bool) {
	for _, d := range g.changes.Developments {
		if d.Kind() == k && slices.ContainsFunc(own(d), func(c news.Claim) bool { return g.covers(c, at.Start, at.Start+1) }) {
			return d, true
		}
	}
	return news.Development{}, false
}
