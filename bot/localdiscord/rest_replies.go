package localdiscord

import "net/http"

// answered finds the interaction of a webhook route. Before the first answer the
// webhook does not exist; after the token's life it is refused.
func (s *Server) answered(r *request) (*interaction, error) {
	it := s.world.interactions[r.PathValue("token")]
	if it == nil || r.PathValue("application") != s.opt.Application.ID || it.callback == 0 || it.kind == interactionAutocomplete {
		return nil, apiErr(codeUnknownWebhook)
	}
	if r.at.Sub(it.born) > s.opt.TokenLife {
		return nil, apiErr(codeBadWebhookToken)
	}
	return it, nil
}

// replyFor finds the message of a webhook route; @original names the first answer.
func (s *Server) replyFor(r *request) (*interaction, *message, error) {
	it, err := s.answered(r)
	if err != nil {
		return nil, nil, err
	}
	m := it.replies[r.PathValue("message")]
	if r.PathValue("message") == "@original" {
		m = it.original
	}
	if m == nil || m.deleted {
		return nil, nil, apiErr(codeUnknownMessage)
	}
	return it, m, nil
}

// followUp is POST /webhooks/{application}/{token}. The first one after a deferred
// answer becomes that answer, and takes over whether it is ephemeral.
func (s *Server) followUp(r *request) (reply, error) {
	it, err := s.answered(r)
	if err != nil {
		return reply{}, err
	}
	f, n := newForm(r.body)
	checkFollowUp(n)
	if err := r.refuse(f); err != nil {
		return reply{}, err
	}
	if it.callback == callbackDeferred && !it.shown && !it.original.deleted {
		return s.rewrite(r, it, it.original, n)
	}
	d, err := readDraft(n, r.files)
	if err != nil {
		return reply{}, err
	}
	m := s.world.reply(it, d.Flags)
	if err := s.world.fill(r, it, m, d); err != nil {
		return reply{}, err
	}
	it.follows = append(it.follows, m)
	it.edits++
	it.changed()
	return ok(s.world.messageJSON(m, true)), nil
}

func (s *Server) getReply(r *request) (reply, error) {
	_, m, err := s.replyFor(r)
	if err != nil {
		return reply{}, err
	}
	return ok(s.world.messageJSON(m, true)), nil
}

// editReply is PATCH /webhooks/{application}/{token}/messages/{message}.
func (s *Server) editReply(r *request) (reply, error) {
	it, m, err := s.replyFor(r)
	if err != nil {
		return reply{}, err
	}
	f, n := newForm(r.body)
	checkReplyEdit(n, m.Flags)
	if err := r.refuse(f); err != nil {
		return reply{}, err
	}
	return s.rewrite(r, it, m, n)
}

// rewrite edits a reply and tells whoever waits for the answer.
func (s *Server) rewrite(r *request, it *interaction, m *message, n node) (reply, error) {
	answer, err := s.world.edit(r, m, n)
	if err != nil {
		return reply{}, err
	}
	it.edits++
	it.shown = true
	it.changed()
	return answer, nil
}

// deleteReply is DELETE /webhooks/{application}/{token}/messages/{message}.
func (s *Server) deleteReply(r *request) (reply, error) {
	it, m, err := s.replyFor(r)
	if err != nil {
		return reply{}, err
	}
	s.world.remove(m)
	it.edits++
	it.shown = true
	it.changed()
	return reply{status: http.StatusNoContent}, nil
}
