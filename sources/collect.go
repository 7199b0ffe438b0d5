package sources

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"trucewire/news"
)

// Collect fetches the sources in parallel, workers at a time (zero: 16), and returns
// what each has, without a ledger and without filing: every entry is new, oldest
// first, and no poll is a baseline. It is for a first look at live feeds. What has
// not answered when ctx ends is returned as failed with that problem. The polls come
// in the order of srcs.
func Collect(ctx context.Context, f *Fetcher, srcs []Source, workers int, now time.Time) []Poll {
	p := NewPoller(noLedger{}, nil, f, slog.New(slog.DiscardHandler))
	p.Workers = workers
	return p.Collect(ctx, srcs, now)
}

// Collect is [Collect] with the poller's knobs. Filing the polls makes the next
// [Poller.Tick] ask conditionally.
func (p *Poller) Collect(ctx context.Context, srcs []Source, now time.Time) []Poll {
	q := p.forCollect()
	due := make([]Check, len(srcs))
	polls := make([]Poll, len(srcs))
	at := map[news.SourceID]int{}
	for i, s := range srcs {
		due[i], at[s.ID] = Check{Source: s}, i
		polls[i] = q.failed(due[i], look{url: s.URL, at: now, err: &FetchError{URL: MaskURL(s.URL), Err: ErrTimeout}})
	}
	for l := range q.lookAll(ctx, groupByHost(due), now) {
		for _, c := range l.checks {
			poll, err := q.pollOf(ctx, c, l)
			if err != nil {
				continue // no ledger is asked: cannot be
			}
			poll.Baseline = false
			polls[at[c.Source.ID]] = poll
		}
	}
	return polls
}

// forCollect is a poller that remembers nothing and leaves no gaps: a person waits.
func (p *Poller) forCollect() *Poller {
	q := NewPoller(noLedger{}, nil, p.fetcher, p.log)
	q.Workers, q.Every, q.Floor, q.Ceiling, q.Retention, q.Now = p.Workers, p.Every, p.Floor, p.Ceiling, p.Retention, p.Now
	q.HostGap = -1
	return q
}

// noLedger has seen nothing.
type noLedger struct{}

func (noLedger) DueChecks(context.Context, time.Time, int) ([]Check, error) { return nil, nil }

func (noLedger) SeenItems(context.Context, news.SourceID, []news.ItemID) (map[news.ItemID]Seen, error) {
	return nil, nil
}

// Newest returns the items of the polls that are not older than since, at most n of
// each source, all in time order.
func Newest(polls []Poll, since time.Time, n int) []news.Item {
	var out []news.Item
	for _, p := range polls {
		items := slices.DeleteFunc(slices.Clone(p.Items), func(it news.Item) bool { return it.Published.Before(since) })
		out = append(out, items[max(0, len(items)-n):]...)
	}
	slices.SortStableFunc(out, func(a, b news.Item) int { return a.Published.Compare(b.Published) })
	return out
}
