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
	saidAgainAfter  = 24 * time.Hour // before one who says that it holds is noted anew
	lateExtension   = 24 * time.Hour // after the end, within which an extension still carries on
	anyZone         = 14 * time.Hour // a day may begin this much before it does in UTC
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
	kind      Kind
	dev       Development
	claims    []Claim   // of the item, about the development, each with its cite
	certainty Certainty // of the item
	origins   int       // independent origins that say the same
	recent    []Claim   // breaches alleged in the conflict within calmAfter, these included
	fighting  bool      // verified or mass-casualty fighting of late
}

// sure reports whether the evidence may start or end an arrangement: it was read with
// certainty, or two origins say the same.
func (ev evidence) sure() bool { return ev.certainty == CertaintyHigh || ev.origins > 1 }

// weighty reports whether a status is told only on sure evidence.
func (s Status) weighty() bool {
	switch s {
	case StatusAgreed, StatusInForce, StatusExpired, StatusCollapsed:
		return true
	default:
		return false
	}
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
	next, changed = s.step(ev, now)
	if changed && next.Status != s.Status && next.Status.weighty() && !ev.sure() {
		return s, false
	}
	return next, changed
}

func (s Standing) step(ev evidence, now time.Time) (Standing, bool) {
	switch ev.kind {
	case Proposal:
		return s.proposed(ev, now)
	case TalksHeld:
		return s.negotiating(ev, now)
	case TalksAnnounced:
		return s.contacted(ev, now)
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
	case Statement:
		return s.unanswered(ev, now)
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
// extension. A start that passed changes nothing until somebody confirms it. Where
// claimants differ on the end, the last of them counts.
func (s Standing) due(now time.Time) (Standing, bool) {
	at, ok := s.lapses(s.lastEnd())
	if !ok || s.over() || now.Before(at) {
		return s, false
	}
	next := s.copied()
	next.At, next.Status, next.Rule = now, StatusExpired, ruleLapsed
	return next, true
}

// lapses is when an end that nobody spoke about counts; ok is false where there is none that
// the clock may bring about. What lapsed already did so by this.
func (s Standing) lapses(end time.Time) (at time.Time, ok bool) {
	holiday := s.Unilateral && !s.Start.IsZero() && end.Sub(s.Start) <= holidayTruce
	lapsed := s.Status == StatusExpired && s.Rule == ruleLapsed
	switch {
	case end.IsZero(), !lapsed && !s.running() && !(holiday && s.Status == StatusAgreed):
		return time.Time{}, false
	case holiday:
		return end, true
	default:
		return lastMoment(end).Add(graceAfterEnd), true
	}
}

// lastMoment is when an end has come for certain: one that is known to the day with that day.
func lastMoment(end time.Time) time.Time {
	if dayOnly(end) {
		return end.Add(wholeDay)
	}
	return end
}

// Rules of which something else depends.
const (
	ruleUnilateral = "agreed.unilateral"
	ruleLapsed     = "expired.clock: lapsed by its terms, no party statement yet"
)

func (s Standing) running() bool { return s.Status == StatusInForce || s.Status == StatusExtended }

// live reports whether it was agreed and is not over.
func (s Standing) live() bool { return s.running() || s.Status == StatusAgreed }

func (s Standing) over() bool {
	return s.Status == StatusExpired || s.Status == StatusCollapsed || s.Status == StatusSuperseded
}

// begun reports whether the start told, if any, has come. A start known to the day
// may have come before its midnight in UTC.
func (s Standing) begun(now time.Time) bool {
	start := s.Start
	if start.Equal(start.UTC().Truncate(24 * time.Hour)) {
		start = start.Add(-anyZone)
	}
	return s.Start.IsZero() || !now.Before(start)
}

// copied gives a standing whose map may be written.
func (s Standing) copied() Standing {
	s.Positions = maps.Clone(s.Positions)
	return s
}

// move gives the standing with a new status, its rule and its evidence.
func (s Standing) move(to Status, rule string, ev evidence, now time.Time) (Standing, bool) {
	next := s.copied()
	next.At, next.Status, next.Rule = now, to, rule
	next.Claims = slices.Clone(ev.claims[:min(len(ev.claims), maxBeside)])
	next.Evidence = nil
	for _, c := range next.Claims {
		if !slices.Contains(next.Evidence, c.Cite.Item) {
			next.Evidence = append(next.Evidence, c.Cite.Item)
		}
	}
	next.By = perWhom(ev.claims[0])
	if to != s.Status {
		next.Observed = ""
	}
	return next, true
}

// proposed needs a party, mediator or state that tables something, or an outlet that
// says so by itself; unnamed sources are not enough.
func (s Standing) proposed(ev evidence, now time.Time) (Standing, bool) {
	if s.Status != StatusNone && !(s.over() && s.Arrangement == "") || allAnonymous(ev.claims) {
		return s, false
	}
	next, _ := s.move(StatusProposed, "proposed.tabled", ev, now)
	for _, c := range ev.claims {
		next.place(c, PositionBacks)
		next.addDates(c)
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

// contacted is negotiating by the word of both parties that they are in contact.
func (s Standing) contacted(ev evidence, now time.Time) (Standing, bool) {
	if s.Status != StatusNone && s.Status != StatusProposed || len(partiesSaying(ev.dev, TalksAnnounced)) < 2 {
		return s, false
	}
	return s.move(StatusNegotiating, "negotiating.both-confirm", ev, now)
}

func (s Standing) beforeAgreement() bool {
	return s.Status == StatusNone || s.Status == StatusProposed || s.Status == StatusNegotiating || s.over()
}

// responsible reports whether a claim's speaker answers for the arrangement by office:
// a party, mediator, UN body or monitor.
func (c Claim) responsible() bool {
	switch c.By.Class {
	case SpeakerParty, SpeakerMediator, SpeakerUN, SpeakerMonitor:
		return true
	default:
		return false
	}
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
