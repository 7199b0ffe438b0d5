package localdiscord

import (
	"context"
	"fmt"
	"slices"
)

// Click presses a button of the message as the user, or chooses values of a select, and
// waits as Invoke does. A message that was acknowledged silently (callback 6) returns at
// once; Await waits for what follows. Only components that the user sees and that are
// not disabled can be clicked.
func (s *Server) Click(ctx context.Context, m Message, customID, user string, values ...string) (Response, error) {
	it, err := s.press(m, customID, user, values)
	if err != nil {
		return Response{}, fmt.Errorf("click %s: %w", customID, err)
	}
	return s.outcome(ctx, it)
}

func (s *Server) press(m Message, customID, user string, values []string) (*interaction, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.world
	source, err := w.seen(m, user)
	if err != nil {
		return nil, err
	}
	c := findComponent(source.Components, customID)
	if c == nil {
		return nil, fmt.Errorf("%w: there is no such component on message %s", ErrNotFound, m.ID)
	}
	if c.Disabled {
		return nil, fmt.Errorf("%w: the component is disabled", ErrBadOption)
	}
	data := object{"custom_id": customID, "component_type": c.Type}
	if c.Type != typeButton {
		res, err := scope{w, source.Guild, user}.choose(c, values)
		if err != nil {
			return nil, err
		}
		data["values"] = append([]string{}, values...)
		if len(res) > 0 {
			data["resolved"] = res
		}
	}
	it := w.newInteraction(interactionComponent, source.Guild, source.Channel, user, customID)
	it.source = source
	return s.dispatchInteraction(it, data)
}

// seen finds the message again, if the user may see it.
func (w *world) seen(m Message, user string) (*message, error) {
	c := w.channels[m.Channel]
	if c == nil || w.users[user] == nil {
		return nil, fmt.Errorf("channel %s or user %s: %w", m.Channel, user, ErrNotFound)
	}
	if w.permissions(c, user)&ViewChannel == 0 {
		return nil, fmt.Errorf("%w: the user does not see the channel", ErrHidden)
	}
	for _, o := range slices.Concat(c.messages, c.ephemeral) {
		if o.ID != m.ID {
			continue
		}
		if o.Viewer != "" && o.Viewer != user {
			return nil, fmt.Errorf("%w: the message is ephemeral for another member", ErrHidden)
		}
		return o, nil
	}
	return nil, fmt.Errorf("message %s: %w", m.ID, ErrNotFound)
}

// findComponent looks for a custom id at any depth.
func findComponent(list []Component, customID string) *Component {
	for i := range list {
		c := &list[i]
		if c.CustomID == customID {
			return c
		}
		if found := findComponent(c.Components, customID); found != nil {
			return found
		}
		if c.Accessory != nil && c.Accessory.CustomID == customID {
			return c.Accessory
		}
	}
	return nil
}

// choose checks the values of a select as a client does.
func (sc scope) choose(c *Component, values []string) (resolved, error) {
	low, high := 1, 1
	if c.MinValues != nil {
		low = *c.MinValues
	}
	if c.MaxValues != nil {
		high = *c.MaxValues
	}
	if len(values) < low || len(values) > high {
		return nil, fmt.Errorf("%w: choose %d to %d values, got %d", ErrBadOption, low, high, len(values))
	}
	res := resolved{}
	for _, v := range values {
		if c.Type == typeSelect && !slices.ContainsFunc(c.Options, func(o SelectOption) bool { return o.Value == v }) {
			return nil, fmt.Errorf("%w: the select has no value %q", ErrBadOption, v)
		}
		sc.putSelected(res, c.Type, v)
	}
	return res, nil
}
