package news

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"trucewire/news/lexicon"
)

// What speaks for a language, in points. The feed's own word weighs as much as three
// small words of another language that are not of its own.
const (
	pointsCommon = 2 // a frequent small word
	pointsLetter = 2 // a word with a letter of its own
	pointsKnown  = 1 // a word of its classes
	pointsCore   = 6 // a word of its core in the headline
	pointsFeed   = 6
)

// sampleBytes is how much of an item its language is told by.
const sampleBytes = 1500

// languageOf chooses the pack an item is read with: the script first, then the
// feed's language unless another of the same script has clearly more of its words.
func (r *Reader) languageOf(it Item) *language {
	sample := it.Title + " " + it.Text
	if len(sample) > sampleBytes {
		sample = strings.ToValidUTF8(sample[:sampleBytes], "")
	}
	feed := strings.ToLower(strings.SplitN(it.Lang, "-", 2)[0])
	script := r.mainScript(sample)
	tokens := lexicon.Tokens(sample)
	title := tokens[:min(len(tokens), len(lexicon.Tokens(it.Title)))]
	best, most := r.fallback, 0
	for _, l := range r.languages {
		if l.script != script {
			continue
		}
		points := 1 + l.points(sample, tokens) // a language of the script is better than none
		if len(l.core.Find(title, nil)) > 0 {
			points += pointsCore
		}
		if l.lang == feed {
			points += pointsFeed
		}
		if points > most {
			best, most = l, points
		}
	}
	return best
}

// points counts what speaks for a language in a text.
func (l *language) points(text string, tokens []lexicon.Token) int {
	points := 0
	for _, t := range tokens {
		switch {
		case l.common[t.Folded]:
			points += pointsCommon
		case l.known[t.Folded]:
			points += pointsKnown
		}
		if l.letters != "" && strings.ContainsAny(text[t.Start:t.End], l.letters) {
			points += pointsLetter
		}
	}
	return points
}

// latinScript is the script of a pack that names none.
const latinScript = "Latin"

func scriptName(p lexicon.Pack) string {
	if p.Script == "" {
		return latinScript
	}
	return p.Script
}

// mainScript names the script of most letters, of those that a pack is written in.
func (r *Reader) mainScript(s string) string {
	counts := make([]int, len(r.scripts))
	for _, c := range s {
		if i := slices.IndexFunc(r.scripts, func(name string) bool { return isOf(c, name) }); i >= 0 {
			counts[i]++
		}
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	return r.scripts[best]
}

// isOf reports whether a sign is of a script; most signs are Latin and told at once.
func isOf(c rune, script string) bool {
	if c < utf8.RuneSelf {
		return script == latinScript && unicode.IsLetter(c)
	}
	table := unicode.Scripts[script]
	return table != nil && unicode.Is(table, c)
}
