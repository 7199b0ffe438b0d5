package news

import (
	"cmp"
	"math"
	"slices"
)

// layers is the window as one batch sees it: what the desk holds, and over it what
// earlier items of the batch decided. The base is never written through it.
type layers struct {
	base, over *window
}

// story gives the newest value of a development.
func (l layers) story(id DevelopmentID) (*story, bool) {
	if s, ok := l.over.stories[id]; ok {
		return s, true
	}
	s, ok := l.base.stories[id]
	return s, ok
}

// entry gives the item's entry, nil if the window has none.
func (l layers) entry(id ItemID) *entry {
	if e, ok := l.over.items[id]; ok {
		return e
	}
	return l.base.items[id]
}

// count is how many items the window holds.
func (l layers) count() int { return len(l.base.entries) + len(l.over.entries) }

// holders is how many items of the window hold a word.
func (l layers) holders(term uint32) int { return len(l.base.terms[term]) + len(l.over.terms[term]) }

// weight is how much a word tells: the rarer in the window, the more. The constant
// stands for items never seen, so that the first items of a young window do not
// find every word rare.
func (l layers) weight(term uint32) float64 {
	return l.rarity(l.holders(term))
}

// nameWeight is how much a name tells.
func (l layers) nameWeight(name uint32) float64 {
	return l.rarity(l.base.names[name] + l.over.names[name])
}

func (l layers) rarity(holders int) float64 {
	const unseen = 50
	return math.Log(float64(l.count()+unseen) / (float64(holders) + 0.5))
}

// Bounds of the search. They keep the work per item the same however full the
// window is.
const (
	searchTerms    = 32 // of the item, the rarest
	searchHolders  = 96 // newest items looked at per word
	searchStories  = 32 // developments compared in full
	searchSubjects = 24 // newest developments of the same conflict and kind
	compareMembers = 12 // items compared per development: the first two and the newest
)

// candidates gives the developments that the item may belong to: those that share
// its rarest words, and the newest of its conflict and kinds, which need share no
// word where languages differ.
func (l layers) candidates(e *entry, r Reading) []*story {
	type scored struct {
		id     DevelopmentID
		weight float64
	}
	best := map[DevelopmentID]float64{}
	shared := map[*entry]float64{}
	for _, t := range l.rarest(e) {
		weight := l.weight(t)
		for _, list := range [][]*entry{l.over.terms[t], l.base.terms[t]} {
			for _, x := range list[max(0, len(list)-searchHolders):] {
				if x.main == "" || x.item == e.item {
					continue
				}
				shared[x] += weight
				best[x.main] = max(best[x.main], shared[x])
			}
		}
	}
	ranked := make([]scored, 0, len(best))
	for id, weight := range best {
		ranked = append(ranked, scored{id, weight})
	}
	slices.SortFunc(ranked, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.id, b.id))
	})
	ids := make([]DevelopmentID, 0, searchStories)
	for _, s := range ranked[:min(len(ranked), searchStories)] {
		ids = append(ids, s.id)
	}
	for _, k := range r.Kinds {
		ids = append(ids, l.recent(subject{r.Conflict, k})...)
	}
	return l.resolve(ids)
}

// rarest gives the item's most telling words.
func (l layers) rarest(e *entry) []uint32 {
	terms := make([]uint32, len(e.Terms))
	held := make(map[uint32]int, len(e.Terms))
	for i, t := range e.Terms {
		terms[i] = t.Hash
		held[t.Hash] = l.holders(t.Hash)
	}
	slices.SortFunc(terms, func(a, b uint32) int { return cmp.Or(cmp.Compare(held[a], held[b]), cmp.Compare(a, b)) })
	terms = slices.DeleteFunc(terms, func(t uint32) bool { return held[t] == 0 })
	return terms[:min(len(terms), searchTerms)]
}

// recent gives the newest developments of a subject, newest first.
func (l layers) recent(of subject) []DevelopmentID {
	var ids []DevelopmentID
	for _, list := range [][]*story{l.over.subjects[of], l.base.subjects[of]} {
		for i := range min(len(list), searchSubjects) {
			ids = append(ids, list[len(list)-1-i].dev.ID)
		}
	}
	return ids
}

// resolve gives the newest value of each development once, in the order of ids.
func (l layers) resolve(ids []DevelopmentID) []*story {
	seen := make(map[DevelopmentID]bool, len(ids))
	stories := make([]*story, 0, len(ids))
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		if s, ok := l.story(id); ok {
			stories = append(stories, s)
		}
	}
	return stories
}
