package news_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"trucewire/news"
)

// written is a hand-written item with its labels. A development is a step, claim or
// fact of a peace process of an armed conflict; context is about an armed conflict
// without such a step; the rest is irrelevant, truces of trade, sport and parties
// among it. Kinds are in the order of weight. A war that the desk's list lacks is
// "other". Items of one group are neighbours: nearly the same words, another label.
type written struct {
	Title     string          `yaml:"title"`
	Text      string          `yaml:"text"`
	URL       string          `yaml:"url"`
	Relevance news.Relevance  `yaml:"relevance"`
	Conflict  news.ConflictID `yaml:"conflict"`
	Kinds     []news.Kind     `yaml:"kinds"`
	Group     string          `yaml:"group"`
}

// writtenItems reads the files of one part, "fit" or "held", in the order of their
// names. The fit part may teach the weights, the held part only tests them.
func writtenItems(tb testing.TB, part string) []written {
	tb.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", "written", part+"-*.yaml"))
	if err != nil || len(names) == 0 {
		tb.Fatalf("no written items of part %s: %v", part, err)
	}
	slices.Sort(names)
	var all []written
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		var items []written
		if err := yaml.UnmarshalWithOptions(raw, &items, yaml.Strict()); err != nil {
			tb.Fatalf("%s: %v", name, err)
		}
		all = append(all, items...)
	}
	return all
}

// guideConflicts are the conflicts that labels may name.
func guideConflicts() []string {
	return strings.Fields(`libya sudan south-sudan gaza lebanon israel-iran iran-us-israel syria yemen ukraine
		ethiopia-tigray drc-m23 myanmar armenia-azerbaijan india-pakistan pakistan-afghanistan thailand-cambodia
		afghanistan colombia philippines mali burkina-niger somalia car haiti cyprus korea turkey-pkk iraq venezuela other`)
}

func TestWrittenItemsAreLabelledSoundly(t *testing.T) {
	seen := make(map[string]bool)
	for _, it := range slices.Concat(writtenItems(t, "fit"), writtenItems(t, "held")) {
		if it.Title == "" || strings.TrimSpace(it.Title) != it.Title {
			t.Errorf("%q: a title is needed, without spaces around it", it.Title)
		}
		if key := strings.ToLower(it.Title); seen[key] {
			t.Errorf("%q: written twice", it.Title)
		} else {
			seen[key] = true
		}
		if it.URL != "" && !strings.HasPrefix(it.URL, "/") {
			t.Errorf("%q: url %q is no path", it.Title, it.URL)
		}
		checkWrittenLabels(t, it)
	}
}

func checkWrittenLabels(t *testing.T, it written) {
	t.Helper()
	switch it.Relevance {
	case news.RelevantDevelopment:
		if len(it.Kinds) < 1 || len(it.Kinds) > 3 {
			t.Errorf("%q: a development has one to three kinds, not %v", it.Title, it.Kinds)
		}
	case news.RelevantContext, news.Irrelevant:
		if len(it.Kinds) > 0 {
			t.Errorf("%q: no development, but kinds %v", it.Title, it.Kinds)
		}
	default:
		t.Errorf("%q: relevance %q", it.Title, it.Relevance)
	}
	for i, k := range it.Kinds {
		if !k.Valid() || slices.Contains(it.Kinds[:i], k) {
			t.Errorf("%q: kind %q is unknown or named twice", it.Title, k)
		}
	}
	if known := slices.Contains(guideConflicts(), string(it.Conflict)); known == (it.Relevance == news.Irrelevant) || !known && it.Conflict != "" {
		t.Errorf("%q: %s with conflict %q", it.Title, it.Relevance, it.Conflict)
	}
}

// The frequent kinds need more examples than the rare ones, and a reader learns what
// a development is from what is none.
func TestWrittenItemsCoverEveryKind(t *testing.T) {
	const each, share = 15, 0.4
	first, none, all := make(map[news.Kind]int), 0, writtenItems(t, "fit")
	for _, it := range all {
		if it.Relevance != news.RelevantDevelopment {
			none++
			continue
		}
		first[it.Kinds[0]]++
	}
	for _, k := range news.Kinds() {
		if first[k] < each {
			t.Errorf("%s: %d items are of it first, want at least %d", k, first[k], each)
		}
	}
	if got := float64(none) / float64(len(all)); got < share {
		t.Errorf("%.2f of the items are no developments, want at least %.2f", got, share)
	}
}

// The held part is of other wars and was never fitted on.
func TestReaderTellsDevelopmentsOfWarsItNeverSaw(t *testing.T) {
	var hits, missed, wrong, right int
	for _, it := range writtenItems(t, "held") {
		got := reader(t).Read(news.Item{Title: it.Title, Text: it.Text, URL: "https://outlet.example" + it.URL, Lang: "en"})
		yes, want := got.Relevance == news.RelevantDevelopment, it.Relevance == news.RelevantDevelopment
		switch {
		case yes && want:
			hits++
			if len(got.Kinds) > 0 && slices.Contains(it.Kinds, got.Kinds[0]) {
				right++
			}
		case want:
			missed++
		case yes:
			wrong++
		}
	}
	f1 := 2 * float64(hits) / float64(2*hits+missed+wrong)
	kind := float64(right) / float64(max(hits, 1))
	t.Logf("relevance F1 %.3f (%d found, %d missed, %d false), first kind %.3f", f1, hits, missed, wrong, kind)
	if f1 < 0.80 {
		t.Errorf("relevance F1 %.3f, want at least 0.80", f1)
	}
	if kind < 0.70 {
		t.Errorf("first kind right %.3f, want at least 0.70", kind)
	}
}
