package news

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"trucewire/news/lexicon"
)

// groupedNumber is a number in digits, with marks between groups of three.
var groupedNumber = regexp.MustCompile(`\d+(?:[,.\x{00a0}\x{202f} ’'٬]\d{3})*(?:[.,]\d+)?`)

// scaleOf is what a word multiplies the number before it by, in the languages of the
// packs that write large numbers so; zero for any other word.
func scaleOf(word string) float64 {
	switch word {
	case "hundred":
		return 100
	case "thousand", "k", "mille", "mil", "tausend", "bin", "тыс", "тысяч", "тысячи", "тисяч",
		"ألف", "آلاف", "الاف", "الف", "אלף", "هزار", "हजार":
		return 1e3
	case "लाख":
		return 1e5
	case "million", "m", "millions", "millones", "millionen", "млн", "миллионов", "миллиона", "مليون", "מיליון", "میلیون":
		return 1e6
	case "billion":
		return 1e9
	default:
		return 0
	}
}

// checkNumbers checks that every number of own text is in what is cited: in digits or
// in words, or as a figure that was read from words of another language.
func (w *Writer) checkNumbers(own string, p proof) error {
	own = w.withoutNames(own)
	numbers := groupedNumber.FindAllString(plainDigits(own), -1)
	if len(numbers) == 0 {
		return nil
	}
	held := make(map[int]bool)
	for _, text := range p.texts {
		for n := range numbersIn(text) {
			held[n] = true
		}
		w.addPackNumbers(held, wordsOf(text), p.langs)
	}
	if len(held) == 0 { // in words of a language that this does not count in
		for _, f := range p.figures {
			for _, n := range []*int{f.Min, f.Max} {
				if n != nil {
					held[*n] = true
				}
			}
		}
	}
	for _, raw := range numbers {
		for n := range numbersIn(raw) {
			if !held[n] {
				return fmt.Errorf("number %s is not in what is cited", raw)
			}
		}
	}
	return nil
}

// addPackNumbers finds the numbers in words that the language packs know.
func (w *Writer) addPackNumbers(found map[int]bool, words, langs []string) {
	for _, pack := range w.cat.Packs {
		if pack.Lang != defaultLang && slices.Contains(langs, pack.Lang) {
			addComposed(found, words, pack)
		}
	}
}

// addComposed finds number words of a pack, each alone and as what several in a row make
// ("tres mil"), with at most one small word between them.
func addComposed(found map[int]bool, words []string, pack lexicon.Pack) {
	total, part, gap := 0, 0, 0
	flush := func() {
		if total+part > 0 {
			found[total+part] = true
		}
		total, part, gap = 0, 0, 0
	}
	for _, word := range words {
		n, ok := pack.Numbers[word]
		switch {
		case !ok && gap == 0 && len([]rune(word)) < 4:
			gap++
			continue
		case !ok:
			flush()
			continue
		}
		found[n], gap = true, 0
		switch {
		case n >= 1000 && part > 0:
			total, part = total+part*n, 0
		case n >= 100 && part > 0 && part < 10:
			part *= n
		case part > 0 && n >= part:
			flush()
			part = n
		default:
			part += n
		}
	}
	flush()
}

// plainDigits turns the digits of every script into those of ASCII.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII && unicode.IsDigit(r) {
			return '0' + digitValue(r)
		}
		return r
	}, s)
}

// digitValue is the value of a decimal digit: scripts keep their ten in a row.
func digitValue(r rune) rune {
	zero := r
	for r-zero < 9 && unicode.IsDigit(zero-1) {
		zero--
	}
	return r - zero
}

// numbersIn finds the numbers of a text: in digits, grouped or not, with a scale word
// behind them, and in English words.
func numbersIn(text string) map[int]bool {
	found := make(map[int]bool)
	text = plainDigits(text)
	for _, at := range groupedNumber.FindAllStringIndex(text, -1) {
		addDigits(found, text[at[0]:at[1]], text[at[1]:])
	}
	addNumberWords(found, wordsOf(text))
	return found
}

func addDigits(found map[int]bool, raw, after string) {
	whole := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, raw)
	if n, err := strconv.Atoi(whole); err == nil {
		found[n] = true
	}
	decimal, err := strconv.ParseFloat(strings.ReplaceAll(raw, ",", "."), 64)
	if err != nil {
		decimal, err = strconv.ParseFloat(whole, 64)
	}
	if words := wordsOf(firstRunes(after, 20)); err == nil && len(words) > 0 {
		if scale := scaleOf(words[0]); scale > 0 {
			found[int(decimal*scale+0.5)] = true
		}
	}
}

func firstRunes(s string, n int) string {
	runes := []rune(s)
	return string(runes[:min(n, len(runes))])
}

// numberWord is the value of an English number word below a hundred.
func numberWord(word string) (int, bool) {
	if len(word) < 3 || len(word) > 9 {
		return 0, false
	}
	for i, name := range [...]string{
		"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
		"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
	} {
		if word == name {
			return i, true
		}
	}
	for i, name := range [...]string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		if word == name {
			return 20 + 10*i, true
		}
	}
	return 0, false
}

// addNumberWords finds numbers in English words: "twenty two", "three hundred".
func addNumberWords(found map[int]bool, words []string) {
	total, part, counting := 0, 0, false
	flush := func() {
		if counting && total+part > 0 {
			found[total+part] = true
		}
		total, part, counting = 0, 0, false
	}
	for i, word := range words {
		n, ok := numberWord(word)
		scale := scaleOf(word)
		scaled := scale > 0
		if scaled && i > 1 && words[i-1] == "a" && words[i-2] == "half" {
			found[int(scale/2)] = true
		}
		switch {
		case word == "a":
			flush()
			part, counting = 1, false
		case ok:
			if part%10 != 0 || n >= 20 && part%100 != 0 {
				flush()
			}
			part, counting = part+n, true
		case scaled && part > 0 && scale == 100:
			part, counting = part*100, true
		case scaled && part > 0:
			total, part, counting = total+part*int(scale), 0, true
		case word == "and" && part >= 100:
		default:
			flush()
		}
	}
	flush()
}
