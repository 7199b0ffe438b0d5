package localdiscord

import (
	"crypto/rand"
	"time"
)

// Interaction and callback types. Source: Discord developer documentation, "Receiving
// and Responding".
const (
	interactionCommand      = 2
	interactionComponent    = 3
	interactionAutocomplete = 4
	interactionModal        = 5

	callbackMessage        = 4
	callbackDeferred       = 5
	callbackDeferredUpdate = 6
	callbackUpdate         = 7
	callbackAutocomplete   = 8
	callbackModal          = 9
)

// interaction is one act of a member and the bot's answer to it.
type interaction struct {
	id, token            string
	kind                 int
	guild, channel, user string
	command              string // "/alerts add", or the custom id of a component
	born                 time.Time

	callback int       // type of the first answer; 0: none yet
	at       time.Time // of the first answer
	expired  bool      // no first answer in time
	shown    bool      // the member sees something: not only "thinking"
	deferred bool
	source   *message // the message of a component
	original *message // what @original names
	replies  map[string]*message
	follows  []*message
	edits    int // of @original after the first answer, and follow-ups
	choices  []Choice
	modal    *Modal

	notify chan struct{} // closed and replaced at every change
}

// newInteraction registers an act; the caller dispatches it.
func (w *world) newInteraction(kind int, guild, channel, user, command string) *interaction {
	it := &interaction{
		id: w.ids.next(w.now()), token: "local-" + rand.Text(), kind: kind, guild: guild, channel: channel, user: user, command: command,
		born: time.Now(), replies: map[string]*message{}, notify: make(chan struct{}),
	}
	w.interactions[it.token] = it
	w.byID[it.id] = it
	return it
}

// forget drops interactions whose token has died, so that a long run does not grow.
func (w *world) forget(now time.Time, life time.Duration) {
	for token, it := range w.interactions {
		if now.Sub(it.born) > life+time.Minute {
			delete(w.interactions, token)
			delete(w.byID, it.id)
		}
	}
}

func (it *interaction) changed() {
	close(it.notify)
	it.notify = make(chan struct{})
}

// reply makes a message that answers the interaction.
func (w *world) reply(it *interaction, flags int) *message {
	now := w.now()
	m := &message{Message: Message{
		ID: w.ids.next(now), Channel: it.channel, Guild: it.guild, Author: w.app.ID, Bot: true, Created: now,
		Flags: flags & FlagEphemeral, Command: it.command,
	}, kind: kindCommand, interaction: it}
	if flags&FlagEphemeral != 0 {
		m.Viewer = it.user
	}
	it.replies[m.ID] = m
	return m
}

// fill writes a body into a new reply and stores it.
func (w *world) fill(r *request, it *interaction, m *message, d draft) error {
	w.write(m, d)
	if m.empty() && !d.has["poll"] {
		delete(it.replies, m.ID)
		return r.violate(codeEmptyMessage)
	}
	allowed := mentionUsers()
	if d.AllowedMentions != nil {
		allowed = *d.AllowedMentions
	}
	c := w.channels[it.channel]
	if c == nil {
		return apiErr(codeUnknownChannel)
	}
	if m.Viewer == "" {
		m.Pings = w.pings(c, w.app.ID, m.Content, nil, allowed)
	}
	w.put(c, m)
	return nil
}
