package localdiscord

import (
	"slices"
	"sort"
)

// message is a stored message: what members see and what only the wire needs.
type message struct {
	Message
	kind          int // Discord's message type: 0 default, 19 reply, 20 slash response
	rawComponents []any
	nonceValue    any // as the client gave it: string or number
	interaction   *interaction
	deleted       bool
	files         map[string][]byte // by attachment id
}

// Message types. Source: Discord developer documentation, "Message Types".
const (
	kindReply   = 19
	kindCommand = 20
)

// view is a copy for the caller.
func (m *message) view() Message {
	v := m.Message
	v.Embeds = slices.Clone(m.Embeds)
	v.Components = slices.Clone(m.Components)
	v.Attachments = slices.Clone(m.Attachments)
	v.Pings.Roles = slices.Clone(m.Pings.Roles)
	v.Pings.Users = slices.Clone(m.Pings.Users)
	return v
}

// empty reports whether a member would see nothing.
func (m *message) empty() bool {
	return m.Content == "" && len(m.Embeds) == 0 && len(m.Components) == 0 && len(m.Attachments) == 0
}

// find returns the public message with the id, nil if there is none.
func (c *channel) find(id string) *message {
	i := c.index(id)
	if i < len(c.messages) && c.messages[i].ID == id {
		return c.messages[i]
	}
	return nil
}

// index is the place of the first message that is not older than id.
func (c *channel) index(id string) int {
	return sort.Search(len(c.messages), func(i int) bool { return compareIDs(c.messages[i].ID, id) >= 0 })
}

// put stores a new message and tells the caller.
func (w *world) put(c *channel, m *message) {
	if m.Viewer == "" {
		c.messages = append(c.messages, m)
	} else {
		c.ephemeral = append(c.ephemeral, m)
	}
	w.events = append(w.events, Event{Kind: Created, Message: m.view()})
	w.publishMessage("MESSAGE_CREATE", m)
}

// changed stamps an edit and tells the caller.
func (w *world) changed(m *message, before Message) {
	m.Edited = w.now()
	w.events = append(w.events, Event{Kind: Edited, Message: m.view(), Before: before})
	w.publishMessage("MESSAGE_UPDATE", m)
}

// remove deletes a message and tells the caller.
func (w *world) remove(m *message) {
	m.deleted = true
	if c := w.channels[m.Channel]; c != nil {
		c.messages = slices.DeleteFunc(c.messages, func(o *message) bool { return o == m })
		c.ephemeral = slices.DeleteFunc(c.ephemeral, func(o *message) bool { return o == m })
	}
	w.events = append(w.events, Event{Kind: Deleted, Message: m.view()})
	if m.Viewer != "" {
		return
	}
	data := object{"id": m.ID, "channel_id": m.Channel}
	if m.Guild != "" {
		data["guild_id"] = m.Guild
	}
	w.publish(dispatch{kind: "MESSAGE_DELETE", intent: messageIntent(m.Guild), guild: m.Guild, data: data})
}

// publishMessage sends the gateway event. Ephemeral messages have none.
func (w *world) publishMessage(kind string, m *message) {
	if m.Viewer != "" {
		return
	}
	data := w.messageJSON(m, true)
	if m.Guild != "" {
		data["guild_id"] = m.Guild
	}
	w.publish(dispatch{kind: kind, intent: messageIntent(m.Guild), guild: m.Guild, data: data})
}

func messageIntent(guild string) int {
	if guild == "" {
		return intentDirectMessages
	}
	return intentGuildMessages
}

// say stores a message that a member wrote.
func (w *world) say(c *channel, user, content string) *message {
	m := &message{Message: Message{
		ID: w.ids.next(w.now()), Channel: c.id, Guild: c.guild, Author: user, Content: content, Created: w.now(),
	}}
	m.Pings = w.pings(c, user, content, nil, mentionAll())
	w.put(c, m)
	return m
}
