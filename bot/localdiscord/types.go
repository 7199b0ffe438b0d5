package localdiscord

import (
	"encoding/json"
	"time"
)

// ChannelType is Discord's channel type number.
type ChannelType int

// The channel types this Discord has.
const (
	TextChannel         ChannelType = 0
	DirectMessage       ChannelType = 1
	AnnouncementChannel ChannelType = 5
)

// Application is the bot's own identity. Its id is also the id of the bot user, as it
// is for every application made since 2016.
type Application struct {
	ID   string
	Name string
}

// Guild describes a server to AddGuild. The zero value of every field has a default.
type Guild struct {
	ID     string // empty: a new id
	Name   string
	Locale string // preferred locale; empty: "en-US"
	Owner  string // user id; empty: nobody the caller can act as

	// Everyone are the permissions of the @everyone role; zero: DefaultEveryone.
	Everyone uint64
	// Bot are the permissions the bot was invited with; zero: DefaultBot.
	Bot uint64
}

// Channel describes a channel of a server to AddChannel.
type Channel struct {
	ID         string // empty: a new id
	Guild      string
	Name       string
	Type       ChannelType
	Overwrites []Overwrite
}

// Overwrite changes permissions in one channel for one role or one member. The id of
// the @everyone role is the id of the guild.
type Overwrite struct {
	Role  string // set either Role
	User  string // or User
	Allow uint64
	Deny  uint64
}

// Role describes a role to AddRole.
type Role struct {
	ID          string // empty: a new id
	Guild       string
	Name        string
	Permissions uint64
	Mentionable bool
}

// User describes a person (or another bot) to AddUser.
type User struct {
	ID     string // empty: a new id
	Name   string
	Bot    bool
	Locale string // of the person's client; empty: "en-US"
}

// Message is one message as the members of its channel see it. It is a copy: changing
// it changes nothing.
type Message struct {
	ID      string
	Channel string
	Guild   string // empty in direct messages
	Author  string // user id
	Bot     bool   // written by the bot under test
	Content string
	Embeds  []Embed

	// Components are the rows of buttons and selects, or the V2 layout.
	Components  []Component
	Attachments []Attachment
	Flags       int
	ReplyTo     string // id of the message this one answers
	Nonce       string
	Created     time.Time
	Edited      time.Time // zero: never

	// Pings says who was notified by it when it was sent. Edits notify nobody.
	Pings Pings
	// Viewer is the one member who sees an ephemeral message; empty: the channel.
	Viewer string
	// Loading is true while the bot is "thinking": a deferred reply without text yet.
	Loading bool
	// Command is the command or component this message answers, empty otherwise.
	Command string
}

// Ephemeral reports whether only Viewer sees the message.
func (m Message) Ephemeral() bool { return m.Viewer != "" }

// Pings are the notifications a message caused.
type Pings struct {
	Everyone bool
	Roles    []string
	Users    []string
}

// None reports whether nobody was notified.
func (p Pings) None() bool { return !p.Everyone && len(p.Roles) == 0 && len(p.Users) == 0 }

// Embed is the part of an embed that members read.
type Embed struct {
	Type        string       `json:"type,omitempty"`
	URL         string       `json:"url,omitempty"`
	Title       string       `json:"title,omitempty"`
	Description string       `json:"description,omitempty"`
	Timestamp   string       `json:"timestamp,omitempty"`
	Color       int          `json:"color,omitempty"`
	Footer      *EmbedFooter `json:"footer,omitempty"`
	Image       *EmbedImage  `json:"image,omitempty"`
	Thumbnail   *EmbedImage  `json:"thumbnail,omitempty"`
	Author      *EmbedAuthor `json:"author,omitempty"`
	Fields      []EmbedField `json:"fields,omitempty"`
}

// EmbedFooter is the small line under an embed.
type EmbedFooter struct {
	Text    string `json:"text,omitempty"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedImage is a picture in an embed.
type EmbedImage struct {
	URL string `json:"url,omitempty"`
}

// EmbedAuthor is the line above an embed's title.
type EmbedAuthor struct {
	Name    string `json:"name,omitempty"`
	URL     string `json:"url,omitempty"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedField is one name and value of an embed.
type EmbedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// Component is a row, button, select or layout part of a message. Type is Discord's
// number: 1 row, 2 button, 3 string select, 5–8 other selects, 9–17 layout.
type Component struct {
	Type        int            `json:"type"`
	CustomID    string         `json:"custom_id,omitempty"`
	Label       string         `json:"label,omitempty"`
	Style       int            `json:"style,omitempty"`
	URL         string         `json:"url,omitempty"`
	Disabled    bool           `json:"disabled,omitempty"`
	Placeholder string         `json:"placeholder,omitempty"`
	Content     string         `json:"content,omitempty"`
	MinValues   *int           `json:"min_values,omitempty"`
	MaxValues   *int           `json:"max_values,omitempty"`
	Options     []SelectOption `json:"options,omitempty"`
	Components  []Component    `json:"components,omitempty"`
	Accessory   *Component     `json:"accessory,omitempty"`
}

// SelectOption is one entry of a string select.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// Attachment is a file of a message. Its bytes are served at URL while the server runs.
type Attachment struct {
	ID          string
	Name        string
	Description string
	Type        string // media type
	Size        int    // bytes
	URL         string
}

// Choice is one suggestion of an autocomplete answer. Value is JSON: a string or number.
type Choice struct {
	Name  string          `json:"name"`
	Value json.RawMessage `json:"value"`
}
