package news

import (
	"flag"
	"fmt"
	"math"
	"slices"
	"testing"
)

// fitting runs the fitting of the grouping's weights, which the other tests do without:
//
//	go test ./news -run TestFitStories -fit -v
//
// It prints Go literals for storyWeights and stepWeights. The same labelled sets
// give the same numbers: there is no random choice in it.
var fitting = flag.Bool("fit", false, "fit the weights of the grouping")

// pair is an item against a development: the signals, and whether a careful reader
// put them together.
type pair struct {
	signals [signals]float64
	same    bool
	weight  float64
}

// labelledPairs files every item where its label says and gives what the desk
// would have compared on the way. Items without a label are background.
func labelledPairs(desk *Desk, readings []Reading, label map[ItemID]string) []pair {
	var pairs []pair
	for _, r := range readings {
		b := batch{Desk: desk, now: r.At, over: newWindow(), standings: map[standingKey]Standing{}}
		if !desk.GroupOnly {
			desk.window.evict(r.At.Add(-WindowLength))
		}
		e := b.entryOf(r)
		story := DevelopmentID(label[r.Item])
		if story == "" {
			desk.window.insert(e)
			continue
		}
		matches := desk.matches(b.layers(), e, r)
		if _, ok := desk.window.stories[story]; ok {
			tmpHave[0]++
			if slices.ContainsFunc(matches, func(m match) bool { return m.story.dev.ID == story }) {
				tmpHave[1]++
			}
		}
		for _, m := range matches {
			pairs = append(pairs, pair{signals: m.signals, same: m.story.dev.ID == story, weight: 1 / float64(len(matches))})
		}
		dev := Development{ID: story, Conflict: r.Conflict, OpenedAt: r.At}
		if s, ok := desk.window.stories[story]; ok {
			dev = s.dev
		}
		dev = dev.with(r, Mention{Cite: r.Cite, Main: true, Kinds: r.Kinds, Origin: b.origins.of(r)}, claimsOf(r, nil, true))
		desk.window.insert(e)
		desk.window.put(dev, func(id ItemID) *entry { return desk.window.items[id] })
	}
	return pairs
}

// logistic fits weights by Newton's method with a ridge, which keeps a signal that
// seldom occurs from being trusted.
func logistic(pairs []pair, use []signal, ridge float64) weights {
	n := len(use) + 1
	w := make([]float64, n)
	x := make([]float64, n)
	for range 30 {
		grad := make([]float64, n)
		hess := make([][]float64, n)
		for i := range hess {
			hess[i] = make([]float64, n)
			if i > 0 {
				grad[i] = -ridge * w[i]
				hess[i][i] = ridge
			}
		}
		for _, p := range pairs {
			x[0] = 1
			for i, s := range use {
				x[i+1] = p.signals[s]
			}
			z := 0.0
			for i := range x {
				z += w[i] * x[i]
			}
			prob := 1 / (1 + math.Exp(-z))
			for i := range x {
				grad[i] += p.weight * (truth(p.same) - prob) * x[i]
				for j := range x {
					hess[i][j] += p.weight * prob * (1 - prob) * x[i] * x[j]
				}
			}
		}
		step := solve(hess, grad)
		for i := range w {
			w[i] += step[i]
		}
	}
	out := weights{bias: w[0]}
	for i, s := range use {
		out.signal[s] = w[i+1]
	}
	return out
}

// solve is Gaussian elimination with pivots; a and b are spent.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		p := i
		for j := i + 1; j < n; j++ {
			if math.Abs(a[j][i]) > math.Abs(a[p][i]) {
				p = j
			}
		}
		a[i], a[p], b[i], b[p] = a[p], a[i], b[p], b[i]
		for j := i + 1; j < n; j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < n; k++ {
				a[j][k] -= f * a[i][k]
			}
			b[j] -= f * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = b[i]
		for k := i + 1; k < n; k++ {
			x[i] -= a[i][k] * x[k]
		}
		x[i] /= a[i][i]
	}
	return x
}

func (w weights) literal() string {
	out := fmt.Sprintf("weights{bias: %.2f, signal: [signals]float64{", w.bias)
	for i, v := range w.signal {
		if v != 0 {
			out += fmt.Sprintf("\n\tsig %s: %.2f,", signal(i), v)
		}
	}
	return out + "\n}}"
}

// storyReadings are the readings that --group-only would have without any reader.
func storyReadings(items []Item) []Reading {
	var readings []Reading
	for _, it := range items {
		r := Reading{Cite: Cite{Item: it.ID, Outlet: it.Outlet, Lang: it.Lang, At: it.Published}, Title: it.Title}
		r.Features = featuresOf(it.Title, it.Text, it.Lang, nil, nil, nil)
		readings = append(readings, r)
	}
	return readings
}

func TestFitStories(t *testing.T) {
	if !*fitting {
		t.Skip("runs with -fit only: it fits, it does not judge")
	}
	sets := []string{"stories.ecb", "stories.5w1h", "stories.gva"}
	use := []signal{sigText, sigTextAll, sigTitle, sigNames, sigAhead, sigRivals, sigAge}
	all := map[string][]pair{}
	for _, set := range sets {
		items, labels := evalSet(t, set)
		label := map[ItemID]string{}
		for _, l := range labels {
			label[l.ID] = l.Story
		}
		desk := NewDesk(nil, nil)
		desk.GroupOnly = true
		all[set] = labelledPairs(desk, storyReadings(items), label)
		for i := range all[set] { // every set counts alike
			all[set][i].weight *= 500 / float64(len(items))
		}
	}
	for _, left := range append(sets, "") {
		var train []pair
		for _, set := range sets {
			if set != left {
				train = append(train, all[set]...)
			}
		}
		w := logistic(slices.Clip(train), use, 1)
		t.Logf("without %q: %s", left, w.literal())
	}
}

var tmpHave [2]int
