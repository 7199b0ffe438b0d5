package news

import (
	"math"
	"slices"
)

// SentenceVectors are the features of what one sentence of an article may be a claim
// of, for fitting weights. It may also be none.
type SentenceVectors struct {
	Quote string
	Kinds []KindFeatures
}

// ClaimVectors gives the features of every sentence of an article that is read for
// claims.
func (r *Reader) ClaimVectors(it Item) []SentenceVectors {
	d := r.document(it)
	f := r.factsOf(d)
	voices := r.voicesOn(d, r.conflict(f))
	kinds := r.chosenKinds(r.rankKinds(f.kindFeatures()))
	var out []SentenceVectors
	for i, s := range d.sents[:min(len(d.sents), claimSentence)] {
		v := SentenceVectors{Quote: d.quote(d.said(s))}
		for _, c := range r.candidates(f, i, kinds, voices[i].Speaker) {
			v.Kinds = append(v.Kinds, KindFeatures{c.kind, c.features})
		}
		out = append(out, v)
	}
	return out
}

// candidate is a kind that a sentence may be a claim of, with its features.
type candidate struct {
	sentenceKind
	features []Feature
}

// unphrased is an event that no phrase of the grammar tells.
func unphrased(k Kind, sent, at int) event {
	return event{kind: k, frame: &frame{}, sent: sent, at: at, object: -1}
}

// minCandidate is the probability from which a kind of a sentence is a candidate.
const minCandidate = 0.02

func (r *Reader) candidates(f *facts, sent int, kinds []Kind, by Speaker) []candidate {
	about := f.sentenceFeatures(sent, by)
	var out []candidate
	for i, k := range r.kindsAlone(f, sent) {
		if k.p < minCandidate {
			continue
		}
		e, phrase := r.eventOf(f, sent, k.kind)
		if !phrase {
			e = unphrased(k.kind, sent, f.d.said(f.d.sents[sent]).first)
		}
		c := candidate{sentenceKind: sentenceKind{k.kind, k.p, e}}
		c.features = f.candidateFeatures(c.sentenceKind, i == 0, phrase, len(kinds) > 0 && kinds[0] == k.kind)
		for _, a := range about {
			c.features = append(c.features, Feature{"claim-" + a, 1})
			if both := groupOf(k.kind) + "-" + a; weighsTogether(both) {
				c.features = append(c.features, Feature{both, 1})
			}
		}
		out = append(out, c)
	}
	return out
}

// groupOf names the kinds that are claims for like reasons: there are too few labelled
// claims to weigh every kind.
func groupOf(k Kind) string {
	switch k {
	case Statement:
		return "voice"
	case Acceptance, Rejection, Proposal:
		return "position"
	case Escalation, Violation, ControlChange, Casualties, Deescalation:
		return "force"
	case Mediation, TalksAnnounced, TalksHeld, TalksFailed:
		return "talks"
	case Humanitarian, Exchange, Monitoring:
		return "relief"
	}
	return "pact"
}

// weighsTogether tells what a group of kinds has a weight of its own for: fighting is a
// claim where the article begins with it, a voice or a position where it is on a truce.
func weighsTogether(both string) bool {
	return both == "force-lead" || both == "position-truce" || both == "voice-truce"
}

// likelihood is the log odds of a kind; never infinite.
func likelihood(p float64) float64 { return math.Log(p / (1.02 - p)) }

func (f *facts) candidateFeatures(k sentenceKind, top, phrase, main bool) []Feature {
	out := []Feature{{"bias", 1}, {"group-" + groupOf(k.kind), 1}, {"likelihood", likelihood(k.p)}}
	on := func(name string, when bool) {
		if when {
			out = append(out, Feature{name, 1})
		}
	}
	on("likeliest", top)
	on("main-kind", main)
	on("word", phrase)
	on("phrase", phrase && len(k.event.frame.object) > 0)
	on("phrase-expected", phrase && k.event.modality == asNotYet)
	on("phrase-aside", phrase && f.aside(k.event.sent, k.event))
	return out
}

// process tells the classes that name a truce or its process.
func (s sentence) process() bool {
	return s.has(cTruce, cCore, cPeace, cPeaceDeal, cPeacePlan, cPeaceTalks)
}

// Where in an article a sentence stands: news first, background last.
const (
	secondSentences = 3
	lateSentences   = 25
	shortClaim      = 9 // words
)

// sentenceFeatures name what a sentence is like, whatever it may be a claim of.
func (f *facts) sentenceFeatures(sent int, by Speaker) []string {
	d := f.d
	s := d.said(d.sents[sent])
	var out []string
	on := func(name string, when bool) {
		if when {
			out = append(out, name)
		}
	}
	truce := s.has(cTruce, cCore)
	on("truce", truce)
	on("process", !truce && s.process())
	on("after-process", sent > 0 && d.sents[sent-1].process())
	on("talks", s.has(cTalks))
	on("leader", s.has(cLeader))
	on("relief", s.has(cAid, cAccess))
	on("impartial", by.Name != "" && by.impartial())
	on("background", s.has(cPast))
	on("outsider", s.has(cOutsider, cOpinion, cSanction, cMarket, cEmotion, cProtest, cDomestic))
	on("dead", slices.ContainsFunc(f.figures, func(g figure) bool { return g.in(sent) && (g.What == countKilled || g.What == countInjured) }))
	on("actors", len(s.all(cActor)) >= 2)
	on("title", s.title)
	on("lead", s.place == 1)
	on("second", s.place > 1 && s.place <= secondSentences)
	on("late", s.place >= lateSentences)
	on("short", s.past-s.first < shortClaim*d.pack.spread)
	return out
}
