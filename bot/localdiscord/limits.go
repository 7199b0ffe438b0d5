package localdiscord

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// limits are the rate limits. Discord publishes none per route; the numbers in rule are
// observations from public issues and change without notice, so bots read the headers.
type limits struct {
	enforce bool
	buckets map[string]*window
	global  window
}

// window is a fixed window of so many requests.
type window struct {
	ends time.Time
	used int
}

func newLimits(enforce bool) limits {
	return limits{enforce: enforce, buckets: map[string]*window{}}
}

// globalRate is the documented limit of a bot over all routes but interactions.
const globalRate = 50

// rule is the number of requests per time of a route.
func rule(route string) (int, time.Duration) {
	switch {
	case strings.HasSuffix(route, "/crosspost"):
		return 10, time.Hour
	case strings.HasPrefix(route, "POST /interactions/"):
		return 1000, time.Second
	case strings.HasPrefix(route, "POST /channels/"), strings.HasPrefix(route, "PATCH /channels/"), strings.HasPrefix(route, "DELETE /channels/"):
		return 5, 5 * time.Second
	case strings.Contains(route, " /webhooks/"):
		return 5, 2 * time.Second
	}
	return 10, 10 * time.Second
}

// take uses one request of the window; when none is left it returns false and the wait.
func (w *window) take(now time.Time, most int, per time.Duration) (bool, time.Duration) {
	if !now.Before(w.ends) {
		w.ends, w.used = now.Add(per), 0
	}
	if w.used >= most {
		return false, w.ends.Sub(now)
	}
	w.used++
	return true, w.ends.Sub(now)
}

// limited writes the rate limit headers and, if limits are enforced and used up, the
// 429; true means answered.
func (s *Server) limited(rw http.ResponseWriter, r *request, e endpoint) bool {
	if !s.limits.enforce {
		rateHeaders(rw, r, 1000, 999, time.Second)
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	most, per := rule(r.route)
	key := r.route + "/" + r.topLevel()
	b := s.limits.buckets[key]
	if b == nil {
		s.limits.forget(r.at)
		b = &window{}
		s.limits.buckets[key] = b
	}
	if !e.open {
		if free, wait := s.limits.global.take(r.at, globalRate, time.Second); !free {
			globalLimit(rw, wait)
			return true
		}
	}
	free, wait := b.take(r.at, most, per)
	rateHeaders(rw, r, most, most-b.used, wait)
	if !free {
		routeLimit(rw, r, "user", wait)
	}
	return !free
}

// forget drops windows that ended, so that interaction tokens do not pile up.
func (l *limits) forget(now time.Time) {
	for k, b := range l.buckets {
		if now.After(b.ends) {
			delete(l.buckets, k)
		}
	}
}

// topLevel is the id that splits a bucket: channel, guild, or webhook with token.
func (r *request) topLevel() string {
	return r.PathValue("channel") + r.PathValue("guild") + r.PathValue("token")
}

func rateHeaders(rw http.ResponseWriter, r *request, limit, remaining int, wait time.Duration) {
	h := rw.Header()
	h.Set("X-RateLimit-Limit", strconv.Itoa(limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(remaining))
	h.Set("X-RateLimit-Reset", seconds(time.Duration(r.at.Add(wait).UnixNano())))
	h.Set("X-RateLimit-Reset-After", seconds(wait))
	h.Set("X-RateLimit-Bucket", bucketHash(r.route))
}

// bucketHash names a bucket as Discord does: opaque.
func bucketHash(route string) string {
	sum := sha256.Sum256([]byte(route))
	return hex.EncodeToString(sum[:16])
}
