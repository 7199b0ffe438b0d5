package storetest

import (
	"errors"
	"testing"
	"time"

	"trucewire/news"
	"trucewire/sources"
	"trucewire/store"
)

func runNews(t *testing.T, open Opener) {
	t.Run("an unknown development is not found", func(t *testing.T) {
		s := fresh(t, open)
		if _, err := s.Development(t.Context(), "nowhere"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
	})

	t.Run("developments are chosen by the query, newest first", func(t *testing.T) {
		s := fresh(t, open)
		early, late := item("a", 1, start()), item("a", 2, start().Add(time.Hour))
		norland := development("dev-n", 1, early)
		southern := development("dev-s", 1, late)
		southern.Conflict, southern.Main = "southern", false
		// The one that was published first is filed last: its item came late.
		must(t, s.Commit(t.Context(), filed("", southern, start().Add(2*time.Hour), late)))
		must(t, s.Commit(t.Context(), filed("", norland, start().Add(3*time.Hour), early)))

		cases := []struct {
			name string
			q    store.DevelopmentQuery
			want []news.DevelopmentID
		}{
			{"all", store.DevelopmentQuery{}, []news.DevelopmentID{"dev-s", "dev-n"}},
			{"one conflict", store.DevelopmentQuery{Conflicts: []news.ConflictID{"norland"}}, []news.DevelopmentID{"dev-n"}},
			{"unknown conflict", store.DevelopmentQuery{Conflicts: []news.ConflictID{"x"}}, nil},
			{"main only", store.DevelopmentQuery{MainOnly: true}, []news.DevelopmentID{"dev-n"}},
			{"of a kind", store.DevelopmentQuery{Kinds: []news.Kind{news.TalksHeld, news.Expiry}, Limit: 1}, []news.DevelopmentID{"dev-s"}},
			{"of a kind that nothing has", store.DevelopmentQuery{Kinds: []news.Kind{news.Expiry}}, nil},
			{"the newest", store.DevelopmentQuery{Limit: 1}, []news.DevelopmentID{"dev-s"}},
			{"after a time", store.DevelopmentQuery{Since: start()}, []news.DevelopmentID{"dev-s"}},
			{"until a time", store.DevelopmentQuery{Until: start()}, []news.DevelopmentID{"dev-n"}},
			{"until before it", store.DevelopmentQuery{Until: start().Add(-time.Microsecond)}, nil},
			{"by filing", store.DevelopmentQuery{ByFiling: true}, []news.DevelopmentID{"dev-n", "dev-s"}},
			{
				"filed after a time, though published before it",
				store.DevelopmentQuery{ByFiling: true, Since: start().Add(2 * time.Hour)},
				[]news.DevelopmentID{"dev-n"},
			},
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				var got []news.DevelopmentID
				for _, d := range value[[]news.Development](t)(s.Developments(t.Context(), c.q)) {
					got = append(got, d.ID)
				}
				same(t, "developments", got, c.want)
			})
		}
	})

	t.Run("items have the home that they are mainly about", func(t *testing.T) {
		s := fresh(t, open)
		one, two := item("a", 1, start()), item("a", 2, start())
		c := filed("", development("dev-1", 1, one), start(), one)
		c.Changes.Developments = append(c.Changes.Developments, development("dev-2", 1, one))
		c.Changes.Filed[0].Also = []news.Also{{Development: "dev-2", Kinds: []news.Kind{news.Casualties}}}
		must(t, s.Commit(t.Context(), c))
		got := value[map[news.ItemID]news.DevelopmentID](t)(s.Homes(t.Context(), []news.ItemID{one.ID, two.ID}))
		same(t, "homes", got, map[news.ItemID]news.DevelopmentID{one.ID: "dev-1"})
	})

	t.Run("filing the same revision again is no activity", func(t *testing.T) {
		s := fresh(t, open)
		one, two := item("a", 1, start()), item("a", 2, start())
		must(t, s.Commit(t.Context(), filed("", development("dev-1", 1, one), start(), one)))
		must(t, s.Commit(t.Context(), filed("", development("dev-1", 1, one, two), start().Add(time.Hour), two)))
		since := store.DevelopmentQuery{ByFiling: true, Since: start()}
		if got := value[[]news.Development](t)(s.Developments(t.Context(), since)); len(got) != 0 {
			t.Errorf("%d developments moved, want none", len(got))
		}
		kept := value[news.Development](t)(s.Development(t.Context(), "dev-1"))
		same(t, "value", kept, development("dev-1", 1, one, two))
	})

	t.Run("standings are those known at the time", func(t *testing.T) {
		s := fresh(t, open)
		day := 24 * time.Hour
		proposed := standing("ferry-accord", news.StatusProposed, start())
		agreed := standing("ferry-accord", news.StatusAgreed, start().Add(day))
		other := standing("", news.StatusNegotiating, start())
		other.Conflict = "southern"
		commit := func(at time.Time, standings ...news.Standing) {
			must(t, s.Commit(t.Context(), store.Commit{
				Poll: sources.Poll{At: at}, Changes: news.Changes{Standings: standings},
			}))
		}
		commit(start().Add(time.Hour), proposed, other)
		commit(start().Add(2*day), agreed) // published on day 1, learnt on day 2

		known := func(conflict news.ConflictID, at time.Time) []news.Standing {
			return value[[]news.Standing](t)(s.Standings(t.Context(), conflict, at))
		}
		same(t, "before anything", known("", start()), []news.Standing(nil))
		same(t, "on day 1", known("norland", start().Add(day)), []news.Standing{proposed})
		same(t, "on day 2", known("norland", start().Add(2*day)), []news.Standing{agreed})
		same(t, "everywhere, now", known("", time.Time{}), []news.Standing{agreed, other})
	})
}
