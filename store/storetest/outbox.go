package storetest

import (
	"errors"
	"testing"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/store"
)

func runOutbox(t *testing.T, open Opener) {
	t.Run("what is due comes alerts first, oldest first", func(t *testing.T) {
		s := fresh(t, open)
		now := start()
		late := post(guildA, channelA, "dev-late", now.Add(-time.Minute))
		early := reply(guildA, channelA, "dev-early", 2, now.Add(-time.Hour))
		digest := notify.Message{
			Key: "digest/1/x", Guild: guildA, Channel: channelA, Form: notify.FormDigest, Reason: news.ReasonDigest,
			Subscription: 1, From: now.Add(-24 * time.Hour), To: now, Want: 1, DueAt: now.Add(-2 * time.Hour), State: notify.StateOwed,
		}
		tie := post(guildA, channelB, "dev-tie", now.Add(-time.Minute))
		future := post(guildA, channelA, "dev-future", now.Add(time.Microsecond))
		owe(t, s, digest, late, tie, future, early)
		same(t, "owed", owed(t, s, now), []notify.Message{early, late, tie, digest})
		got := value[[]notify.Message](t)(s.OwedMessages(t.Context(), now, 2))
		same(t, "owed, at most two", got, []notify.Message{early, late})
	})

	t.Run("a post that is owed again keeps its progress and takes the new wish", func(t *testing.T) {
		s := fresh(t, open)
		p := post(guildA, channelA, "dev-1", start())
		owe(t, s, p)
		must(t, s.Intend(t.Context(), p.Key, start()))
		must(t, s.Receipt(t.Context(), p.Key, "900", 1, start()))

		edit := p
		edit.Want, edit.Reason, edit.DueAt = 3, news.ReasonAdds, start().Add(time.Minute)
		owe(t, s, edit)
		got := value[notify.Message](t)(s.PostOf(t.Context(), channelA, "dev-1"))
		want := edit
		want.Have, want.First, want.MessageID, want.AttemptAt = 1, 1, "900", start()
		same(t, "post", got, want)

		lower := edit
		lower.Want = 2
		owe(t, s, lower)
		same(t, "post after a lower wish", value[notify.Message](t)(s.PostOf(t.Context(), channelA, "dev-1")), want)
	})

	t.Run("a reply is owed once", func(t *testing.T) {
		s := fresh(t, open)
		r := reply(guildA, channelA, "dev-1", 2, start())
		owe(t, s, r)
		must(t, s.Receipt(t.Context(), r.Key, "901", 1, start()))
		again := r
		again.Want, again.Severity = 5, news.Critical
		owe(t, s, again)
		same(t, "owed", owed(t, s, start().Add(time.Hour)), []notify.Message(nil))
		got := value[notify.Message](t)(s.Message(t.Context(), guildA, r.Key))
		if got.State != notify.StateSent || got.Want != 1 || got.Severity != r.Severity {
			t.Errorf("the reply became %+v", got)
		}
	})

	t.Run("told lists posts only", func(t *testing.T) {
		s := fresh(t, open)
		one, two := post(guildA, channelA, "dev-1", start()), post(guildB, channelB, "dev-1", start())
		owe(t, s, two, one, reply(guildA, channelA, "dev-1", 1, start()), post(guildA, channelA, "dev-2", start()))
		got := value[[]notify.Message](t)(s.Told(t.Context(), []news.DevelopmentID{"dev-1", "dev-9"}))
		same(t, "told", got, []notify.Message{two, one})
		same(t, "told of nothing", value[[]notify.Message](t)(s.Told(t.Context(), nil)), []notify.Message(nil))
	})

	t.Run("a paused channel is owed nothing until it is resumed", func(t *testing.T) {
		s := fresh(t, open)
		sub := value[notify.Subscription](t)(s.AddSubscription(t.Context(), alerts(guildA, channelA), audit(guildA, "add", start())))
		p := post(guildA, channelA, "dev-1", start())
		elsewhere := post(guildA, channelB, "dev-1", start())
		owe(t, s, p, elsewhere)
		must(t, s.PauseChannel(t.Context(), guildA, channelA, "cannot post", start()))
		same(t, "owed", owed(t, s, start()), []notify.Message{elsewhere})
		subs := value[[]notify.Subscription](t)(s.Subscriptions(t.Context(), guildA))
		paused := sub
		paused.Paused = "cannot post"
		same(t, "subscriptions", subs, []notify.Subscription{paused})

		raised := p
		raised.Want = 2
		owe(t, s, raised)
		same(t, "owed after a new wish", owed(t, s, start()), []notify.Message{elsewhere})

		must(t, s.ResumeChannel(t.Context(), guildA, channelA, audit(guildA, "resume", start())))
		if got := owed(t, s, start()); len(got) != 2 || got[0].Want != 2 || got[0].Problem != "" {
			t.Errorf("owed after resuming: %+v", got)
		}
		err := s.ResumeChannel(t.Context(), guildA, channelA, audit(guildA, "resume", start()))
		if !errors.Is(err, notify.ErrNotFound) {
			t.Errorf("resuming again: %v, want ErrNotFound", err)
		}
	})

	t.Run("unknown keys and channels are not found", func(t *testing.T) {
		s := fresh(t, open)
		owe(t, s, post(guildA, channelA, "dev-1", start()))
		_, post := s.PostOf(t.Context(), channelB, "dev-1")
		_, message := s.Message(t.Context(), guildB, notify.PostKey(channelA, "dev-1"))
		for name, err := range map[string]error{
			"intend":  s.Intend(t.Context(), "x", start()),
			"doubt":   s.Doubt(t.Context(), "x", start(), 1, start()),
			"receipt": s.Receipt(t.Context(), "x", "1", 1, start()),
			"settle":  s.Settle(t.Context(), "x", notify.StateDropped, start(), "x"),
			"post of": post,
			"message": message,
		} {
			if !errors.Is(err, notify.ErrNotFound) {
				t.Errorf("%s: %v, want ErrNotFound", name, err)
			}
		}
	})

	t.Run("pausing is scoped by server", func(t *testing.T) {
		s := fresh(t, open)
		p := post(guildA, channelA, "dev-1", start())
		owe(t, s, p)
		sub := value[notify.Subscription](t)(s.AddSubscription(t.Context(), alerts(guildA, channelA), audit(guildA, "add", start())))
		must(t, s.PauseChannel(t.Context(), guildB, channelA, "not theirs", start()))
		same(t, "owed", owed(t, s, start()), []notify.Message{p})
		same(t, "subscriptions", value[[]notify.Subscription](t)(s.Subscriptions(t.Context(), guildA)), []notify.Subscription{sub})
		same(t, "audit of the other", value[[]guild.AuditEntry](t)(s.Audit(t.Context(), guildB, 9)), []guild.AuditEntry(nil))
	})
}

// owe puts messages in the outbox the way a poll does.
func owe(t testing.TB, s Store, messages ...notify.Message) {
	t.Helper()
	must(t, s.Commit(t.Context(), store.Commit{Messages: messages}))
}

func owed(t testing.TB, s Store, now time.Time) []notify.Message {
	t.Helper()
	return value[[]notify.Message](t)(s.OwedMessages(t.Context(), now, 100))
}
