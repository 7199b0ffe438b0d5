package news

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// compared is what of an item's features the desk compares.
type compared struct {
	Terms    []Term
	Names    []uint32
	Numbers  []int
	Lead     []uint32
	Sketch   []uint16 // half of each value: enough to tell copies
	Concepts Concepts
}

func comparedOf(f Features) compared {
	return compared{Terms: f.Terms, Names: f.Names, Numbers: f.Numbers, Lead: f.Lead, Sketch: halved(f.Sketch), Concepts: f.Concepts}
}

// entry is one item of the window as the desk compares it.
type entry struct {
	compared
	item     ItemID
	outlet   OutletID
	lang     string
	at       time.Time
	held     []*holders      // who else holds each of its words; parallel to Terms; nil: not at hand
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
	return &entry{compared: comparedOf(r.Features), item: r.Item, outlet: r.Outlet, lang: r.Lang, at: r.At}
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
	head
	dev     *Development // nil while it is packed
	packed  packed
	members []*entry  // items that file it as main, by age
	words   []portion // kept profile
	told    *step     // kept step
	tellers []ItemID  // items that mention it; kept with the step
	search  uint64    // the last search that came upon it
	slot    int       // its place in the ring of those at hand, from 1; 0: it is put away
}

// whole is the development with all it holds.
func (s *story) whole() Development {
	if s.dev != nil {
		return *s.dev
	}
	return s.packed.unpack()
}

// head is what of a development is at hand even while it is packed: what it is found
// by.
type head struct {
	ID       DevelopmentID
	Conflict ConflictID
	Kinds    []Kind
	Main     bool
	OpenedAt time.Time
	SaidAt   time.Time // of its newest claim
}

func headOf(d Development) head {
	h := head{ID: d.ID, Conflict: d.Conflict, Kinds: d.Kinds, Main: d.Main, OpenedAt: d.OpenedAt}
	for _, c := range d.Claims {
		if c.Cite.At.After(h.SaidAt) {
			h.SaidAt = c.Cite.At
		}
	}
	return h
}

// Kind is the main kind.
func (h head) Kind() Kind {
	if len(h.Kinds) == 0 {
		return ""
	}
	return h.Kinds[0]
}

// subject is what developments are looked up by besides words: items in different
// languages about one step share it.
type subject struct {
	conflict ConflictID
	kind     Kind
}

// subjectsOf gives what a development is looked up by: its conflict alone if it is
// main, and its conflict with each of its kinds.
func subjectsOf(d head) []subject {
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
	kept     []*story // at hand, as a ring
	oldest   int      // place in the ring that is taken next
	whole    []*story // not packed, as a ring
	packs    int      // place in that ring that is taken next
	entries  []*entry // by age
	items    map[ItemID]*entry
	terms    map[uint32]*holders
	names    map[uint32]int  // how many items hold a name
	classes  [numClasses]int // how many headlines speak of a word class
	stories  map[DevelopmentID]*story
	minors   []opening            // of stories that opened as minor ones, by time
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
	for _, t := range e.Terms {
		h := w.terms[t.Hash]
		if h == nil {
			h = &holders{}
			w.terms[t.Hash] = h
		}
		h.count++
		if w.byWords {
			h.items = insertByAge(h.items, e)
		}
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
	for _, t := range old.Terms {
		h := w.terms[t.Hash]
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

// opening is when a story opened.
type opening struct {
	at time.Time
	id DevelopmentID
}

func (o opening) compare(p opening) int { return cmp.Or(o.at.Compare(p.at), cmp.Compare(o.id, p.id)) }

// noteMinor remembers when a minor story is to be forgotten.
func (w *window) noteMinor(s *story) {
	o := opening{s.OpenedAt, s.ID}
	at, _ := slices.BinarySearchFunc(w.minors, o, opening.compare)
	w.minors = slices.Insert(w.minors, at, o)
}

// evictMinor forgets stories that opened up to the horizon and that no item mainly
// tells: nothing joins them any more, and no standing looks back so far.
func (w *window) evictMinor(horizon time.Time) {
	for len(w.minors) > 0 && !w.minors[0].at.After(horizon) {
		if s := w.stories[w.minors[0].id]; s != nil && !s.Main {
			delete(w.stories, s.ID)
			w.dropSubjects(s)
		}
		w.minors = w.minors[1:]
	}
}

// maxKept bounds the stories at hand: those of the present day, which nearly all
// comparisons are with.
const maxKept = 2048

// keep takes a story to hand: with what is worked out of it, and with its items' words
// looked up. The one at hand for longest is put away for it.
func (w *window) keep(s *story) {
	if s.slot > 0 {
		return
	}
	if len(w.kept) < maxKept {
		w.kept = append(w.kept, nil)
		w.takeUp(s, len(w.kept))
		return
	}
	w.kept[w.oldest].putAway()
	w.takeUp(s, w.oldest+1)
	w.oldest = (w.oldest + 1) % maxKept
}

func (w *window) takeUp(s *story, slot int) {
	s.slot, w.kept[slot-1] = slot, s
	for _, e := range s.members {
		w.lookUp(e)
	}
}

// lookUp finds who else holds each of an item's words, which saves looking them up
// with every comparison.
func (w *window) lookUp(e *entry) {
	if e.held != nil || w.items[e.item] != e {
		return
	}
	e.held = make([]*holders, len(e.Terms))
	for i, t := range e.Terms {
		e.held[i] = w.terms[t.Hash]
	}
}

func (s *story) putAway() {
	s.slot, s.words, s.told, s.tellers = 0, nil, nil, nil
	for _, e := range s.members {
		e.held = nil
	}
}

// maxWhole bounds the stories that are not packed: those that changed last.
const maxWhole = 512

// changed notes that a story is new or changed, and packs the one that is so for
// longest.
func (w *window) changed(s *story) {
	if len(w.whole) < maxWhole {
		w.whole = append(w.whole, s)
		return
	}
	w.whole[w.packs].putIn()
	w.whole[w.packs] = s
	w.packs = (w.packs + 1) % maxWhole
}

func (s *story) putIn() {
	s.dev, s.packed = nil, pack(*s.dev)
	s.Kinds = commonKinds(s.Kinds)
}

// replace takes a development's new value to hand in the place of its old one.
func (w *window) replace(old, s *story) {
	if old == nil || old.slot == 0 {
		w.keep(s)
		return
	}
	w.takeUp(s, old.slot)
	old.slot = 0
}

// forgetStory drops members that left the window, and the story with its last mention.
func (w *window) forgetStory(id DevelopmentID) {
	s, ok := w.stories[id]
	if !ok {
		return
	}
	if slices.ContainsFunc(s.whole().Mentions, func(m Mention) bool { return w.items[m.Item] != nil }) {
		gone := func(e *entry) bool { return w.items[e.item] != e }
		w.stories[id].members = slices.DeleteFunc(slices.Clone(s.members), gone)
		return
	}
	delete(w.stories, id)
	w.dropSubjects(s)
}

func (w *window) dropSubjects(s *story) {
	for _, key := range subjectsOf(s.head) {
		list := w.subjects[key]
		at, ok := slices.BinarySearchFunc(list, s, byOpening)
		switch {
		case !ok:
		case len(list) == 1:
			delete(w.subjects, key)
		case at == 0:
			list[0] = nil
			w.subjects[key] = list[1:] // the usual case: the oldest leaves
		default:
			w.subjects[key] = slices.Delete(list, at, at+1)
		}
	}
}

// put stores a development's newest value, unless no item of the window mentions
// it. find gives the entry of an item in this window or a layer below.
func (w *window) put(d Development, find func(ItemID) *entry) {
	old := w.stories[d.ID]
	if old != nil {
		w.dropSubjects(old)
		delete(w.stories, d.ID)
	}
	s := &story{head: headOf(d), dev: &d}
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
	w.replace(old, s)
	w.changed(s)
	if old == nil && !s.Main {
		w.noteMinor(s)
	}
	for _, key := range subjectsOf(s.head) {
		list := w.subjects[key]
		at, _ := slices.BinarySearchFunc(list, s, byOpening)
		w.subjects[key] = slices.Insert(list, at, s)
	}
}

func byOpening(a, b *story) int {
	if c := a.OpenedAt.Compare(b.OpenedAt); c != 0 {
		return c
	}
	return cmp.Compare(a.ID, b.ID)
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
