package news

import (
	"testing"
	"time"
)

// happening is an invented development as evidence: a kind, and who says so.
func happening(kind Kind, at time.Time, by ...Speaker) evidence {
	ev := evidence{kind: kind, dev: Development{Conflict: "norvia", Kinds: []Kind{kind}}}
	for i, s := range by {
		c := Claim{Kind: kind, Main: true, By: s, Quote: string(kind), Cite: Cite{Item: ItemID(at.String() + string(rune('a'+i))), Outlet: "gazette", At: at}}
		ev.claims = append(ev.claims, c)
		ev.dev.Claims = append(ev.dev.Claims, c)
		ev.dev.Mentions = append(ev.dev.Mentions, Mention{Cite: c.Cite, Main: true, Kinds: []Kind{kind}})
	}
	ev.origins = 1
	if kind == Violation {
		ev.recent = ev.claims
	}
	return ev
}

func (ev evidence) sub(s string) evidence {
	for i := range ev.claims {
		ev.claims[i].Sub, ev.dev.Claims[i].Sub = s, s
	}
	return ev
}

func (ev evidence) figures(f ...Figure) evidence {
	for i := range ev.claims {
		ev.claims[i].Figures, ev.dev.Claims[i].Figures = f, f
	}
	return ev
}

// between names the parties that the claims speak of.
func (ev evidence) between(p ...PartyID) evidence {
	for i := range ev.claims {
		ev.claims[i].Parties, ev.dev.Claims[i].Parties = p, p
	}
	return ev
}

// from and until tell when it begins and ends.
func (ev evidence) from(begins string) evidence {
	for i := range ev.claims {
		ev.claims[i].Begins, ev.dev.Claims[i].Begins = begins, begins
	}
	return ev
}

func (ev evidence) until(ends string) evidence {
	for i := range ev.claims {
		ev.claims[i].Ends, ev.dev.Claims[i].Ends = ends, ends
	}
	return ev
}

func (ev evidence) read(c Certainty) evidence { ev.certainty = c; return ev }

func (ev evidence) fromOrigins(n int) evidence { ev.origins = n; return ev }

func TestStandingFollowsTheTable(t *testing.T) {
	media := Speaker{Class: SpeakerMedia, Name: "Gazette"}
	mediator := Speaker{Class: SpeakerMediator, Name: "Oruland"}
	at := noon()
	in := func(s Status) Standing { return Standing{Conflict: "norvia", Arrangement: "essel", Status: s} }
	process := func(s Status) Standing { return Standing{Conflict: "norvia", Status: s} }
	strained := func(s Standing, n int) Standing { s.Strain = n; return s }
	tests := []struct {
		name   string
		from   Standing
		ev     evidence
		want   Status
		strain int
	}{
		{"a plan is proposed", in(StatusNone), happening(Proposal, at, mediator), StatusProposed, 0},
		{"talks about it", in(StatusProposed), happening(TalksHeld, at, theMission()), StatusNegotiating, 0},
		{"talks do not undo an agreement", in(StatusAgreed), happening(TalksHeld, at, theMission()), StatusAgreed, 0},
		{"talks do not undo a truce", process(StatusInForce), happening(TalksHeld, at, theMission()), StatusInForce, 0},
		{"talks after a collapse reopen the process", process(StatusCollapsed), happening(TalksHeld, at, theMission()), StatusNegotiating, 0},
		{"failed talks end no truce", in(StatusInForce), happening(TalksFailed, at, theMission()), StatusInForce, 0},
		{"the mediator announces for a party", in(StatusNegotiating), happening(Agreement, at, mediator).between("nv-guard"), StatusAgreed, 0},
		{"the mediator alone", in(StatusNegotiating), happening(Agreement, at, mediator), StatusNegotiating, 0},
		{"the mediator, told by a second origin", in(StatusNegotiating), happening(Agreement, at, mediator).fromOrigins(2), StatusAgreed, 0},
		{"both sides announce", in(StatusNegotiating), happening(Agreement, at, theCouncil(), theGuard()), StatusAgreed, 0},
		{"one side's word is no agreement", in(StatusNegotiating), happening(Agreement, at, theCouncil()), StatusNegotiating, 0},
		{"one side's holiday truce", in(StatusNone), happening(Agreement, at, theCouncil()).sub(subHoliday).between("nv-council"), StatusAgreed, 0},
		{"one side tells of a truce with the other", in(StatusNone), happening(Agreement, at, theCouncil()).sub(subDeclared).between("nv-council", "nv-guard"), StatusNone, 0},
		{"one side declares for itself", in(StatusNone), happening(Agreement, at, theCouncil()).sub(subUnilateral), StatusAgreed, 0},
		{"one outlet's report is not enough", in(StatusNegotiating), happening(Agreement, at, media), StatusNegotiating, 0},
		{"two origins report", in(StatusNegotiating), happening(Agreement, at, media).fromOrigins(2), StatusAgreed, 0},
		{"an expected agreement is none", in(StatusNegotiating), happening(Agreement, at, mediator).sub(subExpected), StatusNegotiating, 0},
		{"effective at once", in(StatusNegotiating), happening(Agreement, at, mediator).sub(subImmediate), StatusInForce, 0},
		{"one party accepts", in(StatusProposed), happening(Acceptance, at, theCouncil()), StatusProposed, 0},
		{"both parties accept", in(StatusProposed), happening(Acceptance, at, theCouncil(), theGuard()), StatusAgreed, 0},
		{"the start is confirmed", in(StatusAgreed), happening(InEffect, at, theGuard()), StatusInForce, 0},
		{"the start told by one outlet", in(StatusAgreed), happening(InEffect, at, media), StatusAgreed, 0},
		{"the start denied", in(StatusAgreed), happening(InEffect, at, theGuard()).sub(subDenial), StatusAgreed, 0},
		{"a breach alleged", in(StatusInForce), happening(Violation, at, theGuard()), StatusInForce, 1},
		{"mutual breaches", strained(in(StatusInForce), 1), happening(Violation, at, theGuard(), theCouncil()), StatusInForce, 2},
		{"ten killed", strained(in(StatusInForce), 1), happening(Violation, at, theGuard()).figures(atLeast("killed", 10)), StatusInForce, 3},
		{"a breach after an agreed start", in(StatusAgreed), happening(Violation, at, theGuard()), StatusInForce, 1},
		{"a breach without a truce", process(StatusNegotiating), happening(Violation, at, theGuard()), StatusNegotiating, 0},
		{"no number of breaches ends it", strained(in(StatusInForce), 3), happening(Violation, at, theGuard(), theCouncil(), theGuard(), theMission()), StatusInForce, 3},
		{"fighting is no breach", in(StatusProposed), happening(Escalation, at, theGuard()), StatusProposed, 0},
		{"the mediator extends", in(StatusInForce), happening(Extension, at, mediator), StatusExtended, 0},
		{"one side alone extends", in(StatusInForce), happening(Extension, at, theGuard()), StatusInForce, 0},
		{"it lapsed, a party says", in(StatusExtended), happening(Expiry, at, theGuard()), StatusExpired, 0},
		{"a party denounces it", in(StatusInForce), happening(Collapse, at, theGuard()), StatusCollapsed, 0},
		{"a party denies that it ended", in(StatusInForce), happening(Collapse, at, theGuard()).sub(subDenial), StatusInForce, 0},
		{"one outlet calls it over", strained(in(StatusInForce), 3), happening(Collapse, at, media), StatusInForce, 3},
		{"two origins without large fighting", in(StatusInForce), happening(Collapse, at, media).fromOrigins(2), StatusInForce, 0},
		{"two origins and large fighting", strained(in(StatusInForce), 3), happening(Collapse, at, media).fromOrigins(2), StatusCollapsed, 3},
		{"what ended does not start again by itself", in(StatusCollapsed), happening(InEffect, at, theGuard()), StatusCollapsed, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, changed := tt.from.after(tt.ev, at)
			if got.Status != tt.want || got.Strain != tt.strain {
				t.Errorf("%s, strain %d (%s), want %s, strain %d", got.Status, got.Strain, got.Rule, tt.want, tt.strain)
			}
			if changed && (got.Rule == "" || len(got.Evidence) == 0 || !got.At.Equal(at)) {
				t.Errorf("a change without rule, evidence or time: %+v", got)
			}
		})
	}
}

func TestTheClockEndsButNeverStarts(t *testing.T) {
	at := noon()
	agreed := Standing{Status: StatusAgreed, Start: at.Add(time.Hour)}
	if _, ok := agreed.due(at.Add(48 * time.Hour)); ok {
		t.Error("the clock alone started an arrangement")
	}
	if got, ok := agreed.after(happening(InEffect, at, theGuard()), at); ok {
		t.Errorf("in force before its start: %+v", got)
	}
	running := Standing{Status: StatusInForce, Start: at, End: at.Add(10 * 24 * time.Hour)}
	if _, ok := running.due(running.End.Add(graceAfterEnd - time.Minute)); ok {
		t.Error("it lapsed within the grace")
	}
	if got, ok := running.due(running.End.Add(graceAfterEnd)); !ok || got.Status != StatusExpired {
		t.Errorf("after the grace it is %s", got.Status)
	}
	holiday := Standing{Status: StatusInForce, Start: at, End: at.Add(30 * time.Hour), Unilateral: true}
	if got, ok := holiday.due(holiday.End); !ok || got.Status != StatusExpired {
		t.Errorf("a short one-sided truce is %s at its end", got.Status)
	}
}

func TestOlderNewsMovesNoStatus(t *testing.T) {
	polled := noon().Add(10 * time.Minute)
	now := Standing{Status: StatusInForce, At: polled, Claims: happening(InEffect, noon(), theMission()).claims}
	if got, ok := now.after(happening(Collapse, noon().Add(-time.Hour), theGuard()), polled); ok {
		t.Errorf("a late item moved the status to %s", got.Status)
	}
	between := noon().Add(5 * time.Minute) // after the evidence, before it was filed
	if got, ok := now.after(happening(Collapse, between, theGuard()), polled); !ok || got.Status != StatusCollapsed {
		t.Errorf("news published before the last poll was held for old: the status is %s", got.Status)
	}
}

func TestPositionsAreToldPerParty(t *testing.T) {
	s, _ := Standing{Status: StatusProposed}.after(happening(Acceptance, noon(), theCouncil()).sub(subConditional), noon())
	s, _ = s.after(happening(Rejection, noon().Add(time.Hour), theGuard()), noon().Add(time.Hour))
	if s.Status != StatusProposed || s.Positions["nv-council"] != PositionConditional || s.Positions["nv-guard"] != PositionRejects {
		t.Errorf("%s, positions %v", s.Status, s.Positions)
	}
	if _, ok := s.after(happening(Rejection, noon().Add(2*time.Hour), theGuard()), noon().Add(2*time.Hour)); ok {
		t.Error("the same answer again changed the standing")
	}
}

func TestCalmLowersTheStrainAfterThreeDays(t *testing.T) {
	s := Standing{Status: StatusInForce, Strain: 2, At: noon()}
	if got, _ := s.after(happening(InEffect, noon().Add(71*time.Hour), theMission()), noon().Add(71*time.Hour)); got.Strain != 2 {
		t.Errorf("calmer after 71 hours: %+v", got)
	}
	if got, _ := s.after(happening(InEffect, noon().Add(72*time.Hour), theMission()), noon().Add(72*time.Hour)); got.Strain != 1 {
		t.Errorf("strain %d after three quiet days, want 1", got.Strain)
	}
}

func TestTermsGiveStartAndEnd(t *testing.T) {
	ev := happening(Agreement, noon(), theMission()).between("nv-guard").figures(lasting(72, "hours"))
	ev.claims[0].Day = "2031-05-07"
	s, _ := Standing{Status: StatusNegotiating}.after(ev, noon())
	start := time.Date(2031, 5, 7, 0, 0, 0, 0, time.UTC)
	if !s.Start.Equal(start) || !s.End.Equal(start.Add(72*time.Hour)) {
		t.Errorf("from %v to %v", s.Start, s.End)
	}
}
