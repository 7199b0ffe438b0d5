// Package lexicon holds the words of the languages that the desk reads and the
// machinery to find them: language packs as data, folding per script, tokens and
// sentences, and matching of many names at once.
//
// It knows words, not news: what a found word means is decided in package news.
// Packs are data files that a speaker of the language can mend without Go.
package lexicon

// Pack is one language's data. Forms are a word, a stem with a trailing star, or
// several words; they are matched after folding.
type Pack struct {
	Lang     string `yaml:"lang"`
	Name     string `yaml:"name"`
	Reviewed string `yaml:"reviewed"` // "by, date", or "no"
	// Core words make an item ceasefire-related at all.
	Core []string `yaml:"core"`
	// Kinds maps a kind to the words that trigger it.
	Kinds       map[string][]string `yaml:"kinds"`
	NotYet      []string            `yaml:"not_yet"`  // expected, conditional or planned
	Negation    []string            `yaml:"negation"` // not, no, denies
	Background  []string            `yaml:"background"`
	Attribution []string            `yaml:"attribution"` // verbs and phrases of saying
	Qualifiers  map[string][]string `yaml:"qualifiers"`  // at_least, about, up_to, more_than, fewer_than, vague
}
