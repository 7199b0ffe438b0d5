package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/time/rate"

	"trucewire/bot/localdiscord"
	"trucewire/bot/localdiscord/discordspec"
	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience bounds what waits for the other side; no test passes because of it.
const patience = 30 * time.Second

// canary is the bot's token in tests: it must not turn up in any log line or error.
const canary = "canary-token-7f3a9c"

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// journal is a log that tests read. Safe for concurrent use.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

// desk is everything the bot asks, as stubs. A nil function gives a harmless answer.
type desk struct {
	status func(ctx context.Context, g guild.ID, c news.ConflictID) (string, error)
	latest func(ctx context.Context, g guild.ID, q LatestQuery) (string, error)
	feeds  func(ctx context.Context, g guild.ID) (string, error)
	add    func(by guild.Actor, s notify.Subscription) (notify.Subscription, error)
	feed   func(ctx context.Context, by guild.Actor, url string) (sources.Tested, error)

	mu      sync.Mutex
	subs    []notify.Subscription
	touched int // calls that change something
	marks   map[string]string
	events  []string
	stirred chan struct{}
}

func (d *desk) Status(ctx context.Context, g guild.ID, c news.ConflictID) (string, error) {
	if d.status == nil {
		return "Status of " + orElse(string(c), "everything") + " in " + string(g), nil
	}
	return d.status(ctx, g, c)
}

func (d *desk) Latest(ctx context.Context, g guild.ID, q LatestQuery) (string, error) {
	if d.latest == nil {
		return "Latest", nil
	}
	return d.latest(ctx, g, q)
}

func (d *desk) Next(_ context.Context, g guild.ID, days int) (string, error) {
	return fmt.Sprintf("Next %d days in %s", days, g), nil
}

func (d *desk) Sources(ctx context.Context, g guild.ID) (string, error) {
	if d.feeds == nil {
		return "Sources", nil
	}
	return d.feeds(ctx, g)
}

func (d *desk) AddAlert(_ context.Context, by guild.Actor, s notify.Subscription) (notify.Subscription, error) {
	return d.keep(by, s)
}

func (d *desk) AddDigest(_ context.Context, by guild.Actor, s notify.Subscription) (notify.Subscription, error) {
	s.Schedule = orElse(s.Schedule, "0 8 * * *")
	return d.keep(by, s)
}

func (d *desk) keep(by guild.Actor, s notify.Subscription) (notify.Subscription, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.touched++
	if d.add != nil {
		return d.add(by, s)
	}
	s.ID = notify.SubscriptionID(len(d.subs) + 1)
	d.subs = append(d.subs, s)
	return s, nil
}

func (d *desk) Remove(_ context.Context, by guild.Actor, id notify.SubscriptionID) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.touched++
	for i, s := range d.subs {
		if s.ID == id && s.Guild == by.Guild {
			d.subs = append(d.subs[:i], d.subs[i+1:]...)
			return nil
		}
	}
	return notify.ErrNotFound
}

func (d *desk) List(_ context.Context, g guild.ID) ([]notify.Subscription, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var mine []notify.Subscription
	for _, s := range d.subs {
		if s.Guild == g {
			mine = append(mine, s)
		}
	}
	return mine, nil
}

func (d *desk) DigestNow(_ context.Context, _ guild.Actor, id notify.SubscriptionID) error {
	d.tell(fmt.Sprintf("digest now %d", id))
	return nil
}

// shelf is the desk as a SourceBook, whose method names clash with those of Alerts.
type shelf struct{ *desk }

func (s shelf) Add(ctx context.Context, by guild.Actor, url string) (sources.Tested, error) {
	s.mu.Lock()
	s.touched++
	s.mu.Unlock()
	if s.feed != nil {
		return s.feed(ctx, by, url)
	}
	return sources.Tested{Source: sources.Source{ID: "own-1", Name: "A *feed*", URL: url, Own: true}}, nil
}

func (s shelf) Remove(_ context.Context, _ guild.Actor, ref string) (sources.Source, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.touched++
	return sources.Source{ID: news.SourceID(ref), Name: ref}, nil
}

func (s shelf) List(context.Context, guild.Actor) ([]sources.Check, error) {
	return []sources.Check{
		{Source: sources.Source{ID: "bbc", Name: "Catalogue feed"}},
		{Source: sources.Source{ID: "own-1", Name: "Harbour Wire", Own: true}, State: sources.State{Problem: "the server answered 404"}},
	}, nil
}

func (d *desk) Joined(_ context.Context, g guild.ID, name string) error {
	d.tell("joined " + string(g) + " " + name)
	return nil
}

func (d *desk) Left(_ context.Context, g guild.ID) error {
	d.tell("left " + string(g))
	return nil
}

func (d *desk) ChannelGone(_ context.Context, g guild.ID, c guild.ChannelID) error {
	d.tell("gone " + string(g) + " " + string(c))
	return nil
}

func (d *desk) Marked(_ context.Context, name string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.marks[name], nil
}

func (d *desk) Mark(_ context.Context, name, value string) error {
	d.mu.Lock()
	if d.marks == nil {
		d.marks = map[string]string{}
	}
	d.marks[name] = value
	d.mu.Unlock()
	d.tell("mark " + name)
	return nil
}

func (d *desk) tell(event string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.events = append(d.events, event)
	if d.stirred != nil {
		close(d.stirred)
		d.stirred = nil
	}
}

// waitFor waits until an event was told that has the prefix.
func (d *desk) waitFor(t testing.TB, prefix string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for {
		d.mu.Lock()
		for _, e := range d.events {
			if strings.HasPrefix(e, prefix) {
				d.mu.Unlock()
				return
			}
		}
		if d.stirred == nil {
			d.stirred = make(chan struct{})
		}
		stirred, told := d.stirred, strings.Join(d.events, "; ")
		d.mu.Unlock()
		select {
		case <-stirred:
		case <-ctx.Done():
			t.Fatalf("no event %q; told: %s", prefix, told)
		}
	}
}

func (d *desk) changes() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.touched
}

func catalogue() *news.Catalogue {
	c := &news.Catalogue{Conflicts: []news.Conflict{
		{ID: "libya", Name: "Libya", Aliases: map[string][]string{"ar": {"ليبيا"}}},
		{ID: "sudan", Name: "Sudan"},
		{ID: "south-sudan", Name: "South Sudan"},
	}}
	for i := range 30 {
		c.Conflicts = append(c.Conflicts, news.Conflict{ID: news.ConflictID(fmt.Sprintf("isle-%02d", i)), Name: fmt.Sprintf("Isle %02d", i)})
	}
	return c
}

// openAPI is Discord's own description of its requests; it is not part of the repository.
const openAPI = "../../shared/discord/openapi.json"

// specification checks every request against it; nil where it is absent.
var specification = sync.OnceValue(func() func(method, path string, body []byte) error {
	spec, err := discordspec.Load(openAPI)
	if err != nil {
		return nil
	}
	return spec.Check
})

func TestSpecificationIsChecked(t *testing.T) {
	if specification() == nil {
		t.Skipf("requests are not checked against the specification: %s is absent", openAPI)
	}
}

// stage is a small Discord with a server, a channel, a moderator and a member, and a bot
// that is not running yet.
type stage struct {
	*localdiscord.Server
	bot  *Bot
	desk *desk
	log  *journal

	guild, news, mod, ann string
}

func newStage(t testing.TB, opt localdiscord.Options, d *desk) *stage {
	t.Helper()
	return newStageThatChecks(t, opt, d, specification())
}

// newStageThatChecks lets the test run beside others: most of its time discordgo spends
// saying goodbye.
func newStageThatChecks(t testing.TB, opt localdiscord.Options, d *desk, spec func(method, path string, body []byte) error) *stage {
	t.Helper()
	if test, ok := t.(*testing.T); ok {
		test.Parallel()
	}
	opt.Token = canary
	if opt.AnswerWithin == 0 {
		opt.AnswerWithin = patience
	}
	s := &stage{Server: localdiscord.New(opt), desk: d, log: &journal{}}
	s.Check = spec
	check(t, s.Start())
	t.Cleanup(func() { check(t, s.Close()) })
	id := must[string](t)
	s.mod = id(s.AddUser(localdiscord.User{Name: "amal"}))
	s.ann = id(s.AddUser(localdiscord.User{Name: "ann"}))
	s.guild = id(s.AddGuild(localdiscord.Guild{Name: "Harbour desk"}))
	s.news = id(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "news"}))
	check(t, s.AddMember(s.guild, s.mod, localdiscord.ManageGuild))
	check(t, s.AddMember(s.guild, s.ann, 0))
	s.bot = s.newBot(t, canary)
	t.Cleanup(func() { s.noSecret(t, s.log.String()) })
	return s
}

func (s *stage) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (s *stage) newBot(t testing.TB, token string) *Bot {
	t.Helper()
	b := must[*Bot](t)(New(Config{
		Token: token, API: s.URL(), ApplicationURL: "https://news.example/bot", Version: "test", Log: s.logger(),
	}, Deps{Catalogue: catalogue(), Answers: s.desk, Alerts: s.desk, Sources: shelf{s.desk}, Guilds: s.desk, Marks: s.desk}))
	b.gate.tempo = tempo{
		idle: patience, open: patience, close: patience, backoff: 4 * time.Millisecond,
		backoffMost: 50 * time.Millisecond, steady: time.Minute, identify: time.Millisecond,
	}
	b.app.ack, b.app.reply.within = patience, patience // a slow machine is not a late answer
	b.gate.spaced = rate.NewLimiter(rate.Inf, 1)
	b.gate.daily = rate.NewLimiter(rate.Inf, 1)
	return b
}

// run runs the bot until the test ends and waits until it is on the gateway with its
// commands registered.
func (s *stage) run(t testing.TB) {
	t.Helper()
	s.start(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	check(t, s.WaitConnected(ctx))
	check(t, s.WaitCommands(ctx))
}

// start runs the bot until the test ends; Run must then return nil.
func (s *stage) start(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.bot.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			check(t, err)
		case <-time.After(patience):
			t.Error("the bot does not stop")
		}
	})
}

// runToEnd runs the bot and returns what Run returned.
func (s *stage) runToEnd(t testing.TB, b *Bot) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	err := b.Run(ctx)
	if ctx.Err() != nil {
		t.Fatal("the bot does not stop by itself")
	}
	return err
}

// noSecret fails if a text holds the token or an interaction token.
func (s *stage) noSecret(t testing.TB, text string) {
	t.Helper()
	if strings.Contains(text, canary) {
		t.Errorf("the token is in: %s", text)
	}
}

// invoke gives a command as a member.
func (s *stage) invoke(t testing.TB, user, line string) localdiscord.Response {
	t.Helper()
	r, err := s.tryInvoke(t, user, line)
	if err != nil {
		t.Fatalf("%s: %v\nlog: %s", line, err, s.log)
	}
	return r
}

func (s *stage) tryInvoke(t testing.TB, user, line string) (localdiscord.Response, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	in, err := s.Parse(s.guild, s.news, user, line)
	check(t, err)
	in.Force = true // an administrator may show any command to anyone
	return s.Invoke(ctx, in)
}

// clean fails if the bot sent anything that Discord would refuse.
func (s *stage) clean(t testing.TB) {
	t.Helper()
	for _, v := range s.Violations() {
		t.Errorf("discord would refuse: %s", v)
	}
}

func wantText(t testing.TB, got, want string) {
	t.Helper()
	if !strings.Contains(got, want) {
		t.Errorf("got %q, want it to contain %q", got, want)
	}
}

var errBoom = errors.New("boom in the database")

// fixedRest is a REST that always gets the same answer.
func (s *stage) fixedRest(t testing.TB, body string) *rest {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	base := must[*url.URL](t)(parseBase(server.URL))
	return must[*rest](t)(newRest(canary, newTransport(base, "test", slog.New(slog.DiscardHandler)), func(error) {}))
}
