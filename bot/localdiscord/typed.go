package localdiscord

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Type takes a line as a member types it in the client and gives the command:
//
//	/status libya
//	/alerts add channel:#news conflict:libya
//	/ask question:"is the truce holding?"
//
// Options are named, or stand in the order of the command before the first named one.
// As in the client, a named value goes on until the next name; quotes keep spaces and
// colons together. More words than options, or a word that does not fit its option, go
// to the first text option, so that /ask takes a plain question.
func (s *Server) Type(ctx context.Context, guild, channel, user, line string) (Response, error) {
	in, err := s.Parse(guild, channel, user, line)
	if err != nil {
		return Response{}, err
	}
	return s.Invoke(ctx, in)
}

// Parse reads a line as Type does, without giving the command.
func (s *Server) Parse(guild, channel, user, line string) (Invocation, error) {
	in := Invocation{Guild: guild, Channel: channel, User: user}
	words, err := split(strings.TrimSpace(line))
	if err != nil {
		return in, err
	}
	if len(words) == 0 || !strings.HasPrefix(words[0].text, "/") {
		return in, fmt.Errorf("%w: a command begins with /, as in %s", ErrNoCommand, first(s.Commands(guild)))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	path, options, rest, err := s.world.command(guild, words)
	if err != nil {
		return in, err
	}
	in.Command = path
	if in.Options, err = (scope{s.world, guild, user}).assign(options, rest); err != nil {
		return in, fmt.Errorf("/%s: %w", path, err)
	}
	return in, nil
}

func first(list []string) string {
	if len(list) == 0 {
		return "/help"
	}
	return list[0]
}

// word is one word of a line; a quoted one is never a name.
type word struct {
	text   string
	name   string // of "name:value"; only if the name was not quoted
	value  string // behind the colon
	quoted bool
}

// split cuts a line into words. Quotes may stand around a whole word or a value.
func split(line string) ([]word, error) {
	var words []word
	for line != "" {
		w, rest, err := nextWord(line)
		if err != nil {
			return nil, err
		}
		words = append(words, w)
		line = strings.TrimLeft(rest, " \t")
	}
	return words, nil
}

// nextWord reads up to the next space outside quotes.
func nextWord(line string) (word, string, error) {
	if strings.HasPrefix(line, `"`) {
		text, rest, ok := strings.Cut(line[1:], `"`)
		if !ok {
			return word{}, "", fmt.Errorf("%w: a quotation mark is not closed", ErrBadOption)
		}
		return word{text: text, quoted: true}, rest, nil
	}
	end := strings.IndexAny(line, " \t")
	if end < 0 {
		end = len(line)
	}
	text := line[:end]
	name, value, named := strings.Cut(text, ":")
	if !named {
		return word{text: text}, line[end:], nil
	}
	if strings.HasPrefix(value, `"`) {
		quoted, rest, ok := strings.Cut(line[len(name)+2:], `"`)
		if !ok {
			return word{}, "", fmt.Errorf("%w: a quotation mark is not closed", ErrBadOption)
		}
		return word{text: name + ":" + quoted, name: name, value: quoted, quoted: true}, rest, nil
	}
	return word{text: text, name: name, value: value}, line[end:], nil
}

// command finds the command at the start of the line: as many words as name it.
func (w *world) command(guild string, words []word) (path string, options []option, rest []word, err error) {
	var bad error
	for n := 1; n <= min(3, len(words)); n++ {
		steps := make([]string, n)
		for i := range n {
			steps[i] = words[i].text
		}
		path := strings.TrimPrefix(strings.Join(steps, " "), "/")
		_, _, options, err := w.leaf(guild, path)
		if err == nil {
			return path, options, words[n:], nil
		}
		if bad == nil || n > 1 && !words[n-1].quoted && words[n-1].name == "" {
			bad = err
		}
	}
	return "", nil, nil, bad
}

// assign gives the words to the options.
func (sc scope) assign(options []option, words []word) (map[string]any, error) {
	named := slices.IndexFunc(words, func(w word) bool { return isOption(options, w.name) })
	if named < 0 {
		named = len(words)
	}
	given, err := sc.positional(options, words[:named])
	if err != nil {
		return nil, err
	}
	last := ""
	for _, w := range words[named:] {
		if !isOption(options, w.name) {
			given[last] = strings.TrimSpace(fmt.Sprint(given[last]) + " " + w.text)
			continue
		}
		last = w.name
		if _, twice := given[last]; twice {
			return nil, fmt.Errorf("%w: %s is given twice", ErrBadOption, last)
		}
		given[last] = w.value
	}
	return given, nil
}

func isOption(options []option, name string) bool {
	return name != "" && slices.ContainsFunc(options, func(o option) bool { return o.Name == name })
}

// positional gives one word to each option in order. If that does not work out, all the
// words go to the first text option without choices.
func (sc scope) positional(options []option, words []word) (map[string]any, error) {
	given := map[string]any{}
	if len(words) == 0 {
		return given, nil
	}
	var misfit error
	for i, w := range words {
		if i >= len(options) {
			misfit = fmt.Errorf("%w: %q is one too many; options are: %s", ErrBadOption, w.text, optionNames(options))
			break
		}
		if _, err := sc.convert(options[i], w.text); err != nil {
			misfit = fmt.Errorf("%w: %s: %w", ErrBadOption, options[i].Name, err)
			break
		}
		given[options[i].Name] = w.text
	}
	if misfit == nil {
		return given, nil
	}
	i := slices.IndexFunc(options, func(o option) bool { return o.Type == optionString })
	if i != 0 || len(options[i].Choices) > 0 {
		return nil, misfit
	}
	all := make([]string, len(words))
	for n, w := range words {
		all[n] = w.text
	}
	return map[string]any{options[i].Name: strings.Join(all, " ")}, nil
}
