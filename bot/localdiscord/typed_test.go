package localdiscord_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"trucewire/bot/localdiscord"
)

func askCommand() *discordgo.ApplicationCommand {
	return &discordgo.ApplicationCommand{Name: "ask", Description: "Ask", Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What", Required: true},
		{Type: discordgo.ApplicationCommandOptionBoolean, Name: "show", Description: "To all"},
	}}
}

func TestTypedLines(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	register(t, s, s.client(t), statusCommand(), alertsCommand(), askCommand())
	tests := []struct {
		line, command string
		want          map[string]any
	}{
		{"/status", "status", map[string]any{}},
		{"  /status   libya ", "status", map[string]any{"conflict": "libya"}},
		{"/status conflict:libya", "status", map[string]any{"conflict": "libya"}},
		{"/status south sudan", "status", map[string]any{"conflict": "south sudan"}},
		{`/status "south sudan"`, "status", map[string]any{"conflict": "south sudan"}},
		{`/status conflict:"south: sudan"`, "status", map[string]any{"conflict": "south: sudan"}},
		{"/status conflict:south sudan", "status", map[string]any{"conflict": "south sudan"}},
		{"/status https://example.org/rss", "status", map[string]any{"conflict": "https://example.org/rss"}},
		{"/alerts add channel:#news conflict:libya", "alerts add", map[string]any{"channel": "#news", "conflict": "libya"}},
		{"/alerts add #news libya 2", "alerts add", map[string]any{"channel": "#news", "conflict": "libya", "severity": "2"}},
		{"/alerts add #news conflict:south sudan severity:notable", "alerts add", map[string]any{"channel": "#news", "conflict": "south sudan", "severity": "notable"}},
		{"/ask is the truce in Sudan holding?", "ask", map[string]any{"question": "is the truce in Sudan holding?"}},
		{"/ask why true", "ask", map[string]any{"question": "why", "show": "true"}},
		{"/ask question:is it: holding? show:true", "ask", map[string]any{"question": "is it: holding?", "show": "true"}},
	}
	for _, tt := range tests {
		in, err := s.Parse(s.guild, s.news, s.mod, tt.line)
		if err != nil {
			t.Errorf("%s: %v", tt.line, err)
			continue
		}
		if in.Command != tt.command {
			t.Errorf("%s: command %q, want %q", tt.line, in.Command, tt.command)
		}
		if diff := cmp.Diff(tt.want, in.Options); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.line, diff)
		}
	}
}

func TestTypedLinesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	if _, err := s.Type(t.Context(), s.guild, s.news, s.mod, "/status"); !errors.Is(err, localdiscord.ErrNoCommand) || !strings.Contains(err.Error(), "none registered yet") {
		t.Errorf("before registration: %v", err)
	}
	register(t, s, s.client(t), statusCommand(), alertsCommand())
	closed := must[string](t)(s.AddChannel(localdiscord.Channel{Guild: s.guild, Name: "closed", Overwrites: []localdiscord.Overwrite{{Role: s.guild, Deny: localdiscord.ViewChannel}}}))
	_ = closed
	tests := []struct {
		line string
		want error
		says string
	}{
		{"", localdiscord.ErrNoCommand, "begins with /"},
		{"hello", localdiscord.ErrNoCommand, "begins with /"},
		{"/foo", localdiscord.ErrNoCommand, "no such command: /foo; there are: /status, /alerts add, /alerts list"},
		{"/alerts", localdiscord.ErrNoCommand, "there are: /alerts add, /alerts list"},
		{"/alerts drop", localdiscord.ErrNoCommand, "no such command: /alerts drop; there are: /alerts add, /alerts list"},
		{"/alerts list now", localdiscord.ErrBadOption, `"now" is one too many; options are: none`},
		{"/alerts add", localdiscord.ErrBadOption, "channel is required (Where to)"},
		{"/alerts add #nowhere libya", localdiscord.ErrBadOption, "there is no channel #nowhere here"},
		{"/alerts add #closed libya", localdiscord.ErrBadOption, "there is no channel #closed here"},
		{"/alerts add #news conflict:libya severity:high", localdiscord.ErrBadOption, `severity: "high" is not one of: critical, notable`},
		{"/alerts add #news conflict:libya conflict:sudan", localdiscord.ErrBadOption, "given twice"},
		{`/status "libya`, localdiscord.ErrBadOption, "not closed"},
	}
	for _, tt := range tests {
		_, err := s.Type(t.Context(), s.guild, s.news, s.mod, tt.line)
		if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%q: got %v, want %v with %q", tt.line, err, tt.want, tt.says)
		}
	}
}

func TestInvokeChecksValuesAsAClientDoes(t *testing.T) {
	t.Parallel()
	s := newStage(t, localdiscord.Options{})
	low, many := 2.0, 3
	register(t, s, s.client(t), &discordgo.ApplicationCommand{Name: "limits", Description: "d", Options: []*discordgo.ApplicationCommandOption{
		{Type: discordgo.ApplicationCommandOptionInteger, Name: "days", Description: "d", MinValue: &low, MaxValue: 14},
		{Type: discordgo.ApplicationCommandOptionString, Name: "word", Description: "d", MinLength: &many, MaxLength: 5},
		{Type: discordgo.ApplicationCommandOptionNumber, Name: "share", Description: "d", MaxValue: 0.5},
		{Type: discordgo.ApplicationCommandOptionUser, Name: "who", Description: "d"},
		{Type: discordgo.ApplicationCommandOptionRole, Name: "role", Description: "d"},
		{Type: discordgo.ApplicationCommandOptionChannel, Name: "where", Description: "d", ChannelTypes: []discordgo.ChannelType{discordgo.ChannelTypeGuildNews}},
	}})
	bad := []map[string]any{
		{"days": 1},
		{"days": 15},
		{"days": "two"},
		{"days": 2.5},
		{"word": "ab"},
		{"word": "abcdef"},
		{"share": 0.6},
		{"share": "NaN"},
		{"who": "nobody"},
		{"role": "none"},
		{"where": s.news},
		{"unknown": 1},
	}
	for _, options := range bad {
		_, err := s.Invoke(t.Context(), localdiscord.Invocation{Guild: s.guild, Channel: s.news, User: s.ann, Command: "limits", Options: options})
		if !errors.Is(err, localdiscord.ErrBadOption) {
			t.Errorf("%v: got %v, want ErrBadOption", options, err)
		}
	}
	good := []map[string]any{
		{"days": 2}, {"days": "14"}, {"word": "abc"}, {"share": 0.5}, {"who": "@ann"}, {"who": s.ann}, {"role": s.guild},
	}
	for _, options := range good {
		// Nobody is connected: a command that got past the client ends there.
		_, err := s.Invoke(t.Context(), localdiscord.Invocation{Guild: s.guild, Channel: s.news, User: s.ann, Command: "limits", Options: options})
		if !errors.Is(err, localdiscord.ErrOffline) {
			t.Errorf("%v: got %v, want ErrOffline", options, err)
		}
	}
}
