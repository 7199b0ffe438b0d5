package notify

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// MinInterval is the least time between two digests of one schedule. Source:
// reliability.md §4.
const MinInterval = 15 * time.Minute

// maxSpec is the longest schedule that is read at all, in bytes. The longest sensible
// one (every field a list) stays far below it.
const maxSpec = 200

// Schedule says at which local times a digest is due. The zero value is never due.
// Schedules are values and safe for concurrent use.
type Schedule struct {
	spec string             // five fields
	cron *cron.SpecSchedule // in local wall-clock time, without a zone
}

// ParseSchedule reads a schedule as a moderator writes it: a cron expression of five
// fields, or one of "daily 08:00", "weekdays 08:00", "weekends 08:00", "mondays 08:00",
// "every 6 hours", "hourly". Times are of the channel's zone, which is named apart. The
// error is a [*FieldError] that says what to write instead. It never panics.
func ParseSchedule(spec string) (Schedule, error) {
	if len(spec) > maxSpec {
		return Schedule{}, badSchedule(fmt.Sprintf("is longer than %d characters", maxSpec))
	}
	words := strings.Fields(strings.ToLower(spec))
	switch {
	case len(words) == 0:
		return Schedule{}, badSchedule("is empty")
	case strings.HasPrefix(words[0], "tz=") || strings.HasPrefix(words[0], "cron_tz="):
		// The parser panics on a zone without fields, and the channel has a zone already.
		return Schedule{}, &FieldError{
			Field: "schedule", Problem: "must not name a time zone",
			Fix: "leave the zone out and set the channel's zone instead",
		}
	case strings.HasPrefix(words[0], "@"):
		return Schedule{}, badSchedule(fmt.Sprintf("%q is not read here", words[0]))
	}
	expr, err := expand(words)
	if err != nil {
		return Schedule{}, err
	}
	return parseCron(expr)
}

func badSchedule(problem string) *FieldError {
	return &FieldError{
		Field: "schedule", Problem: problem,
		Fix: `write "daily 08:00", "weekdays 08:00", "every 6 hours", or five cron fields such as "0 8 * * 1-5"`,
	}
}

// expand turns the words of a schedule into five cron fields.
func expand(words []string) (string, error) {
	if len(words) == 5 {
		return strings.Join(words, " "), nil
	}
	if words[0] == "every" || words[0] == "hourly" {
		return expandHours(words)
	}
	days, ok := dayField(words[0])
	at := "08:00" // design.md §9
	switch {
	case len(words) == 1 && strings.Contains(words[0], ":"):
		days, ok, at = "*", true, words[0]
	case len(words) == 2:
		at = words[1]
	case len(words) > 2:
		ok = false
	}
	if !ok {
		return "", badSchedule(fmt.Sprintf("%q is not understood", strings.Join(words, " ")))
	}
	hour, minute, ok := clockTime(at)
	if !ok {
		return "", badSchedule(fmt.Sprintf("%q is not a time of day", at))
	}
	return fmt.Sprintf("%d %d * * %s", minute, hour, days), nil
}

// dayField is the cron field of days of the week that a word stands for.
func dayField(word string) (string, bool) {
	switch word {
	case "daily":
		return "*", true
	case "weekdays":
		return "1-5", true
	case "weekends":
		return "0,6", true
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		name := strings.ToLower(day.String())
		if word == name || word == name+"s" {
			return strconv.Itoa(int(day)), true
		}
	}
	return "", false
}

// clockTime reads "08:00" or "8:00".
func clockTime(s string) (hour, minute int, ok bool) {
	h, m, found := strings.Cut(s, ":")
	if !found || len(h) == 0 || len(h) > 2 || len(m) != 2 {
		return 0, 0, false
	}
	hour, errH := strconv.Atoi(h)
	minute, errM := strconv.Atoi(m)
	if errH != nil || errM != nil || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return 0, 0, false
	}
	return hour, minute, true
}

// expandHours reads "hourly", "every hour" and "every 6 hours".
func expandHours(words []string) (string, error) {
	n := 1
	switch {
	case len(words) == 1 && words[0] == "hourly":
	case len(words) == 2 && words[1] == "hour":
	case len(words) == 3 && (words[2] == "hours" || words[2] == "hour"):
		v, err := strconv.Atoi(words[1])
		// Another number would leave a gap of its own at midnight.
		if err != nil || v < 1 || v > 12 || 24%v != 0 {
			return "", &FieldError{
				Field: "schedule", Problem: fmt.Sprintf("cannot run every %s hours", words[1]),
				Fix: "choose 1, 2, 3, 4, 6, 8 or 12 hours",
			}
		}
		n = v
	default:
		return "", badSchedule(fmt.Sprintf("%q is not understood", strings.Join(words, " ")))
	}
	return fmt.Sprintf("0 */%d * * *", n), nil
}

// parseCron reads five fields and refuses what would flood a channel or never fire.
func parseCron(expr string) (s Schedule, err error) {
	defer func() {
		// The parser has panicked on what strangers write before (reliability.md §0.8).
		if r := recover(); r != nil {
			s, err = Schedule{}, badSchedule(fmt.Sprintf("%q is not understood", expr))
		}
	}()
	parser := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow)
	parsed, perr := parser.Parse(expr)
	if perr != nil {
		return Schedule{}, badSchedule(fmt.Sprintf("%q is not understood (%v)", expr, perr))
	}
	fields, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return Schedule{}, badSchedule(fmt.Sprintf("%q is not five cron fields", expr))
	}
	fields.Location = time.UTC // wall-clock times are reckoned as if there were no zones
	if gap := narrowest(fields.Minute, fields.Hour); gap < MinInterval {
		return Schedule{}, &FieldError{
			Field: "schedule", Problem: fmt.Sprintf("would run again after %d minutes", int(gap.Minutes())),
			Fix: fmt.Sprintf("leave at least %d minutes between two digests", int(MinInterval.Minutes())),
		}
	}
	if fields.Next(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Schedule{}, &FieldError{
			Field: "schedule", Problem: fmt.Sprintf("%q names a day that never comes", expr),
			Fix: "name a day that is in the month",
		}
	}
	return Schedule{spec: expr, cron: fields}, nil
}

// narrowest is the least time between two firings on a day that has them, midnight
// counted as if the next day had the same.
func narrowest(minutes, hours uint64) time.Duration {
	minutes &= 1<<60 - 1
	hours &= 1<<24 - 1
	if minutes == 0 || hours == 0 {
		return 24 * time.Hour
	}
	first, last := bits.TrailingZeros64(minutes), 63-bits.LeadingZeros64(minutes)
	least := 24 * 60
	for prev, m := first, first+1; m <= last; m++ {
		if minutes&(1<<m) != 0 {
			least = min(least, m-prev)
			prev = m
		}
	}
	for h := range 24 {
		if hours&(1<<h) != 0 && hours&(1<<((h+1)%24)) != 0 {
			least = min(least, 60-last+first)
		}
	}
	return time.Duration(least) * time.Minute
}

// String is the schedule as five cron fields, which [ParseSchedule] reads back.
func (s Schedule) String() string { return s.spec }

// Slot names the digest that is due at t: its local date and time, "2026-03-29T0800".
// Two times of one slot, as when a clock is set back, have one name.
func (s Schedule) Slot(t time.Time, zone *time.Location) string {
	return t.In(orUTC(zone)).Format("2006-01-02T1504")
}

// Next is the first time after a given one at which a digest is due in the zone (nil:
// UTC), in UTC; the zero time if there is none. Every local date and time that the schedule
// names comes once: where clocks are set forward over it, at the first instant after the gap;
// where they are set back over it, the first time only. Robfig's own reckoning misses or
// doubles such days, so it is used without a zone.
func (s Schedule) Next(after time.Time, zone *time.Location) time.Time {
	if s.cron == nil {
		return time.Time{}
	}
	zone = orUTC(zone)
	for wall := wallClock(after.In(zone)); ; {
		wall = s.cron.Next(wall)
		if wall.IsZero() {
			return time.Time{}
		}
		if at := firstInstant(wall, zone); at.After(after) {
			return at.UTC()
		}
	}
}

func orUTC(zone *time.Location) *time.Location {
	if zone == nil {
		return time.UTC
	}
	return zone
}

// wallClock is what a clock on the wall shows at t, held as a time in UTC.
func wallClock(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// zoneSpan is more than any two offsets ever differ by.
const zoneSpan = 30 * time.Hour

// firstInstant is when a wall clock in the zone first shows the given time, or, if it
// never does, the end of the gap that skips it.
func firstInstant(wall time.Time, zone *time.Location) time.Time {
	near := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, zone)
	start, end := near.ZoneBounds()
	if (start.IsZero() || near.Sub(start) > zoneSpan) && (end.IsZero() || end.Sub(near) > zoneSpan) {
		return near // no other offset is in use so near that it could show the same
	}
	var first time.Time
	for _, era := range []time.Time{start.Add(-time.Second), near, end} {
		if at, ok := inEra(wall, era.In(zone)); ok && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	if !first.IsZero() {
		return first
	}
	for _, turn := range []time.Time{start, end} {
		if !turn.IsZero() && !wallClock(turn.In(zone)).Before(wall) &&
			!wallClock(turn.Add(-time.Second).In(zone)).After(wall) {
			return turn
		}
	}
	return near
}

// inEra is the instant at which the clock shows wall with the offset in use at era, and
// whether that offset is the one in use then.
func inEra(wall, era time.Time) (time.Time, bool) {
	_, offset := era.Zone()
	at := wall.Add(-time.Duration(offset) * time.Second).In(era.Location())
	_, used := at.Zone()
	return at, used == offset
}
