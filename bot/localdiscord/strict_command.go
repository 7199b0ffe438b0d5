package localdiscord

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Command limits. Source: Discord developer documentation, "Application Commands".
const (
	maxChatCommands       = 100
	maxContextCommands    = 15   // user commands, and as many message commands
	maxBulk               = 1000 // of one request; more is refused whatever it holds
	maxCommandDescription = 100
	maxOptions            = 25
	maxChoices            = 25
	maxChoiceText         = 100
	maxStringOption       = 6000
	maxCommandSum         = 8000 // names, descriptions and values, longest localisation counts
)

// Option types. Source: as above.
const (
	optionSub         = 1
	optionGroup       = 2
	optionString      = 3
	optionInteger     = 4
	optionBoolean     = 5
	optionUser        = 6
	optionChannel     = 7
	optionRole        = 8
	optionMentionable = 9
	optionNumber      = 10
	optionAttachment  = 11
)

// Command types. Source: as above.
const (
	chatCommand    = 1
	userCommand    = 2
	messageCommand = 3
)

// commandName is the documented pattern; Go writes the two scripts without "sc=".
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locales are the languages a command can be localised to. Source: Discord developer
// documentation, "Locales". Arabic is not among them.
func locales() []string {
	return strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")
}

// checkCommands inspects a bulk overwrite and reports whether there are too many.
func checkCommands(n node) (tooMany bool) {
	count := map[int64]int{}
	names := map[string]bool{}
	for _, c := range n.list(0, maxBulk) {
		kind := checkCommand(c)
		count[kind]++
		key := strconv.FormatInt(kind, 10) + "/" + c.key("name").text(0, 32)
		if names[key] {
			c.key("name").fail("APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		names[key] = true
	}
	return count[chatCommand] > maxChatCommands || count[userCommand] > maxContextCommands || count[messageCommand] > maxContextCommands
}

func checkCommand(n node) int64 {
	n.object("id", "application_id", "guild_id", "version", "type", "name", "name_localizations", "description", "description_localizations",
		"options", "default_member_permissions", "default_permission", "dm_permission", "nsfw", "contexts", "integration_types", "handler")
	kind, set := n.key("type").integer(1, 3)
	if !set {
		kind = chatCommand
	}
	sum := checkCommandName(n, kind == chatCommand)
	if kind == chatCommand {
		sum += checkCommandText(n)
	} else if n.key("description").text(0, maxCommandDescription) != "" {
		n.key("description").fail("BASE_TYPE_MAX_LENGTH", "Context menu commands cannot have description")
	}
	checkPermissions(n.key("default_member_permissions"))
	for _, k := range []string{"contexts", "integration_types"} {
		if n.key(k).absent() {
			continue
		}
		for _, v := range n.key(k).list(1, 3) {
			v.integer(0, 2)
		}
	}
	sum += checkOptions(n.key("options"), 0)
	if sum > maxCommandSum {
		n.fail("APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (%d characters, %d allowed)", sum, maxCommandSum)
	}
	return kind
}

// checkPermissions accepts the bit set as a string and, as the specification has it,
// as a number.
func checkPermissions(n node) {
	if n.absent() {
		return
	}
	if _, err := strconv.ParseUint(fmt.Sprint(n.value), 10, 64); err != nil {
		n.fail("NUMBER_TYPE_COERCE", "Value %q is not a permission bit set.", fmt.Sprint(n.value))
	}
}

// checkCommandName inspects name and its localisations and returns the longest size.
func checkCommandName(n node, chat bool) int {
	name := n.key("name")
	name.need()
	sum := checkOneName(name, chat)
	return max(sum, localised(n.key("name_localizations"), func(v node) int { return checkOneName(v, chat) }))
}

func checkOneName(n node, chat bool) int {
	s := n.text(1, 32)
	if chat && s != "" && (!commandName.MatchString(s) || strings.ToLower(s) != s) {
		n.fail("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
	return utf8.RuneCountInString(s)
}

// checkCommandText inspects a description and its localisations.
func checkCommandText(n node) int {
	d := n.key("description")
	d.need()
	size := func(v node) int { return utf8.RuneCountInString(v.text(1, maxCommandDescription)) }
	return max(size(d), localised(n.key("description_localizations"), size))
}

// localised inspects every value of a localisation map and returns the largest size.
func localised(n node, size func(node) int) int {
	m, ok := n.value.(map[string]any)
	if !ok {
		if !n.absent() {
			n.fail("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
		}
		return 0
	}
	most := 0
	for k := range m {
		if !slices.Contains(locales(), k) {
			n.key(k).fail("ENUM_TYPE_COERCE", "Value %q is not a valid enum value.", k)
		}
		most = max(most, size(n.key(k)))
	}
	return most
}

// checkOptions inspects the options at one level: 0 of a command, 1 of a group, 2 of a
// subcommand. It returns the characters that count to the sum.
func checkOptions(n node, depth int) int {
	sum, subs, optional := 0, 0, false
	names := map[string]bool{}
	list := n.list(0, maxOptions)
	for _, o := range list {
		o.key("type").need()
		kind, _ := o.key("type").integer(optionSub, optionAttachment)
		sum += checkOption(o, kind, depth)
		if kind <= optionGroup {
			subs++
		}
		required := o.key("required").boolean()
		if required && optional {
			o.key("required").fail("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !required
		name := o.key("name").text(0, 32)
		if names[name] {
			o.key("name").fail("APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option names must be unique")
		}
		names[name] = true
	}
	if subs > 0 && subs < len(list) {
		n.fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types")
	}
	return sum
}

func checkOption(n node, kind int64, depth int) int {
	// discordgo sends channel_types, options and choices as null for every type.
	n.object("type", "name", "name_localizations", "description", "description_localizations", "required", "choices", "options",
		"channel_types", "min_value", "max_value", "min_length", "max_length", "autocomplete")
	sum := checkCommandName(n, true) + checkCommandText(n)
	switch kind {
	case optionGroup:
		if depth > 0 {
			n.fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "a group cannot stand in a group or subcommand")
		}
		sum += checkOptions(n.key("options"), 1)
		onlySubs(n.key("options"))
	case optionSub:
		if depth > 1 {
			n.fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "a subcommand cannot stand in a subcommand")
		}
		sum += checkOptions(n.key("options"), 2)
	default:
		if len(n.key("options").list(0, maxOptions)) > 0 {
			n.key("options").fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "only subcommands and groups have options")
		}
		sum += checkValues(n, kind)
	}
	return sum
}

func onlySubs(n node) {
	for _, o := range n.list(1, maxOptions) {
		if kind, _ := o.key("type").integer(optionSub, optionAttachment); kind != optionSub {
			o.fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "a group holds subcommands")
		}
	}
}

// checkValues inspects choices and bounds of a value option.
func checkValues(n node, kind int64) int {
	types := n.key("channel_types").list(0, 20)
	for _, c := range types {
		c.integer(0, 16)
	}
	if len(types) > 0 && kind != optionChannel {
		n.key("channel_types").fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "channel_types is for channel options")
	}
	choices := n.key("choices").list(0, maxChoices)
	if n.key("autocomplete").boolean() {
		if len(choices) > 0 {
			n.key("choices").fail("APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", "autocomplete options cannot have choices")
		}
		if kind != optionString && kind != optionInteger && kind != optionNumber {
			n.key("autocomplete").fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "autocomplete is for strings and numbers")
		}
	}
	sum := 0
	for _, c := range choices {
		sum += checkChoice(c, kind)
	}
	low, lowSet := n.key("min_length").integer(0, maxStringOption)
	high, highSet := n.key("max_length").integer(1, maxStringOption)
	if lowSet && highSet && low > high {
		n.key("min_length").fail("APPLICATION_COMMAND_OPTIONS_MIN_GREATER_THAN_MAX", "min_length is above max_length")
	}
	least, leastSet := n.key("min_value").number()
	most, mostSet := n.key("max_value").number()
	if leastSet && mostSet && least > most {
		n.key("min_value").fail("APPLICATION_COMMAND_OPTIONS_MIN_GREATER_THAN_MAX", "min_value is above max_value")
	}
	return sum
}

// checkChoice inspects one choice of an option, or of an autocomplete answer.
func checkChoice(n node, kind int64) int {
	n.object("name", "name_localizations", "value")
	n.key("name").need()
	n.key("value").need()
	size := func(v node) int { return utf8.RuneCountInString(v.text(1, maxChoiceText)) }
	sum := max(size(n.key("name")), localised(n.key("name_localizations"), size))
	switch kind {
	case optionString:
		sum += utf8.RuneCountInString(n.key("value").text(0, maxChoiceText))
	case optionInteger:
		n.key("value").integer(-1<<53, 1<<53)
	case optionNumber:
		n.key("value").number()
	default:
		n.fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "option type %d has no choices", kind)
	}
	return sum
}
