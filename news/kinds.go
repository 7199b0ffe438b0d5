package news

import (
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// modality is how a statement stands: a fact as told, expected, or denied.
type modality int

const (
	asFact modality = iota
	asNotYet
	asNegated
	asCalled // asked for by a speaker
)

// event is a phrase of the grammar found in a sentence: a candidate for what the
// item reports.
type event struct {
	kind     Kind
	frame    *frame
	sent     int  // index into document.sents
	at       int  // token of the trigger
	object   int  // token of the object, or -1
	loose    bool // the object is any deal, plan or talks, not surely of a process
	modality modality
}

// maxSentences is how many sentences are looked at for events. What a report is
// about stands before that.
const maxSentences = 80

// windows of modality, in tokens before the trigger. Measured on the minimal pairs.
const (
	notYetReach = 5
	negateReach = 4
	calledReach = 5
	voicedReach = 6
	bothReach   = 6
)

// findEvents matches the grammar against every sentence.
func (r *Reader) findEvents(d *document) []event {
	var out []event
	for i, s := range d.sents {
		if i >= maxSentences {
			break
		}
		s.hits = d.objects(s)
		from := len(out)
		for _, h := range s.hits {
			for _, f := range r.frames[h.Class] {
				if e, ok := d.match(f, s, h, i); ok {
					out = append(out, e)
				}
			}
		}
		out = withoutUsed(out, from)
		out = meetingsOfSides(out, from)
	}
	return out
}

// withoutUsed drops, of the events from index from on, the bare words that a phrase
// has taken as its object: in "talks stall" the talks are not held.
func withoutUsed(events []event, from int) []event {
	used := make(map[int]bool)
	for _, e := range events[from:] {
		if e.object >= 0 {
			used[e.object] = true
		}
	}
	kept := events[:from]
	for _, e := range events[from:] {
		if e.object >= 0 || !used[e.at] || e.frame.trigger == cSilent {
			kept = append(kept, e)
		}
	}
	return kept
}

// meetingsOfSides drops, of the events from index from on, the visits that are a meeting
// of the sides themselves: who talks with the other side is no go-between.
func meetingsOfSides(events []event, from int) []event {
	sides := make(map[int]bool)
	for _, e := range events[from:] {
		if e.frame.sides {
			sides[e.at] = true
		}
	}
	kept := events[:from]
	for _, e := range events[from:] {
		if e.frame.sides || !sides[e.at] || e.frame.kind != Mediation {
			kept = append(kept, e)
		}
	}
	return kept
}

// objects is a sentence's hits without the truce words that only describe another
// noun: "ceasefire talks" are talks, "a plan for a truce" is a plan.
func (d *document) objects(s sentence) []lexicon.Hit {
	out := make([]lexicon.Hit, 0, len(s.hits))
	for _, h := range s.hits {
		if h.Class == int(cTruce) && d.describes(s, h) || covers(s.hits, h) || d.leftOver(s, h) || d.compound(h) {
			continue
		}
		out = append(out, h)
	}
	return out
}

// describes reports whether a truce word is part of "truce talks" or "talks on a truce".
func (d *document) describes(s sentence, truce lexicon.Hit) bool {
	for _, h := range s.hits {
		if c := class(h.Class); c != cTalks && c != cPlan && c != cEffort {
			continue
		}
		if h.First == truce.Last+1 && !d.tokens[h.First].Comma || h.First <= truce.First && h.Last > truce.Last {
			return true
		}
		if h.Last < truce.First && truce.First-h.Last <= 4 && !d.parted(h.Last+1, truce.First, s) {
			return true
		}
	}
	return false
}

// parted reports whether a verb or a break of the sentence stands between tokens.
func (d *document) parted(from, to int, s sentence) bool {
	for i := from; i <= to; i++ {
		if d.tokens[i].Comma {
			return true
		}
	}
	return slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool {
		if h.First < from || h.Last >= to {
			return false
		}
		switch class(h.Class) {
		case cAgree, cReach, cDeclare, cAccept, cReject, cBegin, cEffect, cHold, cExtend, cExpire, cBreach,
			cContrast, cDespite, cFail, cCollapse, cQuit, cSay, cNot, cCall:
			return true
		}
		return false
	})
}

// covers reports whether a longer hit of the verb classes holds this shorter one:
// "called for" is no "called", "broke down" no "broke".
func covers(hits []lexicon.Hit, h lexicon.Hit) bool {
	if h.First != h.Last {
		return false
	}
	switch class(h.Class) {
	case cReach, cDeclare, cPropose, cAccept, cVisit, cBegin, cCollapse, cQuit, cBreach, cViolate, cHold, cPeace:
	default:
		return false
	}
	for _, o := range hits {
		if o.Last > o.First && o.First <= h.First && o.Last >= h.Last && o.Class != h.Class && strong(class(o.Class)) {
			return true
		}
	}
	return false
}

func strong(c class) bool {
	switch c {
	case cBegin, cCall, cTalks, cFail, cSuspend, cPeace, cTruce, cWithdraw, cCapture, cSwap, cEffect, cReach, cMeeting, cDeal, cPlan, cNotYet:
		return true
	}
	return false
}

// match tries one frame at one trigger.
func (d *document) match(f *frame, s sentence, trigger lexicon.Hit, sent int) (event, bool) {
	if len(f.also) > 0 && !s.has(f.also...) || len(f.without) > 0 && s.has(f.without...) {
		return event{}, false
	}
	if f.mute && d.classAt(trigger.Last+1, cSay, cAttrib) {
		return event{}, false
	}
	if f.sides && !d.sidesAround(s, trigger) || len(f.unless) > 0 && d.takes(s, trigger, f.unless) || len(f.takes) > 0 && !d.takes(s, trigger, f.takes) {
		return event{}, false
	}
	object, ok := d.find(f, s, trigger, f.object)
	loose := f.weak
	if !ok {
		object, ok = d.find(f, s, trigger, widened(f.object))
		loose = true
	}
	if !ok {
		return event{}, false
	}
	e := event{kind: f.kind, frame: f, sent: sent, at: trigger.First, object: object, loose: loose, modality: d.modality(s, trigger)}
	if f.kind == Violation && object >= 0 && object < trigger.First && d.noiseIn("sequel", object, trigger.First) {
		return event{}, false // "a truce after days of fighting"
	}
	if e.modality == asFact && d.deniedObject(s, trigger, object) {
		e.modality = asNegated
	}
	if f.both != "" && (d.bothAct(s, trigger, object) || f.partner && d.partnered(s, object)) {
		e.kind = f.both
	}
	switch e.modality {
	case asNotYet:
		if f.notYet != "" {
			e.kind = f.notYet
		}
	case asNegated:
		switch {
		case f.negated != "" && e.kind == Agreement && f.kind == Acceptance:
			e.kind = TalksFailed // "the sides fail to agree"
		case f.negated != "":
			e.kind = f.negated
		}
	case asCalled:
		if f.notYet != "" {
			e.kind = Statement
		}
	}
	return e, true
}

// bothAct reports whether two sides, or a word for both, stand where those who act do:
// before the trigger, or between it and its object where the verb comes first; or
// whether the trigger says so itself.
func (d *document) bothAct(s sentence, trigger lexicon.Hit, object int) bool {
	reach := bothReach * d.pack.spread
	if d.twoSides(s, trigger.First-reach, trigger.First-1) || d.pack.verbFirst && d.twoSides(s, trigger.Last+1, object-1) {
		return true
	}
	return slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool {
		return class(h.Class) == cMutual && h.First <= trigger.Last && h.Last >= trigger.First || class(h.Class) == cSides && (h.Last < trigger.First || d.pack.verbFirst && h.First > trigger.Last && h.Last < object)
	}) || d.joinedBefore(s, trigger) || d.joinedName(s, trigger)
}

// twoSides reports whether tokens [from, to] of a sentence name two sides of one
// conflict.
func (d *document) twoSides(s sentence, from, to int) bool {
	near := d.sidesNear(s, from, to)
	for i, a := range near {
		if slices.ContainsFunc(near[i+1:], func(b entity) bool { return opposed(a, b) }) {
			return true
		}
	}
	return false
}

// opposed reports whether two names stand for different sides of one conflict: two
// parties, or two countries. A country is no side against a party of its own war.
func opposed(a, b entity) bool {
	return a.id != b.id && (a.party == "") == (b.party == "") && (a.party == "" || a.party != b.party) &&
		slices.ContainsFunc(a.conflicts, func(c int) bool { return slices.Contains(b.conflicts, c) })
}

// joinedBefore reports whether two who can act are joined by "and", or by a headline's
// comma, before a trigger: "the government and the rebels", "Army, rebels agree".
func (d *document) joinedBefore(s sentence, trigger lexicon.Hit) bool {
	for i := max(s.first+1, trigger.First-bothReach); i < trigger.First; i++ {
		and := d.noiseIn("conj", i, i)
		if !and && !(s.title && d.commaBefore(i)) {
			continue
		}
		left := slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool {
			return actsFor(class(h.Class)) && h.Last < i && i-h.Last <= 2 && (and || h.First == s.first || !d.smallBetween(h.First-1, h.First))
		})
		right := slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool {
			return actsFor(class(h.Class)) && h.First >= i && h.First-i <= 3 && h.Last < trigger.First
		})
		if left && right {
			return true
		}
	}
	return false
}

// commaBefore reports whether a comma, not any other break, parts a token from the one
// before.
func (d *document) commaBefore(i int) bool {
	if i == 0 || i == d.head {
		return false
	}
	between := d.field(i < d.head)[d.tokens[i-1].End:d.tokens[i].Start]
	return strings.Trim(between, " ") == ","
}

// joinedName reports whether a war's name that is made of those of its two sides stands
// where those who act do: "India-Pakistan agree", "India, Pakistan agree".
func (d *document) joinedName(s sentence, trigger lexicon.Hit) bool {
	last := trigger.First - 1
	if last <= s.first || d.mention[last] == 0 {
		return false
	}
	m := d.mentions[d.mention[last]-1]
	return slices.ContainsFunc(m.entities, func(e int) bool { return d.names.entities[e].kind == entAlias }) &&
		m.last-m.first == 1 && strings.ContainsAny(d.field(s.title)[d.tokens[m.first].End:d.tokens[m.last].Start], ",-–")
}

// actsFor tells the classes of those who can make a truce.
func actsFor(c class) bool { return c == cActor || c == cLeader || c == cArmy || c == cRebel }

// sidesAround reports whether two sides stand around a trigger: both before it, or
// one before and another after.
func (d *document) sidesAround(s sentence, trigger lexicon.Hit) bool {
	if d.bothAct(s, trigger, trigger.Last) {
		return true
	}
	for _, a := range d.sidesNear(s, trigger.First-bothReach, trigger.First-1) {
		if slices.ContainsFunc(d.sidesNear(s, trigger.Last+1, trigger.Last+bothReach), func(b entity) bool { return opposed(a, b) }) {
			return true
		}
	}
	return false
}

// sidesNear are the parties and countries that tokens [from, to] of a sentence name.
func (d *document) sidesNear(s sentence, from, to int) []entity {
	var out []entity
	for _, m := range d.mentions {
		if m.first < max(from, s.first) || m.last > min(to, s.past-1) {
			continue
		}
		out = append(out, d.sidesOf(m)...)
	}
	return out
}

// sidesOf are the parties and countries that one mention stands for. A name that is a
// country's and its government's ("Israel") is one side.
func (d *document) sidesOf(m mention) []entity {
	var parties, countries []entity
	for _, e := range m.entities {
		switch ent := d.names.entities[e]; {
		case ent.kind == entParty, ent.kind == entPerson && ent.party != "":
			parties = append(parties, ent)
		case ent.kind == entCountry:
			countries = append(countries, ent)
		}
	}
	if len(parties) > 0 {
		return parties
	}
	return countries
}

// find looks for the frame's object around the trigger; -1 with true where the
// frame needs none. A word takes as many tokens as the language writes it in.
func (d *document) find(f *frame, s sentence, trigger lexicon.Hit, objects []class) (int, bool) {
	if len(f.object) == 0 {
		return -1, true
	}
	for _, h := range s.hits {
		if !slices.Contains(objects, class(h.Class)) {
			continue
		}
		if h.First <= trigger.Last && h.Last >= trigger.First {
			if trigger.Last > trigger.First && h.First > trigger.First {
				return h.First, true // the object is a part of the trigger: "call a ceasefire"
			}
			continue
		}
		ahead := h.First > trigger.Last && d.distance(trigger.Last, h.First) <= f.after*d.pack.spread
		behind := h.Last < trigger.First && d.distance(h.Last, trigger.First) <= f.before*d.pack.spread
		if (ahead || behind) && !f.blocked(s, trigger, h) {
			return h.First, true
		}
	}
	return 0, false
}

// widened are the objects of a frame without the demand that a deal or a plan be one
// of a peace process. They tell kinds apart, not whether there is a process.
func widened(objects []class) []class {
	var out []class
	for _, c := range objects {
		switch c {
		case cPeaceDeal:
			out = append(out, cDeal)
		case cPeacePlan:
			out = append(out, cPlan)
		}
	}
	return out
}

func (f *frame) blocked(s sentence, a, b lexicon.Hit) bool {
	if len(f.between) == 0 {
		return false
	}
	lo, hi := min(a.Last, b.Last), max(a.First, b.First)
	return slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool {
		return h.First > lo && h.Last < hi && slices.Contains(f.between, class(h.Class))
	})
}
