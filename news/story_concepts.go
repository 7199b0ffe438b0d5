package news

import (
	"math"
	"math/bits"
	"slices"
)

// conceptSignals compares what an item's headline speaks of with the headlines of a
// development. It needs no word in common.
func (l layers) conceptSignals(m *match, q *entry) {
	members := m.story.compared()
	own := q.Concepts
	named := false
	for _, x := range members {
		other := x.Concepts
		m.raise(sigClasses, l.classesShared(own.Classes, other.Classes))
		m.raise(sigActs, bitsShared(own.Acts, other.Acts))
		if len(own.Names) == 0 || len(other.Names) == 0 {
			continue
		}
		named = true
		m.raise(sigActor, truth(own.Names[0] == other.Names[0]))
		m.raise(sigHeadNames, jaccard(own.Names, other.Names))
	}
	m.signals[sigActors] = truth(named) - m.signals[sigActor]
	m.signals[sigNewNames] = newNames(own.Names, members)
}

// newNames is the share of names that no item tells anywhere.
func newNames(names []uint32, members []*entry) float64 {
	fresh := 0
	for _, n := range names {
		told := func(x *entry) bool {
			_, ok := slices.BinarySearch(x.Names, n)
			return ok
		}
		fresh += boolInt(!slices.ContainsFunc(members, told))
	}
	return share(float64(fresh), float64(len(names)))
}

// classesShared is the share of word classes that two headlines have in common, by
// rarity.
func (l layers) classesShared(a, b classSet) float64 {
	both, all := 0.0, [2]float64{}
	for c := range numClasses {
		inA, inB := a.has(c), b.has(c)
		if !inA && !inB {
			continue
		}
		w := l.classWeight(c)
		all[0] += truth(inA) * w
		all[1] += truth(inB) * w
		both += truth(inA && inB) * w
	}
	return share(both, math.Sqrt(all[0]*all[1]))
}

// classWeight is how much a word class tells.
func (l layers) classWeight(c class) float64 {
	w := l.rarity(l.base.classes[c] + l.over.classes[c])
	return w * w
}

// bitsShared is the cosine of two sets of bits.
func bitsShared(a, b uint64) float64 {
	return share(float64(bits.OnesCount64(a&b)), math.Sqrt(float64(bits.OnesCount64(a)*bits.OnesCount64(b))))
}
