package localdiscord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// scope is where an option's value is looked up.
type scope struct {
	world *world
	guild string
	user  string
}

// encode checks the given values as a client does and writes them in the order of the
// command's options. focused names the option being typed, which is not checked.
func (sc scope) encode(options []option, given map[string]any, focused string) ([]object, resolved, error) {
	res := resolved{}
	var list []object
	for _, o := range options {
		v, there := given[o.Name]
		if !there {
			if o.Required && focused == "" {
				return nil, nil, fmt.Errorf("%w: %s is required (%s)", ErrBadOption, o.Name, o.Text)
			}
			continue
		}
		item := object{"name": o.Name, "type": o.Type}
		if o.Name == focused {
			item["focused"], item["value"] = true, v
			list = append(list, item)
			continue
		}
		value, err := sc.convert(o, v)
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %s: %w", ErrBadOption, o.Name, err)
		}
		item["value"] = value
		list = append(list, item)
		sc.resolve(res, o, value)
	}
	for name := range given {
		if !slices.ContainsFunc(options, func(o option) bool { return o.Name == name }) {
			return nil, nil, fmt.Errorf("%w: there is no option %s; there are: %s", ErrBadOption, name, optionNames(options))
		}
	}
	return list, res, nil
}

func optionNames(options []option) string {
	if len(options) == 0 {
		return "none"
	}
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = o.Name
	}
	return strings.Join(names, ", ")
}

// convert turns a value into what the wire carries.
func (sc scope) convert(o option, v any) (any, error) {
	switch o.Type {
	case optionString:
		return o.text(fmt.Sprint(v))
	case optionInteger:
		return o.integer(fmt.Sprint(v))
	case optionNumber:
		return o.float(fmt.Sprint(v))
	case optionBoolean:
		b, err := strconv.ParseBool(strings.ToLower(fmt.Sprint(v)))
		if err != nil {
			return nil, fmt.Errorf("%v is neither true nor false", v)
		}
		return b, nil
	case optionChannel:
		return sc.channel(o, fmt.Sprint(v))
	case optionUser, optionMentionable:
		return sc.userID(fmt.Sprint(v), o.Type == optionMentionable)
	case optionRole:
		return sc.roleID(fmt.Sprint(v))
	}
	return nil, fmt.Errorf("options of type %d cannot be given here", o.Type)
}

func (o option) text(s string) (any, error) {
	if len(o.Choices) > 0 {
		return o.choice(s)
	}
	n := len([]rune(s))
	if o.MinLength != nil && n < *o.MinLength || o.MaxLength != nil && *o.MaxLength > 0 && n > *o.MaxLength || n > maxStringOption {
		return nil, fmt.Errorf("%d characters is too short or too long", n)
	}
	return s, nil
}

// choice accepts the value or the name of a choice.
func (o option) choice(s string) (any, error) {
	names := make([]string, 0, len(o.Choices))
	for _, c := range o.Choices {
		var v any
		d := json.NewDecoder(bytes.NewReader(c.Value))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			return nil, fmt.Errorf("read choice: %w", err)
		}
		if s == fmt.Sprint(v) || strings.EqualFold(s, c.Name) {
			return v, nil
		}
		names = append(names, c.Name)
	}
	return nil, fmt.Errorf("%q is not one of: %s", s, strings.Join(names, ", "))
}

func (o option) integer(s string) (any, error) {
	if len(o.Choices) > 0 {
		return o.choice(s)
	}
	v, err := strconv.ParseInt(s, 10, 54)
	if err != nil {
		return nil, fmt.Errorf("%q is not a whole number", s)
	}
	return v, o.inRange(float64(v))
}

func (o option) float(s string) (any, error) {
	if len(o.Choices) > 0 {
		return o.choice(s)
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return nil, fmt.Errorf("%q is not a number", s)
	}
	return v, o.inRange(v)
}

func (o option) inRange(v float64) error {
	if o.MinValue != nil && v < *o.MinValue {
		return fmt.Errorf("%v is below %v", v, *o.MinValue)
	}
	if o.MaxValue != nil && v > *o.MaxValue {
		return fmt.Errorf("%v is above %v", v, *o.MaxValue)
	}
	return nil
}

// channel accepts an id, a mention or #name, of a channel that the member sees.
func (sc scope) channel(o option, s string) (any, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(s, "<"), "#"), ">")
	for _, c := range sc.world.channelsOf(sc.guild) {
		if sc.guild == "" || c.id != name && c.name != name || sc.world.permissions(c, sc.user)&ViewChannel == 0 {
			continue
		}
		if len(o.ChannelTypes) > 0 && !slices.Contains(o.ChannelTypes, c.kind) {
			return nil, fmt.Errorf("#%s is not of a type that can be chosen", c.name)
		}
		return c.id, nil
	}
	return nil, fmt.Errorf("there is no channel %s here", s)
}

// userID accepts an id, a mention or @name of a member.
func (sc scope) userID(s string, roles bool) (any, error) {
	name := strings.TrimSuffix(strings.TrimLeft(s, "<@!"), ">")
	if u := sc.world.users[name]; u != nil {
		return u.ID, nil
	}
	if g := sc.world.guilds[sc.guild]; g != nil {
		for id := range g.members {
			if u := sc.world.users[id]; u != nil && u.Name == name {
				return id, nil
			}
		}
	}
	if roles {
		return sc.roleID(s)
	}
	return nil, fmt.Errorf("there is no member %s here", s)
}

func (sc scope) roleID(s string) (any, error) {
	name := strings.TrimSuffix(strings.TrimLeft(s, "<@&"), ">")
	if g := sc.world.guilds[sc.guild]; g != nil {
		for _, r := range sortedRoles(g) {
			if r.ID == name || r.Name == name || r.Name == s {
				return r.ID, nil
			}
		}
	}
	return nil, fmt.Errorf("there is no role %s here", s)
}
