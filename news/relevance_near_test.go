package news_test

import (
	"testing"

	"trucewire/news"
)

// Neighbours differ by the one thing that makes a development or takes it away.
func TestRelevanceNearMisses(t *testing.T) {
	for _, c := range []struct {
		title string
		want  bool
	}{
		{"As Yemen ceasefire begins, a look at the years of war", false},
		{"Yemen ceasefire begins after years of war", true},
		{"Shelling in Yemen after ceasefire begins", true},
		{"Libya's rival camps: how the ceasefire came about", false},
		{"Libya's rival camps: ceasefire takes effect", true},
		{"Ceasefire in Sudan is meant to win time, think tank says", false},
		{"Ceasefire in Sudan is meant to win time, army says", true},
		{"Tourists and embassy staff evacuated from Sudan on charter flights as truce ends", false},
		{"Markets rise as ceasefire in Gaza calms investors", false},
		{"Norway and Brazil open talks on forests while war in Sudan rages", false},
		{"Sudan's army and RSF open talks on a ceasefire", true},
	} {
		got := reader(t).Read(news.Item{Title: c.title, Lang: "en"})
		if (got.Relevance == news.RelevantDevelopment) != c.want {
			t.Errorf("%q: development is %v, want %v", c.title, !c.want, c.want)
		}
	}
}
