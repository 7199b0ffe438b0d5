package storetest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"trucewire/news"
	"trucewire/sources"
	"trucewire/store"
)

func runWindow(t *testing.T, open Opener) {
	t.Run("gives back byte for byte what was filed, in the order it was filed", func(t *testing.T) {
		place := t.TempDir()
		s := open(t, place)
		var want news.Window
		for i := range 30 {
			// Filed out of the order of publication, as polls of many sources are.
			at := start().Add(time.Duration(i*37%30) * time.Hour)
			it := item("a", i, at)
			r := reading(it, news.RelevantDevelopment)
			if i%3 == 1 {
				r.Relevance = news.RelevantContext
			}
			d := development(news.DevelopmentID(fmt.Sprintf("dev-%02d", 50-i)), 1, it)
			st := standing(news.ArrangementID(fmt.Sprintf("plan-%02d", i*7%30)), news.StatusProposed, at)
			want.Readings = append(want.Readings, r)
			want.Developments = append(want.Developments, d)
			want.Standings = append(want.Standings, st)
			must(t, s.Commit(t.Context(), store.Commit{
				Poll: sources.Poll{Items: []news.Item{it}, At: at},
				Changes: news.Changes{
					Readings: []news.Reading{r}, Filed: []news.Filing{{Item: it.ID, Development: d.ID}},
					Developments: []news.Development{d}, Standings: []news.Standing{st},
				},
			}))
		}
		must(t, s.Close())
		s = open(t, place)
		defer func() { must(t, s.Close()) }()
		got := value[news.Window](t)(s.Window(t.Context(), start()))
		same(t, "window", got, want)
		if asText(t, got) != asText(t, want) {
			t.Error("the window is equal but not byte for byte")
		}
		again := value[news.Window](t)(s.Window(t.Context(), start()))
		same(t, "window read again", asText(t, again), asText(t, got))
	})

	t.Run("has what the desk needs and nothing else", func(t *testing.T) {
		s := fresh(t, open)
		old, edge, idle := item("a", 1, start().Add(-time.Second)), item("a", 2, start()), item("a", 3, start().Add(time.Hour))
		minor := development("dev-minor", 1, edge)
		minor.Main = false
		irrelevant := reading(idle, news.Irrelevant)
		c := store.Commit{Poll: sources.Poll{Items: []news.Item{old, edge, idle}}, Changes: news.Changes{
			Readings: []news.Reading{
				reading(old, news.RelevantDevelopment), reading(edge, news.RelevantDevelopment), irrelevant,
			},
			Filed: []news.Filing{
				{Item: old.ID, Development: "dev-old"},
				{Item: edge.ID, Development: "dev-edge", Also: []news.Also{{Development: "dev-minor"}}},
				{Item: idle.ID},
			},
			Developments: []news.Development{
				development("dev-old", 1, old), development("dev-edge", 1, edge), minor,
			},
			Standings: []news.Standing{
				standing("ferry-accord", news.StatusProposed, start().Add(-48*time.Hour)),
				standing("ferry-accord", news.StatusAgreed, start().Add(-24*time.Hour)),
				standing("", news.StatusNegotiating, start().Add(-24*time.Hour)),
			},
		}}
		must(t, s.Commit(t.Context(), c))
		got := value[news.Window](t)(s.Window(t.Context(), start()))
		same(t, "readings", got.Readings, c.Changes.Readings[1:2])
		same(t, "developments", got.Developments, c.Changes.Developments[1:])
		same(t, "standings", got.Standings, c.Changes.Standings[1:])
	})

	t.Run("shows a development as it is now", func(t *testing.T) {
		s := fresh(t, open)
		one, two := item("a", 1, start()), item("a", 2, start().Add(time.Hour))
		first := filed("", development("dev-1", 1, one), start(), one)
		second := filed("", development("dev-1", 2, one, two), start(), two)
		for _, c := range []store.Commit{first, second} {
			must(t, s.Commit(t.Context(), c))
		}
		got := value[news.Window](t)(s.Window(t.Context(), start()))
		same(t, "developments", got.Developments, second.Changes.Developments)
	})
}

func asText(t *testing.T, w news.Window) string {
	t.Helper()
	b, err := json.Marshal(w)
	must(t, err)
	return string(b)
}
