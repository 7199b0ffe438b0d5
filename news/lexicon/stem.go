package lexicon

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/turkish"
)

// maxStemmed is the longest word, in bytes, that is stemmed. Longer ones are no
// words of any language here but addresses and noise.
const maxStemmed = 64

// Stem cuts a folded word to its stem, so that inflected forms of one word meet.
// Languages without a stemmer keep the word.
func Stem(lang, folded string) string {
	if len(folded) < 4 || len(folded) > maxStemmed || !utf8.ValidString(folded) {
		return folded
	}
	switch lang {
	case "ar":
		// The stemmer cuts less from a bare noun than from one with the article.
		return cutSuffix(strings.TrimPrefix(folded, "ال"), arabicSuffixes(), 3)
	case "uk":
		return cutSuffix(folded, ukrainianSuffixes(), 4)
	case "he":
		return cutSuffix(folded, hebrewSuffixes(), 3)
	case "fa", "ur":
		return cutSuffix(folded, persianSuffixes(), 3)
	}
	stem := snowball(lang)
	if stem == nil {
		return folded
	}
	env := snowballstem.NewEnv(folded)
	stem(env)
	return env.Current()
}

func snowball(lang string) func(*snowballstem.Env) bool {
	switch lang {
	case "en":
		return english.Stem
	case "fr":
		return french.Stem
	case "es":
		return spanish.Stem
	case "ru":
		return russian.Stem
	case "de":
		return german.Stem
	case "it":
		return italian.Stem
	case "pt":
		return portuguese.Stem
	case "nl":
		return dutch.Stem
	case "tr":
		return turkish.Stem
	default:
		return nil
	}
}

// cutSuffix takes the first suffix that fits off a word, if at least keep runes stay.
func cutSuffix(word string, suffixes []string, keep int) string {
	for _, s := range suffixes {
		if base, ok := strings.CutSuffix(word, s); ok && utf8.RuneCountInString(base) >= keep {
			return base
		}
	}
	return word
}

// The suffix lists go from long to short: the first that fits is cut.
func ukrainianSuffixes() []string {
	return []string{
		"ннями", "ннях", "ість", "ості", "ього", "ому", "ими", "ями", "ами", "ння", "нню", "ого", "ові", "еві",
		"ах", "ях", "ам", "ям", "ом", "ем", "єм", "им", "ій", "их", "ої", "ою", "ею", "єю", "ів", "їв", "ти", "ла", "ло", "ли",
		"а", "у", "и", "і", "ї", "е", "о", "я", "ю", "ь", "й", "в",
	}
}

func arabicSuffixes() []string {
	return []string{"هما", "كما", "يات", "ات", "ون", "ين", "ان", "يه", "هم", "ها", "نا", "ه", "ي", "ا"}
}

func hebrewSuffixes() []string {
	return []string{"ותיהמ", "יהמ", "ותיו", "ות", "ימ", "יו", "ית", "ה", "ת", "י", "ו"}
}

func persianSuffixes() []string {
	return []string{"هايي", "هاي", "ها", "ان", "ات", "ي"}
}
