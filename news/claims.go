package news

import (
	"cmp"
	"math"
	"slices"

	"trucewire/news/lexicon"
)

// Limits of what is kept of one item.
const (
	maxClaims     = 14
	maxQuote      = 600 // bytes; a longer sentence is cut at a word
	claimSentence = 40  // sentences that may carry a claim
)

// claims reads the statements of an item: the main ones, of the kinds it was filed
// under, and the minor ones that say most. An article tells far more than its
// statements; what is only told again, or is fighting without a witness, is left out.
func (r *Reader) claims(f *facts, kinds []Kind, figures []figure, voices map[int]voice) []Claim {
	var found []weighedClaim
	for i, s := range f.d.sents {
		if i >= claimSentence {
			break
		}
		for _, k := range r.kindsOfSentence(f, i, figures) {
			c := r.claim(f, i, s, k, figures, voices)
			c.Main = slices.Contains(kinds, k.kind) && s.part != "rest" && !f.aside(i, k.event)
			if !c.Main && c.Sub == subCorrected {
				c.Sub = ""
			}
			found = append(found, weighedClaim{c, i, r.claimWeight(f, s, k, c)})
		}
	}
	return f.d.mergeClaims(withinQuotas(found, len(kinds) > 0), kinds)
}

// weighedClaim is a claim with its sentence and how much it says.
type weighedClaim struct {
	claim  Claim
	sent   int
	weight float64
}

// claimWeight says how much a claim adds: one that is tied to the process, that
// somebody answers for and that stands early says most.
func (r *Reader) claimWeight(f *facts, s sentence, k sentenceKind, c Claim) float64 {
	w := k.p
	if s.has(cTruce, cTalks, cDeal, cPlan, cPeace, cMediate, cCaptive) {
		w += 0.5
	}
	if c.By.Name != "" {
		w += 0.4
	}
	if len(c.Figures) > 0 {
		w += 0.2
	}
	if c.Place != "" || c.Day != "" {
		w += 0.2
	}
	if s.part != "rest" {
		w += 0.5
	}
	if c.Main {
		w += 0.5
	}
	if s.has(cPast) {
		w -= 0.1
	}
	switch c.Kind {
	case Escalation, ControlChange, Deescalation, Casualties:
		if c.By.Name == "" {
			w -= 0.4
		}
	}
	return w
}

// quota is how many claims of one kind an item keeps: an article has one report of
// fighting and many voices.
func quota(k Kind) int {
	switch k {
	case Statement, Casualties:
		return 3
	case Mediation:
		return 4
	case Escalation, ControlChange, Deescalation, Collapse, Expiry, Monitoring:
		return 1
	default:
		return 2
	}
}

// minWeight is what a minor claim must weigh at least.
const minWeight = 0.65

// withinQuotas keeps the weightiest claims of each kind, in the order of the item.
func withinQuotas(found []weighedClaim, filed bool) []Claim {
	order := slices.Clone(found)
	slices.SortStableFunc(order, func(a, b weighedClaim) int { return cmp.Compare(b.weight, a.weight) })
	kept := make(map[Kind]int)
	keep := make(map[int]bool) // index into found, by identity of sentence and kind
	for _, c := range order {
		if kept[c.claim.Kind] >= quota(c.claim.Kind) || c.weight < minWeight || len(keep) >= maxClaims || !filed {
			continue
		}
		kept[c.claim.Kind]++
		for i, o := range found {
			if o.sent == c.sent && o.claim.Kind == c.claim.Kind {
				keep[i] = true
			}
		}
	}
	var out []Claim
	for i, c := range found {
		if keep[i] {
			out = append(out, c.claim)
		}
	}
	return out
}

// minClaim is the share of a sentence's candidates from which its kind is a claim.
const minClaim = 0.34

// minSpoken is that share for the voice of a speaker who is quoted.
const minSpoken = 0.08

// asideShare is what a phrase counts that is told in passing ("as talks resumed").
const asideShare = 0.3

// bareShare is what a phrase without an object counts within a sentence.
const bareShare = 0.4

// aside reports whether an event is told in passing only.
func (f *facts) aside(sent int, e event) bool {
	return f.d.inPassing(f.d.sents[sent], lexicon.Hit{First: e.at, Last: e.at})
}

// sentenceKind is a kind that one sentence states.
type sentenceKind struct {
	kind  Kind
	p     float64
	event event
}

// kindsOfSentence ranks what one sentence states: the first kind, and casualties
// beside it where it counts people.
func (r *Reader) kindsOfSentence(f *facts, sent int, figures []figure) []sentenceKind {
	best := make(map[Kind]sentenceKind)
	sum := 0.0
	for _, e := range f.events {
		if e.sent != sent || !stating(e) {
			continue
		}
		id := e.frame.id
		if e.kind != e.frame.kind {
			id += "~" + string(e.kind)
		}
		w := math.Exp(r.weights.Kind[string(e.kind)] + r.weights.Kind[id+"@top"])
		if len(e.frame.object) == 0 {
			w *= bareShare
		}
		if f.aside(sent, e) {
			w *= asideShare
		}
		if w > best[e.kind].p {
			sum += w - best[e.kind].p
			best[e.kind] = sentenceKind{e.kind, w, e}
		}
	}
	counted := slices.ContainsFunc(figures, func(g figure) bool {
		return g.in(sent) && (g.What == countKilled || g.What == countInjured)
	})
	var out []sentenceKind
	for _, k := range Kinds() {
		b, ok := best[k]
		if !ok {
			continue
		}
		b.p /= sum
		if b.p >= minClaim || k == Casualties && counted || k == Statement && b.p >= minSpoken && f.d.spoken(f.d.sents[sent]) {
			out = append(out, b)
		}
	}
	slices.SortStableFunc(out, func(a, b sentenceKind) int { return cmp.Compare(b.p, a.p) })
	return out[:min(len(out), 2)]
}

// stating reports whether an event is enough for a claim: a phrase, not a bare word.
func stating(e event) bool {
	if len(e.frame.object) > 0 || len(e.frame.also) > 0 {
		return true
	}
	switch e.frame.id {
	case "talks", "swap", "capture", "killed", "access", "attack", "condemn", "mediate":
		return true
	}
	return false
}

func (r *Reader) claim(f *facts, sent int, s sentence, k sentenceKind, figures []figure, voices map[int]voice) Claim {
	d := f.d
	c := Claim{
		Kind: k.kind, Parties: d.partiesIn(s), Place: d.townIn(s), Quote: clipQuote(d.quote(s)), InTitle: s.title,
		Sub: d.subOf(s, k.event), Spoken: d.spoken(s),
	}
	c.By = d.speakerOf(s, k.event, voices[sent])
	verified := (k.kind == Casualties || k.kind == Violation) && s.has(cAttrib) && d.verifies(s)
	c.Grade = grade(c.By, verified)
	if days := d.findDays(s.first, s.past, d.local); len(days) > 0 && !d.local.IsZero() {
		c.Day = days[0].day
	}
	for _, g := range figures {
		if g.in(sent) && ofKind(g.What, k.kind) {
			g.Figure.Verified = verified
			if c.By.Name != "" {
				g.Figure.By = c.By.Name // as this sentence names who tells it; another may name them otherwise
			}
			c.Figures = append(c.Figures, g.Figure)
		}
	}
	return c
}

// speakerOf is who answers for an event: who is named as saying it, or who does it by
// speaking, as one accepts, rejects or calls for something.
func (d *document) speakerOf(s sentence, e event, v voice) Speaker {
	if v.Name != "" && v.answersFor(e.at) {
		return v.Speaker
	}
	spoken := slices.Contains(actClasses(), e.frame.trigger) && (e.kind == Statement || e.kind == Acceptance || e.kind == Rejection)
	if !spoken {
		return Speaker{}
	}
	for _, h := range s.all(e.frame.trigger) {
		if v, ok := d.actor(s, h); ok && h.First == e.at {
			return v.Speaker
		}
	}
	return Speaker{}
}

func ofKind(what string, k Kind) bool {
	switch what {
	case countKilled, countInjured, countMissing, countDisplaced, countDetained:
		return k == Casualties || k == Violation || k == Escalation || k == Humanitarian && what == countDisplaced
	case countReleased, countCaptured:
		return k == Exchange
	case countAid, countEvacuated:
		return k == Humanitarian
	case countDuration:
		return k != Casualties && k != Exchange
	default:
		return true
	}
}

// verifies reports whether the words of saying include the pack's word for verified.
func (d *document) verifies(s sentence) bool {
	for i := s.first; i < s.past; i++ {
		if d.pack.verified[d.tokens[i].Folded] {
			return true
		}
	}
	return false
}

// spoken reports whether words of the sentence stand in quotation marks.
func (d *document) spoken(s sentence) bool {
	for i := s.first; i < s.past; i++ {
		if d.tokens[i].Quote {
			return true
		}
	}
	return false
}

// partiesIn are the parties of the item's conflict that a sentence names, sorted:
// who backs a side from outside is none.
func (d *document) partiesIn(s sentence) []PartyID {
	var out []PartyID
	for _, m := range d.mentions {
		if m.first < s.first || m.first >= s.past {
			continue
		}
		for _, e := range m.entities {
			if p := d.names.entities[e].party; p != "" && d.own[p] && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	slices.Sort(out)
	return out
}

// clipQuote keeps at most maxQuote bytes of a sentence, cut before a word.
func clipQuote(s string) string {
	if len(s) <= maxQuote {
		return s
	}
	cut := 0
	for _, t := range lexicon.Tokens(s) {
		if t.End > maxQuote {
			break
		}
		cut = t.End
	}
	return s[:cut]
}

// mergeClaims drops a sentence of the text that says what the title or an earlier
// sentence said in the same words, and makes sure that one claim is the main one.
func (d *document) mergeClaims(claims []Claim, kinds []Kind) []Claim {
	var out []Claim
	for _, c := range claims {
		if c.Quote == "" || slices.ContainsFunc(out, func(o Claim) bool { return o.Kind == c.Kind && o.Quote == c.Quote }) {
			continue
		}
		out = append(out, c)
	}
	if len(kinds) == 0 || slices.ContainsFunc(out, func(c Claim) bool { return c.Main }) {
		return out
	}
	for i := range out {
		if out[i].Kind == kinds[0] {
			out[i].Main = true
			return out
		}
	}
	return out
}
