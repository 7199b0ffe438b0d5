package news

import "strings"

// insideQuotation tells for every sentence whether it begins inside a quotation or
// with one. A straight mark opens and closes by turns within a paragraph.
func (d *document) insideQuotation() []bool {
	out := make([]bool, len(d.sents))
	open, pos, title := false, 0, true
	for i, s := range d.sents {
		if s.title != title {
			open, pos, title = false, 0, s.title
		}
		text := d.field(s.title)
		open = quotationAfter(text[pos:s.span.Start], open)
		out[i] = open || opensQuotation(text[s.span.Start:])
		pos = s.span.Start
	}
	return out
}

// quotationAfter follows the marks of a text from outside or inside a quotation.
func quotationAfter(text string, open bool) bool {
	for i, r := range text {
		switch {
		case r == '“' || r == '«' || r == '„' || strings.HasPrefix(text[i:], "``"):
			open = true
		case r == '”' || r == '»' || r == '\n' || strings.HasPrefix(text[i:], "''"):
			open = false
		case r == '"':
			open = !open
		}
	}
	return open
}

func opensQuotation(text string) bool {
	for _, mark := range []string{"“", "«", "„", "\"", "``", "‘"} {
		if strings.HasPrefix(text, mark) {
			return true
		}
	}
	return false
}
