package news

import (
	"slices"
	"time"
)

// dayFormat is how resolved days are written everywhere.
const dayFormat = "2006-01-02"

// instantFormat is how resolved instants are written, in UTC.
const instantFormat = "2006-01-02T15:04Z"

// foundDay is a day that a text names, resolved.
type foundDay struct {
	first, last int // tokens
	day         string
	ahead       bool      // it lies after the day of publication
	soft        bool      // told by a length or an hour: its numbers still count something
	at          time.Time // the instant, where the hour is told in UTC; zero: not told
	edge        Edge      // what begins or ends then, as its words say; empty: neither
	rule        string    // how it was resolved, for --explain
}

// stamp is the instant where the hour is known, else the day.
func (f foundDay) stamp() string {
	if f.at.IsZero() {
		return f.day
	}
	return f.at.UTC().Format(instantFormat)
}

// findDays resolves the days named by tokens [first, past) against the day of
// publication in the outlet's zone (of year 1 where the publisher gave none). A weekday
// is the last one of that name, or the next one where a word of the future governs it;
// a day of a month without a year is the nearest one. Feasts and weeks are no days.
func (d *document) findDays(first, past int, local time.Time) []foundDay {
	var out []foundDay
	for i := first; i < past; i++ {
		if k := d.mention[i]; k != 0 && d.mentions[k-1].last > i {
			i = d.mentions[k-1].last // "the March 23 Movement" is no day
			continue
		}
		f, ok := d.dayAt(i, first, past, local)
		if !ok {
			continue
		}
		f.first = d.rangeStart(f.first, first)
		f.edge = d.edgeBefore(d.leadOf(f.first, first), first)
		f.ahead = f.day > local.Format(dayFormat)
		out = append(out, f)
		i = f.last
	}
	return d.withHours(out, first, past, local)
}

// firstDay is the day that a sentence speaks of: one named before one reckoned.
func firstDay(days []foundDay) string {
	if i := slices.IndexFunc(days, func(f foundDay) bool { return !f.soft }); i >= 0 {
		return days[i].day
	}
	if len(days) > 0 {
		return days[0].day
	}
	return ""
}

// edgesOf are the first day that something begins and the first that it ends.
func edgesOf(days []foundDay) (begins, ends string) {
	for _, f := range days {
		switch {
		case f.edge == EdgeStart && begins == "":
			begins = f.stamp()
		case f.edge == EdgeEnd && ends == "":
			ends = f.stamp()
		}
	}
	return begins, ends
}

// rangeStart is where "5 and 8 June" begins if the day found is "8 June".
func (d *document) rangeStart(day, first int) int {
	if day-2 < first || smallNumber(d.tokens[day].Folded) == 0 {
		return day
	}
	if n := smallNumber(d.tokens[day-2].Folded); n < 1 || n > 31 {
		return day
	}
	joiner := d.tokens[day-1].Folded
	if d.pack.noise["range "+joiner] || day-3 >= first && d.pack.noise["between "+d.tokens[day-3].Folded] {
		return day - 2
	}
	return day
}

func (d *document) dayAt(i, first, past int, local time.Time) (foundDay, bool) {
	if p, ok := d.pack.dayPhraseAt(d.tokens, i, past); ok {
		return foundOn(i, i+len(p.words)-1, local.AddDate(0, 0, p.value), "relative"), true
	}
	if f, ok := d.writtenDate(i, past, local); ok {
		return f, true
	}
	if f, ok := d.spanAt(i, first, past, local); ok {
		return f, true
	}
	t := d.tokens[i]
	if n := smallNumber(t.Folded); n >= 1 && n <= 31 {
		return d.dayOfMonth(i, n, first, past, local)
	}
	w, ok := d.pack.dayWord(t.Folded)
	if !ok || d.inNoDay(i, first) {
		return foundDay{}, false
	}
	switch w.kind {
	case dayRelative:
		return foundOn(i, i, local.AddDate(0, 0, w.value), "relative"), true
	case dayWeekday:
		return d.weekdayAt(i, time.Weekday(w.value), first, past, local)
	case dayMonth:
		return d.monthFirst(i, w.value, first, past, local)
	}
	return foundDay{}, false
}

func foundOn(first, last int, day time.Time, rule string) foundDay {
	return foundDay{first: first, last: last, day: day.Format(dayFormat), rule: rule}
}

// weekdayAt resolves a weekday: by the date beside it, by a word for last or next, by a
// week named after it, and else by tense.
func (d *document) weekdayAt(i int, w time.Weekday, first, past int, local time.Time) (foundDay, bool) {
	if d.pack.noise["weekday_after *"] && !d.listBefore("weekday_after", i, first) {
		return foundDay{}, false // "first", "second": ordinals of the language are its weekdays
	}
	beside := i + 1
	if beside < past && d.noiseIn("day_prep", beside, beside) {
		beside++ // "Friday the 26th of June"
	}
	if f, ok := d.dateAt(min(beside, past-1), first, past, local); ok && beside < past && !d.tokens[beside].Stop {
		f.first = i
		return f, true
	}
	if last, by, ok := d.weekAfter(i, past); ok {
		monday := local.AddDate(0, 0, -(int(local.Weekday())+6)%7+by)
		return foundOn(i, last, monday.AddDate(0, 0, (int(w)+6)%7), "weekday of a named week"), true
	}
	lead := d.leadOf(i, first)
	switch {
	case d.nearList("prev", i, first, past):
		return foundOn(i, i, nearWeekday(local.AddDate(0, 0, -1), w, false), "weekday, last"), true
	case d.nearList("next", i, first, past):
		return foundOn(i, i, nearWeekday(local.AddDate(0, 0, 1), w, true), "weekday, next"), true
	case d.edgeBefore(lead, first) == EdgeEnd, d.listBefore("starts", lead, first), d.futureBefore(lead, first), d.futureAfter(i, first):
		return foundOn(i, i, nearWeekday(local, w, true), "weekday, ahead"), true
	default:
		return foundOn(i, i, nearWeekday(local, w, false), "weekday, past"), true
	}
}

// dateAt reads a day of a month that begins at token i.
func (d *document) dateAt(i, first, past int, local time.Time) (foundDay, bool) {
	if n := smallNumber(d.tokens[i].Folded); n >= 1 && n <= 31 {
		return d.dayOfMonth(i, n, first, past, local)
	}
	if w, ok := d.pack.dayWord(d.tokens[i].Folded); ok && w.kind == dayMonth {
		return d.monthFirst(i, w.value, first, past, local)
	}
	return foundDay{}, false
}

// weekAfter reads "last week" or "next week" behind a weekday, with a small word
// between, and gives its last token and its distance in days.
func (d *document) weekAfter(i, past int) (last, by int, ok bool) {
	for j := i + 1; j < min(i+3, past) && !d.tokens[j].Stop; j++ {
		if n := d.pack.phraseAt("last_week", d.tokens, j, past); n > 0 {
			return j + n - 1, -7, true
		}
		if n := d.pack.phraseAt("next_week", d.tokens, j, past); n > 0 {
			return j + n - 1, 7, true
		}
	}
	return 0, 0, false
}

// dayOfMonth reads "8 June", "8 June 2020", "8 de junio", "8 июня".
func (d *document) dayOfMonth(i, n, first, past int, local time.Time) (foundDay, bool) {
	for j := i + 1; j < min(i+3, past); j++ {
		if month, last, ok := d.pack.monthAt(d.tokens, j, past); ok {
			return d.withYear(i, last, past, month, n, d.edgeBefore(d.leadOf(i, first), first), local), true
		}
		if len(d.tokens[j].Folded) > 3 {
			break
		}
	}
	return foundDay{}, false
}

// monthFirst reads "June 8" and "June 8, 2020". A capital is asked for, since "may"
// and "march" are words of their own.
func (d *document) monthFirst(i, month, first, past int, local time.Time) (foundDay, bool) {
	if i+1 >= past || !d.tokens[i].Capital || d.tokens[i+1].Stop && len(d.tokens[i].Folded) > 4 {
		return foundDay{}, false
	}
	n := smallNumber(d.tokens[i+1].Folded)
	if n < 1 || n > 31 {
		return foundDay{}, false
	}
	f := d.withYear(i, i+1, past, month, n, d.edgeBefore(d.leadOf(i, first), first), local)
	return f, true
}

// halfYear decides which year a day without one is of.
const halfYear = 183 * 24 * time.Hour

// withYear completes a day of a month: by the year told, else the nearest one; what
// ends then ends after it is told.
func (d *document) withYear(first, at, past, month, n int, edge Edge, local time.Time) foundDay {
	date := func(year int) time.Time {
		return time.Date(year, time.Month(month), n, 12, 0, 0, 0, local.Location())
	}
	if at+1 < past {
		if y := smallNumber(d.tokens[at+1].Folded); y >= 1900 && y <= 2100 {
			return foundOn(first, at+1, date(y), "date with year")
		}
	}
	day := date(local.Year())
	switch gap := day.Sub(local); {
	case gap > halfYear && edge != EdgeEnd:
		day = date(local.Year() - 1)
	case gap < -halfYear, gap < -30*24*time.Hour && edge == EdgeEnd:
		day = date(local.Year() + 1)
	}
	return foundOn(first, at, day, "date, nearest year")
}

// nearWeekday is the newest day of that name up to local, or the next one from it on.
func nearWeekday(local time.Time, w time.Weekday, ahead bool) time.Time {
	back := (int(local.Weekday()) - int(w) + 7) % 7
	if ahead && back > 0 {
		return local.AddDate(0, 0, 7-back)
	}
	return local.AddDate(0, 0, -back)
}
