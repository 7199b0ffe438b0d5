package news

import (
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
	t := d.tokens[i]
	n := numeral{first: i, last: i, start: i}
	value, ok := 0, false
	if t.Number {
		value, ok = d.digitsAt(i, past, &n)
	} else {
		value, ok = d.wordsAt(i, past, &n)
	}
	if !ok || value <= 0 || value > maxFigure || d.notCounting(n, past) {
		return numeral{}, false
	}
	n.min, n.max = new(value), new(value)
	return n, true
}

func (d *document) digitsAt(i, past int, n *numeral) (int, bool) {
	value, ok := parseDigits(d.tokens[i].Folded)
	if !ok {
		return 0, false
	}
	if i+1 < past && !d.tokens[i+1].Comma {
		if spaced, ok := parseGroup(d.tokens[i+1].Folded); ok && value < 1000 && value == float64(int(value)) && d.gap(i+1) == " " {
			n.last = i + 1 // "16 000"
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
	if value != float64(int(value)) || value > maxFigure {
		return 0, false
	}
	return int(value), true
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

// wordsAt reads number words: "twenty five", "two hundred and ten", "a dozen".
func (d *document) wordsAt(i, past int, n *numeral) (int, bool) {
	if v, ok := d.wordWithUnit(i, past, n); ok {
		return v, true
	}
	total, current, found := 0, 0, false
	for j := i; j < past; j++ {
		v, ok := d.pack.number(d.tokens[j].Folded)
		if !ok || len(d.tokens[j].Folded) == 1 && d.pack.lang == "en" {
			break
		}
		if found && (d.tokens[j].Comma || v < 100 && v != 12 && (current%100 != 0 || current == 0) && !(current%10 == 0 && v < 10)) {
			break
		}
		switch {
		case v >= 1000:
			total += max(current, 1) * v
			current = 0
		case v == 100 || v == 12 && found:
			current = max(current, 1) * v
		default:
			current += v
		}
		n.last, found = j, true
		if total > maxFigure || current > maxFigure {
			return 0, false
		}
	}
	return total + current, found
}

// wordWithUnit reads "week-long" (one week) and "half a million".
func (d *document) wordWithUnit(i, past int, n *numeral) (int, bool) {
	if i+1 >= past {
		return 0, false
	}
	w, next := d.tokens[i].Folded, d.tokens[i+1].Folded
	if d.pack.timeUnit[w] && d.pack.noise["single "+w] && (d.pack.noise["long "+next] || i > 0 && d.pack.noise["forone "+d.tokens[i-1].Folded]) {
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

// notCounting reports numbers that count nothing of a conflict by their company:
// money, shares, ages, plain years, "day 420", "one of", "20-point".
func (d *document) notCounting(n numeral, past int) bool {
	before, after := d.gap(n.first), ""
	if n.last+1 < len(d.tokens) {
		after = d.gap(n.last + 1)
	} else if f := d.field(n.last < d.head); d.tokens[n.last].End <= len(f) {
		after = f[d.tokens[n.last].End:]
	}
	if strings.ContainsAny(before, "$€£₪#+") || strings.HasPrefix(after, "%") || strings.ContainsAny(after, "$€£₪+°") {
		return true
	}
	if strings.HasPrefix(after, ":") && n.last+1 < past && d.tokens[n.last+1].Number || strings.HasPrefix(d.tokens[n.first].Folded, "0") {
		return true // a time of day
	}
	if strings.HasSuffix(before, ":") && d.tokens[n.first].Number && n.first > 0 && d.tokens[n.first-1].Number {
		return true // a time of day
	}
	next, prev := "", ""
	for i := n.last + 1; i < min(n.last+3, past); i++ {
		next = d.tokens[i].Folded
		if _, number := d.pack.number(next); !number && !d.tokens[i].Number {
			break // of "two or three kilometres" both count nothing
		}
	}
	if n.first > 0 {
		prev = d.tokens[n.first-1].Folded
	}
	return d.pack.isNoise(prev, next) || d.isAge(n, past) || d.isYear(n) || d.countsNobody(n, past)
}

// countsNobody: "two rival generals", "both warring sides": within three words stands
// one whose number is no figure, and nobody who could be counted before it.
func (d *document) countsNobody(n numeral, past int) bool {
	for i := n.last + 1; i < min(n.last+4, past); i++ {
		if d.tokens[i].Comma || d.tokens[i].Stop || d.classAt(i, cCivilian, cKill, cInjure, cCaptive) {
			return false
		}
		if i > n.last+1 && d.pack.noise["nobody "+d.tokens[i].Folded] {
			return true
		}
	}
	return false
}

// isNoise knows the neighbours that show a number to count nothing.
func (l *language) isNoise(prev, next string) bool {
	return l.noise["before "+prev] || l.noise["after "+next]
}

// isAge: ", 88," and "22-year-old".
func (d *document) isAge(n numeral, past int) bool {
	if n.last+1 < past && d.tokens[n.first].Number && d.tokens[n.first].Comma && d.tokens[n.last+1].Comma &&
		strings.TrimSpace(d.gap(n.first)) == "," && strings.TrimSpace(d.gap(n.last+1)) == "," && n.first > 0 && d.tokens[n.first-1].Capital {
		return true
	}
	return n.last+2 < past && d.pack.noise["age "+d.tokens[n.last+2].Folded] && !d.classAt(n.last+3, cWar, cFight)
}

// isYear: four bare digits of this or the last century, unless people follow.
func (d *document) isYear(n numeral) bool {
	w := d.tokens[n.first].Folded
	if n.first != n.last || len(w) != 4 || w < "1900" || w > "2100" {
		return false
	}
	return !d.classAt(n.last+1, cCivilian, cKill, cInjure, cCaptive)
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
		if d.insideHit(s, first) {
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
	switch n.qualifier {
	case AtLeast, MoreThan:
		n.max = nil
	case UpTo, FewerThan:
		n.min = nil
	}
}

func (d *document) numberBetween(from, to int) bool {
	for i := from; i < min(to, len(d.tokens)); i++ {
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
			if n.first-p.last <= 2 && p.qualifier != Vague && n.qualifier == Exact && p.max != nil && n.max != nil && *n.max > *p.max && d.isRange(*p, n) {
				p.max, p.last = n.max, n.last
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

func (d *document) isRange(a, b numeral) bool {
	if b.first == a.last+1 {
		g := strings.TrimSpace(d.gap(b.first))
		return g == "-" || g == "–" || g == "—"
	}
	between := d.tokens[a.last+1].Folded
	if d.pack.noise["range "+between] {
		return true
	}
	return a.first > 0 && d.pack.noise["between "+d.tokens[a.first-1].Folded]
}
