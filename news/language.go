package news

import (
	"strings"
	"unicode"

	"trucewire/news/lexicon"
)

// language is one pack made ready for reading.
type language struct {
	lang     string
	pack     lexicon.Pack
	words    *lexicon.Matcher // classes
	hints    *lexicon.Matcher // kinds, for where the grammar is silent
	subs     *lexicon.Matcher // refinements of kinds, numbered as subOf
	subOf    []refinement
	quals    *lexicon.Matcher // qualifiers of figures
	units    *lexicon.Matcher
	common   map[string]bool
	numbers  map[string]int
	clitics  []string
	days     map[string]dayWord
	weeks    *lexicon.Matcher // phrases for weeks, numbered as weekOf
	weekOf   []int
	unitOf   []string
	timeUnit map[string]bool // words of a unit of time
	noise    map[string]bool // small words around numbers, by list and word

	stops, fillers, pronouns   map[string]bool // around speakers
	anonymous, media, verified map[string]bool
	denials                    map[string]bool            // words of a speaker who says that it is not so
	speech                     map[string]map[string]bool // all lists around speakers
	verbFirst                  bool                       // the speaker stands behind the word of saying
	told                       classSet                   // classes of words that no speaker's name holds
}

// The qualifiers in the order in which the matcher numbers them.
func qualifierOrder() []Qualifier {
	return []Qualifier{AtLeast, MoreThan, UpTo, FewerThan, About, Vague}
}

func newLanguage(p lexicon.Pack, falseFriends []string) *language {
	l := &language{
		lang: p.Lang, pack: p, common: make(map[string]bool), numbers: make(map[string]int),
		words: lexicon.NewMatcher(p.Clitics), hints: lexicon.NewMatcher(p.Clitics), subs: lexicon.NewMatcher(p.Clitics),
		quals: lexicon.NewMatcher(p.Clitics), units: lexicon.NewMatcher(p.Clitics),
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
	add(l.words, cFalse, falseFriends)
	for i, k := range Kinds() {
		add(l.hints, class(i), p.Kinds[string(k)])
	}
	l.addSubs(p)
	for i, q := range qualifierOrder() {
		add(l.quals, class(i), p.Qualifiers[string(q)])
	}
	for _, c := range p.Clitics {
		l.clitics = append(l.clitics, lexicon.Fold(c))
	}
	l.addUnits(p)
	l.addWeeks(p)
	for _, w := range p.Common {
		l.common[lexicon.Fold(w)] = true
	}
	for w, n := range p.Numbers {
		l.numbers[lexicon.Fold(w)] = n
	}
	l.days = dayWords(p)
	l.stops, l.fillers, l.pronouns = folded(p.Speech["stops"]), folded(p.Speech["fillers"]), folded(p.Speech["pronouns"])
	l.anonymous, l.media, l.verified = folded(p.Speech["anonymous"]), folded(p.Speech["media"]), folded(p.Speech["verified"])
	l.denials = folded(p.Speech["denials"])
	l.addSpeech(p)
	l.noise = make(map[string]bool)
	for _, list := range sortedKeys(p.Around) {
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
	l.verbFirst = l.speech["order"]["verb"]
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
	l.timeUnit = make(map[string]bool)
	for _, unit := range sortedKeys(p.Units) {
		for _, f := range p.Units[unit] {
			l.timeUnit[lexicon.Fold(f)] = isTime(unit)
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

// minCommon is how many small words of a language make its presence certain.
const minCommon = 2

// languageOf chooses the pack an item is read with: the script first, then the
// feed's language unless another of the same script has clearly more of its small
// words. The feed's own word counts as three words.
func (r *Reader) languageOf(it Item) *language {
	sample := it.Title + " " + it.Text
	if len(sample) > 1500 {
		sample = strings.ToValidUTF8(sample[:1500], "")
	}
	feed := strings.ToLower(strings.SplitN(it.Lang, "-", 2)[0])
	script := mainScript(sample)
	tokens := lexicon.Tokens(sample)
	best, most := (*language)(nil), 0
	for _, l := range r.languages {
		if packScript(l.lang) != script {
			continue
		}
		score := 1 // a language of the script is better than none
		for _, t := range tokens {
			if l.common[t.Folded] {
				score += 2
			}
		}
		if l.lang == feed {
			score += 3 * minCommon
		}
		if score > most {
			best, most = l, score
		}
	}
	if best == nil {
		return r.fallback
	}
	return best
}

// mainScript names the script of most letters.
func mainScript(s string) string {
	counts := make(map[string]int)
	for _, r := range s {
		if name := scriptOf(r); name != "" {
			counts[name]++
		}
	}
	best, most := "latin", 0
	for _, name := range []string{"latin", "arabic", "cyrillic", "hebrew", "devanagari"} {
		if counts[name] > most {
			best, most = name, counts[name]
		}
	}
	return best
}

func scriptOf(r rune) string {
	switch {
	case !unicode.IsLetter(r):
		return ""
	case unicode.Is(unicode.Latin, r):
		return "latin"
	case unicode.Is(unicode.Arabic, r):
		return "arabic"
	case unicode.Is(unicode.Cyrillic, r):
		return "cyrillic"
	case unicode.Is(unicode.Hebrew, r):
		return "hebrew"
	case unicode.Is(unicode.Devanagari, r):
		return "devanagari"
	}
	return ""
}

func packScript(lang string) string {
	switch lang {
	case "ar", "fa", "ur":
		return "arabic"
	case "ru", "uk":
		return "cyrillic"
	case "he":
		return "hebrew"
	case "hi":
		return "devanagari"
	default:
		return "latin"
	}
}
