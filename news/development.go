package news

import "time"

// Development is one real-world step, told by any number of items. Values are
// immutable once the desk has given them out: a change makes a new value with the
// next Revision.
type Development struct {
	ID          DevelopmentID `json:"id"`
	Ref         string        `json:"ref"` // short visible reference, 4 characters of Crockford base32
	Revision    int           `json:"revision"`
	Conflict    ConflictID    `json:"conflict,omitempty"`
	Arrangement ArrangementID `json:"arrangement,omitempty"`
	Kinds       []Kind        `json:"kinds"` // the main one first
	Severity    Severity      `json:"severity"`
	// Certainty is that of the surest item that files it. Texts tell the kind as a fact
	// only where it is high.
	Certainty Certainty `json:"certainty,omitempty"`
	// Main tells that at least one item that the reader was not merely guessing at files
	// it as its main development. Only such
	// a development opens a message; minor ones feed digests, answers and status.
	Main      bool      `json:"main"`
	OpenedAt  time.Time `json:"openedAt"`  // published time of the first item
	ChangedAt time.Time `json:"changedAt"` // published time of the item that made this revision
	Claims    []Claim   `json:"claims"`    // each with its Cite, in the order told; never merged
	Mentions  []Mention `json:"mentions"`
	// Corrections keep what was said before beside what is said now.
	Corrections []Correction `json:"corrections,omitempty"`
	// Follows is the earlier step of the same story, if known.
	Follows DevelopmentID `json:"follows,omitempty"`
	// OwnRevisions is how many of its revisions are by servers' own sources.
	OwnRevisions int `json:"ownRevisions,omitempty"`
}

// Kind is the main kind of the development.
func (d Development) Kind() Kind {
	if len(d.Kinds) == 0 {
		return ""
	}
	return d.Kinds[0]
}

// Mention ties an item to a development.
type Mention struct {
	Cite
	Main    bool    `json:"main,omitempty"` // the item's main development
	Novelty Novelty `json:"novelty"`
	// Origin is who says they know it: the key of the nearest responsible speaker
	// ("un/unsmil", "ly-lna"), of the wire copy, or of the outlet's own reporting.
	// Two mentions with one origin do not corroborate each other.
	Origin string `json:"origin"`
	// Side is the party that the origin is or, by the catalogue, backs: two mentions of
	// one side do not corroborate each other either.
	Side PartyID `json:"side,omitempty"`
	// Arrangement is the one that the item names.
	Arrangement ArrangementID `json:"arrangement,omitempty"`
	// Certainty is how sure the reader was of the item.
	Certainty Certainty `json:"certainty,omitempty"`
	// Doubtful tells that the item opened the development and came so near to another one
	// that it may only retell it. It opens no post; the next item that tells the step does.
	Doubtful bool `json:"doubtful,omitempty"`
	// Kinds are the kinds this item gives the development, the main one first.
	Kinds []Kind `json:"kinds,omitempty"`
	Title string `json:"title,omitempty"` // the headline, for quotation
}

// Correction is a value that a later item of better standing replaced. Both stay.
type Correction struct {
	At   time.Time `json:"at"`
	Was  string    `json:"was"` // in the bot's own words, "in Sirte"
	Now  string    `json:"now"`
	Per  string    `json:"per"` // who says so
	Cite Cite      `json:"cite"`
}

// Reason is why something is owed to a channel. It is part of the replay contract.
type Reason string

// The reasons.
const (
	ReasonFirst     Reason = "first"
	ReasonAdds      Reason = "adds"
	ReasonConfirmed Reason = "confirmed"
	ReasonDenied    Reason = "denied"
	ReasonCorrected Reason = "corrected"
	ReasonRetracted Reason = "retracted"
	ReasonDeadline  Reason = "deadline"
	ReasonDigest    Reason = "digest"
	ReasonCatchUp   Reason = "catch_up"
)

// Replies reports whether the reason is told by a reply, because edits reach nobody.
func (r Reason) Replies() bool {
	switch r {
	case ReasonConfirmed, ReasonDenied, ReasonCorrected, ReasonRetracted, ReasonDeadline:
		return true
	default:
		return false
	}
}

// Update is what one item changed in a development, as far as channels care.
type Update struct {
	Development DevelopmentID `json:"development"`
	Revision    int           `json:"revision"` // the revision that tells it
	Reason      Reason        `json:"reason"`
	Severity    Severity      `json:"severity"`
	At          time.Time     `json:"at"`
	Item        ItemID        `json:"item"`
	Source      SourceID      `json:"source"`
	Correction  *Correction   `json:"correction,omitempty"` // of ReasonCorrected
	Deadline    *Deadline     `json:"deadline,omitempty"`   // of ReasonDeadline
}

// Status is the state of an arrangement (ceasefires.md §1.5), or, where no
// arrangement is known, the conflict's process.
type Status string

// The states.
const (
	StatusNone        Status = "none"
	StatusProposed    Status = "proposed"
	StatusNegotiating Status = "negotiating"
	StatusAgreed      Status = "agreed"
	StatusInForce     Status = "in_force"
	StatusExtended    Status = "extended"
	StatusExpired     Status = "expired"
	StatusCollapsed   Status = "collapsed"
	StatusSuperseded  Status = "superseded"
	StatusSettled     Status = "settled"
)

// Position is where a party stands on an arrangement.
type Position string

// The positions.
const (
	PositionBacks       Position = "backs"
	PositionAccepts     Position = "accepts"
	PositionConditional Position = "conditional"
	PositionRejects     Position = "rejects"
	PositionNoReply     Position = "no_reply"
	PositionNotParty    Position = "not_party"
)

// Standing is the status of one arrangement, or of a conflict's process when
// Arrangement is empty. Each change carries the rule and the evidence it rests on.
type Standing struct {
	At          time.Time            `json:"at"`
	Conflict    ConflictID           `json:"conflict"`
	Arrangement ArrangementID        `json:"arrangement,omitempty"`
	Status      Status               `json:"status"`
	Strain      int                  `json:"strain"` // 0 quiet to 3 verified or mass-casualty
	Positions   map[PartyID]Position `json:"positions,omitempty"`
	By          string               `json:"by,omitempty"` // who last confirmed it
	// Start and End are when it takes effect and lapses, as last told; zero: not told.
	Start time.Time `json:"start,omitzero"`
	End   time.Time `json:"end,omitzero"`
	// Length is how long it is to last, as last told; nil: not told.
	Length *Figure `json:"length,omitempty"`
	// Dates are who says when it begins and ends, newest word of each claimant.
	Dates []DateTold `json:"dates,omitempty"`
	// Stances are where parties stood over time, oldest first. Positions is the last of
	// each.
	Stances []Stance `json:"stances,omitempty"`
	// Unilateral tells that one side declared it for itself.
	Unilateral bool `json:"unilateral,omitempty"`
	// Disputed tells that parties differ on whether it runs, or until when.
	Disputed bool `json:"disputed,omitempty"`
	// Conditional tells that the agreement hangs on what a party has yet to do.
	Conditional bool `json:"conditional,omitempty"`
	// Scope is how narrow it is: holiday, sectoral, local, humanitarian. Empty: general.
	Scope string `json:"scope,omitempty"`
	// Supersedes is the arrangement that this one took the place of.
	Supersedes ArrangementID `json:"supersedes,omitempty"`
	// Observed is what is seen of it though it ended: CalmObserved, or empty.
	Observed string `json:"observed,omitempty"`
	// Strained is when the strain last changed or a breach was last alleged.
	Strained time.Time `json:"strained,omitzero"`
	Rule     string    `json:"rule"`
	Evidence []ItemID  `json:"evidence"`
	// Claims are what the standing is folded from, so that a server's view can be
	// folded from the sources it has on.
	Claims []Claim `json:"claims,omitempty"`
}
