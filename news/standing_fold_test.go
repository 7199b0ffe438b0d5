package news

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// filed gives all developments and the newest standings after a stream was filed,
// each item at the time it was published.
func filed(t *testing.T, d *Desk, readings []Reading) (devs []Development, standings []Standing) {
	t.Helper()
	byID := map[DevelopmentID]Development{}
	known := map[standingKey]Standing{}
	for _, r := range readings {
		c := fileOne(t, d, r)
		for _, dev := range c.Developments {
			byID[dev.ID] = dev
		}
		for _, s := range c.Standings {
			known[keyOf(s)] = s
		}
	}
	for _, dev := range byID {
		devs = append(devs, dev)
	}
	slices.SortFunc(devs, func(x, y Development) int { return x.OpenedAt.Compare(y.OpenedAt) })
	for _, k := range sortedStandings(known) {
		standings = append(standings, known[k])
	}
	return devs, standings
}

// truceStream is a war with a truce in news: agreed, begun, broken, denounced, by the
// sources gazette and herald.
func truceStream() []Reading {
	mediator := Speaker{Name: "Oruland", Class: SpeakerMediator}
	begun := toldBy("herald", 30*time.Hour, InEffect, "Pause takes effect along Norvia coast road", "The pause began at dawn, the UN mission said.").by(theMission())
	broken := toldBy("gazette", 40*time.Hour, Violation, "Guard accuses council of breaking pause at Essel", "The harbour guard accused the council of shelling Essel.").by(theGuard()).withFigures(atLeast("killed", 3))
	over := toldBy("herald", 60*time.Hour, Collapse, "Council declares pause over", "The northern council said it was no longer bound by the pause.").by(theCouncil())
	agreed := pauseSigned("gazette", 0).by(mediator)
	agreed.Claims[0].Parties = []PartyID{"nv-council", "nv-guard"}
	all := []Reading{agreed, pauseSignedRetold("herald", time.Hour).by(theGuard()), begun, broken, over}
	for i := range all {
		all[i].Item = ItemID(fmt.Sprintf("%02d-%s", i, all[i].Item))
	}
	return all
}

func TestFoldingEverythingGivesTheDesksOwnStandings(t *testing.T) {
	streams := map[string][]Reading{"truce": truceStream()}
	for seed := range uint64(6) {
		streams[fmt.Sprint("random ", seed)] = slices.DeleteFunc(stream(seed, 90), func(r Reading) bool { return r.Revision > 0 })
	}
	for _, name := range sortedKeys(streams) {
		t.Run(name, func(t *testing.T) {
			readings := streams[name]
			slices.SortStableFunc(readings, func(x, y Reading) int { return x.At.Compare(y.At) })
			for i := range readings { // as an id orders within an instant
				readings[i].Item = ItemID(fmt.Sprintf("%04d", i))
			}
			devs, want := filed(t, NewDesk(nil, nil), readings)
			until := readings[len(readings)-1].At
			shared := Truth{View: func(s SourceID) bool { return !s.Own() }}
			if diff := cmp.Diff(want, shared.Fold(devs, until).Standings); diff != "" {
				t.Errorf("standings folded anew differ: %s", diff)
			}
			if got := (Truth{}).Fold(devs, until); len(got.Developments) != len(devs) {
				t.Errorf("%d developments, want %d", len(got.Developments), len(devs))
			}
		})
	}
}

// hostile gives what a server's own source may publish into a running story.
func hostile() map[string][]Reading {
	own := func(r Reading, n int) Reading {
		r.Source, r.Outlet = "own-1f", "own.example"
		r.Item = ItemID(fmt.Sprintf("own-%02d", n))
		return r
	}
	flood := []Reading{}
	for i := range 20 {
		r := pauseSignedRetold("own", 2*time.Hour+time.Duration(i)*time.Minute).by(Speaker{Name: fmt.Sprint("witness ", i), Class: SpeakerState})
		flood = append(flood, own(r, i))
	}
	collapse := toldBy("own", 35*time.Hour, Collapse, "Guard declares pause over", "The harbour guard said that the pause is over.").by(theGuard())
	named := pauseSignedRetold("own", 2*time.Hour).by(theCouncil())
	named.Arrangement = "false-accord"
	return map[string][]Reading{
		"a retraction":           {own(pauseSignedRetold("own", 2*time.Hour).sub(subRetraction), 0)},
		"a denial":               {own(pauseSignedRetold("own", 2*time.Hour).by(theCouncil()).sub(subDenial), 0)},
		"a false toll":           {own(pauseSignedRetold("own", 2*time.Hour).withFigures(atLeast("killed", 900)), 0)},
		"a false end":            {own(collapse, 0)},
		"a false name":           {own(named, 0)},
		"a flood of origins":     flood,
		"a false toll of the UN": {own(pauseSignedRetold("own", 2*time.Hour).by(theMission()).withFigures(atLeast("killed", 40)), 0)},
	}
}

func TestAnotherServersSourceLeavesAViewByteEqual(t *testing.T) {
	clean, _ := filed(t, NewDesk(nil, nil), truceStream())
	until := noon().Add(70 * time.Hour)
	mine := Truth{View: func(s SourceID) bool { return s == "gazette" || s == "herald" }}
	want := string(encode(t, mine.Fold(clean, until)))
	attacks := hostile()
	for _, name := range sortedKeys(attacks) {
		t.Run(name, func(t *testing.T) {
			mixed := append(truceStream(), attacks[name]...)
			slices.SortStableFunc(mixed, func(x, y Reading) int { return x.At.Compare(y.At) })
			devs, _ := filed(t, NewDesk(nil, nil), mixed)
			if diff := cmp.Diff(want, string(encode(t, mine.Fold(devs, until)))); diff != "" {
				t.Errorf("the view changed: %s", diff)
			}
			updates := func(all []Development) (out []Update) {
				for _, d := range all {
					out = append(out, d.UpdatesFor(mine.View)...)
				}
				return out
			}
			if diff := cmp.Diff(updates(clean), updates(devs)); diff != "" {
				t.Errorf("what is owed changed: %s", diff)
			}
			theirs := Truth{View: func(s SourceID) bool { return s != "herald" }}.Fold(devs, until)
			if string(encode(t, theirs)) == want {
				t.Error("the source is not seen by the server that has it on either: the test tells nothing")
			}
		})
	}
}

func TestOneServersRulingsStayItsOwn(t *testing.T) {
	devs, _ := filed(t, NewDesk(nil, nil), truceStream())
	until := noon().Add(70 * time.Hour)
	before := string(encode(t, Truth{}.Fold(devs, until)))
	ruled := Truth{
		Retracted: []DevelopmentID{devs[0].ID},
		Overrides: []Override{{At: noon().Add(65 * time.Hour), Conflict: "norvia", Status: StatusInForce, Reason: "both sides told us"}},
	}.Fold(devs, until)
	if s := ruled.Standings[0]; s.Status != StatusInForce || s.Rule != "override.moderator: both sides told us" {
		t.Errorf("the override is not seen where it was made: %+v", s)
	}
	if slices.ContainsFunc(ruled.Developments, func(d Development) bool { return d.ID == devs[0].ID }) {
		t.Error("a development that was retracted here is still seen here")
	}
	if after := string(encode(t, Truth{}.Fold(devs, until))); after != before {
		t.Error("another server's view changed by it")
	}
}

func TestNewerEvidenceMovesAnOverrideOn(t *testing.T) {
	devs, _ := filed(t, NewDesk(nil, nil), truceStream())
	held := Truth{Overrides: []Override{{At: noon().Add(50 * time.Hour), Conflict: "norvia", Status: StatusExtended, Reason: "by letter"}}}
	if s := held.Fold(devs, noon().Add(55*time.Hour)).Standings[0]; s.Status != StatusExtended {
		t.Errorf("status %s before the collapse, want the override's", s.Status)
	}
	if s := held.Fold(devs, noon().Add(70*time.Hour)).Standings[0]; s.Status != StatusCollapsed {
		t.Errorf("status %s after the collapse", s.Status)
	}
}

func TestAViewWithoutASourceLacksItsClaimsCountsAndStatus(t *testing.T) {
	devs, _ := filed(t, NewDesk(nil, nil), truceStream())
	until := noon().Add(70 * time.Hour)
	all := Truth{}.Fold(devs, until)
	lacking := Truth{View: func(s SourceID) bool { return s != "herald" }}.Fold(devs, until)
	if all.Standings[0].Status != StatusCollapsed || lacking.Standings[0].Status != StatusInForce || lacking.Standings[0].Strain != 1 {
		t.Errorf("status %s and, without the herald, %s", all.Standings[0].Status, lacking.Standings[0].Status)
	}
	for _, d := range lacking.Developments {
		if slices.ContainsFunc(d.Claims, func(c Claim) bool { return c.Cite.Source == "herald" }) || d.Outlets(nil) > 1 || d.Revision != len(d.Mentions) {
			t.Errorf("the herald is left in %+v", d)
		}
	}
	if len(lacking.Developments) >= len(all.Developments) {
		t.Error("a development of the herald alone is seen without it")
	}
	none := Truth{View: func(SourceID) bool { return false }}.Fold(devs, until)
	if len(none.Developments)+len(none.Standings) != 0 {
		t.Errorf("a view of nothing sees %+v", none)
	}
}

func TestEachViewIsOwedItsOwnFirstAndConfirmation(t *testing.T) {
	third := toldBy("herald", 2*time.Hour, Agreement, "Ten-day pause in Norvia agreed, both camps sign", "Both the council and the harbour guard signed a pause in fighting of ten days for the coast road of Norvia.")
	without := func(s SourceID) bool { return s != "own-1f" }
	reasons := func(devs []Development, v View) (out []Reason) {
		for _, d := range devs {
			for _, u := range d.UpdatesFor(v) {
				out = append(out, u.Reason)
			}
		}
		return out
	}
	for name, readings := range map[string][]Reading{
		"an own source was first":  {pauseSigned("own-1f", 0), pauseSignedRetold("gazette", time.Hour), third},
		"an own source was second": {pauseSigned("gazette", 0), pauseSignedRetold("own-1f", time.Hour), third},
	} {
		t.Run(name, func(t *testing.T) {
			devs, _ := filed(t, NewDesk(nil, nil), readings)
			if got := reasons(devs, without); !cmp.Equal(got, []Reason{ReasonFirst, ReasonConfirmed}) {
				t.Errorf("without the own source: %v", got)
			}
		})
	}
	devs, _ := filed(t, NewDesk(nil, nil), []Reading{pauseSigned("gazette", 0), pauseSignedRetold("own-1f", time.Hour), third})
	if len(devs) != 1 || !cmp.Equal(reasons(devs, nil), []Reason{ReasonFirst, ReasonConfirmed}) {
		t.Errorf("the server of the own source: %d developments, %v", len(devs), reasons(devs, nil))
	}
}

func TestAnOwnSourceJoinsWhatIsKnownAndIsCountedWhereItIsOn(t *testing.T) {
	d := NewDesk(nil, nil)
	first := fileOne(t, d, pauseSigned("gazette", 0))
	guest := fileOne(t, d, pauseSignedRetold("own-1f", time.Hour).by(theGuard()))
	again := fileOne(t, d, pauseSignedRetold("herald", 2*time.Hour).by(theMission()))
	dev := again.Developments[0]
	if guest.Filed[0].Development != first.Filed[0].Development || dev.ID != first.Filed[0].Development {
		t.Fatalf("filed apart: %v", guest.Filed[0].Why)
	}
	if len(dev.Mentions) != 3 || dev.Revision != 3 || dev.OwnRevisions != 1 || again.Updates[0].Revision != 3 {
		t.Errorf("%d mentions, revision %d with %d own, update %+v", len(dev.Mentions), dev.Revision, dev.OwnRevisions, again.Updates)
	}
	if got := dev.FoldedFor(func(s SourceID) bool { return !s.Own() }); got.Outlets(nil) != 2 || got.Revision != 2 {
		t.Errorf("others see %d outlets, revision %d", got.Outlets(nil), got.Revision)
	}
	if len(guest.Standings)+len(guest.Updates) != 1 || guest.Updates[0].Source != "own-1f" {
		t.Errorf("standings %v, updates %+v: want one update of the own source and no status", guest.Standings, guest.Updates)
	}
	edited := pauseSignedRetold("own-1f", time.Hour).by(theGuard()).withFigures(lasting(10, "days"))
	edited.Revision = 1
	if c := fileOne(t, d, edited); c.Filed[0].Development != first.Filed[0].Development || len(c.Developments[0].Mentions) != 3 {
		t.Errorf("an edited guest: %+v", c.Filed[0])
	}
}

func TestOwnSourcesDoNotSeeEachOther(t *testing.T) {
	d := NewDesk(nil, nil)
	one := fileOne(t, d, pauseSigned("own-1f", 0))
	two := fileOne(t, d, pauseSignedRetold("own-2e", time.Hour))
	if one.Filed[0].Development == two.Filed[0].Development || two.Filed[0].Novelty != First {
		t.Errorf("the sources of two servers share a development: %+v", two.Filed[0])
	}
	if three := fileOne(t, d, pauseSignedRetold("own-1f", 2*time.Hour)); three.Filed[0].Development != one.Filed[0].Development {
		t.Errorf("an own source does not see itself: %v", three.Filed[0].Why)
	}
}
