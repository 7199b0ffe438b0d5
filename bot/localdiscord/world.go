package localdiscord

import (
	"fmt"
	"slices"
	"time"
)

// object is a JSON object on its way out.
type object = map[string]any

// world is everything this Discord remembers. It has no lock: the Server guards it.
type world struct {
	now func() time.Time // stamps messages and ids; may be a story's clock
	ids snowflakes
	app Application
	url func() string // base of attachment links

	guilds       map[string]*guild // with the bot in them
	left         map[string]*guild // the bot was removed; their channels stay
	channels     map[string]*channel
	users        map[string]*User
	closedDMs    map[string]bool // users who take no direct messages
	dms          map[string]string
	commands     map[string][]*command // by guild; "" are the global ones
	nonces       nonces
	interactions map[string]*interaction // by token
	byID         map[string]*interaction

	publish func(dispatch)
	events  []Event // not yet delivered to the caller
}

type guild struct {
	id, name, locale, owner string

	unavailable bool
	joined      time.Time
	roles       map[string]*Role
	members     map[string]*member
}

type member struct {
	user     string
	roles    []string
	personal uint64 // permissions given to this member alone, as by a role of their own
	joined   time.Time
}

type channel struct {
	id, guild, name string

	kind       ChannelType
	overwrites []Overwrite
	recipient  string     // of a direct message channel
	messages   []*message // oldest first
	ephemeral  []*message
}

func newWorld(app Application, now func() time.Time, window time.Duration) *world {
	return &world{
		now: now, app: app,
		guilds: map[string]*guild{}, left: map[string]*guild{}, channels: map[string]*channel{}, users: map[string]*User{},
		closedDMs: map[string]bool{}, dms: map[string]string{}, commands: map[string][]*command{},
		nonces:       nonces{window: window, seen: map[nonceKey]nonceEntry{}},
		interactions: map[string]*interaction{}, byID: map[string]*interaction{},
	}
}

// newID takes the wanted id or makes one.
func (w *world) newID(want string) (string, error) {
	if want == "" {
		return w.ids.next(w.now()), nil
	}
	if !isSnowflake(want) {
		return "", fmt.Errorf("id %q is not a snowflake", want)
	}
	return want, nil
}

func (w *world) addGuild(g Guild) (string, error) {
	id, err := w.newID(g.ID)
	if err != nil {
		return "", fmt.Errorf("add guild: %w", err)
	}
	if w.guilds[id] != nil {
		return "", fmt.Errorf("add guild: there is one with id %s", id)
	}
	made := w.left[id]
	delete(w.left, id)
	if made == nil {
		made = w.newGuild(id, g)
	}
	made.joined = w.now()
	made.members[w.app.ID] = &member{user: w.app.ID, personal: orBits(g.Bot, DefaultBot), joined: made.joined}
	w.guilds[id] = made
	w.publish(dispatch{kind: "GUILD_CREATE", intent: intentGuilds, guild: id, data: w.guildJSON(made)})
	return id, nil
}

func (w *world) newGuild(id string, g Guild) *guild {
	made := &guild{
		id: id, name: g.Name, locale: orDefault(g.Locale, "en-US"), owner: g.Owner,
		roles: map[string]*Role{}, members: map[string]*member{},
	}
	made.roles[id] = &Role{ID: id, Guild: id, Name: "@everyone", Permissions: orBits(g.Everyone, DefaultEveryone)}
	if g.Owner != "" {
		made.members[g.Owner] = &member{user: g.Owner, joined: w.now()}
	}
	return made
}

// removeGuild takes the bot out. The server and its channels go on without it: what the
// bot tries there is answered with Missing Access.
func (w *world) removeGuild(id string) error {
	g := w.guilds[id]
	if g == nil {
		return fmt.Errorf("guild %s: %w", id, ErrNotFound)
	}
	w.publish(dispatch{kind: "GUILD_DELETE", intent: intentGuilds, guild: id, data: object{"id": id}})
	delete(w.guilds, id)
	delete(g.members, w.app.ID)
	w.left[id] = g
	delete(w.commands, id)
	return nil
}

func (w *world) addChannel(c Channel) (string, error) {
	id, err := w.newID(c.ID)
	if err != nil {
		return "", fmt.Errorf("add channel: %w", err)
	}
	if w.guilds[c.Guild] == nil {
		return "", fmt.Errorf("add channel %s: guild %s: %w", c.Name, c.Guild, ErrNotFound)
	}
	if c.Type != TextChannel && c.Type != AnnouncementChannel {
		return "", fmt.Errorf("add channel %s: type %d is not a text or announcement channel", c.Name, c.Type)
	}
	if w.channels[id] != nil {
		return "", fmt.Errorf("add channel: there is one with id %s", id)
	}
	made := &channel{id: id, guild: c.Guild, name: c.Name, kind: c.Type, overwrites: slices.Clone(c.Overwrites)}
	w.channels[id] = made
	w.publish(dispatch{kind: "CHANNEL_CREATE", intent: intentGuilds, guild: c.Guild, data: w.channelJSON(made)})
	return id, nil
}

func (w *world) removeChannel(id string) error {
	c := w.channels[id]
	if c == nil {
		return fmt.Errorf("channel %s: %w", id, ErrNotFound)
	}
	delete(w.channels, id)
	if c.guild != "" {
		w.publish(dispatch{kind: "CHANNEL_DELETE", intent: intentGuilds, guild: c.guild, data: w.channelJSON(c)})
	}
	return nil
}

// directChannel is the direct message channel between the bot and the user.
func (w *world) directChannel(user string) *channel {
	if id, ok := w.dms[user]; ok {
		return w.channels[id]
	}
	c := &channel{id: w.ids.next(w.now()), kind: DirectMessage, recipient: user}
	w.channels[c.id] = c
	w.dms[user] = c.id
	return c
}

// permissions are those of a user in a channel; zero for strangers.
func (w *world) permissions(c *channel, user string) uint64 {
	if c.kind == DirectMessage {
		if user == c.recipient || user == w.app.ID {
			return inDirectMessages
		}
		return 0
	}
	g := w.guilds[c.guild]
	if g == nil || g.members[user] == nil {
		return 0
	}
	return effective(g, c, g.members[user])
}

// sharesGuild reports whether the user and the bot meet anywhere.
func (w *world) sharesGuild(user string) bool {
	for _, g := range w.guilds {
		if g.members[user] != nil {
			return true
		}
	}
	return false
}

// channelsOf are a guild's channels in the order they were made.
func (w *world) channelsOf(guild string) []*channel {
	var list []*channel
	for _, c := range w.channels {
		if c.guild == guild {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *channel) int { return compareIDs(a.id, b.id) })
	return list
}

func compareIDs(a, b string) int {
	x, y := snowflakeValue(a), snowflakeValue(b)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

func orDefault(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func orBits(p, fallback uint64) uint64 {
	if p == 0 {
		return fallback
	}
	return p
}
