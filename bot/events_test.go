package bot

import (
	"context"
	"strings"
	"testing"
	"time"

	"trucewire/bot/localdiscord"
	"trucewire/guild"
	"trucewire/news"
)

func TestServersAndChannelsAreTold(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	s.desk.waitFor(t, "joined "+s.guild+" Harbour desk")
	other := must[string](t)(s.AddGuild(localdiscord.Guild{Name: "Second desk"}))
	s.desk.waitFor(t, "joined "+other+" Second desk")
	check(t, s.RemoveChannel(s.news))
	s.desk.waitFor(t, "gone "+s.guild+" "+s.news)
	check(t, s.RemoveGuild(other))
	s.desk.waitFor(t, "left "+other)
}

// An outage of Discord looks almost like a removal.
func TestOutageOfAServerIsNotARemoval(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	s.desk.waitFor(t, "joined "+s.guild)
	check(t, s.SetOutage(s.guild, true))
	marker := must[string](t)(s.AddGuild(localdiscord.Guild{Name: "Marker"}))
	s.desk.waitFor(t, "joined "+marker) // events come in order
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	for _, e := range s.desk.events {
		if e == "left "+s.guild {
			t.Error("an outage was told as a removal")
		}
	}
}

func TestPanicInAServerEventIsSurvived(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.bot.deps.Guilds = panicky{s.desk}
	s.run(t)
	if !eventually(func() bool { return strings.Contains(s.log.String(), "server event not handled") }) {
		t.Errorf("log: %s", s.log)
	}
	wantText(t, s.invoke(t, s.ann, "/help").Message.Content, "ceasefires")
}

type panicky struct{ *desk }

func (panicky) Joined(context.Context, guild.ID, string) error { panic("no database") }

func TestGuildEventsAreRead(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       guildEvent
		ok         bool
	}{
		{"GUILD_CREATE", `{"id":"1","name":"A"}`, guildEvent{what: "GUILD_CREATE", guild: "1", name: "A"}, true},
		{"GUILD_CREATE", `{"id":"1","unavailable":true}`, guildEvent{}, false},
		{"GUILD_DELETE", `{"id":"1"}`, guildEvent{what: "GUILD_DELETE", guild: "1"}, true},
		{"GUILD_DELETE", `{"id":"1","unavailable":true}`, guildEvent{}, false},
		{"CHANNEL_DELETE", `{"id":"5","guild_id":"1","name":"n","type":0}`, guildEvent{what: "CHANNEL_DELETE", guild: "1", channel: "5"}, true},
		{"THREAD_DELETE", `{"id":"6","guild_id":"1","parent_id":"5"}`, guildEvent{what: "THREAD_DELETE", guild: "1", channel: "6"}, true},
		{"GUILD_CREATE", `null`, guildEvent{}, false},
		{"GUILD_CREATE", `[`, guildEvent{}, false},
	} {
		got, ok := readGuildEvent(c.name, []byte(c.data))
		if ok != c.ok || got != c.want {
			t.Errorf("%s %s: %+v %v, want %+v %v", c.name, c.data, got, ok, c.want, c.ok)
		}
	}
}

func TestCommandInProgressIsAnsweredWhenTheProcessStops(t *testing.T) {
	began := make(chan struct{})
	s := newStage(t, localdiscord.Options{}, &desk{status: func(ctx context.Context, _ guild.ID, _ news.ConflictID) (string, error) {
		close(began)
		<-ctx.Done()
		return "", ctx.Err()
	}})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.bot.Run(ctx) }()
	check(t, s.WaitCommands(ctx))
	go func() {
		<-began
		cancel()
	}()
	wantText(t, s.invoke(t, s.ann, "/status").Message.Content, "restarting")
	check(t, <-ended)
}

func TestCheckSaysWhoTheBotIs(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	b := s.newBot(t, canary)
	b.deps = Deps{} // as `trucewire check` makes it
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	id, err := b.Check(ctx)
	check(t, err)
	if id.Name != "Trucewire" || string(id.ID) != s.ApplicationID() || id.Guilds != 1 || id.SessionsLeft != 1000 {
		t.Errorf("identity %+v", id)
	}
	if n := s.Identifies(); n != 0 {
		t.Errorf("%d IDENTIFYs were used", n)
	}
	_, err = s.newBot(t, "wrong-"+canary).Check(ctx)
	s.wantFatal(t, err, "set DISCORD_TOKEN")
}

func TestCheckSaysThatTheGatewayIsSilent(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.Script(localdiscord.Script{OnConnect: localdiscord.Step{Drop: true}})
	_, err := s.bot.Check(t.Context())
	if err == nil {
		t.Fatal("want an error")
	}
	wantText(t, err.Error(), "reach the gateway")
}

// Tests allow more, so that a slow machine fails none of them.
func TestDefaultsOfTheRouterKeepDiscordsThreeSeconds(t *testing.T) {
	b := must[*Bot](t)(New(Config{Token: "x", Log: (&stage{log: &journal{}}).logger()}, Deps{}))
	if b.app.ack > 2*time.Second || b.app.reply.within > 3*time.Second {
		t.Errorf("acknowledged after %s, given up after %s", b.app.ack, b.app.reply.within)
	}
}
