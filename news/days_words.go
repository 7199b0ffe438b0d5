package news

import (
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// dayWord is what a word says about a day.
type dayWord struct {
	kind  dayKind
	value int // weekday 0–6, month 1–12, or days from publication
}

type dayKind int

const (
	dayNone dayKind = iota
	dayWeekday
	dayMonth
	dayRelative
)

// dayPhrase is a dayWord of several words.
type dayPhrase struct {
	dayWord
	words []string
}

// dayWords indexes a pack's weekdays, months and relative days by folded form. An
// underscore in a form stands for a space.
func dayWords(p lexicon.Pack) (words map[string]dayWord, phrases map[string][]dayPhrase) {
	words, phrases = make(map[string]dayWord), make(map[string][]dayPhrase)
	put := func(form string, w dayWord) {
		parts := strings.Fields(lexicon.Fold(strings.ReplaceAll(form, "_", " ")))
		switch len(parts) {
		case 0:
		case 1:
			words[parts[0]] = w
		default:
			phrases[parts[0]] = append(phrases[parts[0]], dayPhrase{w, parts})
		}
	}
	for i, forms := range p.Weekdays {
		for _, f := range strings.Fields(forms) {
			put(f, dayWord{kind: dayWeekday, value: i % 7})
		}
	}
	for i, forms := range p.Months {
		for _, f := range strings.Fields(forms) {
			put(f, dayWord{kind: dayMonth, value: i%12 + 1})
		}
	}
	for _, w := range sortedKeys(p.Relative) {
		put(w, dayWord{kind: dayRelative, value: p.Relative[w]})
	}
	for first := range phrases {
		slices.SortStableFunc(phrases[first], func(a, b dayPhrase) int { return len(b.words) - len(a.words) })
	}
	return words, phrases
}

// dayWord finds a word for a day, also behind a clitic ("والخميس").
func (l *language) dayWord(folded string) (dayWord, bool) {
	if w, ok := l.days[folded]; ok {
		return w, true
	}
	for _, c := range l.clitics {
		if rest, cut := strings.CutPrefix(folded, c); cut {
			if w, ok := l.days[rest]; ok {
				return w, true
			}
		}
	}
	return dayWord{}, false
}

// dayPhraseAt finds the longest phrase for a relative day that begins at token i.
func (l *language) dayPhraseAt(tokens []lexicon.Token, i, past int) (dayPhrase, bool) {
	for _, p := range l.dayPhrases[tokens[i].Folded] {
		if p.kind == dayRelative && follows(p.words, tokens, i, past) {
			return p, true
		}
	}
	return dayPhrase{}, false
}

// monthAt reads a month of one word or several.
func (l *language) monthAt(tokens []lexicon.Token, i, past int) (month, last int, ok bool) {
	for _, p := range l.dayPhrases[tokens[i].Folded] {
		if p.kind == dayMonth && follows(p.words, tokens, i, past) {
			return p.value, i + len(p.words) - 1, true
		}
	}
	w, ok := l.dayWord(tokens[i].Folded)
	return w.value, i, ok && w.kind == dayMonth
}

// phraseAt gives how many words of a phrase of a list stand from token i on; 0: none.
func (l *language) phraseAt(list string, tokens []lexicon.Token, i, past int) int {
	for _, words := range l.around[list] {
		if follows(words, tokens, i, past) {
			return len(words)
		}
	}
	return 0
}

func follows(words []string, tokens []lexicon.Token, i, past int) bool {
	if i < 0 || i+len(words) > past {
		return false
	}
	for j, w := range words {
		if tokens[i+j].Folded != w || j > 0 && tokens[i+j].Stop {
			return false
		}
	}
	return true
}

// aroundPhrases are the lists around days and numbers as words, longest first.
func aroundPhrases(p lexicon.Pack) map[string][][]string {
	out := make(map[string][][]string, len(p.Around))
	for _, list := range sortedKeys(p.Around) {
		for _, f := range p.Around[list] {
			if words := strings.Fields(lexicon.Fold(f)); len(words) > 0 {
				out[list] = append(out[list], words)
			}
		}
		slices.SortStableFunc(out[list], func(a, b []string) int { return len(b) - len(a) })
	}
	return out
}

// listBefore reports whether a phrase of a list ends right before token i.
func (d *document) listBefore(list string, i, first int) bool {
	return slices.ContainsFunc(d.pack.around[list], func(words []string) bool {
		return i-len(words) >= first && follows(words, d.tokens, i-len(words), i) && !d.tokens[i].Stop
	})
}

// listAfter reports whether a phrase of a list begins right after token i.
func (d *document) listAfter(list string, i, past int) bool {
	return i+1 < past && !d.tokens[i+1].Stop && d.pack.phraseAt(list, d.tokens, i+1, past) > 0
}

func (d *document) nearList(list string, i, first, past int) bool {
	return d.listBefore(list, i, first) || d.listAfter(list, i, past)
}

// inNoDay reports whether a word for a day is part of a phrase that is none ("por la
// mañana").
func (d *document) inNoDay(i, first int) bool {
	return slices.ContainsFunc(d.pack.around["no_day"], func(words []string) bool {
		at := i - len(words) + 1
		return at >= first && follows(words, d.tokens, at, i+1)
	})
}
