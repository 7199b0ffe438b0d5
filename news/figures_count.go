package news

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"trucewire/news/lexicon"
)

// counting reads the figures of one sentence.
type counting struct {
	d     *document
	s     sentence
	all   []numeral
	units []lexicon.Hit // token indexes count from the sentence's first
	words []lexicon.Hit // of the pack's counts, with the document's token indexes
	acts  []act
	// carried is what the last number counted if its word stood before it, so that
	// the next one of a list may share it: "killed three soldiers and 10 civilians".
	carried string
	// last is what the number before counted: "including 10 children" are of the same.
	last string
}

// act is a word that says what happened to people who are counted.
type act struct {
	lexicon.Hit
	counter
}

// count prepares the reading of a sentence; nil if it can hold no figure.
func (d *document) count(s sentence) *counting {
	c := &counting{d: d, s: s, all: d.numerals(s, d.findDays(s.first, s.past, d.local))}
	victims := s.has(cKill, cInjure)
	if len(c.all) == 0 && !victims {
		return nil
	}
	c.words = d.pack.counts.Find(d.tokens[s.first:s.past], nil)
	for i := range c.words {
		c.words[i].First += s.first
		c.words[i].Last += s.first
	}
	c.findActs()
	if victims {
		c.addVictims()
	}
	c.units = d.pack.units.Find(d.tokens[s.first:s.past], nil)
	return c
}

// findActs lists the words for what happened: the pack's counts before the classes of
// the grammar that begin at the same word ("abducted" is captured, not detained).
func (c *counting) findActs() {
	for _, h := range c.words {
		if what := c.d.pack.countOf[h.Class]; isWhat(what) {
			c.acts = append(c.acts, act{h, counter{class: numClasses, what: what, before: 3, after: 7}})
		}
	}
	told := len(c.acts)
	for _, ct := range counters() {
		for _, h := range c.s.all(ct.class) {
			if !slices.ContainsFunc(c.acts[:told], func(a act) bool { return a.First == h.First && a.what != ct.what }) {
				c.acts = append(c.acts, act{h, ct})
			}
		}
	}
}

// isWhat reports whether a key of the pack's counts is what a figure counts.
func isWhat(key string) bool {
	switch key {
	case countKilled, countInjured, countDisplaced, countReleased, countCaptured, countMissing, countDetained, countEvacuated, countOther:
		return true
	}
	return false
}

// is reports whether a word of one of the pack's counts begins at token i.
func (c *counting) is(i int, keys ...string) bool {
	return slices.ContainsFunc(c.words, func(h lexicon.Hit) bool {
		return h.First == i && slices.Contains(keys, c.d.pack.countOf[h.Class])
	})
}

// person reports whether token i is a noun for people.
func (c *counting) person(i int) bool {
	return i < c.s.past && (c.d.classAt(i, cCivilian, cCaptive) || c.is(i, "people", "person"))
}

// figureOf says what number k counts, if anything of the conflict.
func (c *counting) figureOf(n numeral, k int) (Figure, bool) {
	f := Figure{Min: n.min, Max: n.max, Qualifier: n.qualifier, Unit: "people"}
	if n.what == sameAsLast {
		f.What, f.Who = c.last, c.d.cut(n.whoFirst, n.whoLast)
		return f, c.last == countKilled || c.last == countInjured
	}
	if n.what != "" {
		c.last = n.what
		f.What, f.Who = n.what, c.d.cut(n.whoFirst, n.whoLast)
		return f, true
	}
	unit, unitAt := c.unitAfter(n)
	if isTime(unit) {
		return c.timeSpan(f, n, unit, unitAt)
	}
	if unit != "" {
		return c.things(f, n, unit)
	}
	who, noun := c.nounAfter(n)
	f.Who = who
	if c.ofRemains(n, noun) {
		f.What, f.Unit = countOther, "bodies"
		return f, n.qualifier != Vague
	}
	what, either := c.countedBy(n, noun, k)
	if what == "" && !either {
		what = c.otherwise(n, noun)
	}
	f.What, c.last = what, what
	return f, f.What != ""
}

// fewest is the least number of people that is a figure by itself: "two men" are
// those a story is about.
const fewest = 3

// otherwise is what people count as to whom nothing of the list happened: captives
// that are kept, foreigners that left, troops that are sent, and in the beginning of
// an item any people.
func (c *counting) otherwise(n numeral, noun int) string {
	d := c.d
	switch {
	case noun == n.last || n.part:
		return ""
	case d.classAt(noun, cCaptive) && c.near(n, noun, "held"):
		return countCaptured
	case n.qualifier == Vague || n.min != nil && *n.min < fewest || !c.person(noun) || strings.HasPrefix(d.gap(n.last+1), "-"):
		return ""
	case c.near(n, noun, "left") && (c.says("ways") || c.s.has(cAccess, cEvacuate, cForeign)):
		return countEvacuated
	case c.s.part == "rest" || d.classAt(noun, cArmy) && !c.s.has(cDeploy) && c.s.part != "title" || c.s.has(cKill, cInjure) && !c.s.title:
		return ""
	}
	return countOther
}

// near reports whether a word of the pack's counts stands beside a number and its noun.
func (c *counting) near(n numeral, noun int, key string) bool {
	const before, after = 4, 6
	return slices.ContainsFunc(c.words, func(h lexicon.Hit) bool {
		if c.d.pack.countOf[h.Class] != key {
			return false
		}
		return h.Last < n.start && n.start-h.Last <= before || h.First > noun && h.First-noun <= after
	})
}

// ofRemains reports whether a number counts the dead that are handed over: "bodies
// of four hostages", "four more bodies", "two dead hostages".
func (c *counting) ofRemains(n numeral, noun int) bool {
	const reach = 4
	d := c.d
	for i := max(c.s.first, n.start-reach); i < min(n.last+reach, c.s.past); i++ {
		if d.classAt(i, cRemains) && (i > n.last || d.classAt(noun, cCaptive)) && !d.brokenBetween(min(i, n.last), max(i, n.first)) {
			return true
		}
	}
	for i := n.last + 1; i < noun; i++ {
		if (d.classAt(i, cKill) || c.is(i, "dead")) && d.classAt(noun, cCaptive) {
			return true
		}
	}
	return false
}

// nounAfter finds the people that a number counts: the first noun for people within
// six words, with the words between, and the last of several in a row ("dead
// hostages"). noun is its token, or the number's own.
func (c *counting) nounAfter(n numeral) (who string, noun int) {
	const reach = 6
	d := c.d
	if !d.tokens[n.last].Number && c.person(n.last) { // a dual: "two soldiers" in one word
		return d.cut(n.last, n.last), n.last
	}
	if n.part && d.pack.noise["them "+d.tokens[n.last].Folded] {
		return "", n.last
	}
	many := d.pack.articles && (n.min == nil || *n.min > 1)
	for i := n.last + 1; i < min(n.last+1+reach, c.s.past); i++ {
		if i > n.last+1 && (d.tokens[i].Stop || d.tokens[i].Comma || d.pack.noise["apart "+d.tokens[i].Folded]) {
			break
		}
		if !c.person(i) && !d.lastOfName(i) || c.goesOn(i) || many && c.is(i, "person") && !c.is(i, "people") {
			continue // of "two fighter jets" the fighter is no noun for those counted
		}
		return d.cut(n.last+1, i), i
	}
	return "", n.last
}

// goesOn reports whether the noun at token i is but the first of several.
func (c *counting) goesOn(i int) bool {
	d := c.d
	if i+1 >= c.s.past || d.tokens[i+1].Comma || d.tokens[i+1].Stop || d.tokens[i+1].Capital && !d.tokens[i].Capital {
		return false
	}
	return (c.person(i+1) || d.classAt(i+1, cArmy)) && !d.classAt(i+1, cKill, cInjure, cRemains)
}

// lastOfName reports whether a name ends with token i.
func (d *document) lastOfName(i int) bool {
	k := d.mention[i]
	return k != 0 && (i+1 == len(d.mention) || d.mention[i+1] != k)
}

// countedBy finds the word that says what happened to those counted: the nearest one,
// where a comma or another number in between makes it farther. either tells that two
// things happened to one number ("killed or wounded"), so that it counts neither.
func (c *counting) countedBy(n numeral, noun, k int) (what string, either bool) {
	best, from := c.nearest(n, noun, k)
	what = from.what
	if n.part && (noun == n.last && !c.d.pack.noise["them "+c.d.tokens[n.last].Folded] || *n.min == 1 && what != countKilled && what != countInjured) {
		return "", true // "one of the biggest" are no people
	}
	switch {
	case what != "" && c.eitherOr(from):
		c.carried = ""
		return "", true
	case c.last != "" && best > near && c.included(n):
		c.carried = c.last
		return c.last, false
	case (what == "" || best >= numberApart) && c.carried != "" && noun > n.last && c.follows(n, k):
		return c.carried, false
	case what == "" && noun > n.last && c.leads(noun, k):
		next := c.all[k+1]
		_, noun = c.nounAfter(next)
		if _, from = c.nearest(next, noun, k+1); from.First > next.last {
			return from.what, false // "five soldiers and hundreds of rebels were killed"
		}
		return "", false
	}
	c.carried = ""
	if what != "" && from.Last < n.start {
		c.carried = what
	}
	return what, false
}

// near is how near its own word must stand to a number of a group told before.
const near = 2

// nearest is the word for what happened that stands nearest to a number.
func (c *counting) nearest(n numeral, noun, k int) (best int, from act) {
	const none = 99
	best = 2 * none
	for _, a := range c.acts {
		dist := c.distance(n, noun, a, k)
		if dist < 0 || a.needCaptive && !c.captives(noun, a.First) || n.part && a.First == noun {
			continue
		}
		if a.what == countReleased && a.First > noun && c.keptBetween(noun, a.First) {
			dist = 0 // "hostages held in the north were freed"
		}
		dist *= 2
		if a.Last < n.start {
			dist++ // at the same distance what follows a number tells of it
		}
		if dist < best {
			best, from = dist, a
		}
	}
	return best / 2, from
}

// captives reports whether those counted are captives: by their noun, or because they
// are told to be held between it and the word at token to.
func (c *counting) captives(noun, to int) bool {
	return c.d.classAt(noun, cCaptive) || c.keptBetween(noun, to)
}

// keptBetween reports whether a word between two tokens tells that people are held.
func (c *counting) keptBetween(from, to int) bool {
	return c.between("held", from, to) || slices.ContainsFunc(c.acts, func(a act) bool {
		return (a.what == countDetained || a.what == countCaptured) && a.First > from && a.First < to
	})
}

// included reports whether a number is introduced as a part of the one before:
// "including three children".
func (c *counting) included(n numeral) bool {
	return n.start > c.s.first && c.d.pack.noise["including "+c.d.tokens[n.start-1].Folded]
}

// leads reports whether a number is the first of a list whose next one follows its noun.
func (c *counting) leads(noun, k int) bool {
	const gap = 2
	return k+1 < len(c.all) && c.all[k+1].start > noun && c.all[k+1].start-noun <= gap
}

// eitherOr reports whether deaths and injuries are joined to one number.
func (c *counting) eitherOr(a act) bool {
	return slices.ContainsFunc(c.acts, func(b act) bool {
		first, second := a, b
		if b.First < a.First {
			first, second = b, a
		}
		return a.what != b.what && (a.what == countKilled || a.what == countInjured) && (b.what == countKilled || b.what == countInjured) &&
			second.First-first.Last == 2 && c.d.pack.noise["or "+c.d.tokens[first.Last+1].Folded]
	})
}

// follows reports whether a number goes on with the list that the one before began.
func (c *counting) follows(n numeral, k int) bool {
	const listReach = 9
	return k > 0 && n.start-c.all[k-1].last <= listReach && (c.d.joined(n.start) || c.d.tokens[n.start].Comma || c.included(n))
}

// Extra distance for what parts a number from a word, and how near the word must
// stand where no noun says who is counted.
const (
	commaApart  = 3
	numberApart = 6
	bareReach   = 3
)

// distance is how far a word stands from a number; -1: too far.
func (c *counting) distance(n numeral, noun int, a act, k int) int {
	switch {
	case a.First > n.last:
		return c.distanceAfter(n, noun, a, k)
	case a.Last < n.start:
		dist := n.start - a.Last
		if a.what == countReleased && c.between("papers", a.Last, n.start) {
			return -1 // "released a video of two hostages"
		}
		if dist > a.before && !(a.class == cKill && c.toll(a.Hit, n)) {
			return -1
		}
		if k > 0 && (c.all[k-1].first > a.Last || a.First == c.all[k-1].last+1) {
			dist += numberApart // another number stands between, or has taken the word
		}
		return dist + c.d.commas(a.Last, n.start)
	}
	return -1
}

func (c *counting) distanceAfter(n numeral, noun int, a act, k int) int {
	if c.captiveNoun(a, noun) || c.d.pack.articles && *cmp.Or(n.min, n.max, new(2)) > 1 && c.is(a.First, "person") && !c.is(a.First, "people") {
		return -1 // "two refugee camps"
	}
	dist := a.First - max(noun, n.last)
	if a.First <= noun {
		dist = 0
	}
	if a.First < noun && (a.what == countKilled || a.what == countInjured) {
		dist = bareReach // "evacuated 65 wounded soldiers"
	}
	if past := c.pastAside(noun, a.First); past > 0 {
		return a.First - past + 1
	}
	if dist > a.after || noun == n.last && dist > bareReach {
		return -1
	}
	if k+1 < len(c.all) && c.all[k+1].first < a.First {
		dist += numberApart
	}
	if c.d.joined(a.First) {
		dist += commaApart // "killed 33 civilians and wounded some"
	}
	return dist + c.d.commas(noun, a.First)
}

// joined reports whether a word is joined to what stands before it by "and".
func (d *document) joined(i int) bool {
	if i > 0 && d.pack.noise["conj "+d.tokens[i-1].Folded] {
		return true
	}
	_, size := utf8.DecodeRuneInString(d.tokens[i].Folded)
	first := d.tokens[i].Folded[:size]
	return slices.Contains(d.pack.clitics, first) && d.pack.noise["conj "+first]
}

// between reports whether a word of the pack's counts stands between two tokens.
func (c *counting) between(key string, from, to int) bool {
	return slices.ContainsFunc(c.words, func(h lexicon.Hit) bool {
		return h.First > from && h.Last < to && c.d.pack.countOf[h.Class] == key
	})
}

// captiveNoun reports whether a word of arrest is but the noun for those counted:
// "33 detainees" does not say that they were detained now.
func (c *counting) captiveNoun(a act, noun int) bool {
	return a.what == countDetained && a.First <= noun && c.d.classAt(a.First, cCaptive)
}

// pastAside is the token after what stands between commas behind a noun, if the word
// at token to follows closely: "12 soldiers, including two officers, were killed".
func (c *counting) pastAside(noun, to int) int {
	const longest, close = 14, 3
	d := c.d
	if noun+1 >= c.s.past || !d.tokens[noun+1].Comma || to-noun > longest {
		return 0
	}
	for i := to; i > noun+1 && to-i <= close && !d.numberBetween(i, i+1); i-- {
		if d.tokens[i].Comma {
			return i
		}
	}
	return 0
}

// toll: "the death toll from the latest fighting rose to 25".
func (c *counting) toll(h lexicon.Hit, n numeral) bool {
	const tollReach = 12
	d := c.d
	return n.start-h.Last <= tollReach && n.start > 0 && d.noiseIn("toll", n.start-1, n.first-1) && (h.Last > h.First || d.pack.noise["tally "+d.tokens[h.First].Folded])
}

func (d *document) commas(from, to int) int {
	if from < to && d.brokenBetween(from, to) {
		return commaApart
	}
	return 0
}
