package localdiscord

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"
)

// Modal is a form that the bot opened for the member.
type Modal struct {
	CustomID string
	Title    string
	Fields   []Field
}

// Field is one input of a modal.
type Field struct {
	CustomID    string
	Type        int // 4 text, 3 and 5 to 8 selects
	Label       string
	Description string
	Placeholder string
	Value       string // what the bot filled in
	Options     []SelectOption
	Required    bool
	MinLength   int
	MaxLength   int  // 0: 4,000
	InRow       bool // sent in the older form: an action row instead of a label
}

// modalPart is a component of a modal as sent.
type modalPart struct {
	Type        int            `json:"type"`
	Label       string         `json:"label"`
	Description string         `json:"description"`
	Component   *modalPart     `json:"component"`
	Components  []modalPart    `json:"components"`
	CustomID    string         `json:"custom_id"`
	Placeholder string         `json:"placeholder"`
	Value       string         `json:"value"`
	Options     []SelectOption `json:"options"`
	Required    *bool          `json:"required"` // absent: true
	MinLength   int            `json:"min_length"`
	MaxLength   int            `json:"max_length"`
}

func (p modalPart) field(label, description string, inRow bool) Field {
	return Field{
		CustomID: p.CustomID, Type: p.Type, Label: label, Description: description, Placeholder: p.Placeholder, Value: p.Value,
		Options: p.Options, Required: p.Required == nil || *p.Required, MinLength: p.MinLength, MaxLength: p.MaxLength, InRow: inRow,
	}
}

// readModal decodes an inspected modal.
func readModal(n node) (*Modal, error) {
	data, err := json.Marshal(n.value)
	if err != nil {
		return nil, fmt.Errorf("read modal: %w", err)
	}
	var in struct {
		CustomID   string      `json:"custom_id"`
		Title      string      `json:"title"`
		Components []modalPart `json:"components"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, fmt.Errorf("read modal: %w", err)
	}
	m := &Modal{CustomID: in.CustomID, Title: in.Title}
	for _, p := range in.Components {
		if p.Component != nil {
			m.Fields = append(m.Fields, p.Component.field(p.Label, p.Description, false))
		}
		for _, c := range p.Components {
			m.Fields = append(m.Fields, c.field(c.Label, "", true))
		}
	}
	return m, nil
}

// Submit sends the modal of the response back, filled in by the member it was opened
// for, and waits as Invoke does. values are by custom id; a text field without one keeps
// what the bot filled in. What a client would not let the member send is ErrBadOption.
func (s *Server) Submit(ctx context.Context, r Response, values map[string][]string) (Response, error) {
	it, err := s.submit(r, values)
	if err != nil {
		return Response{}, fmt.Errorf("submit modal: %w", err)
	}
	return s.outcome(ctx, it)
}

func (s *Server) submit(r Response, values map[string][]string) (*interaction, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	opened := s.world.byID[r.Interaction]
	if opened == nil || opened.modal == nil {
		return nil, fmt.Errorf("%w: the bot opened no modal", ErrNotFound)
	}
	for id := range values {
		if !slices.ContainsFunc(opened.modal.Fields, func(f Field) bool { return f.CustomID == id }) {
			return nil, fmt.Errorf("%w: the modal has no field %s", ErrBadOption, id)
		}
	}
	sc, res, parts := scope{s.world, opened.guild, opened.user}, resolved{}, []object{}
	for i, f := range opened.modal.Fields {
		given, there := values[f.CustomID]
		if !there && f.Value != "" {
			given = []string{f.Value}
		}
		if err := f.check(given); err != nil {
			return nil, err
		}
		parts = append(parts, sc.part(f, i, given, res))
	}
	data := object{"custom_id": opened.modal.CustomID, "components": parts}
	if len(res) > 0 {
		data["resolved"] = res
	}
	it := s.world.newInteraction(interactionModal, opened.guild, opened.channel, opened.user, opened.modal.CustomID)
	it.source = opened.source
	return s.dispatchInteraction(it, data)
}

// check refuses what a client would not send.
func (f Field) check(given []string) error {
	text := ""
	if len(given) > 0 {
		text = given[0]
	}
	if f.Required && text == "" {
		return fmt.Errorf("%w: %s is required", ErrBadOption, f.CustomID)
	}
	if f.Type == typeInput {
		most := f.MaxLength
		if most == 0 {
			most = maxInput
		}
		if n := utf8.RuneCountInString(text); n > most || text != "" && n < f.MinLength || len(given) > 1 {
			return fmt.Errorf("%w: %s has %d characters, allowed are %d to %d", ErrBadOption, f.CustomID, n, f.MinLength, most)
		}
		return nil
	}
	for _, v := range given {
		if f.Type == typeSelect && !slices.ContainsFunc(f.Options, func(o SelectOption) bool { return o.Value == v }) {
			return fmt.Errorf("%w: %s has no value %q", ErrBadOption, f.CustomID, v)
		}
	}
	return nil
}

// part is one filled field as the bot reads it: in the form it was sent in.
func (sc scope) part(f Field, place int, given []string, res resolved) object {
	filled := object{"type": f.Type, "id": 2*place + 2, "custom_id": f.CustomID}
	if f.Type == typeInput {
		filled["value"] = ""
		if len(given) > 0 {
			filled["value"] = given[0]
		}
	} else {
		filled["values"] = append([]string{}, given...)
		for _, id := range given {
			sc.putSelected(res, f.Type, id)
		}
	}
	if f.InRow {
		return object{"type": typeRow, "id": 2*place + 1, "components": []object{filled}}
	}
	return object{"type": typeLabel, "id": 2*place + 1, "component": filled}
}
