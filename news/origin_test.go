package news

import (
	"testing"
	"time"
)

func originCatalogue() *Catalogue {
	return &Catalogue{
		Bodies:  []Body{{ID: "un", Name: "United Nations", Aliases: []string{"UN"}, I18n: map[string][]string{"fr": {"ONU"}}}},
		Outlets: []Outlet{{ID: "guard-radio", Sides: []PartyID{"nv-guard"}}, {ID: "herald", Name: "The Herald", Hosts: []string{"herald.example"}}},
		Conflicts: []Conflict{{
			ID: "norvia", Parties: []Party{{ID: "nv-council", Short: "the council", Acronyms: []string{"NVC"}}, {ID: "nv-guard", Acronyms: []string{"HG"}}},
			External: []External{{Actor: "Oruland, Belmark", Reported: "support to the HG"}, {Actor: "Tarn", Reported: "trains fighters"}},
		}},
	}
}

func TestOriginIsTheNearestResponsibleSpeaker(t *testing.T) {
	own := pauseSigned("gazette", 0)
	wire := own
	wire.Agency = "Essel Press"
	radio := pauseSigned("guard-radio", 0)
	tests := []struct {
		name string
		r    Reading
		want string
	}{
		{"a party", own.by(theGuard()), "nv-guard"},
		{"a body by an alias", own.by(Speaker{Name: "the U.N.", Class: SpeakerUN}), "un"},
		{"a UN mission by its name", own.by(theMission()), "un"},
		{"a body in another language", own.by(Speaker{Name: "ONU", Class: SpeakerUN}), "un"},
		{"a state", own.by(Speaker{Name: "Oruland", Class: SpeakerState}), "state/oruland"},
		{"an unnamed source", own.by(unnamed()), "anonymous/gazette"},
		{"an agency's copy", wire, "wire/essel-press"},
		{"a speaker in an agency's copy", wire.by(theGuard()), "nv-guard"},
		{"the outlet's own reporting", own, "outlet/gazette"},
		{"a party's own outlet", radio, "nv-guard"},
	}
	o := newOrigins(originCatalogue())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := o.of(tt.r); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestOutletsAndOriginsAreCountedApart(t *testing.T) {
	relay := func(outlet string, after time.Duration) Reading {
		return pauseSignedRetold(outlet, after).by(theMission())
	}
	agency := func(outlet string, after time.Duration) Reading {
		r := pauseSignedRetold(outlet, after)
		r.Agency = "Essel Press"
		return r
	}
	tests := []struct {
		name             string
		items            []Reading
		outlets, origins int
	}{
		{"one spokesman in three outlets", []Reading{relay("gazette", 0), relay("herald", time.Hour), relay("tribune", 2*time.Hour)}, 3, 1},
		{"one agency in two outlets", []Reading{agency("gazette", 0), agency("herald", time.Hour)}, 2, 1},
		{"a copy that does not say so", []Reading{pauseSigned("gazette", 0), pauseSigned("herald", time.Hour)}, 2, 1},
		{"two outlets in their own words", []Reading{pauseSigned("gazette", 0), pauseSignedRetold("herald", time.Hour)}, 2, 2},
		{"two speakers in one outlet", []Reading{pauseSigned("gazette", 0).by(theGuard()), pauseSignedRetold("gazette", time.Hour).by(theCouncil())}, 1, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := NewDesk(originCatalogue(), nil)
			var last Changes
			for _, r := range tt.items {
				last = fileOne(t, d, r)
			}
			dev := last.Developments[0]
			if len(dev.Mentions) != len(tt.items) {
				t.Fatalf("%d of %d items in one development: %v", len(dev.Mentions), len(tt.items), last.Filed[0].Why)
			}
			if dev.Outlets(nil) != tt.outlets || dev.Origins(nil) != tt.origins {
				t.Errorf("%d outlets and %d origins, want %d and %d", dev.Outlets(nil), dev.Origins(nil), tt.outlets, tt.origins)
			}
		})
	}
}

func TestWhoCorroboratesWhom(t *testing.T) {
	state := func(name string) Speaker { return Speaker{Name: name, Class: SpeakerState} }
	told := func(outlet string, after time.Duration, s Speaker) Reading {
		if after == 0 {
			return pauseSigned(outlet, after).by(s)
		}
		return pauseSignedRetold(outlet, after).by(s)
	}
	tests := []struct {
		name  string
		items []Reading
		want  int     // origins
		side  PartyID // the one side that tells it
	}{
		{"a party and its backer", []Reading{told("gazette", 0, theGuard()), told("herald", time.Hour, state("Oruland's foreign ministry"))}, 1, "nv-guard"},
		{"two backers of one party", []Reading{told("gazette", 0, state("Oruland")), told("herald", time.Hour, state("Belmark"))}, 1, "nv-guard"},
		{"a party and its own radio", []Reading{told("gazette", 0, theGuard()), told("guard-radio", time.Hour, Speaker{})}, 1, "nv-guard"},
		{"a party and the other's backer", []Reading{told("gazette", 0, theCouncil()), told("herald", time.Hour, state("Oruland"))}, 2, ""},
		{"a party and a state that backs nobody by name", []Reading{told("gazette", 0, theGuard()), told("herald", time.Hour, state("Tarn"))}, 2, ""},
		{"an outlet and one that cites it", []Reading{told("herald", 0, Speaker{}), told("gazette", time.Hour, Speaker{Name: "The Herald", Class: SpeakerMedia})}, 1, ""},
		{"a copy of a backer's word", []Reading{told("gazette", 0, state("Oruland")), pauseSigned("herald", time.Hour).by(state("Belmark"))}, 1, "nv-guard"},
		{"both parties", []Reading{told("gazette", 0, theGuard()), told("herald", time.Hour, theCouncil())}, 2, ""},
		{"a party and the UN", []Reading{told("gazette", 0, theGuard()), told("herald", time.Hour, theMission())}, 2, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := NewDesk(originCatalogue(), nil)
			var last Changes
			for _, r := range tt.items {
				last = fileOne(t, d, r)
			}
			dev := last.Developments[0]
			if len(dev.Mentions) != len(tt.items) {
				t.Fatalf("filed apart: %v", last.Filed[0].Why)
			}
			if dev.Origins(nil) != tt.want || dev.OneSided(nil) != tt.side {
				t.Errorf("%d origins, one-sided %q, want %d and %q", dev.Origins(nil), dev.OneSided(nil), tt.want, tt.side)
			}
		})
	}
}
