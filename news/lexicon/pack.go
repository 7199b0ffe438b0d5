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
	// Script is the script it is written in, as Unicode names it ("Arabic", "Cyrillic");
	// empty: Latin.
	Script string `yaml:"script"`
	// Letters are those that, of the languages of its script, hardly another one has
	// ("ї"): a word with one speaks for it.
	Letters string `yaml:"letters"`
	// Unspaced is how many signs a word takes where words are written without spaces
	// between them, so that each sign is a token; 0: words are parted.
	Unspaced int `yaml:"unspaced"`
	// VerbFirst tells that who acts stands behind the verb as often as before it.
	VerbFirst bool `yaml:"verb_first"`
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
	// duration ("for", "by"), lasts what leads one of whatever was named last, within a
	// term, ago what makes it one of the past. one holds the articles that stand before
	// a single person, be the words between that person and what befell them, of and
	// partof lead to the group a number is of ("two of its"), or and joins what is told
	// of one number, and what stands inside a number ("two hundred and ten"), rough the
	// nouns of a round number, phrasal verbs before what then is no qualifier ("hand over").
	Around map[string][]string `yaml:"around"`
	// Counts lists words that only the reading of figures needs. A key that is what a
	// figure counts (killed, captured, other, …) holds more words for it; held words tell
	// that captives are kept; people are nouns for those counted, person is one of them,
	// victim one who was killed; dead stands before a noun for captives; truce is what a
	// duration may be of besides a truce, within what a term is of ("disarm within 30 days"), period what opens the span of time
	// that a count is of ("since").
	Counts map[string][]string `yaml:"counts"`
	// UnitsFirst tells that number words say the units first ("five and twenty").
	UnitsFirst bool `yaml:"units_first"`
	// Speech lists words around speakers: stops end a speaker's name, fillers stand
	// between name and verb, pronouns mean the last speaker; anonymous, media and
	// verified tell a speaker's class and a claim's grade; denials are words of a
	// speaker who says that what others tell is not so; offices are bodies that speak,
	// backward the two words that open a sentence which only says who told the one before.
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
	// Countries maps an ISO 3166 code to names, adjectives and peoples; the first is the
	// country's own, which also stands for its government.
	Countries map[string][]string `yaml:"countries"`
	// Names are the names that entries of the catalogue have in this language, by id: a
	// party, "person/…", "place/…", "body/…" or "conflict/…" with the catalogue's name.
	// Where the language inflects, a word may be cut with a star ("друзск*") or kept as it
	// is with an exclamation mark ("Нигер!").
	Names map[string][]string `yaml:"names"`
	// Common are frequent small words, by which the language is told.
	Common []string `yaml:"common"`
}
