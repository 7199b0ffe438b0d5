package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"trucewire/news"
)

// verdict is a held-out prediction.
type verdict struct {
	p   float64
	yes bool
	own string
}

// judge fits on all streams but one and predicts that one, for each; it prints what
// comes out and returns the threshold that is best over all of them.
func (t *training) judge(w io.Writer, errors string) thresholds {
	var all []verdict
	for _, out := range t.folds() {
		train, test := parted(t.relevant, out)
		weights := fit(train, t.relevance.means(), relevanceRidge)
		for _, c := range test {
			v := verdict{p: shares(weights, c)[0], yes: c.target[0] == 1, own: c.stream}
			all = append(all, v)
			if strings.Contains(errors, c.stream) && v.yes != (v.p > 0.45) {
				fmt.Fprintf(w, "%s %v %.2f %s\n%s", c.id, v.yes, v.p, t.titles[c.id], t.why(weights, c))
			}
		}
	}
	threshold := bestThreshold(all)
	fmt.Fprintf(w, "threshold %.2f, features %d + %d\n", threshold, len(t.relevance.names), len(t.kind.names))
	var guesses []guess
	for _, out := range t.folds() {
		kinds := t.judgeKinds(w, out, errors)
		for _, s := range out {
			p, r, f := measure(all, threshold, s)
			k := kinds[s]
			if s != writtenFit {
				guesses = append(guesses, k.said...)
			}
			fmt.Fprintf(w, "%-10s relevance P %.3f R %.3f F1 %.3f   first kind in gold %.3f (%d; grammar missed %d)\n",
				s, p, r, f, float64(rightOf(k.said))/float64(max(k.n, 1)), k.n, k.missed)
		}
	}
	for k := 50; k < 100; k += 5 {
		p, r, _ := measure(all, float64(k)/100, streams()...)
		hp, hr, _ := measure(all, float64(k)/100, writtenHeld)
		op, or, _ := measure(all, float64(k)/100, t.ownStreams...)
		fmt.Fprintf(w, "at 0.%d: pooled P %.3f R %.3f, written streams P %.3f R %.3f, held P %.3f R %.3f\n", k, p, r, op, or, hp, hr)
	}
	p, r, f := measure(all, threshold, streams()...)
	fmt.Fprintf(w, "%-10s relevance P %.3f R %.3f F1 %.3f\n", "pooled", p, r, f)
	p, r, f = measure(t.articlesLeftOut(), threshold, articles)
	fmt.Fprintf(w, "%-10s relevance P %.3f R %.3f F1 %.3f, a tenth left out at a time\n", articles, p, r, f)
	p, r, f = measure(all, threshold, t.ownStreams...)
	fmt.Fprintf(w, "%-10s relevance P %.3f R %.3f F1 %.3f\n", "written", p, r, f)
	both := slices.Concat(streams(), t.ownStreams)
	out := thresholds{development: threshold, told: preciseFrom(all, both, toldPrecision, threshold), sureKind: sureKinds(guesses)}
	out.sure = preciseFrom(all, both, surePrecision, out.told)
	fmt.Fprintf(w, "told %.2f sure %.2f kinds %v\n", out.told, out.sure, out.sureKind)
	return out
}

// articlesLeftOut predicts the articles with a tenth of them left out at a time: no other
// stream holds articles to learn from.
func (t *training) articlesLeftOut() []verdict {
	var out []verdict
	for part := range claimFolds {
		var train, test []choice
		n := 0
		for _, c := range t.relevant {
			switch {
			case c.stream == writtenHeld:
				continue
			case c.stream == articles:
				n++
				if n%claimFolds == part {
					test = append(test, c)
					continue
				}
			}
			train = append(train, c)
		}
		weights := fit(train, t.relevance.means(), relevanceRidge)
		for _, c := range test {
			out = append(out, verdict{p: shares(weights, c)[0], yes: c.target[0] == 1, own: articles})
		}
	}
	return out
}

// foldsOfOwn is in how many parts the streams written for the repository are left out.
const foldsOfOwn = 5

// folds lists what is left out in turn. The held part of the written items is never
// fitted on.
func (t *training) folds() [][]string {
	var out [][]string
	for _, s := range slices.Concat(streams(), languages(), []string{articles, writtenFit, writtenHeld}) {
		out = append(out, []string{s})
	}
	own := make([][]string, min(foldsOfOwn, len(t.ownStreams)))
	for i, s := range t.ownStreams {
		own[i%len(own)] = append(own[i%len(own)], s)
	}
	return append(out, own...)
}

func languages() []string { return []string{"lang.ar", "lang.es", "lang.fr", "lang.ru"} }

func parted(examples []choice, out []string) (train, test []choice) {
	for _, c := range examples {
		switch {
		case slices.Contains(out, c.stream):
			test = append(test, c)
		case c.stream == writtenHeld:
		default:
			train = append(train, c)
		}
	}
	return train, test
}

// kindsJudged is what came of the kinds of one stream that was left out.
type kindsJudged struct {
	said      []guess
	n, missed int
}

// judgeKinds fits without the streams and predicts their first kinds. Errors of the
// streams that errors names as "kinds:NAME" are printed.
func (t *training) judgeKinds(w io.Writer, out []string, errors string) map[string]kindsJudged {
	train, test := parted(t.chosen, out)
	train = slices.DeleteFunc(train, func(c choice) bool { return c.target == nil })
	weights := fit(train, t.kind.means(), kindRidge)
	judged := make(map[string]kindsJudged)
	for _, c := range test {
		k := judged[c.stream]
		k.n++
		show := strings.Contains(errors, "kinds:"+c.stream)
		if c.target == nil {
			k.missed++
			if show {
				fmt.Fprintf(w, "MISSED %s %v has %v %s\n", c.id, c.gold, c.kinds, t.titles[c.id])
			}
			judged[c.stream] = k
			continue
		}
		p := shares(weights, c)
		best := slices.Index(p, slices.Max(p))
		k.said = append(k.said, guess{c.kinds[best], p[best], c.target[best] > 0})
		judged[c.stream] = k
		if c.target[best] == 0 && show {
			fmt.Fprintf(w, "WRONG %s %v chose %v of %v %s\n", c.id, c.gold, c.kinds[best], c.kinds, t.titles[c.id])
		}
	}
	return judged
}

// bestThreshold is the probability with the highest F1 over the streams, from even odds
// on: below them a development would be told that is likelier none.
func bestThreshold(all []verdict) float64 {
	best, at := 0.0, 0.5
	for k := 50; k <= 65; k++ {
		th := float64(k) / 100
		_, _, f := measure(all, th, streams()...)
		if f > best {
			best, at = f, th
		}
	}
	return at
}

// measure gives precision, recall and F1 over the streams together.
func measure(all []verdict, threshold float64, streams ...string) (p, r, f float64) {
	var tp, fp, fn float64
	for _, v := range all {
		if !slices.Contains(streams, v.own) {
			continue
		}
		switch {
		case v.yes && v.p >= threshold:
			tp++
		case v.yes:
			fn++
		case v.p >= threshold:
			fp++
		}
	}
	if tp == 0 {
		return 0, 0, 0
	}
	p, r = tp/(tp+fp), tp/(tp+fn)
	return p, r, 2 * p * r / (p + r)
}

// write fits on everything and writes the file that the catalogue embeds.
func (t *training) write(out string, th thresholds) error {
	chosen := slices.DeleteFunc(slices.Clone(t.chosen), func(c choice) bool { return c.target == nil })
	weights := news.Weights{
		Relevance:   named(t.relevance, fit(t.relevant, t.relevance.means(), relevanceRidge)),
		Kind:        named(t.kind, fit(chosen, t.kind.means(), kindRidge)),
		Development: th.development, Told: th.told, Sure: th.sure, SureKind: th.sureKind, SecondKind: secondKindShare,
	}
	raw, err := yaml.Marshal(map[string]news.Weights{"weights": weights})
	if err != nil {
		return fmt.Errorf("write weights: %w", err)
	}
	head := "# Weights of the reader's two models, fitted by cmd/fit on labelled items. Names are word classes (news/classes.go) or phrases\n" +
		"# (news/kinds_grammar.go) with the part of the item they stand in. Do not edit: change the packs or the grammar and fit again.\n"
	if err := os.WriteFile(out, append([]byte(head), raw...), 0o644); err != nil {
		return fmt.Errorf("write weights: %w", err)
	}
	return nil
}

// why lists the heaviest contributions to a prediction.
func (t *training) why(w []float64, c choice) string {
	terms := slices.Clone(c.candidates[0])
	slices.SortStableFunc(terms, func(a, b term) int {
		return cmp.Compare(math.Abs(w[b.index]*b.value), math.Abs(w[a.index]*a.value))
	})
	out := "   "
	for _, x := range terms[:min(14, len(terms))] {
		out += fmt.Sprintf(" %s %+.2f", t.relevance.names[x.index], w[x.index]*x.value)
	}
	return out + "\n"
}
