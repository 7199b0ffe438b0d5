package news

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"trucewire/news/lexicon"
)

// maxRead is how many bytes of a text are read. Longer ones are cut at it: no
// article is that long, and time must not grow with what a stranger sends.
const maxRead = 48 << 10

// document is an item in words: tokens of title and text in one row, sentences, the
// names found and the word classes found. It is built once and then only read.
type document struct {
	item     Item
	lang     string
	title    string
	text     string
	tokens   []lexicon.Token // title first; offsets are into title or text
	head     int             // how many tokens are of the title
	sents    []sentence
	mentions []mention
	mention  []int32    // per token: index into mentions plus one
	begins   []classSet // per token: classes of the hits that begin there
	names    *nameTable
	pack     *language
	own      map[PartyID]bool // parties of the item's conflict
	home     map[string]bool  // ids of its countries
	local    time.Time        // publication in the outlet's zone; zero: not known
}

// sentence is one sentence of title or text.
type sentence struct {
	title       bool
	place       int    // 0 is the title, 1 the first sentence of the text
	part        string // "title", "lead" or "rest": how features name its place
	first, past int    // tokens [first, past)
	span        lexicon.Span
	hits        []lexicon.Hit // classes, in order; token indexes are the document's
}

// field is the string that a token or sentence points into.
func (d *document) field(title bool) string {
	if title {
		return d.title
	}
	return d.text
}

func (d *document) quote(s sentence) string { return d.field(s.title)[s.span.Start:s.span.End] }

// cut is the words of tokens i to j (inclusive) as they stand.
func (d *document) cut(i, j int) string {
	if i < 0 || j >= len(d.tokens) || i > j {
		return ""
	}
	title := i < d.head
	if title != (j < d.head) {
		return ""
	}
	return d.field(title)[d.tokens[i].Start:d.tokens[j].End]
}

// newDocument splits an item into words and sentences, finds names, and finds the
// classes of all words that are not part of a name.
func newDocument(it Item, pack *language, names *nameTable) *document {
	d := &document{item: it, lang: pack.lang, title: headline(clip(it.Title), string(it.Outlet)), text: clip(it.Text), pack: pack, names: names}
	d.tokens = lexicon.Tokens(d.title)
	d.head = len(d.tokens)
	d.tokens = append(d.tokens, lexicon.Tokens(d.text)...)
	d.findNames()
	d.split(d.title, true, 0, d.head)
	d.split(d.text, false, d.head, len(d.tokens))
	d.findClasses()
	return d
}

func clip(s string) string {
	if len(s) <= maxRead {
		return s
	}
	return strings.ToValidUTF8(s[:maxRead], "")
}

// split cuts tokens [first, past) of a field into sentences. The title is one.
func (d *document) split(field string, title bool, first, past int) {
	spans := lexicon.Sentences(field)
	if title && len(spans) > 1 {
		spans = []lexicon.Span{{Start: spans[0].Start, End: spans[len(spans)-1].End}}
	}
	at := first
	for i, span := range spans {
		begin := at
		for at < past && d.tokens[at].Start < span.End {
			at++
		}
		if begin == at {
			continue
		}
		place := i + 1
		if title {
			place = 0
		}
		d.cutSentence(sentence{title: title, place: place, part: d.partOf(place), first: begin, past: at, span: span})
	}
}

// maxSentenceTokens bounds a sentence: no writer's is as long, and the grammar compares
// its words with one another, so that time must not grow with what a stranger sends.
const maxSentenceTokens = 160

// cutSentence adds a sentence, in pieces where it is longer than any should be.
func (d *document) cutSentence(s sentence) {
	for s.past-s.first > maxSentenceTokens {
		piece := s
		piece.past = s.first + maxSentenceTokens
		piece.span.End = d.tokens[piece.past-1].End
		d.sents = append(d.sents, piece)
		s.first, s.span.Start = piece.past, d.tokens[piece.past].Start
	}
	d.sents = append(d.sents, s)
}

// leadSentences is how many sentences of a text count as its beginning.
const leadSentences = 2

// partOf names the place of a sentence. An item without a title, as articles often
// come, is headed by its first sentence.
func (d *document) partOf(place int) string {
	if d.head == 0 {
		place--
	}
	switch {
	case place <= 0:
		return "title"
	case place <= leadSentences:
		return "lead"
	default:
		return "rest"
	}
}

func (d *document) findClasses() {
	hits := d.withActors(d.ofThisWorld(d.pack.words.Find(d.tokens, d.masked)))
	d.begins = make([]classSet, len(d.tokens))
	for _, h := range hits {
		d.begins[h.First].add(class(h.Class))
	}
	k := 0
	for i := range d.sents {
		s := &d.sents[i]
		for k < len(hits) && hits[k].First < s.first {
			k++
		}
		from := k
		for k < len(hits) && hits[k].First < s.past {
			k++
		}
		s.hits = hits[from:k:k]
	}
}

// ofThisWorld drops the talks, deals and plans that a word beside them puts into
// another world: trade talks, a budget deal, talks on pay.
func (d *document) ofThisWorld(hits []lexicon.Hit) []lexicon.Hit {
	hits = outsideTruces(hits)
	kept := make([]lexicon.Hit, 0, len(hits))
	for _, h := range hits {
		switch class(h.Class) {
		case cTalks, cDeal, cPlan:
			if d.elsewhere(around(hits, h), h) {
				continue
			}
		}
		kept = append(kept, h)
	}
	return kept
}

// aroundTokens is how far around a hit the words are that may belong to it, more than
// any reach below with the longest form.
const aroundTokens = 12

// around are the hits near one, of all hits in the order of their first tokens.
func around(hits []lexicon.Hit, h lexicon.Hit) []lexicon.Hit {
	from, _ := slices.BinarySearchFunc(hits, h.First-aroundTokens, func(x lexicon.Hit, first int) int { return cmp.Compare(x.First, first) })
	to, _ := slices.BinarySearchFunc(hits, h.Last+aroundTokens, func(x lexicon.Hit, first int) int { return cmp.Compare(x.First, first) })
	return hits[from:to]
}

// outsideTruces drops the words that are only a part of a word for a truce or for its
// taking effect: the "cease" of a cease-fire, the "fighting" of a halt to fighting.
func outsideTruces(hits []lexicon.Hit) []lexicon.Hit {
	kept := make([]lexicon.Hit, 0, len(hits))
	for _, h := range hits {
		if !inTruce(around(hits, h), h) {
			kept = append(kept, h)
		}
	}
	return kept
}

func inTruce(near []lexicon.Hit, h lexicon.Hit) bool {
	switch class(h.Class) {
	case cTruce, cCore, cFalse, cPeace, cEffect, cSilent, cFuture, cNotYet, cTo:
		return false
	}
	return slices.ContainsFunc(near, func(t lexicon.Hit) bool {
		return (class(t.Class) == cTruce || class(t.Class) == cEffect || class(t.Class) == cSilent) && h.First >= t.First && h.Last <= t.Last && h.Last-h.First < t.Last-t.First
	})
}

// How far from its noun a word of another world may stand: "free trade deal",
// "talks on a new pay deal".
const (
	elsewhereBefore = 2
	elsewhereAfter  = 3
)

func (d *document) elsewhere(near []lexicon.Hit, h lexicon.Hit) bool {
	return slices.ContainsFunc(near, func(e lexicon.Hit) bool {
		if class(e.Class) != cElsewhere {
			return false
		}
		before, after := h.First-e.Last, e.First-h.Last
		return before > 0 && before <= elsewhereBefore && !d.brokenBetween(e.Last, h.First) && !d.smallBetween(e.Last+1, h.First) ||
			after > 1 && after <= elsewhereAfter && d.smallBetween(h.Last+1, h.Last+2) && !circumstance(near, h.Last+1)
	})
}

// circumstance reports whether a word at a token begins one: "talks after a strike"
// are not about it.
func circumstance(near []lexicon.Hit, at int) bool {
	return slices.ContainsFunc(near, func(p lexicon.Hit) bool {
		return p.First == at && (class(p.Class) == cPassing || class(p.Class) == cDespite)
	})
}

// smallBetween reports whether a function word stands among tokens [from, to).
func (d *document) smallBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if stopWord(d.lang, d.tokens[i].Folded) {
			return true
		}
	}
	return false
}

// classSet is a set of word classes.
type classSet [(numClasses + 63) / 64]uint64

func (s *classSet) add(c class)      { s[c/64] |= 1 << (c % 64) }
func (s *classSet) has(c class) bool { return s[c/64]&(1<<(c%64)) != 0 }

func (s *classSet) hasAny(o classSet) bool {
	for i := range s {
		if s[i]&o[i] != 0 {
			return true
		}
	}
	return false
}

// classAt reports whether a word of one of the classes begins at token i.
func (d *document) classAt(i int, cs ...class) bool {
	if i < 0 || i >= len(d.begins) {
		return false
	}
	for _, c := range cs {
		if d.begins[i].has(c) {
			return true
		}
	}
	return false
}

// withActors adds the names that can act as words of the grammar: a person of the
// catalogue is a leader, whatever the sentence calls them.
func (d *document) withActors(hits []lexicon.Hit) []lexicon.Hit {
	for _, m := range d.mentions {
		actor, leader := false, false
		for _, e := range m.entities {
			switch d.names.entities[e].kind {
			case entPerson:
				actor, leader = true, true
			case entParty, entCountry, entBody, entMechanism:
				actor = true
			}
		}
		if actor {
			hits = append(hits, lexicon.Hit{Class: int(cActor), First: m.first, Last: m.last})
		}
		if leader {
			hits = append(hits, lexicon.Hit{Class: int(cLeader), First: m.first, Last: m.last})
		}
	}
	slices.SortStableFunc(hits, byFirst)
	hits = append(hits, ofPeace(hits, d.warringNames(hits))...)
	slices.SortStableFunc(hits, byFirst)
	return hits
}

func byFirst(a, b lexicon.Hit) int { return cmp.Compare(a.First, b.First) }

// ofPeace finds the talks, deals and plans that are of a peace process: a word of
// truce or peace is part of them or stands within three words; deals and plans also
// where such a word or captives stand anywhere in the beginning, or where an armed
// group and another side are named.
func ofPeace(hits []lexicon.Hit, process bool) []lexicon.Hit {
	var out []lexicon.Hit
	for _, h := range hits {
		as, ok := peaceClass(class(h.Class))
		if !ok {
			continue
		}
		if process && as != cPeaceTalks || nearPeace(around(hits, h), h) {
			out = append(out, lexicon.Hit{Class: int(as), First: h.First, Last: h.Last})
		}
	}
	return out
}

func peaceClass(c class) (class, bool) {
	switch c {
	case cTalks:
		return cPeaceTalks, true
	case cDeal:
		return cPeaceDeal, true
	case cPlan:
		return cPeacePlan, true
	}
	return 0, false
}

func nearPeace(hits []lexicon.Hit, t lexicon.Hit) bool {
	const near = 4
	return slices.ContainsFunc(hits, func(h lexicon.Hit) bool {
		c := class(h.Class)
		return (c == cTruce || c == cPeace || c == cCore || c == cSwap) && h.First <= t.Last+near && h.Last >= t.First-near
	})
}

// headTokens is how far into the text a word of the process makes every deal one.
const headTokens = 60

// warringNames reports whether the beginning of an item speaks of a process, or
// names an armed group and another side of one conflict.
func (d *document) warringNames(hits []lexicon.Hit) bool {
	end := d.head + headTokens*d.pack.spread
	for _, h := range hits {
		if c := class(h.Class); h.First < end && (c == cTruce || c == cPeace || c == cSwap || c == cCaptive || c == cRebel) {
			return true
		}
	}
	groups, sides := make(map[int]bool), make(map[int]map[PartyID]bool)
	for _, m := range d.mentions {
		if m.first >= end {
			break
		}
		for _, e := range m.entities {
			ent := d.names.entities[e]
			if ent.party == "" {
				continue
			}
			for _, c := range ent.conflicts {
				groups[c] = groups[c] || ent.armed
				if sides[c] == nil {
					sides[c] = make(map[PartyID]bool)
				}
				sides[c][ent.party] = true
				if groups[c] && len(sides[c]) >= 2 {
					return true
				}
			}
		}
	}
	return false
}

// masked reports whether a token is part of a name and so no word of its own: the
// "accord" of a government's name. A war's or an arrangement's name is made of such
// words and keeps them ("Gaza truce", "48-hour ceasefire").
func (d *document) masked(i int) bool {
	k := d.mention[i]
	if k == 0 {
		return false
	}
	for _, e := range d.mentions[k-1].entities {
		if kind := d.names.entities[e].kind; kind != entAlias && kind != entArrangement {
			return true
		}
	}
	return false
}

// has reports whether the sentence holds a word of one of the classes.
func (s sentence) has(cs ...class) bool {
	for _, h := range s.hits {
		for _, c := range cs {
			if h.Class == int(c) {
				return true
			}
		}
	}
	return false
}

// classes are those that the sentence holds a word of.
func (s sentence) classes() map[class]bool {
	out := make(map[class]bool, len(s.hits))
	for _, h := range s.hits {
		out[class(h.Class)] = true
	}
	return out
}

// all gives the sentence's hits of the classes.
func (s sentence) all(cs ...class) []lexicon.Hit {
	var out []lexicon.Hit
	for _, h := range s.hits {
		for _, c := range cs {
			if h.Class == int(c) {
				out = append(out, h)
				break
			}
		}
	}
	return out
}
