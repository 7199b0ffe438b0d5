package lexicon

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Matcher finds the forms of many word classes in a list of tokens. It is made once
// per language and is safe for concurrent use.
type Matcher struct {
	exact    map[string][]form // by first word
	stems    map[string][]form // by first stem
	prefixes []clitic          // that may stand before any word, longest first
}

// clitic is what is written onto the next word. What it swallowed of that word is put
// back: the Arabic "لل" stands for "ل" and "ال".
type clitic struct{ cut, put string }

// form is one compiled form: words, of which some are stems.
type form struct {
	class int
	words []string
	stem  []bool
}

// Hit is a form found: tokens First to Last (inclusive) are of that class.
type Hit struct {
	Class       int
	First, Last int
}

// NewMatcher makes a matcher. Clitics are the letters that a script writes onto the
// next word (the Arabic article and conjunctions, the Hebrew prefixes); one that
// swallows letters of that word names them after an equals sign ("لل=ال").
func NewMatcher(clitics []string) *Matcher {
	m := &Matcher{exact: make(map[string][]form), stems: make(map[string][]form)}
	for _, c := range clitics {
		cut, put, _ := strings.Cut(c, "=")
		m.prefixes = append(m.prefixes, clitic{cut: Fold(cut), put: Fold(put)})
	}
	sort.SliceStable(m.prefixes, func(i, j int) bool { return len(m.prefixes[i].cut) > len(m.prefixes[j].cut) })
	return m
}

// anyWord stands in a form for one word, whatever it is ("end _ war").
const anyWord = "_"

// Add adds a form to a class: a word, a stem with a trailing star, or several of
// them, where an underscore stands for any one word. A form that folds to nothing
// or begins with an underscore is ignored.
func (m *Matcher) Add(class int, text string) {
	f := form{class: class}
	for _, part := range strings.Fields(text) {
		if part == anyWord && len(f.words) > 0 {
			f.words, f.stem = append(f.words, anyWord), append(f.stem, false)
			continue
		}
		tokens := Tokens(strings.TrimSuffix(part, "*"))
		for i, t := range tokens {
			f.words = append(f.words, t.Folded)
			f.stem = append(f.stem, i == len(tokens)-1 && strings.HasSuffix(part, "*"))
		}
	}
	if len(f.words) == 0 {
		return
	}
	index := m.exact
	if f.stem[0] {
		index = m.stems
	}
	index[f.words[0]] = append(index[f.words[0]], f)
}

// Find gives every hit in the order of the tokens. Of one class only the longest
// hit stands at a place, and a hit inside a longer one of its class is left out.
// skip tells tokens that no form may touch; nil skips none.
func (m *Matcher) Find(tokens []Token, skip func(i int) bool) []Hit {
	var hits []Hit
	for i := range tokens {
		if skip != nil && skip(i) {
			continue
		}
		from := len(hits)
		hits = m.at(tokens, i, skip, hits)
		hits = longest(hits, from)
	}
	return hits
}

func (m *Matcher) at(tokens []Token, i int, skip func(int) bool, hits []Hit) []Hit {
	hits = m.lookup(tokens[i].Folded, tokens, i, skip, hits)
	for _, p := range m.prefixes {
		if rest, ok := cutClitic(tokens[i].Folded, p); ok {
			hits = m.lookup(rest, tokens, i, skip, hits)
		}
	}
	return hits
}

func cutClitic(word string, c clitic) (string, bool) {
	rest, ok := strings.CutPrefix(word, c.cut)
	if !ok || utf8.RuneCountInString(rest) < 2 {
		return "", false
	}
	if c.put == "" {
		return rest, true
	}
	return c.put + rest, true
}

func (m *Matcher) lookup(word string, tokens []Token, i int, skip func(int) bool, hits []Hit) []Hit {
	for _, f := range m.exact[word] {
		if last, ok := m.fits(f, tokens, i, skip); ok {
			hits = append(hits, Hit{Class: f.class, First: i, Last: last})
		}
	}
	for cut := range word {
		if cut == 0 {
			continue
		}
		hits = m.stemmed(word[:cut], tokens, i, skip, hits)
	}
	return m.stemmed(word, tokens, i, skip, hits)
}

func (m *Matcher) stemmed(stem string, tokens []Token, i int, skip func(int) bool, hits []Hit) []Hit {
	for _, f := range m.stems[stem] {
		if last, ok := m.fits(f, tokens, i, skip); ok {
			hits = append(hits, Hit{Class: f.class, First: i, Last: last})
		}
	}
	return hits
}

// fits checks the words of a form after the first, which the index has found.
func (m *Matcher) fits(f form, tokens []Token, i int, skip func(int) bool) (last int, ok bool) {
	if i+len(f.words) > len(tokens) {
		return 0, false
	}
	for k := 1; k < len(f.words); k++ {
		t := tokens[i+k]
		if f.words[k] == anyWord && !t.Stop {
			continue
		}
		if t.Stop || skip != nil && skip(i+k) || !m.equal(t.Folded, f.words[k], f.stem[k]) {
			return 0, false
		}
	}
	return i + len(f.words) - 1, true
}

func (m *Matcher) equal(word, want string, stem bool) bool {
	if word == want || stem && strings.HasPrefix(word, want) {
		return true
	}
	for _, p := range m.prefixes {
		if rest, ok := cutClitic(word, p); ok && (rest == want || stem && strings.HasPrefix(rest, want)) {
			return true
		}
	}
	return false
}

// longest keeps, of the hits from index from on (all of one place), the longest of
// each class, and drops those that an earlier hit of the same class covers.
func longest(hits []Hit, from int) []Hit {
	out := hits[:from]
	for _, h := range hits[from:] {
		if !covered(out, from, h) {
			out = append(out, h)
		}
	}
	return out
}

func covered(kept []Hit, from int, h Hit) bool {
	for k := from; k < len(kept); k++ {
		if kept[k].Class == h.Class {
			kept[k].Last = max(kept[k].Last, h.Last)
			return true
		}
	}
	const back = 8 // no form is longer
	for k := from - 1; k >= 0 && h.First-kept[k].First < back; k-- {
		if kept[k].Class == h.Class && kept[k].Last >= h.Last {
			return true
		}
	}
	return false
}
