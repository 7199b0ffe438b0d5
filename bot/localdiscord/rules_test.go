package localdiscord_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"trucewire/bot/localdiscord"
)

// handTo opens a client whose interactions are handed to the test.
func handTo(t *testing.T, s stage, commands ...*discordgo.ApplicationCommand) (*discordgo.Session, <-chan *discordgo.InteractionCreate) {
	t.Helper()
	dg := s.client(t)
	if len(commands) > 0 {
		register(t, s, dg, commands...)
	}
	got := make(chan *discordgo.InteractionCreate, 8)
	dg.AddHandler(func(_ *discordgo.Session, i *discordgo.InteractionCreate) { got <- i })
	s.open(t, dg)
	return dg, got
}

func callbackPath(i *discordgo.InteractionCreate) string {
	return "/interactions/" + i.ID + "/" + i.Token + "/callback"
}

func webhookPath(i *discordgo.InteractionCreate) string {
	return "/webhooks/" + i.AppID + "/" + i.Token
}

type outcome struct {
	r   localdiscord.Response
	err error
}

// typed types the line in the background.
func typed(t *testing.T, s stage, user, line string) <-chan outcome {
	t.Helper()
	ctx := withPatience(t)
	done := make(chan outcome, 1)
	go func() {
		r, err := s.Type(ctx, s.guild, s.news, user, line)
		done <- outcome{r, err}
	}()
	return done
}

func TestSecondAnswerIsRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	_, got := handTo(t, s, statusCommand())
	done := typed(t, s, s.ann, "/status")
	i := receive(t, got)

	if a := s.call(t, "POST", webhookPath(i), `{"content":"early"}`); a.code() != 10015 {
		t.Errorf("a follow-up before the answer gives %s", a.text)
	}
	a := s.call(t, "POST", callbackPath(i)+"?with_response=true", `{"type":4,"data":{"content":"first"}}`)
	if a.status != 200 || !strings.Contains(a.text, `"content":"first"`) {
		t.Errorf("with_response gives %d %s", a.status, a.text)
	}
	if a := s.call(t, "POST", callbackPath(i), `{"type":4,"data":{"content":"second"}}`); a.status != 400 || a.code() != 40060 {
		t.Errorf("the second answer gives %d %s", a.status, a.text)
	}
	if a := s.call(t, "POST", "/interactions/"+i.ID+"/guess/callback", `{"type":6}`); a.code() != 10062 {
		t.Errorf("a guessed token gives %s", a.text)
	}
	if o := receive(t, done); o.err != nil || o.r.Message.Content != "first" {
		t.Errorf("the member sees %+v, %v", o.r, o.err)
	}
	s.clean(t)
}

func TestLateAnswerIsRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{AnswerWithin: time.Millisecond})
	_, got := handTo(t, s, statusCommand())
	o := receive(t, typed(t, s, s.ann, "/status"))
	if !errors.Is(o.err, localdiscord.ErrNoAnswer) {
		t.Errorf("the member sees %v, want ErrNoAnswer", o.err)
	}
	i := receive(t, got)
	if a := s.call(t, "POST", callbackPath(i), `{"type":4,"data":{"content":"late"}}`); a.status != 404 || a.code() != 10062 {
		t.Errorf("the late answer gives %d %s", a.status, a.text)
	}
	if n := len(s.Messages(s.news)); n != 0 {
		t.Errorf("the late answer left %d messages", n)
	}
}

func TestTokenDiesWithItsTime(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{TokenLife: time.Millisecond, AnswerWithin: time.Hour})
	_, got := handTo(t, s, statusCommand())
	done := typed(t, s, s.ann, "/status")
	i := receive(t, got)
	if a := s.call(t, "POST", callbackPath(i), `{"type":5}`); a.status != 204 {
		t.Fatalf("the answer gives %d %s", a.status, a.text)
	}
	if o := receive(t, done); !errors.Is(o.err, localdiscord.ErrNoAnswer) || !o.r.Deferred {
		t.Errorf("the member sees %+v, %v", o.r, o.err)
	}
	if a := s.call(t, "PATCH", webhookPath(i)+"/messages/@original", `{"content":"late"}`); a.status != 401 || a.code() != 50027 {
		t.Errorf("the edit gives %d %s", a.status, a.text)
	}
}

func TestFirstFollowUpFillsADeferredAnswer(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	_, got := handTo(t, s, statusCommand())
	done := typed(t, s, s.ann, "/status")
	i := receive(t, got)
	s.call(t, "POST", callbackPath(i), `{"type":5,"data":{"flags":64}}`)
	s.call(t, "POST", webhookPath(i), `{"content":"Holding."}`)
	o := receive(t, done)
	if o.err != nil || o.r.Message.Content != "Holding." || o.r.Message.Viewer != s.ann || len(o.r.FollowUps) != 0 {
		t.Errorf("the member sees %+v, %v", o.r, o.err)
	}
	second := s.call(t, "POST", webhookPath(i), `{"content":"More."}`)
	if a := s.call(t, "DELETE", webhookPath(i)+"/messages/"+second.json["id"].(string), ""); a.status != 204 {
		t.Errorf("delete of a follow-up gives %d %s", a.status, a.text)
	}
	if a := s.call(t, "GET", webhookPath(i)+"/messages/@original", ""); a.json["content"] != "Holding." {
		t.Errorf("@original is %s", a.text)
	}
	if a := s.call(t, "DELETE", webhookPath(i)+"/messages/@original", ""); a.status != 204 {
		t.Errorf("delete of @original gives %d %s", a.status, a.text)
	}
	if a := s.call(t, "GET", webhookPath(i)+"/messages/@original", ""); a.code() != 10008 {
		t.Errorf("the deleted @original is %s", a.text)
	}
	r, err := s.Await(withPatience(t), o.r, 4)
	check(t, err)
	if !r.Deleted || r.Message.Content != "" || len(r.FollowUps) != 0 || len(s.MessagesFor(s.news, s.ann)) != 0 {
		t.Errorf("after all was deleted the member sees %+v", r)
	}
	s.clean(t)
}

func TestSilentAcknowledgementThenEdit(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	dg, got := handTo(t, s)
	_, err := dg.ChannelMessageSendComplex(s.news, &discordgo.MessageSend{Content: "choose", Components: []discordgo.MessageComponent{
		discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.SelectMenu{MenuType: discordgo.ChannelSelectMenu, CustomID: "where"}}},
		discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "Off", CustomID: "off", Style: discordgo.PrimaryButton, Disabled: true}}},
	}})
	check(t, err)
	message := s.Messages(s.news)[0]
	for custom, want := range map[string]error{"off": localdiscord.ErrBadOption, "nothing": localdiscord.ErrNotFound, "where": localdiscord.ErrBadOption} {
		if _, err := s.Click(t.Context(), message, custom, s.ann); !errors.Is(err, want) {
			t.Errorf("click on %s gives %v, want %v", custom, err, want)
		}
	}
	ctx, done := withPatience(t), make(chan outcome, 1)
	go func() {
		r, err := s.Click(ctx, message, "where", s.ann, s.news)
		done <- outcome{r, err}
	}()
	i := receive(t, got)
	if d := i.MessageComponentData(); d.Values[0] != s.news || d.Resolved.Channels[s.news].Name != "news" {
		t.Errorf("the select gives %+v", d)
	}
	s.call(t, "POST", callbackPath(i), `{"type":6}`)
	o := receive(t, done)
	if o.err != nil || o.r.Callback != 6 || o.r.Message.Content != "choose" {
		t.Errorf("acknowledged: %+v, %v", o.r, o.err)
	}
	s.call(t, "PATCH", webhookPath(i)+"/messages/@original", `{"content":"chosen","components":[]}`)
	r, err := s.Await(withPatience(t), o.r, 1)
	check(t, err)
	if r.Message.ID != message.ID || r.Message.Content != "chosen" {
		t.Errorf("edited: %+v", r.Message)
	}
	s.clean(t)
}

func TestEphemeralMessagesAreForOneMember(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	_, got := handTo(t, s, statusCommand())
	done := typed(t, s, s.ann, "/status")
	i := receive(t, got)
	s.call(t, "POST", callbackPath(i), `{"type":4,"data":{"content":"for you","flags":64,"components":[{"type":1,"components":[{"type":2,"style":1,"label":"Show","custom_id":"show"}]}]}}`)
	m := receive(t, done).r.Message
	if a := s.call(t, "GET", "/channels/"+s.news+"/messages", ""); a.text != "[]" {
		t.Errorf("the channel lists %s", a.text)
	}
	if a := s.call(t, "GET", "/channels/"+s.news+"/messages/"+m.ID, ""); a.code() != 10008 {
		t.Errorf("the channel has %s", a.text)
	}
	if _, err := s.Click(t.Context(), m, "show", s.mod); !errors.Is(err, localdiscord.ErrHidden) {
		t.Errorf("another member's click gives %v", err)
	}
}

func TestWhoSeesACommand(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	zero := int64(0)
	admin := &discordgo.ApplicationCommand{Name: "secret", Description: "d", DefaultMemberPermissions: &zero}
	_, got := handTo(t, s, statusCommand(), alertsCommand(), admin)
	quiet := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "quiet", Overwrites: []localdiscord.Overwrite{{Role: s.guild, Deny: localdiscord.UseCommands}}}))
	give := func(in localdiscord.Invocation) error {
		_, err := s.Invoke(withPatience(t), in)
		return err
	}
	hidden := []struct {
		name string
		in   localdiscord.Invocation
		want error
	}{
		{"a member without Manage Server", localdiscord.Invocation{Guild: s.guild, Channel: s.news, User: s.ann, Command: "alerts list"}, localdiscord.ErrHidden},
		{"a moderator where only administrators may", localdiscord.Invocation{Guild: s.guild, Channel: s.news, User: s.mod, Command: "secret"}, localdiscord.ErrHidden},
		{"a channel without commands", localdiscord.Invocation{Guild: s.guild, Channel: quiet, User: s.ann, Command: "status"}, localdiscord.ErrHidden},
		{"a server's command in direct messages", localdiscord.Invocation{User: s.mod, Command: "alerts list"}, localdiscord.ErrHidden},
		{"a channel of nowhere", localdiscord.Invocation{Guild: s.guild, Channel: "5", User: s.ann, Command: "status"}, localdiscord.ErrNotFound},
		{"nobody", localdiscord.Invocation{Guild: s.guild, Channel: s.news, User: "5", Command: "status"}, localdiscord.ErrNotFound},
		{"a group without its subcommand", localdiscord.Invocation{Guild: s.guild, Channel: s.news, User: s.mod, Command: "alerts"}, localdiscord.ErrNoCommand},
	}
	for _, tt := range hidden {
		if err := give(tt.in); !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
	}
	forced := make(chan error, 1)
	go func() {
		forced <- give(localdiscord.Invocation{Guild: s.guild, Channel: s.news, User: s.ann, Command: "/alerts list", Force: true})
	}()
	i := receive(t, got)
	if i.Member.Permissions&int64(localdiscord.ManageGuild) != 0 {
		t.Errorf("the forced command carries permissions %d", i.Member.Permissions)
	}
	s.call(t, "POST", callbackPath(i), `{"type":4,"data":{"content":"no"}}`)
	check(t, receive(t, forced))
}

func TestCommandInDirectMessages(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	dg, got := handTo(t, s, statusCommand())
	done := make(chan outcome, 1)
	ctx := withPatience(t)
	go func() {
		r, err := s.Invoke(ctx, localdiscord.Invocation{User: s.ann, Command: "status"})
		done <- outcome{r, err}
	}()
	i := receive(t, got)
	if i.Member != nil || i.User == nil || i.User.ID != s.ann || i.GuildID != "" || i.Context != discordgo.InteractionContextBotDM {
		t.Errorf("interaction %+v", i.Interaction)
	}
	s.call(t, "POST", callbackPath(i), `{"type":4,"data":{"content":"hello"}}`)
	check(t, receive(t, done).err)
	dm, err := dg.UserChannelCreate(s.ann)
	check(t, err)
	_, err = dg.ChannelMessageSend(dm.ID, "direct")
	check(t, err)
	if list := s.Messages(dm.ID); len(list) != 2 || list[1].Content != "direct" {
		t.Errorf("direct messages %+v", list)
	}
	check(t, s.SetDirectMessages(s.ann, false))
	_, err = dg.ChannelMessageSend(dm.ID, "direct")
	if got := code(t, err); got != 50007 {
		t.Errorf("closed direct messages give code %d", got)
	}
	s.clean(t)
}

func TestInvokeWithoutABotSaysSo(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	register(t, s, s.client(t), statusCommand())
	_, err := s.Type(withPatience(t), s.guild, s.news, s.ann, "/status")
	if !errors.Is(err, localdiscord.ErrOffline) {
		t.Errorf("got %v, want ErrOffline", err)
	}
	w := s.dial(t, "v=10")
	w.send(s.identify(1, ""))
	w.upTo("GUILD_CREATE")
	s.Gateway(localdiscord.Step{Close: 4000})
	if _, err = s.Type(withPatience(t), s.guild, s.news, s.ann, "/status"); !errors.Is(err, localdiscord.ErrOffline) {
		t.Errorf("on a closing connection: %v, want ErrOffline", err)
	}
}

func TestBulkOverwriteReplacesAndKeepsIDs(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	first, err := dg.ApplicationCommandBulkOverwrite(s.ApplicationID(), "", []*discordgo.ApplicationCommand{statusCommand(), alertsCommand()})
	check(t, err)
	_, err = dg.ApplicationCommandBulkOverwrite(s.ApplicationID(), s.guild, []*discordgo.ApplicationCommand{{Name: "status", Description: "of this server"}})
	check(t, err)
	second, err := dg.ApplicationCommandBulkOverwrite(s.ApplicationID(), "", []*discordgo.ApplicationCommand{alertsCommand()})
	check(t, err)
	if len(second) != 1 || second[0].ID != first[1].ID || *second[0].DefaultMemberPermissions != int64(localdiscord.ManageGuild) {
		t.Errorf("after the overwrite: %+v", second)
	}
	list, err := dg.ApplicationCommands(s.ApplicationID(), s.guild)
	check(t, err)
	if len(list) != 1 || list[0].Description != "of this server" || list[0].GuildID != s.guild {
		t.Errorf("commands of the server: %+v", list)
	}
	want := "[/status /alerts add <channel> <conflict> [severity] /alerts list]"
	if got := fmt.Sprint(s.Commands(s.guild)); got != want {
		t.Errorf("a client offers %s, want %s", got, want)
	}
	var tooMany []*discordgo.ApplicationCommand
	for n := range 101 {
		tooMany = append(tooMany, &discordgo.ApplicationCommand{Name: fmt.Sprintf("c%d", n), Description: "d"})
	}
	_, err = dg.ApplicationCommandBulkOverwrite(s.ApplicationID(), "", tooMany)
	if got := code(t, err); got != 30032 {
		t.Errorf("101 commands give code %d, want 30032", got)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		fault  localdiscord.Fault
		status int
		code   int
		want   map[string]string // headers; empty value: must not be there
		posted int
	}{
		{"user limit", localdiscord.Fault{Kind: localdiscord.RateLimitUser, RetryAfter: 1500 * time.Millisecond}, 429, -1, map[string]string{"Retry-After": "2", "X-RateLimit-Scope": "user", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "1.500", "X-RateLimit-Global": ""}, 0},
		{"shared limit", localdiscord.Fault{Kind: localdiscord.RateLimitShared}, 429, -1, map[string]string{"Retry-After": "1", "X-RateLimit-Scope": "shared"}, 0},
		{"global limit", localdiscord.Fault{Kind: localdiscord.RateLimitGlobal}, 429, -1, map[string]string{"Retry-After": "1", "X-RateLimit-Scope": "global", "X-RateLimit-Global": "true", "X-RateLimit-Reset-After": "", "X-RateLimit-Bucket": ""}, 0},
		{"limit of the front", localdiscord.Fault{Kind: localdiscord.RateLimitHTML}, 429, -1, map[string]string{"Retry-After": "1", "Content-Type": "text/html; charset=UTF-8", "X-RateLimit-Scope": ""}, 0},
		{"code", localdiscord.Fault{Kind: localdiscord.JSONError, Code: 200000}, 400, 200000, nil, 0},
		{"code with a status", localdiscord.Fault{Kind: localdiscord.JSONError, Code: 50001, Status: 404}, 404, 50001, nil, 0},
		{"code with a wait", localdiscord.Fault{Kind: localdiscord.JSONError, Code: 30046, RetryAfter: 1500 * time.Millisecond}, 429, 30046, map[string]string{"Retry-After": "2"}, 0},
		{"front is down", localdiscord.Fault{Kind: localdiscord.BadGateway}, 502, -1, nil, 0},
		{"took effect, answer lost", localdiscord.Fault{Kind: localdiscord.CommitThen502}, 502, -1, nil, 1},
		{"delay", localdiscord.Fault{Kind: localdiscord.Delay, Delay: time.Millisecond}, 200, -1, nil, 1},
		{"held answer", localdiscord.Fault{Kind: localdiscord.CommitThenHold, Delay: time.Millisecond}, 200, -1, nil, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, localdiscord.Options{})
			tt.fault.Method, tt.fault.Path = "POST", "/channels/{channel}/messages"
			injected := s.Inject(tt.fault)
			a := s.call(t, "POST", "/channels/"+s.news+"/messages", `{"content":"a"}`)
			if a.status != tt.status || a.code() != tt.code {
				t.Errorf("got %d with code %d: %s", a.status, a.code(), a.text)
			}
			for k, v := range tt.want {
				if got := a.header.Get(k); got != v {
					t.Errorf("header %s is %q, want %q", k, got, v)
				}
			}
			if n := len(s.Messages(s.news)); n != tt.posted {
				t.Errorf("%d messages, want %d", n, tt.posted)
			}
			if a := s.call(t, "POST", "/channels/"+s.news+"/messages", `{"content":"b"}`); a.status != 200 || injected.Hits() != 1 {
				t.Errorf("after the fault: %d, hits %d", a.status, injected.Hits())
			}
		})
	}
}

func TestFaultsMatchSkipAndRepeat(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	other := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "other"}))
	always := s.Inject(localdiscord.Fault{Method: "POST", Path: "/channels/" + s.news + "/messages", Skip: 1, Times: -1, Kind: localdiscord.JSONError, Code: 50013})
	status := func(method, path string) string {
		body := ""
		if method == "POST" {
			body = `{"content":"a"}`
		}
		return fmt.Sprint(s.call(t, method, path, body).status)
	}
	news := "/channels/" + s.news + "/messages"
	got := []string{status("POST", news), status("POST", news), status("GET", news), status("POST", "/channels/"+other+"/messages"), status("POST", news)}
	always.Remove()
	got = append(got, status("POST", news))
	if want := "200 403 200 200 403 200"; strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, " "), want)
	}
}

func TestDroppedRequestDidNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	s.Inject(localdiscord.Fault{Method: "POST", Kind: localdiscord.Drop, Times: 1})
	if err := s.send(withPatience(t), "POST", "/channels/"+s.news+"/messages", `{"content":"a"}`); err == nil {
		t.Error("the connection did not break")
	}
	if n := len(s.Messages(s.news)); n != 0 {
		t.Errorf("%d messages", n)
	}
}
