package news

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks may follow one letter. Vocalised Arabic and
// pointed Hebrew need three; stacks that spill over other lines start beyond that.
const maxMarks = 4

// What a quotation must not carry into a message: addresses that Discord would make
// clickable or unfold, everything it would read as a mention, emoji, command or time,
// and the pictures and exclamation marks that posts do without (design promise 9).
// Such tokens are cut from quotations, because an escape is a promise about somebody
// else's parser.
var hostileToken = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`[a-z][a-z0-9+.-]*://\S*`,
	`\b(?:mailto|javascript|data|tel|sms|steam|discord):\S*`,
	`www\.\S+`,
	`discord(?:app)?\.(?:gg|com|me|io|li|new|gift)\S*`,
	`(?:dsc\.gg|invite\.gg|discord\.link|t\.me)/\S*`,
	`@\s?(?:everyone|here)`,
	`<\s?(?:@[!&]?|#|/|:|a:|t:|id:)[^>\s]*>?`,
	`[!¡‼⁉❗❕！\x{2190}-\x{21ff}\x{2600}-\x{27bf}\x{2b00}-\x{2bff}\x{1f000}-\x{1faff}]+`,
}, "|"))

// sanitise makes text of a feed safe to stand in a message, without markdown: NFC,
// no control and format characters beyond those that Arabic, Hebrew, Persian and the
// Indic scripts write with, no stacks of combining marks. Letters are kept as they
// are. Line breaks become spaces.
func sanitise(s string) string {
	var out strings.Builder
	marks := 0
	var last rune // the last letter or digit, zero at a word's start
	runes := []rune(norm.NFC.String(strings.ToValidUTF8(s, "")))
	for i, r := range runes {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) {
			marks++
			if marks <= maxMarks && !unicode.Is(unicode.Variation_Selector, r) {
				out.WriteRune(r)
			}
			continue
		}
		marks = 0
		switch {
		case unicode.IsSpace(r):
			out.WriteRune(plainSpace(r))
			last = 0
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Cs, r), r == unicode.ReplacementChar:
		case unicode.Is(unicode.Cf, r):
			if keepsFormat(r, last, next(runes, i)) {
				out.WriteRune(r)
			}
		default:
			out.WriteRune(r)
			last = r
		}
	}
	return out.String()
}

// plainSpace turns what breaks lines into a space and keeps the spaces that
// typography uses, such as the no-break space before a French colon.
func plainSpace(r rune) rune {
	switch r {
	case '\u00a0', '\u202f', '\u2009', '\u3000':
		return r
	default:
		return ' '
	}
}

// next is the first rune after i that is not a format character; zero at the end.
func next(runes []rune, i int) rune {
	for _, r := range runes[i+1:] {
		if !unicode.Is(unicode.Cf, r) {
			return r
		}
	}
	return 0
}

// keepsFormat reports whether a format character between two others is part of how a
// script is written. Overrides, embeddings and isolates never are: they could move
// what stands around the quotation.
func keepsFormat(r, before, after rune) bool {
	switch r {
	case '\u200c', '\u200d': // joiners
		return joins(before) && joins(after)
	case '\u200e', '\u200f', '\u061c': // direction marks
		return rightToLeft(before) || rightToLeft(after)
	}
	return unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// joins reports whether letters of r's script are shaped by joiners.
func joins(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Devanagari, unicode.Bengali,
		unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
		unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Mongolian)
}

// rightToLeft reports whether r is a letter written from right to left.
func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

// hasRightToLeft reports whether s has such a letter.
func hasRightToLeft(s string) bool { return strings.IndexFunc(s, rightToLeft) >= 0 }

// escape puts a backslash before every character that Discord's markdown reads as a
// mark. It is for text that is already sanitised.
func escape(s string) string {
	var out strings.Builder
	for i, r := range s {
		if marksUp(s, i, r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// marksUp reports whether the rune at i is or may become markdown.
func marksUp(s string, i int, r rune) bool {
	switch r {
	case '\\', '*', '_', '~', '`', '|', '<', '>', '[', ']', '@':
		return true
	case '#', '-', '+':
		return i == 0
	case ':': // an emoji code; a time or a colon before a space is none
		return i+1 < len(s) && s[i+1] != ' ' && (s[i+1] < '0' || s[i+1] > '9')
	default:
		return false
	}
}

// feedName makes a name that came with a feed fit for own text: no quotation marks, no
// marks of markdown that names do not need, no hostile tokens, one line, escaped, at most limit runes, cut at a word.
func feedName(s string, limit int) string {
	s = hostileToken.ReplaceAllString(sanitise(s), " ")
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune("\"“”„«»<>[]{}|*~`\\", r) {
			return -1
		}
		return r
	}, s)
	if !isWord(s) {
		return ""
	}
	return escape(clipRunes(strings.Join(strings.Fields(s), " "), limit))
}

// maxValueRunes bounds a value that was corrected.
const maxValueRunes = 80

// visibleRef is the short visible reference of a development: letters and digits only.
func visibleRef(ref string) string {
	ref = strings.Map(func(r rune) rune {
		if r != '-' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			return -1
		}
		return r
	}, ref)
	return ref[:min(len(ref), 8)]
}

// clipRunes cuts s to at most limit runes at a word, and marks the cut.
func clipRunes(s string, limit int) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	cut := limit - 1
	for at := cut; at > limit/2; at-- {
		if unicode.IsSpace(runes[at]) {
			cut = at
			break
		}
	}
	return strings.TrimRightFunc(string(runes[:cut]), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Mn, r)
	}) + "…"
}

// Plain makes any text safe to stand in a Discord message as plain words: sanitised,
// without addresses, invites and mentions, markdown escaped, on one line.
func Plain(s string) string {
	s = hostileToken.ReplaceAllString(sanitise(s), ellipsis)
	return escapeQuote(strings.Join(strings.Fields(s), " "))
}
