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

// How often an answer is sent whose fate is unknown. The first answer has three seconds;
// an edit has minutes, and repeated it is the same edit.
const (
	callbackTries = 3
	callbackPause = 100 * time.Millisecond // times the number of tries
	editTries     = 5
	editPause     = 250 * time.Millisecond // times the square of the number of tries
)

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
	rest   *rest
	log    *slog.Logger
	within time.Duration // that Discord allows for the first answer
}

// deliver sends a reply: the page that was asked for, with its buttons. What Discord will
// not take is replaced by an apology, so that nobody waits for ever.
func (s responder) deliver(ctx context.Context, t turn, j job, reply Reply, acknowledged bool) {
	err := s.send(ctx, t, j.kind, pageBody(j, reply), acknowledged)
	if rejected(err) {
		s.log.Error("discord rejects an answer", "command", j.req.Path, "err", err)
		s.refuse(ctx, t, j, unknownText, acknowledged)
		return
	}
	s.report(t, j.req.Path, err)
}

// refuse tells what went wrong, to the member alone unless the place is promised already.
// A message that held a good answer is not overwritten with an error.
func (s responder) refuse(ctx context.Context, t turn, j job, text string, acknowledged bool) {
	body := plainBody(text)
	var err error
	switch {
	case !acknowledged:
		err = s.first(ctx, t, answerPrivate, body)
	case j.kind == answerInPlace:
		err = s.followUp(ctx, t, body)
	default:
		err = s.edit(ctx, t, body)
	}
	s.report(t, j.req.Path, err)
}

// say answers an interaction that no handler saw, in private. Suggestions cannot hold text.
func (s responder) say(ctx context.Context, t turn, text string) {
	if t.in.Type == typeAutocomplete {
		s.suggest(ctx, t, nil)
		return
	}
	s.report(t, t.in.Data.Name, s.first(ctx, t, answerPrivate, plainBody(text)))
}

func plainBody(text string) answerBody {
	return answerBody{Content: pages(text, maxContent)[0], Components: []actionRow{}}
}

// rejected reports that Discord read the message and will not take it.
func rejected(err error) bool {
	e, ok := errors.AsType[*apiError](err)
	return ok && e.Status == http.StatusBadRequest && e.Code != codeAcknowledged
}

// send puts a body where it belongs.
func (s responder) send(ctx context.Context, t turn, kind answerKind, body answerBody, acknowledged bool) error {
	if acknowledged {
		return s.edit(ctx, t, body)
	}
	return s.first(ctx, t, kind, body)
}

// first sends the first answer.
func (s responder) first(ctx context.Context, t turn, kind answerKind, body answerBody) error {
	body.Flags = discordgo.MessageFlagsSuppressEmbeds
	if kind == answerPrivate {
		body.Flags |= discordgo.MessageFlagsEphemeral
	}
	how := discordgo.InteractionResponseChannelMessageWithSource
	if kind == answerInPlace {
		how = discordgo.InteractionResponseUpdateMessage
	}
	return s.callback(ctx, t, callback{Type: int(how), Data: body})
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

// callback posts the first answer, and again if its fate is unknown: then "already
// acknowledged" means that an earlier call arrived.
func (s responder) callback(ctx context.Context, t turn, c callback) error {
	ctx, cancel := context.WithDeadline(ctx, t.received.Add(s.within))
	defer cancel()
	endpoint := discordgo.EndpointInteractionResponse(t.in.ID, t.in.Token)
	for try := 1; ; try++ {
		err := s.rest.do(ctx, http.MethodPost, endpoint, c, nil)
		if hasCode(err, codeAcknowledged) && try > 1 {
			return nil
		}
		if err == nil || !outcomeUnknown(err) || try == callbackTries || sleep(ctx, time.Duration(try)*callbackPause) != nil {
			return err
		}
	}
}

// outcomeUnknown tells errors after which the call may or may not have had its effect.
func outcomeUnknown(err error) bool {
	if e, ok := errors.AsType[*apiError](err); ok {
		return e.Status >= 500
	}
	return true
}

// edit puts the answer into the place that was promised, as long as there is hope.
func (s responder) edit(ctx context.Context, t turn, body answerBody) error {
	body.Flags = discordgo.MessageFlagsSuppressEmbeds
	endpoint := discordgo.EndpointInteractionResponseActions(t.in.ApplicationID, t.in.Token)
	for try := 1; ; try++ {
		err := s.rest.do(ctx, http.MethodPatch, endpoint, body, nil)
		if err == nil || try == editTries {
			return err
		}
		pause := time.Duration(try*try) * editPause
		if e, ok := errors.AsType[*apiError](err); ok && e.Status == http.StatusTooManyRequests {
			pause = e.After
		} else if !outcomeUnknown(err) {
			return err
		}
		if pause > handleTime || sleep(ctx, pause) != nil {
			return err
		}
	}
}

// followUp sends a further message that only the member sees.
func (s responder) followUp(ctx context.Context, t turn, body answerBody) error {
	body.Flags = discordgo.MessageFlagsSuppressEmbeds | discordgo.MessageFlagsEphemeral
	endpoint := discordgo.EndpointFollowupMessage(t.in.ApplicationID, t.in.Token)
	return s.rest.do(ctx, http.MethodPost, endpoint, body, nil)
}

// report logs how an answer went. An interaction that expired, or that another process
// answered, is nobody's fault.
func (s responder) report(t turn, path string, err error) {
	took := time.Since(t.received)
	if err == nil {
		s.log.Debug("interaction answered", "command", path, "guild", t.in.GuildID, "took", took)
		return
	}
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
	if errors.Is(err, context.Canceled) {
		s.log.Info("stopped before the answer was confirmed", "command", path, "took", took)
		return
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
	s.report(t, t.in.Data.Name, s.callback(ctx, t, c))
}

// pageBody renders one page of a reply with the buttons that belong to it.
func pageBody(j job, reply Reply) answerBody {
	all := pages(reply.Text, maxContent)
	n := min(j.page, len(all)-1)
	body := answerBody{Content: orElse(all[n], "Nothing to show."), Components: []actionRow{}}
	var row []button
	if j.command.Reads && j.kind != answerPublic { // of a public answer, anyone could turn the pages
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
