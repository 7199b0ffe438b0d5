package news

import (
	"slices"
	"strings"
	"time"
)

// maxMinor bounds the minor developments of one item: a round-up tells everything.
const maxMinor = 8

// minorNear is how far apart a minor claim and the development it belongs to may be
// published.
const minorNear = 4 * 24 * time.Hour

// fileMinor files the item's other claims, each kind under a development of its
// own. They open no message.
func (b *batch) fileMinor(r Reading, f *Filing) {
	for _, m := range minorsOf(r) {
		k := m.kind
		claims := claimsOf(r, m.claims, false)
		s := b.placeMinor(r, k, claims, f)
		if s != nil && s.ID == f.Development {
			continue // told there already
		}
		was, dev := Development{}, b.open(r, []Kind{k}, k)
		if s != nil {
			was = s.whole()
			dev = was
		}
		origin := b.minorOrigin(r, claims)
		t := b.minorNovelty(was, r, claims)
		m := b.mention(dev, r, Mention{Novelty: t.novelty, Origin: origin, Kinds: []Kind{k}}, claims)
		dev = dev.with(r, m, claims)
		dev.Corrections = append(slices.Clip(dev.Corrections), t.corrections...)
		b.put(dev)
		f.Also = append(f.Also, Also{Development: dev.ID, Kinds: []Kind{k}})
		b.updateMinor(was, dev, r, t, f.Stale)
		if k.movesAsMinor() {
			b.moveStatus(dev, m, claims)
		}
	}
}

// updateMinor owes a correction where a channel may have been told the replaced
// value; nothing else of a minor mention opens or changes a message.
func (b *batch) updateMinor(was, now Development, r Reading, t told, stale bool) {
	if now.Main && len(t.corrections) > 0 && !stale {
		u := b.owe(now, r, ReasonCorrected)
		u.Correction = &now.Corrections[len(was.Corrections)]
		b.out.Updates = append(b.out.Updates, u)
	}
	b.spread(now, r, t, stale)
}

func (b *batch) minorNovelty(was Development, r Reading, claims []Claim) told {
	if was.ID == "" {
		return told{novelty: First}
	}
	t := told{novelty: Repeats}
	t.corrections, t.corrected = b.corrections(was, r, claims)
	for _, c := range claims {
		if len(b.newFacts(was, c)) > 0 {
			t.novelty = Adds
		}
	}
	return t
}

// minorOrigin is the first responsible speaker of the claims, else the item's own.
func (b *batch) minorOrigin(r Reading, claims []Claim) string {
	for _, c := range claims {
		if key := b.origins.speaker(c.By); key != "" {
			return key
		}
	}
	r.Claims = nil
	return b.origins.of(r)
}

// also reports whether the item is filed under a minor development already.
func (f *Filing) also(id DevelopmentID) bool {
	return slices.ContainsFunc(f.Also, func(a Also) bool { return a.Development == id })
}

// minor is what an item tells beside its main statement: claims of one step.
type minor struct {
	kind   Kind
	claims []int // places in the reading's claims
}

// minorsOf parts the minor claims of an item into steps, in the order told: each kind
// is one, but meetings and calls of different people and statements of different
// speakers are several. What somebody says who met another belongs to their meeting.
func minorsOf(r Reading) []minor {
	var out []minor
	for i, c := range r.Claims {
		if c.Main || !c.Kind.Valid() {
			continue
		}
		at := slices.IndexFunc(out, func(m minor) bool { return m.holds(r, c) })
		switch {
		case at >= 0:
			out[at].claims = append(out[at].claims, i)
		case len(out) < maxMinor:
			out = append(out, minor{c.Kind, []int{i}})
		}
	}
	return out
}

// holds reports whether a claim is of the step.
func (m minor) holds(r Reading, c Claim) bool {
	if c.Kind != m.kind && (c.Kind != Statement || m.kind != Mediation) {
		return false
	}
	return slices.ContainsFunc(m.claims, func(i int) bool { return r.Claims[i].sameStep(c) })
}

// sameStep reports whether two minor claims of one item tell one step.
func (c Claim) sameStep(o Claim) bool {
	switch {
	case c.Kind == Mediation && o.Kind == Statement:
		return o.By.Name != "" && strings.Contains(c.Quote, lastWord(o.By.Name))
	case c.Kind == Mediation:
		return shareOne(c.Actors, o.Actors) || shareOne(c.Parties, o.Parties) || len(c.Actors)+len(c.Parties) == 0 || len(o.Actors)+len(o.Parties) == 0
	case c.Kind == Statement:
		return c.By.Name == o.By.Name || c.By.ID != "" && c.By.ID == o.By.ID || c.By.Party != "" && c.By.Party == o.By.Party
	}
	return true
}

func lastWord(name string) string {
	words := strings.Fields(name)
	return words[len(words)-1]
}

func shareOne[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

// placeMinor finds the development that minor claims of one kind belong to: one of
// the conflict and kind, told within days, with a figure, day, place or speaker in
// common and most of the evidence's words.
func (b *batch) placeMinor(r Reading, k Kind, claims []Claim, f *Filing) *story {
	l := b.layers()
	if e := l.entry(r.Item); e != nil { // a new revision stays where the item is
		for _, id := range e.mentions {
			if s, ok := l.story(id); ok && id != e.main && s.Kind() == k && !f.also(id) {
				return s
			}
		}
	}
	said := b.origins.stepOfClaims(r.Conflict, claims)
	words := l.query(&entry{compared: compared{Terms: quoteTerms(r.Lang, claims)}})
	var best *story
	score := minorJoins
	for _, s := range l.about(subject{r.Conflict, k}) {
		gap := r.At.Sub(s.OpenedAt)
		if gap > minorNear || gap < -minorNear || f.also(s.ID) {
			continue // another step of the same item
		}
		l.base.keep(s)
		got := b.minorScore(l, said, words, s) + besideScore*truth(b.toldBeside(s, f.Development, r.Item))
		if got > score || got == score && best != nil && s.ID < best.ID {
			best, score = s, got
		}
	}
	return best
}

// minorJoins is the score above which minor claims join a development: a figure in
// common with one more thing, or most of the words.
const minorJoins = 1.6

// besideScore is what it counts that another item of the same main development told
// the minor one too: copies and retellings bring the same background along.
const besideScore = 1.7

// toldBeside reports whether another item tells both developments.
func (b *batch) toldBeside(s *story, main DevelopmentID, item ItemID) bool {
	m, ok := b.layers().story(main)
	if !ok || m.ID == s.ID {
		return false
	}
	told := m.toldBy(b.origins)
	return slices.ContainsFunc(s.toldBy(b.origins), func(x ItemID) bool { return x != item && slices.Contains(told, x) })
}

func (b *batch) minorScore(l layers, said step, words query, s *story) float64 {
	text := 0.0
	for _, e := range s.compared() {
		text = max(text, words.within(e.Terms))
	}
	return b.origins.claimsAgree(said, s.step(b.origins)) + 1.5*text
}

// claimsAgree weighs what two sets of claims of one kind have in common beside words.
func (o origins) claimsAgree(said, known step) float64 {
	figure, figures := figuresAgree(said.figures, known.figures)
	day, days := setsAgree(said.days, known.days)
	speaker, _ := setsAgree(said.speakers, known.speakers)
	place, places := setsAgree(said.places, known.places)
	return 1.5*figure - figures + day - days + 0.6*speaker + 0.6*place - 0.4*places + 0.6*jaccard(said.parties, known.parties)
}

// passing scores a main statement against a development that items only told in
// passing so far. Above 0 it is that development.
func (d *Desk) passing(said step, s *story) float64 {
	if len(said.kinds) == 0 || said.kinds[0] != s.Kind() {
		return 2 * followScore // not even the step before
	}
	return d.origins.claimsAgree(said, s.step(d.origins)) - minorJoins
}

// within is the share of the words' weight that stands among the terms.
func (q query) within(terms []Term) float64 {
	sum, all := 0.0, 0.0
	j := 0
	for i, t := range q.Terms {
		all += q.weight[i]
		for j < len(terms) && terms[j].Hash < t.Hash {
			j++
		}
		if j < len(terms) && terms[j].Hash == t.Hash {
			sum += q.weight[i]
		}
	}
	return share(sum, all)
}
