package news

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// DeadlineInput is what the post of a deadline is composed of.
type DeadlineInput struct {
	Deadline Deadline   // as it was planned
	Now      []Deadline // those that hold for the view now
	Zone     *time.Location
	Lang     string
	Ref      string // that the message shows
}

// NextInput is what an answer to /next is composed of.
type NextInput struct {
	Deadlines []Deadline // in any order; those ahead are shown
	Conflicts []ConflictID
	Days      int // how far ahead
	Now       time.Time
	Zone      *time.Location
	Lang      string
}

// maxNext is how many deadlines an answer lists.
const maxNext = 12

// Deadline is what a channel reads when an announced start, end or meeting is near or has
// come: one sentence with everyone who says when, the links and the reference, at most 400 visible
// characters. It is empty where the deadline no longer holds: it was moved, confirmed,
// cancelled or extended since it was planned.
func (w *Writer) Deadline(in DeadlineInput) string {
	at := slices.IndexFunc(in.Now, func(d Deadline) bool { return d.ID() == in.Deadline.ID() && d.Due.Equal(in.Deadline.Due) })
	if at < 0 {
		return ""
	}
	d := in.Now[at]
	s := setting{b: w.book(in.Lang), zone: zoneOr(in.Zone), about: d.At.In(zoneOr(in.Zone))}
	label := "deadline_label"
	if d.Stage == StageReminder {
		label = "reminder_label"
	}
	head := s.b.text("heading", values{
		"conflict": w.conflict(s.b, d.Conflict), "label": s.b.Texts[label], "text": stop(upperFirst(w.deadlineText(s, d))),
	})
	foot := s.b.text("footer_reply", values{
		"links": strings.Join(w.dateLinks(s.b, d), " · "), "label": s.b.Texts["label"], "ref": visibleRef(in.Ref),
	})
	return fit([]piece{{0, needAlways, head}, {1, needAlways, foot}}, within(maxReplyRunes))
}

// deadlineText is the sentence of a deadline.
func (w *Writer) deadlineText(s setting, d Deadline) string {
	name := "deadline_" + string(d.Stage)
	switch {
	case d.Stage == StageReminder:
		name += "_" + string(d.Edge)
		if d.Edge == EdgeStart && d.Status == StatusProposed {
			name += "_proposed"
		}
	case d.Stage == StageStart && d.Status == StatusProposed:
		name += "_proposed"
	}
	v := values{
		"name": w.arrangementName(s.b, Standing{Conflict: d.Conflict, Arrangement: d.Arrangement, Status: d.Status}),
		"when": w.deadlineWhen(s, d),
	}
	return s.b.text(name, v)
}

// deadlineWhen tells the instant; where claimants differ each with its own.
func (w *Writer) deadlineWhen(s setting, d Deadline) string {
	var list []string
	for _, t := range d.Dates {
		by := ""
		if len(d.Dates) > 1 {
			by = cmp.Or(w.speaker(s.b, Speaker{Name: t.By, Party: t.Party}, ""), s.b.apart(w.outlet(t.Outlet)))
		}
		list = append(list, s.b.text("deadline_when", values{"when": s.moment(t.At), "by": by}))
	}
	return s.b.list(list)
}

// moment writes an instant of an edge: the day and hour of the channel's zone with a Discord
// time beside it if the hour is known, and otherwise the day alone.
func (s setting) moment(t time.Time) string {
	if dayOnly(t) {
		return s.b.text("on_day", values{"day": s.b.day(t.UTC(), s.about)})
	}
	return s.b.text("deadline_instant", values{"instant": s.stamp(t), "relative": relativeTime(t)})
}

// relativeTime is an instant as "in 3 hours", which Discord keeps right.
func relativeTime(t time.Time) string { return "<t:" + strconv.FormatInt(t.Unix(), 10) + ":R>" }

// dateLinks are the items that a deadline rests on, one link for each outlet.
func (w *Writer) dateLinks(b *book, d Deadline) []string {
	var out []string
	for _, t := range d.Dates {
		link := w.affiliated(b, t.Outlet, w.link(b, t.Outlet, t.URL))
		if link != "" && !slices.Contains(out, link) {
			out = append(out, link)
		}
	}
	return out
}

// Next lists the announced starts, ends and meetings ahead, the nearest first, with who says
// so where claimants differ. Discord markdown, at most 1,900 characters, never empty.
func (w *Writer) Next(in NextInput) string {
	s := setting{b: w.book(in.Lang), zone: zoneOr(in.Zone), about: in.Now.In(zoneOr(in.Zone))}
	var ahead []Deadline
	for _, d := range in.Deadlines {
		asked := len(in.Conflicts) == 0 || slices.Contains(in.Conflicts, d.Conflict)
		if asked && d.Stage == StageReminder && d.At.After(in.Now) && !d.At.After(in.Now.AddDate(0, 0, in.Days)) {
			ahead = append(ahead, d)
		}
	}
	slices.SortStableFunc(ahead, func(x, y Deadline) int { return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.ID(), y.ID())) })
	v := values{"n": strconv.Itoa(in.Days), "asof": discordTime(in.Now)}
	if len(ahead) == 0 {
		return s.b.text("next_none", v)
	}
	pieces := []piece{{0, needAlways, s.b.text("next_head", v)}}
	for i, d := range ahead[:min(maxNext, len(ahead))] {
		text := s.b.text("next_item", values{
			"conflict": w.conflict(s.b, d.Conflict), "text": stop(upperFirst(w.deadlineText(s, d))), "links": strings.Join(w.dateLinks(s.b, d), " · "),
		})
		pieces = append(pieces, piece{i + 1, i + 1, text})
	}
	foot := s.b.text("answer_foot", values{"label": s.b.Texts["label"]})
	return fit(append(pieces, piece{len(pieces), needAlways, foot}), withinAll(maxAnswerRunes))
}
