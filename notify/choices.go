package notify

import (
	"time"

	"trucewire/guild"
)

// Choices are what a moderator may set beyond what a subscription is of. The zero value of
// a field is the default named beside it. Source of the defaults: design.md §9.
type Choices struct {
	Include    []Filter      `json:"include,omitempty"` // only what one of them names; empty: everything
	Exclude    []Filter      `json:"exclude,omitempty"` // never what one of them names
	Casualties CasualtyMode  `json:"casualties,omitempty"`
	Role       guild.RoleID  `json:"role,omitempty"`       // pinged with critical alerts; empty: nobody is
	PingsADay  int           `json:"pingsADay,omitempty"`  // at most; 0: DefaultPings
	Quiet      Quiet         `json:"quiet,omitzero"`       // hours without noise
	Settle     time.Duration `json:"settle,omitempty"`     // how long a first post waits for more; 0: the rule's; below: not at all
	AlertsADay int           `json:"alertsADay,omitempty"` // below critical, at most; 0: DefaultAlerts
	Reminders  bool          `json:"reminders,omitempty"`  // a day before a deadline
	SayEmpty   bool          `json:"sayEmpty,omitempty"`   // a digest without news is sent too
	Threads    Threads       `json:"threads,omitempty"`
	Crosspost  bool          `json:"crosspost,omitempty"` // of an announcement channel: publish to its followers
	Approval   Approval      `json:"approval,omitempty"`
	Undecided  Undecided     `json:"undecided,omitempty"` // what becomes of a card nobody decided on
	DecideIn   time.Duration `json:"decideIn,omitempty"`  // how long a card waits; 0: DefaultDecideIn
}

// FilterBy is what a filter looks at.
type FilterBy string

// What a filter may look at: words of headline and claims, the parties, the place, the
// source.
const (
	FilterWord   FilterBy = "word" // one word or a phrase of several
	FilterParty  FilterBy = "party"
	FilterPlace  FilterBy = "place"
	FilterSource FilterBy = "source"
)

// Filter names what is let through or kept out.
type Filter struct {
	By    FilterBy `json:"by"`
	Value string   `json:"value"`
}

// CasualtyMode is what a channel wants to read of casualties.
type CasualtyMode string

// The modes.
const (
	CasualtiesFigures CasualtyMode = ""       // in alerts, with their figures
	CasualtiesDigest  CasualtyMode = "digest" // in digests only
	CasualtiesNever   CasualtyMode = "never"
)

// Quiet are hours of a channel's day in which it is told less loudly.
type Quiet struct {
	Mode     QuietMode `json:"mode,omitempty"`
	From     string    `json:"from,omitempty"`     // "22:00" in the channel's zone; empty: DefaultQuietFrom
	To       string    `json:"to,omitempty"`       // empty: DefaultQuietTo
	Critical bool      `json:"critical,omitempty"` // critical alerts are as loud as by day
}

// QuietMode is what happens in quiet hours.
type QuietMode string

// The modes.
const (
	QuietSilent QuietMode = ""     // posts come without a push notification
	QuietHold   QuietMode = "hold" // posts wait for the end of the quiet hours
	QuietOff    QuietMode = "off"  // there are no quiet hours
)

// Threads is where the posts of a channel are put.
type Threads string

// The places.
const (
	ThreadsNone        Threads = ""            // into the channel itself
	ThreadsDevelopment Threads = "development" // one thread for each development; of a forum: one post
	ThreadsDay         Threads = "day"         // one thread a local day
)

// Approval is which posts wait for a moderator.
type Approval string

// The kinds of approval.
const (
	ApproveNone        Approval = ""            // posts go out at once
	ApproveUnconfirmed Approval = "unconfirmed" // unconfirmed ones wait
	ApproveAll         Approval = "all"
)

// Undecided is what becomes of a card that nobody decided on in time.
type Undecided string

// The fallbacks.
const (
	UndecidedDigest Undecided = "" // told in the digest only
	UndecidedPost   Undecided = "post"
	UndecidedDrop   Undecided = "drop"
)
