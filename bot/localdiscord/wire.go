package localdiscord

import (
	"slices"
	"strconv"
	"time"
)

// The functions here write Discord's JSON objects, with the fields that clients read.

// stamp is Discord's time format: ISO 8601 with microseconds and offset.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000-07:00") }

func bits(p uint64) string { return strconv.FormatUint(p, 10) }

func (w *world) userJSON(id string) object {
	u := w.users[id]
	if u == nil {
		u = &User{ID: id, Name: "Deleted User"}
	}
	return object{
		"id": u.ID, "username": u.Name, "discriminator": "0", "global_name": u.Name, "avatar": nil,
		"bot": u.Bot, "public_flags": 0, "flags": 0,
	}
}

func (w *world) applicationJSON() object {
	return object{
		"id": w.app.ID, "name": w.app.Name, "icon": nil, "description": "", "bot_public": false, "bot_require_code_grant": false,
		"verify_key": "", "flags": 0, "summary": "", "team": nil, "bot": w.userJSON(w.app.ID), "approximate_guild_count": len(w.guilds),
	}
}

func (w *world) guildJSON(g *guild) object {
	channels, roles, members := []object{}, []object{}, []object{}
	for _, c := range w.channelsOf(g.id) {
		channels = append(channels, w.channelJSON(c))
	}
	for _, r := range sortedRoles(g) {
		roles = append(roles, roleJSON(r, g.id))
	}
	members = append(members, w.memberJSON(g, g.members[w.app.ID]))
	return object{
		"id": g.id, "name": g.name, "icon": nil, "owner_id": orDefault(g.owner, "0"), "joined_at": stamp(g.joined), "large": false,
		"unavailable": g.unavailable, "member_count": len(g.members), "preferred_locale": g.locale, "features": []string{}, "emojis": []object{},
		"roles": roles, "channels": channels, "threads": []object{}, "members": members, "presences": []object{}, "voice_states": []object{},
	}
}

func sortedRoles(g *guild) []*Role {
	list := make([]*Role, 0, len(g.roles))
	for _, r := range g.roles {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b *Role) int { return compareIDs(a.ID, b.ID) })
	return list
}

func roleJSON(r *Role, guild string) object {
	position := 1
	if r.ID == guild {
		position = 0
	}
	return object{
		"id": r.ID, "name": r.Name, "color": 0, "hoist": false, "position": position, "permissions": bits(r.Permissions),
		"managed": false, "mentionable": r.Mentionable, "flags": 0,
	}
}

// memberJSON has no "user" key's permissions: interactions add them.
func (w *world) memberJSON(g *guild, m *member) object {
	return object{
		"user": w.userJSON(m.user), "nick": nil, "roles": append([]string{}, m.roles...), "joined_at": stamp(m.joined),
		"deaf": false, "mute": false, "pending": false, "flags": 0,
	}
}

func (w *world) channelJSON(c *channel) object {
	if c.kind == DirectMessage {
		return object{"id": c.id, "type": c.kind, "last_message_id": c.last(), "recipients": []object{w.userJSON(c.recipient)}}
	}
	overwrites := []object{}
	for _, o := range c.overwrites {
		id, kind := o.Role, 0
		if o.User != "" {
			id, kind = o.User, 1
		}
		overwrites = append(overwrites, object{"id": id, "type": kind, "allow": bits(o.Allow), "deny": bits(o.Deny)})
	}
	return object{
		"id": c.id, "type": c.kind, "guild_id": c.guild, "name": c.name, "position": 0, "topic": nil, "nsfw": false, "parent_id": nil,
		"last_message_id": c.last(), "permission_overwrites": overwrites, "rate_limit_per_user": 0,
	}
}

// last is the id of the newest message, nil in an empty channel.
func (c *channel) last() any {
	if len(c.messages) == 0 {
		return nil
	}
	return c.messages[len(c.messages)-1].ID
}

// messageJSON is the message as the bot reads it. Without the message content intent
// the bot reads its own messages, direct messages and messages that mention it; other
// content is empty, as on Discord.
func (w *world) messageJSON(m *message, replied bool) object {
	if !w.readable(m) {
		hidden := *m
		hidden.Content, hidden.Embeds, hidden.rawComponents, hidden.Attachments = "", nil, nil, nil
		m = &hidden
	}
	return w.fullMessageJSON(m, replied)
}

// fullMessageJSON is the message with its content, whoever wrote it: what the bot reads
// when a member uses a command on the message.
func (w *world) fullMessageJSON(m *message, replied bool) object {
	o := object{
		"id": m.ID, "channel_id": m.Channel, "type": m.kind, "author": w.userJSON(m.Author), "content": m.Content,
		"timestamp": stamp(m.Created), "edited_timestamp": nil, "tts": false, "pinned": false, "flags": m.Flags,
		"mention_everyone": m.Pings.Everyone, "mention_roles": append([]string{}, m.Pings.Roles...), "mentions": w.usersJSON(m.Pings.Users),
		"attachments": attachmentsJSON(m), "embeds": append([]Embed{}, m.Embeds...), "components": append([]any{}, m.rawComponents...),
	}
	if !m.Edited.IsZero() {
		o["edited_timestamp"] = stamp(m.Edited)
	}
	if m.Nonce != "" {
		o["nonce"] = m.nonceValue
	}
	if m.Bot {
		o["application_id"] = w.app.ID
	}
	if m.interaction != nil {
		o["webhook_id"] = w.app.ID
		o["interaction_metadata"] = object{"id": m.interaction.id, "type": m.interaction.kind, "user": w.userJSON(m.interaction.user), "authorizing_integration_owners": object{}}
	}
	if m.ReplyTo != "" {
		w.addReference(o, m, replied)
	}
	return o
}

// addReference tells which message this one answers; replied includes it.
func (w *world) addReference(o object, m *message, replied bool) {
	ref := object{"type": 0, "message_id": m.ReplyTo, "channel_id": m.Channel}
	if m.Guild != "" {
		ref["guild_id"] = m.Guild
	}
	o["message_reference"] = ref
	if !replied {
		return
	}
	o["referenced_message"] = nil
	if c := w.channels[m.Channel]; c != nil {
		if r := c.find(m.ReplyTo); r != nil {
			o["referenced_message"] = w.messageJSON(r, false)
		}
	}
}

func (w *world) readable(m *message) bool {
	return m.Bot || m.Guild == "" || slices.Contains(m.Pings.Users, w.app.ID)
}

func (w *world) usersJSON(ids []string) []object {
	list := []object{}
	for _, id := range ids {
		list = append(list, w.userJSON(id))
	}
	return list
}

func attachmentsJSON(m *message) []object {
	list := []object{}
	for _, a := range m.Attachments {
		list = append(list, object{
			"id": a.ID, "filename": a.Name, "description": a.Description, "content_type": a.Type, "size": a.Size,
			"url": a.URL, "proxy_url": a.URL, "ephemeral": m.Viewer != "",
		})
	}
	return list
}
