package news

import (
	"strings"
	"time"
)

// Ids are types so that one cannot be passed for another.
type (
	// SourceID names a feed: a slug of the catalogue, or "own-" and a hash for a
	// source that a server added by URL.
	SourceID string
	// OutletID names who carries items: a slug of the catalogue, or a host name.
	OutletID string
	// ItemID names one entry of one source. Revisions of an entry share it.
	ItemID string
	// ConflictID names a conflict of the catalogue.
	ConflictID string
	// PartyID names a party of the catalogue.
	PartyID string
	// ArrangementID names a truce, plan or deal inside a conflict (a slug).
	ArrangementID string
	// DevelopmentID names one real-world step.
	DevelopmentID string
)

// Item is one entry of one source, immutable. An edited entry is a new Item with
// the same ID and a higher Revision.
type Item struct {
	ID        ItemID
	Revision  int // 0 for the first
	Source    SourceID
	Outlet    OutletID
	URL       string
	Published time.Time // UTC; FirstSeen where the publisher gave no usable date
	Dated     bool      // whether Published is the publisher's own
	FirstSeen time.Time // UTC
	Title     string    // plain text
	Text      string    // plain text: a summary, a full article, or empty
	Lang      string    // BCP 47 primary tag of the feed, "en"; empty: unknown
}

// View tells which sources a server has on. A nil View sees every source.
// What a server sees is folded from the claims of these sources only.
type View func(SourceID) bool

// ownPrefix begins the id of a source that a server added by URL.
const ownPrefix = "own-"

// Own reports whether a server added the source by URL: only that server is told of it.
func (s SourceID) Own() bool { return strings.HasPrefix(string(s), ownPrefix) }

// Sees reports whether the source is on in this view.
func (v View) Sees(s SourceID) bool { return v == nil || v(s) }
