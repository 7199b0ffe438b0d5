// Package guild is the vocabulary of a Discord server as Trucewire sees it: typed
// ids, who acts and with which permissions, a server's settings and limits, and
// the audit entry that every change leaves.
//
// It takes plain values in and gives plain values out. It knows neither news nor
// delivery, and it never talks to Discord or to a database.
package guild

import (
	"errors"
	"strconv"
	"time"
)

// Ids are Discord snowflakes: decimal strings of a uint64. They are types so that
// passing a channel where a server is meant does not compile.
type (
	// ID names a server.
	ID string
	// ChannelID names a channel or thread.
	ChannelID string
	// MessageID names a message inside a channel.
	MessageID string
	// UserID names a person or bot.
	UserID string
	// RoleID names a role of a server.
	RoleID string
)

// Valid reports whether the id can name a channel: a decimal number above zero that fits
// 64 bits.
func (c ChannelID) Valid() bool {
	n, err := strconv.ParseUint(string(c), 10, 64)
	return err == nil && n > 0
}

// Permission is Discord's permission bit set.
type Permission uint64

// The permissions Trucewire checks. Source: Discord developer documentation,
// "Permissions", bitwise permission flags.
const (
	Administrator      Permission = 1 << 3
	ManageServer       Permission = 1 << 5
	ViewChannel        Permission = 1 << 10
	SendMessages       Permission = 1 << 11
	EmbedLinks         Permission = 1 << 14
	ReadMessageHistory Permission = 1 << 16
	MentionEveryone    Permission = 1 << 17
)

// Has reports whether all bits of want are granted. Administrators have everything.
func (p Permission) Has(want Permission) bool {
	return p&Administrator != 0 || p&want == want
}

// Actor is whoever asked for something: a member in a server. The zero value may
// do nothing.
type Actor struct {
	Guild       ID
	User        UserID
	Name        string
	Permissions Permission // effective in the channel where the command was given
}

// Moderates reports whether the actor may change the server's configuration.
func (a Actor) Moderates() bool { return a.Guild != "" && a.Permissions.Has(ManageServer) }

// Audit is the entry that a change by this actor leaves.
func (a Actor) Audit(at time.Time, action, target, detail string) AuditEntry {
	return AuditEntry{
		Guild: a.Guild, At: at, Actor: a.User, Name: a.Name,
		Action: action, Target: target, Detail: detail,
	}
}

// Settings are a server's own choices. The zero value of a field means the default
// named beside it.
type Settings struct {
	Guild       ID
	Name        string
	Lang        string    // language of posts, "en"
	Zone        string    // IANA time zone, "UTC"
	ModChannel  ChannelID // where moderators are told things; empty: nowhere
	LeftAt      time.Time // when the bot was removed; zero: it is there
	AllowListed bool
}

// What one server may have. Defaults of design.md §9.
const (
	MaxOwnSources    = 50
	MaxSubscriptions = 50
)

// AuditEntry records one change of a server's configuration. It is written in the
// same transaction as the change.
type AuditEntry struct {
	Guild  ID
	At     time.Time
	Actor  UserID
	Name   string // the actor's name at that time
	Action string // "source add", "alerts remove", …
	Target string // what was changed, as a moderator would name it
	Detail string
}

// ErrForbidden says that the actor may not do this. It is shown to members as it is.
var ErrForbidden = errors.New("this needs the Manage Server permission")
