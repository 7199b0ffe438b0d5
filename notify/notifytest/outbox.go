package notifytest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

// OutboxAndShelf is what TestOutbox tests.
type OutboxAndShelf interface {
	notify.Outbox
	notify.Shelf
	// Owe stores planned messages durably, as the commit of a poll does: new keys are
	// inserted, known ones become what notify.Merge says.
	Owe(ctx context.Context, planned ...notify.Message) error
	// PendingDeadlines returns the deadlines that are owed or paused, in the order in which they were first owed.
	PendingDeadlines(ctx context.Context) ([]notify.Message, error)
}

// The servers and channels that TestOutbox uses. An implementation that needs to know
// servers adds these in open.
const (
	GuildA   guild.ID        = "100"
	GuildB   guild.ID        = "200"
	channelA guild.ChannelID = "101"
	channelB guild.ChannelID = "202"
	channelC guild.ChannelID = "103" // of GuildA
)

// epoch is whole seconds, which every database keeps.
func epoch() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }

// TestOutbox checks an implementation against the contract of notify.Outbox and
// notify.Shelf. open returns an empty one for each call; clean-up is open's.
func TestOutbox(t *testing.T, open func(t *testing.T) OutboxAndShelf) {
	tests := []struct {
		name string
		run  func(*testing.T, OutboxAndShelf)
	}{
		{"message keeps every field", testFields},
		{"owed messages are due ones in order", testOrder},
		{"owed messages obey the limit", testLimit},
		{"owing again raises a post", testOweAgain},
		{"owing again leaves replies and digests", testOweReplyAgain},
		{"intent keeps the first attempt and counts", testIntend},
		{"doubt replaces what is known", testDoubt},
		{"receipt completes", testReceipt},
		{"receipt below want leaves it owed", testReceiptBelow},
		{"raising a sent post owes it again", testRaiseSent},
		{"settle puts off and ends", testSettle},
		{"pause stops one channel of one server", testPause},
		{"post of a development", testPostOf},
		{"unknown keys are not found", testUnknownKey},
		{"calls at once lose nothing", testConcurrent},
		{"subscriptions keep every field", testSubscriptionFields},
		{"subscriptions are scoped by server", testSubscriptionScope},
		{"subscriptions have a limit for each server", testSubscriptionLimit},
		{"owing a digest moves the subscription", testOweDigest},
		{"owing a digest again keeps the watermark", testOweDigestAgain},
		{"owing a digest of a removed subscription", testOweDigestGone},
		{"skipping a digest moves its next time only", testSkipDigest},
		{"an intent wants a message that is still owed", testIntendNotOwed},
		{"a deadline that waits is moved and withdrawn", testDeadlineMoves},
		{"a deadline that was tried stays", testDeadlineTried},
		{"pending deadlines are owed or paused ones", testPendingDeadlines},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, open(t)) })
	}
}

func post(c guild.ChannelID, d news.DevelopmentID, want int) notify.Message {
	g := GuildA
	if c == channelB {
		g = GuildB
	}
	return notify.Message{
		Key: notify.PostKey(c, d), Guild: g, Channel: c, Form: notify.FormPost, Reason: news.ReasonFirst,
		Development: d, Subscription: 1, Severity: 2, Want: want, Ref: "7K3Q", Silent: true,
		DueAt: epoch(), NotAfter: epoch().Add(6 * time.Hour), OwedAt: epoch(), State: notify.StateOwed,
	}
}

func reply(c guild.ChannelID, d news.DevelopmentID, revision int) notify.Message {
	m := post(c, d, 1)
	m.Key, m.Form, m.Reason = notify.ReplyKey(c, d, revision), notify.FormReply, news.ReasonCorrected
	m.NotAfter = time.Time{}
	m.Update = &news.Update{
		Development: d, Revision: revision, Reason: news.ReasonCorrected, Severity: 2, At: epoch(),
		Item: "item", Source: "source",
		Correction: &news.Correction{At: epoch(), Was: "in the north", Now: "in the south", Per: "the mission"},
	}
	return m
}

func digest(c guild.ChannelID, id notify.SubscriptionID, slot string) notify.Message {
	m := post(c, "", 1)
	m.Key, m.Form, m.Reason = notify.DigestKey(id, slot), notify.FormDigest, news.ReasonDigest
	m.Subscription, m.Severity, m.NotAfter = id, 0, time.Time{}
	m.From, m.To = epoch().Add(-24*time.Hour), epoch()
	return m
}

// equalTimes compares instants, whatever their zone.
func equalTimes() cmp.Option { return cmpopts.EquateApproxTime(0) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func owed(t *testing.T, o OutboxAndShelf, now time.Time, limit int) []notify.Message {
	t.Helper()
	got, err := o.OwedMessages(t.Context(), now, limit)
	must(t, err)
	return got
}

func keys(ms []notify.Message) []string {
	out := make([]string, len(ms))
	for i, m := range ms {
		out[i] = m.Key
	}
	return out
}

// stored reads the post of a channel as it stands.
func stored(t *testing.T, o OutboxAndShelf, c guild.ChannelID, d news.DevelopmentID) notify.Message {
	t.Helper()
	m, err := o.PostOf(t.Context(), c, d)
	must(t, err)
	return m
}

func testFields(t *testing.T, o OutboxAndShelf) {
	late := digest(channelA, 2, "s")
	late.Missed = notify.Missed{Count: 2, First: epoch().Add(-48 * time.Hour), Last: epoch().Add(-24 * time.Hour)}
	want := []notify.Message{post(channelA, "d1", 3), reply(channelA, "d1", 2), deadline(channelA, epoch()), digest(channelA, 1, "s"), late}
	must(t, o.Owe(t.Context(), want...))
	got := owed(t, o, epoch(), 10)
	if diff := cmp.Diff(want, got, equalTimes()); diff != "" {
		t.Errorf("messages changed on the way (-want +got):\n%s", diff)
	}
}

func testOrder(t *testing.T, o OutboxAndShelf) {
	early, late, later := post(channelA, "early", 1), post(channelA, "late", 1), post(channelA, "later", 1)
	early.DueAt = epoch().Add(-time.Hour)
	later.DueAt = epoch().Add(time.Second)
	dig := digest(channelA, 1, "s")
	dig.DueAt = epoch().Add(-2 * time.Hour)
	dropped := post(channelA, "dropped", 1)
	dropped.State = notify.StateDropped
	second := reply(channelB, "late", 2)
	must(t, o.Owe(t.Context(), dig, late, second, later, early, dropped))
	want := []string{early.Key, late.Key, second.Key, dig.Key}
	if diff := cmp.Diff(want, keys(owed(t, o, epoch(), 10))); diff != "" {
		t.Errorf("want alerts before digests, by due time, then as owed (-want +got):\n%s", diff)
	}
	want = []string{early.Key, late.Key, second.Key, later.Key, dig.Key}
	if diff := cmp.Diff(want, keys(owed(t, o, epoch().Add(time.Second), 10))); diff != "" {
		t.Errorf("a message is due at its due time (-want +got):\n%s", diff)
	}
}

func testLimit(t *testing.T, o OutboxAndShelf) {
	for i := range 5 {
		m := post(channelA, news.DevelopmentID(fmt.Sprint("d", i)), 1)
		m.DueAt = epoch().Add(time.Duration(-i) * time.Minute)
		must(t, o.Owe(t.Context(), m))
	}
	want := []string{notify.PostKey(channelA, "d4"), notify.PostKey(channelA, "d3")}
	if diff := cmp.Diff(want, keys(owed(t, o, epoch(), 2))); diff != "" {
		t.Errorf("want the two that are due longest (-want +got):\n%s", diff)
	}
}

func testOweAgain(t *testing.T, o OutboxAndShelf) {
	first := post(channelA, "d", 1)
	must(t, o.Owe(t.Context(), first))
	must(t, o.Intend(t.Context(), first.Key, epoch()))
	raised := first
	raised.Want, raised.Severity, raised.DueAt = 3, 1, epoch().Add(time.Minute)
	must(t, o.Owe(t.Context(), raised))
	lower := first
	lower.Want = 2
	must(t, o.Owe(t.Context(), lower))
	got := stored(t, o, channelA, "d")
	want := notify.Merge(first, raised)
	want.Attempts, want.AttemptAt = 1, epoch()
	if diff := cmp.Diff(want, got, equalTimes()); diff != "" {
		t.Errorf("want the higher revision and the progress kept (-want +got):\n%s", diff)
	}
	if n := len(owed(t, o, epoch().Add(time.Hour), 10)); n != 1 {
		t.Errorf("got %d rows of one key, want 1", n)
	}
}

func testOweReplyAgain(t *testing.T, o OutboxAndShelf) {
	for _, m := range []notify.Message{reply(channelA, "d", 2), digest(channelA, 1, "s")} {
		must(t, o.Owe(t.Context(), m))
		must(t, o.Receipt(t.Context(), m.Key, "9", 1, epoch()))
		again := m
		again.DueAt, again.Want = epoch().Add(time.Hour), 5
		must(t, o.Owe(t.Context(), again))
	}
	if got := owed(t, o, epoch().Add(2*time.Hour), 10); len(got) != 0 {
		t.Errorf("owed again: %v", keys(got))
	}
}

func testIntend(t *testing.T, o OutboxAndShelf) {
	m := post(channelA, "d", 1)
	must(t, o.Owe(t.Context(), m))
	must(t, o.Intend(t.Context(), m.Key, epoch()))
	must(t, o.Intend(t.Context(), m.Key, epoch().Add(time.Minute)))
	got := stored(t, o, channelA, "d")
	if !got.AttemptAt.Equal(epoch()) || got.Attempts != 2 {
		t.Errorf("got attempt at %v, %d attempts; want %v, 2", got.AttemptAt, got.Attempts, epoch())
	}
	if got.State != notify.StateOwed {
		t.Errorf("got state %q, an intent is not an end", got.State)
	}
}

func testDoubt(t *testing.T, o OutboxAndShelf) {
	m := post(channelA, "d", 1)
	must(t, o.Owe(t.Context(), m))
	must(t, o.Intend(t.Context(), m.Key, epoch()))
	looked := epoch().Add(2 * time.Minute)
	must(t, o.Doubt(t.Context(), m.Key, epoch(), 1, looked))
	got := stored(t, o, channelA, "d")
	if !got.AttemptAt.Equal(epoch()) || got.Looks != 1 || !got.LookedAt.Equal(looked) {
		t.Errorf("got %v, %d, %v", got.AttemptAt, got.Looks, got.LookedAt)
	}
	must(t, o.Doubt(t.Context(), m.Key, time.Time{}, 0, time.Time{}))
	got = stored(t, o, channelA, "d")
	if !got.AttemptAt.IsZero() || got.Looks != 0 || !got.LookedAt.IsZero() {
		t.Errorf("doubt not cleared: %v, %d, %v", got.AttemptAt, got.Looks, got.LookedAt)
	}
	must(t, o.Intend(t.Context(), m.Key, looked))
	if got = stored(t, o, channelA, "d"); !got.AttemptAt.Equal(looked) {
		t.Errorf("got attempt at %v after a cleared doubt, want %v", got.AttemptAt, looked)
	}
}

func testReceipt(t *testing.T, o OutboxAndShelf) {
	m := post(channelA, "d", 2)
	must(t, o.Owe(t.Context(), m))
	must(t, o.Settle(t.Context(), m.Key, notify.StateOwed, m.DueAt, "busy"))
	must(t, o.Intend(t.Context(), m.Key, epoch()))
	must(t, o.Receipt(t.Context(), m.Key, "900", 3, epoch()))
	got := stored(t, o, channelA, "d")
	if got.MessageID != "900" || got.Have != 3 || got.First != 3 || got.State != notify.StateSent {
		t.Errorf("got id %q have %d first %d state %q", got.MessageID, got.Have, got.First, got.State)
	}
	if got.Attempts != 0 || got.Problem != "" {
		t.Errorf("attempts %d and problem %q not cleared", got.Attempts, got.Problem)
	}
	if left := owed(t, o, epoch().Add(time.Hour), 10); len(left) != 0 {
		t.Errorf("still owed: %v", keys(left))
	}
}

func testReceiptBelow(t *testing.T, o OutboxAndShelf) {
	m := post(channelA, "d", 2)
	must(t, o.Owe(t.Context(), m))
	must(t, o.Receipt(t.Context(), m.Key, "900", 0, epoch()))
	got := stored(t, o, channelA, "d")
	if got.MessageID != "900" || got.State != notify.StateOwed || got.First != 0 {
		t.Errorf("got id %q state %q first %d; a found post is owed an edit", got.MessageID, got.State, got.First)
	}
	must(t, o.Receipt(t.Context(), m.Key, "900", 2, epoch()))
	got = stored(t, o, channelA, "d")
	if got.State != notify.StateSent || got.First != 0 || got.Have != 2 {
		t.Errorf("got state %q first %d have %d; want sent, 0 (not known), 2", got.State, got.First, got.Have)
	}
}

func testRaiseSent(t *testing.T, o OutboxAndShelf) {
	m := post(channelA, "d", 1)
	must(t, o.Owe(t.Context(), m))
	must(t, o.Receipt(t.Context(), m.Key, "900", 1, epoch()))
	raised := m
	raised.Want, raised.Reason = 2, news.ReasonAdds
	must(t, o.Owe(t.Context(), raised))
	left := owed(t, o, epoch(), 10)
	if len(left) != 1 || left[0].MessageID != "900" || left[0].Want != 2 || left[0].Have != 1 {
		t.Fatalf("got %+v, want the post owed an edit", left)
	}
	if left[0].Reason != news.ReasonAdds {
		t.Errorf("got reason %q, want the edit's", left[0].Reason)
	}
}

func testSettle(t *testing.T, o OutboxAndShelf) {
	m := post(channelA, "d", 1)
	must(t, o.Owe(t.Context(), m))
	later := epoch().Add(time.Minute)
	must(t, o.Settle(t.Context(), m.Key, notify.StateOwed, later, "try later"))
	if got := owed(t, o, epoch(), 10); len(got) != 0 {
		t.Errorf("due before the new time: %v", keys(got))
	}
	if got := owed(t, o, later, 10); len(got) != 1 || got[0].Problem != "try later" {
		t.Errorf("got %+v, want it due again with its problem", got)
	}
	for _, s := range []notify.State{notify.StateDropped, notify.StateUnknown, notify.StatePaused, notify.StateSent} {
		must(t, o.Settle(t.Context(), m.Key, s, m.DueAt, "why"))
		if got := owed(t, o, later, 10); len(got) != 0 {
			t.Errorf("owed in state %s", s)
		}
		if got := stored(t, o, channelA, "d"); got.State != s || got.Problem != "why" {
			t.Errorf("got state %q problem %q, want %q why", got.State, got.Problem, s)
		}
	}
}

func testPause(t *testing.T, o OutboxAndShelf) {
	a, other, b := post(channelA, "d", 1), post(channelC, "d", 1), post(channelB, "d", 1)
	sent := post(channelA, "sent", 1)
	must(t, o.Owe(t.Context(), a, other, b, sent))
	must(t, o.Receipt(t.Context(), sent.Key, "9", 1, epoch()))
	for _, c := range []guild.ChannelID{channelA, channelC, channelB} {
		g := GuildA
		if c == channelB {
			g = GuildB
		}
		_, err := o.AddSubscription(t.Context(), notify.Subscription{Guild: g, Channel: c, Severity: 2, CreatedAt: epoch()}, guild.AuditEntry{Guild: g, At: epoch(), Action: "alerts add"})
		must(t, err)
	}
	must(t, o.PauseChannel(t.Context(), GuildB, channelA, "not theirs", epoch()))
	if n := len(owed(t, o, epoch(), 10)); n != 3 {
		t.Fatalf("another server paused the channel: %d owed, want 3", n)
	}
	must(t, o.PauseChannel(t.Context(), GuildA, channelA, "no access", epoch()))
	if diff := cmp.Diff([]string{other.Key, b.Key}, keys(owed(t, o, epoch(), 10))); diff != "" {
		t.Errorf("want the other channels only (-want +got):\n%s", diff)
	}
	if got := stored(t, o, channelA, "d"); got.State != notify.StatePaused || got.Problem != "no access" {
		t.Errorf("got %q %q, want paused with the reason", got.State, got.Problem)
	}
	if got := stored(t, o, channelA, "sent"); got.State != notify.StateSent {
		t.Errorf("got %q, what was sent stays sent", got.State)
	}
	subs, err := o.Subscriptions(t.Context(), "")
	must(t, err)
	for _, s := range subs {
		if paused := s.Paused != ""; paused != (s.Channel == channelA) {
			t.Errorf("subscription of channel %s: paused %q", s.Channel, s.Paused)
		}
	}
}

func testPostOf(t *testing.T, o OutboxAndShelf) {
	p := post(channelA, "d", 1)
	must(t, o.Owe(t.Context(), reply(channelA, "d", 2), p, post(channelC, "d", 4)))
	if got := stored(t, o, channelA, "d"); got.Key != p.Key {
		t.Errorf("got %s, want %s", got.Key, p.Key)
	}
	if _, err := o.PostOf(t.Context(), channelA, "other"); !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}

func testUnknownKey(t *testing.T, o OutboxAndShelf) {
	ctx := t.Context()
	for name, err := range map[string]error{
		"intend":  o.Intend(ctx, "none", epoch()),
		"doubt":   o.Doubt(ctx, "none", epoch(), 1, epoch()),
		"receipt": o.Receipt(ctx, "none", "1", 1, epoch()),
		"settle":  o.Settle(ctx, "none", notify.StateDropped, epoch(), "why"),
	} {
		if !errors.Is(err, notify.ErrNotFound) {
			t.Errorf("%s: got %v, want ErrNotFound", name, err)
		}
	}
}

func testConcurrent(t *testing.T, o OutboxAndShelf) {
	const n = 20
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			m := post(channelA, news.DevelopmentID(fmt.Sprint("d", i)), 1)
			if err := o.Owe(t.Context(), m); err != nil {
				t.Error(err)
			}
			if err := o.Intend(t.Context(), m.Key, epoch()); err != nil {
				t.Error(err)
			}
			if err := o.Receipt(t.Context(), m.Key, guild.MessageID(fmt.Sprint(i+1)), 1, epoch()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for i := range n {
		if got := stored(t, o, channelA, news.DevelopmentID(fmt.Sprint("d", i))); got.State != notify.StateSent {
			t.Errorf("message %d: state %q, want sent", i, got.State)
		}
	}
}
