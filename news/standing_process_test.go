package news

import (
	"testing"
	"time"
)

func TestProcessIsDerived(t *testing.T) {
	of := func(s ...Status) []Standing {
		var out []Standing
		for i, status := range s {
			out = append(out, Standing{Conflict: "dunes", Arrangement: ArrangementID(rune('a' + i)), Status: status})
		}
		return append(out, Standing{Conflict: "elsewhere", Status: StatusInForce})
	}
	for want, all := range map[Process][][]Standing{
		ProcessNone:        {of(), of(StatusNone), of(StatusProposed), of(StatusExpired, StatusCollapsed), of(StatusSuperseded)},
		ProcessTalks:       {of(StatusNegotiating), of(StatusExpired, StatusNegotiating)},
		ProcessArrangement: {of(StatusAgreed), of(StatusNegotiating, StatusInForce), of(StatusExtended, StatusCollapsed)},
	} {
		for _, standings := range all {
			if got := ProcessOf(standings, "dunes"); got != want {
				t.Errorf("%v: process %s, want %s", standings, got, want)
			}
		}
	}
}

func TestStatusGrowsStale(t *testing.T) {
	const day = 24 * time.Hour
	for _, tt := range []struct {
		status Status
		age    time.Duration
		want   bool
	}{
		{StatusInForce, 3 * day, false},
		{StatusInForce, 3*day + time.Hour, true},
		{StatusExtended, 4 * day, true},
		{StatusNegotiating, 14 * day, false},
		{StatusNegotiating, 15 * day, true},
		{StatusExpired, 90 * day, false},
	} {
		s := Standing{Status: tt.status, At: noon()}
		if got := s.Stale(noon().Add(tt.age)); got != tt.want {
			t.Errorf("%s after %v: stale %v", tt.status, tt.age, got)
		}
	}
}

func TestStancesAreASeries(t *testing.T) {
	s := Standing{Conflict: "dunes", Status: StatusProposed}
	for i, ev := range []evidence{
		happening(Rejection, noon(), mainland()),
		happening(Acceptance, noon().Add(time.Hour), mainland()).sub(subConditional),
		happening(Acceptance, noon().Add(2*time.Hour), mainland()),
	} {
		var ok bool
		if s, ok = s.after(ev, ev.claims[0].Cite.At); !ok {
			t.Fatalf("answer %d moved nothing", i)
		}
	}
	want := []Position{PositionRejects, PositionConditional, PositionAccepts}
	for i, p := range want {
		if got := s.Stances[i]; got.Position != p || got.Party != "mainland" || got.Item == "" || got.Quote == "" || !got.At.Equal(noon().Add(time.Duration(i)*time.Hour)) {
			t.Errorf("stance %d: %+v, want %s", i, got, p)
		}
	}
}
