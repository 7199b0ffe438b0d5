package news

import (
	"strings"
	"time"

	"trucewire/news/lexicon"
)

// dayFormat is how resolved days are written everywhere.
const dayFormat = "2006-01-02"

// dayWord is what a word says about a day.
type dayWord struct {
	kind  dayKind
	value int // weekday 0–6, month 1–12, or days from publication
}

type dayKind int

const (
	dayNone dayKind = iota
	dayWeekday
	dayMonth
	dayRelative
)

// dayWords indexes a pack's weekdays, months and relative days by folded form.
func dayWords(p lexicon.Pack) map[string]dayWord {
	out := make(map[string]dayWord)
	put := func(forms string, w dayWord) {
		for _, f := range strings.Fields(forms) {
			out[lexicon.Fold(f)] = w
		}
	}
	for i, forms := range p.Weekdays {
		put(forms, dayWord{kind: dayWeekday, value: i % 7})
	}
	for i, forms := range p.Months {
		put(forms, dayWord{kind: dayMonth, value: i%12 + 1})
	}
	for w, days := range p.Relative {
		put(w, dayWord{kind: dayRelative, value: days})
	}
	return out
}

// foundDay is a day that a text names, resolved.
type foundDay struct {
	first, last int // tokens
	day         string
	ahead       bool // it lies after the day of publication
}

// findDays resolves the days named by tokens [first, past) against the day of
// publication in the outlet's zone (of year 1 where the publisher gave none). A weekday is the last one of that name, or the
// next one where a word of the future governs it; a day of a month without a year
// is the nearest one.
func (d *document) findDays(first, past int, local time.Time) []foundDay {
	var out []foundDay
	for i := first; i < past; i++ {
		if k := d.mention[i]; k != 0 && d.mentions[k-1].last > i {
			i = d.mentions[k-1].last // "the March 23 Movement" is no day
			continue
		}
		if f, ok := d.dayAt(i, first, past, local); ok {
			f.first = d.rangeStart(f.first, first)
			out = append(out, f)
			i = f.last
		}
	}
	return out
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
	t := d.tokens[i]
	if n := smallNumber(t.Folded); n >= 1 && n <= 31 {
		if day, last, ok := d.dayOfMonth(i, n, past, local); ok {
			return found(i, last, day, local), true
		}
		return foundDay{}, false
	}
	w, ok := d.pack.days[t.Folded]
	if !ok {
		return foundDay{}, false
	}
	switch w.kind {
	case dayRelative:
		return found(i, i, local.AddDate(0, 0, w.value), local), true
	case dayWeekday:
		return found(i, i, nearWeekday(local, time.Weekday(w.value), d.futureBefore(i, first)), local), true
	case dayMonth:
		return d.monthFirst(i, w.value, past, local)
	}
	return foundDay{}, false
}

// dayOfMonth reads "8 June", "8 June 2020", "8 de junio", "8 июня".
func (d *document) dayOfMonth(i, n, past int, local time.Time) (day time.Time, last int, ok bool) {
	for j := i + 1; j < min(i+3, past); j++ {
		w, isMonth := d.pack.days[d.tokens[j].Folded]
		if isMonth && w.kind == dayMonth {
			day, last = withYear(d, j, past, w.value, n, local)
			return day, last, true
		}
		if len(d.tokens[j].Folded) > 3 {
			break
		}
	}
	return time.Time{}, 0, false
}

// monthFirst reads "June 8" and "June 8, 2020". A capital is asked for, since "may"
// and "march" are words of their own.
func (d *document) monthFirst(i, month, past int, local time.Time) (foundDay, bool) {
	if i+1 >= past || !d.tokens[i].Capital || d.tokens[i+1].Stop && len(d.tokens[i].Folded) > 4 {
		return foundDay{}, false
	}
	n := smallNumber(d.tokens[i+1].Folded)
	if n < 1 || n > 31 {
		return foundDay{}, false
	}
	day, last := withYear(d, i+1, past, month, n, local)
	return found(i, last, day, local), true
}

func withYear(d *document, at, past, month, n int, local time.Time) (time.Time, int) {
	if at+1 < past {
		if y := smallNumber(d.tokens[at+1].Folded); y >= 1900 && y <= 2100 {
			return time.Date(y, time.Month(month), n, 12, 0, 0, 0, local.Location()), at + 1
		}
	}
	day := time.Date(local.Year(), time.Month(month), n, 12, 0, 0, 0, local.Location())
	switch gap := day.Sub(local); {
	case gap > 183*24*time.Hour:
		day = day.AddDate(-1, 0, 0)
	case gap < -183*24*time.Hour:
		day = day.AddDate(1, 0, 0)
	}
	return day, at
}

func found(first, last int, day, local time.Time) foundDay {
	return foundDay{
		first: first, last: last, day: day.Format(dayFormat),
		ahead: day.Format(dayFormat) > local.Format(dayFormat),
	}
}

// nearWeekday is the newest day of that name up to local, or the next one after it.
func nearWeekday(local time.Time, w time.Weekday, ahead bool) time.Time {
	back := (int(local.Weekday()) - int(w) + 7) % 7
	if ahead && back > 0 {
		return local.AddDate(0, 0, 7-back)
	}
	return local.AddDate(0, 0, -back)
}

// futureBefore reports whether a word of the future stands in the six words before.
// "Was supposed to" speaks of the past, whatever it expects.
func (d *document) futureBefore(i, first int) bool {
	if d.setsDay(i, first) {
		return true
	}
	for _, s := range d.sents {
		if i < s.first || i >= s.past {
			continue
		}
		for _, h := range s.hits {
			if h.Class == int(cNotYet) && h.First >= first && h.First < i && i-h.First <= 6 {
				return !strings.Contains(strings.ToLower(d.cut(h.First, h.Last)), "suppos")
			}
		}
	}
	return false
}

// setsDay: "proposes a truce from Monday", "agree to a halt until Friday": a plan or
// promise before, and a word that leads to its day.
func (d *document) setsDay(i, first int) bool {
	if i == first || !d.noiseIn("ahead", i-1, i-1) {
		return false
	}
	for _, s := range d.sents {
		if i < s.first || i >= s.past {
			continue
		}
		for _, h := range s.all(cPropose, cDeclare, cAgree, cExtend, cReach, cAccept, cPlan, cAttend) {
			if h.First >= first && h.First < i {
				return true
			}
		}
	}
	return false
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
