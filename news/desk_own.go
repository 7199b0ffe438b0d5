package news

import (
	"maps"
	"slices"
	"time"
)

// A server's own source is seen by that server alone. Its items may join a development
// that the catalogue's sources told, as guests, but nothing that is decided for those
// sources looks at them: not their words, nor what they told first. What no other source
// tells is kept apart for each of them.

// fileOwn files an item of a server's own source.
func (b *batch) fileOwn(r Reading) {
	f := Filing{Item: r.Item, Stale: b.now.Sub(r.At) > Freshness}
	own := b.ownBatch(r.Source)
	switch {
	case r.Relevance != RelevantDevelopment:
		if b.keeps(r) {
			own.over.insert(own.entryOf(r))
		}
	default:
		b.fileOwnMain(own, r, &f)
		own.fileMinor(r, &f)
	}
	b.out.Readings = append(b.out.Readings, r)
	b.out.Filed = append(b.out.Filed, f)
}

// fileOwnMain files it under the development that it fits best, of the catalogue's
// sources or of its own.
func (b *batch) fileOwnMain(own *batch, r Reading, f *Filing) {
	e := own.entryOf(r)
	if d, ok := b.hosted(e.main); ok { // a new revision stays where the item is
		own.over.insert(e)
		b.fileGuest(own, e, d, r, []string{"story.revision"}, f)
		return
	}
	p := own.place(e, r)
	m, ok := match{}, false
	if e.main == "" {
		m, ok = b.best(b.layers(), newEntry(r), r)
	}
	own.over.insert(e)
	if ok && m.score > 0 && (p.story == nil || m.score >= p.score) {
		b.fileGuest(own, e, m.story.dev, r, append([]string{"story.guest"}, m.explain()...), f)
		return
	}
	own.fileMain(r, p, f)
}

// hosted finds a development of the catalogue's sources.
func (b *batch) hosted(id DevelopmentID) (Development, bool) {
	s, ok := b.layers().story(id)
	if !ok || id == "" {
		return Development{}, false
	}
	return s.dev, true
}

// fileGuest adds an item to a development of the catalogue's sources.
func (b *batch) fileGuest(own *batch, e *entry, host Development, r Reading, why []string, f *Filing) {
	guests := b.guestsOf(host.ID)
	was := guests.of(r.Source).joined(host)
	claims := claimsOf(r, nil, true)
	m := b.mention(was, r, Mention{Main: true, Origin: b.origins.of(r), Kinds: r.Kinds}, claims)
	told := b.novelty(was, r, claims, m)
	m.Novelty = told.novelty
	seen := was.with(r, m, claims)
	seen.Corrections = append(slices.Clip(seen.Corrections), told.corrections...)
	b.guests[host.ID] = guests.with(r, m, claims, told.corrections)
	e.link(host.ID, true)
	b.note(host.ID)
	f.Development, f.Novelty, f.Severity = host.ID, told.novelty, seen.Severity
	f.Why = append(why, told.why(m, false)...)
	if reason, ok := told.reason(); ok && !f.Stale {
		u := b.owe(host, r, reason)
		u.Severity = seen.Severity
		if reason == ReasonCorrected {
			u.Correction = &told.corrections[0]
		}
		b.out.Updates = append(b.out.Updates, u)
	}
}

// ownBatch is the batch of one own source: its desk sees its items alone.
func (b *batch) ownBatch(s SourceID) *batch {
	if own, ok := b.owns[s]; ok {
		return own
	}
	base := b.own[s]
	if base == nil {
		base = newWindow(false)
	}
	desk := &Desk{cat: b.cat, origins: b.origins, window: base, standings: map[standingKey]Standing{}, judges: b.judges}
	own := &batch{Desk: desk, now: b.now, over: newWindow(false), standings: map[standingKey]Standing{}}
	b.owns[s] = own
	return own
}

// takeOwn takes over what the own sources' batches decided. Their standings are their
// servers', folded from the claims.
func (b *batch) takeOwn() {
	for _, s := range slices.Sorted(maps.Keys(b.owns)) {
		own := b.owns[s].changes()
		b.out.Developments = append(b.out.Developments, own.Developments...)
		b.out.Updates = append(b.out.Updates, own.Updates...)
	}
}

// windowOf is the window that items of a source are in.
func (d *Desk) windowOf(s SourceID) *window {
	if !s.Own() || d.GroupOnly {
		return d.window
	}
	if d.own[s] == nil {
		d.own[s] = newWindow(false)
	}
	return d.own[s]
}

// take takes over a development's newest value.
func (d *Desk) take(dev Development) {
	if d.GroupOnly {
		d.window.put(dev, d.window.entry)
		return
	}
	host, g := splitGuests(dev)
	if len(host.Mentions) == 0 {
		own := d.windowOf(dev.Mentions[0].Source)
		own.put(dev, own.entry)
		return
	}
	d.window.put(host, d.window.entry)
	if g.revisions == 0 {
		return
	}
	d.guests[dev.ID] = g
	for _, m := range g.mentions {
		if e := d.windowOf(m.Source).items[m.Item]; e != nil {
			e.link(dev.ID, m.Main)
		}
	}
}

// evict forgets what was published up to the horizon.
func (d *Desk) evict(horizon time.Time) {
	d.window.evict(horizon)
	for s, own := range d.own {
		if own.evict(horizon); len(own.entries) == 0 {
			delete(d.own, s)
		}
	}
	for id := range d.guests {
		if _, ok := d.window.stories[id]; !ok {
			delete(d.guests, id)
		}
	}
}

// entry gives the item's entry, nil if the window has none.
func (w *window) entry(id ItemID) *entry { return w.items[id] }

// whole gives a development of the catalogue's sources with its guests.
func (b *batch) whole(d Development) Development { return b.guestsOf(d.ID).joined(d) }

func (b *batch) guestsOf(id DevelopmentID) guests {
	if g, ok := b.guests[id]; ok {
		return g
	}
	return b.Desk.guests[id]
}

// guests are what own sources told of a development that is not theirs.
type guests struct {
	revisions   int
	mentions    []Mention
	claims      []Claim
	corrections []Correction
}

// splitGuests parts a stored development into what the catalogue's sources told and its
// guests.
func splitGuests(d Development) (Development, guests) {
	own := func(c Cite) bool { return c.Source.Own() }
	g := guests{revisions: d.OwnRevisions}
	g.mentions, d.Mentions = part(d.Mentions, func(m Mention) bool { return own(m.Cite) })
	g.claims, d.Claims = part(d.Claims, func(c Claim) bool { return own(c.Cite) })
	g.corrections, d.Corrections = part(d.Corrections, func(c Correction) bool { return own(c.Cite) })
	d.Revision, d.OwnRevisions = d.Revision-g.revisions, 0
	d.settle()
	return d, g
}

// part gives what fits and the rest, each exactly as long as needed.
func part[T any](all []T, fits func(T) bool) (in, out []T) {
	for _, v := range all {
		if fits(v) {
			in = append(in, v)
		} else {
			out = append(out, v)
		}
	}
	return slices.Clip(in), slices.Clip(out)
}

// of are the guests of one source.
func (g guests) of(s SourceID) guests {
	g.mentions, _ = part(g.mentions, func(m Mention) bool { return m.Source == s })
	g.claims, _ = part(g.claims, func(c Claim) bool { return c.Cite.Source == s })
	g.corrections, _ = part(g.corrections, func(c Correction) bool { return c.Cite.Source == s })
	return g
}

// joined is a development with the guests behind what its own sources told.
func (g guests) joined(d Development) Development {
	if g.revisions == 0 {
		return d
	}
	d.Revision, d.OwnRevisions = d.Revision+g.revisions, g.revisions
	d.Mentions = slices.Concat(d.Mentions, g.mentions)
	d.Claims = slices.Concat(d.Claims, g.claims)
	d.Corrections = slices.Concat(d.Corrections, g.corrections)
	for _, m := range g.mentions {
		if m.At.After(d.ChangedAt) {
			d.ChangedAt = m.At
		}
	}
	d.settle()
	return d
}

// with are the guests with one more item.
func (g guests) with(r Reading, m Mention, claims []Claim, corrections []Correction) guests {
	grown := Development{Mentions: g.mentions, Claims: g.claims}.with(r, m, claims)
	g.revisions++
	g.mentions, g.claims = grown.Mentions, grown.Claims
	g.corrections = slices.Concat(g.corrections, corrections)
	return g
}
