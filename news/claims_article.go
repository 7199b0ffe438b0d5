package news

import (
	"cmp"
	"math"
	"slices"
)

// articleSentences is the number of sentences above which an item is an article: what
// an editor notes of it is chosen by a model, sentence by sentence.
const articleSentences = 20

// What of an article is a claim, chosen by articles left out of the fit.
const (
	minClaim         = 0.16
	maxArticleClaims = 9
)

// ofArticle is what one sentence of an article is likeliest a claim of.
func (r *Reader) ofArticle(f *facts, sent int, kinds []Kind, figures []figure, voices map[int]voice) []weighedClaim {
	k, p := r.claimOfSentence(f, sent, kinds, voices[sent].Speaker)
	if k.kind == "" {
		return nil
	}
	return []weighedClaim{{r.claimAs(f, sent, k, kinds, figures, voices), sent, p}}
}

// claimOfSentence is the likeliest kind of claim of a sentence with its probability: a
// sentence may also be none.
func (r *Reader) claimOfSentence(f *facts, sent int, kinds []Kind, by Speaker) (sentenceKind, float64) {
	var best sentenceKind
	most, sum := 0.0, 1.0
	for _, c := range r.candidates(f, sent, kinds, by) {
		odds := math.Exp(dot(r.claimWeights, c.features))
		sum += odds
		if odds > most {
			best, most = c.sentenceKind, odds
		}
	}
	return best, most / sum
}

// likeliest keeps the likeliest claims of an article, in its order. The main ones are
// always kept.
func likeliest(found []weighedClaim) []Claim {
	order := make([]int, len(found))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(found[b].weight, found[a].weight) })
	keep, all := make([]bool, len(found)), 0
	for _, i := range order {
		if found[i].claim.Main || found[i].weight >= minClaim && all < maxArticleClaims {
			keep[i] = true
			all++
		}
	}
	var out []Claim
	for i, c := range found {
		if keep[i] {
			out = append(out, c.claim)
		}
	}
	return out
}
