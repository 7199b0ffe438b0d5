package news

import (
	"slices"

	"trucewire/news/lexicon"
)

// Limits of what is kept of one item.
const (
	maxClaims     = 16
	maxQuote      = 600 // bytes; a longer sentence is cut at a word
	claimSentence = 60  // sentences that may carry a claim
)

// claims reads the statements of an item: the main ones, of the kinds it was filed
// under, and the minor ones that say most. An article tells far more than its
// statements; what is only told again, or is fighting without a witness, is left out.
func (r *Reader) claims(f *facts, kinds []Kind, figures []figure, voices map[int]voice) []Claim {
	if len(kinds) == 0 {
		return nil
	}
	article := len(f.d.sents) > articleSentences
	var found []weighedClaim
	for i := range f.d.sents[:min(len(f.d.sents), claimSentence)] {
		if article {
			found = append(found, r.ofArticle(f, i, kinds, figures, voices)...)
			continue
		}
		found = append(found, r.ofBrief(f, i, kinds, figures, voices)...)
	}
	found = r.withHead(f, kinds, found, figures, voices)
	if article {
		return f.d.mergeClaims(likeliest(withoutHeadline(found)), kinds)
	}
	return f.d.mergeClaims(withinQuotas(found), kinds)
}

// ofBrief are the claims of one sentence of a headline or a summary: of each kind that
// it states.
func (r *Reader) ofBrief(f *facts, sent int, kinds []Kind, figures []figure, voices map[int]voice) []weighedClaim {
	var out []weighedClaim
	for n, k := range r.kindsOfSentence(f, sent, figures) {
		c := r.claimAs(f, sent, k, kinds, figures, voices)
		out = append(out, weighedClaim{c, sent, f.claimWeight(sent, k, c, n > 0)})
	}
	return out
}

// claimAs reads a claim of a sentence, and whether it is one that the item is filed
// under.
func (r *Reader) claimAs(f *facts, sent int, k sentenceKind, kinds []Kind, figures []figure, voices map[int]voice) Claim {
	s := f.d.said(f.d.sents[sent])
	c := r.claim(f, sent, s, k, figures, voices)
	c.Main = slices.Contains(kinds, k.kind) && s.part != "rest" && !f.aside(sent, k.event)
	if !c.Main && c.Sub == subCorrected {
		c.Sub = ""
	}
	return c
}

// withoutHeadline drops what the headline of an article states if the first sentences
// state it as well, with who says so.
func withoutHeadline(found []weighedClaim) []weighedClaim {
	return slices.DeleteFunc(slices.Clone(found), func(c weighedClaim) bool {
		return c.claim.InTitle && slices.ContainsFunc(found, func(o weighedClaim) bool {
			return !o.claim.InTitle && o.claim.Main && o.claim.Kind == c.claim.Kind
		})
	})
}

// withHead adds the claim that an item is filed under, where no sentence of its
// beginning states it as a phrase: of the headline, or of the first sentence that has
// a word for it.
func (r *Reader) withHead(f *facts, kinds []Kind, found []weighedClaim, figures []figure, voices map[int]voice) []weighedClaim {
	if len(f.d.sents) == 0 || slices.ContainsFunc(found, func(c weighedClaim) bool { return c.claim.Main && c.claim.Kind == kinds[0] }) {
		return found
	}
	k := sentenceKind{kinds[0], 1, unphrased(kinds[0], 0, f.d.sents[0].first)}
	for _, e := range f.events {
		if e.kind == kinds[0] && f.d.sents[e.sent].part != "rest" {
			k.event = e
			break
		}
	}
	for i, c := range found {
		if c.sent == k.event.sent && c.claim.Kind == kinds[0] {
			found[i].claim.Main = true
			return found
		}
	}
	c := r.claim(f, k.event.sent, f.d.sents[k.event.sent], k, figures, voices)
	c.Main = true
	return append(found, weighedClaim{c, k.event.sent, 0})
}

// sentenceKind is a kind that one sentence states.
type sentenceKind struct {
	kind  Kind
	p     float64
	event event
}

// minSecond is the share of the likeliest kind from which a second one is stated too.
const minSecond = 0.55

// minBeside is that share for what a sentence tells while the likeliest kind is only
// told in passing: "they met days after a plan was unveiled" is a meeting first.
const minBeside = 0.15

// kindsOfSentence are the kinds that one sentence states: the likeliest, a second one
// that is nearly as likely, and casualties where it counts people.
func (r *Reader) kindsOfSentence(f *facts, sent int, figures []figure) []sentenceKind {
	ranking := r.kindsAlone(f, sent)
	counted := slices.ContainsFunc(figures, func(g figure) bool {
		return g.in(sent) && (g.What == countKilled || g.What == countInjured)
	})
	var out []sentenceKind
	for i, k := range ranking {
		e, ok := r.eventOf(f, sent, k.kind)
		if !ok || len(out) == 2 {
			continue
		}
		beside := k.p >= minSecond*ranking[0].p || k.kind == Casualties && counted ||
			k.p >= minBeside*ranking[0].p && len(out) == 1 && f.aside(sent, out[0].event) && !f.aside(sent, e)
		if i == 0 || beside {
			out = append(out, sentenceKind{k.kind, k.p, e})
		}
	}
	return out
}

// eventOf is the phrase that states a kind in a sentence: the likeliest with an object,
// and one that is not told in passing before one that is.
func (r *Reader) eventOf(f *facts, sent int, k Kind) (event, bool) {
	var best event
	found, most := false, 0.0
	for _, e := range f.events {
		if e.sent != sent || e.kind != k || !stating(e) {
			continue
		}
		w := 1 + r.weights.Kind[e.frame.id+"@top"]/10
		if len(e.frame.object) > 0 {
			w++
		}
		if f.aside(sent, e) {
			w -= 2
		}
		if e.modality == asNotYet {
			w-- // what has happened is told before what was meant to
		}
		if !found || w > most {
			best, most, found = e, w, true
		}
	}
	if found {
		return best, true
	}
	return r.sharpEvent(f.d, f.d.sents[sent], sent, k)
}

// aside reports whether an event is told in passing only.
func (f *facts) aside(sent int, e event) bool {
	return f.d.inPassing(f.d.sents[sent], lexicon.Hit{First: e.at, Last: e.at})
}

// stating reports whether an event is enough for a claim: a phrase, not a bare word.
func stating(e event) bool {
	if len(e.frame.object) > 0 || len(e.frame.also) > 0 {
		return true
	}
	switch e.frame.id {
	case "talks", "swap", "capture", "killed", "access", "attack", "condemn", "mediate", "call", "welcome", "say", "warn":
		return true
	}
	return false
}

func (r *Reader) claim(f *facts, sent int, s sentence, k sentenceKind, figures []figure, voices map[int]voice) Claim {
	d := f.d
	c := Claim{
		Kind: k.kind, Parties: d.partiesIn(s), Actors: d.actorsIn(s), Place: d.townOf(s, k.event), Period: d.periodOf(s), Quote: clipQuote(d.quote(s)), InTitle: s.title,
		Sub: d.subOf(s, k.event), Spoken: d.spoken(s),
	}
	c.By = d.speakerOf(s, k.event, voices[sent])
	verified := (k.kind == Casualties || k.kind == Violation) && s.has(cAttrib) && d.verifies(s)
	c.Grade = grade(c.By, verified)
	if days := d.findDays(s.first, s.past, d.local); len(days) > 0 && !d.local.IsZero() {
		c.Day = firstDay(days)
		c.Begins, c.Ends = edgesOf(days)
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
	c.Roles = d.rolesIn(s, k.event, c)
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
		if d.pack.verified[d.tokens[i].Folded] && !d.deniedBefore(s, lexicon.Hit{First: i, Last: i}) {
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
