package news

import (
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// voice is a speaker found in a sentence, and the tokens that name them.
type voice struct {
	Speaker
	first, last int
	verb        int  // the word of saying
	from        int  // the token from which on they answer: 0, or where an aside begins ("as X said")
	whole       bool // stands at an end of the headline and tells the whole item
}

// answersFor reports whether what stands at token i is said by the voice.
func (v voice) answersFor(i int) bool { return i >= v.from }

// How well a sentence tells who answers for it: a speaker's own words over an act
// ("accused"), a name over a pronoun, anyone over the outlet that relays them.
const (
	rankNone = iota
	rankMedia
	rankPronoun
	rankAct
	rankNamed
)

// voices finds who speaks in each sentence: the nearest responsible speaker. A
// pronoun, or a body told by its noun alone ("the Mission"), is the last speaker
// that was named; a sentence inside a quotation is its speaker's.
func (d *document) voices() map[int]voice {
	own, spoken := make([]voice, len(d.sents)), make([]bool, len(d.sents))
	for i, s := range d.sents {
		own[i], spoken[i] = d.voiceIn(s)
	}
	inside := d.insideQuotation()
	out := make(map[int]voice)
	var last voice
	for i := range d.sents {
		v, ok := own[i], spoken[i]
		if !ok && inside[i] {
			v, ok = d.quotedBy(i, own, out)
		}
		if ok && v.Name == "" {
			v.Speaker = d.referent(i, last, out)
		}
		if !ok || v.Name == "" {
			continue
		}
		out[i], last = v, v
	}
	d.tellBackward(out)
	return out
}

// tellBackward gives the speaker of a sentence that only says who told what stands
// before it ("Об этом сообщает …") to the sentences before that have none.
func (d *document) tellBackward(voices map[int]voice) {
	const back = 2
	for i, s := range d.sents {
		v, ok := voices[i]
		if !ok || s.past-s.first < 2 || !d.pack.backward[d.tokens[s.first].Folded+" "+d.tokens[s.first+1].Folded] {
			continue
		}
		for k := i - 1; k >= max(0, i-back) && d.sents[k].title == s.title; k-- {
			if _, told := voices[k]; told {
				break
			}
			voices[k] = v
		}
	}
}

// quotedBy is the speaker of a sentence that stands inside a quotation and names
// nobody: who spoke just before, or who is named where the quotation ends.
func (d *document) quotedBy(i int, own []voice, out map[int]voice) (voice, bool) {
	s := d.sents[i]
	if i > 0 && d.sents[i-1].title == s.title && d.spoken(d.sents[i-1]) {
		if v, ok := out[i-1]; ok {
			return v, true
		}
	}
	if i+1 < len(own) && d.sents[i+1].title == s.title && own[i+1].Name != "" && d.tokens[own[i+1].verb].Quote {
		return own[i+1], true
	}
	return voice{}, false
}

// referent is whom a pronoun means: the speaker of the sentence before, the one it
// is about, or the last one named.
func (d *document) referent(i int, last voice, out map[int]voice) Speaker {
	for j := i - 1; j >= max(0, i-referentReach) && d.sents[j].title == d.sents[i].title; j-- {
		if v, ok := out[j]; ok {
			return v.Speaker
		}
		if v, ok := d.subjectOf(d.sents[j], d.sents[j].past); ok && v.Name != "" && d.namesOne(v) {
			return v.Speaker
		}
	}
	return last.Speaker
}

// referentReach is how many sentences back a pronoun's name may stand.
const referentReach = 3

// namesOne reports whether a voice is named by the catalogue or in capitals: "the
// report" is about nobody who speaks.
func (d *document) namesOne(v voice) bool {
	for i := v.first; i <= v.last; i++ {
		if d.mention[i] != 0 || d.tokens[i].Capital {
			return true
		}
	}
	return false
}

// voiceIn finds the speaker of one sentence. An empty name with ok means that the
// sentence is spoken by one named before.
func (d *document) voiceIn(s sentence) (voice, bool) {
	var best voice
	rank := rankNone
	for _, h := range s.all(cAttrib) {
		v, ok := d.voiceAt(s, h)
		if !ok {
			continue
		}
		r := d.rankOf(v, h)
		if r > rank || r == rank && r == rankNamed && d.relays(h) {
			best, rank = v, r
		}
	}
	if s.part == "title" && (rank == rankNone || best.from > 0) {
		if v, ok := d.titleVoice(s); ok {
			return v, true
		}
	}
	return best, rank > rankNone
}

func (d *document) rankOf(v voice, h lexicon.Hit) int {
	switch {
	case v.Name == "":
		return rankPronoun
	case v.Class == SpeakerMedia:
		return rankMedia
	case d.word("acts", h.First) || v.from > 0:
		return rankAct
	}
	return rankNamed
}

// relays reports whether a word of saying has its listener for a speaker: in "X said
// that Y had told it" Y is who knows.
func (d *document) relays(h lexicon.Hit) bool {
	next := h.Last + 1
	return d.word("addressed", h.First) && next < len(d.tokens) && d.word("listeners", next)
}

// voiceAt reads the speaker of one word of saying.
func (d *document) voiceAt(s sentence, verb lexicon.Hit) (voice, bool) {
	switch {
	case d.asNoun(s, verb):
		return voice{}, false
	case verb.First > s.first && d.word("be", verb.First-1) || d.word("addressed", verb.First) && d.classAt(verb.Last+1, cTo):
		return d.agent(s, verb)
	case d.word("after", verb.First):
		return d.nameRight(s, verb, false)
	case d.word("participles", verb.First):
		return d.subjectOf(s, verb.First)
	case d.pack.verbFirst:
		if v, ok := d.nameRight(s, verb, false); ok {
			return v, true
		}
		return d.nameLeft(s, verb)
	}
	if d.breakAt(verb.First) && !d.bracketed(verb.First) {
		if v, ok := d.nameRight(s, verb, true); ok {
			return v, true
		}
		return d.beforeAside(s, verb)
	}
	if v, ok := d.nameLeft(s, verb); ok {
		v.whole = s.title && verb.Last+1 < s.past && strings.HasPrefix(d.gap(verb.Last+1), ":") // "X report: …"
		return v, true
	}
	if d.word("addressed", verb.First) {
		return voice{}, false // who follows is told
	}
	if v, ok := d.nameRight(s, verb, true); ok {
		return v, true
	}
	return d.understood(s, verb)
}

// understood finds the speaker whom a word of saying leaves out: the subject of the
// sentence in "X did this and said that", or the last one named where a sentence
// begins with the verb ("Añadió que …").
func (d *document) understood(s sentence, verb lexicon.Hit) (voice, bool) {
	if next := verb.Last + 1; verb.First == s.first && next < s.past && d.pack.stops[d.tokens[next].Folded] {
		return voice{verb: verb.First}, true
	}
	const head = 2
	if verb.First == s.first || !d.pack.noise["conj "+d.tokens[verb.First-1].Folded] {
		return voice{}, false
	}
	for _, m := range d.mentions {
		if m.first >= s.first && m.first <= s.first+head && m.last < verb.First {
			return d.named(s, m.first, m.last, verb.First)
		}
	}
	return voice{}, false
}

// asNoun reports whether a word of saying is a noun where it stands: "a rebel
// report", "reports of".
func (d *document) asNoun(s sentence, verb lexicon.Hit) bool {
	if !d.word("nouns", verb.First) {
		return false
	}
	i := verb.First
	if i+1 < s.past && !d.breakAt(i+1) && d.word("owned", i+1) {
		return true
	}
	if i == s.first || d.breakAt(i) {
		return false
	}
	return d.word("dets", i-1) || i-1 > s.first && !d.breakAt(i-1) && d.word("single", i-2) || d.owns(i-1)
}

// agentReach is how far behind a passive its "by" may stand.
const agentReach = 5

// agent reads who is named behind "by" after a passive: "was reported by residents".
func (d *document) agent(s sentence, verb lexicon.Hit) (voice, bool) {
	for i := verb.Last + 1; i < min(s.past, verb.Last+agentReach) && !d.breakAt(i); i++ {
		if d.word("agents", i) {
			return d.nameRight(s, lexicon.Hit{First: verb.First, Last: i}, false)
		}
	}
	return voice{}, false
}

// nameLeft reads the words before a word of saying back to a break.
func (d *document) nameLeft(s sentence, verb lexicon.Hit) (voice, bool) {
	end := verb.First - 1
	for end >= s.first && !d.breakAt(end+1) && d.skippable(end) {
		end--
	}
	if end < s.first || d.tokens[verb.First].Stop {
		return voice{}, false
	}
	if owned := end > s.first && d.word("owners", end-1) && d.pack.pronouns[d.tokens[end].Folded]; owned || d.isPronoun(s, end) {
		if v, ok := d.subjectOf(s, end); owned && ok && v.Name != "" && d.namesOne(v) {
			return v, true // "X met Y, his office said"
		}
		return voice{verb: verb.First}, true
	}
	if v, ok := d.linked(s, end, verb.First); ok {
		return v, true
	}
	begin := d.chunkBegin(s, end)
	if d.owns(end) || d.endsName(s, end) || !d.headed(end) {
		return voice{}, false
	}
	v, ok := d.named(s, begin, end, verb.First)
	if ok && d.within(s, v.first, v.last) {
		return voice{}, false
	}
	if begin > s.first && d.word("aside", begin-1) {
		v.from = begin
	}
	return v, ok
}

// linkReach is how many words may follow what links a source to its matter.
const linkReach = 4

// linked reads a source told by what it knows: "two sources familiar with the talks".
func (d *document) linked(s sentence, end, verb int) (voice, bool) {
	if d.headed(end) && !d.endsName(s, end) {
		return voice{}, false
	}
	for i := end; i > max(s.first, end-linkReach) && !d.breakAt(i+1); i-- {
		if !d.word("links", i) {
			continue
		}
		for j := i - 1; j >= max(s.first, i-2); j-- {
			if d.role(j) {
				v, ok := d.named(s, d.plainBegin(s, j), j, verb)
				v.Name = d.cut(v.first, end)
				return v, ok
			}
		}
	}
	return voice{}, false
}

// within reports whether a name stands behind a preposition and so does nothing
// itself: "violence in X threatens". An office does: "in X officials said".
func (d *document) within(s sentence, begin, end int) bool {
	if begin == s.first || d.breakAt(begin) || !d.word("links", begin-1) && !d.word("owned", begin-1) {
		return false
	}
	for i := begin; i <= end; i++ {
		if d.role(i) {
			return false
		}
	}
	return true
}

// beforeAside reads the name before an aside that ends at the word of saying: "X, who
// leads the delegation, said".
func (d *document) beforeAside(s sentence, verb lexicon.Hit) (voice, bool) {
	for i := verb.First - 1; i > s.first; i-- {
		if !d.breakAt(i) || d.tokens[i-1].Number {
			continue
		}
		if d.isPronoun(s, i-1) {
			return voice{}, false
		}
		if v, ok := d.named(s, d.chunkBegin(s, i-1), i-1, verb.First); ok {
			return v, true
		}
	}
	return voice{}, false
}

// nameRight reads the words after a word of saying up to a break. Strict means that
// the name must end there: in "said Israel would" it is the beginning of a clause.
func (d *document) nameRight(s sentence, verb lexicon.Hit, strict bool) (voice, bool) {
	begin := verb.Last + 1
	if begin >= s.past || d.tokens[begin].Stop || strings.Contains(d.gap(begin), ":") || strict && d.breakAt(begin) || strict && d.word("pronouns", begin) {
		return voice{}, false
	}
	end := d.chunkEnd(s, begin)
	if end < begin || strict && !d.closed(s, end) {
		return voice{}, false
	}
	return d.named(s, begin, end, verb.First)
}

// closed reports whether nothing that a clause goes on with follows a name.
func (d *document) closed(s sentence, end int) bool {
	next := end + 1
	if next >= s.past || d.breakAt(next) || d.isDay(next) {
		return true
	}
	return d.pack.stops[d.tokens[next].Folded] && !d.word("aux", next) && !d.classAt(next, cAttrib)
}

// subjectOf reads what a sentence begins with, before token past: the speaker of
// "…, saying that".
func (d *document) subjectOf(s sentence, past int) (voice, bool) {
	begin := d.afterDateline(s)
	if begin >= past {
		return voice{}, false
	}
	if d.isPronoun(s, begin) {
		return voice{verb: begin}, true
	}
	end := d.chunkEnd(s, begin)
	if end >= past {
		return voice{}, false
	}
	return d.named(s, begin, end, begin)
}

// datelineWords is how far into a sentence a dateline may reach.
const datelineWords = 14

// afterDateline is the first token behind "CAIRO (AP) -", or of the sentence. Behind
// headings that run into it, a dateline may stand anywhere if it names an outlet.
func (d *document) afterDateline(s sentence) int {
	for i := s.first + 2; i < s.past; i++ {
		last, ok := d.datelineBefore(i)
		if ok && (i < s.first+datelineWords || d.pack.media[d.tokens[last].Folded]) {
			return i
		}
	}
	return s.first
}

// datelineBefore reports whether a closing bracket and a dash stand before token i, and
// which is the last token in the brackets. Texts that were cut into words for the study
// of language write the bracket as "-RRB-".
func (d *document) datelineBefore(i int) (int, bool) {
	gap := strings.TrimSpace(d.gap(i))
	if strings.HasPrefix(gap, ")") {
		return i - 1, strings.ContainsAny(gap, "-–—")
	}
	escaped := d.tokens[i-1].Folded == "rrb" && strings.HasPrefix(gap, "- ")
	return i - 2, escaped && strings.ContainsAny(gap[1:], "-–—")
}

// said is a sentence without its dateline and what runs into it.
func (d *document) said(s sentence) sentence {
	first := d.afterDateline(s)
	if first == s.first {
		return s
	}
	s.first, s.span.Start = first, d.tokens[first].Start
	s.hits = slices.DeleteFunc(slices.Clone(s.hits), func(h lexicon.Hit) bool { return h.First < first })
	return s
}
