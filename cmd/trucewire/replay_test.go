package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// sharedSudan is a labelled stream that stays outside the repository.
const sharedSudan = "../../../shared/eval/sudan23.items.jsonl"

func sudan(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile(sharedSudan)
	if os.IsNotExist(err) {
		t.Skipf("skipped: %s is not here (it is outside the repository)", sharedSudan)
	}
	must(t, err)
	return string(raw)
}

// storyLines is the bundled story as replay input.
func storyLines(t testing.TB) string {
	t.Helper()
	s, err := loadStory()
	must(t, err)
	hosts := make(map[string]storyOutlet)
	for _, o := range s.Outlets {
		hosts[string(o.ID)] = o
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	for i, it := range s.Items {
		o := hosts[string(it.Outlet)]
		must(t, enc.Encode(inputItem{
			ID: fmt.Sprintf("story-%02d", i), URL: it.link(o.Host), Outlet: o.Host, Published: it.At.Format(time.RFC3339),
			Title: it.Title, Text: it.Text, Lang: o.Lang,
		}))
	}
	return out.String()
}

// typed is any line of replay output.
type typed struct {
	Type     string   `json:"type"`
	ID       string   `json:"id"`
	Novelty  string   `json:"novelty"`
	Reason   string   `json:"reason"`
	Form     string   `json:"form"`
	Items    []string `json:"items"`
	Conflict *string  `json:"conflict"`
	Text     string   `json:"text"`
}

func lines(t testing.TB, output string) []typed {
	t.Helper()
	var out []typed
	for line := range strings.SplitSeq(strings.TrimSpace(output), "\n") {
		var l typed
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("not JSON: %v: %s", err, line)
		}
		out = append(out, l)
	}
	return out
}

func TestReplayPrintsOneItemLinePerItemInOrder(t *testing.T) {
	in := storyLines(t)
	got := command(t, in, nil, "replay")
	if got.code != exitDone {
		t.Fatal(got.stderr)
	}
	next, first, firstPosts := 0, 0, 0
	for _, l := range lines(t, got.stdout) {
		switch l.Type {
		case "item":
			if want := fmt.Sprintf("story-%02d", next); l.ID != want {
				t.Fatalf("item line %d is %s", next, l.ID)
			}
			next++
			if l.Novelty == "first" {
				first++
			}
		case "post":
			if l.Reason == "first" {
				firstPosts++
			}
			if len(l.Items) == 0 || l.Text == "" {
				t.Errorf("a post without items or text: %+v", l)
			}
		case "status":
		default:
			t.Errorf("unknown line type %q", l.Type)
		}
	}
	if want := strings.Count(in, "\n"); next != want {
		t.Errorf("got %d item lines, want %d", next, want)
	}
	if first == 0 || first != firstPosts {
		t.Errorf("%d items are first, %d posts have reason first", first, firstPosts)
	}
}

func TestReplayGivesTheSameBytesWithAndWithoutRestarts(t *testing.T) {
	for _, tt := range []struct {
		name  string
		input func(testing.TB) string
		every string
	}{
		{"story, a restart after every item", storyLines, "1"},
		{"sudan23, a restart after every 37 items", sudan, "37"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := tt.input(t)
			plain := command(t, in, nil, "replay", "--digest", "daily")
			again := command(t, in, nil, "replay", "--digest", "daily")
			if plain.code != exitDone {
				t.Fatal(plain.stderr)
			}
			if plain.stdout != again.stdout {
				t.Error("two runs differ")
			}
			restarted := command(t, in, nil, "replay", "--digest", "daily", "--restart", tt.every)
			if restarted.code != exitDone {
				t.Fatal(restarted.stderr)
			}
			if at := firstDifference(plain.stdout, restarted.stdout); at != "" {
				t.Errorf("with restarts it differs:\n%s", at)
			}
		})
	}
}

func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return fmt.Sprintf("line %d\n%s\n%s", i+1, as[i], bs[i])
		}
	}
	if len(as) != len(bs) {
		return fmt.Sprintf("%d lines against %d", len(as), len(bs))
	}
	return ""
}

func TestReplayNamesTheLineThatIsWrong(t *testing.T) {
	good := `{"id":"a","url":"https://x.example/a","outlet":"x.example","published":"2023-04-18T10:00:00Z","title":"T","text":"","lang":"en"}` + "\n"
	for _, tt := range []struct{ name, line, want string }{
		{"no JSON", "hello\n", "line 2: not an item"},
		{"no id", `{"title":"x"}` + "\n", "line 2: the item has no id"},
		{"no time", `{"id":"b","published":"yesterday"}` + "\n", `line 2: item b: published "yesterday"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := command(t, good+tt.line, nil, "replay", "-")
			if got.code != exitFailed || !strings.Contains(got.stderr, tt.want) {
				t.Errorf("exit %d, %q; want 1 and %q", got.code, got.stderr, tt.want)
			}
			if !strings.Contains(got.stdout, `"id":"a"`) {
				t.Error("the good line before it was not printed")
			}
		})
	}
}

func TestReplayFiresDigestsThatFallDueBetweenItemsAndUntil(t *testing.T) {
	got := command(t, storyLines(t), nil, "replay", "--digest", "daily", "--until", "2020-06-13T09:00:00Z")
	if got.code != exitDone {
		t.Fatal(got.stderr)
	}
	digests := 0
	for _, l := range lines(t, got.stdout) {
		if l.Reason == "digest" {
			digests++
		}
	}
	if digests != 6 { // 08:00 UTC of 8 to 13 June
		t.Errorf("got %d digests, want 6", digests)
	}
}

// BenchmarkReplay reads a whole stream per iteration and reports items a second.
func BenchmarkReplay(b *testing.B) {
	in := sudan(b)
	items := strings.Count(in, "\n")
	b.ReportAllocs()
	for b.Loop() {
		if got := command(b, in, nil, "replay"); got.code != exitDone {
			b.Fatal(got.stderr)
		}
	}
	b.ReportMetric(float64(items*b.N)/b.Elapsed().Seconds(), "items/s")
}
