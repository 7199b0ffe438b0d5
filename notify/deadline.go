package notify

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"trucewire/guild"
	"trucewire/news"
)

// How late a deadline is still told: a reminder until its deadline, a start that nobody confirmed
// as long as any first post, a lapse for a day, because nothing else tells it.
const (
	startLate = 6 * time.Hour
	lapseLate = 24 * time.Hour
)

// withdrawn is the problem of a deadline that was planned and no longer holds.
const withdrawn = "withdrawn: it was moved, confirmed, cancelled or is not asked for any more"

// DeadlineKey names the post of a deadline in a channel. It stays the same while the
// deadline stays on its day, so that a day is told once however its hour moves.
func DeadlineKey(c guild.ChannelID, d news.Deadline) string {
	return fmt.Sprintf("deadline/%s/%s", c, d.ID())
}

// Deadline is the deadline that a message tells; nil: it tells something else.
func (m Message) Deadline() *news.Deadline {
	if m.Update == nil || m.Reason != news.ReasonDeadline {
		return nil
	}
	return m.Update.Deadline
}

// Calendar is what is known of the deadlines of some conflicts.
type Calendar struct {
	Conflicts []news.ConflictID  // that it is complete for; empty: for all
	Standings []news.Standing    // newest of each arrangement
	Talks     []news.Development // announced, and failed, in the last days
	// Homes are the developments that items are filed under: a deadline is told as a reply to the
	// post of the one that named its date.
	Homes map[news.ItemID]news.DevelopmentID
}

// Items lists the items that the deadlines of the calendar rest on.
func (c Calendar) Items() []news.ItemID {
	var out []news.ItemID
	for _, d := range news.Deadlines(c.Standings, c.Talks, nil) {
		for _, t := range d.Dates {
			out = append(out, t.Item)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (c Calendar) covers(id news.ConflictID) bool {
	return len(c.Conflicts) == 0 || slices.Contains(c.Conflicts, id)
}

// PlanDeadlines decides what announced starts, ends and meetings owe: messages that are new or
// tell another date, and those of pending that are withdrawn because their deadline no longer holds or
// the channel does not ask for it any more. pending holds the deadlines that are owed or paused. What was due before
// now is not planned anew: a deadline that is learnt too late is told by the post that
// tells it. The result is ordered by channel; planning again what was planned gives nothing.
func PlanDeadlines(now time.Time, c Calendar, subs []Subscription, pending []Message, view func(guild.ID) news.View) []Message {
	p := deadlinePlan{now: now, calendar: c, waiting: make(map[string]Message), kept: make(map[string]bool)}
	for _, m := range pending {
		p.waiting[m.Key] = m
	}
	lanes := alertsByChannel(subs)
	for _, channel := range slices.Sorted(maps.Keys(lanes)) {
		seen := viewOf(view, lanes[channel][0].Guild)
		for _, d := range news.Deadlines(c.Standings, c.Talks, seen) {
			p.plan(channel, d, lanes[channel])
		}
	}
	for _, m := range pending {
		d := m.Deadline()
		if d == nil || p.kept[m.Key] || m.State != StateOwed || !c.covers(d.Conflict) {
			continue
		}
		m.State, m.Problem = StateDropped, withdrawn
		p.owed = append(p.owed, m)
	}
	return p.owed
}

// deadlinePlan is one run of PlanDeadlines.
type deadlinePlan struct {
	now      time.Time
	calendar Calendar
	waiting  map[string]Message
	kept     map[string]bool // keys of pending that still hold
	owed     []Message
}

// plan owes one deadline to one channel, if a subscription of it asks for it.
func (p *deadlinePlan) plan(channel guild.ChannelID, d news.Deadline, subs []Subscription) {
	sub, ok := widest(subs, func(s Subscription) bool { return wantsDeadline(s, d) })
	if !ok || !p.calendar.covers(d.Conflict) {
		return
	}
	key := DeadlineKey(channel, d)
	old := p.waiting[key].Deadline()
	due := !d.Due.After(p.now)
	if old != nil && (old.Same(d) || due && old.Due.Equal(d.Due)) {
		p.kept[key] = true // what has come is told, though the clock moved the status meanwhile
		return
	}
	if due {
		return
	}
	p.kept[key] = true
	p.owed = append(p.owed, p.message(key, sub, d))
}

// wantsDeadline reports whether a subscription asks for a deadline. Reminders are asked for
// by themselves, whatever the severity of alerts.
func wantsDeadline(s Subscription, d news.Deadline) bool {
	severity := d.Severity()
	if d.Stage == news.StageReminder {
		if !s.Choices.Reminders {
			return false
		}
		severity = news.Critical
	}
	of := news.Development{ID: d.Meeting, Conflict: d.Conflict, Arrangement: d.Arrangement, Kinds: d.Kinds(), Claims: d.Claims}
	return matches(s, of, severity)
}

func (p *deadlinePlan) message(key string, sub Subscription, d news.Deadline) Message {
	u := news.Update{Development: p.home(d), Reason: news.ReasonDeadline, Severity: d.Severity(), At: d.Due, Deadline: &d}
	if len(d.Dates) > 0 {
		u.Item, u.Source = d.Dates[0].Item, d.Dates[0].Source
	}
	return Message{
		Key: key, Guild: sub.Guild, Channel: sub.Channel, Form: FormReply, Reason: news.ReasonDeadline,
		Development: u.Development, Subscription: sub.ID, Severity: d.Severity(), Update: &u, Want: 1, Ref: digestRef(key),
		Silent: d.Severity() != news.Critical, DueAt: d.Due, NotAfter: latest(d), OwedAt: p.now, State: StateOwed,
	}
}

// home is the development whose post a deadline answers.
func (p *deadlinePlan) home(d news.Deadline) news.DevelopmentID {
	for _, t := range d.Dates {
		if home := p.calendar.Homes[t.Item]; home != "" {
			return home
		}
	}
	return d.Meeting
}

// latest is when a deadline is told no more.
func latest(d news.Deadline) time.Time {
	switch d.Stage {
	case news.StageReminder:
		return d.At
	case news.StageStart:
		return d.Due.Add(startLate)
	default:
		return d.Due.Add(lapseLate)
	}
}

// mergeDeadline keeps a deadline that was tried or told, and puts what is planned now in the
// place of one that waits, or was withdrawn before.
func mergeDeadline(kept, planned Message) Message {
	waits := kept.State == StateOwed || kept.State == StateDropped
	if !waits || kept.MessageID != "" || !kept.AttemptAt.IsZero() {
		return kept
	}
	planned.OwedAt = kept.OwedAt
	return planned
}
