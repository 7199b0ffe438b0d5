package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"trucewire/bot/localdiscord"
	"trucewire/config"
	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

// hall is a service in this process whose one feed is followed by many channels: real
// HTTP to the feed and to Discord, a real database, a domain clock that the benchmark sets.
type hall struct {
	*world
	service *service
	now     time.Time

	mu     sync.Mutex
	posts  []time.Time // real time of each create that Discord answered
	refuse int         // answers with 429
}

const perServer = 50 // subscriptions that a server may have

// newHall subscribes channels and polls the feed once, which is the baseline.
func newHall(b *testing.B, channels int) *hall {
	b.Helper()
	h := &hall{now: time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)}
	h.world = newWorldOn(b, localdiscord.Options{RateLimits: true, Observe: h.observe})
	go h.ignorePosts(b.Context()) // the context ends with the benchmark
	catalogue, err := config.LoadCatalogue(h.catalog)
	must(b, err)
	h.service, err = newService(b.Context(), plan{
		settings: config.Settings{
			Token: config.NewSecret(canaryToken), DataDir: h.data, DiscordAPI: h.discord.URL(), AllowLoopback: true, PollEvery: time.Minute, Workers: 4,
		},
		catalogue: catalogue, log: slog.New(slog.DiscardHandler), now: h.clock,
	})
	must(b, err)
	b.Cleanup(func() { must(b, h.service.close()) })
	h.subscribe(b, channels)
	must(b, h.service.poll(b.Context()))
	return h
}

// ignorePosts takes what the world tells of posts, so that it does not wait for a reader.
func (h *hall) ignorePosts(ctx context.Context) {
	for {
		select {
		case <-h.created:
		case <-ctx.Done():
			return
		}
	}
}

// run runs the dispatcher until the benchmark ends.
func (h *hall) run(b *testing.B) {
	b.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.service.dispatcher.Run(ctx) }()
	b.Cleanup(func() { cancel(); must(b, <-ended) })
}

func (h *hall) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *hall) observe(r localdiscord.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case r.Status == http.StatusTooManyRequests:
		h.refuse++
	case r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/messages"):
		h.posts = append(h.posts, time.Now())
	}
}

func (h *hall) subscribe(b *testing.B, channels int) {
	b.Helper()
	var server string
	for i := range channels {
		if i%perServer == 0 {
			var err error
			server, err = h.discord.AddGuild(localdiscord.Guild{Name: fmt.Sprint("Server ", i)})
			must(b, err)
			must(b, h.service.store.SeeGuild(b.Context(), guild.ID(server), "Server", h.now))
		}
		channel, err := h.discord.AddChannel(localdiscord.Channel{Guild: server, Name: fmt.Sprint("news-", i)})
		must(b, err)
		_, err = h.service.store.AddSubscription(b.Context(), notify.Subscription{
			Guild: guild.ID(server), Channel: guild.ChannelID(channel), Severity: news.Major, CreatedAt: h.now,
		}, guild.AuditEntry{Guild: guild.ID(server), At: h.now, Action: "alerts add"})
		must(b, err)
	}
}

// publishAndPoll publishes the nth truce and polls the feed.
func (h *hall) publishAndPoll(b *testing.B, n int) {
	b.Helper()
	h.mu.Lock()
	h.posts = h.posts[:0]
	h.now = h.now.Add(20 * 24 * time.Hour) // what was told is out of the window
	now := h.now
	h.mu.Unlock()
	title, text := truceStory(n % 13)
	h.world.mu.Lock()
	h.items = []storyItem{{At: now, Slug: fmt.Sprint("item-", n), Title: title, Text: text}}
	h.world.mu.Unlock()
	must(b, h.service.poll(b.Context()))
}

// round publishes the nth truce, waits until every channel has its post, and returns how
// long after the end of the fetch the first and the last of them stood.
func (h *hall) round(b *testing.B, n, channels int) (first, last time.Duration) {
	b.Helper()
	h.publishAndPoll(b, n)
	end := time.Now().Add(patience)
	for h.posted() < channels {
		if time.Now().After(end) {
			b.Fatalf("round %d: %d of %d posts came", n, h.posted(), channels)
		}
		time.Sleep(10 * time.Millisecond)
	}
	h.world.mu.Lock()
	served := h.served
	h.world.mu.Unlock()
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.posts[0].Sub(served), h.posts[channels-1].Sub(served)
}

func (h *hall) posted() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.posts)
}

// BenchmarkFirstPost is the time from the end of a fetch to the first create that Discord
// answered, a hundred channels following and nothing settling: parsing, reading, filing,
// planning, the commit, the wake, intent, rendering and the sender.
func BenchmarkFirstPost(b *testing.B) {
	const channels = 100
	h := newHall(b, channels)
	h.run(b)
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		first, _ := h.round(b, n, channels)
		took = append(took, first)
	}
	slices.Sort(took)
	b.ReportMetric(milliseconds(took[(len(took)-1)/2]), "p50-ms")
	b.ReportMetric(milliseconds(took[(len(took)*99+99)/100-1]), "p99-ms")
	b.ReportMetric(float64(h.refuse), "429s")
}

// BenchmarkFanOut is one alert to a thousand channels in real time, against a Discord that
// enforces its limits. Discord's own limit makes it 20 s.
func BenchmarkFanOut(b *testing.B) {
	const channels = 1000
	h := newHall(b, channels)
	h.run(b)
	var all time.Duration
	n := 0
	for ; b.Loop(); n++ {
		_, last := h.round(b, n, channels)
		all += last
	}
	b.ReportMetric((all / time.Duration(n)).Seconds(), "s/alert")
	b.ReportMetric(float64(h.refuse), "429s")
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// instantly is a Discord without distance or limits.
type instantly struct{}

func (instantly) Create(context.Context, notify.Post) (guild.MessageID, error) { return "9", nil }
func (instantly) Edit(context.Context, guild.MessageID, notify.Post) error     { return nil }
func (instantly) Find(context.Context, guild.ChannelID, string, time.Time) (guild.MessageID, bool, error) {
	return "", false, nil
}

// BenchmarkDispatcher is what the dispatcher itself can do: rendering, intent and receipt of
// posts to a thousand channels, durable on disk, with a Discord that answers at once.
func BenchmarkDispatcher(b *testing.B) {
	const channels = 1000
	h := newHall(b, channels)
	h.service.dispatcher = notify.NewDispatcher(h.service.store, instantly{}, &renderer{store: h.service.store, writer: h.service.writer, now: h.clock}, h.service.log)
	h.service.dispatcher.Now = h.clock
	sent := 0
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		h.publishAndPoll(b, n)
		b.StartTimer()
		done, err := h.service.dispatcher.Drain(b.Context())
		must(b, err)
		sent += done
	}
	if sent < channels {
		b.Fatalf("%d posts of %d", sent, channels)
	}
	b.ReportMetric(float64(sent)/b.Elapsed().Seconds(), "posts/s")
}
