package localdiscord_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"trucewire/bot/localdiscord"
	"trucewire/bot/localdiscord/discordspec"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// official is Discord's own specification, loaded once because that takes a while.
var official = sync.OnceValues(func() (*discordspec.Spec, error) {
	return discordspec.Load("../../../shared/discord/openapi.json")
})

// patience bounds what waits for the other side; no test passes because of it.
const patience = 20 * time.Second

func withPatience(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// toLocal sends discordgo's requests to the local Discord, as v10.
type toLocal struct {
	base *url.URL
	to   http.RoundTripper
}

func (r toLocal) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host, req.Host = r.base.Scheme, r.base.Host, r.base.Host
	req.URL.Path = r.base.Path + strings.TrimPrefix(req.URL.Path, "/api/v"+discordgo.APIVersion)
	return r.to.RoundTrip(req)
}

// stage is a started Discord with one server, one channel, a moderator and a member.
type stage struct {
	*localdiscord.Server
	guild, news, mod, ann string
}

// newStage is a stage whose requests are checked against the official specification,
// where that is present.
func newStage(t testing.TB, opt localdiscord.Options) stage {
	t.Helper()
	d := localdiscord.New(unhurried(opt))
	spec, err := official()
	switch {
	case err == nil:
		d.Check = spec.Check
	case errors.Is(err, discordspec.ErrAbsent):
		t.Log(err)
	default:
		t.Fatal(err)
	}
	return stageOf(t, d)
}

// bareStage has the strict layer alone.
func bareStage(t testing.TB, opt localdiscord.Options) stage {
	t.Helper()
	return stageOf(t, localdiscord.New(unhurried(opt)))
}

// unhurried lifts the 3 seconds of an answer, which a slow machine may need.
func unhurried(opt localdiscord.Options) localdiscord.Options {
	if opt.AnswerWithin == 0 {
		opt.AnswerWithin = time.Minute
	}
	return opt
}

func stageOf(t testing.TB, d *localdiscord.Server) stage {
	t.Helper()
	s := stage{Server: d}
	check(t, d.Start())
	t.Cleanup(func() { check(t, d.Close()) })
	id := must[string](t)
	s.mod = id(d.AddUser(localdiscord.User{Name: "amal", Locale: "fr"}))
	s.ann = id(d.AddUser(localdiscord.User{Name: "ann"}))
	s.guild = id(d.AddGuild(localdiscord.Guild{Name: "Tripoli desk", Locale: "en-GB"}))
	s.news = id(d.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "news"}))
	check(t, d.AddMember(s.guild, s.mod, localdiscord.ManageGuild))
	check(t, d.AddMember(s.guild, s.ann, 0))
	return s
}

// client is an unpatched discordgo session that talks to the stage; it is not opened.
func (s stage) client(t testing.TB) *discordgo.Session {
	t.Helper()
	dg, err := discordgo.New("Bot " + s.Token())
	check(t, err)
	base, err := url.Parse(s.URL())
	check(t, err)
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	dg.Client = &http.Client{Transport: toLocal{base, transport}}
	dg.StateEnabled = false
	dg.ShouldReconnectOnError = false
	dg.ShouldRetryOnRateLimit = false
	dg.MaxRestRetries = 0
	dg.Identify.Intents = discordgo.IntentsGuilds
	return dg
}

// open connects the client to the gateway.
func (s stage) open(t testing.TB, dg *discordgo.Session) {
	t.Helper()
	check(t, dg.Open())
	t.Cleanup(func() { _ = dg.Close() })
	check(t, s.WaitConnected(withPatience(t)))
}

// clean fails the test if Discord would have refused anything.
func (s stage) clean(t testing.TB) {
	t.Helper()
	for _, v := range s.Violations() {
		t.Errorf("violation: %s", v)
	}
}

// code is the JSON code of a refused request; 0 for none.
func code(t testing.TB, err error) int {
	t.Helper()
	if err == nil {
		return 0
	}
	rest, ok := errors.AsType[*discordgo.RESTError](err)
	if !ok || rest.Message == nil {
		t.Fatalf("not a JSON error of Discord: %v", err)
	}
	return rest.Message.Code
}
