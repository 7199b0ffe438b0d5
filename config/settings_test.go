package config

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
)

func env(pairs map[string]string) func(string) string {
	return func(k string) string { return pairs[k] }
}

func TestLoadMergesWeakestFirst(t *testing.T) {
	file := filepath.Join(t.TempDir(), "trucewire.yaml")
	write(t, file, "data: from-file\nworkers: 3\npoll-every: 10m\n")
	s, err := Load(Input{
		File:   file,
		Getenv: env(map[string]string{"TRUCEWIRE_WORKERS": "4", "TRUCEWIRE_POLL_EVERY": "20m"}),
		Flags:  map[string]string{"poll-every": "30m"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.DataDir != "from-file" || s.Workers != 4 || s.PollEvery != 30*time.Minute {
		t.Errorf("got %+v", s)
	}
	if s.DiscordAPI != DefaultDiscordAPI || s.LogFormat != "text" {
		t.Errorf("defaults are missing: %+v", s)
	}
}

func TestLoadReportsEveryProblemWithItsKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "trucewire.yaml")
	write(t, file, "wrokers: 3\nlog-format: xml\n")
	_, err := Load(Input{
		File:   file,
		Getenv: env(map[string]string{"TRUCEWIRE_POLL_EVERY": "soon", "TRUCEWIRE_DISCORD_API": "discord", "DISCORD_TOKEN_FILE": filepath.Join(t.TempDir(), "none")}),
		Flags:  map[string]string{"workers": "0"},
	})
	if err == nil {
		t.Fatal("want an error")
	}
	for _, want := range []string{"wrokers", "log-format", "environment TRUCEWIRE_POLL_EVERY", "discord-api", "flag --workers", "token-file"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error lacks %q:\n%v", want, err)
		}
	}
}

func TestTokenFileIsReadAndTrimmed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	write(t, file, "  abc\n")
	s, err := Load(Input{Flags: map[string]string{"token-file": file}})
	if err != nil {
		t.Fatal(err)
	}
	if s.Token.Reveal() != "abc" {
		t.Errorf("got %q", s.Token.Reveal())
	}
}

func TestSecretNeverPrints(t *testing.T) {
	const canary = "canary-4711"
	type holder struct{ Token Secret }
	h := holder{NewSecret(canary)}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "holder", h, "token", h.Token)
	asJSON, _ := json.Marshal(h)
	asYAML, _ := yaml.Marshal(h)
	for name, got := range map[string]string{
		"%v": fmt.Sprintf("%v", h), "%+v": fmt.Sprintf("%+v", h), "%#v": fmt.Sprintf("%#v", h), "String": h.Token.String(),
		"%q": fmt.Sprintf("%q", h.Token), "json": string(asJSON), "yaml": string(asYAML), "slog": log.String(),
	} {
		if strings.Contains(got, canary) {
			t.Errorf("%s prints the secret: %s", name, got)
		}
	}
}

func TestPollEveryIsBoundedUnlessSourcesAreOnThisMachine(t *testing.T) {
	if _, err := Load(Input{Flags: map[string]string{"poll-every": "5s"}}); err == nil || !strings.Contains(err.Error(), "poll-every") {
		t.Errorf("got %v, want a problem with poll-every", err)
	}
	if _, err := Load(Input{Flags: map[string]string{"poll-every": "5s", "allow-loopback": "true"}}); err != nil {
		t.Errorf("loopback may be polled every few seconds: %v", err)
	}
}
