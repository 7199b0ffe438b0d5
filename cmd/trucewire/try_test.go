package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// block is one thing that `try` shows: its heading and its text.
type block struct{ heading, text string }

func blocks(output string) []block {
	var out []block
	for line := range strings.SplitSeq(output, "\n") {
		switch {
		case strings.HasPrefix(line, "#"+stageChannel):
			out = append(out, block{heading: line})
		case strings.HasPrefix(line, "    ") && len(out) > 0:
			out[len(out)-1].text += strings.TrimPrefix(line, "    ") + "\n"
		}
	}
	return out
}

// find returns the blocks whose heading ends with what and whose text holds all parts.
func find(all []block, what string, parts ...string) []block {
	var out []block
	for _, b := range all {
		ok := strings.HasSuffix(b.heading, what)
		for _, p := range parts {
			ok = ok && strings.Contains(b.text, p)
		}
		if ok {
			out = append(out, b)
		}
	}
	return out
}

func TestTrySampleShowsTheWholeWay(t *testing.T) {
	got := command(t, "", nil, "try", "--once", "--sample")
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.stderr)
	}
	if got.stderr != "" {
		t.Errorf("something was warned of:\n%s", got.stderr)
	}
	all := blocks(got.stdout)
	for _, tt := range []struct {
		name, what string
		parts      []string
		times      int
	}{
		{"one alert for the talks", "new post", []string{"**Libya · Talks**"}, 1},
		{"the talks are told by the mission, not the outlet", "new post", []string{"**Libya · Talks**", "UNSMIL", "1 outlet, 1 origin"}, 1},
		{"a second origin adds a fact", "edited, silently", []string{"**Libya · Talks**", "2 origins"}, 1},
		{"the relaying outlet is no second origin", "edited, silently", []string{"**Libya · Talks**", "4 outlets, 2 origins"}, 1},
		{"an alert for the casualties", "new post", []string{"**Libya · Casualties**", "at least 19 civilians killed", "in Sirte", "UNSMIL said it verified"}, 1},
		{"one reply that corrects", "reply", []string{"Corrected", "was in Sirte, now outside Sirte, per UNSMIL"}, 1},
		{"the wrong value stays visible, also in the edit after", "edited, silently", []string{"~~in Sirte~~"}, 2},
	} {
		if n := len(find(all, tt.what, tt.parts...)); n != tt.times {
			t.Errorf("%s: got %d of %q with %q, want %d", tt.name, n, tt.what, tt.parts, tt.times)
		}
	}
	if n := len(find(all, "new post", "**Ceasefire digest**")); n < 1 {
		t.Error("no digest")
	}
	for _, never := range []string{"cup", "manager", "tariff", "Beijing", "oil crescent"} {
		if len(find(all, "", never)) > 0 {
			t.Errorf("something about %q was posted", never)
		}
	}
	if t.Failed() {
		t.Logf("what was shown:\n%s", got.stdout)
	}
}

func TestTryTakesCommandsAtThePrompt(t *testing.T) {
	got := command(t, "/status libya\n/nonsense\n/latest conflict:libya\nquit\n", nil, "try", "--sample")
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.stderr)
	}
	_, after, _ := strings.Cut(got.stdout, "Type a command")
	for _, want := range []string{"**Libya** – negotiating", "no such command: /nonsense", "only you see it"} {
		if !strings.Contains(after, want) {
			t.Errorf("the prompt did not show %q:\n%s", want, after)
		}
	}
}

func TestTryFeedShowsPostsOrSaysWhyNone(t *testing.T) {
	o := storyOutlet{ID: "gazette", Name: "The Gazette", Host: "gazette.example", Lang: "en"}
	truce := storyItem{
		At: time.Now().Add(-3 * time.Hour), Slug: "truce", Title: "Sudan's army and RSF agree on 72-hour ceasefire",
		Text: "The Sudanese army and the Rapid Support Forces (RSF) agreed on a 72-hour ceasefire, the United Nations said.",
	}
	sports := storyItem{At: time.Now().Add(-2 * time.Hour), Slug: "cup", Title: "Cup replay ends level", Text: "Neither side scored."}
	old := truce
	old.At = time.Now().Add(-72 * time.Hour)
	for _, tt := range []struct {
		name  string
		items []storyItem
		want  []string
	}{
		{"a truce", []storyItem{sports, truce}, []string{"**Sudan", "· new post", "72"}},
		{"nothing about a conflict", []storyItem{sports}, []string{"1 about something else", "No post:"}},
		{"too old", []storyItem{old}, []string{"1 older than 48 hours", "No post:"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body, _, err := encodeFeed(o, tt.items)
			must(t, err)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
			defer server.Close()
			file := filepath.Join(t.TempDir(), "feed.xml")
			must(t, os.WriteFile(file, body, 0o600))
			for _, feed := range []string{server.URL + "/rss", file} {
				got := command(t, "", nil, "try", "--once", "--feed", feed)
				if got.code != exitDone {
					t.Fatalf("exit %d: %s", got.code, got.stderr)
				}
				for _, want := range tt.want {
					if !strings.Contains(got.stdout, want) {
						t.Errorf("--feed %s lacks %q:\n%s", feed, want, got.stdout)
					}
				}
			}
		})
	}
}

func TestTryFeedThatCannotBeReadIsAnError(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	got := command(t, "", nil, "try", "--once", "--feed", server.URL)
	if got.code != exitFailed || !strings.Contains(got.stderr, "404") {
		t.Errorf("exit %d, %q; want 1 and the status", got.code, got.stderr)
	}
}
