package storetest

import (
	"errors"
	"testing"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

func runSubscriptions(t *testing.T, open Opener) {
	t.Run("come back as they were added, oldest first", func(t *testing.T) {
		s := fresh(t, open)
		first := value[notify.Subscription](t)(s.AddSubscription(t.Context(), digests(guildA, channelA, start()), audit(guildA, "add", start())))
		other := value[notify.Subscription](t)(s.AddSubscription(t.Context(), alerts(guildB, channelB), audit(guildB, "add", start())))
		second := value[notify.Subscription](t)(s.AddSubscription(t.Context(), notify.Subscription{Guild: guildA, Channel: channelB}, audit(guildA, "add", start())))
		if first.ID == 0 || first.ID == other.ID || other.ID == second.ID {
			t.Errorf("ids %d, %d, %d", first.ID, other.ID, second.ID)
		}
		same(t, "of server A", value[[]notify.Subscription](t)(s.Subscriptions(t.Context(), guildA)), []notify.Subscription{first, second})
		same(t, "of all", value[[]notify.Subscription](t)(s.Subscriptions(t.Context(), "")), []notify.Subscription{first, other, second})
	})

	t.Run("are limited for each server", func(t *testing.T) {
		s := fresh(t, open)
		for range guild.MaxSubscriptions {
			value[notify.Subscription](t)(s.AddSubscription(t.Context(), alerts(guildA, channelA), audit(guildA, "add", start())))
		}
		_, err := s.AddSubscription(t.Context(), alerts(guildA, channelA), audit(guildA, "add", start()))
		if !errors.Is(err, notify.ErrTooMany) {
			t.Errorf("one more: %v, want ErrTooMany", err)
		}
		entries := value[[]guild.AuditEntry](t)(s.Audit(t.Context(), guildA, 999))
		if len(entries) != guild.MaxSubscriptions {
			t.Errorf("%d audit entries, want %d: a change that failed must leave none", len(entries), guild.MaxSubscriptions)
		}
		value[notify.Subscription](t)(s.AddSubscription(t.Context(), alerts(guildB, channelB), audit(guildB, "add", start())))
	})

	t.Run("are removed by their own server only", func(t *testing.T) {
		s := fresh(t, open)
		sub := value[notify.Subscription](t)(s.AddSubscription(t.Context(), alerts(guildA, channelA), audit(guildA, "add", start())))
		err := s.RemoveSubscription(t.Context(), guildB, sub.ID, audit(guildB, "remove", start()))
		if !errors.Is(err, notify.ErrNotFound) {
			t.Errorf("by another: %v, want ErrNotFound", err)
		}
		same(t, "audit of the other", value[[]guild.AuditEntry](t)(s.Audit(t.Context(), guildB, 9)), []guild.AuditEntry(nil))
		must(t, s.RemoveSubscription(t.Context(), guildA, sub.ID, audit(guildA, "remove", start())))
		same(t, "left", value[[]notify.Subscription](t)(s.Subscriptions(t.Context(), "")), []notify.Subscription(nil))
		got := value[[]guild.AuditEntry](t)(s.Audit(t.Context(), guildA, 1))
		same(t, "audit", got, []guild.AuditEntry{audit(guildA, "remove", start())})

		next := value[notify.Subscription](t)(s.AddSubscription(t.Context(), alerts(guildA, channelA), audit(guildA, "add", start())))
		if next.ID == sub.ID {
			t.Error("the id of a removed subscription was given again; its digests' keys would be too")
		}
	})

	t.Run("removing one takes back what it alone was owed", func(t *testing.T) {
		s := fresh(t, open)
		alone := value[notify.Subscription](t)(s.AddSubscription(t.Context(), alerts(guildA, channelA), audit(guildA, "add", start())))
		waiting, tried := post(guildA, channelA, "dev-1", start()), post(guildA, channelA, "dev-2", start())
		waiting.Subscription, tried.Subscription = alone.ID, alone.ID
		owe(t, s, waiting, tried)
		must(t, s.Intend(t.Context(), tried.Key, start()))
		must(t, s.RemoveSubscription(t.Context(), guildA, alone.ID, audit(guildA, "remove", start())))
		got := owed(t, s, start())
		if len(got) != 1 || got[0].Key != tried.Key {
			t.Errorf("owed %+v, want only the post that may exist already", got)
		}
	})

	t.Run("removing one leaves what another in the channel asked for", func(t *testing.T) {
		s := fresh(t, open)
		one := value[notify.Subscription](t)(s.AddSubscription(t.Context(), alerts(guildA, channelA), audit(guildA, "add", start())))
		value[notify.Subscription](t)(s.AddSubscription(t.Context(), alerts(guildA, channelA), audit(guildA, "add", start())))
		p := post(guildA, channelA, "dev-1", start())
		p.Subscription = one.ID
		owe(t, s, p)
		must(t, s.RemoveSubscription(t.Context(), guildA, one.ID, audit(guildA, "remove", start())))
		same(t, "owed", owed(t, s, start()), []notify.Message{p})
	})

	t.Run("a digest is owed once for its slot", func(t *testing.T) {
		s := fresh(t, open)
		day := 24 * time.Hour
		sub := value[notify.Subscription](t)(s.AddSubscription(t.Context(), digests(guildA, channelA, start()), audit(guildA, "add", start())))
		m := notify.Message{
			Key: "digest/1/2031-03-04", Guild: guildA, Channel: channelA, Form: notify.FormDigest, Reason: news.ReasonDigest,
			Subscription: sub.ID, From: sub.DoneTo, To: start(), Want: 1, Ref: "D1G3ST", DueAt: start(), OwedAt: start(), State: notify.StateOwed,
		}
		must(t, s.OweDigest(t.Context(), m, start().Add(day), start()))
		same(t, "owed", owed(t, s, start()), []notify.Message{m})
		sub.NextAt, sub.DoneTo = start().Add(day), start()
		same(t, "subscription", value[[]notify.Subscription](t)(s.Subscriptions(t.Context(), guildA)), []notify.Subscription{sub})

		again := m
		again.To = start().Add(time.Hour)
		must(t, s.OweDigest(t.Context(), again, start().Add(2*day), start().Add(time.Hour)))
		same(t, "owed after a second time", owed(t, s, start()), []notify.Message{m})
		sub.NextAt = start().Add(2 * day)
		same(t, "the window that was not told stays open", value[[]notify.Subscription](t)(s.Subscriptions(t.Context(), guildA)), []notify.Subscription{sub})

		stray := m
		stray.Key, stray.Guild = "digest/1/other", guildB
		if err := s.OweDigest(t.Context(), stray, start(), start()); !errors.Is(err, notify.ErrNotFound) {
			t.Errorf("for another server: %v, want ErrNotFound", err)
		}
		same(t, "owed after all", owed(t, s, start()), []notify.Message{m})
	})
}
