package news

import "slices"

// update says what channels are owed for a main item: at most one thing per
// development, the gravest first. Repeats owe nothing unless they confirm.
func (b *batch) update(was, now Development, r Reading, t told, stale bool) {
	if !stale {
		if reason, ok := t.reason(); ok {
			u := b.owe(now, r, reason)
			if reason == ReasonCorrected {
				u.Correction = &now.Corrections[len(was.Corrections)]
			}
			b.out.Updates = append(b.out.Updates, u)
		}
	}
	b.spread(now, r, t, stale)
}

func (t told) reason() (Reason, bool) {
	switch {
	case t.novelty == First:
		return ReasonFirst, true
	case t.retracted:
		return ReasonRetracted, true
	case len(t.corrections) > 0:
		return ReasonCorrected, true
	case t.denied:
		return ReasonDenied, true
	case t.confirmed:
		return ReasonConfirmed, true
	case t.novelty == Adds:
		return ReasonAdds, true
	default:
		return "", false
	}
}

func (b *batch) owe(d Development, r Reading, reason Reason) Update {
	return Update{
		Development: d.ID, Revision: d.Revision + b.guestsOf(d.ID).revisions, Reason: reason, Severity: d.Severity,
		At: b.now, Item: r.Item, Source: r.Source,
	}
}

// spread carries corrections to the other developments that tell the replaced
// value beside their own step: their posts showed it too.
func (b *batch) spread(from Development, r Reading, t told, stale bool) {
	for i, old := range t.corrected {
		e := b.layers().entry(old.Cite.Item)
		if e == nil {
			continue
		}
		for _, id := range e.mentions {
			s, ok := b.layers().story(id)
			if !ok || id == from.ID || !slices.ContainsFunc(s.dev.Claims, old.tells) {
				continue
			}
			b.correct(s.dev, r, t.corrections[i], stale)
		}
	}
}

// tells reports whether two claims are the same words of one item.
func (c Claim) tells(o Claim) bool {
	return c.Cite.Item == o.Cite.Item && c.Kind == o.Kind && c.Quote == o.Quote
}

func (b *batch) correct(d Development, r Reading, c Correction, stale bool) {
	same := func(x Correction) bool { return x.Was == c.Was && x.Now == c.Now }
	if slices.ContainsFunc(d.Corrections, same) {
		return
	}
	d.Revision++
	d.ChangedAt = r.At
	d.Corrections = append(slices.Clip(d.Corrections), c)
	b.put(d)
	if d.Main && !stale {
		u := b.owe(d, r, ReasonCorrected)
		u.Correction = &c
		b.out.Updates = append(b.out.Updates, u)
	}
}
