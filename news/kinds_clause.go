package news

import "trucewire/news/lexicon"

// distance is how far apart two tokens are for the grammar: a name takes the room of
// one word, and so does the group that tells between whom something is.
func (d *document) distance(from, to int) int {
	n := 1
	for i := from + 1; i < to; {
		n++
		i = max(d.groupEnd(i, to), i) + 1
	}
	return n
}

// groupWords is how many words may stand on either side of the "and" of a group.
const groupWords = 3

// groupEnd is the last token of the name or of the group of sides that begins at token
// i, before token past; i itself where none does.
func (d *document) groupEnd(i, past int) int {
	if d.noiseIn("amongst", i, i) {
		for k := i + 1; k < min(past, i+2+groupWords); k = d.nameEnd(k) + 1 {
			if d.noiseIn("conj", k, k) && k > i+1 {
				return d.sideEnd(k+1, past)
			}
		}
	}
	return d.nameEnd(i)
}

// sideEnd is the last token of the side that begins at token i: an article, a name and
// what follows of who can act.
func (d *document) sideEnd(i, past int) int {
	last := i
	if i < past && d.smallBetween(i, i+1) {
		last++
	}
	last = d.nameEnd(last)
	for last+1 < past && d.classAt(last+1, cArmy, cRebel, cLeader, cActor) {
		last = d.nameEnd(last + 1)
	}
	return min(last, past-1)
}

// nameEnd is the last token of the name that token i is part of; i itself where it is none.
func (d *document) nameEnd(i int) int {
	if i >= len(d.mention) || d.mention[i] == 0 {
		return i
	}
	return max(i, d.mentions[d.mention[i]-1].last)
}

// leftOver reports whether a hit ends in a word that closes a clause ("the truce is
// over") but stands here as a preposition: "a truce over Easter".
func (d *document) leftOver(s sentence, h lexicon.Hit) bool {
	switch class(h.Class) {
	case cOver, cEnd, cCollapse, cQuit:
	default:
		return false
	}
	next := h.Last + 1
	if !d.noiseIn("closing", h.Last, h.Last) || next >= s.past || d.breakAt(next) {
		return false
	}
	return !d.classAt(next, cPassing, cDespite, cContrast, cAttrib, cSay) && !d.word("aside", next) && !d.word("links", next)
}

// compound reports whether a hit is the second part of a word with a hyphen: what is
// "US-brokered" or "war-torn" is told of its noun and is no act.
func (d *document) compound(h lexicon.Hit) bool {
	i := h.First
	if i == 0 || i == d.head || h.Last != i {
		return false
	}
	switch class(h.Class) {
	case cReach, cMediate, cAgree, cDeclare, cAccept, cPropose, cBegin, cBreach, cViolate:
		return d.field(i < d.head)[d.tokens[i-1].End:d.tokens[i].Start] == "-"
	}
	return false
}

// clauseReach is how far a word reaches that makes a clause the circumstance of another.
const clauseReach = 12

// circumstantial reports whether token i stands in a clause that tells the circumstance
// of another: "as a truce begins", "hours after the sides signed", "With a truce in
// place, …".
func (d *document) circumstantial(s sentence, i int) bool {
	if d.noiseIn("fronted", s.first, s.first) && d.fronted(s, i) {
		return true
	}
	for k := i - 1; k >= max(s.first, i-clauseReach); k-- {
		if d.breakAt(k + 1) {
			return false
		}
		if d.noiseIn("subordinate", k, k) {
			return true
		}
	}
	return false
}

// fronted reports whether the first break of a sentence, not far on, comes after token i.
func (d *document) fronted(s sentence, i int) bool {
	for k := s.first + 1; k < min(s.past, s.first+clauseReach); k++ {
		if d.breakAt(k) {
			return k > i
		}
	}
	return false
}

// objectReach is how far behind a verb its own object may stand.
const objectReach = 6

// takes reports whether a verb has a word of the classes for its object: it follows in
// the same clause, as in "ends years of war".
func (d *document) takes(s sentence, verb lexicon.Hit, classes []class) bool {
	for i := verb.Last + 1; i < min(s.past, verb.Last+1+objectReach); i++ {
		if d.breakAt(i) || d.classAt(i, cPassing, cDespite, cContrast) || d.word("aside", i) {
			return false
		}
		if d.classAt(i, classes...) {
			return true
		}
	}
	return false
}

// partnerReach is how far behind a truce the word may stand that tells with whom it is.
const partnerReach = 3

// partnered reports whether what is agreed is told to be with somebody who can act: "a
// truce with the rebels" is no yes of one alone.
func (d *document) partnered(s sentence, object int) bool {
	for i := object + 1; i < min(s.past-1, object+1+partnerReach); i++ {
		if d.breakAt(i) {
			return false
		}
		if d.noiseIn("alongside", i, i) {
			return d.classAt(i+1, cActor, cRebel, cArmy, cLeader) || d.classAt(i+2, cActor, cRebel, cArmy, cLeader)
		}
	}
	return false
}

// deniedObject reports whether a no stands between a verb and its object, right before
// the object: "commits to civilian rule, but not a truce".
func (d *document) deniedObject(s sentence, verb lexicon.Hit, object int) bool {
	for _, h := range s.all(cNot) {
		if h.First > verb.Last && h.Last < object && object-h.Last <= 2*d.pack.spread {
			return true
		}
	}
	return false
}
