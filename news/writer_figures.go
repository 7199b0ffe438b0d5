package news

import (
	"slices"
	"strings"
)

// amount writes how many, in words of comparison: signs are mirrored in text that
// runs from right to left. It is empty for a figure without a number; "dozens" never
// becomes one.
func (b *book) amount(f Figure) string {
	if f.Min != nil && f.Max != nil && *f.Min != *f.Max {
		s, _ := b.amounts["range"].fill(values{"min": b.number(*f.Min), "max": b.number(*f.Max)})
		return s
	}
	n := f.Min
	if n == nil || f.Max != nil && (f.Qualifier == UpTo || f.Qualifier == FewerThan) {
		n = f.Max
	}
	if n == nil || f.Qualifier == Vague {
		return ""
	}
	t, ok := b.amounts[string(f.Qualifier)]
	if !ok {
		t = b.amounts[string(Exact)]
	}
	s, _ := t.fill(values{"n": b.number(*n)})
	return s
}

// single reports whether a figure counts but one: the item may have said so without a
// number ("a soldier was killed"), and the templates are in the plural.
func (f Figure) single() bool { return f.Min != nil && f.Max != nil && *f.Min == 1 && *f.Max == 1 }

// figure writes one figure with what it counts: "at least 19 civilians killed". It is
// empty for what has no number, no word for its unit, is but one, or is not counted in
// sentences.
func (b *book) figure(f Figure) string {
	t, ok := b.counts[f.What]
	amount := b.amount(f)
	unit, known := b.units[foldName(f.Unit)]
	if !ok || amount == "" || !known || f.single() {
		return ""
	}
	who := b.groups[foldName(f.Who)]
	if who == "" {
		who = unit
	}
	if single(f) {
		who, unit = b.singular(who), b.singular(unit)
		if one, ok := b.counts[f.What+"_one"]; ok {
			t = one
		}
	}
	s, _ := t.fill(values{"amount": amount, "who": who, "unit": unit})
	return s
}

// single reports whether a figure is one, however qualified.
func single(f Figure) bool {
	one := func(n *int) bool { return n == nil || *n == 1 }
	return (f.Min != nil || f.Max != nil) && one(f.Min) && one(f.Max)
}

// singular is the form of a word for one, where the book has it.
func (b *book) singular(word string) string {
	if one := b.Singulars[word]; one != "" {
		return one
	}
	return word
}

// figures writes the figures of a claim that its own speaker gives, of the kinds
// asked for (nil: all), in the claim's order and each once.
func (w *Writer) figures(b *book, c Claim, figures []Figure, kinds []string) string {
	var list []string
	for _, f := range figures {
		if kinds != nil && !slices.Contains(kinds, f.What) {
			continue
		}
		s := b.figure(f)
		if s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	if len(list) > 4 {
		list = list[:4]
	}
	return b.list(list)
}

// harmCounts are the figures of harm to people.
func harmCounts() []string {
	return []string{"killed", "injured", "missing", "displaced", "captured", "detained"}
}

// countsOf are the figures that a sentence of the kind may give; nil: all.
func countsOf(k Kind) []string {
	switch k {
	case Casualties:
		return harmCounts()
	case Exchange:
		return []string{"released", "captured", "detained"}
	case Humanitarian:
		return []string{"evacuated", "aid"}
	default:
		return nil
	}
}

// speakerOf is who gives a figure: its own speaker, or that of the claim.
func speakerOf(c Claim, f Figure) Speaker {
	if f.By == "" || strings.EqualFold(f.By, c.By.Name) {
		return c.By
	}
	return Speaker{Name: f.By}
}

// account is what one claimant says about harm.
type account struct {
	by       string // as printed; empty: the outlet itself
	claim    Claim  // the first claim it is of
	figures  []Figure
	verified bool
}

// accounts groups the figures of harm in claims by who gives them and where, the last
// figure of each kind counting: figures of different speakers are never added up.
func (w *Writer) accounts(b *book, claims []Claim) []account {
	var all []account
	for _, c := range claims {
		for _, f := range c.Figures {
			if !slices.Contains(harmCounts(), f.What) || b.figure(f) == "" {
				continue
			}
			by := w.speaker(b, speakerOf(c, f), c.Cite.Lang)
			all = addAccount(all, account{by: by, claim: c, verified: f.Verified || c.Grade == Verified}, f)
		}
	}
	for i := range all {
		all[i].figures = withoutParts(all[i].figures)
	}
	return all
}

func addAccount(all []account, a account, f Figure) []account {
	for i, known := range all {
		sameOutlet := known.claim.Cite.Outlet == a.claim.Cite.Outlet
		if known.by != a.by || a.by == "" && !sameOutlet || known.claim.Place != a.claim.Place {
			continue
		}
		all[i].figures = replaceFigure(known.figures, f)
		all[i].verified = known.verified && a.verified
		all[i].claim = a.claim
		return all
	}
	a.figures = []Figure{f}
	return append(all, a)
}

// withoutParts are figures without those that name no group and are smaller than
// another of the same kind: most are a part of it, and beside it they read as more.
func withoutParts(figures []Figure) []Figure {
	return slices.DeleteFunc(slices.Clone(figures), func(f Figure) bool {
		return f.Who == "" && slices.ContainsFunc(figures, func(o Figure) bool { return o.What == f.What && largest(o) > largest(f) })
	})
}

// largest is the highest number that a figure gives.
func largest(f Figure) int {
	n := 0
	for _, bound := range []*int{f.Min, f.Max} {
		if bound != nil {
			n = max(n, *bound)
		}
	}
	return n
}

// replaceFigure puts a newer figure of the same speaker in place of the older one of
// the same people.
func replaceFigure(figures []Figure, f Figure) []Figure {
	out := slices.Clone(figures)
	for i, old := range out {
		if old.What == f.What && old.Who == f.Who && old.Unit == f.Unit && old.Period == f.Period {
			out[i] = f
			return out
		}
	}
	return append(out, f)
}

// harm says what one claimant tells of harm.
func (w *Writer) harm(b *book, a account) string {
	figures := w.figures(b, a.claim, a.figures, harmCounts())
	_, in := w.place(b, a.claim.Place, a.claim.Cite.Lang)
	v := values{"speaker": a.by, "outlet": b.apart(w.outlet(a.claim.Cite.Outlet)), "figures": figures, "in": in}
	name := "harm"
	switch {
	case a.by == "":
		name = "harm_outlet"
	case a.verified:
		name = "harm_verified"
	}
	s := b.text(name, v)
	if causeNotStated(a.claim) && hasDeaths(a.figures) {
		s = b.text("no_cause", values{"sentence": s})
	}
	return s
}

// causeNotStated reports whether a body that counts the dead names no side for them.
// Of an outlet's own toll nothing is said: the cause may stand in another sentence.
func causeNotStated(c Claim) bool {
	return c.Kind == Casualties && len(c.Parties) == 0 && (c.By.Class == SpeakerUN || c.By.Class == SpeakerMonitor)
}

func hasDeaths(figures []Figure) bool {
	return slices.ContainsFunc(figures, func(f Figure) bool { return f.What == "killed" })
}
