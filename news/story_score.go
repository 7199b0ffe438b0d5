package news

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"time"
)

// signal names one thing that speaks for or against an item belonging to a
// development. Signals run from 0 to 1.
type signal int

const (
	sigText     signal = iota // words in common with the nearest item, by rarity
	sigTextMean               // words in common on average over the items
	sigTitle                  // words of the headlines in common, nearest item
	sigNames                  // names in common, nearest item
	sigNumbers                // numbers in common
	sigCopy                   // shingles in common: one text carried twice
	sigHeadline               // headlines nearly the same
	sigKind                   // the same main kind
	sigKinds                  // some kind in common
	sigFamily                 // main kinds of one family, such as talks and proposals
	sigSpeaker                // the same speaker
	sigSpeakers               // both name speakers, none in common
	sigParties                // parties in common
	sigDay                    // the same day told
	sigDays                   // both tell days, none in common
	sigFigure                 // a figure in common
	sigFigures                // both tell figures of one thing, none in common
	sigFresh                  // published near the newest item
	sigAge                    // published near the first item
	sigOutlet                 // an outlet that has told it before
	sigForeign                // no item in the item's language
	sigLone                   // no party, kind or conflict to compare: text alone
	signals                   // how many there are
)

// match is how well an item fits a development.
type match struct {
	story   *story
	signals [signals]float64
	score   float64 // above 0: the same step
}

// vector is an entry's words with their weights under the present window.
type vector struct {
	terms  []Term
	weight []float64
	norm   float64
	title  []float64 // weights of the title's words, 0 for others
	tnorm  float64
}

func (l layers) vector(terms []Term) vector {
	v := vector{terms: terms, weight: make([]float64, len(terms)), title: make([]float64, len(terms))}
	for i, t := range terms {
		idf := l.weight(t.Hash)
		w := (1 + math.Log(float64(t.Count))) * idf
		if t.Title {
			w += idf // a word of the headline counts as if it stood there more often
			v.title[i] = idf
		}
		v.weight[i] = w
		v.norm += w * w
		v.tnorm += v.title[i] * v.title[i]
	}
	v.norm, v.tnorm = math.Sqrt(v.norm), math.Sqrt(v.tnorm)
	return v
}

// likeness gives the cosines of two vectors, over all words and over headlines.
func likeness(a, b vector) (all, title float64) {
	i, j := 0, 0
	for i < len(a.terms) && j < len(b.terms) {
		switch {
		case a.terms[i].Hash < b.terms[j].Hash:
			i++
		case a.terms[i].Hash > b.terms[j].Hash:
			j++
		default:
			all += a.weight[i] * b.weight[j]
			title += a.title[i] * b.title[j]
			i++
			j++
		}
	}
	return share(all, a.norm*b.norm), share(title, a.tnorm*b.tnorm)
}

func share(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// compared are the members of a story that an item is compared with: the first
// two, which tell what the step is, and the newest.
func (s *story) compared() []*entry {
	if len(s.members) <= compareMembers {
		return s.members
	}
	return slices.Concat(s.members[:2], s.members[len(s.members)-compareMembers+2:])
}

// textSignals compares an item with the items of a development.
func (l layers) textSignals(m *match, e *entry, v vector) {
	members := m.story.compared()
	foreign := 1.0
	for _, x := range members {
		all, title := likeness(v, l.vector(x.Terms))
		m.raise(sigText, all)
		m.raise(sigTitle, title)
		m.raise(sigNames, l.namesShared(e.Names, x.Names))
		m.raise(sigNumbers, sharedPart(e.Numbers, x.Numbers))
		m.raise(sigCopy, copied(e.Sketch, x.Sketch))
		m.raise(sigHeadline, headlines(e.TitleSim, x.TitleSim))
		m.raise(sigOutlet, float64(boolInt(e.outlet == x.outlet && e.outlet != "")))
		m.raise(sigFresh, near(e.at.Sub(x.at)))
		m.signals[sigTextMean] += all / float64(len(members))
		if x.lang == e.lang {
			foreign = 0
		}
	}
	if len(members) > 0 {
		m.signals[sigForeign] = foreign
	}
	m.signals[sigAge] = near(e.at.Sub(m.story.dev.OpenedAt))
}

func (m *match) raise(s signal, v float64) { m.signals[s] = max(m.signals[s], v) }

// near falls from 1 with the time between two publications; after three days it
// is a third: a step is told within a day or two, follow-ups are steps of their own.
func near(d time.Duration) float64 {
	days := math.Abs(d.Hours()) / 24
	return math.Exp(-days / 3)
}

// namesShared is the weighted share of names that two items have in common.
func (l layers) namesShared(a, b []uint32) float64 {
	both, sa, sb := 0.0, 0.0, 0.0
	for _, n := range a {
		w := l.nameWeight(n)
		sa += w
		if _, ok := slices.BinarySearch(b, n); ok {
			both += w
		}
	}
	for _, n := range b {
		sb += l.nameWeight(n)
	}
	return share(both, math.Sqrt(sa*sb))
}

func sharedPart(a, b []int) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both := 0
	for _, n := range a {
		both += boolInt(slices.Contains(b, n))
	}
	return float64(both) / math.Sqrt(float64(len(a)*len(b)))
}

// headlines is 1 for headlines that differ in no bit of their simhash and 0 from
// 16 bits on, where unrelated ones begin.
func headlines(a, b uint64) float64 {
	if a == 0 || b == 0 {
		return 0
	}
	return max(0, 1-float64(bits.OnesCount64(a^b))/16)
}

// weights say how much each signal speaks for one step (above 0) or against it.
// They are fitted by TestFitStories over labelled streams, see story_fit_test.go.
type weights struct {
	bias   float64
	signal [signals]float64
}

func (w weights) score(s [signals]float64) float64 {
	sum := w.bias
	for i, v := range s {
		sum += w.signal[i] * v
	}
	return sum
}

// storyWeights judge items by their words alone: of GroupOnly, or where the reader
// found nothing to compare.
func storyWeights() weights {
	return weights{bias: -5, signal: [signals]float64{sigText: 10, sigTextMean: 4, sigTitle: 2, sigNames: 3, sigCopy: 4}}
}

// stepWeights judge items that tell a step.
func stepWeights() weights {
	return weights{bias: -6, signal: [signals]float64{
		sigText: 7, sigTextMean: 2, sigTitle: 3, sigNames: 1, sigCopy: 4, sigKind: 1.5, sigKinds: 1, sigSpeaker: 1, sigFigure: 1, sigFresh: 2,
	}}
}

// explain lists the signals that decided, for --explain.
func (m match) explain() []string {
	why := []string{fmt.Sprintf("story.score %.2f with %s", m.score, m.story.dev.ID)}
	for i, v := range m.signals {
		if v != 0 {
			why = append(why, fmt.Sprintf("%s %.2f", signal(i), v))
		}
	}
	return why
}

// String is the signal's name in explanations.
func (s signal) String() string {
	return [signals]string{
		"text", "text.mean", "title", "names", "numbers", "copy", "headline", "kind", "kinds", "family",
		"speaker", "speakers.differ", "parties", "day", "days.differ", "figure", "figures.differ",
		"fresh", "age", "outlet", "foreign", "lone",
	}[s]
}

// best finds the development that the item fits best, and whether it fits: the
// match's score is above 0. ok is false where there is nothing to compare with.
func (d *Desk) best(l layers, e *entry, r Reading) (match, bool) {
	v := l.vector(e.Terms)
	told := d.origins.stepOf(r)
	w := stepWeights()
	if d.GroupOnly {
		w = storyWeights()
	}
	var best match
	found := false
	for _, s := range l.candidates(e, r) {
		if !d.GroupOnly && s.dev.Conflict != r.Conflict {
			continue
		}
		m := match{story: s}
		l.textSignals(&m, e, v)
		if !d.GroupOnly {
			m.stepSignals(told, d.origins.stepOfDevelopment(s.dev))
		}
		m.score = w.score(m.signals)
		if !found || m.score > best.score || m.score == best.score && m.story.dev.ID < best.story.dev.ID {
			best, found = m, true
		}
	}
	return best, found
}
