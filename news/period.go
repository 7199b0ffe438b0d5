package news

import (
	"strings"
	"time"
)

// period is a span of days of the catalogue, ends included; a zero end is open.
type period struct{ from, to time.Time }

// periodsOf reads "2024-04-01/2024-10-26" and "2025-06-13/". What cannot be read is
// left out: the catalogue's check names it.
func periodsOf(spans []string) []period {
	var out []period
	for _, s := range spans {
		if p, ok := parsePeriod(s); ok {
			out = append(out, p)
		}
	}
	return out
}

func parsePeriod(s string) (period, bool) {
	from, to, ok := strings.Cut(s, "/")
	if !ok {
		return period{}, false
	}
	var p period
	var err error
	if p.from, err = time.Parse(time.DateOnly, from); err != nil {
		return period{}, false
	}
	if to == "" {
		return p, true
	}
	if p.to, err = time.Parse(time.DateOnly, to); err != nil {
		return period{}, false
	}
	p.to = p.to.AddDate(0, 0, 1)
	return p, true
}

// during reports whether a time lies in one of the periods. None, or no time, is yes:
// only what the catalogue knows to be peace is held for peace.
func during(periods []period, at time.Time) bool {
	if len(periods) == 0 || at.IsZero() {
		return true
	}
	for _, p := range periods {
		if !at.Before(p.from) && (p.to.IsZero() || at.Before(p.to)) {
			return true
		}
	}
	return false
}
