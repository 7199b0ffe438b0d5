package news

import (
	"cmp"
	"slices"

	"trucewire/news/lexicon"
)

// addVictims adds the single people who were killed or wounded and whom no number
// counts: "a soldier was killed", "shot dead a Palestinian".
func (c *counting) addVictims() {
	for _, h := range c.words {
		n, ok := c.victimOf(h)
		if !ok || slices.ContainsFunc(c.all, func(m numeral) bool { return m.start <= n.whoLast && m.last >= n.first }) {
			continue
		}
		c.all = append(c.all, n)
	}
	slices.SortStableFunc(c.all, func(a, b numeral) int { return cmp.Compare(a.first, b.first) })
}

// victimOf finds the one person whom a word of killing or wounding tells of: struck
// words go before the person, befell words behind.
func (c *counting) victimOf(h lexicon.Hit) (numeral, bool) {
	key := c.d.pack.countOf[h.Class]
	what := countKilled
	if c.d.classAt(h.First, cInjure) {
		what = countInjured
	}
	switch {
	case key == "victim" && !c.numbered(h.First):
		return c.single(h.First, h.Last, what), true
	case key == "struck":
		first, last, ok := c.personAfter(h.Last + 1)
		return c.single(first, last, what), ok
	case key == "befell":
		first, last, ok := c.personBefore(h)
		return c.single(first, last, what), ok
	case key == "including":
		first, last, ok := c.personAfter(h.Last + 1)
		return c.single(first, last, sameAsLast), ok
	}
	return numeral{}, false
}

// sameAsLast stands for what the number before counted: "six dead, including a child".
const sameAsLast = "last"

func (c *counting) single(first, last int, what string) numeral {
	one := 1
	return numeral{first: first, last: first, start: first, min: &one, max: &one, qualifier: Exact, what: what, whoFirst: first, whoLast: last}
}

// numbered reports whether a number stands right before token i.
func (c *counting) numbered(i int) bool {
	const reach = 2
	for k := i - 1; k >= max(c.s.first, i-reach); k-- {
		if _, word := c.d.pack.number(c.d.tokens[k].Folded); word || c.d.tokens[k].Number {
			return true
		}
	}
	return slices.ContainsFunc(c.all, func(n numeral) bool { return n.last >= i-reach && n.last < i })
}

// victimReach is how many words may stand between an article and a person.
const victimReach = 4

// personAfter reads a single person from token i on: an article and a noun, or the
// noun alone in a language without articles.
func (c *counting) personAfter(i int) (first, last int, ok bool) {
	d := c.d
	if i < c.s.past && d.pack.noise["object "+d.tokens[i].Folded] {
		i++ // "mató a un soldado"
	}
	article := i < c.s.past && d.pack.noise["one "+d.tokens[i].Folded]
	if i >= c.s.past || !article && d.pack.articles || d.tokens[i].Stop || d.tokens[i].Comma {
		return 0, 0, false
	}
	for k := i; k < min(i+1+victimReach, c.s.past); k++ {
		if k > i && (d.tokens[k].Comma || d.tokens[k].Stop || d.pack.noise["apart "+d.tokens[k].Folded]) || d.tokens[k].Number && !d.noiseIn("age", k+2, k+2) || d.pack.noise["ordinal "+d.tokens[k].Folded] {
			break // of "a fourth soldier" three were told before
		}
		if c.onePerson(k) {
			return i, k, true
		}
		if !article && k > i {
			break // without an article only one word may stand between
		}
	}
	return 0, 0, false
}

// onePerson reports whether token i is the noun for one person: of the pack, or of a
// people behind an article ("a Palestinian").
func (c *counting) onePerson(i int) bool {
	d := c.d
	if i+1 < c.s.past && !d.tokens[i+1].Comma && (c.is(i+1, "person") || d.classAt(i+1, cCivilian)) && !d.classAt(i+1, cKill, cInjure) {
		return false // of "a soldier girl" the last word is the noun
	}
	if d.possessive(i) {
		return false // "a child's death"
	}
	return c.is(i, "person") || d.pack.articles && d.lastOfName(i) && d.isCountry(i) && (i+1 >= c.s.past || !d.tokens[i+1].Capital)
}

// isCountry reports whether token i is of the name of a country or its people.
func (d *document) isCountry(i int) bool {
	return slices.ContainsFunc(d.mentions[d.mention[i]-1].entities, func(e int) bool { return d.names.entities[e].kind == entCountry })
}

// personBefore reads back from a word of killing over small words to one person, and
// to the article before. A headline leaves the article out. A word that goes on with
// whom it was done to tells of others ("a gunman killed four").
func (c *counting) personBefore(h lexicon.Hit) (first, last int, ok bool) {
	d := c.d
	last = h.First - 1
	passive := false
	for last > c.s.first && d.pack.noise["be "+d.tokens[last].Folded] && h.First-last <= 3 {
		passive = passive || d.pack.noise["passive "+d.tokens[last].Folded]
		last--
	}
	last = c.behindAdjectives(last)
	if last < c.s.first || d.brokenBetween(last, h.First) || d.tokens[last+1].Stop || !c.onePerson(last) || !passive && !c.ends(h.Last+1) {
		return 0, 0, false
	}
	for k := last - 1; k >= max(c.s.first, last-victimReach); k-- {
		if d.pack.noise["one "+d.tokens[k].Folded] {
			return k, last, true
		}
		if d.pack.noise["ordinal "+d.tokens[k].Folded] {
			return 0, 0, false
		}
		if d.tokens[k+1].Comma || d.tokens[k+1].Stop || d.pack.noise["apart "+d.tokens[k].Folded] || d.tokens[k].Number {
			break
		}
	}
	bare := c.s.part == "title" || !d.pack.articles
	return last, last, bare && !c.numbered(last) && !d.pack.common[d.tokens[max(last-1, 0)].Folded]
}

// behindAdjectives is where the noun stands whose adjectives end at token i ("un
// soldat français"), or i.
func (c *counting) behindAdjectives(i int) int {
	const most = 2
	for k := i; k >= max(c.s.first, i-most) && !c.d.pack.noise["apart "+c.d.tokens[k].Folded] && !c.d.pack.stops[c.d.tokens[k].Folded]; k-- {
		if c.is(k, "person") && c.onePerson(k) {
			return k
		}
	}
	return i
}

// ends reports whether what begins at token i is no object: the end of the sentence,
// a break or a small word that leads on.
func (c *counting) ends(i int) bool {
	d := c.d
	return i >= c.s.past || d.tokens[i].Comma || d.tokens[i].Stop || d.pack.noise["apart "+d.tokens[i].Folded] || d.pack.stops[d.tokens[i].Folded] || !d.pack.articles && !c.person(i) && !d.tokens[i].Number
}
