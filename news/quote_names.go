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

// vocabulary is what a language's pack knows as words: no part of a stranger's name.
type vocabulary struct {
	words  map[string]bool
	stems  []string
	proper map[string]bool // those written with a capital: peoples, days, months
}

// newVocabulary collects the words of a pack.
func newVocabulary(p lexicon.Pack) *vocabulary {
	v := &vocabulary{words: make(map[string]bool), proper: make(map[string]bool)}
	v.addProper(p.Weekdays)
	v.addProper(p.Months)
	for _, key := range sortedKeys(p.Countries) {
		v.addProper(p.Countries[key])
	}
	v.add(p.Core, p.NotYet, p.Negation, p.Background, p.Attribution, p.Common)
	for _, lists := range []map[string][]string{p.Kinds, p.Qualifiers, p.Words, p.Subs, p.Around, p.Speech, p.Units} {
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

// addProper adds words that are always written with a capital. Very short ones, as of
// months, may be names: "Mar".
func (v *vocabulary) addProper(forms []string) {
	for _, form := range forms {
		for _, word := range wordsOf(form) {
			v.proper[word] = v.proper[word] || len([]rune(word)) > 3
		}
	}
}

// has reports whether a word with a capital is one of the language's own. Where
// capitals tell names, only those are that are always written with one.
func (v *vocabulary) has(word string, titles bool) bool {
	return v.proper[word] || titles && (v.words[word] || v.startsLike(word))
}

func (v *vocabulary) startsLike(word string) bool {
	return slices.ContainsFunc(v.stems, func(stem string) bool { return strings.HasPrefix(word, stem) })
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

// nameSearch looks for names of strangers in words of an item: persons that neither the
// catalogue nor an office beside them makes public.
type nameSearch struct {
	w         *Writer
	b         *book
	raw, lang string
	titles    bool     // whether most words have a capital
	officials []string // words of further names that may stand
	unknown   []string // words that are in no name of the catalogue
}

// strangers finds the names of strangers as spans of bytes in order. In a line with a
// capital in every word it finds those only that stand beside a word of harm or of
// private life.
func (w *Writer) strangers(b *book, raw, lang string, officials []string) [][2]int {
	if !capitalised.MatchString(raw) {
		return nil
	}
	n := nameSearch{w: w, b: b, raw: raw, lang: lang, titles: isTitleCase(raw), officials: officials}
	_, n.unknown = w.index.find(wordsOf(raw))
	var out [][2]int
	for _, at := range personLike.FindAllStringIndex(raw, -1) {
		span := n.within(at)
		if span[1] > span[0] && (!n.titles || w.besideHarm(b, raw, lang, span)) {
			out = append(out, span)
		}
	}
	if len(out) == 0 {
		out = n.byRole()
	}
	return out
}

// capitalised is one capitalised word.
var capitalised = regexp.MustCompile(`\p{Lu}[\p{L}'’-]+`)

// byRole finds single unknown names right behind a word for what a private person is:
// "teacher Idris".
func (n nameSearch) byRole() [][2]int {
	var out [][2]int
	for _, at := range capitalised.FindAllStringIndex(n.raw, -1) {
		before := strings.Fields(n.raw[:at[0]])
		if len(before) == 0 || !n.w.guardMatches(n.b, n.lang, before[len(before)-1], roleWords) {
			continue
		}
		if !n.isPublic(bareWord(n.raw[at[0]:at[1]]), "", at[0]) && !acronymName(n.raw[at[0]:at[1]]) {
			out = append(out, [2]int{at[0], at[1]})
		}
	}
	return out
}

// bareWord is a word folded, without the ending of an owner.
func bareWord(word string) string {
	return strings.Join(wordsOf(possessive.ReplaceAllString(word, "")), " ")
}

// within is the part of a run of capitalised words that names a stranger: two or more
// in a row that are no words of the language and no names of the catalogue. Empty if
// it names none.
func (n nameSearch) within(at []int) [2]int {
	name := n.raw[at[0]:at[1]]
	if n.w.guardMatches(n.b, n.lang, name, officeWords, institutionWords) || n.w.holdsOffice(n.b, n.raw, n.lang, at) {
		return [2]int{}
	}
	first, last, count, before := -1, -1, 0, ""
	for _, word := range personWord.FindAllStringIndex(name, -1) {
		folded := bareWord(name[word[0]:word[1]])
		switch {
		case !n.isPublic(folded, before, at[0]+word[0]):
			if first < 0 {
				first = word[0]
			}
			last, count = word[1], count+1
		case count > 1:
			return [2]int{at[0] + first, at[0] + last}
		default:
			first, count = -1, 0
		}
		before = folded
	}
	if first < 0 || count < 2 {
		return [2]int{}
	}
	return [2]int{at[0] + first, at[0] + last}
}

// isPublic reports whether a word that stands behind another is no part of a stranger's
// name: a word of the language, part of a name of the catalogue, an official's, or the
// family name of somebody known behind nothing that is another first name.
func (n nameSearch) isPublic(word, before string, at int) bool {
	if slices.Contains(n.officials, word) {
		return true
	}
	if given, ok := n.w.index.surnames[word]; ok {
		return before == "" || n.isThing(before, at) || n.inCatalogue(before) ||
			slices.ContainsFunc(given, func(g string) bool { return alike(g, before) })
	}
	if short, _, ok := strings.Cut(word, " t"); ok && n.isThing(short, at) {
		return true // "can't"
	}
	return n.isThing(word, at) || n.inCatalogue(word)
}

// inCatalogue reports whether a word is part of a name of the catalogue that stands in
// the line.
func (n nameSearch) inCatalogue(word string) bool {
	return !slices.ContainsFunc(strings.Fields(word), func(part string) bool { return slices.Contains(n.unknown, part) })
}

// alike reports whether two first names may be one in different spellings.
func alike(x, y string) bool {
	a, b := []rune(x), []rune(y)
	n := min(3, len(a), len(b))
	return n > 0 && string(a[:n]) == string(b[:n])
}

// isThing reports whether a folded word at a place of the line is one of the language's
// own words and not part of a name. At the beginning of a sentence any word has its
// capital.
func (n nameSearch) isThing(word string, at int) bool {
	before := strings.TrimRight(n.raw[:at], " \"'“‘«")
	starts := before == "" || strings.ContainsAny(before[len(before)-1:], ".:;?|")
	for _, lang := range []string{n.lang, n.b.Lang} {
		if v := n.w.words[lang]; v != nil && v.has(word, n.titles || starts) {
			return true
		}
	}
	for _, book := range n.w.booksOf(n.b, n.lang) {
		if matchesAny(" "+word+" ", book.guard.things) || matchesAny(" "+word+" ", book.guard.harm) {
			return true
		}
	}
	return false
}

// personWord is a word of a name with the particle before it.
var personWord = regexp.MustCompile(`(?:(?:al|el|ben|bin|ibn|abu|de|van|von)[\s-])?\p{Lu}[\p{L}'’-]*`)

// possessive is the ending of an owner.
var possessive = regexp.MustCompile(`['’]s?$`)

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

// besideHarm reports whether a word of harm or of private life stands close before a
// span, with no name of the catalogue between, or directly after it.
func (w *Writer) besideHarm(b *book, raw, lang string, span [2]int) bool {
	before, after := strings.Fields(raw[:span[0]]), strings.Fields(raw[span[1]:])
	before = before[max(0, len(before)-3):]
	for i := len(before) - 1; i >= 0; i-- {
		if _, rest := w.index.find(wordsOf(before[i])); len(rest) == 0 && len(wordsOf(before[i])) > 0 {
			before = before[i+1:]
			break
		}
	}
	near := strings.Join(slices.Concat(before, []string{"·"}, after[:min(1, len(after))]), " ")
	return w.guardMatches(b, lang, near, harmWords, victimWords, unnamedWords, roleWords)
}

// namesVictim reports whether words that tell of harm or captivity name a stranger.
func (w *Writer) namesVictim(b *book, raw, lang string) bool {
	return len(w.strangers(b, raw, lang, nil)) > 0 || w.givesFirstName(b, raw, lang)
}

// givesFirstName reports whether words hold a first name that is not part of a name of
// the catalogue and stands beside no office, in a script without capitals.
func (w *Writer) givesFirstName(b *book, raw, lang string) bool {
	_, rest := w.index.find(wordsOf(raw))
	text := " " + strings.Join(rest, " ") + " "
	for _, book := range w.booksOf(b, lang) {
		if matchesAny(text, book.guard.given) && !matchesAny(text, book.guard.offices) {
			return true
		}
	}
	return false
}
