package news

import "trucewire/news/lexicon"

func isTime(unit string) bool {
	switch unit {
	case "hours", "days", "weeks", "months", "minutes", "years":
		return true
	}
	return false
}

// isWeapon reports whether a unit is of arms and their use. An article lists those of
// every battle; only in the beginning of an item are they what it counts.
func isWeapon(unit string) bool {
	switch unit {
	case "missiles", "drones", "attacks", "times", "trucks":
		return true
	}
	return false
}

// unitAfter finds a unit within three words after a number ("three more days",
// "72-hour"); a word that is number and unit in one carries its own.
func (c *counting) unitAfter(n numeral) (unit string, at int) {
	d := c.d
	if n.unit != "" {
		return n.unit, n.last
	}
	for _, h := range c.units {
		at := h.First + c.s.first
		if at >= n.first && at <= n.last {
			return d.pack.unitOf[h.Class], at
		}
		gap := at - n.last
		if gap < 1 || gap > 3 || d.brokenBetween(n.last, at) {
			continue
		}
		for i := n.last + 1; i < at; i++ {
			if d.classAt(i, cCivilian, cArmy, cCaptive, cKill, cInjure) || d.tokens[i].Number || d.pack.noise["apart "+d.tokens[i].Folded] {
				return "", 0
			}
		}
		return d.pack.unitOf[h.Class], h.Last + c.s.first
	}
	return "", 0
}

// timeSpan tells a span of time that is of a truce, of a term that an agreement sets,
// or of a war that is told in years.
func (c *counting) timeSpan(f Figure, n numeral, unit string, unitAt int) (Figure, bool) {
	f.What, f.Unit = countDuration, unit
	if n.qualifier == Vague {
		return f, false
	}
	if f.Who = c.spanOf(n, unitAt); f.Who != "" {
		return f, true
	}
	if unit == "years" && c.s.part != "title" && c.isWarSpan(unitAt) {
		f.Who = "war"
		return f, true
	}
	if unit != "minutes" && c.isTerm(n, unitAt) {
		f.Who = "term"
		if f.Qualifier == Exact {
			f.Min, f.Qualifier = nil, UpTo
		}
		return f, true
	}
	f.Who = "start"
	return f, unit != "minutes" && c.isDelay(n)
}

// spanOf is "truce" if a span of time is that of a truce, a pause or an extension, and
// not how long ago something was.
func (c *counting) spanOf(n numeral, unitAt int) string {
	d := c.d
	for _, h := range c.s.hits {
		if kind := class(h.Class); (kind == cTruce || kind == cEase || kind == cExtend) && c.spans(n, unitAt, h, kind) {
			return "truce"
		}
	}
	for _, h := range c.words {
		if d.pack.countOf[h.Class] == "truce" && c.spans(n, unitAt, h, cTruce) {
			return "truce"
		}
	}
	if c.lasts(n) {
		return "truce"
	}
	return ""
}

// spans reports whether a span of time stands before a word for a truce, or behind it
// with a word like "for".
func (c *counting) spans(n numeral, unitAt int, h lexicon.Hit, kind class) bool {
	const behind, beside = 8, 3
	d := c.d
	if n.start > c.s.first && d.noiseIn("within", n.start-1, n.start-1) && d.noiseIn("of", unitAt+1, unitAt+1) {
		return false // "within 30 minutes of the truce's end"
	}
	after, before := h.First-unitAt, n.start-h.Last
	if after >= 1 && after <= durationReach(kind) && !d.brokenBetween(unitAt, h.First) && !d.noiseIn("ago", unitAt+1, h.First) && !d.warAt(unitAt+1, h.First) {
		return true
	}
	return before >= 1 && before <= behind && kind != cEase && !d.quotedBetween(h.Last, n.start) && !d.warAt(unitAt+1, min(unitAt+3, c.s.past)) && (d.noiseIn("for", h.Last+1, n.first) || unitAt == n.first && before <= beside || before == 1 && (n.qualifier != Exact || c.s.has(cExtend))) &&
		!d.noiseIn("ago", unitAt+1, min(unitAt+2, c.s.past-1))
}

// quotedBetween reports whether a quotation begins or ends between two tokens.
func (d *document) quotedBetween(from, to int) bool {
	for i := from + 1; i <= to; i++ {
		if d.tokens[i].Quote {
			return true
		}
	}
	return false
}

// warAt reports whether a word of war stands between: in "ten days of fighting before
// the truce" the days are not the truce's.
func (d *document) warAt(from, to int) bool {
	for i := from; i < to; i++ {
		if d.classAt(i, cFight, cWar, cAttack) {
			return true
		}
	}
	return false
}

// durationReach is how many words after a span of time its truce may stand.
func durationReach(c class) int {
	switch c {
	case cTruce:
		return 4
	case cExtend, cEase:
		return 2
	default:
		return 1
	}
}

// lasts reports whether a word of lasting leads to a number, in a sentence that names
// a truce or right after one that does.
func (c *counting) lasts(n numeral) bool {
	const reach = 4
	d := c.d
	lead := false
	for i := max(c.s.first, n.start-reach); i < n.start; i++ {
		lead = lead || d.pack.noise["lasts "+d.tokens[i].Folded]
		lead = lead && !d.tokens[i+1].Comma
	}
	return lead && (c.s.has(cTruce, cEase, cPlan, cDeal) || c.sentenceBefore().has(cTruce))
}

// sentenceBefore is the sentence before this one; empty before the first.
func (c *counting) sentenceBefore() sentence {
	for i, s := range c.d.sents {
		if s.first == c.s.first && i > 0 {
			return c.d.sents[i-1]
		}
	}
	return sentence{}
}

// isWarSpan reports whether years are those of a war, and not its age.
func (c *counting) isWarSpan(unitAt int) bool {
	const reach = 3
	d := c.d
	for _, h := range c.s.all(cWar, cFight) {
		if after := h.First - unitAt; after >= 1 && after <= reach && !d.classAt(h.First, cAttack) && !d.brokenBetween(unitAt, h.First) && !d.noiseIn("age", unitAt+1, h.First) && !d.noiseIn("ago", unitAt+1, h.First) {
			return true
		}
	}
	return false
}

// isTerm reports whether a span of time is a term that something must be done in:
// "disarm within 30 days".
func (c *counting) isTerm(n numeral, unitAt int) bool {
	const lead = 2
	d := c.d
	if n.start == 0 || !d.noiseIn("within", max(c.s.first, n.start-lead), n.start-1) || d.noiseIn("ago", unitAt+1, min(unitAt+1, c.s.past-1)) ||
		d.noiseIn("of", unitAt+1, min(unitAt+1, c.s.past-1)) {
		return false
	}
	return c.s.has(cWithdraw, cEffect, cSwap, cDeploy) || c.s.has(cRelease) && c.s.has(cCaptive) || c.says("within")
}

// says reports whether the sentence holds a word of one of the pack's counts.
func (c *counting) says(key string) bool {
	for _, h := range c.words {
		if c.d.pack.countOf[h.Class] == key {
			return true
		}
	}
	return false
}

// isDelay reports whether a span of time is how long it takes until a truce begins:
// "comes into force in 48 hours".
func (c *counting) isDelay(n numeral) bool {
	const reach = 4
	d := c.d
	for _, h := range c.s.all(cEffect) {
		if gap := n.start - h.Last; gap >= 1 && gap <= reach && !d.brokenBetween(h.Last, n.start) && !d.noiseIn("past", n.last+1, min(n.last+2, c.s.past-1)) {
			return true
		}
	}
	return false
}

// noiseIn reports whether one of tokens [from, to] is a listed small word.
func (d *document) noiseIn(list string, from, to int) bool {
	for i := from; i <= to && i < len(d.tokens); i++ {
		if d.pack.noise[list+" "+d.tokens[i].Folded] {
			return true
		}
	}
	return false
}

// things are figures of trucks, violations, drones and the like; flights and blasts
// are told by number but are none. Times count only
// what was broken or attacked so often, distances only how far someone withdraws.
func (c *counting) things(f Figure, n numeral, unit string) (Figure, bool) {
	aid := (unit == "trucks" || unit == "tonnes" || unit == "ships") && c.s.has(cAid, cAccess)
	switch {
	case n.qualifier == Vague, n.min != nil && *n.min == 1 && unit != "violations":
		return Figure{}, false
	case unit == "times" && !c.s.has(cBreach, cAttack), unit == "km" && !c.s.has(cWithdraw) && !c.says("within"):
		return Figure{}, false
	case unit == "attacks" && c.s.has(cKill) && n.min != nil && *n.min <= fewest:
		return Figure{}, false // of "two attacks that killed 20" the 20 are the figure
	case unit == "flights", unit == "blasts", isWeapon(unit) && !aid && c.s.part == "rest":
		return Figure{}, false
	}
	f.What, f.Unit, f.Who = countOther, unit, unit
	if aid {
		f.What = countAid
	}
	return f, true
}
