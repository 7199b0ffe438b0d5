package news_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"

	"trucewire/news"
)

// firstStrong is the direction that a reader's client gives a line: that of its first
// letter outside isolates.
func firstStrong(line string) bidi.Direction {
	depth := 0
	for _, r := range line {
		switch r {
		case '\u2068':
			depth++
		case '\u2069':
			depth--
		}
		p, _ := bidi.LookupRune(r)
		if depth > 0 {
			continue
		}
		switch p.Class() {
		case bidi.L:
			return bidi.LeftToRight
		case bidi.R, bidi.AL:
			return bidi.RightToLeft
		}
	}
	return bidi.Neutral
}

// outside is a line without its isolates, markdown and addresses: what takes part in
// the order of the line.
func outside(line string) string {
	line = ownLinks.ReplaceAllString(line, "$1")
	return regexp.MustCompile("\u2068[^\u2069]*\u2069").ReplaceAllString(line, "")
}

func TestArabicLinesRunFromRightToLeftAndHoldLatinRunsApart(t *testing.T) {
	w := newWriter(t)
	in := digestInput(corrected())
	in.Lang = "ar"
	u := news.Update{Reason: news.ReasonConfirmed, Item: "courier-1", At: noteDay}
	for name, text := range map[string]string{
		"alert":  w.Alert(news.AlertInput{Development: corrected(), Standings: libyaStandings(), Lang: "ar"}),
		"reply":  w.Reply(news.AlertInput{Development: corrected(), Update: &u, Lang: "ar"}),
		"digest": w.Digest(in),
		"status": w.Status(news.StatusInput{Conflicts: []news.ConflictID{"libya"}, Developments: []news.Development{libya()}, Now: noteDay, Lang: "ar"}),
		"latest": w.Latest(news.LatestInput{Developments: []news.Development{libya()}, Now: noteDay, Lang: "ar"}),
	} {
		for _, line := range strings.Split(text, "\n") {
			if firstStrong(line) != bidi.RightToLeft {
				t.Errorf("%s: this line does not run from right to left: %q", name, line)
			}
			if strings.Contains(outside(line), "courier.example") && !strings.Contains(outside(line), "المصدر") && !strings.Contains(outside(line), "نشر") {
				t.Errorf("%s: a link is not held apart: %q", name, line)
			}
		}
		if strings.Count(text, "\u2068") != strings.Count(text, "\u2069") {
			t.Errorf("%s: an isolate stays open: %q", name, text)
		}
	}
}

func TestQuotationsInOtherScriptsAreHeldApart(t *testing.T) {
	w := newWriter(t)
	arabic := "اتفاق على هدنة 72 ساعة في سرت"
	for _, tt := range []struct{ lang, itemLang, title, want string }{
		{"en", "ar", arabic, "\nHeadline (harbourpost.example): \u2068\"" + arabic + "\"\u2069 (in Arabic)."},
		{"ar", "en", "Truce of 72 hours agreed", "\u2068«Truce of 72 hours agreed»\u2069 (بالإنجليزية)."},
		{"ar", "ar", arabic, ": «" + arabic + "»."},
		{"fr", "en", "Truce agreed", "\nTitre (harbourpost.example) : «Truce agreed» (en anglais)."},
	} {
		d := step(news.Claim{Kind: news.Agreement, Quote: tt.title}, tt.title)
		d.Mentions[0].Lang, d.Claims[0].Cite.Lang = tt.itemLang, tt.itemLang
		if got := w.Alert(news.AlertInput{Development: d, Lang: tt.lang}); !strings.Contains(got, tt.want+"\n") {
			t.Errorf("%s of %s: no line of %q ends with %q", tt.lang, tt.itemLang, got, tt.want)
		}
	}
}

func TestTheStoryReadsInFrench(t *testing.T) {
	same(t, newWriter(t).Alert(news.AlertInput{Development: libya(), Standings: libyaStandings(), Lang: "fr"}),
		`**Libye · Pourparlers** – Début d'un nouveau cycle de pourparlers sur un cessez-le-feu entre ANL et GNA, `+
			`chaque partie voyant la médiation séparément (source : MANUL, mercredi 10 juin).`,
		`Vérifié par MANUL : **au moins 19 morts (civils)** à Sirte ; auteur non indiqué. Avancée de GNA repoussée à Sirte `+
			`(source : source du côté de ANL ; jour cité : lundi 8 juin ; affirmation d'une partie ; pas de version de GNA dans cet article).`,
		`État : **en négociation**, aucun cessez-le-feu en vigueur.`,
		`-# Notable · 1 média, 1 origine · [harbourpost.example](<https://harbourpost.example/libya/talks-10>) · résumé automatique · réf. 7K3Q`,
	)
}

func TestTheStoryReadsInArabic(t *testing.T) {
	same(t, firstLine(newWriter(t).Alert(news.AlertInput{Development: libya(), Standings: libyaStandings(), Lang: "ar"})),
		`**ليبيا · محادثات** – بدء جولة جديدة من محادثات وقف إطلاق النار بين الجيش الوطني الليبي وحكومة الوفاق الوطني، مع لقاء كل طرف بالوسيط على حدة `+
			`(المصدر: بعثة الأمم المتحدة للدعم في ليبيا، الأربعاء 10 يونيو).`)
}

func TestAnUnknownLanguageIsEnglish(t *testing.T) {
	w := newWriter(t)
	in := news.AlertInput{Development: libya(), Lang: "xx"}
	same(t, w.Alert(in), w.Alert(news.AlertInput{Development: libya()}))
}

// seen are the runs of a line in the order a reader sees them, from the left, and which
// of them run from left to right.
func seen(t *testing.T, line string) (runs []string, ltr []bool) {
	t.Helper()
	var p bidi.Paragraph
	if _, err := p.SetString(line, bidi.DefaultDirection(bidi.RightToLeft)); err != nil {
		t.Fatal(err)
	}
	order, err := p.Order()
	if err != nil {
		t.Fatal(err)
	}
	for i := range order.NumRuns() {
		run := order.Run(i)
		runs, ltr = append(runs, run.String()), append(ltr, run.Direction() == bidi.LeftToRight)
	}
	return runs, ltr
}

// asShown is a line as a client shows it: no markdown, no addresses.
func asShown(line string) string {
	line = ownLinks.ReplaceAllString(line, "$1")
	return strings.NewReplacer("**", "", "~~", "", "-# ", "").Replace(line)
}

var (
	latin      = regexp.MustCompile(`\p{Latin}`)
	latinStart = regexp.MustCompile(`^[\p{Latin}\d"“«(]`)
)

func TestArabicLinesAreSeenInTheOrderTheyMean(t *testing.T) {
	w := newWriter(t)
	figures := step(news.Claim{
		Kind: news.Casualties, By: news.Speaker{Name: "ICRC"}, Place: "Sirte", Quote: "From 41 to 44 soldiers died and at least 1200 people fled Sirte, the ICRC said",
		Figures: []news.Figure{
			{What: "killed", Min: whole(41), Max: whole(44), Unit: "people", Who: "soldiers"},
			{What: "displaced", Min: whole(1200), Qualifier: news.AtLeast, Unit: "people"},
		},
	}, "From 41 to 44 soldiers dead")
	in := digestInput(corrected(), figures)
	in.Lang = "ar"
	c := libyaCorrection()
	u := news.Update{Reason: news.ReasonCorrected, Item: "courier-1", At: noteDay, Correction: &c}
	for name, text := range map[string]string{
		"alert":   w.Alert(news.AlertInput{Development: corrected(), Standings: libyaStandings(), Lang: "ar"}),
		"figures": w.Alert(news.AlertInput{Development: figures, Lang: "ar"}),
		"reply":   w.Reply(news.AlertInput{Development: corrected(), Update: &u, Lang: "ar"}),
		"digest":  w.Digest(in),
	} {
		if strings.ContainsAny(text, "≥≤<>→←") && strings.ContainsAny(ownLinks.ReplaceAllString(text, ""), "≥≤→←") {
			t.Errorf("%s: a sign that is mirrored:\n%s", name, text)
		}
		for _, line := range strings.Split(text, "\n") {
			runs, ltr := seen(t, asShown(line))
			for i, run := range runs {
				letters := strings.Trim(run, "\u2068\u2069 ")
				if !ltr[i] && latin.MatchString(run) {
					t.Errorf("%s: Latin letters run from right to left: %q of %q", name, run, line)
				}
				if ltr[i] && (hasArabic(run) || letters != "" && !latinStart.MatchString(letters)) {
					t.Errorf("%s: a run that begins or ends elsewhere: %q of %q", name, run, line)
				}
			}
		}
	}
	if got := w.Alert(news.AlertInput{Development: figures, Lang: "ar"}); !strings.Contains(got, "من 41 إلى 44") || !strings.Contains(got, "1200 على الأقل") {
		t.Errorf("figures are not in words of comparison:\n%s", got)
	}
}

func hasArabic(s string) bool {
	return regexp.MustCompile(`\p{Arabic}`).MatchString(s)
}
