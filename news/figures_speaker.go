package news

import "strings"

// declarer is who a sentence says declared or proposed the truce whose length is
// number n: the owner ("X's unilateral 36-hour truce"), or who acts before the number
// ("X ordered a truce of 36 hours", "ordered by X to hold fire for 36 hours").
func (d *document) declarer(s sentence, n numeral) string {
	if name := d.ownerBefore(s, n.start); name != "" {
		return name
	}
	const reach = 14
	for _, h := range s.all(cDeclare, cPropose) {
		if h.Last >= n.start || n.start-h.Last > reach {
			continue
		}
		if next := h.Last + 1; next < n.start && d.pack.noise["agent "+d.tokens[next].Folded] {
			begin := h
			begin.Last = next
			if v, ok := d.nameRight(s, begin); ok {
				return v.Name
			}
			continue
		}
		if v, ok := d.nameLeft(s, h); ok {
			return v.Name
		}
	}
	return ""
}

// ownerBefore is the name in the possessive that stands right before token i, or with
// up to two words between.
func (d *document) ownerBefore(s sentence, i int) string {
	const between = 2
	for k := i - 1; k >= max(s.first, i-1-between) && !d.tokens[k+1].Comma && !d.tokens[k+1].Stop; k-- {
		m := d.mention[k]
		if m == 0 {
			continue
		}
		raw := d.cut(k, k)
		if !strings.HasSuffix(raw, "'s") && !strings.HasSuffix(raw, "’s") {
			return ""
		}
		if class, _ := d.classOfMention(d.mentions[m-1]); class == "" {
			return ""
		}
		name := d.cut(d.mentions[m-1].first, k)
		return strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
	}
	return ""
}
