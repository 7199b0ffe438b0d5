package news

import "testing"

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
