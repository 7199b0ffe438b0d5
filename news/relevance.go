package news

import (
	"math"
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// processClasses are the words that, beside a conflict, speak of a peace process.
func processClasses() []class {
	return []class{cTruce, cTalks, cPeaceTalks, cDeal, cPlan, cPeaceDeal, cPeacePlan, cPeace, cSwap, cCaptive, cMediate, cAccess, cWithdraw, cAid, cBreach, cMonitor}
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
}

func (r *Reader) factsOf(d *document) *facts {
	f := &facts{d: d, scores: r.conflicts.scores(d), events: r.findEvents(d), figures: d.findFigures(), has: make(map[string]map[class]bool)}
	for _, p := range []string{"title", "lead", "rest"} {
		f.has[p] = make(map[class]bool)
	}
	for _, s := range d.sents {
		for _, h := range s.hits {
			f.has[s.part][class(h.Class)] = true
		}
	}
	return f
}

// conflictLevel is how surely an item speaks of a catalogue conflict: 0 not, 1 by a
// hint, 2 surely.
func (f *facts) conflictLevel() int {
	return max(f.namedLevel(), f.unnamedLevel())
}

// unnamedLevel is how surely an item speaks of a war that the catalogue may lack:
// rebels by a hint, surely where a country or an army stands beside them. Rebels of
// parliaments and clubs are none.
func (f *facts) unnamedLevel() int {
	if !f.top(cRebel) || f.top(cDomestic) || f.top(cSport) || f.top(cRoyal) || f.top(cFalse) {
		return 0
	}
	d := f.d
	for _, s := range d.sents {
		if s.part == "rest" {
			continue
		}
		for _, h := range s.all(cArmy) {
			if !d.classAt(h.First, cRebel) {
				return 2
			}
		}
		if d.namesCountry(s) {
			return 2
		}
	}
	return 1
}

// namesCountry reports whether a country or its people stand in a sentence.
func (d *document) namesCountry(s sentence) bool {
	return slices.ContainsFunc(d.mentions, func(m mention) bool {
		return m.first >= s.first && m.first < s.past && slices.ContainsFunc(m.entities, func(e int) bool {
			return d.names.entities[e].kind == entCountry
		})
	})
}

// namedLevel is how surely an item speaks of a conflict of the catalogue.
func (f *facts) namedLevel() int {
	if len(f.scores) == 0 || f.scores[0].score < minConflict {
		return 0
	}
	s := f.scores[0]
	switch {
	case s.sure || len(s.sides) >= 2:
		return 2
	case !s.interstate && (s.entities >= 2 || s.title >= minConflict):
		return 2
	}
	return 1 // one side of a war between states: it may be about anything
}

// relevanceFeatures names what speaks for and against a development.
func (f *facts) relevanceFeatures(names *featureNames) []Feature {
	out := []Feature{{"bias", 1}}
	on := func(name string) { out = append(out, Feature{name, 1}) }
	for c := range numClasses {
		if f.has["title"][c] {
			on(names.title[c])
		}
		if f.top(c) {
			on(names.top[c])
		}
	}
	for _, c := range restClasses() {
		if f.has["rest"][c] {
			on(names.rest[c])
		}
	}
	out = f.conflictFeatures(out)
	level := f.conflictLevel()
	for _, c := range processClasses() {
		switch {
		case f.top(c) && level == 0:
			on(names.alone[c])
		case f.top(c) && level == 2:
			on(names.warTop[c])
		case f.top(c):
			on(names.hintTop[c])
		}
		if f.has["title"][c] && level == 2 {
			on(names.warTitle[c])
		}
	}
	out = f.eventFeatures(out)
	out = f.pooled(out)
	return f.structure(out)
}

// pooled features count what single ones are too rare to learn: how many words of a
// peace process stand beside a conflict, and whether any phrase of one was found.
func (f *facts) pooled(out []Feature) []Feature {
	title, top := 0, 0
	for _, c := range []class{cTruce, cPeaceTalks, cPeaceDeal, cPeacePlan, cPeace, cSwap, cCaptive, cMediate, cAccess, cBreach} {
		if f.has["title"][c] {
			title++
		}
		if f.top(c) {
			top++
		}
	}
	if f.conflictLevel() == 2 {
		out = append(out, Feature{"war+process-words@title", math.Min(float64(title), 3)}, Feature{"war+process-words@top", math.Min(float64(top), 4)})
	}
	phrases := make(map[string]bool)
	for _, e := range f.events {
		s := f.d.sents[e.sent]
		if s.part == "rest" || len(e.frame.object) == 0 || !ofProcess(e.kind) {
			continue
		}
		if e.modality == asFact {
			phrases["phrase@"+s.part] = true
		}
		phrases["phrase@top"] = true
	}
	for _, name := range sortedKeys(phrases) {
		out = append(out, Feature{name, 1})
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

// top reports whether a class stands in the title or the beginning. Features of the
// two together weigh the same for a bare headline as for a headline with a summary.
func (f *facts) top(c class) bool { return f.has["title"][c] || f.has["lead"][c] }

func (f *facts) conflictFeatures(out []Feature) []Feature {
	switch f.conflictLevel() {
	case 0:
		out = append(out, Feature{"conflict-none", 1})
	case 1:
		out = append(out, Feature{"conflict-hint", 1})
	default:
		out = append(out, Feature{"conflict-sure", 1})
	}
	if len(f.scores) > 0 {
		out = append(out, Feature{"conflict-in-title", math.Min(f.scores[0].title, 8) / 8})
	}
	if len(f.scores) > 0 && len(f.scores[0].sides) >= 2 {
		out = append(out, Feature{"two-sides", 1})
	}
	return out
}

// eventFeatures tell which kinds the grammar found in the title and the beginning.
func (f *facts) eventFeatures(out []Feature) []Feature {
	seen := make(map[string]bool)
	for _, e := range f.events {
		s := f.d.sents[e.sent]
		p := s.part
		if p != "rest" && e.modality != asNegated && (e.kind == Statement || e.kind == Mediation) && len(e.frame.object) > 0 {
			seen["voice-"+e.frame.id+"@top"] = true
			seen["voice-"+e.frame.id+"@"+p] = true
		}
		if p == "rest" || len(e.frame.object) == 0 && len(e.frame.also) == 0 {
			continue
		}
		for _, name := range []string{"event-" + string(e.kind) + "@" + p, "event-" + string(e.kind) + "@top"} {
			seen[name] = true
		}
	}
	for _, name := range sortedKeys(seen) {
		if !strings.HasSuffix(name, "@lead") {
			out = append(out, Feature{name, 1})
		}
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
	if f.has["title"][cTalks] && f.namedLevel() == 2 && len(f.scores[0].sides) >= 2 {
		out = append(out, Feature{"talks-of-two-sides@title", 1})
	}
	if (f.has["title"][cPerson] || f.has["title"][cEmotion]) && (f.has["title"][cSwap] || f.has["title"][cCaptive] || f.has["title"][cRelease]) {
		out = append(out, Feature{"ordeal@title", 1})
	}
	if f.top(cJail) && (f.top(cSwap) || f.top(cCaptive) || f.top(cRelease)) && !f.top(cTruce) && !f.top(cArmy) {
		out = append(out, Feature{"prisoners-of-peace@top", 1})
	}
	if !f.processInTitle() {
		out = append(out, Feature{"title-silent", 1})
		if f.has["title"][cLive] {
			out = append(out, Feature{"live-silent@title", 1})
		}
	}
	if aside && !told {
		out = append(out, Feature{"process-in-passing@top", 1})
	}
	return out
}

// processInTitle reports whether the headline holds any word of a process.
func (f *facts) processInTitle() bool {
	for _, c := range processClasses() {
		if f.has["title"][c] {
			return true
		}
	}
	return false
}

// inPassing reports whether one of the four words before, without a break, is a
// preposition of time.
func (d *document) inPassing(s sentence, h lexicon.Hit) bool {
	return slices.ContainsFunc(s.hits, func(p lexicon.Hit) bool {
		return class(p.Class) == cPassing && p.Last < h.First && h.First-p.Last <= 4 && !d.brokenBetween(p.Last, h.First)
	})
}

// structure looks at how the item is built rather than at what it says.
func (f *facts) structure(out []Feature) []Feature {
	d := f.d
	on := func(name string, when bool) {
		if when {
			out = append(out, Feature{name, 1})
		}
	}
	title := strings.TrimSpace(d.title)
	on("ends-with-?", strings.HasSuffix(title, "?") || strings.HasSuffix(title, "؟"))
	on("signed-title", signed(title))
	on("begins-with-quote", strings.HasPrefix(title, "'") || strings.HasPrefix(title, "‘") || strings.HasPrefix(title, "\"") || strings.HasPrefix(title, "“") || strings.HasPrefix(title, "«"))
	on("begins-with-question-word", f.beginsWith(cQuestion))
	on("no-text", strings.TrimSpace(d.text) == "")
	words := len(d.tokens)
	on("long-text", words > 120)
	on("very-long-text", words > 400)
	on("short-title", d.head > 0 && d.head < 5)
	truces := 0
	for _, s := range d.sents {
		truces += len(s.all(cTruce))
	}
	out = append(out, Feature{"truces", math.Min(math.Log1p(float64(truces)), 2.5)})
	on("truce-only-late", !f.has["title"][cTruce] && !f.has["lead"][cTruce] && f.has["rest"][cTruce])
	for _, section := range urlSections(d.item.URL) {
		on("url-"+section, true)
	}
	return out
}

// signed reports whether a headline ends with an author or a section after a bar,
// as columns do.
func signed(title string) bool {
	i := strings.LastIndex(title, " | ")
	return i >= 0 && len(strings.Fields(title[i+3:])) <= 4 && len(strings.Fields(title[:i])) > 3
}

func (f *facts) beginsWith(c class) bool {
	for _, s := range f.d.sents {
		for _, h := range s.hits {
			if s.part == "title" && class(h.Class) == c && h.First == s.first {
				return true
			}
		}
	}
	return false
}

// urlSections reads what a publisher's address says about an item's form.
func urlSections(url string) []string {
	url = strings.ToLower(url)
	var out []string
	for _, s := range []struct {
		name  string
		parts []string
	}{
		{"opinion", []string{"/opinion", "/commentisfree", "/comment/", "/opinions", "/editorial", "/analysis", "/ideas", "/letters", "/blogs"}},
		{"live", []string{"/live/", "/liveblog", "-live", "/live-"}},
		{"media", []string{"/video", "/gallery", "/podcast", "/audio", "/pictures", "/in-pictures", "/photos", "/program"}},
		{"sport", []string{"/sport", "/football", "/soccer", "/nfl", "/nba"}},
		{"culture", []string{"/culture", "/film", "/music", "/books", "/entertainment", "/lifestyle", "/lifeandstyle", "/tv", "/showbiz", "/artanddesign", "/fashion", "/celebrity"}},
		{"business", []string{"/business", "/money", "/markets", "/economy", "/technology"}},
		{"home", []string{"/us-news", "/uk-news", "/australia-news", "/politics", "/society", "/education"}},
	} {
		for _, p := range s.parts {
			if strings.Contains(url, p) {
				out = append(out, s.name)
				break
			}
		}
	}
	return out
}

// featureNames are the names of class features, made once.
type featureNames struct{ title, top, rest, warTitle, warTop, hintTop, alone []string }

func newFeatureNames() *featureNames {
	n := &featureNames{}
	for _, c := range classNames() {
		n.title = append(n.title, c+"@title")
		n.top = append(n.top, c+"@top")
		n.rest = append(n.rest, c+"@rest")
		n.warTitle = append(n.warTitle, "war+"+c+"@title")
		n.warTop = append(n.warTop, "war+"+c+"@top")
		n.hintTop = append(n.hintTop, "hint+"+c+"@top")
		n.alone = append(n.alone, c+"-without-war")
	}
	return n
}

// relevance decides between development, context and irrelevant.
func (r *Reader) relevance(f *facts, features []Feature) (Relevance, float64) {
	p := 1 / (1 + math.Exp(-dot(r.weights.Relevance, features)))
	if p >= r.weights.Development && f.d.speaksOfProcess() || f.attested() {
		return RelevantDevelopment, p
	}
	if f.armed() {
		return RelevantContext, p
	}
	return Irrelevant, p
}

// attested reports whether the beginning of an item counts the dead of a known war
// and a mission of that war verified it, or puts right what was counted. Channels that
// were told the one must be told the other, whether or not a truce is named again.
func (f *facts) attested() bool {
	if f.conflictLevel() < 2 || !slices.ContainsFunc(f.figures, func(g figure) bool { return g.What == countKilled || g.What == countInjured }) {
		return false
	}
	return slices.ContainsFunc(f.d.sents, func(s sentence) bool {
		return s.part != "rest" && (s.part == "title" && s.has(cCorrect) || f.d.verifies(s) && f.d.namesMission(s))
	})
}

// namesMission reports whether a sentence names a mechanism of a conflict.
func (d *document) namesMission(s sentence) bool {
	return slices.ContainsFunc(d.mentions, func(m mention) bool {
		return m.first >= s.first && m.first < s.past && slices.ContainsFunc(m.entities, func(e int) bool {
			return d.names.entities[e].kind == entMechanism
		})
	})
}

// speaksOfProcess reports whether any word of a peace process stands in the item:
// no weight makes a development of an item without one.
func (d *document) speaksOfProcess() bool {
	for _, s := range d.sents {
		for _, h := range s.hits {
			switch class(h.Class) {
			case cTruce, cTalks, cDeal, cPlan, cPeace, cSwap, cCaptive, cMediate, cAccess, cWithdraw, cAid, cBreach,
				cMonitor, cAttack, cFight, cRelease, cMeeting, cCall:
				return true
			}
		}
	}
	return false
}

// armed reports whether an item speaks of an armed conflict: one of the catalogue,
// or any fighting by armed forces.
func (f *facts) armed() bool {
	level := f.conflictLevel()
	force, arms := f.anywhere(cAttack, cFight, cWar, cArmy), f.anywhere(cArmy, cAttack)
	if level < 2 && (f.top(cFalse) || f.top(cTrade)) {
		return false // a truce of tariffs between states that also have a war
	}
	return level == 2 || level == 1 && (force || f.anywhere(cTruce)) || force && arms && !f.anywhere(cSport, cRoyal, cTrade)
}

func (f *facts) anywhere(cs ...class) bool {
	for _, c := range cs {
		if f.has["title"][c] || f.has["lead"][c] || f.has["rest"][c] {
			return true
		}
	}
	return false
}

// conflict names the conflict of an item: the best by score, or "other" where the
// catalogue has none.
func (r *Reader) conflict(f *facts) ConflictID {
	if len(f.scores) > 0 && f.scores[0].score >= minConflict {
		return r.filedUnder(f.scores[0].conflict)
	}
	return OtherConflict
}

// filedUnder is the conflict that items of the catalogue's i-th known war belong to.
func (r *Reader) filedUnder(i int) ConflictID {
	if i < len(r.cat.Conflicts) {
		return r.cat.Conflicts[i].ID
	}
	return OtherConflict
}

// OtherConflict is what a war is filed under that nobody follows by name.
const OtherConflict ConflictID = "other"
