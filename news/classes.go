package news

// class is a word class of the reader's grammar. A language pack lists its forms
// under words: with the names given here. Classes overlap: "withdrawal" may speak
// of troops or of leaving a deal; the phrase around it decides.
type class int

// The word classes.
const (
	cTruce      class = iota // ceasefire, truce, cessation of hostilities
	cTalks                   // talks, negotiations, dialogue
	cMeeting                 // a meeting, summit or call of leaders
	cDeal                    // agreement, accord, pact
	cPlan                    // plan, proposal, draft, roadmap
	cPeace                   // peace; phrases for ending a war
	cWar                     // war, conflict, invasion
	cFight                   // fighting, clashes
	cAttack                  // strikes, shelling, assaults, by any weapon
	cAgree                   // agree
	cReach                   // reach, sign, seal, strike a deal
	cDeclare                 // announce, declare, order
	cAccept                  // accept, back, approve
	cReject                  // reject, refuse, rule out
	cPropose                 // propose, offer, put forward
	cBegin                   // begin, resume, be under way
	cEffect                  // take effect, into force
	cHold                    // hold, be respected
	cEase                    // ease, calm
	cFragile                 // fragile, shaky
	cExtend                  // extend, renew
	cExpire                  // expire, lapse, run out
	cViolate                 // violate, break, shatter, threaten
	cBreach                  // violate, break: the strict ones
	cDespite                 // despite, amid, during
	cContrast                // despite, even as
	cFail                    // fail, falter, stall
	cCollapse                // collapse, fall apart, be over
	cQuit                    // call off, withdraw from, suspend participation
	cSuspend                 // suspend, postpone, walk out
	cWithdraw                // withdraw, pull back, disarm
	cCapture                 // capture, retake, take control
	cKill                    // kill, dead, death toll
	cInjure                  // injure, wound
	cDisplace                // flee, displaced
	cMissing                 // missing, trapped
	cDetain                  // arrest, abduct
	cEvacuate                // evacuate, airlift
	cAid                     // aid, relief, food, hospitals
	cAccess                  // corridor, crossing, convoy
	cOpen                    // open, allow, resume
	cBlock                   // close, block, halt
	cCaptive                 // hostages, prisoners
	cRemains                 // bodies, remains
	cRelease                 // release, swap, hand over
	cSwap                    // prisoner swap, release of hostages
	cMonitor                 // monitors, observers, peacekeepers
	cDeploy                  // deploy, mandate, establish
	cCall                    // call for, urge, demand
	cWelcome                 // welcome, hail
	cCondemn                 // condemn, accuse, be concerned
	cAccuse                  // accuse, blame
	cWarn                    // warn, threaten, vow
	cSay                     // say, think, hint
	cMediate                 // mediate, broker, envoy
	cBrokered                // brokered, mediated: a word beside a truce
	cVisit                   // visit, meet, phone
	cAttend                  // will meet, send a delegation, next round
	cLeader                  // offices and speakers
	cArmy                    // army, rebels, forces
	cCivilian                // nouns for people that figures count
	cSides                   // both sides, rivals
	cNear                    // close to, imminent
	cReply                   // reply, study, weigh
	cCalm                    // calm
	cOpinion                 // marks of opinion and service pieces
	cLive                    // marks of live pages and daily round-ups
	cGallery                 // pictures, video, audio
	cExplainer               // explainers, interviews
	cOutsider                // former officials, think tanks, experts
	cPassing                 // after, under, during: a truce told in passing
	cForeign                 // nationals, embassies, tourists: people taken out of a war
	cEffort                  // efforts, hopes, calls: a truce not there yet
	cCertain                 // appears, seems, begins: what follows "to" is so
	cOver                    // over, dead, void: what a truce is declared
	cJail                    // jailed, spying, dual nationals: prisoners of states at peace
	cCoup                    // coups and mutinies
	cCorrect                 // corrects, revises: what was told is put right
	cRetract                 // retracts, withdraws a report
	cPerson                  // words of personal stories
	cEmotion                 // tears, joy, trauma
	cProtest                 // protests
	cMarket                  // markets, prices
	cTrade                   // trade, tariffs
	cSport                   // sport
	cDomestic                // party politics, unions
	cRoyal                   // celebrities, culture
	cHistory                 // anniversaries, past wars
	cCrime                   // police reports
	cQuestion                // question words
	cSanction                // arms supplies, sanctions
	cUnilateral              // unilateral
	cTo                      // the mark of an infinitive, where it means the future ("to sign")
	cNotYet                  // pack.NotYet: expected, conditional, planned
	cNot                     // pack.Negation
	cPast                    // pack.Background
	cAttrib                  // pack.Attribution
	cCore                    // pack.Core
	cFalse                   // the catalogue's false friends
	cActor                   // a name of the catalogue that can act: party, country, body, person
	cRebel                   // armed groups that are no state's army
	cFreed                   // free, release, hand over: of people
	cSilent                  // guns fall silent: a truce begun, told without its name
	cEnd                     // ends, is over, passes: of a truce by itself
	cMediator                // envoys and mediators: persons, whatever they do
	cElsewhere               // what talks and deals of another world are about: trade, budgets, pay
	cPeaceTalks              // talks beside a word of truce or peace: not any negotiations
	cPeaceDeal               // deals of a peace process: not of arms, trade or a mutiny
	cPeacePlan               // plans of a peace process
	cCondition               // unless, on condition, as long as
	cFuture                  // verb forms that are of the future by themselves ("signera", "вступит")
	cMutual                  // verb forms by which both sides act, whoever is named ("conviennent", "договорились")
	cDelegation              // delegations, negotiators, rounds: talks told by who sits there
	cSigning                 // sign, the document, the clauses: a deal told without its name
	cStep                    // what carries a deal out: assembly points, roads opened, sieges lifted
	cDeadline                // ultimatums and deadlines
	cFinding                 // inquiries, rulings and denials about a breach
	cRelative                // which, who, whose: a clause about what is known already
	cLocative                // in, at, to: what may stand before the place of talks
	numClasses
)

// classNames are the classes' names in packs, by class.
func classNames() []string {
	return []string{
		"truce", "talks", "meeting", "deal", "plan", "peace", "war", "fight", "attack", "agree", "reach", "declare",
		"accept", "reject", "propose", "begin", "effect", "hold", "ease", "fragile", "extend", "expire", "violate",
		"breach", "despite", "contrast", "fail", "collapse", "quit", "suspend", "withdraw", "capture", "kill", "injure",
		"displace", "missing", "detain", "evacuate", "aid", "access", "open", "block", "captive", "remains", "release",
		"swap", "monitor", "deploy", "call", "welcome", "condemn", "accuse", "warn", "say", "mediate", "brokered",
		"visit", "attend", "leader", "army", "civilian", "sides", "near", "reply", "calm", "opinion", "live", "gallery",
		"explainer", "outsider", "passing", "foreign", "effort", "certain", "over", "jail", "coup", "correct", "retract", "person", "emotion", "protest", "market", "trade", "sport", "domestic", "royal", "history", "crime",
		"question", "sanction", "unilateral", "to", "not_yet", "negation", "background", "attribution", "core", "false", "actor", "rebel", "freed", "silent", "end", "mediator", "elsewhere", "peacetalks", "peacedeal", "peaceplan", "condition", "future", "mutual",
		"delegation", "signing", "step", "deadline", "finding", "relative", "locative",
	}
}

// String is the class's name in packs.
func (c class) String() string { return classNames()[c] }
