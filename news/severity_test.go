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
	placed := at(ControlChange, guard())
	placed.Claims[0].Place = "Essel"
	tests := []struct {
		name string
		r    Reading
		want Severity
	}{
		{"agreement", at(Agreement, mission()), Critical},
		{"start", at(InEffect, mission()), Critical},
		{"collapse", at(Collapse, guard()), Critical},
		{"expiry", at(Expiry, mission()), Critical},
		{"alleged violation", at(Violation, guard()).withFigures(atLeast("killed", 30)), Notable},
		{"verified violation with ten killed", verified(at(Violation, mission()).withFigures(atLeast("killed", 10))), Critical},
		{"verified violation with nine", verified(at(Violation, mission()).withFigures(atLeast("killed", 9))), Notable},
		{"extension", at(Extension, mission()), Major},
		{"a party accepts", at(Acceptance, guard()), Major},
		{"a third state accepts", at(Acceptance, Speaker{Name: "Oruland", Class: SpeakerState}), Notable},
		{"talks failed", at(TalksFailed, mission()), Major},
		{"talks held", at(TalksHeld, mission()), Notable},
		{"toll claimed", at(Casualties, guard()).withFigures(atLeast("killed", 40)), Notable},
		{"toll verified by the UN", verified(at(Casualties, mission()).withFigures(atLeast("killed", 3))), Major},
		{"exchange executed", at(Exchange, mission()).sub(subExecuted), Major},
		{"every hostage exchanged", at(Exchange, mission()).sub(subAll), Critical},
		{"exchange agreed", at(Exchange, mission()), Notable},
		{"crossing closed", at(Humanitarian, mission()).sub(subClosed), Major},
		{"aid", at(Humanitarian, mission()), Notable},
		{"monitors withdrawn", at(Monitoring, mission()).sub(subWithdrawn), Major},
		{"a town changes hands", placed, Major},
		{"ground changes hands", at(ControlChange, guard()), Notable},
		{"mediation", at(Mediation, mission()), Background},
		{"statement", at(Statement, guard()), Background},
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
		{"the UN", pauseSigned("gazette", 0).by(mission()), false},
		{"a party about itself", pauseSigned("gazette", 0).by(guard()), false},
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
