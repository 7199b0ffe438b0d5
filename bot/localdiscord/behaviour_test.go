package localdiscord_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"trucewire/bot/localdiscord"
)

func TestWhoIsPinged(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	open := must[string](t)(s.AddRole(localdiscord.Role{Guild: s.guild, Name: "truce", Mentionable: true}))
	closed := must[string](t)(s.AddRole(localdiscord.Role{Guild: s.guild, Name: "staff"}))
	hers, err := s.Say(s.news, s.ann, "hello")
	check(t, err)
	text := fmt.Sprintf("@everyone <@%s> <@&%s> <@&%s>", s.ann, open, closed)
	reference := `,"message_reference":{"message_id":"` + hers.ID + `"}`
	tests := []struct {
		name, content, rest string
		everyone            bool // the bot may mention everyone
		want                localdiscord.Pings
	}{
		{"by default everything that the bot may", text, "", false, localdiscord.Pings{Users: []string{s.ann}, Roles: []string{open}}},
		{"with Mention Everyone", text, "", true, localdiscord.Pings{Everyone: true, Users: []string{s.ann}, Roles: []string{open, closed}}},
		{"nothing allowed", text, `,"allowed_mentions":{"parse":[]}`, true, localdiscord.Pings{}},
		{"one role allowed", text, `,"allowed_mentions":{"parse":[],"roles":["` + open + `"]}`, true, localdiscord.Pings{Roles: []string{open}}},
		{"users allowed", text, `,"allowed_mentions":{"parse":["users"]}`, true, localdiscord.Pings{Users: []string{s.ann}}},
		{"an answer pings its author by default", "a", reference, false, localdiscord.Pings{Users: []string{s.ann}}},
		{"an answer that pings nobody", "a", reference + `,"allowed_mentions":{"parse":[],"replied_user":false}`, false, localdiscord.Pings{}},
		{"an answer with nothing allowed", "a", reference + `,"allowed_mentions":{"parse":[]}`, false, localdiscord.Pings{}},
	}
	for _, tt := range tests {
		permissions := localdiscord.DefaultBot
		if tt.everyone {
			permissions |= localdiscord.MentionEveryone
		}
		check(t, s.SetBotPermissions(s.guild, permissions))
		a := s.call(t, "POST", "/channels/"+s.news+"/messages", `{"content":"`+tt.content+`"`+tt.rest+`}`)
		if a.status != 200 {
			t.Fatalf("%s: %s", tt.name, a.text)
		}
		list := s.Messages(s.news)
		if diff := cmp.Diff(tt.want, list[len(list)-1].Pings); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	s.clean(t)
}

func TestOthersContentIsHiddenFromTheBot(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	_, err := s.Say(s.news, s.ann, "private talk")
	check(t, err)
	_, err = s.Say(s.news, s.ann, "<@"+s.ApplicationID()+"> listen")
	check(t, err)
	_, err = dg.ChannelMessageSend(s.news, "mine")
	check(t, err)
	list, err := dg.ChannelMessages(s.news, 10, "", "", "")
	check(t, err)
	if diff := cmp.Diff([]string{"mine", "<@" + s.ApplicationID() + "> listen", ""}, contents(list)); diff != "" {
		t.Errorf("the bot reads (-want +got):\n%s", diff)
	}
	if list[2].Author.ID != s.ann || list[0].Author.ID != s.ApplicationID() {
		t.Errorf("authors %s and %s", list[2].Author.ID, list[0].Author.ID)
	}
}

func TestRemovedBotLosesAccessUntilItIsInvitedAgain(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	first, err := dg.ChannelMessageSend(s.news, "before")
	check(t, err)
	check(t, s.RemoveGuild(s.guild))
	_, err = dg.ChannelMessageSend(s.news, "removed")
	if got := code(t, err); got != discordgo.ErrCodeMissingAccess {
		t.Errorf("a removed bot gets code %d, want 50001", got)
	}
	if _, err := s.Invoke(t.Context(), localdiscord.Invocation{Guild: s.guild, Channel: s.news, User: s.mod, Command: "status"}); err == nil {
		t.Error("a member gave a command to a removed bot")
	}
	must[string](t)(s.AddGuild(localdiscord.Guild{ID: s.guild}))
	_, err = dg.ChannelMessageSend(s.news, "after")
	check(t, err)
	if list := s.Messages(s.news); len(list) != 2 || list[0].ID != first.ID || s.Permissions(s.news, s.mod)&localdiscord.ManageGuild == 0 {
		t.Errorf("the server is not as it was: %+v", list)
	}
}

func TestFilesAreKeptAndServed(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	check(t, s.SetBotPermissions(s.guild, localdiscord.DefaultBot|localdiscord.AttachFiles))
	dg := s.client(t)
	m, err := dg.ChannelMessageSendComplex(s.news, &discordgo.MessageSend{Content: "chart", Files: []*discordgo.File{
		{Name: "chart.png", ContentType: "image/png", Reader: strings.NewReader("picture")},
	}})
	check(t, err)
	if len(m.Attachments) != 1 || m.Attachments[0].Filename != "chart.png" || m.Attachments[0].Size != 7 {
		t.Fatalf("attachments %+v", m.Attachments)
	}
	req, err := http.NewRequestWithContext(withPatience(t), http.MethodGet, m.Attachments[0].URL, nil)
	check(t, err)
	res, err := http.DefaultClient.Do(req)
	check(t, err)
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	check(t, err)
	if string(data) != "picture" || res.Header.Get("Content-Type") != "image/png" {
		t.Errorf("served %q as %s", data, res.Header.Get("Content-Type"))
	}
	edited, err := dg.ChannelMessageEditComplex(&discordgo.MessageEdit{ID: m.ID, Channel: s.news, Attachments: &[]*discordgo.MessageAttachment{}})
	check(t, err)
	if len(edited.Attachments) != 0 {
		t.Errorf("an empty list keeps %+v", edited.Attachments)
	}
	eleven := &discordgo.MessageSend{Content: "many"}
	for n := range 11 {
		eleven.Files = append(eleven.Files, &discordgo.File{Name: fmt.Sprintf("%d.txt", n), Reader: bytes.NewReader([]byte("x"))})
	}
	_, err = dg.ChannelMessageSendComplex(s.news, eleven)
	if got := code(t, err); got != 50035 {
		t.Errorf("eleven files give code %d", got)
	}
}

func TestCrosspostOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	ann := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "announcements", Type: localdiscord.AnnouncementChannel}))
	dg := s.client(t)
	m, err := dg.ChannelMessageSend(ann, "talks")
	check(t, err)
	crossposted, err := dg.ChannelMessageCrosspost(ann, m.ID)
	check(t, err)
	if crossposted.Flags&discordgo.MessageFlagsCrossPosted == 0 {
		t.Errorf("flags %b", crossposted.Flags)
	}
	_, err = dg.ChannelMessageCrosspost(ann, m.ID)
	if got := code(t, err); got != 40033 {
		t.Errorf("the second time gives code %d", got)
	}
}

func TestNonceWindowEnds(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{NonceWindow: time.Nanosecond})
	dg := s.client(t)
	for range 2 {
		_, err := post(dg, s.news, "x", "n")
		check(t, err)
	}
	if n := len(s.Messages(s.news)); n != 2 {
		t.Errorf("%d messages, want 2 after the window", n)
	}
}

func TestNonceNeedsToBeEnforced(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	for range 2 {
		s.call(t, "POST", "/channels/"+s.news+"/messages", `{"content":"a","nonce":"n"}`)
	}
	if n := len(s.Messages(s.news)); n != 2 {
		t.Errorf("%d messages, want 2 without enforce_nonce", n)
	}
}

func TestIDsGrowWhenTheClockStandsStill(t *testing.T) {
	t.Parallel()
	at := time.Date(2020, 6, 10, 8, 0, 0, 0, time.UTC)
	s := newStage(t, localdiscord.Options{Now: func() time.Time { return at }})
	dg := s.client(t)
	for _, text := range []string{"one", "two", "three"} {
		_, err := dg.ChannelMessageSend(s.news, text)
		check(t, err)
	}
	list, err := dg.ChannelMessages(s.news, 10, "", localdiscord.Snowflake(at.Add(-time.Minute)), "")
	check(t, err)
	if diff := cmp.Diff([]string{"three", "two", "one"}, contents(list)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !list[0].Timestamp.Equal(at) {
		t.Errorf("stamped %s, want the story's time %s", list[0].Timestamp, at)
	}
	if list, err = dg.ChannelMessages(s.news, 10, "", localdiscord.Snowflake(at.Add(time.Minute)), ""); err != nil || len(list) != 0 {
		t.Errorf("later than the story's time: %d messages, %v", len(list), err)
	}
}

func TestListenersHearInOrderBeforeTheBotIsAnswered(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	dg := s.client(t)
	var heard []string
	stop := s.OnMessage(func(e localdiscord.Event) {
		// A listener may read.
		heard = append(heard, fmt.Sprintf("%s %q %q of %d", e.Kind, e.Before.Content, e.Message.Content, len(s.Messages(s.news))))
	})
	m, err := dg.ChannelMessageSend(s.news, "a")
	check(t, err)
	_, err = dg.ChannelMessageEdit(s.news, m.ID, "b")
	check(t, err)
	check(t, dg.ChannelMessageDelete(s.news, m.ID))
	want := []string{`created "" "a" of 1`, `edited "a" "b" of 1`, `deleted "" "b" of 0`}
	if diff := cmp.Diff(want, heard); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	stop()
	_, err = dg.ChannelMessageSend(s.news, "c")
	check(t, err)
	if len(heard) != 3 {
		t.Errorf("heard after the end: %v", heard[3:])
	}
}

func TestConcurrentPostsAreHeardInOrder(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	var heard []string
	s.OnMessage(func(e localdiscord.Event) { heard = append(heard, e.Message.ID) })
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				s.call(t, "POST", "/channels/"+s.news+"/messages", `{"content":"a"}`)
			}
		})
	}
	wg.Wait()
	var kept []string
	for _, m := range s.Messages(s.news) {
		kept = append(kept, m.ID)
	}
	if diff := cmp.Diff(kept, heard); diff != "" || len(kept) != 40 {
		t.Errorf("%d messages (-kept +heard):\n%s", len(kept), diff)
	}
}

func TestRateLimitsAreEnforcedOnRequest(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{RateLimits: true})
	other := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "other"}))
	// Crossposts have the longest window, so that a slow machine stays inside it.
	crosspost := func(channel string) answer {
		return s.call(t, "POST", "/channels/"+channel+"/messages/5/crosspost", "")
	}
	for n := range 10 {
		if a := crosspost(s.news); a.status != 404 || a.header.Get("X-RateLimit-Remaining") != strconv.Itoa(9-n) || a.header.Get("X-RateLimit-Limit") != "10" {
			t.Errorf("request %d: %d %v", n, a.status, a.header)
		}
	}
	if a := crosspost(s.news); a.status != 429 || a.header.Get("X-RateLimit-Scope") != "user" || a.header.Get("Retry-After") == "" {
		t.Errorf("one too many: %d %v", a.status, a.header)
	}
	if a := crosspost(other); a.status != 404 {
		t.Errorf("another channel: %d", a.status)
	}
	free := newStage(t, localdiscord.Options{})
	for range 12 {
		if a := free.call(t, "POST", "/channels/"+free.news+"/messages", `{"content":"a"}`); a.status != 200 || a.header.Get("X-RateLimit-Remaining") == "0" || a.header.Get("X-RateLimit-Bucket") == "" {
			t.Fatalf("without limits: %d %v", a.status, a.header)
		}
	}
}

func TestObserverSeesRequestsWithoutTokens(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var seen []string
	s := newStage(t, localdiscord.Options{Observe: func(r localdiscord.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, fmt.Sprintf("%s %s %s %d", r.Method, r.Path, r.Body, r.Status))
	}})
	s.call(t, "POST", "/channels/"+s.news+"/messages", `{"content":"a"}`)
	s.call(t, "POST", "/interactions/5/canary/callback", `{"type":6}`)
	s.Inject(localdiscord.Fault{Kind: localdiscord.CommitThen502})
	s.call(t, "GET", "/gateway", "")
	want := []string{
		"POST /channels/" + s.news + `/messages {"content":"a"} 200`,
		`POST /interactions/5/…/callback {"type":6} 404`,
		"GET /gateway  502",
	}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCloseEndsHeldRequestsAndConnections(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]localdiscord.Fault{
		"answer held":  {Method: "POST", Kind: localdiscord.CommitThenHold},
		"request held": {Method: "POST", Kind: localdiscord.Delay, Delay: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			s := bareStage(t, localdiscord.Options{})
			w := s.dial(t, "v=10")
			w.send(s.identify(1, ""))
			w.upTo("GUILD_CREATE")
			injected := s.Inject(fault)
			ctx, done := withPatience(t), make(chan struct{})
			go func() {
				defer close(done)
				_ = s.send(ctx, "POST", "/channels/"+s.news+"/messages", `{"content":"`+strings.Repeat("a", 64<<10)+`"}`)
			}()
			for injected.Hits() == 0 && ctx.Err() == nil {
				runtime.Gosched()
			}
			closed := make(chan error, 1)
			go func() { closed <- s.Close() }()
			check(t, receive(t, closed))
			receive(t, done) // answered or broken, but not held any longer
			if _, _, err := w.ws.ReadMessage(); err == nil {
				t.Error("the gateway connection lives on")
			}
			if err := s.Start(); !errors.Is(err, localdiscord.ErrClosed) {
				t.Errorf("start after the end gives %v", err)
			}
		})
	}
}

func TestMessageTextShowsEverythingAMemberReads(t *testing.T) {
	t.Parallel()
	m := localdiscord.Message{
		Content: "**Libya** · Talks",
		Embeds: []localdiscord.Embed{{
			Title: "Status", Description: "negotiating", Fields: []localdiscord.EmbedField{{Name: "Sirte", Value: "contested"}},
			Footer: &localdiscord.EmbedFooter{Text: "automatic summary"}, Author: &localdiscord.EmbedAuthor{Name: "Trucewire"},
		}},
		Attachments: []localdiscord.Attachment{{Name: "chart.png"}},
		Components: []localdiscord.Component{
			{Type: 1, Components: []localdiscord.Component{{Type: 2, Style: 1, Label: "Details"}, {Type: 2, Style: 5, Label: "Source", URL: "https://example.org/a"}}},
			{Type: 1, Components: []localdiscord.Component{{Type: 3, Placeholder: "Which", Options: []localdiscord.SelectOption{{Label: "Libya"}, {Label: "Sudan"}}}}},
			{Type: 1, Components: []localdiscord.Component{{Type: 8, CustomID: "c", Placeholder: "Where"}}},
			{Type: 17, Components: []localdiscord.Component{{Type: 10, Content: "in a box"}, {Type: 9, Components: []localdiscord.Component{{Type: 10, Content: "line"}}, Accessory: &localdiscord.Component{Type: 2, Label: "More"}}}},
		},
	}
	want := strings.Join([]string{
		"**Libya** · Talks", "Trucewire", "Status", "negotiating", "Sirte", "contested", "automatic summary", "(file: chart.png)",
		"[Details] [Source: https://example.org/a]", "[Which: Libya | Sudan]", "[Where]", "in a box", "line [More]",
	}, "\n")
	if diff := cmp.Diff(want, m.Text()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	m.Flags = localdiscord.FlagSuppressEmbeds
	if strings.Contains(m.Text(), "negotiating") {
		t.Error("suppressed embeds are shown")
	}
	if got := (localdiscord.Message{Loading: true}).Text(); got != "thinking…" {
		t.Errorf("loading gives %q", got)
	}
}
