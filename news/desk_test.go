package news

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func pauseSigned(outlet string, after time.Duration) Reading {
	return toldBy(outlet, after, Agreement, "Norvia council and harbour guard sign ten-day pause in fighting",
		"The northern council and the harbour guard signed a ten-day pause in the fighting along the coast road on Tuesday.")
}

func pauseSignedRetold(outlet string, after time.Duration) Reading {
	return toldBy(outlet, after, Agreement, "Harbour guard and council put names to ten-day pause in Norvia",
		"A ten-day pause in fighting was signed by Norvia's northern council and the harbour guard, covering the coast road.")
}

func convoyHeld(outlet string, after time.Duration) Reading {
	return toldBy(outlet, after, Humanitarian, "Grain lorries stopped at Essel bridge for a third day",
		"Forty lorries of grain waited at Essel bridge, where guards asked for papers nobody had heard of.")
}

func ferryTalks(outlet string, after time.Duration) Reading {
	return toldBy(outlet, after, TalksHeld, "Envoys open indirect talks on Sorre island ferry",
		"Envoys shuttled between two decks of a ferry moored off Sorre island to talk about prisoners and fishing grounds.")
}

func TestDeskOpensOneDevelopmentPerStep(t *testing.T) {
	d := NewDesk(nil, nil)
	first := fileOne(t, d, pauseSigned("gazette", 0))
	again := fileOne(t, d, pauseSignedRetold("herald", time.Hour))
	next := fileOne(t, d, ferryTalks("gazette", 2*time.Hour))
	if first.Filed[0].Novelty != First || len(first.Updates) != 1 || first.Updates[0].Reason != ReasonFirst {
		t.Errorf("the first item: %+v, updates %+v", first.Filed[0], first.Updates)
	}
	if again.Filed[0].Development != first.Filed[0].Development || again.Filed[0].Novelty == First {
		t.Errorf("the same step told again was filed as %+v", again.Filed[0])
	}
	if next.Filed[0].Development == first.Filed[0].Development || next.Filed[0].Novelty != First {
		t.Errorf("another step was filed as %+v", next.Filed[0])
	}
}

func TestDevelopmentIDsCanBeReadAndRepeatTheReference(t *testing.T) {
	c := fileOne(t, NewDesk(nil, nil), pauseSigned("gazette", 0))
	d := c.Developments[0]
	want := "norvia-agreement-20310506-"
	if got := string(d.ID); len(got) != len(want)+4 || got[:len(want)] != want || len(d.Ref) != 4 {
		t.Errorf("id %q, reference %q", d.ID, d.Ref)
	}
}

func TestFileDecidesAndChangesNothing(t *testing.T) {
	d := NewDesk(nil, nil)
	fileOne(t, d, pauseSigned("gazette", 0))
	batch := []Reading{pauseSignedRetold("herald", time.Hour), ferryTalks("herald", 2*time.Hour)}
	one := d.FileReadings(batch, batch[1].At)
	two := d.FileReadings(batch, batch[1].At)
	if diff := cmp.Diff(one, two); diff != "" {
		t.Errorf("filed twice without Apply, the answers differ: %s", diff)
	}
}

func TestItemsOfOneBatchSeeEachOther(t *testing.T) {
	d := NewDesk(nil, nil)
	batch := []Reading{pauseSigned("gazette", 0), ferryTalks("tribune", time.Minute), pauseSignedRetold("herald", time.Hour)}
	c := d.FileReadings(batch, batch[2].At)
	if c.Filed[0].Development != c.Filed[2].Development {
		t.Error("the third item of the batch does not see the first")
	}
	if len(c.Developments) != 2 {
		t.Fatalf("%d developments, want 2", len(c.Developments))
	}
	if got := c.Developments[0]; got.Revision != 2 || len(got.Mentions) != 2 {
		t.Errorf("revision %d with %d mentions, want the newest value only: 2 and 2", got.Revision, len(got.Mentions))
	}
}

func TestWhatDeskGaveOutStaysAsItWas(t *testing.T) {
	d := NewDesk(nil, nil)
	first := fileOne(t, d, pauseSigned("gazette", 0))
	before := encode(t, first.Developments[0])
	for i := range 5 {
		fileOne(t, d, pauseSignedRetold(fmt.Sprint("herald", i), time.Hour))
	}
	if after := encode(t, first.Developments[0]); string(after) != string(before) {
		t.Error("a later item changed a development that was given out")
	}
}

// stream invents n items of several stories, outlets and languages that share words,
// a few of them late, edited, irrelevant or context.
func stream(seed uint64, n int) []Reading {
	rng := rand.New(rand.NewPCG(seed, 7))
	words := []string{"harbour", "council", "guard", "pause", "bridge", "grain", "lorries", "ferry", "envoys", "island", "prisoners", "coast", "signed", "refused", "began", "mission", "monitors", "shells", "village", "mayor", "convoy", "corridor", "deadline", "letter"}
	kinds := []Kind{Agreement, InEffect, Violation, TalksHeld, Humanitarian, Exchange, Statement, Casualties, Acceptance, Rejection, Extension, Collapse}
	speakers := []Speaker{{}, theCouncil(), theGuard(), theMission(), unnamed()}
	var all []Reading
	at := time.Duration(0)
	for i := range n {
		at += time.Duration(rng.IntN(400)) * time.Minute
		text := ""
		for range 12 + rng.IntN(20) {
			text += words[rng.IntN(len(words))] + " "
		}
		outlet := fmt.Sprint("outlet", rng.IntN(5))
		if rng.IntN(6) == 0 {
			outlet = fmt.Sprint("own-", rng.IntN(2))
		}
		r := toldBy(outlet, at, kinds[rng.IntN(len(kinds))], text[:30], text).by(speakers[rng.IntN(len(speakers))])
		r.Item = ItemID(fmt.Sprint("item", i))
		if rng.IntN(3) == 0 {
			r = r.withFigures(atLeast("killed", rng.IntN(6)+8))
		}
		if rng.IntN(3) == 0 {
			r = r.claiming(Claim{Kind: kinds[rng.IntN(len(kinds))], By: speakers[rng.IntN(len(speakers))], Quote: text[5:40], Figures: []Figure{exactly("injured", rng.IntN(4))}})
		}
		switch rng.IntN(12) {
		case 0:
			r.Relevance, r.Kinds, r.Claims = Irrelevant, nil, nil
		case 1:
			r.Relevance, r.Kinds, r.Claims = RelevantContext, nil, nil
		case 2:
			r.At = r.At.Add(-60 * time.Hour) // late
		case 3:
			if i > 3 {
				r.Item, r.Revision = all[i-2].Item, all[i-2].Revision+1
				r.Source, r.Outlet = all[i-2].Source, all[i-2].Outlet // an entry stays in its feed
			}
		case 4:
			r.Lang = "fr"
		}
		all = append(all, r)
	}
	return all
}

func TestDeskGoesOnTheSameAfterARestartAtAnyItem(t *testing.T) {
	readings := stream(1, 160)
	kept, store := NewDesk(nil, nil), newMemory()
	for i, r := range readings {
		now := noon().Add(time.Duration(i) * 200 * time.Minute)
		fresh := NewDesk(nil, nil)
		fresh.Load(store.window(t, now))
		want := kept.FileReadings([]Reading{r}, now)
		got := fresh.FileReadings([]Reading{r}, now)
		if diff := cmp.Diff(string(encode(t, want)), string(encode(t, got))); diff != "" {
			t.Fatalf("item %d: a desk loaded from the store decides otherwise: %s", i, diff)
		}
		store.commit(t, want)
		kept.Apply(want)
	}
	if len(kept.window.entries) == len(readings) {
		t.Error("nothing left the window, the test is too short to tell")
	}
}

func TestOldItemsLeaveTheWindow(t *testing.T) {
	d := NewDesk(nil, nil)
	first := fileOne(t, d, pauseSigned("gazette", 0))
	later := fileOne(t, d, pauseSignedRetold("herald", WindowLength+time.Hour))
	if later.Filed[0].Development == first.Filed[0].Development {
		t.Error("an item joined a development whose items had left the window")
	}
	if n := len(d.window.stories); n != 1 {
		t.Errorf("%d developments are held, want the new one only", n)
	}
}

func TestItemsOlderThanFreshnessOweNothing(t *testing.T) {
	d := NewDesk(nil, nil)
	r := pauseSigned("gazette", 0)
	c := d.FileReadings([]Reading{r}, r.At.Add(Freshness+time.Minute))
	if !c.Filed[0].Stale || len(c.Updates) != 0 || len(c.Developments) != 1 {
		t.Errorf("stale item: filed %+v, %d updates, %d developments", c.Filed[0], len(c.Updates), len(c.Developments))
	}
	fresh := d.FileReadings([]Reading{r}, r.At.Add(Freshness))
	if fresh.Filed[0].Stale || len(fresh.Updates) != 1 {
		t.Errorf("an item of just that age counts as stale: %+v", fresh.Filed[0])
	}
}

func TestEditedItemStaysInItsDevelopment(t *testing.T) {
	d := NewDesk(nil, nil)
	first := fileOne(t, d, pauseSigned("gazette", 0))
	edited := convoyHeld("gazette", 0) // the same item id, all words new
	edited.Revision = 1
	c := fileOne(t, d, edited)
	if c.Filed[0].Development != first.Filed[0].Development {
		t.Error("an edited item opened a development of its own")
	}
	if n := len(c.Developments[0].Mentions); n != 1 {
		t.Errorf("the edited item is mentioned %d times", n)
	}
}

func TestContextAndIrrelevantItemsOpenNothing(t *testing.T) {
	for _, relevance := range []Relevance{RelevantContext, Irrelevant} {
		r := pauseSigned("gazette", 0)
		r.Relevance = relevance
		c := fileOne(t, NewDesk(nil, nil), r)
		if len(c.Developments)+len(c.Updates) != 0 || c.Filed[0].Development != "" || len(c.Readings) != 1 {
			t.Errorf("%s: %+v", relevance, c.Filed[0])
		}
	}
}

func TestMinorClaimsOpenNoMessageUntilAnItemFilesThemAsMain(t *testing.T) {
	d := NewDesk(nil, nil)
	toll := Claim{Kind: Casualties, By: theMission(), Quote: "at least 19 villagers were killed in Essel", Place: "Essel", Figures: []Figure{atLeast("killed", 19)}}
	c := fileOne(t, d, ferryTalks("gazette", 0).claiming(toll))
	if len(c.Filed[0].Also) != 1 || len(c.Updates) != 1 {
		t.Fatalf("also %+v, updates %+v", c.Filed[0].Also, c.Updates)
	}
	minor := c.Filed[0].Also[0].Development
	main := toldBy("herald", time.Hour, Casualties, "At least 19 villagers killed in Essel, mission says", "At least 19 villagers were killed in Essel, the mission said.").
		by(theMission()).withFigures(atLeast("killed", 19))
	main.Claims[0].Place = "Essel"
	c = fileOne(t, d, main)
	if c.Filed[0].Development != minor || c.Filed[0].Novelty != First || len(c.Updates) != 1 || c.Updates[0].Reason != ReasonFirst {
		t.Errorf("want the minor development to be opened as main: %+v, updates %+v", c.Filed[0], c.Updates)
	}
}

func TestCopiesBringTheSameMinorDevelopment(t *testing.T) {
	d := NewDesk(nil, nil)
	reply := Claim{Kind: Acceptance, By: theGuard(), Quote: "the guard has said that it would accept"}
	one := fileOne(t, d, ferryTalks("gazette", 0).claiming(reply))
	two := fileOne(t, d, ferryTalks("herald", time.Hour).claiming(reply))
	if len(two.Filed[0].Also) != 1 || two.Filed[0].Also[0].Development != one.Filed[0].Also[0].Development {
		t.Errorf("minor developments %+v and %+v", one.Filed[0].Also, two.Filed[0].Also)
	}
}

func TestOneStepInTwoLanguagesIsOneDevelopment(t *testing.T) {
	d := NewDesk(nil, nil)
	english := pauseSigned("gazette", 0).by(theMission()).withFigures(lasting(10, "days"))
	english.Claims[0].Day = "2031-05-06"
	french := toldBy("courrier", 2*time.Hour, Agreement, "Norvie : une pause de dix jours signée", "Le conseil du nord et la garde du port ont signé mardi une pause de dix jours.").
		by(theMission()).withFigures(lasting(10, "days"))
	french.Lang = "fr"
	french.Features = featuresOf(french.Title, "Le conseil du nord et la garde du port ont signé mardi une pause de dix jours.", "fr", []string{"nv-council", "nv-guard"}, nil, nil)
	french.Claims[0].Day = "2031-05-06"
	other := toldBy("courrier", 3*time.Hour, Humanitarian, "Norvie : des camions de grain bloqués", "Quarante camions de grain attendent au pont d'Essel.").by(theGuard())
	other.Lang = "fr"
	first := fileOne(t, d, english)
	if c := fileOne(t, d, french); c.Filed[0].Development != first.Filed[0].Development {
		t.Errorf("the same step in French was filed apart: %v", c.Filed[0].Why)
	}
	if c := fileOne(t, d, other); c.Filed[0].Development == first.Filed[0].Development {
		t.Error("another step in French joined")
	}
}

func TestLaterStepFollowsTheOneItComesClosestTo(t *testing.T) {
	d := NewDesk(nil, nil)
	first := fileOne(t, d, pauseSigned("gazette", 0))
	next := toldBy("gazette", 30*time.Hour, InEffect, "Ten-day pause between Norvia council and harbour guard begins",
		"The ten-day pause in the fighting between the northern council and the harbour guard took effect at dawn along the coast road.")
	c := fileOne(t, d, next)
	if c.Filed[0].Novelty != First || c.Developments[0].Follows != first.Filed[0].Development {
		t.Errorf("filed %+v, follows %q", c.Filed[0], c.Developments[0].Follows)
	}
}
