package notifytest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

// deadline tells that a truce was due to begin at a time.
func deadline(c guild.ChannelID, at time.Time) notify.Message {
	d := news.Deadline{
		Stage: news.StageStart, Edge: news.EdgeStart, Conflict: "libya", Arrangement: "plan", Status: news.StatusAgreed, At: at, Due: at,
		Dates: []news.DateTold{{Edge: news.EdgeStart, At: at, By: "the mission", Told: epoch(), Item: "item", Source: "source", Outlet: "outlet", URL: "https://outlet.example/1"}},
	}
	m := post(c, "d", 1)
	m.Key, m.Form, m.Reason = notify.DeadlineKey(c, d), notify.FormReply, news.ReasonDeadline
	m.DueAt, m.NotAfter = at, at.Add(6*time.Hour)
	m.Update = &news.Update{Development: "d", Reason: news.ReasonDeadline, Severity: 2, At: at, Item: "item", Source: "source", Deadline: &d}
	return m
}

func pending(t *testing.T, o OutboxAndShelf) []notify.Message {
	t.Helper()
	got, err := o.PendingDeadlines(t.Context())
	must(t, err)
	return got
}

func withdraw(m notify.Message) notify.Message {
	m.State, m.Problem = notify.StateDropped, "withdrawn"
	return m
}

func testDeadlineMoves(t *testing.T, o OutboxAndShelf) {
	first, moved := deadline(channelA, epoch()), deadline(channelA, epoch().Add(2*time.Hour))
	if first.Key != moved.Key {
		t.Fatalf("two hours of one day have the keys %s and %s", first.Key, moved.Key)
	}
	must(t, o.Owe(t.Context(), first))
	must(t, o.Owe(t.Context(), moved))
	if got := owed(t, o, epoch().Add(time.Hour), 10); len(got) != 0 {
		t.Errorf("due at its old time: %v", keys(got))
	}
	if diff := cmp.Diff([]notify.Message{moved}, owed(t, o, epoch().Add(2*time.Hour), 10), equalTimes()); diff != "" {
		t.Errorf("moved deadline (-want +got):\n%s", diff)
	}
	must(t, o.Owe(t.Context(), withdraw(moved)))
	if got := owed(t, o, epoch().Add(99*time.Hour), 10); len(got) != 0 {
		t.Errorf("withdrawn, and owed: %v", keys(got))
	}
	must(t, o.Owe(t.Context(), first))
	if got := owed(t, o, epoch(), 10); len(got) != 1 {
		t.Errorf("a deadline that holds again is owed %d times, want 1", len(got))
	}
}

func testDeadlineTried(t *testing.T, o OutboxAndShelf) {
	m := deadline(channelA, epoch())
	must(t, o.Owe(t.Context(), m))
	must(t, o.Intend(t.Context(), m.Key, epoch()))
	must(t, o.Owe(t.Context(), withdraw(m)))
	if got := owed(t, o, epoch(), 10); len(got) != 1 {
		t.Errorf("what may stand in the channel was withdrawn: its fate would never be learnt")
	}
	must(t, o.Receipt(t.Context(), m.Key, "9", 1, epoch()))
	must(t, o.Owe(t.Context(), deadline(channelA, epoch().Add(time.Hour))))
	if got := owed(t, o, epoch().Add(2*time.Hour), 10); len(got) != 0 {
		t.Errorf("a day that was told is told again: %v", keys(got))
	}
}

func testPendingDeadlines(t *testing.T, o OutboxAndShelf) {
	waits, paused, sent, dropped := deadline(channelA, epoch()), deadline(channelB, epoch()), deadline(channelC, epoch()), deadline(channelA, epoch().AddDate(0, 0, 1))
	paused.Guild = GuildB
	must(t, o.Owe(t.Context(), post(channelA, "d", 1), reply(channelA, "d", 2), waits, paused, sent, dropped))
	must(t, o.PauseChannel(t.Context(), GuildB, channelB, "no access", epoch()))
	must(t, o.Receipt(t.Context(), sent.Key, "9", 1, epoch()))
	must(t, o.Owe(t.Context(), withdraw(dropped)))
	if diff := cmp.Diff([]string{waits.Key, paused.Key}, keys(pending(t, o))); diff != "" {
		t.Errorf("pending (-want +got):\n%s", diff)
	}
}

func testIntendNotOwed(t *testing.T, o OutboxAndShelf) {
	for i, s := range []notify.State{notify.StateDropped, notify.StatePaused} {
		m := deadline(channelA, epoch().AddDate(0, 0, i))
		must(t, o.Owe(t.Context(), m))
		must(t, o.Settle(t.Context(), m.Key, s, m.DueAt, "withdrawn"))
		if err := o.Intend(t.Context(), m.Key, epoch()); !errors.Is(err, notify.ErrNotFound) {
			t.Errorf("%s since it was read: got %v, want ErrNotFound", s, err)
		}
	}
}

func testSkipDigest(t *testing.T, o OutboxAndShelf) {
	s := add(t, o, digestSubscription(GuildA, channelA))
	next := epoch().Add(99 * time.Hour)
	if err := o.SkipDigest(t.Context(), GuildB, s.ID, next); !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("by another server: got %v, want ErrNotFound", err)
	}
	must(t, o.SkipDigest(t.Context(), GuildA, s.ID, next))
	s.NextAt = next
	if diff := cmp.Diff([]notify.Subscription{s}, subscriptions(t, o, GuildA), equalTimes()); diff != "" {
		t.Errorf("subscription (-want +got):\n%s", diff)
	}
	if got := owed(t, o, next, 10); len(got) != 0 {
		t.Errorf("owed: %v", keys(got))
	}
}
