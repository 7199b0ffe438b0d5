package bot

import (
	"time"

	"trucewire/guild"
	"trucewire/news"
)

// Channel types that can be posted to. Source: Discord developer documentation, "Channel",
// channel types: text, announcement.
const (
	channelText         = 0
	channelAnnouncement = 5
)

// maxAddress is the longest feed address that is taken, in runes.
const maxAddress = 500

// commands is the table: what is here is registered, dispatched and documented.
func commands(deps Deps, now func() time.Time) []command {
	m := members{answers: deps.Answers, now: now}
	a := alerts{book: deps.Alerts}
	s := sourcing{book: deps.Sources}
	c := conflicts{}
	if deps.Catalogue != nil {
		c.all = deps.Catalogue.Conflicts
	}
	m.conflicts, a.conflicts = c, c
	conflict := option{Name: "conflict", Text: "Which conflict; all that are followed here if left out", Type: optionString, MaxLength: 100, Complete: c.complete}
	channel := option{Name: "channel", Text: "Where to post; here if left out", Type: optionChannel, Channels: []int{channelText, channelAnnouncement}}
	return []command{
		{
			Name: "status", Text: "How the truces stand", Reads: true, Share: true,
			Options: []option{conflict}, Handle: m.status,
		},
		{
			Name: "latest", Text: "What happened lately", Reads: true,
			Options: []option{conflict, kindOption(), sinceOption()}, Handle: m.latest,
		},
		{
			Name: "next", Text: "Announced starts, ends and talks ahead", Reads: true,
			Options: []option{daysOption()}, Handle: m.next,
		},
		{Name: "sources", Text: "Where the news comes from", Reads: true, Handle: m.sources},
		{
			Name: "alerts", Text: "Posts when something happens", Needs: guild.ManageServer, Subs: []command{
				{Name: "add", Text: "Send alerts to a channel", Options: []option{channel, conflict, severityOption(), remindersOption()}, Handle: a.add},
				{Name: "remove", Text: "Stop alerts", Options: []option{a.numberOption(false)}, Handle: a.remove},
				{Name: "list", Text: "Which channels get alerts", Reads: true, Handle: a.list},
			},
		},
		{
			Name: "digest", Text: "Summaries at set hours", Needs: guild.ManageServer, Subs: []command{
				{Name: "add", Text: "Send a digest to a channel", Options: []option{channel, conflict, scheduleOption(), zoneOption(), sayEmptyOption()}, Handle: a.addDigest},
				{Name: "list", Text: "Which channels get digests, and when", Reads: true, Handle: a.listDigests},
				{Name: "now", Text: "Send a digest at once", Options: []option{optional(a.numberOption(true))}, Handle: a.digestNow},
				{Name: "remove", Text: "Stop a digest", Options: []option{a.numberOption(true)}, Handle: a.removeDigest},
			},
		},
		{
			Name: "source", Text: "Sources that this server adds", Needs: guild.ManageServer, Subs: []command{
				{
					Name: "add", Text: "Test a feed and add it", Slow: true, Handle: s.add,
					Options: []option{{Name: "url", Text: "Address of the feed", Type: optionString, Required: true, MaxLength: maxAddress}},
				},
				{
					Name: "remove", Text: "Stop reading a feed that this server added", Handle: s.remove,
					Options: []option{{Name: "source", Text: "Which one", Type: optionString, Required: true, MaxLength: 100, Complete: s.complete}},
				},
				{Name: "list", Text: "Feeds of this server and how they do", Reads: true, Handle: s.list},
			},
		},
		{Name: "help", Text: "What I do and how to ask", Handle: help},
	}
}

func kindOption() option {
	o := option{Name: "kind", Text: "Only this kind of news", Type: optionString}
	for _, k := range news.Kinds() {
		o.Choices = append(o.Choices, choice{Name: kindName(k), Value: string(k)})
	}
	return o
}

func sinceOption() option {
	return option{
		Name: "since", Text: "How far back; a day if left out", Type: optionString,
		Choices: []choice{{"one day", "24h"}, {"three days", "72h"}, {"one week", "168h"}, {"two weeks", "336h"}},
	}
}

func severityOption() option {
	return option{
		Name: "severity", Text: "The least that is worth an alert; major if left out", Type: optionInteger,
		Choices: []choice{
			{"critical only", int64(news.Critical)},
			{"major and critical", int64(news.Major)},
			{"notable, major and critical", int64(news.Notable)},
		},
	}
}

func daysOption() option {
	least, most := 1, mostDays
	return option{Name: "days", Text: "How many days ahead; 14 if left out", Type: optionInteger, Min: &least, Max: &most}
}

func remindersOption() option {
	return option{Name: "reminders", Text: "Also a day before an announced start, end or meeting", Type: optionBoolean}
}

func sayEmptyOption() option {
	return option{Name: "say_empty", Text: "Also when nothing new was found", Type: optionBoolean}
}

func scheduleOption() option {
	return option{
		Name: "schedule", Text: "When: \"daily 08:00\", \"weekdays 18:30\", \"every 6 hours\", or five cron fields", Type: optionString,
		MaxLength: 100, Complete: completeSchedule,
	}
}

func zoneOption() option {
	return option{
		Name: "zone", Text: "Time zone of the schedule, such as Europe/Berlin; UTC if left out", Type: optionString,
		MaxLength: 60, Complete: completeZone,
	}
}

func optional(o option) option {
	o.Required = false
	return o
}
