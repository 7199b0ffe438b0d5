package localdiscord

import (
	"fmt"
)

// beginOn gives a command of the context menu; the caller holds mu.
func (s *Server) beginOn(in Invocation) (*interaction, error) {
	w := s.world
	for _, c := range w.visible(in.Guild) {
		if c.Type == chatCommand || c.Name != in.Command {
			continue
		}
		if err := w.mayUse(c, in); err != nil {
			return nil, err
		}
		res, err := scope{w, in.Guild, in.User}.target(c.Type, in)
		if err != nil {
			return nil, err
		}
		data := c.data()
		data["target_id"], data["resolved"] = in.Target, res
		return s.dispatchInteraction(w.newInteraction(interactionCommand, in.Guild, in.Channel, in.User, c.Name), data)
	}
	return nil, fmt.Errorf("%w: %s in the context menu", ErrNoCommand, in.Command)
}

// target is what the command is used on.
func (sc scope) target(kind int, in Invocation) (resolved, error) {
	res := resolved{}
	if kind == userCommand {
		if sc.world.users[in.Target] == nil {
			return nil, fmt.Errorf("user %s: %w", in.Target, ErrNotFound)
		}
		sc.putUser(res, in.Target)
		return res, nil
	}
	m, err := sc.world.seen(Message{ID: in.Target, Channel: in.Channel}, in.User)
	if err != nil {
		return nil, err
	}
	res.put("messages", m.ID, sc.world.fullMessageJSON(m, false))
	return res, nil
}
