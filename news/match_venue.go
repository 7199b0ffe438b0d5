package news

import (
	"slices"

	"trucewire/news/lexicon"
)

// venueReach is how many words may stand between the word of talks and the place.
const venueReach = 5

// venues numbers the mentions that are only the place where others talk: "rebels meet the
// government in Juba". It tells none where the item names no other war, since talks
// may well be held in the country that they are about.
func (x *conflictIndex) venues(d *document) []int {
	var found []int
	for i, m := range d.mentions {
		if d.isVenue(m) {
			found = append(found, i)
		}
	}
	if len(found) == 0 || !slices.ContainsFunc(d.mentions, func(m mention) bool { return x.concerns(d, m, found) }) {
		return nil
	}
	return found
}

// concerns reports whether a mention names a war, or a side of one, that no venue names.
func (x *conflictIndex) concerns(d *document, m mention, venues []int) bool {
	for _, e := range m.entities {
		ent := d.names.entities[e]
		if len(ent.conflicts) == 0 || x.mediates[x.side(ent)] || ent.kind == entBody {
			continue
		}
		if !slices.ContainsFunc(venues, func(v int) bool { return d.shareWar(ent, d.mentions[v]) }) {
			return true
		}
	}
	return false
}

// shareWar reports whether an entity matters to a war that a mention names.
func (d *document) shareWar(ent entity, m mention) bool {
	return slices.ContainsFunc(m.entities, func(e int) bool {
		return slices.ContainsFunc(d.names.entities[e].conflicts, func(c int) bool { return slices.Contains(ent.conflicts, c) })
	})
}

// isVenue reports whether a place stands after a preposition and a word of talks.
func (d *document) isVenue(m mention) bool {
	if !slices.ContainsFunc(m.entities, func(e int) bool { k := d.names.entities[e].kind; return k == entCountry || k == entPlace }) {
		return false
	}
	return slices.ContainsFunc(d.sents, func(s sentence) bool {
		return s.first <= m.first && m.first < s.past && slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool {
			return class(h.Class) == cLocative && h.Last == m.first-1 && d.talkedBefore(s, h)
		})
	})
}

// talkedBefore reports whether the last of the words before a preposition that say
// what it belongs to is one of talks: "talks to end the war in" speaks of the war's place.
func (d *document) talkedBefore(s sentence, prep lexicon.Hit) bool {
	last, talks := -1, false
	for _, h := range s.hits {
		if h.Last >= prep.First || h.Last < last || prep.First-h.Last > venueReach*d.pack.spread {
			continue
		}
		switch class(h.Class) {
		case cTalks, cMeeting, cVisit, cAttend, cReach, cAgree, cDelegation, cSigning:
			talks = talks && h.Last == last || h.Last > last
			last = h.Last
		case cWar, cFight, cAttack, cTruce, cPeace, cArmy, cRebel, cAid, cMonitor:
			talks, last = false, h.Last
		}
	}
	return talks
}
