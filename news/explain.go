package news

import (
	"cmp"
	"math"
	"slices"
)

// Explanation is why an item was read as it was: what decided, with its weights, and
// what else was possible. It is made for `replay --explain`; the desk does not use it.
type Explanation struct {
	Lang      string        `json:"lang"`
	Relevance WhyRelevance  `json:"relevance"`
	Conflicts []WhyConflict `json:"conflicts"` // best first; the first from Threshold on is taken
	Kinds     []WhyKind     `json:"kinds"`     // likeliest first
	Days      []WhyDay      `json:"days"`
}

// WhyRelevance is the decision between development, context and irrelevant.
type WhyRelevance struct {
	Decided     Relevance      `json:"decided"`
	Probability float64        `json:"probability"` // of a development
	Threshold   float64        `json:"threshold"`
	Told        float64        `json:"told"`     // from which it opens a post
	Sure        float64        `json:"sure"`     // from which the post says its kind
	Attested    bool           `json:"attested"` // verified dead of a known war: filed at any probability
	Process     bool           `json:"process"`  // some word of a peace process stands in the item
	Top         []Contribution `json:"top"`      // gravest first, for or against
}

// Contribution is what one feature added to the log odds.
type Contribution struct {
	Feature string  `json:"feature"`
	Value   float64 `json:"value"`
	Weight  float64 `json:"weight"`
	Adds    float64 `json:"adds"`
}

// WhyConflict is how much the item speaks of one conflict.
type WhyConflict struct {
	Conflict  ConflictID `json:"conflict"`
	Score     float64    `json:"score"`
	Threshold float64    `json:"threshold"`
	Title     float64    `json:"title"` // the part that comes from the title
	Names     int        `json:"names"` // distinct ones
	Sides     []string   `json:"sides"`
	Sure      bool       `json:"sure"` // a name that only this conflict has
}

// WhyKind is a kind that the item may report.
type WhyKind struct {
	Kind        Kind           `json:"kind"`
	Probability float64        `json:"probability"`
	Threshold   float64        `json:"threshold"` // from which it is named
	Sure        float64        `json:"sure"`      // from which a post says it
	Chosen      bool           `json:"chosen"`
	Phrases     []WhyPhrase    `json:"phrases"` // of the grammar; none: loose words alone
	Top         []Contribution `json:"top"`
}

// WhyPhrase is a phrase of the grammar that was found, with its place in the item.
type WhyPhrase struct {
	Frame    string `json:"frame"`
	Modality string `json:"modality"` // fact, expected, denied, called
	In       string `json:"in"`       // title, lead, rest
	Start    int    `json:"start"`    // bytes of title or text
	End      int    `json:"end"`
	Words    string `json:"words"` // as they stand, from trigger to object
}

// WhyDay is a day that the item names, resolved against its publication.
type WhyDay struct {
	Words string `json:"words"`
	Day   string `json:"day"`
	Rule  string `json:"rule"`
}

// Bounds of an explanation.
const (
	topFeatures   = 10
	topCandidates = 6
	topPhrases    = 8
)

// Explain reads an item again and tells what decided. The same item gives the same
// explanation, and it is that of Read.
func (r *Reader) Explain(it Item) Explanation {
	d := r.document(it)
	f := r.factsOf(d)
	features := f.relevanceFeatures(r.names)
	decided, p := r.relevance(f, features)
	return Explanation{
		Lang: d.lang,
		Relevance: WhyRelevance{
			Decided: decided, Probability: rounded(p), Threshold: rounded(r.weights.Development),
			Told: rounded(r.weights.Told), Sure: rounded(r.weights.Sure), Attested: f.attested(),
			Process: d.speaksOfProcess(), Top: contributions(r.weights.Relevance, features),
		},
		Conflicts: r.whyConflicts(f),
		Kinds:     r.whyKinds(f, decided),
		Days:      d.whyDays(),
	}
}

// rounded keeps four places: the rest is noise to a reader.
func rounded(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// contributions gives the features that weighed most.
func contributions(weights map[string]float64, features []Feature) []Contribution {
	out := []Contribution{}
	for _, f := range features {
		if w := weights[f.Name]; w != 0 && f.Value != 0 {
			out = append(out, Contribution{f.Name, rounded(f.Value), rounded(w), rounded(w * f.Value)})
		}
	}
	slices.SortStableFunc(out, func(a, b Contribution) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Adds), math.Abs(a.Adds)), cmp.Compare(a.Feature, b.Feature))
	})
	return out[:min(len(out), topFeatures)]
}

func (r *Reader) whyConflicts(f *facts) []WhyConflict {
	out := []WhyConflict{}
	for _, s := range f.scores[:min(len(f.scores), topCandidates)] {
		out = append(out, WhyConflict{
			Conflict: r.cat.Conflicts[s.conflict].ID, Score: rounded(s.score), Threshold: minConflict,
			Title: rounded(s.title), Names: s.entities, Sides: append([]string{}, sortedKeys(s.sides)...), Sure: s.sure,
		})
	}
	return out
}

func (r *Reader) whyKinds(f *facts, decided Relevance) []WhyKind {
	candidates := f.kindFeatures()
	ranking := r.rankKinds(candidates)
	chosen := r.chosenKinds(ranking)
	out := []WhyKind{}
	for i, k := range ranking[:min(len(ranking), topCandidates)] {
		why := WhyKind{
			Kind: k.kind, Probability: rounded(k.p), Sure: rounded(r.weights.SureKind[k.kind]), Chosen: decided == RelevantDevelopment && slices.Contains(chosen, k.kind),
			Phrases: f.whyPhrases(k.kind), Top: []Contribution{},
		}
		if i > 0 {
			why.Threshold = rounded(r.weights.SecondKind * ranking[0].p)
		}
		for _, c := range candidates {
			if c.Kind == k.kind {
				why.Top = contributions(r.weights.Kind, c.Features)
			}
		}
		out = append(out, why)
	}
	return out
}

func (f *facts) whyPhrases(k Kind) []WhyPhrase {
	out := []WhyPhrase{}
	for _, e := range f.events {
		if e.kind != k || len(out) == topPhrases {
			continue
		}
		first, last := e.at, max(e.at, e.object)
		if e.object >= 0 {
			first = min(e.at, e.object)
		}
		out = append(out, WhyPhrase{
			Frame: e.frame.id, Modality: e.modality.String(), In: f.d.sents[e.sent].part,
			Start: f.d.tokens[first].Start, End: f.d.tokens[last].End, Words: f.d.cut(first, last),
		})
	}
	return out
}

// String is the modality's name in explanations.
func (m modality) String() string {
	return [...]string{asFact: "fact", asNotYet: "expected", asNegated: "denied", asCalled: "called"}[m]
}

// whyDays lists the days that the item names.
func (d *document) whyDays() []WhyDay {
	out := []WhyDay{}
	if d.local.IsZero() {
		return out
	}
	for _, f := range d.findDays(0, len(d.tokens), d.local) {
		out = append(out, WhyDay{Words: d.cut(f.first, f.last), Day: f.stamp(), Rule: f.rule})
	}
	return out
}
