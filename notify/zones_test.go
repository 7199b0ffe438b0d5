package notify_test

import (
	_ "embed"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata" // the test needs no zone data of the machine

	"trucewire/notify"
)

// zoneNames are all names of the IANA time zone database, one a line.
//
//go:embed testdata/zones.txt
var zoneNames string

// specsOfZones are the schedules that every zone is tried with.
func specsOfZones() []string {
	return []string{
		"0 0 * * *", "30 0 * * *", "0 1 * * *", "30 1 * * *", "0 2 * * *", "30 2 * * *", "15 3 * * *", "30 23 * * *", "59 23 * * *",
		"0 8 * * *", "0 */1 * * *", "0 */6 * * *", "*/15 * * * *", "0 8 * * 1-5", "30 2 * * 0", "0 0 1 * *", "30 2 29 2 *",
		"0,30 1-3 * * *", "45 1 * 3,10 *", "0 12 * * 6",
	}
}

// TestEveryZoneOwesEachSlotOnce holds the due times of every zone of the world against a
// watcher who looks at a clock on the wall: every minute within three days of a change, every hour
// elsewhere. Zones of one history are tried once. The short form takes one year, the long one
// (TRUCEWIRE_LONG) 2024 to 2034.
func TestEveryZoneOwesEachSlotOnce(t *testing.T) {
	from, to := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	if os.Getenv("TRUCEWIRE_LONG") != "" {
		from, to = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2035, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	const least = 3_000_000 // digests
	part := 1
	if underRace { // two months, with the change of most clocks
		part, from, to = 7, from.AddDate(0, 2, 0), from.AddDate(0, 4, 0)
	}
	zones := histories(t, from, to)
	digests, work := 0, make(chan *time.Location)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for z := range work {
				n := 0
				clock := watchWall(z, from, to)
				for _, spec := range specsOfZones() {
					n += clock.try(t, spec)
				}
				mu.Lock()
				digests += n
				mu.Unlock()
			}
		})
	}
	for _, z := range zones {
		work <- z
	}
	close(work)
	wg.Wait()
	t.Logf("%d names, %d histories, %d schedules, %d digests", len(strings.Fields(zoneNames)), len(zones), len(specsOfZones()), digests)
	if len(zones) < 50 || digests < least/part {
		t.Errorf("only %d histories with %d digests were tried", len(zones), digests)
	}
}

// histories loads every zone and keeps one of each history of changes.
func histories(t *testing.T, from, to time.Time) []*time.Location {
	t.Helper()
	seen := make(map[string]bool)
	var out []*time.Location
	for _, name := range strings.Fields(zoneNames) {
		z := zone(t, name)
		_, offset := from.In(z).Zone()
		history := fmt.Sprint(offset)
		for _, turn := range turns(z, from, to) {
			_, offset := turn.In(z).Zone()
			history += fmt.Sprint(" ", turn.Unix(), offset)
		}
		if !seen[history] {
			seen[history] = true
			out = append(out, z)
		}
	}
	return out
}

// turns are the instants at which the zone's clocks are set.
func turns(z *time.Location, from, to time.Time) []time.Time {
	var out []time.Time
	for at := from; ; {
		_, end := at.In(z).ZoneBounds()
		if end.IsZero() || end.After(to) {
			return out
		}
		if _, was := end.Add(-time.Second).In(z).Zone(); was != offsetAt(end, z) {
			out = append(out, end)
		}
		at = end
	}
}

func offsetAt(t time.Time, z *time.Location) int {
	_, offset := t.In(z).Zone()
	return offset
}

// look is one look at the wall, in minutes since 1970: when, how long after the one before, what
// was shown, and the latest that was shown before.
type look struct{ at, step, shown, high int }

// wallClock is what a watcher saw.
type wallClock struct {
	zone     *time.Location
	from, to time.Time
	looks    []look
}

func watchWall(z *time.Location, from, to time.Time) wallClock {
	const near = 3 * 24 * time.Hour
	w := wallClock{zone: z, from: from, to: to}
	all := turns(z, from, to)
	high := int(from.Unix())/60 + offsetAt(from, z)/60
	for at := from; at.Before(to); {
		for len(all) > 0 && at.After(all[0].Add(near)) {
			all = all[1:]
		}
		step := time.Hour
		if len(all) > 0 && at.Add(step).After(all[0].Add(-near)) {
			step = time.Minute
		}
		at = at.Add(step)
		shown := int(at.Unix())/60 + offsetAt(at, z)/60
		if shown > high { // a clock that was set back shows what it showed before
			w.looks = append(w.looks, look{int(at.Unix()) / 60, int(step.Minutes()), shown, high})
			high = shown
		}
	}
	return w
}

// try compares the due times of a schedule with what the watcher saw, and returns how many there
// are.
func (w wallClock) try(t *testing.T, spec string) int {
	s, err := notify.ParseSchedule(spec)
	if err != nil {
		t.Error(err)
		return 0
	}
	names := readFields(spec)
	next, last, n := s.Next(w.from, w.zone), "", 0
	for _, l := range w.looks {
		for _, want := range names.due(l) {
			if !want.Before(w.to) {
				return n
			}
			if !next.Equal(want) {
				t.Errorf("%s %s: due %s, want %s", w.zone, spec, next.In(w.zone).Format(time.RFC3339), want.In(w.zone).Format(time.RFC3339))
				return n
			}
			slot := s.Slot(next, w.zone)
			if slot <= last {
				t.Errorf("%s %s: slot %s comes after %s: its digest would be taken for one that was told", w.zone, spec, slot, last)
				return n
			}
			last, n = slot, n+1
			next = s.Next(next, w.zone)
		}
	}
	if next.Before(w.to) && !next.IsZero() {
		t.Errorf("%s %s: due %s, and no clock shows it", w.zone, spec, next.In(w.zone).Format(time.RFC3339))
	}
	return n
}

// fields are the numbers that a schedule names, read without any cron parser.
type fields struct {
	minutes              []int
	hour, day, month, on [60]bool
}

func readFields(spec string) fields {
	f := strings.Fields(spec)
	of := func(list string) (in [60]bool) {
		for _, part := range strings.Split(list, ",") {
			for v, ok := range members(part) {
				in[v] = in[v] || ok
			}
		}
		return in
	}
	out := fields{hour: of(f[1]), day: of(f[2]), month: of(f[3]), on: of(f[4])}
	for v, ok := range of(f[0]) {
		if ok {
			out.minutes = append(out.minutes, v)
		}
	}
	return out
}

// due are the instants at which the clock showed or jumped a slot since the look before: each at
// its own minute, but those of a jump together, when it was over.
func (f fields) due(l look) []time.Time {
	var out []time.Time
	behind := l.shown - l.at // how far the wall is ahead of UTC now
	for hour := (l.high + 1) / 60; hour <= l.shown/60; hour++ {
		if !f.hour[hour%24] || !f.names(hour/24) {
			continue
		}
		for _, minute := range f.minutes {
			slot := hour*60 + minute
			if slot <= l.high || slot > l.shown {
				continue
			}
			at := slot - behind
			if l.shown-l.high > l.step {
				at = l.at // the clock was set forward
			}
			out = append(out, time.Unix(int64(at)*60, 0).UTC())
		}
	}
	return slices.CompactFunc(out, time.Time.Equal)
}

// names reports whether the schedule names the day, counted since 1970.
func (f fields) names(day int) bool {
	d := time.Unix(int64(day)*86400, 0).UTC()
	return f.day[d.Day()] && f.month[d.Month()] && f.on[d.Weekday()]
}
