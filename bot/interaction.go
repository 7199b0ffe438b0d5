package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"

	"trucewire/guild"
)

// Interaction types. Source: Discord developer documentation, "Receiving and Responding".
const (
	typeCommand      = 2
	typeComponent    = 3
	typeAutocomplete = 4
)

// Option types. Source: "Application Commands", option types.
const (
	optionSub      = 1
	optionSubGroup = 2
	optionString   = 3
	optionInteger  = 4
	optionBoolean  = 5
	optionChannel  = 7
)

// interaction is as much of an INTERACTION_CREATE as the router reads. It is a type of
// our own: discordgo's drops what it does not know (resolved app_permissions), fails on
// newer components, and its accessors panic on a kind they do not expect.
type interaction struct {
	ID             string `json:"id"`
	ApplicationID  string `json:"application_id"`
	Type           int    `json:"type"`
	Token          string `json:"token"` // secret: never logged
	GuildID        string `json:"guild_id"`
	ChannelID      string `json:"channel_id"`
	AppPermissions string `json:"app_permissions"` // of the bot, in this channel
	Member         struct {
		User        sender `json:"user"`
		Permissions string `json:"permissions"` // effective, in this channel
	} `json:"member"`
	User sender `json:"user"` // instead of Member in direct messages
	Data struct {
		Name     string        `json:"name"`
		Options  []givenOption `json:"options"`
		CustomID string        `json:"custom_id"`
		Resolved struct {
			Channels map[string]resolvedChannel `json:"channels"`
		} `json:"resolved"`
	} `json:"data"`
}

type sender struct {
	ID         string `json:"id"`
	Username   string `json:"username"`
	GlobalName string `json:"global_name"`
}

type givenOption struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []givenOption   `json:"options"`
}

type resolvedChannel struct {
	Name           string  `json:"name"`
	AppPermissions *string `json:"app_permissions"` // of the bot, in that channel; absent on old clients
}

var errIncomplete = errors.New("interaction without id, token or sender")

// readInteraction decodes what the gateway brought. Strangers' input: it never panics.
func readInteraction(data []byte) (*interaction, error) {
	in := new(interaction)
	if err := json.Unmarshal(data, in); err != nil {
		return nil, err
	}
	if in.ID == "" || in.Token == "" || in.who().ID == "" {
		return nil, errIncomplete
	}
	return in, nil
}

func (in *interaction) who() sender {
	if in.Member.User.ID != "" {
		return in.Member.User
	}
	return in.User
}

// actor is who asks, with the permissions that Discord computed. Outside a server it
// may do nothing.
func (in *interaction) actor() guild.Actor {
	who := in.who()
	return guild.Actor{
		Guild: guild.ID(in.GuildID), User: guild.UserID(who.ID), Name: orElse(who.GlobalName, who.Username),
		Permissions: permissions(in.Member.Permissions),
	}
}

// permissions reads a bit set; what cannot be read grants nothing.
func permissions(s string) guild.Permission {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0
	}
	return guild.Permission(n)
}

// path follows subcommands: "alerts add" and the options given to it.
func (in *interaction) path() (string, []givenOption) {
	name, options := in.Data.Name, in.Data.Options
	for len(options) == 1 && (options[0].Type == optionSub || options[0].Type == optionSubGroup) {
		name, options = name+" "+options[0].Name, options[0].Options
	}
	return name, options
}

// text is the option's value as a string: of strings their content, of numbers and
// truth values their literal.
func (o givenOption) text() string {
	raw := bytes.TrimSpace(o.Value)
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	if bytes.Equal(raw, []byte("null")) {
		return ""
	}
	return string(raw)
}

// request makes what a handler sees.
func (in *interaction) request(path string, options map[string]string) Request {
	r := Request{
		Actor: in.actor(), Channel: guild.ChannelID(in.ChannelID), Path: path, Options: options,
		mine: map[guild.ChannelID]guild.Permission{},
	}
	if in.AppPermissions != "" {
		r.mine[r.Channel] = permissions(in.AppPermissions)
	}
	for id, c := range in.Data.Resolved.Channels {
		if c.AppPermissions != nil {
			r.mine[guild.ChannelID(id)] = permissions(*c.AppPermissions)
		}
	}
	return r
}

// given turns options into a map, and names the one being typed, if any.
func given(options []givenOption) (values map[string]string, focused string) {
	values = make(map[string]string, len(options))
	for _, o := range options {
		values[o.Name] = o.text()
		if o.Focused {
			focused = o.Name
		}
	}
	return values, focused
}
