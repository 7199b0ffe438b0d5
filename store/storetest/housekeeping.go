package storetest

import (
	"testing"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
	"trucewire/store"
)

func runHousekeeping(t *testing.T, open Opener) {
	t.Run("marks are replaced", func(t *testing.T) {
		s := fresh(t, open)
		same(t, "unknown", value[string](t)(s.Marked(t.Context(), "commands")), "")
		must(t, s.Mark(t.Context(), "commands", "one"))
		must(t, s.Mark(t.Context(), "commands", "two"))
		same(t, "mark", value[string](t)(s.Marked(t.Context(), "commands")), "two")
	})

	t.Run("the next due time is the earliest of all kinds", func(t *testing.T) {
		s := fed(t, open)
		ctx := t.Context()
		want := func(when time.Time, ahead bool) {
			t.Helper()
			got, ok, err := s.NextDue(ctx)
			must(t, err)
			if !got.Equal(when) || ok != ahead {
				t.Errorf("next due %v, %v; want %v, %v", got, ok, when, ahead)
			}
		}
		want(time.Time{}, false) // sources that nobody needs are not ahead
		sub := value[notify.Subscription](t)(s.AddSubscription(ctx, digests(guildA, channelA, start().Add(3*time.Hour)), audit(guildA, "add", start())))
		want(time.Time{}, true) // never polled: due at once
		for _, id := range []news.SourceID{"a", "b"} {
			st := state(id, start())
			st.NextCheckAt = start().Add(4 * time.Hour)
			must(t, s.Commit(ctx, store.Commit{Poll: sources.Poll{Source: feed(id), State: st}}))
		}
		want(start().Add(3*time.Hour), true)
		p := post(guildA, channelA, "dev-1", start().Add(2*time.Hour))
		owe(t, s, p)
		want(start().Add(2*time.Hour), true)
		must(t, s.Receipt(ctx, p.Key, "900", 1, start()))
		want(start().Add(3*time.Hour), true)
		must(t, s.RemoveSubscription(ctx, guildA, sub.ID, audit(guildA, "remove", start())))
		want(time.Time{}, false)
	})

	t.Run("counts are those of health", func(t *testing.T) {
		s := fed(t, open)
		ctx := t.Context()
		must(t, s.SyncCatalogue(ctx, []sources.Source{feed("a"), feed("b"), feed("c")}))
		value[notify.Subscription](t)(s.AddSubscription(ctx, alerts(guildA, channelA), audit(guildA, "add", start())))
		fine, failing := state("a", start()), state("b", start())
		fine.Failures = 0
		must(t, s.Commit(ctx, store.Commit{Poll: sources.Poll{Source: feed("a"), State: fine}}))
		must(t, s.Commit(ctx, store.Commit{Poll: sources.Poll{Source: feed("b"), State: failing}}))
		owe(t, s, post(guildA, channelA, "dev-1", start()), post(guildA, channelA, "dev-2", start()),
			post(guildA, channelB, "dev-1", start()), post(guildA, channelA, "dev-3", start()))
		must(t, s.Settle(ctx, notify.PostKey(channelA, "dev-1"), notify.StateUnknown, time.Time{}, "no answer"))
		must(t, s.PauseChannel(ctx, guildA, channelB, "cannot post", start()))
		got := value[store.Counts](t)(s.Counts(ctx))
		same(t, "counts", got, store.Counts{SourcesOK: 1, SourcesFailing: 1, SourcesNew: 1, Owed: 2, Paused: 1, Unknown: 1})
		if needed := value[[]sources.Check](t)(s.NeededSources(ctx)); len(needed) != 3 {
			t.Errorf("%d needed sources, want 3", len(needed))
		}
	})

	t.Run("a sweep ends retention and nothing else", func(t *testing.T) {
		s := fed(t, open)
		ctx := t.Context()
		day := 24 * time.Hour
		old, young := item("a", 1, start()), item("a", 2, start().Add(time.Hour))
		c := filed("a", development("dev-1", 1, old, young), start(), old, young)
		oldPost, oldReply := post(guildA, channelA, "dev-1", start()), reply(guildA, channelA, "dev-1", 1, start())
		waiting, waitingReply := post(guildA, channelA, "dev-2", start()), reply(guildA, channelA, "dev-2", 1, start())
		c.Messages = []notify.Message{oldPost, oldReply, waiting, waitingReply}
		must(t, s.Commit(ctx, c))
		for _, key := range []string{oldPost.Key, oldReply.Key} {
			must(t, s.Receipt(ctx, key, "900", 1, start()))
		}
		must(t, s.SaveSettings(ctx, guild.Settings{Guild: guildA}, audit(guildA, "old", start())))
		must(t, s.SaveSettings(ctx, guild.Settings{Guild: guildA}, audit(guildA, "young", start().Add(time.Hour))))

		must(t, s.Sweep(ctx, start().Add(30*day)))
		if got := value[notify.Message](t)(s.PostOf(ctx, channelA, "dev-1")); got.Reason != news.ReasonFirst {
			t.Errorf("after exactly 30 days the reason is %q", got.Reason)
		}
		must(t, s.Sweep(ctx, start().Add(30*day+time.Microsecond)))
		if got := value[notify.Message](t)(s.PostOf(ctx, channelA, "dev-1")); got.Reason != "" || got.MessageID != "900" {
			t.Errorf("after 30 days the post is %+v, want no reason but its message", got)
		}
		if _, err := s.Message(ctx, guildA, oldReply.Key); err == nil {
			t.Error("after 30 days the reply is still there")
		}
		same(t, "owed after 30 days", owed(t, s, start()), []notify.Message{waiting, waitingReply})

		must(t, s.Sweep(ctx, start().Add(180*day+time.Minute+time.Microsecond)))
		if told := value[[]notify.Message](t)(s.Told(ctx, []news.DevelopmentID{"dev-1", "dev-2"})); len(told) != 0 {
			t.Errorf("after 180 days posts are still known: %+v", told)
		}
		items := value[[]news.Item](t)(s.Items(ctx, []news.ItemID{old.ID, young.ID}))
		if items[0].Text != "" || items[0].Title == "" || items[1].Text == "" {
			t.Errorf("after 180 days the items are %+v", items)
		}
		seen := value[map[news.ItemID]sources.Seen](t)(s.SeenItems(ctx, "a", []news.ItemID{old.ID}))
		if seen[old.ID].Hash != sources.ContentHash(old.Title, old.Text) {
			t.Error("the hash of an item went with its text: the feed would seem edited")
		}
		same(t, "audit", value[[]guild.AuditEntry](t)(s.Audit(ctx, guildA, 9)), []guild.AuditEntry{audit(guildA, "young", start().Add(time.Hour))})
		same(t, "developments", value[[]news.Development](t)(s.Developments(ctx, store.DevelopmentQuery{})), c.Changes.Developments)
	})
}
