package news

import "slices"

// How surely an item speaks of an armed conflict.
const (
	warNot  = 0
	warHint = 1
	warSure = 2
)

// warLevel is how surely an item speaks of an armed conflict: one of the catalogue,
// or one that its words tell of. Unknown wars are wars too.
func (f *facts) warLevel() int { return max(f.catalogueLevel(), f.d.warOf(f.has)) }

// catalogueLevel is how surely an item speaks of a conflict of the catalogue.
func (f *facts) catalogueLevel() int {
	if len(f.scores) == 0 || f.scores[0].score < minHint {
		return warNot
	}
	s := f.scores[0]
	switch {
	case s.score < minConflict, s.quiet:
		return warHint
	case s.sure || len(s.sides) >= 2 || s.armed && s.title >= minConflict:
		return warSure
	case !s.interstate && (s.entities >= 2 || s.title >= minConflict):
		return warSure
	}
	return warHint // one side of a war between states: it may be about anything
}

// What the words of war weigh together; from enough on an item speaks of one.
const (
	rebelEvidence = 2 // armed groups: states at peace have none
	wordEvidence  = 1
	hintEvidence  = 2
	sureEvidence  = 3
)

// warOf weighs the words of war in title and beginning: armed groups, armies,
// fighting, truces, and the countries named.
func (d *document) warOf(has map[string]map[class]bool) int {
	top := func(c class) bool { return has["title"][c] || has["lead"][c] }
	if has["title"][cFalse] || has["title"][cSport] || has["title"][cRoyal] || has["title"][cTrade] || has["title"][cElsewhere] && !top(cRebel) {
		return warNot
	}
	evidence := min(d.countriesIn(), 2) * wordEvidence
	force := false
	for _, c := range []class{cArmy, cWar, cFight, cAttack, cTruce} {
		if top(c) {
			evidence += wordEvidence
			force = force || c != cTruce
		}
	}
	if top(cRebel) {
		evidence += rebelEvidence
		force = true
	}
	switch {
	case force && evidence >= sureEvidence:
		return warSure
	case evidence >= hintEvidence:
		return warHint
	}
	return warNot
}

// countriesIn counts the countries that title and beginning name.
func (d *document) countriesIn() int {
	var seen []string
	for _, s := range d.sents {
		if s.part == "rest" {
			break
		}
		for _, m := range d.mentions {
			if m.first < s.first || m.first >= s.past {
				continue
			}
			for _, e := range m.entities {
				if ent := d.names.entities[e]; ent.kind == entCountry && !slices.Contains(seen, ent.id) {
					seen = append(seen, ent.id)
				}
			}
		}
	}
	return len(seen)
}

// armed reports whether an item speaks of an armed conflict at all: what is no
// development of it is its context.
func (f *facts) armed() bool {
	level := f.catalogueLevel()
	force, arms := f.anywhere(cAttack, cFight, cWar, cArmy), f.anywhere(cArmy, cAttack)
	if level < warSure && (f.top(cFalse) || f.top(cTrade)) {
		return false // a truce of tariffs between states that also have a war
	}
	return level == warSure || level == warHint && (force || f.anywhere(cTruce)) || force && arms && !f.anywhere(cSport, cRoyal, cTrade)
}
