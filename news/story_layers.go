package news

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// layers is the window as one batch sees it: what the desk holds, and over it what
// earlier items of the batch decided. The base is never written through it.
type layers struct {
	base, over *window
	size       float64 // logarithm of the number of items, with those never seen
}

// unseen stands for items the window has not seen, so that the first items of a
// young window do not find every word rare.
const unseen = 50

func newLayers(base, over *window) layers {
	return layers{base: base, over: over, size: math.Log(float64(len(base.entries) + len(over.entries) + unseen))}
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

// holding is how many items of the window hold a word.
func (l layers) holding(term uint32) int {
	n := 0
	if h := l.base.terms[term]; h != nil {
		n = h.count
	}
	if h := l.over.terms[term]; h != nil {
		n += h.count
	}
	return n
}

// holders gives the newest items that hold a word.
func (w *window) holders(term uint32) []*entry {
	h := w.terms[term]
	if h == nil {
		return nil
	}
	return h.items[max(0, len(h.items)-searchHolders):]
}

// weight is how much a word tells: the rarer in the window, the more.
func (l layers) weight(term uint32) float64 { return l.rarity(l.holding(term)) }

// weightAt is weight of the entry's i-th word. Items of the base know their words'
// other holders, which saves the look-up.
func (l layers) weightAt(e *entry, i int) float64 {
	if e.held == nil || len(l.over.entries) > 0 {
		return l.weight(e.Terms[i].Hash)
	}
	return l.rarity(e.held[i].count)
}

// nameWeight is how much a name tells.
func (l layers) nameWeight(name uint32) float64 {
	return l.rarity(l.base.names[name] + l.over.names[name])
}

// rarity falls with the number of holders.
func (l layers) rarity(holders int) float64 {
	if logs := l.base.logs; holders < len(logs) {
		return l.size - logs[holders]
	}
	return l.size - math.Log(float64(holders)+0.5)
}

// Bounds of the search. They keep the work per item the same however full the
// window is.
const (
	searchTerms    = 24                 // of the item, the rarest
	searchHolders  = 64                 // newest items looked at per word
	searchStories  = 24                 // developments compared that share words
	searchConflict = 40                 // newest developments of the same conflict
	searchSubjects = 16                 // and of the same kind,
	searchBack     = 6 * 24 * time.Hour // told within this time
)

// candidates gives the developments that the item may belong to: the newest of its
// conflict and kinds, which need share no word where languages differ. A step is
// told within days, so no older one needs to be looked for.
func (l layers) candidates(r Reading) []*story {
	l.base.search++
	stories := l.recent(make([]*story, 0, 128), subject{conflict: r.Conflict}, searchConflict)
	newest := len(stories)
	for _, k := range r.Kinds {
		stories = l.recent(stories, subject{r.Conflict, k}, searchSubjects)
	}
	past := func(s *story) bool { return r.At.Sub(s.SaidAt) > searchBack }
	return append(stories[:newest], slices.DeleteFunc(stories[newest:], past)...)
}

// alike gives the developments that share the item's rarest words, of any conflict.
func (l layers) alike(e *entry) []*story {
	var found []*entry
	l.base.search++
	for _, t := range l.rarest(e) {
		weight := l.weight(t)
		for _, list := range [][]*entry{l.over.holders(t), l.base.holders(t)} {
			for _, x := range list {
				if x.main == "" || x.item == e.item {
					continue
				}
				if x.search != l.base.search {
					x.search, x.found = l.base.search, 0
					found = append(found, x)
				}
				x.found += weight
			}
		}
	}
	slices.SortFunc(found, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(b.found, a.found), byAge(a, b))
	})
	stories := make([]*story, 0, searchStories)
	for _, x := range found {
		if s, ok := l.story(x.main); ok {
			stories = l.add(stories, s)
		}
		if len(stories) == searchStories {
			break
		}
	}
	return stories
}

// add appends a story that this search has not come upon.
func (l layers) add(stories []*story, s *story) []*story {
	if s.search == l.base.search {
		return stories
	}
	s.search = l.base.search
	return append(stories, s)
}

// rarest gives the item's most telling words.
func (l layers) rarest(e *entry) []uint32 {
	terms := make([]uint32, len(e.Terms))
	held := make(map[uint32]int, len(e.Terms))
	for i, t := range e.Terms {
		terms[i] = t.Hash
		held[t.Hash] = l.holding(t.Hash)
	}
	slices.SortFunc(terms, func(a, b uint32) int { return cmp.Or(cmp.Compare(held[a], held[b]), cmp.Compare(a, b)) })
	terms = slices.DeleteFunc(terms, func(t uint32) bool { return held[t] == 0 })
	return terms[:min(len(terms), searchTerms)]
}

// recent appends the newest developments of a subject, at most so many, newest first.
func (l layers) recent(stories []*story, of subject, most int) []*story {
	for _, list := range [][]*story{l.over.subjects[of], l.base.subjects[of]} {
		for i := range min(len(list), most) {
			s := list[len(list)-1-i]
			if newer, ok := l.over.stories[s.ID]; ok {
				s = newer
			}
			stories = l.add(stories, s)
		}
	}
	return stories
}

// about gives the newest developments of subjects, each once.
func (l layers) about(subjects ...subject) []*story {
	l.base.search++
	var stories []*story
	for _, of := range subjects {
		stories = l.recent(stories, of, searchSubjects)
	}
	return stories
}
