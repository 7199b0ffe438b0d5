package sources

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// freshFor reads how long an answer is good: Cache-Control max-age less Age, else
// Expires less Date (both of the publisher's own clock). Nonsense counts as silence.
func freshFor(h http.Header) time.Duration {
	for _, part := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch strings.ToLower(name) {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			return max(0, seconds(strings.Trim(value, `" `))-seconds(h.Get("Age")))
		}
	}
	expires, err := http.ParseTime(h.Get("Expires"))
	if err != nil {
		return 0
	}
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return max(0, expires.Sub(date))
}

// retryAfter reads Retry-After as seconds or as a date against the publisher's Date.
func retryAfter(h http.Header) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	if d := seconds(v); d > 0 {
		return d
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return max(0, at.Sub(date))
}

// seconds reads a count of seconds; what is no number is zero, and more than ten
// years ("16 years" has been seen) counts as ten years, so that nothing overflows.
func seconds(s string) time.Duration {
	const most = 10 * 365 * 24 * 3600
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return time.Duration(min(n, most)) * time.Second
}
