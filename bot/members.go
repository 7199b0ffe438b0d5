package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"trucewire/news"
)

// defaultSince is how far back /latest looks unless asked.
const defaultSince = 24 * time.Hour

// members answers what everybody may ask.
type members struct {
	answers   Answers
	conflicts conflicts
	now       func() time.Time
}

func (m members) status(ctx context.Context, r Request) (Reply, error) {
	c, err := m.conflicts.pick(r.Options["conflict"])
	if err != nil {
		return Reply{}, err
	}
	text, err := m.answers.Status(ctx, r.Actor.Guild, c)
	return Reply{Text: text}, err
}

func (m members) latest(ctx context.Context, r Request) (Reply, error) {
	c, err := m.conflicts.pick(r.Options["conflict"])
	if err != nil {
		return Reply{}, err
	}
	kind := news.Kind(r.Options["kind"])
	if kind != "" && !kind.Valid() {
		return Reply{}, &UserError{Text: "I do not know that kind of news. Pick one from the list."}
	}
	since := defaultSince
	if s := r.Options["since"]; s != "" {
		if since, err = time.ParseDuration(s); err != nil || since <= 0 {
			return Reply{}, &UserError{Text: "I do not understand how far back. Pick one from the list."}
		}
	}
	text, err := m.answers.Latest(ctx, r.Actor.Guild, LatestQuery{Conflict: c, Kind: kind, Since: m.now().Add(-since)})
	return Reply{Text: text}, err
}

// The days that /next looks ahead.
const (
	defaultDays = 14
	mostDays    = 90
)

func (m members) next(ctx context.Context, r Request) (Reply, error) {
	days := defaultDays
	if given := r.Options["days"]; given != "" {
		var err error
		if days, err = strconv.Atoi(given); err != nil || days < 1 || days > mostDays {
			return Reply{}, &UserError{Text: fmt.Sprintf("I look between 1 and %d days ahead.", mostDays)}
		}
	}
	text, err := m.answers.Next(ctx, r.Actor.Guild, days)
	return Reply{Text: text}, err
}

func (m members) sources(ctx context.Context, r Request) (Reply, error) {
	text, err := m.answers.Sources(ctx, r.Actor.Guild)
	return Reply{Text: text}, err
}

// help tells what the asking member can do.
func help(_ context.Context, r Request) (Reply, error) {
	lines := []string{
		"I follow ceasefires in the news and say what changed, who says so, and where I read it.",
		"",
		"`/status` how the truces stand · `/latest` what happened lately · `/next` what is announced · `/sources` where I read",
	}
	if r.Actor.Moderates() {
		lines = append(lines,
			"",
			"For moderators:",
			"`/alerts add` posts when something happens · `/digest add` a summary at a set hour · `/source add` a feed of your own",
			"I need **View Channel**, **Send Messages** and **Read Message History** where I post.")
	}
	return Reply{Text: strings.Join(lines, "\n")}, nil
}

// kindName is the kind as a menu shows it.
func kindName(k news.Kind) string { return strings.ReplaceAll(string(k), "_", " ") }

// completeSchedule suggests schedules in words.
func completeSchedule(_ context.Context, _ Request, typed string) ([]choice, error) {
	return pickPrefix(typed, []string{
		"daily 08:00", "daily 12:00", "daily 18:00", "daily 20:00", "weekdays 08:00", "weekdays 18:00",
		"mondays 08:00", "fridays 18:00", "every 6 hours", "every 12 hours", "hourly",
	}), nil
}

// completeZone suggests common time zones; any IANA name may be typed.
func completeZone(_ context.Context, _ Request, typed string) ([]choice, error) {
	return pickPrefix(typed, []string{
		"UTC", "Africa/Cairo", "Africa/Johannesburg", "Africa/Khartoum", "Africa/Lagos", "Africa/Nairobi", "Africa/Tripoli",
		"America/Chicago", "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "Asia/Beirut", "Asia/Dubai",
		"Asia/Jerusalem", "Asia/Karachi", "Asia/Kolkata", "Asia/Riyadh", "Asia/Tokyo", "Australia/Sydney", "Europe/Berlin",
		"Europe/Istanbul", "Europe/Kyiv", "Europe/London", "Europe/Moscow", "Europe/Paris",
	}), nil
}

// pickPrefix keeps what contains the typed text, what begins with it first, and what was
// typed itself if nothing else fits.
func pickPrefix(typed string, all []string) []choice {
	typed = strings.TrimSpace(typed)
	kept := slices.DeleteFunc(slices.Clone(all), func(s string) bool { return match(s, typed) == matchNone })
	slices.SortStableFunc(kept, func(a, b string) int { return match(b, typed) - match(a, typed) })
	if len(kept) == 0 && typed != "" {
		kept = []string{typed}
	}
	found := make([]choice, 0, len(kept))
	for _, s := range kept {
		found = append(found, choice{Name: s, Value: s})
	}
	return found
}
