package bot

import (
	"context"
	"strings"

	"trucewire/guild"
)

// Request is what a handler knows of an interaction. It is a value; handlers may keep it.
type Request struct {
	Actor   guild.Actor // Actor.Guild is never empty in a handler
	Channel guild.ChannelID
	Path    string            // "alerts add"
	Options map[string]string // as given; absent options are absent

	mine map[guild.ChannelID]guild.Permission // the bot's own, where Discord said them
}

// MayDo returns the bot's own permissions in a channel; known is false where Discord did
// not say them.
func (r Request) MayDo(c guild.ChannelID) (p guild.Permission, known bool) {
	p, known = r.mine[c]
	return p, known
}

// Reply is what a handler answers: Discord markdown of any length, paged by the router.
type Reply struct {
	Text string
}

// handler answers a request. It never calls Discord. An error of type *UserError is shown
// as it is; domain errors are put into words (words.go); of all others the member learns
// only that the operator was told.
type handler func(ctx context.Context, r Request) (Reply, error)

// choice is one value that an option may have.
type choice struct {
	Name  string `json:"name"`
	Value any    `json:"value"` // string, or int64 of an integer option
}

// completer suggests values for what was typed so far; the router cuts to 25.
type completer func(ctx context.Context, r Request, typed string) ([]choice, error)

// option is one option of a command.
type option struct {
	Name, Text string
	Type       int // optionString, optionInteger, optionBoolean, optionChannel
	Required   bool
	Choices    []choice
	Complete   completer
	Channels   []int // of optionChannel: the types that may be chosen
	MaxLength  int   // of optionString; zero: Discord's
	Min, Max   *int  // of optionInteger
}

// command is one row of the table: registered from it, dispatched by it, documented from
// it. A command has either subcommands or a handler.
type command struct {
	Name, Text string
	// Needs are the permissions without which it is refused; of a root they also hide it.
	Needs guild.Permission
	// Slow commands are acknowledged before they are handled.
	Slow bool
	// Reads marks a command that changes nothing: its pages may be turned.
	Reads bool
	// Share offers *Show in channel* on the answer. Only for commands that read.
	Share   bool
	Options []option
	Subs    []command
	Handle  handler
}

// table finds commands by path. It is read-only after it is made.
type table struct {
	roots []command
	leafs map[string]command // by path; Needs includes the root's
}

func newTable(roots []command) table {
	t := table{roots: roots, leafs: map[string]command{}}
	for _, c := range roots {
		t.add("", c, 0)
	}
	return t
}

func (t *table) add(prefix string, c command, needs guild.Permission) {
	path := strings.TrimSpace(prefix + " " + c.Name)
	c.Needs |= needs
	if len(c.Subs) == 0 {
		t.leafs[path] = c
		return
	}
	for _, sub := range c.Subs {
		t.add(path, sub, c.Needs)
	}
}

func (t *table) find(path string) (command, bool) {
	c, ok := t.leafs[path]
	return c, ok
}
