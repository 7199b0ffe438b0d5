package news

import (
	"testing"
	"time"
)

// retold is the pause again, by the speaker, with the figures.
func retold(outlet string, after time.Duration, by Speaker, f ...Figure) Reading {
	return pauseSignedRetold(outlet, after).by(by).withFigures(f...)
}

func TestNoveltyGoesByClaimsNotByWording(t *testing.T) {
	first := pauseSigned("gazette", 0).by(theMission()).withFigures(lasting(10, "days"))
	tests := []struct {
		name string
		next Reading
		want Novelty
	}{
		{"the same in other words", retold("herald", time.Hour, theMission(), lasting(10, "days")), Repeats},
		{"a new figure", retold("herald", time.Hour, theMission(), lasting(10, "days"), atLeast("released", 40)), Adds},
		{"another side's word", retold("herald", time.Hour, theGuard(), lasting(10, "days")), Adds},
		{"an unnamed source adds no side", retold("herald", time.Hour, unnamed(), lasting(10, "days")), Repeats},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := NewDesk(nil, nil)
			opened := fileOne(t, d, first)
			c := fileOne(t, d, tt.next)
			if c.Filed[0].Development != opened.Filed[0].Development {
				t.Fatalf("filed apart: %v", c.Filed[0].Why)
			}
			if c.Filed[0].Novelty != tt.want {
				t.Errorf("%s, want %s", c.Filed[0].Novelty, tt.want)
			}
			if owed := len(c.Updates) > 0; owed != (tt.want != Repeats) {
				t.Errorf("%s owes %+v", tt.want, c.Updates)
			}
		})
	}
}

func TestRepeatsAreMentionedThoughTheyOweNothing(t *testing.T) {
	d := NewDesk(nil, nil)
	fileOne(t, d, pauseSigned("gazette", 0).by(theMission()))
	c := fileOne(t, d, pauseSignedRetold("herald", time.Hour).by(theMission()))
	if got := c.Developments[0]; len(got.Mentions) != 2 || got.Outlets(nil) != 2 || got.Revision != 2 {
		t.Errorf("%d mentions by %d outlets, revision %d", len(got.Mentions), got.Outlets(nil), got.Revision)
	}
}

func onlyUpdate(t *testing.T, c Changes, want Reason) Update {
	t.Helper()
	if len(c.Updates) != 1 || c.Updates[0].Reason != want {
		t.Fatalf("updates %+v, want one %s (filed %v)", c.Updates, want, c.Filed[0].Why)
	}
	return c.Updates[0]
}

func TestASecondOriginConfirmsWhatWasUnconfirmed(t *testing.T) {
	d := NewDesk(nil, nil)
	first := fileOne(t, d, pauseSigned("gazette", 0))
	if !first.Developments[0].Unconfirmed(nil) {
		t.Fatal("one outlet's own report of an agreement is not unconfirmed")
	}
	c := fileOne(t, d, pauseSignedRetold("herald", time.Hour))
	u := onlyUpdate(t, c, ReasonConfirmed)
	if u.Revision != 2 || c.Developments[0].Unconfirmed(nil) {
		t.Errorf("update %+v, unconfirmed %v", u, c.Developments[0].Unconfirmed(nil))
	}
	if third := fileOne(t, d, pauseSignedRetold("tribune", 2*time.Hour)); len(third.Updates) != 0 {
		t.Errorf("confirmed again: %+v", third.Updates)
	}
}

func TestACopyConfirmsNothing(t *testing.T) {
	d := NewDesk(nil, nil)
	fileOne(t, d, pauseSigned("gazette", 0))
	copied := pauseSigned("herald", time.Hour)
	if c := fileOne(t, d, copied); len(c.Updates) != 0 || c.Developments[0].Origins(nil) != 1 || c.Developments[0].Outlets(nil) != 2 {
		t.Errorf("updates %+v, %d origins of %d outlets", c.Updates, c.Developments[0].Origins(nil), c.Developments[0].Outlets(nil))
	}
}

func TestADenialByAnotherSideIsTold(t *testing.T) {
	d := NewDesk(nil, nil)
	fileOne(t, d, pauseSigned("gazette", 0).by(theCouncil()))
	onlyUpdate(t, fileOne(t, d, pauseSignedRetold("herald", time.Hour).by(theGuard()).sub(subDenial)), ReasonDenied)
}

func TestARetractionIsTold(t *testing.T) {
	d := NewDesk(nil, nil)
	fileOne(t, d, pauseSigned("gazette", 0))
	onlyUpdate(t, fileOne(t, d, pauseSignedRetold("gazette", time.Hour).sub(subRetraction)), ReasonRetracted)
}

// villagers reports a toll in a place.
func villagers(outlet string, after time.Duration, by Speaker, place string, f Figure) Reading {
	r := toldBy(outlet, after, Casualties, "Villagers killed near Essel in shelling", "Villagers were killed by shells near Essel, where the coast road bends.").by(by).withFigures(f)
	r.Claims[0].Place = place
	return r
}

func TestASpeakersLowerTollCorrects(t *testing.T) {
	d := NewDesk(nil, nil)
	fileOne(t, d, villagers("gazette", 0, theMission(), "Essel", atLeast("killed", 19)))
	c := fileOne(t, d, villagers("herald", time.Hour, theMission(), "Essel", exactly("killed", 17)))
	u := onlyUpdate(t, c, ReasonCorrected)
	if u.Correction == nil || u.Correction.Was != "at least 19 killed" || u.Correction.Now != "17 killed" || u.Correction.Per != theMission().Name {
		t.Errorf("correction %+v", u.Correction)
	}
	if got := c.Developments[0]; len(got.Corrections) != 1 || len(got.Claims) != 2 {
		t.Errorf("both values must stay: %d corrections, %d claims", len(got.Corrections), len(got.Claims))
	}
}

func TestWhatCorrectsNothing(t *testing.T) {
	for _, tt := range []struct {
		name string
		next Reading
	}{
		{"a toll that rises", villagers("herald", time.Hour, theMission(), "Essel", atLeast("killed", 23))},
		{"an exact toll that rises", villagers("herald", time.Hour, theMission(), "Essel", exactly("killed", 23))},
		{"another speaker's number", villagers("herald", time.Hour, theGuard(), "Essel", exactly("killed", 12))},
		{"an item published before", villagers("herald", -time.Hour, theMission(), "Essel", exactly("killed", 12))},
		{"the place named less closely", villagers("herald", time.Hour, theMission(), "Essel, Norvia", atLeast("killed", 19))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := NewDesk(nil, nil)
			fileOne(t, d, villagers("gazette", 0, theMission(), "Essel", atLeast("killed", 19)))
			if c := d.FileReadings([]Reading{tt.next}, noon().Add(2*time.Hour)); len(c.Developments[0].Corrections) != 0 {
				t.Errorf("corrected: %+v", c.Developments[0].Corrections)
			}
		})
	}
}

func TestAnItemThatSaysItCorrectsJoinsWhatItCorrects(t *testing.T) {
	d := NewDesk(nil, nil)
	opened := fileOne(t, d, villagers("gazette", 0, theMission(), "Essel", atLeast("killed", 19)))
	fix := toldBy("mission", 30*time.Hour, Casualties, "Correction on deaths reported on the coast", "All the dead were found in farms well away from the town, an updated tally shows.").
		by(theMission()).withFigures(atLeast("killed", 19)).sub(subCorrected)
	fix.Claims[0].Place = "outside Essel"
	c := fileOne(t, d, fix)
	if c.Filed[0].Development != opened.Filed[0].Development {
		t.Fatalf("filed apart: %v", c.Filed[0].Why)
	}
	onlyUpdate(t, c, ReasonCorrected)
}

// A primary source's own account moves the place; the post about the talks showed
// the wrong one on its second line and must be answered too.
func TestACorrectionReachesEveryPostThatToldTheValue(t *testing.T) {
	d := NewDesk(nil, nil)
	toll := Claim{Kind: Casualties, By: theMission(), Quote: "the mission counted at least 19 killed in Essel", Place: "Essel", Figures: []Figure{atLeast("killed", 19)}}
	talks := fileOne(t, d, ferryTalks("gazette", 0).claiming(toll))
	c := fileOne(t, d, villagers("mission", 5*time.Hour, theMission(), "outside Essel", atLeast("killed", 19)))
	if c.Filed[0].Development != talks.Filed[0].Also[0].Development || c.Filed[0].Novelty != First {
		t.Fatalf("filed %+v", c.Filed[0])
	}
	var corrected *Update
	for i, u := range c.Updates {
		if u.Development == talks.Filed[0].Development {
			corrected = &c.Updates[i]
		}
	}
	if corrected == nil || corrected.Reason != ReasonCorrected || corrected.Correction.Was != "in Essel" || corrected.Correction.Now != "outside Essel" {
		t.Errorf("updates %+v", c.Updates)
	}
}
