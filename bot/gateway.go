package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"
)

const (
	// maxIdle is how long the gateway may be silent: a little more than two of Discord's
	// heartbeat intervals of 41.25 s.
	maxIdle = 95 * time.Second
	// identifyReserve is how many of the day's 1,000 IDENTIFYs are left to other processes
	// and to an operator who restarts: using up the last one resets the token.
	identifyReserve = 20
)

var (
	errOpenTimeout = errors.New("no READY in time")
	errStopping    = errors.New("the process stops")
)

// tempo is the supervisor's sense of time. Real values stand in newTempo; tests shorten them.
type tempo struct {
	idle        time.Duration // silence that ends a connection before HELLO says better
	open        time.Duration // from dialling to READY
	close       time.Duration // for discordgo to say goodbye, which takes it one second
	backoff     time.Duration // before the second attempt; doubles
	backoffMost time.Duration
	steady      time.Duration // a connection that lived this long makes the next attempt a first one
	identify    time.Duration // between two IDENTIFYs (Discord: one in 5 s)
}

func newTempo() tempo {
	return tempo{
		idle: maxIdle, open: 30 * time.Second, close: 3 * time.Second, backoff: 2 * time.Second,
		backoffMost: 5 * time.Minute, steady: time.Minute, identify: 5 * time.Second,
	}
}

// supervisor keeps one shard connected. discordgo only speaks on one connection at a
// time; when that ends, for whatever cause, its Session is thrown away.
type supervisor struct {
	rest   *rest
	token  string
	shard  int
	shards int
	log    *slog.Logger
	tempo  tempo
	proxy  proxyFor
	spaced *rate.Limiter // one IDENTIFY in 5 s
	daily  *rate.Limiter // a reconnect storm must not use up the day's IDENTIFYs

	event     func(ctx context.Context, name string, data []byte) // called in order; must not block
	connected atomic.Bool
	abandoned atomic.Int64 // sessions that would not end: each keeps a goroutine
}

// run connects again and again until ctx ends (nil) or going on is useless (*FatalError).
func (s *supervisor) run(ctx context.Context) error {
	for attempt := 0; ; attempt++ {
		began := time.Now()
		err := s.connect(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if fatal := fatalCause(err, s.shards); fatal != nil {
			return fatal
		}
		if time.Since(began) >= s.tempo.steady {
			attempt = 0
		}
		pause := backoff(s.tempo, attempt)
		s.log.Warn("gateway connection ended", "cause", describeEnd(err), "again_in", pause.Round(time.Millisecond))
		if sleep(ctx, pause) != nil {
			return nil
		}
	}
}

// backoff is full jitter over a doubling ceiling, and never less than a quarter of it.
func backoff(t tempo, attempt int) time.Duration {
	most := t.backoff << min(attempt, 16)
	most = min(most, t.backoffMost)
	return most/4 + rand.N(most*3/4+1)
}

// connect makes one connection and returns why it ended.
func (s *supervisor) connect(ctx context.Context) error {
	address, err := s.address(ctx)
	if err != nil {
		return err
	}
	if err := s.mayIdentify(ctx); err != nil {
		return err
	}
	link := &link{ended: make(chan struct{}, 1), tempo: s.tempo}
	session, err := s.session(ctx, address, link)
	if err != nil {
		return err
	}
	defer s.connected.Store(false)
	if err := s.open(ctx, session, link); err != nil {
		return err
	}
	s.log.Info("gateway connected", "shard", s.shard, "shards", s.shards)
	return s.stay(ctx, session, link)
}

// mayIdentify waits for the next IDENTIFY's turn.
func (s *supervisor) mayIdentify(ctx context.Context) error {
	if err := s.spaced.Wait(ctx); err != nil {
		return err
	}
	pause := s.daily.Reserve().Delay()
	if pause > 0 {
		s.log.Error("the gateway is connected to too often; waiting", "again_in", pause.Round(time.Second))
	}
	return sleep(ctx, pause)
}

// address asks where the gateway is, and whether an IDENTIFY is left.
func (s *supervisor) address(ctx context.Context) (string, error) {
	for {
		var gate discordgo.GatewayBotResponse
		if err := s.rest.do(ctx, http.MethodGet, discordgo.EndpointGatewayBot, nil, &gate); err != nil {
			return "", err
		}
		limit := gate.SessionStartLimit
		if limit.Total == 0 || limit.Remaining > min(identifyReserve, limit.Total/2) {
			return gate.URL, nil
		}
		pause := max(time.Duration(limit.ResetAfter)*time.Millisecond, s.tempo.identify)
		s.log.Error("few gateway sessions are left today: something reconnects too often; waiting",
			"remaining", limit.Remaining, "again_in", pause)
		if err := sleep(ctx, pause); err != nil {
			return "", err
		}
	}
}

// session makes a discordgo session for one connection to the address.
func (s *supervisor) session(ctx context.Context, address string, l *link) (*discordgo.Session, error) {
	target, err := gatewayURL(address)
	if err != nil {
		return nil, err
	}
	session, err := discordgo.New("Bot " + s.token)
	if err != nil {
		return nil, fmt.Errorf("make session: %w", err)
	}
	quiet(session)
	session.SyncEvents = true // in order; the handlers below only hand on
	session.Compress = false  // compressed frames could not be read by gateConn
	session.Identify.Token = s.token
	session.Identify.Intents = discordgo.IntentsGuilds
	session.Identify.LargeThreshold = 50
	session.ShardID, session.ShardCount = s.shard, s.shards
	session.Client = &http.Client{Transport: gatewayAnswer(target)}
	session.Dialer = &websocket.Dialer{
		HandshakeTimeout:  s.tempo.open,
		NetDialContext:    func(_ context.Context, _, addr string) (net.Conn, error) { return l.dial(ctx, s.proxy, addr, false) },
		NetDialTLSContext: func(_ context.Context, _, addr string) (net.Conn, error) { return l.dial(ctx, s.proxy, addr, true) },
	}
	session.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if e.Type == "READY" {
			s.connected.Store(true)
		}
		s.event(ctx, e.Type, e.RawData)
	})
	session.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { l.over() })
	return session, nil
}

// open runs discordgo's Open, which takes no context, within the time for it.
func (s *supervisor) open(ctx context.Context, session *discordgo.Session, l *link) error {
	opened := make(chan error, 1)
	go func() { opened <- session.Open() }() // ends with its connection, which kill closes
	timer := time.NewTimer(s.tempo.open)
	defer timer.Stop()
	why := errStopping
	select {
	case err := <-opened:
		if err != nil {
			return l.explain(err)
		}
		return nil
	case <-timer.C:
		why = errOpenTimeout
	case <-ctx.Done():
	}
	l.kill(why)
	select {
	case err := <-opened:
		if err == nil {
			s.leave(session, l)
		}
	case <-time.After(s.tempo.close):
		s.abandoned.Add(1)
		s.log.Error("a gateway session would not end and was abandoned", "abandoned", s.abandoned.Load())
	}
	return why
}

// stay waits for the end of an open connection and returns its cause.
func (s *supervisor) stay(ctx context.Context, session *discordgo.Session, l *link) error {
	select {
	case <-l.ended:
		return l.explain(nil)
	case <-ctx.Done():
		s.leave(session, l)
		return errStopping
	}
}

// leave closes the session so that the bot is shown offline at once.
func (s *supervisor) leave(session *discordgo.Session, l *link) {
	go func() { _ = session.Close() }() // takes a second; the end is signalled through l
	select {
	case <-l.ended:
	case <-time.After(s.tempo.close):
		l.kill(errStopping)
	}
}

// gatewayAnswer is the whole REST of a gateway session: discordgo asks for the address
// of the gateway, and is told.
type gatewayAnswer string

// RoundTrip implements http.RoundTripper.
func (a gatewayAnswer) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.URL.String() != discordgo.EndpointGateway {
		return nil, errUnknownRoute
	}
	body := fmt.Sprintf(`{"url":%q}`, string(a))
	return &http.Response{
		StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}}, Request: req,
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}, nil
}

// gatewayURL completes the address. discordgo appends a slash and "?v=9&encoding=json",
// with the version in a package variable that is not ours to write; behind the fragment
// mark that is never sent.
func gatewayURL(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "wss" && u.Scheme != "ws") || u.Host == "" {
		return "", fmt.Errorf("discord names %q as its gateway, which is no websocket address", cut(address, 100))
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = "v=10&encoding=json"
	u.Fragment = "/"
	return u.String(), nil
}

// fatalCause returns the *FatalError for a cause that no new connection mends.
func fatalCause(err error, shards int) error {
	if refusal, ok := errors.AsType[*apiError](err); ok && refusesToken(refusal) {
		return badToken(err)
	}
	closed, ok := errors.AsType[*websocket.CloseError](err)
	if !ok {
		return nil
	}
	switch closed.Code {
	case 4004:
		return badToken(err)
	case 4010:
		return &FatalError{Err: err, Text: "discord refused the shard number (4010): the shard must be below the shard count"}
	case 4011:
		return &FatalError{Err: err, Text: fmt.Sprintf("discord refused the connection (4011): the bot is in too many servers for %d shard(s); raise the shard count", max(shards, 1))}
	case 4012:
		return &FatalError{Err: err, Text: "discord refused the gateway version (4012): update trucewire"}
	case 4013, 4014:
		return &FatalError{Err: err, Text: fmt.Sprintf("discord refused the intents (%d): update trucewire; it needs no privileged intent", closed.Code)}
	default:
		return nil
	}
}

func badToken(cause error) error {
	return &FatalError{Err: cause, Text: "discord refused the token: set DISCORD_TOKEN (or DISCORD_TOKEN_FILE) to the bot's token " +
		"from https://discord.com/developers/applications, your application, Bot, Reset Token"}
}
