package news

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// evalDir holds labelled real items; their texts stay outside the repository.
const evalDir = "../../shared/eval"

// evalItem is a line of an items file.
type evalItem struct {
	ID        ItemID   `json:"id"`
	Outlet    OutletID `json:"outlet"`
	URL       string   `json:"url"`
	Published string   `json:"published"`
	Title     string   `json:"title"`
	Text      string   `json:"text"`
	Lang      string   `json:"lang"`
}

func (e evalItem) item(tb testing.TB) Item {
	tb.Helper()
	var at time.Time
	var err error
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04", time.DateOnly} {
		if at, err = time.Parse(layout, e.Published); err == nil {
			break
		}
	}
	if err != nil {
		tb.Fatal(err)
	}
	return Item{ID: e.ID, Source: SourceID(e.Outlet), Outlet: e.Outlet, URL: e.URL, Published: at.UTC(), Dated: true, FirstSeen: at.UTC(), Title: e.Title, Text: e.Text, Lang: e.Lang}
}

// evalLabel is a line of a gold file.
type evalLabel struct {
	ID          ItemID     `json:"id"`
	Story       string     `json:"story"`
	Relevance   Relevance  `json:"relevance"`
	Conflict    ConflictID `json:"conflict"`
	Kinds       []Kind     `json:"kinds"`
	Development string     `json:"development"`
	Novelty     Novelty    `json:"novelty"`
	Figures     []Figure   `json:"figures"`
	By          []string   `json:"by"`
}

// evalSet reads a labelled set; the test is skipped where it is not there.
func evalSet(tb testing.TB, name string) ([]Item, []evalLabel) {
	tb.Helper()
	return labelledSet(tb, filepath.Join(evalDir, name))
}

func labelledSet(tb testing.TB, path string) ([]Item, []evalLabel) {
	tb.Helper()
	var items []Item
	for _, it := range evalLines[evalItem](tb, path+".items.jsonl") {
		items = append(items, it.item(tb))
	}
	return items, evalLines[evalLabel](tb, path+".gold.jsonl")
}

func evalLines[T any](tb testing.TB, file string) []T {
	tb.Helper()
	f, err := os.Open(file)
	if err != nil {
		tb.Skipf("labelled items are not here: %v", err)
	}
	defer f.Close()
	var rows []T
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<22)
	for in.Scan() {
		var row T
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			tb.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// bcubed gives precision, recall and F1 of a grouping, as score.py computes them.
func bcubed(gold, got map[ItemID]string) (p, r, f float64) {
	of := func(groups map[ItemID]string) map[string]map[ItemID]bool {
		sets := map[string]map[ItemID]bool{}
		for id, g := range groups {
			if sets[g] == nil {
				sets[g] = map[ItemID]bool{}
			}
			sets[g][id] = true
		}
		return sets
	}
	goldSets, gotSets := of(gold), of(got)
	for id := range gold {
		a, b := goldSets[gold[id]], gotSets[got[id]]
		both := 0.0
		for x := range a {
			if b[x] {
				both++
			}
		}
		p += both / float64(len(b))
		r += both / float64(len(a))
	}
	p, r = p/float64(len(gold)), r/float64(len(gold))
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return p, r, f
}
