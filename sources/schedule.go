package sources

import (
	"errors"
	"hash/fnv"
	"net/http"
	"slices"
	"strings"
	"time"
)

// When to look again. Sources: reliability.md §1, design.md §9.
const (
	defaultEvery   = 5 * time.Minute
	defaultFloor   = 2 * time.Minute
	defaultCeiling = 24 * time.Hour
	// maxRetryAfter is how long a publisher may send us away: FreshRSS's clamp.
	maxRetryAfter = 48 * time.Hour
	// quietWait follows a 429 or 503 without Retry-After; NetNewsWire's memory.
	quietWait   = 10 * time.Minute
	troubleMost = 6 * time.Hour
	deniedFirst = time.Hour
	deniedMost  = 24 * time.Hour
	// A source is looked at gapPart times between two of its entries, but at least every
	// slowest: the first word of a truce may come from one that rarely speaks.
	gapPart = 12
	slowest = time.Hour
	// minGapEntries is how many dated entries tell how often a source publishes.
	minGapEntries = 5
	// spreadPart of the wait is added to it, the same part for the same address always,
	// so that feeds started together drift apart.
	spreadPart = 10
)

// never is the next check of a source that is gone for good. (Within the range of
// nanoseconds since 1970 in 64 bits.)
func never() time.Time { return time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC) }

// Stopped reports whether the source answered that it is gone for good (410) and is
// asked no more.
func (s State) Stopped() bool { return !s.NextCheckAt.Before(never()) }

// pace bounds the intervals of a poller.
type pace struct{ every, floor, ceiling, spread time.Duration }

// adapted is the interval for a source that sets none: ours, longer for one that
// publishes rarely. Where the operator wants less than the usual floor nothing is
// stretched.
func (p pace) adapted(every, gap time.Duration) time.Duration {
	if every > 0 {
		return every
	}
	if p.every < defaultFloor {
		return p.every
	}
	return max(p.every, min(gap/gapPart, slowest))
}

// meanGap is the mean time between the dated entries of a document and now; zero if
// there are too few.
func meanGap(entries []Entry, now time.Time) time.Duration {
	oldest, n := now, 0
	for _, e := range entries {
		if e.Published.IsZero() || e.Published.After(now) {
			continue
		}
		n++
		if e.Published.Before(oldest) {
			oldest = e.Published
		}
	}
	if n < minGapEntries {
		return 0
	}
	return now.Sub(oldest) / time.Duration(n)
}

// told is what a publisher said about coming back.
type told struct {
	freshFor, retryAfter, ttl time.Duration
	skipHours                 []int
	skipDays                  []string
}

// afterAnswer returns when to look again after a good answer: the longest of our
// interval (every, already adapted) and what the publisher asks for, within bounds, spread by address, not in
// an hour or on a day that the publisher named.
func (p pace) afterAnswer(now time.Time, url string, every time.Duration, t told) time.Time {
	wait := min(max(every, t.freshFor, t.ttl, p.floor), p.ceiling)
	wait = max(wait, min(t.retryAfter, maxRetryAfter))
	return skipQuiet(now.Add(wait+p.drift(url, wait)), t.skipHours, t.skipDays)
}

// drift is a stable part of the wait, from zero to a tenth, and at most the spread: a
// publisher who says when the next entry comes is not asked an hour after it.
func (p pace) drift(url string, wait time.Duration) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(url)) // never fails
	return min(wait/spreadPart, p.spread) * time.Duration(h.Sum32()%1000) / 1000
}

// skipQuiet moves t out of the hours (UTC) and days that the publisher named. If it
// named all of them it meant nothing.
func skipQuiet(t time.Time, hours []int, days []string) time.Time {
	if len(hours) == 0 && len(days) == 0 {
		return t
	}
	for at := t; at.Sub(t) <= 7*24*time.Hour; at = at.Truncate(time.Hour).Add(time.Hour) {
		quiet := slices.Contains(hours, at.UTC().Hour()) || slices.ContainsFunc(days, func(d string) bool {
			return strings.EqualFold(strings.TrimSpace(d), at.UTC().Weekday().String())
		})
		if !quiet {
			return at
		}
	}
	return t
}

// afterFailure returns when to look again after the n-th failure in a row.
func (p pace) afterFailure(now time.Time, url string, every time.Duration, err error, n int) time.Time {
	if every <= 0 {
		every = p.every
	}
	first, most := max(every, p.floor), troubleMost
	if status, ok := errors.AsType[*StatusError](err); ok {
		switch status.Code {
		case http.StatusGone:
			return never()
		case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusPaymentRequired, http.StatusUnavailableForLegalReasons:
			first, most = deniedFirst, deniedMost
		}
		if pause := pauseOf(status); pause > 0 {
			first = max(first, pause)
			most = max(most, pause)
		}
	} else if ours(err) {
		first, most = deniedFirst, deniedMost
	}
	wait := doubled(first, most, n-1)
	return now.Add(wait + p.drift(url, wait))
}

// ours reports the failures that time alone does not mend.
func ours(err error) bool {
	for _, known := range []error{ErrAddress, ErrScheme, ErrPort, ErrUserinfo, ErrPrivateAddress, ErrBlocked, ErrDowngrade, ErrHTML, ErrHostile, ErrTooLarge} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

// pauseOf is how long the whole host wants to be left alone; zero: it does not.
func pauseOf(s *StatusError) time.Duration {
	if s.Code != http.StatusTooManyRequests && s.Code != http.StatusServiceUnavailable {
		return 0
	}
	if s.RetryAfter > 0 {
		return min(s.RetryAfter, maxRetryAfter)
	}
	if s.Code == http.StatusTooManyRequests {
		return quietWait
	}
	return 0
}

// doubled is first × 2ⁿ, at most most.
func doubled(first, most time.Duration, n int) time.Duration {
	for ; n > 0 && first < most; n-- {
		first *= 2
	}
	return min(first, max(most, 0))
}
