package main

import (
	"math"
	"slices"

	"trucewire/news"
)

// thresholds are the probabilities from which something is said.
type thresholds struct {
	development, told, sure float64
	sureKind                map[news.Kind]float64
}

// The precision over the streams left out that opening a post asks for, and that
// naming the kind in its headline asks for; and the share of right kinds from which a
// kind is named.
const (
	toldPrecision = 0.862
	surePrecision = 0.95
	kindPrecision = 0.85
	// weightyPrecision is that of kinds that move the status of an arrangement.
	weightyPrecision = 0.92
	// fewGuesses is how many predictions of a kind are needed to judge it.
	fewGuesses = 8
)

// preciseFrom is the lowest threshold, from a floor on, with the precision asked for
// over the streams; 0.99 where none has it.
func preciseFrom(all []verdict, of []string, precision, floor float64) float64 {
	for k := int(math.Round(floor * 100)); k < 99; k++ {
		if p, _, _ := measure(all, float64(k)/100, of...); p >= precision {
			return float64(k) / 100
		}
	}
	return 0.99
}

// guess is a kind predicted for an item left out of the fit.
type guess struct {
	kind  news.Kind
	p     float64
	right bool
}

func rightOf(all []guess) int {
	n := 0
	for _, g := range all {
		if g.right {
			n++
		}
	}
	return n
}

// sureKinds finds, for each kind, the lowest probability from which its predictions
// were right as often as asked for. A kind that was predicted too seldom to tell asks
// for what the others ask for together.
func sureKinds(all []guess) map[news.Kind]float64 {
	out := make(map[news.Kind]float64)
	for _, k := range news.Kinds() {
		own := slices.DeleteFunc(slices.Clone(all), func(g guess) bool { return g.kind != k })
		precision := kindPrecision
		switch k {
		case news.Agreement, news.InEffect, news.Collapse, news.Expiry:
			precision = weightyPrecision
		}
		if len(own) < fewGuesses {
			own = all
		}
		out[k] = sureFrom(own, precision)
	}
	return out
}

func sureFrom(all []guess, precision float64) float64 {
	for k := 20; k < 99; k++ {
		n, right := 0, 0
		for _, g := range all {
			if g.p < float64(k)/100 {
				continue
			}
			n++
			if g.right {
				right++
			}
		}
		if n == 0 {
			break
		}
		if float64(right) >= precision*float64(n) {
			return float64(k) / 100
		}
	}
	return 0.99
}
