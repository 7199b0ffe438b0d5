package news

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// spanAt resolves a length from the time of publication: "two days ago", "in 48
// hours". Where a language says both the past and the future by the same word, a word
// of the future decides; a length alone is no day.
func (d *document) spanAt(i, first, past int, local time.Time) (foundDay, bool) {
	n, unit, last, ok := d.lengthAt(i, past)
	if !ok {
		return foundDay{}, false
	}
	var sign int
	switch {
	case d.listAfter("back_after", last, past), d.listBefore("back_before", i, first):
		sign = -1
	case d.listBefore("in_sure", i, first), d.listBefore("in_maybe", i, first) && d.expectsWithin(i, first, spanReach):
		sign = 1
	default:
		return foundDay{}, false
	}
	day := local.AddDate(0, 0, sign*n*unit)
	if unit == 0 {
		day = local.Add(time.Duration(sign*n) * time.Hour)
	}
	f := foundOn(i, last, day, "length from publication")
	f.soft = true
	return f, true
}

// lengthAt reads a number of hours (unit 0), days (1) or weeks (7).
func (d *document) lengthAt(i, past int) (n, unit, last int, ok bool) {
	w := d.tokens[i].Folded
	n, ok = d.pack.number(w)
	if digits := smallNumber(w); digits > 0 {
		n, ok = digits, true
	}
	if !ok && d.pack.noise["forone "+w] {
		n, ok = 1, true
	}
	if !ok || n > 400 {
		return 0, 0, 0, false
	}
	if unit, ok = d.pack.spanUnit[w]; ok {
		return n, unit, i, true // "ساعتين", "יומיים"
	}
	if i+1 >= past || d.tokens[i+1].Comma || d.tokens[i+1].Stop {
		return 0, 0, 0, false
	}
	unit, ok = d.pack.spanUnit[d.tokens[i+1].Folded]
	return n, unit, i + 1, ok
}

// spanUnits are the words of hours, days and weeks with their length in days.
func spanUnits(units map[string][]string) map[string]int {
	out := make(map[string]int)
	for unit, days := range map[string]int{"hours": 0, "days": 1, "weeks": 7} {
		for w := range folded(units[unit]) {
			out[w] = days
		}
	}
	return out
}

// writtenDate reads "2020-06-08" and "08.06.2020".
func (d *document) writtenDate(i, past int, local time.Time) (foundDay, bool) {
	w := d.tokens[i].Folded
	if parts := strings.Split(w, "."); len(parts) == 3 {
		return dateOf(i, i, parts[2], parts[1], parts[0], local)
	}
	if len(w) == 4 && i+2 < past && d.gap(i+1) == "-" && d.gap(i+2) == "-" {
		return dateOf(i, i+2, w, d.tokens[i+1].Folded, d.tokens[i+2].Folded, local)
	}
	return foundDay{}, false
}

func dateOf(first, last int, year, month, day string, local time.Time) (foundDay, bool) {
	var n [3]int
	for k, part := range []string{year, month, day} {
		v, err := strconv.Atoi(part)
		if err != nil {
			return foundDay{}, false
		}
		n[k] = v
	}
	if n[0] < 1900 || n[0] > 2100 || n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 31 {
		return foundDay{}, false
	}
	return foundOn(first, last, time.Date(n[0], time.Month(n[1]), n[2], 12, 0, 0, 0, local.Location()), "date with year"), true
}

// hourReach is how far an hour may stand from its day, in tokens.
const hourReach = 7

// withHours gives days the hour told beside them in UTC; an hour or a midnight without
// a day is of the day of publication or the one beside it. Hours on a clock that the
// text does not name stay unknown.
func (d *document) withHours(days []foundDay, first, past int, local time.Time) []foundDay {
	for i := first; i < past; i++ {
		hour, minute, last, ok := d.clockAt(i, first, past)
		midnight := d.pack.phraseAt("midnight", d.tokens, i, past)
		if !ok && midnight == 0 || inDay(days, i) {
			continue
		}
		if !ok {
			last = i + midnight - 1
		}
		near := d.dayNear(days, i, last)
		switch {
		case near >= 0 && ok:
			days[near].at = atClock(days[near].day, hour, minute)
			days[near].first, days[near].last = min(days[near].first, i), max(days[near].last, last)
			days[near].edge = Edge(firstOf(string(days[near].edge), string(d.edgeBefore(i, first))))
		case near < 0:
			days = append(days, d.hourAlone(i, last, first, ok, hour, minute, local))
		}
		i = last
	}
	slices.SortStableFunc(days, func(a, b foundDay) int { return a.first - b.first })
	return days
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func atClock(day string, hour, minute int) time.Time {
	at, err := time.Parse(dayFormat, day)
	if err != nil {
		return time.Time{}
	}
	return at.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
}

// dayNear is the index of the day of the same sentence that stands nearest, or -1.
func (d *document) dayNear(days []foundDay, i, last int) int {
	best, gap := -1, hourReach+1
	for k, f := range days {
		far := max(f.first-last, i-f.last)
		if far < gap && !f.soft && d.sentenceOf(f.first) == d.sentenceOf(i) {
			best, gap = k, far
		}
	}
	return best
}

func (d *document) sentenceOf(i int) int {
	return slices.IndexFunc(d.sents, func(s sentence) bool { return i >= s.first && i < s.past })
}

// hourAlone is the day of an hour that names none: the next time that it comes where
// a word of the future governs it or something begins or ends then, else the last.
func (d *document) hourAlone(i, last, first int, clock bool, hour, minute int, local time.Time) foundDay {
	edge := d.edgeBefore(i, first)
	ahead := edge != "" || d.futureBefore(i, first)
	if !clock {
		day := local
		if ahead {
			day = local.AddDate(0, 0, 1)
		}
		f := foundOn(i, last, day, "midnight")
		f.soft, f.edge, f.ahead = true, edge, ahead
		return f
	}
	now := local.UTC()
	at := time.Date(now.Year(), now.Month(), now.Day(), hour, minute, 0, 0, time.UTC)
	switch {
	case ahead && at.Before(now):
		at = at.AddDate(0, 0, 1)
	case !ahead && at.After(now):
		at = at.AddDate(0, 0, -1)
	}
	f := foundOn(i, last, at, "hour in UTC")
	f.soft, f.edge, f.at, f.ahead = true, edge, at, f.day > local.Format(dayFormat)
	return f
}

// clockAt reads an hour in UTC: "06:00 GMT", "0600 GMT", "6 a.m. UTC", "6h00 TU".
func (d *document) clockAt(i, first, past int) (hour, minute, last int, ok bool) {
	if !d.tokens[i].Number || i > first && d.tokens[i-1].Number && d.gap(i) == ":" {
		return 0, 0, 0, false
	}
	w := d.tokens[i].Folded
	last = i
	switch {
	case i+1 < past && d.gap(i+1) == ":" && len(d.tokens[i+1].Folded) == 2:
		hour, minute, last = smallNumber(w), smallNumber(d.tokens[i+1].Folded), i+1
	default:
		hour, minute = clockWord(w)
	}
	if last+1 < past {
		switch half := strings.ReplaceAll(d.tokens[last+1].Folded, ".", ""); half {
		case "am", "pm":
			hour, last = hour%12, last+1
			if half == "pm" {
				hour += 12
			}
		}
	}
	if hour < 0 || hour > 24 || minute < 0 || minute > 59 {
		return 0, 0, 0, false
	}
	for j := last + 1; j < min(last+3, past); j++ {
		if d.pack.phraseAt("gmt", d.tokens, j, past) > 0 {
			return hour, minute, j, true
		}
	}
	return 0, 0, 0, false
}

// clockWord reads "0600", "06.00", "6h00", "6h", "6pm" and "6"; -1 if it is none.
func clockWord(w string) (hour, minute int) {
	shift := 0
	if rest, pm := strings.CutSuffix(w, "pm"); pm {
		w, shift = rest, 12
	}
	w = strings.TrimSuffix(w, "am")
	if h, m, ok := strings.Cut(strings.ReplaceAll(w, ".", "h"), "h"); ok {
		if m == "" {
			m = "0"
		}
		return smallNumber(h), smallNumber(m)
	}
	n := smallNumber(w)
	switch {
	case len(w) == 4 && n >= 0:
		return n / 100, n % 100
	case shift > 0 && n >= 0:
		return n%12 + shift, 0
	}
	return n, 0
}

// smallNumber reads up to four digits, also with an ordinal ending ("8th"); -1 if
// the word is none.
func smallNumber(w string) int {
	n, digits := 0, 0
	for _, r := range w {
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int(r-'0')
		digits++
	}
	rest := w[digits:]
	if digits == 0 || digits > 4 {
		return -1
	}
	switch rest {
	case "", "st", "nd", "rd", "th", "er", "º", "го", "е":
		return n
	}
	return -1
}
