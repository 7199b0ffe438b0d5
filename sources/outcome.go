package sources

import (
	"context"
	"errors"
	"slices"
	"time"

	"trucewire/news"
)

const (
	// maxPollItems is how many entries of one document are looked at, the newest.
	maxPollItems = 200
	// maxAhead is how far a publisher's clock may run ahead before its date is not
	// believed.
	maxAhead = 15 * time.Minute
)

// pollOf turns a look into what one of its sources files.
func (p *Poller) pollOf(ctx context.Context, c Check, l look) (Poll, error) {
	if l.err != nil {
		return p.failed(c, l), nil
	}
	poll := Poll{Source: c.Source, State: p.answered(c, l), At: l.at}
	if l.res.NotModified || l.hash == c.State.BodyHash {
		return poll, nil
	}
	mem := readMemory(poll.State.Memory)
	entries := identify(c.Source.ID, l.feed.Items, readTrace(mem.trace))
	newestFirst(entries)
	if len(entries) > 0 {
		mem.trace = writeTrace(entries, mem.trace)
		poll.State.Memory = mem.String()
	}
	items, err := p.unseen(ctx, c.Source, l, entries)
	if err != nil {
		return Poll{}, err
	}
	poll.Items = items
	poll.Baseline = c.State.BaselineAt.IsZero()
	if poll.Baseline {
		poll.State.BaselineAt = l.at
	}
	poll.State.NewestAt = newest(c.State.NewestAt, items)
	return poll, nil
}

// failed keeps everything but the failure.
func (p *Poller) failed(c Check, l look) Poll {
	st := c.State
	st.Source, st.CheckedAt = c.Source.ID, l.at
	st.Failures++
	st.Problem = l.err.Error()
	if l.full && !st.BaselineAt.IsZero() { // an unanswered unconditional request counts, too
		mem := readMemory(st.Memory)
		mem.FullAt = l.at.Unix()
		st.Memory = mem.String()
	}
	st.NextCheckAt = p.pace().afterFailure(l.at, l.url, c.Source.Every, l.err, st.Failures)
	return Poll{Source: c.Source, State: st, At: l.at}
}

// answered is the state after a good answer, before its entries are looked at.
func (p *Poller) answered(c Check, l look) State {
	st := c.State
	st.Source, st.CheckedAt, st.OKAt = c.Source.ID, l.at, l.at
	st.Failures, st.Problem = 0, ""
	if l.res.ETag != "" || !l.res.NotModified {
		st.ETag = l.res.ETag
	}
	if l.res.LastModified != "" || !l.res.NotModified {
		st.LastModified = usable(l.res.LastModified, l.at)
	}
	if !l.res.NotModified {
		st.BodyHash = l.hash
	}
	mem := learn(readMemory(st.Memory), c, l)
	st.Memory = mem.String()
	pace := p.pace()
	every := pace.adapted(c.Source.Every, time.Duration(mem.Gap)*time.Minute)
	st.NextCheckAt = pace.afterAnswer(l.at, l.url, every, told{
		freshFor: l.res.FreshFor, retryAfter: l.res.RetryAfter, ttl: mem.ttl(), skipHours: mem.SkipHours, skipDays: mem.SkipDays,
	})
	return st
}

// learn updates what is remembered of the publisher's words.
func learn(m memory, c Check, l look) memory {
	if l.full {
		m.FullAt = l.at.Unix()
	}
	if !l.res.NotModified && l.hash != c.State.BodyHash {
		m.Gap = int(meanGap(l.feed.Items, l.at) / time.Minute)
		m.TTL = int(l.feed.TTL / time.Minute)
		m.SkipHours, m.SkipDays = l.feed.SkipHours, l.feed.SkipDays
	}
	switch to := l.res.MovedTo; {
	case l.url != c.Source.URL: // asked at the new place already
	case to == "":
		m.Moved = nil
	case m.Moved != nil && m.Moved.To == to:
		m.Moved = &move{To: to, Count: m.Moved.Count + 1, Since: m.Moved.Since}
	default:
		m.Moved = &move{To: to, Count: 1, Since: l.at.Unix()}
	}
	return m
}

// usable drops a Last-Modified of the future: sent back, it would silence the feed
// until then. (2038 is a common one.)
func usable(lastModified string, now time.Time) string {
	t, err := time.Parse(time.RFC1123, lastModified)
	if err == nil && t.After(now.Add(24*time.Hour)) {
		return ""
	}
	return lastModified
}

// unseen makes items of the entries that are new or edited, oldest first.
func (p *Poller) unseen(ctx context.Context, src Source, l look, entries []identified) ([]news.Item, error) {
	since := l.at.Add(-orDefault(p.Retention, defaultRetention))
	entries = slices.DeleteFunc(entries, func(e identified) bool { return !e.Published.IsZero() && e.Published.Before(since) })
	entries = entries[:min(len(entries), maxPollItems)]
	ids := make([]news.ItemID, len(entries))
	for i, e := range entries {
		ids[i] = e.id
	}
	seen, err := p.ledger.SeenItems(ctx, src.ID, ids)
	if err != nil {
		return nil, err
	}
	var items []news.Item
	for _, e := range slices.Backward(entries) {
		it := itemOf(src, l.feed, e, l.at)
		if s, ok := seen[it.ID]; ok {
			if s.Hash == ContentHash(it.Title, it.Text) {
				continue
			}
			it.Revision = s.Revision + 1
		}
		items = append(items, it)
	}
	return items, nil
}

// itemOf is an entry as the desk takes it. A date that is missing or in the future is
// replaced by the time it was first seen.
func itemOf(src Source, feed Feed, e identified, now time.Time) news.Item {
	it := news.Item{
		ID: e.id, Source: src.ID, Outlet: src.Outlet, URL: e.Link, Title: e.Title, Text: e.Text,
		Published: e.Published, Dated: true, FirstSeen: now, Lang: src.Lang,
	}
	if e.Published.IsZero() || e.Published.After(now.Add(maxAhead)) {
		it.Published, it.Dated = now, false
	}
	if it.Lang == "" {
		it.Lang = feed.Lang
	}
	if it.Outlet == "" {
		it.Outlet = news.OutletID(hostOf(src.URL))
	}
	return it
}

func newest(at time.Time, items []news.Item) time.Time {
	for _, it := range items {
		if it.Published.After(at) {
			at = it.Published
		}
	}
	return at
}

// remember keeps what concerns other sources: a host that wants to be left alone, an
// address that need not be asked again for a while.
func (p *Poller) remember(l look) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if status, ok := errors.AsType[*StatusError](l.err); ok {
		if pause := pauseOf(status); pause > 0 {
			p.paused[hostPort(l.url)] = l.at.Add(pause)
		}
	}
	if l.err != nil {
		return
	}
	for i, c := range l.checks {
		if next := p.answered(c, l).NextCheckAt; i == 0 || next.Before(p.asked[l.url]) {
			p.asked[l.url] = next
		}
	}
}
