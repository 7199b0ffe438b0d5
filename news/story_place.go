package news

import "fmt"

// followScore is the score from which a new step is taken for the next one of the
// development it came closest to: same process, other step.
const followScore = -4.5

// doubtScore is the score from which an item that joins nothing may still be telling the
// development it came closest to: as log odds, one in three. A channel misses little
// if such a post waits for a second item; steps that turn a status wait for none.
const doubtScore = -0.6

// placing is where an item's main statement belongs.
type placing struct {
	story   *story        // the development; nil: a new one
	score   float64       // of the development joined
	follows DevelopmentID // of a new one: the earlier step it comes closest to
	// doubtful tells of a new one that it may be the step that it follows.
	doubtful bool
	why      []string
}

// place finds the development that an item belongs to.
func (b *batch) place(e *entry, r Reading) placing {
	l := b.layers()
	if e.main != "" { // a new revision stays where the item is
		if s, ok := l.story(e.main); ok {
			return placing{story: s, why: []string{"story.revision"}}
		}
	}
	if s := b.correctedStory(l, r); s != nil {
		return placing{story: s, why: []string{"story.corrected"}}
	}
	m, ok := b.best(l, e, r)
	switch {
	case !ok:
		return placing{why: []string{"story.new: nothing alike"}}
	case m.score > 0:
		return placing{story: m.story, score: m.score, why: append([]string{"story.joined"}, m.explain()...)}
	case m.doubtful(r) && !b.GroupOnly:
		return placing{follows: m.story.ID, doubtful: true, why: append([]string{"story.new: in doubt"}, m.explain()...)}
	case m.score > followScore:
		return placing{follows: m.story.ID, why: append([]string{"story.new: next step"}, m.explain()...)}
	default:
		return placing{why: append([]string{"story.new"}, m.explain()...)}
	}
}

// doubtful reports whether an item that joins nothing may tell the match's development
// all the same: it comes near it, and the main kind of one is among the other's.
func (m match) doubtful(r Reading) bool {
	return m.score > doubtScore && m.signals[sigMainIn] > 0 && !r.Kinds[0].turnsStatus()
}

// best finds the development that the item fits best, and whether it fits: the
// match's score is above 0. ok is false where there is nothing to compare with.
func (d *Desk) best(l layers, e *entry, r Reading) (best match, ok bool) {
	all := d.matches(l, e, r)
	var second match
	for i := range all {
		m := &all[i]
		m.score = d.score(m, r)
		switch {
		case m.minor && m.score <= 0: // nobody told it as news: no step to come after
		case !ok:
			best, ok = *m, true
		case m.ahead(best):
			best, second = *m, best
		case second.story == nil || m.ahead(second):
			second = *m
		}
	}
	if second.story != nil {
		best.rival = fmt.Sprintf("%.2f with %s", second.score, second.story.ID)
	}
	return best, ok
}

// ahead orders matches, best first.
func (m match) ahead(o match) bool {
	return m.score > o.score || m.score == o.score && m.story.ID < o.story.ID
}

func (d *Desk) score(m *match, r Reading) float64 {
	switch {
	case m.minor:
		return d.passing(d.origins.stepOf(r), m.story)
	case d.GroupOnly:
		return d.judges.story.score(m.signals)
	case m.foreign:
		return d.judges.foreign.score(m.signals)
	default:
		return d.judges.step.score(m.signals)
	}
}

// matches compares an item with every development that it may belong to.
func (d *Desk) matches(l layers, e *entry, r Reading) []match {
	q := l.query(e)
	told := d.origins.stepOf(r)
	stories := l.candidates(r)
	if d.GroupOnly {
		stories = l.alike(e)
	}
	all := make([]match, len(stories))
	for i, s := range stories {
		m := &all[i]
		m.story, m.minor = s, len(s.members) == 0
		l.base.keep(s)
		if !m.minor {
			l.textSignals(m, q)
		}
		if !m.minor && !d.GroupOnly {
			l.conceptSignals(m, e)
			m.stepSignals(told, s.step(d.origins))
		}
	}
	standOut(all)
	if !d.GroupOnly {
		crowd(all, told, r.At)
		d.judges.asStories(all)
	}
	return all
}

// correctedStory finds the development that an item says it puts right: one that
// told something of the kind by the same speaker, and that the item's value
// replaces; the newest, if there are several.
func (b *batch) correctedStory(l layers, r Reading) *story {
	for _, c := range r.Claims {
		if !c.Main || c.Sub != subCorrected {
			continue
		}
		c.Cite = r.Cite
		for _, s := range l.about(subject{r.Conflict, c.Kind}) {
			for _, old := range s.whole().Claims {
				if old.Kind != c.Kind || !b.sameSource(old, c) {
					continue
				}
				if _, _, ok := replaces(old, c); ok {
					return s
				}
			}
		}
	}
	return nil
}
