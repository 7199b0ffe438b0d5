package news

import (
	"cmp"
	"slices"
	"strings"

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
	// lastThing is the unit of the last things counted.
	lastThing string
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
		f, ok := c.things(f, n, unit)
		if ok {
			c.lastThing = unit
		}
		return f, ok
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
	if what == "" && noun == n.last && c.lastThing != "" && c.included(n) {
		f.What, f.Unit, f.Who = countOther, c.lastThing, c.lastThing
		return f, n.qualifier != Vague // "84 violations, including 64 with artillery"
	}
	f.What, c.last = what, what
	if c.isForecast(n, what) {
		f.Min, f.Max, f.Qualifier = nil, cmp.Or(n.max, n.min), UpTo
	}
	return f, f.What != ""
}

// isForecast reports whether people are only said to become what is counted: "could
// force 800,000 people to flee".
func (c *counting) isForecast(n numeral, what string) bool {
	const reach = 5
	if what != countDisplaced && what != countKilled || n.qualifier != Exact {
		return false
	}
	return c.d.noiseIn("may", max(c.s.first, n.start-reach), min(n.last+reach, c.s.past-1))
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
	case c.captiveAt(noun) && c.near(n, noun, "held"):
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

// countedBy finds the word that says what happened to those counted: the nearest one,
// where a comma or another number in between makes it farther. either tells that two
// things happened to one number ("killed or wounded"), so that it counts neither.
func (c *counting) countedBy(n numeral, noun, k int) (what string, either bool) {
	best, from := c.nearest(n, noun, k)
	what = from.what
	if n.part && (noun == n.last && !c.d.pack.noise["them "+c.d.tokens[n.last].Folded] || deref(n.min) == 1 && what != countKilled && what != countInjured) {
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
	return c.captiveAt(noun) || c.keptBetween(noun, to)
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
