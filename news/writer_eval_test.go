package news_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
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

func TestTextsOfRealItemsSayNothingThatNoItemBearsOut(t *testing.T) {
	c, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	w, err := news.NewWriter(c.News)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"sudan23", "autumn22", "mixed", "oct25", "fulldev", "lang.ar", "lang.fr", "lang.es", "lang.ru"} {
		t.Run(name, func(t *testing.T) {
			reader, err := news.NewReader(c.News)
			if err != nil {
				t.Fatal(err)
			}
			s := stream{t: t, writer: w, desk: news.NewDesk(c.News, reader), items: make(map[news.ItemID]news.Item), standings: make(map[string]news.Standing)}
			for _, it := range evalItems(t, name, 150) {
				s.file(it)
			}
			t.Logf("%d texts", s.texts)
		})
	}
}

// stream files items and checks every text that comes of them.
type stream struct {
	t         *testing.T
	writer    *news.Writer
	desk      *news.Desk
	items     map[news.ItemID]news.Item
	standings map[string]news.Standing
	texts     int
}

func (s *stream) file(it news.Item) {
	s.items[it.ID] = it
	changes := s.desk.File([]news.Item{it}, it.Published)
	s.desk.Apply(changes)
	for _, st := range changes.Standings {
		s.standings[string(st.Conflict)+"/"+string(st.Arrangement)] = st
	}
	for _, u := range changes.Updates {
		for _, d := range changes.Developments {
			if d.ID == u.Development && d.Revision == u.Revision {
				s.check(d, u)
			}
		}
	}
}

func (s *stream) check(d news.Development, u news.Update) {
	in := news.AlertInput{Development: d, Update: &u}
	var cited []news.Item
	for _, m := range d.Mentions {
		cited = append(cited, s.items[m.Item])
	}
	for _, st := range s.standings {
		if st.Conflict != d.Conflict {
			continue
		}
		in.Standings = append(in.Standings, st)
		for _, id := range st.Evidence {
			cited = append(cited, s.items[id])
		}
	}
	texts := []string{s.writer.Alert(in)}
	if u.Reason.Replies() {
		texts = append(texts, s.writer.Reply(in))
	}
	for _, text := range texts {
		s.texts++
		if err := s.writer.Check(text, cited); err != nil {
			s.t.Errorf("%v\n%s", err, text)
		}
		if n := seenRunes(text); n > 600 || strings.Contains(text, "  ") {
			s.t.Errorf("%d visible characters, or a gap:\n%s", n, text)
		}
	}
}
