package news

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// tick lets the clock end what is due before the items are filed.
func (b *batch) tick() {
	for _, k := range sortedStandings(b.Desk.standings) {
		if next, ok := b.Desk.standings[k].due(b.now); ok {
			b.stand(next)
			b.deadline(next)
		}
	}
}

// deadline owes the post that last told of an arrangement that its end has come. It
// says no more: what followed is told by others.
func (b *batch) deadline(s Standing) {
	for _, item := range s.Evidence {
		e := b.layers().entry(item)
		if e == nil {
			continue
		}
		d, ok := b.hosted(e.main)
		if !ok || !d.Main {
			continue
		}
		d.Revision++
		b.put(d)
		u := b.owe(d, Reading{}, ReasonDeadline)
		u.Deadline = s.lapse()
		b.out.Updates = append(b.out.Updates, u)
		return
	}
}

// lapse is the deadline that an end by the clock has kept; nil: none is told.
func (s Standing) lapse() *Deadline {
	for _, d := range s.endDeadlines(nil) {
		if d.Stage == StageLapsed {
			return &d
		}
	}
	return nil
}

func sortedStandings(all map[standingKey]Standing) []standingKey {
	return slices.SortedFunc(maps.Keys(all), func(x, y standingKey) int {
		return cmp.Or(cmp.Compare(x.conflict, y.conflict), cmp.Compare(x.arrangement, y.arrangement))
	})
}

func (b *batch) stand(s Standing) {
	b.standings[keyOf(s)] = s
	b.out.Standings = append(b.out.Standings, s)
}

// known gives the newest standings of a conflict, by arrangement.
func (b *batch) known(c ConflictID) []Standing {
	all := make(map[standingKey]Standing)
	for _, of := range []map[standingKey]Standing{b.Desk.standings, b.standings} {
		for k, s := range of {
			if k.conflict == c {
				all[k] = s
			}
		}
	}
	var out []Standing
	for _, k := range sortedStandings(all) {
		out = append(out, all[k])
	}
	return out
}

// moveStatus lets a development move the standing of its arrangement, or of the
// conflict's process where no arrangement is named.
func (b *batch) moveStatus(d Development, m Mention, claims []Claim) {
	if d.Conflict == "" {
		return
	}
	d.Arrangement = cmp.Or(m.Arrangement, d.Arrangement) // the one it names itself
	told := tidings{dev: d, kinds: m.Kinds, claims: claims, certainty: m.Certainty, now: b.now}
	told.allegations = func() ([]Claim, bool) { return b.allegations(d.Conflict) }
	for _, s := range told.moved(b.known(d.Conflict)) {
		b.stand(s)
	}
}

// moves reports whether a minor development may move a status: what an article
// tells in passing may be months old, so it only opens a process, strains it or tells
// where a party stands.
func (k Kind) movesAsMinor() bool {
	switch k {
	case Proposal, TalksHeld, Violation, Acceptance, Rejection, Statement:
		return true
	default:
		return false
	}
}

// allegations gives the breaches alleged in a conflict of late, and whether there
// was fighting that is verified or killed many.
func (b *batch) allegations(c ConflictID) (claims []Claim, fighting bool) {
	l := b.layers()
	var devs []Development
	for _, s := range l.about(subject{c, Violation}, subject{c, Escalation}, subject{c, Casualties}) {
		if b.now.Sub(s.SaidAt) <= calmAfter {
			devs = append(devs, s.whole())
		}
	}
	return breachesOfLate(devs, b.now)
}

// breachesOfLate picks the breaches that somebody alleged in the days before now.
func breachesOfLate(devs []Development, now time.Time) (claims []Claim, fighting bool) {
	for _, d := range devs {
		for _, x := range d.Own(nil) {
			age := now.Sub(x.Cite.At)
			if age > calmAfter {
				continue
			}
			fighting = fighting || age <= allegationsIn && x.killed() >= massCasualty
			if x.Kind == Violation && x.holds() {
				claims = append(claims, x)
			}
		}
	}
	return claims, fighting
}
