package news

import (
	"slices"
	"time"
)

// setting is what all sentences of one text share.
type setting struct {
	b     *book
	zone  *time.Location
	about time.Time // the year of days is left out where it is this one's
	d     Development
}

// zoneOr is the zone, or UTC.
func zoneOr(z *time.Location) *time.Location {
	if z == nil {
		return time.UTC
	}
	return z
}

// dayLayout is how Claim.Day is written.
const dayLayout = "2006-01-02"

// sentence is a claim in the bot's own words with who says so and when. It is empty
// where the fields do not suffice, or where it fails the check against what the claim
// cites.
func (w *Writer) sentence(s setting, c Claim) string {
	v := w.claimValues(s, c)
	for _, t := range s.b.templates(c) {
		clause, ok := t.fill(v)
		if !ok {
			continue
		}
		text := w.attribute(s, c, t, upperFirst(clause))
		if w.checkOwn(text, claimProof(s.d, c)) != nil {
			return ""
		}
		return text
	}
	return ""
}

// claimValues are the placeholders of sentences for a claim.
func (w *Writer) claimValues(s setting, c Claim) values {
	b := s.b
	names := w.partyNames(b, c.Parties)
	place, in := w.place(b, c.Place, c.Cite.Lang)
	v := values{
		"place": place, "in": in, "outlet": w.outlet(c.Cite.Outlet),
		"speaker": w.speaker(b, c.By, c.Cite.Lang),
		"figures": w.figures(b, c, c.Figures, nil), "any": b.list(names),
	}
	if len(names) > 1 {
		v["parties"] = b.list(names)
	}
	w.setActor(s, c, v)
	v["arrangement"] = w.arrangement(s.d.Conflict, s.d.Arrangement)
	v["plan"], v["truce"] = b.Texts["plan"], b.Texts["truce"]
	switch {
	case v["arrangement"] != "":
		v["arrangement"] = b.text("article", values{"name": v["arrangement"]})
		v["plan"], v["truce"] = v["arrangement"], v["arrangement"]
	case v["parties"] != "":
		v["truce"] = b.text("truce_between", v)
	}
	if day, coming := w.comingDay(s, c); coming {
		v["on"] = b.text("on_day", values{"day": day})
	}
	v["quote"] = w.claimQuote(b, c)
	return v
}

// setActor sets who acts and who else is in the claim.
func (w *Writer) setActor(s setting, c Claim, v values) {
	actor := c.By.Party
	if actor == "" && len(c.Parties) == 1 {
		actor = c.Parties[0]
	}
	if actor == "" {
		return
	}
	v["actor"] = w.party(s.b, actor)
	var others []PartyID
	for _, p := range c.Parties {
		if p != actor {
			others = append(others, p)
		}
	}
	v["others"] = s.b.list(w.partyNames(s.b, others))
}

// claimQuote is the words of a claim for quotation: what the item itself puts in
// quotation marks, or else the sentence of the evidence. Unspoken words of a speaker
// are the outlet's and not given as theirs.
func (w *Writer) claimQuote(b *book, c Claim) string {
	if !c.Spoken {
		return ""
	}
	if said := spoken(c.Quote); said != "" {
		return w.quote(b, said, c.Cite.Lang, maxQuoteWords)
	}
	return w.quote(b, c.Quote, c.Cite.Lang, maxQuoteWords)
}

// attribute adds who says so and when to a clause, unless the clause says it.
func (w *Writer) attribute(s setting, c Claim, t template, clause string) string {
	v := values{"clause": clause, "speaker": w.speaker(s.b, c.By, c.Cite.Lang), "outlet": w.outlet(c.Cite.Outlet)}
	w.setDays(s, c, t, v)
	switch {
	case t.has("quote") && v["speaker"] != "":
		return clause
	case t.has("speaker") || t.has("outlet"):
		return s.b.text("dated", v)
	case c.By.Party != "" && t.has("actor") && selfTold(c.Kind):
		return s.b.text("said_itself", v)
	case v["speaker"] != "":
		return s.b.text("attributed", v)
	default:
		return s.b.text("attributed_outlet", v)
	}
}

// selfTold reports whether a party's own word is the act itself: saying "the army
// accepted, the army said" tells nothing more.
func selfTold(k Kind) bool {
	return slices.Contains([]Kind{Acceptance, Rejection, Statement}, k)
}

// setDays sets on, named and reported: the day of the statement where it is that of
// the item, otherwise the day that the item names, and the day of the report.
func (w *Writer) setDays(s setting, c Claim, t template, v values) {
	at := c.Cite.At.In(s.zone)
	if c.Cite.At.IsZero() {
		return
	}
	published := s.b.day(at, s.about)
	day, err := time.Parse(dayLayout, c.Day)
	if c.Day == "" || err != nil {
		v["reported"] = s.b.text("reported_on", values{"day": published})
		if v["speaker"] == "" {
			v["reported"], v["on"] = "", s.b.text("on_day", values{"day": published})
		}
		return
	}
	switch {
	case c.Day == at.Format(dayLayout) || c.Day == c.Cite.At.UTC().Format(dayLayout):
		v["on"] = s.b.text("on_day", values{"day": s.b.day(day, s.about)})
	case t.has("on") && c.Day > at.Format(dayLayout):
	default:
		v["named"] = s.b.day(day, s.about)
	}
}

// comingDay is the claim's day if it lies after the item: then it can only be that of
// what is announced.
func (w *Writer) comingDay(s setting, c Claim) (string, bool) {
	day, err := time.Parse(dayLayout, c.Day)
	if err != nil || c.Cite.At.IsZero() || c.Day <= c.Cite.At.In(s.zone).Format(dayLayout) {
		return "", false
	}
	return s.b.day(day, s.about), true
}

// lead is the claim that a text of the development opens with, and its sentence. The
// sentence is empty where no claim can be put in own words; then the claim is the
// first main one of the development's kind.
func (w *Writer) lead(s setting) (Claim, string) {
	best, text, rank := Claim{}, "", -1
	for _, c := range leadClaims(s.d) {
		t := w.sentence(s, c)
		r := leadRank(c, t)
		if r > rank {
			best, text, rank = c, t, r
		}
	}
	return best, text
}

// leadClaims are the claims that may open a text: the main ones of the main kind, or
// else the main ones, or else all.
func leadClaims(d Development) []Claim {
	var ofKind, main []Claim
	for _, c := range d.Claims {
		if c.Kind == d.Kind() && (c.Main || !d.Main) {
			ofKind = append(ofKind, c)
		}
		if c.Main {
			main = append(main, c)
		}
	}
	switch {
	case len(ofKind) > 0:
		return ofKind
	case len(main) > 0:
		return main
	default:
		return d.Claims
	}
}

// leadRank orders claims for the first line: first what can be said in own words,
// then by grade, then by how much is known. The earlier claim wins a tie, so that a
// post does not change its first line without need.
func leadRank(c Claim, sentence string) int {
	rank := 0
	if sentence != "" {
		rank += 100
	}
	switch c.Grade {
	case Verified, Corroborated:
		rank += 30
	case Stated:
		rank += 20
	case Claimed:
		rank += 10
	}
	if c.Sub != "" || c.Action != "" {
		rank += 15
	}
	if len(c.Parties) > 1 {
		rank += 4
	}
	if c.Place != "" {
		rank++
	}
	if c.Day != "" {
		rank++
	}
	return rank
}

// headline is "Outlet reports: …" with the quoted headline of a claim's item.
func (w *Writer) headline(s setting, c Claim, limit int) string {
	outlet, title := w.outlet(c.Cite.Outlet), ""
	for _, m := range s.d.Mentions {
		if m.Item == c.Cite.Item || c.Cite.Item == "" {
			outlet, title = w.outlet(m.Outlet), m.Title
			if q := w.quote(s.b, title, m.Lang, limit); q != "" {
				return s.b.text("outlet_reports", values{"outlet": outlet, "quote": q})
			}
		}
	}
	if c.Quote != "" {
		if q := w.quote(s.b, c.Quote, c.Cite.Lang, limit); q != "" {
			return s.b.text("outlet_reports", values{"outlet": outlet, "quote": q})
		}
	}
	if outlet == "" {
		outlet = s.b.Speakers[SpeakerMedia]
	}
	return upperFirst(s.b.text("outlet_report_unquoted", values{"outlet": outlet}))
}
