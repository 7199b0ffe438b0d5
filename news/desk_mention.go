package news

// mention completes how an item is tied to a development.
func (b *batch) mention(r Reading, m Mention, claims []Claim) Mention {
	m.Cite, m.Title, m.Certainty = r.Cite, r.Title, r.Certainty
	if m.Main {
		m.Arrangement = r.Arrangement
	}
	m.Side = b.origins.sideOf(r, m, claims)
	return m
}
