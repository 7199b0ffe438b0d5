package localdiscord

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// answer is POST /interactions/{interaction}/{token}/callback: the first answer.
func (s *Server) answer(r *request) (reply, error) {
	it := s.world.byID[r.PathValue("interaction")]
	if it == nil || it.token != r.PathValue("token") {
		return reply{}, apiErr(codeUnknownInteraction)
	}
	if it.callback != 0 {
		return reply{}, apiErr(codeAcknowledged)
	}
	if it.expired || r.at.Sub(it.born) > s.opt.AnswerWithin {
		it.expired = true
		return reply{}, apiErr(codeUnknownInteraction)
	}
	f, n := newForm(r.body)
	kind := checkCallback(n, it)
	if err := r.refuse(f); err != nil {
		return reply{}, err
	}
	d, err := readDraft(n.key("data"), r.files)
	if err != nil {
		return reply{}, err
	}
	if err := s.world.take(r, it, kind, n, d); err != nil {
		return reply{}, err
	}
	it.callback, it.at = kind, r.at
	it.changed()
	if r.query("with_response") != "true" {
		return reply{status: http.StatusNoContent}, nil
	}
	return ok(s.world.callbackJSON(it)), nil
}

// take does what the callback asks.
func (w *world) take(r *request, it *interaction, kind int, n node, d draft) error {
	switch kind {
	case callbackMessage:
		it.original = w.reply(it, d.Flags)
		it.shown = true
		return w.fill(r, it, it.original, d)
	case callbackDeferred:
		c := w.channels[it.channel]
		if c == nil {
			return apiErr(codeUnknownChannel)
		}
		m := w.reply(it, d.Flags)
		m.Flags |= FlagLoading
		m.Loading = true
		it.original, it.deferred = m, true
		w.put(c, m)
	case callbackDeferredUpdate:
		it.original, it.deferred = it.source, true
		it.replies[it.source.ID] = it.source
	case callbackUpdate:
		it.original, it.shown = it.source, true
		it.replies[it.source.ID] = it.source
		_, err := w.edit(r, it.source, n.key("data"))
		return err
	case callbackAutocomplete:
		return it.suggest(n.key("data").key("choices"))
	case callbackModal:
		m, err := readModal(n.key("data"))
		if err != nil {
			return err
		}
		it.modal = m
	}
	return nil
}

func (it *interaction) suggest(n node) error {
	data, err := json.Marshal(n.value)
	if err != nil {
		return fmt.Errorf("read choices: %w", err)
	}
	it.shown = true
	if err := json.Unmarshal(data, &it.choices); err != nil {
		return fmt.Errorf("read choices: %w", err)
	}
	return nil
}

// callbackJSON is the answer to with_response=true.
func (w *world) callbackJSON(it *interaction) object {
	about := object{"id": it.id, "type": it.kind, "response_message_loading": it.deferred, "response_message_ephemeral": false}
	resource := object{"type": it.callback}
	if it.original != nil {
		about["response_message_id"] = it.original.ID
		about["response_message_ephemeral"] = it.original.Viewer != ""
		resource["message"] = w.messageJSON(it.original, true)
	}
	return object{"interaction": about, "resource": resource}
}

// checkCallback inspects a first answer and returns its type.
func checkCallback(n node, it *interaction) int {
	n.object("type", "data")
	n.key("type").need()
	v, _ := n.key("type").integer(1, 12)
	kind, data := int(v), n.key("data")
	switch kind {
	case callbackMessage:
		if data.need() {
			data.object(replyKeys()...)
			checkParts(data, FlagSuppressEmbeds|FlagEphemeral|FlagSuppressNotifications|FlagComponentsV2, 0)
		}
	case callbackDeferred:
		data.object(replyKeys()...)
		checkParts(data, FlagEphemeral, 0)
		if data.key("content").text(0, 0) != "" || len(data.key("embeds").list(0, 0)) > 0 || len(data.key("components").list(0, 0)) > 0 {
			data.fail("BASE_TYPE_BAD_LENGTH", "a deferred answer has no content yet")
		}
	case callbackDeferredUpdate:
		data.object(replyKeys()...)
	case callbackUpdate:
		if data.need() && it.source != nil {
			data.object(replyKeys()...)
			checkParts(data, FlagSuppressEmbeds|FlagComponentsV2, it.source.Flags)
		}
	case callbackAutocomplete:
		checkSuggestions(data)
	case callbackModal:
		checkModal(data)
	}
	if !fits(kind, it) {
		n.key("type").fail("INTERACTION_TYPE_INVALID", "callback type %d does not answer interaction type %d", kind, it.kind)
	}
	return kind
}

// fits reports whether the callback type may answer the interaction. A modal submit may
// update the message that its modal was opened from.
func fits(kind int, it *interaction) bool {
	switch kind {
	case callbackMessage, callbackDeferred:
		return it.kind != interactionAutocomplete
	case callbackDeferredUpdate, callbackUpdate:
		return it.source != nil && (it.kind == interactionComponent || it.kind == interactionModal)
	case callbackAutocomplete:
		return it.kind == interactionAutocomplete
	case callbackModal:
		return it.kind == interactionCommand || it.kind == interactionComponent
	}
	return false
}

func replyKeys() []string {
	return []string{"content", "embeds", "allowed_mentions", "components", "attachments", "poll", "tts", "flags"}
}

// checkSuggestions inspects an autocomplete answer. discordgo sends the empty fields of
// a message beside the choices; Discord ignores them.
func checkSuggestions(n node) {
	if !n.need() {
		return
	}
	n.object(append(replyKeys(), "choices")...)
	n.key("choices").need()
	for _, c := range n.key("choices").list(0, maxChoices) {
		kind := int64(optionString)
		if _, number := c.key("value").value.(json.Number); number {
			kind = optionNumber
		}
		checkChoice(c, kind)
	}
}
