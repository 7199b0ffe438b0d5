package news

import (
	"slices"
	"time"
)

// Edge is the beginning or the end of an arrangement.
type Edge string

// The edges.
const (
	EdgeStart Edge = "start"
	EdgeEnd   Edge = "end"
)

// DateTold is one claimant's word on when an arrangement begins or ends.
type DateTold struct {
	Edge   Edge      `json:"edge"`
	At     time.Time `json:"at"`
	By     string    `json:"by"` // as named
	Party  PartyID   `json:"party,omitempty"`
	Told   time.Time `json:"told"` // published time of the item
	Item   ItemID    `json:"item"`
	Source SourceID  `json:"source,omitempty"`
	Outlet OutletID  `json:"outlet,omitempty"`
	URL    string    `json:"url,omitempty"`
}

// maxDates bounds what is kept of claimants' words on dates.
const maxDates = 12

// datesDiffer is how far two dates must lie apart to be two: clocks and zones of
// outlets are not a dispute.
const datesDiffer = 18 * time.Hour

// addDates records the dates that a claim tells, in place of the same claimant's word
// before, and makes them the standing's.
func (s *Standing) addDates(c Claim) {
	if f, ok := lengthOf(c); ok {
		s.Length = &f
	}
	start, startTold := startOf(c)
	if startTold {
		s.setDate(c, EdgeStart, start)
		s.Start = start
	}
	if end, ok := endOf(c, s.Start); ok {
		s.setDate(c, EdgeEnd, end)
		s.End = end
	}
	s.Disputed = s.Disputed || s.datesDispute()
}

func (s *Standing) setDate(c Claim, edge Edge, at time.Time) {
	t := dateTold(c, edge, at)
	s.Dates = slices.DeleteFunc(slices.Clone(s.Dates), func(o DateTold) bool { return o.Edge == edge && o.claimant() == t.claimant() })
	s.Dates = append(s.Dates, t)
	s.Dates = s.Dates[max(0, len(s.Dates)-maxDates):]
}

// dateTold is a claim's word on an edge.
func dateTold(c Claim, edge Edge, at time.Time) DateTold {
	return DateTold{
		Edge: edge, At: at, By: perWhom(c), Party: c.By.Party, Told: c.Cite.At,
		Item: c.Cite.Item, Source: c.Cite.Source, Outlet: c.Cite.Outlet, URL: c.Cite.URL,
	}
}

// claimant tells whose word a term is: outlets are no claimants apart.
func (t DateTold) claimant() string {
	if t.Party != "" {
		return string(t.Party)
	}
	return t.By
}

// datesDispute reports whether two claimants tell different dates of one edge.
func (s Standing) datesDispute() bool {
	for i, a := range s.Dates {
		for _, b := range s.Dates[:i] {
			gap := a.At.Sub(b.At).Abs()
			if a.Edge == b.Edge && a.claimant() != b.claimant() && gap > datesDiffer {
				return true
			}
		}
	}
	return false
}

// lastEnd is the end that the clock goes by: of disputed ones the last.
func (s Standing) lastEnd() time.Time {
	end := s.End
	for _, t := range s.Dates {
		if s.Disputed && t.Edge == EdgeEnd && t.At.After(end) {
			end = t.At
		}
	}
	return end
}

// startOf is the start that a claim tells: its own word for it, the day it speaks of
// if that lies ahead, or the time of telling for what is effective at once.
func startOf(c Claim) (time.Time, bool) {
	if at, ok := parseEdge(c.Begins); ok {
		return at, true
	}
	if day, err := time.Parse(time.DateOnly, c.Day); err == nil && day.After(c.Cite.At) && c.Day != c.Ends {
		return day, true
	}
	if c.Sub == subImmediate || c.Kind == InEffect && c.Sub == subStarted {
		return c.Cite.At, true
	}
	return time.Time{}, false
}

// endOf is the end that a claim tells: its own word for it, or its length from the
// start where that is known.
func endOf(c Claim, start time.Time) (time.Time, bool) {
	if at, ok := parseEdge(c.Ends); ok {
		return at, true
	}
	if f, ok := lengthOf(c); ok && !start.IsZero() {
		return f.from(start), true
	}
	return time.Time{}, false
}

// parseEdge reads Claim.Begins and Claim.Ends.
func parseEdge(text string) (time.Time, bool) {
	for _, layout := range []string{instantFormat, time.DateOnly} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// lengthOf is the first duration that a claim tells.
func lengthOf(c Claim) (Figure, bool) {
	for _, f := range c.Figures {
		if f.What == countDuration && f.Min != nil && !f.from(time.Time{}).IsZero() {
			return f, true
		}
	}
	return Figure{}, false
}

// from is when a duration that begins at start is over; the zero time for a unit that
// is none of time.
func (f Figure) from(start time.Time) time.Time {
	switch f.Unit {
	case "hours":
		return start.Add(time.Duration(*f.Min) * time.Hour)
	case "days":
		return start.AddDate(0, 0, *f.Min)
	case "weeks":
		return start.AddDate(0, 0, 7**f.Min)
	case "months":
		return start.AddDate(0, *f.Min, 0)
	default:
		return time.Time{}
	}
}
