package discordspec_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"trucewire/bot/localdiscord/discordspec"
)

func load(t *testing.T) *discordspec.Spec {
	t.Helper()
	s, err := discordspec.Load("../../../../shared/discord/openapi.json")
	if errors.Is(err, discordspec.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestLoadSaysPlainlyThatTheDocumentIsAbsent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "openapi.json")
	_, err := discordspec.Load(path)
	if !errors.Is(err, discordspec.ErrAbsent) || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want ErrAbsent that names the path", err)
	}
}

func TestCheckAgreesWithTheSpecification(t *testing.T) {
	s := load(t)
	embeds := func(n int) string { return strings.TrimSuffix(strings.Repeat(`{"title":"a"},`, n), ",") }
	tests := []struct {
		name, method, path, body string
		valid                    bool
	}{
		{"message", "POST", "/channels/1/messages", `{"content":"hello","nonce":"n","enforce_nonce":true}`, true},
		{"ten embeds", "POST", "/channels/1/messages", `{"embeds":[` + embeds(10) + `]}`, true},
		{"eleven embeds", "POST", "/channels/1/messages", `{"embeds":[` + embeds(11) + `]}`, false},
		{"long title", "POST", "/channels/1/messages", fmt.Sprintf(`{"embeds":[{"title":%q}]}`, strings.Repeat("ä", 257)), false},
		{"title of 256 characters and more bytes", "POST", "/channels/1/messages", fmt.Sprintf(`{"embeds":[{"title":%q}]}`, strings.Repeat("ä", 256)), true},
		{"bad address", "POST", "/channels/1/messages", `{"embeds":[{"url":"no address"}]}`, false},
		{"long nonce", "POST", "/channels/1/messages", `{"content":"a","nonce":"12345678901234567890123456"}`, false},
		{"command with permissions as string", "PUT", "/applications/1/commands", `[{"name":"a","description":"b","default_member_permissions":"32"}]`, true},
		{"command without name", "PUT", "/applications/1/commands", `[{"description":"b"}]`, false},
		{"callback", "POST", "/interactions/1/tok/callback", `{"type":4,"data":{"content":"a"}}`, true},
		{"unknown callback", "POST", "/interactions/1/tok/callback", `{"type":77}`, false},
		{"original reply", "PATCH", "/webhooks/1/tok/messages/@original", `{"content":"a"}`, true},
		{"no such path", "POST", "/channels/1/nonsense", `{}`, false},
		{"no body there", "DELETE", "/channels/1/messages/2", `{}`, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := s.Check(tt.method, tt.path, []byte(tt.body)); (err == nil) != tt.valid {
				t.Errorf("Check = %v, want valid %v", err, tt.valid)
			}
		})
	}
}
