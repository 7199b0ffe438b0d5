package news

import "slices"

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
		{class: cRelease, what: countReleased, before: 5, after: 10, needCaptive: true},
		{class: cSwap, what: countReleased, before: 6, after: 7},
	}
}

// figure is a figure of the item with the sentence it stands in.
type figure struct {
	Figure
	sent int
	at   int
	also []int // later sentences that tell it again
	// declared is who declared the truce that a duration is of; empty: not said beside it.
	declared string
}

// speaker is who tells the figure: the voice of its sentence, or of the first later
// one that tells it again. Who declares a truce tells how long it is; who only agrees
// to one in a headline tells nothing.
func (d *document) speaker(g figure, voices map[int]voice) string {
	if g.declared != "" {
		return g.declared
	}
	sents := append([]int{g.sent}, g.also...)
	for _, spoken := range []bool{true, false} {
		for _, sent := range sents {
			v, ok := voices[sent]
			if ok && (d.classAt(v.verb, cAttrib) == spoken) && (spoken || !d.classAt(v.verb, cAgree)) {
				return v.Name
			}
		}
	}
	if v := voices[0]; v.whole && len(d.sents) > 0 && d.sents[0].title && d.sents[g.sent].part == "lead" {
		return v.Name
	}
	return ""
}

// in reports whether a sentence tells the figure, the first time or again.
func (g figure) in(sent int) bool { return g.sent == sent || slices.Contains(g.also, sent) }

// openKey is a figure by its lower bound alone: "19 deaths" of a headline is the "at
// least 19" of the text.
func openKey(f Figure) (what string, min int, ok bool) {
	return f.What, deref(f.Min), f.Min != nil && f.What != countDuration && (f.Qualifier == Exact || f.Qualifier == AtLeast || f.Qualifier == MoreThan)
}

// findFigures reads every sentence; a number told twice is one figure.
func (d *document) findFigures() []figure {
	t := &tellings{seen: make(map[figureKey]int)}
	for i, s := range d.sents[:min(len(d.sents), maxSentences)] {
		c := d.count(s)
		if c == nil {
			continue
		}
		for k, n := range c.all {
			f, ok := c.figureOf(n, k)
			if !ok || t.again(f, i) {
				continue
			}
			f.Place, f.Period = d.townIn(s), c.period()
			g := figure{Figure: f, sent: i, at: n.first}
			if f.What == countDuration {
				g.declared = d.declarer(s, n)
			}
			t.seen[keyOfFigure(f)] = len(t.out)
			t.out = append(t.out, g)
		}
	}
	return t.out
}

// figureKey tells figures of one item apart.
type figureKey struct {
	what, who string
	min, max  int
}

// keyOfFigure is the key of a figure: "three-day" and "72-hour" are one, and of what nobody
// counted the people tell it apart.
func keyOfFigure(f Figure) figureKey {
	switch {
	case f.Min == nil && f.Max == nil:
		return figureKey{f.What, f.Who, -1, -1}
	case f.What == countDuration:
		return figureKey{f.What, "", inHours(f.Min, f.Unit), inHours(f.Max, f.Unit)}
	default:
		return figureKey{f.What, "", deref(f.Min), deref(f.Max)}
	}
}

// tellings are the figures of an item as they are found.
type tellings struct {
	out  []figure
	seen map[figureKey]int // place in out
}

// again notes that a sentence tells a figure again, and reports whether it does.
func (t *tellings) again(f Figure, sent int) bool {
	at, known := t.seen[keyOfFigure(f)]
	switch {
	case known && finer(f.Unit, t.out[at].Unit): // as truces are told
		f.Place, f.Period = t.out[at].Place, t.out[at].Period
		t.out[at].Figure = f
	case known:
	default:
		if at = sameBound(t.out, f); at < 0 {
			return false
		}
		if f.Qualifier != Exact && t.out[at].Qualifier == Exact {
			t.out[at].Max, t.out[at].Qualifier = nil, f.Qualifier
		}
	}
	t.out[at].also = append(t.out[at].also, sent)
	return true
}

// sameBound finds a figure with the same lower bound that differs only in being
// exact or open above; -1 if there is none.
func sameBound(figures []figure, f Figure) int {
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

// finer reports whether a unit of time is a smaller one of days and hours than another.
func finer(unit, than string) bool {
	return unit == "hours" && than != "hours" || unit == "days" && than != "hours" && than != "days" && isTime(than)
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
