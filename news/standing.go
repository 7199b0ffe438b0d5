package news

import (
	"maps"
	"slices"
	"time"
)

// Numbers of the status table (ceasefires.md §1.5).
const (
	graceAfterEnd   = 6 * time.Hour  // before an end that nobody spoke about counts
	holidayTruce    = 72 * time.Hour // a one-sided truce up to this long lapses without grace
	allegationsIn   = 48 * time.Hour // within which allegations are counted together
	manyAllegations = 3
	calmAfter       = 72 * time.Hour // without allegation before a truce said to hold is calmer
	maxStrain       = 3
	largeFighting   = maxStrain
)

// standingKey names an arrangement, or with no arrangement the conflict's process.
type standingKey struct {
	conflict    ConflictID
	arrangement ArrangementID
}

func keyOf(s Standing) standingKey { return standingKey{s.Conflict, s.Arrangement} }

// evidence is what a status change may rest on: a development as it stands after an
// item, the claims that the item added to it, and the allegations of late.
type evidence struct {
	kind     Kind
	dev      Development
	claims   []Claim // of the item, about the development, each with its cite
	origins  int     // independent origins of the development
	recent   []Claim // violations alleged in the conflict within allegationsIn, these included
	fighting bool    // verified or mass-casualty fighting of late
}

// after applies the status table to one development. It is a pure function: the
// standing before, the evidence and the clock decide. changed is false where the
// table knows no step from here. A violation never ends an arrangement, and no step
// here starts one by the clock alone.
func (s Standing) after(ev evidence, now time.Time) (next Standing, changed bool) {
	if s.Status == "" {
		s.Status = StatusNone
	}
	if len(ev.claims) == 0 || ev.claims[0].Cite.At.Before(s.told()) {
		return s, false // older news moves nothing
	}
	switch ev.kind {
	case Proposal:
		return s.proposed(ev, now)
	case TalksHeld:
		return s.negotiating(ev, now)
	case Acceptance, Rejection:
		return s.answered(ev, now)
	case Agreement:
		return s.agreed(ev, now)
	case InEffect:
		return s.inForce(ev, now)
	case Violation:
		return s.strained(ev, now)
	case Extension:
		return s.extended(ev, now)
	case Expiry:
		return s.expired(ev, now)
	case Collapse:
		return s.collapsed(ev, now)
	default:
		return s, false
	}
}

// told is when the newest evidence of the standing was published. At is when it was
// filed, which is later by the time a poll takes: news of the minutes between is not old.
func (s Standing) told() time.Time {
	var newest time.Time
	for _, c := range s.Claims {
		if c.Cite.At.After(newest) {
			newest = c.Cite.At
		}
	}
	return newest
}

// due applies what the clock alone may do: an end that passed with its grace and no
// extension. A start that passed changes nothing until somebody confirms it.
func (s Standing) due(now time.Time) (Standing, bool) {
	if !s.running() || s.End.IsZero() {
		return s, false
	}
	grace := graceAfterEnd
	if !s.Start.IsZero() && s.End.Sub(s.Start) <= holidayTruce && s.Unilateral {
		grace = 0
	}
	if now.Before(s.End.Add(grace)) {
		return s, false
	}
	s.Positions = maps.Clone(s.Positions)
	s.At, s.Status, s.Rule = now, StatusExpired, "expired.clock: lapsed by its terms, no party statement yet"
	return s, true
}

const ruleUnilateral = "agreed.unilateral"

func (s Standing) running() bool { return s.Status == StatusInForce || s.Status == StatusExtended }

func (s Standing) over() bool {
	return s.Status == StatusExpired || s.Status == StatusCollapsed || s.Status == StatusSuperseded
}

// move gives the standing with a new status, its rule and its evidence.
func (s Standing) move(to Status, rule string, ev evidence, now time.Time) (Standing, bool) {
	next := s
	next.Positions = maps.Clone(s.Positions)
	next.At, next.Status, next.Rule = now, to, rule
	next.Claims = slices.Clone(ev.claims[:min(len(ev.claims), maxBeside)])
	next.Evidence = nil
	for _, c := range next.Claims {
		if !slices.Contains(next.Evidence, c.Cite.Item) {
			next.Evidence = append(next.Evidence, c.Cite.Item)
		}
	}
	next.By = perWhom(ev.claims[0])
	return next, true
}

func (s Standing) proposed(ev evidence, now time.Time) (Standing, bool) {
	if s.Status != StatusNone && !(s.over() && s.Arrangement == "") {
		return s, false
	}
	next, _ := s.move(StatusProposed, "proposed.tabled", ev, now)
	for _, c := range ev.claims {
		next.place(c.By.Party, PositionBacks)
	}
	return next, true
}

// negotiating needs talks. Of a named arrangement only talks before an agreement
// count; a process may return to talks after a truce ended.
func (s Standing) negotiating(ev evidence, now time.Time) (Standing, bool) {
	switch {
	case s.Status == StatusNone, s.Status == StatusProposed, s.over() && s.Arrangement == "":
		return s.move(StatusNegotiating, "negotiating.talks-held", ev, now)
	default:
		return s, false
	}
}

// answered records where parties stand. All of them accepting, none refusing, is an
// agreement; one party's yes is not.
func (s Standing) answered(ev evidence, now time.Time) (Standing, bool) {
	next, _ := s.move(s.Status, "position.told", ev, now)
	changed := false
	for _, c := range ev.claims {
		if c.By.Class == SpeakerParty || c.By.Party != "" {
			changed = next.place(c.By.Party, positionOf(c)) || changed
		}
	}
	if !changed {
		return s, false
	}
	if s.beforeAgreement() && next.allAccept() {
		next.Status, next.Rule = StatusAgreed, "agreed.all-parties-accept"
	}
	return next, true
}

func (s Standing) beforeAgreement() bool {
	return s.Status == StatusNone || s.Status == StatusProposed || s.Status == StatusNegotiating || s.over()
}

// allAccept reports whether at least two parties are known and all accept.
func (s Standing) allAccept() bool {
	for _, p := range s.Positions {
		if p != PositionAccepts {
			return false
		}
	}
	return len(s.Positions) > 1
}

// place sets a party's position and reports whether that changed it. The map must
// be the standing's own.
func (s *Standing) place(p PartyID, at Position) bool {
	if p == "" || s.Positions[p] == at {
		return false
	}
	if s.Positions == nil {
		s.Positions = map[PartyID]Position{}
	}
	s.Positions[p] = at
	return true
}

func positionOf(c Claim) Position {
	switch {
	case c.Kind == Rejection:
		return PositionRejects
	case c.Sub == subConditional:
		return PositionConditional
	default:
		return PositionAccepts
	}
}

func (s Standing) agreed(ev evidence, now time.Time) (Standing, bool) {
	if !s.beforeAgreement() {
		return s, false
	}
	rule := agreementRule(ev)
	if rule == "" {
		return s, false
	}
	next, _ := s.move(StatusAgreed, rule, ev, now)
	next.Strain, next.Disputed, next.Unilateral = 0, false, rule == ruleUnilateral
	next.Start, next.End = termsOfEffect(ev.claims)
	for _, c := range ev.claims {
		if c.By.Class == SpeakerParty {
			next.place(c.By.Party, PositionAccepts)
		}
	}
	if immediate(ev.claims) && rule != ruleUnilateral {
		next.Status, next.Rule = StatusInForce, "in_force.announced-immediate"
	}
	return next, true
}

// agreementRule names what makes an agreement: a mediator or UN body announcing it,
// all of at least two parties, the one who declares it for itself, or two
// independent origins reporting it.
func agreementRule(ev evidence) string {
	own := ev.dev.Own(nil)
	parties := map[PartyID]bool{}
	for _, c := range own {
		switch {
		case c.Kind != Agreement || !c.holds():
		case c.By.Class == SpeakerMediator || c.By.Class == SpeakerUN:
			return "agreed.mediator"
		case c.By.Class == SpeakerParty && c.Sub == subUnilateral:
			return ruleUnilateral
		case c.By.Class == SpeakerParty && c.By.Party != "":
			parties[c.By.Party] = true
		}
	}
	switch {
	case len(parties) > 1:
		return "agreed.all-parties"
	case ev.origins > 1:
		return "agreed.two-origins"
	default:
		return ""
	}
}

func (s Standing) inForce(ev evidence, now time.Time) (Standing, bool) {
	if s.running() {
		return s.calmer(ev, now)
	}
	if s.Status == StatusSettled || s.over() && s.Arrangement != "" {
		return s, false
	}
	if !s.Start.IsZero() && now.Before(s.Start) || !confirmed(ev) {
		return s, false
	}
	next, _ := s.move(StatusInForce, "in_force.confirmed", ev, now)
	next.Strain = 0
	return next, true
}

// confirmed reports whether a competent source says so: a party, mediator, monitor
// or UN body, or two independent origins.
func confirmed(ev evidence) bool {
	return ev.origins > 1 || slices.ContainsFunc(ev.claims, func(c Claim) bool {
		return c.holds() && (c.By.Class == SpeakerParty || c.By.Class == SpeakerMediator || c.By.Class == SpeakerUN || c.By.Class == SpeakerMonitor)
	})
}

// calmer lowers the strain of a truce that is said to hold after quiet days.
func (s Standing) calmer(ev evidence, now time.Time) (Standing, bool) {
	if s.Strain == 0 || now.Sub(s.At) < calmAfter || len(ev.recent) > 0 || !confirmed(ev) {
		return s, false
	}
	next, _ := s.move(s.Status, "strain.calm", ev, now)
	next.Strain--
	return next, true
}

// strained raises the strain. Alleged after the announced start, a breach also says
// that its accuser regards the arrangement as running.
func (s Standing) strained(ev evidence, now time.Time) (Standing, bool) {
	strain := strainOf(ev)
	switch {
	case s.running() && strain > s.Strain:
		next, _ := s.move(s.Status, "strain.alleged", ev, now)
		next.Strain = strain
		return next, true
	case s.Status == StatusAgreed && !now.Before(s.Start) && confirmed(ev):
		next, _ := s.move(StatusInForce, "in_force.breach-alleged", ev, now)
		next.Strain = strain
		return next, true
	default:
		return s, false
	}
}

// strainOf: 3 verified or ten killed, 2 mutual or three allegations, 1 otherwise.
func strainOf(ev evidence) int {
	accusers := map[PartyID]bool{}
	for _, c := range ev.recent {
		if c.By.Party != "" {
			accusers[c.By.Party] = true
		}
	}
	for _, c := range ev.claims {
		if c.Grade == Verified || c.killed() >= massCasualty {
			return maxStrain
		}
	}
	if len(accusers) > 1 || len(ev.recent) >= manyAllegations {
		return 2
	}
	return 1
}

func (s Standing) extended(ev evidence, now time.Time) (Standing, bool) {
	if s.Status == StatusSettled || s.Status == StatusCollapsed {
		return s, false
	}
	parties := partiesSaying(ev.dev, Extension)
	competent := slices.ContainsFunc(ev.claims, func(c Claim) bool {
		return c.By.Class == SpeakerMediator || c.By.Class == SpeakerUN
	})
	_, end := termsOfEffect(ev.claims)
	switch {
	case competent || len(parties) > 1 || len(parties) == 0 && ev.origins > 1:
		next, _ := s.move(StatusExtended, "extended.announced", ev, now)
		next.Disputed = false
		next.End = end
		return next, true
	case len(parties) == 1 && s.running() && !s.Disputed:
		next, _ := s.move(s.Status, "extended.one-party", ev, now)
		next.Disputed = true
		return next, true
	default:
		return s, false
	}
}

func (s Standing) expired(ev evidence, now time.Time) (Standing, bool) {
	if !s.running() && s.Status != StatusAgreed || !confirmed(ev) {
		return s, false
	}
	next, _ := s.move(StatusExpired, "expired.told", ev, now)
	next.Disputed = len(partiesSaying(ev.dev, Expiry)) == 1 && ev.origins < 2
	return next, true
}

// collapsed needs a party that denounces it or a mediator or UN body that says it
// ended; media alone need two origins and large fighting.
func (s Standing) collapsed(ev evidence, now time.Time) (Standing, bool) {
	if !s.running() && s.Status != StatusAgreed {
		return s, false
	}
	for _, c := range ev.claims {
		switch c.By.Class {
		case SpeakerParty, SpeakerMediator, SpeakerUN:
			if c.holds() {
				return s.move(StatusCollapsed, "collapsed.denounced", ev, now)
			}
		}
	}
	if ev.origins > 1 && (s.Strain >= largeFighting || ev.fighting) {
		return s.move(StatusCollapsed, "collapsed.two-origins-and-fighting", ev, now)
	}
	return s, false
}

func partiesSaying(d Development, k Kind) map[PartyID]bool {
	parties := map[PartyID]bool{}
	for _, c := range d.Own(nil) {
		if c.Kind == k && c.By.Party != "" && c.holds() {
			parties[c.By.Party] = true
		}
	}
	return parties
}

// termsOfEffect reads start and end off the claims: the day told, or the time of
// telling; the end where a duration is told.
func termsOfEffect(claims []Claim) (start, end time.Time) {
	for _, c := range claims {
		at := c.Cite.At
		if day, err := time.Parse(time.DateOnly, c.Day); err == nil && day.After(at) {
			at = day
		}
		if start.IsZero() {
			start = at
		}
		for _, f := range c.Figures {
			if length := f.duration(); length > 0 && end.IsZero() {
				end = start.Add(length)
			}
		}
	}
	return start, end
}

// duration is the length that a figure of duration tells, 0 for any other figure.
func (f Figure) duration() time.Duration {
	if f.What != "duration" || f.Min == nil {
		return 0
	}
	const day = 24 * time.Hour
	switch f.Unit {
	case "hours":
		return time.Duration(*f.Min) * time.Hour
	case "days":
		return time.Duration(*f.Min) * day
	case "weeks":
		return time.Duration(*f.Min) * 7 * day
	case "months":
		return time.Duration(*f.Min) * 30 * day
	default:
		return 0
	}
}

func immediate(claims []Claim) bool {
	return slices.ContainsFunc(claims, func(c Claim) bool { return c.Sub == subImmediate })
}
