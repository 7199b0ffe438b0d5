package news

import (
	"encoding/json"
	"testing"
	"time"
)

// noon is when the invented streams of these tests begin.
func noon() time.Time { return time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC) }

// told starts an invented reading: who carried it, how long after noon, of what
// kind, and its words.
func toldBy(outlet string, after time.Duration, kind Kind, title, text string) Reading {
	r := Reading{
		Cite:      Cite{Item: ItemID(outlet + "/" + after.String()), Source: SourceID(outlet), Outlet: OutletID(outlet), Lang: "en", At: noon().Add(after)},
		Title:     title,
		Relevance: RelevantDevelopment,
		Conflict:  "norvia",
		Kinds:     []Kind{kind},
		Parties:   []PartyID{"nv-council", "nv-guard"},
		Features:  featuresOf(title, text, "en", []string{"nv-council", "nv-guard"}, nil, nil),
	}
	return r.claiming(Claim{Kind: kind, Main: true, Quote: title, InTitle: true})
}

func (r Reading) claiming(claims ...Claim) Reading {
	r.Claims = append(append([]Claim(nil), r.Claims...), claims...)
	return r
}

// by attributes the main claim.
func (r Reading) by(s Speaker) Reading {
	r.Claims = append([]Claim(nil), r.Claims...)
	r.Claims[0].By = s
	return r
}

func (r Reading) withFigures(f ...Figure) Reading {
	r.Claims = append([]Claim(nil), r.Claims...)
	r.Claims[0].Figures = f
	r.Figures = f
	return r
}

func (r Reading) sub(s string) Reading {
	r.Claims = append([]Claim(nil), r.Claims...)
	r.Claims[0].Sub = s
	return r
}

func theCouncil() Speaker {
	return Speaker{Name: "the council", Party: "nv-council", Class: SpeakerParty}
}

func theGuard() Speaker   { return Speaker{Name: "the guard", Party: "nv-guard", Class: SpeakerParty} }
func theMission() Speaker { return Speaker{Name: "UN Mission in Norvia", Class: SpeakerUN} }
func unnamed() Speaker    { return Speaker{Class: SpeakerAnonymous} }

func atLeast(what string, n int) Figure {
	return Figure{What: what, Min: &n, Qualifier: AtLeast, Unit: "people"}
}

func exactly(what string, n int) Figure {
	return Figure{What: what, Min: &n, Max: &n, Qualifier: Exact, Unit: "people"}
}

func lasting(n int, unit string) Figure {
	return Figure{What: "duration", Min: &n, Max: &n, Qualifier: Exact, Unit: unit}
}

// fileOne files a reading at the time it was published and applies it.
func fileOne(tb testing.TB, d *Desk, r Reading) Changes {
	tb.Helper()
	c := d.FileReadings([]Reading{r}, r.At)
	d.Apply(c)
	return c
}

// memory is a store in miniature: it keeps what Changes hold, as JSON.
type memory struct {
	readings     map[ItemID][]byte
	developments map[DevelopmentID][]byte
	standings    map[standingKey][]byte
}

func newMemory() *memory {
	return &memory{map[ItemID][]byte{}, map[DevelopmentID][]byte{}, map[standingKey][]byte{}}
}

func (m *memory) commit(tb testing.TB, c Changes) {
	tb.Helper()
	for _, r := range c.Readings {
		if r.Relevance != Irrelevant {
			m.readings[r.Item] = encode(tb, r)
		}
	}
	for _, d := range c.Developments {
		m.developments[d.ID] = encode(tb, d)
	}
	for _, s := range c.Standings {
		m.standings[keyOf(s)] = encode(tb, s)
	}
}

// window gives what a store would load, in the order of Go's maps: any.
func (m *memory) window(tb testing.TB, now time.Time) Window {
	tb.Helper()
	var w Window
	for _, raw := range m.readings {
		if r := decode[Reading](tb, raw); r.At.After(now.Add(-WindowLength)) {
			w.Readings = append(w.Readings, r)
		}
	}
	for _, raw := range m.developments {
		w.Developments = append(w.Developments, decode[Development](tb, raw))
	}
	for _, raw := range m.standings {
		w.Standings = append(w.Standings, decode[Standing](tb, raw))
	}
	return w
}

func encode(tb testing.TB, v any) []byte {
	tb.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return raw
}

func decode[T any](tb testing.TB, raw []byte) T {
	tb.Helper()
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		tb.Fatal(err)
	}
	return v
}
