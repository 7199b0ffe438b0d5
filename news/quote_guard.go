package news

import (
	"regexp"
	"strings"
	"unicode"
)

// guardList picks one list of a book's guard words.
type guardList func(GuardWords) []string

func officeWords(g GuardWords) []string      { return g.Offices }
func institutionWords(g GuardWords) []string { return g.Institutions }
func unnamedWords(g GuardWords) []string     { return g.Unnamed }
func finerWords(g GuardWords) []string       { return g.Finer }
func graphicWords(g GuardWords) []string     { return g.Graphic }
func victimWords(g GuardWords) []string      { return g.Victims }
func loadedWords(g GuardWords) []string      { return g.Loaded }

// guardMatches reports whether words hold one of a guard list of the book or of the
// language they are in.
func (w *Writer) guardMatches(b *book, lang, text string, pick guardList) bool {
	folded := " " + strings.Join(wordsOf(text), " ") + " "
	if matchesAny(folded, pick(b.Guard)) {
		return true
	}
	other, ok := w.books[lang]
	return ok && other != b && matchesAny(folded, pick(other.Guard))
}

// matchesAny looks for forms in folded words between single spaces.
func matchesAny(folded string, forms []string) bool {
	for _, form := range forms {
		stem, star := strings.CutSuffix(form, "*")
		needle := " " + strings.Join(wordsOf(stem), " ")
		if !star {
			needle += " "
		}
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

// coordinates are positions to minutes or better.
var coordinates = regexp.MustCompile(`\d{1,3}[.,]\d{3,}\s*°?\s*[NSEW]?\b|\d{1,3}°\s?\d{1,2}`)

// quotable reports whether words of an item may be repeated at all: they name no
// private person, no place finer than a town and no graphic detail. What may not be
// quoted is told by a link only.
func (w *Writer) quotable(b *book, raw, lang string) bool {
	if ageMark.MatchString(raw) || coordinates.MatchString(raw) {
		return false
	}
	for _, pick := range []guardList{graphicWords, victimWords, finerWords} {
		if w.guardMatches(b, lang, raw, pick) {
			return false
		}
	}
	return true
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
	if name == "" || hasRightToLeft(name) && !b.RTL || unreadable(name) && b.Lang != lang {
		return "", ""
	}
	known := w.names.places[foldName(name)]
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
	if matchesAny(" "+fields[len(fields)-1]+" ", b.LineNames) {
		return b.text("article", values{"name": plain}), b.text("at_place", values{"name": plain})
	}
	plain = w.withArticle(b, plain)
	return plain, b.text("in_place", values{"name": plain})
}

// unreadable reports whether name has letters that are neither Latin nor written from
// right to left.
func unreadable(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && !rightToLeft(r)
	})
}
