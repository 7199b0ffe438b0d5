package news_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"trucewire/config"
	"trucewire/news"
)

// full is a claim with every field that a sentence may want.
func full(k news.Kind, sub string) news.Claim {
	return news.Claim{
		Kind: k, Sub: sub, Main: true, By: news.Speaker{Name: "GNA", Party: "ly-gna", Class: news.SpeakerParty}, Grade: news.Claimed,
		Parties: []news.PartyID{"ly-gna", "ly-lna"}, Place: "Sirte", Day: "2020-06-10", Spoken: true,
		Quote:   `"We have said what there is to say here", GNA told reporters of 19 people`,
		Figures: []news.Figure{{What: "killed", Min: whole(19), Qualifier: news.AtLeast, Unit: "people", Who: "civilians"}},
	}
}

// bare is a claim of which only the kind was read.
func bare(k news.Kind, sub string) news.Claim {
	return news.Claim{Kind: k, Sub: sub, Main: true, Grade: news.Reported, Quote: "Word came from the coast"}
}

func languages(t testing.TB) []string {
	t.Helper()
	return newWriter(t).Languages()
}

func TestEverySentenceOfEveryBookStandsUp(t *testing.T) {
	w := newWriter(t)
	for _, lang := range languages(t) {
		for _, k := range news.Kinds() {
			for _, sub := range slices.Concat(news.Subs(k), news.CommonSubs(), []string{""}) {
				t.Run(lang+"/"+string(k)+"/"+sub, func(t *testing.T) {
					for _, c := range []news.Claim{full(k, sub), bare(k, sub)} {
						d := step(c, "Word from the coast on the truce")
						line := firstLine(w.Alert(news.AlertInput{Development: d, Lang: lang}))
						checkLine(t, line)
					}
					d := abroad(step(full(k, sub), "Word from the coast on the truce"))
					d.Claims[0].Quote = strings.ReplaceAll(d.Claims[0].Quote, "reporters", "reporters of LNA in Sirte")
					if line := firstLine(w.Alert(news.AlertInput{Development: d, Lang: lang})); sub != "" && sub != "expected" && strings.Contains(line, "Word from the coast") {
						t.Errorf("a claim with every field fell back to the headline: %s", line)
					}
				})
			}
		}
	}
}

func checkLine(t *testing.T, line string) {
	t.Helper()
	if line == "" || strings.ContainsAny(line, "{}≥≤→!") || strings.Contains(line, "  ") || strings.Contains(line, " .") ||
		strings.Contains(line, "..") || strings.Contains(line, " ,") {
		t.Errorf("badly formed: %q", line)
	}
	if n := utf8.RuneCountInString(line); n > 400 {
		t.Errorf("%d characters: %q", n, line)
	}
}

func TestFirstSeventyCharactersNameConflictAndEvent(t *testing.T) {
	w := newWriter(t)
	c, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range languages(t) {
		for _, conflict := range c.News.Conflicts {
			for _, k := range news.Kinds() {
				d := step(bare(k, ""), "Word from the coast")
				d.Conflict, d.Severity = conflict.ID, news.Critical
				head, _, ok := strings.Cut(w.Alert(news.AlertInput{Development: d, Lang: lang}), "** – ")
				if n := utf8.RuneCountInString(strings.ReplaceAll(head, "*", "")); !ok || n > 70 {
					t.Errorf("%s: the heading takes %d characters: %q", lang, n, head)
				}
			}
		}
	}
}

func TestBooksHaveTheSamePlaceholdersAsTheEnglishOne(t *testing.T) {
	c, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	english := c.News.Phrases["en"]
	for lang, b := range c.News.Phrases {
		for name, text := range english.Texts {
			for _, p := range placeholders(text) {
				if optional := !slices.Contains(placeholders(required(text)), p); !optional && !strings.Contains(b.Texts[name], "{"+p+"}") && p != "weekday" {
					t.Errorf("%s: texts.%s lacks {%s}", lang, name, p)
				}
			}
			for _, p := range placeholders(b.Texts[name]) {
				if !strings.Contains(text, "{"+p+"}") {
					t.Errorf("%s: texts.%s has {%s}, which nothing fills", lang, name, p)
				}
			}
		}
		for name := range b.Texts {
			if _, ok := english.Texts[name]; !ok {
				t.Errorf("%s: texts.%s is not used", lang, name)
			}
		}
	}
}

// required is a template without its optional parts.
func required(text string) string {
	for {
		open := strings.LastIndex(text, "[")
		if open < 0 {
			return text
		}
		end := strings.Index(text[open:], "]")
		text = text[:open] + text[open+end+1:]
	}
}

func placeholders(text string) []string {
	var out []string
	for {
		_, rest, ok := strings.Cut(text, "{")
		if !ok {
			return out
		}
		name, after, _ := strings.Cut(rest, "}")
		out, text = append(out, name), after
	}
}

// hostile draws text of a feed that tries to leave its place in a message.
func hostile() *rapid.Generator[string] {
	token := rapid.SampledFrom([]string{
		"@everyone", "@here", "@\u200beveryone", "<@123>", "<@&9>", "<#1>", "</ask:1>", "<:e:1>", "<t:1:R>", "https://evil.example/a",
		"http://x.example", "[a](https://evil.example)", "[a](<https://evil.example>)", "discord.gg/x", "www.evil.example", "**", "__", "~~", "||",
		"```", "`", "\n", "\n> ", "\n# ", "\n-# ", "\\", "\u202e", "\u2066", "\u2069", "\u0335\u0335\u0335\u0335\u0335\u0335", `"`, "“", "”", "«", "»", "](<", ">)", "]",
		"truce", "talks", "Sirte", "19", "dead", "هدنة", "سرت", "停火", "!", "🇱🇾", "\x00", "\xff", ":smile:", "@", "<", ">", "{party}", "[x]",
	})
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(token, token, rapid.String()), 0, 25).Draw(t, "parts")
		return strings.Join(parts, rapid.SampledFrom([]string{" ", "", " and "}).Draw(t, "glue"))
	})
}

// drawn is a development of which everything that a feed can write is hostile.
func drawn(t *rapid.T) news.Development {
	d := corrected()
	d.Severity = news.Severity(rapid.IntRange(0, 4).Draw(t, "severity"))
	d.Conflict = rapid.SampledFrom([]news.ConflictID{"libya", "sudan", "gaza", "nowhere", ""}).Draw(t, "conflict")
	d.Claims, d.Mentions = nil, nil
	kinds := append(news.Kinds(), "", "unheard-of")
	for i := range rapid.IntRange(1, 6).Draw(t, "items") {
		it := harbourItem()
		it.ID = news.ItemID(rune('a' + i))
		it.Outlet = news.OutletID(hostile().Draw(t, "outlet"))
		it.URL = "https://ours.example/" + hostile().Draw(t, "path")
		it.Lang = rapid.SampledFrom([]string{"en", "ar", "fr", ""}).Draw(t, "lang")
		k := rapid.SampledFrom(kinds).Draw(t, "kind")
		c := news.Claim{
			Kind: k, Main: i == 0 || rapid.Bool().Draw(t, "main"), Cite: citeOf(it), Quote: hostile().Draw(t, "quote"),
			Sub: rapid.SampledFrom(slices.Concat(news.Subs(k), news.CommonSubs(), []string{"", "unheard-of"})).Draw(t, "sub"), Spoken: rapid.Bool().Draw(t, "spoken"),
			By:    news.Speaker{Name: hostile().Draw(t, "by"), Class: news.SpeakerState},
			Place: hostile().Draw(t, "place"), Day: rapid.SampledFrom([]string{"", "2020-06-10", "2020-07-01", "x"}).Draw(t, "day"),
			Parties: rapid.SliceOf(rapid.SampledFrom([]news.PartyID{"ly-gna", "ly-lna", "sd-rsf", "nobody"})).Draw(t, "parties"),
		}
		for range rapid.IntRange(0, 3).Draw(t, "figures") {
			c.Figures = append(c.Figures, news.Figure{
				What: rapid.SampledFrom([]string{"killed", "injured", "x"}).Draw(t, "what"), Min: whole(rapid.IntRange(-1, 1_000_000).Draw(t, "n")),
				Unit: rapid.SampledFrom([]string{"people", "", "x"}).Draw(t, "unit"), Who: hostile().Draw(t, "who"), By: hostile().Draw(t, "figure by"),
			})
		}
		d.Claims = append(d.Claims, c)
		d.Mentions = append(d.Mentions, news.Mention{Cite: c.Cite, Main: c.Main, Origin: string(it.ID), Title: hostile().Draw(t, "title"), Kinds: []news.Kind{k}})
		if i == 0 {
			d.Kinds = []news.Kind{k}
		}
	}
	d.Corrections[0].Per = hostile().Draw(t, "per")
	d.Ref = hostile().Draw(t, "ref")
	return d
}

func TestNothingOfAFeedLeavesItsPlace(t *testing.T) {
	w := newWriter(t)
	langs := languages(t)
	rapid.Check(t, func(t *rapid.T) {
		d := drawn(t)
		lang := rapid.SampledFrom(langs).Draw(t, "language")
		alert := w.Alert(news.AlertInput{Development: d, Standings: libyaStandings(), Lang: lang})
		reason := rapid.SampledFrom([]news.Reason{
			news.ReasonConfirmed, news.ReasonDenied, news.ReasonCorrected, news.ReasonRetracted, news.ReasonDeadline, news.ReasonAdds,
		}).Draw(t, "reason")
		u := news.Update{Reason: reason, Item: "a", At: noteDay}
		reply := w.Reply(news.AlertInput{Development: d, Update: &u, Lang: lang})
		in := digestInput(d, d, d)
		in.Lang = lang
		digest := w.Digest(in)
		status := w.Status(news.StatusInput{Conflicts: []news.ConflictID{d.Conflict}, Developments: []news.Development{d}, Standings: libyaStandings(), Now: noteDay, Lang: lang})
		latest := w.Latest(news.LatestInput{Developments: []news.Development{d}, Now: noteDay, Lang: lang})
		for _, x := range []struct {
			name, text string
			raw, seen  int
		}{
			{"alert", alert, 2000, 600}, {"reply", reply, 2000, 400}, {"digest", digest, 1200, 1200}, {"status", status, 1900, 1900}, {"latest", latest, 1900, 1900},
		} {
			harmless(t, x.name, x.text)
			if n := utf8.RuneCountInString(x.text); n > x.raw || x.text == "" {
				t.Fatalf("%s has %d characters:\n%s", x.name, n, x.text)
			}
			if n := seenRunes(x.text); n > x.seen {
				t.Fatalf("%s has %d visible characters:\n%s", x.name, n, x.text)
			}
		}
		if strings.Count(alert, "\n") > 3 {
			t.Fatalf("a feed broke a line:\n%s", alert)
		}
	})
}
