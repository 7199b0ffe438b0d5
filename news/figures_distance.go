package news

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"trucewire/news/lexicon"
)

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
	if i > 1 && d.pack.noise["object "+d.tokens[i-1].Folded] {
		i-- // "y a cinco civiles"
	}
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
