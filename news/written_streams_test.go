package news_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"trucewire/news"
)

// streamItem and streamLabel are a line of the two files of a written stream; what the
// labels mean: testdata/streams/README.md.
type streamItem struct {
	ID, URL, Outlet, Title, Text, Lang string
	Published                          time.Time
}

type streamLabel struct {
	ID          string
	Relevance   news.Relevance
	Conflict    news.ConflictID
	Kinds       []news.Kind
	Development string
	Novelty     news.Novelty
}

func jsonLines[T any](t *testing.T, name string) []T {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []T
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var row T
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatalf("%s: %v in %s", name, err, lines.Text())
		}
		all = append(all, row)
	}
	if err := lines.Err(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return all
}

func TestWrittenStreamsAreLabelledSoundly(t *testing.T) {
	names, err := filepath.Glob(filepath.Join("testdata", "streams", "*.items.jsonl"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no written streams: %v", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			items := jsonLines[streamItem](t, name)
			labels := jsonLines[streamLabel](t, strings.Replace(name, ".items.", ".gold.", 1))
			if len(items) != len(labels) {
				t.Fatalf("%d items, %d labels", len(items), len(labels))
			}
			told := make(map[string]bool)
			for i, it := range items {
				l := labels[i]
				if it.ID != l.ID || it.Title == "" || it.Outlet == "" || i > 0 && it.Published.Before(items[i-1].Published) {
					t.Errorf("%s: no title or outlet, another id than the label's %s, or out of order", it.ID, l.ID)
				}
				checkWrittenLabels(t, written{Title: it.Title, Relevance: l.Relevance, Conflict: l.Conflict, Kinds: l.Kinds})
				checkStep(t, l, told)
			}
		})
	}
}

// checkStep holds that a development has a step and a novelty that fits the lines above.
func checkStep(t *testing.T, l streamLabel, told map[string]bool) {
	t.Helper()
	if (l.Relevance == news.RelevantDevelopment) != (l.Development != "") {
		t.Errorf("%s: %s of development %q", l.ID, l.Relevance, l.Development)
	}
	if l.Development == "" {
		return
	}
	if first := l.Novelty == news.First; first == told[l.Development] {
		t.Errorf("%s: novelty %s, but %s was told before: %v", l.ID, l.Novelty, l.Development, told[l.Development])
	}
	if !slices.Contains([]news.Novelty{news.First, news.Adds, news.Repeats}, l.Novelty) {
		t.Errorf("%s: novelty %q", l.ID, l.Novelty)
	}
	told[l.Development] = true
}
