package news

// captiveAt reports whether the noun at token i is for captives, by itself or with the
// word before it ("deceased hostages").
func (c *counting) captiveAt(i int) bool {
	return c.d.classAt(i, cCaptive) || i > c.s.first && c.d.classAt(i-1, cCaptive)
}

// ofRemains reports whether a number counts the dead that are handed over: "bodies
// of four hostages", "four more bodies", "two dead hostages".
func (c *counting) ofRemains(n numeral, noun int) bool {
	const reach = 4
	d := c.d
	for i := max(c.s.first, n.start-reach); i < min(n.last+reach, c.s.past); i++ {
		if d.classAt(i, cRemains) && (i > n.last || c.captiveAt(noun)) && !d.brokenBetween(min(i, n.last), max(i, n.first)) {
			return true
		}
	}
	for i := n.last + 1; i < noun; i++ {
		if (d.classAt(i, cKill) || c.is(i, "dead")) && c.captiveAt(noun) {
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
		if !c.person(i) && !d.lastOfName(i) || c.goesOn(i, many) || many && c.is(i, "person") && !c.is(i, "people") && !d.classAt(i+1, cKill, cInjure) {
			continue // "two fighter jets" are no fighters, "two civilian deaths" are of civilians
		}
		return d.cut(n.last+1, i), i
	}
	return "", n.last
}

// goesOn reports whether the noun at token i is but the first of several. Of many a
// noun in the singular is none.
func (c *counting) goesOn(i int, many bool) bool {
	d := c.d
	if many && c.is(i+1, "person") && !c.is(i+1, "people") {
		return false
	}
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
