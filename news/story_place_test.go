package news

import (
	"testing"
	"time"
)

// doubting makes a desk to which everything comes near, and nothing is the same.
func doubting() *Desk {
	d := NewDesk(nil, nil)
	d.judges.step = weights{bias: doubtScore / 2}
	return d
}

func breach(outlet string, after time.Duration) Reading {
	return toldBy(outlet, after, Violation, "Shelling reported near the lake in spite of the pause", "Residents heard guns for an hour.")
}

func TestDeskHoldsBackWhatMayOnlyRetell(t *testing.T) {
	d := doubting()
	first := fileOne(t, d, breach("gazette", 0))
	held := fileOne(t, d, toldBy("herald", time.Hour, Violation, "Guns are heard again at the northern road", "A witness counted ten shots."))
	if held.Filed[0].Development == first.Filed[0].Development {
		t.Fatal("what scores below 0 joined")
	}
	if held.Filed[0].Novelty != Untold || len(held.Updates) != 0 {
		t.Errorf("novelty %q and %d updates, want none of either", held.Filed[0].Novelty, len(held.Updates))
	}
}

func TestASecondItemOpensThePostHeldBack(t *testing.T) {
	d := doubting()
	fileOne(t, d, breach("gazette", 0))
	held := fileOne(t, d, toldBy("herald", time.Hour, Violation, "Guns are heard again at the northern road", "A witness counted ten shots."))
	d.judges.step = weights{bias: -3, signal: [signals]float64{sigText: 6}}
	second := fileOne(t, d, toldBy("tribune", 2*time.Hour, Violation, "Guns are heard again at the northern road", "A witness counted ten shots."))
	if second.Filed[0].Development != held.Filed[0].Development {
		t.Fatalf("the same step was filed apart: %v", second.Filed[0].Why)
	}
	if second.Filed[0].Novelty != First || len(second.Updates) != 1 || second.Updates[0].Reason != ReasonFirst {
		t.Errorf("novelty %q, updates %v; want a first post", second.Filed[0].Novelty, second.Updates)
	}
}

func TestNothingElseIsHeldBack(t *testing.T) {
	for name, kinds := range map[string][2]Kind{
		"a step that turns a status": {Agreement, Agreement},
		"another main kind":          {Violation, Humanitarian},
	} {
		t.Run(name, func(t *testing.T) {
			d := doubting()
			fileOne(t, d, toldBy("gazette", 0, kinds[0], "The council and the guard sign a pause", "It is to last a week."))
			next := fileOne(t, d, toldBy("herald", time.Hour, kinds[1], "Lorries of flour reach the eastern town", "The road was opened at dawn."))
			if next.Filed[0].Novelty != First {
				t.Errorf("novelty %q, want first: %v", next.Filed[0].Novelty, next.Filed[0].Why)
			}
		})
	}
}
