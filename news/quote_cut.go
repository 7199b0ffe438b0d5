package news

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"
)

// maxQuoteWords is the most that is quoted of an item at one place (design promise 2).
const maxQuoteWords = 25

// maxQuoteRunes bounds quotations of scripts without spaces and of endless words.
const maxQuoteRunes = 260

// ellipsis marks a cut inside or at an end of a quotation.
const ellipsis = "[…]"

// minQuoteWords is the fewest that a piece left by cuts must have to be worth quoting.
const minQuoteWords = 2

// cutQuote takes from words of an item what may be quoted: the first piece of them
// that holds nothing hostile and no line break, at most the given number of words,
// each cut marked. The result is verbatim apart from the marks, and not escaped; it is
// empty where nothing can be quoted.
func cutQuote(raw string, limit int, mark string) string {
	clean := strings.TrimSpace(sanitise(lineBreaks.ReplaceAllString(strings.TrimSpace(raw), "  ")))
	pieces := hostileToken.Split(clean, -1)
	best, at := "", 0
	for i, p := range pieces {
		p = longestRun(p)
		if countWords(p) > countWords(best) {
			best, at = p, i
		}
	}
	best = strings.TrimFunc(best, func(r rune) bool { return unicode.IsSpace(r) || r == '(' && len(pieces) > 1 })
	if best == "" || len(pieces) > 1 && countWords(best) < minQuoteWords {
		return ""
	}
	before, after := at > 0 || !strings.HasPrefix(clean, best), at < len(pieces)-1 || !strings.HasSuffix(clean, best)
	short := firstWords(best, limit)
	if short == "" {
		return ""
	}
	if len(short) < len(best) {
		after = true
	}
	if before {
		short = mark + " " + short
	}
	if after {
		short += " " + mark
	}
	return short
}

// lineBreaks turns what an item breaks its lines with into doubled spaces, at which
// longestRun cuts.
var lineBreaks = regexp.MustCompile(`[\r\n\t\v\f\x{0085}\x{2028}\x{2029}]+`)

// longestRun is the longest part of s without doubled spaces, which stand where an
// item broke its lines: quoting across them would not be verbatim.
func longestRun(s string) string {
	best := ""
	for _, p := range strings.Split(s, "  ") {
		if p = strings.TrimSpace(p); countWords(p) > countWords(best) {
			best = p
		}
	}
	return best
}

// countWords counts the words of s by the rules of Unicode, so that scripts without
// spaces are counted too.
func countWords(s string) int {
	n := 0
	for seg := words.FromString(s); seg.Next(); {
		if isWord(seg.Value()) {
			n++
		}
	}
	return n
}

// isWord reports whether a segment holds a letter or a digit.
func isWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// firstWords is s up to its limit-th word and no longer than maxQuoteRunes, cut between
// words; punctuation that follows the last word stays. Empty if not even one word fits.
func firstWords(s string, limit int) string {
	if max(countWords(s), len(strings.Fields(s))) > limit {
		limit -= 2 // the marks of the cuts may be counted as words
	}
	n, runes, end := 0, 0, 0
	for seg := words.FromString(s); seg.Next(); {
		v := seg.Value()
		if isWord(v) {
			n++
		}
		runes += len([]rune(v))
		if max(n, len(strings.Fields(s[:end]+v))) > limit || runes > maxQuoteRunes {
			return strings.TrimRightFunc(s[:end], func(r rune) bool {
				return unicode.IsSpace(r) || strings.ContainsRune(`,;:(-–—"“‘'«`, r)
			})
		}
		end += len(v)
	}
	return s
}

// quoted puts marks around words of an item. The outer marks are chosen so that none
// of them occurs inside; where every pair does, the words are cut before the inner
// mark. lang is the language of the item, printed beside a quotation that is not in
// the book's own. Empty where nothing can be quoted.
func (b *book) quoted(raw, lang string, limit int) string {
	clean := cutQuote(raw, limit, ellipsis)
	if clean == "" {
		return ""
	}
	open, closing := b.Quotes[0], b.Quotes[1]
	if strings.ContainsAny(clean, open+closing) {
		open, closing = b.QuotesInner[0], b.QuotesInner[1]
	}
	if at := strings.IndexAny(clean, open+closing); at >= 0 {
		clean = strings.TrimSpace(clean[:at])
		if countWords(clean) < minQuoteWords {
			return ""
		}
		clean += " " + ellipsis
	}
	out := strings.TrimSpace(open) + escapeQuote(clean) + strings.TrimSpace(closing)
	if b.RTL != hasRightToLeft(clean) {
		out = isolate(out)
	}
	name := b.Languages[lang]
	if lang == "" || lang == b.Lang || name == "" {
		return out
	}
	return b.text("in_language", values{"quote": out, "language": name})
}

// escapeQuote escapes a quotation, but not the marks of its own cuts.
func escapeQuote(s string) string {
	parts := strings.Split(s, ellipsis)
	for i, p := range parts {
		parts[i] = escape(p)
	}
	return strings.Join(parts, ellipsis)
}

// First strong isolate and pop directional isolate: text between them keeps its own
// direction and does not reorder what stands around it (Unicode annex 9).
const (
	isolateStart = "\u2068"
	isolateEnd   = "\u2069"
)

// apart isolates a name whose letters run the other way than the book's.
func (b *book) apart(name string) string {
	if name == "" || b.RTL == hasRightToLeft(name) || strings.HasPrefix(name, isolateStart) {
		return name
	}
	return isolate(name)
}

func isolate(s string) string { return isolateStart + s + isolateEnd }

// spoken is what an item itself puts in quotation marks inside the words of a claim,
// the longest such part; empty if there is none of at least four words.
func spoken(quote string) string {
	best := ""
	for _, pair := range []string{`""`, "“”", "«»", "„“", "‘’"} {
		open, closing := firstRune(pair), lastRune(pair)
		rest := quote
		for {
			_, after, ok := strings.Cut(rest, open)
			if !ok {
				break
			}
			inner, more, ok := strings.Cut(after, closing)
			if !ok {
				break
			}
			if countWords(inner) >= 4 && len(inner) > len(best) {
				best = inner
			}
			rest = more
		}
	}
	return strings.TrimRight(strings.TrimSpace(best), ",")
}

func firstRune(s string) string { return string([]rune(s)[:1]) }

func lastRune(s string) string { r := []rune(s); return string(r[len(r)-1:]) }
