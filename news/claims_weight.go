package news

import (
	"cmp"
	"slices"
)

// weighedClaim is a claim with its sentence and how much it says.
type weighedClaim struct {
	claim  Claim
	sent   int
	weight float64
}

// claimWeight says how much a claim adds, about as the log-odds that an editor would
// note it: a firm step of the process, told early and by somebody who answers for it,
// most; fighting without a tie to a truce and words without one least. The figures are
// rounded from a fit over articles, each left out in turn.
func (f *facts) claimWeight(sent int, k sentenceKind, c Claim, second bool) float64 {
	s := f.d.sents[sent]
	truce := s.has(cTruce, cCore)
	process := truce || s.has(cPeace, cPeaceDeal, cPeacePlan, cPeaceTalks)
	w := kindWeight(k.kind) + tieWeight(k.kind, truce, process)
	w += 0.5*truth(s.has(cLeader)) + 0.3*truth(s.has(cAid, cAccess, cCaptive)) + 0.4*truth(len(k.event.frame.object) > 0)
	w += 0.8 * truth(c.By.impartial())
	w += 0.6*truth(c.Main) - 0.6*truth(c.By.Class == SpeakerAnonymous) - truth(second) - 0.6*truth(f.aside(sent, k.event))
	w -= 0.4 * truth(s.has(cOutsider, cOpinion, cSanction, cMarket, cEmotion, cProtest, cDomestic))
	return w + placeWeight(sent)
}

// impartial reports whether a speaker is none of the sides: the UN, a mediator, a
// monitor.
func (s Speaker) impartial() bool {
	return s.Class == SpeakerUN || s.Class == SpeakerMediator || s.Class == SpeakerMonitor
}

func kindWeight(k Kind) float64 {
	switch k {
	case Rejection, Acceptance, Agreement, Collapse, Expiry, Extension:
		return 0.5
	case Statement:
		return -2
	case Escalation, ControlChange, Deescalation, Casualties, Violation:
		return -1.2
	}
	return 0
}

// tieWeight is what a word of a truce or of its process in the sentence adds.
func tieWeight(k Kind, truce, process bool) float64 {
	switch {
	case truce && k == Statement:
		return 2.6
	case process && k == Statement:
		return 1.5
	case truce:
		return 1.2
	case process:
		return 0.6
	}
	return 0
}

// placeWeight: what stands early says more.
func placeWeight(sent int) float64 {
	switch {
	case sent < 5:
		return 0.4
	case sent < 20:
		return 0.2
	case sent >= 30:
		return -0.6
	}
	return 0
}

// quota is how many claims of one kind an item keeps: one report of fighting and many
// voices.
func quota(k Kind) int {
	switch k {
	case Mediation:
		return 5
	case Statement, Rejection:
		return 3
	case Escalation, Deescalation, Collapse, Expiry, Monitoring, TalksHeld:
		return 1
	default:
		return 2
	}
}

// What a minor claim must weigh: any, and one that is vouched for.
const (
	minWeight  = 0.9
	minVouched = -1.7
)

// vouched reports whether a claim of little weight is noted all the same, when so many
// of its kind are: the first that a named speaker, a figure or a day stands for, every
// change of control that has a place, and what an impartial body is quoted with.
func (c weighedClaim) vouched(kept int) bool {
	k := c.claim
	if k.Kind == Statement {
		return k.Spoken && k.By.impartial()
	}
	if k.Kind == ControlChange {
		return k.Place != "" || k.Day != "" || k.Period != ""
	}
	named := k.By.Name != "" && k.By.Class != SpeakerAnonymous
	return kept == 0 && (named || len(k.Figures) > 0 || k.Day != "" || k.Period != "")
}

// withinQuotas keeps the weightiest claims of each kind, in the order of the item. The
// main ones are always kept.
func withinQuotas(found []weighedClaim) []Claim {
	order := make([]int, len(found))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(truth(found[b].claim.Main), truth(found[a].claim.Main)), cmp.Compare(found[b].weight, found[a].weight))
	})
	kept, keep, all := make(map[Kind]int), make([]bool, len(found)), 0
	for _, i := range order {
		c := found[i]
		k := c.claim.Kind
		enough := c.claim.Main || c.weight >= minWeight || c.vouched(kept[k]) && c.weight >= minVouched
		if !enough || !c.claim.Main && (kept[k] >= quota(k) || all >= maxClaims) {
			continue
		}
		kept[k]++
		all++
		keep[i] = true
	}
	var out []Claim
	for i, c := range found {
		if keep[i] {
			out = append(out, c.claim)
		}
	}
	return out
}
