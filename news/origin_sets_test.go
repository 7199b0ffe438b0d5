package news_test

import (
	"fmt"
	"testing"
	"time"

	"trucewire/config"
	"trucewire/news"
)

// carried is one item of a set, told by an outlet some time after the first.
type carried struct{ outlet, lang, title, text string }

// originSet is a handful of items about one step, how many outlets carry it, and how
// many speakers say they know it.
type originSet struct {
	name             string
	outlets, origins int
	items            []carried
}

func english(outlet, title, text string) carried { return carried{outlet, "en", title, text} }

func TestSetsCountOutletsAndOriginsApart(t *testing.T) {
	cat, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	reader, err := news.NewReader(cat.News)
	if err != nil {
		t.Fatal(err)
	}
	sets := originSets()
	if len(sets) < 60 {
		t.Errorf("%d sets, want at least 60", len(sets))
	}
	for _, set := range sets {
		t.Run(set.name, func(t *testing.T) { set.check(t, cat.News, reader) })
	}
}

func (s originSet) check(t *testing.T, cat *news.Catalogue, reader *news.Reader) {
	t.Helper()
	desk := news.NewDesk(cat, reader)
	start := time.Date(2031, 5, 6, 8, 0, 0, 0, time.UTC)
	var last news.Changes
	var first news.DevelopmentID
	for i, c := range s.items {
		at := start.Add(time.Duration(i) * 20 * time.Minute)
		last = desk.File([]news.Item{{
			ID: news.ItemID(fmt.Sprint(c.outlet, "/", i)), Source: news.SourceID(c.outlet), Outlet: news.OutletID(c.outlet),
			URL: "https://" + c.outlet + ".example/a", Published: at, Dated: true, FirstSeen: at, Title: c.title, Text: c.text, Lang: c.lang,
		}}, at)
		desk.Apply(last)
		id := last.Filed[0].Development
		if i == 0 {
			first = id
		}
		if id == "" || id != first {
			t.Fatalf("item %d went to %q, the first to %q: %v %v", i, id, first, last.Readings[0].Why, last.Filed[0].Why)
		}
	}
	for _, d := range last.Developments {
		if d.ID != first {
			continue
		}
		if d.Outlets(nil) != s.outlets || d.Origins(nil) != s.origins {
			t.Errorf("%d outlets and %d origins, want %d and %d", d.Outlets(nil), d.Origins(nil), s.outlets, s.origins)
			for _, m := range d.Mentions {
				t.Logf("%s: %s", m.Outlet, m.Origin)
			}
		}
	}
}
