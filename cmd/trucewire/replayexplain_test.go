package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"trucewire/news"
)

// explainedItem is an item line with what --explain adds.
type explainedItem struct {
	Type      string         `json:"type"`
	ID        string         `json:"id"`
	Relevance news.Relevance `json:"relevance"`
	Kinds     []news.Kind    `json:"kinds"`
	Conflict  string         `json:"conflict"`
	Novelty   string         `json:"novelty"`
	Rule      string         `json:"rule"` // of a status line
	Evidence  []string       `json:"evidence"`
	Explain   *explainLine   `json:"explain"`
}

func explainedLines(t *testing.T, output string) []explainedItem {
	t.Helper()
	var out []explainedItem
	for line := range strings.Lines(output) {
		var l explainedItem
		must(t, json.Unmarshal([]byte(line), &l))
		out = append(out, l)
	}
	return out
}

func TestExplainTellsWhatDecided(t *testing.T) {
	in := storyLines(t)
	items := map[string]inputItem{}
	for line := range strings.Lines(in) {
		var it inputItem
		must(t, json.Unmarshal([]byte(line), &it))
		items[it.ID] = it
	}
	got := command(t, in, nil, "replay", "--explain")
	if got.code != exitDone {
		t.Fatal(got.stderr)
	}
	var last explainedItem
	for _, l := range explainedLines(t, got.stdout) {
		switch l.Type {
		case "item":
			last = l
			checkExplained(t, l, items[l.ID])
		case "status":
			if l.Rule == "" || !slices.ContainsFunc(last.Explain.Standings, func(s standingRule) bool { return s.Rule == l.Rule }) && slices.Contains(l.Evidence, last.ID) {
				t.Errorf("status by rule %q is not among those of item %s: %+v", l.Rule, last.ID, last.Explain.Standings)
			}
		}
	}
}

func checkExplained(t *testing.T, l explainedItem, it inputItem) {
	t.Helper()
	e := l.Explain
	if e == nil {
		t.Fatalf("%s is not explained", l.ID)
	}
	r := e.Relevance
	if r.Decided != l.Relevance || r.Threshold <= 0 || len(r.Top) == 0 {
		t.Errorf("%s: relevance %+v", l.ID, r)
	}
	if r.Decided == news.RelevantDevelopment && r.Probability < r.Threshold && !r.Attested {
		t.Errorf("%s: a development at %.3f, below the threshold %.3f", l.ID, r.Probability, r.Threshold)
	}
	if l.Conflict != "" && l.Conflict != string(news.OtherConflict) && (len(e.Conflicts) == 0 || string(e.Conflicts[0].Conflict) != l.Conflict) {
		t.Errorf("%s: conflict %s, explained by %+v", l.ID, l.Conflict, e.Conflicts)
	}
	var chosen []news.Kind
	for _, k := range e.Kinds {
		if k.Chosen {
			chosen = append(chosen, k.Kind)
		}
		checkPhrases(t, k, it)
	}
	if !slices.Equal(chosen, l.Kinds) && len(l.Kinds) > 0 {
		t.Errorf("%s: kinds %v, explained as %v", l.ID, l.Kinds, chosen)
	}
	if l.Novelty != "" && (!slices.Contains(e.Filing, "novelty "+l.Novelty) || !slices.ContainsFunc(e.Filing, func(s string) bool { return strings.HasPrefix(s, "origin ") })) {
		t.Errorf("%s: filing %v explains neither %s nor its origin", l.ID, e.Filing, l.Novelty)
	}
}

// checkPhrases holds the spans against the item's own bytes.
func checkPhrases(t *testing.T, k news.WhyKind, it inputItem) {
	t.Helper()
	for _, p := range k.Phrases {
		field := it.Text
		if p.In == "title" {
			field = it.Title
		}
		if p.End > len(field) || field[p.Start:p.End] != p.Words || p.Words == "" || p.Frame == "" {
			t.Errorf("%s: phrase %+v is not the item's words", it.ID, p)
		}
	}
}

func TestExplainIsTheSameTwiceAndAddsOnly(t *testing.T) {
	in := storyLines(t)
	one := command(t, in, nil, "replay", "--explain")
	two := command(t, in, nil, "replay", "--explain")
	if at := firstDifference(one.stdout, two.stdout); at != "" {
		t.Errorf("two explanations differ: %s", at)
	}
	if plain := command(t, in, nil, "replay"); strings.Contains(plain.stdout, `"explain"`) || strings.Contains(plain.stdout, `"rule"`) {
		t.Error("explained without being asked")
	}
	if help := command(t, "", nil, "replay", "--help"); !strings.Contains(help.stdout, "standings") || !strings.Contains(help.stdout, "docs/reading.md") {
		t.Error("--help does not tell what --explain adds")
	}
}
