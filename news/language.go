package news

import (
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// language is one pack made ready for reading.
type language struct {
	lang       string
	pack       lexicon.Pack
	words      *lexicon.Matcher // classes
	core       *lexicon.Matcher // by which the language is told, too
	hints      *lexicon.Matcher // kinds, for where the grammar is silent
	subs       *lexicon.Matcher // refinements of kinds, numbered as subOf
	subOf      []refinement
	quals      *lexicon.Matcher // qualifiers of figures
	units      *lexicon.Matcher
	counts     *lexicon.Matcher // words that only figures need, numbered as countOf
	countOf    []string
	common     map[string]bool
	script     string
	letters    string           // that speak for it
	known      map[string]bool  // words of its classes that stand alone
	spread     int              // tokens of a word
	weeks      *lexicon.Matcher // phrases for weeks, numbered as weekOf
	weekOf     []int
	verbFirst  bool
	numbers    map[string]int
	twoWords   map[string]bool // first words of numbers of two words
	heads      []string        // see numberHeads
	clitics    []string
	articles   bool // a single person stands behind an article
	days       map[string]dayWord
	dayPhrases map[string][]dayPhrase // by first word
	around     map[string][][]string  // small words around numbers and days, by list
	spanUnit   map[string]int         // words of hours (0), days (1) and weeks (7)
	unitOf     []string
	noise      map[string]bool // small words around numbers, by list and word

	stops, fillers, pronouns   map[string]bool // around speakers
	anonymous, media, verified map[string]bool
	denials                    map[string]bool            // words of a speaker who says that it is not so
	offices, backward          map[string]bool            // bodies that speak; openings that name the speaker of what stands before
	speech                     map[string]map[string]bool // all lists around speakers
	told                       classSet                   // classes of words that no speaker's name holds
}

// The qualifiers in the order in which the matcher numbers them.
func qualifierOrder() []Qualifier {
	return []Qualifier{AtLeast, MoreThan, UpTo, FewerThan, About, Vague}
}

func newLanguage(p lexicon.Pack, falseFriends []string) *language {
	l := &language{
		lang: p.Lang, pack: p, common: make(map[string]bool), numbers: make(map[string]int), twoWords: make(map[string]bool),
		words: lexicon.NewMatcher(p.Clitics), hints: lexicon.NewMatcher(p.Clitics), subs: lexicon.NewMatcher(p.Clitics),
		quals: lexicon.NewMatcher(p.Clitics), units: lexicon.NewMatcher(p.Clitics),
		counts: lexicon.NewMatcher(p.Clitics), core: lexicon.NewMatcher(p.Clitics),
		script: scriptName(p), letters: p.Letters, known: make(map[string]bool), spread: max(p.Unspaced, 1), verbFirst: p.VerbFirst,
	}
	if len(p.Words[cTruce.String()]) == 0 {
		add(l.words, cTruce, p.Core) // a pack that has no classes yet is read by its core
	}
	for c, name := range classNames() {
		add(l.words, class(c), p.Words[name])
	}
	add(l.words, cNotYet, p.NotYet)
	add(l.words, cNot, p.Negation)
	add(l.words, cPast, p.Background)
	add(l.words, cAttrib, p.Attribution)
	add(l.words, cCore, p.Core)
	add(l.core, cCore, p.Core)
	add(l.words, cFalse, falseFriends)
	for i, k := range Kinds() {
		add(l.hints, class(i), p.Kinds[string(k)])
	}
	l.addSubs(p)
	for i, q := range qualifierOrder() {
		add(l.quals, class(i), p.Qualifiers[string(q)])
	}
	for _, c := range p.Clitics {
		cut, _, _ := strings.Cut(c, "=")
		l.clitics = append(l.clitics, lexicon.Fold(cut))
	}
	l.addUnits(p)
	l.addWeeks(p)
	for i, key := range sortedKeys(p.Counts) {
		add(l.counts, class(i), p.Counts[key])
		l.countOf = append(l.countOf, key)
	}
	for _, w := range p.Common {
		l.common[lexicon.Fold(w)] = true
	}
	for _, forms := range p.Words {
		for _, f := range forms {
			l.known[lexicon.Fold(f)] = true
		}
	}
	for w, n := range p.Numbers {
		w = lexicon.Fold(w)
		l.numbers[w] = n
		if first, _, two := strings.Cut(w, " "); two {
			l.twoWords[first] = true
		}
	}
	l.heads = numberHeads(l.numbers)
	l.days, l.dayPhrases = dayWords(p)
	l.around, l.spanUnit = aroundPhrases(p), spanUnits(p.Units)
	l.stops, l.fillers, l.pronouns = folded(p.Speech["stops"]), folded(p.Speech["fillers"]), folded(p.Speech["pronouns"])
	l.anonymous, l.media, l.verified = folded(p.Speech["anonymous"]), folded(p.Speech["media"]), folded(p.Speech["verified"])
	l.denials = folded(p.Speech["denials"])
	l.addSpeech(p)
	l.offices, l.backward = folded(p.Speech["offices"]), folded(p.Speech["backward"])
	l.articles = len(p.Around["one"]) > 0
	l.noise = make(map[string]bool)
	for _, list := range sortedKeys(p.Around) {
		l.noise[list+" *"] = true // the pack has such a list
		for _, w := range p.Around[list] {
			l.noise[list+" "+lexicon.Fold(w)] = true
		}
	}
	return l
}

// addSpeech prepares the lists around speakers.
func (l *language) addSpeech(p lexicon.Pack) {
	l.speech = make(map[string]map[string]bool)
	for _, list := range sortedKeys(p.Speech) {
		l.speech[list] = folded(p.Speech[list])
	}
	for _, c := range toldClasses() {
		l.told.add(c)
	}
}

// toldClasses are the words of what is reported: a name ends before them.
func toldClasses() []class {
	return []class{
		cTruce, cTalks, cDeal, cFight, cAttack, cAgree, cReach, cDeclare, cAccept, cReject, cPropose, cBegin, cEffect,
		cHold, cExtend, cExpire, cViolate, cBreach, cDespite, cContrast, cFail, cCollapse, cQuit, cSuspend, cWithdraw,
		cCapture, cKill, cInjure, cDetain, cOpen, cBlock, cSwap, cCall, cWelcome, cCondemn, cAccuse, cWarn, cSay, cAttrib,
		cNot, cNotYet, cCertain,
	}
}

// number gives the value of a number word, also behind a clitic ("لشهرين").
func (l *language) number(word string) (int, bool) {
	if v, ok := l.numbers[word]; ok {
		return v, true
	}
	for _, c := range l.clitics {
		if rest, cut := strings.CutPrefix(word, c); cut {
			if v, ok := l.numbers[rest]; ok {
				return v, true
			}
		}
	}
	return 0, false
}

// isOffice reports whether a word is of a body that can speak, also behind a clitic.
func (l *language) isOffice(word string) bool {
	return slices.ContainsFunc(l.withoutClitic(word), func(w string) bool { return l.offices[w] })
}

// withoutClitic gives a word and what remains of it behind each clitic it may begin with.
func (l *language) withoutClitic(word string) []string {
	out := []string{word}
	for _, c := range l.clitics {
		if rest, cut := strings.CutPrefix(word, c); cut && rest != "" {
			out = append(out, rest)
		}
	}
	return out
}

func folded(words []string) map[string]bool {
	out := make(map[string]bool, len(words))
	for _, w := range words {
		out[lexicon.Fold(w)] = true
	}
	return out
}

func add(m *lexicon.Matcher, c class, forms []string) {
	for _, f := range forms {
		m.Add(int(c), f)
	}
}

func (l *language) addUnits(p lexicon.Pack) {
	for _, unit := range sortedKeys(p.Units) {
		for _, f := range p.Units[unit] {
			l.units.Add(len(l.unitOf), f)
		}
		l.unitOf = append(l.unitOf, unit)
	}
}

func (l *language) addWeeks(p lexicon.Pack) {
	l.weeks = lexicon.NewMatcher(p.Clitics)
	for _, phrase := range sortedKeys(p.Weeks) {
		l.weeks.Add(len(l.weekOf), phrase)
		l.weekOf = append(l.weekOf, p.Weeks[phrase])
	}
}
