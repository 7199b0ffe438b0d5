package news

import (
	"cmp"
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// told is what an item brings to a development that is known.
type told struct {
	novelty     Novelty
	facts       []string // rule ids of what is new, for --explain
	corrections []Correction
	corrected   []Claim // the claims that the corrections replace
	confirmed   bool    // a second origin lifts an unconfirmed development
	denied      bool
	retracted   bool
}

// why lists the rules behind novelty, reason and origin, for --explain.
func (t told) why(m Mention, copied bool) []string {
	out := []string{"novelty " + string(t.novelty)}
	out = append(out, t.facts...)
	if reason, ok := t.reason(); ok {
		out = append(out, "owed "+string(reason))
	}
	out = append(out, "origin "+m.Origin)
	if m.Side != "" {
		out = append(out, "origin.side "+string(m.Side))
	}
	if copied {
		out = append(out, "origin.copy: of an item of that origin")
	}
	return out
}

// novelty compares an item's claims with what a development told so far: by kind,
// figure, day, party and origin, never by wording.
func (b *batch) novelty(was Development, r Reading, claims []Claim, m Mention) told {
	t := told{novelty: Repeats}
	t.corrections, t.corrected = b.corrections(was, r, claims)
	if !was.Main {
		t.novelty = First
		if !m.opens() {
			t.novelty = Untold
		}
		return t
	}
	for _, c := range claims {
		t.facts = append(t.facts, b.newFacts(was, c)...)
		if c.Main && c.Sub == subDenial && b.denies(was, c) {
			t.denied = true
		}
		if c.Main && c.Sub == subRetraction {
			t.retracted = true
		}
	}
	if !overlap(was.Kinds, r.Kinds) && len(r.Kinds) > 0 {
		t.facts = append(t.facts, "novelty.kind")
	}
	t.confirmed = was.Unconfirmed(nil) && !t.denied && !t.retracted && !carries(was.affirmed(), m) && affirms(was, m, claims)
	if len(t.facts) > 0 || len(t.corrections) > 0 || t.denied || t.retracted {
		t.novelty = Adds
	}
	return t
}

// newFacts names what a claim tells that the development did not.
func (b *batch) newFacts(was Development, c Claim) []string {
	var facts []string
	for _, f := range c.Figures {
		if !f.vague() && f.What != "other" && !tellsFigure(was, f) {
			facts = append(facts, "novelty.figure "+f.What)
		}
	}
	if !c.Main {
		return facts
	}
	if speaker := b.origins.speaker(c.By); speaker != "" && c.By.Class != SpeakerMedia && !b.tellsSpeaker(was, speaker) {
		facts = append(facts, "novelty.speaker "+speaker)
	}
	if c.Day != "" && !slices.ContainsFunc(was.Claims, func(x Claim) bool { return x.Day == c.Day }) {
		facts = append(facts, "novelty.day "+c.Day)
	}
	if c.Sub != "" && !slices.ContainsFunc(was.Claims, func(x Claim) bool { return x.Sub == c.Sub }) {
		facts = append(facts, "novelty.term "+c.Sub)
	}
	return facts
}

func tellsFigure(d Development, f Figure) bool {
	return slices.ContainsFunc(d.Claims, func(c Claim) bool {
		return slices.ContainsFunc(c.Figures, func(x Figure) bool { return x.What == f.What && x.sameBounds(f) })
	})
}

func (b *batch) tellsSpeaker(d Development, speaker string) bool {
	return slices.ContainsFunc(d.Claims, func(c Claim) bool { return b.origins.speaker(c.By) == speaker })
}

// denies reports whether somebody else told what the claim denies.
func (b *batch) denies(was Development, c Claim) bool {
	return slices.ContainsFunc(was.Own(nil), func(x Claim) bool {
		return x.Sub != subDenial && b.origins.speaker(x.By) != b.origins.speaker(c.By)
	})
}

// carries reports whether an item of the same origin, or of the same side, told it.
func carries(d Development, m Mention) bool {
	return slices.ContainsFunc(d.Mentions, func(x Mention) bool { return x.independent() == m.independent() })
}

// corrections finds values that a later item of the same speaker replaced: fewer
// people than told, or another place. A toll that rises is an update of it, and
// another speaker's number stands beside it; neither corrects.
func (b *batch) corrections(was Development, r Reading, claims []Claim) ([]Correction, []Claim) {
	var found []Correction
	var replaced []Claim
	for _, c := range claims {
		for _, old := range was.Claims {
			if old.Kind != c.Kind || !r.At.After(old.Cite.At) || !b.sameSource(old, c) {
				continue
			}
			before, after, ok := replaces(old, c)
			if !ok || b.alreadyCorrected(was, found, before, after) {
				continue
			}
			found = append(found, Correction{At: b.now, Was: before, Now: after, Per: perWhom(c), Cite: c.Cite})
			replaced = append(replaced, old)
		}
	}
	return found, replaced
}

func (b *batch) alreadyCorrected(was Development, found []Correction, before, after string) bool {
	same := func(c Correction) bool { return c.Was == before && c.Now == after }
	return slices.ContainsFunc(was.Corrections, same) || slices.ContainsFunc(found, same)
}

// sameSource reports whether two claims rest on one responsible speaker, or on the
// own reporting of one outlet.
func (b *batch) sameSource(x, y Claim) bool {
	sx, sy := b.origins.speaker(x.By), b.origins.speaker(y.By)
	if sx != "" || sy != "" {
		return sx == sy
	}
	return x.By.Class != SpeakerAnonymous && y.By.Class != SpeakerAnonymous && x.Cite.Outlet == y.Cite.Outlet
}

// replaces tells which value of the old claim the new one replaces.
func replaces(old, c Claim) (was, now string, ok bool) {
	for _, f := range old.Figures {
		for _, g := range c.Figures {
			if f.lowered(g) {
				return f.words(), g.words(), true
			}
		}
	}
	same, _ := figuresAgree(old.Figures, c.Figures)
	// Places are compared as written, so only within one language.
	if same == 1 && old.Cite.Lang == c.Cite.Lang && movedPlace(old.Place, c.Place) {
		return "in " + old.Place, placeWords(c.Place), true
	}
	return "", "", false
}

// lowered reports whether g tells fewer of the same than f, which f's qualifier
// does not allow for.
func (f Figure) lowered(g Figure) bool {
	if f.What != g.What || f.Unit != g.Unit || f.Who != g.Who || f.Period != g.Period || f.Min == nil {
		return false
	}
	switch f.Qualifier {
	case Exact, AtLeast, MoreThan:
	default:
		return false
	}
	high := g.Max
	if high == nil && g.Qualifier != AtLeast && g.Qualifier != MoreThan {
		high = g.Min
	}
	return high != nil && *high < *f.Min
}

// movedPlace reports whether two places differ, and not merely in how exactly one
// place is named.
func movedPlace(a, b string) bool {
	fa, fb := lexicon.Fold(a), lexicon.Fold(b)
	if fa == "" || fb == "" || fa == fb {
		return false
	}
	if strings.Contains(fa, fb) || strings.Contains(fb, fa) {
		return outsideOf(fa) != outsideOf(fb)
	}
	return true
}

func outsideOf(folded string) bool {
	first, _, _ := strings.Cut(folded, " ")
	switch first {
	case "outside", "hors", "fuera", "خارج", "вне", "поза":
		return true
	}
	return false
}

func placeWords(place string) string {
	if outsideOf(lexicon.Fold(place)) {
		return place
	}
	return "in " + place
}

func perWhom(c Claim) string {
	return cmp.Or(c.By.Known, c.By.Name, string(c.Cite.Outlet))
}
