package sources

import (
	"bytes"
	"fmt"
)

// What a body may hold before an XML parser sees it. gofeed recurses for every level
// of an extension element: 6 MB of "<a><a>…" overflow the stack, which ends the
// process and cannot be recovered, and 2 MB cost 600 MB of memory. In 95 real feeds
// the maxima were depth 12, elements 1,491, attributes 11, namespaces 70 and comments
// 48 (reliability.md §0.1, §0.2).
const (
	maxDepth      = 64
	maxElements   = 20_000
	maxAttributes = 64  // of one element
	maxNamespaces = 128 // xmlns declarations in all
	maxComments   = 256 // comments and processing instructions in all
	maxItems      = 5_000
	// maxNamespaceWork bounds elements × namespaces: each element looks at all of them.
	maxNamespaceWork = 300_000
	// maxTextWork bounds what gofeed copies when it appends pieces of text of one
	// element to each other (e.Value += …): for each piece the length so far. Text cut
	// into pieces by comments, CDATA or child elements would cost 50 GB otherwise.
	maxTextWork = 64 << 20
	// maxJSONValues and the depth bound a JSON feed; 1,255 items of the largest archive
	// seen need 40,000.
	maxJSONValues = 200_000
)

// hostile says which limit a body breaks.
func hostile(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrHostile, fmt.Sprintf(format, args...))
}

// scanner walks over the markup of a document as encoding/xml would, without
// allocating, and adds up what it would cost to parse it. Where the two could see a
// document differently, encoding/xml stops with an error at that place, or the
// scanner counts more.
type scanner struct {
	doc        []byte
	depth      int
	deepest    int
	elements   int
	items      int
	namespaces int
	comments   int
	textWork   int
	text       [maxDepth + 1]int // length of the text so far of the open element at each depth
	lastItem   int               // the index after the last complete entry; see repair.go
	itemDepth  int               // the depth at which entries stand
}

// guardXML refuses a document that would cost too much to parse. It reads the body
// once, at memory speed.
func guardXML(doc []byte) (*scanner, error) {
	s := &scanner{doc: doc}
	for at := 0; at < len(doc); {
		next := bytes.IndexByte(doc[at:], '<')
		if next < 0 {
			break
		}
		if err := s.addText(next); err != nil {
			return s, err
		}
		end, err := s.markup(at + next)
		if err != nil {
			return s, err
		}
		at = end
	}
	return s, nil
}

// markup takes what begins with the bracket at i and returns the index after it.
func (s *scanner) markup(i int) (int, error) {
	rest := s.doc[i:]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return s.aside(i, 4, "-->")
	case bytes.HasPrefix(rest, []byte("<?")):
		return s.aside(i, 2, "?>")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return s.cdata(i)
	case bytes.HasPrefix(rest, []byte("<!")):
		return 0, hostile("a document type inside the feed")
	case bytes.HasPrefix(rest, []byte("</")):
		return s.closeTag(i), nil
	}
	return s.openTag(i)
}

// aside skips a comment or processing instruction.
func (s *scanner) aside(i, skip int, until string) (int, error) {
	s.comments++
	if s.comments > maxComments {
		return 0, hostile("more than %d comments", maxComments)
	}
	end := bytes.Index(s.doc[i+skip:], []byte(until))
	if end < 0 {
		return len(s.doc), nil
	}
	return i + skip + end + len(until), nil
}

func (s *scanner) cdata(i int) (int, error) {
	const skip = len("<![CDATA[")
	end := bytes.Index(s.doc[i+skip:], []byte("]]>"))
	if end < 0 {
		return len(s.doc), nil
	}
	return i + skip + end + 3, s.addText(end)
}

// addText accounts for one piece of text of the open element.
func (s *scanner) addText(n int) error {
	if n == 0 {
		return nil
	}
	s.text[s.depth] += n
	s.textWork += s.text[s.depth]
	if s.textWork > maxTextWork {
		return hostile("text cut into too many pieces")
	}
	return nil
}

func (s *scanner) closeTag(i int) int {
	end := bytes.IndexByte(s.doc[i:], '>')
	if end < 0 {
		return len(s.doc)
	}
	after := i + end + 1
	if s.depth > 0 {
		s.depth--
	}
	if isEntryName(s.doc[i+2:after-1]) && s.depth == s.itemDepth {
		s.lastItem = after
	}
	return after
}

// openTag counts one element and its attributes.
func (s *scanner) openTag(i int) (int, error) {
	t := scanTag(s.doc, i)
	s.elements++
	s.namespaces += t.namespaces
	switch {
	case s.elements > maxElements:
		return 0, hostile("more than %d elements", maxElements)
	case t.attributes > maxAttributes:
		return 0, hostile("more than %d attributes in one element", maxAttributes)
	case s.namespaces > maxNamespaces:
		return 0, hostile("more than %d namespaces", maxNamespaces)
	case s.elements*s.namespaces > maxNamespaceWork:
		return 0, hostile("too many elements for its %d namespaces", s.namespaces)
	}
	if isEntryName(t.name) {
		s.items++
		if s.items == 1 {
			s.itemDepth = s.depth
		}
		if s.items > maxItems {
			return 0, hostile("more than %d entries", maxItems)
		}
	}
	if t.selfClosing || t.end == len(s.doc) {
		return t.end, nil
	}
	if s.depth == maxDepth {
		return 0, hostile("elements nested more than %d deep", maxDepth)
	}
	s.depth++
	s.deepest = max(s.deepest, s.depth)
	s.text[s.depth] = 0
	return t.end, nil
}

// tag is what a start tag holds.
type tag struct {
	name        []byte
	attributes  int // at least the number that encoding/xml will see
	namespaces  int
	selfClosing bool
	end         int // index after '>'; the end of the document if there is none
}

// scanTag reads the start tag at doc[i]. A quote opens a value wherever it stands:
// where encoding/xml would not see a value there, it stops with an error.
func scanTag(doc []byte, i int) tag {
	t := tag{end: len(doc)}
	var quote byte
	start, space := i+1, false
	for j := start; j < len(doc); j++ {
		c := doc[j]
		switch {
		case quote != 0:
			if c == quote {
				quote, space = 0, true // the next byte may begin an attribute
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			t.selfClosing = doc[j-1] == '/'
			t.end = j + 1
			if t.name == nil {
				t.name = bytes.TrimSuffix(doc[start:j], []byte("/"))
			}
			return t
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			if t.name == nil {
				t.name = doc[start:j]
			}
			space = true
		case space && c != '/' && c != '=':
			space = false
			t.attributes++
			if bytes.HasPrefix(doc[j:], []byte("xmlns")) {
				t.namespaces++
			}
		}
	}
	return t
}

// isEntryName reports whether an element, whatever its prefix, is an entry of a feed.
func isEntryName(name []byte) bool {
	local := localPart(bytes.TrimSpace(name))
	return bytes.EqualFold(local, []byte("item")) || bytes.EqualFold(local, []byte("entry"))
}

func localPart(name []byte) []byte {
	if i := bytes.LastIndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// guardJSON refuses a JSON document with too many values or too deep.
func guardJSON(doc []byte) error {
	depth, values := 0, 0
	for i := 0; i < len(doc); i++ {
		switch doc[i] {
		case '"':
			i = endOfString(doc, i)
		case '{', '[':
			depth++
			values++
		case '}', ']':
			depth--
		case ',':
			values++
		}
		if depth > maxDepth {
			return hostile("values nested more than %d deep", maxDepth)
		}
		if values > maxJSONValues {
			return hostile("more than %d values", maxJSONValues)
		}
	}
	return nil
}

// endOfString returns the index of the quote that ends the string beginning at i.
func endOfString(doc []byte, i int) int {
	for i++; i < len(doc); i++ {
		switch doc[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return i
}
