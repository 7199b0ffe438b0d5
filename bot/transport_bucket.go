package bot

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// sweepEvery is how many requests pass between two looks for buckets that nobody needs.
const sweepEvery = 64

// buckets are the limits of routes as Discord tells them. A bucket belongs to what Discord
// calls it, together with the channel, server or webhook of the route; before Discord has
// named it, to the route itself. Safe for concurrent use.
type buckets struct {
	mu     sync.Mutex
	names  map[string]string  // of a route's shape, as Discord told; one entry for each endpoint
	open   map[string]*bucket // by name and top-level id; gone when they mean nothing any more
	joined int
}

// bucket is one limit. Its fields are guarded by buckets.mu, but for the channels.
type bucket struct {
	key     string
	brief   bool          // of an interaction: kept only while it is used up
	turn    chan struct{} // holds one: whoever is next
	changed chan struct{} // holds one: an answer came
	inside  int           // requests that wait or are under way
	flying  int           // requests under way

	known  bool // an answer told the limit; before, one request goes at a time
	limit  int
	left   int
	window float64   // X-RateLimit-Reset as told: names the window that left is of
	resets time.Time // zero: the window begins with the next answer
}

func newBuckets() *buckets {
	return &buckets{names: make(map[string]string), open: make(map[string]*bucket)}
}

// shape is what decides on the bucket of a request.
type shape struct {
	route string // "POST channels/{}/messages": ids and tokens cut
	top   string // channel, server, or webhook with its token
	brief bool
}

func shapeOf(method string, parts []string) shape {
	s := shape{}
	cut := make([]string, len(parts))
	for i, part := range parts {
		cut[i] = part
		if _, err := strconv.ParseUint(part, 10, 64); err == nil || i > 0 && i == tokenSegment(parts) {
			cut[i] = "{}"
		}
	}
	s.route = method + " " + strings.Join(cut, "/")
	switch {
	case len(parts) > 2 && parts[0] == "webhooks":
		s.top, s.brief = parts[1]+"/"+parts[2], true
	case len(parts) > 1 && (parts[0] == "channels" || parts[0] == "guilds"):
		s.top = parts[1]
	}
	return s
}

// enter blocks until the bucket has room and takes a place in it, which leave gives back.
// It returns a *notSentError at once if there is none before longest.
func (s *buckets) enter(ctx context.Context, of shape, longest time.Duration) (*bucket, error) {
	for {
		b := s.join(of)
		room, err := s.waitForRoom(ctx, b, of, longest)
		if room {
			return b, nil
		}
		s.part(b)
		if err != nil {
			return nil, err
		}
	}
}

// waitForRoom returns false without an error if the bucket got another name meanwhile.
func (s *buckets) waitForRoom(ctx context.Context, b *bucket, of shape, longest time.Duration) (bool, error) {
	if err := takeTurn(ctx, b.turn); err != nil {
		return false, err
	}
	defer func() { <-b.turn }()
	for {
		room, moved, wait := s.take(b, of, time.Now())
		switch {
		case room:
			return true, nil
		case moved:
			return false, nil
		case wait > longest:
			return false, &notSentError{err: errLimited, after: wait}
		}
		if err := waitFor(ctx, b.changed, wait); err != nil {
			return false, &notSentError{err: err}
		}
	}
}

// waitFor waits for a sign, for so long if that is positive.
func waitFor(ctx context.Context, sign <-chan struct{}, d time.Duration) error {
	var over <-chan time.Time
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-sign:
	case <-over:
	}
	return nil
}

// take takes a place if there is one. Else wait says when the window ends; zero: only an
// answer can tell.
func (s *buckets) take(b *bucket, of shape, now time.Time) (room, moved bool, wait time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.key(of) != b.key {
		return false, true, 0
	}
	if b.known && !b.resets.IsZero() && !now.Before(b.resets) {
		b.left, b.resets = b.limit-b.flying, time.Time{}
	}
	switch {
	case !b.known && b.flying > 0, b.known && b.left <= 0 && b.resets.IsZero():
		return false, false, 0
	case b.known && b.left <= 0:
		return false, false, b.resets.Sub(now)
	}
	b.left--
	b.flying++
	return true, false, 0
}

func (s *buckets) key(of shape) string {
	name, ok := s.names[of.route]
	if !ok {
		name = of.route
	}
	return name + " " + of.top
}

func (s *buckets) join(of shape) *bucket {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.joined++; s.joined%sweepEvery == 0 {
		s.sweep(time.Now())
	}
	b := s.at(s.key(of), of.brief)
	b.inside++
	return b
}

// at returns the bucket of that key, a new one if there is none.
func (s *buckets) at(key string, brief bool) *bucket {
	b := s.open[key]
	if b == nil {
		b = &bucket{key: key, brief: brief, turn: make(chan struct{}, 1), changed: make(chan struct{}, 1)}
		s.open[key] = b
	}
	return b
}

// part undoes join.
func (s *buckets) part(b *bucket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b.inside--
	s.drop(b, time.Now())
}

// sweep drops the buckets whose windows ended.
func (s *buckets) sweep(now time.Time) {
	for _, b := range s.open {
		s.drop(b, now)
	}
}

// drop forgets a bucket that is as good as a new one.
func (s *buckets) drop(b *bucket, now time.Time) {
	ended := !b.known || !now.Before(b.resets) || b.brief && b.left > 0
	if b.inside == 0 && ended {
		delete(s.open, b.key)
	}
}

// leave gives back the place of a request and learns from its answer; told is nil if there
// was none.
func (s *buckets) leave(b *bucket, of shape, told *limit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	b.inside--
	b.flying--
	switch {
	case told != nil:
		s.learn(b, of, *told, now)
	case b.flying == 0 && b.resets.IsZero():
		b.known = false // nobody is left who could tell when the window ends
	}
	select {
	case b.changed <- struct{}{}:
	default: // whoever is next looks anyway
	}
	s.drop(b, now)
}

// learn notes what an answer says, in the bucket that it names.
func (s *buckets) learn(b *bucket, of shape, told limit, now time.Time) {
	if told.name != "" {
		s.names[of.route] = told.name
	}
	if key := s.key(of); key != b.key {
		b = s.at(key, of.brief)
		defer s.drop(b, now)
	}
	switch {
	case !b.known || b.resets.IsZero() || told.reset > b.window:
		b.left, b.window, b.resets = told.left-b.flying, told.reset, now.Add(told.after)
	case told.reset == b.window:
		b.left = min(b.left, told.left)
		b.resets = now.Add(told.after)
	}
	b.known, b.limit = true, told.limit
}

// limit is what the headers of an answer tell.
type limit struct {
	name        string // opaque; empty: not told
	limit, left int
	reset       float64 // Unix seconds; only compared with others of its kind
	after       time.Duration
}

// readLimit reads the headers; nil: they say nothing of the route.
func readLimit(h http.Header) *limit {
	most, err := strconv.Atoi(h.Get("X-RateLimit-Limit"))
	if err != nil || most < 1 {
		return nil
	}
	left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	if err != nil {
		return nil
	}
	after, err := strconv.ParseFloat(h.Get("X-RateLimit-Reset-After"), 64)
	if err != nil || !(after >= 0) { // NaN is no number of seconds either
		return nil
	}
	reset, _ := strconv.ParseFloat(h.Get("X-RateLimit-Reset"), 64) // zero: all answers are of one window until it ends
	return &limit{
		name: h.Get("X-RateLimit-Bucket"), limit: most, left: left, reset: reset,
		after: time.Duration(min(after, maxRetry.Seconds()) * float64(time.Second)),
	}
}
