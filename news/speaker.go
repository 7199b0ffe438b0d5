package news

import (
	"strings"

	"trucewire/news/lexicon"
)

// voice is a speaker found in a sentence, and the tokens that name them.
type voice struct {
	Speaker
	first, last int
	verb        int  // the word of saying
	whole       bool // stands at an end of the headline and tells the whole item
}

// How far a speaker may stand from the word of saying, in tokens.
const (
	speakerLeft  = 9
	speakerRight = 7
	speakerWords = 6 // longest name as printed
)

// voices finds who speaks in each sentence: the nearest responsible speaker. A
// pronoun, or a body told by its noun alone ("the Mission"), is the last speaker
// that was named.
func (d *document) voices() map[int]voice {
	out := make(map[int]voice)
	var last voice
	for i, s := range d.sents {
		v, ok := d.voiceIn(s)
		switch {
		case !ok:
			continue
		case v.Name == "" && last.Name != "":
			v.Speaker = last.Speaker
		case v.Name == "":
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

// voiceIn finds the speaker of one sentence. An empty name with ok means that the
// sentence is spoken by one named before.
func (d *document) voiceIn(s sentence) (voice, bool) {
	var pronoun voice
	told := false
	for _, h := range s.all(cAttrib) {
		v, ok := d.voiceAt(s, h)
		if ok && v.Name != "" {
			return v, true
		}
		if ok && !told {
			pronoun, told = v, true
		}
	}
	if told || s.part != "title" {
		return pronoun, told
	}
	return d.titleVoice(s)
}

func (d *document) voiceAt(s sentence, verb lexicon.Hit) (voice, bool) {
	if verb.Last > verb.First { // "according to", "selon": the speaker follows
		if v, ok := d.nameRight(s, verb); ok {
			return v, true
		}
	}
	if v, ok := d.nameLeft(s, verb); ok {
		v.whole = s.title && verb.Last+1 < s.past && strings.HasPrefix(d.gap(verb.Last+1), ":") // "X report: …"
		return v, true
	}
	if v, ok := d.nameRight(s, verb); ok {
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
			return d.named(s, m.first, m.last, verb)
		}
	}
	return voice{}, false
}

// nameLeft reads the words before a word of saying back to a break.
func (d *document) nameLeft(s sentence, verb lexicon.Hit) (voice, bool) {
	end := verb.First - 1
	for end >= s.first && !d.tokens[end+1].Comma && d.skippable(end) {
		end--
	}
	bracket := strings.Contains(d.gap(verb.First), ")") // "the Mission (UNX) said"
	if end < s.first || d.tokens[verb.First].Stop || d.tokens[verb.First].Comma && !bracket {
		return voice{}, false
	}
	if d.isPronoun(s, end) {
		return voice{verb: verb.First}, true
	}
	begin := end
	for begin > s.first && end-begin < speakerLeft && !d.breaksName(s, begin) {
		begin--
	}
	return d.named(s, begin, end, verb)
}

// nameRight reads the words after a word of saying up to a break.
func (d *document) nameRight(s sentence, verb lexicon.Hit) (voice, bool) {
	begin := verb.Last + 1
	if begin >= s.past || d.tokens[begin].Stop || strings.Contains(d.gap(begin), ":") {
		return voice{}, false // "X report: two killed"
	}
	end := begin
	for end+1 < s.past && end-begin < speakerRight && !d.breaksName(s, end+1) {
		end++
	}
	if verb.Last == verb.First && d.tellsOf(begin, end) {
		return voice{}, false // "31 people say the truce holds"
	}
	return d.named(s, begin, end, verb)
}

// tellsOf reports whether tokens are of what is said, and not of who says it.
func (d *document) tellsOf(begin, end int) bool {
	for i := begin; i <= end; i++ {
		if d.classAt(i, cTruce, cTalks, cKill, cInjure, cAttack, cFight) {
			return true
		}
	}
	return false
}

// breaksName reports whether a break of the sentence stands before token i, or the
// token is a verb.
func (d *document) breaksName(s sentence, i int) bool {
	t := d.tokens[i]
	if t.Comma || t.Stop || t.Quote {
		return true
	}
	return d.pack.stops[t.Folded]
}

// skippable are the words between a speaker and the verb: days, "also", "has".
func (d *document) skippable(i int) bool {
	w := d.tokens[i].Folded
	_, day := d.pack.days[w]
	return day || d.pack.fillers[w]
}

// isPronoun reports whether token i alone stands for a speaker named before: "it",
// "the mission", but not "the UN Libya mission".
func (d *document) isPronoun(s sentence, i int) bool {
	if !d.pack.pronouns[d.tokens[i].Folded] {
		return false
	}
	if i == s.first || d.tokens[i].Comma || d.tokens[i].Quote {
		return true
	}
	before := d.tokens[i-1]
	return d.mention[i-1] == 0 && (d.pack.common[before.Folded] || d.pack.stops[before.Folded])
}

// named makes a voice of tokens [begin, end] if they name someone who can answer
// for what is said: a name of the catalogue, an office, a source, or capitals.
func (d *document) named(s sentence, begin, end int, verb lexicon.Hit) (voice, bool) {
	for begin <= end && (d.pack.common[d.tokens[begin].Folded] || d.pack.stops[d.tokens[begin].Folded] || d.isDay(begin)) {
		begin++
	}
	for end >= begin && d.isDay(end) {
		end--
	}
	if begin > end {
		return voice{}, false // "on Wednesday" says nothing
	}
	if end-begin >= speakerWords {
		begin = end - speakerWords + 1
	}
	if begin = d.pastNumbers(begin, end); begin > end {
		return voice{}, false
	}
	v := voice{first: begin, last: end, verb: verb.First}
	v.Name = strings.Trim(d.cut(begin, end), " \"'“”‘’")
	v.Class, v.Party = d.classOf(s, begin, end)
	return v, v.Class != ""
}

// pastNumbers is where a speaker's name begins that a number stands before: behind it
// at the next capital, and nowhere if there is none ("1.5 million people say").
func (d *document) pastNumbers(begin, end int) int {
	for i := end; i >= begin; i-- {
		if !d.tokens[i].Number || d.tokens[i].Capital || d.mention[i] != 0 {
			continue
		}
		for i++; i <= end; i++ {
			if d.tokens[i].Capital {
				return i
			}
		}
		return end + 1
	}
	return begin
}

// isDay reports whether a token is a word for a day.
func (d *document) isDay(i int) bool {
	_, day := d.pack.days[d.tokens[i].Folded]
	return day
}

// classOf tells what a speaker is. A source, official or witness without a name of
// the catalogue beside it is anonymous.
func (d *document) classOf(s sentence, begin, end int) (SpeakerClass, PartyID) {
	for _, m := range d.mentions {
		if m.last < begin || m.first > end {
			continue
		}
		if class, party := d.classOfMention(m); class != "" {
			return class, party
		}
	}
	capital := false
	for i := begin; i <= end; i++ {
		w := d.tokens[i].Folded
		if d.pack.anonymous[w] {
			return SpeakerAnonymous, ""
		}
		if d.pack.media[w] {
			return SpeakerMedia, ""
		}
		capital = capital || d.tokens[i].Capital && i > s.first || d.tokens[i].Upper
	}
	for i := begin; i <= end; i++ {
		if d.classAt(i, cLeader, cMonitor, cArmy, cMediate) || d.pack.isOffice(d.tokens[i].Folded) {
			return SpeakerState, ""
		}
	}
	if capital {
		return SpeakerState, ""
	}
	return "", ""
}

func (d *document) classOfMention(m mention) (SpeakerClass, PartyID) {
	var class SpeakerClass
	for _, e := range m.entities {
		ent := d.names.entities[e]
		switch ent.kind {
		case entParty, entPerson:
			return SpeakerParty, ent.party
		case entBody, entMechanism:
			class = ent.class
			if ent.id == "body/un" {
				class = SpeakerUN
			}
		case entCountry, entAlias:
			if class == "" {
				class = SpeakerState
			}
		}
	}
	return class, ""
}

// titleVoice reads headlines: "X urges …", "X: …", "… – X".
func (d *document) titleVoice(s sentence) (voice, bool) {
	acts := s.all(cCall, cWarn, cCondemn, cWelcome, cReject, cAccept, cPropose, cDeclare, cAgree)
	if len(acts) > 0 && !d.joint(s, acts[0]) {
		if v, ok := d.nameLeft(s, acts[0]); ok && v.Name != "" {
			return v, true
		}
	}
	const closing, opening = 3, 4
	for i := s.first + 1; i < s.past; i++ {
		gap := d.gap(i)
		if i >= s.past-closing && (d.tokens[i].Comma && strings.ContainsAny(gap, "–—-:|") || strings.Contains(gap, " - ")) {
			v, ok := d.named(s, i, s.past-1, lexicon.Hit{First: i, Last: i})
			v.whole = true
			return v, ok
		}
		if i <= s.first+opening && strings.HasPrefix(gap, ":") {
			if v, ok := d.namedSpeaker(s, i); ok {
				return v, true
			}
		}
	}
	return voice{}, false
}

// joint reports whether two names share the act, "X and Y agree": neither of them is
// then the one who tells it.
func (d *document) joint(s sentence, act lexicon.Hit) bool {
	if !d.classAt(act.First, cAgree, cAccept) {
		return false
	}
	actors := 0
	for _, m := range d.mentions {
		if m.first >= s.first && m.last < act.First && d.classAt(m.first, cActor) {
			actors++
		}
	}
	return actors > 1
}

// namedSpeaker makes a voice of what a headline puts before a colon, if it ends with
// the name of a body or a person: a country there is what the headline is about.
func (d *document) namedSpeaker(s sentence, colon int) (voice, bool) {
	for _, m := range d.mentions {
		if m.last != colon-1 || m.first < s.first {
			continue
		}
		for _, e := range m.entities {
			switch d.names.entities[e].kind {
			case entBody, entMechanism, entPerson:
				v, ok := d.named(s, m.first, m.last, lexicon.Hit{First: colon, Last: colon})
				v.whole = true
				return v, ok
			}
		}
	}
	return voice{}, false
}

// grade is how well a claim stands by who makes it.
func grade(v Speaker, verified bool) Grade {
	switch {
	case verified:
		return Verified
	case v.Class == SpeakerParty || v.Class == SpeakerAnonymous:
		return Claimed
	case v.Class == SpeakerMedia || v.Name == "":
		return Reported
	default:
		return Stated
	}
}

// agency finds the wire service whose copy an item is: "(Reuters)", "LONDON (AP) –",
// "© AFP" in the first or the last words of the text.
func (r *Reader) agency(d *document) string {
	head, tail := d.text[:min(len(d.text), 160)], d.text[max(0, len(d.text)-80):]
	for _, name := range r.wires {
		for _, mark := range []string{"(" + name + ")", "(" + name + ",", name + ") -", name + ") –", name + ") —", "© " + name, name + " – ", "/" + name + ")"} {
			if strings.Contains(head, mark) || strings.Contains(tail, mark) {
				return name
			}
		}
	}
	return ""
}
