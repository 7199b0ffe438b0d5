package news_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"trucewire/config"
	"trucewire/news"
)

// harmFrames put a sentence where an item may have it: as headline, in the text, as
// what somebody is quoted with.
func harmFrames(r harmRow) map[string]news.Item {
	neutral := map[string][2]string{
		"en": {"Sudan: army and RSF accuse each other of violating truce", "The Sudanese army and the Rapid Support Forces agreed to a 24-hour ceasefire in Khartoum on Tuesday. "},
		"fr": {"Soudan : l'armée et les FSR s'accusent de violer la trêve", "L'armée soudanaise et les Forces de soutien rapide ont conclu mardi un cessez-le-feu de 24 heures à Khartoum. "},
		"ar": {"السودان: الجيش وقوات الدعم السريع يتبادلان الاتهامات بخرق الهدنة", "اتفق الجيش السوداني وقوات الدعم السريع على وقف لإطلاق النار لمدة 24 ساعة في الخرطوم. "},
	}[r.lang]
	quoted := map[string]string{"en": `"` + r.sentence + `", the Sudanese army said.`, "fr": "« " + r.sentence + " », a déclaré l'armée soudanaise.", "ar": "وقال الجيش السوداني: «" + r.sentence + "»."}[r.lang]
	frames := make(map[string]news.Item)
	for name, parts := range map[string][2]string{
		"headline": {r.sentence, neutral[1]},
		"text":     {neutral[0], neutral[1] + r.sentence}, "text alone": {"", r.sentence}, "quote": {neutral[0], neutral[1] + quoted},
	} {
		it := harbourItem()
		it.Title, it.Text, it.Lang = parts[0], parts[1], r.lang
		frames[name] = it
	}
	return frames
}

// harmDevelopments are what the desk makes of the sentence, and what it might make of
// it at worst: claims of kinds that quote, with the sentence as evidence and what must
// not be repeated as the speaker.
func harmDevelopments(t *testing.T, desk func() *news.Desk, r harmRow) map[string]news.Development {
	t.Helper()
	out := make(map[string]news.Development)
	for name, it := range harmFrames(r) {
		for _, d := range desk().File([]news.Item{it}, it.Published).Developments {
			out[name+"/"+string(d.ID)] = d
		}
		if name != "headline" && name != "text" {
			continue
		}
		for _, kind := range []news.Kind{news.Statement, news.Escalation} {
			c := news.Claim{
				Kind: kind, Quote: r.sentence, Spoken: true, Day: "2020-06-10", Sub: news.Subs(kind)[0],
				By: news.Speaker{Name: r.leaks[0], Class: news.SpeakerState},
			}
			d := step(c, it.Title)
			d.Claims[0].Cite.Lang, d.Mentions[0].Lang = r.lang, r.lang
			out[name+"/worst/"+string(kind)] = d
		}
	}
	return out
}

func TestNothingThatHarmsIsRepeated(t *testing.T) {
	c, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	reader, err := news.NewReader(c.News)
	if err != nil {
		t.Fatal(err)
	}
	desk := func() *news.Desk { return news.NewDesk(c.News, reader) }
	w := newWriter(t)
	counts := make(map[string]int)
	every := 4 // of the other texts that a sentence can come into; TRUCEWIRE_LONG takes all
	if os.Getenv("TRUCEWIRE_LONG") != "" {
		every = 1
	}
	for i, r := range harmRows() {
		counts[r.lang]++
		developments := harmDevelopments(t, desk, r)
		for j, name := range slices.Sorted(maps.Keys(developments)) {
			d := developments[name]
			for _, lang := range w.Languages() {
				if lang != r.lang && !strings.HasPrefix(name, "headline") {
					continue
				}
				checkHarmless(t, r, w.Alert(news.AlertInput{Development: d, Lang: lang}), lang+"/alert/"+name)
			}
			if (i+j)%every != 0 {
				continue
			}
			for kind, text := range textsOf(w, d, r.lang) {
				checkHarmless(t, r, text, kind+"/"+name)
			}
		}
	}
	if counts["en"] < 110 || counts["ar"] < 20 || counts["fr"] < 20 {
		t.Errorf("the table shrank: %v", counts)
	}
}

// textsOf are the other texts that a development can come into.
func textsOf(w *news.Writer, d news.Development, lang string) map[string]string {
	in := digestInput(d)
	in.Lang = lang
	u := news.Update{Reason: news.ReasonConfirmed, Item: d.Mentions[0].Item, At: d.ChangedAt}
	denied := u
	denied.Reason = news.ReasonDenied
	return map[string]string{
		"beside": w.Alert(news.AlertInput{Development: libya(), Also: []news.Development{d}, Lang: lang}),
		"reply":  w.Reply(news.AlertInput{Development: d, Update: &u, Lang: lang}),
		"denied": w.Reply(news.AlertInput{Development: d, Update: &denied, Lang: lang}),
		"digest": w.Digest(in),
		"latest": w.Latest(news.LatestInput{Developments: []news.Development{d}, Now: noteDay, Lang: lang}),
	}
}

// standsIn reports whether a leak stands in text in whatever case, not inside a word.
func standsIn(text, leak string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], leak)
		if at < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+at])
		after, _ := utf8.DecodeRuneInString(text[from+at+len(leak):])
		first, _ := utf8.DecodeRuneInString(leak)
		if !unicode.IsLetter(first) || !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		from += at + len(leak)
	}
}

// checkHarmless looks for what must not be repeated, in any case, outside addresses.
func checkHarmless(t *testing.T, r harmRow, text, where string) {
	t.Helper()
	folded := strings.ToLower(ownLinks.ReplaceAllString(text, "$1"))
	for _, leak := range r.leaks {
		if standsIn(folded, strings.ToLower(leak)) {
			t.Errorf("%s: %q of %q is repeated:\n%s", where, leak, r.sentence, text)
			return
		}
	}
}
