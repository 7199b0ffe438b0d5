package news

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// entry is one item of the window as the desk compares it.
type entry struct {
	Features
	item     ItemID
	conflict ConflictID
	outlet   OutletID
	lang     string
	at       time.Time
	held     []*holders      // who else holds each of its words; parallel to Terms
	main     DevelopmentID   // its main development; empty: none
	mentions []DevelopmentID // every development it mentions, main or minor

	search uint64  // the last search that came upon it
	found  float64 // weight of the words found there
}

// holders tells how many items of a window hold one word and, in a window that is
// searched by words, which, by age.
type holders struct {
	count int
	items []*entry
}

func newEntry(r Reading) *entry {
	return &entry{Features: r.Features, item: r.Item, conflict: r.Conflict, outlet: r.Outlet, lang: r.Lang, at: r.At}
}

// link notes that the item mentions a development.
func (e *entry) link(id DevelopmentID, main bool) {
	if main {
		e.main = id
	}
	if !slices.Contains(e.mentions, id) {
		e.mentions = append(e.mentions, id)
	}
}

// byAge orders entries by time and, within one instant, by item id: an order that
// does not depend on when an item came in or how a store returns it.
func byAge(a, b *entry) int {
	if c := a.at.Compare(b.at); c != 0 {
		return c
	}
	return cmp.Compare(a.item, b.item)
}

// story is a development together with its main items that are in the window.
type story struct {
	dev     Development
	members []*entry  // items that file it as main, by age
	words   []portion // kept profile
	told    *step     // kept step
	search  uint64    // the last search that came upon it
	kept    bool      // whether it may hold words and told
}

// subject is what developments are looked up by besides words: items in different
// languages about one step share it.
type subject struct {
	conflict ConflictID
	kind     Kind
}

// subjectsOf gives what a development is looked up by: its conflict alone if it is
// main, and its conflict with each of its kinds.
func subjectsOf(d Development) []subject {
	var keys []subject
	if d.Main {
		keys = append(keys, subject{conflict: d.Conflict})
	}
	for _, k := range d.Kinds {
		keys = append(keys, subject{d.Conflict, k})
	}
	return keys
}

// window is the desk's memory, or a layer on top of it. Nothing in it depends on
// the order of insertion, so a window filled from the store equals the one that
// grew item by item.
type window struct {
	byWords  bool     // searched by words: of GroupOnly
	search   uint64   // counts searches
	kept     []*story // that keep profile and step, as a ring
	keeps    int
	entries  []*entry // by age
	items    map[ItemID]*entry
	terms    map[uint32]*holders
	names    map[uint32]int  // how many items hold a name
	classes  [numClasses]int // how many headlines speak of a word class
	stories  map[DevelopmentID]*story
	subjects map[subject][]*story // by opening time, then id
	logs     []float64            // logarithm of each small number of holders
}

func newWindow(byWords bool) *window {
	const small = 1024 // few words have more holders than that
	logs := make([]float64, small)
	for i := range logs {
		logs[i] = math.Log(float64(i) + 0.5)
	}
	return &window{
		byWords:  byWords,
		logs:     logs,
		items:    map[ItemID]*entry{},
		terms:    map[uint32]*holders{},
		names:    map[uint32]int{},
		stories:  map[DevelopmentID]*story{},
		subjects: map[subject][]*story{},
	}
}

// insert adds an item; an earlier revision of it is replaced and leaves it its place.
func (w *window) insert(e *entry) {
	if old, ok := w.items[e.item]; ok {
		e.main, e.mentions = old.main, old.mentions
		w.remove(e.item)
	}
	w.items[e.item] = e
	w.entries = insertByAge(w.entries, e)
	e.held = make([]*holders, len(e.Terms))
	for i, t := range e.Terms {
		h := w.terms[t.Hash]
		if h == nil {
			h = &holders{}
			w.terms[t.Hash] = h
		}
		h.count++
		if w.byWords {
			h.items = insertByAge(h.items, e)
		}
		e.held[i] = h
	}
	for _, n := range e.Names {
		w.names[n]++
	}
	w.countClasses(e, 1)
}

// countClasses adds a headline to the holders of its word classes, or takes it away.
func (w *window) countClasses(e *entry, by int) {
	for c := range numClasses {
		if e.Concepts.Classes.has(c) {
			w.classes[c] += by
		}
	}
}

func (w *window) remove(id ItemID) {
	old, ok := w.items[id]
	if !ok {
		return
	}
	delete(w.items, id)
	w.entries = removeByAge(w.entries, old)
	w.countClasses(old, -1)
	for _, n := range old.Names {
		if w.names[n]--; w.names[n] == 0 {
			delete(w.names, n)
		}
	}
	for i, t := range old.Terms {
		h := old.held[i]
		h.items = removeByAge(h.items, old)
		if h.count--; h.count == 0 {
			delete(w.terms, t.Hash)
		}
	}
}

// evict forgets items published up to the horizon and the developments that only
// they mention.
func (w *window) evict(horizon time.Time) {
	touched := map[DevelopmentID]bool{}
	for len(w.entries) > 0 && !w.entries[0].at.After(horizon) {
		e := w.entries[0]
		w.remove(e.item)
		for _, id := range e.mentions {
			touched[id] = true
		}
	}
	for id := range touched {
		w.forgetStory(id)
	}
}

// maxKept bounds the stories that keep their profile and step between items: those
// of the present day, which nearly all comparisons are with.
const maxKept = 3072

// keep notes that a story keeps what was worked out of it, and frees the story that
// began to so longest ago.
func (w *window) keep(s *story) {
	if s.kept {
		return
	}
	s.kept = true
	if len(w.kept) < maxKept {
		w.kept = append(w.kept, s)
		return
	}
	at := w.keeps % maxKept
	w.keeps++
	old := w.kept[at]
	old.kept, old.words, old.told = false, nil, nil
	w.kept[at] = s
}

// forgetStory drops members that left the window, and the story with its last mention.
func (w *window) forgetStory(id DevelopmentID) {
	s, ok := w.stories[id]
	if !ok {
		return
	}
	if slices.ContainsFunc(s.dev.Mentions, func(m Mention) bool { return w.items[m.Item] != nil }) {
		gone := func(e *entry) bool { return w.items[e.item] != e }
		w.stories[id].members = slices.DeleteFunc(slices.Clone(s.members), gone)
		return
	}
	delete(w.stories, id)
	w.dropSubjects(s)
}

func (w *window) dropSubjects(s *story) {
	for _, key := range subjectsOf(s.dev) {
		left := slices.DeleteFunc(w.subjects[key], func(x *story) bool { return x.dev.ID == s.dev.ID })
		if len(left) == 0 {
			delete(w.subjects, key)
			continue
		}
		w.subjects[key] = left
	}
}

// put stores a development's newest value, unless no item of the window mentions
// it. find gives the entry of an item in this window or a layer below.
func (w *window) put(d Development, find func(ItemID) *entry) {
	if old, ok := w.stories[d.ID]; ok {
		w.dropSubjects(old)
		delete(w.stories, d.ID)
	}
	s := &story{dev: d}
	known := false
	for _, m := range d.Mentions {
		e := find(m.Item)
		known = known || e != nil
		if e != nil && m.Main {
			s.members = append(s.members, e)
		}
		if w.items[m.Item] == e && e != nil { // entries of a layer below are not ours to write
			e.link(d.ID, m.Main)
		}
	}
	if !known {
		return
	}
	slices.SortFunc(s.members, byAge)
	w.stories[d.ID] = s
	for _, key := range subjectsOf(d) {
		list := w.subjects[key]
		at, _ := slices.BinarySearchFunc(list, s, byOpening)
		w.subjects[key] = slices.Insert(list, at, s)
	}
}

func byOpening(a, b *story) int {
	if c := a.dev.OpenedAt.Compare(b.dev.OpenedAt); c != 0 {
		return c
	}
	return cmp.Compare(a.dev.ID, b.dev.ID)
}

func insertByAge(list []*entry, e *entry) []*entry {
	if n := len(list); n == 0 || byAge(list[n-1], e) < 0 {
		return append(list, e)
	}
	at, _ := slices.BinarySearchFunc(list, e, byAge)
	return slices.Insert(list, at, e)
}

func removeByAge(list []*entry, e *entry) []*entry {
	at, ok := slices.BinarySearchFunc(list, e, byAge)
	if !ok {
		return list
	}
	if at == 0 {
		list[0] = nil
		return list[1:] // the usual case: the oldest leaves
	}
	return slices.Delete(list, at, at+1)
}
