package news

import (
	"slices"
	"time"
)

// agreed needs all parties, a mediator with one of them, the one who declares it for
// itself, or two independent origins. What one party alone says is its own yes.
func (s Standing) agreed(ev evidence, now time.Time) (Standing, bool) {
	was := s
	if s.live() {
		if !s.pastEnd(now) {
			return s.restated(ev, now)
		}
		s.Status = StatusExpired // its time is over: what is agreed now is the next one
	}
	if !s.beforeAgreement() {
		return s, false
	}
	rule := s.agreementRule(ev)
	if rule == "" {
		return was.answered(ev, now)
	}
	next, _ := s.fresh().move(StatusAgreed, rule, ev, now)
	next.Unilateral = rule == ruleUnilateral
	for _, c := range ev.claims {
		next.addDates(c)
		if c.By.Class == SpeakerParty {
			next.place(c, PositionAccepts)
		}
		next.Conditional = next.Conditional || c.Sub == subConditional
		if c.narrow() {
			next.Scope = c.Sub
		}
	}
	if immediate(ev.claims) && !next.Unilateral && !next.Conditional {
		next.Status, next.Rule = StatusInForce, "in_force.announced-immediate"
	}
	return next, true
}

// pastEnd reports whether its end has passed and only the grace keeps it, or it was
// agreed long ago and nobody ever said that it began.
func (s Standing) pastEnd(now time.Time) bool {
	end := s.lastEnd()
	forgotten := s.Status == StatusAgreed && s.begun(now) && now.Sub(s.told()) > staleTalks
	return forgotten || !end.IsZero() && !now.Before(end)
}

// fresh is the standing before a new agreement: what is over leaves its name to the new
// one and nothing else.
func (s Standing) fresh() Standing {
	if !s.over() {
		s.Strain, s.Disputed = 0, false
		return s
	}
	return Standing{Conflict: s.Conflict, Arrangement: s.Arrangement, Status: s.Status, Supersedes: s.Arrangement}
}

// restated takes an agreement told again: another claimant's dates, another party's
// yes, or that it is effective at once.
func (s Standing) restated(ev evidence, now time.Time) (Standing, bool) {
	next, _ := s.move(s.Status, "terms.told", ev, now)
	before := len(next.Stances)
	for _, c := range ev.claims {
		if c.responsible() {
			next.addDates(c)
		}
		if c.By.Class == SpeakerParty && !next.saysYes(c.By.Party) {
			next.place(c, PositionAccepts)
		}
	}
	switch {
	case s.Status == StatusAgreed && immediate(ev.claims) && !s.Unilateral && !s.Conditional && s.agreementRule(ev) != "":
		next.Status, next.Rule = StatusInForce, "in_force.announced-immediate"
	case next.Disputed && !s.Disputed:
		next.Rule = "disputed.dates"
	case len(next.Stances) > before:
		next.Rule = "position.told"
	case s.Start.Equal(next.Start) && s.End.Equal(next.End):
		return s, false
	}
	return next, true
}

// agreementRule names what makes an agreement. A mediator's word counts with a party:
// one that it names, or that said yes before.
func (s Standing) agreementRule(ev evidence) string {
	mediated, alone := false, false
	said, named := map[PartyID]bool{}, map[PartyID]bool{}
	for p := range s.Positions {
		if s.saysYes(p) && !s.over() {
			said[p] = true
		}
	}
	for _, c := range ev.dev.Own(nil) {
		if c.Kind != Agreement || !c.holds() {
			continue
		}
		for _, p := range c.Parties {
			named[p] = true
		}
		switch c.By.Class {
		case SpeakerMediator, SpeakerUN:
			mediated = true
		case SpeakerParty:
			alone = alone || c.declaredAlone()
			said[c.By.Party] = c.By.Party != "" || said[c.By.Party]
		}
	}
	switch {
	case mediated && (len(said)+len(named) > 0 || ev.origins > 1 || immediate(ev.claims)):
		return "agreed.mediator"
	case len(said) > 1:
		return "agreed.all-parties"
	case alone:
		return ruleUnilateral
	case ev.origins > 1:
		return "agreed.two-origins"
	default:
		return ""
	}
}

// declaredAlone reports whether a party declares a truce for itself, not one that it
// says was agreed.
func (c Claim) declaredAlone() bool {
	switch c.Sub {
	case subUnilateral:
		return true
	case subDeclared, subHoliday:
		return !slices.ContainsFunc(c.Parties, func(p PartyID) bool { return p != c.By.Party })
	default:
		return false
	}
}

// narrow reports whether an agreement covers only a feast, a sector, a place or aid.
func (c Claim) narrow() bool {
	switch c.Sub {
	case subHoliday, subSectoral, subLocal, subHumanitarian:
		return true
	default:
		return false
	}
}

func immediate(claims []Claim) bool {
	return slices.ContainsFunc(claims, func(c Claim) bool { return c.Sub == subImmediate })
}

// inForce needs the start to have come and a competent source. What is over does not
// start again by being said to hold: that is calm after the end.
func (s Standing) inForce(ev evidence, now time.Time) (Standing, bool) {
	started := slices.ContainsFunc(ev.claims, func(c Claim) bool { return c.Sub == subStarted })
	switch {
	case s.running():
		return s.stillHolds(ev, now)
	case s.Status == StatusSettled, s.Status == StatusSuperseded:
		return s, false
	case s.over() && (s.Arrangement != "" || !started):
		return s.calmThoughOver(ev, now)
	case !s.begun(now) || !confirmed(ev):
		return s, false
	}
	from := s
	if s.over() {
		from = s.fresh()
	}
	next, _ := from.move(StatusInForce, "in_force.confirmed", ev, now)
	next.Strain = 0
	for _, c := range ev.claims {
		next.addDates(c)
	}
	next.settleEnd(now)
	return next, true
}

// settleEnd gives an arrangement of a known length its end once it has begun.
func (s *Standing) settleEnd(now time.Time) {
	if s.End.IsZero() && s.Length != nil {
		if s.Start.IsZero() {
			s.Start = now
		}
		s.End = s.Length.from(s.Start)
	}
}

// CalmObserved is said of an arrangement that ended and is kept all the same.
const CalmObserved = "de-facto-calm"

// calmThoughOver notes calm after an end by its terms. It starts nothing.
func (s Standing) calmThoughOver(ev evidence, now time.Time) (Standing, bool) {
	if s.Status != StatusExpired || s.Observed != "" {
		return s, false
	}
	next, _ := s.move(s.Status, "observed.calm-after-expiry", ev, now)
	next.Observed, next.Strain = CalmObserved, 0
	return next, true
}

// confirmed reports whether a competent source says so: a party, mediator, monitor
// or UN body, or two independent origins.
func confirmed(ev evidence) bool {
	return ev.origins > 1 || slices.ContainsFunc(ev.claims, func(c Claim) bool { return c.holds() && c.responsible() })
}

// extended needs a mediator or both parties; one party alone disputes the end, but its
// own one-sided truce it may prolong itself.
func (s Standing) extended(ev evidence, now time.Time) (Standing, bool) {
	late := s.Status == StatusExpired && s.Rule == ruleLapsed && now.Sub(lastMoment(s.End)) <= lateExtension
	if s.Status == StatusSettled || s.over() && !late {
		return s, false
	}
	parties := partiesSaying(ev.dev, Extension)
	competent := slices.ContainsFunc(ev.claims, func(c Claim) bool {
		return c.By.Class == SpeakerMediator || c.By.Class == SpeakerUN || c.By.Party != "" && s.Unilateral && s.saysYes(c.By.Party)
	})
	switch {
	case competent || len(parties) > 1 || len(parties) == 0 && ev.origins > 1:
		next, _ := s.move(StatusExtended, "extended.announced", ev, now)
		if !s.Disputed || s.Rule == ruleOneParty {
			next.Disputed = false
			next.Dates = slices.DeleteFunc(slices.Clone(s.Dates), func(t DateTold) bool { return t.Edge == EdgeEnd })
		}
		next.prolong(ev.claims, s.End)
		return next, true
	case len(parties) == 1 && s.running() && !s.Disputed:
		next, _ := s.move(s.Status, ruleOneParty, ev, now)
		next.prolong(ev.claims, s.End)
		next.Disputed = true
		return next, true
	default:
		return s, false
	}
}

const ruleOneParty = "extended.one-party"

// prolong sets the new end: the one told, or the length told from the old end. An end
// that nobody told is not known.
func (s *Standing) prolong(claims []Claim, old time.Time) {
	s.End = time.Time{}
	for _, c := range claims {
		from := old
		if from.IsZero() {
			from = c.Cite.At
		}
		if end, ok := endOf(c, from); ok {
			s.setDate(c, EdgeEnd, end)
			s.End = end
		}
	}
	s.Disputed = s.Disputed || s.datesDispute()
}

func (s Standing) expired(ev evidence, now time.Time) (Standing, bool) {
	if s.Status == StatusExpired && s.Rule == ruleLapsed && confirmed(ev) {
		return s.move(s.Status, "expired.confirmed", ev, now)
	}
	if !s.live() || !confirmed(ev) {
		return s, false
	}
	next, _ := s.move(StatusExpired, "expired.told", ev, now)
	next.Disputed = len(partiesSaying(ev.dev, Expiry)) == 1 && ev.origins < 2
	return next, true
}

// collapsed needs a party that denounces it or a mediator or UN body that says it
// ended; media alone need two origins and large fighting. What was never carried out
// by its day and is renounced did not collapse: it came to nothing.
func (s Standing) collapsed(ev evidence, now time.Time) (Standing, bool) {
	if !s.live() {
		return s, false
	}
	for _, c := range ev.claims {
		if !c.holds() || !s.mayDenounce(c) {
			continue
		}
		if s.Status == StatusAgreed && !s.Start.IsZero() && now.After(s.Start.Add(anyZone)) {
			return s.move(StatusNone, "none.not-implemented-and-renounced", ev, now)
		}
		return s.move(StatusCollapsed, "collapsed.denounced", ev, now)
	}
	if ev.origins > 1 && (s.Strain >= largeFighting || ev.fighting) {
		return s.move(StatusCollapsed, "collapsed.two-origins-and-fighting", ev, now)
	}
	return s, false
}

// mayDenounce reports whether the claim's speaker can end the arrangement by saying
// so: a mediator, a UN body, or a party of it; a one-sided truce ends by the word of
// the one who declared it.
func (s Standing) mayDenounce(c Claim) bool {
	switch c.By.Class {
	case SpeakerMediator, SpeakerUN:
		return true
	case SpeakerParty:
		return !s.Unilateral || s.saysYes(c.By.Party)
	default:
		return false
	}
}
