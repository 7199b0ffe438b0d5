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
			if v, ok := d.nameRight(s, begin, false); ok {
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
		if !d.possessive(k) {
			return ""
		}
		if class, _ := d.classOfMention(d.mentions[m-1]); class == "" {
			return ""
		}
		name := d.cut(d.mentions[m-1].first, k)
		return name[:len(name)-(d.tokens[k].End-d.tokens[k].Start)+d.bare(k)]
	}
	return ""
}

// possessive reports whether a word has the 's that the lexicon drops from it.
func (d *document) possessive(i int) bool {
	return d.bare(i) < d.tokens[i].End-d.tokens[i].Start
}

// bare is how many bytes of a word stand before an 's that the lexicon drops.
func (d *document) bare(i int) int {
	raw := d.cut(i, i)
	if at := strings.LastIndexAny(raw, "'’"); at > 0 && strings.EqualFold(strings.TrimLeft(raw[at:], "'’"), "s") {
		return at
	}
	return len(raw)
}
