package sources

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
)

// prologueWindow is how far junk before the root element is searched through, in
// bytes: PHP warnings and licence comments, not documents.
const prologueWindow = 64 << 10

// dialect is what a document says it is.
type dialect int

const (
	dialectXML dialect = iota // RSS, RDF or Atom
	dialectJSON
)

// sniff finds the document inside a decoded body: it cuts what stands before the
// root element, for gofeed looks at the first 4 KiB only, and names what is no feed.
func sniff(body []byte) (dialect, []byte, error) {
	trimmed := bytes.TrimFunc(body, func(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' })
	if len(trimmed) == 0 {
		return 0, nil, ErrEmpty
	}
	if trimmed[0] == '{' {
		return dialectJSON, trimmed, nil
	}
	if trimmed[0] == '[' {
		return 0, nil, fmt.Errorf("%w: it is some other JSON document", ErrNotFeed)
	}
	window := trimmed[:min(len(trimmed), prologueWindow)]
	if i := feedRoot(window); i >= 0 && !pageBefore(window[:i]) {
		return dialectXML, trimmed[i:], nil
	}
	return 0, nil, notFeed(window)
}

// feedRoot returns the index of the start tag of a feed's root element, or -1.
// Comments are skipped: one may quote a root.
func feedRoot(b []byte) int {
	for at := 0; at < len(b); {
		i := bytes.IndexByte(b[at:], '<')
		if i < 0 {
			return -1
		}
		at += i
		if bytes.HasPrefix(b[at:], []byte("<!--")) {
			end := bytes.Index(b[at:], []byte("-->"))
			if end < 0 {
				return -1
			}
			at += end
			continue
		}
		switch strings.ToLower(string(localPart(tagName(b[at+1:])))) {
		case "rss", "feed", "rdf":
			return at
		}
		at++
	}
	return -1
}

// tagName returns the name that begins at b, at most 64 bytes; empty if none does.
func tagName(b []byte) []byte {
	b = b[:min(len(b), 64)]
	end := bytes.IndexFunc(b, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != ':' && r != '-' && r != '_' && r != '.'
	})
	if end < 0 {
		return b
	}
	return b[:end]
}

// pageBefore reports whether a web page stands before the root: then the feed is a
// quotation inside it. A PHP warning has tags too, but no page.
func pageBefore(b []byte) bool {
	low := bytes.ToLower(b)
	return bytes.Contains(low, []byte("<html")) || bytes.Contains(low, []byte("<!doctype html")) || bytes.Contains(low, []byte("<body"))
}

// notFeed names what a document without a feed's root is.
func notFeed(b []byte) error {
	if looksLikeBrowserCheck(b) {
		return ErrBrowserCheck
	}
	root := firstRoot(b)
	switch root {
	case "opml":
		return fmt.Errorf("%w: it is an OPML list of feeds; add its feeds one by one", ErrNotFeed)
	case "urlset", "sitemapindex":
		return fmt.Errorf("%w: it is a sitemap; look for the site's RSS or Atom link", ErrNotFeed)
	}
	low := bytes.ToLower(b[:min(len(b), 4096)])
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<script", "<div", "<meta", "<h1", "<p>"} {
		if bytes.Contains(low, []byte(mark)) {
			return ErrHTML
		}
	}
	if root == "" {
		return ErrNotFeed
	}
	return fmt.Errorf("%w: it is an XML document of another kind (%s)", ErrNotFeed, clip(root, 30))
}

// firstRoot returns the lower-case local name of the first element.
func firstRoot(b []byte) string {
	for {
		i := bytes.IndexByte(b, '<')
		if i < 0 {
			return ""
		}
		b = b[i+1:]
		if name := tagName(b); len(name) > 0 {
			return strings.ToLower(string(localPart(name)))
		}
	}
}
