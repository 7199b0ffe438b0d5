package localdiscord

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// FuzzBodies sends anything at all to the routes that take a body: whatever comes, the
// answer is one that Discord could give.
func FuzzBodies(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `null`, `5`, `{"content":"a"}`, `{"embeds":{"a":1}}`, `{"embeds":[null,5,{"fields":[[]],"footer":"x","color":1.5}]}`,
		`{"components":[{"type":1,"components":[{"type":3,"options":[{"emoji":5}]}]}]}`, `{"attachments":[{"id":{}}],"content":"a"}`,
		`{"content":"a","nonce":{},"enforce_nonce":true}`, `{"content":"a","message_reference":{"message_id":"1","fail_if_not_exists":"x"}}`,
		`{"type":4,"data":{"content":"a","flags":64}}`, `{"type":9,"data":{"custom_id":"m","title":"t","components":[{"type":18,"label":"l","component":{"type":4,"custom_id":"a","style":1}}]}}`,
		`{"type":8,"data":{"choices":[{"name":"n","value":{}}]}}`, `[{"name":"a","description":"b","options":[{"type":1,"name":"c","description":"d","options":5}]}]`,
		`[{"name":"a","description":"b","contexts":"x","default_member_permissions":{}}]`, `{"recipient_id":[]}`, `[{"name":"a","description":"b","dm_permission":"x"}]`, "{\"content\":\"\xff\"}",
	} {
		for route := range 7 {
			f.Add(route, seed)
		}
	}
	f.Fuzz(func(t *testing.T, route int, body string) {
		s := New(Options{})
		guild, err := s.AddGuild(Guild{Name: "g"})
		if err != nil {
			t.Fatal(err)
		}
		ch, err := s.AddChannel(Channel{Guild: guild, Name: "c"})
		if err != nil {
			t.Fatal(err)
		}
		it := s.world.newInteraction(interactionCommand, guild, ch, s.ApplicationID(), "/c")
		done := s.world.newInteraction(interactionCommand, guild, ch, s.ApplicationID(), "/c")
		done.callback, done.original = callbackDeferred, s.world.reply(done, 0)
		m := s.world.say(s.world.channels[ch], s.ApplicationID(), "a")
		targets := []struct{ method, path string }{
			{"POST", "/channels/" + ch + "/messages"},
			{"PATCH", "/channels/" + ch + "/messages/" + m.ID},
			{"PUT", "/applications/" + s.ApplicationID() + "/commands"},
			{"POST", "/interactions/" + it.id + "/" + it.token + "/callback"},
			{"POST", "/webhooks/" + s.ApplicationID() + "/" + done.token},
			{"PATCH", "/webhooks/" + s.ApplicationID() + "/" + done.token + "/messages/@original"},
			{"POST", "/users/@me/channels"},
		}
		target := targets[max(route, -(route+1))%len(targets)]
		r := httptest.NewRequest(target.method, "http://127.0.0.1/api/v10"+target.path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bot "+s.Token())
		r.Header.Set("User-Agent", "DiscordBot (x, 1)")
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.handler().ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError {
			t.Errorf("%s %s with %s: %d %s", target.method, target.path, body, w.Code, w.Body)
		}
	})
}
