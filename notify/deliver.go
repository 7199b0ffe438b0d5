package notify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"trucewire/guild"
)

const (
	// lateCreate is how long after a call Discord may still create its message. Source:
	// reliability.md §0.3 and §7 (creations seen after an outage).
	lateCreate = time.Minute
	// lookGap lies between the two searches that must both fail. Source: reliability.md §4.
	lookGap = 30 * time.Second
	// looksNeeded is how many searches must fail before a message is sent anew.
	looksNeeded = 2
	// clockSlack is how far our clock may be ahead of Discord's.
	clockSlack = time.Minute
	// lostClock is how far back is searched when the time of the attempt lies ahead of
	// the clock, which was set back since.
	lostClock = 24 * time.Hour
	// aside is how long a message waits that alone cannot be rendered. Others pass it.
	aside = time.Minute
)

// verdict is what became of one message.
type verdict struct {
	sent bool
	stop bool      // nothing more to this channel
	hold time.Time // nothing to this channel before (real time); zero: go on
}

// deliver takes one message as far as it goes now. Errors are of the outbox, ErrToken, or
// ctx's.
func (d *Dispatcher) deliver(ctx context.Context, m Message) (verdict, error) {
	if m.MessageID != "" {
		return d.edit(ctx, m)
	}
	var answered guild.MessageID
	if m.Form == FormReply {
		post, wait, err := d.postOf(ctx, m)
		if err != nil || wait {
			return verdict{}, err
		}
		answered = post.MessageID
	}
	if !m.AttemptAt.IsZero() {
		found, v, err := d.reconcile(ctx, &m)
		if found || err != nil {
			return v, err
		}
	}
	if m.AttemptAt.IsZero() && !m.NotAfter.IsZero() && d.Now().After(m.NotAfter) {
		return verdict{}, d.drop(ctx, m, "not sent in time: it was to go out before "+m.NotAfter.UTC().Format(time.RFC3339))
	}
	return d.create(ctx, m, answered)
}

// postOf finds what a reply answers, or puts the reply where its post is (wait).
func (d *Dispatcher) postOf(ctx context.Context, m Message) (post Message, wait bool, err error) {
	post, err = d.outbox.PostOf(ctx, m.Channel, m.Development)
	switch {
	case errors.Is(err, ErrNotFound) && m.Deadline() != nil:
		return Message{}, false, nil // a post of its own
	case errors.Is(err, ErrNotFound):
		return Message{}, true, d.drop(ctx, m, "there is no post to answer")
	case err != nil:
		return Message{}, true, fmt.Errorf("find the post: %w", err)
	case m.Deadline() != nil && post.State == StateDropped:
		return Message{}, false, nil
	case m.Deadline() != nil:
		return post, false, nil // it does not wait: the hour has come
	case post.State == StateDropped:
		return Message{}, true, d.drop(ctx, m, "its post is not there: "+post.Problem)
	case m.Update != nil && post.First >= m.Update.Revision:
		return Message{}, true, d.drop(ctx, m, "its post told it from the start")
	case post.State == StateUnknown:
		// The post may stand there. What puts it right goes out, even without a reference.
		return post, false, nil
	case post.MessageID != "":
		return post, false, nil
	case post.State == StatePaused:
		return Message{}, true, d.settle(ctx, m, StatePaused, m.DueAt, post.Problem)
	}
	due := post.DueAt
	if now := d.Now(); !due.After(now) {
		due = now.Add(retryMin)
	}
	return Message{}, true, d.settle(ctx, m, StateOwed, due, "waits for its post")
}

// reconcile deals with a message that may be in its channel already. While Discord
// remembers the nonce it leaves the message as it is, to be created again. Later it
// searches the channel. It reports true if there is nothing more to do now; otherwise m
// may be created, and m.AttemptAt says whether that is in doubt.
func (d *Dispatcher) reconcile(ctx context.Context, m *Message) (bool, verdict, error) {
	now := d.Clock()
	if m.AttemptAt.After(now) {
		m.AttemptAt, m.Looks, m.LookedAt = now.Add(-lostClock), 0, time.Time{}
		if err := d.doubt(ctx, *m); err != nil {
			return true, verdict{}, err
		}
	}
	if now.Sub(m.AttemptAt) <= d.NonceWindow {
		return false, verdict{}, nil
	}
	if at := d.nextLook(*m); m.Looks > 0 && now.Before(at) && !m.LookedAt.After(now) {
		return true, verdict{hold: at}, nil
	}
	id, found, err := d.find(ctx, *m)
	if err != nil {
		v, err := d.blind(ctx, *m, err)
		return true, v, err
	}
	if found {
		return true, verdict{sent: true}, d.receipt(ctx, *m, id, unread(*m))
	}
	m.Looks++
	m.LookedAt = now
	if m.Looks < looksNeeded {
		return true, verdict{hold: d.nextLook(*m)}, d.doubt(ctx, *m)
	}
	m.AttemptAt, m.Looks, m.LookedAt = time.Time{}, 0, time.Time{}
	return false, verdict{}, d.doubt(ctx, *m)
}

// nextLook is when a channel is searched again: by then a late message has appeared.
func (d *Dispatcher) nextLook(m Message) time.Time {
	at := m.LookedAt.Add(lookGap)
	if settled := m.AttemptAt.Add(d.NonceWindow + lateCreate); settled.After(at) {
		return settled
	}
	return at
}

func (d *Dispatcher) find(ctx context.Context, m Message) (guild.MessageID, bool, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return d.poster.Find(ctx, m.Channel, m.Ref, m.AttemptAt.Add(-clockSlack))
}

// blind deals with a search that gave no answer.
func (d *Dispatcher) blind(ctx context.Context, m Message, err error) (verdict, error) {
	switch {
	case errors.Is(err, ErrToken):
		return verdict{}, err
	case errors.Is(err, ErrGone):
		return d.pause(ctx, m, err)
	case errors.Is(err, ErrBlind):
		problem := "it may or may not have been posted: give me Read Message History in the channel so that I can look"
		if err := d.settle(ctx, m, StateUnknown, m.DueAt, problem); err != nil {
			return verdict{}, err
		}
		d.tell(ctx, m, StateUnknown, problem)
		return verdict{}, nil
	}
	return d.retry(ctx, m, err)
}

// unread is the revision to note for a message that is there without our knowing what it
// says: a post is edited next, a reply or a digest has only one text.
func unread(m Message) int {
	if m.Form == FormPost {
		return 0
	}
	return m.Want
}

// create sends a message that has no id yet.
func (d *Dispatcher) create(ctx context.Context, m Message, answered guild.MessageID) (verdict, error) {
	content, revision, err := d.render(ctx, m)
	if err != nil {
		return d.unrendered(ctx, m, err)
	}
	if content == "" {
		return verdict{}, d.drop(ctx, m, "nothing to tell")
	}
	if err := d.outbox.Intend(ctx, m.Key, d.Clock()); err != nil {
		return verdict{}, fmt.Errorf("note the intent: %w", err)
	}
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	id, err := d.poster.Create(call, Post{
		Guild: m.Guild, Channel: m.Channel, Content: content, ReplyTo: answered,
		Silent: m.Silent, Nonce: Nonce(m.Key),
	})
	if err != nil {
		return d.notCreated(ctx, m, err)
	}
	if !m.AttemptAt.IsZero() {
		revision = unread(m) // the call may have returned what an earlier one made
	}
	return verdict{sent: true}, d.receipt(ctx, m, id, revision)
}

// notCreated deals with a create that failed. Where the failure says that nothing was
// made, the doubt that the intent raised is taken back.
func (d *Dispatcher) notCreated(ctx context.Context, m Message, err error) (verdict, error) {
	var retry *RetryError
	certain := errors.Is(err, ErrGone) || errors.Is(err, ErrToken) || errors.Is(err, ErrRejected) || errors.As(err, &retry)
	if certain && m.AttemptAt.IsZero() {
		if err := d.doubt(ctx, m); err != nil {
			return verdict{}, err
		}
	}
	switch {
	case errors.Is(err, ErrAlreadyDone):
		return verdict{sent: true}, d.goneSince(ctx, m)
	case errors.Is(err, ErrToken):
		return verdict{}, err
	case errors.Is(err, ErrGone):
		return d.pause(ctx, m, err)
	case errors.Is(err, ErrRejected):
		return verdict{}, d.reject(ctx, m, StateDropped, err)
	}
	return d.retry(ctx, m, err)
}

// edit brings a message that is there up to date. Edits may be repeated without harm, so
// nothing has to be looked for.
func (d *Dispatcher) edit(ctx context.Context, m Message) (verdict, error) {
	content, revision, err := d.render(ctx, m)
	if err != nil {
		return d.unrendered(ctx, m, err)
	}
	if content == "" {
		return verdict{}, d.settle(ctx, m, StateSent, m.DueAt, "nothing to tell any more; left as it is")
	}
	if err := d.outbox.Intend(ctx, m.Key, d.Clock()); err != nil {
		return verdict{}, fmt.Errorf("note the intent: %w", err)
	}
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	err = d.poster.Edit(call, m.MessageID, Post{Guild: m.Guild, Channel: m.Channel, Content: content, Silent: m.Silent})
	switch {
	case err == nil:
		return verdict{sent: true}, d.receipt(ctx, m, m.MessageID, revision)
	case errors.Is(err, ErrToken):
		return verdict{}, err
	case errors.Is(err, ErrNotFound), errors.Is(err, ErrAlreadyDone):
		return verdict{}, d.goneSince(ctx, m)
	case errors.Is(err, ErrGone):
		return d.pause(ctx, m, err)
	case errors.Is(err, ErrRejected):
		// The post keeps what it shows; the next revision is tried again.
		return verdict{}, d.reject(ctx, m, StateSent, err)
	case ctx.Err() != nil:
		return verdict{}, ctx.Err()
	}
	// An edit waits by itself: news for the channel need not wait with it.
	return verdict{}, d.settle(ctx, m, StateOwed, d.Now().Add(d.waitAfter(m, err)), oneLine(err))
}

// render makes the text, with the reference that the message can be found by. The
// revision is at least the one wanted: what is stored now includes it.
func (d *Dispatcher) render(ctx context.Context, m Message) (string, int, error) {
	content, revision, err := d.renderer.Render(ctx, m)
	if err != nil || content == "" {
		return "", 0, err
	}
	if m.Ref != "" && !strings.Contains(content, m.Ref) {
		content += "\n-# ref " + m.Ref
	}
	return content, max(revision, m.Want), nil
}

// unrendered deals with a message that could not be put into words. It must not block
// its channel.
func (d *Dispatcher) unrendered(ctx context.Context, m Message, err error) (verdict, error) {
	if ctx.Err() != nil {
		return verdict{}, ctx.Err()
	}
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrRejected) {
		return verdict{}, d.drop(ctx, m, oneLine(err))
	}
	var later *RetryError
	if errors.As(err, &later) {
		return verdict{}, d.settle(ctx, m, StateOwed, d.Now().Add(cmp.Or(later.After, aside)), oneLine(err))
	}
	if problem := oneLine(err); problem != m.Problem {
		d.log.Error("message not rendered", "key", m.Key, "channel", m.Channel, "err", err)
	}
	return verdict{}, d.settle(ctx, m, StateOwed, d.Now().Add(aside), oneLine(err))
}

// retry holds the channel until the call may be made again, so that nothing overtakes
// the message.
func (d *Dispatcher) retry(ctx context.Context, m Message, err error) (verdict, error) {
	if ctx.Err() != nil {
		return verdict{}, ctx.Err()
	}
	wait := d.waitAfter(m, err)
	if problem := oneLine(err); problem != m.Problem {
		d.log.Warn("message will be tried again", "key", m.Key, "channel", m.Channel, "wait", wait, "err", err)
		if err := d.settle(ctx, m, StateOwed, m.DueAt, problem); err != nil {
			return verdict{}, err
		}
	}
	return verdict{hold: d.Clock().Add(wait)}, nil
}

// waitAfter is how long to wait after a failure: what Discord asked for, and on top of it
// a jittered time that grows with the failures.
func (d *Dispatcher) waitAfter(m Message, err error) time.Duration {
	wait := d.backoff(max(m.Attempts, d.failures(m.Channel)) + 1)
	var retry *RetryError
	if errors.As(err, &retry) && retry.After > 0 {
		wait = retry.After + d.Jitter(retryMin)
	}
	return max(wait, time.Millisecond)
}

// pause stops all that goes to a channel that cannot be posted to, and says so once.
func (d *Dispatcher) pause(ctx context.Context, m Message, cause error) (verdict, error) {
	problem := oneLine(cause)
	if err := d.outbox.PauseChannel(ctx, m.Guild, m.Channel, problem, d.Now()); err != nil {
		return verdict{}, fmt.Errorf("pause channel %s: %w", m.Channel, err)
	}
	d.tell(ctx, m, StatePaused, problem)
	return verdict{stop: true}, nil
}

// reject ends a message or an edit that Discord will not take.
func (d *Dispatcher) reject(ctx context.Context, m Message, s State, cause error) error {
	problem := oneLine(cause)
	if err := d.settle(ctx, m, s, m.DueAt, problem); err != nil {
		return err
	}
	d.tell(ctx, m, StateDropped, problem)
	return nil
}

// goneSince ends a message that was delivered and deleted in Discord. A post is not made
// again by later revisions.
func (d *Dispatcher) goneSince(ctx context.Context, m Message) error {
	s := StateSent
	if m.Form == FormPost {
		s = StateDropped
	}
	return d.settle(ctx, m, s, m.DueAt, "delivered, then deleted in Discord; it is not posted again")
}

func (d *Dispatcher) drop(ctx context.Context, m Message, problem string) error {
	d.log.Info("message dropped", "key", m.Key, "channel", m.Channel, "reason", m.Reason, "problem", problem)
	return d.settle(ctx, m, StateDropped, m.DueAt, problem)
}

func (d *Dispatcher) tell(ctx context.Context, m Message, s State, problem string) {
	d.log.Error("delivery needs a hand", "key", m.Key, "channel", m.Channel, "state", s, "problem", problem)
	if d.Tell != nil {
		d.Tell(ctx, Trouble{Guild: m.Guild, Channel: m.Channel, Key: m.Key, State: s, Problem: problem})
	}
}

// What a call brought is written down even while stopping: a receipt that is lost makes
// the next start search for its message.

func (d *Dispatcher) receipt(ctx context.Context, m Message, id guild.MessageID, revision int) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	if err := d.outbox.Receipt(ctx, m.Key, id, revision, d.Clock()); err != nil {
		return fmt.Errorf("note the receipt: %w", err)
	}
	return nil
}

func (d *Dispatcher) settle(ctx context.Context, m Message, s State, due time.Time, problem string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	if err := d.outbox.Settle(ctx, m.Key, s, due, problem); err != nil {
		return fmt.Errorf("settle as %s: %w", s, err)
	}
	return nil
}

func (d *Dispatcher) doubt(ctx context.Context, m Message) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer cancel()
	if err := d.outbox.Doubt(ctx, m.Key, m.AttemptAt, m.Looks, m.LookedAt); err != nil {
		return fmt.Errorf("note the doubt: %w", err)
	}
	return nil
}

// maxProblem is how much of an error a row keeps, in bytes.
const maxProblem = 300

// oneLine is an error as a row keeps it.
func oneLine(err error) string {
	s := strings.Join(strings.Fields(err.Error()), " ")
	if len(s) > maxProblem {
		s = strings.ToValidUTF8(s[:maxProblem], "") + "…"
	}
	return s
}
