package news

import "slices"

// sharper is a phrase that makes the kind of a sentence of an article firmer than the
// words of saying around it. It is no frame of the grammar: headlines seldom speak so,
// and what an item is filed under is not touched by it.
type sharper struct {
	frame
	over []Kind // the kinds that it is firmer than
}

// sharpers lists those phrases; the first that fits decides.
func sharpers() []sharper {
	pact := []class{cTruce, cPeaceDeal, cPeacePlan, cDeal, cTalks, cPeace}
	firm := []Kind{Statement, TalksHeld, TalksFailed, TalksAnnounced, Mediation, Escalation, Exchange, Collapse, Expiry, Agreement}
	loose := []Kind{Statement, TalksHeld, TalksFailed, TalksAnnounced, Mediation, Escalation, Exchange}
	return []sharper{
		{frame{id: "no-deal-unless", kind: Rejection, trigger: cNot, object: pact, after: 4, also: []class{cCondition}}, firm},
		{frame{id: "reject-offer", kind: Rejection, trigger: cReject, object: []class{cEffort, cPropose, cPlan, cTruce, cTalks, cMediate, cCall}, before: 4, after: 5}, loose},
		{frame{id: "not-accept", kind: Rejection, trigger: cNot, object: []class{cAccept}, after: 3, also: []class{cPlan, cTruce, cTalks, cPeace}}, []Kind{Statement, Acceptance, Proposal, Mediation}},
		{frame{id: "offer-halt", kind: Proposal, trigger: cPropose, object: []class{cTruce, cSuspend, cBlock, cWithdraw}, after: 5}, loose},
		{frame{id: "truce-on-condition", kind: Proposal, trigger: cTruce, object: []class{cCondition}, before: 12, after: 12, without: []class{cReject, cBreach, cViolate}}, loose},
		{frame{id: "terms-laid-out", kind: Proposal, trigger: cReply, object: []class{cTruce, cCore}, before: 2, after: 2}, loose},
		{frame{id: "mediate-talks", kind: Mediation, trigger: cMediate, object: []class{cTalks, cTruce, cPeace}, before: 3, after: 6}, []Kind{Statement}},
		{frame{id: "truce-effort", kind: Mediation, trigger: cEffort, object: []class{cCore}, before: 2}, []Kind{Statement, TalksHeld}},
		{frame{id: "mediator-renews", kind: Mediation, trigger: cEffort, object: []class{cExtend, cTruce, cPeaceDeal, cPeace}, after: 5, also: []class{cMediator, cMediate}}, []Kind{Statement, Collapse, Expiry}},
		{frame{id: "reply-by-mediator", kind: Mediation, trigger: cReply, object: []class{cMediator, cMediate}, after: 6}, []Kind{Statement}},
		{frame{id: "to-no-avail", kind: TalksFailed, trigger: cFail, object: []class{cPlan, cVisit, cPeace, cEffort}, before: 24, after: 6, also: []class{cTruce, cPeace, cPeacePlan}}, []Kind{Statement, Mediation, TalksAnnounced, TalksHeld}},
		{frame{id: "fighting-again", kind: Collapse, trigger: cBegin, object: []class{cFight, cAttack}, before: 5, after: 4, also: []class{cTruce}, without: []class{cBreach, cAccuse, cCall, cWarn, cContrast}}, []Kind{Statement, Mediation, TalksHeld, Escalation}},
		{frame{id: "sides-meet-mediator", kind: TalksHeld, both: TalksHeld, trigger: cVisit, object: []class{cMediate, cMediator, cTalks}, after: 6}, []Kind{Statement, Mediation}},
		{frame{id: "talks-to-come", kind: TalksAnnounced, trigger: cAttend, object: []class{cTalks, cMeeting}, before: 6, after: 6}, []Kind{Statement, TalksHeld, Mediation}},
	}
}

// kindsAlone ranks what one sentence states as if it were a headline of its own.
func (r *Reader) kindsAlone(f *facts, sent int) []ranked {
	d := *f.d
	s := d.said(d.sents[sent])
	s.part = "title"
	d.sents = []sentence{s}
	alone := &facts{d: &d, has: map[string]map[class]bool{"title": s.classes()}}
	for _, h := range f.hints {
		if h.First >= s.first && h.First < s.past {
			alone.hints = append(alone.hints, h)
		}
	}
	for _, e := range f.events {
		if e.sent == sent && e.at >= s.first {
			e.sent = 0
			alone.events = append(alone.events, e)
		}
	}
	for _, g := range f.figures {
		if g.in(sent) {
			g.sent = 0
			alone.figures = append(alone.figures, g)
		}
	}
	return r.sharpened(f.d, f.d.sents[sent], r.rankKinds(alone.kindFeatures()))
}

// sharpened puts the kind of a firmer phrase before the kinds that it is firmer than.
func (r *Reader) sharpened(d *document, s sentence, ranking []ranked) []ranked {
	if len(ranking) == 0 {
		return nil
	}
	for _, x := range r.sharpers {
		if _, ok := x.fits(d, s); !ok || !slices.Contains(x.over, ranking[0].kind) && (x.both == "" || ranking[0].kind != x.kind) {
			continue
		}
		out := []ranked{{x.kind, ranking[0].p}}
		for _, k := range ranking {
			if k.kind == ranking[0].kind {
				k.p *= minSecond
			}
			if k.kind != x.kind && (k.kind != ranking[0].kind || x.kind == Proposal) && (x.both == "" || !slices.Contains(x.over, k.kind)) { // a plan is told beside a meeting
				out = append(out, k)
			}
		}
		return out
	}
	return ranking
}

// fits finds the token at which the phrase stands in a sentence. One of both sides needs
// two of them named.
func (x *sharper) fits(d *document, s sentence) (int, bool) {
	if len(x.also) > 0 && !s.has(x.also...) || len(x.without) > 0 && s.has(x.without...) {
		return 0, false
	}
	if x.both != "" && len(d.partiesIn(s)) < 2 {
		return 0, false
	}
	for _, h := range s.hits {
		if class(h.Class) != x.trigger {
			continue
		}
		if _, ok := d.find(&x.frame, s, h, x.object); ok {
			return h.First, true
		}
	}
	return 0, false
}

// sharpEvent is the firmer phrase of a kind in a sentence.
func (r *Reader) sharpEvent(d *document, s sentence, sent int, k Kind) (event, bool) {
	for i, x := range r.sharpers {
		if at, ok := x.fits(d, s); ok && x.kind == k {
			return event{kind: k, frame: &r.sharpers[i].frame, sent: sent, at: at, object: -1}, true
		}
	}
	return event{}, false
}
