package news

import (
	"testing"
	"time"
)

// truceItem is an item of a mediator on a truce of both sides.
func truceItem(outlet string, after time.Duration, title string, kinds ...Kind) Reading {
	r := toldBy(outlet, after, kinds[0], title, title+" on Tuesday, along the coast road of Norvia.")
	r.Kinds = kinds
	r.Claims = nil
	for _, k := range kinds {
		r.Claims = append(r.Claims, Claim{Kind: k, Main: true, Quote: title, By: theMission(), Parties: []PartyID{"nv-council", "nv-guard"}})
	}
	return r
}

func standingAfter(t *testing.T, readings ...Reading) []Standing {
	t.Helper()
	d := NewDesk(nil, nil)
	_, standings := filed(t, d, readings)
	return standings
}

func TestWhatIsAgreedOfACorridorIsNoTruce(t *testing.T) {
	if got := standingAfter(t, truceItem("gazette", 0, "Corridor for Essel agreed", Humanitarian, Agreement)); len(got) != 0 {
		t.Errorf("standings %+v", got)
	}
	if got := standingAfter(t, truceItem("gazette", 0, "Pause agreed, aid to reach Essel", Agreement, Humanitarian)); len(got) != 1 || got[0].Status != StatusAgreed {
		t.Errorf("standings %+v", got)
	}
}

func TestAnItemThatTellsOfBothEndAndBeginningEndsNothing(t *testing.T) {
	begun := truceItem("gazette", time.Hour, "Pause begins", InEffect)
	both := truceItem("gazette", 40*time.Hour, "Pause of old is over as new pause is agreed", Collapse, Agreement)
	if got := standingAfter(t, pauseAgreed(), begun, both); got[0].Status != StatusInForce {
		t.Errorf("status %s by %s", got[0].Status, got[0].Rule)
	}
	over := truceItem("gazette", 40*time.Hour, "Pause is over", Collapse)
	if got := standingAfter(t, pauseAgreed(), begun, over); got[0].Status != StatusCollapsed {
		t.Errorf("status %s by %s", got[0].Status, got[0].Rule)
	}
}

func pauseAgreed() Reading {
	return truceItem("herald", 0, "Council and guard agree on pause", Agreement)
}

func TestTheTruceThatIsAliveIsMeantWhereNoneIsNamed(t *testing.T) {
	named := pauseAgreed()
	named.Arrangement = "essel-pause"
	breach := truceItem("gazette", 40*time.Hour, "Guard shelled Essel despite pause", Violation)
	got := standingAfter(t, named, truceItem("gazette", time.Hour, "Pause begins", InEffect), breach)
	if len(got) != 1 || got[0].Arrangement != "essel-pause" || got[0].Status != StatusInForce || got[0].Strain != 1 {
		t.Errorf("standings %+v", got)
	}
	other := truceItem("tribune", 60*time.Hour, "Island pause signed", Agreement)
	other.Arrangement = "sorre-pause"
	started := truceItem("tribune", 62*time.Hour, "Island pause begins", InEffect)
	started.Arrangement = "sorre-pause"
	got = standingAfter(t, named, truceItem("gazette", time.Hour, "Pause begins", InEffect), other, started)
	if len(got) != 2 || got[0].Status != StatusSuperseded || got[1].Status != StatusInForce || got[1].Supersedes != "essel-pause" {
		t.Errorf("standings %+v", got)
	}
}

func TestAnArrangementIsNotMeantBeforeItsTime(t *testing.T) {
	c := Conflict{Arrangements: []Arrangement{{ID: "feast", Date: "2025-04-19"}, {ID: "undated"}}}
	at := func(day string) time.Time {
		when, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for day, want := range map[string]bool{"2022-04-21": false, "2025-04-10": true, "2026-01-01": true} {
		if got := c.knows("feast", at(day)); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
	if !c.knows("undated", at("1999-01-01")) || !c.knows("feast", time.Time{}) {
		t.Error("without a date any may be meant")
	}
}
