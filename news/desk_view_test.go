package news

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestViewFoldsADevelopmentFromItsSources(t *testing.T) {
	d := NewDesk(nil, nil)
	fileOne(t, d, pauseSigned("gazette", 0))
	toll := Claim{Kind: Casualties, By: theGuard(), Quote: "two were killed before dawn"}
	retold := pauseSignedRetold("herald", time.Hour).by(theMission()).claiming(toll)
	retold.Kinds = []Kind{Agreement, Humanitarian}
	dev := fileOne(t, d, retold).Developments[0]
	only := func(s SourceID) View { return func(x SourceID) bool { return x == s } }

	if got := dev.FoldedFor(nil); !cmp.Equal(got, dev) {
		t.Error("the view of everything differs from the development")
	}
	gazette := dev.FoldedFor(only("gazette"))
	if len(gazette.Mentions) != 1 || len(gazette.Claims) != 1 || !cmp.Equal(gazette.Kinds, []Kind{Agreement}) {
		t.Errorf("gazette sees %d mentions, %d claims, kinds %v", len(gazette.Mentions), len(gazette.Claims), gazette.Kinds)
	}
	if !dev.Unconfirmed(only("gazette")) || dev.Unconfirmed(only("herald")) || dev.Unconfirmed(nil) {
		t.Error("what is confirmed must depend on the sources seen")
	}
	if dev.Outlets(only("herald")) != 1 || dev.Origins(only("herald")) != 1 || dev.Outlets(nil) != 2 {
		t.Errorf("herald sees %d outlets", dev.Outlets(only("herald")))
	}
	if dev.Visible(only("tribune")) || !dev.Visible(only("herald")) {
		t.Error("visible to the wrong view")
	}
	if own := dev.Own(nil); len(own) != 2 {
		t.Errorf("%d own claims, want 2: what is told beside the step is not its own", len(own))
	}
	if got := dev.FoldedFor(only("tribune")); len(got.Mentions)+len(got.Claims) != 0 {
		t.Errorf("a view of other sources sees %+v", got)
	}
}
