package bot

import (
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

	"github.com/bwmarrin/discordgo"
)

// spy is a server that keeps what arrives and gives one answer.
type spy struct {
	*httptest.Server
	answer func(w http.ResponseWriter)

	mu   sync.Mutex
	seen []*http.Request
}

func newSpy(t testing.TB, answer func(w http.ResponseWriter)) *spy {
	t.Helper()
	s := &spy{answer: answer}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.seen = append(s.seen, r)
		s.mu.Unlock()
		s.answer(w)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *spy) requests() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen
}

func (s *spy) rest(t testing.TB) *rest {
	t.Helper()
	base := must[*url.URL](t)(parseBase(s.URL + "/proxy/api/v10/"))
	return must[*rest](t)(newRest(canary, newTransport(base, userAgent(Config{ApplicationURL: "https://news.example/bot", Version: "1.2"}), slog.New(slog.DiscardHandler)), func(error) {}))
}

func TestRequestsGoToTheConfiguredBaseAsVersionTen(t *testing.T) {
	s := newSpy(t, func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{}`)) })
	check(t, s.rest(t).do(t.Context(), http.MethodPost, discordgo.EndpointChannelMessages("200"), struct{}{}, nil))
	got := s.requests()[0]
	if want := "/proxy/api/v10/channels/200/messages"; got.URL.Path != want {
		t.Errorf("path %q, want %q", got.URL.Path, want)
	}
	for name, want := range map[string]string{
		"User-Agent": "DiscordBot (https://news.example/bot, 1.2)", "Authorization": "Bot " + canary, "Content-Type": "application/json",
	} {
		if got := got.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestQueryIsKept(t *testing.T) {
	s := newSpy(t, func(w http.ResponseWriter) { _, _ = w.Write([]byte(`[]`)) })
	check(t, s.rest(t).do(t.Context(), http.MethodGet, discordgo.EndpointChannelMessages("200")+"?limit=100&after=7", nil, nil))
	if got := s.requests()[0].URL.RawQuery; got != "limit=100&after=7" {
		t.Errorf("query %q", got)
	}
}

// The token must never leave for another place than the configured one.
func TestNothingIsSentOutsideTheAPI(t *testing.T) {
	s := newSpy(t, func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{}`)) })
	for _, address := range []string{"https://cdn.discordapp.com/x", s.URL + "/x", "https://discord.com/api/v8/users/@me"} {
		if err := s.rest(t).do(t.Context(), http.MethodGet, address, nil, nil); !errors.Is(err, errUnknownRoute) {
			t.Errorf("%s: error %v, want errUnknownRoute", address, err)
		}
	}
	if n := len(s.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	s := newSpy(t, func(w http.ResponseWriter) {
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(http.StatusTemporaryRedirect)
	})
	err := s.rest(t).do(t.Context(), http.MethodGet, discordgo.EndpointUser("@me"), nil, nil)
	if e, ok := errors.AsType[*apiError](err); !ok || e.Status != http.StatusTemporaryRedirect || len(s.requests()) != 1 {
		t.Errorf("error %v after %d requests", err, len(s.requests()))
	}
}

// What may have taken effect is for the dispatcher to repeat: it knows the nonce.
func TestWhatMayHaveTakenEffectIsNotRetried(t *testing.T) {
	for _, status := range []int{500, 502, 503, 504} {
		s := newSpy(t, func(w http.ResponseWriter) { w.WriteHeader(status) })
		err := s.rest(t).do(t.Context(), http.MethodPost, discordgo.EndpointChannelMessages("200"), struct{}{}, nil)
		if e, ok := errors.AsType[*apiError](err); !ok || e.Status != status || len(s.requests()) != 1 {
			t.Errorf("status %d: error %v after %d requests", status, err, len(s.requests()))
		}
	}
}

// discordgo would sleep on these headers with a lock held, for every route at once.
func TestRateLimitHeadersNeverReachDiscordgo(t *testing.T) {
	s := newSpy(t, func(w http.ResponseWriter) {
		for name, value := range map[string]string{"Limit": "1", "Remaining": "0", "Reset-After": "3600", "Bucket": "b", "Global": "true"} {
			w.Header().Set("X-RateLimit-"+name, value)
		}
		_, _ = w.Write([]byte(`{}`))
	})
	r := s.rest(t)
	for _, channel := range []string{"200", "201", "202"} {
		check(t, r.do(t.Context(), http.MethodPost, discordgo.EndpointChannelMessages(channel), struct{}{}, nil))
	}
	// The limit of the route is ours to keep: at once, and with the time.
	err := r.do(t.Context(), http.MethodPost, discordgo.EndpointChannelMessages("200"), struct{}{}, nil)
	if e, ok := errors.AsType[*notSentError](err); !ok || e.after < 50*time.Minute || len(s.requests()) != 3 {
		t.Errorf("error %v after %d requests, want an hour to wait after 3", err, len(s.requests()))
	}
}

func TestRetryAfter(t *testing.T) {
	for _, c := range []struct {
		name, header, body string
		want               time.Duration
		global             bool
	}{
		{"body has fractions", "2", `{"message":"slow","retry_after":1.25,"global":false}`, 1250 * time.Millisecond, false},
		{"header alone", "3", `{}`, 3 * time.Second, false},
		{"global", "3", `{"retry_after":2.5,"global":true}`, 2500 * time.Millisecond, true},
		{"HTML with header", "40", `<html>1015</html>`, 40 * time.Second, true},
		{"HTML without", "", `<html>1015</html>`, htmlRetry, true},
		{"nothing said", "", `{}`, defaultRetry, false},
		{"nonsense", "soon", `{"retry_after":-1}`, defaultRetry, false},
		{"for ever", "999999999", `{}`, maxRetry, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp := &http.Response{StatusCode: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {c.header}}}
			req := must[*http.Request](t)(http.NewRequest(http.MethodPost, discordgo.EndpointChannelMessages("200"), nil))
			e := readRefusal(req, resp, []byte(c.body))
			if e.After != c.want || e.Global != c.global {
				t.Errorf("error %+v, want after %s, global %v", e, c.want, c.global)
			}
		})
	}
}

func TestInteractionsDoNotWaitForTheGlobalLimit(t *testing.T) {
	s := newSpy(t, func(w http.ResponseWriter) { w.WriteHeader(http.StatusNoContent) })
	base := must[*url.URL](t)(parseBase(s.URL))
	tr := newTransport(base, "test", slog.New(slog.DiscardHandler))
	tr.pace.hold(time.Now().Add(time.Hour))
	r := must[*rest](t)(newRest(canary, tr, func(error) {}))
	check(t, r.do(t.Context(), http.MethodPost, discordgo.EndpointInteractionResponse("1", "t"), struct{}{}, nil))
	check(t, r.do(t.Context(), http.MethodPatch, discordgo.EndpointInteractionResponseActions("1", "t"), struct{}{}, nil))
}

// Errors of net/http repeat the address, and interaction tokens stand in it.
func TestErrorsHoldNoSecret(t *testing.T) {
	const secret = "interaction-canary-91d2"
	for name, answer := range map[string]func(w http.ResponseWriter){
		"echo": func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprintf(w, `{"code":50035,"message":"no %s and no %s"}`, secret, canary)
		},
		"HTML echo": func(w http.ResponseWriter) {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintf(w, `<html>%s %s</html>`, secret, canary)
		},
		"cut off": func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"half an answer": func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte(`{"a":`))
		},
		"no JSON": func(w http.ResponseWriter) { _, _ = w.Write([]byte("hello")) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSpy(t, answer)
			for _, endpoint := range []string{
				discordgo.EndpointInteractionResponse("1", secret), discordgo.EndpointInteractionResponseActions("7", secret), discordgo.EndpointFollowupMessage("7", secret),
			} {
				var out struct{}
				err := s.rest(t).do(t.Context(), http.MethodPost, endpoint, struct{}{}, &out)
				if err == nil {
					t.Fatal("want an error")
				}
				for _, text := range []string{err.Error(), fmt.Sprintf("%v", err), fmt.Sprintf("%+v", err), fmt.Sprintf("%s", err)} {
					if strings.Contains(text, secret) || strings.Contains(text, canary) {
						t.Errorf("a secret is in %q", text)
					}
				}
			}
		})
	}
}

func TestUnreachableServerHoldsNoSecret(t *testing.T) {
	s := newSpy(t, func(http.ResponseWriter) {})
	r := s.rest(t)
	s.Close()
	err := r.do(t.Context(), http.MethodPost, discordgo.EndpointInteractionResponse("1", "hidden-token"), struct{}{}, nil)
	if err == nil || strings.Contains(err.Error(), "hidden-token") {
		t.Errorf("error %v", err)
	}
	wantText(t, err.Error(), "interactions/1/…/callback")
}

func TestBaseAddressIsChecked(t *testing.T) {
	for _, bad := range []string{"ftp://x", "discord.com", "http://", "https://user:pass@host/api", "https://host/api?x=1", "::"} {
		_, err := New(Config{Token: "x", API: bad, Log: (&stage{log: &journal{}}).logger()}, Deps{})
		if err == nil {
			t.Errorf("%q was taken", bad)
		} else if strings.Contains(err.Error(), "pass@") {
			t.Errorf("a password is in %q", err)
		}
	}
}

func TestConfigIsChecked(t *testing.T) {
	log := (&stage{log: &journal{}}).logger()
	for name, c := range map[string]Config{
		"no token": {Log: log}, "prefixed token": {Token: "Bot abc", Log: log}, "newline": {Token: "abc\n", Log: log},
		"no log": {Token: "abc"}, "shard": {Token: "abc", Shard: 2, Shards: 2, Log: log},
	} {
		if _, err := New(c, Deps{}); err == nil {
			t.Errorf("%s: want an error", name)
		} else if strings.Contains(err.Error(), "abc") {
			t.Errorf("%s: the token is in %q", name, err)
		}
	}
	b := must[*Bot](t)(New(Config{Token: "abc", Log: log}, Deps{}))
	if err := b.Run(t.Context()); err == nil {
		t.Error("Run without dependencies must say so")
	}
}

func TestUserAgentCannotBeBroken(t *testing.T) {
	got := userAgent(Config{ApplicationURL: "https://x.example/(a),b\r\nX: y", Version: "1,2)"})
	if strings.ContainsAny(got, "\r\n") || strings.Count(got, "(") != 1 || strings.Count(got, ",") != 1 {
		t.Errorf("user agent %q", got)
	}
}
