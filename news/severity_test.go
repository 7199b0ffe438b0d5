package news

import (
	"testing"
	"time"
)

func TestSeverityFollowsTheTable(t *testing.T) {
	verified := func(r Reading) Reading {
		r = r.sub("")
		r.Claims[0].Grade = Verified
		return r
	}
	at := func(k Kind, s Speaker) Reading {
		return toldBy("gazette", 0, k, "a headline of four words", "text").by(s)
	}
	placed := at(ControlChange, theGuard())
	placed.Claims[0].Place = "Essel"
	tests := []struct {
		name string
		r    Reading
		want Severity
	}{
		{"agreement", at(Agreement, theMission()), Critical},
		{"agreement, read with fair certainty", at(Agreement, theMission()).read(CertaintyFair), Major},
		{"agreement, read with low certainty", at(Agreement, theMission()).read(CertaintyLow), Background},
		{"talks held, read with fair certainty", at(TalksHeld, theMission()).read(CertaintyFair), Background},
		{"statement, read with fair certainty", at(Statement, theMission()).read(CertaintyFair), Background},
		{"an uncertain agreement by unnamed sources", at(Agreement, unnamed()).read(CertaintyFair), Notable},
		{"talks announced", at(TalksAnnounced, theGuard()), Notable},
		{"proposal", at(Proposal, theMission()), Notable},
		{"escalation", at(Escalation, theGuard()), Notable},
		{"a lull", at(Deescalation, theGuard()), Notable},
		{"monitors sent", at(Monitoring, theMission()), Notable},
		{"crossing opened", at(Humanitarian, theMission()).sub(subOpened), Major},
		{"a party rejects", at(Rejection, theCouncil()), Major},
		{"a third state rejects", at(Rejection, Speaker{Name: "Oruland", Class: SpeakerState}), Notable},
		{"an outlet reports a refusal", at(Rejection, Speaker{}), Major},
		{"toll of ten verified by monitors", verified(at(Casualties, Speaker{Name: "truce watch", Class: SpeakerMonitor}).withFigures(atLeast("killed", 10))), Major},
		{"toll of nine verified by monitors", verified(at(Casualties, Speaker{Name: "truce watch", Class: SpeakerMonitor}).withFigures(atLeast("killed", 9))), Notable},
		{"talks failed, unnamed", at(TalksFailed, unnamed()), Notable},
		{"statement, unnamed", at(Statement, unnamed()), Background},
		{"start", at(InEffect, theMission()), Critical},
		{"collapse", at(Collapse, theGuard()), Critical},
		{"expiry", at(Expiry, theMission()), Critical},
		{"alleged violation", at(Violation, theGuard()).withFigures(atLeast("killed", 30)), Notable},
		{"verified violation with ten killed", verified(at(Violation, theMission()).withFigures(atLeast("killed", 10))), Critical},
		{"verified violation with nine", verified(at(Violation, theMission()).withFigures(atLeast("killed", 9))), Notable},
		{"extension", at(Extension, theMission()), Major},
		{"a party accepts", at(Acceptance, theGuard()), Major},
		{"a third state accepts", at(Acceptance, Speaker{Name: "Oruland", Class: SpeakerState}), Notable},
		{"talks failed", at(TalksFailed, theMission()), Major},
		{"talks held", at(TalksHeld, theMission()), Notable},
		{"toll claimed", at(Casualties, theGuard()).withFigures(atLeast("killed", 40)), Notable},
		{"toll verified by the UN", verified(at(Casualties, theMission()).withFigures(atLeast("killed", 3))), Major},
		{"exchange executed", at(Exchange, theMission()).sub(subExecuted), Major},
		{"every hostage exchanged", at(Exchange, theMission()).sub(subAll), Critical},
		{"exchange agreed", at(Exchange, theMission()), Notable},
		{"crossing closed", at(Humanitarian, theMission()).sub(subClosed), Major},
		{"aid", at(Humanitarian, theMission()), Notable},
		{"monitors withdrawn", at(Monitoring, theMission()).sub(subWithdrawn), Major},
		{"a town changes hands", placed, Major},
		{"ground changes hands", at(ControlChange, theGuard()), Notable},
		{"mediation", at(Mediation, theMission()), Background},
		{"statement", at(Statement, theGuard()), Background},
		{"an agreement by unnamed sources alone", at(Agreement, unnamed()), Major},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := fileOne(t, NewDesk(nil, nil), tt.r).Filed[0].Severity; got != tt.want {
				t.Errorf("severity %d, want %d", got, tt.want)
			}
		})
	}
}

func (r Reading) read(c Certainty) Reading { r.Certainty = c; return r }

func TestASurerItemLiftsADevelopment(t *testing.T) {
	d := NewDesk(nil, nil)
	first := fileOne(t, d, pauseSigned("gazette", 0).read(CertaintyLow))
	if got := first.Developments[0]; got.Certainty != CertaintyLow || got.Severity != Background || got.Unconfirmed(nil) {
		t.Errorf("certainty %s, severity %d", got.Certainty, got.Severity)
	}
	second := fileOne(t, d, pauseSignedRetold("herald", time.Hour))
	if got := second.Developments[0]; got.Certainty != CertaintyHigh || got.Severity != Critical {
		t.Errorf("certainty %s, severity %d after a sure item", got.Certainty, got.Severity)
	}
	if got := second.Developments[0].FoldedFor(func(s SourceID) bool { return s == "gazette" }); got.Severity != Background {
		t.Errorf("severity %d for a view without the sure item", got.Severity)
	}
}

func TestUnconfirmedIsWhatRestsOnOneWeakOrigin(t *testing.T) {
	tests := []struct {
		name string
		r    Reading
		want bool
	}{
		{"an outlet alone", pauseSigned("gazette", 0), true},
		{"an unnamed source", pauseSigned("gazette", 0).by(unnamed()), true},
		{"a mediator", pauseSigned("gazette", 0).by(Speaker{Name: "Oruland", Class: SpeakerMediator}), false},
		{"the UN", pauseSigned("gazette", 0).by(theMission()), false},
		{"a party about itself", pauseSigned("gazette", 0).by(theGuard()), false},
		{"what need not be confirmed", ferryTalks("gazette", 0), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := fileOne(t, NewDesk(nil, nil), tt.r).Developments[0].Unconfirmed(nil); got != tt.want {
				t.Errorf("unconfirmed %v, want %v", got, tt.want)
			}
		})
	}
}
