// Package localdiscord is a small Discord on loopback: the REST routes and the
// gateway that a slash-command bot needs, kept in memory, with the people on the
// other side played by the caller. It is the other side of the bot's tests and the
// stage of `trucewire try`.
//
// In come HTTP requests and gateway payloads of a real Discord library, and the acts
// of members through methods: Invoke gives a command, Click presses a button, Type
// takes a line as a member would type it. Out go Discord's answers, error bodies and
// events, and, to the caller, what members see: OnMessage, Messages, Response.
//
// A strict layer is always on. It knows the limits that Discord enforces and a few it
// does not (unknown keys are refused here, because a misspelt key is a bug). What it
// refuses is answered as Discord would and is also kept, see Server.Violations.
//
// Faults and gateway scripts let a test be the bad day: a commit whose answer is lost,
// rate limits of every kind, a connection that never says hello.
//
// The package listens on 127.0.0.1 only, writes nothing to disk and never talks to
// Discord. Numbers come from the Discord developer documentation as digested in the
// project's reference; where that is silent, the comment says so.
package localdiscord
