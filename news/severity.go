package news

import "slices"

// Words of Claim.Sub that the desk acts on. The reader sets them.
const (
	subDenial       = "denied"       // the speaker says that it is not so
	subExpected     = "expected"     // it has not happened: planned, conditional or hoped for
	subRetraction   = "retracted"    // the outlet withdraws its report
	subCorrected    = "corrected"    // the speaker or the outlet puts right what was told
	subExecuted     = "executed"     // of an exchange: it took place
	subAll          = "all"          // of an exchange: nationwide, or every hostage
	subWithdrawn    = "withdrawn"    // of monitoring: the mission leaves or is expelled
	subOpened       = "opened"       // of humanitarian: a crossing or corridor
	subClosed       = "closed"       //
	subConditional  = "conditional"  // of an acceptance
	subUnilateral   = "unilateral"   // of an agreement: declared by one side for itself
	subImmediate    = "immediate"    // of an agreement: effective at once
	subDeclared     = "declared"     // of an agreement: a party declares it
	subHoliday      = "holiday"      // of an agreement: for a feast
	subSectoral     = "sectoral"     // of an agreement: energy, ports, one kind of weapon
	subLocal        = "local"        // of an agreement: one place
	subHumanitarian = "humanitarian" // of an agreement: a pause for aid
	subInPrinciple  = "in-principle" // of an acceptance
	subBacks        = "backs"        // of an acceptance
	subNoReply      = "no-reply"     // of a statement: a party has not answered
	subStarted      = "started"      // of in_effect: it began
	subMutual       = "mutual"       // of a violation: each side accuses the other
)

// holds reports whether the claim says that something is so, not that it will be or
// is not.
func (c Claim) holds() bool { return c.Sub != subDenial && c.Sub != subExpected }

// massCasualty is the number of killed from which a verified violation is critical
// and verified casualties are major (ceasefires.md §1.6).
const massCasualty = 10

// severityOf ranks a development by its main kind and what its own claims tell
// (ceasefires.md §1.6). One that rests on unnamed sources alone ranks one lower.
func severityOf(d Development) Severity {
	claims := d.Own(nil)
	best := Background
	for _, c := range claims {
		if c.Kind == d.Kind() {
			best = min(best, severityOfClaim(c))
		}
	}
	if best == Background {
		best = severityOfKind(d.Kind())
	}
	if slices.ContainsFunc(claims, func(c Claim) bool { return c.over(c.Cite.At) }) {
		return Background // told again of a week that is over
	}
	if len(claims) > 0 && allAnonymous(claims) {
		best = min(best+1, Background)
	}
	return best.at(d.Certainty)
}

// severityOfKind ranks a kind of which nothing further is known.
func severityOfKind(k Kind) Severity {
	switch k {
	case Agreement, InEffect, Collapse, Expiry:
		return Critical
	case Extension, Acceptance, Rejection, TalksFailed:
		return Major
	case Mediation, Statement, "":
		return Background
	default:
		return Notable
	}
}

func severityOfClaim(c Claim) Severity {
	switch c.Kind {
	case Violation:
		if c.Grade == Verified && c.killed() >= massCasualty {
			return Critical
		}
	case Casualties:
		if c.Grade == Verified && (c.killed() >= massCasualty || c.By.Class == SpeakerUN) {
			return Major
		}
	case Exchange:
		switch c.Sub {
		case subAll:
			return Critical
		case subExecuted:
			return Major
		}
	case Monitoring:
		if c.Sub == subWithdrawn {
			return Major
		}
	case Humanitarian:
		if c.Sub == subOpened || c.Sub == subClosed {
			return Major
		}
	case ControlChange:
		if c.Place != "" {
			return Major
		}
	case Acceptance, Rejection:
		if c.By.Class != SpeakerParty && c.By.Class != "" {
			return Notable // not a principal's own answer
		}
	}
	return severityOfKind(c.Kind)
}

// killed is the largest number of killed that the claim tells at least.
func (c Claim) killed() int {
	most := 0
	for _, f := range c.Figures {
		if f.What == "killed" && f.Min != nil {
			most = max(most, *f.Min)
		}
	}
	return most
}

func allAnonymous(claims []Claim) bool {
	for _, c := range claims {
		if c.By.Class != SpeakerAnonymous {
			return false
		}
	}
	return true
}
