package news

import (
	"hash/fnv"
	"slices"

	"trucewire/news/lexicon"
)

// Concepts are what a headline speaks of in word classes of the grammar and in names
// of the catalogue. They are the same in every language: by them one step is
// recognised that two writers, or two languages, told in no common word.
type Concepts struct {
	Classes classSet // the word classes of the headline
	Acts    uint64   // what headline and first sentences tell as done, expected or denied: three bits a kind
	Names   []uint32 // catalogue names of the headline, hashed, in order: mostly who acts stands first
}

// maxHeadNames bounds the names kept of a headline.
const maxHeadNames = 6

// concepts reads an item's concepts.
func (f *facts) concepts() Concepts {
	var c Concepts
	for k, in := range f.has["title"] {
		if in && k.telling() {
			c.Classes.add(k)
		}
	}
	kinds := Kinds()
	for _, e := range f.events {
		if f.d.sents[e.sent].part != "rest" {
			c.Acts |= 1 << (3*slices.Index(kinds, e.kind) + e.modality.bit())
		}
	}
	c.Names = f.d.headNames()
	return c
}

// bit tells apart what happened, what is yet to happen, and what did not.
func (m modality) bit() int { return min(int(m), int(asNegated)) }

// headNames hashes the catalogue names of the headline, in order.
func (d *document) headNames() []uint32 {
	var names []uint32
	for _, m := range d.mentions {
		if m.first >= d.head || len(names) == maxHeadNames {
			break
		}
		if len(m.entities) == 0 {
			continue
		}
		h := hashWord(lexicon.Fold(d.names.entities[m.entities[0]].id)) // as in Features.Names
		if !slices.Contains(names, h) {
			names = append(names, h)
		}
	}
	return names
}

// telling reports whether a class says what happens, and not merely how a piece is
// written or how its words hang together.
func (c class) telling() bool {
	switch c {
	case cDespite, cContrast, cSay, cLeader, cOpinion, cLive, cGallery, cExplainer, cPassing, cCertain, cTo, cNotYet,
		cPast, cAttrib, cCore, cFalse, cActor, cPeaceTalks, cPeaceDeal, cPeacePlan, cQuestion,
		cDelegation, cSigning, cStep, cDeadline, cFinding, cRelative, cLocative:
		return false
	default:
		return true
	}
}

// classSeal tells one numbering of the classes from another, so that classes which
// another version of the reader stored are not taken for these.
func classSeal() uint32 {
	h := fnv.New32a()
	for _, n := range classNames() {
		h.Write([]byte(n))
		h.Write([]byte{' '})
	}
	return h.Sum32()
}
