package main

import (
	"context"
	"maps"
	"slices"
	"time"

	"trucewire/news"
	"trucewire/sources"
	"trucewire/store"
)

// advance fires what falls due up to and including now, in due order: digests, and the starts
// and ends that were announced.
func (r *replayer) advance(ctx context.Context, now time.Time) error {
	if r.digestEvery > 0 && !now.IsZero() && r.digestAt.IsZero() {
		r.digestAt = firstDigest(now, r.digestEvery)
	}
	for {
		d, ok := r.nextDeadline(now)
		switch digest := r.digestEvery > 0 && !r.digestAt.IsZero() && !r.digestAt.After(now); {
		case ok && (!digest || !d.Due.After(r.digestAt)):
			if err := r.fire(ctx, d); err != nil {
				return err
			}
		case digest:
			if err := r.printDigest(r.digestAt); err != nil {
				return err
			}
			r.digestAt = r.digestAt.Add(r.digestEvery)
		default:
			if now.After(r.clock) {
				r.clock = now
			}
			return nil
		}
	}
}

// nextDeadline is the first start or end that came since the last item and up to now.
// Reminders are not among them: nobody of the virtual channel asked.
func (r *replayer) nextDeadline(now time.Time) (news.Deadline, bool) {
	for _, d := range news.Deadlines(r.standings.all(), nil, nil) {
		if d.Stage != news.StageReminder && d.Due.After(r.clock) && !d.Due.After(now) && !r.fired[d.ID()] {
			return d, true
		}
	}
	return news.Deadline{}, false
}

// fire tells one deadline at its time. An end is the desk's to decide.
func (r *replayer) fire(ctx context.Context, d news.Deadline) error {
	r.fired[d.ID()] = true
	if d.Stage == news.StageStart {
		return r.printStart(d)
	}
	changes := r.desk.File(nil, d.Due)
	if err := r.take(ctx, sources.Poll{At: d.Due}, changes); err != nil {
		return err
	}
	return r.print(d.Due, news.Item{}, changes)
}

// take commits what the desk decided and takes it over.
func (r *replayer) take(ctx context.Context, p sources.Poll, changes news.Changes) error {
	if r.memory != nil {
		if err := r.memory.Commit(ctx, store.Commit{Poll: p, Changes: changes}); err != nil {
			return err
		}
	}
	r.desk.Apply(changes)
	for _, d := range changes.Developments {
		r.developments[d.ID] = d
	}
	r.standings.add(changes.Standings)
	return nil
}

// printStart prints that a start came and nobody confirmed it: under the post of what
// announced it, if there is one.
func (r *replayer) printStart(d news.Deadline) error {
	line := postLine{
		Type: "post", At: stamp(d.Due), Reason: news.ReasonDeadline, Form: "new", Developments: []news.DevelopmentID{},
		Severity: orNull(d.Severity()), Items: []news.ItemID{},
	}
	ref := ""
	for _, t := range d.Dates {
		line.Items = append(line.Items, t.Item)
		if home, ok := r.home(t.Item); ok && ref == "" {
			ref, line.Form = home.Ref, "reply"
			line.Developments, line.Outlets, line.Origins = []news.DevelopmentID{home.ID}, home.Outlets(nil), home.Origins(nil)
		}
	}
	line.Text = r.writer.Deadline(news.DeadlineInput{Deadline: d, Now: []news.Deadline{d}, Ref: ref})
	return r.out.Encode(line)
}

// home is the development that an item is filed under.
func (r *replayer) home(item news.ItemID) (news.Development, bool) {
	for _, id := range slices.Sorted(maps.Keys(r.developments)) {
		if d := r.developments[id]; d.Main && slices.ContainsFunc(d.Mentions, func(m news.Mention) bool { return m.Main && m.Item == item }) {
			return d, true
		}
	}
	return news.Development{}, false
}
