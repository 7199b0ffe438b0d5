package news_test

import (
	"slices"
	"strings"
	"testing"

	"trucewire/news"
)

// article is a report of our own: a lead, fighting, a position, a voice of the UN, and a
// tail of background that an editor notes nothing of.
func article() string {
	background := []string{
		"The old market of the town was built by traders from the coast.", "Its harbour once shipped most of the country's coffee.",
		"A school near the bridge teaches four hundred pupils.", "The railway to the south closed in the nineties.",
		"Farmers along the river grow beans and sorghum.", "The dry season begins in December.",
		"Many families own a boat.", "The road to the capital takes a day.", "A radio station plays music at night.",
		"The mayor has held his post for ten years.", "Its hills are known for a rare kind of orchid.",
		"The football club last won the cup a decade ago.", "Tourists used to come for the lake.", "A new hotel was never finished.",
		"Bread costs twice what it did.", "The library keeps maps of the old province.", "Children sell fruit beside the road.",
	}
	told := []string{
		"Sudan's army and the Rapid Support Forces agreed on Tuesday to a three-day ceasefire, the United Nations said.",
		"The Rapid Support Forces rejected a proposal for peace talks in Jeddah, their spokesman said.",
		"\"We welcome the ceasefire and call on both sides to respect it,\" UN Secretary-General Antonio Guterres said.",
	}
	return strings.Join(append(told, background...), " ")
}

func TestReadNotesOfAnArticleWhatBelongsToTheProcess(t *testing.T) {
	text := article()
	got := reader(t).Read(news.Item{ID: "a", Title: "Sudan's army and RSF agree three-day ceasefire, UN says", Text: text, Lang: "en"})
	for quote, kind := range map[string]news.Kind{"three-day ceasefire, the": news.Agreement, "rejected a proposal": news.Rejection} {
		if !slices.ContainsFunc(got.Claims, func(c news.Claim) bool { return c.Kind == kind && strings.Contains(c.Quote, quote) }) {
			t.Errorf("no claim of kind %s quotes %q: %+v", kind, quote, got.Claims)
		}
	}
	for _, c := range got.Claims {
		if !c.InTitle && !strings.Contains(text, c.Quote) {
			t.Errorf("%q is not the article's", c.Quote)
		}
		if at := strings.Index(text, c.Quote); !c.InTitle && at > strings.Index(text, "The old market") {
			t.Errorf("background is told as %s: %q", c.Kind, c.Quote)
		}
	}
}

func TestReadCutsTheDatelineOfATextCutIntoWords(t *testing.T) {
	got := reader(t).Read(news.Item{ID: "b", Text: "KHARTOUM , Sudan -LRB- Reuters -RRB- -- Sudan 's army and the Rapid Support Forces agreed on Tuesday to a three-day ceasefire .", Lang: "en"})
	if !slices.ContainsFunc(got.Claims, func(c news.Claim) bool { return strings.HasPrefix(c.Quote, "Sudan 's army") }) {
		t.Errorf("no claim begins behind the dateline: %+v", got.Claims)
	}
}
