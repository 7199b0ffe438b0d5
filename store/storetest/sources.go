package storetest

import (
	"errors"
	"testing"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
	"trucewire/store"
)

func runSources(t *testing.T, open Opener) {
	t.Run("are only polled when somebody needs them", func(t *testing.T) {
		s := fresh(t, open)
		ctx := t.Context()
		off := feed("off")
		off.Default = false
		must(t, s.SyncCatalogue(ctx, []sources.Source{feed("a"), feed("b"), off}))
		must(t, s.AddSource(ctx, guildB, ownFeed(1), sources.State{}, audit(guildB, "add", start())))
		same(t, "without subscriptions", dueIDs(t, s, start()), []news.SourceID{"own-1"})

		value[notify.Subscription](t)(s.AddSubscription(ctx, alerts(guildA, channelA), audit(guildA, "add", start())))
		same(t, "with one", dueIDs(t, s, start()), []news.SourceID{"a", "b", "own-1"})

		must(t, s.AddSource(ctx, guildA, off, sources.State{}, audit(guildA, "on", start())))
		must(t, s.RemoveSource(ctx, guildA, "b", audit(guildA, "off", start())))
		same(t, "after choosing", dueIDs(t, s, start()), []news.SourceID{"a", "off", "own-1"})

		must(t, s.LeaveGuild(ctx, guildB, start()))
		same(t, "after the owner left", dueIDs(t, s, start()), []news.SourceID{"a", "off"})
		must(t, s.LeaveGuild(ctx, guildA, start()))
		same(t, "after all left", dueIDs(t, s, start()), []news.SourceID(nil))
	})

	t.Run("come due by their own clock, longest due first", func(t *testing.T) {
		s := fed(t, open)
		ctx := t.Context()
		must(t, s.SyncCatalogue(ctx, []sources.Source{feed("a"), feed("b"), feed("c"), feed("d")}))
		value[notify.Subscription](t)(s.AddSubscription(ctx, alerts(guildA, channelA), audit(guildA, "add", start())))
		for id, next := range map[news.SourceID]time.Time{"a": start(), "b": start().Add(-time.Hour), "c": start().Add(time.Microsecond)} {
			st := state(id, start())
			st.NextCheckAt = next
			must(t, s.Commit(ctx, store.Commit{Poll: sources.Poll{Source: feed(id), State: st}}))
		}
		same(t, "due", dueIDs(t, s, start()), []news.SourceID{"d", "b", "a"})
		limited := value[[]sources.Check](t)(s.DueChecks(ctx, start(), 2))
		if len(limited) != 2 || limited[1].Source.ID != "b" {
			t.Errorf("at most two: %+v", limited)
		}
		want := sources.Check{Source: feed("b"), State: state("b", start())}
		want.State.NextCheckAt = start().Add(-time.Hour)
		same(t, "check", limited[1], want)
	})

	t.Run("the catalogue changes and what polls left stays", func(t *testing.T) {
		s := fed(t, open)
		ctx := t.Context()
		must(t, s.Commit(ctx, store.Commit{Poll: sources.Poll{Source: feed("a"), State: state("a", start())}}))
		renamed := feed("a")
		renamed.Name, renamed.Every, renamed.Conflicts = "Renamed", time.Hour, nil
		must(t, s.SyncCatalogue(ctx, []sources.Source{renamed}))
		got := value[[]sources.Check](t)(s.ListSources(ctx, guildA))
		same(t, "sources", got, []sources.Check{{Source: renamed, State: state("a", start())}})
		must(t, s.SyncCatalogue(ctx, []sources.Source{renamed, feed("b")}))
		if got := value[[]sources.Check](t)(s.ListSources(ctx, guildA)); len(got) != 2 {
			t.Errorf("after b came back: %+v", got)
		}
	})

	t.Run("two servers with one URL share one fetch", func(t *testing.T) {
		s := fresh(t, open)
		ctx := t.Context()
		must(t, s.AddSource(ctx, guildA, ownFeed(1), state("own-1", start()), audit(guildA, "add", start())))
		polled := state("own-1", start().Add(time.Hour))
		must(t, s.Commit(ctx, store.Commit{Poll: sources.Poll{Source: ownFeed(1), State: polled}}))
		must(t, s.AddSource(ctx, guildB, ownFeed(1), sources.State{}, audit(guildB, "add", start())))
		same(t, "due", dueIDs(t, s, start().Add(48*time.Hour)), []news.SourceID{"own-1"})
		for _, g := range []guild.ID{guildA, guildB} {
			got := value[[]sources.Check](t)(s.ListSources(ctx, g))
			same(t, "state seen by "+string(g), got, []sources.Check{{Source: ownFeed(1), State: polled}})
		}
		err := s.AddSource(ctx, guildB, ownFeed(1), sources.State{}, audit(guildB, "add", start()))
		if !errors.Is(err, sources.ErrExists) {
			t.Errorf("again: %v, want ErrExists", err)
		}

		must(t, s.RemoveSource(ctx, guildA, "own-1", audit(guildA, "remove", start())))
		same(t, "left to B", visible(t, s, guildB), map[news.SourceID]bool{"own-1": true})
		same(t, "left to A", visible(t, s, guildA), map[news.SourceID]bool{})
		must(t, s.RemoveSource(ctx, guildB, "own-1", audit(guildB, "remove", start())))
		same(t, "due when nobody has it", dueIDs(t, s, start().Add(48*time.Hour)), []news.SourceID(nil))

		begin := sources.State{Source: "own-1", ETag: "new"}
		must(t, s.AddSource(ctx, guildA, ownFeed(1), begin, audit(guildA, "add", start())))
		got := value[[]sources.Check](t)(s.ListSources(ctx, guildA))
		same(t, "taken up again it starts anew", got, []sources.Check{{Source: ownFeed(1), State: begin}})
	})

	t.Run("a URL of the catalogue is switched on, not fetched twice", func(t *testing.T) {
		s := fresh(t, open)
		ctx := t.Context()
		off := feed("off")
		off.Default = false
		must(t, s.SyncCatalogue(ctx, []sources.Source{off, feed("a")}))
		again := ownFeed(1)
		again.URL = off.URL
		must(t, s.AddSource(ctx, guildA, again, sources.State{}, audit(guildA, "add", start())))
		same(t, "A sees", visible(t, s, guildA), map[news.SourceID]bool{"a": true, "off": true})
		same(t, "B sees", visible(t, s, guildB), map[news.SourceID]bool{"a": true})
		shared := ownFeed(2)
		must(t, s.AddSource(ctx, guildB, shared, sources.State{}, audit(guildB, "add", start())))
		both := feed("zz") // the catalogue and B have the URL: the catalogue's is the one to read
		both.URL, both.Default = shared.URL, false
		must(t, s.SyncCatalogue(ctx, []sources.Source{off, feed("a"), both}))
		must(t, s.AddSource(ctx, guildA, shared, sources.State{}, audit(guildA, "add", start())))
		same(t, "A sees after adding a taken over URL", visible(t, s, guildA), map[news.SourceID]bool{"a": true, "off": true, "zz": true})
		again.URL = feed("a").URL
		err := s.AddSource(ctx, guildA, again, sources.State{}, audit(guildA, "add", start()))
		if !errors.Is(err, sources.ErrExists) {
			t.Errorf("one that is on: %v, want ErrExists", err)
		}
	})

	t.Run("an own source that the catalogue takes over is read from there", func(t *testing.T) {
		s := fresh(t, open)
		ctx := t.Context()
		must(t, s.AddSource(ctx, guildA, ownFeed(1), state("own-1", start()), audit(guildA, "add", start())))
		listed := feed("listed")
		listed.URL, listed.Default = ownFeed(1).URL, false
		must(t, s.SyncCatalogue(ctx, []sources.Source{listed}))
		same(t, "A sees", visible(t, s, guildA), map[news.SourceID]bool{"listed": true})
		same(t, "B sees", visible(t, s, guildB), map[news.SourceID]bool{})
		must(t, s.SyncCatalogue(ctx, nil))
		same(t, "A sees when it is gone", visible(t, s, guildA), map[news.SourceID]bool{})
		if views := value[store.Views](t)(s.Views(ctx)); views.Of(guildA).Sees("listed") {
			t.Error("A's view has it when it is gone")
		}
	})

	t.Run("are listed by name", func(t *testing.T) {
		s := fresh(t, open)
		a, b, c := feed("a"), feed("b"), feed("c")
		a.Name, b.Name, c.Name = "Two", "One", "Two"
		must(t, s.SyncCatalogue(t.Context(), []sources.Source{c, a, b}))
		var ids []news.SourceID
		for _, check := range value[[]sources.Check](t)(s.ListSources(t.Context(), guildA)) {
			ids = append(ids, check.Source.ID)
		}
		same(t, "sources", ids, []news.SourceID{"b", "a", "c"})
	})

	t.Run("one that left the catalogue is off for everyone", func(t *testing.T) {
		s := fed(t, open)
		ctx := t.Context()
		value[notify.Subscription](t)(s.AddSubscription(ctx, alerts(guildA, channelA), audit(guildA, "add", start())))
		must(t, s.SyncCatalogue(ctx, []sources.Source{feed("b")}))
		same(t, "visible", visible(t, s, guildA), map[news.SourceID]bool{"b": true})
		same(t, "due", dueIDs(t, s, start()), []news.SourceID{"b"})
		if views := value[store.Views](t)(s.Views(ctx)); views.Of(guildA).Sees("a") || !views.Of(guildA).Sees("b") {
			t.Error("the view does not agree")
		}
	})

	t.Run("own ones are limited for each server", func(t *testing.T) {
		s := fresh(t, open)
		ctx := t.Context()
		for n := range guild.MaxOwnSources {
			must(t, s.AddSource(ctx, guildA, ownFeed(n), sources.State{}, audit(guildA, "add", start())))
		}
		err := s.AddSource(ctx, guildA, ownFeed(guild.MaxOwnSources), sources.State{}, audit(guildA, "add", start()))
		if !errors.Is(err, sources.ErrTooMany) {
			t.Errorf("one more: %v, want ErrTooMany", err)
		}
		if n := len(value[[]guild.AuditEntry](t)(s.Audit(ctx, guildA, 999))); n != guild.MaxOwnSources {
			t.Errorf("%d audit entries, want %d", n, guild.MaxOwnSources)
		}
		must(t, s.AddSource(ctx, guildB, ownFeed(guild.MaxOwnSources), sources.State{}, audit(guildB, "add", start())))
	})

	t.Run("of one server are nothing to another", func(t *testing.T) {
		s := fed(t, open)
		ctx := t.Context()
		must(t, s.AddSource(ctx, guildA, ownFeed(1), sources.State{}, audit(guildA, "add", start())))
		must(t, s.RemoveSource(ctx, guildA, "a", audit(guildA, "off", start())))
		same(t, "A sees", visible(t, s, guildA), map[news.SourceID]bool{"b": true, "own-1": true})
		same(t, "B sees", visible(t, s, guildB), map[news.SourceID]bool{"a": true, "b": true})
		for _, id := range []news.SourceID{"own-1", "nowhere"} {
			err := s.RemoveSource(ctx, guildB, id, audit(guildB, "remove", start()))
			if !errors.Is(err, sources.ErrNotFound) {
				t.Errorf("B removing %s: %v, want ErrNotFound", id, err)
			}
		}
		views := value[store.Views](t)(s.Views(ctx))
		for _, g := range []guild.ID{guildA, guildB, "300"} {
			seen := map[news.SourceID]bool{}
			for _, id := range []news.SourceID{"a", "b", "own-1", "nowhere"} {
				if views.Of(g).Sees(id) {
					seen[id] = true
				}
			}
			same(t, "view of "+string(g), seen, visible(t, s, g))
		}
		same(t, "audit of B", value[[]guild.AuditEntry](t)(s.Audit(ctx, guildB, 9)), []guild.AuditEntry(nil))
	})
}

func dueIDs(t *testing.T, s Store, now time.Time) []news.SourceID {
	t.Helper()
	var ids []news.SourceID
	for _, c := range value[[]sources.Check](t)(s.DueChecks(t.Context(), now, 100)) {
		ids = append(ids, c.Source.ID)
	}
	return ids
}

func visible(t *testing.T, s Store, g guild.ID) map[news.SourceID]bool {
	t.Helper()
	return value[map[news.SourceID]bool](t)(s.VisibleSources(t.Context(), g))
}
