package guild_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/guild"
)

func TestOnlyThoseWithManageServerModerate(t *testing.T) {
	tests := []struct {
		name  string
		actor guild.Actor
		want  bool
	}{
		{"nobody", guild.Actor{}, false},
		{"member", guild.Actor{Guild: "1", Permissions: guild.SendMessages | guild.ViewChannel}, false},
		{"moderator", guild.Actor{Guild: "1", Permissions: guild.ManageServer}, true},
		{"administrator", guild.Actor{Guild: "1", Permissions: guild.Administrator}, true},
		{"administrator in a direct message", guild.Actor{Permissions: guild.Administrator}, false},
	}
	for _, tt := range tests {
		if got := tt.actor.Moderates(); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestHasWantsEveryBit(t *testing.T) {
	want := guild.ViewChannel | guild.SendMessages
	if guild.SendMessages.Has(want) {
		t.Error("one of two bits is enough")
	}
	if !(want | guild.EmbedLinks).Has(want) {
		t.Error("both bits are not enough")
	}
}

func TestChannelIDIsASnowflake(t *testing.T) {
	for id, want := range map[guild.ChannelID]bool{
		"1234567890123456789": true, "7": true,
		"": false, "0": false, "-1": false, "general": false, "<#7>": false, "99999999999999999999": false,
	} {
		if got := id.Valid(); got != want {
			t.Errorf("%q: got %v, want %v", id, got, want)
		}
	}
}

func TestAuditNamesWhoDidWhat(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	got := guild.Actor{Guild: "1", User: "77", Name: "Ada"}.Audit(at, "source add", "a feed", "tested")
	want := guild.AuditEntry{Guild: "1", At: at, Actor: "77", Name: "Ada", Action: "source add", Target: "a feed", Detail: "tested"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entry (-want +got):\n%s", diff)
	}
}
