package news

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// EdgeMeeting is the day of announced talks, beside the edges of an arrangement.
const EdgeMeeting Edge = "meeting"

// Stage is when a deadline is told.
type Stage string

// The stages.
const (
	StageReminder Stage = "reminder" // a day before
	StageStart    Stage = "start"    // the start came, and nobody confirmed it
	StageLapsed   Stage = "lapsed"   // the end and its grace passed, and nobody spoke about it
)

const (
	// remindBefore is how long before a deadline channels that asked are reminded.
	remindBefore = 24 * time.Hour
	// wholeDay is how long a start that is known to the day has, before it can be said not to be
	// confirmed.
	wholeDay = 24 * time.Hour
)

// Deadline is an announced start, end or meeting, and when it is told. It follows from
// what was told and moves no status.
type Deadline struct {
	Stage       Stage         `json:"stage"`
	Edge        Edge          `json:"edge"`
	Conflict    ConflictID    `json:"conflict"`
	Arrangement ArrangementID `json:"arrangement,omitempty"`
	Meeting     DevelopmentID `json:"meeting,omitempty"` // of talks: what announced them
	Status      Status        `json:"status,omitempty"`  // of the arrangement
	At          time.Time     `json:"at"`                // which the clock goes by; midnight UTC: known to the day
	Due         time.Time     `json:"due"`               // when it is told
	// Dates are who says when: the newest word first, with those that differ from it.
	Dates  []DateTold `json:"dates,omitempty"`
	Claims []Claim    `json:"-"` // what it was read from, for filters
}

// ID names a deadline as long as it stays on its day.
func (d Deadline) ID() string {
	of := cmp.Or(string(d.Arrangement), string(d.Meeting), "process")
	return strings.Join([]string{string(d.Stage), string(d.Edge), string(d.Conflict), of, d.At.UTC().Format(time.DateOnly)}, "/")
}

// Same reports whether two deadlines tell the same of the same instant.
func (d Deadline) Same(o Deadline) bool {
	same := func(x, y DateTold) bool { return x.At.Equal(y.At) && x.claimant() == y.claimant() && x.Item == y.Item }
	return d.ID() == o.ID() && d.At.Equal(o.At) && d.Due.Equal(o.Due) && d.Status == o.Status && slices.EqualFunc(d.Dates, o.Dates, same)
}

// Kinds are the kinds of news that a deadline belongs to.
func (d Deadline) Kinds() []Kind {
	switch d.Edge {
	case EdgeStart:
		return []Kind{InEffect, Agreement}
	case EdgeEnd:
		return []Kind{Expiry, Extension}
	default:
		return []Kind{TalksAnnounced, TalksHeld}
	}
}

// Severity ranks what is told (ceasefires.md §1.6).
func (d Deadline) Severity() Severity {
	switch d.Stage {
	case StageLapsed:
		return Critical
	case StageStart:
		return Major
	default:
		return Notable
	}
}

// Deadlines lists the deadlines that follow from standings and from developments of talks
// announced and failed, as far as a view sees them, those that are told first at the front. They
// include past ones: what was confirmed, cancelled, moved or extended since has none.
func Deadlines(standings []Standing, talks []Development, v View) []Deadline {
	var out []Deadline
	for _, s := range standings {
		if s.seenBy(v) {
			out = append(append(out, s.startDeadlines(v)...), s.endDeadlines(v)...)
		}
	}
	out = append(out, meetings(talks, v)...)
	slices.SortStableFunc(out, func(x, y Deadline) int { return cmp.Or(x.Due.Compare(y.Due), cmp.Compare(x.ID(), y.ID())) })
	return out
}

// seenBy reports whether the standing rests on something that the view sees.
func (s Standing) seenBy(v View) bool {
	return len(s.Claims) == 0 || slices.ContainsFunc(s.Claims, func(x Claim) bool { return v.Sees(x.Cite.Source) })
}

// startDeadlines are those of a start that was announced or proposed and that nobody has
// confirmed. Where claimants differ, the first of their days counts: from then on it matters that it is not confirmed.
func (s Standing) startDeadlines(v View) []Deadline {
	dates := s.wordsOn(EdgeStart, v)
	if len(dates) == 0 || s.Status != StatusAgreed && s.Status != StatusProposed {
		return nil
	}
	first := slices.MinFunc(dates, func(x, y DateTold) int { return x.At.Compare(y.At) }).At
	due := first
	if dayOnly(first) {
		due = first.Add(wholeDay)
	}
	return []Deadline{
		s.deadline(StageReminder, EdgeStart, first, first.Add(-remindBefore), dates),
		s.deadline(StageStart, EdgeStart, first, due, dates),
	}
}

// endDeadlines are those of an end that nobody has spoken about since. Where claimants
// differ, the last of their days counts, as it does for the status.
func (s Standing) endDeadlines(v View) []Deadline {
	dates := s.wordsOn(EdgeEnd, v)
	if len(dates) == 0 {
		return nil
	}
	last := slices.MaxFunc(dates, func(x, y DateTold) int { return x.At.Compare(y.At) }).At
	var out []Deadline
	if s.live() {
		out = append(out, s.deadline(StageReminder, EdgeEnd, last, last.Add(-remindBefore), dates))
	}
	if due, ok := s.lapses(last); ok {
		out = append(out, s.deadline(StageLapsed, EdgeEnd, last, due, dates))
	}
	return out
}

func (s Standing) deadline(stage Stage, edge Edge, at, due time.Time, dates []DateTold) Deadline {
	return Deadline{
		Stage: stage, Edge: edge, Conflict: s.Conflict, Arrangement: s.Arrangement, Status: s.Status,
		At: at, Due: due, Dates: dates, Claims: s.Claims,
	}
}

// wordsOn are the words on an edge that the view sees: the newest, and those of other
// claimants that differ from it. An end that follows from the length alone has no word of its own: then the
// standing's claim stands for it.
func (s Standing) wordsOn(edge Edge, v View) []DateTold {
	of := slices.DeleteFunc(slices.Clone(s.Dates), func(t DateTold) bool { return t.Edge != edge })
	if len(of) == 0 {
		return s.reckoned(edge, v)
	}
	of = slices.DeleteFunc(of, func(t DateTold) bool { return !v.Sees(t.Source) })
	slices.Reverse(of)
	out := of[:min(1, len(of))]
	for _, t := range of[len(out):] {
		if t.At.Sub(out[0].At).Abs() > datesDiffer && t.claimant() != out[0].claimant() {
			out = append(out, t)
		}
	}
	return out
}

// reckoned is an edge that no claimant told in so many words.
func (s Standing) reckoned(edge Edge, v View) []DateTold {
	at := s.End
	if edge == EdgeStart {
		at = s.Start
	}
	i := slices.IndexFunc(s.Claims, func(c Claim) bool { return v.Sees(c.Cite.Source) })
	if at.IsZero() || i < 0 {
		return nil
	}
	t := dateTold(s.Claims[i], edge, at)
	t.By, t.Party = "", ""
	return []DateTold{t}
}

// meetings are the reminders of announced talks whose day was told, unless it was told since
// that they failed or were put off.
func meetings(talks []Development, v View) []Deadline {
	var seen []Development
	for _, d := range talks {
		if d = d.FoldedFor(v); d.Main && d.Certainty == CertaintyHigh {
			seen = append(seen, d)
		}
	}
	var out []Deadline
	for _, d := range seen {
		dates := d.meetingDays()
		failed := func(o Development) bool {
			return o.Kind() == TalksFailed && o.Conflict == d.Conflict && o.OpenedAt.After(d.OpenedAt)
		}
		if len(dates) == 0 || slices.ContainsFunc(seen, failed) {
			continue
		}
		at := dates[0].At
		out = append(out, Deadline{
			Stage: StageReminder, Edge: EdgeMeeting, Conflict: d.Conflict, Meeting: d.ID, At: at, Due: at.Add(-remindBefore),
			Dates: dates, Claims: d.Claims,
		})
	}
	return out
}

// meetingDays are the days ahead that an announcement of talks tells, the newest word first,
// with those of others that differ.
func (d Development) meetingDays() []DateTold {
	if d.Kind() != TalksAnnounced {
		return nil
	}
	var out []DateTold
	for _, c := range slices.Backward(d.Own(nil)) {
		day, err := time.Parse(time.DateOnly, c.Day)
		if c.Kind != TalksAnnounced || c.Sub == subDenial || c.Sub == subRetraction || err != nil || !day.After(c.Cite.At) {
			continue
		}
		t := dateTold(c, EdgeMeeting, day)
		known := func(o DateTold) bool { return o.At.Equal(t.At) || o.claimant() == t.claimant() }
		if !slices.ContainsFunc(out, known) {
			out = append(out, t)
		}
	}
	return out
}

// dayOnly reports whether an edge is known to the day, which midnight UTC stands for.
func dayOnly(t time.Time) bool { return t.Equal(t.UTC().Truncate(24 * time.Hour)) }
