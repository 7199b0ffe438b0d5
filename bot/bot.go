package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"trucewire/guild"
)

// Config is what the bot needs to know of its surroundings.
type Config struct {
	// Token is the bot's token, bare: "Bot " is added here. Required.
	Token string
	// API is what stands before the route; empty: DefaultAPI.
	API string
	// ApplicationURL (where the bot is described) and Version go into the User-Agent, which Discord
	// asks for.
	ApplicationURL string
	Version        string
	// Shard is this process's shard, from 0; Shards is how many there are, zero meaning one.
	Shard, Shards int
	// Log is required.
	Log *slog.Logger
	// Transport carries the requests once they are paced and addressed; nil: the network.
	// Simulations set it.
	Transport http.RoundTripper
	// Now is the domain clock, for questions such as "of the last day"; nil: time.Now.
	Now func() time.Time
}

func (c Config) validate() error {
	switch {
	case strings.TrimSpace(c.Token) == "":
		return errors.New("no discord token")
	case strings.ContainsAny(c.Token, " \t\r\n"):
		return errors.New("the discord token contains white space; give it bare, without \"Bot \"")
	case c.Log == nil:
		return errors.New("no logger")
	case c.Shard < 0 || c.Shard >= max(c.Shards, 1):
		return fmt.Errorf("shard %d of %d: the shard must be below the shard count", c.Shard, max(c.Shards, 1))
	default:
		return nil
	}
}

// shutdownTime is what interactions in progress get when the process stops.
const shutdownTime = 1500 * time.Millisecond

// Bot is Trucewire's side of Discord. Its posting methods (notify.Poster) and Check work
// at any time after New; Run keeps the gateway and answers interactions. Safe for
// concurrent use.
type Bot struct {
	cfg  Config
	deps Deps
	log  *slog.Logger
	rest *rest
	gate *supervisor
	app  *router
	slow slowEdits

	refused chan error      // capacity 1: the token is not accepted
	ready   chan string     // capacity 1: application ids from READY
	events  chan guildEvent // towards deps.Guilds, in order

	mu sync.Mutex
	me *Self // once known
}

// New makes a bot and starts nothing. Errors name what is wrong with cfg.
func New(cfg Config, deps Deps) (*Bot, error) {
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	base, err := parseBase(cfg.API)
	if err != nil {
		return nil, err
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	b := &Bot{
		cfg: cfg, deps: deps, log: cfg.Log,
		refused: make(chan error, 1), ready: make(chan string, 1), events: make(chan guildEvent, guildEventQueue),
	}
	sender := newTransport(base, userAgent(cfg), cfg.Log)
	if cfg.Transport != nil {
		sender.next = cfg.Transport
	}
	b.rest, err = newRest(cfg.Token, sender, b.tokenRefused)
	if err != nil {
		return nil, err
	}
	t := newTempo()
	b.gate = &supervisor{
		rest: b.rest, token: cfg.Token, shard: cfg.Shard, shards: max(cfg.Shards, 1), log: cfg.Log, tempo: t,
		proxy:  http.ProxyFromEnvironment,
		spaced: rate.NewLimiter(rate.Every(t.identify), 1),
		daily:  rate.NewLimiter(rate.Every(5*time.Minute), 50), // at most 338 on the first day, 288 after it
		event:  b.event,
	}
	b.app = newRouter(b.rest, commands(deps, cfg.Now), cfg.Log)
	return b, nil
}

// userAgent has the form that Discord asks for (reference.md §1).
func userAgent(cfg Config) string {
	clean := strings.NewReplacer("(", "", ")", "", ",", "", "\r", "", "\n", "")
	contact, version := clean.Replace(cfg.ApplicationURL), clean.Replace(cfg.Version)
	return fmt.Sprintf("DiscordBot (%s, %s)", orElse(contact, "https://example.org"), orElse(version, "0"))
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// Run connects to the gateway, registers the commands if they changed, and answers until
// ctx ends; then it returns nil within two seconds. It returns a *FatalError when going on
// is useless, such as with a refused token. Call it once.
func (b *Bot) Run(ctx context.Context) error {
	if !b.deps.complete() {
		return errors.New("run the bot: a dependency is missing")
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	wg.Go(func() { b.register(ctx) })
	wg.Go(func() { b.tellGuilds(ctx) })
	ended := make(chan error, 1)
	wg.Go(func() { ended <- b.gate.run(ctx) })
	var err error
	select {
	case err = <-ended:
	case cause := <-b.refused:
		err = badToken(cause)
	}
	cancel()
	wg.Wait()
	b.app.wait(shutdownTime)
	return err
}

// Connected reports whether the gateway session is up. Posting does not need it.
func (b *Bot) Connected() bool { return b.gate.connected.Load() }

func (b *Bot) tokenRefused(err error) {
	select {
	case b.refused <- err:
	default:
	}
}

// Self is who the bot is.
type Self struct {
	ID   guild.UserID `json:"id"`
	Name string       `json:"username"`
}
