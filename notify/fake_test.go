package notify_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/notify"
)

// nonceMemory is how long the fake remembers a nonce: longer than the dispatcher relies on.
const nonceMemory = 2 * time.Minute

var errLost = errors.New("connection reset")

// fault is what happens to one call.
type fault int

const (
	fine        fault = iota
	lost              // the request never arrived
	answerLost        // it took effect, the answer did not arrive
	late              // it takes effect 50 s later, the answer is an error
	refused           // it had no effect, and the answer says so
	noAccess          // the channel cannot be posted to
	badPayload        // Discord will not take it
	wasDeleted        // the nonce names a message that was deleted
	badToken          // 401
	blindSearch       // of Find: the history cannot be read
)

// discord is a small Discord: channels of messages, a nonce window, and faults. Time is
// that of the bubble.
type discord struct {
	mu       sync.Mutex
	messages []message
	last     int
	nonces   map[string]nonce
	creates  int // calls
	edits    int
	finds    int
	// fault picks what happens to the nth call of its sort, from 1; nil: fine.
	fault func(call string, n int) fault

	forgetNonces bool // as if enforce_nonce were not sent
	neverFinds   bool // as if the channel were not read back
}

type message struct {
	id      guild.MessageID
	channel guild.ChannelID
	content string
	replyTo guild.MessageID
	silent  bool
	at      time.Time
	edited  int
}

type nonce struct {
	id guild.MessageID
	at time.Time
}

func newDiscord() *discord { return &discord{nonces: make(map[string]nonce)} }

func (d *discord) pick(call string, n int) fault {
	if d.fault == nil {
		return fine
	}
	return d.fault(call, n)
}

func (d *discord) Create(ctx context.Context, p notify.Post) (guild.MessageID, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.creates++
	switch d.pick("create", d.creates) {
	case lost:
		return "", errLost
	case answerLost:
		d.put(p)
		return "", errLost
	case late:
		time.AfterFunc(50*time.Second, func() {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.put(p)
		})
		return "", errLost
	case refused:
		return "", &notify.RetryError{After: 5 * time.Second, Err: errors.New("too many requests")}
	case noAccess:
		return "", fmt.Errorf("%w: missing access", notify.ErrGone)
	case badPayload:
		return "", fmt.Errorf("%w: content too long", notify.ErrRejected)
	case wasDeleted:
		return "", notify.ErrAlreadyDone
	case badToken:
		return "", notify.ErrToken
	}
	return d.put(p), nil
}

// put creates a message unless the nonce is remembered.
func (d *discord) put(p notify.Post) guild.MessageID {
	now := time.Now()
	if n, ok := d.nonces[p.Nonce]; ok && p.Nonce != "" && !d.forgetNonces && now.Sub(n.at) < nonceMemory {
		return n.id
	}
	d.last++
	id := guild.MessageID(fmt.Sprint(1000 + d.last))
	d.messages = append(d.messages, message{
		id: id, channel: p.Channel, content: p.Content, replyTo: p.ReplyTo, silent: p.Silent, at: now,
	})
	d.nonces[p.Nonce] = nonce{id, now}
	return id
}

func (d *discord) Edit(ctx context.Context, id guild.MessageID, p notify.Post) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.edits++
	f := d.pick("edit", d.edits)
	switch f {
	case lost, late:
		return errLost
	case refused:
		return &notify.RetryError{After: 5 * time.Second, Err: errors.New("too many edits")}
	case noAccess:
		return notify.ErrGone
	case badPayload:
		return notify.ErrRejected
	case wasDeleted:
		return notify.ErrNotFound
	case badToken:
		return notify.ErrToken
	}
	for i := range d.messages {
		if d.messages[i].id == id {
			d.messages[i].content = p.Content
			d.messages[i].edited++
			if f == answerLost {
				return errLost
			}
			return nil
		}
	}
	return notify.ErrNotFound
}

func (d *discord) Find(ctx context.Context, c guild.ChannelID, ref string, after time.Time) (guild.MessageID, bool, error) {
	if err := ctx.Err(); err != nil {
		return "", false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.finds++
	switch d.pick("find", d.finds) {
	case fine:
	case blindSearch:
		return "", false, notify.ErrBlind
	case noAccess:
		return "", false, notify.ErrGone
	case badToken:
		return "", false, notify.ErrToken
	default:
		return "", false, errLost
	}
	if d.neverFinds {
		return "", false, nil
	}
	for _, m := range d.messages {
		if m.channel == c && m.at.After(after) && strings.HasSuffix(m.content, "ref "+ref) {
			return m.id, true, nil
		}
	}
	return "", false, nil
}

// in returns what a channel shows.
func (d *discord) in(c guild.ChannelID) []message {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []message
	for _, m := range d.messages {
		if m.channel == c {
			out = append(out, m)
		}
	}
	return out
}

// renderer renders what a newsroom of developments says now.
type renderer struct {
	mu       sync.Mutex
	revision map[news.DevelopmentID]int
	rendered []string // keys
	fail     func(m notify.Message) error
	silent   bool // there is nothing to tell
}

func (r *renderer) Render(_ context.Context, m notify.Message) (string, int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		if err := r.fail(m); err != nil {
			return "", 0, err
		}
	}
	r.rendered = append(r.rendered, m.Key)
	if r.silent {
		return "", 0, nil
	}
	if m.Form != notify.FormPost {
		return m.Key + " ref " + m.Ref, 1, nil
	}
	rev := max(1, r.revision[m.Development])
	return fmt.Sprintf("%s revision %d ref %s", m.Key, rev, m.Ref), rev, nil
}

func (r *renderer) set(d news.DevelopmentID, revision int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.revision == nil {
		r.revision = make(map[news.DevelopmentID]int)
	}
	r.revision[d] = revision
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
