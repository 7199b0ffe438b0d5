package news

import (
	"slices"
	"strconv"
	"strings"
)

// The needs of an alert's pieces, the most dispensable last.
const (
	needAlways = iota
	needCorrection
	needStatus
	needHarm
	needOtherSide
	needQuote
	needMoreHarm
	needPositions
	needUnknown
	needBeside
)

// The lines of an alert.
const (
	lineNew = iota
	lineHarm
	lineStatus
	lineFoot
)

// Alert is what a channel reads for a development: what is new with who says so and
// when; harm and the other side's account; status and unknowns; coverage, links, label
// and reference. It keeps within 600 visible characters. It is empty only where the
// view sees no item of the development.
func (w *Writer) Alert(in AlertInput) string {
	d := in.Development.FoldedFor(in.View)
	if len(d.Mentions) == 0 && len(d.Claims) == 0 {
		return ""
	}
	s := setting{b: w.book(in.Lang), zone: zoneOr(in.Zone), about: d.ChangedAt, d: d}
	lead, text := w.lead(s)
	pieces := w.harmPieces(s, lead, text)
	pieces = untold(pieces, w.besidePieces(s, lead, in.Also, in.View))
	pieces = append(pieces, w.statusPieces(s, lead, in.Standings, in.View)...)
	pieces = append(pieces, w.footPieces(s, lead)...)
	for _, limit := range []int{maxQuoteWords, 15, 8} {
		first := text
		if first == "" {
			first = w.headline(s, lead, limit)
		}
		out := fit(append([]piece{{lineNew, needAlways, w.heading(s, lead, first)}}, pieces...), within(maxAlertRunes))
		if within(maxAlertRunes)(out) {
			return out
		}
	}
	return w.bareAlert(s, lead)
}

// bareAlert is what is left where even a short quotation does not fit.
func (w *Writer) bareAlert(s setting, lead Claim) string {
	none := s.b.text("outlet_report_unquoted", values{"outlet": s.b.Speakers[SpeakerMedia]})
	return fit([]piece{
		{lineNew, needAlways, w.heading(s, lead, upperFirst(none))},
		{lineFoot, needAlways, w.foot(s, w.links(s.b, s.d, lead, 1))},
	}, within(maxAlertRunes))
}

// heading is the first line: conflict and kind in bold, and what is new. A reader of
// the first 70 characters knows both.
func (w *Writer) heading(s setting, lead Claim, text string) string {
	name := "heading"
	if s.d.Certainty == CertaintyHigh && s.d.Unconfirmed(nil) {
		name = "heading_unconfirmed"
	}
	return s.b.text(name, values{
		"conflict": w.conflict(s.b, s.d.Conflict), "label": s.b.labelOf(s.d),
		"text": w.struck(s, stop(text)),
	})
}

// struck strikes values that were corrected, wherever a sentence still has them.
func (w *Writer) struck(s setting, text string) string {
	for _, c := range s.d.Corrections {
		was := feedName(c.Was, maxValueRunes)
		if was == "" {
			continue
		}
		at := strings.Index(text, was)
		if at < 0 || strings.Contains(text, "~~"+was) || !wholeWords(text, at, len(was)) {
			continue
		}
		text = text[:at] + "~~" + was + "~~" + text[at+len(was):]
	}
	return text
}

// wholeWords reports whether text[at:at+n] does not begin or end inside a word, and
// stands outside a link and a quotation.
func wholeWords(text string, at, n int) bool {
	before, after := " "+text[:at], text[at+n:]+" "
	if isWord(before[len(before)-1:]) || isWord(after[:1]) {
		return false
	}
	return strings.Count(before, "\"")%2 == 0 && strings.Count(before, "](<") == strings.Count(before, ">)")
}

// untold appends to told the pieces that say something else: two developments of one
// item may carry the same count.
func untold(told, more []piece) []piece {
	for _, p := range more {
		if !slices.ContainsFunc(told, func(o piece) bool { return o.text == p.text }) {
			told = append(told, p)
		}
	}
	return told
}

// harmPieces are what the development's claims tell of harm, per claimant, and the
// other side's account or its absence.
func (w *Writer) harmPieces(s setting, lead Claim, leadText string) []piece {
	var out []piece
	need := needHarm
	for _, a := range w.accounts(s.b, s.d.Claims) {
		a.figures = slices.DeleteFunc(slices.Clone(a.figures), func(f Figure) bool { return strings.Contains(leadText, s.b.figure(f)) })
		if len(a.figures) == 0 {
			continue
		}
		text := w.harm(s.b, a)
		if w.checkOwn(text, claimProof(s.d, a.claim)) != nil {
			continue
		}
		out = append(out, piece{lineHarm, need, w.struck(s, stop(upperFirst(text)))})
		need = needMoreHarm
	}
	out = append(out, w.otherSide(s, lead)...)
	for _, c := range s.d.Corrections {
		text := s.b.text("corrected_line", w.correctionValues(s, c))
		out = append(out, piece{lineHarm, needCorrection, stop(text)})
	}
	out = append(out, piece{lineHarm, needQuote, w.leadQuote(s, lead, leadText)})
	return append(out, w.besideClaims(s, lead)...)
}

// maxOthers is how many further statements of others an alert has room for.
const maxOthers = 2

// besideClaims are what others who are no party say in the same items: mediators,
// monitors, states. Only what was read precisely is told.
func (w *Writer) besideClaims(s setting, lead Claim) []piece {
	var out []piece
	for _, c := range s.d.Claims {
		if c.By.Party != "" || c.Kind == lead.Kind || w.tellsHarm(s.b, c) || len(out) == maxOthers {
			continue
		}
		if text := w.besideSentence(s, c); text != "" {
			out = append(out, piece{lineHarm, needBeside, stop(text)})
		}
	}
	return out
}

// correctionValues are was, now and per of a correction.
func (w *Writer) correctionValues(s setting, c Correction) values {
	per := w.speaker(s.b, Speaker{Name: c.Per}, c.Cite.Lang)
	if c.Per == "" {
		per = s.b.apart(w.outlet(c.Cite.Outlet))
	}
	if k, ok := w.names.known[foldName(c.Per)]; ok && k.sort == nameOutlet {
		per = feedName(c.Per, maxNameRunes)
	}
	return values{"was": s.b.apart(feedName(c.Was, maxValueRunes)), "now": s.b.apart(feedName(c.Now, maxValueRunes)), "per": per}
}

// leadQuote is the words behind the first line: those of the speaker if the item gives
// them, or the headline where the kind alone was read or the item is in another
// language.
func (w *Writer) leadQuote(s setting, lead Claim, leadText string) string {
	if leadText == "" || w.hasQuote(leadText) {
		return ""
	}
	if said := w.claimQuote(s.b, lead); said != "" && w.namesSpeaker(s.b, lead.By, lead.Cite.Lang) {
		who := w.speaker(s.b, lead.By, lead.Cite.Lang)
		return stop(upperFirst(s.b.text("speaker_quote", values{"speaker": who, "quote": said})))
	}
	if w.precise(s, lead) != "" && (lead.Cite.Lang == "" || lead.Cite.Lang == s.b.Lang) {
		return ""
	}
	for _, m := range s.d.Mentions {
		if m.Item == lead.Cite.Item {
			quote := w.quoteAbout(s, m.Title, m.Lang, maxQuoteWords)
			return stop(s.b.text("headline_quote", values{"outlet": s.b.apart(w.outlet(m.Outlet)), "quote": quote}))
		}
	}
	return ""
}

// hasQuote reports whether a text of this writer quotes already.
func (w *Writer) hasQuote(text string) bool {
	_, quotes := w.splitQuotes(plainText(text))
	return len(quotes) > 0
}

// otherSide is what other parties say of the lead claim. Where a party alone tells it,
// the absence of the others is told.
func (w *Writer) otherSide(s setting, lead Claim) []piece {
	var out []piece
	heard := make(map[PartyID]bool)
	for _, c := range s.d.Claims {
		if !w.isSide(s.d.Conflict, c.By.Party) || c.By.Party == lead.By.Party || heard[c.By.Party] || w.tellsHarm(s.b, c) {
			continue
		}
		text := w.answer(s, c)
		heard[c.By.Party] = true
		if text == "" {
			continue
		}
		if !w.isSide(s.d.Conflict, lead.By.Party) && contested(c.Kind) {
			text = w.oneSided(s, c, text)
		}
		out = append(out, piece{lineHarm, needOtherSide, stop(upperFirst(text))})
	}
	if !w.isSide(s.d.Conflict, lead.By.Party) || !contested(lead.Kind) || lead.Sub == subMutual || len(heard) > 0 {
		return out
	}
	return append(out, piece{lineHarm, needOtherSide, stop(w.onePartyNote(s, lead))})
}

// tellsHarm reports whether a claim is told by its figures of harm.
func (w *Writer) tellsHarm(b *book, c Claim) bool {
	return c.Kind == Casualties && len(w.accounts(b, []Claim{c})) > 0
}

// oneSided marks a sentence that one party alone tells, in the brackets that the
// sentence ends with if it does.
func (w *Writer) oneSided(s setting, c Claim, text string) string {
	note := w.onePartyNote(s, c)
	if note == "" {
		return text
	}
	v := values{"text": lowerFirst(note)}
	if before, ok := strings.CutSuffix(text, ")"); ok {
		return before + s.b.text("aside_more", v) + ")"
	}
	return text + s.b.text("aside", v)
}

// answer is another party's account: precisely read, a denial or a stand of its own, or
// its own words.
func (w *Writer) answer(s setting, c Claim) string {
	text := w.precise(s, c)
	if text == "" && (c.Sub == subDenial || c.Kind == Acceptance || c.Kind == Rejection) {
		text = w.sentence(s, c)
	}
	if text != "" {
		return text
	}
	if q := w.claimQuote(s.b, c); q != "" {
		return s.b.text("speaker_quote", values{"speaker": w.speaker(s.b, c.By, c.Cite.Lang), "quote": q})
	}
	return ""
}

// contested reports whether a claim of the kind by one party says something about
// another, so that the other's account is owed.
func contested(k Kind) bool {
	return slices.Contains([]Kind{
		Violation, Escalation, ControlChange, Casualties, Collapse, TalksFailed, Humanitarian, Exchange, InEffect,
	}, k)
}

// onePartyNote says that only one party tells it.
func (w *Writer) onePartyNote(s setting, lead Claim) string {
	v := make(values)
	w.setActor(s, lead, v)
	name := "one_party"
	if v["others"] == "" {
		name = "one_party_alone"
	}
	if s.d.Outlets(nil) > 1 {
		name += "_many"
	}
	return s.b.text(name, v)
}

// besidePieces are what minor developments of the same items tell: harm, then one
// sentence each.
func (w *Writer) besidePieces(s setting, lead Claim, also []Development, v View) []piece {
	var out []piece
	for _, d := range also {
		d = d.FoldedFor(v)
		if slices.ContainsFunc(d.Claims, func(c Claim) bool { return c.over(s.about) }) {
			continue // of last week: for digests and answers
		}
		beside := s
		beside.d = d
		for _, a := range w.accounts(s.b, d.Claims) {
			if text := w.harm(s.b, a); w.checkOwn(text, claimProof(d, a.claim)) == nil {
				out = append(out, piece{lineHarm, needMoreHarm, stop(upperFirst(text))})
			}
		}
		c, _ := w.lead(beside)
		text := w.besideSentence(beside, c)
		if text == "" || d.Kind() == Casualties || d.Certainty != CertaintyHigh {
			continue
		}
		if w.isSide(d.Conflict, c.By.Party) && contested(c.Kind) {
			text = w.oneSided(beside, c, text)
		}
		out = append(out, piece{lineHarm, needBeside, stop(text)})
	}
	return out
}

// besideSentence is a claim that is told beside the main one: only what was read
// precisely and of a speaker who is named or stands with a party. What an outlet says in
// passing is not news of its own.
func (w *Writer) besideSentence(s setting, c Claim) string {
	if c.By.Party == "" && !w.namesSpeaker(s.b, c.By, c.Cite.Lang) {
		return ""
	}
	return w.precise(s, c)
}

// footPieces are the last line, with one link for sure and two more if they fit.
func (w *Writer) footPieces(s setting, lead Claim) []piece {
	links := w.links(s.b, s.d, lead, maxLinks)
	return []piece{{lineFoot, needAlways, w.foot(s, links)}}
}

// maxLinks is the most outlets that a post links to.
const maxLinks = 3

// foot is the last line of an alert.
func (w *Writer) foot(s setting, links []string) string {
	b := s.b
	for len(links) > 1 && visible(strings.Join(links, " · ")) > maxAlertRunes/3 {
		links = links[:len(links)-1]
	}
	return b.text("footer", values{
		"severity": b.severity(s.d.Severity), "coverage": b.coverage(s.d.Outlets(nil), s.d.Origins(nil)),
		"links": strings.Join(links, " · "), "label": b.Texts["label"], "ref": visibleRef(s.d.Ref),
	})
}

// coverage counts outlets and origins apart: five outlets with one spokesman are one
// origin.
func (b *book) coverage(outlets, origins int) string {
	return b.text("coverage", values{
		"outlets": b.counted("outlet", outlets), "origins": b.counted("origin", origins),
	})
}

// counted is a count with its noun, by the templates name_one and name_many.
func (b *book) counted(name string, n int) string {
	if n == 1 {
		return b.text(name+"_one", values{"n": "1"})
	}
	return b.text(name+"_many", values{"n": strconv.Itoa(n)})
}
