package localdiscord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Options are the knobs of a Server. The zero value works.
type Options struct {
	Token       string      // bot token that is accepted; empty: "local-token"
	Application Application // empty: id 700000000000000000, "Trucewire"
	Log         *slog.Logger

	// Now stamps messages and ids; nil: time.Now. It may be a story's clock. Deadlines,
	// rate limits and the nonce window read real time whatever it says.
	Now func() time.Time

	NonceWindow       time.Duration // how long enforce_nonce remembers; zero: 2 min
	AnswerWithin      time.Duration // first answer to an interaction; zero: 3 s
	TokenLife         time.Duration // of an interaction after its first answer; zero: 15 min
	HeartbeatInterval time.Duration // asked of gateway clients; zero: 41.25 s

	// RateLimits enforces Discord's limits as observed (5 messages per 5 s and channel,
	// 50 requests a second in all). Without it the headers are there but never run out,
	// so that a story need not wait.
	RateLimits bool

	// Privileged lets clients identify with privileged intents; else they are closed
	// with 4014.
	Privileged bool

	// Observe, if set, is told of every REST request after its answer was decided. It
	// is called from many goroutines and must not call back into the Server's acts.
	Observe func(Request)
}

// Request is one REST call as Observe sees it.
type Request struct {
	Method string
	Path   string // behind /api/v10, with ids; interaction tokens are cut to "…"
	Body   []byte // JSON, nil if there was none
	Status int    // 0: the connection was dropped
}

// Server is the small Discord. Its methods are safe for concurrent use.
type Server struct {
	// Check, if set before Start, inspects every JSON request body behind /api/v10; an
	// error is answered as 50035 and kept as a violation. Tests use it to add the
	// official specification (package discordspec).
	Check func(method, path string, body []byte) error

	opt     Options
	log     *slog.Logger
	world   *world
	http    *http.Server
	idle    time.Duration // a gateway client silent for so long is cut
	done    chan struct{} // closed by Close
	running sync.WaitGroup

	mu         sync.Mutex
	base       string // "http://127.0.0.1:port"
	closed     bool
	hub        hub
	faults     []*Injection
	limits     limits
	violations []string
	listeners  []*listener
	stirred    chan struct{} // closed and replaced whenever something changed

	deliver sync.Mutex // one deliverer at a time keeps events in order; taken before mu
}

// New makes a Server. It listens to nothing before Start, but guilds, channels and
// people can be added already.
func New(opt Options) *Server {
	opt.Token = orDefault(opt.Token, "local-token")
	opt.Application.ID = orDefault(opt.Application.ID, "700000000000000000")
	opt.Application.Name = orDefault(opt.Application.Name, "Trucewire")
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	opt.NonceWindow = orDuration(opt.NonceWindow, 2*time.Minute)
	opt.AnswerWithin = orDuration(opt.AnswerWithin, 3*time.Second)
	opt.TokenLife = orDuration(opt.TokenLife, 15*time.Minute)
	opt.HeartbeatInterval = orDuration(opt.HeartbeatInterval, 41250*time.Millisecond)
	s := &Server{opt: opt, log: opt.Log, world: newWorld(opt.Application, opt.Now, opt.NonceWindow)}
	s.done = make(chan struct{})
	s.idle = 2*opt.HeartbeatInterval + heartbeatGrace
	s.hub = newHub()
	s.limits = newLimits(opt.RateLimits)
	s.stirred = make(chan struct{})
	s.world.publish = s.publish
	s.world.url = func() string { return s.base }
	s.world.users[opt.Application.ID] = &User{ID: opt.Application.ID, Name: opt.Application.Name, Bot: true}
	return s
}

func orDuration(d, fallback time.Duration) time.Duration {
	if d == 0 {
		return fallback
	}
	return d
}

// Start listens on a free port of 127.0.0.1 and serves until Close.
func (s *Server) Start() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	if s.http != nil {
		return errors.New("start localdiscord: already started")
	}
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp4", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("start localdiscord: %w", err)
	}
	s.base = "http://" + l.Addr().String()
	s.http = &http.Server{
		Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	s.running.Add(1)
	go func() {
		defer s.running.Done()
		if err := s.http.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("localdiscord stopped serving", "err", err)
		}
	}()
	return nil
}

// URL is what stands before the route: "http://127.0.0.1:PORT/api/v10", without a slash
// at the end. It is empty before Start.
func (s *Server) URL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.base == "" {
		return ""
	}
	return s.base + "/api/v10"
}

// Token is the bot token that is accepted, without "Bot ".
func (s *Server) Token() string { return s.opt.Token }

// ApplicationID is the id of the application and of its bot user.
func (s *Server) ApplicationID() string { return s.opt.Application.ID }

// Close ends every connection and waits until all goroutines of the server are done.
// Further calls do nothing.
func (s *Server) Close() error {
	s.mu.Lock()
	started := s.http
	if !s.closed {
		s.closed = true
		close(s.done)
	}
	s.hub.abandon()
	s.mu.Unlock()
	var err error
	if started != nil {
		err = started.Close()
	}
	s.running.Wait()
	if err != nil {
		return fmt.Errorf("close localdiscord: %w", err)
	}
	return nil
}

// enter counts a running handler; false after Close. The caller calls s.running.Done.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.running.Add(1)
	return true
}

// Violations lists everything the strict layer and Check refused so far, one line each:
// "POST /channels/{channel}/messages: content: Must be 2000 or fewer in length.". Tests
// assert that it is empty.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// act runs a change of the world and then tells the listeners.
func (s *Server) act(change func(w *world) error) error {
	s.mu.Lock()
	err := change(s.world)
	s.mu.Unlock()
	s.flush()
	return err
}

// stir wakes whoever waits for a change; the caller holds mu.
func (s *Server) stir() {
	close(s.stirred)
	s.stirred = make(chan struct{})
}

// wait waits until done, which is called with mu held.
func (s *Server) wait(ctx context.Context, done func() bool) error {
	for {
		s.mu.Lock()
		finished, stirred := done(), s.stirred
		s.mu.Unlock()
		if finished {
			return nil
		}
		select {
		case <-stirred:
		case <-ctx.Done():
			return ctx.Err()
		case <-s.done:
			return ErrClosed
		}
	}
}
