package sources

import (
	"html"
	"regexp"
	"strings"
	"unicode"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What one entry may hold after conversion, in bytes. A long read has 60 kB of text.
const (
	maxTitle = 2_000
	maxText  = 200_000
)

// appearedFirst is the line WordPress puts under every summary; it is not news.
var appearedFirst = regexp.MustCompile(`(?s)\s*The post .{1,300} appeared first on .{1,120}\.?\s*$`)

// plainTitle turns a title into one line of plain text.
func plainTitle(s string) string {
	return cut(strings.Join(strings.Fields(plain(s)), " "), maxTitle)
}

// plainText turns HTML into plain text: blocks become lines, inline markup goes,
// entities are decoded, scripts and styles are left out.
func plainText(s string) string {
	return cut(appearedFirst.ReplaceAllString(plain(s), ""), maxText)
}

// plain converts HTML to text. It never fails: what is no markup is text.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return squeeze(s)
	}
	if !strings.Contains(s, "<") {
		return squeeze(html.UnescapeString(s))
	}
	var b strings.Builder
	b.Grow(len(s))
	z := nethtml.NewTokenizer(strings.NewReader(s))
	skip := atom.Atom(0)
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return squeeze(b.String())
		case nethtml.TextToken:
			if skip == 0 {
				b.Write(z.Text())
			}
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if skip == 0 && hidden(a) {
				skip = a
			}
			breakLine(&b, a)
		case nethtml.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if a == skip {
				skip = 0
			}
			breakLine(&b, a)
		}
	}
}

// hidden are the elements whose text nobody reads.
func hidden(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Template, atom.Svg, atom.Object, atom.Form, atom.Button, atom.Select:
		return true
	}
	return false
}

// breakLine ends the line where an element would.
func breakLine(b *strings.Builder, a atom.Atom) {
	switch a {
	case atom.P, atom.Div, atom.Br, atom.Hr, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Tr, atom.Table,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Pre, atom.Section, atom.Article,
		atom.Header, atom.Footer, atom.Aside, atom.Figure, atom.Figcaption:
		b.WriteByte('\n')
	case atom.Td, atom.Th:
		b.WriteByte(' ')
	}
}

// squeeze makes runs of white space one space, or one line end if they hold one, and
// drops what is invisible and only misleads comparison (soft hyphens, zero widths).
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := byte(0)
	for _, r := range s {
		switch {
		case r == '\n':
			gap = '\n'
		case unicode.IsSpace(r):
			if gap == 0 {
				gap = ' '
			}
		case r == '\u00AD' || r == '\u200B' || r == '\uFEFF' || r == '\u2060' || unicode.IsControl(r):
		default:
			if gap != 0 && b.Len() > 0 {
				b.WriteByte(gap)
			}
			gap = 0
			b.WriteRune(r)
		}
	}
	return b.String()
}

// cut shortens s to at most n bytes at a rune's edge.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
