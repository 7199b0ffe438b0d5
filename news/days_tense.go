package news

import "strings"

// How far words that govern a day may stand from it, in tokens.
const (
	futureReach = 6
	edgeReach   = 4
	spanReach   = 12
)

// futureBefore reports whether a word of the future stands in the words before.
// "Was supposed to" speaks of the past, whatever it expects.
func (d *document) futureBefore(i, first int) bool {
	return d.setsDay(i, first) || d.expectsWithin(i, first, futureReach)
}

func (d *document) expectsWithin(i, first, reach int) bool {
	for _, s := range d.sents {
		if i < s.first || i >= s.past {
			continue
		}
		for _, h := range s.hits {
			if h.Class == int(cNotYet) && h.First >= first && h.First < i && i-h.First <= reach {
				return !strings.Contains(strings.ToLower(d.cut(h.First, h.Last)), "suppos")
			}
		}
	}
	return false
}

// futureAfter: "On Monday, the sides will meet": a day that leads its sentence, and a
// word of the future before any word of saying.
func (d *document) futureAfter(i, first int) bool {
	if i-first > 2 {
		return false
	}
	for _, s := range d.sents {
		if i < s.first || i >= s.past {
			continue
		}
		for _, h := range s.hits {
			switch {
			case h.First <= i || h.First-i > futureReach:
			case h.Class == int(cAttrib), h.Class == int(cSay):
				return false
			case h.Class == int(cNotYet):
				return true
			}
		}
	}
	return false
}

// setsDay: "proposes a truce from Monday", "agree to a halt until Friday": a plan or
// promise before, and a word that leads to its day.
func (d *document) setsDay(i, first int) bool {
	if i == first || !d.noiseIn("ahead", i-1, i-1) {
		return false
	}
	for _, s := range d.sents {
		if i < s.first || i >= s.past {
			continue
		}
		for _, h := range s.all(cPropose, cDeclare, cAgree, cExtend, cReach, cAccept, cPlan, cAttend) {
			if h.First >= first && h.First < i {
				return true
			}
		}
	}
	return false
}

// leadOf is where the words of a day begin that is told with an hour or a small word:
// "at 06:00 GMT on Friday", "midnight on Friday".
func (d *document) leadOf(i, first int) int {
	for i > first && !d.tokens[i].Stop {
		t := d.tokens[i-1]
		small := d.noiseIn("day_prep", i-1, i-1) || d.noiseIn("gmt", i-1, i-1) || d.noiseIn("midnight", i-1, i-1)
		if !small && !(t.Number && len(t.Folded) <= 4) {
			break
		}
		i--
	}
	return i
}

// edgeBefore reads whether something begins or ends on a day: the nearest word for it
// in the few before, without a break.
func (d *document) edgeBefore(i, first int) Edge {
	for j := i - 1; j >= max(first, i-edgeReach); j-- {
		if d.tokens[j+1].Stop || j+1 < i && d.tokens[j+1].Comma && !d.tokens[j+1].Number {
			return ""
		}
		switch {
		case d.pack.phraseAt("from", d.tokens, j, i) > 0:
			return EdgeStart
		case d.pack.phraseAt("until", d.tokens, j, i) > 0:
			return EdgeEnd
		}
	}
	return ""
}
