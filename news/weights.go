package news

// Weights are what was fitted: two small linear models over named features. A
// feature is a word class or a phrase of the grammar in a part of the item
// ("truce@title", "agree-truce@lead"), or a fact of its structure ("ends-with-?");
// none is a word of a news text. The numbers come from cmd/fit.
type Weights struct {
	// Relevance gives the log odds that an item is a development.
	Relevance map[string]float64 `yaml:"relevance"`
	// Kind ranks the kinds that the grammar found.
	Kind map[string]float64 `yaml:"kind"`
	// Development is the probability from which an item is one.
	Development float64 `yaml:"development"`
	// Told is the probability from which a development opens a post, Sure that from
	// which a post says a kind of severity 1 or 2, both chosen by what is right on streams
	// left out.
	Told float64 `yaml:"told"`
	Sure float64 `yaml:"sure"`
	// SureKind is, by kind, the probability among the candidates from which the kind is
	// said. A kind that is not listed is said at any.
	SureKind map[Kind]float64 `yaml:"sure_kind"`
	// SecondKind is the share of the first kind's probability from which another
	// kind is named beside it.
	SecondKind float64 `yaml:"second_kind"`
}

// Feature is a named value of one item.
type Feature struct {
	Name  string
	Value float64
}

func dot(weights map[string]float64, features []Feature) float64 {
	sum := 0.0
	for _, f := range features {
		sum += weights[f.Name] * f.Value
	}
	return sum
}

// Vectors are the features behind a reading, for fitting weights and for --explain.
type Vectors struct {
	Relevance []Feature
	Kinds     []KindFeatures // every candidate kind, in the order of Kinds
}

// KindFeatures are the features of one candidate kind.
type KindFeatures struct {
	Kind     Kind
	Features []Feature
}
