package news

// followScore is the score from which a new step is taken for the next one of the
// development it came closest to: same process, other step.
const followScore = -3

// placing is where an item's main statement belongs.
type placing struct {
	story   *story        // the development; nil: a new one
	follows DevelopmentID // of a new one: the earlier step it comes closest to
	why     []string
}

// place finds the development that an item belongs to.
func (b *batch) place(e *entry, r Reading) placing {
	l := b.layers()
	if e.main != "" { // a new revision stays where the item is
		if s, ok := l.story(e.main); ok {
			return placing{story: s, why: []string{"story.revision"}}
		}
	}
	m, ok := b.best(l, e, r)
	switch {
	case !ok:
		return placing{why: []string{"story.new: nothing alike"}}
	case m.score > 0:
		return placing{story: m.story, why: append([]string{"story.joined"}, m.explain()...)}
	case m.score > followScore:
		return placing{follows: m.story.dev.ID, why: append([]string{"story.new: next step"}, m.explain()...)}
	default:
		return placing{why: append([]string{"story.new"}, m.explain()...)}
	}
}

// best finds the development that the item fits best, and whether it fits: the
// match's score is above 0. ok is false where there is nothing to compare with.
func (d *Desk) best(l layers, e *entry, r Reading) (best match, ok bool) {
	for _, m := range d.matches(l, e, r) {
		m.score = d.score(m, r)
		if !ok || m.score > best.score || m.score == best.score && m.story.dev.ID < best.story.dev.ID {
			best, ok = m, true
		}
	}
	return best, ok
}

func (d *Desk) score(m match, r Reading) float64 {
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
	var all []match
	for _, s := range l.candidates(e, r, d.GroupOnly) {
		m := match{story: s, minor: len(s.members) == 0}
		if !m.minor {
			l.textSignals(&m, q)
		}
		if !m.minor && !d.GroupOnly {
			m.stepSignals(told, s.step(d.origins))
		}
		all = append(all, m)
	}
	standOut(all)
	if !d.GroupOnly {
		crowd(all, r.At)
	}
	return all
}
