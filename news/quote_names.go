package news

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"trucewire/news/lexicon"
)

// personLike is two or three capitalised words in a row, as a person is named.
var personLike = regexp.MustCompile(`\p{Lu}[\p{Ll}'’-]+(?:\s+(?:al|el|ben|bin|ibn|abu|de|van|von)?[\s-]?\p{Lu}[\p{L}'’-]+){1,2}`)

// vocabulary is what a language's pack and book know as words: no part of a stranger's
// name.
type vocabulary struct {
	words map[string]bool
	stems []string
}

// newVocabulary collects the words of a pack.
func newVocabulary(p lexicon.Pack) *vocabulary {
	v := &vocabulary{words: make(map[string]bool)}
	v.add(p.Core, p.NotYet, p.Negation, p.Background, p.Attribution, p.Weekdays, p.Months, p.Common)
	for _, lists := range []map[string][]string{p.Kinds, p.Qualifiers, p.Words, p.Subs, p.Around, p.Speech, p.Units, p.Countries} {
		for _, key := range sortedKeys(lists) {
			v.add(lists[key])
		}
	}
	v.add(sortedKeys(p.Numbers), sortedKeys(p.Relative))
	return v
}

func (v *vocabulary) add(lists ...[]string) {
	for _, form := range slices.Concat(lists...) {
		stem, star := strings.CutSuffix(form, "*")
		words := wordsOf(stem)
		for i, word := range words {
			if star && i == len(words)-1 && len([]rune(word)) > 3 {
				v.stems = append(v.stems, word)
				continue
			}
			v.words[word] = true
		}
	}
}

func (v *vocabulary) has(word string) bool {
	return v.words[word] || slices.ContainsFunc(v.stems, func(stem string) bool { return strings.HasPrefix(word, stem) })
}

// isTitleCase reports whether a line has a capital in most of its words, so that
// capitals tell nothing of names.
func isTitleCase(raw string) bool {
	fields := strings.Fields(raw)
	capitals := 0
	for _, f := range fields {
		if r, _ := firstLetter(f); unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals*5 > len(fields)*3
}

// strangers finds the names of persons in words of an item that neither the catalogue
// nor an office beside them makes public, as spans of bytes in order. officials are
// words of further names that may stand. In a line with a capital in every word it
// finds those only that stand beside a word of harm or of kin.
func (w *Writer) strangers(b *book, raw, lang string, officials []string) [][2]int {
	titles := isTitleCase(raw)
	var out [][2]int
	for _, at := range personLike.FindAllStringIndex(raw, -1) {
		span := w.strangerIn(b, raw, lang, at, officials)
		if span[1] > span[0] && (!titles || w.besideHarm(b, raw, lang, span)) {
			out = append(out, span)
		}
	}
	if len(out) == 0 {
		out = w.strangersByRole(b, raw, lang, officials)
	}
	return out
}

// capitalised is one capitalised word.
var capitalised = regexp.MustCompile(`\p{Lu}[\p{L}'’-]+`)

// strangersByRole finds single unknown names right behind a word for what a private
// person is: "teacher Idris".
func (w *Writer) strangersByRole(b *book, raw, lang string, officials []string) [][2]int {
	var out [][2]int
	for _, at := range capitalised.FindAllStringIndex(raw, -1) {
		before := strings.Fields(raw[:at[0]])
		if len(before) == 0 || !w.guardMatches(b, lang, before[len(before)-1], roleWords) {
			continue
		}
		word := strings.Join(wordsOf(possessive.ReplaceAllString(raw[at[0]:at[1]], "")), " ")
		_, unknown := w.index.find(wordsOf(word))
		if w.isPublic(b, lang, word, "", unknown) || slices.Contains(officials, word) || acronymName(raw[at[0]:at[1]]) {
			continue
		}
		out = append(out, [2]int{at[0], at[1]})
	}
	return out
}

// strangerIn is the part of a run of capitalised words that names a stranger: two or
// more in a row that are no words of the language and no names of the catalogue. Empty
// if it names none.
func (w *Writer) strangerIn(b *book, raw, lang string, at []int, officials []string) [2]int {
	name := raw[at[0]:at[1]]
	if w.guardMatches(b, lang, name, officeWords, institutionWords) || w.holdsOffice(b, raw, lang, at) {
		return [2]int{}
	}
	_, unknown := w.index.find(wordsOf(name))
	first, last, count, before := -1, -1, 0, ""
	for _, word := range personWord.FindAllStringIndex(name, -1) {
		folded := strings.Join(wordsOf(possessive.ReplaceAllString(name[word[0]:word[1]], "")), " ")
		if w.isPublic(b, lang, folded, before, unknown) || slices.Contains(officials, folded) {
			if count > 1 {
				break
			}
			first, count = -1, 0
		} else {
			if first < 0 {
				first = word[0]
			}
			last, count = word[1], count+1
		}
		before = folded
	}
	if first < 0 || count < 2 {
		return [2]int{}
	}
	return [2]int{at[0] + first, at[0] + last}
}

// isPublic reports whether a word of a run of capitalised words is no part of a
// stranger's name: a word of the language, part of a name of the catalogue, or the
// family name of somebody there behind nothing that is another first name.
func (w *Writer) isPublic(b *book, lang, word, before string, unknown []string) bool {
	if given, ok := w.index.surnames[word]; ok {
		return before == "" || w.isThing(b, lang, before) || !slices.Contains(unknown, before) || slices.ContainsFunc(given, func(g string) bool { return alike(g, before) })
	}
	inCatalogue := !slices.ContainsFunc(strings.Fields(word), func(part string) bool { return slices.Contains(unknown, part) })
	return inCatalogue || w.isThing(b, lang, word)
}

// alike reports whether two first names may be one in different spellings.
func alike(x, y string) bool {
	a, b := []rune(x), []rune(y)
	n := min(3, len(a), len(b))
	return n > 0 && string(a[:n]) == string(b[:n])
}

// personWord is a word of a name with the particle before it.
var personWord = regexp.MustCompile(`(?:(?:al|el|ben|bin|ibn|abu|de|van|von)[\s-])?\p{Lu}[\p{L}'’-]*`)

// possessive is the ending of an owner.
var possessive = regexp.MustCompile(`['’]s?$`)

// isThing reports whether a folded word is one of the language's own words and not part
// of a name.
func (w *Writer) isThing(b *book, lang, word string) bool {
	if v := w.words[lang]; v != nil && v.has(word) {
		return true
	}
	if v := w.words[b.Lang]; v != nil && v.has(word) {
		return true
	}
	for _, book := range w.booksOf(b, lang) {
		if matchesAny(" "+word+" ", book.guard.things) || matchesAny(" "+word+" ", book.guard.harm) {
			return true
		}
	}
	return false
}

// holdsOffice reports whether an office stands before a name or, behind a comma, after.
func (w *Writer) holdsOffice(b *book, raw, lang string, at []int) bool {
	before := strings.Fields(raw[:at[0]])
	if w.guardMatches(b, lang, strings.Join(before[max(0, len(before)-3):], " "), officeWords) {
		return true
	}
	after, ok := strings.CutPrefix(raw[at[1]:], ", ")
	fields := strings.Fields(after)
	return ok && w.guardMatches(b, lang, strings.Join(fields[:min(4, len(fields))], " "), officeWords)
}

// officialsIn are the words of names that stand beside an office.
func (w *Writer) officialsIn(b *book, text, lang string) []string {
	var out []string
	for _, at := range personLike.FindAllStringIndex(text, -1) {
		name := text[at[0]:at[1]]
		if w.guardMatches(b, lang, name, officeWords) || w.holdsOffice(b, text, lang, at) {
			out = append(out, wordsOf(name)...)
		}
	}
	return out
}

// besideHarm reports whether a word of harm or of private life stands close before or
// directly after a span.
func (w *Writer) besideHarm(b *book, raw, lang string, span [2]int) bool {
	before, after := strings.Fields(raw[:span[0]]), strings.Fields(raw[span[1]:])
	near := strings.Join(slices.Concat(before[max(0, len(before)-3):], []string{"·"}, after[:min(1, len(after))]), " ")
	return w.guardMatches(b, lang, near, harmWords, victimWords, unnamedWords)
}

// namesVictim reports whether words that tell of harm or captivity name a stranger.
func (w *Writer) namesVictim(b *book, raw, lang string) bool {
	return len(w.strangers(b, raw, lang, nil)) > 0
}
