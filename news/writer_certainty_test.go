package news_test

import (
	"strings"
	"testing"

	"trucewire/news"
)

func TestTheKindAloneIsToldWhereTheHeadlineIsInAnotherLanguage(t *testing.T) {
	c := news.Claim{Kind: news.Agreement, Parties: []news.PartyID{"ly-gna", "ly-lna"}, Quote: "Waffenruhe"}
	got := newWriter(t).Alert(news.AlertInput{Development: abroad(step(c, "Waffenruhe zwischen GNA und LNA"))})
	same(t, got,
		"**Libya · Agreement** – An agreement between GNA and LNA was announced, harbourpost.example reported on Wed 10 Jun.",
		`Headline (harbourpost.example): "Waffenruhe zwischen GNA und LNA" (in German).`,
		"-# Notable · 1 outlet, 1 origin · [harbourpost.example](<https://harbourpost.example/libya/talks-10>) · automatic summary · ref 9XYZ",
	)
}

func TestWhatTheDeskIsNotSureOfIsAReport(t *testing.T) {
	w := newWriter(t)
	both := []news.PartyID{"ly-gna", "ly-lna"}
	d := step(news.Claim{Kind: news.Agreement, Sub: "signed", Parties: both, Quote: "x"}, "Truce signed, says envoy")
	d.Severity = news.Critical
	st := []news.Standing{{At: talksDay, Conflict: "libya", Status: news.StatusAgreed, Evidence: []news.ItemID{"harbour-1"}}}
	sure := w.Alert(news.AlertInput{Development: d, Standings: st})
	if !strings.Contains(sure, "GNA and LNA signed an agreement") || !strings.Contains(sure, "Status: **agreed") {
		t.Errorf("what the desk is sure of is not told:\n%s", sure)
	}
	for _, c := range []news.Certainty{news.CertaintyFair, news.CertaintyLow} {
		d.Certainty = c
		for lang, want := range map[string]string{
			"en": `**Libya · Report** – harbourpost.example reported on Wed 10 Jun: "Truce signed, says envoy".`,
			"fr": `**Libye · Information** – harbourpost.example, mercredi 10 juin : «Truce signed, says envoy» (en anglais).`,
		} {
			got := w.Alert(news.AlertInput{Development: d, Standings: st, Lang: lang})
			same(t, firstLine(got), want)
			if strings.Contains(got, "Status:") || strings.Contains(got, "État") || strings.Contains(got, "signed an") {
				t.Errorf("%s: told as a fact:\n%s", c, got)
			}
		}
		in := digestInput(d)
		if got := w.Digest(in); !strings.Contains(got, "• Report: ") || strings.Contains(got, "signed an agreement") {
			t.Errorf("%s: the digest tells it as a fact:\n%s", c, got)
		}
		u := news.Update{Reason: news.ReasonConfirmed, Item: "harbour-1", At: talksDay}
		if got := w.Reply(news.AlertInput{Development: d, Update: &u}); strings.Contains(got, "signed an agreement") {
			t.Errorf("%s: the reply tells it as a fact:\n%s", c, got)
		}
	}
	d.Certainty = news.CertaintyFair
	st[0].Evidence = append(st[0].Evidence, "older-1")
	if got := w.Alert(news.AlertInput{Development: d, Standings: st}); !strings.Contains(got, "Status: **agreed") {
		t.Errorf("a status that rests on more is not told:\n%s", got)
	}
}
