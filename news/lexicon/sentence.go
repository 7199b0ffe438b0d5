package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Sentences splits a text into sentences by the Unicode rules and joins again what
// an abbreviation ("Gen. Haftar", "U.S. envoy", "No. 5") tore apart. Spans carry no
// white space at their ends and are never empty. Any bytes are taken.
func Sentences(s string) []Span {
	var spans []Span
	open := false // the last span may go on: it ends with an abbreviation
	for it := sentences.FromString(s); it.Next(); {
		span, ok := trimmed(s, it.Start(), it.End())
		if !ok {
			continue
		}
		if open {
			spans[len(spans)-1].End = span.End
		} else {
			spans = append(spans, span)
		}
		open = endsOpen(s[span.Start:span.End]) && !strings.Contains(s[span.End:it.End()], "\n")
	}
	return spans
}

func trimmed(s string, start, end int) (Span, bool) {
	part := s[start:end]
	left := strings.TrimLeftFunc(part, unicode.IsSpace)
	right := strings.TrimRightFunc(left, unicode.IsSpace)
	begin := start + len(part) - len(left)
	return Span{Start: begin, End: begin + len(right)}, right != ""
}

// endsOpen reports whether a sentence ends with an abbreviation or an initial.
func endsOpen(s string) bool {
	if !strings.HasSuffix(s, ".") {
		return false
	}
	word := s[:len(s)-1]
	if i := strings.LastIndexFunc(word, unicode.IsSpace); i >= 0 {
		word = word[i+1:]
	}
	word = strings.TrimLeft(word, "(\"'“‘«")
	if word == "" {
		return false
	}
	if utf8.RuneCountInString(word) == 1 {
		r, _ := utf8.DecodeRuneInString(word)
		return unicode.IsUpper(r)
	}
	return isAbbreviation(strings.ToLower(word))
}

// isAbbreviation knows shortened titles, months and the like that a name or number
// follows. Words that also end sentences ("etc.", "p.m.") are left out on purpose.
func isAbbreviation(w string) bool {
	switch w {
	case "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "capt", "sgt", "cpl", "cmdr", "adm", "brig", "hon",
		"sen", "rep", "gov", "pres", "amb", "sec", "rev", "st", "ste", "mt", "ft", "no", "nos", "vs",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
		"u.s", "u.n", "u.k", "e.u", "u.a.e", "d.c", "lt.-gen", "maj.-gen",
		"m", "mme", "mm", "sr", "sra", "ee.uu", "gral", "г", "гг", "им", "тыс", "млн", "млрд", "ст", "ген":
		return true
	}
	return false
}
