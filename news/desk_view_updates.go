package news

import "slices"

// renew tells revision, change and novelty anew, as if the desk had read these items
// alone.
func (d *Development) renew() {
	mentions := slices.Clone(d.Mentions)
	for i, m := range mentions {
		mentions[i].Novelty = d.toldAt(i).novelty
		if i == 0 || m.At.After(d.ChangedAt) {
			d.ChangedAt = m.At
		}
	}
	d.Mentions, d.Revision = mentions, len(mentions)
}

// toldAt is what the i-th mention brought to those before it.
func (d Development) toldAt(i int) told {
	m := d.Mentions[i]
	var was Development
	if i > 0 {
		was = d.upTo(i - 1)
	}
	r := Reading{Cite: m.Cite, Kinds: m.Kinds, Title: m.Title}
	var claims []Claim
	for _, c := range d.Claims {
		if c.Cite.Item == m.Item {
			claims = append(claims, c)
		}
	}
	judge := batch{Desk: &Desk{}, now: m.At}
	if m.Main {
		return judge.novelty(was, r, claims, m)
	}
	return judge.minorNovelty(was, r, claims)
}

// UpdatesFor tells what the development's items brought to a view, in order: what a
// desk that read only its sources would have owed. What other servers' sources said
// first, confirmed or denied takes nothing from it.
func (d Development) UpdatesFor(v View) []Update {
	d = d.FoldedFor(v)
	var out []Update
	for i, m := range d.Mentions {
		if !m.Main {
			continue
		}
		t := d.toldAt(i)
		reason, ok := t.reason()
		if !ok {
			continue
		}
		u := Update{
			Development: d.ID, Revision: i + 1, Reason: reason, Severity: d.upTo(i).Severity,
			At: m.At, Item: m.Item, Source: m.Source,
		}
		if reason == ReasonCorrected {
			u.Correction = &t.corrections[0]
		}
		out = append(out, u)
	}
	return out
}
