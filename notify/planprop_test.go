package notify_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/notify/notifytest"
)

// world is a drawn set of subscriptions and views.
type world struct {
	subs    []notify.Subscription
	visible map[guild.ID]map[news.SourceID]bool
}

func (w world) view(g guild.ID) news.View {
	return func(s news.SourceID) bool { return w.visible[g][s] }
}

var (
	sourceIDs = []news.SourceID{"wire", "radio", "own"}
	conflicts = []news.ConflictID{"libya", "sudan"}
)

func drawWorld(t *rapid.T) world {
	w := world{visible: make(map[guild.ID]map[news.SourceID]bool)}
	for _, g := range []guild.ID{"1", "2"} {
		w.visible[g] = make(map[news.SourceID]bool)
		for _, s := range sourceIDs {
			w.visible[g][s] = rapid.Bool().Draw(t, "visible")
		}
	}
	for i := range rapid.IntRange(0, 8).Draw(t, "subscriptions") {
		n := rapid.IntRange(1, 4).Draw(t, "channel")
		s := notify.Subscription{
			ID: notify.SubscriptionID(i + 1), Channel: guild.ChannelID(fmt.Sprint(n)), Guild: guild.ID(fmt.Sprint(1 + n%2)),
			Severity:  news.Severity(rapid.IntRange(0, 4).Draw(t, "reach")),
			Conflicts: rapid.SampledFrom([][]news.ConflictID{nil, conflicts[:1], conflicts[1:], conflicts}).Draw(t, "conflicts"),
			Kinds:     rapid.SampledFrom([][]news.Kind{nil, {news.TalksHeld}, {news.Agreement, news.Violation}}).Draw(t, "kinds"),
			Schedule:  rapid.SampledFrom([]string{"", "", "", "0 8 * * *"}).Draw(t, "schedule"),
			Paused:    rapid.SampledFrom([]string{"", "", "", "no access"}).Draw(t, "paused"),
		}
		w.subs = append(w.subs, s)
	}
	return w
}

// drawStory draws the polls of one or two developments, oldest first.
func drawStory(t *rapid.T) []news.Changes {
	devs := make(map[news.DevelopmentID]news.Development)
	var polls []news.Changes
	item := 0
	for range rapid.IntRange(1, 5).Draw(t, "polls") {
		var c news.Changes
		changed := make(map[news.DevelopmentID]bool)
		for range rapid.IntRange(1, 4).Draw(t, "items") {
			item++
			id := rapid.SampledFrom([]news.DevelopmentID{"a", "b"}).Draw(t, "development")
			d, known := devs[id]
			if !known {
				d = news.Development{
					ID: id, Ref: "R" + string(id), OpenedAt: noon, Kinds: []news.Kind{rapid.SampledFrom([]news.Kind{news.TalksHeld, news.Agreement}).Draw(t, "kind")},
					Conflict: rapid.SampledFrom(conflicts).Draw(t, "conflict"), Main: rapid.IntRange(0, 5).Draw(t, "main") > 0,
				}
			}
			m := mention(news.ItemID(fmt.Sprint("i", item)), rapid.SampledFrom(sourceIDs).Draw(t, "source"), news.First)
			reason := news.ReasonFirst
			if known {
				m.Novelty, reason = news.Adds, rapid.SampledFrom([]news.Reason{
					news.ReasonAdds, news.ReasonAdds, news.ReasonConfirmed, news.ReasonDenied, news.ReasonCorrected, news.ReasonRetracted, "",
				}).Draw(t, "reason")
			}
			if reason == "" {
				m.Novelty = news.Repeats
			}
			m.Main = rapid.IntRange(0, 5).Draw(t, "in passing") > 0
			d.Severity = news.Severity(rapid.IntRange(1, 4).Draw(t, "severity"))
			d.Revision++
			d.Mentions = append(slices.Clone(d.Mentions), m)
			devs[id] = d
			changed[id] = true
			c.Filed = append(c.Filed, news.Filing{Item: m.Item, Development: id, Novelty: m.Novelty})
			if reason != "" {
				c.Updates = append(c.Updates, news.Update{
					Development: id, Revision: d.Revision, Reason: reason, Severity: d.Severity, At: noon, Item: m.Item, Source: m.Source,
				})
			}
		}
		for id := range changed {
			c.Developments = append(c.Developments, devs[id])
		}
		slices.SortFunc(c.Developments, func(a, b news.Development) int { return cmpIDs(a.ID, b.ID) })
		polls = append(polls, c)
	}
	return polls
}

func cmpIDs(a, b news.DevelopmentID) int {
	if a < b {
		return -1
	}
	return 1
}

// TestPlanProperties holds for any subscriptions, views and story: what must never be
// planned, and what planning again must not change.
func TestPlanProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		now := noon
		var told []notify.Message
		owed := make(map[string]bool)
		for _, poll := range drawStory(t) {
			planned := notify.PlanAll(now, poll, w.subs, told, w.view)
			checkPlanned(t, w, poll, told, owed, planned)

			shuffled := rapid.Permutation(w.subs).Draw(t, "order")
			if diff := cmp.Diff(planned, notify.PlanAll(now, poll, shuffled, told, w.view)); diff != "" {
				t.Fatalf("the order of subscriptions matters:\n%s", diff)
			}
			told = remember(t, told, planned, rapid.Bool().Draw(t, "sent"))
			for _, m := range notify.PlanAll(now, poll, w.subs, told, w.view) {
				// A reply that its post told from the start is planned and then not sent.
				if !owed[m.Key] && !openedBy(planned, m) {
					t.Fatalf("planning the same poll again owes %s anew", m.Key)
				}
			}
			now = now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "minutes")) * time.Minute)
		}
	})
}

// openedBy reports whether the plan opened the post that a reply answers, with its revision
// or a later one.
func openedBy(planned []notify.Message, reply notify.Message) bool {
	return reply.Update != nil && slices.ContainsFunc(planned, func(m notify.Message) bool {
		return m.Key == notify.PostKey(reply.Channel, reply.Development) && m.Reason == news.ReasonFirst &&
			m.Want >= reply.Update.Revision
	})
}

// checkPlanned checks one plan and notes its keys.
func checkPlanned(t *rapid.T, w world, poll news.Changes, told []notify.Message, owed map[string]bool, planned []notify.Message) {
	posts := make(map[string]bool)
	for _, m := range told {
		posts[m.Key] = true
	}
	inPlan := make(map[string]bool)
	for _, m := range planned {
		if inPlan[m.Key] {
			t.Fatalf("%s is planned twice", m.Key)
		}
		inPlan[m.Key] = true
		if owed[m.Key] && m.Form != notify.FormPost {
			t.Fatalf("%s is owed a second time", m.Key)
		}
		checkReceiver(t, w, poll, m)
		switch post := notify.PostKey(m.Channel, m.Development); m.Form {
		case notify.FormPost:
			if !posts[m.Key] && m.Reason != news.ReasonFirst {
				t.Fatalf("%s opens with the reason %s", m.Key, m.Reason)
			}
			posts[m.Key] = true
		case notify.FormReply:
			if !posts[post] {
				t.Fatalf("%s answers a post that was never planned", m.Key)
			}
			if !m.Reason.Replies() || m.Update == nil {
				t.Fatalf("%s: a reply for the reason %s", m.Key, m.Reason)
			}
		default:
			t.Fatalf("%s: form %s", m.Key, m.Form)
		}
		owed[m.Key] = true
	}
}

// checkReceiver checks that the channel asked for alerts, that they are not paused, and
// that its server sees an item of this poll about the development.
func checkReceiver(t *rapid.T, w world, poll news.Changes, m notify.Message) {
	asked := slices.ContainsFunc(w.subs, func(s notify.Subscription) bool {
		return s.Channel == m.Channel && s.Guild == m.Guild && !s.Digest() && s.Paused == ""
	})
	if !asked {
		t.Fatalf("%s: nobody asked for it", m.Key)
	}
	for _, d := range poll.Developments {
		if d.ID != m.Development {
			continue
		}
		if !d.Main {
			t.Fatalf("%s tells a minor development", m.Key)
		}
		if !slices.ContainsFunc(d.Mentions, func(x news.Mention) bool { return w.visible[m.Guild][x.Source] }) {
			t.Fatalf("%s: the server sees none of its sources", m.Key)
		}
	}
}

// remember puts what was planned into an outbox and returns the posts as they stand.
func remember(t *rapid.T, told, planned []notify.Message, send bool) []notify.Message {
	kept := make(map[string]notify.Message)
	var order []string
	for _, m := range slices.Concat(told, planned) {
		if m.Form != notify.FormPost {
			continue
		}
		k, ok := kept[m.Key]
		if !ok {
			order, k = append(order, m.Key), m
		}
		kept[m.Key] = notify.Merge(k, m)
	}
	var out []notify.Message
	for _, key := range order {
		m := kept[key]
		if send && m.Have < m.Want {
			m.State, m.Have, m.MessageID = notify.StateSent, m.Want, "900"
			m.First = max(m.First, 1)
		}
		out = append(out, m)
	}
	return out
}

// TestPlanAllEqualsOneByOne: folding a poll owes what planning each of its updates on what
// the outbox holds by then would owe.
func TestPlanAllEqualsOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		together, single := new(notifytest.Memory), new(notifytest.Memory)
		for _, poll := range drawStory(t) {
			poll.Filed = nil // repetitions have no update to take one by one
			owe(t, together, notify.PlanAll(noon, poll, w.subs, together.Messages(), w.view))
			for _, u := range poll.Updates {
				one := poll
				one.Updates = []news.Update{u}
				owe(t, single, notify.PlanAll(noon, one, w.subs, single.Messages(), w.view))
			}
		}
		if diff := cmp.Diff(single.Messages(), together.Messages()); diff != "" {
			t.Fatalf("one by one (-), together (+):\n%s", diff)
		}
	})
}

func owe(t *rapid.T, o *notifytest.Memory, ms []notify.Message) {
	if err := o.Owe(t.Context(), ms...); err != nil {
		t.Fatal(err)
	}
}
