package notify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"trucewire/guild"
)

// DefaultNonceWindow is how long after the first attempt a create is repeated with the same
// nonce. Discord promises uniqueness for "the past few minutes", which is taken for two; the
// last repetition may take effect a minute late ([lateCreate]) and must still fall inside. With
// 90 s the simulation doubled one message in a thousand.
const DefaultNonceWindow = time.Minute

const (
	defaultBatch   = 200         // messages read at a time
	defaultWorkers = 16          // channels served at once: at 300 ms a call, Discord's 50 a second
	defaultTick    = time.Second // how late a message may be noticed that nobody announced
	callTimeout    = 30 * time.Second
	writeTimeout   = 5 * time.Second // of a receipt that is written while stopping
	retryMin       = time.Second
	retryMax       = 5 * time.Minute
)

// Dispatcher drives what channels have to what they should have. For each message the
// intent is durable before the call and the receipt after it; what a crash leaves in
// doubt is repeated with the same nonce while Discord remembers it, and looked for in
// the channel after that. Order is kept per channel; alerts go before digests.
//
// The exported fields may be set before the first use. Methods are safe for concurrent
// use.
type Dispatcher struct {
	// Now is domain time: what is due, what is too late. Default: time.Now.
	Now func() time.Time
	// Clock is real time: nonce window, searches and retries. Default: time.Now.
	Clock func() time.Time
	// NonceWindow defaults to DefaultNonceWindow.
	NonceWindow time.Duration
	// Batch is how many messages are read at a time. Default: 200.
	Batch int
	// Workers is how many channels are served at once. Default: 16.
	Workers int
	// Tick is how often Run looks without being woken. Default: 1 s.
	Tick time.Duration
	// Jitter picks a wait between zero and most. Default: evenly at random.
	Jitter func(most time.Duration) time.Duration
	// Tell hears what moderators or the operator should be told, once for each trouble.
	// It may be called from several goroutines. Default: it is only logged.
	Tell func(ctx context.Context, t Trouble)

	outbox   Outbox
	poster   Poster
	renderer Renderer
	log      *slog.Logger
	wake     chan struct{}
	drains   sync.Mutex // one Drain at a time

	mu   sync.Mutex
	held map[guild.ChannelID]hold
}

// hold keeps a channel waiting, so that nothing overtakes a message that failed.
type hold struct {
	until    time.Time // real time
	failures int       // in a row
}

// Trouble is something that somebody has to mend.
type Trouble struct {
	Guild   guild.ID
	Channel guild.ChannelID
	Key     string // the message it befell
	State   State  // StatePaused, StateUnknown or StateDropped
	Problem string // what happened and what to do, one line
}

// NewDispatcher returns a Dispatcher that has not started.
func NewDispatcher(o Outbox, p Poster, r Renderer, log *slog.Logger) *Dispatcher {
	return &Dispatcher{
		Now: time.Now, Clock: time.Now, NonceWindow: DefaultNonceWindow,
		Batch: defaultBatch, Workers: defaultWorkers, Tick: defaultTick, Jitter: fullJitter,
		outbox: o, poster: p, renderer: r, log: log,
		wake: make(chan struct{}, 1), held: make(map[guild.ChannelID]hold),
	}
}

func fullJitter(most time.Duration) time.Duration { return rand.N(most + 1) }

// Wake makes Run look at once. It never blocks.
func (d *Dispatcher) Wake() {
	select {
	case d.wake <- struct{}{}:
	default: // it is about to look anyway
	}
}

// Run sends what is due until ctx is done, and then returns nil: a call in flight is cut
// off, and its intent remembers it. It ends early only with ErrToken.
func (d *Dispatcher) Run(ctx context.Context) error {
	failures := 0
	for {
		_, err := d.Drain(ctx)
		wait := d.Tick
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, ErrToken):
			return err
		case err != nil:
			failures++
			wait = d.backoff(failures)
			d.log.Warn("delivery interrupted", "err", err, "wait", wait)
		default:
			failures = 0
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-d.wake:
			timer.Stop()
		case <-timer.C:
		}
	}
}

// Drain sends all that is due at domain now, and what becomes due on the way, until nothing
// can be done now: what has to wait (for a retry, for a search) is left. It returns how
// many creates and edits arrived. Errors are of the outbox, ErrToken, or ctx's.
func (d *Dispatcher) Drain(ctx context.Context) (sent int, err error) {
	d.drains.Lock()
	defer d.drains.Unlock()
	type result struct {
		channel guild.ChannelID
		sent    int
		err     error
	}
	var (
		done    = make(chan result)
		busy    = make(map[guild.ChannelID]bool)
		waiting [][]Message
	)
	for {
		if err == nil && len(waiting) == 0 {
			waiting, err = d.ready(ctx, busy)
		}
		for err == nil && len(waiting) > 0 && len(busy) < max(1, d.Workers) {
			lane := waiting[0]
			waiting = waiting[1:]
			busy[lane[0].Channel] = true
			go func() {
				n, err := d.serve(ctx, lane)
				done <- result{lane[0].Channel, n, err}
			}()
		}
		if len(busy) == 0 {
			return sent, err
		}
		r := <-done
		delete(busy, r.channel)
		sent += r.sent
		err = cmp.Or(err, r.err)
	}
}

// ready returns what can be sent now, one slice for each channel, in order. Channels that
// are busy or held are left out; if those fill a batch, a larger one is read.
func (d *Dispatcher) ready(ctx context.Context, busy map[guild.ChannelID]bool) ([][]Message, error) {
	for limit := max(1, d.Batch); ; limit *= 2 {
		owed, err := d.outbox.OwedMessages(ctx, d.Now(), limit)
		if err != nil {
			return nil, fmt.Errorf("read owed messages: %w", err)
		}
		full := len(owed) >= limit
		owed = slices.DeleteFunc(owed, func(m Message) bool { return busy[m.Channel] || d.isHeld(m.Channel) })
		if len(owed) > 0 || !full {
			return lanes(owed), nil
		}
	}
}

// lanes groups messages by channel. Digests wait until no alert is left to send, and
// servers take turns, so that one with many channels does not keep the others waiting.
func lanes(owed []Message) [][]Message {
	isDigest := func(m Message) bool { return m.Form == FormDigest }
	if slices.ContainsFunc(owed, func(m Message) bool { return !isDigest(m) }) {
		owed = slices.DeleteFunc(owed, isDigest)
	}
	var (
		out   [][]Message
		place = make(map[guild.ChannelID]int)
		turn  []int // of out[i]: how many lanes of its server stand before it
		count = make(map[guild.ID]int)
	)
	for _, m := range owed {
		i, ok := place[m.Channel]
		if !ok {
			i = len(out)
			place[m.Channel] = i
			out, turn = append(out, nil), append(turn, count[m.Guild])
			count[m.Guild]++
		}
		out[i] = append(out[i], m)
	}
	order := make([]int, len(out))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(turn[a], turn[b]) })
	fair := make([][]Message, len(out))
	for i, j := range order {
		fair[i] = out[j]
	}
	return fair
}

// serve delivers the messages of one channel in order, until one has to wait.
func (d *Dispatcher) serve(ctx context.Context, lane []Message) (sent int, err error) {
	for _, m := range lane {
		if err := ctx.Err(); err != nil {
			return sent, err
		}
		v, err := d.deliver(ctx, m)
		if v.sent {
			sent++
			d.log.Info("message sent", "key", m.Key, "channel", m.Channel, "form", m.Form, "reason", m.Reason)
		}
		switch {
		case errors.Is(err, ErrNotFound): // withdrawn since it was read
			continue
		case err != nil:
			return sent, fmt.Errorf("deliver %s: %w", m.Key, err)
		case v.stop:
			return sent, nil
		case !v.hold.IsZero():
			d.hold(m.Channel, v.hold)
			return sent, nil
		case v.sent:
			d.release(m.Channel)
		}
	}
	return sent, nil
}

func (d *Dispatcher) hold(c guild.ChannelID, until time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.held[c] = hold{until: until, failures: d.held[c].failures + 1}
}

func (d *Dispatcher) release(c guild.ChannelID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.held, c)
}

func (d *Dispatcher) isHeld(c guild.ChannelID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	h, ok := d.held[c]
	return ok && d.Clock().Before(h.until)
}

// failures is how often in a row something had to wait for a channel.
func (d *Dispatcher) failures(c guild.ChannelID) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.held[c].failures
}

// backoff is how long to wait after a number of failures in a row: full jitter over a
// doubling time.
func (d *Dispatcher) backoff(failures int) time.Duration {
	most := retryMax
	if doublings := max(0, failures-1); doublings < 16 {
		most = min(retryMax, retryMin<<doublings)
	}
	return d.Jitter(most)
}
