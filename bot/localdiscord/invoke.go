package localdiscord

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Invocation is a command as a member gives it.
type Invocation struct {
	Guild   string // empty in direct messages
	Channel string // empty: the direct messages with the bot
	User    string
	Command string // path: "alerts add"; a slash in front is fine

	// Options are the values by option name: strings, numbers, booleans; channels,
	// users and roles by id, mention or #name. What a client would not let the member
	// send is refused with ErrBadOption.
	Options map[string]any

	// Target is the message (Channel says where) or the user that a command of the
	// context menu is used on; Command is then its name as registered.
	Target string

	// Focused names the option being typed; only Autocomplete reads it.
	Focused string

	// Force sends the command although the member does not see it by default, as when
	// an administrator allowed it in Server Settings, Integrations.
	Force bool
}

// Response is what the member sees of the bot's answer.
type Response struct {
	Interaction string // id, for Await
	Callback    int    // type of the first answer: 4 to 9
	// Message is the answer: the reply, or the edited message of a button. It is zero
	// if the bot only acknowledged, or deleted its answer.
	Message   Message
	FollowUps []Message
	Deferred  bool // "thinking" came first
	Deleted   bool // the bot deleted its answer
	Choices   []Choice
	Modal     *Modal        // the form the bot opened; answer it with Submit
	Took      time.Duration // real time to the first answer
}

// Invoke gives the command as the member does and waits for what the member sees: the
// reply, or, after a deferred answer, the edit that fills it. It returns ErrNoAnswer
// when the bot gives no first answer in time (3 s), ErrOffline when no gateway session
// is there to take it, ErrNoCommand, ErrBadOption or ErrHidden when a client would not
// send it at all.
func (s *Server) Invoke(ctx context.Context, in Invocation) (Response, error) {
	it, err := s.begin(interactionCommand, in)
	if err != nil {
		return Response{}, fmt.Errorf("invoke /%s: %w", strings.TrimPrefix(in.Command, "/"), err)
	}
	return s.outcome(ctx, it)
}

// Autocomplete asks for suggestions while the member types the option in.Focused; the
// other options may be missing. It returns them as the client would list them.
func (s *Server) Autocomplete(ctx context.Context, in Invocation) ([]Choice, error) {
	it, err := s.begin(interactionAutocomplete, in)
	if err != nil {
		return nil, fmt.Errorf("autocomplete /%s: %w", strings.TrimPrefix(in.Command, "/"), err)
	}
	r, err := s.outcome(ctx, it)
	return r.Choices, err
}

// begin checks the command as a client does and dispatches it.
func (s *Server) begin(kind int, in Invocation) (*interaction, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.world
	if in.Guild == "" && in.Channel == "" && w.users[in.User] != nil {
		in.Channel = w.directChannel(in.User).id
	}
	if in.Target != "" {
		return s.beginOn(in)
	}
	c, subs, options, err := w.leaf(in.Guild, in.Command)
	if err != nil {
		return nil, err
	}
	if err := w.mayUse(c, in); err != nil {
		return nil, err
	}
	focused := ""
	if kind == interactionAutocomplete {
		focused = in.Focused
		i := slices.IndexFunc(options, func(o option) bool { return o.Name == focused })
		if i < 0 || !options[i].Autocomplete {
			return nil, fmt.Errorf("%w: %q has no suggestions", ErrBadOption, focused)
		}
	}
	list, res, err := scope{w, in.Guild, in.User}.encode(options, in.Options, focused)
	if err != nil {
		return nil, err
	}
	for _, sub := range slices.Backward(subs) {
		list = []object{{"name": sub.Name, "type": sub.Type, "options": append([]object{}, list...)}}
	}
	data := c.data()
	if len(list) > 0 {
		data["options"] = list
	}
	if len(res) > 0 {
		data["resolved"] = res
	}
	path := "/" + strings.Join(strings.Fields(strings.TrimPrefix(in.Command, "/")), " ")
	return s.dispatchInteraction(w.newInteraction(kind, in.Guild, in.Channel, in.User, path), data)
}

// mayUse checks whether the member's client would offer the command there.
func (w *world) mayUse(c *command, in Invocation) error {
	if w.users[in.User] == nil {
		return fmt.Errorf("user %s: %w", in.User, ErrNotFound)
	}
	ch := w.channels[in.Channel]
	if ch == nil || ch.guild != in.Guild {
		return fmt.Errorf("channel %s: %w", in.Channel, ErrNotFound)
	}
	if in.Guild == "" {
		if !c.inDM() {
			return fmt.Errorf("%w: not offered in direct messages", ErrHidden)
		}
		return nil
	}
	p := w.permissions(ch, in.User)
	if in.Force {
		return nil
	}
	if !c.inGuild() {
		return fmt.Errorf("%w: offered in direct messages only", ErrHidden)
	}
	if p&ViewChannel == 0 || p&UseCommands == 0 {
		return fmt.Errorf("%w: no commands for this member in #%s", ErrHidden, ch.name)
	}
	need, limited := c.needs()
	if limited && p&Administrator == 0 && (need == 0 || p&need != need) {
		return fmt.Errorf("%w: /%s needs permission %d", ErrHidden, c.Name, need)
	}
	return nil
}

// dispatchInteraction sends INTERACTION_CREATE to the sessions; the caller holds mu.
func (s *Server) dispatchInteraction(it *interaction, data object) (*interaction, error) {
	if s.closed {
		return nil, ErrClosed
	}
	w := s.world
	w.forget(time.Now(), s.opt.TokenLife)
	d := dispatch{kind: "INTERACTION_CREATE", intent: intentAlways, guild: it.guild, data: w.interactionJSON(it, data)}
	if !s.hub.reaches(d) {
		return nil, ErrOffline
	}
	s.publish(d)
	if s.hub.duplicates > 0 {
		s.hub.duplicates--
		s.publish(d)
	}
	return it, nil
}

// reaches reports whether a connected session would get the event.
func (h *hub) reaches(d dispatch) bool {
	for _, sess := range h.sessions {
		if sess.conn != nil && sess.wants(d) {
			return true
		}
	}
	return false
}

// interactionJSON is the event's data.
func (w *world) interactionJSON(it *interaction, data object) object {
	c := w.channels[it.channel]
	locale := orDefault(w.users[it.user].Locale, "en-US")
	o := object{
		"id": it.id, "application_id": w.app.ID, "type": it.kind, "token": it.token, "version": 1, "channel_id": it.channel,
		"channel": w.channelJSON(c), "locale": locale, "entitlements": []object{}, "attachment_size_limit": maxFile,
		"app_permissions": bits(w.permissions(c, w.app.ID)), "data": data,
	}
	if it.source != nil {
		o["message"] = w.messageJSON(it.source, true)
	}
	g := w.guilds[it.guild]
	if g == nil {
		o["context"] = 1
		o["user"] = w.userJSON(it.user)
		o["authorizing_integration_owners"] = object{"0": "0"}
		return o
	}
	o["context"] = 0
	o["guild_id"], o["guild_locale"] = g.id, g.locale
	o["guild"] = object{"id": g.id, "locale": g.locale, "features": []string{}}
	o["authorizing_integration_owners"] = object{"0": g.id}
	if m := g.members[it.user]; m != nil {
		member := w.memberJSON(g, m)
		member["permissions"] = bits(w.permissions(c, it.user))
		o["member"] = member
	}
	return o
}

// outcome waits for the answer and returns what the member sees.
func (s *Server) outcome(ctx context.Context, it *interaction) (Response, error) {
	err := s.await(ctx, it, s.opt.AnswerWithin, func() bool { return it.callback != 0 })
	if err == nil {
		err = s.await(ctx, it, s.opt.TokenLife, func() bool { return it.callback != callbackDeferred || it.shown })
	}
	s.flush() // listeners hear of the answer before the caller reads it
	s.mu.Lock()
	defer s.mu.Unlock()
	if it.callback == 0 && errors.Is(err, ErrNoAnswer) {
		it.expired = true
	}
	if err != nil {
		return it.response(), fmt.Errorf("%s: %w", it.command, err)
	}
	return it.response(), nil
}

// await waits until done, which is called with mu held.
func (s *Server) await(ctx context.Context, it *interaction, limit time.Duration, done func() bool) error {
	t := time.NewTimer(limit)
	defer t.Stop()
	for {
		s.mu.Lock()
		finished, changed := done(), it.notify
		s.mu.Unlock()
		if finished {
			return nil
		}
		select {
		case <-changed:
		case <-t.C:
			return ErrNoAnswer
		case <-ctx.Done():
			return ctx.Err()
		case <-s.done:
			return ErrClosed
		}
	}
}

// response is the state of the answer; the caller holds mu.
func (it *interaction) response() Response {
	r := Response{Interaction: it.id, Callback: it.callback, Deferred: it.deferred, Choices: it.choices, Modal: it.modal}
	if it.callback != 0 {
		r.Took = it.at.Sub(it.born)
	}
	if it.original != nil {
		r.Deleted = it.original.deleted
		if !r.Deleted {
			r.Message = it.original.view()
		}
	}
	for _, m := range it.follows {
		if !m.deleted {
			r.FollowUps = append(r.FollowUps, m.view())
		}
	}
	return r
}

// Await waits until the bot has edited its answer or followed it up at least so many
// times, and returns the answer as it is then. It is for answers that go on: a button
// that was acknowledged silently, a reply with follow-ups.
func (s *Server) Await(ctx context.Context, r Response, times int) (Response, error) {
	s.mu.Lock()
	it := s.world.byID[r.Interaction]
	s.mu.Unlock()
	if it == nil {
		return Response{}, fmt.Errorf("interaction %s: %w", r.Interaction, ErrNotFound)
	}
	if err := s.await(ctx, it, s.opt.TokenLife, func() bool { return it.edits >= times }); err != nil {
		return Response{}, fmt.Errorf("%s: %w", it.command, err)
	}
	s.flush()
	s.mu.Lock()
	defer s.mu.Unlock()
	return it.response(), nil
}
