package bot

import (
	"context"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
)

// Answers gives members' questions their text, from what is stored and folded from
// the sources that the server has on. Texts are Discord markdown of any length, already
// escaped; the router pages them. Implementations are safe for concurrent use.
type Answers interface {
	// Status tells how a conflict stands; of all that the server follows if c is empty.
	Status(ctx context.Context, g guild.ID, c news.ConflictID) (string, error)
	// Latest lists recent developments, newest first.
	Latest(ctx context.Context, g guild.ID, q LatestQuery) (string, error)
	// Next lists the announced starts, ends and meetings of the next days.
	Next(ctx context.Context, g guild.ID, days int) (string, error)
	// Sources lists what the server reads.
	Sources(ctx context.Context, g guild.ID) (string, error)
}

// LatestQuery narrows /latest. The zero value of a field does not narrow.
type LatestQuery struct {
	Conflict news.ConflictID
	Kind     news.Kind
	Since    time.Time // domain time
}

// Alerts keeps subscriptions for moderators. The bot has checked the actor's permission;
// implementations check it again, write the audit entry, and are safe for concurrent use.
// Errors wrap those of notify where the moderator can do something about them.
type Alerts interface {
	AddAlert(ctx context.Context, by guild.Actor, s notify.Subscription) (notify.Subscription, error)
	AddDigest(ctx context.Context, by guild.Actor, s notify.Subscription) (notify.Subscription, error)
	Remove(ctx context.Context, by guild.Actor, id notify.SubscriptionID) error
	List(ctx context.Context, g guild.ID) ([]notify.Subscription, error)
	// DigestNow owes the digest at once and leaves its schedule alone.
	DigestNow(ctx context.Context, by guild.Actor, id notify.SubscriptionID) error
}

// SourceBook keeps a server's sources for moderators, under the rules of [Alerts]. Errors
// that a member can do something about have words in sources.Explain.
type SourceBook interface {
	// Add fetches and tests the feed before it saves it.
	Add(ctx context.Context, by guild.Actor, url string) (sources.Tested, error)
	// Remove takes away the source that ref names by id, name or address.
	Remove(ctx context.Context, by guild.Actor, ref string) (sources.Source, error)
	// List returns what the server reads: of the catalogue and its own.
	List(ctx context.Context, by guild.Actor) ([]sources.Check, error)
}

// Guilds hears where the bot is. Calls come one at a time, in the order of the events,
// and again for every server after each connection; they must be idempotent.
type Guilds interface {
	// Joined: the bot is in the server.
	Joined(ctx context.Context, g guild.ID, name string) error
	// Left: the bot was removed. An outage of the server does not call it.
	Left(ctx context.Context, g guild.ID) error
	// ChannelGone: the channel or thread was deleted.
	ChannelGone(ctx context.Context, g guild.ID, c guild.ChannelID) error
}

// Marks remembers one short value per name across restarts.
type Marks interface {
	// Marked returns the value, empty if there is none.
	Marked(ctx context.Context, name string) (string, error)
	Mark(ctx context.Context, name, value string) error
}

// Deps are what the bot answers with and tells. All are needed by Run; a Bot without
// them can still post and Check.
type Deps struct {
	Catalogue *news.Catalogue
	Answers   Answers
	Alerts    Alerts
	Sources   SourceBook
	Guilds    Guilds
	Marks     Marks
}

func (d Deps) complete() bool {
	return d.Catalogue != nil && d.Answers != nil && d.Alerts != nil && d.Sources != nil &&
		d.Guilds != nil && d.Marks != nil
}
