package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// feedFile writes the story's outlet as a feed of its format.
func feedFile(t testing.TB, format string) string {
	t.Helper()
	s, err := loadStory()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range s.Outlets {
		if o.Format != format {
			continue
		}
		f := feedServer{story: s}
		items, _ := f.published(o.ID, s.End)
		body, _, err := encodeFeed(o, items)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "feed."+format)
		if err := os.WriteFile(name, body, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	t.Fatalf("the story has no outlet with format %s", format)
	return ""
}

func TestFeedPrintsItemsOfEveryFormat(t *testing.T) {
	for _, format := range []string{"rss", "atom", "rdf", "json"} {
		t.Run(format, func(t *testing.T) {
			got := command(t, "", nil, "feed", feedFile(t, format), "--json")
			if got.code != exitDone {
				t.Fatalf("exit %d: %s", got.code, got.stderr)
			}
			lines := strings.Split(strings.TrimSpace(got.stdout), "\n")
			for _, line := range lines {
				var it feedItem
				if err := json.Unmarshal([]byte(line), &it); err != nil {
					t.Fatalf("%v: %s", err, line)
				}
				if it.ID == "" || it.Title == "" || it.Text == "" || !strings.HasSuffix(it.Outlet, ".example") || it.Lang == "" {
					t.Errorf("an entry lacks something: %+v", it)
				}
				if at, err := time.Parse(time.RFC3339, it.Published); err != nil || at.Year() != 2020 {
					t.Errorf("published: got %q", it.Published)
				}
			}
			if len(lines) < 2 {
				t.Errorf("got %d items", len(lines))
			}
		})
	}
}

func TestFeedOutputIsReplayInput(t *testing.T) {
	feed := command(t, "", nil, "feed", feedFile(t, "rss"), "--json")
	got := command(t, feed.stdout, nil, "replay", "-")
	if got.code != exitDone || strings.Count(got.stdout, `{"type":"item"`) != strings.Count(feed.stdout, "\n") {
		t.Errorf("exit %d, stderr %q, stdout %s", got.code, got.stderr, got.stdout)
	}
}

func TestFeedNamesWhatIsWrongInOneLine(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><html><head><title>News</title></head><body><p>Hello</p></body></html>"))
	})
	mux.HandleFunc("/empty", func(http.ResponseWriter, *http.Request) {})
	server := httptest.NewServer(mux)
	defer server.Close()
	empty := filepath.Join(t.TempDir(), "empty.xml")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
		want string
	}{
		{"html page", []string{server.URL + "/page", "--allow-loopback=true"}, "web page"},
		{"empty answer", []string{server.URL + "/empty", "--allow-loopback=true"}, "empty"},
		{"empty file", []string{empty}, "empty"},
		{"missing file", []string{filepath.Join(t.TempDir(), "none.xml")}, "none.xml"},
		{"404", []string{server.URL + "/gone", "--allow-loopback=true"}, "404"},
		{"scheme", []string{"ftp://example.org/feed"}, "http"},
		{"private address", []string{server.URL + "/page"}, "private"},
		{"private address on a usual port", []string{"http://10.0.0.1/feed"}, "private"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := command(t, "", nil, append([]string{"feed"}, tt.args...)...)
			if got.code != exitFailed || got.stdout != "" {
				t.Errorf("exit %d, stdout %q", got.code, got.stdout)
			}
			if strings.Count(got.stderr, "\n") != 1 || !strings.Contains(strings.ToLower(got.stderr), tt.want) {
				t.Errorf("want one line with %q, got %q", tt.want, got.stderr)
			}
		})
	}
}
