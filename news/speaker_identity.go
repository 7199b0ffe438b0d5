package news

import (
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// mission is the UN's mission of a conflict, as the catalogue names it among its
// mechanisms and mediators.
type mission struct {
	id    string
	known string          // its acronym, or its name
	words map[string]bool // words of its names that call it a mission, folded
}

// missionWords call a body a mission, in the languages of the packs.
func missionWords() map[string]bool {
	words := make(map[string]bool)
	for _, w := range []string{"mission", "misión", "миссия", "миссии", "місія", "місії", "بعثة", "البعثة", "משלחת", "missione", "missão"} {
		words[lexicon.Fold(w)] = true
	}
	return words
}

// missionOf finds the mission of a conflict; its id is empty if there is none.
func (r *Reader) missionOf(id ConflictID) mission {
	c, ok := r.cat.Conflict(id)
	if !ok {
		return mission{}
	}
	m := mission{words: missionWords()}
	for _, text := range append(append([]string{}, c.Mediators...), c.Mechanisms...) {
		full := withoutBrackets(text)
		if mechanismClass(full) != SpeakerUN {
			continue
		}
		if namesMission(full, m.words) || m.id == "" && isAcronym(full) {
			m.id, m.known = "mechanism/"+full, shortOf(text)
		}
		if namesMission(full, m.words) {
			break
		}
	}
	return m
}

func namesMission(name string, words map[string]bool) bool {
	for _, w := range strings.Fields(lexicon.Fold(name)) {
		if words[w] {
			return true
		}
	}
	return false
}

// identify gives the speakers of an item their catalogue ids, and a state that mediates
// in the conflict that class.
func (r *Reader) identify(d *document, conflict ConflictID, voices map[int]voice) {
	d.identify(voices, r.missionOf(conflict))
	c, _ := r.cat.Conflict(conflict)
	for i, v := range voices {
		if v.Class == SpeakerState && r.mediates(d, v, c) {
			v.Class = SpeakerMediator
			voices[i] = v
		}
	}
}

// mediates reports whether a speaker is of a country that the catalogue names among the
// mediators of a conflict and not among a side's backers.
func (r *Reader) mediates(d *document, v voice, c Conflict) bool {
	for _, m := range d.mentions {
		if m.last < v.first || m.first > v.last {
			continue
		}
		for _, e := range m.entities {
			ent := d.names.entities[e]
			names := []string{ent.name}
			if code, ok := strings.CutPrefix(ent.id, "country/"); ok {
				names = r.fallback.pack.Countries[code]
			}
			named := func(text string) bool { return shareOne(listed(text), names) }
			backs := slices.ContainsFunc(c.External, func(x External) bool { return named(x.Actor) })
			if (ent.kind == entCountry || ent.kind == entBody) && slices.ContainsFunc(c.Mediators, named) && !backs {
				return true
			}
		}
	}
	return false
}

// listed parts an entry of the catalogue into the names it lists: "Turkey and Russia",
// "the Quad (United States, Egypt)".
func listed(text string) []string {
	text = strings.NewReplacer("(", ",", ")", ",", " and ", ",", " / ", ",", ";", ",").Replace(text)
	var out []string
	for _, part := range strings.Split(text, ",") {
		if name := strings.TrimSpace(part); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// identify gives speakers their catalogue id. "The UN mission" is the mission of the
// item's conflict, however it is worded.
func (d *document) identify(voices map[int]voice, m mission) {
	defer d.sameMission(voices, m)
	for i, v := range voices {
		v.ID, v.Known = d.bodyOf(v)
		if m.id != "" && (v.Class == SpeakerUN || strings.HasPrefix(v.ID, "body/un")) && namesMission(v.Name, m.words) {
			v.ID, v.Known, v.Class, v.Party = m.id, m.known, SpeakerUN, ""
		}
		voices[i] = v
	}
}

// sameMission takes "the United Nations" for the mission where the item has both: who
// speaks for the one speaks for the other.
func (d *document) sameMission(voices map[int]voice, m mission) {
	heard := false
	for _, v := range voices {
		heard = heard || m.id != "" && v.ID == m.id
	}
	for i, v := range voices {
		if k := d.mention[v.first]; heard && v.ID == "body/un" && k != 0 && d.mentions[k-1].last == v.last {
			v.ID, v.Known = m.id, m.known
			voices[i] = v
		}
	}
}

// shortOf is the acronym that an entry of the catalogue gives in brackets, "UN Support
// Mission in X (UNSMX; fr MIX)", or the name before them.
func shortOf(text string) string {
	_, inner, _ := strings.Cut(text, "(")
	for _, part := range strings.FieldsFunc(inner, func(r rune) bool { return r == ';' || r == ')' }) {
		if word := strings.TrimSpace(part); isAcronym(word) {
			return word
		}
	}
	return withoutBrackets(text)
}

// bodyOf is the id and the name of the body or mechanism that a speaker's words name;
// a mission before the organisation it belongs to.
func (d *document) bodyOf(v voice) (id, known string) {
	for _, m := range d.mentions {
		if m.last < v.first || m.first > v.last {
			continue
		}
		for _, e := range m.entities {
			switch ent := d.names.entities[e]; ent.kind {
			case entMechanism:
				return ent.id, ent.name
			case entBody:
				id, known = ent.id, ent.name
			}
		}
	}
	return id, known
}

// headlineVoice lets the text answer for a headline that names nobody: the speaker of
// the first sentence of the lead that states the same kind or the same figure.
func (f *facts) headlineVoice(voices map[int]voice, figures []figure) {
	for title, s := range f.d.sents {
		if s.part != "title" {
			continue
		}
		if _, ok := voices[title]; ok {
			return
		}
		for i, lead := range f.d.sents {
			v, spoken := voices[i]
			if lead.part == "lead" && spoken && f.sameStatement(title, i, figures) {
				voices[title] = v
				return
			}
		}
		return
	}
}

func (f *facts) sameStatement(title, lead int, figures []figure) bool {
	for _, g := range figures {
		for _, again := range g.also {
			if g.sent == title && again == lead {
				return true
			}
		}
	}
	for _, a := range f.events {
		for _, b := range f.events {
			if a.sent == title && b.sent == lead && a.kind == b.kind && a.modality == b.modality {
				return true
			}
		}
	}
	return false
}
