package news

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// placeholder is a placeholder of a template.
var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// ownVocabulary are the words that the phrase books say, without what fills them.
func ownVocabulary(books map[string]*book) map[string]bool {
	words := make(map[string]bool)
	for _, lang := range sortedKeys(books) {
		for _, text := range books[lang].spoken() {
			for _, word := range wordsOf(placeholder.ReplaceAllString(text, " ")) {
				words[word] = true
			}
		}
	}
	return words
}

// spoken are all texts of a book that posts are made of.
func (b PhraseBook) spoken() []string {
	out := slices.Concat(b.Severities, b.Weekdays, b.Months)
	out = append(out, valuesOf(b.Labels)...)
	out = append(out, valuesOf(b.Statuses)...)
	out = append(out, valuesOf(b.Positions)...)
	out = append(out, valuesOf(b.Speakers)...)
	for _, list := range []map[string]string{b.Amounts, b.Counts, b.Singulars, b.Texts, b.Languages} {
		out = append(out, valuesOf(list)...)
	}
	out = append(append(out, sortedKeys(b.Groups)...), sortedKeys(b.Units)...)
	for _, kind := range sortedKeys(b.Sentences) {
		for _, sub := range sortedKeys(b.Sentences[kind]) {
			out = append(out, b.Sentences[kind][sub]...)
		}
	}
	return out
}

// valuesOf are the values of m in the order of their keys.
func valuesOf[K ~string](m map[K]string) []string {
	var out []string
	for _, key := range sortedKeys(m) {
		out = append(out, m[key])
	}
	return out
}

// checkWords checks that every word of own text that is not part of a name is one that
// the phrase books say or stands in what is cited: so that nothing else can get in.
func (w *Writer) checkWords(rest []string, p proof) error {
	if !p.names {
		return nil
	}
	for _, word := range rest {
		if w.own[word] || p.words[word] || isNumber(word) {
			continue
		}
		runes := []rune(word)
		if !isASCII(word) && len(runes) >= 5 && slices.ContainsFunc(p.texts, func(text string) bool {
			return strings.Contains(foldName(text), string(runes[:len(runes)-1]))
		}) {
			continue // an ending of its own
		}
		return fmt.Errorf("word %q is neither the bot's own nor in what is cited", word)
	}
	return nil
}

func isNumber(word string) bool {
	return strings.IndexFunc(word, func(r rune) bool { return !unicode.IsDigit(r) }) < 0
}

// withoutClitics parts what is written onto a name or a cited word from it: "and" and
// "to" of languages that write them so.
func (w *Writer) withoutClitics(words []string, p proof) []string {
	out := slices.Clone(words)
	for i, word := range words {
		if w.own[word] || p.words[word] || len(w.index.byFirst[word]) > 0 {
			continue
		}
		for _, clitic := range w.clitics {
			rest, ok := strings.CutPrefix(word, clitic)
			if ok && (len(w.index.byFirst[rest]) > 0 || p.words[rest] || w.own[rest]) {
				out[i] = rest
				break
			}
		}
	}
	return out
}

// checkHeading checks that the bold beginning of a line names a conflict that the
// cited items name something of.
func (w *Writer) checkHeading(line string, p proof) error {
	head, _, ok := strings.Cut(line, "** – ")
	if !ok || !strings.HasPrefix(line, "**") {
		return nil
	}
	name, label, labelled := strings.Cut(plainText(head), " · ")
	for _, lang := range sortedKeys(w.books) {
		b := w.books[lang]
		labels := append(valuesOf(b.Labels), b.Texts["deadline_label"], b.Texts["reminder_label"])
		if labelled && !slices.ContainsFunc(labels, func(l string) bool { return strings.HasPrefix(label, l) }) {
			continue
		}
		if name == plainText(b.Texts["other_conflict"]) || !labelled && b.startsReply(head) {
			return nil
		}
		for _, c := range w.cat.Conflicts {
			if plainText(w.conflict(b, c.ID)) == name && w.speaksOf(c, p) {
				return nil
			}
		}
	}
	return fmt.Errorf("heading %q is of nothing that is cited", head)
}

// startsReply reports whether a bold beginning is that of a reply, which names no
// conflict.
func (b PhraseBook) startsReply(head string) bool {
	return slices.ContainsFunc(valuesOf(b.Texts), func(text string) bool { return strings.HasPrefix(text, head+"** – ") })
}

// speaksOf reports whether a cited text names a conflict, one of its sides, places or
// countries.
func (w *Writer) speaksOf(c Conflict, p proof) bool {
	names := slices.Concat([]string{c.Name, c.Short}, c.Places)
	for _, lists := range []map[string][]string{c.Aliases, c.PlacesI18n} {
		for _, lang := range sortedKeys(lists) {
			names = append(names, lists[lang]...)
		}
	}
	for _, party := range c.Parties {
		names = append(names, w.index.forms["party "+string(party.ID)]...)
	}
	for _, code := range c.Countries {
		names = append(names, w.index.forms["country "+w.names.countries[code]]...)
		for _, pack := range w.cat.Packs {
			for _, form := range pack.Countries[code] {
				names = append(names, strings.TrimSuffix(form, "*"))
			}
		}
	}
	text := " " + strings.Join(wordsOf(strings.Join(p.texts, " ")), " ")
	return slices.ContainsFunc(names, func(name string) bool {
		folded := strings.Join(wordsOf(name), " ")
		return len([]rune(folded)) > 1 && strings.Contains(text, " "+folded) || inflected(text, folded)
	})
}
