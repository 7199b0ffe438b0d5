package news

import (
	"strings"
	"time"
)

// Qualifier is how exact a figure is.
type Qualifier string

// The qualifiers.
const (
	Exact     Qualifier = "exact"
	AtLeast   Qualifier = "at_least"
	About     Qualifier = "about"
	UpTo      Qualifier = "up_to"
	MoreThan  Qualifier = "more_than"
	FewerThan Qualifier = "fewer_than"
	Vague     Qualifier = "vague" // "dozens": no number at all
)

// Figure is a number of people or things as one speaker gave it. It is never
// summed or averaged with another.
type Figure struct {
	What      string    `json:"what"` // killed, injured, displaced, released, captured, missing, detained, evacuated, aid, duration, other
	Min       *int      `json:"min"`  // nil: no lower bound known
	Max       *int      `json:"max"`  // nil: no upper bound known
	Qualifier Qualifier `json:"qualifier"`
	Unit      string    `json:"unit"` // people, hours, days, weeks, trucks, …
	Who       string    `json:"who"`  // civilians, hostages, …; empty: not said
	By        string    `json:"by"`   // the speaker as named; empty: the outlet itself
	Period    string    `json:"-"`    // "since Saturday", as the item says; empty: not said
	Place     string    `json:"-"`
	Verified  bool      `json:"-"` // the item says that the speaker verified it
}

// SpeakerClass is what a speaker is to the conflict.
type SpeakerClass string

// The classes of speakers.
const (
	SpeakerParty     SpeakerClass = "party"
	SpeakerMediator  SpeakerClass = "mediator"
	SpeakerUN        SpeakerClass = "un"
	SpeakerMonitor   SpeakerClass = "monitor"
	SpeakerState     SpeakerClass = "state"
	SpeakerMedia     SpeakerClass = "media" // the outlet itself, or another outlet that is named
	SpeakerAnonymous SpeakerClass = "anonymous"
)

// Speaker is who says they know something: the nearest responsible speaker.
type Speaker struct {
	Name  string       `json:"name"`            // as named in the item, "UNSMIL"; empty: the outlet itself
	Party PartyID      `json:"party,omitempty"` // the party spoken for, if any
	Class SpeakerClass `json:"class,omitempty"`
	// ID is the catalogue's own name for a body or mission, the same in every language
	// and wording: "mechanism/UN Support Mission in Libya". Empty: not in the catalogue.
	ID string `json:"id,omitempty"`
	// Known is how the catalogue shortly calls what ID names, "UNSMIL"; empty with ID.
	Known string `json:"known,omitempty"`
}

// Claim is one statement of an item: what, who says so, how well it stands, and
// the exact words it was read from.
type Claim struct {
	Kind    Kind      `json:"kind"`
	Main    bool      `json:"main,omitempty"` // the statement an editor would file the item under
	By      Speaker   `json:"by"`
	Grade   Grade     `json:"grade"`
	Parties []PartyID `json:"parties,omitempty"` // sorted
	Place   string    `json:"place,omitempty"`   // no finer than a town
	Day     string    `json:"day,omitempty"`     // resolved day of the event or of the statement, "2020-06-10"
	// Period is where it is told to be no single day: "2020-06-01/2020-06-07" of "last
	// week", "2020-06-08/.." of "since Monday".
	Period string `json:"period,omitempty"`
	// Actors are the catalogue ids of people, bodies and countries that the evidence
	// names, sorted: by them the meetings and calls of one item are told apart.
	Actors []string `json:"actors,omitempty"`
	Roles  []Role   `json:"roles,omitempty"` // who does what, as far as the grammar tells
	// Begins and Ends are when it takes effect and lapses as the sentence tells: a day,
	// or an instant "2020-06-08T04:00Z" where it names the hour; empty: not told.
	Begins string `json:"begins,omitempty"`
	Ends   string `json:"ends,omitempty"`
	// Quote is the evidence: the words of the item byte for byte, at most a sentence.
	Quote string `json:"quote"`
	// InTitle tells that Quote is of the title; otherwise it is of the text.
	InTitle bool `json:"inTitle,omitempty"`
	// Spoken tells that the item itself puts Quote (or part of it) in quotation marks.
	Spoken  bool     `json:"spoken,omitempty"`
	Figures []Figure `json:"figures,omitempty"`
	// Sub refines the kind ("unilateral", "humanitarian", "new-round", "repulsed");
	// the reader's documentation lists the values.
	Sub string `json:"sub,omitempty"`
	// Action is what the bot may say in its own words: a phrase id of the writer's
	// templates chosen by the reader's grammar. Empty: the kind alone.
	Action string `json:"action,omitempty"`
	// Cite is filled by the desk when the claim joins a development.
	Cite Cite `json:"cite"`
}

// over reports whether what a claim tells ended before the day of at: background that
// is told again.
func (c Claim) over(at time.Time) bool {
	_, end, ok := strings.Cut(c.Period, "/")
	return ok && end != ".." && end < at.Format(dayFormat)
}

// Cite is where a claim was read.
type Cite struct {
	Item   ItemID    `json:"item,omitempty"`
	Source SourceID  `json:"source,omitempty"`
	Outlet OutletID  `json:"outlet,omitempty"`
	URL    string    `json:"url,omitempty"`
	Lang   string    `json:"lang,omitempty"`
	At     time.Time `json:"at,omitzero"` // when it was published, UTC
}
