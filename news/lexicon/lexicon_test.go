package lexicon_test

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"trucewire/news/lexicon"
)

func TestFoldUnifiesSpellingsPerScript(t *testing.T) {
	for _, c := range []struct{ name, a, b string }{
		{"hyphen", "Cease-Fire", "cease fire"},
		{"accents", "Trêve hivernale", "treve hivernale"},
		{"possessive", "Libya’s army", "libya army"},
		{"elision", "l’accord d'Alger", "l accord d alger"},
		{"dotted acronym", "U.N. envoy", "un envoy"},
		{"arabic alef and ta marbuta", "إطلاق هُدنَة", "اطلاق هدنه"},
		{"tatweel", "هـــدنة", "هدنه"},
		{"persian letters", "یک کشور", "يك كشور"},
		{"hebrew final letters and gershayim", "צה\"ל בשטחים", "צהל בשטחימ"},
		{"ukrainian apostrophes", "перемир’я", "перемир'я"},
		{"russian yo", "боёв", "боев"},
		{"turkish dotless", "barış ATEŞKES", "baris ateskes"},
		{"arabic digits", "٤٨ ساعة", "48 ساعه"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(lexicon.Fold(c.b), lexicon.Fold(c.a)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTokensPointIntoTheOriginal(t *testing.T) {
	const s = "The U.N. said Gaza’s 72-hour truce, «l’accord», held."
	var got []string
	for _, tok := range lexicon.Tokens(s) {
		got = append(got, s[tok.Start:tok.End]+"="+tok.Folded)
	}
	want := []string{
		"The=the", "U.N=un", "said=said", "Gaza’s=gaza", "72=72", "hour=hour", "truce=truce", "l’=l", "accord=accord", "held=held",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTokensTellWhatStandsBefore(t *testing.T) {
	tokens := lexicon.Tokens(`Hours later, "calm" returned. UN staff left`)
	if !tokens[2].Comma && !tokens[2].Quote {
		t.Errorf("%+v: no comma or quote before calm", tokens[2])
	}
	if last := tokens[4]; !last.Stop || !last.Upper || !last.Capital {
		t.Errorf("%+v: want a stop before UN, which is upper-case", last)
	}
}

func TestSentencesKeepAbbreviationsTogether(t *testing.T) {
	const s = "Gen. Omar of the U.S. Army spoke. It was Jan. 5.\nThe truce held! Mr. B. Ali left."
	var got []string
	for _, span := range lexicon.Sentences(s) {
		got = append(got, s[span.Start:span.End])
	}
	want := []string{"Gen. Omar of the U.S. Army spoke.", "It was Jan. 5.", "The truce held!", "Mr. B. Ali left."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestStemMeetsInflectedForms(t *testing.T) {
	for _, c := range []struct{ lang, a, b string }{
		{"en", "negotiations", "negotiation"},
		{"fr", "negociations", "negociation"},
		{"es", "treguas", "tregua"},
		{"ru", "переговоры", "переговорах"},
		{"uk", "перемовини", "перемовин"},
		{"ar", "المفاوضات", "مفاوضات"},
		{"he", "שיחות", "שיחה"},
	} {
		if a, b := lexicon.Stem(c.lang, lexicon.Fold(c.a)), lexicon.Stem(c.lang, lexicon.Fold(c.b)); a != b {
			t.Errorf("%s: %s → %s, %s → %s", c.lang, c.a, a, c.b, b)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "l’", "'s", "\xff\xfe", "U.S.", "a'\xff", "הפסקת אש", "‎", "1'1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, tok := range lexicon.Tokens(s) {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(s) || tok.Folded == "" {
				t.Fatalf("%q: token %+v after %d", s, tok, last)
			}
			last = tok.End
			for _, lang := range []string{"en", "ar", "ru", "uk", "he", "tr", "fr"} {
				if !utf8.ValidString(lexicon.Stem(lang, tok.Folded)) {
					t.Fatalf("%q: stem of %q is no UTF-8", s, tok.Folded)
				}
			}
		}
		last = 0
		for _, span := range lexicon.Sentences(s) {
			if span.Start < last || span.End <= span.Start || span.End > len(s) {
				t.Fatalf("%q: sentence %+v after %d", s, span, last)
			}
			last = span.End
		}
	})
}

func TestMatcherFindsFormsAcrossInflectionAndClitics(t *testing.T) {
	const truce, violate, resume = 1, 2, 3
	m := lexicon.NewMatcher([]string{"و", "ال", "ب", "ل"})
	for _, f := range []string{"ceasefire", "cease-fire", "cease fire", "هدنة", "وقف إطلاق النار", "перемири*"} {
		m.Add(truce, f)
	}
	m.Add(violate, "violat*")
	m.Add(resume, "resum* talks")
	m.Add(4, "halt _ _ war")
	for _, c := range []struct {
		text string
		want []int
	}{
		{"They violated the cease-fire.", []int{violate, truce}},
		{"Resuming talks on a CEASEFIRE", []int{resume, truce}},
		{"Resuming. Talks fail", nil},
		{"انتهاك الهدنة ووقف إطلاق النار", []int{truce, truce}},
		{"нарушение перемирия", []int{truce}},
		{"halt the long war, halt war", []int{4}},
		{"a violation ceasefires", []int{violate}},
	} {
		var got []int
		for _, h := range m.Find(lexicon.Tokens(c.text), nil) {
			got = append(got, h.Class)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
	}
	tokens := lexicon.Tokens("violated ceasefire")
	if hits := m.Find(tokens, func(i int) bool { return i == 1 }); len(hits) != 1 {
		t.Errorf("masked token was matched: %+v", hits)
	}
}
