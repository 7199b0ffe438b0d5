package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"trucewire/guild"
	"trucewire/notify"
)

// edge is Discord's front in memory: an http.RoundTripper for virtual time, where no socket
// may be. Without answer it keeps the global limit (50 in a second that begins with the
// first request) and five writes per 5 s and channel, and remembers nonces.
type edge struct {
	way    func(n int) (there, back time.Duration) // of the nth request; none unless set
	answer func(n int, r *http.Request) *http.Response
	free   bool // no limit of the whole bot

	mu       sync.Mutex
	sent     int
	arrived  []time.Time
	paths    []string
	bodies   []string
	limited  []time.Time // 429s
	second   time.Time
	inSecond int
	windows  map[string]*edgeWindow
	posted   map[string]map[string]bool // channel → nonce
	flying   map[string]int             // by path
	most     map[string]int             // the most at once, by path
}

type edgeWindow struct {
	ends time.Time
	used int
}

// newEdge returns an edge and the bot that talks to it; transport is the bot's.
func newEdge(t testing.TB, log *slog.Logger) (*edge, *Bot, *transport) {
	t.Helper()
	e := &edge{
		way:     func(int) (there, back time.Duration) { return 0, 0 },
		windows: map[string]*edgeWindow{}, posted: map[string]map[string]bool{}, flying: map[string]int{}, most: map[string]int{},
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	b := must[*Bot](t)(New(Config{Token: canary, API: "https://edge.example/api/v10", Version: "test", Log: log, Transport: e}, Deps{}))
	return e, b, b.rest.session.Client.Transport.(*transport)
}

// RoundTrip implements http.RoundTripper.
func (e *edge) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
		_ = r.Body.Close()
	}
	path := strings.TrimPrefix(r.URL.Path, "/api/v10/")
	e.mu.Lock()
	n := e.sent
	e.sent++
	e.flying[path]++
	e.most[path] = max(e.most[path], e.flying[path])
	e.mu.Unlock()
	there, back := e.way(n)
	if err := sleep(r.Context(), there); err != nil {
		return nil, err
	}
	resp := e.arrive(r, path, body)
	err := sleep(r.Context(), back)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.flying[path]--
	if err != nil {
		return nil, err
	}
	return resp, nil
}

// arrive takes a request and decides on its answer.
func (e *edge) arrive(r *http.Request, path string, body []byte) (resp *http.Response) {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := len(e.arrived)
	e.arrived, e.paths, e.bodies = append(e.arrived, time.Now()), append(e.paths, path), append(e.bodies, string(body))
	if e.answer != nil {
		resp = e.answer(n, r)
	} else {
		resp = e.usual(r, path, body)
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		e.limited = append(e.limited, time.Now())
	}
	return resp
}

// usual answers as Discord does.
func (e *edge) usual(r *http.Request, path string, body []byte) *http.Response {
	if exempt(path) {
		return response(http.StatusOK, nil, `{}`)
	}
	now := time.Now()
	if !now.Before(e.second.Add(time.Second)) {
		e.second, e.inSecond = now, 0
	}
	if e.inSecond++; e.inSecond > 50 && !e.free {
		return globalRefusal(e.second.Add(time.Second).Sub(now))
	}
	channel := strings.Split(path, "/")[1]
	key := r.Method + channel
	w := e.windows[key]
	if w == nil || !now.Before(w.ends) {
		w = &edgeWindow{ends: now.Add(5 * time.Second)}
		e.windows[key] = w
	}
	w.used++
	h := bucketHeader("hash-of-"+r.Method, 5, 5-w.used, w.ends.Sub(now))
	if w.used > 5 {
		h.Set("X-RateLimit-Remaining", "0")
		return response(http.StatusTooManyRequests, h, fmt.Sprintf(`{"retry_after":%f,"global":false}`, w.ends.Sub(now).Seconds()))
	}
	var said struct{ Nonce string }
	_ = json.Unmarshal(body, &said)
	if e.posted[channel] == nil {
		e.posted[channel] = map[string]bool{}
	}
	e.posted[channel][said.Nonce] = true
	return response(http.StatusOK, h, fmt.Sprintf(`{"id":"9%s"}`, channel))
}

// bucketHeader tells of a bucket as Discord does.
func bucketHeader(name string, limit, left int, after time.Duration) http.Header {
	return http.Header{
		"X-Ratelimit-Bucket": {name}, "X-Ratelimit-Limit": {fmt.Sprint(limit)}, "X-Ratelimit-Remaining": {fmt.Sprint(left)},
		"X-Ratelimit-Reset-After": {fmt.Sprintf("%.3f", after.Seconds())}, "X-Ratelimit-Reset": {fmt.Sprintf("%.3f", float64(time.Now().Add(after).UnixMilli())/1000)},
	}
}

// globalRefusal is the 429 of the whole bot: no Reset-After.
func globalRefusal(after time.Duration) *http.Response {
	return response(http.StatusTooManyRequests, http.Header{"X-Ratelimit-Global": {"true"}, "X-Ratelimit-Scope": {"global"}},
		fmt.Sprintf(`{"retry_after":%f,"global":true}`, after.Seconds()))
}

func response(status int, h http.Header, body string) *http.Response {
	if h == nil {
		h = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(bytes.NewReader([]byte(body)))}
}

// always gives every request the same answer.
func always(status int, h http.Header, body string) func(int, *http.Request) *http.Response {
	return func(int, *http.Request) *http.Response { return response(status, h.Clone(), body) }
}

// busiest is the most requests that arrived within any second, both ends included.
func (e *edge) busiest() int { return busiest(e.arrived, time.Second) }

func busiest(at []time.Time, window time.Duration) int {
	at = slices.SortedFunc(slices.Values(at), time.Time.Compare)
	most, from := 0, 0
	for to := range at {
		for at[to].Sub(at[from]) > window {
			from++
		}
		most = max(most, to-from+1)
	}
	return most
}

// write makes one call that changes something in a channel.
func write(ctx context.Context, b *Bot, channel string) error {
	return b.rest.do(ctx, http.MethodPost, discordgo.EndpointChannelMessages(channel), struct{}{}, nil)
}

func postTo(channel, nonce string) notify.Post {
	return notify.Post{Guild: "1", Channel: guild.ChannelID(channel), Content: "Truce holds · ref 7K3Q", Nonce: nonce}
}
