package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"trucewire/bot/localdiscord"
	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
)

func TestStatusIsAnsweredToTheMemberAlone(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	r := s.invoke(t, s.ann, "/status libya")
	wantText(t, r.Message.Content, "Status of libya in "+s.guild)
	if !r.Message.Ephemeral() || r.Deferred {
		t.Errorf("ephemeral %v, deferred %v; want a prompt ephemeral answer", r.Message.Ephemeral(), r.Deferred)
	}
	s.clean(t)
}

func TestHandlerThatPanicsIsAnsweredAndLogged(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{status: func(context.Context, guild.ID, news.ConflictID) (string, error) { panic("kaboom") }})
	s.run(t)
	wantText(t, s.invoke(t, s.ann, "/status").Message.Content, unknownText)
	wantText(t, s.log.String(), "panic: kaboom")
	wantText(t, s.log.String(), "router_test.go")
	wantText(t, s.invoke(t, s.ann, "/latest").Message.Content, "Latest")
}

func TestSlowHandlerIsDeferredInTime(t *testing.T) {
	release := make(chan struct{})
	s := newStage(t, localdiscord.Options{}, &desk{status: func(ctx context.Context, _ guild.ID, _ news.ConflictID) (string, error) {
		select {
		case <-release:
		case <-ctx.Done():
		}
		return "at last", ctx.Err()
	}})
	s.bot.app.ack = 50 * time.Millisecond
	s.OnMessage(func(e localdiscord.Event) {
		if e.Message.Loading && e.Kind == localdiscord.Created {
			close(release)
		}
	})
	s.run(t)
	r := s.invoke(t, s.ann, "/status")
	if !r.Deferred || r.Message.Content != "at last" || !r.Message.Ephemeral() {
		t.Errorf("deferred %v, ephemeral %v, content %q", r.Deferred, r.Message.Ephemeral(), r.Message.Content)
	}
	s.clean(t)
}

func TestSlowCommandIsDeferredAtOnce(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.bot.app.ack = time.Hour
	s.run(t)
	r := s.invoke(t, s.mod, "/source add https://feeds.example/rss")
	if !r.Deferred || !r.Message.Ephemeral() {
		t.Errorf("deferred %v, ephemeral %v", r.Deferred, r.Message.Ephemeral())
	}
	wantText(t, r.Message.Content, `Added **A \*feed\***`)
	s.clean(t)
}

// An administrator can show a moderators' command to anyone; the code refuses all the same.
func TestMembersAreRefusedModeratorsCommands(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{subs: []notify.Subscription{{ID: 1, Guild: "other", Channel: "5"}}})
	s.run(t)
	for _, line := range []string{
		"/alerts add", "/alerts list", "/alerts remove number:1", "/digest add", "/digest list", "/digest now", "/digest remove number:1",
		"/source add https://feeds.example/rss", "/source list", "/source remove own-1",
	} {
		r := s.invoke(t, s.ann, line)
		wantText(t, r.Message.Content, "Manage Server")
		if !r.Message.Ephemeral() {
			t.Errorf("%s: the refusal is public", line)
		}
	}
	if n := s.desk.changes(); n != 0 {
		t.Errorf("%d changes were made by a member", n)
	}
	s.clean(t)
}

func TestModeratorsCommandsAreHiddenFromMembers(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	in := must[localdiscord.Invocation](t)(s.Parse(s.guild, s.news, s.ann, "/alerts list"))
	if _, err := s.Invoke(t.Context(), in); !errors.Is(err, localdiscord.ErrHidden) {
		t.Errorf("error %v, want ErrHidden", err)
	}
}

func TestUnknownErrorsAreNotShown(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{status: func(context.Context, guild.ID, news.ConflictID) (string, error) { return "", errBoom }})
	s.run(t)
	if got := s.invoke(t, s.ann, "/status").Message.Content; got != unknownText {
		t.Errorf("answer %q", got)
	}
	wantText(t, s.log.String(), errBoom.Error())
}

func TestKnownErrorsSayWhatToDo(t *testing.T) {
	for want, err := range map[string]error{
		"50 subscriptions": fmt.Errorf("add: %w", notify.ErrTooMany),
		"Manage Server":    guild.ErrForbidden,
		"took too long":    context.DeadlineExceeded,
		"use a name such as": &notify.FieldError{
			Field: "zone", Problem: "Europe/Atlantis is not a time zone", Fix: "use a name such as Europe/Berlin",
		},
		"reads that source already": fmt.Errorf("add source: %w", sources.ErrExists),
		"web page, not a feed":      &sources.FetchError{URL: "https://x.example", Err: sources.ErrHTML},
	} {
		text, known := knownWords(err)
		if !known {
			t.Errorf("%v has no words", err)
		}
		wantText(t, text, want)
	}
}

// sentCallback is what the router answered.
type sentCallback struct {
	Type int `json:"type"`
	Data struct {
		Content string   `json:"content"`
		Flags   int      `json:"flags"`
		Choices []choice `json:"choices"`
	} `json:"data"`
}

// answerTo gives raw JSON to the router and returns its first answer.
func (s *stage) answerTo(t testing.TB, raw string) sentCallback {
	t.Helper()
	answers := make(chan sentCallback, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var c sentCallback
		if err := json.NewDecoder(r.Body).Decode(&c); err != nil {
			t.Error(err)
		}
		answers <- c
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	base := must[*url.URL](t)(parseBase(server.URL))
	rest := must[*rest](t)(newRest(canary, newTransport(base, "test", slog.New(slog.DiscardHandler)), func(error) {}))
	r := newRouter(rest, s.bot.app.table.roots, s.logger())
	r.take(t.Context(), []byte(raw))
	r.work.Wait()
	select {
	case c := <-answers:
		return c
	default:
		t.Fatalf("no answer to %s; log: %s", raw, s.log)
		return sentCallback{}
	}
}

func TestDirectMessagesAreAnsweredWithTheWayToAServer(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	got := s.answerTo(t, `{"id":"1","application_id":"7","token":"t","type":2,"channel_id":"5","user":{"id":"3"},"data":{"name":"status"}}`)
	wantText(t, got.Data.Content, "in a server")
}

func TestModalIsAnsweredAsExpired(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	got := s.answerTo(t, `{"id":"1","application_id":"7","token":"t","type":5,"guild_id":"9","channel_id":"5","member":{"user":{"id":"3"},"permissions":"32"},
		"data":{"custom_id":"m1","components":[{"type":18,"id":1,"component":{"type":4,"id":2,"custom_id":"url","value":"x"}}]}}`)
	wantText(t, got.Data.Content, "expired")
}

func TestUnknownCommandIsAnswered(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	got := s.answerTo(t, `{"id":"1","application_id":"7","token":"t","type":2,"guild_id":"9","channel_id":"5","member":{"user":{"id":"3"},"permissions":"0"},"data":{"name":"retired"}}`)
	wantText(t, got.Data.Content, "any more")
}

func TestNonsenseDoesNotHurt(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	for _, raw := range []string{``, `null`, `[]`, `{}`, `{"id":1}`, `{"id":"1","token":"t"}`, `{"data":[]}`, `{"id":"1","token":"t","type":2,"member":null}`} {
		s.bot.app.take(t.Context(), []byte(raw))
	}
	s.bot.app.work.Wait()
	wantText(t, s.log.String(), "interaction cannot be read")
}

func TestSuggestionsAreFilteredAndBounded(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	for typed, want := range map[string]string{"lib": "Libya", "su": "Sudan,South Sudan", "ليب": "Libya", "zzz": ""} {
		if got := s.suggest(t, s.ann, "status", "conflict", typed); got != want {
			t.Errorf("typed %q: %q, want %q", typed, got, want)
		}
	}
	if got := strings.Count(s.suggest(t, s.ann, "status", "conflict", ""), ",") + 1; got != 25 {
		t.Errorf("%d suggestions, want 25", got)
	}
	s.clean(t)
}

func (s *stage) suggest(t testing.TB, user, command, name, typed string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	found := must[[]localdiscord.Choice](t)(s.Autocomplete(ctx, localdiscord.Invocation{
		Guild: s.guild, Channel: s.news, User: user, Command: command, Options: map[string]any{name: typed}, Focused: name, Force: true,
	}))
	names := make([]string, 0, len(found))
	for _, c := range found {
		names = append(names, c.Name)
	}
	return strings.Join(names, ",")
}

func TestSuggestionsForModeratorsAreNotGivenToMembers(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	if got := s.suggest(t, s.ann, "source remove", "source", ""); got != "" {
		t.Errorf("a member sees %q", got)
	}
	if got := s.suggest(t, s.mod, "source remove", "source", ""); got != "Harbour Wire" {
		t.Errorf("a moderator sees %q, want only what the server added", got)
	}
}

func TestExpiredInteractionIsLoggedAndNotRepeated(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	in := s.Inject(localdiscord.Fault{Path: "/interactions/{id}/{token}/callback", Kind: localdiscord.JSONError, Code: 10062, Status: 404, Times: -1})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	invocation := must[localdiscord.Invocation](t)(s.Parse(s.guild, s.news, s.ann, "/status"))
	if _, err := s.Invoke(ctx, invocation); err == nil {
		t.Fatal("want no answer")
	}
	if !eventually(func() bool { return strings.Contains(s.log.String(), "expired before it was answered") }) {
		t.Errorf("log: %s", s.log)
	}
	if in.Hits() != 1 {
		t.Errorf("%d calls, want 1", in.Hits())
	}
}

// The first call arrived although its answer was lost: "already acknowledged" is success.
func TestLostCallbackAnswerIsRecovered(t *testing.T) {
	for name, kind := range map[string]localdiscord.FaultKind{"after commit": localdiscord.CommitThen502, "before": localdiscord.BadGateway} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, localdiscord.Options{}, &desk{})
			s.run(t)
			s.Inject(localdiscord.Fault{Path: "/interactions/{id}/{token}/callback", Kind: kind})
			wantText(t, s.invoke(t, s.ann, "/status libya").Message.Content, "Status of libya")
			if !eventually(func() bool { return strings.Contains(s.log.String(), "interaction answered") }) {
				t.Errorf("log: %s", s.log)
			}
		})
	}
}

func TestRejectedAnswerIsReplacedByAnApology(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	s.Inject(localdiscord.Fault{Path: "/interactions/{id}/{token}/callback", Kind: localdiscord.JSONError, Code: 50035})
	wantText(t, s.invoke(t, s.ann, "/status").Message.Content, unknownText)
	s.Inject(localdiscord.Fault{Method: "PATCH", Path: "/webhooks/{app}/{token}/messages/@original", Kind: localdiscord.JSONError, Code: 50035})
	wantText(t, s.invoke(t, s.mod, "/source add https://feeds.example/rss").Message.Content, unknownText)
}

func TestPromisedAnswerIsRepeatedUntilItArrives(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.run(t)
	s.Inject(localdiscord.Fault{Method: "PATCH", Path: "/webhooks/{app}/{token}/messages/@original", Kind: localdiscord.BadGateway, Times: 2})
	wantText(t, s.invoke(t, s.mod, "/source add https://feeds.example/rss").Message.Content, "Added")
}

// Interaction tokens stand in addresses; none may reach the log or an error.
func TestInteractionTokensStaySecret(t *testing.T) {
	var mu sync.Mutex
	tokens := map[string]bool{}
	s := newStage(t, localdiscord.Options{}, &desk{})
	s.bot.gate.event = func(ctx context.Context, name string, data []byte) {
		if in, err := readInteraction(data); name == "INTERACTION_CREATE" && err == nil {
			mu.Lock()
			tokens[in.Token] = true
			mu.Unlock()
		}
		s.bot.event(ctx, name, data)
	}
	s.run(t)
	for _, kind := range []localdiscord.FaultKind{localdiscord.Drop, localdiscord.BadGateway, localdiscord.RateLimitUser, localdiscord.RateLimitHTML} {
		in := s.Inject(localdiscord.Fault{Path: "/interactions/{id}/{token}/callback", Kind: kind, Times: -1})
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		invocation := must[localdiscord.Invocation](t)(s.Parse(s.guild, s.news, s.ann, "/status"))
		_, err := s.Invoke(ctx, invocation)
		cancel()
		if err == nil {
			t.Error("want no answer")
		}
		in.Remove()
	}
	s.Inject(localdiscord.Fault{Method: "PATCH", Path: "/webhooks/{app}/{token}/messages/@original", Kind: localdiscord.JSONError, Code: 50035, Times: 1})
	if _, err := s.tryInvoke(t, s.mod, "/source add https://feeds.example/rss"); err == nil {
		t.Log("answered")
	}
	mu.Lock()
	defer mu.Unlock()
	if len(tokens) < 4 {
		t.Fatalf("%d interactions, want at least 4", len(tokens))
	}
	for token := range tokens {
		if strings.Contains(s.log.String(), token) {
			t.Errorf("an interaction token is in the log: %s", s.log)
		}
	}
}

func TestThousandsOfInteractionsLeaveNothingBehind(t *testing.T) {
	s := newStageThatChecks(t, localdiscord.Options{}, &desk{}, nil)
	s.run(t)
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() {
			for range 100 {
				s.invoke(t, s.ann, "/status libya")
			}
		})
	}
	wg.Wait()
	buckets := reflect.ValueOf(s.bot.rest.session.Ratelimiter).Elem().FieldByName("buckets")
	if n := buckets.Len(); n != 0 {
		t.Errorf("discordgo keeps %d buckets after 3,000 interactions", n)
	}
}
