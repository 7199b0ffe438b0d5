package news

import (
	"slices"
	"strings"
	"time"
)

// batch is one call of File: what it decided so far lies over what the desk holds.
type batch struct {
	*Desk
	now       time.Time
	over      *window
	standings map[standingKey]Standing // newest of this batch
	out       Changes
	changed   []DevelopmentID // in order of first change
	owns      map[SourceID]*batch
	guests    map[DevelopmentID]guests // newest of this batch
}

func (b *batch) layers() layers { return newLayers(b.window, b.over) }

// file decides where one item goes.
func (b *batch) file(r Reading) {
	if r.Source.Own() && !b.GroupOnly {
		b.fileOwn(r)
		return
	}
	f := Filing{Item: r.Item, Stale: b.now.Sub(r.At) > Freshness}
	if b.GroupOnly || r.Relevance == RelevantDevelopment {
		e := b.entryOf(r)
		p := b.place(e, r) // compared before it is counted among the window's items
		b.over.insert(e)
		b.fileMain(r, p, &f)
		b.fileMinor(r, &f)
	} else if b.keeps(r) {
		b.over.insert(b.entryOf(r))
	}
	b.out.Readings = append(b.out.Readings, r)
	b.out.Filed = append(b.out.Filed, f)
}

// entryOf makes the item's entry; a new revision keeps the place of the old one.
func (b *batch) entryOf(r Reading) *entry {
	e := newEntry(r)
	if old := b.window.items[r.Item]; old != nil {
		e.main, e.mentions = old.main, slices.Clone(old.mentions)
	}
	return e
}

// fileMain files an item under the development it mainly reports.
func (b *batch) fileMain(r Reading, p placing, f *Filing) {
	s := p.story
	f.Why = p.why
	claims := claimsOf(r, nil, true)
	origin := b.origins.ofCopy(r, s)
	var was Development
	dev := b.open(r, r.Kinds, "")
	dev.Follows = p.follows
	if s != nil {
		was = s.whole()
		dev = was
	}
	m := b.mention(dev, r, Mention{Main: true, Origin: origin, Kinds: r.Kinds, Doubtful: p.doubtful}, claims)
	told := b.novelty(was, r, claims, m)
	m.Novelty = told.novelty
	dev = dev.with(r, m, claims)
	dev.Corrections = append(slices.Clip(dev.Corrections), told.corrections...)
	b.put(dev)
	f.Development, f.Novelty, f.Severity = dev.ID, told.novelty, dev.Severity
	f.Why = append(f.Why, told.why(m, origin != b.origins.of(r))...)
	b.update(was, dev, r, told, f.Stale)
	b.moveStatus(dev, m, mainClaims(claims))
}

// put makes a development's new value the one that later items of the batch see.
func (b *batch) put(d Development) {
	b.note(d.ID)
	b.over.put(d, b.layers().entry)
}

// note notes that a development changed.
func (b *batch) note(id DevelopmentID) {
	if !slices.Contains(b.changed, id) {
		b.changed = append(b.changed, id)
	}
}

// changes gathers what the batch decided.
func (b *batch) changes() Changes {
	for _, id := range b.changed {
		if s, ok := b.layers().story(id); ok {
			b.out.Developments = append(b.out.Developments, b.whole(s.whole()))
		}
	}
	b.takeOwn()
	return b.out
}

// with gives the development's next revision: one more item that mentions it. A
// mention of the item that is there already is kept, or becomes the main one.
func (d Development) with(r Reading, m Mention, claims []Claim) Development {
	d.Revision++
	d.ChangedAt = r.At
	d.Mentions = withMention(d.Mentions, m)
	fresh := slices.DeleteFunc(slices.Clone(claims), func(c Claim) bool { return slices.ContainsFunc(d.Claims, c.same) })
	d.Claims = slices.Concat(d.Claims, fresh) // exactly as long as needed: thousands are held
	d.settle()
	return d
}

func withMention(all []Mention, m Mention) []Mention {
	i := slices.IndexFunc(all, func(x Mention) bool { return x.Item == m.Item })
	if i < 0 {
		return slices.Concat(all, []Mention{m})
	}
	all = slices.Clone(all)
	if m.Main || !all[i].Main {
		all[i] = m
	}
	return all
}

// same reports whether two claims are one statement of one item.
func (c Claim) same(o Claim) bool {
	return c.Cite.Item == o.Cite.Item && c.Kind == o.Kind && c.Quote == o.Quote && c.Main == o.Main
}

// maxBeside bounds what a development keeps of what its items tell beside it.
const maxBeside = 6

// claimsOf gives the claims of an item for one development, each with its cite: the
// main statement with what the item tells beside it, or the minor claims at the
// given places.
func claimsOf(r Reading, minor []int, main bool) []Claim {
	var claims []Claim
	beside := 0
	for i, c := range r.Claims {
		if main && !c.Main {
			if beside++; beside > maxBeside {
				continue
			}
		}
		if main || slices.Contains(minor, i) {
			c.Cite = r.Cite
			c.Quote = strings.Clone(c.Quote) // not to hold the whole text for a sentence
			claims = append(claims, c)
		}
	}
	return claims
}

func mainClaims(claims []Claim) []Claim {
	return slices.DeleteFunc(slices.Clone(claims), func(c Claim) bool { return !c.Main })
}
