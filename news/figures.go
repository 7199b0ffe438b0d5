package news

import (
	"slices"

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
	also []int // later sentences that tell it again
}

// speaker is who tells the figure: the voice of its sentence, or of the first later
// one that tells it again.
func (g figure) speaker(voices map[int]voice) string {
	for _, sent := range append([]int{g.sent}, g.also...) {
		if v, ok := voices[sent]; ok {
			return v.Name
		}
	}
	return ""
}

// in reports whether a sentence tells the figure, the first time or again.
func (g figure) in(sent int) bool { return g.sent == sent || slices.Contains(g.also, sent) }

// openKey is a figure by its lower bound alone: "19 deaths" of a headline is the "at
// least 19" of the text.
func openKey(f Figure) (what string, min int, ok bool) {
	return f.What, deref(f.Min), f.Min != nil && f.What != countDuration && (f.Qualifier == Exact || f.Qualifier == AtLeast)
}

// findFigures reads every sentence; a number told twice is one figure.
func (d *document) findFigures() []figure {
	type key struct {
		what, qualifier string
		min, max        int
	}
	seen := make(map[key]int) // place in out plus one
	var out []figure
	for i, s := range d.sents {
		if i >= maxSentences {
			break
		}
		days := d.findDays(s.first, s.past, d.local)
		c := &counting{d: d, s: s, all: d.numerals(s, days)}
		if len(c.all) > 0 {
			c.units = d.pack.units.Find(d.tokens[s.first:s.past], nil)
		}
		for k, n := range c.all {
			f, ok := c.figureOf(n, k)
			if !ok {
				continue
			}
			id := key{f.What, "", deref(f.Min), deref(f.Max)}
			if f.What == countDuration {
				id = key{f.What, "", inHours(f.Min, f.Unit), inHours(f.Max, f.Unit)} // "three-day" and "72-hour" are one
			}
			if f.Min == nil && f.Max == nil {
				id.qualifier = f.Who
			}
			if at := seen[id]; at > 0 {
				if f.Unit == "hours" { // as truces are told
					out[at-1].Figure = f
				}
				out[at-1].also = append(out[at-1].also, i)
				continue
			}
			if at := d.sameBound(out, f); at >= 0 {
				if f.Qualifier == AtLeast {
					out[at].Figure.Max, out[at].Figure.Qualifier = nil, AtLeast
				}
				out[at].also = append(out[at].also, i)
				continue
			}
			seen[id] = len(out) + 1
			f.Place = d.townIn(s)
			out = append(out, figure{Figure: f, sent: i, at: n.first})
		}
	}
	return out
}

// sameBound finds a figure with the same lower bound that differs only in being
// exact or at least; -1 if there is none.
func (d *document) sameBound(figures []figure, f Figure) int {
	what, low, ok := openKey(f)
	if !ok {
		return -1
	}
	return slices.IndexFunc(figures, func(g figure) bool {
		w, l, open := openKey(g.Figure)
		return open && w == what && l == low && g.Qualifier != f.Qualifier
	})
}

func deref(p *int) int {
	if p == nil {
		return -1
	}
	return *p
}

// inHours makes durations comparable; -1 where there is none.
func inHours(n *int, unit string) int {
	if n == nil {
		return -1
	}
	switch unit {
	case "days":
		return *n * 24
	case "weeks":
		return *n * 7 * 24
	case "months":
		return *n * 30 * 24
	case "years":
		return *n * 365 * 24
	case "minutes":
		return -*n
	default:
		return *n
	}
}

// counting reads the figures of one sentence.
type counting struct {
	d     *document
	s     sentence
	all   []numeral
	units []lexicon.Hit // token indexes count from the sentence's first
	// carried is what the last number counted if its word stood before it, so that
	// the next one of a list may share it: "killed three soldiers and 10 civilians".
	carried string
}

// figureOf says what number k counts, if anything of the conflict.
func (c *counting) figureOf(n numeral, k int) (Figure, bool) {
	f := Figure{Min: n.min, Max: n.max, Qualifier: n.qualifier, Unit: "people"}
	unit, unitAt := c.unitAfter(n)
	if isTime(unit) {
		f.What, f.Unit, f.Who = countDuration, unit, "truce"
		return f, n.qualifier != Vague && c.isDuration(n, unitAt, unit == "years")
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
	f.What = c.countedBy(n, noun, k)
	if f.What == "" && noun > n.last && c.d.classAt(noun, cArmy) && n.qualifier != Vague && c.s.has(cDeploy) && !c.s.has(cKill, cInjure) {
		f.What = countOther // troops sent or gathered
	}
	return f, f.What != ""
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
		if d.classAt(i, cKill) && d.classAt(noun, cCaptive) {
			return true
		}
	}
	return false
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
func (c *counting) unitAfter(n numeral) (unit string, at int) {
	d := c.d
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
		return d.pack.unitOf[h.Class], at
	}
	return "", 0
}

// isDuration reports whether a span of time is that of a truce, or of a war that is
// told in years, and not how long ago something was.
func (c *counting) isDuration(n numeral, unitAt int, long bool) bool {
	d := c.d
	for _, h := range c.s.hits {
		kind := class(h.Class)
		after, before := h.First-unitAt, n.start-h.Last
		if (kind == cWar || kind == cFight) && long && !d.classAt(h.First, cAttack) && after >= 1 && after <= 3 && !d.brokenBetween(unitAt, h.First) {
			return true
		}
		if kind != cTruce && kind != cEase && kind != cExtend {
			continue
		}
		if after >= 1 && after <= durationReach(kind) && !d.brokenBetween(unitAt, h.First) && !d.noiseIn("ago", unitAt+1, h.First) {
			return true
		}
		if before >= 1 && before <= 8 && kind != cEase && (d.noiseIn("for", h.Last+1, n.first) || unitAt == n.first && before <= 3) && !d.noiseIn("ago", unitAt+1, min(unitAt+2, c.s.past-1)) {
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
	case cExtend:
		return 2
	default:
		return 1
	}
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

// things are figures of trucks, violations, drones and the like. Times count only
// what was broken or attacked so often.
func (c *counting) things(f Figure, n numeral, unit string) (Figure, bool) {
	if n.qualifier == Vague || n.min != nil && *n.min == 1 || unit == "times" && !c.s.has(cBreach, cAttack) {
		return Figure{}, false
	}
	f.What, f.Unit, f.Who = countOther, unit, unit
	if (unit == "trucks" || unit == "tonnes" || unit == "ships") && c.s.has(cAid, cAccess) {
		f.What = countAid
	}
	return f, true
}

// nounAfter finds the people that a number counts: the first noun for people within
// five words, with the words between. noun is its token, or the number's own.
func (c *counting) nounAfter(n numeral) (who string, noun int) {
	const reach = 6
	d := c.d
	for i := n.last + 1; i < min(n.last+1+reach, c.s.past); i++ {
		if d.tokens[i].Stop || d.tokens[i].Comma && i > n.last+1 || d.pack.noise["apart "+d.tokens[i].Folded] && i > n.last+1 {
			break
		}
		if d.classAt(i, cCivilian, cCaptive) {
			return d.cut(n.last+1, i), i
		}
		if d.mention[i] != 0 && (i+1 >= c.s.past || !d.classAt(i+1, cCivilian, cArmy, cCaptive)) && d.mention[i] != d.mentionAfter(i) {
			return d.cut(n.last+1, i), i
		}
	}
	return "", n.last
}

// mentionAfter is the mention of the next token, so that a name of several words is
// taken whole; -1 at the end.
func (d *document) mentionAfter(i int) int32 {
	if i+1 >= len(d.mention) {
		return -1
	}
	if d.mention[i+1] == 0 {
		return -1
	}
	return d.mention[i+1]
}

// countedBy finds the word that says what happened to those counted: the nearest
// one, where a comma or another number in between makes it farther.
func (c *counting) countedBy(n numeral, noun, k int) string {
	best, what, before := 99, "", false
	for _, ct := range counters() {
		for _, h := range c.s.all(ct.class) {
			dist := c.distance(n, noun, h, k, ct)
			if dist < 0 || dist >= best || ct.needCaptive && !c.d.classAt(noun, cCaptive) {
				continue
			}
			best, what, before = dist, ct.what, h.Last < n.start
		}
	}
	if (what == "" || best >= numberApart) && c.carried != "" && noun > n.last && c.follows(n, k) {
		return c.carried
	}
	c.carried = ""
	if before {
		c.carried = what
	}
	return what
}

// follows reports whether the number before is near enough for one list.
func (c *counting) follows(n numeral, k int) bool {
	const listReach = 9
	return k > 0 && n.start-c.all[k-1].last <= listReach
}

// Extra distance for what parts a number from a word, and how near the word must
// stand where no noun says who is counted.
const (
	commaApart  = 3
	numberApart = 6
	bareReach   = 3
)

// distance is how far a word stands from a number; -1: too far.
func (c *counting) distance(n numeral, noun int, h lexicon.Hit, k int, ct counter) int {
	switch {
	case h.First > n.last:
		dist := h.First - max(noun, n.last)
		if h.First <= noun {
			dist = 0
		}
		if dist > ct.after || noun == n.last && dist > bareReach {
			return -1
		}
		if k+1 < len(c.all) && c.all[k+1].first < h.First {
			dist += numberApart
		}
		return dist + c.d.commas(noun, h.First)
	case h.Last < n.start:
		dist := n.start - h.Last
		if dist > ct.before && !(ct.class == cKill && c.toll(h, n)) {
			return -1
		}
		if k > 0 && c.all[k-1].first > h.Last {
			dist += numberApart
		}
		return dist + c.d.commas(h.Last, n.start)
	}
	return -1
}

// toll: "the death toll from the latest fighting rose to 25".
func (c *counting) toll(h lexicon.Hit, n numeral) bool {
	const tollReach = 12
	return n.start-h.Last <= tollReach && n.start > 0 && c.d.pack.noise["toll "+c.d.tokens[n.start-1].Folded] && h.Last > h.First
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
				return d.relation(s, m) + ent.name
			}
		}
	}
	return ""
}

// outsidePlace begins the Place of a claim that is told to be outside of it.
const outsidePlace = "outside "

// relation is outsidePlace where a word before the place says that it is not in it:
// "outside the city of X".
func (d *document) relation(s sentence, m mention) string {
	const reach = 4
	for i := m.first - 1; i >= max(s.first, m.first-reach); i-- {
		if outsideOf(d.tokens[i].Folded) {
			return outsidePlace
		}
		if d.tokens[i+1].Comma || d.mention[i] != 0 {
			return ""
		}
	}
	return ""
}
