package news

import (
	"math"
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// isProcess tells the words that, beside a conflict, speak of a peace process.
func isProcess(c class) bool {
	switch c {
	case cTruce, cTalks, cPeaceTalks, cDeal, cPlan, cPeaceDeal, cPeacePlan, cPeace, cSwap, cCaptive, cMediate, cMediator, cAccess, cWithdraw, cAid, cBreach, cMonitor:
		return true
	}
	return false
}

// isQuietStep tells the words that beside a war speak of its peace process without
// naming it; without a war they say nothing.
func isQuietStep(c class) bool {
	switch c {
	case cDelegation, cSigning, cStep, cDeadline, cFinding:
		return true
	}
	return false
}

// restClasses are looked for in the whole text, not only in its beginning.
func restClasses() []class {
	return []class{cTruce, cTalks, cPeaceTalks, cDeal, cPeace, cCaptive, cArmy, cFight, cAttack, cSport, cTrade}
}

// facts is what both models are computed from.
type facts struct {
	d       *document
	scores  []conflictScore
	events  []event
	figures []figure
	has     map[string]map[class]bool // part → classes
	hints   []lexicon.Hit             // loose words of kinds, numbered as Kinds
	spoken  bool                      // the headline speaks of a process
}

func (r *Reader) factsOf(d *document) *facts {
	f := &facts{d: d, scores: r.conflicts.scores(d), events: r.findEvents(d), figures: d.findFigures(), hints: d.pack.hints.Find(d.tokens, d.masked), has: make(map[string]map[class]bool)}
	for _, p := range []string{"title", "lead", "rest"} {
		f.has[p] = make(map[class]bool)
	}
	for _, s := range d.sents {
		for _, h := range s.hits {
			if c := class(h.Class); !isMark(c) || s.atEdge(d, h) {
				f.has[s.part][c] = true
			}
		}
	}
	f.spoken = f.processInTitle()
	return f
}

// relevanceFeatures names what speaks for and against a development.
func (f *facts) relevanceFeatures(names *featureNames) []Feature {
	out := []Feature{{"bias", 1}}
	on := func(name string) { out = append(out, Feature{name, 1}) }
	level := f.warLevel()
	below, warBelow := names.lead, names.warLead
	if !f.spoken {
		below, warBelow = names.under, names.warUnder // under a headline that is about something else
	}
	for c := range numClasses {
		if c == cFalse && level == warSure || !speaks(c) || isQuietStep(c) && level == warNot {
			continue // a truce that bears a festival's name is one, where a war is named
		}
		process := isProcess(c) || isQuietStep(c) || c == cMeeting
		switch {
		case f.has["title"][c] && process && level == warSure:
			on(names.warTitle[c])
		case f.has["title"][c] && isTopic(c) && level == warSure && f.spoken:
			on(names.beside[c])
		case f.has["title"][c]:
			on(names.title[c])
		case f.has["lead"][c] && process && level == warSure:
			on(warBelow[c])
		case f.has["lead"][c]:
			on(below[c])
		}
		if isProcess(c) && level == warNot && f.top(c) {
			on(names.alone[c])
		}
	}
	for _, c := range restClasses() {
		if f.has["rest"][c] {
			on(names.rest[c])
		}
	}
	out = f.conflictFeatures(out)
	out = f.eventFeatures(out)
	out = f.pooled(out)
	return f.structure(out)
}

// speaks tells the classes whose mere presence says something of what an item is
// about; the others count only in a phrase.
func speaks(c class) bool {
	switch c {
	case cTruce, cTalks, cMeeting, cDeal, cPlan, cPeace, cWar, cFight, cAttack, cBreach, cWithdraw, cCapture, cKill, cInjure,
		cDisplace, cDetain, cAid, cAccess, cCaptive, cSwap, cFreed, cMonitor, cMediate, cMediator, cArmy, cRebel, cOpinion, cLive, cGallery,
		cExplainer, cFalse, cSilent, cPeaceTalks, cPeaceDeal, cPeacePlan, cCorrect, cRetract:
		return true
	}
	return isTopic(c) || isQuietStep(c)
}

// isTopic tells the classes of other subjects, which weigh less in a headline that
// names a war and its process.
func isTopic(c class) bool {
	switch c {
	case cSport, cTrade, cRoyal, cDomestic, cMarket, cCrime, cHistory, cCoup, cJail, cPerson, cEmotion, cProtest, cSanction,
		cEvacuate, cForeign, cElsewhere, cOutsider:
		return true
	}
	return false
}

// pooled features count what single ones are too rare to learn: how many words of a
// peace process stand beside a conflict, and whether any phrase of one was found.
func (f *facts) pooled(out []Feature) []Feature {
	top := 0
	for _, c := range []class{cTruce, cPeaceTalks, cPeaceDeal, cPeacePlan, cPeace, cSwap, cCaptive, cMediate, cAccess, cBreach} {
		if f.top(c) {
			top++
		}
	}
	if f.warLevel() == warSure {
		out = append(out, Feature{"war+process-words" + f.at("lead"), math.Min(float64(top), 4)})
	}
	phrases := make(map[string]bool)
	for _, e := range f.events {
		s := f.d.sents[e.sent]
		if !f.tells(e) || s.part == "rest" || len(e.frame.object) == 0 || !ofProcess(e.kind) {
			continue
		}
		if e.modality == asFact {
			phrases["phrase"+f.at(s.part)] = true
		}
		phrases["expected-phrase"+f.at(s.part)] = true
	}
	for _, name := range sortedKeys(phrases) {
		out = append(out, Feature{name, 1})
	}
	if f.has["title"][cKill] && !f.spoken && phrases["phrase@under"] {
		out = append(out, Feature{"dead-beside-process", 1})
	}
	return out
}

// ofProcess tells the kinds that are steps of a peace process by themselves;
// fighting, voices and contacts are only with one.
func ofProcess(k Kind) bool {
	switch k {
	case Escalation, ControlChange, Casualties, Statement, Mediation, Deescalation, Humanitarian:
		return false
	}
	return true
}

// at names where in an item something stands: in the headline, in the beginning, or in
// a beginning under a headline that is about something else.
func (f *facts) at(part string) string {
	switch {
	case part == "title":
		return "@title"
	case f.spoken:
		return "@lead"
	}
	return "@under"
}

// top reports whether a class stands in the title or the beginning. Features of the
// two together weigh the same for a bare headline as for a headline with a summary.
func (f *facts) top(c class) bool { return f.has["title"][c] || f.has["lead"][c] }

func (f *facts) conflictFeatures(out []Feature) []Feature {
	switch level := f.catalogueLevel(); {
	case level == warSure:
		out = append(out, Feature{"conflict-sure", 1})
	case f.d.warOf(f.has) == warSure:
		out = append(out, Feature{"war-in-words", 1})
	case f.warLevel() == warHint:
		out = append(out, Feature{"conflict-hint", 1})
	default:
		out = append(out, Feature{"conflict-none", 1})
	}
	if f.summitOnWar() {
		out = append(out, Feature{"summit-on-war@title", 1})
	}
	if len(f.scores) > 0 {
		out = append(out, Feature{"conflict-in-title", math.Min(f.scores[0].title, 8) / 8})
	}
	if len(f.scores) > 0 && len(f.scores[0].sides) >= 2 {
		out = append(out, Feature{"two-sides", 1})
	}
	return out
}

// summitOnWar reports whether the headline has leaders meet or speak about a war.
func (f *facts) summitOnWar() bool {
	if f.warLevel() < warSure {
		return false
	}
	return slices.ContainsFunc(f.d.sents, func(s sentence) bool {
		return s.part == "title" && s.has(cMeeting, cVisit, cTalks) && len(s.all(cActor)) >= 2 && s.has(cLeader)
	})
}

// eventFeatures tell which kinds the grammar found in the title and the beginning.
func (f *facts) eventFeatures(out []Feature) []Feature {
	seen := make(map[string]bool)
	for _, e := range f.events {
		part := f.d.sents[e.sent].part
		if part == "rest" || !f.tells(e) {
			continue
		}
		at := f.at(part)
		if e.modality != asNegated && (e.kind == Statement || e.kind == Mediation) && len(e.frame.object) > 0 {
			seen["voice-"+e.frame.id+at] = true
		}
		if len(e.frame.object) == 0 && len(e.frame.also) == 0 && !e.frame.sides && e.kind != InEffect {
			continue
		}
		seen["event-"+string(e.kind)+at] = true
	}
	for _, name := range sortedKeys(seen) {
		title, below := strings.CutSuffix(name, f.at("lead"))
		if below && seen[title+"@title"] {
			continue // told by the headline already
		}
		out = append(out, Feature{name, 1})
	}
	return f.asides(out)
}

// asides tell where a truce is only the time or the frame of something else, and
// whether the headline begins with one who acts.
func (f *facts) asides(out []Feature) []Feature {
	d := f.d
	told, aside := false, false
	for _, s := range d.sents {
		if s.part == "rest" {
			continue
		}
		for _, h := range s.all(cTruce, cPeaceDeal, cTalks) {
			if d.inPassing(s, h) {
				aside = true
				continue
			}
			told = true
		}
		if s.part == "title" && slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool { return class(h.Class) == cActor && h.First <= s.first+2 }) {
			out = append(out, Feature{"actor-first@title", 1})
		}
	}
	if f.has["title"][cTalks] && f.catalogueLevel() == warSure && len(f.scores[0].sides) >= 2 {
		out = append(out, Feature{"talks-of-two-sides@title", 1})
	}
	if (f.has["title"][cPerson] || f.has["title"][cEmotion]) && (f.has["title"][cSwap] || f.has["title"][cCaptive] || f.has["title"][cRelease]) {
		out = append(out, Feature{"ordeal@title", 1})
	}
	if f.top(cJail) && (f.top(cSwap) || f.top(cCaptive) || f.top(cRelease)) && !f.top(cTruce) && !f.top(cArmy) {
		out = append(out, Feature{"prisoners-of-peace@top", 1})
	}
	if !f.spoken {
		out = append(out, Feature{"title-silent", 1})
		if f.has["title"][cLive] {
			out = append(out, Feature{"live-silent@title", 1})
		}
	}
	if aside && !told {
		out = append(out, Feature{"process-in-passing@top", 1})
	}
	if !f.spoken && f.recalled() {
		out = append(out, Feature{"process-recalled@under", 1})
	}
	return f.headline(out)
}

// recalled reports whether the beginning names a process only in a clause about what
// is known already: "a war, which ended in a truce", "the first since talks broke up",
// "rebels who broke a truce last year".
func (f *facts) recalled() bool {
	found := false
	for _, s := range f.d.sents {
		if s.part != "lead" {
			continue
		}
		old := s.has(cPast)
		for _, h := range s.all(cTruce, cTalks, cDeal, cPlan, cMediate) {
			found = true
			if !old && !f.d.inClause(s, h) {
				return false
			}
		}
	}
	return found
}

// inClause reports whether a word that begins a clause or an aside stands before a
// hit without a break between.
func (d *document) inClause(s sentence, h lexicon.Hit) bool {
	return slices.ContainsFunc(s.hits, func(p lexicon.Hit) bool {
		c := class(p.Class)
		return (c == cPassing || c == cRelative) && p.Last < h.First && !d.brokenBetween(p.Last+1, h.First)
	})
}

// headline tells what the headline does with the process: whether one who can act
// does, whether it is only a circumstance, and whether the piece is about the news
// rather than news.
func (f *facts) headline(out []Feature) []Feature {
	d := f.d
	on := func(name string) { out = append(out, Feature{name, 1}) }
	for _, s := range d.sents {
		if s.part != "title" {
			continue
		}
		hits := s.all(cTruce, cPeaceDeal, cPeaceTalks, cPeacePlan)
		if len(hits) > 0 && !slices.ContainsFunc(hits, func(h lexicon.Hit) bool { return !d.inPassing(s, h) }) {
			on("process-aside@title")
		}
		if f.acted(s) {
			on("acted@title")
		}
		if f.warLevel() < warSure && d.namedProcess(s) {
			on("named-process@title")
		}
		if s.has(cOutsider) && s.has(cSay, cAttrib, cWarn, cCall) {
			on("outsider-speaks@title")
		}
	}
	if f.aboutNews() {
		on("about-news")
	}
	if f.labelled() {
		on("labelled@title")
	}
	return out
}

// namedProcess reports whether a name stands before a word of talks or of a deal:
// "the Astana accord", "Jeddah talks". In a headline that capitalises every word
// nobody can tell.
func (d *document) namedProcess(s sentence) bool {
	return slices.ContainsFunc(s.all(cDeal, cPlan, cTalks, cMeeting), func(h lexicon.Hit) bool {
		before := h.First - 1
		return before >= s.first && d.tokens[before].Capital && !d.tokens[h.First].Capital && !d.commaBefore(h.First) && !d.isPerson(before)
	})
}

// isPerson reports whether a token belongs to a person's name: "the Trump plan".
func (d *document) isPerson(token int) bool {
	k := d.mention[token]
	return k > 0 && slices.ContainsFunc(d.mentions[k-1].entities, func(e int) bool { return d.names.entities[e].kind == entPerson })
}

// tells reports whether a phrase is what its sentence tells: neither a loose one nor
// the circumstance of something else ("as a truce begins, …"). Force used while a
// truce lasts is told by its circumstance.
func (f *facts) tells(e event) bool {
	if e.loose {
		return false
	}
	if e.kind == Violation || e.kind == Escalation || e.kind == Casualties {
		return true
	}
	s := f.d.sents[e.sent]
	return !f.d.inPassing(s, lexicon.Hit{First: e.at, Last: e.at}) && (e.object < 0 || e.object > e.at || !f.d.inPassing(s, lexicon.Hit{First: e.object, Last: e.object}))
}

// acted reports whether a phrase of the process is told as a fact of someone who
// can act and who stands before it in the same clause.
func (f *facts) acted(s sentence) bool {
	return slices.ContainsFunc(f.events, func(e event) bool {
		if !f.tells(e) || e.at < s.first || e.at >= s.past || len(e.frame.object) == 0 || e.modality == asNegated {
			return false
		}
		return slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool {
			c := class(h.Class)
			return (c == cActor || c == cLeader || c == cSides || c == cArmy) && h.Last < e.at && !f.d.brokenBetween(h.Last, e.at)
		})
	})
}

// processInTitle reports whether the headline holds any word of a process, or a
// phrase of one.
func (f *facts) processInTitle() bool {
	if slices.ContainsFunc(f.events, func(e event) bool {
		return f.d.sents[e.sent].part == "title" && f.tells(e) && ofProcess(e.kind) && (len(e.frame.object) > 0 || e.frame.sides)
	}) {
		return true
	}
	for c := range numClasses {
		if f.has["title"][c] && (isProcess(c) || isQuietStep(c) && f.warLevel() == warSure) {
			return true
		}
	}
	return false
}

// inPassing reports whether one of the four words before, without a break, is a
// preposition of time.
func (d *document) inPassing(s sentence, h lexicon.Hit) bool {
	return slices.ContainsFunc(s.hits, func(p lexicon.Hit) bool {
		return class(p.Class) == cPassing && p.Last < h.First && h.First-p.Last <= 4*d.pack.spread && !d.brokenBetween(p.Last, h.First)
	})
}

// featureNames are the names of class features, made once.
type featureNames struct{ title, beside, lead, under, rest, warTitle, warLead, warUnder, alone []string }

func newFeatureNames() *featureNames {
	n := &featureNames{}
	for _, c := range classNames() {
		n.title = append(n.title, c+"@title")
		n.beside = append(n.beside, c+"-beside-process@title")
		n.lead = append(n.lead, c+"@lead")
		n.under = append(n.under, c+"@under")
		n.rest = append(n.rest, c+"@rest")
		n.warTitle = append(n.warTitle, "war+"+c+"@title")
		n.warLead = append(n.warLead, "war+"+c+"@lead")
		n.warUnder = append(n.warUnder, "war+"+c+"@under")
		n.alone = append(n.alone, c+"-without-war")
	}
	return n
}
