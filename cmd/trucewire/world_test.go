package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"trucewire/bot/localdiscord"
	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/store"
)

// canaryToken and canaryPassword must never show in a log.
const (
	canaryToken    = "canary-token-4711"
	canaryPassword = "canary-password-4711"
)

// patience bounds every wait, so that a test that hangs ends. Nothing is judged by it.
const patience = 90 * time.Second

// world is what surrounds a running service: a Discord in this process, a feed on
// loopback, and a data directory.
type world struct {
	t       testing.TB
	discord *localdiscord.Server
	guild   string
	channel string
	user    string
	data    string
	catalog string

	created chan localdiscord.Message // posts by the bot, in order

	mu     sync.Mutex
	items  []storyItem
	served time.Time // when the feed was last given out
}

func newWorld(t testing.TB) *world {
	t.Helper()
	return newWorldOn(t, localdiscord.Options{})
}

// newWorldOn is a world whose Discord has those options.
func newWorldOn(t testing.TB, opt localdiscord.Options) *world {
	t.Helper()
	w := &world{t: t, data: filepath.Join(t.TempDir(), "data"), created: make(chan localdiscord.Message, 2000)}
	opt.Token, opt.AnswerWithin = canaryToken, patience
	w.discord = localdiscord.New(opt)
	must(t, w.discord.Start())
	t.Cleanup(func() { _ = w.discord.Close() })
	w.furnish()
	feed := httptest.NewServer(http.HandlerFunc(w.serveFeed))
	t.Cleanup(feed.Close)
	address := strings.Replace(feed.URL, "http://", "http://reader:"+canaryPassword+"@", 1) + "/feed"
	w.catalog = filepath.Join(t.TempDir(), "catalogue.yaml")
	must(t, os.WriteFile(w.catalog, fmt.Appendf(nil, `
only: [feeds]
outlets: [{id: gazette, name: "The Gazette", hosts: [gazette.example]}]
feeds: [{id: gazette, outlet: gazette, name: "The Gazette", url: %q, lang: en, scope: world, default: true}]
`, address), 0o600))
	return w
}

func (w *world) furnish() {
	w.t.Helper()
	var err error
	w.guild, err = w.discord.AddGuild(localdiscord.Guild{Name: "Test server"})
	must(w.t, err)
	w.channel, err = w.discord.AddChannel(localdiscord.Channel{Guild: w.guild, Name: "news"})
	must(w.t, err)
	w.user, err = w.discord.AddUser(localdiscord.User{Name: "mod"})
	must(w.t, err)
	must(w.t, w.discord.AddMember(w.guild, w.user, uint64(guild.ManageServer|guild.ViewChannel|guild.SendMessages)))
	w.discord.OnMessage(func(e localdiscord.Event) {
		if e.Kind == localdiscord.Created && e.Message.Command == "" {
			w.created <- e.Message
		}
	})
}

// serveFeed is the outlet: an RSS feed of what was published.
func (w *world) serveFeed(rw http.ResponseWriter, _ *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	body, _, err := encodeFeed(storyOutlet{Name: "The Gazette", Host: "gazette.example", Lang: "en"}, w.items)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = rw.Write(body)
	w.served = time.Now()
}

// publish puts an item into the feed: a truce that nobody had heard of before.
func (w *world) publish(n int, title, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.items = append([]storyItem{{At: time.Now(), Slug: fmt.Sprintf("item-%d", n), Title: title, Text: text}}, w.items...)
}

// publishTruce publishes something that is critical whatever came before.
func (w *world) publishTruce(n int) {
	title, text := truceStory(n)
	w.publish(n, title, text)
}

// truceStory is one of thirteen truces.
func truceStory(n int) (title, text string) {
	truces := []struct{ place, one, other string }{
		{"Sudan", "Sudanese army", "Rapid Support Forces (RSF)"},
		{"Yemen", "Yemeni government", "Houthis"},
		{"Myanmar", "Myanmar military", "Arakan Army"},
		{"Libya", "Government of National Unity (GNU)", "Libyan National Army (LNA)"},
		{"Colombia", "Government of Colombia", "National Liberation Army (ELN)"},
		{"Tigray", "Ethiopian government", "Tigray People's Liberation Front (TPLF)"},
		{"Eastern Congo", "Congolese army", "March 23 Movement (M23)"},
		{"Karabakh", "Armenia", "Azerbaijan"},
		{"Kashmir", "Indian Army", "Pakistan Army"},
		{"Border", "Royal Thai Army", "Cambodia"},
		{"Gaza", "Israel", "Hamas"},
		{"Mindanao", "Government of the Philippines", "New People's Army"},
		{"Donbas", "Ukraine", "Russia"},
	}
	x := truces[n] // each once: the same truce told again is no news
	title = fmt.Sprintf("%s: %s and %s sign ceasefire agreement", x.place, x.one, x.other)
	text = fmt.Sprintf("The %s and the %s signed a ceasefire agreement in round %d, the United Nations said. Both sides confirmed it.", x.one, x.other, n+3)
	return title, text
}

// process is the program running as a child.
type process struct {
	cmd *exec.Cmd
	log *lockedBuffer
}

func (w *world) start(extra ...string) *process {
	w.t.Helper()
	args := append([]string{"run", "--data", w.data, "--catalogue", w.catalog, "--allow-loopback=true", "--poll-every", "1s", "--log-level", "debug"}, extra...)
	p := &process{cmd: exec.Command(os.Args[0], args...), log: &lockedBuffer{}} //nolint:gosec // the test binary itself
	p.cmd.Env = append(os.Environ(), childMode+"=1", "DISCORD_TOKEN="+canaryToken, "TRUCEWIRE_DISCORD_API="+w.discord.URL())
	p.cmd.Stdout, p.cmd.Stderr = p.log, p.log
	must(w.t, p.cmd.Start())
	w.t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		if w.t.Failed() {
			w.t.Logf("log of the process:\n%s", p.log.String())
		}
	})
	return p
}

// ready waits until the process takes commands.
func (w *world) ready() {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	must(w.t, w.discord.WaitCommands(ctx))
}

func (w *world) typed(line string) string {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), patience)
	defer cancel()
	answer, err := w.discord.Type(ctx, w.guild, w.channel, w.user, line)
	must(w.t, err)
	return answer.Message.Content
}

// nextPost waits for the next message that the bot puts into the channel.
func (w *world) nextPost() localdiscord.Message {
	w.t.Helper()
	select {
	case m := <-w.created:
		return m
	case <-time.After(patience):
		w.t.Fatal("no post came")
		return localdiscord.Message{}
	}
}

// sent counts the posts in the channel that hold the text.
func (w *world) sent(text string) int {
	n := 0
	for _, m := range w.discord.Messages(w.channel) {
		if m.Command == "" && strings.Contains(m.Content, text) {
			n++
		}
	}
	return n
}

func (p *process) kill(t testing.TB) {
	t.Helper()
	must(t, p.cmd.Process.Signal(syscall.SIGKILL))
	_ = p.cmd.Wait() // killed
}

// lockedBuffer is a log that is read while it is written.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// receipted reads beside the running process whether it knows that a message was sent.
func (w *world) receipted(message string) bool {
	w.t.Helper()
	db, err := store.OpenReadOnly(w.t.Context(), w.data)
	must(w.t, err)
	defer db.Close()
	developments, err := db.Developments(w.t.Context(), store.DevelopmentQuery{})
	must(w.t, err)
	ids := make([]news.DevelopmentID, 0, len(developments))
	for _, d := range developments {
		ids = append(ids, d.ID)
	}
	told, err := db.Told(w.t.Context(), ids)
	must(w.t, err)
	for _, m := range told {
		if string(m.MessageID) == message && m.State == notify.StateSent {
			return true
		}
	}
	return false
}
