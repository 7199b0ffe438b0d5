package news

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of texts.
const (
	maxAlertRunes   = 600  // that a reader sees
	maxReplyRunes   = 400  // that a reader sees
	maxDigestRunes  = 1200 // in all: a digest is read on a telephone
	maxAnswerRunes  = 1900 // in all; Discord takes 2,000 from a bot
	maxMessageRunes = 1950 // in all, of any text
)

// smallPrint begins a line in small letters.
const smallPrint = "-# "

// piece is a sentence of a text: the line it stands on, and how dispensable it is. A
// piece of need 0 always stays.
type piece struct {
	line int
	need int
	text string
}

// visible counts the characters a reader sees of markdown: no addresses, no marks.
func visible(s string) int {
	s = ownLink.ReplaceAllString(s, "$1")
	s = timestamp.ReplaceAllString(s, "10 June 2020 at 10:42")
	s = strings.ReplaceAll(strings.TrimPrefix(s, smallPrint), "\n"+smallPrint, "\n")
	return utf8.RuneCountInString(plainText(s))
}

// within reports whether a text keeps within a number of visible characters, and
// within Discord's limit in all.
func within(most int) func(string) bool {
	return func(s string) bool { return visible(s) <= most && utf8.RuneCountInString(s) <= maxMessageRunes }
}

// withinAll reports whether a text keeps within a number of characters in all.
func withinAll(most int) func(string) bool {
	return func(s string) bool { return utf8.RuneCountInString(s) <= most }
}

// fit puts pieces together and leaves out the most dispensable ones, the last of them
// first, until the text keeps within its limit.
func fit(pieces []piece, ok func(string) bool) string {
	pieces = slices.DeleteFunc(slices.Clone(pieces), func(p piece) bool { return p.text == "" })
	for {
		text := join(pieces)
		if ok(text) {
			return text
		}
		drop := -1
		for i, p := range pieces {
			if p.need > 0 && (drop < 0 || p.need >= pieces[drop].need) {
				drop = i
			}
		}
		if drop < 0 {
			return text
		}
		pieces = slices.Delete(pieces, drop, drop+1)
	}
}

// join writes pieces line by line, those of a line one after the other.
func join(pieces []piece) string {
	var out strings.Builder
	line := -1
	for _, p := range pieces {
		switch {
		case line < 0:
		case p.line != line:
			out.WriteByte('\n')
		case !strings.HasPrefix(p.text, " ·"):
			out.WriteByte(' ')
		}
		line = p.line
		out.WriteString(p.text)
	}
	return out.String()
}

// stop ends a sentence with a full stop unless it has an end, be it inside the
// quotation that it ends with.
func stop(s string) string {
	if s == "" {
		return ""
	}
	bare := strings.TrimRight(s, "*\"”»"+isolateEnd)
	switch r, _ := utf8.DecodeLastRuneInString(bare); r {
	case '.', '?', '…', '؟', '。', '।':
		return s
	}
	return s + "."
}
