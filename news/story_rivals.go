package news

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// standOut tells of each match how far it is ahead of the next best by words: a
// development that stands out from all others needs fewer words in common.
func standOut(all []match) {
	first, second := 0.0, 0.0
	for i := range all {
		v := all[i].signals[sigTextAll]
		first, second = max(first, v), max(second, min(first, v))
	}
	for i := range all {
		own := all[i].signals[sigTextAll]
		next := first
		if own == first {
			next = second
		}
		all[i].signals[sigAhead] = max(0, own-next)
		all[i].signals[sigRivals] = next
	}
}

// crowd tells of each match what else goes on in the conflict: where many steps are
// told at once, one needs more in common.
func crowd(all []match, told step, at time.Time) {
	active := 0
	for i := range all {
		active += boolInt(!all[i].minor && at.Sub(all[i].story.last()) < 24*time.Hour)
	}
	recent := newestItems(all)
	latest := latestOf(all, told)
	for i := range all {
		m := &all[i]
		if m.minor {
			continue
		}
		last := m.story.last()
		others := active - boolInt(at.Sub(last) < 24*time.Hour)
		m.signals[sigCrowd] = math.Log1p(float64(others)) / 3
		m.signals[sigLatest] = truth(i == latest)
		since := slices.IndexFunc(recent, func(t time.Time) bool { return !t.After(last) })
		if since < 0 {
			since = len(recent)
		}
		m.signals[sigSince] = math.Exp(-float64(since) / 5)
	}
}

// newestItems gives when the newest items of all developments were published, the
// newest first. A score of them is enough: beyond that it makes no difference.
func newestItems(all []match) []time.Time {
	const enough = 20
	var times []time.Time
	for i := range all {
		members := all[i].story.members
		for _, x := range members[max(0, len(members)-compareMembers):] {
			times = append(times, x.at)
		}
	}
	slices.SortFunc(times, func(a, b time.Time) int { return b.Compare(a) })
	return times[:min(enough, len(times))]
}

// latestOf finds the development with the item's main kind that was told last; -1 if
// there is none.
func latestOf(all []match, told step) int {
	latest := -1
	if len(told.kinds) == 0 {
		return latest
	}
	for i := range all {
		s := all[i].story
		if all[i].minor || s.dev.Kind() != told.kinds[0] {
			continue
		}
		if latest < 0 || cmp.Or(s.last().Compare(all[latest].story.last()), cmp.Compare(s.dev.ID, all[latest].story.dev.ID)) > 0 {
			latest = i
		}
	}
	return latest
}
