package bot

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/time/rate"
)

// DefaultAPI stands before every route unless Config.API says otherwise.
const DefaultAPI = "https://discord.com/api/v10"

const (
	// Discord allows 50 requests a second over the whole bot; two are left to chance
	// (design.md §9, reference.md §7).
	requestsPerSecond = 48
	requestBurst      = 2

	maxErrorBody    = 64 << 10 // bytes of a refusal that are read
	maxResponseBody = 16 << 20 // bytes of an answer; 100 messages stay under 2 MiB
)

// transport is the http.RoundTripper under all REST of the program. It puts the
// configured base before the route, paces requests, and turns every answer that is
// not a success into an *apiError, so that discordgo's own handling of 429 and 502
// (sleeping with a lock held, sending a message twice) never runs. It is the place
// of the later limiter. Safe for concurrent use.
type transport struct {
	base  *url.URL
	next  http.RoundTripper
	agent string
	pace  *rate.Limiter

	mu        sync.Mutex
	heldUntil time.Time // real time; set by a global 429
}

func newTransport(base *url.URL, agent string) *transport {
	next := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          128,
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 30 * time.Second,
	}
	return &transport{base: base, next: next, agent: agent, pace: rate.NewLimiter(requestsPerSecond, requestBurst)}
}

// parseBase checks what stands before the route.
func parseBase(s string) (*url.URL, error) {
	if s == "" {
		s = DefaultAPI
	}
	u, err := url.Parse(strings.TrimRight(s, "/"))
	if err != nil {
		return nil, fmt.Errorf("discord api address %q: not an address", s)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return nil, fmt.Errorf("discord api address %q: want something like %s", u.Redacted(), DefaultAPI)
	}
	return u, nil
}

// RoundTrip implements http.RoundTripper, but for refusals: they are errors here.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	route, ok := strings.CutPrefix(req.URL.String(), discordgo.EndpointAPI)
	if !ok {
		return nil, errUnknownRoute
	}
	if err := t.wait(req.Context(), route); err != nil {
		return nil, &notSentError{err: err}
	}
	out := req.Clone(req.Context())
	u, err := url.Parse(t.base.String() + "/" + route)
	if err != nil {
		return nil, errUnknownRoute
	}
	out.URL, out.Host = u, ""
	out.Header.Set("User-Agent", t.agent)
	resp, err := t.next.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	return t.judge(req, resp)
}

// judge lets a success through and turns all else into an error.
func (t *transport) judge(req *http.Request, resp *http.Response) (*http.Response, error) {
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		stripLimits(resp.Header)
		resp.Body = limitedBody{io.LimitReader(resp.Body, maxResponseBody), resp.Body}
		return resp, nil
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody)) // what arrived is enough to judge by
	refusal := readRefusal(req, resp, body)
	if refusal.Global {
		t.hold(time.Now().Add(refusal.After))
	}
	return nil, refusal
}

// wait blocks until the request may go. Interaction endpoints do not count towards
// the global limit and have three seconds to live, so they never wait.
func (t *transport) wait(ctx context.Context, route string) error {
	if exempt(route) {
		return nil
	}
	if err := sleep(ctx, time.Until(t.held())); err != nil {
		return err
	}
	return t.pace.Wait(ctx)
}

func (t *transport) held() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.heldUntil
}

func (t *transport) hold(until time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if until.After(t.heldUntil) {
		t.heldUntil = until
	}
}

// exempt reports whether the route is a callback or an interaction webhook.
func exempt(route string) bool {
	return strings.HasPrefix(route, "interactions/") || strings.HasPrefix(route, "webhooks/")
}

// stripLimits hides the rate-limit headers from discordgo, which would otherwise
// sleep on them with its bucket locked and without regard to the context.
func stripLimits(h http.Header) {
	for name := range h {
		if strings.HasPrefix(name, "X-Ratelimit-") {
			delete(h, name)
		}
	}
}

type limitedBody struct {
	io.Reader
	io.Closer
}

// sleep waits for d or until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
