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
	text, _ := w.ownWords(s, c)
	return text
}

// precise is a sentence that tells a reader more than a headline would: read with its
// circumstances and saying who or where, or giving figures. It is empty for any other:
// "talks have resumed" is less than the headline it was read from.
func (w *Writer) precise(s setting, c Claim) string {
	text, t := w.ownWords(s, c)
	counted := c.Kind == Casualties && t.has("figures")
	if counted || c.Kind != Statement && (c.Sub != "" || c.Action != "") && w.tells(s, c, t) {
		return text
	}
	return ""
}

// ownWords is the sentence of a claim and the template it was made from.
func (w *Writer) ownWords(s setting, c Claim) (string, template) {
	v := w.claimValues(s, c)
	for _, t := range s.b.templates(c) {
		clause, ok := t.fill(v)
		if !ok {
			continue
		}
		text := w.attribute(s, c, t, upperFirst(clause))
		if w.checkOwn(text, claimProof(s.d, c)) != nil {
			return "", nil
		}
		return text, t
	}
	return "", nil
}

// tells reports whether a template filled for a claim must name a party or an
// arrangement, or names a place or gives figures.
func (w *Writer) tells(s setting, c Claim, t template) bool {
	v := w.claimValues(s, c)
	for _, name := range t.names() {
		switch name {
		case "parties", "any", "actor", "others", "arrangement":
			if t.requires(name) {
				return true
			}
		case "place", "in":
			if v[name] != "" && happensSomewhere(c.Kind) {
				return true
			}
		case "figures":
			if v[name] != "" {
				return true
			}
		case "truce", "plan":
			if v["arrangement"] != "" {
				return true
			}
		}
	}
	return false
}

// happensSomewhere reports whether where it happened is the news of a claim of the kind;
// a truce and what becomes of it are told by whose it is.
func happensSomewhere(k Kind) bool {
	return !slices.Contains([]Kind{Agreement, InEffect, Extension, Violation, Collapse, Expiry}, k)
}

// claimValues are the placeholders of sentences for a claim.
func (w *Writer) claimValues(s setting, c Claim) values {
	b := s.b
	names := w.partyNames(b, w.sides(s.d.Conflict, c.Parties))
	place, in := w.place(b, c.Place, c.Cite.Lang)
	v := values{
		"place": place, "in": in, "outlet": s.b.apart(w.outlet(c.Cite.Outlet)),
		"speaker": w.speaker(b, c.By, c.Cite.Lang),
		"figures": w.figures(b, c, c.Figures, countsOf(c.Kind)), "any": b.list(names),
	}
	if len(names) > 1 {
		v["parties"] = b.list(names)
	}
	w.setActor(s, c, v)
	v["arrangement"] = s.b.apart(w.arrangement(s.d.Conflict, s.d.Arrangement))
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
	sides := w.sides(s.d.Conflict, c.Parties)
	var actor PartyID
	switch {
	case w.isSide(s.d.Conflict, c.By.Party):
		actor = c.By.Party
	case len(sides) == 1 && len(c.Parties) == 1:
		actor = sides[0]
	default:
		return
	}
	v["actor"] = w.party(s.b, actor)
	var others []PartyID
	for _, p := range sides {
		if p != actor {
			others = append(others, p)
		}
	}
	v["others"] = s.b.list(w.partyNames(s.b, others))
}

// sides are those of parties that the catalogue knows as sides of the conflict: a state
// that is a party elsewhere is a third party here.
func (w *Writer) sides(conflict ConflictID, parties []PartyID) []PartyID {
	var out []PartyID
	for _, p := range parties {
		if w.isSide(conflict, p) {
			out = append(out, p)
		}
	}
	return out
}

// isSide reports whether a party is a side of the conflict. Of a conflict that the
// catalogue lacks, every party may be.
func (w *Writer) isSide(conflict ConflictID, p PartyID) bool {
	c, ok := w.cat.Conflict(conflict)
	return p != "" && (!ok || slices.ContainsFunc(c.Parties, func(x Party) bool { return x.ID == p }))
}

// claimQuote is what the item itself puts in quotation marks inside the words of a
// claim. Other words are the outlet's and not given as the speaker's.
func (w *Writer) claimQuote(b *book, c Claim) string {
	if !c.Spoken || c.By.Class == SpeakerMedia {
		return ""
	}
	if said := spoken(c.Quote); said != "" {
		return w.quote(b, said, c.Cite.Lang, maxQuoteWords)
	}
	return ""
}

// attribute adds who says so and when to a clause, unless the clause says it. Of what
// each side says of the other no one side is the source.
func (w *Writer) attribute(s setting, c Claim, t template, clause string) string {
	v := values{"clause": clause, "speaker": w.speaker(s.b, c.By, c.Cite.Lang), "outlet": s.b.apart(w.outlet(c.Cite.Outlet))}
	if c.Sub == subMutual && c.By.Party != "" {
		v["speaker"] = ""
	}
	w.setDays(s, c, t, v)
	itself := c.By.Party != "" && c.By.Class != SpeakerAnonymous && t.has("actor")
	switch {
	case t.has("speaker") || t.has("outlet") || itself && speechAct(c):
		return s.b.text("dated", v)
	case itself && selfTold(c.Kind):
		return s.b.text("said_itself", v)
	case v["speaker"] != "":
		return s.b.text("attributed", v)
	default:
		return s.b.text("attributed_outlet", v)
	}
}

// speechAct reports whether the sentence of a claim is that its actor says something:
// "the army accused the rebels, the army said" says it twice.
func speechAct(c Claim) bool {
	return c.Kind == Violation && slices.Contains([]string{"alleged", subDenial, "admitted"}, c.Sub) || c.Sub == subDenial
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
// sentence is empty where the headline says it better: where the desk is not sure of
// the kind, and where no claim was read precisely and the headline may be repeated in
// the reader's own language.
func (w *Writer) lead(s setting) (Claim, string) {
	candidates := slices.Clone(leadClaims(s.d))
	if len(candidates) == 0 {
		return Claim{}, ""
	}
	slices.SortStableFunc(candidates, func(x, y Claim) int { return leadRank(y) - leadRank(x) })
	if s.d.Certainty != CertaintyHigh {
		return candidates[0], ""
	}
	for _, way := range w.ways(s, candidates[0]) {
		for _, c := range candidates {
			if c.Kind != s.d.Kind() {
				continue // the label would say one thing and the sentence another
			}
			if c.Kind == Statement && !w.namesSpeaker(s.b, c.By, c.Cite.Lang) {
				continue // "an official called for restraint" tells less than the headline
			}
			if text := way(s, c); text != "" {
				return c, text
			}
		}
	}
	return candidates[0], ""
}

// ways are how the claims about an item may be put in own words, the better way first.
func (w *Writer) ways(s setting, c Claim) []func(setting, Claim) string {
	if w.headlineServes(s, c) {
		return []func(setting, Claim) string{w.precise}
	}
	return []func(setting, Claim) string{w.precise, w.sentence}
}

// headlineServes reports whether the headline of a claim's item, or where it has none
// the words of the claim, may be repeated and are in the reader's language.
func (w *Writer) headlineServes(s setting, c Claim) bool {
	for _, m := range s.d.Mentions {
		if m.Item == c.Cite.Item || c.Cite.Item == "" {
			words := m.Title
			if words == "" {
				words = c.Quote
			}
			return (m.Lang == "" || m.Lang == s.b.Lang) && w.quoteAbout(s, words, m.Lang, maxQuoteWords) != ""
		}
	}
	return false
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

// leadRank orders claims for the first line: by grade and by how much is known. The
// earlier claim wins a tie, so that a post does not change its first line without
// need.
func leadRank(c Claim) int {
	rank := 0
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

// headline is the headline of a claim's item with who carries it, when, and whom it
// cites: what is told where the fields do not suffice for an own sentence.
func (w *Writer) headline(s setting, c Claim, limit int) string {
	v, title := values{"outlet": s.b.apart(w.outlet(c.Cite.Outlet))}, ""
	at := c.Cite.At
	for _, m := range s.d.Mentions {
		if m.Item == c.Cite.Item || c.Cite.Item == "" {
			v["outlet"], at, title = s.b.apart(w.outlet(m.Outlet)), m.At, m.Title
			v["quote"] = w.quoteAbout(s, m.Title, m.Lang, limit)
			break
		}
	}
	if v["outlet"] == "" {
		v["outlet"] = s.b.Speakers[SpeakerMedia]
	}
	if v["quote"] == "" && c.Quote != "" {
		v["quote"] = w.quoteAbout(s, c.Quote, c.Cite.Lang, limit)
	}
	if !at.IsZero() {
		v["on"] = s.b.text("on_day", values{"day": s.b.day(at.In(s.zone), s.about)})
	}
	if v["quote"] == "" || !w.names.saysWho(v["quote"], c.By, w.index) {
		v["speaker"] = w.cited(s.b, c.By, c.Cite.Lang)
	}
	name := "outlet_reports"
	switch {
	case v["quote"] == "" && title == "":
		name = "outlet_report_plain"
	case v["quote"] == "":
		name = "outlet_report_unquoted"
	}
	return upperFirst(s.b.text(name, v))
}

// cited is whom a headline cites, where that says something.
func (w *Writer) cited(b *book, s Speaker, lang string) string {
	if s.Class == SpeakerAnonymous || w.namesSpeaker(b, s, lang) {
		return w.speaker(b, s, lang)
	}
	return ""
}
