package localdiscord

import (
	"fmt"
	"slices"
)

// AddGuild makes a server with the bot in it and returns its id. A connected bot gets
// GUILD_CREATE. With the id of a server that the bot was removed from, the bot is
// invited again: the server is as it was, only Bot is read.
func (s *Server) AddGuild(g Guild) (string, error) {
	var id string
	err := s.act(func(w *world) (err error) {
		id, err = w.addGuild(g)
		return err
	})
	return id, err
}

// RemoveGuild removes the bot from the server: GUILD_DELETE. What the bot then tries in
// its channels is refused with Missing Access.
func (s *Server) RemoveGuild(guild string) error {
	return s.act(func(w *world) error { return w.removeGuild(guild) })
}

// SetOutage makes a server unavailable, or available again, as in an outage of Discord:
// GUILD_DELETE with unavailable, later GUILD_CREATE. Nothing is lost.
func (s *Server) SetOutage(guild string, out bool) error {
	return s.act(func(w *world) error {
		g := w.guilds[guild]
		if g == nil {
			return fmt.Errorf("guild %s: %w", guild, ErrNotFound)
		}
		g.unavailable = out
		d := dispatch{kind: "GUILD_CREATE", intent: intentGuilds, guild: guild, data: w.guildJSON(g)}
		if out {
			d.kind, d.data = "GUILD_DELETE", object{"id": guild, "unavailable": true}
		}
		w.publish(d)
		return nil
	})
}

// AddChannel makes a text or announcement channel and returns its id.
func (s *Server) AddChannel(c Channel) (string, error) {
	var id string
	err := s.act(func(w *world) (err error) {
		id, err = w.addChannel(c)
		return err
	})
	return id, err
}

// RemoveChannel deletes a channel: CHANNEL_DELETE.
func (s *Server) RemoveChannel(channel string) error {
	return s.act(func(w *world) error { return w.removeChannel(channel) })
}

// SetOverwrites replaces the permission overwrites of a channel: CHANNEL_UPDATE.
func (s *Server) SetOverwrites(channel string, list ...Overwrite) error {
	return s.act(func(w *world) error {
		c := w.channels[channel]
		if c == nil || c.guild == "" {
			return fmt.Errorf("channel %s: %w", channel, ErrNotFound)
		}
		c.overwrites = slices.Clone(list)
		w.publish(dispatch{kind: "CHANNEL_UPDATE", intent: intentGuilds, guild: c.guild, data: w.channelJSON(c)})
		return nil
	})
}

// AddRole makes a role and returns its id: GUILD_ROLE_CREATE.
func (s *Server) AddRole(r Role) (string, error) {
	err := s.act(func(w *world) error {
		g := w.guilds[r.Guild]
		if g == nil {
			return fmt.Errorf("add role %s: guild %s: %w", r.Name, r.Guild, ErrNotFound)
		}
		id, err := w.newID(r.ID)
		if err != nil {
			return fmt.Errorf("add role %s: %w", r.Name, err)
		}
		r.ID = id
		made := r
		g.roles[id] = &made
		w.publish(dispatch{kind: "GUILD_ROLE_CREATE", intent: intentGuilds, guild: g.id, data: object{"guild_id": g.id, "role": roleJSON(&made, g.id)}})
		return nil
	})
	return r.ID, err
}

// SetRole changes the permissions of a role: GUILD_ROLE_UPDATE. The role of @everyone
// has the id of the guild.
func (s *Server) SetRole(guild, role string, permissions uint64) error {
	return s.act(func(w *world) error {
		g := w.guilds[guild]
		if g == nil || g.roles[role] == nil {
			return fmt.Errorf("role %s of guild %s: %w", role, guild, ErrNotFound)
		}
		g.roles[role].Permissions = permissions
		w.publish(dispatch{kind: "GUILD_ROLE_UPDATE", intent: intentGuilds, guild: guild, data: object{"guild_id": guild, "role": roleJSON(g.roles[role], guild)}})
		return nil
	})
}

// AddUser makes a person and returns the id.
func (s *Server) AddUser(u User) (string, error) {
	err := s.act(func(w *world) error {
		id, err := w.newID(u.ID)
		if err != nil {
			return fmt.Errorf("add user %s: %w", u.Name, err)
		}
		u.ID = id
		made := u
		w.users[id] = &made
		return nil
	})
	return u.ID, err
}

// AddMember lets a user join a server, with permissions of their own (as from a role
// nobody else has; zero: only what @everyone has) and roles. Called again it replaces
// both.
func (s *Server) AddMember(guild, user string, permissions uint64, roles ...string) error {
	return s.act(func(w *world) error {
		g := w.guilds[guild]
		if g == nil || w.users[user] == nil {
			return fmt.Errorf("add member %s to guild %s: %w", user, guild, ErrNotFound)
		}
		for _, id := range roles {
			if g.roles[id] == nil {
				return fmt.Errorf("add member: role %s: %w", id, ErrNotFound)
			}
		}
		g.members[user] = &member{user: user, personal: permissions, roles: slices.Clone(roles), joined: w.now()}
		return nil
	})
}

// RemoveMember lets a user leave a server.
func (s *Server) RemoveMember(guild, user string) error {
	return s.act(func(w *world) error {
		g := w.guilds[guild]
		if g == nil || g.members[user] == nil {
			return fmt.Errorf("member %s of guild %s: %w", user, guild, ErrNotFound)
		}
		delete(g.members, user)
		return nil
	})
}

// SetBotPermissions changes what the bot was given in a server, beside @everyone. The
// bot is told as by a change of its own role.
func (s *Server) SetBotPermissions(guild string, permissions uint64) error {
	return s.act(func(w *world) error {
		g := w.guilds[guild]
		if g == nil {
			return fmt.Errorf("guild %s: %w", guild, ErrNotFound)
		}
		g.members[w.app.ID].personal = permissions
		role := roleJSON(&Role{ID: w.app.ID, Name: w.app.Name, Permissions: permissions}, guild)
		w.publish(dispatch{kind: "GUILD_ROLE_UPDATE", intent: intentGuilds, guild: guild, data: object{"guild_id": guild, "role": role}})
		return nil
	})
}

// SetDirectMessages opens or closes a user's direct messages; at first they are open.
func (s *Server) SetDirectMessages(user string, open bool) error {
	return s.act(func(w *world) error {
		if w.users[user] == nil {
			return fmt.Errorf("user %s: %w", user, ErrNotFound)
		}
		w.closedDMs[user] = !open
		return nil
	})
}

// Say writes a message as a member and returns it.
func (s *Server) Say(channel, user, content string) (Message, error) {
	var said Message
	err := s.act(func(w *world) error {
		c := w.channels[channel]
		if c == nil || w.users[user] == nil {
			return fmt.Errorf("say in %s as %s: %w", channel, user, ErrNotFound)
		}
		said = w.say(c, user, content).view()
		return nil
	})
	return said, err
}

// Delete removes a message as a moderator would.
func (s *Server) Delete(channel, message string) error {
	return s.act(func(w *world) error {
		c := w.channels[channel]
		if c == nil || c.find(message) == nil {
			return fmt.Errorf("message %s in %s: %w", message, channel, ErrNotFound)
		}
		w.remove(c.find(message))
		return nil
	})
}
