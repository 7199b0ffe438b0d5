// Package bot says it: it is the only room that knows discordgo.
//
// In go posts that notify owes and interactions that members and moderators make;
// out go requests to Discord. A [Bot] is three things around one sender:
//
//   - the sender (transport.go and its files, rest.go): every REST request of the program
//     passes through one http.RoundTripper that sets the address, the version and the user
//     agent, waits for the limits of the bot and of the route, repeats what had no effect,
//     stops before Discord bans the address, and turns every refusal into one error type
//     that holds no secret. discordgo's own retries and its limiter take no part.
//   - the gateway (gateway.go, conn.go, events.go): a supervisor that makes a fresh
//     discordgo session for each connection and never lets it reconnect by itself.
//   - the router (router.go): interactions in, answers out, from one table of
//     commands (commands.go). A handler is func(ctx, Request) (Reply, error) and
//     never calls Discord.
//
// The package holds no rules about news or delivery and no SQL: what it answers
// with comes through the small interfaces of deps.go.
package bot
