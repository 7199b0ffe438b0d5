package news

import (
	"strings"

	"trucewire/news/lexicon"
)

// titleVoice reads headlines: "… – X", "X: …", "X urges …".
func (d *document) titleVoice(s sentence) (voice, bool) {
	for i := max(s.first+1, s.past-titleSource); i < s.past; i++ {
		if !d.breakAt(i) || !strings.ContainsAny(d.gap(i), "–—-:") || d.chunkEnd(s, i) != s.past-1 {
			continue
		}
		if d.classAt(i, cAttrib, cLive, cOpinion, cGallery, cExplainer) {
			return voice{}, false // "…: report"
		}
		if v, ok := d.named(s, i, s.past-1, i); ok {
			v.whole = true
			return v, true
		}
	}
	if v, ok := d.colonVoice(s); ok {
		return v, true
	}
	for _, act := range s.all(actClasses()...) {
		if v, ok := d.actor(s, act); ok {
			return v, true
		}
	}
	return voice{}, false
}

// titleSource is how many words a source at the end of a headline may have.
const titleSource = 5

// colonVoice reads "UN chief: …": somebody who can speak before a colon. A war or a
// place before it is what the headline is about.
func (d *document) colonVoice(s sentence) (voice, bool) {
	for i := s.first + 1; i < min(s.past, s.first+titleSource); i++ {
		if !d.breakAt(i) {
			continue
		}
		if !strings.HasPrefix(strings.TrimSpace(d.gap(i)), ":") || d.chunkEnd(s, s.first) != i-1 || !d.canSpeak(s.first, i-1) {
			return voice{}, false
		}
		v, ok := d.named(s, s.first, i-1, i)
		v.whole = true
		return v, ok
	}
	return voice{}, false
}

// canSpeak reports whether tokens name a person, a body or an office.
func (d *document) canSpeak(first, last int) bool {
	for i := first; i <= last; i++ {
		if d.classAt(i, cLeader, cArmy, cMediate, cMonitor) || d.pack.anonymous[d.tokens[i].Folded] {
			return true
		}
		if k := d.mention[i]; k != 0 {
			for _, e := range d.mentions[k-1].entities {
				switch d.names.entities[e].kind {
				case entPerson, entBody, entMechanism:
					return true
				}
			}
		}
	}
	return false
}

// actClasses are the words of acts that somebody does by speaking.
func actClasses() []class {
	return []class{cCall, cWarn, cCondemn, cAccuse, cWelcome, cReject, cAccept, cPropose, cDeclare, cAgree}
}

// actor is who does an act by speaking: the name right before its word. What both
// sides agree on nobody tells.
func (d *document) actor(s sentence, act lexicon.Hit) (voice, bool) {
	if act.First == s.first || d.owns(act.First-1) || d.breakAt(act.First) {
		return voice{}, false
	}
	if c := class(act.Class); (c == cAgree || c == cDeclare) && d.bothAct(s, act, act.Last+1) {
		return voice{}, false
	}
	v, ok := d.nameLeft(s, act)
	return v, ok && v.Name != "" && (v.Class != SpeakerState || d.namesOne(v))
}
