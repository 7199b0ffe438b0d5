package main

import (
	"slices"

	"trucewire/news"
)

// explainLine is what --explain adds to an item line: why the item was read as it was,
// where it was filed and which rules of the status table it fired. docs/reading.md tells
// what the fields mean.
type explainLine struct {
	news.Explanation
	Certainty string         `json:"certainty"` // high, fair, low
	Reading   []string       `json:"reading"`   // further rules of the reader
	Filing    []string       `json:"filing"`    // story, its score and rival, signals, novelty, origin
	Standings []standingRule `json:"standings"` // status changes that rest on the item
}

// standingRule is one step of the status table.
type standingRule struct {
	Conflict    news.ConflictID    `json:"conflict"`
	Arrangement news.ArrangementID `json:"arrangement"`
	Status      news.Status        `json:"status"`
	Strain      int                `json:"strain"`
	Disputed    bool               `json:"disputed"`
	Rule        string             `json:"rule"`
}

// explained tells why an item was read and filed as it was.
func (r *replayer) explained(it news.Item, reading news.Reading, filed news.Filing, standings []news.Standing) *explainLine {
	line := explainLine{
		Explanation: r.reader.Explain(it), Certainty: reading.Certainty.String(), Reading: list(reading.Why), Filing: list(filed.Why), Standings: []standingRule{},
	}
	for _, s := range standings {
		if slices.Contains(s.Evidence, reading.Item) {
			line.Standings = append(line.Standings, standingRule{
				Conflict: s.Conflict, Arrangement: s.Arrangement, Status: s.Status, Strain: s.Strain, Disputed: s.Disputed, Rule: s.Rule,
			})
		}
	}
	return &line
}
