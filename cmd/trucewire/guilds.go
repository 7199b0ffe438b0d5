package main

import (
	"context"
	"time"

	"trucewire/bot"
	"trucewire/guild"
	"trucewire/store"
)

// guilds keeps what the gateway tells of servers and channels.
type guilds struct {
	store *store.Store
	now   func() time.Time
}

var _ bot.Guilds = (*guilds)(nil)

// Joined notes that the bot is in the server.
func (g *guilds) Joined(ctx context.Context, id guild.ID, name string) error {
	return g.store.SeeGuild(ctx, id, name, g.now())
}

// Left pauses what the server subscribed to. Nothing is deleted: being removed by
// mistake is common.
func (g *guilds) Left(ctx context.Context, id guild.ID) error {
	return g.store.LeaveGuild(ctx, id, g.now())
}

// ChannelGone pauses what was owed to the channel.
func (g *guilds) ChannelGone(ctx context.Context, id guild.ID, c guild.ChannelID) error {
	return g.store.PauseChannel(ctx, id, c, "the channel was deleted", g.now())
}
