package sources

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"trucewire/news"
)

func TestCanonicalLinkIsOneSpellingOfAnArticle(t *testing.T) {
	tests := []struct{ name, link, want string }{
		{name: "tracking", link: "https://g.example/a?utm_source=rss&id=4&fbclid=x&at_medium=RSS", want: "https://g.example/a?id=4"},
		{name: "order of parameters", link: "https://g.example/a?b=2&a=1", want: "https://g.example/a?a=1&b=2"},
		{name: "http, www, port, case", link: "http://WWW.G.Example:80/a", want: "https://g.example/a"},
		{name: "mobile and amp", link: "https://amp.g.example/a/amp/", want: "https://g.example/a"},
		{name: "trailing slash", link: "https://m.g.example/a/", want: "https://g.example/a"},
		{name: "tracking fragment", link: "https://g.example/a#xtor=RSS-1", want: "https://g.example/a"},
		{name: "fragment that names a post of a live page", link: "https://g.example/live#post-7", want: "https://g.example/live#post-7"},
		{name: "odd port stays", link: "http://g.example:8080/a", want: "https://g.example:8080/a"},
		{name: "case of the path stays", link: "https://g.example/Ab", want: "https://g.example/Ab"},
		{name: "no address", link: " tag:x ", want: "tag:x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := CanonicalLink(tt.link); got != tt.want {
				t.Errorf("CanonicalLink(%q) = %q, want %q", tt.link, got, tt.want)
			}
		})
	}
}

// reread follows a feed through two documents and returns how many of the second's
// entries are new.
func reread(first, second []Entry) int {
	old := identify("g", first, trace{})
	now := identify("g", second, readTrace(writeTrace(old, "")))
	known := map[news.ItemID]bool{}
	for _, e := range old {
		known[e.id] = true
	}
	fresh := 0
	for _, e := range now {
		if !known[e.id] {
			fresh++
		}
	}
	return fresh
}

func TestIdentitySurvivesWhatPublishersDo(t *testing.T) {
	at := noon()
	base := []Entry{
		{GUID: "1", Link: "https://g.example/1", Title: "One", Text: "a", Published: at},
		{GUID: "2", Link: "https://g.example/2", Title: "Two", Text: "b", Published: at.Add(-time.Hour)},
		{GUID: "3", Link: "https://g.example/3", Title: "Three", Text: "c", Published: at.Add(-2 * time.Hour)},
	}
	each := func(change func(i int, e *Entry)) []Entry {
		out := slices.Clone(base)
		for i := range out {
			change(i, &out[i])
		}
		return out
	}
	noGUID := each(func(_ int, e *Entry) { e.GUID = "" })
	bare := each(func(_ int, e *Entry) { e.GUID, e.Link = "", "" })
	tests := []struct {
		name          string
		first, second []Entry
		want          int
	}{
		{name: "the same again", first: base, second: base},
		{name: "guids churn", first: base, second: each(func(i int, e *Entry) { e.GUID = fmt.Sprint("new-", i) })},
		{name: "guids churn and titles are edited", first: base, second: each(func(i int, e *Entry) { e.GUID = fmt.Sprint("new-", i); e.Title += " (updated)" })},
		{name: "links change, guids stay", first: base, second: each(func(i int, e *Entry) { e.Link = fmt.Sprint("https://new.example/", i) })},
		{name: "guids and links churn, title and date stay", first: base, second: each(func(i int, e *Entry) { e.GUID = fmt.Sprint("new-", i); e.Link += "?rnd=" + e.GUID })},
		{name: "dates change", first: base, second: each(func(_ int, e *Entry) { e.Published = at.Add(5 * time.Hour) })},
		{name: "guid appears where links were used", first: noGUID, second: base},
		{name: "guid disappears", first: base, second: noGUID},
		{name: "tracking parameters rotate", first: noGUID, second: each(func(i int, e *Entry) { e.GUID = ""; e.Link += fmt.Sprint("?utm_id=", i) })},
		{name: "neither guid nor link", first: bare, second: bare},
		{name: "one guid for all", first: each(func(_ int, e *Entry) { e.GUID = "feed" }), second: each(func(_ int, e *Entry) { e.GUID = "feed" })},
		{name: "one link for all", first: each(func(_ int, e *Entry) { e.GUID, e.Link = "", "https://g.example/" }), second: each(func(_ int, e *Entry) { e.GUID, e.Link = "", "https://g.example/" })},
		{
			name:   "https and www appear in address guids",
			first:  each(func(_ int, e *Entry) { e.GUID, e.Link = "http://g.example/?p="+e.GUID, "" }),
			second: each(func(_ int, e *Entry) { e.GUID, e.Link = "https://www.g.example/?p="+e.GUID, "" }),
		},
		{
			name:   "another entry takes over the link",
			first:  base[:1],
			second: []Entry{{GUID: "1", Link: "https://g.example/1-moved", Title: "One", Published: at}, {GUID: "9", Link: "https://g.example/1", Title: "Nine", Published: at}},
			want:   1,
		},
		{name: "a real new entry", first: base, second: append([]Entry{{GUID: "4", Link: "https://g.example/4", Title: "Four", Published: at}}, base...), want: 1},
		{name: "same title, another day", first: base[:1], second: []Entry{{GUID: "9", Link: "https://g.example/9", Title: "One", Published: at.AddDate(0, 0, 1)}}, want: 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := len(identify("g", tt.first, trace{})); got != len(tt.first) {
				t.Errorf("%d identities of %d entries", got, len(tt.first))
			}
			if got := reread(tt.first, tt.second); got != tt.want {
				t.Errorf("%d entries are new, want %d", got, tt.want)
			}
		})
	}
}

func TestEntryBackAfterAGapKeepsItsIdentityThoughItsGuidChanged(t *testing.T) {
	one := Entry{GUID: "1", Link: "https://g.example/1", Title: "One", Published: noon()}
	two := Entry{GUID: "2", Link: "https://g.example/2", Title: "Two", Published: noon()}
	first := identify("g", []Entry{one, two}, trace{})
	mem := writeTrace(first, "")
	second := identify("g", []Entry{two}, readTrace(mem))
	mem = writeTrace(second, mem)
	one.GUID = "1b"
	third := identify("g", []Entry{one, two}, readTrace(mem))
	if got, want := third[0].id, first[0].id; got != want {
		t.Errorf("identity %s, want %s", got, want)
	}
}

func TestNoShuffleMakesASecondItem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "n")
		hasGUID, hasLink := rapid.Bool().Draw(t, "guid"), rapid.Bool().Draw(t, "link")
		var doc []Entry
		for i := range n {
			e := Entry{Title: fmt.Sprint("Entry ", i), Published: noon().Add(-time.Duration(i) * time.Minute)}
			if hasGUID {
				e.GUID = fmt.Sprint("guid-", i)
			}
			if hasLink {
				e.Link = fmt.Sprint("https://g.example/", i)
			}
			doc = append(doc, e)
		}
		known, mem := map[news.ItemID]int{}, ""
		for poll := range rapid.IntRange(2, 6).Draw(t, "polls") {
			entries := identify("g", doc, readTrace(mem))
			for _, e := range entries {
				known[e.id]++
			}
			if len(known) != n {
				t.Fatalf("poll %d: %d items of %d entries", poll, len(known), n)
			}
			mem = writeTrace(entries, mem)
			doc = rapid.Permutation(doc).Draw(t, "order")
			if rapid.Bool().Draw(t, "churn") && hasGUID && hasLink {
				for i := range doc {
					doc[i].GUID += "x"
				}
			}
			if rapid.Bool().Draw(t, "parameters") && hasLink {
				for i := range doc {
					doc[i].Link += "?utm_campaign=" + fmt.Sprint(poll)
				}
			}
			if rapid.Bool().Draw(t, "edit") && (hasGUID || hasLink) {
				doc[0].Title += "!"
			}
		}
	})
}
