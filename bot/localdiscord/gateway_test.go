package localdiscord_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"trucewire/bot/localdiscord"
)

// wire is a gateway client that does only what the test says.
type wire struct {
	t  testing.TB
	ws *websocket.Conn
}

type payload struct {
	Op   int             `json:"op"`
	Seq  int64           `json:"s"`
	Kind string          `json:"t"`
	Data json.RawMessage `json:"d"`
}

func (s stage) dial(t testing.TB, query string) wire {
	t.Helper()
	address := strings.Replace(strings.TrimSuffix(s.URL(), "/api/v10"), "http", "ws", 1) + "/gw/?" + query
	ws, res, err := websocket.DefaultDialer.DialContext(withPatience(t), address, nil)
	check(t, err)
	_ = res.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	check(t, ws.SetReadDeadline(time.Now().Add(patience)))
	return wire{t, ws}
}

func (w wire) send(text string) {
	w.t.Helper()
	check(w.t, w.ws.WriteMessage(websocket.TextMessage, []byte(text)))
}

func (w wire) next() payload {
	w.t.Helper()
	var p payload
	check(w.t, w.ws.ReadJSON(&p))
	return p
}

// upTo reads until an event of the kind.
func (w wire) upTo(kind string) payload {
	w.t.Helper()
	for {
		if p := w.next(); p.Kind == kind {
			return p
		}
	}
}

// interaction is what the tests read of an interaction.
type interaction struct {
	ID    string `json:"id"`
	Token string `json:"token"`
	Type  int    `json:"type"`
	Data  struct {
		Components []struct {
			Type      int `json:"type"`
			Component struct {
				Value  string   `json:"value"`
				Values []string `json:"values"`
			} `json:"component"`
		} `json:"components"`
		Resolved struct {
			Channels map[string]map[string]any `json:"channels"`
		} `json:"resolved"`
	} `json:"data"`
}

func (w wire) interaction() interaction {
	w.t.Helper()
	var i interaction
	check(w.t, json.Unmarshal(w.upTo("INTERACTION_CREATE").Data, &i))
	return i
}

// closed reads until the connection ends and returns the close code.
func (w wire) closed() int {
	w.t.Helper()
	for {
		_, _, err := w.ws.ReadMessage()
		if c, ok := errors.AsType[*websocket.CloseError](err); ok {
			return c.Code
		}
		if err != nil {
			w.t.Fatalf("no close code: %v", err)
		}
	}
}

func (s stage) identify(intents int, more string) string {
	return fmt.Sprintf(`{"op":2,"d":{"token":%q,"intents":%d,"properties":{}%s}}`, s.Token(), intents, more)
}

func TestGatewayClosesWithTheRightCode(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	good := s.identify(1, "")
	tests := []struct {
		name, query string
		sends       []string
		want        int
	}{
		{"old version", "v=8", nil, 4012},
		{"unknown opcode", "v=10", []string{`{"op":99}`}, 4001},
		{"not JSON", "v=10", []string{`hello`}, 4002},
		{"too long", "v=10", []string{`{"op":1,"d":"` + strings.Repeat("a", 4096) + `"}`}, 4002},
		{"not identified", "v=10", []string{`{"op":3,"d":{}}`}, 4003},
		{"wrong token", "v=10", []string{`{"op":2,"d":{"token":"wrong","intents":1}}`}, 4004},
		{"identified twice", "v=10", []string{good, good}, 4005},
		{"too much talk", "v=10", slices.Repeat([]string{`{"op":1,"d":null}`}, 121), 4008},
		{"shard out of range", "v=10", []string{s.identify(1, `,"shard":[2,2]`)}, 4010},
		{"unknown intent", "v=10", []string{s.identify(1<<27, "")}, 4013},
		{"privileged intent", "v=10", []string{s.identify(1<<15, "")}, 4014},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := s.dial(t, tt.query)
			for _, text := range tt.sends {
				w.send(text)
			}
			if got := w.closed(); got != tt.want {
				t.Errorf("close code %d, want %d", got, tt.want)
			}
		})
	}
}

func TestGatewaySaysHelloReadyAndGuilds(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	w := s.dial(t, "v=10&encoding=json")
	if hello := w.next(); hello.Op != 10 || string(hello.Data) != `{"heartbeat_interval":41250}` {
		t.Errorf("first payload %+v", hello)
	}
	w.send(`{"op":1,"d":null}`)
	if ack := w.next(); ack.Op != 11 {
		t.Errorf("heartbeat is answered with op %d", ack.Op)
	}
	w.send(s.identify(1, ""))
	ready := w.next()
	if ready.Kind != "READY" || ready.Seq != 1 || !strings.Contains(string(ready.Data), `"guilds":[{"id":"`+s.guild+`","unavailable":true}]`) {
		t.Errorf("after IDENTIFY comes %s %s", ready.Kind, ready.Data)
	}
	if g := w.next(); g.Kind != "GUILD_CREATE" || g.Seq != 2 || !strings.Contains(string(g.Data), s.news) {
		t.Errorf("after READY comes %s %s", g.Kind, g.Data)
	}
	if s.Identifies() != 1 {
		t.Errorf("%d identifies counted", s.Identifies())
	}
	a := s.call(t, "GET", "/gateway/bot", "")
	limit, _ := a.json["session_start_limit"].(map[string]any)
	if limit["remaining"] != 999.0 || limit["max_concurrency"] != 1.0 {
		t.Errorf("session start limit %v", limit)
	}
}

func TestGuildEventsNeedTheirIntentAndShard(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	all, none := s.dial(t, "v=10"), s.dial(t, "v=10")
	all.send(s.identify(1, ""))
	all.upTo("GUILD_CREATE")
	none.send(s.identify(0, ""))
	none.upTo("READY")
	other := s.dial(t, "v=10")
	mine := snowflakeShard(t, s.guild, 2)
	other.send(s.identify(1, fmt.Sprintf(`,"shard":[%d,2]`, 1-mine)))
	if ready := other.upTo("READY"); strings.Contains(string(ready.Data), s.guild) {
		t.Errorf("the other shard sees the guild: %s", ready.Data)
	}

	ch := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "extra"}))
	check(t, s.SetOverwrites(ch, localdiscord.Overwrite{Role: s.guild, Deny: localdiscord.SendMessages}))
	check(t, s.RemoveChannel(ch))
	check(t, s.SetOutage(s.guild, true))
	check(t, s.SetOutage(s.guild, false))
	check(t, s.RemoveGuild(s.guild))
	for _, kind := range []string{"CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE", "GUILD_DELETE", "GUILD_CREATE", "GUILD_DELETE"} {
		if p := all.next(); p.Kind != kind {
			t.Errorf("got %s %s, want %s", p.Kind, p.Data, kind)
		}
	}
	for _, w := range []wire{none, other} {
		w.send(`{"op":1,"d":null}`)
		if p := w.next(); p.Op != 11 {
			t.Errorf("a session without the intent or shard got %s", p.Kind)
		}
	}
}

func snowflakeShard(t *testing.T, id string, count uint64) int {
	t.Helper()
	var n uint64
	_, err := fmt.Sscan(id, &n)
	check(t, err)
	return int((n >> 22) % count)
}

func TestResumeIsRefusedUntilAllowed(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	resume := func(session string, seq int64) string {
		return fmt.Sprintf(`{"op":6,"d":{"token":%q,"session_id":%q,"seq":%d}}`, s.Token(), session, seq)
	}
	w := s.dial(t, "v=10")
	w.next()
	w.send(resume("gone", 5))
	if p := w.next(); p.Op != 9 || string(p.Data) != "false" {
		t.Errorf("RESUME is answered with op %d %s", p.Op, p.Data)
	}
	s.AllowResume(true)
	w.send(s.identify(1, ""))
	var ready struct {
		Session string `json:"session_id"`
	}
	check(t, json.Unmarshal(w.upTo("READY").Data, &ready))
	seq := w.upTo("GUILD_CREATE").Seq
	check(t, w.ws.Close())
	check(t, s.WaitDisconnected(withPatience(t)))
	must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "missed"}))

	again := s.dial(t, "v=10")
	again.next()
	again.send(resume(ready.Session, seq))
	if p := again.next(); p.Kind != "CHANNEL_CREATE" || p.Seq != seq+1 {
		t.Errorf("the missed event comes as %s %d", p.Kind, p.Seq)
	}
	if p := again.next(); p.Kind != "RESUMED" {
		t.Errorf("then comes %s", p.Kind)
	}
}

func TestGatewayScripts(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{HeartbeatInterval: time.Hour})
	s.Script(
		localdiscord.Script{OnConnect: localdiscord.Step{Reconnect: true}},
		localdiscord.Script{OnIdentify: localdiscord.Step{Invalid: true, Resumable: true}},
		localdiscord.Script{OnIdentify: localdiscord.Step{Close: 4009}},
		localdiscord.Script{OnResume: localdiscord.Step{Reconnect: true}},
		localdiscord.Script{OnIdentify: localdiscord.Step{Drop: true}},
		localdiscord.Script{NoACK: true},
		localdiscord.Script{NoHello: true},
	)
	if p := s.dial(t, "v=10").next(); p.Op != 7 {
		t.Errorf("instead of HELLO: op %d", p.Op)
	}
	w := s.dial(t, "v=10")
	w.next()
	w.send(s.identify(1, ""))
	if p := w.next(); p.Op != 9 || string(p.Data) != "true" {
		t.Errorf("instead of READY: op %d %s", p.Op, p.Data)
	}
	w = s.dial(t, "v=10")
	w.send(s.identify(1, ""))
	if got := w.closed(); got != 4009 {
		t.Errorf("closed with %d", got)
	}
	w = s.dial(t, "v=10")
	w.next()
	w.send(fmt.Sprintf(`{"op":6,"d":{"token":%q,"session_id":"s","seq":1}}`, s.Token()))
	if p := w.next(); p.Op != 7 {
		t.Errorf("instead of RESUMED: op %d", p.Op)
	}
	w = s.dial(t, "v=10")
	w.next()
	w.send(s.identify(1, ""))
	if _, _, err := w.ws.ReadMessage(); err == nil || websocket.IsCloseError(err, websocket.CloseNormalClosure) {
		t.Errorf("the connection was to break, got %v", err)
	}
	w = s.dial(t, "v=10")
	w.next()
	w.send(`{"op":1,"d":null}`)
	w.send(s.identify(1, ""))
	if p := w.next(); p.Kind != "READY" {
		t.Errorf("the heartbeat was answered with op %d", p.Op)
	}
	w = s.dial(t, "v=10")
	w.send(s.identify(1, ""))
	if p := w.next(); p.Kind != "READY" {
		t.Errorf("without HELLO the first payload is op %d", p.Op)
	}
	if n := s.Gateway(localdiscord.Step{Close: 4004}); n == 0 {
		t.Error("no open connection")
	}
	if got := w.closed(); got != 4004 {
		t.Errorf("closed with %d, want 4004", got)
	}
}

func TestDiscordgoReadsCloseCodesAndEvents(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	wrong := s.client(t)
	wrong.Identify.Token = "Bot wrong"
	err := wrong.Open()
	if c, ok := errors.AsType[*websocket.CloseError](err); !ok || c.Code != 4004 {
		t.Errorf("a wrong token gives %v, want close code 4004", err)
	}

	dg := s.client(t)
	created, removed, lost := make(chan string, 4), make(chan string, 4), make(chan struct{}, 1)
	dg.AddHandler(func(_ *discordgo.Session, g *discordgo.GuildCreate) { created <- g.Name })
	dg.AddHandler(func(_ *discordgo.Session, g *discordgo.GuildDelete) { removed <- g.ID })
	dg.AddHandler(func(_ *discordgo.Session, _ *discordgo.Disconnect) { lost <- struct{}{} })
	s.open(t, dg)
	if name := receive(t, created); name != "Tripoli desk" {
		t.Errorf("GUILD_CREATE of %q", name)
	}
	check(t, s.RemoveGuild(s.guild))
	if id := receive(t, removed); id != s.guild {
		t.Errorf("GUILD_DELETE of %q", id)
	}
	s.Gateway(localdiscord.Step{Drop: true})
	receive(t, lost)
}

func receive[T any](t testing.TB, ch <-chan T) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	select {
	case v := <-ch:
		return v
	case <-ctx.Done():
		t.Fatal("nothing came")
	}
	var zero T
	return zero
}
