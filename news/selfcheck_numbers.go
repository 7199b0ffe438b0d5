package news

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// groupedNumber is a number in digits, with marks between groups of three.
var groupedNumber = regexp.MustCompile(`\d+(?:[,.\x{00a0}\x{202f} ’'٬]\d{3})*(?:[.,]\d+)?`)

// scales are words that multiply the number before them, in the languages of the
// packs that write large numbers so.
func scales() map[string]float64 {
	return map[string]float64{
		"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "k": 1e3, "m": 1e6,
		"mille": 1e3, "millions": 1e6, "mil": 1e3, "millones": 1e6, "tausend": 1e3, "millionen": 1e6,
		"тыс": 1e3, "тысяч": 1e3, "тысячи": 1e3, "млн": 1e6, "тисяч": 1e3, "миллионов": 1e6, "миллиона": 1e6,
		"ألف": 1e3, "آلاف": 1e3, "الاف": 1e3, "الف": 1e3, "مليون": 1e6, "אלף": 1e3, "מיליון": 1e6,
		"bin": 1e3, "هزار": 1e3, "میلیون": 1e6, "हजार": 1e3, "लाख": 1e5,
	}
}

// checkNumbers checks that every number of own text is in what is cited: in digits or
// in English words, or as a figure that was read from words of another language.
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
		if scale, ok := scales()[words[0]]; ok {
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
	for i, name := range strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen " +
		"fourteen fifteen sixteen seventeen eighteen nineteen") {
		if word == name {
			return i, true
		}
	}
	for i, name := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		if word == name {
			return 20 + 10*i, true
		}
	}
	return 0, word == "a" || word == "an"
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
	for _, word := range words {
		n, ok := numberWord(word)
		scale, scaled := scales()[word]
		switch {
		case ok && (word == "a" || word == "an"):
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
