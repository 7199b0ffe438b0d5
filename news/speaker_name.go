package news

import "strings"

// How long a speaker's name may be, in tokens.
const (
	speakerReach = 10 // looked at on either side of the word of saying
	speakerWords = 9  // kept
)

// word reports whether token i stands in one of the pack's lists around speakers.
func (d *document) word(list string, i int) bool {
	return i >= 0 && i < len(d.tokens) && d.pack.speech[list][d.tokens[i].Folded]
}

// breakAt reports whether a break of the sentence stands before token i.
func (d *document) breakAt(i int) bool {
	t := d.tokens[i]
	return t.Comma || t.Stop || t.Quote || strings.Contains(d.gap(i), " - ")
}

// bracketed: "the Mission (UNX) said".
func (d *document) bracketed(i int) bool {
	gap := strings.TrimSpace(d.gap(i))
	return gap == ")" || gap == "]"
}

// skippable are the words between a speaker and the verb: days, "also", "has".
func (d *document) skippable(i int) bool {
	return d.isDay(i) || d.pack.fillers[d.tokens[i].Folded]
}

// isDay reports whether a token is a word for a day.
func (d *document) isDay(i int) bool {
	_, day := d.pack.days[d.tokens[i].Folded]
	return day
}

// isPronoun reports whether token i alone stands for a speaker named before: "it",
// "the mission", but not "the UN Libya mission".
func (d *document) isPronoun(s sentence, i int) bool {
	if !d.pack.pronouns[d.tokens[i].Folded] {
		return false
	}
	if i == s.first || d.breakAt(i) {
		return true
	}
	before := d.tokens[i-1]
	return d.mention[i-1] == 0 && (d.pack.common[before.Folded] || d.pack.stops[before.Folded])
}

// chunkBegin is where the name that ends at token end begins: back to a break of the
// sentence or a word that no name holds. "A source close to X", "officials in X" and
// "X and Y" at the beginning of a clause go on beyond one.
func (d *document) chunkBegin(s sentence, end int) int {
	begin := d.plainBegin(s, end)
	if begin-2 < s.first || d.breakAt(begin) || d.breakAt(begin-1) {
		return begin
	}
	switch {
	case d.word("links", begin-1) && (d.role(begin-2) || begin-3 >= s.first && !d.breakAt(begin-2) && d.role(begin-3)):
		return d.plainBegin(s, begin-2)
	case d.noiseIn("conj", begin-1, begin-1):
		first := d.plainBegin(s, begin-2)
		opens := first == s.first || d.breakAt(first) || d.word("clause", first-1)
		if class, _ := d.classOf(s, first, begin-2); opens && class != "" {
			return first
		}
	}
	return begin
}

func (d *document) plainBegin(s sentence, end int) int {
	begin := end
	for begin > s.first && end-begin < speakerReach && !d.breakAt(begin) && !d.endsName(s, begin-1) && !d.runOn(s, begin) {
		begin--
	}
	return begin
}

// chunkEnd is where the name that begins at token begin ends; before begin if no name
// can begin there.
func (d *document) chunkEnd(s sentence, begin int) int {
	if d.endsName(s, begin) && !d.pack.common[d.tokens[begin].Folded] {
		return begin - 1
	}
	end := begin
	for end+1 < s.past && end-begin < speakerReach && !d.breakAt(end+1) && !d.isDay(end+1) {
		joint := d.noiseIn("conj", end+1, end+1) && end+2 < s.past && (d.tokens[end+2].Capital || d.mention[end+2] != 0) && d.answers(s, begin, end)
		if !joint && (d.endsName(s, end+1) || d.headed(end) && d.leaves(end+1)) {
			break
		}
		end++
	}
	return end
}

// leaves reports whether a word behind a name that could end there is no part of it: in
// "X met Y" the name is X. Packs without a list of those who speak cannot tell.
func (d *document) leaves(i int) bool {
	if len(d.pack.speech["heads"]) == 0 {
		return false
	}
	return !d.headed(i) && !d.pack.common[d.tokens[i].Folded] && !d.word("titles", i) && !d.word("dets", i)
}

// answers reports whether tokens name somebody, so that a second may be joined.
func (d *document) answers(s sentence, begin, end int) bool {
	class, _ := d.classOf(s, begin, end)
	return class != ""
}

// endsName reports whether no name goes on with token i: a small word, a word of
// saying, or a verb or noun of what is reported.
func (d *document) endsName(s sentence, i int) bool {
	t := d.tokens[i]
	if d.pack.stops[t.Folded] {
		return true
	}
	if d.mention[i] != 0 || d.pack.anonymous[t.Folded] || d.word("witness", i) {
		return false
	}
	if t.Capital && i > s.first && !s.titleCase(d) {
		return false
	}
	return d.begins[i].hasAny(d.pack.told)
}

// runOn reports whether the name begins at token begin though no sign parts it from
// the word before: a heading without a full stop runs into the first sentence. A
// capital goes on to the left over offices and small words only.
func (d *document) runOn(s sentence, begin int) bool {
	before := d.tokens[begin-1]
	if !d.tokens[begin].Capital || before.Capital || before.Number || len(d.pack.speech["titles"]) == 0 {
		return false
	}
	return !d.role(begin-1) && !d.pack.common[before.Folded] && !d.word("titles", begin-1) && !d.word("dets", begin-1) && d.pack.numbers[before.Folded] == 0 && d.mention[begin-1] == 0
}

// role reports whether a word is what somebody is: an office, a source, soldiers.
func (d *document) role(i int) bool {
	w := d.tokens[i].Folded
	return d.pack.anonymous[w] || d.pack.media[w] || d.word("witness", i) || d.classAt(i, cLeader, cArmy, cMediate, cMonitor, cCivilian, cOutsider)
}

// titleCase reports whether most words of a sentence have capitals, so that they tell
// nothing.
func (s sentence) titleCase(d *document) bool {
	capitals := 0
	for i := s.first; i < s.past; i++ {
		if d.tokens[i].Capital {
			capitals++
		}
	}
	return s.title && capitals*3 > (s.past-s.first)*2
}

// headed reports whether a name can end with token i: a name of the catalogue, a
// capital, a number, or a word for those who speak. A pack without the list of such
// words takes any.
func (d *document) headed(i int) bool {
	t := d.tokens[i]
	return t.Capital || t.Number || d.mention[i] != 0 || d.role(i) || d.word("heads", i) || len(d.pack.speech["heads"]) == 0
}

// named makes a voice of tokens [begin, end] if they name someone who can answer
// for what is said: a name of the catalogue, an office, a source, or capitals.
func (d *document) named(s sentence, begin, end, verb int) (voice, bool) {
	for begin <= end && d.small(begin) {
		begin++
	}
	for end >= begin && (d.isDay(end) || d.pack.stops[d.tokens[end].Folded] || !d.headed(end)) {
		end--
	}
	if begin > end {
		return voice{}, false // "on Wednesday" says nothing
	}
	if begin = d.pastNumbers(begin, end); begin > end {
		return voice{}, false
	}
	if end-begin >= speakerWords {
		begin = end - speakerWords + 1
	}
	v := voice{first: begin, last: end, verb: verb}
	v.Name = strings.Trim(d.cut(begin, end), " \"'“”‘’`")
	v.Class, v.Party = d.classOf(s, begin, end)
	return v, v.Class != "" && v.Name != ""
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

// owns reports whether a token ends as an owner does: "Kyiv's", "the Houthis'".
func (d *document) owns(i int) bool {
	w := d.cut(i, i)
	return d.possessive(i) || strings.HasSuffix(w, "s'") || strings.HasSuffix(w, "s’")
}

// small are the words before a name that are no part of it.
func (d *document) small(i int) bool {
	w := d.tokens[i].Folded
	return d.mention[i] == 0 && (d.pack.common[w] || d.pack.stops[w] || d.pack.fillers[w] || d.isDay(i) || w == "s")
}

// classOf tells what a speaker is. A source, official or witness without a name of
// the catalogue beside it is anonymous; whom they are close to speaks not.
func (d *document) classOf(s sentence, begin, end int) (SpeakerClass, PartyID) {
	core := begin
	for core < end && !d.pack.stops[d.tokens[core+1].Folded] && !d.word("links", core+1) {
		core++
	}
	for i := begin; i <= core; i++ {
		if d.word("witness", i) {
			return SpeakerAnonymous, ""
		}
	}
	for _, m := range d.mentions {
		if m.last < begin || m.first > core {
			continue
		}
		if class, party := d.classOfMention(m); class != "" {
			return class, party
		}
	}
	return d.classOfWords(s, begin, core), ""
}

func (d *document) classOfWords(s sentence, begin, end int) SpeakerClass {
	capital, army, state := false, false, false
	for i := begin; i <= end; i++ {
		w := d.tokens[i].Folded
		switch {
		case d.pack.media[w]:
			return SpeakerMedia
		case d.word("monitors", i):
			return SpeakerMonitor
		case d.pack.anonymous[w]:
			return SpeakerAnonymous
		case d.classAt(i, cMediate, cMediator):
			return SpeakerMediator
		}
		capital = capital || d.tokens[i].Upper || d.tokens[i].Capital && (i > s.first || !d.pack.common[w] && !d.pack.stops[w])
		army = army || d.classAt(i, cArmy, cSides)
		state = state || d.classAt(i, cLeader, cMonitor) || d.word("heads", i) || d.pack.isOffice(w)
	}
	switch {
	case army:
		return SpeakerParty
	case state || capital:
		return SpeakerState
	}
	return ""
}

func (d *document) classOfMention(m mention) (SpeakerClass, PartyID) {
	var class SpeakerClass
	for _, e := range m.entities {
		ent := d.names.entities[e]
		switch ent.kind {
		case entParty, entPerson:
			if len(d.own) > 0 && !d.own[ent.party] && !ent.armed {
				class = SpeakerState // a side of another war is no side of this one
				continue
			}
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
