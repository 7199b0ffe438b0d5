package store_test

import (
	"fmt"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
	"trucewire/store"
)

// at is domain time, minutes after the first item.
func at(minute int) time.Time {
	return time.Date(2031, time.March, 4, 8, minute, 0, 0, time.UTC)
}

// numbered is the commit of a poll that brought item i: its reading, a development, a
// standing and one post owed.
func numbered(i int) store.Commit {
	it := news.Item{
		ID: news.ItemID(fmt.Sprintf("a-%05d", i)), Source: "a", Outlet: "a", URL: fmt.Sprintf("https://a.example/%d", i),
		Published: at(i), Dated: true, FirstSeen: at(i), Title: fmt.Sprintf("Norland report %d", i),
		Text: "Envoys met at the ferry house; the quarry road stays shut.", Lang: "en",
	}
	c := news.Cite{Item: it.ID, Source: it.Source, Outlet: it.Outlet, URL: it.URL, Lang: it.Lang, At: it.Published}
	claim := news.Claim{Kind: news.TalksHeld, Main: true, Grade: news.Stated, Quote: it.Text, Cite: c}
	d := news.Development{
		ID: news.DevelopmentID(fmt.Sprintf("dev-%05d", i)), Ref: "7K3Q", Revision: 1, Conflict: "norland",
		Kinds: []news.Kind{news.TalksHeld}, Severity: news.Major, Main: true, OpenedAt: at(i), ChangedAt: at(i),
		Claims:   []news.Claim{claim},
		Mentions: []news.Mention{{Cite: c, Main: true, Novelty: news.First, Origin: "a", Title: it.Title}},
	}
	r := news.Reading{
		Cite: c, Version: news.ReaderVersion, Title: it.Title, Relevance: news.RelevantDevelopment, Conflict: "norland",
		Kinds: d.Kinds, Claims: []news.Claim{claim}, Features: news.Features{Words: 12, Sketch: make([]uint32, 32)},
	}
	for n := range 60 {
		r.Features.Terms = append(r.Features.Terms, news.Term{Hash: uint32(n * 70_000_000), Count: 1})
	}
	return store.Commit{
		Poll: sources.Poll{
			Items: []news.Item{it}, At: at(i),
		},
		Changes: news.Changes{
			Readings: []news.Reading{r}, Filed: []news.Filing{{Item: it.ID, Development: d.ID, Novelty: news.First}},
			Developments: []news.Development{d},
			Standings:    []news.Standing{{At: at(i), Conflict: "norland", Status: news.StatusNegotiating, Rule: "talks", Evidence: []news.ItemID{it.ID}}},
		},
		Messages: []notify.Message{owedIn("101", d.ID, at(i))},
	}
}

func owedIn(c guild.ChannelID, d news.DevelopmentID, due time.Time) notify.Message {
	return notify.Message{
		Key: notify.PostKey(c, d), Guild: "100", Channel: c, Form: notify.FormPost, Reason: news.ReasonFirst, Development: d,
		Subscription: 1, Severity: news.Major, Want: 1, Ref: "7K3Q", DueAt: due, OwedAt: due, State: notify.StateOwed,
	}
}
