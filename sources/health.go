package sources

import (
	"fmt"
	"time"
)

// When a source's condition is worth a word.
const (
	// troubleAfter is how long a source may fail before anybody is told: the same
	// address answers 200 to one network and 403 to another, for hours.
	troubleAfter = 6 * time.Hour
	// staleAfter is how long nothing new may come though the source answers: frozen
	// feeds answer 200 for years.
	staleAfter = 7 * 24 * time.Hour
)

// Condition is how a source is.
type Condition string

// The conditions, best first.
const (
	Waiting Condition = "waiting" // not polled yet
	Fine    Condition = "fine"
	Stale   Condition = "stale"   // answers, but nothing new
	Failing Condition = "failing" // the last answer was no feed
	Stopped Condition = "stopped" // gone for good; asked no more
)

// Health is a source's condition in words.
type Health struct {
	Source    Source
	Condition Condition
	// Words say it in one line, cause and what to do included; fit for a moderator.
	Words string
	// Tell is whether those who can mend it should be told now. Outage names the outage,
	// so that they are told once.
	Tell   bool
	Outage string

	OKAt, NewestAt, NextCheckAt time.Time
}

// HealthOf judges a source from its state. It is pure.
func HealthOf(c Check, now time.Time) Health {
	st := c.State
	h := Health{Source: c.Source, Condition: conditionOf(st, now), OKAt: st.OKAt, NewestAt: st.NewestAt, NextCheckAt: st.NextCheckAt}
	switch h.Condition {
	case Waiting:
		h.Words = "not read yet"
	case Fine:
		h.Words = "fine, last read " + ago(now, st.OKAt)
	case Stale:
		h.Words = fmt.Sprintf("nothing new for %s although it answers: it may be abandoned or have moved; check the publisher's site", span(now.Sub(st.NewestAt)))
		h.Tell, h.Outage = true, outage(c, "stale", st.NewestAt)
	case Failing:
		h.Words = st.Problem + "; " + lastGood(now, st) + ", next try " + in(now, st.NextCheckAt)
		h.Tell, h.Outage = now.Sub(failingSince(st)) >= troubleAfter, outage(c, "failing", st.OKAt)
	case Stopped:
		h.Words = st.Problem
		h.Tell, h.Outage = true, outage(c, "stopped", st.OKAt)
	}
	return h
}

func conditionOf(st State, now time.Time) Condition {
	switch {
	case st.Stopped():
		return Stopped
	case st.Problem != "":
		return Failing
	case st.CheckedAt.IsZero():
		return Waiting
	case !st.NewestAt.IsZero() && now.Sub(st.NewestAt) >= staleAfter:
		return Stale
	}
	return Fine
}

// failingSince is the last good answer; a source that never gave one has failed for
// as long as it has been tried, of which the doubled waits tell the least.
func failingSince(st State) time.Time {
	if !st.OKAt.IsZero() {
		return st.OKAt
	}
	var tried time.Duration
	for n := range st.Failures - 1 {
		tried += doubled(defaultEvery, troubleMost, n)
	}
	return st.CheckedAt.Add(-tried)
}

// outage is the same for all polls of one outage and different for the next.
func outage(c Check, kind string, since time.Time) string {
	return fmt.Sprintf("%s/%s/%d", c.Source.ID, kind, max(0, since.Unix()))
}

func lastGood(now time.Time, st State) string {
	if st.OKAt.IsZero() {
		return "it has never answered"
	}
	return "last good answer " + ago(now, st.OKAt)
}

func ago(now, t time.Time) string {
	if now.Sub(t) < time.Minute {
		return "just now"
	}
	return span(now.Sub(t)) + " ago"
}

func in(now, t time.Time) string {
	if !t.After(now) {
		return "now"
	}
	return "in " + span(t.Sub(now))
}

// span says a duration in its largest whole unit.
func span(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%d days", int(d/(24*time.Hour)))
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", int(d/time.Hour))
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d minutes", int(d/time.Minute))
	}
	return "a minute"
}
