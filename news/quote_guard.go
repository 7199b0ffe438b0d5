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
	things, harmless, positions, announced, roles, given                  []string
}

// compileGuard folds the words once.
func compileGuard(g GuardWords) guard {
	return guard{
		offices: needles(g.Offices), institutions: needles(g.Institutions), unnamed: needles(g.Unnamed),
		finer: needles(g.Finer), graphic: needles(g.Graphic), victims: needles(g.Victims), harm: needles(g.Harm), loaded: needles(g.Loaded),
		things: needles(g.Things), harmless: needles(g.Harmless), positions: needles(g.Positions), announced: needles(g.Announced), roles: needles(g.Roles), given: needles(g.Given),
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
func positionWords(g guard) []string    { return g.positions }
func announcedWords(g guard) []string   { return g.announced }
func roleWords(g guard) []string        { return g.roles }

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

// coordinates are positions to minutes or better. Groups of three digits alone are
// thousands.
var coordinates = regexp.MustCompile(strings.Join([]string{
	`\d{1,3}[.,]\d{4,}`, `\d{1,3}[.,]\d{3}\s*(?:°|[NSEWO]\b)`, `\d{1,3}\.\d{2,}\s*,\s*-?\d{1,3}\.\d{2,}`, `\d{1,3}\s?°\s?\d{1,2}`,
	`\b[0-9]{1,2}[A-Z]\s?[A-Z]{2}\s?\d{4,}`,
}, "|"))

// telephone is a number that one could call.
var telephone = regexp.MustCompile(`(?:\+\d{1,3}|\b0\d{1,4})[ \x{00a0}./-]\d{2,4}(?:[ \x{00a0}./-]\d{2,4})+\b`)

// quotable reports whether words of an item may be repeated at all: they name no victim,
// no place finer than a town, no present position and no graphic detail. What may not
// be quoted is told by a link only.
func (w *Writer) quotable(b *book, raw, lang string) bool {
	if coordinates.MatchString(raw) || telephone.MatchString(raw) || slices.ContainsFunc(ageMark.FindAllString(raw, -1), givesAge) {
		return false
	}
	bare := w.withoutHarmless(b, lang, raw)
	if w.guardMatches(b, lang, bare, graphicWords, victimWords, finerWords) || w.givesPosition(b, lang, bare) {
		return false
	}
	return !w.guardMatches(b, lang, raw, harmWords) || !w.namesVictim(b, raw, lang)
}

// withoutHarmless is folded text without the phrases that only look like what is
// guarded against ("street fighting" is no address).
func (w *Writer) withoutHarmless(b *book, lang, raw string) string {
	folded := spaced(raw)
	for _, book := range w.booksOf(b, lang) {
		for _, phrase := range book.guard.harmless {
			folded = strings.ReplaceAll(folded, phrase, " · ")
		}
	}
	return folded
}

// booksOf are the book of the reader and that of the item's language, if there is one.
func (w *Writer) booksOf(b *book, lang string) []*book {
	if other, ok := w.books[lang]; ok && other != b {
		return []*book{b, other}
	}
	return []*book{b}
}

// givesPosition reports whether words tell where people or forces are at present,
// unless they say that somebody who answers for it has announced it.
func (w *Writer) givesPosition(b *book, lang, text string) bool {
	if !w.guardMatches(b, lang, text, positionWords) {
		return false
	}
	return !w.guardMatches(b, lang, text, announcedWords) || w.guardMatches(b, lang, text, unnamedWords)
}

// quote is words of an item between quotation marks if they may be repeated, without
// the names of private persons.
func (w *Writer) quote(b *book, raw, lang string, limit int) string {
	return w.quoteNaming(b, raw, lang, limit, nil)
}

// quoteAbout is quote for an item of a development: whom its claims name with an office
// may be named.
func (w *Writer) quoteAbout(s setting, raw, lang string, limit int) string {
	var officials []string
	for _, c := range s.d.Claims {
		officials = append(officials, w.officialsIn(s.b, c.By.Name, c.Cite.Lang)...)
		officials = append(officials, w.officialsIn(s.b, c.Quote, c.Cite.Lang)...)
	}
	return w.quoteNaming(s.b, raw, lang, limit, officials)
}

func (w *Writer) quoteNaming(b *book, raw, lang string, limit int, officials []string) string {
	if !w.quotable(b, raw, lang) {
		return ""
	}
	spans := w.strangers(b, raw, lang, officials)
	for i := len(spans) - 1; i >= 0; i-- {
		raw = raw[:spans[i][0]] + ellipsis + raw[spans[i][1]:]
	}
	if len(spans) > 0 && countWords(raw) < minWordsBesideName {
		return ""
	}
	return b.quoted(raw, lang, limit)
}

// minWordsBesideName is how many words must be left where a name was cut out.
const minWordsBesideName = 4

// place is a place for a sentence, escaped: "in Sirte". It is empty for what is finer
// than a town and for a name in letters that the book's readers do not read.
func (w *Writer) place(b *book, name, lang string) (plain, in string) {
	relation := "in_place"
	if rest, outside := strings.CutPrefix(name, outsidePlace); outside {
		name, relation = rest, "outside_place"
	}
	if local := w.names.local[b.Lang+" "+foldName(name)]; local != "" {
		name = local
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
	plain = b.apart(feedName(name, maxNameRunes))
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
