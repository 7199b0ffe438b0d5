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
	// Kinds maps a kind to the words that hint at it where no phrase of the grammar
	// decides.
	Kinds       map[string][]string `yaml:"kinds"`
	NotYet      []string            `yaml:"not_yet"`  // expected, conditional or planned
	Negation    []string            `yaml:"negation"` // not, no, denies
	Background  []string            `yaml:"background"`
	Attribution []string            `yaml:"attribution"` // verbs and phrases of saying
	Qualifiers  map[string][]string `yaml:"qualifiers"`  // at_least, about, up_to, more_than, fewer_than, vague

	// Words maps a word class of the reader's grammar ("truce", "reject", "release")
	// to its forms. The classes are listed with their meaning in package news.
	Words map[string][]string `yaml:"words"`
	// Subs maps a kind and its refinement ("talks_held/new-round") to the words that
	// tell it in the sentence of a claim. What may stand behind the slash is listed in
	// package news under Subs.
	Subs map[string][]string `yaml:"subs"`
	// Clitics are written onto the next word (Arabic "و", Hebrew "ה").
	Clitics []string `yaml:"clitics"`
	// Inflects tells that names change their endings ("Судана", "Gazze'de"), so that
	// they are found by their stems.
	Inflects bool `yaml:"inflects"`
	// Numbers maps number words to their value ("twelve": 12, "thousand": 1000).
	Numbers map[string]int `yaml:"numbers"`
	// Around lists the small words around numbers: before and after tell what makes a
	// number count nothing ("day 420", "percent"), age the last word of an age
	// ("year-old"), range and between what joins two numbers, for what leads a
	// duration ("for", "by"), ago what makes it one of the past.
	Around map[string][]string `yaml:"around"`
	// Speech lists words around speakers: stops end a speaker's name, fillers stand
	// between name and verb, pronouns mean the last speaker; anonymous, media and
	// verified tell a speaker's class and a claim's grade; denials are words of a
	// speaker who says that what others tell is not so.
	Speech map[string][]string `yaml:"speech"`
	// Units maps a unit of figures (hours, days, trucks) to its nouns.
	Units map[string][]string `yaml:"units"`
	// Weekdays run from Sunday to Saturday, Months from January to December; each
	// entry holds the forms of one, parted by spaces.
	Weekdays []string `yaml:"weekdays"`
	Months   []string `yaml:"months"`
	// Relative maps words for days ("yesterday": -1) to their distance from the day
	// of publication.
	Relative map[string]int `yaml:"relative"`
	// Weeks maps phrases for a week ("last week": -1) to its distance from the week of
	// publication.
	Weeks map[string]int `yaml:"weeks"`
	// Countries maps an ISO 3166 code to names, adjectives and peoples.
	Countries map[string][]string `yaml:"countries"`
	// Common are frequent small words, by which the language is told.
	Common []string `yaml:"common"`
}
