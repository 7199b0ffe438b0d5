package news

import (
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// tally adds up the words of one number.
type tally struct {
	total, current int
	found          bool
	unitsFirst     bool // "five and twenty"
}

// takes reports whether a word of value v can go on with the number.
func (t tally) takes(v int) bool {
	rest := t.current % 100
	switch {
	case !t.found || v >= 1000:
		return true
	case v == 100 || v == 12:
		return t.current < 100
	case v > 100:
		return t.current == 0
	case rest == 0:
		return t.total > 0 || t.current > 0
	case rest == 60 || rest == 80:
		return v < 20 // "quatre-vingt-douze"
	case t.unitsFirst && rest < 10 && v%10 == 0:
		return true
	}
	return rest%10 == 0 && v < 10
}

func (t *tally) add(v int) bool {
	switch {
	case v >= 1000:
		t.total += max(t.current, 1) * v
		t.current = 0
	case v == 100 || v == 12 && t.found && t.current < 12:
		t.current = max(t.current, 1) * v
	default:
		t.current += v
	}
	t.found = true
	return t.total <= maxFigure && t.current <= maxFigure
}

// wordsAt reads number words: "twenty five", "two hundred and ten", "a dozen".
func (d *document) wordsAt(i, past int, n *numeral) (int, bool) {
	if v, ok := d.wordWithUnit(i, past, n); ok {
		return v, true
	}
	sum := tally{unitsFirst: d.pack.pack.UnitsFirst}
	for j := i; j < past; j = n.last + 1 {
		if sum.found && d.tokens[j].Comma {
			break
		}
		joined := sum.found && j+1 < past && d.pack.noise["inside "+d.tokens[j].Folded]
		if joined {
			j++
		}
		v, last, ok := d.numberWord(j, past)
		if joined && !ok && d.pack.noise["one "+d.tokens[j].Folded] {
			v, last, ok = 1, j, true // "treinta y un"
		}
		if !ok || !sum.takes(v) {
			break
		}
		if !sum.add(v) {
			return 0, false
		}
		n.last = last
	}
	return sum.total + sum.current, sum.found
}

// numberWord gives the value of the number word at token i, which may be written in
// two ("quatre vingt").
func (d *document) numberWord(i, past int) (value, last int, ok bool) {
	word := d.tokens[i].Folded
	if i+1 < past && d.pack.twoWords[word] {
		if v, ok := d.pack.numbers[word+" "+d.tokens[i+1].Folded]; ok {
			return v, i + 1, true
		}
	}
	v, ok := d.pack.number(word)
	return v, i, ok && len(word) > 1
}

// wordWithUnit reads "week-long" (one week), "трехдневное" (three days) and "half a
// million".
func (d *document) wordWithUnit(i, past int, n *numeral) (int, bool) {
	w := d.tokens[i].Folded
	if v, unit, ok := d.pack.compound(w); ok {
		n.unit = unit
		return v, true
	}
	if d.isOneUnit(i, past) {
		return 1, true
	}
	if !d.pack.noise["half "+w] {
		return 0, false
	}
	for j := i + 1; j < min(i+3, past); j++ {
		if v := d.pack.numbers[d.tokens[j].Folded]; v >= 1_000_000 {
			n.last = j
			return v / 2, true
		}
	}
	return 0, false
}

// isOneUnit reports whether a unit of time without a number is one of it: "week-long",
// "for a week", right behind a truce also bare where the pack's units are so used.
func (d *document) isOneUnit(i, past int) bool {
	for k, w := range d.pack.withoutClitic(d.tokens[i].Folded) {
		if !d.pack.noise["single "+w] {
			continue
		}
		if i+1 < past && d.pack.noise["long "+d.tokens[i+1].Folded] && !d.numberBetween(i-1, i) {
			return true // "week-long", not that of "two week long"
		}
		if k > 0 && d.pack.noise["forone "+strings.TrimSuffix(d.tokens[i].Folded, w)] {
			return true
		}
		return i > 0 && !d.tokens[i].Comma && !d.tokens[i].Stop && d.pack.noise["forone "+d.tokens[i-1].Folded]
	}
	return false
}

// compoundBytes is how long a word of number and unit is at least.
const compoundBytes = 12

// compound splits a word that is number and unit of time in one ("двухнедельное"), in
// the languages that write so.
func (l *language) compound(word string) (value int, unit string, ok bool) {
	if !l.pack.Inflects || len(word) < compoundBytes {
		return 0, "", false
	}
	for _, head := range l.heads {
		rest, cut := strings.CutPrefix(word, head)
		if !cut || rest == "" {
			continue
		}
		if hits := l.units.Find([]lexicon.Token{{Folded: rest}}, nil); len(hits) > 0 && isTime(l.unitOf[hits[0].Class]) {
			return l.numbers[head], l.unitOf[hits[0].Class], true
		}
	}
	return 0, "", false
}

// numberHeads are the number words that others are made of, the longest first.
func numberHeads(numbers map[string]int) []string {
	var heads []string
	for _, w := range sortedKeys(numbers) {
		if v := numbers[w]; v >= 2 && v <= 100 && !strings.Contains(w, " ") {
			heads = append(heads, w)
		}
	}
	slices.SortStableFunc(heads, func(a, b string) int { return len(b) - len(a) })
	return heads
}
