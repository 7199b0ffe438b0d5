package localdiscord

import (
	"net/http"
	"slices"
	"strconv"
)

// channelFor finds the channel of a route and checks that the bot sees it.
func (w *world) channelFor(r *request) (*channel, uint64, error) {
	c := w.channels[r.PathValue("channel")]
	if c == nil {
		return nil, 0, apiErr(codeUnknownChannel)
	}
	p := w.permissions(c, w.app.ID)
	if p&ViewChannel == 0 {
		return nil, 0, apiErr(codeMissingAccess)
	}
	return c, p, nil
}

func (w *world) getChannel(r *request) (reply, error) {
	c, _, err := w.channelFor(r)
	if err != nil {
		return reply{}, err
	}
	return ok(w.channelJSON(c)), nil
}

// createMessage is POST /channels/{channel}/messages.
func (w *world) createMessage(r *request) (reply, error) {
	c, p, err := w.channelFor(r)
	if err != nil {
		return reply{}, err
	}
	f, n := newForm(r.body)
	checkCreate(n)
	if err := r.refuse(f); err != nil {
		return reply{}, err
	}
	d, err := readDraft(n, r.files)
	if err != nil {
		return reply{}, err
	}
	if err := mayPost(p, d); err != nil {
		return reply{}, err
	}
	if c.kind == DirectMessage && (w.closedDMs[c.recipient] || !w.sharesGuild(c.recipient)) {
		return reply{}, apiErr(codeCannotMessageUser)
	}
	if d.EnforceNonce {
		if m := w.nonces.find(w.app.ID, d.nonce(), r.at); m != nil {
			return w.already(m)
		}
	}
	m, err := w.compose(r, c, p, d)
	if err != nil {
		return reply{}, err
	}
	w.put(c, m)
	if d.EnforceNonce {
		w.nonces.remember(m, r.at)
	}
	return ok(w.messageJSON(m, true)), nil
}

// already answers a create whose nonce was seen: the first message, or Unknown Message
// if it was deleted since (discord-api-docs pull request 6647).
func (w *world) already(m *message) (reply, error) {
	if m.deleted {
		return reply{}, apiErr(codeUnknownMessage)
	}
	return ok(w.messageJSON(m, true)), nil
}

// mayPost checks the permissions that the content of a message needs.
func mayPost(p uint64, d draft) error {
	need := SendMessages
	if len(d.Embeds) > 0 {
		need |= EmbedLinks
	}
	if len(d.files) > 0 {
		need |= AttachFiles
	}
	if p&need != need {
		return apiErr(codeMissingPermissions)
	}
	return nil
}

// compose makes the message of a create.
func (w *world) compose(r *request, c *channel, p uint64, d draft) (*message, error) {
	now := w.now()
	m := &message{Message: Message{
		ID: w.ids.next(now), Channel: c.id, Guild: c.guild, Author: w.app.ID, Bot: true, Created: now, Nonce: d.nonce(),
	}, nonceValue: d.Nonce}
	w.write(m, d)
	if m.empty() && !d.has["poll"] && !d.has["sticker_ids"] {
		return nil, r.violate(codeEmptyMessage)
	}
	replied, err := w.replied(c, p, d)
	if err != nil {
		return nil, err
	}
	if replied != nil {
		m.ReplyTo, m.kind = replied.ID, kindReply
	}
	allowed := mentionAll()
	if d.AllowedMentions != nil {
		allowed = *d.AllowedMentions
	}
	m.Pings = w.pings(c, w.app.ID, m.Content, replied, allowed)
	return m, nil
}

// replied finds the message that is answered. A missing one is an error unless the
// request says otherwise.
func (w *world) replied(c *channel, p uint64, d draft) (*message, error) {
	if d.Reference == nil {
		return nil, nil
	}
	if p&ReadMessageHistory == 0 {
		return nil, apiErr(codeNoReplyHistory)
	}
	m := c.find(d.Reference.MessageID)
	if m == nil && (d.Reference.Fail == nil || *d.Reference.Fail) {
		f, n := newForm(nil)
		n.at("message_reference", nil).fail("REPLIES_UNKNOWN_MESSAGE", "Unknown message")
		return nil, f.err()
	}
	return m, nil
}

// listMessages is GET /channels/{channel}/messages: newest first, also with after,
// which takes the oldest messages behind the id and still lists them newest first.
func (w *world) listMessages(r *request) (reply, error) {
	c, p, err := w.channelFor(r)
	if err != nil {
		return reply{}, err
	}
	limit, err := r.limit(50, 100)
	if err != nil {
		return reply{}, err
	}
	list := []object{}
	if p&ReadMessageHistory == 0 {
		return ok(list), nil // documented: no error, no messages
	}
	for _, m := range c.page(r.query("before"), r.query("after"), r.query("around"), limit) {
		list = append(list, w.messageJSON(m, true))
	}
	return ok(list), nil
}

// page selects messages, newest first.
func (c *channel) page(before, after, around string, limit int) []*message {
	low, high := 0, len(c.messages)
	switch {
	case around != "":
		low = max(0, c.index(around)-limit/2)
		high = min(high, low+limit)
	case after != "":
		low = c.index(after)
		if low < high && c.messages[low].ID == after {
			low++
		}
		high = min(high, low+limit)
	case before != "":
		high = c.index(before)
		low = max(0, high-limit)
	default:
		low = max(0, high-limit)
	}
	page := slices.Clone(c.messages[low:high])
	slices.Reverse(page)
	return page
}

// limit reads the page size.
func (r *request) limit(usual, most int) (int, error) {
	s := r.query("limit")
	if s == "" {
		return usual, nil
	}
	v, err := strconv.Atoi(s)
	if err != nil || v < 1 || v > most {
		f, n := newForm(nil)
		n.at("limit", s).fail("NUMBER_TYPE_RANGE", "int value should be between 1 and %d.", most)
		return 0, r.refuse(f)
	}
	return v, nil
}

// messageFor finds the public message of a route.
func (w *world) messageFor(r *request) (*channel, *message, uint64, error) {
	c, p, err := w.channelFor(r)
	if err != nil {
		return nil, nil, 0, err
	}
	m := c.find(r.PathValue("message"))
	if m == nil {
		return nil, nil, 0, apiErr(codeUnknownMessage)
	}
	return c, m, p, nil
}

func (w *world) getMessage(r *request) (reply, error) {
	_, m, p, err := w.messageFor(r)
	if err != nil {
		return reply{}, err
	}
	if p&ReadMessageHistory == 0 {
		return reply{}, apiErr(codeMissingPermissions)
	}
	return ok(w.messageJSON(m, true)), nil
}

// editMessage is PATCH /channels/{channel}/messages/{message}.
func (w *world) editMessage(r *request) (reply, error) {
	_, m, _, err := w.messageFor(r)
	if err != nil {
		return reply{}, err
	}
	if m.Author != w.app.ID {
		return reply{}, apiErr(codeNotAuthor)
	}
	f, n := newForm(r.body)
	checkEdit(n, m.Flags)
	if err := r.refuse(f); err != nil {
		return reply{}, err
	}
	return w.edit(r, m, n)
}

// edit changes a message of the bot, in a channel or as an interaction's reply.
func (w *world) edit(r *request, m *message, n node) (reply, error) {
	d, err := readDraft(n, r.files)
	if err != nil {
		return reply{}, err
	}
	before := m.view()
	tried := *m
	w.write(&tried, d)
	if tried.empty() {
		return reply{}, r.violate(codeEmptyMessage)
	}
	if tried.Flags&FlagLoading != 0 {
		tried.Flags &^= FlagLoading
	}
	tried.Loading = false
	*m = tried
	w.changed(m, before)
	return ok(w.messageJSON(m, true)), nil
}

// deleteMessage is DELETE /channels/{channel}/messages/{message}.
func (w *world) deleteMessage(r *request) (reply, error) {
	_, m, p, err := w.messageFor(r)
	if err != nil {
		return reply{}, err
	}
	if m.Author != w.app.ID && p&ManageMessages == 0 {
		return reply{}, apiErr(codeMissingPermissions)
	}
	w.remove(m)
	return reply{status: http.StatusNoContent}, nil
}

// crosspost is POST /channels/{channel}/messages/{message}/crosspost.
func (w *world) crosspost(r *request) (reply, error) {
	c, m, p, err := w.messageFor(r)
	if err != nil {
		return reply{}, err
	}
	if c.kind != AnnouncementChannel {
		return reply{}, apiErr(codeWrongChannelType)
	}
	if p&SendMessages == 0 || m.Author != w.app.ID && p&ManageMessages == 0 {
		return reply{}, apiErr(codeMissingPermissions)
	}
	if m.Flags&FlagCrossposted != 0 {
		return reply{}, apiErr(codeCrossposted)
	}
	m.Flags |= FlagCrossposted
	w.publishMessage("MESSAGE_UPDATE", m)
	return ok(w.messageJSON(m, true)), nil
}
