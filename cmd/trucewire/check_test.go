package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckAcceptsWhatShips(t *testing.T) {
	got := command(t, "", nil, "check")
	if got.code != exitDone {
		t.Fatalf("exit %d: %s", got.code, got.stderr)
	}
	for _, want := range []string{"settings   fine", "catalogue  fine", "not checked: no token"} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("stdout lacks %q:\n%s", want, got.stdout)
		}
	}
}

func TestCheckAsksDiscordWhoTheBotIs(t *testing.T) {
	w := newWorld(t)
	env := map[string]string{"DISCORD_TOKEN": canaryToken, "TRUCEWIRE_DISCORD_API": w.discord.URL()}
	if got := command(t, "", env, "check"); got.code != exitDone || !strings.Contains(got.stdout, "discord    fine: Trucewire, in 1 servers") {
		t.Errorf("exit %d, stdout %q, stderr %q", got.code, got.stdout, got.stderr)
	}
	env["DISCORD_TOKEN"] = "wrong"
	if got := command(t, "", env, "check"); got.code != exitFailed || !strings.Contains(strings.ToLower(got.stderr), "token") || strings.Contains(got.stderr, "wrong\"") {
		t.Errorf("exit %d, stderr %q; want 1 and what to do about the token", got.code, got.stderr)
	}
}

func TestCheckNetworkNamesEverySourceThatFails(t *testing.T) {
	w := newWorld(t)
	got := command(t, "", nil, "check", "--network", "--catalogue", w.catalog, "--allow-loopback=true")
	if got.code != exitDone || !strings.Contains(got.stdout, "gazette") {
		t.Errorf("exit %d, stdout %q, stderr %q", got.code, got.stdout, got.stderr)
	}
	got = command(t, "", nil, "check", "--network", "--catalogue", w.catalog)
	if got.code != exitFailed || !strings.Contains(got.stderr, "1 of 1 did not answer") || strings.Contains(got.stdout+got.stderr, canaryPassword) {
		t.Errorf("exit %d, stdout %q, stderr %q", got.code, got.stdout, got.stderr)
	}
}

func TestCheckNamesACatalogueFileThatIsMissing(t *testing.T) {
	name := filepath.Join(t.TempDir(), "none.yaml")
	if got := command(t, "", nil, "check", "--catalogue", name); got.code != exitFailed || !strings.Contains(got.stderr, name) {
		t.Errorf("exit %d, stderr %q", got.code, got.stderr)
	}
}
