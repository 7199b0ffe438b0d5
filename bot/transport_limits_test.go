package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"

	"trucewire/notify"
)

// Whatever the scheduler does to those who wait, no second holds more than Discord allows,
// and two are left to the way.
func TestPaceHoldsInEverySecond(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 7))
		p, now := newPacer(requestsPerSecond, requestBurst), time.Unix(1_800_000_000, 0)
		var gone []time.Time
		for range 500 {
			_, d := p.next(now)
			if d <= 0 {
				gone = append(gone, now)
				if rng.IntN(100) == 0 { // a rest, or a stall of the machine
					now = now.Add(time.Duration(rng.Int64N(int64(3 * time.Second))))
				}
				continue
			}
			now = now.Add(d)
			if seed%2 == 0 && rng.IntN(4) == 0 { // woken late
				now = now.Add(time.Duration(rng.Int64N(int64(200 * time.Millisecond))))
			}
		}
		if n := busiest(gone, time.Second-1); n > requestsPerSecond {
			t.Fatalf("seed %d: %d requests in a second, want at most %d", seed, n, requestsPerSecond)
		}
		if n := busiest(gone, 0); n > requestBurst {
			t.Fatalf("seed %d: %d requests at once, want at most %d", seed, n, requestBurst)
		}
	}
}

// A pace that is too careful would be as bad: nothing is given away.
func TestPaceUsesWhatDiscordAllows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, start := newPacer(requestsPerSecond, requestBurst), time.Now()
		for range 10*requestsPerSecond + 1 {
			check(t, p.wait(t.Context(), time.Minute))
		}
		if took := time.Since(start); took > 10*time.Second+50*time.Millisecond {
			t.Errorf("480 requests took %s, want 10 s", took)
		}
	})
}

func TestARouteThatIsNotKnownIsTriedOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		e.way = func(int) (there, back time.Duration) { return 0, time.Second }
		e.answer = func(n int, _ *http.Request) *http.Response {
			if n < 2 { // says nothing of a limit
				return response(http.StatusOK, nil, `{"id":"9"}`)
			}
			return response(http.StatusOK, bucketHeader("told", 5, 5-(n-1), time.Minute), `{"id":"9"}`)
		}
		start := time.Now()
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() { check(t, write(t.Context(), b, "200")) })
		}
		wg.Wait()
		// Two that tell nothing and one that does, each alone; then three at once.
		if took := time.Since(start); took < 4*time.Second || took > 4100*time.Millisecond {
			t.Errorf("six calls took %s, want 4 s", took)
		}
		if n := e.most["channels/200/messages"]; n != 3 {
			t.Errorf("%d requests at once, want 3", n)
		}
	})
}

func TestBucketIsLeftAloneUntilItResets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		e.way = func(n int) (there, back time.Duration) {
			return 10 * time.Millisecond, time.Duration(n*37%90) * time.Millisecond // answers overtake one another
		}
		start := time.Now()
		var wg sync.WaitGroup
		for i := range 25 {
			wg.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				for { // a write that has to wait for long comes back; its caller asks again
					_, err := b.Create(ctx, postTo("200", fmt.Sprint("n", i)))
					again, ok := errors.AsType[*notify.RetryError](err)
					if !ok {
						check(t, err)
						return
					}
					check(t, sleep(ctx, again.After))
				}
			})
		}
		wg.Wait()
		if len(e.limited) != 0 {
			t.Errorf("%d answers were 429, want none", len(e.limited))
		}
		if n := len(e.posted["200"]); n != 25 {
			t.Errorf("%d messages, want 25", n)
		}
		if took := time.Since(start); took < 20*time.Second || took > 25*time.Second {
			t.Errorf("25 messages at five in five seconds took %s", took)
		}
	})
}

// Discord's name of a bucket decides, not the route: posting and editing may share one, and
// channels never do.
func TestBucketIsWhatDiscordCallsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		e.answer = func(_ int, r *http.Request) *http.Response {
			left := 1
			if r.Method == http.MethodPatch {
				left = 0
			}
			return response(http.StatusOK, bucketHeader("shared", 2, left, 4*time.Second), `{"id":"9"}`)
		}
		edit := func(channel string) error {
			return b.rest.do(t.Context(), http.MethodPatch, discordgo.EndpointChannelMessage(channel, "9"), struct{}{}, nil)
		}
		check(t, write(t.Context(), b, "1"))
		check(t, edit("1")) // teaches that both routes share a bucket
		start := time.Now()
		check(t, write(t.Context(), b, "2"))
		check(t, edit("2"))
		if took := time.Since(start); took > time.Second {
			t.Errorf("another channel waited %s", took)
		}
		check(t, write(t.Context(), b, "1"))
		if took := time.Since(start); took < 3900*time.Millisecond || took > 4100*time.Millisecond {
			t.Errorf("the next post waited %s, want the 4 s of the bucket that the edit used up", took)
		}
	})
}

// The request is made again, the same to the byte and with its nonce, after the time that
// the answer names in whichever way.
func TestWhatWasRefusedForThePaceIsSentAgain(t *testing.T) {
	user := func() http.Header { return bucketHeader("b", 5, 0, 1500*time.Millisecond) }
	for name, c := range map[string]struct {
		header http.Header
		body   string
		want   time.Duration
	}{
		"body with fractions":        {user(), `{"retry_after":1.5,"global":false}`, 1500 * time.Millisecond},
		"header with fractions":      {http.Header{"Retry-After": {"1.25"}}, `{}`, 1250 * time.Millisecond},
		"shared":                     {http.Header{"Retry-After": {"2"}, "X-Ratelimit-Scope": {"shared"}}, `{}`, 2 * time.Second},
		"global without Reset-After": {http.Header{"X-Ratelimit-Global": {"true"}, "Retry-After": {"2"}}, `{"retry_after":1.75,"global":true}`, 1750 * time.Millisecond},
		"HTML":                       {http.Header{"Retry-After": {"3"}, "Content-Type": {"text/html"}}, `<html>1015</html>`, 3 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e, b, _ := newEdge(t, nil)
				e.answer = func(n int, _ *http.Request) *http.Response {
					if n == 0 {
						return response(http.StatusTooManyRequests, c.header.Clone(), c.body)
					}
					return response(http.StatusOK, nil, `{"id":"9"}`)
				}
				start := time.Now()
				_, err := b.Create(t.Context(), postTo("200", "nonce-1"))
				check(t, err)
				if took := time.Since(start); took < c.want || took > c.want+time.Second {
					t.Errorf("again after %s, want %s and a little", took, c.want)
				}
				if len(e.bodies) != 2 || e.bodies[0] != e.bodies[1] || !strings.Contains(e.bodies[0], `"nonce":"nonce-1"`) {
					t.Errorf("sent %q", e.bodies)
				}
			})
		})
	}
}

func TestWaitsAreJittered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		waits := map[time.Duration]bool{}
		for range 20 {
			e, b, _ := newEdge(t, nil)
			e.answer = func(n int, _ *http.Request) *http.Response {
				if n == 0 {
					return response(http.StatusBadGateway, nil, "<html>")
				}
				return response(http.StatusOK, nil, `{"id":"1"}`)
			}
			start := time.Now()
			must[Self](t)(b.self(t.Context())) // a read has no effect, so it is made again
			waits[time.Since(start)] = true
		}
		if len(waits) < 15 {
			t.Errorf("%d different waits of 20", len(waits))
		}
		for w := range waits {
			if w >= retryPause {
				t.Errorf("first wait %s, want less than %s", w, retryPause)
			}
		}
	})
}

func TestNoRequestIsMadeForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		e.answer = always(http.StatusTooManyRequests, http.Header{"Retry-After": {"1"}}, `{}`)
		if err := write(t.Context(), b, "200"); err == nil || e.sent != sendTries {
			t.Errorf("error %v after %d requests, want a refusal after %d", err, e.sent, sendTries)
		}
	})
}

// A wait that is over only after the caller's end is no use: the caller learns at once, and
// is free for other channels.
func TestLongLimitsComeBackAtOnce(t *testing.T) {
	for name, h := range map[string]http.Header{
		"of the route":    bucketHeader("b", 10, 0, time.Hour),
		"told too early":  bucketHeader("b", 10, 3, time.Minute), // the body knows better
		"without headers": {},
		"shared":          {"X-Ratelimit-Scope": {"shared"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				e, b, _ := newEdge(t, nil)
				e.answer = always(http.StatusTooManyRequests, h, `{"retry_after":3600.0}`)
				for range 3 {
					start := time.Now()
					_, err := b.Create(t.Context(), postTo("200", "n"))
					again, ok := errors.AsType[*notify.RetryError](err)
					if !ok || again.After < 59*time.Minute || time.Since(start) > 0 {
						t.Errorf("error %v after %s, want an hour to wait, at once", err, time.Since(start))
					}
				}
				if e.sent != 1 {
					t.Errorf("%d requests, want 1: the others could know", e.sent)
				}
			})
		})
	}
}

func TestWaitsEndWithTheirContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, tr := newEdge(t, nil)
		e.answer = func(int, *http.Request) *http.Response {
			return response(http.StatusOK, bucketHeader("b", 1, 0, 4*time.Second), `{"id":"9"}`)
		}
		check(t, write(t.Context(), b, "200"))
		var wg sync.WaitGroup
		ctx, cancel := context.WithCancel(t.Context())
		start := time.Now()
		for range 3 { // one waits for the bucket, two for their turn
			wg.Go(func() {
				err := write(ctx, b, "200")
				if _, ok := errors.AsType[*notSentError](err); !ok || !errors.Is(err, context.Canceled) || time.Since(start) != time.Second {
					t.Errorf("error %v after %s, want the end of the context after 1 s", err, time.Since(start))
				}
			})
		}
		time.Sleep(time.Second)
		cancel()
		wg.Wait()
		tr.pace.hold(time.Now().Add(3 * time.Second))
		ctx, cancel = context.WithTimeout(t.Context(), 4*time.Second)
		defer cancel()
		start = time.Now()
		check(t, write(ctx, b, "201"))
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("waited %s for the bot's limit, want 3 s", took)
		}
	})
}

// A channel that Discord slows down (its own slow mode, an old message) must not slow the
// other writes to it.
func TestARefusalOfOneActionIsNotALimitOfTheRoute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		e.answer = func(n int, _ *http.Request) *http.Response {
			if n == 0 {
				return response(http.StatusTooManyRequests, http.Header{"Retry-After": {"1800"}}, `{"code":30046,"retry_after":1800.0}`)
			}
			return response(http.StatusOK, nil, `{"id":"9"}`)
		}
		err := b.Edit(t.Context(), "7", postTo("200", ""))
		if again, ok := errors.AsType[*notify.RetryError](err); !ok || again.After != 30*time.Minute || e.sent != 1 {
			t.Fatalf("error %v after %d requests", err, e.sent)
		}
		check(t, b.Edit(t.Context(), "8", postTo("200", "")))
	})
}

func TestInteractionsNeverWaitBehindTheBotsOwnTraffic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, tr := newEdge(t, nil)
		e.free = true
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for i := range 500 { // ten seconds of work
			wg.Go(func() { _ = write(ctx, b, fmt.Sprint(i)) })
		}
		synctest.Wait()
		tr.pace.hold(time.Now().Add(2 * time.Second))
		start := time.Now()
		for i := range 100 {
			token := fmt.Sprint("t", i)
			check(t, b.rest.do(ctx, http.MethodPost, discordgo.EndpointInteractionResponse(fmt.Sprint(i), token), struct{}{}, nil))
			check(t, b.rest.do(ctx, http.MethodPatch, discordgo.EndpointInteractionResponseActions("7", token), struct{}{}, nil))
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("100 interactions waited %s", took)
		}
		cancel()
		wg.Wait()
	})
}

// discordgo makes all of them queue in one bucket.
func TestInteractionsNeverWaitForOneAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		e.way = func(int) (there, back time.Duration) { return 0, time.Second }
		start := time.Now()
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				token := fmt.Sprint("t", i)
				check(t, b.rest.do(t.Context(), http.MethodPost, discordgo.EndpointInteractionResponse(fmt.Sprint(i), token), struct{}{}, nil))
				check(t, b.rest.do(t.Context(), http.MethodPatch, discordgo.EndpointInteractionResponseActions("7", token), struct{}{}, nil))
			})
		}
		wg.Wait()
		if took := time.Since(start); took != 2*time.Second {
			t.Errorf("200 interactions of two calls took %s, want the 2 s of one", took)
		}
	})
}

// A bot that answers for months must not keep anything of it, nor of the channels it wrote to.
func TestNothingIsKeptOfWhatIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, tr := newEdge(t, nil)
		e.answer = func(_ int, r *http.Request) *http.Response {
			left := 3
			if strings.Contains(r.URL.Path, "5/") { // some are used up
				left = 0
			}
			return response(http.StatusOK, bucketHeader("hash", 5, left, time.Second), `{"id":"9"}`)
		}
		for i := range 3000 {
			token := fmt.Sprint("token-", i)
			check(t, b.rest.do(t.Context(), http.MethodPost, discordgo.EndpointInteractionResponse(fmt.Sprint(i), token), struct{}{}, nil))
			check(t, b.rest.do(t.Context(), http.MethodPatch, discordgo.EndpointInteractionResponseActions("7", token), struct{}{}, nil))
			if n := len(tr.buckets.open); n > 2*sweepEvery+requestsPerSecond {
				t.Fatalf("%d buckets after %d interactions", n, i+1)
			}
			time.Sleep(10 * time.Millisecond)
		}
		for i := range 300 {
			check(t, write(t.Context(), b, fmt.Sprint(i)))
		}
		time.Sleep(2 * time.Second)
		tr.buckets.sweep(time.Now())
		if n := len(tr.buckets.open); n != 0 {
			t.Errorf("%d buckets are kept, want none", n)
		}
		if n := len(tr.buckets.names); n > 4 {
			t.Errorf("%d names of buckets are kept: %v", n, tr.buckets.names)
		}
	})
}

// The answers of a window may arrive in any order and with gaps; the sender must not wait for
// one that never comes.
func TestLostAnswersDoNotBlockABucket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		e.way = func(int) (there, back time.Duration) { return 0, 100 * time.Millisecond }
		e.answer = func(n int, _ *http.Request) *http.Response {
			if n > 0 {
				return response(http.StatusBadGateway, nil, "<html>") // no headers
			}
			return response(http.StatusOK, bucketHeader("b", 2, 0, time.Second), `{"id":"9"}`)
		}
		check(t, write(t.Context(), b, "200"))
		var wg sync.WaitGroup
		for range 6 { // after the reset two go, and neither brings word of the window
			wg.Go(func() { _ = write(t.Context(), b, "200") })
		}
		wg.Wait()
		if e.sent != 7 {
			t.Errorf("%d requests, want 7", e.sent)
		}
	})
}

// Discord bans an address for 10,000 refusals in ten minutes.
func TestTooManyRefusalsStopTheSenderOnceAndForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := new(journal)
		e, b, _ := newEdge(t, slog.New(slog.NewTextHandler(log, nil)))
		refuse := true
		var refused []time.Time
		e.answer = func(int, *http.Request) *http.Response {
			if refuse {
				refused = append(refused, time.Now())
				return response(http.StatusForbidden, nil, `{"code":50001,"message":"Missing Access"}`)
			}
			return response(http.StatusOK, nil, `{"id":"9"}`)
		}
		var stopped time.Duration
		start := time.Now()
		for i := 0; time.Since(start) < 35*time.Minute; i++ {
			err := write(t.Context(), b, fmt.Sprint(i))
			if e, ok := errors.AsType[*notSentError](err); ok {
				stopped = max(stopped, e.after)
				time.Sleep(10 * time.Second)
			}
		}
		if n := busiest(refused, invalidWindow-time.Millisecond); n > maxInvalid || n < maxInvalid-invalidReserve {
			t.Errorf("%d refusals in ten minutes, want nearly %d", n, maxInvalid)
		}
		if stopped <= 0 || stopped > invalidWindow {
			t.Errorf("stopped for %s, want up to ten minutes", stopped)
		}
		if said, on := strings.Count(log.String(), "requests stop"), strings.Count(log.String(), "requests go on"); said < 2 || said > 4 || on < said-1 {
			t.Errorf("said %d times that requests stop, %d times that they go on; want once each time:\n%s", said, on, log)
		}
		refuse = false
		// A member who asks meanwhile is answered.
		check(t, b.rest.do(t.Context(), http.MethodPost, discordgo.EndpointInteractionResponse("1", "t"), struct{}{}, nil))
		time.Sleep(invalidWindow)
		check(t, write(t.Context(), b, "1"))
	})
}

func TestWhatDiscordDoesNotCountIsNotCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, tr := newEdge(t, nil)
		e.answer = always(http.StatusTooManyRequests, http.Header{"X-Ratelimit-Scope": {"shared"}, "Retry-After": {"60"}}, `{}`)
		for i := range 100 {
			_ = write(t.Context(), b, fmt.Sprint(i))
		}
		e.answer = always(http.StatusNotFound, nil, `{"code":10003}`)
		for i := range 100 {
			_ = write(t.Context(), b, fmt.Sprint(1000+i))
		}
		if n := len(tr.budget.spent); n != 0 || tr.budget.flying != 0 {
			t.Errorf("%d counted, %d under way; want none", n, tr.budget.flying)
		}
	})
}

// A refused token is refused for every further request, and each would count.
func TestNothingIsSentAfterTheTokenWasRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, b, _ := newEdge(t, nil)
		e.answer = always(http.StatusUnauthorized, nil, `{"code":0,"message":"401: Unauthorized"}`)
		for i := range 5 {
			if _, err := b.Create(t.Context(), postTo(fmt.Sprint(i), "n")); !errors.Is(err, notify.ErrToken) {
				t.Errorf("error %v, want ErrToken", err)
			}
		}
		if e.sent != 1 {
			t.Errorf("%d requests, want 1", e.sent)
		}
	})
}

func TestABlockedAddressIsLeftAlone(t *testing.T) {
	for name, body := range map[string]string{"HTML": "<html>Access denied</html>", "code": `{"code":40333,"message":"internal network error"}`} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log := new(journal)
				e, b, _ := newEdge(t, slog.New(slog.NewTextHandler(log, nil)))
				e.answer = always(http.StatusForbidden, nil, body)
				for i := range 20 {
					_, err := b.Create(t.Context(), postTo(fmt.Sprint(i), "n"))
					if again, ok := errors.AsType[*notify.RetryError](err); !ok || again.After < 5*time.Minute {
						t.Errorf("error %v, want minutes to wait", err)
					}
				}
				if e.sent != 1 || strings.Count(log.String(), "blocks this address") != 1 {
					t.Errorf("%d requests; want 1 and one line:\n%s", e.sent, log)
				}
				time.Sleep(cloudflareRetry)
				e.answer = nil
				check(t, write(t.Context(), b, "1"))
			})
		})
	}
}
