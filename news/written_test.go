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
