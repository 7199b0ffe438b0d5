package localdiscord_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"trucewire/bot/localdiscord"
)

// answer is one REST answer read raw.
type answer struct {
	status int
	header http.Header
	text   string
	json   map[string]any
}

// code is the JSON error code, -1 if there is none.
func (a answer) code() int {
	v, ok := a.json["code"].(float64)
	if !ok {
		return -1
	}
	return int(v)
}

// call makes a REST call as the bot. body is JSON text; empty: none.
func (s stage) call(t testing.TB, method, path, body string, change ...func(*http.Request)) answer {
	t.Helper()
	req, err := s.request(withPatience(t), method, path, body)
	check(t, err)
	for _, f := range change {
		f(req)
	}
	res, err := http.DefaultClient.Do(req)
	check(t, err)
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	check(t, err)
	a := answer{status: res.StatusCode, header: res.Header, text: string(data)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "application/json") && bytes.HasPrefix(data, []byte("{")) {
		check(t, json.Unmarshal(data, &a.json))
	}
	return a
}

func (s stage) request(ctx context.Context, method, path, body string) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, method, s.URL()+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bot "+s.Token())
	req.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	return req, nil
}

// send makes a call whose answer does not matter.
func (s stage) send(ctx context.Context, method, path, body string) error {
	req, err := s.request(ctx, method, path, body)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	return res.Body.Close()
}

func fill(template string, s stage) string {
	return strings.NewReplacer("{news}", s.news, "{app}", s.ApplicationID(), "{guild}", s.guild, "{mod}", s.mod, "{ann}", s.ann).Replace(template)
}

func header(key, value string) func(*http.Request) {
	return func(r *http.Request) {
		if value == "" {
			r.Header.Del(key)
			return
		}
		r.Header.Set(key, value)
	}
}

func TestErrorsOfTheRESTAPI(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	hidden := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "hidden", Overwrites: []localdiscord.Overwrite{{User: s.ApplicationID(), Deny: localdiscord.ViewChannel}}}))
	mute := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "mute", Overwrites: []localdiscord.Overwrite{{User: s.ApplicationID(), Deny: localdiscord.SendMessages}}}))
	plain := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "plain", Overwrites: []localdiscord.Overwrite{{User: s.ApplicationID(), Deny: localdiscord.EmbedLinks | localdiscord.ReadMessageHistory}}}))
	said, err := s.Say(s.news, s.ann, "hello")
	check(t, err)
	kept, err := s.Say(plain, s.ann, "hello")
	check(t, err)
	stranger := must[string](t)(s.AddUser(localdiscord.User{Name: "stranger"}))
	strangersDM := must[string](t)(s.DirectChannel(stranger))
	tests := []struct {
		name, method, path, body string
		change                   func(*http.Request)
		status, code             int
	}{
		{"wrong token", "GET", "/users/@me", "", header("Authorization", "Bot wrong"), 401, 0},
		{"no token", "GET", "/users/@me", "", header("Authorization", ""), 401, 0},
		{"browser's user agent", "GET", "/users/@me", "", header("User-Agent", "Mozilla/5.0"), 403, 40333},
		{"no such route", "GET", "/nonsense", "", nil, 404, 0},
		{"no such channel", "POST", "/channels/1/messages", `{"content":"a"}`, nil, 404, 10003},
		{"channel out of sight", "POST", "/channels/" + hidden + "/messages", `{"content":"a"}`, nil, 403, 50001},
		{"channel without send", "POST", "/channels/" + mute + "/messages", `{"content":"a"}`, nil, 403, 50013},
		{"embed without embed links", "POST", "/channels/" + plain + "/messages", `{"embeds":[{"title":"a"}]}`, nil, 403, 50013},
		{"reply without history", "POST", "/channels/" + plain + "/messages", `{"content":"a","message_reference":{"message_id":"` + kept.ID + `"}}`, nil, 400, 160002},
		{"one message without history", "GET", "/channels/" + plain + "/messages/" + kept.ID, "", nil, 403, 50013},
		{"no such message", "PATCH", "/channels/{news}/messages/5", `{"content":"a"}`, nil, 404, 10008},
		{"somebody else's message", "PATCH", "/channels/{news}/messages/" + said.ID, `{"content":"a"}`, nil, 403, 50005},
		{"delete somebody else's", "DELETE", "/channels/{news}/messages/" + said.ID, "", nil, 403, 50013},
		{"empty message", "POST", "/channels/{news}/messages", `{"content":"  "}`, nil, 400, 50006},
		{"bad JSON", "POST", "/channels/{news}/messages", `{"content":`, nil, 400, 50109},
		{"no content type", "POST", "/channels/{news}/messages", `{"content":"a"}`, header("Content-Type", ""), 400, 50035},
		{"reply to nothing", "POST", "/channels/{news}/messages", `{"content":"a","message_reference":{"message_id":"5"}}`, nil, 400, 50035},
		{"limit above 100", "GET", "/channels/{news}/messages?limit=101", "", nil, 400, 50035},
		{"direct message to nobody", "POST", "/users/@me/channels", `{"recipient_id":"5"}`, nil, 400, 50033},
		{"direct message without a common server", "POST", "/channels/" + strangersDM + "/messages", `{"content":"a"}`, nil, 403, 50007},
		{"crosspost in a text channel", "POST", "/channels/{news}/messages/" + said.ID + "/crosspost", "", nil, 400, 50024},
		{"no such guild", "GET", "/guilds/5", "", nil, 404, 10004},
		{"no such member", "GET", "/guilds/{guild}/members/5", "", nil, 404, 10007},
		{"another application's commands", "PUT", "/applications/5/commands", `[]`, nil, 403, 50001},
		{"commands of a strange guild", "GET", "/applications/{app}/guilds/5/commands", "", nil, 403, 50001},
		{"unknown interaction", "POST", "/interactions/5/tok/callback", `{"type":6}`, nil, 404, 10062},
		{"unknown webhook", "POST", "/webhooks/{app}/tok", `{"content":"a"}`, nil, 404, 10015},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			change := tt.change
			if change == nil {
				change = func(*http.Request) {}
			}
			a := s.call(t, tt.method, fill(tt.path, s), fill(tt.body, s), change)
			if a.status != tt.status || a.code() != tt.code {
				t.Errorf("got %d with code %d, want %d with %d: %s", a.status, a.code(), tt.status, tt.code, a.text)
			}
		})
	}
	if n := len(s.Messages(s.news)); n != 1 {
		t.Errorf("refused requests left %d messages, want the 1 that was there", n)
	}
	if a := s.call(t, "GET", "/channels/"+plain+"/messages", ""); a.text != "[]" {
		t.Errorf("list without history gives %s, want an empty list", a.text)
	}
}

func TestOldAPIVersionIsRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	a := s.call(t, "GET", "", "", func(r *http.Request) { r.URL.Path = "/api/v6/users/@me" })
	if a.status != 400 || a.code() != 50041 {
		t.Errorf("got %d %s", a.status, a.text)
	}
}

func TestForeignHostNamesAreRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	a := s.call(t, "GET", "/gateway", "", func(r *http.Request) { r.Host = "rebound.example.org" })
	if a.status != http.StatusMisdirectedRequest {
		t.Errorf("got %d, want 421", a.status)
	}
	if !strings.HasPrefix(s.URL(), "http://127.0.0.1:") {
		t.Errorf("listens at %s", s.URL())
	}
}

func TestFormErrorsNameTheirPlaceAndAreKept(t *testing.T) {
	t.Parallel()
	s := bareStage(t, localdiscord.Options{})
	a := s.call(t, "POST", "/channels/"+s.news+"/messages", `{"embeds":[{"title":"`+strings.Repeat("a", 257)+`"}]}`)
	want := map[string]any{"code": 50035.0, "message": "Invalid Form Body", "errors": map[string]any{"embeds": map[string]any{"0": map[string]any{"title": map[string]any{
		"_errors": []any{map[string]any{"code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length."}},
	}}}}}
	if diff := cmp.Diff(want, a.json); diff != "" || a.status != 400 {
		t.Errorf("status %d (-want +got):\n%s", a.status, diff)
	}
	kept := []string{"POST /channels/{channel}/messages: embeds.0.title: Must be 256 or fewer in length."}
	if diff := cmp.Diff(kept, s.Violations()); diff != "" {
		t.Errorf("violations (-want +got):\n%s", diff)
	}
}

func TestCheckIsAnsweredAndKept(t *testing.T) {
	t.Parallel()
	d := localdiscord.New(localdiscord.Options{})
	var seen string
	d.Check = func(method, path string, body []byte) error {
		seen = method + " " + path + " " + string(body)
		return errors.New("not to the taste of the check")
	}
	check(t, d.Start())
	t.Cleanup(func() { check(t, d.Close()) })
	a := stage{Server: d}.call(t, "POST", "/channels/7/messages", `{"content":"a"}`)
	if seen != `POST /channels/7/messages {"content":"a"}` {
		t.Errorf("the check saw %q", seen)
	}
	if a.code() != 50035 || len(d.Violations()) != 1 || !strings.Contains(d.Violations()[0], "not to the taste") {
		t.Errorf("got %s with violations %q", a.text, d.Violations())
	}
}
