package notify_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/notify/notifytest"
)

var (
	moderator = guild.Actor{Guild: "1", User: "77", Name: "Ada", Permissions: guild.ManageServer}
	member    = guild.Actor{Guild: "1", User: "78", Name: "Bo", Permissions: guild.SendMessages}
	stranger  = guild.Actor{Guild: "2", User: "79", Name: "Cy", Permissions: guild.Administrator}
)

func book() (*notify.Book, *notifytest.Memory) {
	shelf := new(notifytest.Memory)
	b := notify.NewBook(shelf, func() time.Time { return noon })
	b.KnownConflict = func(c news.ConflictID) bool { return c == "libya" || c == "sudan" }
	return b, shelf
}

func TestAddAlertFillsInDefaultsAndIsAudited(t *testing.T) {
	b, shelf := book()
	got, err := b.AddAlert(t.Context(), moderator, notify.Subscription{
		ID: 99, Guild: "2", Channel: "7", Conflicts: []news.ConflictID{"libya"}, Paused: "x", DoneTo: noon,
	})
	if err != nil {
		t.Fatal(err)
	}
	want := notify.Subscription{
		ID: 1, Guild: "1", Channel: "7", Conflicts: []news.ConflictID{"libya"}, Severity: news.Major,
		CreatedAt: noon, CreatedBy: "77",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
	audit := []guild.AuditEntry{{
		Guild: "1", At: noon, Actor: "77", Name: "Ada", Action: "alerts add", Target: "libya in channel 7", Detail: "severity 2",
	}}
	if diff := cmp.Diff(audit, shelf.Audits()); diff != "" {
		t.Errorf("audit (-want +got):\n%s", diff)
	}
}

func TestAddDigestFillsInDefaultsAndTheNextTime(t *testing.T) {
	b, _ := book()
	got, err := b.AddDigest(t.Context(), moderator, notify.Subscription{Channel: "7", Zone: "Africa/Tripoli"})
	if err != nil {
		t.Fatal(err)
	}
	want := notify.Subscription{
		ID: 1, Guild: "1", Channel: "7", Schedule: "0 8 * * *", Zone: "Africa/Tripoli",
		CreatedAt: noon, CreatedBy: "77", NextAt: time.Date(2026, 3, 2, 6, 0, 0, 0, time.UTC), DoneTo: noon,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
}

func TestBookRefusesThoseWhoDoNotModerate(t *testing.T) {
	b, shelf := book()
	s, err := b.AddDigest(t.Context(), moderator, notify.Subscription{Channel: "7"})
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range []guild.Actor{member, {}, {Permissions: guild.Administrator}} {
		_, addAlert := b.AddAlert(t.Context(), by, notify.Subscription{Channel: "7"})
		_, addDigest := b.AddDigest(t.Context(), by, notify.Subscription{Channel: "7"})
		for name, err := range map[string]error{
			"add alert": addAlert, "add digest": addDigest,
			"remove": b.Remove(t.Context(), by, s.ID), "digest now": b.DigestNow(t.Context(), by, s.ID),
		} {
			if !errors.Is(err, guild.ErrForbidden) {
				t.Errorf("%s by %+v: got %v, want ErrForbidden", name, by, err)
			}
		}
	}
	if n := len(shelf.Audits()); n != 1 || len(shelf.Messages()) != 0 {
		t.Errorf("%d audit entries and %d messages, want what the moderator did", n, len(shelf.Messages()))
	}
}

func TestBookKeepsServersApart(t *testing.T) {
	b, _ := book()
	s, err := b.AddDigest(t.Context(), moderator, notify.Subscription{Channel: "7"})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Remove(t.Context(), stranger, s.ID); !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("remove: got %v, want ErrNotFound", err)
	}
	if err := b.DigestNow(t.Context(), stranger, s.ID); !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("digest now: got %v, want ErrNotFound", err)
	}
	for g, want := range map[guild.ID]int{"1": 1, "2": 0, "": 0} {
		if got, err := b.List(t.Context(), g); err != nil || len(got) != want {
			t.Errorf("server %q sees %d (%v), want %d", g, len(got), err, want)
		}
	}
	if err := b.Remove(t.Context(), moderator, s.ID); err != nil {
		t.Error(err)
	}
}

func TestBookNamesTheFieldAndWhatToDo(t *testing.T) {
	tests := []struct {
		name   string
		sub    notify.Subscription
		digest bool
		want   []string
	}{
		{"no channel", notify.Subscription{}, false, []string{"channel", "choose"}},
		{"not a channel", notify.Subscription{Channel: "general"}, false, []string{"channel", "choose"}},
		{"unknown zone", notify.Subscription{Channel: "7", Zone: "Europe/Atlantis"}, true, []string{"zone", "Europe/Atlantis", "Europe/Berlin"}},
		{"the machine's zone", notify.Subscription{Channel: "7", Zone: "Local"}, true, []string{"zone", "Local"}},
		{"zone of an alert", notify.Subscription{Channel: "7", Zone: "Mars"}, false, []string{"zone", "Mars"}},
		{"bad schedule", notify.Subscription{Channel: "7", Schedule: "sometimes"}, true, []string{"schedule", "sometimes", "daily 08:00"}},
		{"too often", notify.Subscription{Channel: "7", Schedule: "* * * * *"}, true, []string{"schedule", "15 minutes"}},
		{"unknown severity", notify.Subscription{Channel: "7", Severity: 9}, false, []string{"severity", "9"}},
		{"background alerts", notify.Subscription{Channel: "7", Severity: 4}, false, []string{"severity", "digest"}},
		{"unknown kind", notify.Subscription{Channel: "7", Kinds: []news.Kind{"gossip"}}, false, []string{"kind", "gossip"}},
		{"unknown conflict", notify.Subscription{Channel: "7", Conflicts: []news.ConflictID{"mars"}}, false, []string{"conflict", "mars", "pick"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, shelf := book()
			add := b.AddAlert
			if tt.digest {
				add = b.AddDigest
			}
			_, err := add(t.Context(), moderator, tt.sub)
			var field *notify.FieldError
			if !errors.As(err, &field) || field.Field != tt.want[0] {
				t.Fatalf("got %v, want an error of field %s", err, tt.want[0])
			}
			for _, w := range tt.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q does not mention %q", err, w)
				}
			}
			if len(shelf.Audits()) != 0 {
				t.Error("something was stored")
			}
		})
	}
}

func TestAddAlertReportsTheLimit(t *testing.T) {
	b, _ := book()
	var err error
	for range guild.MaxSubscriptions + 1 {
		_, err = b.AddAlert(t.Context(), moderator, notify.Subscription{Channel: "7"})
	}
	if !errors.Is(err, notify.ErrTooMany) {
		t.Errorf("got %v, want ErrTooMany", err)
	}
}

func TestRemoveIsAudited(t *testing.T) {
	b, shelf := book()
	for i, add := range []func() (notify.Subscription, error){
		func() (notify.Subscription, error) {
			return b.AddAlert(t.Context(), moderator, notify.Subscription{Channel: "7"})
		},
		func() (notify.Subscription, error) {
			return b.AddDigest(t.Context(), moderator, notify.Subscription{Channel: "7"})
		},
	} {
		s, err := add()
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Remove(t.Context(), moderator, s.ID); err != nil {
			t.Fatal(err)
		}
		got := shelf.Audits()[2*i+1]
		want := guild.AuditEntry{
			Guild: "1", At: noon, Actor: "77", Name: "Ada", Action: []string{"alerts remove", "digest remove"}[i],
			Target: "all conflicts in channel 7", Detail: fmt.Sprintf("subscription %d", s.ID),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("audit (-want +got):\n%s", diff)
		}
	}
}

func TestDigestNowOwesWhatIsNewAndMovesTheWatermark(t *testing.T) {
	shelf := new(notifytest.Memory)
	now := noon
	b := notify.NewBook(shelf, func() time.Time { return now })
	s, err := b.AddDigest(t.Context(), moderator, notify.Subscription{Channel: "7"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		now = now.Add(time.Hour)
		if err := b.DigestNow(t.Context(), moderator, s.ID); err != nil {
			t.Fatal(err)
		}
	}
	got := shelf.Messages()
	if len(got) != 2 || !got[0].From.Equal(noon) || !got[1].From.Equal(got[0].To) || got[0].Key == got[1].Key {
		t.Errorf("owed %+v, want two windows that touch", got)
	}
	subs, err := shelf.Subscriptions(t.Context(), "1")
	if err != nil || !subs[0].NextAt.Equal(s.NextAt) || !subs[0].DoneTo.Equal(now) {
		t.Errorf("subscription %+v, %v; want the next time kept and the watermark moved", subs, err)
	}
}

func TestDigestNowRefusesAlertsAndPausedDigests(t *testing.T) {
	b, shelf := book()
	a, errA := b.AddAlert(t.Context(), moderator, notify.Subscription{Channel: "8"})
	d, errD := b.AddDigest(t.Context(), moderator, notify.Subscription{Channel: "7"})
	if err := errors.Join(errA, errD, shelf.PauseChannel(t.Context(), "1", "7", "no access", noon)); err != nil {
		t.Fatal(err)
	}
	for _, id := range []notify.SubscriptionID{a.ID, d.ID} {
		var field *notify.FieldError
		if err := b.DigestNow(t.Context(), moderator, id); !errors.As(err, &field) {
			t.Errorf("subscription %d: got %v, want a field error", id, err)
		}
	}
	if err := b.DigestNow(t.Context(), moderator, 42); !errors.Is(err, notify.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
}
