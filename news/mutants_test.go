package news_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"trucewire/news"
)

// mutant is a text of which one thing was changed.
type mutant struct{ what, text string }

// mutants change one number, day, hour, name or quoted word of a text at a time, all of
// them in turn. Lines in small letters are the bot's own counts; of them the links
// change.
func mutants(text string, names []string) []mutant {
	var out []mutant
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		for _, m := range mutateLine(line, names) {
			changed := append(append([]string{}, lines[:i]...), m.text)
			out = append(out, mutant{m.what, strings.Join(append(changed, lines[i+1:]...), "\n")})
		}
	}
	return out
}

var (
	someNumber = regexp.MustCompile(`\d+`)
	someQuote  = regexp.MustCompile(`"[^"]+"|“[^”]+”|«[^»]+»`)
	someWord   = regexp.MustCompile(`[\p{L}\p{N}]+`)
)

func mutateLine(line string, names []string) []mutant {
	var out []mutant
	replace := func(what string, from, to int, with string) {
		out = append(out, mutant{what + " " + line[from:to] + " → " + with, line[:from] + with + line[to:]})
	}
	links := ownLinks.FindAllStringIndex(line, -1)
	inLink := func(at int) bool {
		for _, l := range links {
			if at >= l[0] && at < l[1] {
				return true
			}
		}
		return false
	}
	small := strings.HasPrefix(line, "-# ")
	for _, at := range someNumber.FindAllStringIndex(line, -1) {
		if n, err := strconv.Atoi(line[at[0]:at[1]]); err == nil && !small && !inLink(at[0]) {
			replace("number", at[0], at[1], strconv.Itoa(n+3))
			replace("number", at[0], at[1], strconv.Itoa(n*7+40))
			replace("number", at[0], at[1], strconv.Itoa(n+500))
		}
	}
	for _, name := range names {
		for _, at := range regexp.MustCompile(regexp.QuoteMeta(name)).FindAllStringIndex(line, -1) {
			if small && !inLink(at[0]) {
				continue
			}
			for _, other := range []string{"Norvia", "RSF", "Salma Idris", "قطر"} {
				replace("name", at[0], at[1], other)
			}
		}
	}
	for _, q := range someQuote.FindAllStringIndex(line, -1) {
		for _, at := range someWord.FindAllStringIndex(line[q[0]:q[1]], -1) {
			replace("quoted word", q[0]+at[0], q[0]+at[1], "peace")
		}
	}
	return out
}

// mutationCase is a text and what it names.
type mutationCase struct {
	lang, text string
	items      []news.Item
	names      []string
}

// mutationCases are texts of every form in every language.
func mutationCases(w *news.Writer) []mutationCase {
	both := []news.Item{harbourItem(), courierItem()}
	names := map[string][]string{
		"en": {"GNA", "LNA", "UNSMIL", "Sirte", "harbourpost.example", "courier.example", "Libya"},
		"fr": {"GNA", "ANL", "MANUL", "Sirte", "harbourpost.example", "courier.example", "Libye"},
		"ar": {"حكومة الوفاق الوطني", "الجيش الوطني الليبي", "بعثة الأمم المتحدة للدعم في ليبيا", "harbourpost.example", "courier.example"},
	}
	var out []mutationCase
	for _, lang := range w.Languages() {
		quoting := step(news.Claim{Kind: news.Statement, Quote: harbourTitle}, harbourTitle)
		titled := step(news.Claim{Kind: news.Casualties, Quote: courierTitle, Cite: citeOf(courierItem())}, courierTitle)
		c := libyaCorrection()
		texts := []string{
			w.Alert(news.AlertInput{Development: libya(), Standings: libyaStandings(), Lang: lang}),
			w.Alert(news.AlertInput{Development: corrected(), Standings: libyaStandings(), Lang: lang}),
			w.Alert(news.AlertInput{Development: quoting, Lang: lang}), w.Alert(news.AlertInput{Development: titled, Lang: lang}),
		}
		for _, reason := range []news.Reason{news.ReasonConfirmed, news.ReasonDenied, news.ReasonCorrected} {
			u := news.Update{Reason: reason, Item: "courier-1", At: noteDay, Correction: &c}
			texts = append(texts, w.Reply(news.AlertInput{Development: corrected(), Update: &u, Lang: lang}))
		}
		in := digestInput(corrected(), quoting)
		in.Lang = lang
		texts = append(texts, w.Digest(in))
		for _, text := range texts {
			out = append(out, mutationCase{lang, text, both, names[lang]})
		}
	}
	return out
}

func TestTheSelfCheckCatchesEveryMutation(t *testing.T) {
	w := newWriter(t)
	tried := make(map[string]int)
	for _, c := range mutationCases(w) {
		if err := w.Check(c.text, c.items); err != nil {
			t.Errorf("%s: the text itself fails: %v\n%s", c.lang, err, c.text)
			continue
		}
		for _, m := range mutants(c.text, c.names) {
			what, _, _ := strings.Cut(m.what, " ")
			tried[what]++
			if w.Check(m.text, c.items) == nil {
				t.Errorf("%s: %s was not caught:\n%s", c.lang, m.what, m.text)
			}
		}
	}
	for what, least := range map[string]int{"number": 120, "name": 600, "quoted": 150} {
		if tried[what] < least {
			t.Errorf("only %d mutations of a %s were tried, not %d", tried[what], what, least)
		}
	}
	t.Logf("mutations tried: %v", tried)
}

func TestTheSelfCheckKnowsTheDaysOfAZone(t *testing.T) {
	w := newWriter(t)
	it := harbourItem()
	it.Published = time.Date(2020, 6, 10, 23, 30, 0, 0, time.UTC)
	east := time.FixedZone("EAT", 3*3600)
	if err := w.CheckIn("UNSMIL said on Thu 11 Jun.", []news.Item{it}, east); err != nil {
		t.Error(err)
	}
	if err := w.CheckIn("UNSMIL said on Fri 12 Jun.", []news.Item{it}, east); err == nil {
		t.Error("a day that no item has in the zone was let through")
	}
}
