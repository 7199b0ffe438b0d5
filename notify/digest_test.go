package notify_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/notify/notifytest"
)

// morning is a digest of channel 7 at 08:00 in Berlin, last told on the morning of the
// 1st of March 2026.
func morning() notify.Subscription {
	last := time.Date(2026, 3, 1, 7, 0, 0, 0, time.UTC)
	return notify.Subscription{
		ID: 5, Guild: "1", Channel: "7", Schedule: "0 8 * * *", Zone: "Europe/Berlin",
		CreatedAt: last.AddDate(0, -1, 0), NextAt: last.AddDate(0, 0, 1), DoneTo: last,
	}
}

func TestDueDigestsTellFromTheWatermarkToNow(t *testing.T) {
	s := morning()
	due := s.NextAt
	if got := notify.DueDigests(due.Add(-time.Second), []notify.Subscription{s}); len(got) != 0 {
		t.Fatalf("due early: %+v", got)
	}
	now := due.Add(20 * time.Second)
	want := []notify.Message{{
		Key: "digest/5/2026-03-02T0800", Guild: "1", Channel: "7", Form: notify.FormDigest, Reason: news.ReasonDigest,
		Subscription: 5, From: s.DoneTo, To: now, Want: 1, Silent: true, DueAt: now, OwedAt: now, State: notify.StateOwed,
	}}
	got := notify.DueDigests(now, []notify.Subscription{s})
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(notify.Message{}, "Ref")); diff != "" {
		t.Errorf("digest (-want +got):\n%s", diff)
	}
	if len(got) == 1 && len(got[0].Ref) != 6 {
		t.Errorf("reference %q, want six characters", got[0].Ref)
	}
}

func TestDueDigestsAfterDowntime(t *testing.T) {
	tests := []struct {
		name, spec string
		late       time.Duration // after NextAt
		want       string
	}{
		{"a little late", "0 8 * * *", 5*time.Hour + 59*time.Minute, "digest/5/2026-03-02T0800"},
		{"too late", "0 8 * * *", 6*time.Hour + time.Minute, ""},
		{"days late, on time today", "0 8 * * *", 72*time.Hour + time.Minute, "digest/5/2026-03-05T0800"},
		{"days late, between two", "0 8 * * *", 72*time.Hour + 7*time.Hour, ""},
		{"many slots missed: only the newest", "0 * * * *", 50*time.Hour + 10*time.Minute, "digest/5/2026-03-04T1000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := morning()
			s.Schedule = tt.spec
			now := s.NextAt.Add(tt.late)
			got := notify.DueDigests(now, []notify.Subscription{s})
			if tt.want == "" {
				if len(got) != 0 {
					t.Errorf("owed %+v, want nothing", got)
				}
				return
			}
			if len(got) != 1 || got[0].Key != tt.want || !got[0].From.Equal(s.DoneTo) || !got[0].To.Equal(now) {
				t.Errorf("owed %+v, want %s from the watermark to now", got, tt.want)
			}
		})
	}
}

func TestDueDigestsSayWhichWereMissed(t *testing.T) {
	day := 24 * time.Hour
	next := morning().NextAt
	for _, tt := range []struct {
		name, spec string
		late       time.Duration // after NextAt
		change     func(*notify.Subscription)
		want       notify.Missed
	}{
		{"on time", "0 8 * * *", time.Minute, nil, notify.Missed{}},
		{"late and told", "0 8 * * *", 5 * time.Hour, nil, notify.Missed{}},
		{"one missed", "0 8 * * *", day + time.Minute, nil, notify.Missed{Count: 1, First: next, Last: next}},
		{"three missed", "0 8 * * *", 3*day + time.Minute, nil, notify.Missed{Count: 3, First: next, Last: next.Add(2 * day)}},
		{"two of every hour", "0 * * * *", 2*time.Hour + time.Minute, nil, notify.Missed{Count: 2, First: next, Last: next.Add(time.Hour)}},
		{
			"told by hand meanwhile", "0 8 * * *", 3*day + time.Minute, func(s *notify.Subscription) { s.DoneTo = next.Add(day + time.Hour) },
			notify.Missed{Count: 1, First: next.Add(2 * day), Last: next.Add(2 * day)},
		},
		{
			"no more than a month of every quarter hour is counted", "*/15 * * * *", 400 * day, nil,
			notify.Missed{Count: 31*24*4 - 1, First: next.Add(369*day + 15*time.Minute), Last: next.Add(400*day - 15*time.Minute)},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := morning()
			s.Schedule = tt.spec
			if tt.change != nil {
				tt.change(&s)
			}
			got := notify.DueDigests(next.Add(tt.late), []notify.Subscription{s})
			if len(got) != 1 {
				t.Fatalf("owed %d, want 1", len(got))
			}
			if diff := cmp.Diff(tt.want, got[0].Missed, cmpopts.EquateApproxTime(0)); diff != "" {
				t.Errorf("missed (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTickDoesNotCallAPausedChannelDown(t *testing.T) {
	shelf := new(notifytest.Memory)
	s := morning()
	s.Paused = "no access"
	added, err := shelf.AddSubscription(t.Context(), s, guild.AuditEntry{})
	if err != nil {
		t.Fatal(err)
	}
	d := notify.NewDigests(shelf, quiet())
	for at := range every(10*time.Minute, s.NextAt.Add(-time.Hour), s.NextAt.AddDate(0, 0, 3)) {
		if owed, err := d.Tick(t.Context(), at); owed != 0 || err != nil {
			t.Fatalf("owed %d, %v", owed, err)
		}
	}
	subs, err := shelf.Subscriptions(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	resumed := subs[0]
	if resumed.ID != added.ID || !resumed.NextAt.Equal(s.NextAt.AddDate(0, 0, 3)) || !resumed.DoneTo.Equal(s.DoneTo) {
		t.Errorf("next at %v, told to %v", resumed.NextAt, resumed.DoneTo)
	}
	resumed.Paused = ""
	got := notify.DueDigests(resumed.NextAt.Add(time.Minute), []notify.Subscription{resumed})
	if len(got) != 1 || got[0].Missed.Count != 0 || !got[0].From.Equal(s.DoneTo) {
		t.Errorf("owed %+v, want one with all that happened and nothing missed", got)
	}
}

// A digest that was owed, tried and interrupted is told once, with the window it was owed with, however
// often and by whatever clock the process starts again.
func TestDigestSurvivesARestartInItsMiddle(t *testing.T) {
	for call := range 3 {
		for _, f := range []fault{lost, answerLost, late} {
			synctest.Test(t, func(t *testing.T) {
				a := newScene()
				s := morning()
				time.Sleep(time.Until(s.NextAt.Add(-time.Minute)))
				if _, err := a.memory.AddSubscription(t.Context(), s, guild.AuditEntry{}); err != nil {
					t.Fatal(err)
				}
				a.discord.fault = func(c string, n int) fault {
					if c == "create" && n <= call {
						return f
					}
					return fine
				}
				var windows []string
				a.renderer.fail = func(m notify.Message) error {
					windows = append(windows, m.From.String()+m.To.String())
					return nil
				}
				for range 40 { // a process lives for half a minute
					if _, err := notify.NewDigests(a.memory, quiet()).Tick(t.Context(), time.Now()); err != nil {
						t.Fatal(err)
					}
					a.Dispatcher = notify.NewDispatcher(a.memory, a.discord, a.renderer, quiet())
					a.settle(t, 30*time.Second)
				}
				if got := a.shown("7"); len(got) != 1 {
					t.Errorf("%d failures (%d): shown %v", call, f, got)
				}
				for _, w := range windows {
					if w != windows[0] {
						t.Errorf("told %s, then %s", windows[0], w)
					}
				}
			})
		}
	}
}

func TestDueDigestsLeaveOutWhatIsNotDue(t *testing.T) {
	alert, paused, broken, fresh := morning(), morning(), morning(), morning()
	alert.Schedule = ""
	paused.Paused = "no access"
	broken.Zone = "Europe/Atlantis"
	now := morning().NextAt.Add(time.Minute)
	fresh.CreatedAt, fresh.NextAt, fresh.DoneTo = now.Add(-time.Second), time.Time{}, time.Time{}
	if got := notify.DueDigests(now, []notify.Subscription{alert, paused, broken, fresh}); len(got) != 0 {
		t.Errorf("owed %+v, want nothing", got)
	}
}

func TestDueDigestsHealAfterTheClockWasAhead(t *testing.T) {
	s := morning()
	now := s.NextAt.Add(time.Minute)
	s.NextAt, s.DoneTo = s.NextAt.AddDate(4, 0, 0), s.NextAt.AddDate(4, 0, -1)
	got := notify.DueDigests(now, []notify.Subscription{s})
	if len(got) != 1 || got[0].Key != "digest/5/2026-03-02T0800" || !got[0].From.Before(now) {
		t.Errorf("owed %+v, want today's with a window that ends now", got)
	}
	if got := notify.DueDigests(now.Add(-10*time.Minute), []notify.Subscription{s}); len(got) != 0 {
		t.Errorf("owed %+v before its time", got)
	}
}

// digestRun ticks a shelf with one digest through virtual time and returns what it owes.
func digestRun(t *testing.T, s notify.Subscription, ticks func(yield func(time.Time) bool)) []notify.Message {
	t.Helper()
	shelf := new(notifytest.Memory)
	if _, err := shelf.AddSubscription(t.Context(), s, guild.AuditEntry{}); err != nil {
		t.Fatal(err)
	}
	d := notify.NewDigests(shelf, quiet())
	for now := range ticks {
		if _, err := d.Tick(t.Context(), now); err != nil {
			t.Fatal(err)
		}
	}
	return shelf.Messages()
}

// every ticks from one time to another.
func every(tick time.Duration, from, to time.Time) func(func(time.Time) bool) {
	return func(yield func(time.Time) bool) {
		for at := from; at.Before(to); at = at.Add(tick) {
			if !yield(at) {
				return
			}
		}
	}
}

func TestTickOwesOneDigestADayWithoutGaps(t *testing.T) {
	for name, spec := range map[string]string{
		"Europe/Berlin": "30 2 * * *", "Africa/Cairo": "0 0 * * *", "America/Santiago": "30 23 * * *",
	} {
		t.Run(name, func(t *testing.T) {
			z := zone(t, name)
			from := time.Date(2026, 1, 1, 12, 0, 0, 0, z)
			s := morning()
			s.Schedule, s.Zone, s.CreatedAt, s.DoneTo = spec, name, from, from
			s.NextAt = schedule(t, spec).Next(from, z)
			got := digestRun(t, s, every(10*time.Minute, from, from.AddDate(1, 0, 0)))
			if len(got) != 365 {
				t.Errorf("owed %d digests in a year, want 365", len(got))
			}
			last := from
			days := make(map[string]bool)
			for _, m := range got {
				if !m.From.Equal(last) {
					t.Fatalf("%s tells from %v, want from %v where the last ended", m.Key, m.From, last)
				}
				last = m.To
				days[m.To.In(z).Format(time.DateOnly)] = true
			}
			if len(days) != 365 {
				t.Errorf("digests on %d days, want one on each of 365", len(days))
			}
		})
	}
}

func TestTickLosesNothingOverAnOutageAndClockJumps(t *testing.T) {
	s := morning()
	start := s.NextAt
	ticks := func(yield func(time.Time) bool) {
		for _, span := range [][2]time.Duration{
			{0, time.Hour},                                 // told at 08:00
			{-2 * time.Hour, 3 * time.Hour},                // the clock is set back over it
			{31 * time.Hour, 40 * time.Hour},               // down over the next one: skipped
			{48 * time.Hour, 49 * time.Hour},               // told
			{48*time.Hour - 2*time.Minute, 50 * time.Hour}, // a small step back
			{74 * time.Hour, 75 * time.Hour},               // two hours late: told
		} {
			for at := range every(time.Minute, start.Add(span[0]), start.Add(span[1])) {
				if !yield(at) {
					return
				}
			}
		}
	}
	got := digestRun(t, s, ticks)
	want := []string{"digest/5/2026-03-02T0800", "digest/5/2026-03-04T0800", "digest/5/2026-03-05T0800"}
	var keys []string
	last := s.DoneTo
	for _, m := range got {
		keys = append(keys, strings.Replace(m.Key, "digest/1/", "digest/5/", 1))
		if !m.From.Equal(last) {
			t.Errorf("%s tells from %v, want from %v", m.Key, m.From, last)
		}
		last = m.To
	}
	if diff := cmp.Diff(want, keys); diff != "" {
		t.Errorf("digests (-want +got):\n%s", diff)
	}
}

// brokenShelf fails for one subscription.
type brokenShelf struct {
	*notifytest.Memory
	bad notify.SubscriptionID
	err error
}

func (b brokenShelf) OweDigest(ctx context.Context, m notify.Message, next, doneTo time.Time) error {
	if m.Subscription == b.bad {
		return b.err
	}
	return b.Memory.OweDigest(ctx, m, next, doneTo)
}

func TestTickGoesOnAfterOneFails(t *testing.T) {
	disk := errors.New("disk full")
	for _, tt := range []struct{ err, want error }{{disk, disk}, {notify.ErrNotFound, nil}} {
		shelf := brokenShelf{new(notifytest.Memory), 1, tt.err}
		for range 3 {
			if _, err := shelf.AddSubscription(t.Context(), morning(), guild.AuditEntry{}); err != nil {
				t.Fatal(err)
			}
		}
		owed, err := notify.NewDigests(shelf, quiet()).Tick(t.Context(), morning().NextAt)
		if owed != 2 || !errors.Is(err, tt.want) {
			t.Errorf("owed %d with %v, want 2 with %v", owed, err, tt.want)
		}
	}
}

func TestTickReportsABadScheduleOnce(t *testing.T) {
	shelf := new(notifytest.Memory)
	s := morning()
	s.Zone = "Europe/Atlantis"
	if _, err := shelf.AddSubscription(t.Context(), s, guild.AuditEntry{}); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	d := notify.NewDigests(shelf, slog.New(slog.NewTextHandler(&out, nil)))
	for range 3 {
		if owed, err := d.Tick(t.Context(), s.NextAt); owed != 0 || err != nil {
			t.Fatalf("owed %d, %v", owed, err)
		}
	}
	if n := strings.Count(out.String(), "Atlantis"); n != 1 {
		t.Errorf("reported %d times:\n%s", n, out.String())
	}
}
