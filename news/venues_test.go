package news_test

import (
	"testing"
	"time"

	"trucewire/news"
)

// Talks are about those who talk, not about where they sit.
func TestVenueOfTalksIsNotTheWar(t *testing.T) {
	for _, c := range []struct {
		title string
		want  news.ConflictID
	}{
		{"Sri Lanka peace talks with Tamil Tigers set for next week in Thailand", news.OtherConflict},
		{"Uganda and LRA rebels hold talks in Juba", news.OtherConflict},
		{"Sudan army and RSF agree to a truce at talks in Libya", "sudan"},
		{"Peace talks in Sudan resume as army and RSF send envoys", "sudan"},
		{"Peace talks resume in Libya", "libya"},
	} {
		got := reader(t).Read(news.Item{Title: c.title, Lang: "en", Published: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)})
		if got.Conflict != c.want {
			t.Errorf("%q is of conflict %q, want %q", c.title, got.Conflict, c.want)
		}
	}
}

// The id of the Central African war is a word of its own.
func TestCarBombNamesNoWar(t *testing.T) {
	got := reader(t).Read(news.Item{Title: "Car bomb kills three in Benghazi as truce begins", Lang: "en", Published: time.Date(2019, 8, 10, 0, 0, 0, 0, time.UTC)})
	if got.Conflict != "libya" {
		t.Errorf("conflict %q, want libya", got.Conflict)
	}
}

// A war that the headline names by an armed group goes before one whose country the
// text names in passing.
func TestHeadlineDecidesTheWar(t *testing.T) {
	got := reader(t).Read(news.Item{
		Title: "Colombia's ELN frees engineer before talks", Lang: "en", Published: time.Date(2022, 11, 1, 0, 0, 0, 0, time.UTC),
		Text: "He was handed over near the border with Venezuela after a month.",
	})
	if got.Conflict != "colombia" {
		t.Errorf("conflict %q, want colombia", got.Conflict)
	}
}
