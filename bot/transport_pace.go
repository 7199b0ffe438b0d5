package bot

import (
	"context"
	"sync"
	"time"
)

// pacer spaces requests: in no second do more leave than Discord allows, whatever the
// scheduler does. Time is counted from when a request really goes, not from when it was
// to go, so that a stall of the machine is not followed by a rush; and a burst is taken
// from the second it falls into, because requests do not arrive as evenly as they leave.
// Safe for concurrent use; who waits is served in order.
type pacer struct {
	every time.Duration // between two requests in the long run; zero: no limit
	burst int           // so many may go at once after a rest
	turn  chan struct{} // holds one: whoever is next

	mu        sync.Mutex
	due       time.Time   // when the next request would go at an even pace
	gone      []time.Time // of the requests of the last second; a ring
	at        int         // of gone: the oldest
	heldUntil time.Time   // set by a 429 for the whole bot
}

func newPacer(perSecond, burst int) *pacer {
	return &pacer{
		every: time.Second / time.Duration(perSecond), burst: burst,
		turn: make(chan struct{}, 1), gone: make([]time.Time, perSecond),
	}
}

// wait blocks until a request may go and counts it. It returns a *notSentError at once if
// that is not before longest.
func (p *pacer) wait(ctx context.Context, longest time.Duration) error {
	if err := takeTurn(ctx, p.turn); err != nil {
		return err
	}
	defer func() { <-p.turn }()
	for {
		held, d := p.next(time.Now())
		if d <= 0 {
			return nil
		}
		if held && d > longest {
			return &notSentError{err: errLimited, after: d}
		}
		if err := sleep(ctx, d); err != nil {
			return &notSentError{err: err}
		}
	}
}

// next counts a request that goes now, or says how long it has to wait and whether that is
// because of a limit that Discord set.
func (p *pacer) next(now time.Time) (held bool, d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if d := p.heldUntil.Sub(now); d > 0 {
		return true, d
	}
	if p.every == 0 {
		return false, 0
	}
	early := time.Duration(p.burst-1) * p.every
	if d := max(p.due.Add(-early).Sub(now), p.gone[p.at].Add(time.Second).Sub(now)); d > 0 {
		return false, d
	}
	if p.due.Before(now) {
		p.due = now
	}
	p.due = p.due.Add(p.every)
	p.gone[p.at], p.at = now, (p.at+1)%len(p.gone)
	return false, 0
}

// hold lets nothing go before that moment.
func (p *pacer) hold(until time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if until.After(p.heldUntil) {
		p.heldUntil = until
	}
}

// takeTurn waits for a place that is given in the order of asking.
func takeTurn(ctx context.Context, turn chan struct{}) error {
	select {
	case turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return &notSentError{err: ctx.Err()}
	}
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
