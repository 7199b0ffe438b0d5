package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"trucewire/bot/localdiscord"
)

// Each script is one bad connection; the next one works. goleak in TestMain sees that no
// goroutine is left of the bad one.
func TestGatewayRecovers(t *testing.T) {
	for name, script := range map[string]localdiscord.Script{
		"Op 7 instead of HELLO": {OnConnect: localdiscord.Step{Reconnect: true}},
		"Op 9 instead of HELLO": {OnConnect: localdiscord.Step{Invalid: true}},
		"Op 7 to IDENTIFY":      {OnIdentify: localdiscord.Step{Reconnect: true}},
		"Op 9 to IDENTIFY":      {OnIdentify: localdiscord.Step{Invalid: true}},
		"Op 9 resumable":        {OnIdentify: localdiscord.Step{Invalid: true, Resumable: true}},
		"no HELLO":              {NoHello: true},
		"drop instead of HELLO": {OnConnect: localdiscord.Step{Drop: true}},
		"drop after IDENTIFY":   {OnIdentify: localdiscord.Step{Drop: true}},
		"4000 to IDENTIFY":      {OnIdentify: localdiscord.Step{Close: 4000}},
		"4008 to IDENTIFY":      {OnIdentify: localdiscord.Step{Close: 4008}},
		"1001 instead of HELLO": {OnConnect: localdiscord.Step{Close: 1001}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, localdiscord.Options{}, &desk{})
			if script.NoHello {
				s.bot.gate.tempo.open = 300 * time.Millisecond
			}
			s.Script(script)
			s.start(t)
			s.waitAnswers(t)
			if n := s.bot.gate.abandoned.Load(); n != 0 {
				t.Errorf("%d sessions abandoned, want 0", n)
			}
		})
	}
}

// A connection whose heartbeats are not answered is dead although it is open.
func TestGatewayRecoversFromAZombie(t *testing.T) {
	s := newStage(t, localdiscord.Options{HeartbeatInterval: 200 * time.Millisecond}, &desk{})
	s.Script(localdiscord.Script{NoACK: true})
	s.start(t)
	s.waitIdentifies(t, 2)
	s.waitAnswers(t)
	wantText(t, s.log.String(), "silent for too long")
}

// waitAnswers waits until commands are answered: a first connection may be about to end.
func (s *stage) waitAnswers(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	check(t, s.WaitCommands(ctx))
	for {
		check(t, s.WaitConnected(ctx))
		in, err := s.Parse(s.guild, s.news, s.ann, "/status")
		check(t, err)
		if _, err := s.Invoke(ctx, in); err == nil {
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("no command is answered; log: %s", s.log)
		}
	}
}

func TestGatewayRecoversMidSession(t *testing.T) {
	for name, step := range map[string]localdiscord.Step{
		"Op 7": {Reconnect: true}, "Op 9": {Invalid: true}, "Op 9 resumable": {Invalid: true, Resumable: true},
		"drop": {Drop: true}, "4000": {Close: 4000}, "1001": {Close: 1001}, "4009": {Close: 4009},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, localdiscord.Options{}, &desk{})
			s.run(t)
			if n := s.Gateway(step); n != 1 {
				t.Fatalf("%d connections, want 1", n)
			}
			s.waitIdentifies(t, 2)
			s.waitAnswers(t)
		})
	}
}

func (s *stage) waitIdentifies(t testing.TB, n int) {
	t.Helper()
	deadline := time.Now().Add(patience)
	for s.Identifies() < n {
		if time.Now().After(deadline) {
			t.Fatalf("%d IDENTIFYs, want %d; log: %s", s.Identifies(), n, s.log)
		}
		time.Sleep(time.Millisecond) // localdiscord has nothing to wait on here
	}
}

func TestFatalCloseCodesEndTheProcess(t *testing.T) {
	for code, want := range map[int]string{
		4004: "DISCORD_TOKEN", 4010: "shard", 4011: "too many servers", 4012: "update trucewire", 4013: "intents", 4014: "intents",
	} {
		t.Run(fmt.Sprint(code, " to IDENTIFY"), func(t *testing.T) {
			s := newStage(t, localdiscord.Options{}, &desk{})
			s.Script(localdiscord.Script{OnIdentify: localdiscord.Step{Close: code}})
			s.wantFatal(t, s.runToEnd(t, s.bot), want)
			if n := s.Identifies(); n != 1 {
				t.Errorf("%d IDENTIFYs, want 1: insisting resets the token", n)
			}
		})
		t.Run(fmt.Sprint(code, " mid-session"), func(t *testing.T) {
			s := newStage(t, localdiscord.Options{}, &desk{})
			ended := make(chan error, 1)
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			go func() { ended <- s.bot.Run(ctx) }()
			check(t, s.WaitCommands(ctx))
			s.Gateway(localdiscord.Step{Close: code})
			s.wantFatal(t, <-ended, want)
			if n := s.Identifies(); n != 1 {
				t.Errorf("%d IDENTIFYs, want 1", n)
			}
		})
	}
}

func (s *stage) wantFatal(t testing.TB, err error, text string) {
	t.Helper()
	fatal, ok := errors.AsType[*FatalError](err)
	if !ok {
		t.Fatalf("Run returned %v, want a FatalError", err)
	}
	wantText(t, fatal.Error(), text)
	s.noSecret(t, fmt.Sprintf("%v %+v %#v", err, err, err))
}

func TestWrongTokenEndsRunWithOneClearLine(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.wantFatal(t, s.runToEnd(t, s.newBot(t, "wrong-"+canary)), "set DISCORD_TOKEN")
	if n := s.Identifies(); n != 0 {
		t.Errorf("%d IDENTIFYs, want 0: REST said it first", n)
	}
}

// A token that is reset while the bot runs shows at the next post.
func TestTokenRefusedByRestEndsRun(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	ended := make(chan error, 1)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	go func() { ended <- s.bot.Run(ctx) }()
	check(t, s.WaitCommands(ctx))
	s.Inject(localdiscord.Fault{Path: routeMessages, Kind: localdiscord.JSONError, Code: 50014, Status: 401})
	if _, err := s.bot.Create(ctx, s.post("Post", "n1")); err == nil {
		t.Fatal("want an error")
	}
	s.wantFatal(t, <-ended, "set DISCORD_TOKEN")
}

func TestRunStopsWhenAsked(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.bot.Run(ctx) }()
	check(t, s.WaitConnected(ctx))
	if !eventually(s.bot.Connected) {
		t.Fatal("not connected")
	}
	cancel()
	asked := time.Now()
	select {
	case err := <-ended:
		check(t, err)
		t.Logf("Run returned after %s", time.Since(asked).Round(time.Millisecond)) // discordgo sleeps one second
	case <-time.After(patience):
		t.Error("Run does not return")
	}
	if s.bot.Connected() {
		t.Error("still connected")
	}
}

func eventually(ok func() bool) bool {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if ok() {
			return true
		}
	}
	return false
}

func TestRunStopsWhileDiscordIsSilent(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.bot.gate.tempo.open = time.Hour
	s.bot.gate.tempo.idle = time.Hour
	s.Script(localdiscord.Script{NoHello: true})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.bot.Run(ctx) }()
	if !eventually(func() bool { return s.Gateway(localdiscord.Step{}) == 1 }) {
		t.Fatal("no connection")
	}
	cancel()
	select {
	case err := <-ended:
		check(t, err)
	case <-time.After(patience):
		t.Error("Run does not return")
	}
}

func TestFewSessionStartsLeftAreNotUsed(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	sup := s.bot.gate
	sup.rest = s.fixedRest(t, `{"url":"ws://127.0.0.1:1/","shards":1,"session_start_limit":{"total":1000,"remaining":3,"reset_after":3600000,"max_concurrency":1}}`)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	waited := make(chan error, 1)
	go func() {
		_, err := sup.address(ctx)
		waited <- err
	}()
	if !eventually(func() bool { return strings.Contains(s.log.String(), "few gateway sessions are left today") }) {
		t.Errorf("log: %s", s.log)
	}
	cancel()
	if err := <-waited; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want it to wait", err)
	}
}

func TestBackoffGrowsWithJitterAndStaysBounded(t *testing.T) {
	tempo := newTempo()
	seen := map[time.Duration]bool{}
	for attempt := range 40 {
		d := backoff(tempo, attempt)
		seen[d] = true
		if d < tempo.backoff/4 || d > tempo.backoffMost {
			t.Errorf("attempt %d waits %s", attempt, d)
		}
	}
	if len(seen) < 20 {
		t.Errorf("only %d different waits in 40: no jitter", len(seen))
	}
	if d := backoff(tempo, 30); d < tempo.backoffMost/4 {
		t.Errorf("a late attempt waits only %s", d)
	}
}

// Real values: the first connection is at once, the next not before five seconds, and a
// day holds far less than Discord's thousand.
func TestIdentifyBudget(t *testing.T) {
	b := must[*Bot](t)(New(Config{Token: "x", Log: (&stage{log: &journal{}}).logger()}, Deps{}))
	if b.gate.spaced.Limit() > rate.Every(5*time.Second) || b.gate.spaced.Burst() != 1 {
		t.Errorf("IDENTIFYs come every %v, burst %d", b.gate.spaced.Limit(), b.gate.spaced.Burst())
	}
	if day := float64(b.gate.daily.Limit())*86400 + float64(b.gate.daily.Burst()); day > 400 {
		t.Errorf("%v IDENTIFYs a day", day)
	}
}

func TestGatewayURLAsksForVersionTen(t *testing.T) {
	for in, want := range map[string]string{
		"wss://gateway.discord.gg":  "wss://gateway.discord.gg/?v=10&encoding=json#/",
		"wss://gateway.discord.gg/": "wss://gateway.discord.gg/?v=10&encoding=json#/",
		"ws://127.0.0.1:99/gw/":     "ws://127.0.0.1:99/gw/?v=10&encoding=json#/",
	} {
		got, err := gatewayURL(in)
		if err != nil || got != want {
			t.Errorf("gatewayURL(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, bad := range []string{"", "https://discord.com", "wss://", "::"} {
		if _, err := gatewayURL(bad); err == nil {
			t.Errorf("gatewayURL(%q) was taken", bad)
		}
	}
}
