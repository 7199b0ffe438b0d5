package news

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// nameIndex finds names of the catalogue in folded text. It is read-only.
type nameIndex struct {
	byFirst map[string][]indexedName // by first word
	forms   map[string][]string      // key → every folded form of it
	// surnames are the last names of people whom the catalogue names, each with the
	// first names it stands behind.
	surnames map[string][]string
	own      map[string]bool // words of the phrase books
}

type indexedName struct {
	words []string
	key   string // party, body or place
}

// newNameIndex indexes what n knows: parties with their people, bodies, places. A name
// of one word that is also one of the bot's own, "AU" in French, is not found in text.
func newNameIndex(n *nameBook, own map[string]bool) *nameIndex {
	x := &nameIndex{own: own, byFirst: make(map[string][]indexedName), forms: make(map[string][]string), surnames: make(map[string][]string)}
	for _, name := range sortedKeys(n.known) {
		k := n.known[name]
		switch k.sort {
		case namePerson:
			x.name(name, "party "+string(k.party), true)
			words := wordsOf(name)
			x.name(words[len(words)-1], "party "+string(k.party), false)
			x.surnames[words[len(words)-1]] = append(x.surnames[words[len(words)-1]], words[0])
		case nameParty:
			x.name(name, "party "+string(k.party), true)
		case nameBody:
			x.name(name, "body "+k.text, true)
		case nameCountry:
			x.name(name, "country "+k.text, true)
		}
	}
	for _, place := range sortedKeys(n.places) {
		x.name(place, "place "+n.places[place], true)
	}
	return x
}

// distinctive reports whether the name of an arrangement can be told from common words
// ("Ceasefire"): it has a second capital letter or a year.
func distinctive(name string) bool {
	capitals := 0
	for _, word := range strings.Fields(name) {
		r, _ := firstLetter(word)
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsDigit(r):
			return true
		}
	}
	return capitals > 1
}

// name adds a form of a name. One that is not found in text by itself, such as a family
// name, still proves that the name is there.
func (x *nameIndex) name(name, key string, found bool) {
	words := wordsOf(name)
	if len(words) == 0 {
		return
	}
	x.forms[key] = append(x.forms[key], strings.Join(words, " "))
	if bare := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "s" }); len(bare) < len(words) {
		x.forms[key] = append(x.forms[key], strings.Join(bare, " ")) // "Norvia army" proves "Norvia's army", as the reader reads it
	}
	if !found || len(words) == 1 && x.own[words[0]] {
		return
	}
	x.byFirst[words[0]] = append(x.byFirst[words[0]], indexedName{words, key})
	slices.SortStableFunc(x.byFirst[words[0]], func(a, b indexedName) int { return len(b.words) - len(a.words) })
}

// find lists the keys of the names in words, the longest name at each place, and the
// words that are left.
func (x *nameIndex) find(words []string) (keys, rest []string) {
	for i := 0; i < len(words); {
		n, key := x.at(words[i:])
		if n == 0 {
			rest = append(rest, words[i])
			i++
			continue
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
		i += n
	}
	return keys, rest
}

// at is the longest name that words begin with.
func (x *nameIndex) at(words []string) (int, string) {
	for _, name := range x.byFirst[words[0]] {
		if len(name.words) <= len(words) && slices.Equal(name.words, words[:len(name.words)]) {
			return len(name.words), name.key
		}
	}
	return 0, ""
}

// checkNames checks that every name of the catalogue in own text is in what is cited,
// in whatever form and language, and that every other word is the bot's own or cited.
func (w *Writer) checkNames(own string, p proof) error {
	if !p.names {
		return nil
	}
	var keys, rest []string
	for _, part := range strings.FieldsFunc(own, func(r rune) bool { return r == ',' || r == ';' || r == '،' }) {
		found, words := w.index.find(w.withoutClitics(wordsOf(part), p)) // no name goes over a comma: "in X, government spokesman said"
		keys, rest = append(keys, found...), append(rest, words...)
	}
	text := " " + strings.Join(wordsOf(strings.Join(p.texts, " ")), " ") + " "
	for _, key := range keys {
		held := slices.ContainsFunc(w.index.formsOf(key), func(form string) bool {
			return strings.Contains(text, " "+form+" ") || strings.Contains(text, " "+form+"s ") || inflected(text, form)
		})
		if !held {
			return fmt.Errorf("name of %s is not in what is cited", key)
		}
	}
	return w.checkWords(rest, p)
}

// formsOf are the forms of a name. A country that also stands in the catalogue as a body
// has those of both.
func (x *nameIndex) formsOf(key string) []string {
	forms := x.forms[key]
	if name, ok := strings.CutPrefix(key, "body "); ok {
		return slices.Concat(forms, x.forms["country "+name])
	}
	if name, ok := strings.CutPrefix(key, "country "); ok {
		return slices.Concat(forms, x.forms["body "+name])
	}
	return forms
}

// inflected reports whether a form of a script whose words take endings or clitics
// stands in text with others than its own.
func inflected(text, form string) bool {
	runes := []rune(form)
	return len(runes) >= 5 && !isASCII(form) && strings.Contains(text, string(runes[:len(runes)-1]))
}

// withoutNames is folded text without the names of the catalogue.
func (w *Writer) withoutNames(text string) string {
	_, rest := w.index.find(wordsOf(text))
	return strings.Join(rest, " ")
}
