package bot

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/notify/notifytest"
)

const (
	simChannels = 1000
	// simLimit is what one alert to a thousand channels may take; Discord's own limit makes
	// it 20 s (design.md §8).
	simLimit = 22 * time.Second
)

// simWords is a renderer for whom every message says the same.
type simWords struct{}

func (simWords) Render(context.Context, notify.Message) (string, int, error) {
	return "Truce signed", 1, nil
}

// newSimEdge is an edge as far away as Discord is, with some jitter on the way.
func newSimEdge(t *testing.T) (*edge, *Bot, *transport) {
	t.Helper()
	e, b, tr := newEdge(t, nil)
	e.way = func(n int) (there, back time.Duration) {
		return time.Duration(20+n*37%30) * time.Millisecond, time.Duration(60+n*53%90) * time.Millisecond
	}
	return e, b, tr
}

func simChannel(i int) guild.ChannelID { return guild.ChannelID(fmt.Sprint(10000 + i)) }

// One alert is owed to a thousand channels, and the real dispatcher delivers it through the
// real poster and sender.
func TestSimOneAlertReachesAThousandChannelsWithinDiscordsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newSimEdge(t)
		memory := new(notifytest.Memory)
		var owed []notify.Message
		for i := range simChannels {
			owed = append(owed, notify.Message{
				Key: fmt.Sprint("post/", i), Guild: guild.ID(fmt.Sprint(1 + i/3)), Channel: simChannel(i),
				Form: notify.FormPost, Reason: news.ReasonFirst, Development: "d1", Severity: news.Critical, Want: 1,
				Ref: fmt.Sprintf("R%03d", i), DueAt: time.Now(), OwedAt: time.Now(), State: notify.StateOwed,
			})
		}
		check(t, memory.Owe(t.Context(), owed...))
		start := time.Now()
		sent := must[int](t)(notify.NewDispatcher(memory, b, simWords{}, slog.New(slog.DiscardHandler)).Drain(t.Context()))
		took := time.Since(start)
		if took > simLimit {
			t.Errorf("took %s, want at most %s", took, simLimit)
		}
		if len(e.limited) != 0 {
			t.Errorf("%d answers were 429, want none", len(e.limited))
		}
		if n := e.busiest(); n > 50 {
			t.Errorf("%d requests in a second, Discord allows 50", n)
		}
		if sent != simChannels || len(e.posted) != simChannels || e.sent != simChannels {
			t.Errorf("%d sent, %d channels reached by %d requests, want %d each", sent, len(e.posted), e.sent, simChannels)
		}
		t.Logf("%d channels in %s, at most %d requests in a second, %d times 429", len(e.posted), took, e.busiest(), len(e.limited))
	})
}

// The harness must be able to tell: the same fan-out by a thousand goroutines without the
// pace draws what the sender is there to avoid, until the budget stops it.
func TestNegativeNaiveFanOutDrawsRateLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, tr := newSimEdge(t)
		tr.pace.every = 0
		var wg sync.WaitGroup
		for i := range simChannels {
			wg.Go(func() { _, _ = b.Create(t.Context(), postTo(string(simChannel(i)), fmt.Sprint("n", i))) })
		}
		wg.Wait()
		if len(e.limited) < simChannels-50 || e.busiest() <= 50 {
			t.Errorf("%d answers were 429, at most %d requests in a second: nothing was naive", len(e.limited), e.busiest())
		}
		if len(e.limited) > maxInvalid {
			t.Errorf("%d refusals, want at most %d", len(e.limited), maxInvalid)
		}
		t.Logf("at most %d requests in a second, %d times 429, %d of %d channels reached", e.busiest(), len(e.limited), len(e.posted), simChannels)
	})
}
