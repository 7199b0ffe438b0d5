package storetest

import (
	"fmt"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
	"trucewire/store"
)

// start is the domain time that every case begins at.
func start() time.Time { return time.Date(2031, time.March, 4, 9, 30, 15, 123456000, time.UTC) }

// feed is a source of an invented outlet.
func feed(id news.SourceID) sources.Source {
	return sources.Source{
		ID: id, Name: "Feed " + string(id), URL: "https://" + string(id) + ".example/feed.xml", Outlet: news.OutletID(id),
		Lang: "en", Type: "wire", Affiliation: "invented", Conflicts: []news.ConflictID{"norland"}, Default: true,
		Every: 7 * time.Minute,
	}
}

// ownFeed is a source as a server adds it by URL.
func ownFeed(n int) sources.Source {
	src := feed(news.SourceID(fmt.Sprintf("own-%d", n)))
	src.Default, src.Own = false, true
	return src
}

// state is what a successful poll leaves; every field is set.
func state(id news.SourceID, at time.Time) sources.State {
	return sources.State{
		Source: id, ETag: `W/"a"`, LastModified: "Tue, 04 Mar 2031 09:30:00 GMT", BodyHash: "ab12",
		BaselineAt: at.Add(-time.Hour), NextCheckAt: at.Add(5 * time.Minute), CheckedAt: at, OKAt: at, NewestAt: at.Add(-time.Minute),
		Failures: 1, Problem: "it was slow once", Memory: `{"ttl":60}`,
	}
}

func item(src news.SourceID, n int, at time.Time) news.Item {
	id := news.ItemID(fmt.Sprintf("%s-%03d", src, n))
	return news.Item{
		ID: id, Source: src, Outlet: news.OutletID(src), URL: "https://" + string(src) + ".example/" + string(id),
		Published: at, Dated: true, FirstSeen: at.Add(time.Minute),
		Title: fmt.Sprintf("Norland report %d", n), Text: "Envoys met at the ferry house; the quarry road stays shut.", Lang: "en",
	}
}

func cite(it news.Item) news.Cite {
	return news.Cite{Item: it.ID, Source: it.Source, Outlet: it.Outlet, URL: it.URL, Lang: it.Lang, At: it.Published}
}

// figure sets every field, also those that the JSON of a figure leaves out.
func figure(n int) news.Figure {
	most := n + 3
	return news.Figure{
		What: "killed", Min: &n, Max: &most, Qualifier: news.AtLeast, Unit: "people", Who: "civilians", By: "NORMON",
		Period: "since Saturday", Place: "Eastford", Verified: true,
	}
}

func claim(it news.Item, kind news.Kind, main bool) news.Claim {
	return news.Claim{
		Kind: kind, Main: main, By: news.Speaker{Name: "NORMON", Class: news.SpeakerMonitor}, Grade: news.Stated,
		Parties: []news.PartyID{"nor-north", "nor-south"}, Place: "Eastford", Day: "2031-03-03",
		Quote: "“Envoys met”, the mission said — <unverified> & so on.", Figures: []news.Figure{{What: "injured"}, figure(4)}, Cite: cite(it),
	}
}

func reading(it news.Item, relevance news.Relevance) news.Reading {
	return news.Reading{
		Cite: cite(it), Revision: it.Revision, Version: news.ReaderVersion, Title: it.Title, Relevance: relevance,
		Conflict: "norland", Arrangement: "ferry-accord", Kinds: []news.Kind{news.TalksHeld, news.Casualties},
		Parties: []news.PartyID{"nor-north"}, Places: []string{"Eastford"}, Figures: []news.Figure{figure(9), {What: "aid"}},
		Claims: []news.Claim{claim(it, news.TalksHeld, true), claim(it, news.Casualties, false)}, By: []string{"NORMON"},
		Features: news.Features{
			Terms: []news.Term{{Hash: 7, Count: 2, Title: true}, {Hash: 4_000_000_000, Count: 65535}}, Names: []uint32{1, 9},
			Numbers: []int{-3, 19}, Days: []string{"2031-03-03"}, Sketch: []uint32{4_294_967_295, 0, 5}, TitleSim: 1 << 63, Words: 211,
		},
		Why: []string{"core", "talks"},
	}
}

func development(id news.DevelopmentID, revision int, items ...news.Item) news.Development {
	d := news.Development{
		ID: id, Ref: "7K3Q", Revision: revision, Conflict: "norland", Arrangement: "ferry-accord",
		Kinds: []news.Kind{news.TalksHeld}, Severity: news.Major, Main: true,
		OpenedAt: items[0].Published, ChangedAt: items[len(items)-1].Published,
	}
	for _, it := range items {
		d.Claims = append(d.Claims, claim(it, news.TalksHeld, true))
		d.Mentions = append(d.Mentions, news.Mention{Cite: cite(it), Main: true, Novelty: news.Adds, Origin: "un/normon", Title: it.Title})
	}
	d.Corrections = []news.Correction{{At: d.ChangedAt, Was: "in Eastford", Now: "in Westford", Per: "NORMON", Cite: cite(items[0])}}
	return d
}

func standing(arrangement news.ArrangementID, status news.Status, at time.Time) news.Standing {
	return news.Standing{
		At: at, Conflict: "norland", Arrangement: arrangement, Status: status, Strain: 2,
		Positions: map[news.PartyID]news.Position{"nor-north": news.PositionBacks, "nor-south": news.PositionNoReply},
		By:        "NORMON", Rule: "talks-held", Evidence: []news.ItemID{"a-001"},
		Claims: []news.Claim{claim(item("a", 1, at), news.TalksHeld, true)},
	}
}

// post is the first post of a development in a channel.
func post(g guild.ID, c guild.ChannelID, d news.DevelopmentID, due time.Time) notify.Message {
	return notify.Message{
		Key: notify.PostKey(c, d), Guild: g, Channel: c, Form: notify.FormPost, Reason: news.ReasonFirst, Development: d,
		Subscription: 1, Severity: news.Major, Want: 1, Ref: "7K3Q", Silent: true, DueAt: due, NotAfter: due.Add(6 * time.Hour),
		OwedAt: due, State: notify.StateOwed,
	}
}

// reply tells a correction; every field that a reply uses is set.
func reply(g guild.ID, c guild.ChannelID, d news.DevelopmentID, revision int, due time.Time) notify.Message {
	return notify.Message{
		Key: notify.ReplyKey(c, d, revision), Guild: g, Channel: c, Form: notify.FormReply, Reason: news.ReasonCorrected,
		Development: d, Subscription: 1, Severity: news.Major, Want: 1, Ref: "7K3Q-2", DueAt: due, OwedAt: due, State: notify.StateOwed,
		Update: &news.Update{
			Development: d, Revision: revision, Reason: news.ReasonCorrected, Severity: news.Major, At: due, Item: "a-001", Source: "a",
			Correction: &news.Correction{At: due, Was: "four", Now: "five", Per: "NORMON", Cite: news.Cite{Item: "a-001"}},
		},
	}
}

// filed is a commit of one poll in which each item is mainly about the development.
func filed(src news.SourceID, d news.Development, at time.Time, items ...news.Item) store.Commit {
	c := store.Commit{Poll: sources.Poll{Source: feed(src), State: state(src, at), Items: items, At: at}}
	for _, it := range items {
		c.Changes.Readings = append(c.Changes.Readings, reading(it, news.RelevantDevelopment))
		c.Changes.Filed = append(c.Changes.Filed, news.Filing{Item: it.ID, Development: d.ID, Novelty: news.Adds, Severity: d.Severity})
	}
	c.Changes.Developments = []news.Development{d}
	return c
}

func audit(g guild.ID, action string, at time.Time) guild.AuditEntry {
	return guild.AuditEntry{Guild: g, At: at, Actor: "77", Name: "mod", Action: action, Target: "that", Detail: "so"}
}

func alerts(g guild.ID, c guild.ChannelID) notify.Subscription {
	return notify.Subscription{
		Guild: g, Channel: c, Conflicts: []news.ConflictID{"norland"}, Kinds: []news.Kind{news.Agreement}, Severity: news.Notable,
		Zone: "Africa/Tripoli", Lang: "ar", CreatedAt: start(), CreatedBy: "77",
		Choices: notify.Choices{Reminders: true, SayEmpty: true},
	}
}

func digests(g guild.ID, c guild.ChannelID, next time.Time) notify.Subscription {
	s := alerts(g, c)
	s.Schedule, s.NextAt, s.DoneTo = "0 8 * * *", next, next.Add(-24*time.Hour)
	return s
}
