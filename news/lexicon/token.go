package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// Token is one word of a text. Start and End are byte offsets into that text.
type Token struct {
	Start, End int
	Folded     string // as Fold writes it, never empty
	Capital    bool   // begins with an upper-case letter
	Upper      bool   // two or more letters, all upper-case ("UN", "U.S.", "M23")
	Number     bool   // begins with a digit
	Comma      bool   // a comma, colon, semicolon, dash or bracket stands before it
	Quote      bool   // a quotation mark stands before it
	Stop       bool   // a full stop, question or exclamation mark stands before it
}

// Span is a stretch of a text in byte offsets.
type Span struct{ Start, End int }

// Tokens splits a text into words by the Unicode rules, without punctuation. An
// elided article ("l'accord", "dell'intesa") is a word of its own, a possessive 's
// is dropped. Any bytes are taken.
func Tokens(s string) []Token {
	tokens := make([]Token, 0, len(s)/6+1)
	var gap gapMarks
	for it := words.FromString(s); it.Next(); {
		w := it.Value()
		if !wordy(w) {
			gap.add(w)
			continue
		}
		tokens = appendWord(tokens, w, it.Start(), gap)
		gap = gapMarks{}
	}
	return tokens
}

// gapMarks are the signs between two words.
type gapMarks struct{ comma, quote, stop bool }

func (g *gapMarks) add(sign string) {
	switch sign {
	case ",", ";", ":", "(", ")", "[", "]", "–", "—", "،", "؛", "|", " - ", "\n":
		g.comma = true
	case "-":
		return
	case "\"", "'", "“", "”", "‘", "’", "«", "»", "„", "״":
		g.quote = true
	case ".", "!", "?", "؟", "…", "。", "।", "۔":
		g.stop = true
	}
}

func wordy(w string) bool {
	for _, r := range w {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

func appendWord(tokens []Token, w string, start int, gap gapMarks) []Token {
	t := Token{Start: start, End: start + len(w), Comma: gap.comma, Quote: gap.quote, Stop: gap.stop}
	t.mark(w)
	cut, size := apostrophe(w)
	switch {
	case cut < 0:
		t.Folded = foldWord(w)
	case elided(w[:cut]):
		head := t
		head.End = start + cut + size
		head.Folded = foldWord(w[:cut])
		tail := appendWord(nil, w[cut+size:], start+cut+size, gapMarks{})
		return append(append(tokens, head), tail...)
	case strings.EqualFold(w[cut+size:], "s"):
		t.Folded = foldWord(w[:cut])
	default:
		t.Folded = foldWord(w)
	}
	if t.Folded == "" {
		return tokens
	}
	return append(tokens, t)
}

func (t *Token) mark(w string) {
	first, _ := utf8.DecodeRuneInString(w)
	t.Number = unicode.IsDigit(first)
	t.Capital = unicode.IsUpper(first)
	if !t.Capital {
		return
	}
	upper := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	t.Upper = upper >= 2 || upper == 1 && len(w) >= 3 // "M23"
}

// apostrophe finds the first apostrophe inside a word and its length in bytes.
func apostrophe(w string) (at, size int) {
	for i, r := range w {
		if i > 0 && (r == '\'' || r == '’' || r == 'ʼ') && i+utf8.RuneLen(r) < len(w) {
			return i, utf8.RuneLen(r)
		}
	}
	return -1, 0
}

// elided reports whether the letters before an apostrophe are an article or
// pronoun of French or Italian that lost its vowel.
func elided(head string) bool {
	switch strings.ToLower(head) {
	case "l", "d", "s", "n", "j", "c", "m", "t", "qu", "jusqu", "lorsqu", "puisqu",
		"un", "dell", "nell", "all", "sull", "dall", "quest", "quell":
		return true
	}
	return false
}
