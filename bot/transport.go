package bot

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
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

	// longestTurn is how long a request that changes something waits for a limit. One that
	// would wait longer comes back at once: whoever waits inside serves no other channel.
	longestTurn = 5 * time.Second
	sendTries   = 4                      // of one request, where the answers show that it had no effect
	retryPause  = 250 * time.Millisecond // doubles with each try; drawn evenly between zero and this
)

// errLimited: a limit of Discord is used up for longer than the request may wait.
var errLimited = errors.New("a limit of discord is used up")

// transport is the http.RoundTripper under all REST of the program: the one sender. It
// puts the configured base before the route, keeps Discord's limits before Discord has to
// ask for it, repeats what is known to have had no effect, and turns every answer that is
// not a success into an *apiError. discordgo's own handling of 429 and 502 (sleeping with a
// lock held, sending a message twice) never runs. Safe for concurrent use.
type transport struct {
	base  *url.URL
	next  http.RoundTripper
	agent string
	log   *slog.Logger

	pace    *pacer   // 50 a second over all routes
	buckets *buckets // what each route allows
	budget  *budget  // of requests that Discord holds against us

	mu           sync.Mutex
	refused      *apiError // the bot's token is not accepted: nothing goes any more
	blockedUntil time.Time // Cloudflare blocks this address
}

func newTransport(base *url.URL, agent string, log *slog.Logger) *transport {
	next := &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          128,
		MaxIdleConnsPerHost:   64,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 30 * time.Second,
	}
	return &transport{
		base: base, next: next, agent: agent, log: log,
		pace: newPacer(requestsPerSecond, requestBurst), buckets: newBuckets(), budget: &budget{log: log},
	}
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
	if req.Body != nil {
		defer req.Body.Close()
	}
	route, ok := strings.CutPrefix(req.URL.String(), discordgo.EndpointAPI)
	if !ok {
		return nil, errUnknownRoute
	}
	target, err := url.Parse(t.base.String() + "/" + route)
	if err != nil {
		return nil, errUnknownRoute
	}
	for try := 1; ; try++ {
		resp, err := t.try(req, target)
		pause, again := pauseBefore(req, try, err)
		if !again || sleep(req.Context(), pause) != nil {
			return resp, err
		}
		t.log.Debug("request again", "route", redactRoute(req.URL), "try", try, "pause", pause, "err", err)
	}
}

// pauseBefore decides whether a request is made again. A 429 had no effect, and a read that
// failed had none either; all else is for those to decide who know what was asked for. A
// code beside the 429 is about that one action (an old message, slow mode), not about the
// pace.
func pauseBefore(req *http.Request, try int, err error) (time.Duration, bool) {
	e, ok := errors.AsType[*apiError](err)
	if !ok || try == sendTries {
		return 0, false
	}
	pause := rand.N(retryPause << (try - 1))
	switch {
	case e.Status == http.StatusTooManyRequests && e.Code == 0:
		pause += e.After
	case req.Method == http.MethodGet && e.Status >= 500:
	default:
		return 0, false
	}
	return pause, pause <= longest(req)
}

// longest is how long a request may wait for a limit. A read may wait to its end: nobody
// is kept from being told anything by it.
func longest(req *http.Request) time.Duration {
	most := longestTurn
	end, ok := req.Context().Deadline()
	if !ok {
		return most
	}
	if req.Method == http.MethodGet {
		return time.Until(end)
	}
	return min(most, time.Until(end))
}

// try makes the request once, when the limits let it.
func (t *transport) try(req *http.Request, target *url.URL) (*http.Response, error) {
	of := shapeOf(req.Method, routeParts(req.URL))
	b, err := t.enter(req, of)
	if err != nil {
		return nil, err
	}
	resp, err := t.send(req, target)
	if err != nil {
		t.leave(b, of, nil, nil)
		return nil, err
	}
	refusal := t.judge(req, resp)
	t.leave(b, of, resp, refusal)
	if refusal != nil {
		return nil, refusal
	}
	return resp, nil
}

// enter blocks until the request may go. First answers to interactions have no limit but
// their own and three seconds to live, and later ones do not count towards the global
// limit, so neither waits behind anything else.
func (t *transport) enter(req *http.Request, of shape) (*bucket, error) {
	ctx, interaction := req.Context(), exempt(of.route[len(req.Method)+1:])
	if err := t.stopped(); err != nil {
		return nil, err
	}
	var b *bucket
	var err error
	if !strings.HasPrefix(of.route, "POST interactions/") {
		if b, err = t.buckets.enter(ctx, of, longest(req)); err != nil {
			return nil, err
		}
	}
	if !interaction {
		err = t.pace.wait(ctx, longest(req))
	}
	if err == nil {
		err = t.spend(interaction)
	}
	if err != nil && b != nil {
		t.buckets.leave(b, of, nil)
	}
	return b, err
}

// spend asks the budget last of all: by now others may have been refused.
func (t *transport) spend(interaction bool) error {
	if err := t.stopped(); err != nil {
		return err
	}
	if wait := t.budget.take(time.Now(), interaction); wait > 0 {
		return &notSentError{err: errBreaker, after: wait}
	}
	return nil
}

// errBreaker: Discord refused so many requests that further ones would be harmful.
var errBreaker = errors.New("requests stopped after too many refusals")

// stopped returns why nothing may go at all.
func (t *transport) stopped() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.refused != nil {
		return t.refused
	}
	if wait := time.Until(t.blockedUntil); wait > 0 {
		return &notSentError{err: errBlocked, after: wait}
	}
	return nil
}

// errBlocked: Discord's front refuses this machine's address.
var errBlocked = errors.New("requests stopped because this address is blocked")

// send puts the request on the wire.
func (t *transport) send(req *http.Request, target *url.URL) (*http.Response, error) {
	out := req.Clone(req.Context())
	if req.GetBody != nil {
		body, err := req.GetBody()
		if err != nil {
			return nil, &notSentError{err: err}
		}
		out.Body = body
	}
	out.URL, out.Host = target, ""
	out.Header.Set("User-Agent", t.agent)
	return t.next.RoundTrip(out)
}

// judge lets a success through and makes an error of all else.
func (t *transport) judge(req *http.Request, resp *http.Response) *apiError {
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		resp.Body = limitedBody{io.LimitReader(resp.Body, maxResponseBody), resp.Body}
		return nil
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody)) // what arrived is enough to judge by
	refusal := readRefusal(req, resp, body)
	switch {
	case refusal.Global:
		t.pace.hold(time.Now().Add(refusal.After))
	case refusesToken(refusal):
		t.mu.Lock()
		t.refused = refusal
		t.mu.Unlock()
	case refusal.Code == codeCloudflare, refusal.Status == http.StatusForbidden && refusal.HTML:
		t.block(refusal)
	}
	return refusal
}

// block stops everything for a while: insisting prolongs it.
func (t *transport) block(refusal *apiError) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	if now.After(t.blockedUntil) {
		t.log.Error("requests stop: discord's front blocks this address or user agent", "again_in", cloudflareRetry, "err", refusal)
	}
	t.blockedUntil = now.Add(cloudflareRetry)
}

// leave notes what the answer says of the limits and hides it from discordgo. resp is nil
// if there was none, refusal if it was a success.
func (t *transport) leave(b *bucket, of shape, resp *http.Response, refusal *apiError) {
	var told *limit
	invalid := false
	if resp != nil {
		told, invalid = readLimit(resp.Header), isInvalid(resp.StatusCode, resp.Header)
		stripLimits(resp.Header)
	}
	t.budget.give(time.Now(), invalid)
	if b == nil {
		return
	}
	if refusal != nil && refusal.Status == http.StatusTooManyRequests {
		told = exhausted(told, refusal)
	}
	t.buckets.leave(b, of, told)
}

// exhausted is the limit that a 429 tells of. One of the whole bot, or of a single action,
// says nothing of the route.
func exhausted(told *limit, refusal *apiError) *limit {
	if refusal.Global || refusal.Code != 0 {
		return told
	}
	if told == nil {
		told = &limit{limit: 1, reset: float64(time.Now().Add(refusal.After).UnixMilli()) / 1000}
	}
	told.left, told.after = 0, max(told.after, refusal.After)
	return told
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
