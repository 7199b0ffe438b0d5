package news

// Kind is what a claim reports. The 21 kinds, their boundaries and their severity
// are specified in the project's domain notes (ceasefires.md §1.3, §1.6).
type Kind string

// The kinds.
const (
	TalksAnnounced Kind = "talks_announced"
	TalksHeld      Kind = "talks_held"
	TalksFailed    Kind = "talks_failed"
	Mediation      Kind = "mediation"
	Proposal       Kind = "proposal"
	Acceptance     Kind = "acceptance"
	Rejection      Kind = "rejection"
	Agreement      Kind = "agreement"
	InEffect       Kind = "in_effect"
	Extension      Kind = "extension"
	Violation      Kind = "violation"
	Collapse       Kind = "collapse"
	Expiry         Kind = "expiry"
	Escalation     Kind = "escalation"
	Deescalation   Kind = "deescalation"
	ControlChange  Kind = "control_change"
	Casualties     Kind = "casualties"
	Humanitarian   Kind = "humanitarian"
	Exchange       Kind = "exchange"
	Monitoring     Kind = "monitoring"
	Statement      Kind = "statement"
)

// Kinds lists every kind in the order of the specification. The result is the
// caller's.
func Kinds() []Kind {
	return []Kind{
		TalksAnnounced, TalksHeld, TalksFailed, Mediation, Proposal, Acceptance, Rejection,
		Agreement, InEffect, Extension, Violation, Collapse, Expiry, Escalation, Deescalation,
		ControlChange, Casualties, Humanitarian, Exchange, Monitoring, Statement,
	}
}

// Valid reports whether k is one of the 21 kinds.
func (k Kind) Valid() bool {
	for _, known := range Kinds() {
		if k == known {
			return true
		}
	}
	return false
}

// Relevance says what an item is to a ceasefire desk.
type Relevance string

// The three relevances.
const (
	RelevantDevelopment Relevance = "development" // a step, claim or fact of a ceasefire or peace process
	RelevantContext     Relevance = "context"     // about an armed conflict, but no such step
	Irrelevant          Relevance = "irrelevant"
)

// Severity ranks how much a development matters: 1 critical to 4 background. Zero
// means not ranked.
type Severity int

// The severities.
const (
	Critical   Severity = 1
	Major      Severity = 2
	Notable    Severity = 3
	Background Severity = 4
)

// Novelty is what an item brings to the desk, relative to the items before it.
type Novelty string

// The novelties.
const (
	First   Novelty = "first"   // the first item of this development
	Adds    Novelty = "adds"    // the same development with a fact that is new
	Repeats Novelty = "repeats" // nothing new
	// Untold is what an item brings to a development that no post tells yet and that it
	// is too uncertain to open one for. It goes to the digest.
	Untold Novelty = ""
)

// Grade is how well a claim stands. The words are fixed (ceasefires.md §4.2).
type Grade string

// The grades, weakest first.
const (
	Claimed      Grade = "claimed"      // by a party
	Stated       Grade = "stated"       // by a mediator, UN body, monitor or third state
	Reported     Grade = "reported"     // by the outlet itself
	Corroborated Grade = "corroborated" // by two origins that are not the same party or its backer
	Verified     Grade = "verified"     // a cited sentence says that its speaker verified it
)
