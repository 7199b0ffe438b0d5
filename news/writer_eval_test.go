package news_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"trucewire/config"
	"trucewire/news"
)

// evalItems reads a stream of real news items that lies beside the repository.
func evalItems(t *testing.T, name string, most int) []news.Item {
	t.Helper()
	f, err := os.Open("../../shared/eval/" + name + ".items.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the stream %s is not beside this repository", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []news.Item
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() && len(out) < most {
		var row struct{ ID, URL, Outlet, Title, Text, Lang, Published string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse("2006-01-02T15:04"[:min(16, len(row.Published))], row.Published[:min(16, len(row.Published))])
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, news.Item{
			ID: news.ItemID(row.ID), Source: news.SourceID(row.Outlet), Outlet: news.OutletID(row.Outlet), URL: row.URL,
			Title: row.Title, Text: row.Text, Lang: row.Lang, Published: at, FirstSeen: at, Dated: true,
		})
	}
	return out
}

// evalSets lists the streams that lie beside the repository. The two that are scored
// blind are only gone through where TRUCEWIRE_BLIND asks for it, and then nothing of
// them is printed but totals.
func evalSets(t *testing.T) (open, blind []string) {
	t.Helper()
	files, err := filepath.Glob("../../shared/eval/*.items.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("no streams are beside this repository")
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".items.jsonl")
		switch name {
		case "summer23", "aug25":
			blind = append(blind, name)
		default:
			open = append(open, name)
		}
	}
	return open, blind
}

func TestTextsOfRealItemsSayNothingThatNoItemBearsOut(t *testing.T) {
	c, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	w := newWriter(t)
	open, blind := evalSets(t)
	most := 15 // items of a stream; TRUCEWIRE_LONG takes all
	if os.Getenv("TRUCEWIRE_LONG") != "" {
		most = 1 << 20
	}
	if os.Getenv("TRUCEWIRE_BLIND") == "" {
		blind = nil
	}
	for _, name := range append(open, blind...) {
		t.Run(name, func(t *testing.T) {
			reader, err := news.NewReader(c.News)
			if err != nil {
				t.Fatal(err)
			}
			s := stream{t: t, writer: w, desk: news.NewDesk(c.News, reader), items: make(map[news.ItemID]news.Item), standings: make(map[string]news.Standing)}
			for _, it := range evalItems(t, name, most) {
				s.file(it)
			}
			s.digest()
			if len(s.problems) > 0 && slices.Contains(blind, name) {
				t.Errorf("%d problems in %d texts", len(s.problems), s.texts)
				return
			}
			for _, p := range s.problems {
				t.Error(p)
			}
			t.Logf("%d texts, %d quotations", s.texts, s.quotes)
		})
	}
}

// stream files items and checks every text that comes of them.
type stream struct {
	t             *testing.T
	writer        *news.Writer
	desk          *news.Desk
	items         map[news.ItemID]news.Item
	standings     map[string]news.Standing
	texts, quotes int
	problems      []string

	day    time.Time          // of the digest that is being filled
	recent []news.Development // its developments
}

func (s *stream) file(it news.Item) {
	if day := it.Published.Truncate(24 * time.Hour); day.After(s.day) {
		s.digest()
		s.day = day
	}
	s.items[it.ID] = it
	changes := s.desk.File([]news.Item{it}, it.Published)
	s.desk.Apply(changes)
	for _, st := range changes.Standings {
		s.standings[string(st.Conflict)+"/"+string(st.Arrangement)] = st
	}
	for _, u := range changes.Updates {
		for _, d := range changes.Developments {
			if d.ID == u.Development && d.Revision == u.Revision {
				s.recent = append(slices.DeleteFunc(s.recent, func(o news.Development) bool { return o.ID == d.ID }), d)
				s.alert(d, u)
			}
		}
	}
}

// cited are the items of developments and of the standings of their conflicts.
func (s *stream) cited(ds ...news.Development) ([]news.Item, []news.Standing) {
	var items []news.Item
	var standings []news.Standing
	for _, d := range ds {
		for _, m := range d.Mentions {
			items = append(items, s.items[m.Item])
		}
	}
	for _, st := range s.standings {
		if slices.ContainsFunc(ds, func(d news.Development) bool { return d.Conflict == st.Conflict }) {
			standings = append(standings, st)
			for _, id := range st.Evidence {
				items = append(items, s.items[id])
			}
		}
	}
	return items, standings
}

func (s *stream) alert(d news.Development, u news.Update) {
	items, standings := s.cited(d)
	for _, lang := range s.writer.Languages() {
		in := news.AlertInput{Development: d, Update: &u, Standings: standings, Lang: lang}
		s.check(s.writer.Alert(in), 600, items)
		if u.Reason.Replies() {
			s.check(s.writer.Reply(in), 400, items)
		}
	}
}

// digest checks the digest of a day in every language.
func (s *stream) digest() {
	if len(s.recent) == 0 {
		return
	}
	items, standings := s.cited(s.recent...)
	for _, lang := range s.writer.Languages() {
		s.check(s.writer.Digest(news.DigestInput{
			From: s.day, To: s.day.Add(24 * time.Hour), Lang: lang, Developments: s.recent, Standings: standings, Sources: 9, Answering: 9,
		}), 1200, items)
	}
	s.recent = nil
}

func (s *stream) check(text string, most int, cited []news.Item) {
	s.texts++
	note := func(format string, args ...any) {
		s.problems = append(s.problems, fmt.Sprintf(format, args...)+"\n"+text)
	}
	if err := s.writer.Check(text, cited); err != nil {
		note("%v", err)
	}
	if n := seenRunes(text); n > most || strings.Contains(text, "  ") {
		note("%d visible characters, or a gap", n)
	}
	own, quotes := auditQuotes(text)
	s.quotes += len(quotes)
	for _, q := range quotes {
		if !slices.ContainsFunc(cited, func(it news.Item) bool { return holdsBytes(it, q) }) {
			note("quotation %q is in no item byte for byte", q)
		}
		if n := len(strings.Fields(strings.ReplaceAll(q, "[…]", " "))); n > 25 {
			note("a quotation of %d words", n)
		}
	}
	if run := auditRun(own, cited); run != "" {
		note("unmarked run %q", run)
	}
}
