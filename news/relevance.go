package news

import (
	"math"
	"slices"
)

// relevance decides between development, context and irrelevant.
func (r *Reader) relevance(f *facts, features []Feature) (Relevance, float64) {
	p := 1 / (1 + math.Exp(-dot(r.weights.Relevance, features)))
	if p >= r.weights.Development && f.d.speaksOfProcess() || f.attested() {
		return RelevantDevelopment, p
	}
	if f.armed() {
		return RelevantContext, p
	}
	return Irrelevant, p
}

// certainty is how sure a reading is that the item is a development, and of its kind.
// Precision rises with consequence: a kind of severity 1 or 2 asks for more than one
// that alarms nobody.
func (r *Reader) certainty(f *facts, p float64, ranking []ranked) Certainty {
	if f.attested() {
		return CertaintyHigh
	}
	kind := ranking[0]
	need := r.weights.Told
	if severityOfKind(kind.kind) <= Major {
		need = r.weights.Sure
	}
	switch {
	case p < r.weights.Told:
		return CertaintyLow
	case p < need || kind.p < r.weights.SureKind[kind.kind]:
		return CertaintyFair
	}
	return CertaintyHigh
}

// attested reports whether the beginning of an item counts the dead of a known war
// and a mission of that war verified it, or puts right what was counted. Channels that
// were told the one must be told the other, whether or not a truce is named again.
func (f *facts) attested() bool {
	if f.catalogueLevel() < warSure || !slices.ContainsFunc(f.figures, func(g figure) bool { return g.What == countKilled || g.What == countInjured }) {
		return false
	}
	return slices.ContainsFunc(f.d.sents, func(s sentence) bool {
		return s.part != "rest" && (s.part == "title" && s.has(cCorrect) || f.d.verifies(s) && f.d.namesMission(s))
	})
}

// namesMission reports whether a sentence names a mechanism of a conflict.
func (d *document) namesMission(s sentence) bool {
	return slices.ContainsFunc(d.mentions, func(m mention) bool {
		return m.first >= s.first && m.first < s.past && slices.ContainsFunc(m.entities, func(e int) bool {
			return d.names.entities[e].kind == entMechanism
		})
	})
}

// speaksOfProcess reports whether any word of a peace process stands in the item:
// no weight makes a development of an item without one.
func (d *document) speaksOfProcess() bool {
	for _, s := range d.sents {
		for _, h := range s.hits {
			switch class(h.Class) {
			case cTruce, cTalks, cDeal, cPlan, cPeace, cSwap, cCaptive, cMediate, cAccess, cWithdraw, cAid, cBreach,
				cMonitor, cAttack, cFight, cRelease, cMeeting, cCall:
				return true
			}
		}
	}
	return false
}

func (f *facts) anywhere(cs ...class) bool {
	for _, c := range cs {
		if f.has["title"][c] || f.has["lead"][c] || f.has["rest"][c] {
			return true
		}
	}
	return false
}

// conflict names the conflict of an item: the best by score, or "other" where the
// catalogue has none.
func (r *Reader) conflict(f *facts) ConflictID {
	if len(f.scores) > 0 && f.scores[0].score >= minHint {
		return r.filedUnder(f.scores[0].conflict)
	}
	return OtherConflict
}

// filedUnder is the conflict that items of the catalogue's i-th known war belong to.
func (r *Reader) filedUnder(i int) ConflictID {
	if i < len(r.cat.Conflicts) {
		return r.cat.Conflicts[i].ID
	}
	return OtherConflict
}

// OtherConflict is what a war is filed under that nobody follows by name.
const OtherConflict ConflictID = "other"
