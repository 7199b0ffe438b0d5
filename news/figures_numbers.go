package news

import (
	"math"
	"strconv"
	"strings"

	"trucewire/news/lexicon"
)

// numeral is a number in a sentence: tokens first to last (inclusive), with its
// qualifier. Vague ones ("dozens") have no bounds.
type numeral struct {
	first, last int // the number itself
	start       int // first token of the qualifier, or first
	min, max    *int
	qualifier   Qualifier
	part        bool   // of a group that is named behind it: "two of its soldiers"
	unit        string // of a word that is number and unit in one
	// What befell a single person, and the words for that person, where the number is
	// not written but meant: "a soldier was killed".
	what              string
	whoFirst, whoLast int
}

// maxFigure is the largest number of people or things that is believed. Larger ones
// are money, populations or typing errors.
const maxFigure = 50_000_000

// numerals finds the numbers of a sentence with their qualifiers. Dates, money,
// shares, ages, ordinals and numbers that are part of names are none.
func (d *document) numerals(s sentence, days []foundDay) []numeral {
	quals := d.pack.quals.Find(d.tokens[s.first:s.past], nil)
	var out []numeral
	for i := s.first; i < s.past; i++ {
		if d.masked(i) || inDay(days, i) {
			continue
		}
		n, ok := d.vagueAt(i, s, quals)
		if !ok {
			n, ok = d.numberAt(i, s.past)
		}
		if !ok {
			continue
		}
		if n.qualifier == "" {
			d.qualify(&n, s, quals)
		}
		out = append(out, n)
		i = n.last
	}
	return d.joinRanges(out)
}

func inDay(days []foundDay, i int) bool {
	for _, f := range days {
		if !f.soft && i >= f.first && i <= f.last {
			return true
		}
	}
	return false
}

// numberAt reads a number that begins at token i: digits, number words, or both
// ("1.5 million", "two dozen").
func (d *document) numberAt(i, past int) (numeral, bool) {
	n := numeral{first: i, last: i, start: i}
	value, ok := 0, false
	if digits := d.pack.digits(d.tokens[i]); digits != "" {
		value, ok = d.digitsAt(digits, past, &n)
	} else {
		value, ok = d.wordsAt(i, past, &n)
	}
	if !ok || value <= 0 || value > maxFigure || d.notCounting(n, past) {
		return numeral{}, false
	}
	if d.partitive(n, past) {
		n.last, n.part = n.last+2, true
	}
	n.min, n.max = new(value), new(value)
	return n, true
}

// digits gives the digits of a token, also behind a clitic ("و1650"); empty: none.
func (l *language) digits(t lexicon.Token) string {
	if t.Number {
		return t.Folded
	}
	for _, rest := range l.withoutClitic(t.Folded)[1:] {
		if rest[0] >= '0' && rest[0] <= '9' {
			return rest
		}
	}
	return ""
}

// partitive reports whether a number is of a group that small words lead to: "two of
// its", "three of them".
func (d *document) partitive(n numeral, past int) bool {
	return n.last+2 < past && d.pack.noise["of "+d.tokens[n.last+1].Folded] && d.pack.noise["partof "+d.tokens[n.last+2].Folded] && !d.numberBetween(n.last+3, n.last+4)
}

func (d *document) digitsAt(digits string, past int, n *numeral) (int, bool) {
	value, ok := parseDigits(digits)
	if !ok {
		return 0, false
	}
	if i := n.last + 1; i < past && !d.tokens[i].Comma {
		if spaced, ok := parseGroup(d.tokens[i].Folded); ok && value < 1000 && value == math.Trunc(value) && isSpace(d.gap(i)) {
			n.last = i // "16 000"
			value = value*1000 + float64(spaced)
		}
	}
	for n.last+1 < past {
		scale := d.pack.numbers[d.tokens[n.last+1].Folded]
		if scale < 100 && scale != 12 {
			break
		}
		value *= float64(scale)
		n.last++
	}
	whole := math.Round(value) // 1.1 million is no whole number in binary
	if math.Abs(value-whole) > 1e-6*value || whole > maxFigure {
		return 0, false
	}
	return int(whole), true
}

// isSpace reports whether only one space, of any width, stands between two words.
func isSpace(gap string) bool {
	return gap == " " || gap == "\u00a0" || gap == "\u202f" || gap == "\u2009"
}

// parseDigits reads "16,000", "1.5", "60" and refuses "15th", "06.01.22".
func parseDigits(w string) (float64, bool) {
	clean := w
	switch {
	case strings.Count(w, ",") > 0 && groups(w, ","):
		clean = strings.ReplaceAll(w, ",", "")
	case strings.Count(w, ".") > 0 && groups(w, "."):
		clean = strings.ReplaceAll(w, ".", "")
	case strings.Count(w, ",") == 1:
		clean = strings.Replace(w, ",", ".", 1)
	}
	if strings.ContainsAny(clean, "eExXpP_+-nN") {
		return 0, false
	}
	v, err := strconv.ParseFloat(clean, 64)
	return v, err == nil
}

// groups reports whether a number is written in groups of three digits.
func groups(w, sep string) bool {
	parts := strings.Split(w, sep)
	if len(parts[0]) == 0 || len(parts[0]) > 3 || parts[0] == "0" {
		return false
	}
	for _, p := range parts[1:] {
		if len(p) != 3 {
			return false
		}
	}
	return true
}

func parseGroup(w string) (int, bool) {
	if len(w) != 3 {
		return 0, false
	}
	v, err := strconv.Atoi(w)
	return v, err == nil && v >= 0
}

func (d *document) gap(i int) string {
	title := i < d.head
	if i == 0 || i == d.head || i >= len(d.tokens) {
		return d.field(title)[:min(d.tokens[min(i, len(d.tokens)-1)].Start, len(d.field(title)))]
	}
	return d.field(title)[d.tokens[i-1].End:d.tokens[i].Start]
}

// vagueAt reads "dozens", "hundreds of": a number of people that nobody counted.
func (d *document) vagueAt(i int, s sentence, quals []lexicon.Hit) (numeral, bool) {
	for _, q := range quals {
		if q.First+s.first < i && q.Last+s.first >= i {
			return numeral{}, false // of "as many as"
		}
		if q.First+s.first == i && qualifierOrder()[q.Class] == Vague {
			return numeral{first: i, last: s.first + q.Last, start: i, qualifier: Vague}, true
		}
	}
	return numeral{}, false
}

// qualify finds the qualifier that stands right before a number, or right after it
// ("or more"), and sets its bounds.
func (d *document) qualify(n *numeral, s sentence, quals []lexicon.Hit) {
	n.qualifier = Exact
	longest := 0
	for _, q := range quals {
		kind := qualifierOrder()[q.Class]
		first, last := q.First+s.first, q.Last+s.first
		if d.insideHit(s, first) || first > s.first && d.pack.noise["phrasal "+d.tokens[first-1].Folded] {
			continue // "hand over 20 hostages" is no "over 20"
		}
		if last < n.first && n.first-last <= 2 && kind != Vague && !d.brokenBetween(last, n.first) && (n.first-last == 1 || len(d.tokens[last+1].Folded) <= 3) {
			if last-first+1 > longest { // "не менее" is no "менее"
				longest = last - first + 1
				n.qualifier, n.start = kind, min(first, n.start)
			}
		}
		if after := first - n.last; kind == AtLeast && after >= 1 && after <= 3 && !d.brokenBetween(n.last, first) && !d.numberBetween(n.last+1, first) && !d.numberBetween(last+1, last+2) {
			n.qualifier = kind
			if after == 1 {
				n.last = last
			}
		}
	}
	if n.qualifier == Exact && d.noiseIn("rough", n.first, n.last) {
		n.qualifier = About
	}
	switch n.qualifier {
	case AtLeast, MoreThan:
		n.max = nil
	case UpTo, FewerThan:
		n.min = nil
	}
}

func (d *document) numberBetween(from, to int) bool {
	for i := max(from, 0); i < min(to, len(d.tokens)); i++ {
		if _, word := d.pack.number(d.tokens[i].Folded); word || d.tokens[i].Number {
			return true
		}
	}
	return false
}

// insideHit reports whether token i is the end of a longer word of release or talks.
func (d *document) insideHit(s sentence, i int) bool {
	for _, h := range s.all(cRelease, cCapture, cAttack, cWithdraw) {
		if h.First < i && h.Last == i {
			return true
		}
	}
	return false
}

// joinRanges makes one of "10 to 15" and "between 10 and 15".
func (d *document) joinRanges(ns []numeral) []numeral {
	var out []numeral
	for _, n := range ns {
		if len(out) > 0 {
			p := &out[len(out)-1]
			if n.first-p.last <= 2 && p.qualifier != Vague && (n.qualifier == Exact || d.fromTo(*p, n)) && p.max != nil && n.max != nil && *n.max > *p.max && d.isRange(*p, n) {
				p.max, p.last = n.max, n.last
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

// fromTo reports whether the qualifier of b is but the "to" of "from a to b".
func (d *document) fromTo(a, b numeral) bool {
	return b.qualifier == UpTo && b.first == a.last+2 && a.first > 0 && d.pack.noise["between "+d.tokens[a.first-1].Folded] && d.pack.noise["range "+d.tokens[b.first-1].Folded]
}

func (d *document) isRange(a, b numeral) bool {
	between := a.first > 0 && d.pack.noise["between "+d.tokens[a.first-1].Folded]
	if b.first == a.last+1 {
		g := strings.TrimSpace(d.gap(b.first))
		return g == "-" || g == "–" || g == "—" || g == "−" || between && !d.tokens[b.first].Number && !d.tokens[b.first].Comma
	}
	return between || d.pack.noise["range "+d.tokens[a.last+1].Folded]
}
