package storetest

import (
	"testing"
	"time"

	"trucewire/guild"
	"trucewire/notify"
)

func runGuilds(t *testing.T, open Opener) {
	t.Run("settings come back as they were saved", func(t *testing.T) {
		s := fresh(t, open)
		ctx := t.Context()
		same(t, "unknown", value[guild.Settings](t)(s.Settings(ctx, guildA)), guild.Settings{Guild: guildA})
		want := guild.Settings{Guild: guildA, Name: "Harbour", Lang: "ar", Zone: "Africa/Tripoli", ModChannel: "109", AllowListed: true}
		must(t, s.SaveSettings(ctx, want, audit("", "settings", start())))
		same(t, "saved", value[guild.Settings](t)(s.Settings(ctx, guildA)), want)
		must(t, s.SeeGuild(ctx, guildB, "Bay", start()))
		same(t, "all", value[[]guild.Settings](t)(s.Guilds(ctx)), []guild.Settings{want, {Guild: guildB, Name: "Bay"}})
		same(t, "audit", value[[]guild.AuditEntry](t)(s.Audit(ctx, guildA, 9)), []guild.AuditEntry{audit(guildA, "settings", start())})
		same(t, "audit of the other", value[[]guild.AuditEntry](t)(s.Audit(ctx, guildB, 9)), []guild.AuditEntry(nil))
	})

	t.Run("audit is newest first and limited", func(t *testing.T) {
		s := fresh(t, open)
		for _, action := range []string{"one", "two", "three"} {
			must(t, s.SaveSettings(t.Context(), guild.Settings{Guild: guildA}, audit(guildA, action, start())))
		}
		got := value[[]guild.AuditEntry](t)(s.Audit(t.Context(), guildA, 2))
		same(t, "audit", got, []guild.AuditEntry{audit(guildA, "three", start()), audit(guildA, "two", start())})
	})

	t.Run("leaving pauses and coming back resumes without a backlog", func(t *testing.T) {
		s := fresh(t, open)
		ctx := t.Context()
		must(t, s.SeeGuild(ctx, guildA, "Harbour", start()))
		sub := value[notify.Subscription](t)(s.AddSubscription(ctx, alerts(guildA, channelA), audit(guildA, "add", start())))
		broken := alerts(guildA, channelB)
		broken.Paused = "cannot post"
		broken = value[notify.Subscription](t)(s.AddSubscription(ctx, broken, audit(guildA, "add", start())))
		waiting, told := post(guildA, channelA, "dev-1", start()), post(guildA, channelA, "dev-2", start())
		owe(t, s, waiting, told)
		must(t, s.Receipt(ctx, told.Key, "900", 1, start()))
		told.Want = 2
		owe(t, s, told)

		must(t, s.LeaveGuild(ctx, guildA, start().Add(time.Hour)))
		if got := owed(t, s, start()); len(got) != 0 {
			t.Errorf("owed after leaving: %+v", got)
		}
		left := value[guild.Settings](t)(s.Settings(ctx, guildA))
		if !left.LeftAt.Equal(start().Add(time.Hour)) {
			t.Errorf("left at %v", left.LeftAt)
		}
		for _, x := range value[[]notify.Subscription](t)(s.Subscriptions(ctx, guildA)) {
			if x.Paused == "" {
				t.Errorf("subscription %d is not paused", x.ID)
			}
		}
		must(t, s.LeaveGuild(ctx, guildA, start().Add(2*time.Hour))) // told again: the first time counts
		if again := value[guild.Settings](t)(s.Settings(ctx, guildA)); again != left {
			t.Errorf("leaving twice: %+v, want %+v", again, left)
		}

		for range 2 {
			must(t, s.SeeGuild(ctx, guildA, "Harbour", start().Add(3*time.Hour)))
		}
		same(t, "subscriptions", value[[]notify.Subscription](t)(s.Subscriptions(ctx, guildA)), []notify.Subscription{sub, broken})
		got := owed(t, s, start().Add(4*time.Hour))
		if len(got) != 1 || got[0].Key != told.Key {
			t.Errorf("owed after coming back: %+v, want only the edit", got)
		}
		if back := value[guild.Settings](t)(s.Settings(ctx, guildA)); !back.LeftAt.IsZero() {
			t.Errorf("still left at %v", back.LeftAt)
		}
		var actions []string
		for _, e := range value[[]guild.AuditEntry](t)(s.Audit(ctx, guildA, 9)) {
			actions = append(actions, e.Action)
		}
		same(t, "audit", actions, []string{"server join", "server leave", "add", "add"})
	})

	t.Run("one leaving does not touch another", func(t *testing.T) {
		s := fresh(t, open)
		ctx := t.Context()
		sub := value[notify.Subscription](t)(s.AddSubscription(ctx, alerts(guildB, channelB), audit(guildB, "add", start())))
		p := post(guildB, channelB, "dev-1", start())
		owe(t, s, p)
		must(t, s.LeaveGuild(ctx, guildA, start()))
		same(t, "owed", owed(t, s, start()), []notify.Message{p})
		same(t, "subscriptions", value[[]notify.Subscription](t)(s.Subscriptions(ctx, guildB)), []notify.Subscription{sub})
	})
}
