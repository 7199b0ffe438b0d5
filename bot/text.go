package bot

import (
	"strings"
	"unicode/utf16"
)

// maxContent is what one message may hold. Discord limits characters; UTF-16 units are
// never fewer, and are what some of its clients count (reference.md §2).
const maxContent = 2000

// size counts a text as Discord does at its strictest.
func size(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// pages splits a text into parts of at most limit, at blank lines if it can, else at line
// ends, else at words, else between runes. There is always at least one page.
func pages(text string, limit int) []string {
	text = strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
	var all []string
	for size(text) > limit {
		at := breakAt(text, limit)
		all = append(all, strings.TrimSpace(text[:at]))
		text = strings.TrimSpace(text[at:])
	}
	if text != "" || len(all) == 0 {
		all = append(all, text)
	}
	return all
}

// breakAt is the byte where a page ends: the best break that leaves the page at least a
// third full, so that one long paragraph does not make a page of a heading.
func breakAt(text string, limit int) int {
	end := fit(text, limit)
	for _, sep := range []string{"\n\n", "\n", " "} {
		if i := strings.LastIndex(text[:end], sep); i >= end/3 {
			return i + len(sep)
		}
	}
	return end
}

// fit is the longest prefix, in bytes, of at most limit units.
func fit(text string, limit int) int {
	n := 0
	for i, r := range text {
		n += max(utf16.RuneLen(r), 1)
		if n > limit {
			return i
		}
	}
	return len(text)
}
