package news

import "slices"

// Outlets counts the outlets whose items the view sees.
func (d Development) Outlets(v View) int {
	seen := map[OutletID]bool{}
	for _, m := range d.Mentions {
		if v.Sees(m.Source) {
			seen[m.Outlet] = true
		}
	}
	return len(seen)
}

// Origins counts who says they know it, as far as the view sees: two outlets with
// one spokesman or one agency's copy are one origin, and so are a party and who backs
// it.
func (d Development) Origins(v View) int {
	seen := map[string]bool{}
	for _, m := range d.Mentions {
		if v.Sees(m.Source) {
			seen[m.independent()] = true
		}
	}
	return len(seen)
}

// independent is what mentions that corroborate each other differ in.
func (m Mention) independent() string {
	if m.Side != "" {
		return "side/" + string(m.Side)
	}
	return m.Origin
}

// OneSided gives the party whose side alone tells the development, as far as the view
// sees: itself or its backers. Empty: more than one side, or another's word.
func (d Development) OneSided(v View) PartyID {
	var side PartyID
	for _, m := range d.Mentions {
		switch {
		case !v.Sees(m.Source):
		case m.Side == "" || side != "" && m.Side != side:
			return ""
		default:
			side = m.Side
		}
	}
	return side
}

// Visible reports whether a source that the view sees mentions the development.
func (d Development) Visible(v View) bool {
	return slices.ContainsFunc(d.Mentions, func(m Mention) bool { return v.Sees(m.Source) })
}

// Unconfirmed reports whether a development of severity 1 or 2 rests on a single
// origin that cannot stand alone (see ceasefires.md §1.6), as far as the view sees.
func (d Development) Unconfirmed(v View) bool {
	d = d.FoldedFor(v)
	if d.Severity > Major || d.Severity == 0 || d.affirmed().Origins(nil) > 1 {
		return false
	}
	return !slices.ContainsFunc(d.Own(nil), Claim.primary)
}

// affirmed is the development with only those mentions that say that it is so: what is
// expected or denied corroborates nothing.
func (d Development) affirmed() Development {
	var saying []Mention
	for _, m := range d.Mentions {
		if affirms(d, m, d.Claims) {
			saying = append(saying, m)
		}
	}
	d.Mentions = saying
	return d
}

// affirms reports whether an item says that what the development tells is so: a claim of
// its kinds does, or it was filed under its kind and no claim says otherwise.
func affirms(d Development, m Mention, claims []Claim) bool {
	open := overlap(m.Kinds, d.Kinds)
	for _, c := range claims {
		if c.Cite.Item != m.Item || !slices.Contains(d.Kinds, c.Kind) {
			continue
		}
		if c.holds() {
			return true
		}
		open = false
	}
	return open
}

// Own gives the claims that tell the development itself, in the order told, as far
// as the view sees. Claims also holds what items that file it as main tell beside
// it (harm, another side's account); those are not among them.
func (d Development) Own(v View) []Claim {
	main := make(map[ItemID]bool, len(d.Mentions))
	for _, m := range d.Mentions {
		main[m.Item] = main[m.Item] || m.Main
	}
	var own []Claim
	for _, c := range d.Claims {
		if v.Sees(c.Cite.Source) && (c.Main || !main[c.Cite.Item]) {
			own = append(own, c)
		}
	}
	return own
}

// FoldedFor gives the development as the view sees it: claims, mentions and
// corrections of its sources only; kinds, severity, arrangement, novelty, times and
// revision told anew from them, so that nothing tells of what it does not see. A nil
// view gives the development itself. Where the view sees nothing, Mentions is empty.
func (d Development) FoldedFor(v View) Development {
	if v == nil {
		return d
	}
	keep := d
	keep.Claims, keep.Mentions, keep.Corrections = nil, nil, nil
	for _, c := range d.Claims {
		if v.Sees(c.Cite.Source) {
			keep.Claims = append(keep.Claims, c)
		}
	}
	for _, m := range d.Mentions {
		if v.Sees(m.Source) {
			keep.Mentions = append(keep.Mentions, m)
		}
	}
	for _, c := range d.Corrections {
		if v.Sees(c.Cite.Source) && keep.toldBefore(c) {
			keep.Corrections = append(keep.Corrections, c)
		}
	}
	slices.SortStableFunc(keep.Claims, func(x, y Claim) int { return x.Cite.At.Compare(y.Cite.At) })
	slices.SortStableFunc(keep.Mentions, func(x, y Mention) int { return x.At.Compare(y.At) })
	keep.settle()
	keep.renew()
	keep.OwnRevisions = 0
	return keep
}

// toldBefore reports whether one of the claims told the value that a correction
// replaced: what was never told needs no correction.
func (d Development) toldBefore(c Correction) bool {
	return slices.ContainsFunc(d.Claims, func(x Claim) bool {
		return "in "+x.Place == c.Was || slices.ContainsFunc(x.Figures, func(f Figure) bool { return f.words() == c.Was })
	})
}

// settle tells kinds, arrangement, severity, times and whether it is main anew from the mentions
// and claims.
func (d *Development) settle() {
	d.Kinds, d.Main = nil, false
	for _, m := range d.Mentions {
		if m.opens() && !d.Main { // the first item that opens a post says what the step is
			d.Kinds, d.Main = nil, true
		}
		if m.Main || !d.Main {
			d.Kinds = addKinds(d.Kinds, m.Kinds)
		}
	}
	d.Arrangement = ""
	for i, m := range d.Mentions {
		if d.Arrangement == "" {
			d.Arrangement = m.Arrangement
		}
		if i == 0 || m.At.Before(d.OpenedAt) {
			d.OpenedAt = m.At
		}
	}
	d.Certainty = d.surest()
	d.Severity = severityOf(*d)
}

// opens reports whether a mention may open a post: the item files the development as
// its main one, the reader was not merely guessing, and it is hardly one told already.
func (m Mention) opens() bool { return m.Main && m.Certainty < CertaintyLow && !m.Doubtful }

// surest is the certainty of the surest item that files the development.
func (d Development) surest() Certainty {
	best := CertaintyLow
	for _, m := range d.Mentions {
		if m.Main || !d.Main {
			best = min(best, m.Certainty)
		}
	}
	return best
}

// maxViewKinds bounds the kinds of one development; its items may differ on them.
const maxViewKinds = 4

func addKinds(kinds, more []Kind) []Kind {
	for _, k := range more {
		if len(kinds) < maxViewKinds && !slices.Contains(kinds, k) {
			kinds = append(slices.Clip(kinds), k)
		}
	}
	return kinds
}
