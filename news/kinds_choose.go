package news

import (
	"cmp"
	"math"
	"slices"

	"trucewire/news/lexicon"
)

// kindFeatures gives the features of every kind that the grammar found; a
// statement is always possible.
func (f *facts) kindFeatures() []KindFeatures {
	byKind := make(map[Kind]map[string]bool)
	on := func(k Kind, name string) {
		if byKind[k] == nil {
			byKind[k] = map[string]bool{string(k): true}
		}
		byKind[k][name] = true
	}
	on(Statement, string(Statement))
	firstAt := f.firstTriggers()
	for _, e := range f.events {
		f.eventKindFeatures(e, firstAt, on)
	}
	for _, g := range f.figures {
		if f.d.sents[g.sent].part == "title" && (g.What == countKilled || g.What == countInjured) {
			on(Casualties, "counted@title")
		}
	}
	f.hintFeatures(func(k Kind, name string) {
		if byKind[k] != nil || len(f.events) == 0 {
			on(k, name) // a loose word supports a phrase, and stands in only where there is none
		}
	})
	f.wordFeatures(on)
	if f.phraseInTitle() {
		on(Statement, "beside-phrase@title") // who says so is no news beside what is said
	}
	if f.goBetweenActs() {
		on(Mediation, "beside-step@title") // that the one who proposes is an envoy is no mediation
	}
	var out []KindFeatures
	for _, k := range Kinds() {
		names := byKind[k]
		if names == nil {
			continue
		}
		kf := KindFeatures{Kind: k}
		for _, n := range sortedKeys(names) {
			kf.Features = append(kf.Features, Feature{n, 1})
		}
		out = append(out, kf)
	}
	return out
}

// firstTriggers gives, per part, the first token that tells what is done; the first word
// of all where a part only names things or tells circumstances.
func (f *facts) firstTriggers() map[string]int {
	first, rank := make(map[string]int), make(map[string]int)
	for _, e := range f.events {
		s := f.d.sents[e.sent]
		r := 0
		switch {
		case f.d.circumstantial(s, e.at):
			r = 2
		case e.frame.noun:
			r = 1
		}
		if at, ok := first[s.part]; !ok || r < rank[s.part] || r == rank[s.part] && e.at < at {
			first[s.part], rank[s.part] = e.at, r
		}
	}
	return first
}

func (f *facts) eventKindFeatures(e event, firstAt map[string]int, on func(Kind, string)) {
	p := f.d.sents[e.sent].part
	if p == "rest" {
		on(e.kind, "found@rest")
		return
	}
	id := e.frame.id
	if e.kind != e.frame.kind {
		id += "~" + string(e.kind)
	}
	if e.loose && !e.frame.weak {
		id = "loose-" + id
	}
	on(e.kind, id+"@top")
	if p == "title" {
		on(e.kind, id+"@title")
	}
	switch e.modality {
	case asNotYet, asCalled:
		on(e.kind, "expected@"+p)
	case asNegated:
		on(e.kind, "denied@"+p)
	}
	if e.at == firstAt[p] {
		on(e.kind, "first@"+p)
	}
	switch s := f.d.sents[e.sent]; {
	case f.d.inPassing(s, lexicon.Hit{First: e.at, Last: e.at}):
		on(e.kind, "aside@"+p)
	case f.d.circumstantial(s, e.at):
		on(e.kind, "clause@"+p)
	case e.modality == asFact && !e.loose && (e.object >= 0 || len(e.frame.object) > 0):
		on(e.kind, "told@"+p)
	}
}

// kindWords are the word classes that speak for a kind outside any phrase: what
// remains where the grammar knows no phrase for a wording.
func kindWords() map[Kind][]class {
	return map[Kind][]class{
		TalksAnnounced: {cAttend, cTalks, cMeeting}, TalksHeld: {cTalks, cMeeting, cBegin}, TalksFailed: {cFail, cSuspend, cTalks},
		Mediation: {cMediate, cMediator, cVisit, cEffort}, Proposal: {cPropose, cPlan}, Acceptance: {cAccept}, Rejection: {cReject, cNot},
		Agreement: {cAgree, cReach, cDeclare, cDeal, cTruce}, InEffect: {cEffect, cHold, cSilent, cEase, cBegin}, Extension: {cExtend},
		Violation: {cBreach, cViolate, cContrast, cAttack, cFight}, Collapse: {cCollapse, cQuit, cOver}, Expiry: {cExpire, cEnd},
		Escalation: {cAttack, cFight}, Deescalation: {cWithdraw, cEase}, ControlChange: {cCapture}, Casualties: {cKill, cInjure},
		Humanitarian: {cAid, cAccess, cEvacuate, cOpen, cBlock}, Exchange: {cSwap, cCaptive, cFreed, cRemains}, Monitoring: {cMonitor, cDeploy},
		Statement: {cCall, cWelcome, cCondemn, cWarn, cSay, cNear, cReply, cPeace},
	}
}

// phraseInTitle reports whether the headline tells a step of a process as a fact.
func (f *facts) phraseInTitle() bool {
	return slices.ContainsFunc(f.events, func(e event) bool {
		return f.d.sents[e.sent].part == "title" && e.modality == asFact && len(e.frame.object) > 0 && ofProcess(e.kind)
	})
}

// goBetweenActs reports whether a headline tells a step as a fact, and no mediation but
// that somebody in it is a mediator.
func (f *facts) goBetweenActs() bool {
	step := false
	for _, e := range f.events {
		switch {
		case f.d.sents[e.sent].part != "title":
		case e.kind == Mediation && !e.frame.weak:
			return false
		case e.kind != Mediation && e.kind != Statement && e.modality == asFact && len(e.frame.object) > 0:
			step = true
		}
	}
	return step
}

// wordFeatures tell which of a kind's words stand in title and beginning.
func (f *facts) wordFeatures(on func(Kind, string)) {
	for k, classes := range kindWords() {
		for _, c := range classes {
			switch {
			case f.has["title"][c]:
				on(k, "has-"+c.String()+"@title")
			case f.has["lead"][c]:
				on(k, "has-"+c.String()+"@lead")
			}
		}
	}
}

// hintFeatures count the loose words of the pack for each kind.
func (f *facts) hintFeatures(on func(Kind, string)) {
	d := f.d
	kinds := Kinds()
	for _, h := range f.hints {
		for _, s := range d.sents {
			if h.First >= s.first && h.First < s.past && s.part != "rest" {
				on(kinds[h.Class], "hint@"+s.part)
			}
		}
	}
}

// ranked is a kind with its probability among the candidates.
type ranked struct {
	kind Kind
	p    float64
}

// rankKinds orders the candidate kinds by the model.
func (r *Reader) rankKinds(candidates []KindFeatures) []ranked {
	out := make([]ranked, len(candidates))
	sum := 0.0
	for i, c := range candidates {
		out[i] = ranked{c.Kind, math.Exp(dot(r.weights.Kind, c.Features))}
		sum += out[i].p
	}
	for i := range out {
		out[i].p /= sum
	}
	slices.SortStableFunc(out, func(a, b ranked) int { return cmp.Compare(b.p, a.p) })
	return out
}

// maxMainKinds is how many kinds one main statement may have.
const maxMainKinds = 3

// chosenKinds are the kinds of the main statement, the likeliest first.
func (r *Reader) chosenKinds(ranking []ranked) []Kind {
	var out []Kind
	for i, k := range ranking {
		if i > 0 && (len(out) == maxMainKinds || k.p < r.weights.SecondKind*ranking[0].p) {
			break
		}
		out = append(out, k.kind)
	}
	return out
}
