package localdiscord

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// command is a registered command.
type command struct {
	ID         string          `json:"-"`
	Name       string          `json:"name"`
	Text       string          `json:"description"`
	Type       int             `json:"type"`
	Options    []option        `json:"options"`
	Permission json.RawMessage `json:"default_member_permissions"`
	Contexts   []int           `json:"contexts"`
	DM         *bool           `json:"dm_permission"`

	raw object // as registered, for the list
}

// option is an option, subcommand or group of a command.
type option struct {
	Type         int           `json:"type"`
	Name         string        `json:"name"`
	Text         string        `json:"description"`
	Required     bool          `json:"required"`
	Autocomplete bool          `json:"autocomplete"`
	Choices      []Choice      `json:"choices"`
	Options      []option      `json:"options"`
	ChannelTypes []ChannelType `json:"channel_types"`
	MinValue     *float64      `json:"min_value"`
	MaxValue     *float64      `json:"max_value"`
	MinLength    *int          `json:"min_length"`
	MaxLength    *int          `json:"max_length"`
}

// data is the start of an interaction's data.
func (c *command) data() object {
	o := object{"id": c.ID, "name": c.Name, "type": c.Type}
	if id, ok := c.raw["guild_id"]; ok {
		o["guild_id"] = id
	}
	return o
}

// needs is the permission a member needs to see the command by default. The second
// result is false when everyone sees it.
func (c *command) needs() (uint64, bool) {
	s := strings.Trim(string(c.Permission), `"`)
	if s == "" || s == "null" {
		return 0, false
	}
	p, err := strconv.ParseUint(s, 10, 64)
	return p, err == nil
}

// inDM reports whether the command is offered in direct messages.
func (c *command) inDM() bool {
	if len(c.Contexts) > 0 {
		return slices.Contains(c.Contexts, 1)
	}
	return c.DM == nil || *c.DM
}

// inGuild reports whether the command is offered in servers.
func (c *command) inGuild() bool { return len(c.Contexts) == 0 || slices.Contains(c.Contexts, 0) }

// listCommands is GET .../commands.
func (w *world) listCommands(r *request) (reply, error) {
	guild, err := w.commandScope(r)
	if err != nil {
		return reply{}, err
	}
	list := []object{}
	for _, c := range w.commands[guild] {
		list = append(list, c.raw)
	}
	return ok(list), nil
}

// setCommands is PUT .../commands: the list replaces what was there. A command that
// keeps its name and type keeps its id.
func (w *world) setCommands(r *request) (reply, error) {
	guild, err := w.commandScope(r)
	if err != nil {
		return reply{}, err
	}
	f, n := newForm(r.body)
	tooMany := checkCommands(n)
	if err := r.refuse(f); err != nil {
		return reply{}, err
	}
	if tooMany {
		return reply{}, r.violate(codeTooManyCommands)
	}
	items, _ := r.body.([]any)
	made := make([]*command, 0, len(items))
	for _, item := range items {
		c, err := w.newCommand(guild, item)
		if err != nil {
			return reply{}, err
		}
		made = append(made, c)
	}
	w.commands[guild] = made
	return w.listCommands(r)
}

// commandScope is the guild of the route, "" for the global commands.
func (w *world) commandScope(r *request) (string, error) {
	if r.PathValue("application") != w.app.ID {
		return "", apiErr(codeMissingAccess)
	}
	guild := r.PathValue("guild")
	if guild != "" && w.guilds[guild] == nil {
		return "", apiErr(codeMissingAccess)
	}
	return guild, nil
}

func (w *world) newCommand(guild string, item any) (*command, error) {
	data, err := json.Marshal(item)
	if err != nil {
		return nil, fmt.Errorf("read command: %w", err)
	}
	c := &command{Type: chatCommand}
	if err := json.Unmarshal(data, c); err != nil {
		return nil, fmt.Errorf("read command: %w", err)
	}
	for _, old := range w.commands[guild] {
		if old.Name == c.Name && old.Type == c.Type {
			c.ID = old.ID
		}
	}
	if c.ID == "" {
		c.ID = w.ids.next(w.now())
	}
	sent, _ := item.(map[string]any)
	c.raw = maps.Clone(sent)
	maps.Copy(c.raw, object{"id": c.ID, "application_id": w.app.ID, "type": c.Type, "version": w.ids.next(w.now())})
	if guild != "" {
		c.raw["guild_id"] = guild
	}
	return c, nil
}

// visible are the commands a client offers in a guild; guild commands hide global ones
// of the same name and type.
func (w *world) visible(guild string) []*command {
	var list []*command
	if guild != "" {
		list = append(list, w.commands[guild]...)
	}
	for _, c := range w.commands[""] {
		hidden := slices.ContainsFunc(list, func(o *command) bool { return o.Name == c.Name && o.Type == c.Type })
		if !hidden {
			list = append(list, c)
		}
	}
	return list
}

// leaf finds the command of a path like "alerts add" and its innermost options.
func (w *world) leaf(guild, path string) (*command, []option, []option, error) {
	steps := strings.Fields(strings.TrimPrefix(path, "/"))
	if len(steps) == 0 {
		return nil, nil, nil, fmt.Errorf("%w: empty", ErrNoCommand)
	}
	for _, c := range w.visible(guild) {
		if c.Name != steps[0] || c.Type != chatCommand {
			continue
		}
		subs, options, ok := descend(c.Options, steps[1:])
		if !ok {
			return nil, nil, nil, fmt.Errorf("%w: /%s; there are: %s", ErrNoCommand, strings.Join(steps, " "), strings.Join(paths("/"+c.Name, c.Options), ", "))
		}
		return c, subs, options, nil
	}
	return nil, nil, nil, fmt.Errorf("%w: /%s; there are: %s", ErrNoCommand, steps[0], strings.Join(w.names(guild), ", "))
}

// descend follows group and subcommand names.
func descend(options []option, steps []string) (subs, leaf []option, ok bool) {
	for {
		nested := len(options) > 0 && options[0].Type <= optionGroup
		if !nested || len(steps) == 0 {
			return subs, options, !nested && len(steps) == 0
		}
		i := slices.IndexFunc(options, func(o option) bool { return o.Name == steps[0] })
		if i < 0 {
			return nil, nil, false
		}
		subs = append(subs, options[i])
		options, steps = options[i].Options, steps[1:]
		if subs[len(subs)-1].Type == optionSub {
			return subs, options, len(steps) == 0
		}
	}
}

// paths are all callable commands under a prefix.
func paths(prefix string, options []option) []string {
	if len(options) == 0 || options[0].Type > optionGroup {
		return []string{prefix}
	}
	var list []string
	for _, o := range options {
		if o.Type == optionSub {
			list = append(list, prefix+" "+o.Name)
			continue
		}
		list = append(list, paths(prefix+" "+o.Name, o.Options)...)
	}
	return list
}

// names are all callable commands of a guild.
func (w *world) names(guild string) []string {
	var list []string
	for _, c := range w.visible(guild) {
		if c.Type == chatCommand {
			list = append(list, paths("/"+c.Name, c.Options)...)
		}
	}
	if len(list) == 0 {
		return []string{"none registered yet"}
	}
	return list
}
