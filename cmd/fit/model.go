package main

import (
	"math"
	"slices"
	"sort"

	"trucewire/news"
)

// choice is one training example: candidates, each a list of features, and how the
// right answer is spread over them.
type choice struct {
	candidates [][]term
	target     []float64
	stream     string
	own        bool // of a stream written for the repository
	id         string
	kinds      []news.Kind // of the candidates
	gold       []news.Kind
}

// weight is what an example counts: one written by hand less than one as it came,
// since nobody writes as many of the plain ones as feeds bring.
func (c choice) weight() float64 {
	switch {
	case c.stream == writtenFit:
		return writtenWeight
	case c.own:
		return ownStreamWeight
	}
	return 1
}

type term struct {
	index int
	value float64
}

// vocabulary numbers feature names in the order they are met.
type vocabulary struct {
	index map[string]int
	names []string
	kept  map[int]bool // see pruned
}

func (v *vocabulary) terms(features []news.Feature) []term {
	out := make([]term, 0, len(features))
	for _, f := range features {
		i, ok := v.index[f.Name]
		if !ok {
			i = len(v.names)
			v.index[f.Name] = i
			v.names = append(v.names, f.Name)
		}
		out = append(out, term{i, f.Value})
	}
	return out
}

// means are the prior weights of the vocabulary.
func (v *vocabulary) means() []float64 {
	out := make([]float64, len(v.names))
	for i, n := range v.names {
		out[i] = prior(n)
	}
	return out
}

func score(w []float64, candidate []term) float64 {
	sum := 0.0
	for _, t := range candidate {
		sum += w[t.index] * t.value
	}
	return sum
}

// shares are the model's probabilities of the candidates.
func shares(w []float64, c choice) []float64 {
	p := make([]float64, len(c.candidates))
	top := math.Inf(-1)
	for i, cand := range c.candidates {
		p[i] = score(w, cand)
		top = math.Max(top, p[i])
	}
	sum := 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// Steps and rates of the fit. Fixed, so that the same data give the same weights.
const (
	steps     = 600
	firstRate = 0.15
	momentum1 = 0.9
	momentum2 = 0.999
)

// fit finds the weights of least regularised cross-entropy by Adam over the whole
// data in their order; no chance is involved.
func fit(examples []choice, mean []float64, ridge float64) []float64 {
	size := len(mean)
	w, m, v := slices.Clone(mean), make([]float64, size), make([]float64, size)
	grad := make([]float64, size)
	for step := 1; step <= steps; step++ {
		for i := range grad {
			grad[i] = ridge * (w[i] - mean[i])
		}
		for _, c := range examples {
			for i, p := range shares(w, c) {
				for _, t := range c.candidates[i] {
					grad[t.index] += c.weight() * (p - c.target[i]) * t.value
				}
			}
		}
		rate := firstRate * (1 - float64(step-1)/steps)
		for i, g := range grad {
			m[i] = momentum1*m[i] + (1-momentum1)*g
			v[i] = momentum2*v[i] + (1-momentum2)*g*g
			mh, vh := m[i]/(1-math.Pow(momentum1, float64(step))), v[i]/(1-math.Pow(momentum2, float64(step)))
			w[i] = sameSide(w[i]-rate*mh/(math.Sqrt(vh)+1e-8), mean[i])
		}
	}
	return w
}

// sameSide keeps a weight on the side of nought that its prior is on: what the guide
// calls a sign of a development may count nothing, but never against one.
func sameSide(w, prior float64) float64 {
	if prior > 0 {
		return math.Max(w, 0)
	}
	if prior < 0 {
		return math.Min(w, 0)
	}
	return w
}

// pruned leaves only the heaviest features in the examples, so that what is judged and
// fitted afterwards knows no others. Those written to be held out have no say.
func pruned(examples []choice, v *vocabulary, ridge float64, keep int) {
	fitted := slices.DeleteFunc(slices.Clone(examples), func(c choice) bool { return c.target == nil || c.stream == writtenHeld })
	w := fit(fitted, v.means(), ridge)
	order := heaviest(w)
	v.kept = make(map[int]bool, keep)
	for _, i := range order[:min(keep, len(order))] {
		v.kept[i] = true
	}
	for _, c := range examples {
		for i, terms := range c.candidates {
			c.candidates[i] = slices.DeleteFunc(terms, func(t term) bool { return !v.kept[t.index] })
		}
	}
}

// heaviest orders weights by their size.
func heaviest(w []float64) []int {
	order := make([]int, len(w))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return math.Abs(w[order[a]]) > math.Abs(w[order[b]]) })
	return order
}

// named gives the kept weights by name, rounded.
func named(v *vocabulary, w []float64) map[string]float64 {
	out := make(map[string]float64)
	for i, x := range w {
		if r := math.Round(x*100) / 100; r != 0 && v.kept[i] {
			out[v.names[i]] = r
		}
	}
	return out
}
