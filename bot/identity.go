package bot

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"trucewire/guild"
)

// guildPage is how many servers Discord lists at once, at most.
const guildPage = 200

// Identity is what Discord says of the bot.
type Identity struct {
	Self
	Guilds       int    // servers it is in
	Gateway      string // where the gateway is; it answered
	SessionsLeft int    // connections that may still be made today
	Shards       int    // how many Discord recommends
}

// Check asks Discord who the bot is and tries the gateway without logging in, for
// `trucewire check`. It needs no dependency and changes nothing. A refused token gives
// a *FatalError.
func (b *Bot) Check(ctx context.Context) (Identity, error) {
	id, err := b.check(ctx)
	if fatal := fatalCause(err, b.cfg.Shards); fatal != nil {
		return id, fatal
	}
	return id, err
}

func (b *Bot) check(ctx context.Context) (Identity, error) {
	var id Identity
	var err error
	if id.Self, err = b.self(ctx); err != nil {
		return id, fmt.Errorf("ask who the bot is: %w", err)
	}
	if id.Guilds, err = b.countGuilds(ctx); err != nil {
		return id, fmt.Errorf("count servers: %w", err)
	}
	var gate discordgo.GatewayBotResponse
	if err := b.rest.do(ctx, http.MethodGet, discordgo.EndpointGatewayBot, nil, &gate); err != nil {
		return id, fmt.Errorf("ask for the gateway: %w", err)
	}
	id.Gateway, id.SessionsLeft, id.Shards = gate.URL, gate.SessionStartLimit.Remaining, gate.Shards
	if err := knock(ctx, b.gate.proxy, gate.URL); err != nil {
		return id, fmt.Errorf("reach the gateway %s: %w", gate.URL, err)
	}
	return id, nil
}

// self asks once who the bot is.
func (b *Bot) self(ctx context.Context) (Self, error) {
	b.mu.Lock()
	known := b.me
	b.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	var me Self
	if err := b.rest.do(ctx, http.MethodGet, discordgo.EndpointUser("@me"), nil, &me); err != nil {
		return Self{}, err
	}
	if me.ID == "" {
		return Self{}, fmt.Errorf("the answer names no user")
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.me = &me
	return me, nil
}

func (b *Bot) countGuilds(ctx context.Context) (int, error) {
	count, after := 0, guild.ID("0")
	for {
		var page []struct {
			ID guild.ID `json:"id"`
		}
		endpoint := fmt.Sprintf("%s?limit=%d&after=%s", discordgo.EndpointUserGuilds("@me"), guildPage, after)
		if err := b.rest.do(ctx, http.MethodGet, endpoint, nil, &page); err != nil {
			return count, err
		}
		count += len(page)
		if len(page) < guildPage {
			return count, nil
		}
		after = page[len(page)-1].ID
	}
}

// knock connects to the gateway, reads its greeting and goes: no IDENTIFY is used.
func knock(ctx context.Context, proxy proxyFor, address string) error {
	target, err := gatewayURL(address)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	dialer := &websocket.Dialer{
		HandshakeTimeout: dialTimeout,
		NetDialContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
			return dialGateway(ctx, proxy, addr, false)
		},
		NetDialTLSContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
			return dialGateway(ctx, proxy, addr, true)
		},
	}
	conn, resp, err := dialer.DialContext(ctx, target, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	defer conn.Close()
	if err := conn.SetReadDeadline(time.Now().Add(dialTimeout)); err != nil {
		return err
	}
	var hello struct {
		Op int `json:"op"`
	}
	if err := conn.ReadJSON(&hello); err != nil {
		return err
	}
	if hello.Op != 10 {
		return fmt.Errorf("expected a greeting (op 10), got op %d", hello.Op)
	}
	return nil
}
