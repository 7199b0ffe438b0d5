package news

import (
	"slices"
	"time"
)

// stillHolds notes who says that a running arrangement holds: after quiet days the
// strain falls, dates that another claimant tells may be disputed, and once a day the
// confirmation is noted so that the status does not grow stale.
func (s Standing) stillHolds(ev evidence, now time.Time) (Standing, bool) {
	if !confirmed(ev) {
		return s, false
	}
	next, _ := s.move(s.Status, "in_force.still-confirmed", ev, now)
	for _, c := range ev.claims {
		if c.responsible() {
			next.addDates(c)
		}
	}
	switch {
	case next.Disputed && !s.Disputed:
		next.Rule = "disputed.dates"
	case s.calm(ev, now):
		next.Rule, next.Strained = "strain.calm", now
		next.Strain--
	case now.Sub(s.At) < saidAgainAfter:
		return s, false
	}
	return next, true
}

// calm reports whether the strain may fall: a monitor, UN body or party says that it
// holds, and no breach was alleged for days.
func (s Standing) calm(ev evidence, now time.Time) bool {
	since := s.Strained
	if since.IsZero() {
		since = s.At
	}
	if s.Strain == 0 || now.Sub(since) < calmAfter || len(ev.recent) > 0 {
		return false
	}
	return slices.ContainsFunc(ev.claims, func(c Claim) bool {
		return c.holds() && c.responsible() && c.By.Class != SpeakerMediator
	})
}

// strained raises the strain. Alleged after the announced start, a breach also says
// that its accuser regards the arrangement as running.
func (s Standing) strained(ev evidence, now time.Time) (Standing, bool) {
	strain := strainOf(ev, now)
	switch {
	case s.running() && strain > s.Strain:
		next, _ := s.move(s.Status, "strain.alleged", ev, now)
		next.Strain, next.Strained = strain, now
		return next, true
	case s.Status == StatusAgreed && s.begun(now) && !s.Conditional && confirmed(ev):
		next, _ := s.move(StatusInForce, "in_force.breach-alleged", ev, now)
		next.Strain, next.Strained = strain, now
		next.settleEnd(now)
		return next, true
	default:
		return s, false
	}
}

// strainOf: 3 verified or ten killed, 2 mutual or three allegations in two days, 1
// otherwise.
func strainOf(ev evidence, now time.Time) int {
	accusers := map[PartyID]bool{}
	alleged := 0
	for _, c := range ev.recent {
		if now.Sub(c.Cite.At) > allegationsIn {
			continue
		}
		alleged++
		if c.By.Party != "" {
			accusers[c.By.Party] = true
		}
	}
	for _, c := range ev.claims {
		if c.Grade == Verified || c.killed() >= massCasualty {
			return maxStrain
		}
	}
	if len(accusers) > 1 || alleged >= manyAllegations || slices.ContainsFunc(ev.claims, func(c Claim) bool { return c.Sub == subMutual }) {
		return 2
	}
	return 1
}
