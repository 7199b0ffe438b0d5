package notify_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/notify"
)

func schedule(t testing.TB, spec string) notify.Schedule {
	t.Helper()
	s, err := notify.ParseSchedule(spec)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestParseScheduleReadsWords(t *testing.T) {
	for spec, want := range map[string]string{
		"daily 08:00":      "0 8 * * *",
		"Daily 8:05":       "5 8 * * *",
		"daily":            "0 8 * * *",
		"21:30":            "30 21 * * *",
		"weekdays 07:15":   "15 7 * * 1-5",
		"weekends 10:00":   "0 10 * * 0,6",
		"sundays 10:00":    "0 10 * * 0",
		"friday 10:00":     "0 10 * * 5",
		"every 6 hours":    "0 */6 * * *",
		"every hour":       "0 */1 * * *",
		"hourly":           "0 */1 * * *",
		"  0 8 * * 1-5  ":  "0 8 * * 1-5",
		"*/15 * * * *":     "*/15 * * * *",
		"0 8 * * MON":      "0 8 * * mon",
		"30 6,18 1 1-6 *":  "30 6,18 1 1-6 *",
		"0 0 29 2 *":       "0 0 29 2 *",
		"0,30 22-23 * * 2": "0,30 22-23 * * 2",
	} {
		s, err := notify.ParseSchedule(spec)
		if err != nil || s.String() != want {
			t.Errorf("%q: got %q, %v; want %q", spec, s, err, want)
			continue
		}
		if again := schedule(t, s.String()); again.String() != want {
			t.Errorf("%q is not read back", s)
		}
	}
}

func TestParseScheduleRefusesAndSaysWhatToWrite(t *testing.T) {
	for spec, want := range map[string]string{
		"":                       "is empty",
		" \t\n":                  "is empty",
		"TZ=UTC":                 "must not name a time zone",
		"CRON_TZ=Africa/Tripoli": "must not name a time zone",
		"CRON_TZ=UTC 0 8 * * *":  "must not name a time zone",
		"tz=utc 0 8 * * *":       "must not name a time zone",
		"@daily":                 "not read here",
		"@every 1s":              "not read here",
		"* * * * *":              "again after 1 minutes",
		"*/10 * * * *":           "again after 10 minutes",
		"0,50 * * * *":           "again after 10 minutes",
		"5,55 23,0 * * *":        "again after 10 minutes",
		"0 0 31 2 *":             "never comes",
		"0 0 30 2 *":             "never comes",
		"61 * * * *":             "not understood",
		"0 8 * *":                "not understood",
		"0 0 8 * * *":            "not understood",
		"daily 25:00":            "not a time of day",
		"daily 08:60":            "not a time of day",
		"daily -1:00":            "not a time of day",
		"daily 8":                "not a time of day",
		"every 5 hours":          "every 5 hours",
		"every 0 hours":          "every 0 hours",
		"every many hours":       "every many hours",
		"every 10 minutes":       "not understood",
		"every":                  "not understood",
		"whenever 08:00":         "not understood",
		"daily 08:00 please":     "not understood",
		strings.Repeat("0", 201): "longer than",
		"0 8 * * */0":            "not understood",
	} {
		_, err := notify.ParseSchedule(spec)
		var field *notify.FieldError
		if !errors.As(err, &field) || field.Field != "schedule" || field.Fix == "" || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want a field error with %q and what to do", spec, err, want)
		}
	}
}

func FuzzParseSchedule(f *testing.F) {
	for _, seed := range []string{
		"0 8 * * 1-5", "daily 08:00", "TZ=UTC", "CRON_TZ=", "@every", "*/15 * * * *", "0 0 31 2 *", "every 6 hours", "? ? ? ? ?",
		"1-60/-1 * * * *", "0 8 L * 5#2", "\x00 \xff * * *",
	} {
		f.Add(seed)
	}
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, spec string) {
		s, err := notify.ParseSchedule(spec)
		if err != nil {
			return
		}
		next := s.Next(at, nil)
		if !next.After(at) {
			t.Errorf("%q: next after %v is %v", spec, at, next)
		}
		if gap := s.Next(next, nil).Sub(next); gap < notify.MinInterval {
			t.Errorf("%q: runs again after %v", spec, gap)
		}
		if again, err := notify.ParseSchedule(s.String()); err != nil || again.String() != s.String() {
			t.Errorf("%q: %q is not read back: %v", spec, s, err)
		}
	})
}

// TestNextOnDaysWhenClocksChange names the days that robfig/cron misses or doubles.
func TestNextOnDaysWhenClocksChange(t *testing.T) {
	tests := []struct {
		zone, spec, from string   // local day before
		want             []string // the next ones, local time with offset
	}{
		{"Europe/Berlin", "30 2 * * *", "2026-03-28", []string{"2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"}},
		{"Europe/Berlin", "30 2 * * *", "2026-10-24", []string{"2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"}},
		{"America/New_York", "30 2 * * *", "2026-03-07", []string{"2026-03-07T02:30:00-05:00", "2026-03-08T03:00:00-04:00", "2026-03-09T02:30:00-04:00"}},
		{"America/New_York", "30 1 * * *", "2026-10-31", []string{"2026-10-31T01:30:00-04:00", "2026-11-01T01:30:00-04:00", "2026-11-02T01:30:00-05:00"}},
		{"Africa/Cairo", "0 0 * * *", "2026-04-23", []string{"2026-04-23T00:00:00+02:00", "2026-04-24T01:00:00+03:00", "2026-04-25T00:00:00+03:00"}},
		{"Africa/Cairo", "30 23 * * *", "2026-10-28", []string{"2026-10-28T23:30:00+03:00", "2026-10-29T23:30:00+03:00", "2026-10-30T23:30:00+02:00"}},
		{"Asia/Beirut", "30 0 * * *", "2026-03-28", []string{"2026-03-28T00:30:00+02:00", "2026-03-29T01:00:00+03:00", "2026-03-30T00:30:00+03:00"}},
		{"America/Santiago", "0 0 * * *", "2026-09-05", []string{"2026-09-05T00:00:00-04:00", "2026-09-06T01:00:00-03:00", "2026-09-07T00:00:00-03:00"}},
		{"America/Santiago", "30 23 * * *", "2026-04-03", []string{"2026-04-03T23:30:00-03:00", "2026-04-04T23:30:00-03:00", "2026-04-05T23:30:00-04:00"}},
		{"Europe/Berlin", "0 */1 * * *", "2026-03-29", []string{"2026-03-29T00:00:00+01:00", "2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00"}},
		{"Africa/Tripoli", "0 8 * * *", "2026-03-28", []string{"2026-03-28T08:00:00+02:00", "2026-03-29T08:00:00+02:00", "2026-03-30T08:00:00+02:00"}},
	}
	for _, tt := range tests {
		t.Run(tt.zone+" "+tt.spec, func(t *testing.T) {
			z := zone(t, tt.zone)
			day, err := time.ParseInLocation(time.DateOnly, tt.from, z)
			if err != nil {
				t.Fatal(err)
			}
			s := schedule(t, tt.spec)
			var got []string
			for at := day.Add(-time.Second); len(got) < len(tt.want); {
				at = s.Next(at, z)
				got = append(got, at.In(z).Format(time.RFC3339))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("due (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSlotIsOneForADoubledHour(t *testing.T) {
	z := zone(t, "Europe/Berlin")
	s := schedule(t, "daily 02:30")
	summer := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC)
	if a, b := s.Slot(summer, z), s.Slot(summer.Add(time.Hour), z); a != b || a != "2026-10-25T0230" {
		t.Errorf("got %q and %q, want one name", a, b)
	}
	if got := s.Slot(summer, nil); got != "2026-10-25T0030" {
		t.Errorf("without a zone got %q, want UTC", got)
	}
}

func TestZeroScheduleIsNeverDue(t *testing.T) {
	if got := (notify.Schedule{}).Next(noon, nil); !got.IsZero() {
		t.Errorf("got %v", got)
	}
}

// TestNextAgainstAClockOnTheWall watches a wall clock second by second, so to speak, and
// wants each slot of each local date once: at the first moment the clock shows it, or, if
// it never does, at the first moment it shows a later one.
func TestNextAgainstAClockOnTheWall(t *testing.T) {
	zones := []string{
		"Europe/Berlin", "America/New_York", "Africa/Cairo", "Asia/Beirut", "America/Santiago", "Australia/Lord_Howe",
		"Africa/Casablanca", "Africa/Tripoli", "Asia/Kathmandu", "Pacific/Chatham", "America/Havana", "Europe/Dublin", "UTC",
	}
	specs := []string{
		"0 0 * * *", "30 0 * * *", "0 1 * * *", "30 1 * * *", "0 2 * * *", "30 2 * * *", "15 3 * * *", "30 23 * * *",
		"0 8 * * *", "0 */1 * * *", "0 */6 * * *", "*/15 * * * *", "0 8 * * 1-5", "30 2 * * 0",
	}
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	if os.Getenv("TRUCEWIRE_LONG") != "" {
		from, to = from.AddDate(-2, 0, 0), to.AddDate(8, 0, 0)
	}
	for _, name := range zones {
		z := zone(t, name)
		clock := watch(z, from, to)
		for _, spec := range specs {
			s := schedule(t, spec)
			want := clock.due(t, spec)
			i := 0
			for at := s.Next(from, z); at.Before(to); at = s.Next(at, z) {
				if i >= len(want) || !at.Equal(want[i]) {
					var w string
					if i < len(want) {
						w = want[i].In(z).Format(time.RFC3339)
					}
					t.Errorf("%s %s: got %s, want %s", name, spec, at.In(z).Format(time.RFC3339), w)
					break
				}
				i++
			}
			if i < len(want) && !t.Failed() {
				t.Errorf("%s %s: missed %s", name, spec, want[i].In(z).Format(time.RFC3339))
			}
		}
	}
}

// wallWatch is what a wall clock showed at each quarter of an hour, in order.
type wallWatch struct {
	at    []time.Time
	shown []time.Time // as if in UTC
}

const quarter = 15 * time.Minute

// watch looks at the clock every quarter of an hour; all offsets of this century are
// multiples of it.
func watch(z *time.Location, from, to time.Time) wallWatch {
	var w wallWatch
	for at := from; at.Before(to); at = at.Add(quarter) {
		l := at.In(z)
		w.at = append(w.at, at)
		w.shown = append(w.shown, time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), 0, 0, time.UTC))
	}
	return w
}

// due are the moments, each once, at which the clock first showed a slot or had jumped it.
func (w wallWatch) due(t *testing.T, spec string) []time.Time {
	t.Helper()
	slot := slotMatcher(t, spec)
	var out []time.Time
	high := w.shown[0] // the latest time shown so far
	for i := 1; i < len(w.at); i++ {
		hit := false
		for s := high.Add(quarter); !s.After(w.shown[i]); s = s.Add(quarter) {
			hit = hit || slot(s)
			high = s
		}
		if hit {
			out = append(out, w.at[i])
		}
	}
	return out
}

// slotMatcher reads the few specs of the test without any cron parser.
func slotMatcher(t *testing.T, spec string) func(time.Time) bool {
	t.Helper()
	f := strings.Fields(spec)
	minute, hour, weekday := members(f[0]), members(f[1]), members(f[4])
	return func(s time.Time) bool {
		return minute[s.Minute()] && hour[s.Hour()] && weekday[s.Weekday()]
	}
}

// members are the numbers that a field names: "*", "*/6", "1-5" or "30".
func members(field string) (in [60]bool) {
	var lo, hi, n int
	for v := range in {
		switch {
		case field == "*":
			in[v] = true
		case scans(field, "*/%d", &n):
			in[v] = v%n == 0
		case scans(field, "%d-%d", &lo, &hi):
			in[v] = lo <= v && v <= hi
		case scans(field, "%d", &n):
			in[v] = v == n
		}
	}
	return in
}

func scans(s, format string, into ...any) bool {
	n, err := fmt.Sscanf(s, format, into...)
	return err == nil && n == len(into)
}
