package news

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// guard is the compiled guard words of a book: needles for folded text.
type guard struct {
	offices, institutions, unnamed, finer, graphic, victims, harm, loaded []string
}

// compileGuard folds the words once.
func compileGuard(g GuardWords) guard {
	return guard{
		offices: needles(g.Offices), institutions: needles(g.Institutions), unnamed: needles(g.Unnamed),
		finer: needles(g.Finer), graphic: needles(g.Graphic), victims: needles(g.Victims), harm: needles(g.Harm), loaded: needles(g.Loaded),
	}
}

// needles turns forms into what is looked for in folded words between single spaces:
// a whole word, or the beginning of one for a stem with a star.
func needles(forms []string) []string {
	out := make([]string, 0, len(forms))
	for _, form := range forms {
		stem, star := strings.CutSuffix(form, "*")
		needle := " " + strings.Join(wordsOf(stem), " ")
		if !star {
			needle += " "
		}
		out = append(out, needle)
	}
	return out
}

// guardList picks one list of a book's guard words.
type guardList func(guard) []string

func officeWords(g guard) []string      { return g.offices }
func institutionWords(g guard) []string { return g.institutions }
func unnamedWords(g guard) []string     { return g.unnamed }
func finerWords(g guard) []string       { return g.finer }
func graphicWords(g guard) []string     { return g.graphic }
func victimWords(g guard) []string      { return g.victims }
func harmWords(g guard) []string        { return g.harm }
func loadedWords(g guard) []string      { return g.loaded }

// guardMatches reports whether words hold one of the guard words of the book or of the
// language they are in.
func (w *Writer) guardMatches(b *book, lang, text string, picks ...guardList) bool {
	folded := spaced(text)
	other, foreign := w.books[lang]
	for _, pick := range picks {
		if matchesAny(folded, pick(b.guard)) || foreign && other != b && matchesAny(folded, pick(other.guard)) {
			return true
		}
	}
	return false
}

// spaced is text as folded words between single spaces.
func spaced(text string) string { return " " + strings.Join(wordsOf(text), " ") + " " }

// matchesAny looks for needles in spaced text.
func matchesAny(folded string, needles []string) bool {
	for _, needle := range needles {
		if strings.Contains(folded, needle) {
			return true
		}
	}
	return false
}

// wordsOf are the words of text, folded, without punctuation.
func wordsOf(text string) []string {
	return strings.FieldsFunc(foldName(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// ageMark is a name with an age, as victims are named: "Ali Hassan, 9,".
var ageMark = regexp.MustCompile(`\p{Lu}[\p{L}'’-]+,?\s+(?:\d{1,3},|\(\d{1,3}\)|aged?\s\d)`)

// givesAge reports whether what looks like a name with an age is no date.
func givesAge(s string) bool {
	word := wordsOf(s)[0]
	for m := time.January; m <= time.December; m++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(m.String()), word) {
			return false
		}
	}
	return true
}

// coordinates are positions to minutes or better.
var coordinates = regexp.MustCompile(`\d{1,3}[.,]\d{3,}\s*°?\s*[NSEW]?\b|\d{1,3}°\s?\d{1,2}`)

// quotable reports whether words of an item may be repeated at all: they name no
// private person, no place finer than a town and no graphic detail. What may not be
// quoted is told by a link only.
func (w *Writer) quotable(b *book, raw, lang string) bool {
	if coordinates.MatchString(raw) || slices.ContainsFunc(ageMark.FindAllString(raw, -1), givesAge) {
		return false
	}
	if w.guardMatches(b, lang, raw, graphicWords, victimWords, finerWords) {
		return false
	}
	return !w.guardMatches(b, lang, raw, harmWords) || !w.namesUnknownPerson(b, raw, lang)
}

// personLike is two or three capitalised words in a row, as a person is named.
var personLike = regexp.MustCompile(`\p{Lu}[\p{Ll}'’-]+(?:\s+(?:al|el|ben|bin|ibn|abu|de|van|von)?[\s-]?\p{Lu}[\p{L}'’-]+){1,2}`)

// namesUnknownPerson reports whether words that tell of harm or captivity name somebody
// whom the catalogue does not, without an office. A line with a capital in every word
// cannot be judged by its capitals; there the other guards must do.
func (w *Writer) namesUnknownPerson(b *book, raw, lang string) bool {
	fields := strings.Fields(raw)
	capitals := 0
	for _, f := range fields {
		if r, _ := firstLetter(f); unicode.IsUpper(r) {
			capitals++
		}
	}
	if capitals*5 > len(fields)*3 {
		return false
	}
	for _, at := range personLike.FindAllStringIndex(raw, -1) {
		name := raw[at[0]:at[1]]
		if at[0] == 0 { // the first word of a sentence has its capital anyway
			_, name, _ = strings.Cut(name, " ")
		}
		if len(strings.Fields(name)) < 2 || w.guardMatches(b, lang, name, officeWords, institutionWords) {
			continue
		}
		before := strings.Fields(raw[:at[0]])
		if n := len(before); n > 0 && w.guardMatches(b, lang, strings.Join(before[max(0, n-3):], " "), officeWords) {
			continue
		}
		_, rest := w.index.find(wordsOf(name))
		rest = slices.DeleteFunc(rest, func(word string) bool { return w.index.surnames[word] })
		if len(rest) > 1 {
			return true
		}
	}
	return false
}

// quote is words of an item between quotation marks if they may be repeated.
func (w *Writer) quote(b *book, raw, lang string, limit int) string {
	if !w.quotable(b, raw, lang) {
		return ""
	}
	return b.quoted(raw, lang, limit)
}

// place is a place for a sentence, escaped: "in Sirte". It is empty for what is finer
// than a town and for a name in letters that the book's readers do not read.
func (w *Writer) place(b *book, name, lang string) (plain, in string) {
	relation := "in_place"
	if rest, outside := strings.CutPrefix(name, outsidePlace); outside {
		name, relation = rest, "outside_place"
	}
	if name == "" || hasRightToLeft(name) && !b.RTL || unreadable(name) && b.Lang != lang {
		return "", ""
	}
	_, known := w.names.places[foldName(name)]
	if k, ok := w.names.known[foldName(name)]; ok && k.sort == nameCountry {
		known = true
		if k.i18n[b.Lang] != "" {
			name = k.i18n[b.Lang]
		}
	}
	if !known && (w.guardMatches(b, lang, name, finerWords) || len(strings.Fields(name)) > 3 ||
		strings.ContainsFunc(name, unicode.IsDigit)) {
		return "", ""
	}
	plain = feedName(name, maxNameRunes)
	fields := strings.Fields(foldName(name))
	if len(fields) > 0 && matchesAny(spaced(fields[len(fields)-1]), b.lineNames) {
		return b.text("article", values{"name": plain}), b.text("at_place", values{"name": plain})
	}
	plain = w.withArticle(b, plain)
	return plain, b.text(relation, values{"name": plain})
}

// unreadable reports whether name has letters that are neither Latin nor written from
// right to left.
func unreadable(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && !rightToLeft(r)
	})
}
