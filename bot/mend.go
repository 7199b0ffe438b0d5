package bot

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"

	"trucewire/guild"
)

// mendTries is how often one message is sent in all, each time changed in what Discord
// took exception to. Its nonce stays: a refusal created nothing.
const mendTries = 3

// mending makes a call, and again as long as what Discord refused can be changed.
func (b *Bot) mending(ctx context.Context, c guild.ChannelID, content *string, reference **discordgo.MessageReference, call func() error) error {
	err := call()
	for try := 1; err != nil && try < mendTries && b.mend(ctx, c, content, reference, err); try++ {
		err = call()
	}
	return err
}

// mend changes what Discord refused so that another call may pass. It returns false if
// there is nothing to change.
func (b *Bot) mend(ctx context.Context, c guild.ChannelID, content *string, reference **discordgo.MessageReference, err error) bool {
	e, ok := errors.AsType[*apiError](err)
	if !ok {
		return false
	}
	changed := false
	switch e.Code {
	case codeNoReplyHistory:
		// Without Read Message History nothing can be replied to; a correction must be read all the same.
		changed = *reference != nil
		*reference = nil
	case codeArchivedThread:
		changed = b.reopen(ctx, c) == nil // if it failed, the first refusal tells more
	case codeInvalidForm, codeEmptyMessage:
		plain := fitting(*content)
		changed = *reference != nil || plain != *content
		*content, *reference = plain, nil
	case codeAutoMod, codeHarmfulLink:
		bare := withoutLinks(*content)
		changed = bare != *content
		*content = bare
	}
	if changed {
		b.log.Warn("message sent again with a change", "channel", c, "err", err)
	}
	return changed
}

// reopen unarchives a thread.
func (b *Bot) reopen(ctx context.Context, c guild.ChannelID) error {
	body := struct {
		Archived bool `json:"archived"`
	}{}
	return b.rest.do(ctx, http.MethodPatch, discordgo.EndpointChannel(string(c)), body, nil)
}

var (
	maskedLink = regexp.MustCompile(`\[([^\]\n]*)\]\(<?https?://[^\s)>]+>?\)`)
	bareLink   = regexp.MustCompile(`<?https?://([^\s/)>]+)[^\s)>]*>?`)
)

// withoutLinks names the host where an address stood.
func withoutLinks(content string) string {
	return bareLink.ReplaceAllString(maskedLink.ReplaceAllString(content, "$1"), "$1")
}

// fitting cuts a content that Discord finds too long. The last two lines stay: they hold
// the reference that the message is found by, and whom it pings.
func fitting(content string) string {
	if size(content) <= maxContent {
		return content
	}
	end := max(0, strings.LastIndexByte(content, '\n'))
	last := content[strings.LastIndexByte(content[:end], '\n')+1:]
	if size(last) > maxContent/4 {
		last = ""
	}
	const mark = " …\n"
	room := maxContent - size(last) - size(mark)
	return strings.TrimSpace(content[:breakAt(content, room)]) + mark + last
}
