package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"trucewire/guild"
)

const (
	// ackAfter leaves half of Discord's three seconds to the network.
	ackAfter = 1500 * time.Millisecond
	// handleTime bounds a handler; the interaction itself would live 15 minutes.
	handleTime = time.Minute
	// suggestTime bounds suggestions: late ones are worth nothing.
	suggestTime = 2 * time.Second
	// maxAtOnce bounds interactions in progress; more than these are refused politely.
	maxAtOnce = 256
)

// router receives interactions, dispatches them by the table and answers them. It is the
// only one that talks to Discord about them. Safe for concurrent use.
type router struct {
	table table
	reply responder
	log   *slog.Logger
	ack   time.Duration
	slots chan struct{}
	work  sync.WaitGroup
}

func newRouter(r *rest, roots []command, log *slog.Logger) *router {
	return &router{
		table: newTable(roots), log: log, ack: ackAfter, slots: make(chan struct{}, maxAtOnce),
		reply: responder{rest: r, log: log, within: discordgo.InteractionDeadline},
	}
}

// take answers one interaction on a goroutine of its own. It does not block, and keeps data.
func (r *router) take(ctx context.Context, data []byte) {
	received := time.Now()
	r.work.Go(func() {
		defer r.rescue("interaction")
		in, err := readInteraction(data)
		if err != nil {
			r.log.Warn("interaction cannot be read", "err", err)
			return
		}
		t := turn{in: in, received: received}
		select {
		case r.slots <- struct{}{}:
			defer func() { <-r.slots }()
			r.dispatch(ctx, t)
		default:
			r.reply.say(ctx, t, "I am busy just now. Please try again in a minute.")
		}
	})
}

// wait gives interactions in progress a last moment.
func (r *router) wait(d time.Duration) {
	done := make(chan struct{})
	go func() { // ends with the handlers, each of which has a deadline
		r.work.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(d):
		r.log.Warn("interactions were still in progress")
	}
}

// turn is one interaction on its way through the router.
type turn struct {
	in       *interaction
	received time.Time
}

func (r *router) dispatch(ctx context.Context, t turn) {
	switch t.in.Type {
	case typeCommand:
		r.command(ctx, t)
	case typeComponent:
		r.component(ctx, t)
	case typeAutocomplete:
		r.suggest(ctx, t)
	default:
		r.reply.say(ctx, t, expiredText)
	}
}

const expiredText = "This has expired. Please use the command again; `/help` lists them."

func (r *router) command(ctx context.Context, t turn) {
	path, options := t.in.path()
	c, ok := r.table.find(path)
	if !ok {
		r.reply.say(ctx, t, "I do not know this command any more. `/help` lists those I know.")
		return
	}
	values, _ := given(options)
	req := t.in.request(path, values)
	if why := refuse(c, req.Actor); why != "" {
		r.reply.say(ctx, t, why)
		return
	}
	r.run(ctx, t, job{command: c, req: req, kind: answerPrivate})
}

// component handles the buttons of our own answers: each runs a reading command again.
func (r *router) component(ctx context.Context, t turn) {
	p, ok := parsePress(t.in.Data.CustomID)
	c, known := r.table.find(p.Path)
	if !ok || !known || !c.Reads || (p.Action == actionShow && !c.Share) {
		r.reply.say(ctx, t, expiredText)
		return
	}
	req := t.in.request(p.Path, p.Options)
	if why := refuse(c, req.Actor); why != "" {
		r.reply.say(ctx, t, why)
		return
	}
	j := job{command: c, req: req, kind: answerInPlace, page: p.Page}
	if p.Action == actionShow {
		if !maySpeak(req.Actor.Permissions) {
			r.reply.say(ctx, t, "You may not post in this channel, so I do not post for you.")
			return
		}
		j.kind = answerPublic
	}
	r.run(ctx, t, j)
}

// maySpeak reports whether a member may send messages, in a channel or a thread.
func maySpeak(p guild.Permission) bool {
	const sendInThreads guild.Permission = 1 << 38 // Discord permission flags
	return p.Has(guild.SendMessages) || p.Has(sendInThreads)
}

// refuse says why an actor may not run the command, or nothing. It is checked here for
// every command and button: administrators can show a command to anyone.
func refuse(c command, a guild.Actor) string {
	switch {
	case a.Guild == "":
		return "Please use me in a server: what I follow is chosen there."
	case !a.Permissions.Has(c.Needs):
		return "Only moderators can do this: you need the permission **Manage Server**."
	default:
		return ""
	}
}

// job is a handler to run and how to answer.
type job struct {
	command command
	req     Request
	kind    answerKind
	page    int
}

// result is what came of a job.
type result struct {
	reply Reply
	err   error
}

// run handles the job and answers in time: at once if it can, else with an
// acknowledgement first and the answer as an edit of it.
func (r *router) run(ctx context.Context, t turn, j job) {
	work, cancel := context.WithTimeout(ctx, handleTime)
	defer cancel()
	done := make(chan result, 1)
	r.work.Go(func() { done <- r.handle(work, j) })
	wait := max(r.ack-time.Since(t.received), 0)
	if j.command.Slow {
		wait = 0
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case res := <-done:
		r.answer(ctx, t, j, res, false)
		return
	case <-timer.C:
	}
	if err := r.reply.acknowledge(ctx, t, j.kind); err != nil {
		r.reply.report(t, j.req.Path, err)
		return
	}
	select {
	case res := <-done:
		r.answer(ctx, t, j, res, true)
	case <-work.Done():
		r.answer(ctx, t, j, result{err: work.Err()}, true)
	}
}

// handle calls the handler; a panic in it is an error like another.
func (r *router) handle(ctx context.Context, j job) (res result) {
	defer func() {
		if p := recover(); p != nil {
			res = result{err: &panicError{value: p, stack: debug.Stack()}}
		}
	}()
	reply, err := j.command.Handle(ctx, j.req)
	return result{reply: reply, err: err}
}

// panicError is a panic of a handler.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }

// answer puts the result into words and sends it.
func (r *router) answer(ctx context.Context, t turn, j job, res result, acknowledged bool) {
	if ctx.Err() != nil { // the process stops; say so in the moment that is left
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if res.err != nil {
			res.err = errStopping
		}
	}
	if res.err != nil {
		r.note(j, res.err)
		r.reply.refuse(ctx, t, j, words(res.err), acknowledged)
		return
	}
	r.reply.deliver(ctx, t, j, res.reply, acknowledged)
}

// note logs what the member is not told.
func (r *router) note(j job, err error) {
	if _, known := knownWords(err); known {
		return
	}
	attrs := []any{"command", j.req.Path, "guild", string(j.req.Actor.Guild), "err", err}
	if p, ok := errors.AsType[*panicError](err); ok {
		attrs = append(attrs, "stack", string(p.stack))
	}
	r.log.Error("command not answered", attrs...)
}

// suggest answers autocompletion. Whatever goes wrong, the member sees an empty list.
func (r *router) suggest(ctx context.Context, t turn) {
	work, cancel := context.WithTimeout(ctx, suggestTime)
	defer cancel()
	found, err := r.suggestions(work, t.in)
	if err != nil {
		r.log.Warn("no suggestions", "command", t.in.Data.Name, "err", err)
	}
	r.reply.suggest(ctx, t, found)
}

func (r *router) suggestions(ctx context.Context, in *interaction) (found []choice, err error) {
	defer func() {
		if p := recover(); p != nil {
			found, err = nil, fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	path, options := in.path()
	values, focused := given(options)
	req := in.request(path, values)
	c, ok := r.table.find(path)
	if !ok || refuse(c, req.Actor) != "" {
		return nil, nil
	}
	for _, o := range c.Options {
		if o.Name == focused && o.Complete != nil {
			return o.Complete(ctx, req, values[focused])
		}
	}
	return nil, nil
}

// rescue keeps a panic outside a handler from ending the process.
func (r *router) rescue(where string) {
	if p := recover(); p != nil {
		r.log.Error("panic", "in", where, "err", fmt.Sprint(p), "stack", string(debug.Stack()))
	}
}
