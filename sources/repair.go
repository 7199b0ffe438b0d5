package sources

import (
	"bytes"
	"fmt"
)

// repair cuts what follows the root element and mends a truncated document: it ends
// after the last whole entry, with everything that was open there closed. s is the
// scan of doc. A whole document comes back as it is, with no words.
func repair(doc []byte, s *scanner) (mended []byte, what string) {
	root := tagName(doc[1:])
	closing := append(append([]byte("</"), root...), '>')
	if i := bytes.LastIndex(doc, closing); i >= 0 {
		return doc[:i+len(closing)], ""
	}
	if s.lastItem == 0 {
		return doc, ""
	}
	whole := doc[:s.lastItem:s.lastItem]
	for _, name := range openNames(whole) {
		whole = fmt.Appendf(whole, "</%s>", name)
	}
	return whole, "it was cut off; the entries before the cut were kept"
}

// openNames returns the elements still open at the end of doc, innermost first. It
// believes the document: a wrong end tag closes what is open up to its name.
func openNames(doc []byte) []string {
	var open []string
	for at := 0; at < len(doc); {
		i := bytes.IndexByte(doc[at:], '<')
		if i < 0 {
			break
		}
		at += i
		rest := doc[at:]
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			at = after(doc, at, "-->")
		case bytes.HasPrefix(rest, []byte("<?")):
			at = after(doc, at, "?>")
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			at = after(doc, at, "]]>")
		case bytes.HasPrefix(rest, []byte("</")):
			open = closeTo(open, string(tagName(rest[2:])))
			at = after(doc, at, ">")
		default:
			t := scanTag(doc, at)
			if !t.selfClosing {
				open = append(open, string(t.name))
			}
			at = t.end
		}
	}
	for i, j := 0, len(open)-1; i < j; i, j = i+1, j-1 {
		open[i], open[j] = open[j], open[i]
	}
	return open
}

func after(doc []byte, at int, mark string) int {
	i := bytes.Index(doc[at:], []byte(mark))
	if i < 0 {
		return len(doc)
	}
	return at + i + len(mark)
}

func closeTo(open []string, name string) []string {
	for i := len(open) - 1; i >= 0; i-- {
		if open[i] == name {
			return open[:i]
		}
	}
	return open
}
