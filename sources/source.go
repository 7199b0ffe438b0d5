// Package sources brings items in from the open internet: politely, safely and
// never silently.
//
// It fetches feeds (conditional GET, limits on time and size, no private address),
// decodes and parses them (gofeed lives only here), gives every entry an identity
// that survives edits and churn, and keeps for each feed when to look again. What a
// poll brought goes to a [Filer], which makes it durable in one transaction.
//
// It never judges news, never posts, and knows no database: what it must remember
// between polls is kept by a [Ledger].
package sources

import (
	"context"
	"time"

	"trucewire/guild"
	"trucewire/news"
)

// Source is a feed that items come from.
type Source struct {
	ID          news.SourceID
	Name        string // "BBC News – Africa"
	URL         string
	Outlet      news.OutletID
	Lang        string
	Type        string            // public-broadcaster, wire, un, …
	Affiliation string            // printed beside the name: "UK public broadcaster"
	Conflicts   []news.ConflictID // what it covers; empty: the world
	Default     bool              // on for a server that chose nothing
	Own         bool              // added by a server by URL; seen only by its owners
	// Every is the operator's or catalogue's interval; zero: the default.
	Every time.Duration
	// MaxBody is the operator's limit in bytes for a feed that is honestly larger than
	// the default 5 MiB; zero: the default.
	MaxBody int64
}

// State is what a poll leaves for the next one. The zero value is a source that was
// never polled.
type State struct {
	Source       news.SourceID
	ETag         string // byte for byte as the publisher sent it, quotes included
	LastModified string
	BodyHash     string    // SHA-256 of the last body, hex
	BaselineAt   time.Time // when its first poll succeeded; zero: not yet
	NextCheckAt  time.Time
	CheckedAt    time.Time
	OKAt         time.Time // last answer that was a feed or 304
	NewestAt     time.Time // newest item seen
	Failures     int       // in a row
	Problem      string    // the last failure in one line with what to do; empty: fine
	// Memory is the poller's own: identities of the last document, what its ttl and
	// skip hours said, evidence of a move. Opaque to all others; at most about 12 kB.
	Memory string
}

// Check is a source that is due, with what the last poll left.
type Check struct {
	Source Source
	State  State
}

// Poll is what one look at a source brought.
type Poll struct {
	Source   Source
	State    State       // to be kept
	Items    []news.Item // new and edited ones, oldest first
	Baseline bool        // the first poll: items are kept and read but owed to nobody
	At       time.Time
}

// Seen is what is known of an item already stored.
type Seen struct {
	Revision int
	Hash     string // of its title and text
}

// Ledger is what the poller remembers. Implementations are safe for concurrent use.
type Ledger interface {
	// DueChecks returns sources that somebody needs and whose next check is not after
	// now, longest due first, at most limit.
	DueChecks(ctx context.Context, now time.Time, limit int) ([]Check, error)
	// SeenItems returns what is stored of these items of the source. Absent ids are absent.
	SeenItems(ctx context.Context, source news.SourceID, ids []news.ItemID) (map[news.ItemID]Seen, error)
}

// Filer takes a poll and makes it durable together with all that follows from it:
// items, readings, developments, messages owed and the source's state, in one
// transaction. After an error nothing has changed and the poll will be made again.
type Filer interface {
	FilePoll(ctx context.Context, p Poll) error
}

// Library keeps the sources that servers have. Every call is scoped by server, and
// writes the change and its audit entry in one transaction.
type Library interface {
	// AddSource adds src to the server with the state its test left. It returns
	// ErrExists if the server has it, ErrTooMany at the limit.
	AddSource(ctx context.Context, g guild.ID, src Source, st State, audit guild.AuditEntry) error
	// RemoveSource takes the source from the server. It returns ErrNotFound if the
	// server does not have it.
	RemoveSource(ctx context.Context, g guild.ID, id news.SourceID, audit guild.AuditEntry) error
	// ListSources returns what the server reads: catalogue sources that are on and its
	// own, by name.
	ListSources(ctx context.Context, g guild.ID) ([]Check, error)
}
