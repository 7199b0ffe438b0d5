package bot

import (
	"log/slog"
	"net/http"
	"sync"
	"time"
)

const (
	// Discord bans an address at 10,000 invalid requests in ten minutes (reference.md §7);
	// we stop at a fifth of that, and go on when half of those have left the window.
	maxInvalid     = 2000
	resumeInvalid  = maxInvalid / 2
	invalidWindow  = 10 * time.Minute
	invalidReserve = 100 // of maxInvalid are left to interactions: a member waits for those
	crowded        = time.Second
)

// budget counts the requests that Discord holds against the bot's address and stops
// before there are too many. Requests under way count as well: each may turn out to be
// one. Safe for concurrent use.
type budget struct {
	log *slog.Logger

	mu     sync.Mutex
	spent  []time.Time // of invalid requests in the window, oldest first
	flying int
	open   bool // the breaker: said once, until the window allows more
}

// take asks for leave to send. A positive wait means no: nothing may go before it is over.
func (b *budget) take(now time.Time, urgent bool) (wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.forget(now)
	most := maxInvalid - invalidReserve
	if urgent {
		most = maxInvalid
	}
	if b.open && !urgent || len(b.spent)+b.flying >= most {
		return b.refuse(now)
	}
	b.flying++
	return 0
}

// forget drops what has left the window, and closes the breaker when that is enough.
func (b *budget) forget(now time.Time) {
	old := 0
	for old < len(b.spent) && now.Sub(b.spent[old]) >= invalidWindow {
		old++
	}
	if old > 0 {
		b.spent = append(b.spent[:0], b.spent[old:]...)
	}
	if b.open && len(b.spent) <= resumeInvalid {
		b.open = false
		b.log.Info("requests go on", "refused", len(b.spent))
	}
}

// refuse opens the breaker and says until when. Where only requests under way fill the
// budget, they will soon be back.
func (b *budget) refuse(now time.Time) time.Duration {
	if len(b.spent) <= resumeInvalid {
		return crowded
	}
	wait := b.spent[len(b.spent)-resumeInvalid-1].Add(invalidWindow).Sub(now)
	if !b.open {
		b.open = true
		b.log.Error("requests stop: discord refused too many, and more would get this address banned; look for what it refuses in the lines before",
			"refused", len(b.spent), "within", invalidWindow, "again_in", wait)
	}
	return wait
}

// give says how the request ended.
func (b *budget) give(now time.Time, invalid bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.flying--
	if invalid {
		b.spent = append(b.spent, now)
	}
}

// isInvalid reports what Discord counts towards a ban (reference.md §7).
func isInvalid(status int, h http.Header) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return true
	case http.StatusTooManyRequests:
		return h.Get("X-RateLimit-Scope") != "shared"
	default:
		return false
	}
}
