package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"trucewire/guild"
)

// registeredMark is the name under which Marks keeps what was registered last.
const registeredMark = "discord commands"

// wireCommand is a command as Discord takes it. discordgo's type sends null for every
// list that does not apply.
type wireCommand struct {
	Name        string       `json:"name"`
	Type        int          `json:"type"`
	Description string       `json:"description"`
	Permissions *string      `json:"default_member_permissions,omitempty"`
	Contexts    []int        `json:"contexts"`
	Integration []int        `json:"integration_types"`
	Options     []wireOption `json:"options,omitempty"`
}

type wireOption struct {
	Type         int          `json:"type"`
	Name         string       `json:"name"`
	Description  string       `json:"description"`
	Required     bool         `json:"required,omitempty"`
	Autocomplete bool         `json:"autocomplete,omitempty"`
	Choices      []choice     `json:"choices,omitempty"`
	ChannelTypes []int        `json:"channel_types,omitempty"`
	MaxLength    int          `json:"max_length,omitempty"`
	Min          *int         `json:"min_value,omitempty"`
	Max          *int         `json:"max_value,omitempty"`
	Options      []wireOption `json:"options,omitempty"`
}

// wire forms the set that is registered.
func (t *table) wire() []wireCommand {
	set := make([]wireCommand, 0, len(t.roots))
	for _, c := range t.roots {
		w := wireCommand{
			Name: c.Name, Type: 1, Description: c.Text, Options: wireOptions(c),
			Contexts: []int{0}, Integration: []int{0}, // in servers, installed by servers
		}
		if c.Needs != 0 {
			bits := strconv.FormatUint(uint64(c.Needs), 10)
			w.Permissions = &bits
		}
		set = append(set, w)
	}
	return set
}

func wireOptions(c command) []wireOption {
	var options []wireOption
	for _, sub := range c.Subs {
		options = append(options, wireOption{Type: optionSub, Name: sub.Name, Description: sub.Text, Options: wireOptions(sub)})
	}
	for _, o := range c.Options {
		options = append(options, wireOption{
			Type: o.Type, Name: o.Name, Description: o.Text, Required: o.Required, Autocomplete: o.Complete != nil,
			Choices: o.Choices, ChannelTypes: o.Channels, MaxLength: o.MaxLength, Min: o.Min, Max: o.Max,
		})
	}
	return options
}

// register keeps the commands at Discord as the table has them: after each READY it
// compares and sends only a set that changed, until ctx ends.
func (b *Bot) register(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case app := <-b.ready:
			b.registerFor(ctx, app)
		}
	}
}

// registerFor tries until it is done or hopeless.
func (b *Bot) registerFor(ctx context.Context, app string) {
	for wait := 10 * time.Second; ; wait = min(2*wait, time.Hour) {
		sent, err := b.registerOnce(ctx, app)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil && sent:
			b.log.Info("commands registered", "commands", len(b.app.table.roots))
			return
		case err == nil:
			return
		}
		pause := wait
		if e, ok := errors.AsType[*apiError](err); ok {
			f, _ := fateOf(e.Code)
			switch {
			case f == fateTomorrow:
				pause = max(e.After, tomorrow)
			case e.Status == http.StatusBadRequest:
				b.log.Error("discord rejects the commands; those of before stay", "err", err)
				return
			}
		}
		b.log.Warn("commands not registered", "err", err, "again_in", pause)
		if sleep(ctx, pause) != nil {
			return
		}
	}
}

// registerOnce overwrites the application's commands unless they are the same already.
func (b *Bot) registerOnce(ctx context.Context, app string) (sent bool, err error) {
	set := b.app.table.wire()
	print, err := fingerprint(app, set)
	if err != nil {
		return false, err
	}
	known, err := b.deps.Marks.Marked(ctx, registeredMark)
	if err != nil {
		return false, fmt.Errorf("read mark: %w", err)
	}
	if known == print {
		return false, nil
	}
	if err := b.rest.do(ctx, http.MethodPut, discordgo.EndpointApplicationGlobalCommands(app), set, nil); err != nil {
		return false, err
	}
	if err := b.deps.Marks.Mark(ctx, registeredMark, print); err != nil {
		return true, fmt.Errorf("keep mark: %w", err)
	}
	return true, nil
}

// fingerprint is the same as long as the application and its set are.
func fingerprint(app string, set []wireCommand) (string, error) {
	body, err := json.Marshal(set)
	if err != nil {
		return "", fmt.Errorf("marshal commands: %w", err)
	}
	sum := sha256.Sum256(append([]byte(app+"\n"), body...))
	return hex.EncodeToString(sum[:]), nil
}

// CommandsMarkdown documents every command, from the table that they are registered from.
func CommandsMarkdown() string {
	t := newTable(commands(Deps{}, time.Now))
	var b strings.Builder
	b.WriteString("# Commands\n\nGenerated from the command table; do not edit.\n\n")
	b.WriteString("| command | options | who | answer |\n|---|---|---|---|\n")
	for _, root := range t.roots {
		documentCommand(&b, "", root, 0)
	}
	return b.String()
}

func documentCommand(b *strings.Builder, prefix string, c command, needs guild.Permission) {
	path := strings.TrimSpace(prefix + " " + c.Name)
	needs |= c.Needs
	for _, sub := range c.Subs {
		documentCommand(b, path, sub, needs)
	}
	if len(c.Subs) > 0 {
		return
	}
	who := "members"
	if needs != 0 {
		who = "moderators (Manage Server)"
	}
	fmt.Fprintf(b, "| `/%s` | %s | %s | %s |\n", path, documentOptions(c.Options), who, documentAnswer(c))
}

func documentOptions(options []option) string {
	if len(options) == 0 {
		return "none"
	}
	words := make([]string, 0, len(options))
	for _, o := range options {
		word := "`" + o.Name + "`: " + o.Text
		if !o.Required {
			word += " (optional)"
		}
		words = append(words, word)
	}
	return strings.Join(words, "<br>")
}

func documentAnswer(c command) string {
	if c.Share {
		return c.Text + "; only you see it, *Show in channel* posts it"
	}
	return c.Text + "; only you see it"
}
