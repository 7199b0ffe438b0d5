package news

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

// book is a compiled PhraseBook.
type book struct {
	PhraseBook

	sentences map[Kind]map[string][]template
	texts     map[string]template
	positions map[Position]template
	amounts   map[string]template
	counts    map[string]template
	groups    map[string]string // form → word to print
	units     map[string]string

	guard     guard
	lineNames []string

	dayPattern *regexp.Regexp // finds days as the book writes them
}

// sentencePlaceholders are what templates of sentences may use.
func sentencePlaceholders() []string {
	return []string{
		"parties", "any", "actor", "others", "in", "place", "truce", "plan", "arrangement",
		"figures", "on", "speaker", "outlet", "quote",
	}
}

// compileBook parses the templates of a book that has no problems.
func compileBook(p PhraseBook) (*book, error) {
	if err := p.Problems(); err != nil {
		return nil, err
	}
	b := &book{PhraseBook: p, sentences: make(map[Kind]map[string][]template, len(p.Sentences))}
	var problems []error
	for _, kind := range sortedKeys(p.Sentences) {
		b.sentences[kind] = make(map[string][]template, len(p.Sentences[kind]))
		for _, sub := range sortedKeys(p.Sentences[kind]) {
			list, err := compileSentences(p.Sentences[kind][sub])
			if err != nil {
				problems = append(problems, fmt.Errorf("sentences.%s.%s: %w", kind, sub, err))
			}
			b.sentences[kind][sub] = list
		}
	}
	var err error
	if b.texts, err = compileAll(p.Texts); err != nil {
		problems = append(problems, fmt.Errorf("texts: %w", err))
	}
	if b.positions, err = compileAll(p.Positions); err != nil {
		problems = append(problems, fmt.Errorf("positions: %w", err))
	}
	if b.amounts, err = compileAll(p.Amounts); err != nil {
		problems = append(problems, fmt.Errorf("amounts: %w", err))
	}
	if b.counts, err = compileAll(p.Counts); err != nil {
		problems = append(problems, fmt.Errorf("counts: %w", err))
	}
	b.guard, b.lineNames = compileGuard(p.Guard), needles(p.LineNames)
	b.groups, b.units = formsOf(p.Groups), formsOf(p.Units)
	if b.dayPattern, err = dayPattern(b); err != nil {
		problems = append(problems, fmt.Errorf("texts.day: %w", err))
	}
	return b, errors.Join(problems...)
}

func compileSentences(texts []string) ([]template, error) {
	var list []template
	for _, text := range texts {
		t, err := parseTemplate(text)
		if err != nil {
			return nil, err
		}
		for _, name := range t.names() {
			if !slices.Contains(sentencePlaceholders(), name) {
				return nil, fmt.Errorf("template %q: no placeholder {%s}", text, name)
			}
		}
		list = append(list, t)
	}
	return list, nil
}

func compileAll[K ~string](texts map[K]string) (map[K]template, error) {
	out := make(map[K]template, len(texts))
	for _, key := range sortedKeys(texts) {
		t, err := parseTemplate(texts[key])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		out[key] = t
	}
	return out, nil
}

// formsOf turns "word to print → forms" into "form → word to print".
func formsOf(groups map[string][]string) map[string]string {
	out := make(map[string]string)
	for _, word := range sortedKeys(groups) {
		out[foldName(word)] = word
		for _, form := range groups[word] {
			out[foldName(form)] = word
		}
	}
	return out
}

// sortedKeys are the keys of m in order: maps must not decide the order of texts.
func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	return keys
}

// text fills a template of Texts. It is empty where a value is missing.
func (b *book) text(name string, v values) string {
	s, _ := b.texts[name].fill(v)
	return s
}

// list joins names as a sentence does.
func (b *book) list(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	last := len(names) - 1
	return strings.Join(names[:last], b.Texts["comma"]) + b.Texts["and"] + names[last]
}

// day writes a day in words; the year only where it is not that of about.
func (b *book) day(t, about time.Time) string {
	name := "day"
	if t.Year() != about.Year() {
		name = "day_year"
	}
	return b.text(name, values{
		"weekday": b.Weekdays[t.Weekday()], "day": strconv.Itoa(t.Day()),
		"month": b.Months[t.Month()-1], "year": strconv.Itoa(t.Year()),
	})
}

// clock writes an hour with its zone.
func (b *book) clock(t time.Time) string {
	return b.text("clock", values{"time": t.Format("15:04"), "zone": zoneName(t)})
}

// zoneName is the zone's abbreviation, or its offset where it has none.
func zoneName(t time.Time) string {
	name, _ := t.Zone()
	if name == "" || strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
		return "UTC" + t.Format("-07:00")
	}
	return name
}

// number writes n in digits, grouped from 10,000 on.
func (b *book) number(n int) string {
	s := strconv.Itoa(n)
	if n < 10_000 {
		return s
	}
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + b.Thousands + s[at:]
	}
	return s
}

// label names a kind as a headline does.
func (b *book) label(k Kind) string {
	if l, ok := b.Labels[k]; ok {
		return l
	}
	return b.Labels[labelReport]
}

// labelOf is the label of a development: that of its kind where the desk is sure of it.
func (b *book) labelOf(d Development) string {
	if d.Certainty != CertaintyHigh {
		return b.Labels[labelReport]
	}
	return b.label(d.Kind())
}

// severity names a severity; background where it is not ranked.
func (b *book) severity(s Severity) string {
	if s < Critical || s > Background {
		s = Background
	}
	return b.Severities[s-1]
}

// templates finds the templates for a kind and what refines it. A refinement that
// cannot be filled, or that the book lacks, must not fall back to the kind alone:
// "denied" or "expected" would turn into its opposite.
func (b *book) templates(c Claim) []template {
	subs := b.sentences[c.Kind]
	if list, ok := subs[c.Action]; ok && c.Action != "" {
		return list
	}
	if list, ok := subs[c.Sub]; ok && c.Sub != "" {
		return list
	}
	switch c.Sub {
	case "":
		if c.Kind == Casualties && c.Grade == Verified {
			return []template{b.texts["harm_verified"]}
		}
		return subs[kindAlone]
	case subDenial:
		return []template{b.texts["denied"]}
	case subRetraction:
		return []template{b.texts["retraction"]}
	default:
		return nil
	}
}

// dayPattern finds days as the book writes them, with or without the year.
func dayPattern(b *book) (*regexp.Regexp, error) {
	weekday, month := alternatives(b.Weekdays), alternatives(b.Months)
	v := values{"weekday": weekday, "day": `\d{1,2}`, "month": month, "year": `\d{4}`}
	long, short := b.text("day_year", v), b.text("day", v)
	return regexp.Compile(long + "|" + short)
}

func alternatives(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = regexp.QuoteMeta(s)
	}
	sort.SliceStable(quoted, func(i, j int) bool { return len(quoted[i]) > len(quoted[j]) })
	return "(?:" + strings.Join(quoted, "|") + ")"
}
