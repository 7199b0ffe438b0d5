package news

import (
	"cmp"
	"maps"
	"slices"
)

// tick lets the clock end what is due before the items are filed.
func (b *batch) tick() {
	keys := slices.SortedFunc(maps.Keys(b.Desk.standings), func(x, y standingKey) int {
		return cmp.Or(cmp.Compare(x.conflict, y.conflict), cmp.Compare(x.arrangement, y.arrangement))
	})
	for _, k := range keys {
		if next, ok := b.Desk.standings[k].due(b.now); ok {
			b.stand(next)
		}
	}
}

// standing gives the newest standing of a key, an empty one if none is known.
func (b *batch) standing(k standingKey) Standing {
	if s, ok := b.standings[k]; ok {
		return s
	}
	if s, ok := b.Desk.standings[k]; ok {
		return s
	}
	return Standing{Conflict: k.conflict, Arrangement: k.arrangement, Status: StatusNone}
}

func (b *batch) stand(s Standing) {
	b.standings[keyOf(s)] = s
	b.out.Standings = append(b.out.Standings, s)
}

// moveStatus lets a development move the standing of its arrangement, or of the
// conflict's process where no arrangement is named.
func (b *batch) moveStatus(d Development, claims []Claim) {
	if d.Conflict == "" {
		return
	}
	for _, k := range d.Kinds {
		ev := evidence{kind: k, dev: d, origins: d.Origins(nil)}
		for _, c := range claims {
			if c.Kind == k && c.holds() {
				ev.claims = append(ev.claims, c)
			}
		}
		switch k {
		case Violation, Collapse, InEffect: // the others do not ask for it
			ev.recent, ev.fighting = b.allegations(d.Conflict)
		}
		now := b.standing(standingKey{d.Conflict, d.Arrangement})
		if next, ok := now.after(ev, b.now); ok {
			b.stand(next)
		}
	}
}

// moves reports whether a minor development may move a status: what an article
// tells in passing may be months old, so it only opens a process or strains it.
func (k Kind) movesAsMinor() bool {
	switch k {
	case Proposal, TalksHeld, Violation, Acceptance, Rejection:
		return true
	default:
		return false
	}
}

// allegations gives the breaches alleged in a conflict of late, and whether there
// was fighting that is verified or killed many.
func (b *batch) allegations(c ConflictID) (claims []Claim, fighting bool) {
	l := b.layers()
	for _, s := range l.about(subject{c, Violation}, subject{c, Escalation}, subject{c, Casualties}) {
		for _, x := range s.dev.Own(nil) {
			if b.now.Sub(x.Cite.At) > allegationsIn {
				continue
			}
			fighting = fighting || x.killed() >= massCasualty
			if x.Kind == Violation {
				claims = append(claims, x)
			}
		}
	}
	return claims, fighting
}
