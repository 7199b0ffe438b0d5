package news

import "math"

// direction is what a signal can only speak for: 1 one step, -1 two, 0 either. With
// few hundred labelled steps, that keeps a weight from following chance.
func direction(s signal) float64 {
	switch s {
	case sigSubjects, sigRivals, sigApart, sigTurns, sigSpeakers, sigFigures, sigExpect, sigCrowd, sigActors, sigNewNames:
		return -1
	case sigShort, sigShortText, sigSize, sigOutlet, sigRelief, sigWords, sigDealHours, sigFightingHours, sigTalksHours, sigReliefHours, sigWordsHours:
		return 0
	default:
		return 1
	}
}

// descent is a logistic fit under way: the pairs in which each signal occurs, and the
// present log odds of every pair.
type descent struct {
	pairs []pair
	odds  []float64
	holds map[signal][]int
}

// logistic fits weights by coordinate descent with a ridge, which keeps a signal
// that seldom occurs from being trusted, each weight in its direction. It goes on from
// weights that are near already.
func logistic(from weights, pairs []pair, use []signal, ridge float64) weights {
	f := descent{pairs: pairs, odds: make([]float64, len(pairs)), holds: map[signal][]int{}}
	all := make([]int, len(pairs))
	for i, p := range pairs {
		all[i] = i
		f.odds[i] = from.score(p.signals)
		for _, s := range use {
			if p.signals[s] != 0 {
				f.holds[s] = append(f.holds[s], i)
			}
		}
	}
	one := func(pair) float64 { return 1 }
	w := from
	for range 200 {
		moved := math.Abs(f.move(&w.bias, all, one, 0, 0))
		for _, s := range use {
			value := func(p pair) float64 { return p.signals[s] }
			moved = max(moved, math.Abs(f.move(&w.signal[s], f.holds[s], value, ridge, direction(s))))
		}
		if moved < 0.002 {
			break
		}
	}
	return w
}

// move takes one Newton step for one weight, at most 1, and tells how far.
func (f descent) move(w *float64, where []int, value func(pair) float64, ridge, direction float64) float64 {
	slope, bend := -ridge**w, ridge+1e-9
	for _, i := range where {
		x := value(f.pairs[i])
		p := 1 / (1 + math.Exp(-f.odds[i]))
		slope += (truth(f.pairs[i].same) - p) * x
		bend += p * (1 - p) * x * x
	}
	next := *w + min(1, max(-1, slope/bend))
	if next*direction < 0 {
		next = 0
	}
	by := next - *w
	*w = next
	for _, i := range where {
		f.odds[i] += by * value(f.pairs[i])
	}
	return by
}
