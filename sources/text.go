package sources

import (
	"html"
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

// plainTitle turns a title into one line of plain text.
func plainTitle(s string) string {
	return cut(strings.Join(strings.Fields(plain(s)), " "), maxTitle)
}

// plainText turns HTML into plain text: blocks become lines, inline markup goes,
// entities are decoded, scripts and styles are left out.
func plainText(s string) string {
	return cut(withoutTail(plain(s)), maxText)
}

// withoutTail removes the line WordPress puts under every summary ("The post X
// appeared first on Y."); it is not news.
func withoutTail(s string) string {
	const longest = 500 // bytes of such a line
	from := max(0, len(s)-longest)
	i := strings.LastIndex(s[from:], "The post ")
	if i < 0 || !strings.Contains(s[from+i:], " appeared first on ") {
		return s
	}
	return strings.TrimSpace(s[:from+i])
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
	gap, from := byte(0), -1 // white space not yet written; start of a run to copy
	for i, r := range s {
		space, drop := classOf(r)
		if !space && !drop {
			if from < 0 {
				if gap != 0 && b.Len() > 0 {
					b.WriteByte(gap)
				}
				gap, from = 0, i
			}
			continue
		}
		if from >= 0 {
			b.WriteString(s[from:i])
			from = -1
		}
		if r == '\n' {
			gap = '\n'
		} else if space && gap == 0 {
			gap = ' '
		}
	}
	if from >= 0 {
		b.WriteString(s[from:])
	}
	return b.String()
}

// classOf tells white space from what is dropped.
func classOf(r rune) (space, drop bool) {
	if r > ' ' && r < 0x7f {
		return false, false
	}
	switch r {
	case '\u00AD', '\u200B', '\uFEFF', '\u2060':
		return false, true
	}
	if unicode.IsSpace(r) {
		return true, false
	}
	return false, unicode.IsControl(r)
}

// cut shortens s to at most n bytes at a rune's edge.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}
