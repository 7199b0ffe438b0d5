package news

import (
	"strings"

	"trucewire/news/lexicon"
)

// What figures count.
const (
	countKilled    = "killed"
	countInjured   = "injured"
	countDisplaced = "displaced"
	countReleased  = "released"
	countCaptured  = "captured"
	countMissing   = "missing"
	countDetained  = "detained"
	countEvacuated = "evacuated"
	countAid       = "aid"
	countDuration  = "duration"
	countOther     = "other"
)

// counter ties a word class to what a number beside it counts, and how far from the
// number the word may stand, before and after.
type counter struct {
	class         class
	what          string
	before, after int
	needCaptive   bool // only of hostages, prisoners
}

// counters are tried by distance; at the same distance in this order.
func counters() []counter {
	return []counter{
		{class: cKill, what: countKilled, before: 4, after: 7},
		{class: cInjure, what: countInjured, before: 4, after: 6},
		{class: cDisplace, what: countDisplaced, before: 4, after: 7},
		{class: cMissing, what: countMissing, before: 1, after: 4},
		{class: cEvacuate, what: countEvacuated, before: 4, after: 6},
		{class: cDetain, what: countDetained, before: 3, after: 5},
		{class: cRelease, what: countReleased, before: 5, after: 7, needCaptive: true},
		{class: cSwap, what: countReleased, before: 6, after: 7},
	}
}

// figure is a figure of the item with the sentence it stands in.
type figure struct {
	Figure
	sent int
	at   int
}

// findFigures reads every sentence; a number told twice is one figure.
func (d *document) findFigures() []figure {
	type key struct {
		what, qualifier string
		min, max        int
	}
	seen := make(map[key]bool)
	var out []figure
	for i, s := range d.sents {
		if i >= maxSentences {
			break
		}
		days := d.findDays(s.first, s.past, d.local)
		ns := d.numerals(s, days)
		for k, n := range ns {
			f, ok := d.figureOf(s, n, ns, k)
			if !ok {
				continue
			}
			id := key{f.What, "", deref(f.Min), deref(f.Max)}
			if f.Min == nil && f.Max == nil {
				id.qualifier = f.Who
			}
			if seen[id] {
				continue
			}
			seen[id] = true
			f.Place = d.townIn(s)
			out = append(out, figure{Figure: f, sent: i, at: n.first})
		}
	}
	return out
}

func deref(p *int) int {
	if p == nil {
		return -1
	}
	return *p
}

// figureOf says what one number counts, if anything of the conflict.
func (d *document) figureOf(s sentence, n numeral, all []numeral, k int) (Figure, bool) {
	f := Figure{Min: n.min, Max: n.max, Qualifier: n.qualifier, Unit: "people"}
	unit, unitAt := d.unitAfter(n, s)
	if isTime(unit) {
		if !d.isDuration(n, unitAt, s) {
			return Figure{}, false
		}
		f.What, f.Unit, f.Who = countDuration, unit, "truce"
		return f, n.qualifier != Vague
	}
	if unit != "" {
		return d.things(f, n, s, unit)
	}
	who, noun := d.nounAfter(n, s)
	f.Who = who
	what := d.countedBy(n, s, noun, all, k)
	if what == "" {
		return Figure{}, false
	}
	f.What = what
	return f, true
}

func isTime(unit string) bool {
	switch unit {
	case "hours", "days", "weeks", "months", "minutes", "years":
		return true
	}
	return false
}

// unitAfter finds a unit within three words after a number ("three more days",
// "72-hour"); a word that is number and unit in one carries its own.
func (d *document) unitAfter(n numeral, s sentence) (unit string, at int) {
	hits := d.pack.units.Find(d.tokens[s.first:s.past], nil)
	for _, h := range hits {
		at := h.First + s.first
		if at >= n.first && at <= n.last {
			return d.pack.unitOf[h.Class], at
		}
		gap := at - n.last
		if gap < 1 || gap > 3 || d.brokenBetween(n.last, at) {
			continue
		}
		for i := n.last + 1; i < at; i++ {
			if d.classAt(i, cCivilian, cArmy, cCaptive, cKill, cInjure) || d.tokens[i].Number || len(d.tokens[i].Folded) <= 2 && gap > 1 && d.pack.lang == "en" {
				return "", 0
			}
		}
		return d.pack.unitOf[h.Class], at
	}
	return "", 0
}

// isDuration reports whether a span of time is that of a truce, and not how long a
// war lasts or how long ago something was.
func (d *document) isDuration(n numeral, unitAt int, s sentence) bool {
	for _, h := range s.hits {
		c := class(h.Class)
		if c != cTruce && c != cEase && c != cDeal && c != cExtend {
			continue
		}
		after, before := h.First-unitAt, n.start-h.Last
		if c == cTruce && after >= 1 && after <= 4 && !d.brokenBetween(unitAt, h.First) && !d.noiseIn("ago", unitAt+1, h.First) {
			return true
		}
		if c == cEase && after == 1 {
			return true
		}
		if before >= 1 && before <= 8 && (c == cTruce || c == cExtend) && d.noiseIn("for", h.Last+1, n.first) && !d.noiseIn("ago", unitAt+1, min(unitAt+2, s.past-1)) {
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

// things are figures of trucks, violations, drones and the like.
func (d *document) things(f Figure, n numeral, s sentence, unit string) (Figure, bool) {
	if n.qualifier == Vague {
		return Figure{}, false
	}
	f.What, f.Unit, f.Who = countOther, unit, unit
	if (unit == "trucks" || unit == "tonnes" || unit == "ships") && s.has(cAid, cAccess) {
		f.What = countAid
	}
	return f, true
}

// nounAfter finds the people that a number counts: the first noun for people within
// five words, with the words between. noun is its token, or the number's own.
func (d *document) nounAfter(n numeral, s sentence) (who string, noun int) {
	const reach = 5
	for i := n.last + 1; i < min(n.last+1+reach, s.past); i++ {
		if d.tokens[i].Stop || d.tokens[i].Comma && i > n.last+1 {
			break
		}
		if d.classAt(i, cCivilian, cCaptive) {
			return d.cut(n.last+1, i), i
		}
		if d.mention[i] != 0 && (i+1 >= s.past || !d.classAt(i+1, cCivilian, cArmy, cCaptive)) {
			return d.cut(n.last+1, i), i
		}
	}
	return "", n.last
}

// countedBy finds the word that says what happened to those counted: the nearest
// one, where a comma or another number in between makes it farther.
func (d *document) countedBy(n numeral, s sentence, noun int, all []numeral, k int) string {
	best, what := 99, ""
	for _, c := range counters() {
		for _, h := range s.all(c.class) {
			dist := d.distance(n, noun, h, all, k, c)
			if dist < 0 || dist >= best || c.needCaptive && !d.classAt(noun, cCaptive) {
				continue
			}
			best, what = dist, c.what
		}
	}
	return what
}

// Extra distance for what parts a number from a word.
const (
	commaApart  = 3
	numberApart = 6
)

func (d *document) distance(n numeral, noun int, h lexicon.Hit, all []numeral, k int, c counter) int {
	switch {
	case h.First > n.last:
		dist := h.First - max(noun, n.last)
		if h.First <= noun {
			dist = 0
		}
		if dist > c.after {
			return -1
		}
		if k+1 < len(all) && all[k+1].first < h.First {
			dist += numberApart
		}
		return dist + d.commas(noun, h.First)
	case h.Last < n.start:
		dist := n.start - h.Last
		if dist > c.before {
			return -1
		}
		if k > 0 && all[k-1].first > h.Last {
			dist += numberApart
		}
		return dist + d.commas(h.Last, n.start)
	}
	return -1
}

func (d *document) commas(from, to int) int {
	if from < to && d.brokenBetween(from, to) {
		return commaApart
	}
	return 0
}

// townIn is the catalogue place a sentence names, if any.
func (d *document) townIn(s sentence) string {
	for _, m := range d.mentions {
		if m.first < s.first || m.first >= s.past {
			continue
		}
		for _, e := range m.entities {
			if ent := d.names.entities[e]; ent.kind == entPlace {
				return ent.name
			}
		}
	}
	return ""
}

// figuresWho trims a counted noun to what a reader would call it.
func figuresWho(s string) string { return strings.TrimSpace(s) }
