package notify

import (
	"time"

	"trucewire/guild"
	"trucewire/news"
)

// PlanAll decides what the changes of one poll owe, by the default rules. See
// [Rules.PlanAll].
func PlanAll(now time.Time, changes news.Changes, subs []Subscription, told []Message, view func(guild.ID) news.View) []Message {
	return DefaultRules().PlanAll(now, changes, subs, told, view)
}

// PlanAll decides what the changes of one poll owe. Later updates see what earlier ones
// planned, so that a poll that opens a development and adds to it owes one post. Items
// that only repeat are planned too: to a server that reads none of the sources before,
// the repetition is the first it hears. told holds the posts that channels have of the
// developments in changes.Developments, in any order; what is not a post is passed over.
//
// Each key occurs once in the result, in the order in which it was first owed. told is
// not changed.
func (r Rules) PlanAll(now time.Time, changes news.Changes, subs []Subscription, told []Message, view func(guild.ID) news.View) []Message {
	f := fold{at: make(map[string]int), told: byDevelopment(told)}
	newest := make(map[news.DevelopmentID]news.Development, len(changes.Developments))
	for _, d := range changes.Developments {
		newest[d.ID] = d
	}
	updates := append(changes.Updates[:len(changes.Updates):len(changes.Updates)], repetitions(changes, newest)...)
	for _, u := range updates {
		d, ok := newest[u.Development]
		if !ok {
			continue // nothing is known of it that could be told
		}
		for _, m := range r.Plan(now, d, u, subs, f.told[d.ID], view) {
			f.add(m)
		}
	}
	return f.owed
}

// fold gathers messages by key.
type fold struct {
	owed []Message
	at   map[string]int // key → place in owed
	told map[news.DevelopmentID]map[guild.ChannelID]Message
}

func (f *fold) add(m Message) {
	if i, ok := f.at[m.Key]; ok {
		f.owed[i] = m
	} else {
		f.at[m.Key] = len(f.owed)
		f.owed = append(f.owed, m)
	}
	if m.Form == FormPost {
		put(f.told, m)
	}
}

// byDevelopment sorts the posts of channels by what they tell.
func byDevelopment(posts []Message) map[news.DevelopmentID]map[guild.ChannelID]Message {
	told := make(map[news.DevelopmentID]map[guild.ChannelID]Message)
	for _, m := range posts {
		if m.Form == FormPost {
			put(told, m)
		}
	}
	return told
}

func put(told map[news.DevelopmentID]map[guild.ChannelID]Message, m Message) {
	if told[m.Development] == nil {
		told[m.Development] = make(map[guild.ChannelID]Message)
	}
	told[m.Development][m.Channel] = m
}

// repetitions makes an update of each item that only repeats and moved nothing.
func repetitions(changes news.Changes, newest map[news.DevelopmentID]news.Development) []news.Update {
	moved := make(map[news.ItemID]bool, len(changes.Updates))
	for _, u := range changes.Updates {
		moved[u.Item] = true
	}
	var out []news.Update
	for _, f := range changes.Filed {
		d, ok := newest[f.Development]
		if !ok || f.Novelty != news.Repeats || moved[f.Item] {
			continue
		}
		for _, m := range d.Mentions {
			if m.Item == f.Item {
				out = append(out, news.Update{
					Development: d.ID, Revision: d.Revision, Reason: news.ReasonFirst,
					Severity: d.Severity, At: m.At, Item: m.Item, Source: m.Source,
				})
				break
			}
		}
	}
	return out
}
