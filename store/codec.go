package store

import (
	"encoding/json"
	"fmt"

	"trucewire/news"
)

// record is how a value of the desk is kept: its JSON, and beside it what the JSON
// leaves out. The JSON of a figure is the replay contract and has no room for its
// period, place and verification, but a desk that starts again needs them.
type record[T any] struct {
	Value  T        `json:"v"`
	Figure []beside `json:"f,omitempty"` // only figures that have something to say
}

// beside is the part of a figure that its JSON leaves out.
type beside struct {
	N        int    `json:"n"` // position among the figures of the value
	Period   string `json:"period,omitempty"`
	Place    string `json:"place,omitempty"`
	Verified bool   `json:"verified,omitempty"`
}

// encode makes the stored form of a value whose figures are given in a fixed order.
func encode[T any](v T, figures []*news.Figure) (string, error) {
	r := record[T]{Value: v}
	for i, f := range figures {
		if f.Period != "" || f.Place != "" || f.Verified {
			r.Figure = append(r.Figure, beside{N: i, Period: f.Period, Place: f.Place, Verified: f.Verified})
		}
	}
	b, err := json.Marshal(r)
	return string(b), err
}

// decode is the reverse of encode; figures must list them in the same order.
func decode[T any](stored string, figures func(*T) []*news.Figure) (T, error) {
	var r record[T]
	if err := json.Unmarshal([]byte(stored), &r); err != nil {
		return r.Value, err
	}
	all := figures(&r.Value)
	for _, b := range r.Figure {
		if b.N < 0 || b.N >= len(all) {
			return r.Value, fmt.Errorf("figure %d of %d", b.N, len(all))
		}
		f := all[b.N]
		f.Period, f.Place, f.Verified = b.Period, b.Place, b.Verified
	}
	return r.Value, nil
}

func readingFigures(r *news.Reading) []*news.Figure {
	return append(figuresOf(r.Figures), claimFigures(r.Claims)...)
}

func developmentFigures(d *news.Development) []*news.Figure { return claimFigures(d.Claims) }

func standingFigures(s *news.Standing) []*news.Figure {
	all := claimFigures(s.Claims)
	if s.Length != nil {
		all = append(all, s.Length)
	}
	return all
}

func claimFigures(claims []news.Claim) []*news.Figure {
	var all []*news.Figure
	for i := range claims {
		all = append(all, figuresOf(claims[i].Figures)...)
	}
	return all
}

func figuresOf(figures []news.Figure) []*news.Figure {
	all := make([]*news.Figure, len(figures))
	for i := range figures {
		all[i] = &figures[i]
	}
	return all
}
