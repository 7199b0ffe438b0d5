package news

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// template is a compiled template of a phrase book.
type template []templatePart

// templatePart is literal text, a placeholder, or an optional part.
type templatePart struct {
	text     string
	name     string
	optional template
}

// values are what placeholders stand for. An empty value is no value.
type values map[string]string

// parseTemplate compiles text with {placeholders} and [optional parts].
func parseTemplate(text string) (template, error) {
	t, rest, err := parseParts(text, 0)
	if err != nil {
		return nil, fmt.Errorf("template %q: %w", text, err)
	}
	if rest != "" {
		return nil, fmt.Errorf("template %q: ] without [", text)
	}
	return t, nil
}

func parseParts(text string, depth int) (template, string, error) {
	var t template
	for text != "" {
		at := strings.IndexAny(text, "{[]")
		if at < 0 {
			return append(t, templatePart{text: text}), "", unclosed(depth)
		}
		if at > 0 {
			t = append(t, templatePart{text: text[:at]})
		}
		mark := text[at]
		text = text[at+1:]
		switch mark {
		case '{':
			name, rest, ok := strings.Cut(text, "}")
			if !ok {
				return nil, "", fmt.Errorf("{ without }")
			}
			t, text = append(t, templatePart{name: name}), rest
		case '[':
			inner, rest, err := parseParts(text, depth+1)
			if err != nil {
				return nil, "", err
			}
			t, text = append(t, templatePart{optional: inner}), rest
		default: // ]
			if depth == 0 {
				return nil, "", fmt.Errorf("] without [")
			}
			return t, text, nil
		}
	}
	return t, "", unclosed(depth)
}

func unclosed(depth int) error {
	if depth > 0 {
		return fmt.Errorf("[ without ]")
	}
	return nil
}

// fill puts values in; ok is false where a placeholder outside brackets has none.
func (t template) fill(v values) (string, bool) {
	var out strings.Builder
	for _, p := range t {
		switch {
		case p.name != "":
			if v[p.name] == "" {
				return "", false
			}
			out.WriteString(v[p.name])
		case p.optional != nil:
			if s, ok := p.optional.fill(v); ok {
				out.WriteString(s)
			}
		default:
			out.WriteString(p.text)
		}
	}
	return out.String(), true
}

// names lists the placeholders of t.
func (t template) names() []string {
	var all []string
	for _, p := range t {
		if p.name != "" {
			all = append(all, p.name)
		}
		all = append(all, p.optional.names()...)
	}
	return all
}

// has reports whether t uses the placeholder.
func (t template) has(name string) bool {
	for _, n := range t.names() {
		if n == name {
			return true
		}
	}
	return false
}

// requires reports whether t cannot be filled without the placeholder.
func (t template) requires(name string) bool {
	for _, p := range t {
		if p.name == name {
			return true
		}
	}
	return false
}

// lowerFirst makes the first letter small, but not that of an acronym.
func lowerFirst(s string) string {
	runes := []rune(s)
	if len(runes) < 2 || unicode.IsUpper(runes[1]) {
		return s
	}
	return string(unicode.ToLower(runes[0])) + string(runes[1:])
}

// upperFirst makes the first letter a capital, past marks of emphasis. A host name
// stays as it is.
func upperFirst(s string) string {
	if word, _, _ := strings.Cut(s, " "); strings.Contains(strings.TrimRight(word, "."), ".") {
		return s
	}
	for i, r := range s {
		if r == '*' || r == '~' || r == '_' {
			continue
		}
		return s[:i] + string(unicode.ToUpper(r)) + s[i+utf8.RuneLen(r):]
	}
	return s
}
