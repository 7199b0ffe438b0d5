package sources

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// guessSample is how much undeclared text is looked at, in bytes of high-bit letters
// and their neighbours; a headline or two decide.
const guessSample = 64 << 10

// guessCharset names the charset of undeclared single-byte text. Few high bytes among
// many ASCII letters are the accents of a Latin language; else the charset wins whose
// reading has most of the letters that its languages use most.
func guessCharset(b []byte) string {
	sample := proseOf(b[:min(len(b), guessSample)])
	high := 0
	for _, c := range sample {
		if c >= utf8.RuneSelf {
			high++
		}
	}
	best, most := "windows-1252", high/3 // the ten commonest letters make up half of any text
	if high*4 < len(sample) {
		return best
	}
	for _, c := range []struct{ name, letters string }{
		{"windows-1251", "оеаинтсрвл"},
		{"koi8-r", "оеаинтсрвл"},
		{"windows-1256", "اليمنوترهب"},
		{"windows-1255", "יוהאלרתבשמ"},
		{"windows-1253", "αοιετσνηρκ"},
	} {
		if n := commonLetters(sample, c.name, c.letters); n > most {
			best, most = c.name, n
		}
	}
	return best
}

// proseOf keeps the letters outside markup.
func proseOf(b []byte) []byte {
	out := make([]byte, 0, len(b))
	inTag := false
	for _, c := range b {
		switch {
		case c == '<':
			inTag = true
		case c == '>':
			inTag = false
		case !inTag && (c >= utf8.RuneSelf || unicode.IsLetter(rune(c))):
			out = append(out, c)
		}
	}
	return out
}

func commonLetters(sample []byte, name, letters string) int {
	enc, _ := charset.Lookup(name)
	text, err := enc.NewDecoder().Bytes(sample)
	if err != nil {
		return 0
	}
	n := 0
	for _, r := range string(text) {
		if r >= utf8.RuneSelf && strings.ContainsRune(letters, r) {
			n++
		}
	}
	return n
}
