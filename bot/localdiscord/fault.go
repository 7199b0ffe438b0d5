package localdiscord

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FaultKind says what goes wrong.
type FaultKind int

// The faults. "Commit" means that the request took effect.
const (
	CommitThen502   FaultKind = iota // took effect, the answer is 502 from the front
	CommitThenDrop                   // took effect, the connection breaks without an answer
	CommitThenHold                   // took effect, the answer waits for Delay or the server's end
	Drop                             // the connection breaks, nothing happened
	Delay                            // everything happens, Delay later
	BadGateway                       // 502 from the front, nothing happened
	RateLimitUser                    // 429 of the route, scope user
	RateLimitShared                  // 429 of the route, scope shared: not counted against the bot
	RateLimitGlobal                  // 429 of the bot: Retry-After and X-RateLimit-Global, no Reset-After
	RateLimitHTML                    // 429 of the front: HTML, no JSON
	JSONError                        // the JSON error Code
)

// Fault is something that goes wrong with requests that match.
type Fault struct {
	Method string // empty: any
	// Path is the path behind /api/v10; a segment in braces matches anything, as in
	// "/channels/{channel}/messages". Empty: any.
	Path  string
	Skip  int // let so many matching requests pass first
	Times int // how often it happens; 0: once, negative: always

	Kind  FaultKind
	Delay time.Duration // of Delay and CommitThenHold; 0 holds until Close
	// RetryAfter is told by the rate limits (zero: 1 s) and by a JSONError (zero: nothing is
	// told).
	RetryAfter time.Duration
	Code       int // JSON error code of JSONError
	Status     int // its HTTP status; zero: the usual one of the code
}

// Injection is a fault in force.
type Injection struct {
	server *Server
	fault  Fault
	skip   int
	left   int
	hits   int
}

// Inject puts the fault in force. Faults are tried in the order of injection, the first
// that matches is used.
func (s *Server) Inject(f Fault) *Injection {
	i := &Injection{server: s, fault: f, skip: f.Skip, left: f.Times}
	if f.Times == 0 {
		i.left = 1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, i)
	return i
}

// Hits is how often the fault happened.
func (i *Injection) Hits() int {
	i.server.mu.Lock()
	defer i.server.mu.Unlock()
	return i.hits
}

// Remove takes the fault out of force.
func (i *Injection) Remove() {
	i.server.mu.Lock()
	defer i.server.mu.Unlock()
	i.server.faults = slices.DeleteFunc(i.server.faults, func(o *Injection) bool { return o == i })
}

// takeFault returns the fault for a request, nil for none.
func (s *Server) takeFault(method, path string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.faults {
		if i.left == 0 || !i.fault.matches(method, path) {
			continue
		}
		if i.skip > 0 {
			i.skip--
			continue
		}
		if i.left > 0 {
			i.left--
		}
		i.hits++
		f := i.fault
		return &f
	}
	return nil
}

func (f Fault) matches(method, path string) bool {
	if f.Method != "" && f.Method != method {
		return false
	}
	if f.Path == "" {
		return true
	}
	want, got := strings.Split(f.Path, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, got, func(w, g string) bool {
		return w == g || strings.HasPrefix(w, "{") && strings.HasSuffix(w, "}")
	})
}

// faultBefore acts before the request takes effect. answered means that there is
// nothing left to do; status is what the client read, 0 for a broken connection.
func (s *Server) faultBefore(rw http.ResponseWriter, r *request, f *Fault) (status int, answered bool) {
	switch f.Kind {
	case Delay:
		s.hold(r.Request, f.Delay)
		return 0, false
	case Drop:
		drop(rw)
		return 0, true
	case BadGateway:
		badGateway(rw)
		return http.StatusBadGateway, true
	case RateLimitUser, RateLimitShared, RateLimitGlobal, RateLimitHTML:
		f.tooMany(rw, r)
		return http.StatusTooManyRequests, true
	case JSONError:
		e := apiErr(f.Code)
		if f.Status != 0 {
			e.status = f.Status
		}
		body := e.body()
		if f.RetryAfter > 0 {
			rw.Header().Set("Retry-After", wholeSeconds(f.RetryAfter))
			body["retry_after"] = f.RetryAfter.Seconds()
		}
		send(rw, e.status, body)
		return e.status, true
	}
	return 0, false
}

// faultAfter acts when the request took effect; its results are those of faultBefore.
func (s *Server) faultAfter(rw http.ResponseWriter, hr *http.Request, f *Fault) (status int, answered bool) {
	switch f.Kind {
	case CommitThen502:
		badGateway(rw)
		return http.StatusBadGateway, true
	case CommitThenDrop:
		drop(rw)
		return 0, true
	case CommitThenHold:
		s.hold(hr, f.Delay)
	}
	return 0, false
}

// hold waits, but never longer than the client or the server lives.
func (s *Server) hold(hr *http.Request, d time.Duration) {
	var after <-chan time.Time
	if d > 0 {
		t := time.NewTimer(d)
		defer t.Stop()
		after = t.C
	}
	select {
	case <-after:
	case <-hr.Context().Done():
	case <-s.done:
	}
}

// drop breaks the connection without an answer.
func drop(rw http.ResponseWriter) {
	conn, _, err := http.NewResponseController(rw).Hijack()
	if err != nil {
		return
	}
	_ = conn.Close() // breaking it is the purpose
}

// badGateway answers as the front does: HTML, no JSON.
func badGateway(rw http.ResponseWriter) {
	rw.Header().Set("Content-Type", "text/html; charset=UTF-8")
	rw.WriteHeader(http.StatusBadGateway)
	_, _ = rw.Write([]byte("<html><head><title>502 Bad Gateway</title></head><body>cloudflare</body></html>"))
}

// tooMany answers 429 in the shape of the fault's kind.
func (f *Fault) tooMany(rw http.ResponseWriter, r *request) {
	wait := orDuration(f.RetryAfter, time.Second)
	switch f.Kind {
	case RateLimitHTML:
		rw.Header().Set("Content-Type", "text/html; charset=UTF-8")
		rw.Header().Set("Retry-After", wholeSeconds(wait))
		rw.WriteHeader(http.StatusTooManyRequests)
		_, _ = rw.Write([]byte("<html><body>error code: 1015, you are being rate limited</body></html>"))
	case RateLimitGlobal:
		globalLimit(rw, wait)
	case RateLimitShared:
		routeLimit(rw, r, "shared", wait)
	default:
		routeLimit(rw, r, "user", wait)
	}
}

func globalLimit(rw http.ResponseWriter, wait time.Duration) {
	h := rw.Header()
	for _, k := range []string{"Limit", "Remaining", "Reset", "Reset-After", "Bucket"} {
		h.Del("X-RateLimit-" + k)
	}
	h.Set("Retry-After", wholeSeconds(wait))
	h.Set("X-RateLimit-Global", "true")
	h.Set("X-RateLimit-Scope", "global")
	send(rw, http.StatusTooManyRequests, object{"message": "You are being rate limited.", "retry_after": wait.Seconds(), "global": true})
}

func routeLimit(rw http.ResponseWriter, r *request, scope string, wait time.Duration) {
	h := rw.Header()
	h.Set("Retry-After", wholeSeconds(wait))
	h.Set("X-RateLimit-Scope", scope)
	h.Set("X-RateLimit-Limit", "5")
	h.Set("X-RateLimit-Remaining", "0")
	h.Set("X-RateLimit-Reset", seconds(time.Duration(r.at.Add(wait).UnixNano())))
	h.Set("X-RateLimit-Reset-After", seconds(wait))
	h.Set("X-RateLimit-Bucket", bucketHash(r.route))
	send(rw, http.StatusTooManyRequests, object{"message": "You are being rate limited.", "retry_after": wait.Seconds(), "global": false})
}

// seconds writes a duration as the headers do: decimal seconds with milliseconds.
func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }

// wholeSeconds rounds up, as Retry-After does.
func wholeSeconds(d time.Duration) string {
	return strconv.FormatInt(int64((d+time.Second-1)/time.Second), 10)
}
