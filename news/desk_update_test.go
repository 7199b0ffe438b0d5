package news

import (
	"slices"
	"testing"
	"time"
)

// oneDayTruce is a truce of a day that is in force at once, by the mediator's word.
func oneDayTruce() Reading {
	r := pauseSigned("gazette", 0).by(Speaker{Name: "Oruland", Class: SpeakerMediator}).sub(subImmediate).withFigures(lasting(24, "hours"))
	r.Claims[0].Parties = []PartyID{"nv-council", "nv-guard"}
	return r
}

func TestTheEndOfATruceIsToldUnderItsPost(t *testing.T) {
	d := NewDesk(nil, nil)
	opened := fileOne(t, d, oneDayTruce())
	if s := opened.Standings[0]; s.Status != StatusInForce || s.End.IsZero() {
		t.Fatalf("standing %+v", s)
	}
	if c := d.FileReadings(nil, noon().Add(29*time.Hour)); len(c.Updates)+len(c.Standings) != 0 {
		t.Errorf("told within the grace: %+v", c)
	}
	c := d.FileReadings(nil, noon().Add(30*time.Hour))
	d.Apply(c)
	if len(c.Updates) != 1 || c.Updates[0].Reason != ReasonDeadline || c.Updates[0].Development != opened.Filed[0].Development || c.Updates[0].Revision != 2 {
		t.Fatalf("updates %+v", c.Updates)
	}
	if len(c.Developments) != 1 || len(c.Standings) != 1 || c.Standings[0].Status != StatusExpired {
		t.Errorf("developments %d, standings %+v", len(c.Developments), c.Standings)
	}
	if again := d.FileReadings(nil, noon().Add(31*time.Hour)); len(again.Updates) != 0 {
		t.Errorf("told twice: %+v", again.Updates)
	}
}

// turnOfNews is an item and what it owes; empty: nothing.
type turnOfNews struct {
	item Reading
	want Reason
}

func TestItemsInUpdatesOut(t *testing.T) {
	verify := func(r Reading) Reading {
		r.Claims = slices.Clone(r.Claims)
		r.Claims[0].Grade = Verified
		return r
	}
	breach := func(outlet string, after time.Duration, by Speaker) Reading {
		return toldBy(outlet, after, Violation, "Council accused of shelling Essel despite pause in Norvia", "Shells fell on Essel in Norvia despite the pause, "+outlet+" was told.").by(by)
	}
	denial := func(outlet string, after time.Duration) Reading {
		return toldBy(outlet, after, Violation, "Council denies shelling Essel despite pause in Norvia", "The northern council denied that it had shelled Essel in Norvia despite the pause.").by(theCouncil()).sub(subDenial)
	}
	expected := pauseSignedRetold("herald", time.Hour).sub(subExpected)
	for name, turns := range map[string][]turnOfNews{
		"an unconfirmed agreement is confirmed once": {
			{pauseSigned("gazette", 0), ReasonFirst},
			{pauseSignedRetold("herald", time.Hour), ReasonConfirmed},
			{toldBy("tribune", 2*time.Hour, Agreement, "Council and harbour guard in Norvia sign pause of ten days", "Norvia's council and the harbour guard have put their names to a ten-day pause in fighting."), ""},
		},
		"the party's own word confirms what an outlet told": {
			{pauseSigned("gazette", 0), ReasonFirst},
			{pauseSignedRetold("herald", time.Hour).by(theGuard()), ReasonConfirmed},
		},
		"what is only expected confirms nothing": {
			{pauseSigned("gazette", 0), ReasonFirst},
			{expected, ReasonAdds},
			{toldBy("tribune", 2*time.Hour, Agreement, "Council and harbour guard in Norvia sign pause of ten days", "Norvia's council and the harbour guard have put their names to a ten-day pause in fighting."), ReasonConfirmed},
		},
		"another outlet with the same spokesman confirms nothing": {
			{breach("gazette", 0, theGuard()), ReasonFirst},
			{breach("herald", time.Hour, theGuard()), ""},
		},
		"the accused denies": {
			{breach("gazette", 0, theGuard()), ReasonFirst},
			{denial("herald", time.Hour), ReasonDenied},
		},
		"a denial of what nobody told is no denial": {
			{denial("herald", 0), ReasonFirst},
			{denial("gazette", time.Hour), ""},
		},
		"the primary source puts its figure right": {
			{villagers("gazette", 0, theMission(), "Essel", atLeast("killed", 19)), ReasonFirst},
			{villagers("herald", time.Hour, theGuard(), "Essel", exactly("killed", 12)), ReasonAdds},
			{verify(villagers("mission", 2*time.Hour, theMission(), "Essel", exactly("killed", 17))), ReasonCorrected},
			{villagers("tribune", 3*time.Hour, theMission(), "Essel", exactly("killed", 17)), ""},
		},
		"an outlet takes its report back": {
			{pauseSigned("gazette", 0), ReasonFirst},
			{pauseSignedRetold("gazette", time.Hour).sub(subRetraction), ReasonRetracted},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := NewDesk(nil, nil)
			for i, turn := range turns {
				c := fileOne(t, d, turn.item)
				switch {
				case turn.want == "" && len(c.Updates) > 0:
					t.Errorf("item %d owes %+v, want nothing", i, c.Updates)
				case turn.want != "":
					if len(c.Updates) != 1 || c.Updates[0].Reason != turn.want {
						t.Errorf("item %d owes %+v, want %s (%v)", i, c.Updates, turn.want, c.Filed[0].Why)
					}
				}
			}
		})
	}
}
