package bot

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"trucewire/guild"
	"trucewire/notify"
)

var _ notify.Poster = (*Bot)(nil)

const (
	findPage  = 100 // messages; the most Discord gives at once
	findPages = 50  // beyond that a channel is too busy to say that a message is absent
	// findEarlier allows for a clock of ours that is ahead of Discord's.
	findEarlier = time.Minute
)

// createMessage is the body of a create. discordgo's type has no nonce.
type createMessage struct {
	Content         string                      `json:"content"`
	Flags           discordgo.MessageFlags      `json:"flags,omitempty"`
	AllowedMentions noMentions                  `json:"allowed_mentions"`
	Reference       *discordgo.MessageReference `json:"message_reference,omitempty"`
	Nonce           string                      `json:"nonce,omitempty"`
	EnforceNonce    bool                        `json:"enforce_nonce,omitempty"`
}

// editMessage is the body of an edit. allowed_mentions must be said again.
type editMessage struct {
	Content         string                 `json:"content"`
	Flags           discordgo.MessageFlags `json:"flags"`
	AllowedMentions noMentions             `json:"allowed_mentions"`
}

// noMentions is the allowed_mentions object that allows none.
type noMentions struct{}

// MarshalJSON writes the explicit empty list: null or nothing at all would parse every
// kind of mention.
func (noMentions) MarshalJSON() ([]byte, error) { return []byte(`{"parse":[]}`), nil }

// Create implements notify.Poster. The nonce makes a repeated call within Discord's
// window return the first message. It works without the gateway.
func (b *Bot) Create(ctx context.Context, p notify.Post) (guild.MessageID, error) {
	body := createMessage{
		Content: p.Content, Flags: postFlags(p), Nonce: p.Nonce, EnforceNonce: p.Nonce != "",
	}
	if p.ReplyTo != "" {
		body.Reference = replyTo(p)
	}
	var id guild.MessageID
	err := b.mending(ctx, p.Channel, &body.Content, &body.Reference, func() (err error) {
		id, err = b.create(ctx, p.Channel, body)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("create message in channel %s: %w", p.Channel, postError(err))
	}
	return id, nil
}

func (b *Bot) create(ctx context.Context, c guild.ChannelID, body createMessage) (guild.MessageID, error) {
	var created struct {
		ID guild.MessageID `json:"id"`
	}
	err := b.rest.do(ctx, http.MethodPost, discordgo.EndpointChannelMessages(string(c)), body, &created)
	if err == nil && created.ID == "" {
		return "", errNoMessage
	}
	return created.ID, err
}

// errNoMessage leaves open what became of the call.
var errNoMessage = errors.New("the answer names no message")

// Edit implements notify.Poster. A message that a moderator removed, or that an earlier
// application of the operator posted, gives notify.ErrNotFound. One that Discord lets be
// edited only now and then gives a *notify.RetryError without a call until it is time.
func (b *Bot) Edit(ctx context.Context, id guild.MessageID, p notify.Post) error {
	if wait := b.slow.wait(id, time.Now()); wait > 0 {
		return fmt.Errorf("edit message %s in channel %s: %w", id, p.Channel, &notify.RetryError{After: wait, Err: errSlowEdit})
	}
	body := editMessage{Content: p.Content, Flags: discordgo.MessageFlagsSuppressEmbeds}
	var none *discordgo.MessageReference
	err := b.mending(ctx, p.Channel, &body.Content, &none, func() error { return b.edit(ctx, id, p.Channel, body) })
	if err = b.slow.note(id, err, time.Now()); err == nil {
		return nil
	}
	if hasCode(err, codeUnknownMessage) || hasCode(err, codeNotAuthor) {
		return fmt.Errorf("edit message %s in channel %s: %w: %w", id, p.Channel, notify.ErrNotFound, err)
	}
	return fmt.Errorf("edit message %s in channel %s: %w", id, p.Channel, postError(err))
}

func (b *Bot) edit(ctx context.Context, id guild.MessageID, c guild.ChannelID, body editMessage) error {
	return b.rest.do(ctx, http.MethodPatch, discordgo.EndpointChannelMessage(string(c), string(id)), body, nil)
}

// Find implements notify.Poster. It needs Read Message History and reads up to 5,000
// messages; a channel with more of them since then gives notify.ErrBlind, not "absent".
func (b *Bot) Find(ctx context.Context, c guild.ChannelID, ref string, after time.Time) (guild.MessageID, bool, error) {
	id, found, err := b.find(ctx, c, ref, after)
	if err != nil {
		return "", false, fmt.Errorf("look for %q in channel %s: %w", ref, c, err)
	}
	return id, found, nil
}

func (b *Bot) find(ctx context.Context, c guild.ChannelID, ref string, after time.Time) (guild.MessageID, bool, error) {
	self, err := b.self(ctx)
	if err != nil {
		return "", false, postError(err)
	}
	from := snowflakeAt(after.Add(-findEarlier))
	for range findPages {
		page, err := b.messagesAfter(ctx, c, from)
		if err != nil {
			return "", false, postError(err)
		}
		for _, m := range page {
			if m.Author.ID == self.ID && carries(m.Content, ref) {
				return m.ID, true, nil
			}
			from = max(from, snowflake(m.ID))
		}
		if len(page) < findPage {
			return "", false, b.seesHistory(ctx, c, len(page) > 0)
		}
	}
	return "", false, fmt.Errorf("more than %d messages since: %w", findPage*findPages, notify.ErrBlind)
}

// channelMessage is as much of a message as Find needs.
type channelMessage struct {
	ID      guild.MessageID `json:"id"`
	Content string          `json:"content"`
	Author  struct {
		ID guild.UserID `json:"id"`
	} `json:"author"`
}

func (b *Bot) messagesAfter(ctx context.Context, c guild.ChannelID, from uint64) ([]channelMessage, error) {
	endpoint := fmt.Sprintf("%s?limit=%d&after=%d", discordgo.EndpointChannelMessages(string(c)), findPage, from)
	var page []channelMessage
	err := b.rest.do(ctx, http.MethodGet, endpoint, nil, &page)
	return page, err
}

// seesHistory returns notify.ErrBlind unless the channel's messages can be read. Without
// Read Message History Discord answers with an empty list, as if there were none; a
// channel that has a last message all the same is one that we cannot see into, or one
// that was emptied, and neither tells what became of a post.
func (b *Bot) seesHistory(ctx context.Context, c guild.ChannelID, seen bool) error {
	if seen {
		return nil
	}
	any, err := b.messagesAfter(ctx, c, 0)
	if err != nil || len(any) > 0 {
		return postError(err)
	}
	var channel struct {
		Last *string `json:"last_message_id"`
	}
	if err := b.rest.do(ctx, http.MethodGet, discordgo.EndpointChannel(string(c)), nil, &channel); err != nil {
		return postError(err)
	}
	if channel.Last != nil {
		return notify.ErrBlind
	}
	return nil
}

// carries reports whether the content has ref as a word of its own: four characters
// may stand inside an address by chance.
func carries(content, ref string) bool {
	if ref == "" {
		return false
	}
	for rest := content; ; {
		i := strings.Index(rest, ref)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(rest[:i])
		next, _ := utf8.DecodeRuneInString(rest[i+len(ref):])
		if !wordRune(before) && !wordRune(next) {
			return true
		}
		rest = rest[i+len(ref):]
	}
}

// wordRune reports what belongs to a reference. The hyphen does: a reply carries that of
// its post with a number behind it.
func wordRune(r rune) bool {
	return r == '-' || (r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)))
}

// discordEpoch is the zero of snowflakes in Unix milliseconds. Source: Discord developer
// documentation, "Reference", snowflakes.
const discordEpoch = 1420070400000

// snowflakeAt is the lowest id of that moment.
func snowflakeAt(t time.Time) uint64 {
	ms := t.UnixMilli() - discordEpoch
	if ms < 0 {
		return 0
	}
	return uint64(ms) << 22
}

func snowflake(id guild.MessageID) uint64 {
	n, err := strconv.ParseUint(string(id), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func postFlags(p notify.Post) discordgo.MessageFlags {
	flags := discordgo.MessageFlagsSuppressEmbeds
	if p.Silent {
		flags |= discordgo.MessageFlagsSuppressNotifications
	}
	return flags
}

func replyTo(p notify.Post) *discordgo.MessageReference {
	lenient := false // a removed original must not keep the correction from being posted
	return &discordgo.MessageReference{
		MessageID: string(p.ReplyTo), ChannelID: string(p.Channel), GuildID: string(p.Guild),
		FailIfNotExists: &lenient,
	}
}
