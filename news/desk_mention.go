package news

import "slices"

// mention completes how an item is tied to a development.
func (b *batch) mention(to Development, r Reading, m Mention, claims []Claim) Mention {
	m.Cite, m.Title, m.Certainty = r.Cite, r.Title, r.Certainty
	if m.Main {
		m.Arrangement = r.Arrangement
	}
	if i := slices.IndexFunc(to.Mentions, func(x Mention) bool { return x.Origin == m.Origin }); i >= 0 {
		m.Side = to.Mentions[i].Side // also of a copy, which may name another speaker
		return m
	}
	m.Side = b.origins.sideOf(r, m, claims)
	return m
}
