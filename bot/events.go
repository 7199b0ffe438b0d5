package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"time"

	"trucewire/guild"
)

// guildEventQueue holds the burst of a start: one event per server of a full shard
// (2,500), and room.
const guildEventQueue = 4096

// guildEvent is something that happened to a server, still to be told to Guilds.
type guildEvent struct {
	what    string // the gateway's name of the event
	guild   guild.ID
	channel guild.ChannelID
	name    string
}

// event takes what the gateway dispatched. It runs on discordgo's reading goroutine, in
// order, so it only hands on: interactions to goroutines of their own, the rest to a queue.
func (b *Bot) event(ctx context.Context, name string, data []byte) {
	switch name {
	case "READY":
		b.greet(data)
	case "INTERACTION_CREATE":
		b.app.take(ctx, data)
	case "GUILD_CREATE", "GUILD_DELETE", "CHANNEL_DELETE", "THREAD_DELETE":
		e, ok := readGuildEvent(name, data)
		if !ok {
			return
		}
		select {
		case b.events <- e:
		case <-ctx.Done():
		}
	}
}

// greet learns from READY who we are and starts the registration of commands.
func (b *Bot) greet(data []byte) {
	var ready struct {
		User        Self `json:"user"`
		Application struct {
			ID string `json:"id"`
		} `json:"application"`
	}
	if err := json.Unmarshal(data, &ready); err != nil {
		b.log.Error("ready event cannot be read", "err", err)
		return
	}
	if ready.User.ID != "" {
		b.mu.Lock()
		b.me = &ready.User
		b.mu.Unlock()
	}
	select {
	case b.ready <- orElse(ready.Application.ID, string(ready.User.ID)):
	default: // one is waiting already
	}
}

// readGuildEvent reads what Guilds is told; false where nothing happened to us. A server
// that is merely unavailable keeps all it has.
func readGuildEvent(name string, data []byte) (guildEvent, bool) {
	var d struct {
		ID          string   `json:"id"`
		GuildID     guild.ID `json:"guild_id"`
		Name        string   `json:"name"`
		Unavailable bool     `json:"unavailable"`
	}
	if json.Unmarshal(data, &d) != nil || d.ID == "" || d.Unavailable {
		return guildEvent{}, false
	}
	if d.GuildID != "" {
		return guildEvent{what: name, guild: d.GuildID, channel: guild.ChannelID(d.ID)}, true
	}
	return guildEvent{what: name, guild: guild.ID(d.ID), name: d.Name}, true
}

// tellGuilds tells one event after the other until ctx ends.
func (b *Bot) tellGuilds(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-b.events:
			if err := b.tellGuild(ctx, e); err != nil && ctx.Err() == nil {
				b.log.Error("server event not handled", "event", e.what, "guild", string(e.guild), "err", err)
			}
		}
	}
}

func (b *Bot) tellGuild(ctx context.Context, e guildEvent) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	switch e.what {
	case "GUILD_CREATE":
		return b.deps.Guilds.Joined(ctx, e.guild, e.name)
	case "GUILD_DELETE":
		return b.deps.Guilds.Left(ctx, e.guild)
	default:
		return b.deps.Guilds.ChannelGone(ctx, e.guild, e.channel)
	}
}
