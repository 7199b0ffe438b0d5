package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"trucewire/guild"
	"trucewire/notify"
	"trucewire/sources"
)

// UserError is an error whose text is for the member who asked: one sentence with what
// to do, in Discord markdown, with nothing of a stranger's in it.
type UserError struct{ Text string }

func (e *UserError) Error() string { return e.Text }

const unknownText = "Something went wrong; the operator has been told."

// words turns any error into a sentence for the member.
func words(err error) string {
	if text, known := knownWords(err); known {
		return text
	}
	return unknownText
}

// knownWords has a sentence for errors that a member can do something about.
func knownWords(err error) (string, bool) {
	if e, ok := errors.AsType[*UserError](err); ok {
		return e.Text, true
	}
	if e, ok := errors.AsType[*notify.FieldError](err); ok {
		return escape(e.Error()) + ".", true
	}
	if text := sources.Explain(err); text != "" {
		return escape(text), true
	}
	switch {
	case errors.Is(err, guild.ErrForbidden):
		return "Only moderators can do this: you need the permission **Manage Server**.", true
	case errors.Is(err, notify.ErrTooMany):
		return fmt.Sprintf("This server has %d subscriptions, as many as it may have. Remove one first.", guild.MaxSubscriptions), true
	case errors.Is(err, notify.ErrNotFound):
		return "That is not there any more. The list shows what is.", true
	case errors.Is(err, errStopping):
		return "I am restarting. Please try again in a minute.", true
	case errors.Is(err, context.DeadlineExceeded):
		return "That took too long. Please try again in a minute.", true
	default:
		return "", false
	}
}

// escape takes the force out of a text that a stranger wrote: no mention, no markdown,
// no link and no second line comes of it.
func escape(s string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(s), " ") {
		switch {
		case strings.ContainsRune("\\*_~`|>#-[]()<@:", r) && r != '-' && r != ':':
			b.WriteByte('\\')
			b.WriteRune(r)
			if r == '@' {
				b.WriteRune('\u200b') // keeps @everyone from being one even where it is not parsed
			}
		case isFormat(r):
			// direction marks and zero-width characters could move text out of its place
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// escapeCode makes a text safe inside `code`.
func escapeCode(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '`' || isFormat(r) {
			return -1
		}
		return r
	}, strings.Join(strings.Fields(s), " "))
}

// isFormat reports control and direction characters.
func isFormat(r rune) bool {
	return r < ' ' || (r >= 0x200b && r <= 0x200f) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2060 && r <= 0x206f) || r == 0xfeff
}
