package news

import (
	"slices"
	"time"
)

// tidings are what one item tells of one development, for the standings of its
// conflict.
type tidings struct {
	dev         Development // with the item
	kinds       []Kind      // of the item, for the development
	claims      []Claim     // of the item, about the development
	certainty   Certainty   // of the item
	now         time.Time
	allegations func() (claims []Claim, fighting bool) // of late in the conflict
}

// moved applies the tidings to the standings of the conflict and gives those that
// changed, in order.
func (t tidings) moved(known []Standing) []Standing {
	var out []Standing
	for _, k := range t.dev.Kinds {
		ev := t.evidence(k)
		if len(ev.claims) == 0 || k == Agreement && t.aboutRelief() {
			continue
		}
		s := standingFor(k, t.dev, known)
		next, ok := s.after(ev, t.now)
		if !ok {
			continue
		}
		changed := append([]Standing{next.linked(known)}, next.displaced(known, t.now)...)
		known = replaced(known, changed)
		out = append(out, changed...)
	}
	return out
}

// aboutRelief reports whether the item is about a corridor or aid in the first place:
// what is agreed there is the corridor, not a truce.
func (t tidings) aboutRelief() bool { return len(t.kinds) > 0 && t.kinds[0] == Humanitarian }

// turnsBoth reports whether an item that tells of an end tells of a truce agreed, begun
// or extended as well: which of them stands is not sure.
func (t tidings) turnsBoth(k Kind) bool {
	return (k == Collapse || k == Expiry) && overlap(t.kinds, []Kind{Agreement, InEffect, Extension})
}

// evidence is what the tidings say of one kind.
func (t tidings) evidence(k Kind) evidence {
	ev := evidence{kind: k, dev: t.dev, certainty: t.certainty, origins: t.dev.originsSaying(k)}
	for _, c := range t.claims {
		if c.Kind == k && c.holds() {
			ev.claims = append(ev.claims, c)
		}
	}
	if t.turnsBoth(k) {
		ev.certainty = max(ev.certainty, CertaintyFair)
	}
	switch k {
	case Violation, Collapse, InEffect: // the others do not ask for it
		if len(ev.claims) > 0 {
			ev.recent, ev.fighting = t.allegations()
		}
	}
	return ev
}

// originsSaying counts the independent origins that say that a kind is so.
func (d Development) originsSaying(k Kind) int {
	saying := d
	saying.Mentions = nil
	for _, m := range d.Mentions {
		if slices.ContainsFunc(d.Claims, func(c Claim) bool { return c.Cite.Item == m.Item && c.Kind == k && c.holds() }) {
			saying.Mentions = append(saying.Mentions, m)
		}
	}
	return saying.Origins(nil)
}

// standingFor is the standing that a kind speaks of: that of the arrangement named, or,
// where none is named and a single one is alive, that one, since "the truce" that is
// broken, extended or accepted is the one that everybody knows; else the process.
func standingFor(k Kind, d Development, known []Standing) Standing {
	process := Standing{Conflict: d.Conflict, Arrangement: d.Arrangement, Status: StatusNone}
	var named []Standing
	for _, s := range known {
		if s.Arrangement == d.Arrangement {
			process = s
		}
		if s.Arrangement != "" && k.speaksOf(s) {
			named = append(named, s)
		}
	}
	if d.Arrangement == "" && len(named) == 1 && !k.speaksOf(process) {
		return named[0]
	}
	return process
}

// speaksOf reports whether a statement of this kind can mean a standing without
// naming it.
func (k Kind) speaksOf(s Standing) bool {
	switch k {
	case InEffect, Violation, Extension, Expiry, Collapse:
		return s.live()
	case Acceptance, Rejection:
		return s.Status == StatusProposed || s.Status == StatusNegotiating
	default:
		return false
	}
}

// linked notes which arrangement a new one took the place of: the newest general one
// of the conflict before it.
func (s Standing) linked(known []Standing) Standing {
	if s.Supersedes != "" || s.Arrangement == "" || !s.live() || s.Unilateral || s.Scope != "" {
		return s
	}
	var last Standing
	for _, o := range known {
		if o.general() && o.Arrangement != s.Arrangement && (o.live() || o.over()) && o.At.Before(s.At) && !o.At.Before(last.At) {
			last = o
		}
	}
	s.Supersedes = last.Arrangement
	return s
}

// general reports whether a standing is of a named arrangement of all sides and matters.
func (s Standing) general() bool { return s.Arrangement != "" && !s.Unilateral && s.Scope == "" }

// displaced gives the arrangement that a new one in force took the place of, as
// superseded, if it was alive. Narrow and one-sided truces displace nothing.
func (s Standing) displaced(known []Standing, now time.Time) []Standing {
	if s = s.linked(known); s.Supersedes == "" || s.Supersedes == s.Arrangement || !s.running() || !s.general() {
		return nil
	}
	for _, o := range known {
		if o.Arrangement == s.Supersedes && o.live() {
			next := o.copied()
			next.At, next.Status, next.Rule = now, StatusSuperseded, "superseded.newer-in-force"
			next.Claims, next.Evidence = s.Claims, s.Evidence
			return []Standing{next}
		}
	}
	return nil
}

// replaced gives the standings with those that changed in their place.
func replaced(known, changed []Standing) []Standing {
	known = slices.Clone(known)
	for _, s := range changed {
		if i := slices.IndexFunc(known, func(o Standing) bool { return keyOf(o) == keyOf(s) }); i >= 0 {
			known[i] = s
		} else {
			known = append(known, s)
		}
	}
	return known
}
