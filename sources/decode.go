package sources

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decode turns a body of any charset into valid UTF-8 that an XML parser takes.
// A byte order mark wins over everything; bytes that are valid UTF-8 are UTF-8,
// whatever is declared, because legacy text is practically never valid UTF-8 by
// chance; then the header's charset, the XML declaration, and a guess.
func decode(body []byte, contentType string) ([]byte, error) {
	if enc, skip := byMark(body); enc != nil {
		return decodeWith(enc, body[skip:])
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if utf8.Valid(body) && !escapes(body) {
		return cleanCharacters(body), nil
	}
	if enc := declared(body, contentType); enc != nil {
		return decodeWith(enc, body)
	}
	if mostlyUTF8(body) {
		return cleanCharacters(bytes.ToValidUTF8(body, []byte("\uFFFD"))), nil
	}
	enc, _ := charset.Lookup(guessCharset(body))
	return decodeWith(enc, body)
}

func decodeWith(enc encoding.Encoding, body []byte) ([]byte, error) {
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return nil, ErrBroken
	}
	return cleanCharacters(bytes.ToValidUTF8(out, []byte("\uFFFD"))), nil
}

// byMark knows UTF-16 and UTF-32 by their byte order mark, or by the zeros beside
// the first bracket. skip is the length of the mark.
func byMark(b []byte) (enc encoding.Encoding, skip int) {
	little, big := unicode.LittleEndian, unicode.BigEndian
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe\x00\x00")):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(b, []byte("\x00\x00\xfe\xff")):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return unicode.UTF16(little, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return unicode.UTF16(big, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(b, []byte("<\x00\x00\x00")):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 0
	case bytes.HasPrefix(b, []byte("\x00\x00\x00<")):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 0
	case bytes.HasPrefix(b, []byte("<\x00")), bytes.HasPrefix(b, []byte("{\x00")):
		return unicode.UTF16(little, unicode.IgnoreBOM), 0
	case bytes.HasPrefix(b, []byte("\x00<")), bytes.HasPrefix(b, []byte("\x00{")):
		return unicode.UTF16(big, unicode.IgnoreBOM), 0
	}
	return nil, 0
}

// escapes reports the seven-bit charsets (ISO-2022-JP) that look like valid UTF-8.
func escapes(b []byte) bool {
	return bytes.Contains(b, []byte("\x1b$")) || bytes.Contains(b, []byte("\x1b("))
}

// xmlEncoding finds the encoding that the XML declaration names.
var xmlEncoding = regexp.MustCompile(`(?i)<\?xml[^>]{0,80}encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)

// declared returns the charset of the header, else of the XML declaration; nil if
// none is known or both say UTF-8, which the body has already disproved.
func declared(body []byte, contentType string) encoding.Encoding {
	var labels []string
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		labels = append(labels, params["charset"])
	}
	if m := xmlEncoding.FindSubmatch(body[:min(len(body), 4096)]); m != nil {
		labels = append(labels, string(m[1]))
	}
	for _, label := range labels {
		enc, name := charset.Lookup(label)
		if enc != nil && name != "utf-8" && name != "replacement" && !strings.HasPrefix(name, "utf-16") {
			return enc
		}
	}
	return nil
}

// mostlyUTF8 reports whether the invalid bytes are damage in a UTF-8 text rather
// than the letters of another charset.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		i := bytes.IndexFunc(b, func(r rune) bool { return r >= utf8.RuneSelf })
		if i < 0 {
			break
		}
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			good++
		}
		b = b[i+size:]
	}
	return good > bad
}

// cleanCharacters removes what XML forbids and encoding/xml dies of: control
// characters, U+FFFE and U+FFFF, raw or as numeric references. b is valid UTF-8 and
// is not changed; clean text is returned as it is.
func cleanCharacters(b []byte) []byte {
	if bytes.ContainsFunc(b, forbidden) {
		b = bytes.Map(func(r rune) rune {
			if forbidden(r) {
				return -1
			}
			return r
		}, b)
	}
	return dropForbiddenRefs(b)
}

// forbidden reports the characters outside XML's Char production.
func forbidden(r rune) bool {
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// dropForbiddenRefs removes numeric references like &#0; and &#xFFFF;.
func dropForbiddenRefs(b []byte) []byte {
	var out []byte
	done := 0
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("&#"))
		if i < 0 {
			break
		}
		start := at + i
		r, end := numericRef(b, start+2)
		at = max(end, start+2)
		if end > 0 && (forbidden(r) || r > utf8.MaxRune || r >= 0xD800 && r < 0xE000) {
			out = append(out, b[done:start]...)
			done = end
		}
	}
	if done == 0 {
		return b
	}
	return append(out, b[done:]...)
}

// numericRef reads the number of a reference at b[i], after "&#". end is the index
// after its semicolon; zero if this is no reference.
func numericRef(b []byte, i int) (r rune, end int) {
	base := rune(10)
	if i < len(b) && (b[i] == 'x' || b[i] == 'X') {
		base, i = 16, i+1
	}
	for from := i; i < len(b) && i-from < 12; i++ {
		c := b[i]
		d, ok := digit(c, base)
		if !ok {
			if c == ';' && i > from {
				return r, i + 1
			}
			return 0, 0
		}
		if r <= utf8.MaxRune {
			r = r*base + d
		}
	}
	return 0, 0
}

func digit(c byte, base rune) (rune, bool) {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0'), true
	case base == 16 && c|0x20 >= 'a' && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10, true
	}
	return 0, false
}
