package news

import (
	"strings"

	"trucewire/news/lexicon"
)

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
	if before == "-" && n.first > 0 && d.tokens[n.first-1].Capital && d.tokens[n.first].Number {
		return true // "MiG-29"
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
	return d.pack.noise["never "+prev] || d.pack.noise["after "+next] && !d.partitive(n, past) || d.pack.noise["before "+prev] && !d.peopleFollow(n) ||
		d.isAge(n, past) || d.isYear(n) || d.countsNobody(n, past)
}

// peopleFollow reports whether people, or what befell them, stand right behind a
// number: "this week 12 civilians" counts, "week 12" does not.
func (d *document) peopleFollow(n numeral) bool {
	const reach = 3
	for i := n.last + 1; i <= n.last+reach && i < len(d.tokens) && !d.tokens[i].Comma && !d.tokens[i].Stop; i++ {
		if d.classAt(i, cCivilian, cKill, cInjure, cCaptive) {
			return true
		}
	}
	return false
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

// isAge: ", 88," and "22-year-old".
func (d *document) isAge(n numeral, past int) bool {
	if n.last+1 < past && d.tokens[n.first].Number && d.tokens[n.first].Comma && d.tokens[n.last+1].Comma &&
		strings.TrimSpace(d.gap(n.first)) == "," && strings.TrimSpace(d.gap(n.last+1)) == "," && n.first > 0 && d.tokens[n.first-1].Capital {
		return true
	}
	if n.first >= 2 && d.isAgeOf(d.tokens[n.first-2], d.tokens[n.first-1]) && !d.classAt(n.last+1, cCivilian, cCaptive) {
		return true
	}
	return n.last+2 < past && d.pack.noise["age "+d.tokens[n.last+2].Folded] && !d.classAt(n.last+3, cWar, cFight)
}

// isAgeOf: "a child of 14", "dies at 93".
func (d *document) isAgeOf(who, lead lexicon.Token) bool {
	return d.pack.noise["of "+lead.Folded] && d.pack.noise["aged "+who.Folded] || d.pack.noise["toll "+lead.Folded] && d.pack.noise["diesat "+who.Folded]
}

// isYear: four bare digits of this or the last century, unless people follow.
func (d *document) isYear(n numeral) bool {
	w := d.tokens[n.first].Folded
	if n.first != n.last || len(w) != 4 || w < "1900" || w > "2100" {
		return false
	}
	return !d.classAt(n.last+1, cCivilian, cKill, cInjure, cCaptive)
}
