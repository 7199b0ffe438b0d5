package main

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"trucewire/bot/localdiscord"
)

func TestRunPostsANewItemAnswersStatusAndStopsOnSIGTERM(t *testing.T) {
	w := newWorld(t)
	w.publish(0, "Old ceasefire talks in Libya were held last week", "An item that was there before the bot came.")
	p := w.start()
	w.ready()
	if got := w.typed("/alerts add channel:#news"); !strings.Contains(got, "Done") {
		t.Fatalf("/alerts add: %s", got)
	}
	w.awaitBaseline(p)
	w.publishTruce(3)
	post := w.nextPost()
	for _, want := range []string{"**Libya", "gazette.example", "automatic summary", "ref "} {
		if !strings.Contains(post.Content, want) {
			t.Errorf("the post lacks %q: %s", want, post.Content)
		}
	}
	if !post.Pings.None() {
		t.Errorf("the post pinged: %+v", post.Pings)
	}
	if got := w.typed("/status libya"); !strings.Contains(got, "Libya") || !strings.Contains(got, "agreed") {
		t.Errorf("/status: %s", got)
	}
	if n := w.sent("Old ceasefire talks"); n != 0 {
		t.Errorf("the backlog of a source was posted %d times", n)
	}

	asked := time.Now()
	must(t, p.cmd.Process.Signal(syscall.SIGTERM))
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("stopped with %v", err)
	}
	t.Logf("stopped %s after SIGTERM", time.Since(asked).Round(time.Millisecond))
	checkNoSecrets(t, p.log.String())
	if bad := w.discord.Violations(); len(bad) > 0 {
		t.Errorf("Discord would have refused: %v", bad)
	}
}

// awaitBaseline waits until the first poll of the feed is filed.
func (w *world) awaitBaseline(p *process) {
	w.t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if got := w.typed("/sources"); strings.Contains(got, "1 of 1 sources answered") {
			return
		}
	}
	w.t.Fatalf("the feed was not read:\n%s", p.log.String())
}

// checkNoSecrets fails if a token of the bot, of an interaction, or a feed's password
// is in the log. Interaction tokens of localdiscord begin with "local-".
func checkNoSecrets(t testing.TB, log string) {
	t.Helper()
	if !strings.Contains(log, "level=DEBUG") {
		t.Error("the log holds no debug lines: the check would prove nothing")
	}
	for _, canary := range []string{canaryToken, canaryPassword, "local-"} {
		if i := strings.Index(log, canary); i >= 0 {
			t.Errorf("the log shows %q: …%s…", canary, log[max(0, i-200):min(len(log), i+100)])
		}
	}
}

func TestRunWithAWrongTokenEndsWithOneClearLine(t *testing.T) {
	w := newWorld(t)
	got := command(t, "", map[string]string{"DISCORD_TOKEN": "wrong", "TRUCEWIRE_DISCORD_API": w.discord.URL()},
		"run", "--data", w.data, "--catalogue", w.catalog, "--log-level", "error")
	if got.code != exitFailed {
		t.Errorf("exit: got %d, want 1", got.code)
	}
	if strings.Count(got.stderr, "\n") != 1 || !strings.Contains(strings.ToLower(got.stderr), "token") {
		t.Errorf("want one line about the token, got %q", got.stderr)
	}
}

func TestRunRefusesADataDirectoryInUse(t *testing.T) {
	w := newWorld(t)
	w.start()
	w.ready()
	got := command(t, "", map[string]string{"DISCORD_TOKEN": canaryToken, "TRUCEWIRE_DISCORD_API": w.discord.URL()},
		"run", "--data", w.data, "--catalogue", w.catalog)
	if got.code != exitFailed || !strings.Contains(got.stderr, w.data) {
		t.Errorf("exit %d, %q; want 1 and the directory", got.code, got.stderr)
	}
}

// killRounds is how often TestKill kills; the large number is for `make long`.
func killRounds() int {
	if os.Getenv("TRUCEWIRE_LONG") != "" {
		return 13
	}
	return 4
}

// TestKillBetweenSendAndReceiptPostsOnce kills the process when Discord has the post
// and before the process can know it.
func TestKillBetweenSendAndReceiptPostsOnce(t *testing.T) {
	w := newWorld(t)
	p := w.start()
	w.ready()
	w.typed("/alerts add channel:#news")
	w.awaitBaseline(p)
	for round := range killRounds() {
		w.discord.Inject(localdiscord.Fault{Method: "POST", Path: "/channels/{channel}/messages", Kind: localdiscord.CommitThenHold, Delay: patience})
		w.publishTruce(round)
		post := w.nextPost() // committed, its answer is held back
		p.kill(t)
		before := len(w.discord.Messages(w.channel))
		p = w.start()
		w.ready()
		w.awaitReceipt(t, post)
		if after := len(w.discord.Messages(w.channel)); after != before {
			t.Fatalf("round %d: %d messages before the restart, %d after", round, before, after)
		}
	}
}

// awaitReceipt waits until the restarted process knows of the post.
func (w *world) awaitReceipt(t testing.TB, post localdiscord.Message) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if w.receipted(post.ID) {
			return
		}
	}
	t.Fatal("the post got no receipt")
}
