package news

// period is the span of time that a sentence's counts are of, as it says ("since
// Saturday", "in the past week"); empty: not said.
func (c *counting) period() string {
	const longest = 5
	d := c.d
	for _, h := range c.words {
		if d.pack.countOf[h.Class] != "period" {
			continue
		}
		last := h.Last
		for last+1 < c.s.past && last < h.First+longest && !d.tokens[last+1].Comma && !d.tokens[last+1].Stop && !d.pack.noise["apart "+d.tokens[last+1].Folded] && !d.pack.stops[d.tokens[last+1].Folded] {
			last++
		}
		return d.cut(h.First, last)
	}
	return ""
}

// townIn is the catalogue place a sentence names, if any.
func (d *document) townIn(s sentence) string {
	for _, m := range d.mentions {
		if m.first < s.first || m.first >= s.past {
			continue
		}
		for _, e := range m.entities {
			if ent := d.names.entities[e]; ent.kind == entPlace {
				return d.relation(s, m) + ent.name
			}
		}
	}
	return ""
}

// outsidePlace begins the Place of a claim that is told to be outside of it.
const outsidePlace = "outside "

// relation is outsidePlace where a word before the place says that it is not in it:
// "outside the city of X".
func (d *document) relation(s sentence, m mention) string {
	const reach = 4
	for i := m.first - 1; i >= max(s.first, m.first-reach); i-- {
		if outsideOf(d.tokens[i].Folded) {
			return outsidePlace
		}
		if d.tokens[i+1].Comma || d.mention[i] != 0 {
			return ""
		}
	}
	return ""
}
