package localdiscord

import (
	"context"
	"fmt"
	"slices"
)

// Messages lists what everybody in the channel sees, oldest first. It is nil for a
// channel that is not there.
func (s *Server) Messages(channel string) []Message {
	return s.messagesFor(channel, "")
}

// MessagesFor lists what one member sees: the public messages and the ephemeral ones
// for that member, in the order they were made.
func (s *Server) MessagesFor(channel, user string) []Message {
	return s.messagesFor(channel, user)
}

func (s *Server) messagesFor(channel, user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.channels[channel]
	if c == nil {
		return nil
	}
	var list []Message
	for _, m := range c.messages {
		list = append(list, m.view())
	}
	for _, m := range c.ephemeral {
		if user != "" && m.Viewer == user {
			list = append(list, m.view())
		}
	}
	slices.SortFunc(list, func(a, b Message) int { return compareIDs(a.ID, b.ID) })
	return list
}

// DirectChannel is the id of the direct message channel between the bot and the user;
// it is made if need be.
func (s *Server) DirectChannel(user string) (string, error) {
	var id string
	err := s.act(func(w *world) error {
		if w.users[user] == nil {
			return fmt.Errorf("user %s: %w", user, ErrNotFound)
		}
		id = w.directChannel(user).id
		return nil
	})
	return id, err
}

// Channels lists the channels of a server in the order they were made.
func (s *Server) Channels(guild string) []Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []Channel
	for _, c := range s.world.channelsOf(guild) {
		if c.guild != "" {
			list = append(list, Channel{ID: c.id, Guild: c.guild, Name: c.name, Type: c.kind, Overwrites: slices.Clone(c.overwrites)})
		}
	}
	return list
}

// Permissions are a user's effective permissions in a channel; the bot's with
// ApplicationID.
func (s *Server) Permissions(channel, user string) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.channels[channel]
	if c == nil {
		return 0
	}
	return s.world.permissions(c, user)
}

// Commands lists the commands a client offers in a server, as they are typed: "/status
// [conflict]", required options in angle brackets. guild "" lists the global ones.
func (s *Server) Commands(guild string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []string
	for _, c := range s.world.visible(guild) {
		if c.Type == chatCommand {
			list = append(list, usages("/"+c.Name, c.Options)...)
		}
	}
	return list
}

// usages are the callable commands under a prefix with their options.
func usages(prefix string, options []option) []string {
	if len(options) > 0 && options[0].Type <= optionGroup {
		var list []string
		for _, o := range options {
			list = append(list, usages(prefix+" "+o.Name, o.Options)...)
		}
		return list
	}
	for _, o := range options {
		if o.Required {
			prefix += " <" + o.Name + ">"
			continue
		}
		prefix += " [" + o.Name + "]"
	}
	return []string{prefix}
}

// WaitConnected waits until a bot has identified on the gateway.
func (s *Server) WaitConnected(ctx context.Context) error {
	return s.wait(ctx, func() bool { return s.hub.connected() > 0 })
}

// WaitDisconnected waits until no bot is on the gateway.
func (s *Server) WaitDisconnected(ctx context.Context) error {
	return s.wait(ctx, func() bool { return s.hub.connected() == 0 })
}

// WaitCommands waits until the bot has registered global commands.
func (s *Server) WaitCommands(ctx context.Context) error {
	return s.wait(ctx, func() bool { return len(s.world.commands[""]) > 0 })
}
