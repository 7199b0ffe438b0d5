package main

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"trucewire/news"
)

// articles is the set of full articles whose claims are labelled.
const articles = "fulldev"

// The strength of the regularisation of the model of claims, and how many parts of the
// articles are left out in turn.
const (
	claimRidge = 3.0
	claimFolds = 10
)

// told is a claim as it is labelled.
type told struct {
	Kind  news.Kind `json:"kind"`
	Quote string    `json:"quote"`
}

// sentenceChoice is one sentence of an article: a choice among the kinds of claim that
// it may be and, as the last candidate, none.
type sentenceChoice struct {
	choice
	words string
}

// claimed is the training of the model of claims: the sentences of all articles, and
// what is labelled of each article.
type claimed struct {
	vocabulary *vocabulary
	sentences  []sentenceChoice
	ids        []string
	gold       map[string][]told
}

// loadClaims reads the articles that are developments, with the reader as it was
// fitted last: its kinds are what the model of claims begins with.
func loadClaims(reader *news.Reader, dir string) (*claimed, error) {
	items, labels, err := readLabelled(dir, articles)
	if err != nil {
		return nil, err
	}
	c := &claimed{vocabulary: &vocabulary{index: map[string]int{}}, gold: make(map[string][]told)}
	for _, it := range items {
		if g := labels[it.ID]; g.Relevance == string(news.RelevantDevelopment) {
			c.ids = append(c.ids, g.ID)
			c.gold[g.ID] = g.Claims
			c.add(g, reader.ClaimVectors(it.item()))
		}
	}
	return c, nil
}

func (c *claimed) add(g labelled, sentences []news.SentenceVectors) {
	for _, v := range sentences {
		s := sentenceChoice{choice: choice{stream: articles, id: g.ID}, words: plain(v.Quote)}
		for _, k := range v.Kinds {
			s.kinds = append(s.kinds, k.Kind)
			s.candidates = append(s.candidates, c.vocabulary.terms(k.Features))
		}
		s.candidates = append(s.candidates, nil)
		s.target = targets(s.kinds, s.words, g.Claims)
		c.sentences = append(c.sentences, s)
	}
}

// targets spreads the right answer over the kinds labelled for a sentence; none where
// no candidate is right.
func targets(kinds []news.Kind, words string, gold []told) []float64 {
	out := make([]float64, len(kinds)+1)
	right := 0.0
	for _, want := range gold {
		if i := slices.Index(kinds, want.Kind); i >= 0 && out[i] == 0 && within(words, plain(want.Quote)) {
			out[i] = 1
			right++
		}
	}
	if right == 0 {
		out[len(kinds)] = 1
		return out
	}
	for i := range out {
		out[i] /= right
	}
	return out
}

var wordRun = regexp.MustCompile(`[\pL\pN]+`)

func plain(s string) string {
	return strings.Join(wordRun.FindAllString(strings.ToLower(s), -1), " ")
}

// shortSentence is the length from which a labelled quote may span a sentence.
const shortSentence = 20

// within reports whether a labelled quote is of a sentence.
func within(sentence, quote string) bool {
	return strings.Contains(sentence, quote) || len(sentence) > shortSentence && strings.Contains(quote, sentence)
}

// saidClaim is what is said of a sentence left out of the fit.
type saidClaim struct {
	p     float64
	kind  news.Kind
	words string
}

// judge says the claims of articles left out, a part of them at a time, prints how many
// are right, and then the weights fitted on all: they are kept in news/claims_weights.go.
func (c *claimed) judge(w io.Writer) {
	said := make(map[string][]saidClaim)
	for part := range claimFolds {
		var train []choice
		for _, s := range c.sentences {
			if slices.Index(c.ids, s.id)%claimFolds != part {
				train = append(train, s.choice)
			}
		}
		weights := fit(train, c.vocabulary.means(), claimRidge)
		for _, s := range c.sentences {
			if slices.Index(c.ids, s.id)%claimFolds == part {
				said[s.id] = append(said[s.id], say(weights, s))
			}
		}
	}
	for k := 10; k <= 24; k += 2 {
		c.measure(w, said, float64(k)/100)
	}
	all := make([]choice, len(c.sentences))
	for i, s := range c.sentences {
		all[i] = s.choice
	}
	weights := fit(all, c.vocabulary.means(), claimRidge)
	for _, i := range heaviest(weights) {
		fmt.Fprintf(w, "claim weight %q: %.2f\n", c.vocabulary.names[i], weights[i])
	}
}

func say(weights []float64, s sentenceChoice) saidClaim {
	out := saidClaim{words: s.words}
	for i, p := range shares(weights, s.choice)[:len(s.kinds)] {
		if p > out.p {
			out.p, out.kind = p, s.kinds[i]
		}
	}
	return out
}

// measure counts as the scorer does: kind and half of the words.
func (c *claimed) measure(w io.Writer, said map[string][]saidClaim, threshold float64) {
	n, right, total := 0, 0, 0
	for _, id := range c.ids {
		left := slices.Clone(c.gold[id])
		total += len(left)
		claims := slices.DeleteFunc(slices.Clone(said[id]), func(s saidClaim) bool { return s.p < threshold })
		slices.SortStableFunc(claims, func(a, b saidClaim) int { return cmp.Compare(b.p, a.p) })
		n += len(claims)
		for _, s := range claims {
			if i := slices.IndexFunc(left, func(g told) bool { return g.Kind == s.kind && alike(s.words, plain(g.Quote)) }); i >= 0 {
				left = slices.Delete(left, i, i+1)
				right++
			}
		}
	}
	fmt.Fprintf(w, "claims from %.2f: %d said, %d right of %d, F1 %.3f, articles left out\n", threshold, n, right, total, 2*float64(right)/float64(n+total))
}

// alike reports whether two runs of words share half of those of the shorter.
func alike(a, b string) bool {
	first := make(map[string]bool)
	for _, w := range strings.Fields(a) {
		first[w] = true
	}
	second, both := make(map[string]bool), 0
	for _, w := range strings.Fields(b) {
		if first[w] && !second[w] {
			both++
		}
		second[w] = true
	}
	return both > 0 && 2*both >= min(len(first), len(second))
}
