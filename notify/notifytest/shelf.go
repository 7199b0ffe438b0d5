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

func subscription(g guild.ID, c guild.ChannelID) notify.Subscription {
	return notify.Subscription{
		Guild: g, Channel: c, Conflicts: []news.ConflictID{"libya", "sudan"},
		Kinds: []news.Kind{news.Agreement, news.Violation}, Severity: 3, Zone: "Africa/Tripoli", Lang: "ar",
		CreatedAt: epoch(), CreatedBy: "77",
	}
}

func digestSubscription(g guild.ID, c guild.ChannelID) notify.Subscription {
	s := subscription(g, c)
	s.Schedule, s.NextAt, s.DoneTo = "0 8 * * *", epoch().Add(20*time.Hour), epoch()
	return s
}

func entry(g guild.ID, action string) guild.AuditEntry {
	return guild.AuditEntry{Guild: g, At: epoch(), Actor: "77", Name: "mod", Action: action, Target: "a channel"}
}

func add(t *testing.T, o OutboxAndShelf, s notify.Subscription) notify.Subscription {
	t.Helper()
	got, err := o.AddSubscription(t.Context(), s, entry(s.Guild, "alerts add"))
	must(t, err)
	return got
}

func subscriptions(t *testing.T, o OutboxAndShelf, g guild.ID) []notify.Subscription {
	t.Helper()
	got, err := o.Subscriptions(t.Context(), g)
	must(t, err)
	return got
}

func testSubscriptionFields(t *testing.T, o OutboxAndShelf) {
	var want []notify.Subscription
	for _, s := range []notify.Subscription{
		subscription(GuildA, channelA), digestSubscription(GuildA, channelA),
		{Guild: GuildA, Channel: channelC, CreatedAt: epoch()},
	} {
		added := add(t, o, s)
		if added.ID == 0 {
			t.Error("stored without an id")
		}
		s.ID = added.ID
		want = append(want, s)
	}
	if diff := cmp.Diff(want, subscriptions(t, o, GuildA), equalTimes()); diff != "" {
		t.Errorf("subscriptions changed on the way (-want +got):\n%s", diff)
	}
}

func testSubscriptionScope(t *testing.T, o OutboxAndShelf) {
	a, b := add(t, o, subscription(GuildA, channelA)), add(t, o, subscription(GuildB, channelB))
	if a.ID == b.ID {
		t.Fatalf("two subscriptions have the id %d", a.ID)
	}
	if got := subscriptions(t, o, GuildB); len(got) != 1 || got[0].ID != b.ID {
		t.Errorf("server B sees %+v", got)
	}
	if got := subscriptions(t, o, ""); len(got) != 2 {
		t.Errorf("all servers have %d, want 2", len(got))
	}
	err := o.RemoveSubscription(t.Context(), GuildB, a.ID, entry(GuildB, "alerts remove"))
	if !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("removing another server's: got %v, want ErrNotFound", err)
	}
	must(t, o.RemoveSubscription(t.Context(), GuildA, a.ID, entry(GuildA, "alerts remove")))
	if got := subscriptions(t, o, ""); len(got) != 1 || got[0].ID != b.ID {
		t.Errorf("after removing A's: %+v", got)
	}
	err = o.RemoveSubscription(t.Context(), GuildA, a.ID, entry(GuildA, "alerts remove"))
	if !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("removing twice: got %v, want ErrNotFound", err)
	}
}

func testSubscriptionLimit(t *testing.T, o OutboxAndShelf) {
	for range guild.MaxSubscriptions {
		add(t, o, subscription(GuildA, channelA))
	}
	_, err := o.AddSubscription(t.Context(), subscription(GuildA, channelA), entry(GuildA, "alerts add"))
	if !errors.Is(err, notify.ErrTooMany) {
		t.Errorf("got %v, want ErrTooMany", err)
	}
	add(t, o, subscription(GuildB, channelB))
	if got := len(subscriptions(t, o, GuildA)); got != guild.MaxSubscriptions {
		t.Errorf("server A has %d, want %d", got, guild.MaxSubscriptions)
	}
}

func testOweDigest(t *testing.T, o OutboxAndShelf) {
	s, other := add(t, o, digestSubscription(GuildA, channelA)), add(t, o, digestSubscription(GuildA, channelA))
	m := digest(channelA, s.ID, "2026-03-02T0800")
	next, doneTo := epoch().Add(44*time.Hour), epoch().Add(20*time.Hour)
	must(t, o.OweDigest(t.Context(), m, next, doneTo))
	if diff := cmp.Diff([]notify.Message{m}, owed(t, o, epoch(), 10), equalTimes()); diff != "" {
		t.Errorf("digest not owed (-want +got):\n%s", diff)
	}
	s.NextAt, s.DoneTo = next, doneTo
	if diff := cmp.Diff([]notify.Subscription{s, other}, subscriptions(t, o, GuildA), equalTimes()); diff != "" {
		t.Errorf("want only its own subscription moved (-want +got):\n%s", diff)
	}
}

func testOweDigestAgain(t *testing.T, o OutboxAndShelf) {
	s := add(t, o, digestSubscription(GuildA, channelA))
	m := digest(channelA, s.ID, "2026-03-02T0800")
	must(t, o.OweDigest(t.Context(), m, epoch().Add(44*time.Hour), epoch().Add(20*time.Hour)))
	must(t, o.Receipt(t.Context(), m.Key, "9", 1, epoch()))
	must(t, o.OweDigest(t.Context(), m, epoch().Add(45*time.Hour), epoch().Add(21*time.Hour)))
	if got := owed(t, o, epoch().Add(99*time.Hour), 10); len(got) != 0 {
		t.Errorf("a digest that was sent is owed again: %v", keys(got))
	}
	got := subscriptions(t, o, GuildA)[0]
	if !got.DoneTo.Equal(epoch().Add(20*time.Hour)) || !got.NextAt.Equal(epoch().Add(45*time.Hour)) {
		t.Errorf("got watermark %v, next %v; want the watermark kept and the next moved", got.DoneTo, got.NextAt)
	}
}

func testOweDigestGone(t *testing.T, o OutboxAndShelf) {
	s := add(t, o, digestSubscription(GuildA, channelA))
	must(t, o.RemoveSubscription(t.Context(), GuildA, s.ID, entry(GuildA, "digest remove")))
	err := o.OweDigest(t.Context(), digest(channelA, s.ID, "s"), epoch(), epoch())
	if !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
	if got := owed(t, o, epoch(), 10); len(got) != 0 {
		t.Errorf("owed for nobody: %v", keys(got))
	}
}
