package lexicon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a text into the form in which words are compared: lower case, Latin
// and Greek without accents, Arabic with one alef, one ya and no diacritics or
// tatweel, Hebrew without points and final forms, no apostrophes inside words, and
// one space wherever words part (also at a hyphen). Punctuation is dropped. It is
// the words of [Tokens] joined by spaces.
func Fold(s string) string {
	tokens := Tokens(s)
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.Folded
	}
	return strings.Join(words, " ")
}

// foldWord folds one word. It takes any bytes; what is not UTF-8 is dropped.
func foldWord(w string) string {
	if plainLower(w) {
		return w
	}
	if isASCII(w) {
		return foldASCII(w)
	}
	var b strings.Builder
	b.Grow(len(w))
	for _, r := range w {
		b.WriteString(foldRune(unicode.ToLower(r)))
	}
	return b.String()
}

func plainLower(w string) bool {
	for i := range len(w) {
		if c := w[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func isASCII(w string) bool {
	for i := range len(w) {
		if w[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func foldASCII(w string) string {
	b := make([]byte, 0, len(w))
	for i := range len(w) {
		switch c := w[i]; {
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		case c == '\'' || c == '"' || c == '.' && !digitAt(w, i-1):
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

func digitAt(w string, i int) bool { return i >= 0 && i < len(w) && w[i] >= '0' && w[i] <= '9' }

// foldRune folds one lower-case rune; it returns "" for what is dropped.
func foldRune(r rune) string {
	switch {
	case r < utf8.RuneSelf:
		if r == '\'' || r == '"' {
			return ""
		}
		return string(r)
	case r == utf8.RuneError, isWordMark(r):
		return ""
	case r >= 0x0600 && r <= 0x06ff:
		return foldArabic(r)
	case r >= 0x0590 && r <= 0x05ff:
		return foldHebrew(r)
	case unicode.Is(unicode.Cyrillic, r):
		return foldCyrillic(r)
	case unicode.Is(unicode.Latin, r), unicode.Is(unicode.Greek, r):
		return foldLatin(r)
	default:
		return string(r)
	}
}

// isWordMark tells the signs that stand inside words and change nothing: curly and
// modifier apostrophes, gershayim, zero-width joiners, combining accents.
func isWordMark(r rune) bool {
	switch r {
	case '‘', '’', 'ʼ', 'ʻ', '´', '`', '“', '”', '״', '׳', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u00ad', '\ufeff':
		return true
	}
	return r >= 0x0300 && r <= 0x036f
}

func foldArabic(r rune) string {
	switch {
	case r >= 0x064b && r <= 0x065f, r == 0x0670, r == 'ـ', r >= 0x06d6 && r <= 0x06ed:
		return ""
	case r >= '٠' && r <= '٩':
		return string('0' + r - '٠')
	case r >= '۰' && r <= '۹':
		return string('0' + r - '۰')
	}
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return "ا"
	case 'ى', 'ی', 'ئ', 'ے':
		return "ي"
	case 'ة', 'ہ', 'ھ', 'ۂ', 'ۀ':
		return "ه"
	case 'ؤ':
		return "و"
	case 'ک':
		return "ك"
	}
	return string(r)
}

func foldHebrew(r rune) string {
	switch r {
	case 'ך':
		return "כ"
	case 'ם':
		return "מ"
	case 'ן':
		return "נ"
	case 'ף':
		return "פ"
	case 'ץ':
		return "צ"
	}
	if r < 'א' || r > 'ת' {
		return "" // points and cantillation
	}
	return string(r)
}

func foldCyrillic(r rune) string {
	if r == 'ё' {
		return "е"
	}
	return string(r)
}

func foldLatin(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'ø':
		return "o"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	}
	d := norm.NFD.String(string(r))
	base, _ := utf8.DecodeRuneInString(d)
	return string(base)
}
