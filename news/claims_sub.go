package news

import (
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// refinement is a sub of a kind: what a writer's phrase book has a sentence for.
type refinement struct {
	kind Kind
	sub  string
}

// addSubs prepares the pack's words for subs. A key that names no kind or no sub of
// it is left out: the writer could say nothing with it.
func (l *language) addSubs(p lexicon.Pack) {
	for _, key := range sortedKeys(p.Subs) {
		kind, sub, _ := strings.Cut(key, "/")
		if !slices.Contains(Subs(Kind(kind)), sub) {
			continue
		}
		for _, form := range p.Subs[key] {
			l.subs.Add(len(l.subOf), form)
		}
		l.subOf = append(l.subOf, refinement{Kind(kind), sub})
	}
}

// subOf refines the kind of a claim: what the grammar's phrase says, that it is only
// expected or denied, and else the pack's words in the sentence.
func (d *document) subOf(s sentence, e event) string {
	switch {
	case s.has(cRetract) && s.part != "rest":
		return subRetraction
	case d.corrects(s):
		return subCorrected
	case e.frame.sub == "reply":
		if e.modality == asNegated {
			return "no-reply"
		}
		return "position"
	case e.frame.sub != "":
		return e.frame.sub
	case e.modality == asNotYet:
		return subExpected
	case (e.modality == asNegated || e.kind == Statement) && d.denies(s):
		return subDenial
	case e.modality == asNegated:
		return subExpected // it is told not to have happened, which nobody need have claimed
	}
	return d.refined(s, e.kind)
}

// denies reports whether a sentence has a word of denying: "did not say" denies nothing.
func (d *document) denies(s sentence) bool {
	for i := s.first; i < s.past; i++ {
		if d.pack.denials[d.tokens[i].Folded] {
			return true
		}
	}
	return false
}

// corrects reports whether a sentence puts right what was told before: by its own
// words, or in the beginning of an item whose headline says so.
func (d *document) corrects(s sentence) bool {
	if s.part == "rest" {
		return false
	}
	return s.has(cCorrect) || slices.ContainsFunc(d.sents, func(o sentence) bool { return o.part == "title" && o.has(cCorrect) })
}

// refined is the sub of the longest words for one; of two that make one together
// ("new-round" and "indirect") that one.
func (d *document) refined(s sentence, k Kind) string {
	best, long := "", 0
	var all []string
	for _, h := range d.pack.subs.Find(d.tokens[s.first:s.past], nil) {
		r := d.pack.subOf[h.Class]
		if r.kind != k {
			continue
		}
		all = append(all, r.sub)
		if n := h.Last - h.First + 1; n > long {
			best, long = r.sub, n
		}
	}
	for _, a := range all {
		for _, b := range all {
			if both := a + "-" + b; slices.Contains(Subs(k), both) {
				return both
			}
		}
	}
	return best
}
