package news

// frame is one phrase of the grammar: a trigger word with an object word near it.
// It knows no language; the packs say which words belong to the classes.
type frame struct {
	id      string
	kind    Kind
	trigger class
	object  []class // one of these must stand in the window; empty: the trigger alone
	before  int     // how many tokens before the trigger the object may stand
	after   int     // how many tokens after it
	also    []class // one of these must stand anywhere in the sentence
	without []class // none of these may stand in the sentence
	between []class // none of these may stand between trigger and object
	// notYet and negated are the kinds it reports where it is expected, wished or
	// conditional, and where it is denied; empty: it reports nothing then.
	notYet, negated Kind
	// both is what it reports where both sides stand before the trigger: one party's
	// yes is an acceptance, that of both an agreement.
	both    Kind
	partner bool    // "with" and somebody behind the object stand for the other side
	takes   []class // one of these must be the trigger's own object
	unless  []class // none of these may be
	// sides tells that two sides must stand around the trigger, or a word for both.
	sides bool
	// weak marks a phrase that tells kinds apart and is no sign of a process itself.
	weak bool
	// noun marks a phrase that is the mere name of a thing or a person: what is done
	// with it is told by another.
	noun bool
	// mute marks a noun that tells nothing where it speaks: "a hospital said".
	mute bool
	sub  string
}

// grammar lists the phrases. Order does not matter: every phrase that fits makes a
// candidate, and the weights choose among them.
func grammar() []frame {
	pact := []class{cTruce, cPeaceDeal}
	terms := []class{cTruce, cPeaceDeal, cPeacePlan}
	process := []class{cTruce, cPeaceDeal, cPeacePlan, cTalks, cPeace}
	var out []frame
	for _, group := range [][]frame{
		agreementFrames(pact), positionFrames(terms, process), forceFrames(pact), breachFrames(pact),
		talkFrames(process), groundFrames(), peopleFrames(), voiceFrames(process),
	} {
		out = append(out, group...)
	}
	return out
}

func agreementFrames(pact []class) []frame {
	return []frame{
		{id: "agree-truce", kind: Acceptance, both: Agreement, partner: true, trigger: cAgree, object: []class{cTruce}, after: 7, between: []class{cTalks, cPlan, cExtend, cCall, cEffort}, notYet: Statement, negated: Rejection},
		{id: "truce-agreed", kind: Agreement, trigger: cAgree, object: pact, before: 4, notYet: Statement, negated: TalksFailed},
		{id: "agree-deal", kind: Agreement, trigger: cAgree, object: []class{cPeaceDeal}, after: 6, between: []class{cTalks}, notYet: Statement, negated: Rejection},
		{id: "agree-peace", kind: Agreement, trigger: cAgree, object: []class{cPeace}, after: 5, between: []class{cTalks, cPlan}, notYet: Statement, negated: Rejection},
		{id: "reach-pact", kind: Agreement, trigger: cReach, object: pact, before: 4, after: 6, between: []class{cTalks}, notYet: Statement, negated: TalksFailed},
		{id: "declare-truce", kind: Agreement, trigger: cDeclare, object: []class{cTruce}, after: 6, without: []class{cOver}, between: []class{cTalks, cPlan, cExtend, cReply, cHold, cPassing}, notYet: Statement, negated: Rejection},
		{id: "truce-declared", kind: Agreement, trigger: cDeclare, object: []class{cTruce}, before: 4, notYet: Statement},
		{id: "declare-deal", kind: Agreement, trigger: cDeclare, object: []class{cPeaceDeal}, after: 6, between: []class{cQuit}, notYet: Statement},
		{id: "unilateral-truce", kind: Agreement, trigger: cUnilateral, object: []class{cTruce}, after: 3, notYet: Statement, sub: "unilateral"},
		{id: "agree-plan", kind: Acceptance, both: Agreement, trigger: cAgree, object: []class{cPeacePlan}, after: 8, notYet: Statement, negated: Rejection},
		{id: "agree-talks", kind: TalksAnnounced, trigger: cAgree, object: []class{cTalks}, after: 6, notYet: Statement, negated: Rejection},
		{id: "agree-release", kind: Exchange, trigger: cAgree, object: []class{cSwap, cCaptive}, after: 7, notYet: Statement},
		{id: "agree-access", kind: Humanitarian, trigger: cAgree, object: []class{cAccess, cAid, cEvacuate}, after: 7, between: []class{cTruce}, notYet: Statement},
		{id: "agree-extend", kind: Extension, trigger: cAgree, object: []class{cExtend}, after: 5, also: pact, notYet: Statement},
		{id: "agree-withdraw", kind: Agreement, trigger: cAgree, object: []class{cWithdraw}, after: 6, notYet: Statement, sub: "withdrawal"},
		{id: "unveil-plan", kind: Proposal, trigger: cDeclare, object: []class{cPeacePlan}, after: 6, notYet: Statement},
	}
}

func positionFrames(terms, process []class) []frame {
	return []frame{
		{id: "accept-terms", kind: Acceptance, both: Agreement, trigger: cAccept, object: terms, after: 8, between: []class{cTalks, cReject, cExtend}, notYet: Statement, negated: Rejection},
		{id: "terms-accepted", kind: Acceptance, trigger: cAccept, object: terms, before: 5, notYet: Statement, negated: Rejection},
		{id: "accept-talks", kind: Acceptance, trigger: cAccept, object: []class{cTalks, cPeace}, after: 6, notYet: Statement, negated: Rejection},
		{id: "reject-process", kind: Rejection, trigger: cReject, object: process, after: 8, notYet: Statement},
		{id: "process-rejected", kind: Rejection, trigger: cReject, object: process, before: 5, notYet: Statement},
		{id: "reject-mediation", kind: Rejection, trigger: cReject, object: []class{cMediate, cCall, cMeeting, cWithdraw}, after: 6, notYet: Statement},
		{id: "condemn-plan", kind: Rejection, trigger: cCondemn, object: []class{cPeacePlan, cMediate}, after: 6},
		{id: "no-truce", kind: Rejection, trigger: cNot, object: []class{cTruce}, after: 2, between: []class{cBreach, cViolate, cCollapse, cQuit, cFail, cHold}, without: []class{cReach, cAgree}},
		{id: "no-talks", kind: Rejection, trigger: cNot, object: []class{cTalks}, after: 3},
		{id: "propose-terms", kind: Proposal, trigger: cPropose, object: process, before: 4, after: 7, notYet: Statement, negated: Statement},
		{id: "reply-plan", kind: Statement, trigger: cReply, object: terms, before: 5, after: 6, sub: "reply"},
	}
}

func forceFrames(pact []class) []frame {
	force := []class{cFight, cWar, cAttack}
	return []frame{
		{id: "truce-effect", kind: InEffect, trigger: cEffect, object: pact, before: 9, after: 3, notYet: Agreement, negated: Statement},
		{id: "guns-silent", kind: InEffect, trigger: cSilent, notYet: Agreement, negated: Violation},
		{id: "truce-begins", kind: InEffect, trigger: cBegin, object: []class{cTruce}, before: 5, between: []class{cTalks, cAttack, cFight, cAgree}, notYet: Agreement, negated: Statement},
		{id: "begin-truce", kind: InEffect, trigger: cBegin, object: []class{cTruce}, after: 4, between: []class{cTalks, cPlan}, notYet: Agreement, negated: Statement},
		{id: "truce-holds", kind: InEffect, trigger: cHold, object: pact, before: 9, between: []class{cFight, cAttack, cTalks}, notYet: Statement, negated: Violation},
		{id: "eases-under-truce", kind: InEffect, trigger: cEase, object: []class{cTruce}, before: 8, after: 8, without: []class{cBreach}, notYet: Statement},
		{id: "under-truce", kind: InEffect, trigger: cDespite, object: []class{cTruce}, after: 4, also: []class{cOpen, cEase, cAid, cHold}, without: []class{cAttack, cFight}},
		{id: "extend-truce", kind: Extension, trigger: cExtend, object: pact, before: 5, after: 5, notYet: Statement, negated: Expiry},
		{id: "truce-expires", kind: Expiry, trigger: cExpire, object: pact, before: 8, after: 4, notYet: Statement},
		{id: "truce-ends", kind: Expiry, trigger: cEnd, object: pact, before: 7, between: []class{cEnd, cTalks}, unless: force, notYet: Statement, negated: Statement},
		{id: "truce-ends-war", kind: InEffect, trigger: cEnd, object: []class{cTruce}, before: 7, between: []class{cTalks}, takes: force, notYet: Statement, negated: Statement},
		{id: "deal-ends-war", kind: Agreement, trigger: cEnd, object: []class{cPeaceDeal}, before: 7, between: []class{cTalks, cPlan}, takes: force, notYet: Statement, negated: Statement},
	}
}

func breachFrames(pact []class) []frame {
	force := []class{cAttack, cFight, cKill}
	hoped := []class{cNotYet, cEffort, cCall, cMediate, cTalks, cNear, cPlan}
	return []frame{
		{id: "breach-truce", kind: Violation, trigger: cBreach, object: pact, before: 6, after: 7, notYet: Statement, negated: Statement},
		{id: "strain-truce", kind: Violation, trigger: cViolate, object: pact, before: 5, after: 6, between: []class{cTo, cQuit, cCollapse}, notYet: Statement, negated: Statement},
		{id: "force-despite-truce", kind: Violation, trigger: cContrast, object: []class{cTruce, cPeaceDeal}, after: 11, also: []class{cAttack, cFight, cKill, cInjure, cBegin, cDisplace}, between: hoped},
		{id: "force-amid-truce", kind: Violation, trigger: cDespite, object: []class{cTruce}, after: 5, also: force, between: hoped},
		{id: "force-in-truce", kind: Violation, trigger: cAttack, object: []class{cTruce}, before: 12, after: 12, between: hoped, without: []class{cAgree, cReach, cCall, cHold, cDeclare, cEase, cEffort, cEffect, cPropose}},
		{id: "fight-in-truce", kind: Violation, trigger: cFight, object: []class{cTruce}, before: 12, after: 12, between: hoped, without: []class{cAgree, cReach, cCall, cHold, cDeclare, cEase, cEffort, cEffect, cPropose}},
		{id: "accuse-breach", kind: Violation, trigger: cAccuse, object: []class{cBreach}, after: 8, notYet: Statement},
		{id: "truce-fails", kind: Violation, trigger: cFail, object: []class{cTruce}, before: 5, after: 4, unless: []class{cAgree, cReach, cExtend}, notYet: Statement, negated: InEffect},
		{id: "truce-collapses", kind: Collapse, trigger: cCollapse, object: pact, before: 5, after: 3, between: []class{cPassing, cDespite, cTalks}, unless: []class{cFight, cWar}, notYet: Statement, negated: Statement},
		{id: "declare-over", kind: Collapse, trigger: cOver, object: pact, before: 4, after: 3, also: []class{cDeclare}, between: []class{cPassing, cDespite, cTalks}, unless: []class{cFight, cWar}, notYet: Statement, negated: Statement},
		{id: "say-over", kind: Collapse, trigger: cOver, object: pact, before: 4, after: 3, also: []class{cSay}, between: []class{cPassing, cDespite, cTalks}, unless: []class{cFight, cWar}, notYet: Statement, negated: Statement},
		{id: "declare-quit", kind: Collapse, trigger: cDeclare, object: []class{cQuit}, after: 4, also: pact, notYet: Statement},
		{id: "quit-truce", kind: Collapse, trigger: cQuit, object: pact, after: 6, between: []class{cPassing, cTalks}, notYet: Statement, negated: Statement},
	}
}

func talkFrames(process []class) []frame {
	return []frame{
		{id: "talks", kind: TalksHeld, trigger: cTalks, noun: true, notYet: Statement, negated: Rejection},
		{id: "begin-talks", kind: TalksHeld, trigger: cBegin, object: []class{cTalks}, before: 5, after: 9, notYet: TalksAnnounced, negated: TalksFailed},
		{id: "attend-talks", kind: TalksAnnounced, trigger: cAttend, object: []class{cTalks}, before: 8, after: 7, negated: TalksFailed},
		{id: "attend", kind: TalksAnnounced, trigger: cAttend, also: []class{cActor, cLeader, cSides, cRebel}, weak: true, negated: TalksFailed},
		{id: "attend-meeting", kind: TalksAnnounced, trigger: cAttend, object: []class{cMeeting}, before: 8, after: 7, also: []class{cTruce, cPeace, cPeaceTalks, cPeaceDeal, cPeacePlan}, negated: TalksFailed},
		{id: "talks-fail", kind: TalksFailed, trigger: cFail, object: []class{cTalks}, before: 6, after: 6, notYet: Statement, negated: TalksHeld},
		{id: "talks-suspended", kind: TalksFailed, trigger: cSuspend, object: []class{cTalks, cMeeting}, before: 6, after: 6, notYet: Statement, negated: TalksHeld},
		{id: "deal-fails", kind: TalksFailed, trigger: cNot, object: []class{cPeaceDeal, cPeace}, after: 4},
		{id: "mediate", kind: Mediation, trigger: cMediate, notYet: Mediation},
		{id: "mediate-process", kind: Mediation, trigger: cMediate, object: process, before: 6, after: 7, notYet: Mediation, negated: Statement},
		{id: "mediator", kind: Mediation, trigger: cMediator, noun: true, weak: true},
		{id: "mediator-visit", kind: Mediation, trigger: cVisit, object: []class{cMediator}, before: 6, after: 6},
		{id: "mediator-begins", kind: Mediation, trigger: cBegin, object: []class{cMediate, cEffort}, before: 5, after: 5},
		{id: "truce-effort", kind: Mediation, trigger: cEffort, object: []class{cTruce, cPeace, cPeaceDeal, cTalks}, before: 3, after: 4},
		{id: "sides-meet", kind: TalksHeld, trigger: cVisit, sides: true, notYet: TalksAnnounced, negated: TalksFailed},
		{id: "sides-meeting", kind: TalksHeld, trigger: cMeeting, sides: true, notYet: TalksAnnounced, negated: TalksFailed},
		{id: "leaders-meet", kind: Mediation, trigger: cVisit, object: []class{cLeader}, before: 8, after: 8},
		{id: "actors-meet", kind: Mediation, trigger: cVisit, object: []class{cActor}, before: 8, after: 8, also: []class{cWar, cPeace, cTalks, cTruce, cPeaceDeal, cPlan}},
		{id: "visit", kind: Mediation, trigger: cVisit, also: process},
		{id: "leaders-meeting", kind: Mediation, trigger: cMeeting, also: append([]class{cLeader}, process...)},
	}
}

func groundFrames() []frame {
	return []frame{
		{id: "attack", kind: Escalation, trigger: cAttack, notYet: Statement},
		{id: "fight", kind: Escalation, trigger: cFight, notYet: Statement},
		{id: "withdraw", kind: Deescalation, trigger: cWithdraw, notYet: Statement, negated: Statement},
		{id: "withdraw-army", kind: Deescalation, trigger: cWithdraw, object: []class{cArmy}, before: 6, after: 6, notYet: Statement, negated: Statement},
		{id: "ease-force", kind: Deescalation, trigger: cEase, object: []class{cAttack, cFight}, before: 5, after: 5},
		{id: "stop-force", kind: Deescalation, trigger: cBlock, object: []class{cAttack, cFight}, after: 4, notYet: Statement, negated: Escalation},
		{id: "capture", kind: ControlChange, trigger: cCapture, notYet: Escalation, negated: Escalation},
		{id: "monitor", kind: Monitoring, trigger: cMonitor},
		{id: "deploy-monitor", kind: Monitoring, trigger: cMonitor, object: []class{cDeploy}, before: 6, after: 6},
	}
}

func peopleFrames() []frame {
	return []frame{
		{id: "killed", kind: Casualties, trigger: cKill},
		{id: "injured", kind: Casualties, trigger: cInjure},
		{id: "release-captive", kind: Exchange, trigger: cRelease, object: []class{cCaptive}, before: 8, after: 7, notYet: Exchange, negated: Exchange},
		{id: "free-people", kind: Exchange, trigger: cFreed, object: []class{cCaptive, cCivilian, cArmy}, before: 6, after: 6, without: []class{cWithdraw}, also: []class{cRebel, cCaptive, cDetain, cSwap, cArmy}, notYet: Exchange, negated: Exchange},
		{id: "swap", kind: Exchange, trigger: cSwap, notYet: Exchange, negated: Exchange},
		{id: "captive", kind: Exchange, trigger: cCaptive, noun: true},
		{id: "remains", kind: Exchange, trigger: cRemains, object: []class{cCaptive, cRelease}, before: 6, after: 6},
		{id: "aid", kind: Humanitarian, trigger: cAid, noun: true, mute: true},
		{id: "access", kind: Humanitarian, trigger: cAccess, noun: true, mute: true},
		{id: "open-access", kind: Humanitarian, trigger: cOpen, object: []class{cAccess, cAid}, before: 6, after: 6, notYet: Humanitarian, negated: Humanitarian},
		{id: "block-access", kind: Humanitarian, trigger: cBlock, object: []class{cAccess, cAid, cEvacuate}, before: 6, after: 6, notYet: Humanitarian, negated: Humanitarian},
		{id: "evacuate", kind: Humanitarian, trigger: cEvacuate},
		{id: "displaced", kind: Humanitarian, trigger: cDisplace},
	}
}

func voiceFrames(process []class) []frame {
	voiced := append([]class{cRelease, cWithdraw, cFight, cAttack, cWar, cAid, cBreach}, process...)
	return []frame{
		{id: "call-process", kind: Statement, trigger: cCall, object: process, after: 10, sub: "call"},
		{id: "call", kind: Statement, trigger: cCall, sub: "call"},
		{id: "welcome-process", kind: Statement, trigger: cWelcome, object: process, before: 5, after: 8, sub: "welcome"},
		{id: "welcome", kind: Statement, trigger: cWelcome, sub: "welcome"},
		{id: "condemn", kind: Statement, trigger: cCondemn, sub: "concern"},
		{id: "condemn-voiced", kind: Statement, trigger: cCondemn, object: voiced, before: 4, after: 8, sub: "concern"},
		{id: "warn", kind: Statement, trigger: cWarn, sub: "warning"},
		{id: "say-process", kind: Statement, trigger: cSay, object: process, before: 4, after: 10},
		{id: "say", kind: Statement, trigger: cSay},
		{id: "near-process", kind: Statement, trigger: cNear, object: process, before: 6, after: 6},
		{id: "process", kind: Statement, trigger: cPeace, noun: true},
		{id: "plan", kind: Proposal, trigger: cPlan, noun: true, also: []class{cPeace, cTruce, cWar, cTalks}},
	}
}
