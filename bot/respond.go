package bot

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// answerKind is how an answer appears.
type answerKind int

const (
	answerPrivate answerKind = iota // a new message that only the member sees
	answerPublic                    // a new message for everyone
	answerInPlace                   // the message with the button is changed
)

// Limits of suggestions. Source: Discord developer documentation, choices.
const (
	maxChoices    = 25
	maxChoiceText = 100 // runes
)

// editTries is how often an answer that was promised is sent: an edit repeated is the
// same edit.
const editTries = 4

// callback is the first answer to an interaction.
type callback struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// answerBody is a message as an answer or an edit of one.
type answerBody struct {
	Content         string                 `json:"content"`
	Flags           discordgo.MessageFlags `json:"flags,omitempty"`
	AllowedMentions noMentions             `json:"allowed_mentions"`
	Components      []actionRow            `json:"components"`
}

type actionRow struct {
	Type       int      `json:"type"`
	Components []button `json:"components"`
}

type button struct {
	Type     int    `json:"type"`
	Style    int    `json:"style"`
	Label    string `json:"label"`
	CustomID string `json:"custom_id"`
}

// responder sends answers. Every call is its own request with its own bucket, so answers
// neither queue behind one another nor leave anything behind.
type responder struct {
	rest *rest
	log  *slog.Logger
}

// deliver sends a reply: the page that was asked for, with its buttons.
func (s responder) deliver(ctx context.Context, t turn, j job, reply Reply, acknowledged bool) {
	body := pageBody(j, reply)
	if acknowledged {
		s.edit(ctx, t, j.req.Path, body)
		return
	}
	s.first(ctx, t, j.req.Path, j.kind, body)
}

// refuse tells what went wrong. A message that others see, or that held a good answer,
// is not overwritten with an error.
func (s responder) refuse(ctx context.Context, t turn, j job, text string, acknowledged bool) {
	body := answerBody{Content: firstPage(text), Components: []actionRow{}}
	switch {
	case !acknowledged:
		s.first(ctx, t, j.req.Path, answerPrivate, body)
	case j.kind == answerInPlace:
		s.followUp(ctx, t, j.req.Path, body)
	default:
		s.edit(ctx, t, j.req.Path, body)
	}
}

// say answers an interaction that no handler saw, in private. Suggestions cannot hold text.
func (s responder) say(ctx context.Context, t turn, text string) {
	if t.in.Type == typeAutocomplete {
		s.suggest(ctx, t, nil)
		return
	}
	s.first(ctx, t, t.in.Data.Name, answerPrivate, answerBody{Content: firstPage(text), Components: []actionRow{}})
}

// first sends the first answer.
func (s responder) first(ctx context.Context, t turn, path string, kind answerKind, body answerBody) {
	body.Flags = discordgo.MessageFlagsSuppressEmbeds
	if kind == answerPrivate {
		body.Flags |= discordgo.MessageFlagsEphemeral
	}
	how := discordgo.InteractionResponseChannelMessageWithSource
	if kind == answerInPlace {
		how = discordgo.InteractionResponseUpdateMessage
	}
	if err := s.callback(ctx, t, callback{Type: int(how), Data: body}); err != nil {
		s.lost(t, path, err)
	}
}

// acknowledge promises an answer. Whether only the member sees it is fixed by this.
func (s responder) acknowledge(ctx context.Context, t turn, kind answerKind) error {
	c := callback{Type: int(discordgo.InteractionResponseDeferredChannelMessageWithSource)}
	switch kind {
	case answerInPlace:
		c.Type = int(discordgo.InteractionResponseDeferredMessageUpdate)
	case answerPrivate:
		c.Data = struct {
			Flags discordgo.MessageFlags `json:"flags"`
		}{discordgo.MessageFlagsEphemeral}
	}
	return s.callback(ctx, t, c)
}

// callback posts the first answer, and once more if its fate is unknown: then "already
// acknowledged" means that the first call arrived.
func (s responder) callback(ctx context.Context, t turn, c callback) error {
	ctx, cancel := context.WithDeadline(ctx, t.received.Add(discordgo.InteractionDeadline))
	defer cancel()
	endpoint := discordgo.EndpointInteractionResponse(t.in.ID, t.in.Token)
	err := s.rest.do(ctx, http.MethodPost, endpoint, c, nil)
	if err == nil || !outcomeUnknown(err) || ctx.Err() != nil {
		return err
	}
	err = s.rest.do(ctx, http.MethodPost, endpoint, c, nil)
	if e, ok := errors.AsType[*apiError](err); ok && e.Code == codeAcknowledged {
		return nil
	}
	return err
}

// outcomeUnknown tells errors after which the call may or may not have had its effect.
func outcomeUnknown(err error) bool {
	if e, ok := errors.AsType[*apiError](err); ok {
		return e.Status >= 500
	}
	return true
}

// edit puts the answer into the place that was promised.
func (s responder) edit(ctx context.Context, t turn, path string, body answerBody) {
	body.Flags = discordgo.MessageFlagsSuppressEmbeds
	endpoint := discordgo.EndpointInteractionResponseActions(t.in.ApplicationID, t.in.Token)
	s.insist(ctx, t, path, http.MethodPatch, endpoint, body)
}

// followUp sends a further message that only the member sees.
func (s responder) followUp(ctx context.Context, t turn, path string, body answerBody) {
	body.Flags = discordgo.MessageFlagsSuppressEmbeds | discordgo.MessageFlagsEphemeral
	endpoint := discordgo.EndpointFollowupMessage(t.in.ApplicationID, t.in.Token)
	if err := s.rest.do(ctx, http.MethodPost, endpoint, body, nil); err != nil {
		s.lost(t, path, err)
	}
}

// insist repeats a call that may be repeated, as long as there is hope.
func (s responder) insist(ctx context.Context, t turn, path, method, endpoint string, body any) {
	for try := 1; ; try++ {
		err := s.rest.do(ctx, method, endpoint, body, nil)
		if err == nil {
			return
		}
		pause := time.Duration(try) * 500 * time.Millisecond
		if e, ok := errors.AsType[*apiError](err); ok && e.Status == http.StatusTooManyRequests {
			pause = e.After
		} else if !outcomeUnknown(err) {
			try = editTries
		}
		if try >= editTries || pause > handleTime || sleep(ctx, pause) != nil {
			s.lost(t, path, err)
			return
		}
	}
}

// lost logs an answer that did not arrive. An interaction that expired, or that another
// process answered, is nobody's fault and is not repeated.
func (s responder) lost(t turn, path string, err error) {
	took := time.Since(t.received)
	if e, ok := errors.AsType[*apiError](err); ok {
		switch e.Code {
		case codeUnknownInteraction, codeUnknownWebhook, codeInvalidWebhook:
			s.log.Warn("interaction expired before it was answered", "command", path, "took", took)
			return
		case codeAcknowledged:
			s.log.Info("interaction was answered already", "command", path, "took", took)
			return
		}
	}
	s.log.Error("answer not delivered", "command", path, "took", took, "err", err)
}

// suggest answers autocompletion with at most 25 choices.
func (s responder) suggest(ctx context.Context, t turn, found []choice) {
	if len(found) > maxChoices {
		found = found[:maxChoices]
	}
	choices := make([]choice, 0, len(found))
	for _, c := range found {
		c.Name = cut(c.Name, maxChoiceText)
		if v, ok := c.Value.(string); ok && utf8.RuneCountInString(v) > maxChoiceText {
			continue // a cut value would name something else
		}
		choices = append(choices, c)
	}
	data := struct {
		Choices []choice `json:"choices"`
	}{choices}
	c := callback{Type: int(discordgo.InteractionApplicationCommandAutocompleteResult), Data: data}
	if err := s.callback(ctx, t, c); err != nil {
		s.lost(t, t.in.Data.Name, err)
	}
}

func firstPage(text string) string { return pages(text, maxContent)[0] }

// pageBody renders one page of a reply with the buttons that belong to it.
func pageBody(j job, reply Reply) answerBody {
	all := pages(reply.Text, maxContent)
	n := min(j.page, len(all)-1)
	body := answerBody{Content: orElse(all[n], "Nothing to show."), Components: []actionRow{}}
	var row []button
	if j.command.Reads {
		row = append(row, turnButton(j, "Back", n-1, len(all)), turnButton(j, "More", n+1, len(all)))
	}
	if j.command.Share && j.kind != answerPublic {
		row = append(row, pressButton(press{Action: actionShow, Page: n, Path: j.req.Path, Options: j.req.Options}, "Show in channel"))
	}
	row = withIDs(row)
	if len(row) > 0 {
		body.Components = append(body.Components, actionRow{Type: int(discordgo.ActionsRowComponent), Components: row})
	}
	return body
}

// turnButton leads to another page; without such a page it has no id.
func turnButton(j job, label string, page, of int) button {
	if page < 0 || page >= min(of, maxPages) {
		return button{}
	}
	return pressButton(press{Action: actionPage, Page: page, Path: j.req.Path, Options: j.req.Options}, label)
}

func pressButton(p press, label string) button {
	id, ok := p.id()
	if !ok {
		return button{}
	}
	return button{
		Type: int(discordgo.ButtonComponent), Style: int(discordgo.SecondaryButton), Label: label, CustomID: id,
	}
}

// withIDs drops buttons without an id.
func withIDs(all []button) []button {
	var kept []button
	for _, b := range all {
		if b.CustomID != "" {
			kept = append(kept, b)
		}
	}
	return kept
}
