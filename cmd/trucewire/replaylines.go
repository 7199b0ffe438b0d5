package main

import (
	"maps"
	"slices"
	"time"

	"trucewire/news"
)

// The lines that `trucewire replay` prints. Field order and names are a contract.

type itemLine struct {
	Type        string              `json:"type"`
	ID          news.ItemID         `json:"id"`
	Relevance   news.Relevance      `json:"relevance"`
	Conflict    *news.ConflictID    `json:"conflict"`
	Kinds       []news.Kind         `json:"kinds"`
	Severity    *news.Severity      `json:"severity"`
	Development *news.DevelopmentID `json:"development"`
	Novelty     *news.Novelty       `json:"novelty"`
	Also        []alsoLine          `json:"also"`
	Figures     []figureLine        `json:"figures"`
	Claims      []claimLine         `json:"claims"`
	By          []string            `json:"by"`
	Arrangement *news.ArrangementID `json:"arrangement"`
	Explain     *explainLine        `json:"explain,omitempty"` // with --explain
}

type alsoLine struct {
	Development news.DevelopmentID `json:"development"`
	Kinds       []news.Kind        `json:"kinds"`
}

type claimLine struct {
	Kind  news.Kind `json:"kind"`
	By    string    `json:"by"`
	Quote string    `json:"quote"`
}

type figureLine struct {
	What      string         `json:"what"`
	Min       *int           `json:"min"`
	Max       *int           `json:"max"`
	Qualifier news.Qualifier `json:"qualifier"`
	Unit      string         `json:"unit"`
	Who       string         `json:"who"`
	By        *string        `json:"by"` // null: the outlet itself
}

type statusLine struct {
	Type        string              `json:"type"`
	At          string              `json:"at"`
	Conflict    news.ConflictID     `json:"conflict"`
	Arrangement *news.ArrangementID `json:"arrangement"`
	Status      news.Status         `json:"status"`
	Strain      int                 `json:"strain"`
	Evidence    []news.ItemID       `json:"evidence"`
	Rule        string              `json:"rule,omitempty"` // with --explain
}

type postLine struct {
	Type         string               `json:"type"`
	At           string               `json:"at"`
	Reason       news.Reason          `json:"reason"`
	Form         string               `json:"form"` // new, edit, reply
	Developments []news.DevelopmentID `json:"developments"`
	Severity     *news.Severity       `json:"severity"`
	Outlets      int                  `json:"outlets"`
	Origins      int                  `json:"origins"`
	Items        []news.ItemID        `json:"items"`
	Text         string               `json:"text"`
}

// stamp prints a time of the contract.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// orNull is nil for a zero value, so that JSON says null.
func orNull[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// list makes JSON say [] instead of null.
func list[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}

// print prints what changed at a time; it is the item that brought it, if one did.
func (r *replayer) print(at time.Time, it news.Item, c news.Changes) error {
	for i := range c.Readings {
		line := r.itemLine(c.Readings[i], c.Filed[i])
		if r.explain {
			line.Explain = r.explained(it, c.Readings[i], c.Filed[i], c.Standings)
		}
		if err := r.out.Encode(line); err != nil {
			return err
		}
	}
	for _, s := range c.Standings {
		if err := r.out.Encode(r.statusLine(s)); err != nil {
			return err
		}
	}
	for _, u := range c.Updates {
		if err := r.printPosts(at, u); err != nil {
			return err
		}
	}
	return nil
}

func (r *replayer) itemLine(reading news.Reading, filed news.Filing) itemLine {
	line := itemLine{
		Type: "item", ID: reading.Item, Relevance: reading.Relevance, Conflict: orNull(reading.Conflict),
		Kinds: list(reading.Kinds), Severity: orNull(filed.Severity), Development: orNull(filed.Development),
		Novelty: orNull(filed.Novelty), Also: []alsoLine{}, Figures: []figureLine{}, Claims: []claimLine{},
		By: list(reading.By), Arrangement: orNull(reading.Arrangement),
	}
	for _, a := range filed.Also {
		line.Also = append(line.Also, alsoLine{Development: a.Development, Kinds: list(a.Kinds)})
	}
	for _, f := range reading.Figures {
		line.Figures = append(line.Figures, figureLine{What: f.What, Min: f.Min, Max: f.Max, Qualifier: f.Qualifier, Unit: f.Unit, Who: f.Who, By: orNull(f.By)})
	}
	for _, c := range reading.Claims {
		line.Claims = append(line.Claims, claimLine{Kind: c.Kind, By: c.By.Name, Quote: c.Quote})
	}
	return line
}

func (r *replayer) statusLine(s news.Standing) statusLine {
	line := statusLine{
		Type: "status", At: stamp(s.At), Conflict: s.Conflict, Arrangement: orNull(s.Arrangement),
		Status: s.Status, Strain: s.Strain, Evidence: list(s.Evidence),
	}
	if r.explain {
		line.Rule = s.Rule
	}
	return line
}

// printPosts prints what the virtual channel sees of an update: a new post, an edit
// of it, or an edit and the reply that tells it.
func (r *replayer) printPosts(at time.Time, u news.Update) error {
	d := r.developments[u.Development]
	in := news.AlertInput{Development: d, Update: &u, Standings: r.standings.of(d.Conflict), Also: minorOf(d, r.near(d))}
	line := postLine{
		Type: "post", At: stamp(at), Reason: u.Reason, Form: "edit", Developments: []news.DevelopmentID{d.ID},
		Severity: orNull(u.Severity), Outlets: d.Outlets(nil), Origins: d.Origins(nil), Items: itemsOf([]news.Development{d}),
		Text: r.writer.Alert(in),
	}
	if u.Reason == news.ReasonFirst {
		line.Form = "new"
	}
	if err := r.out.Encode(line); err != nil {
		return err
	}
	if !u.Reason.Replies() {
		return nil
	}
	line.Form, line.Text = "reply", r.writer.Reply(in)
	return r.out.Encode(line)
}

// near lists developments of the same conflict that changed since d opened.
func (r *replayer) near(d news.Development) []news.Development {
	var out []news.Development
	for _, id := range slices.Sorted(maps.Keys(r.developments)) {
		if x := r.developments[id]; x.Conflict == d.Conflict && !x.ChangedAt.Before(d.OpenedAt) {
			out = append(out, x)
		}
	}
	return out
}

// itemsOf lists the items that developments rest on, each once, in the order told.
func itemsOf(ds []news.Development) []news.ItemID {
	out := []news.ItemID{}
	seen := make(map[news.ItemID]bool)
	for _, d := range ds {
		for _, m := range d.Mentions {
			if !seen[m.Item] {
				seen[m.Item] = true
				out = append(out, m.Item)
			}
		}
	}
	return out
}
