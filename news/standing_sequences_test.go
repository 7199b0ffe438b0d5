package news

import (
	"strings"
	"testing"
	"time"
)

// The parties, mediators and outlets of the invented sequences.
func islanders() Speaker {
	return Speaker{Name: "the islanders", Party: "islanders", Class: SpeakerParty}
}

func mainland() Speaker {
	return Speaker{Name: "the mainland", Party: "mainland", Class: SpeakerParty}
}

func highlanders() Speaker {
	return Speaker{Name: "the highlanders", Party: "highlanders", Class: SpeakerParty}
}
func broker() Speaker   { return Speaker{Name: "Oruland", Class: SpeakerMediator} }
func observer() Speaker { return Speaker{Name: "the truce watch", Class: SpeakerMonitor} }
func daily() Speaker    { return Speaker{Name: "Daily", Class: SpeakerMedia} }

// turn is one event of a sequence, hours after noon, and the standing it leaves.
type turn struct {
	hours  int
	tell   func(at time.Time) evidence // nil: the clock alone
	status Status
	strain int
	rule   string // how the rule begins; empty: no change
	check  func(Standing) bool
}

func tells(k Kind, by ...Speaker) func(time.Time) evidence {
	return func(at time.Time) evidence { return happening(k, at, by...) }
}

func with(tell func(time.Time) evidence, change func(evidence) evidence) func(time.Time) evidence {
	return func(at time.Time) evidence { return change(tell(at)) }
}

func hour(n int) string { return noon().Add(time.Duration(n) * time.Hour).Format(instantFormat) }

func disputed(s Standing) bool { return s.Disputed }

func bothAgree(begins, ends int) func(time.Time) evidence {
	return with(tells(Agreement, islanders(), mainland()), func(ev evidence) evidence { return ev.from(hour(begins)).until(hour(ends)) })
}

func twoOrigins(ev evidence) evidence { return ev.fromOrigins(2) }

func alone(ev evidence) evidence { return ev.sub(subUnilateral).between("islanders") }

// sequences are invented wars, each a row or a rule of the table lived through.
func sequences() map[string][]turn {
	all := map[string][]turn{}
	for _, group := range []map[string][]turn{
		startSequences(), unilateralSequences(), strainSequences(), endSequences(), disputeSequences(), positionSequences(), certaintySequences(),
	} {
		for name, turns := range group {
			all[name] = turns
		}
	}
	return all
}

func startSequences() map[string][]turn {
	return map[string][]turn{
		"announced and not begun": {
			{0, bothAgree(24, 240), StatusAgreed, 0, "agreed.all-parties", nil},
			{25, nil, StatusAgreed, 0, "", func(s Standing) bool { return s.DueUnconfirmed(noon().Add(25 * time.Hour)) }},
			{30, tells(Escalation, islanders()), StatusAgreed, 0, "", nil},
			{90, nil, StatusAgreed, 0, "", nil},
		},
		"the clock alone starts none, a party's word does": {
			{0, bothAgree(24, 240), StatusAgreed, 0, "agreed.all-parties", nil},
			{20, tells(InEffect, mainland()), StatusAgreed, 0, "", nil},
			{25, tells(InEffect, mainland()), StatusInForce, 0, "in_force.confirmed", nil},
		},
		"one outlet's word that it began is not enough, two are": {
			{0, bothAgree(24, 240), StatusAgreed, 0, "agreed", nil},
			{25, tells(InEffect, daily()), StatusAgreed, 0, "", nil},
			{26, with(tells(InEffect, daily()), twoOrigins), StatusInForce, 0, "in_force.confirmed", nil},
		},
		"immediate effect announced by the mediator": {
			{
				0, with(tells(Agreement, broker()), func(ev evidence) evidence { return ev.sub(subImmediate).figures(lasting(3, "days")) }), StatusInForce, 0, "in_force.announced-immediate",
				func(s Standing) bool { return s.End.Equal(noon().Add(72 * time.Hour)) },
			},
			{73, nil, StatusInForce, 0, "", nil},
			{78, nil, StatusExpired, 0, ruleLapsed, nil},
		},
		"a day that begins before midnight UTC": {
			{0, with(tells(Agreement, islanders(), mainland()), func(ev evidence) evidence { return ev.from("2031-05-08") }), StatusAgreed, 0, "agreed", nil},
			{20, tells(InEffect, broker()), StatusAgreed, 0, "", nil},
			{24, tells(InEffect, broker()), StatusInForce, 0, "in_force.confirmed", nil},
		},
		"a breach alleged before the start starts nothing": {
			{0, bothAgree(24, 240), StatusAgreed, 0, "agreed", nil},
			{10, tells(Violation, islanders()), StatusAgreed, 0, "", nil},
			{26, tells(Violation, islanders()), StatusInForce, 1, "in_force.breach-alleged", nil},
		},
		"both sides in contact make talks": {
			{0, tells(TalksAnnounced, islanders()), StatusNone, 0, "", nil},
			{1, tells(TalksAnnounced, islanders(), mainland()), StatusNegotiating, 0, "negotiating.both-confirm", nil},
		},
	}
}

func unilateralSequences() map[string][]turn {
	holiday := with(tells(Agreement, islanders()), func(ev evidence) evidence {
		return ev.sub(subHoliday).between("islanders").from(hour(2)).figures(lasting(36, "hours"))
	})
	return map[string][]turn{
		"a holiday truce lapses without grace": {
			{0, holiday, StatusAgreed, 0, ruleUnilateral, func(s Standing) bool { return s.Unilateral && s.Scope == subHoliday }},
			{3, tells(InEffect, islanders()), StatusInForce, 0, "in_force.confirmed", nil},
			{37, nil, StatusInForce, 0, "", nil},
			{38, nil, StatusExpired, 0, ruleLapsed, nil},
		},
		"a holiday truce that nobody confirmed lapses too": {
			{0, holiday, StatusAgreed, 0, ruleUnilateral, nil},
			{38, nil, StatusExpired, 0, ruleLapsed, nil},
		},
		"a long one-sided truce has its grace": {
			{0, with(tells(Agreement, islanders()), func(ev evidence) evidence { return alone(ev).from(hour(0)).until(hour(240)) }), StatusAgreed, 0, ruleUnilateral, nil},
			{1, tells(InEffect, islanders()), StatusInForce, 0, "in_force", nil},
			{245, nil, StatusInForce, 0, "", nil},
			{246, nil, StatusExpired, 0, ruleLapsed, nil},
		},
		"who declared it may prolong it": {
			{0, with(tells(Agreement, islanders()), func(ev evidence) evidence { return alone(ev).from(hour(0)).until(hour(100)) }), StatusAgreed, 0, ruleUnilateral, nil},
			{1, tells(InEffect, islanders()), StatusInForce, 0, "in_force", nil},
			{
				90, with(tells(Extension, islanders()), func(ev evidence) evidence { return ev.until(hour(300)) }), StatusExtended, 0, "extended.announced",
				func(s Standing) bool { return !s.Disputed && s.End.Equal(noon().Add(300*time.Hour)) },
			},
			{107, nil, StatusExtended, 0, "", nil},
		},
		"the other side cannot end a one-sided truce by its word": {
			{0, with(tells(Agreement, islanders()), alone), StatusAgreed, 0, ruleUnilateral, nil},
			{1, tells(InEffect, islanders()), StatusInForce, 0, "in_force", nil},
			{9, tells(Collapse, mainland()), StatusInForce, 0, "", nil},
			{10, tells(Collapse, islanders()), StatusCollapsed, 0, "collapsed.denounced", nil},
		},
	}
}

func strainSequences() map[string][]turn {
	many := make([]turn, 0, 22)
	many = append(many, turn{0, with(tells(Agreement, broker()), func(ev evidence) evidence { return ev.sub(subImmediate) }), StatusInForce, 0, "in_force", nil})
	for i := range 20 {
		rule := ""
		if i == 0 {
			rule = "strain.alleged"
		}
		many = append(many, turn{i + 1, with(tells(Violation, islanders()), func(ev evidence) evidence { return ev.figures(atLeast("killed", 12)) }), StatusInForce, 3, rule, nil})
	}
	return map[string][]turn{
		"no number of breaches ends a truce": many,
		"quiet days under a monitor calm it": {
			{0, with(tells(Agreement, broker()), func(ev evidence) evidence { return ev.sub(subImmediate) }), StatusInForce, 0, "in_force", nil},
			{2, with(tells(Violation, islanders()), func(ev evidence) evidence { return ev.sub(subMutual) }), StatusInForce, 2, "strain.alleged", nil},
			{50, tells(InEffect, broker()), StatusInForce, 2, "in_force.still-confirmed", nil},
			{75, tells(InEffect, broker()), StatusInForce, 2, "in_force.still-confirmed", nil},
			{76, tells(InEffect, observer()), StatusInForce, 1, "strain.calm", nil},
			{80, tells(InEffect, observer()), StatusInForce, 1, "", nil},
			{149, tells(InEffect, mainland()), StatusInForce, 0, "strain.calm", nil},
		},
		"allegations of days apart do not add up": {
			{0, with(tells(Agreement, broker()), func(ev evidence) evidence { return ev.sub(subImmediate) }), StatusInForce, 0, "in_force", nil},
			{60, with(tells(Violation, islanders()), func(ev evidence) evidence {
				old := Claim{Kind: Violation, By: mainland(), Cite: Cite{At: noon().Add(5 * time.Hour)}}
				ev.recent = append(ev.recent, old)
				return ev
			}), StatusInForce, 1, "strain.alleged", nil},
		},
		"a breach with no truce is none": {
			{0, tells(TalksHeld, broker()), StatusNegotiating, 0, "negotiating", nil},
			{2, tells(Violation, islanders()), StatusNegotiating, 0, "", nil},
		},
	}
}

func endSequences() map[string][]turn {
	return map[string][]turn{
		"denounced by a side": {
			{0, bothAgree(1, 240), StatusAgreed, 0, "agreed", nil},
			{2, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{9, tells(Collapse, mainland()), StatusCollapsed, 0, "collapsed.denounced", nil},
			{10, tells(InEffect, islanders()), StatusCollapsed, 0, "", nil},
			{12, tells(Extension, broker()), StatusCollapsed, 0, "", nil},
		},
		"two outlets and large fighting end it": {
			{0, bothAgree(1, 240), StatusAgreed, 0, "agreed", nil},
			{2, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{20, tells(Collapse, daily()), StatusInForce, 0, "", nil},
			{21, with(tells(Collapse, daily()), twoOrigins), StatusInForce, 0, "", nil},
			{22, with(tells(Collapse, daily()), func(ev evidence) evidence { ev.fighting = true; return ev.fromOrigins(2) }), StatusCollapsed, 0, "collapsed.two-origins", nil},
		},
		"never carried out and renounced": {
			{0, bothAgree(24, 240), StatusAgreed, 0, "agreed", nil},
			{60, tells(Collapse, islanders()), StatusNone, 0, "none.not-implemented", nil},
		},
		"denounced before its day": {
			{0, bothAgree(24, 240), StatusAgreed, 0, "agreed", nil},
			{10, tells(Collapse, islanders()), StatusCollapsed, 0, "collapsed.denounced", nil},
		},
		"de facto calm after the end": {
			{0, bothAgree(1, 100), StatusAgreed, 0, "agreed", nil},
			{2, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{106, nil, StatusExpired, 0, ruleLapsed, nil},
			{400, with(tells(InEffect, daily()), twoOrigins), StatusExpired, 0, "observed.calm", func(s Standing) bool { return s.Observed == CalmObserved }},
			{410, tells(InEffect, islanders()), StatusExpired, 0, "", nil},
		},
		"reinstated by a new agreement": {
			{0, bothAgree(1, 100), StatusAgreed, 0, "agreed", nil},
			{2, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{5, with(tells(Violation, islanders()), func(ev evidence) evidence { return ev.figures(atLeast("killed", 30)) }), StatusInForce, 3, "strain", nil},
			{9, tells(Collapse, mainland()), StatusCollapsed, 3, "collapsed", nil},
			{
				30, with(tells(Agreement, broker()), func(ev evidence) evidence { return ev.between("mainland") }), StatusAgreed, 0, "agreed.mediator",
				func(s Standing) bool { return s.Supersedes == "dune-truce" && s.End.IsZero() },
			},
			{32, tells(InEffect, islanders()), StatusInForce, 0, "in_force.confirmed", nil},
		},
		"the next truce agreed as the last one runs out": {
			{0, bothAgree(1, 72), StatusAgreed, 0, "agreed", nil},
			{2, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{73, with(tells(Agreement, islanders()), func(ev evidence) evidence { return ev.from(hour(80)) }), StatusInForce, 0, "", nil},
			{74, bothAgree(80, 152), StatusAgreed, 0, "agreed.all-parties", func(s Standing) bool { return s.End.Equal(noon().Add(152 * time.Hour)) }},
		},
		"an agreement that nobody carried out gives way to the next": {
			{0, with(tells(Agreement, islanders()), alone), StatusAgreed, 0, ruleUnilateral, nil},
			{300, with(tells(Agreement, mainland()), func(ev evidence) evidence { return ev.sub(subUnilateral).between("mainland") }), StatusAgreed, 0, "position.told", nil},
			{
				700, with(tells(Agreement, mainland()), func(ev evidence) evidence { return ev.sub(subUnilateral).between("mainland") }), StatusAgreed, 0, ruleUnilateral,
				func(s Standing) bool { return !s.saysYes("islanders") && s.saysYes("mainland") },
			},
		},
		"extended within a day of its lapse": {
			{0, bothAgree(1, 100), StatusAgreed, 0, "agreed", nil},
			{2, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{106, nil, StatusExpired, 0, ruleLapsed, nil},
			{
				110, with(tells(Extension, broker()), func(ev evidence) evidence { return ev.figures(lasting(10, "days")) }), StatusExtended, 0, "extended.announced",
				func(s Standing) bool { return s.End.Equal(noon().Add(340 * time.Hour)) },
			},
		},
		"an extension days after the lapse is a new deal": {
			{0, bothAgree(1, 100), StatusAgreed, 0, "agreed", nil},
			{2, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{106, nil, StatusExpired, 0, ruleLapsed, nil},
			{150, tells(Extension, broker()), StatusExpired, 0, "", nil},
		},
		"an extension keeps the clock off": {
			{0, bothAgree(1, 100), StatusAgreed, 0, "agreed", nil},
			{2, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{99, with(tells(Extension, islanders(), mainland()), func(ev evidence) evidence { return ev.figures(lasting(5, "days")) }), StatusExtended, 0, "extended", nil},
			{107, nil, StatusExtended, 0, "", nil},
			{225, nil, StatusExtended, 0, "", nil},
			{226, nil, StatusExpired, 0, ruleLapsed, nil},
			{227, tells(Expiry, islanders()), StatusExpired, 0, "expired.confirmed", nil},
		},
	}
}

func disputeSequences() map[string][]turn {
	return map[string][]turn{
		"one side alone extends": {
			{0, bothAgree(1, 100), StatusAgreed, 0, "agreed", nil},
			{2, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{90, with(tells(Extension, islanders()), func(ev evidence) evidence { return ev.until(hour(200)) }), StatusInForce, 0, ruleOneParty, disputed},
			{107, nil, StatusInForce, 0, "", disputed},
			{206, nil, StatusExpired, 0, ruleLapsed, nil},
		},
		"the mediator settles a disputed extension": {
			{0, bothAgree(1, 100), StatusAgreed, 0, "agreed", nil},
			{2, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{90, with(tells(Extension, islanders()), func(ev evidence) evidence { return ev.until(hour(200)) }), StatusInForce, 0, ruleOneParty, disputed},
			{
				95, with(tells(Extension, broker()), func(ev evidence) evidence { return ev.until(hour(220)) }), StatusExtended, 0, "extended.announced",
				func(s Standing) bool { return !s.Disputed },
			},
		},
		"each side dates the start": {
			{0, with(tells(Agreement, broker()), func(ev evidence) evidence { return ev.between("mainland").from(hour(0)) }), StatusAgreed, 0, "agreed", nil},
			{1, with(tells(InEffect, islanders()), func(ev evidence) evidence { return ev.from(hour(0)) }), StatusInForce, 0, "in_force.confirmed", nil},
			{
				60, with(tells(InEffect, mainland()), func(ev evidence) evidence { return ev.from(hour(48)) }), StatusInForce, 0, "disputed.dates",
				func(s Standing) bool { return s.Disputed && len(s.Dates) == 3 },
			},
		},
		"one side calls it lapsed": {
			{0, with(tells(Agreement, broker()), func(ev evidence) evidence { return ev.sub(subImmediate) }), StatusInForce, 0, "in_force", nil},
			{90, tells(Expiry, islanders()), StatusExpired, 0, "expired.told", disputed},
		},
		"hours apart are one date": {
			{0, bothAgree(24, 240), StatusAgreed, 0, "agreed", nil},
			{1, with(tells(Agreement, broker()), func(ev evidence) evidence { return ev.from(hour(26)) }), StatusAgreed, 0, "terms.told", func(s Standing) bool { return !s.Disputed }},
		},
	}
}

func positionSequences() map[string][]turn {
	answers := func(p Position, of PartyID) func(Standing) bool {
		return func(s Standing) bool { return s.Positions[of] == p }
	}
	return map[string][]turn{
		"one yes, then the other": {
			{0, tells(Proposal, broker()), StatusProposed, 0, "proposed", nil},
			{5, tells(Acceptance, islanders()), StatusProposed, 0, "position.told", answers(PositionAccepts, "islanders")},
			{9, tells(Acceptance, mainland()), StatusAgreed, 0, "agreed.all-parties-accept", nil},
		},
		"one side says it is agreed, then the other": {
			{0, tells(TalksHeld, broker()), StatusNegotiating, 0, "negotiating", nil},
			{5, tells(Agreement, islanders()), StatusNegotiating, 0, "position.told", answers(PositionAccepts, "islanders")},
			{9, tells(Agreement, mainland()), StatusAgreed, 0, "agreed.all-parties", nil},
		},
		"a yes with conditions is none": {
			{0, tells(Proposal, islanders()), StatusProposed, 0, "proposed", answers(PositionBacks, "islanders")},
			{5, with(tells(Acceptance, mainland()), func(ev evidence) evidence { return ev.sub(subInPrinciple) }), StatusProposed, 0, "position", answers(PositionConditional, "mainland")},
			{9, tells(Acceptance, mainland()), StatusAgreed, 0, "agreed.all-parties-accept", func(s Standing) bool { return len(s.Stances) == 3 }},
		},
		"a third that refuses keeps it from being agreed": {
			{0, tells(Proposal, broker()), StatusProposed, 0, "proposed", nil},
			{1, tells(Rejection, highlanders()), StatusProposed, 0, "position", nil},
			{5, tells(Acceptance, islanders(), mainland()), StatusProposed, 0, "position", nil},
		},
		"what a third state says of the sides moves no position": {
			{0, tells(Proposal, broker()), StatusProposed, 0, "proposed", nil},
			{5, with(tells(Acceptance, broker()), func(ev evidence) evidence { return ev.between("islanders", "mainland") }), StatusProposed, 0, "", nil},
		},
		"no reply is no refusal": {
			{0, tells(Proposal, islanders()), StatusProposed, 0, "proposed", nil},
			{5, with(tells(Statement, broker()), func(ev evidence) evidence { return ev.sub(subNoReply).between("islanders", "mainland") }), StatusProposed, 0, "position.no-reply", answers(PositionNoReply, "mainland")},
			{9, tells(Rejection, mainland()), StatusProposed, 0, "position.told", answers(PositionRejects, "mainland")},
			{10, with(tells(Statement, broker()), func(ev evidence) evidence { return ev.sub(subNoReply).between("islanders", "mainland") }), StatusProposed, 0, "", nil},
		},
		"an unnamed source tables nothing": {
			{0, tells(Proposal, Speaker{Class: SpeakerAnonymous}), StatusNone, 0, "", nil},
		},
	}
}

func certaintySequences() map[string][]turn {
	fair := func(ev evidence) evidence { return ev.read(CertaintyFair) }
	return map[string][]turn{
		"an uncertain reading agrees nothing until a second origin says so": {
			{0, with(tells(Agreement, islanders(), mainland()), fair), StatusNone, 0, "", nil},
			{2, with(tells(Agreement, islanders(), mainland()), func(ev evidence) evidence { return fair(ev).fromOrigins(2) }), StatusAgreed, 0, "agreed", nil},
		},
		"an uncertain reading starts, ends and extends nothing by itself": {
			{0, with(tells(Agreement, broker()), func(ev evidence) evidence { return ev.between("mainland") }), StatusAgreed, 0, "agreed", nil},
			{2, with(tells(InEffect, broker()), fair), StatusAgreed, 0, "", nil},
			{3, tells(InEffect, broker()), StatusInForce, 0, "in_force", nil},
			{4, with(tells(Collapse, mainland()), fair), StatusInForce, 0, "", nil},
			{5, with(tells(Expiry, mainland()), func(ev evidence) evidence { return ev.read(CertaintyLow) }), StatusInForce, 0, "", nil},
			{6, with(tells(Violation, mainland()), fair), StatusInForce, 1, "strain.alleged", nil},
		},
		"an uncertain yes is a position and no agreement": {
			{0, tells(Acceptance, islanders()), StatusNone, 0, "position", nil},
			{1, with(tells(Acceptance, mainland()), fair), StatusNone, 0, "position", nil},
		},
	}
}

func TestSequencesOfInventedWars(t *testing.T) {
	all := sequences()
	if len(all) < 25 {
		t.Fatalf("%d sequences", len(all))
	}
	for _, name := range sortedKeys(all) {
		t.Run(name, func(t *testing.T) {
			s := Standing{Conflict: "dunes", Arrangement: "dune-truce"}
			for i, step := range all[name] {
				s = step.take(t, i, s)
			}
		})
	}
}

func (step turn) take(t *testing.T, i int, s Standing) Standing {
	t.Helper()
	at := noon().Add(time.Duration(step.hours) * time.Hour)
	next, changed := s.due(at)
	if step.tell != nil {
		next, changed = s.after(step.tell(at), at)
	}
	if got := next.Status; got != step.status && !(got == "" && step.status == StatusNone) || next.Strain != step.strain {
		t.Errorf("turn %d: %s, strain %d by %q, want %s, strain %d", i, got, next.Strain, next.Rule, step.status, step.strain)
	}
	if changed != (step.rule != "") || changed && !strings.HasPrefix(next.Rule, step.rule) {
		t.Errorf("turn %d: changed %v by rule %q, want %q", i, changed, next.Rule, step.rule)
	}
	if step.check != nil && !step.check(next) {
		t.Errorf("turn %d: %+v", i, next)
	}
	if changed && next.Rule != ruleLapsed && len(next.Evidence) == 0 {
		t.Errorf("turn %d: a change without evidence", i)
	}
	return next
}
