package news

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// Bounds that keep the features of one item under 2 KB encoded.
const (
	maxTerms   = 96
	maxNames   = 64
	maxNumbers = 32
	maxDays    = 16
	sketchSize = 32
	maxLead    = 4
	shingle    = 5 // words; what two writers seldom choose alike
	// maxFeatureWords is how far into a text features look: an article's step stands
	// in its first paragraphs, what follows is the background of every other article.
	maxFeatureWords = 600
)

// featuresOf reduces an item to what the desk compares: folded word stems, names,
// numbers, days, a sketch that recognises copies, and the title's simhash. Names
// are those the reader found and catalogue ids; capitalised words are added here.
// The same arguments give the same features.
func featuresOf(title, text, lang string, names []string, numbers []int, days []string) Features {
	head := lexicon.Tokens(title)
	body := lexicon.Tokens(text)
	words := len(head) + len(body)
	body = body[:min(len(body), maxFeatureWords)]
	return Features{
		Terms:    termsOf(head, body, lang),
		Names:    nameHashes(head, body, lang, names),
		Numbers:  boundedSet(numbers, maxNumbers),
		Days:     boundedSet(days, maxDays),
		Sketch:   sketchOf(head, body),
		TitleSim: titleSimhash(head, lang),
		Lead:     leadOf(head, lang),
		Words:    words,
	}
}

// termsOf counts stems, those of the title and of the first words before others
// when there are more than fit.
func termsOf(head, body []lexicon.Token, lang string) []Term {
	counted := make([]Term, 0, len(head)+len(body))
	at := make(map[uint32]int, len(head)+len(body))
	add := func(tokens []lexicon.Token, title bool) {
		for _, t := range tokens {
			if stopWord(lang, t.Folded) {
				continue
			}
			h := hashWord(lexicon.Stem(lang, t.Folded))
			i, known := at[h]
			if !known {
				i = len(counted)
				at[h] = i
				counted = append(counted, Term{Hash: h})
			}
			counted[i].Count = min(counted[i].Count+1, 1<<12)
			counted[i].Title = counted[i].Title || title
		}
	}
	add(head, true)
	add(body, false)
	if len(counted) > maxTerms {
		slices.SortStableFunc(counted, func(a, b Term) int { // stable: earlier words first
			if a.Title != b.Title {
				return cmp.Compare(boolInt(b.Title), boolInt(a.Title))
			}
			return cmp.Compare(b.Count, a.Count)
		})
		counted = counted[:maxTerms]
	}
	slices.SortFunc(counted, func(a, b Term) int { return cmp.Compare(a.Hash, b.Hash) })
	return slices.Clone(counted) // exactly as long as needed: thousands are held
}

// nameHashes hashes the given names and every capitalised word that is not
// capitalised merely because it begins a sentence or stands in a headline that
// capitalises all its words.
func nameHashes(head, body []lexicon.Token, lang string, names []string) []uint32 {
	hashes := make([]uint32, 0, len(names)+16)
	for _, n := range names {
		hashes = append(hashes, hashWord(lexicon.Fold(n)))
	}
	if !titleCase(head) {
		hashes = appendCapitals(hashes, head, lang)
	}
	hashes = appendCapitals(hashes, body, lang)
	hashes = hashes[:min(len(hashes), maxNames)]
	slices.Sort(hashes)
	return slices.Clone(slices.Compact(hashes))
}

func appendCapitals(hashes []uint32, tokens []lexicon.Token, lang string) []uint32 {
	for i, t := range tokens {
		if !t.Capital || t.Stop || i == 0 || stopWord(lang, t.Folded) {
			continue
		}
		h := hashWord(t.Folded)
		if !slices.Contains(hashes, h) {
			hashes = append(hashes, h)
		}
		if len(hashes) >= 2*maxNames {
			return hashes
		}
	}
	return hashes
}

// titleCase reports whether a headline capitalises most of its words.
func titleCase(head []lexicon.Token) bool {
	long, capital := 0, 0
	for _, t := range head {
		if len(t.Folded) > 3 {
			long++
			capital += boolInt(t.Capital)
		}
	}
	return long > 2 && capital*10 >= long*7
}

// sketchOf gives minhash values over word shingles. The text alone is sketched
// where it is long enough: outlets that carry a wire's copy change its headline.
func sketchOf(head, body []lexicon.Token) []uint32 {
	const enough = 12 // words of text
	tokens := body
	if len(body) < enough {
		tokens = slices.Concat(head, body)
	}
	if len(tokens) < shingle {
		return nil
	}
	sketch := slices.Repeat([]uint32{^uint32(0)}, sketchSize)
	for i := 0; i+shingle <= len(tokens); i++ {
		h := fnv.New64a()
		for _, t := range tokens[i : i+shingle] {
			h.Write([]byte(t.Folded))
			h.Write([]byte{' '})
		}
		sum := h.Sum64()
		for j := range sketch {
			sketch[j] = min(sketch[j], uint32(mix(sum+uint64(j)*0x9e3779b97f4a7c15)>>32))
		}
	}
	return sketch
}

// leadOf gives the first telling words of a headline, after a label that ends in a
// colon ("Live updates:", "Norvia talks:"): mostly who does what.
func leadOf(head []lexicon.Token, lang string) []uint32 {
	const label = 4 // words that may stand before the colon
	for i := 1; i <= min(label, len(head)-1); i++ {
		if head[i].Comma {
			head = head[i:]
			break
		}
	}
	var lead []uint32
	for _, t := range head {
		if stopWord(lang, t.Folded) {
			continue
		}
		if lead = append(lead, hashWord(lexicon.Stem(lang, t.Folded))); len(lead) == maxLead {
			break
		}
	}
	return lead
}

// titleSimhash is a 64-bit simhash of the headline's stems; zero without a title.
func titleSimhash(head []lexicon.Token, lang string) uint64 {
	var votes [64]int
	n := 0
	for _, t := range head {
		if stopWord(lang, t.Folded) {
			continue
		}
		n++
		h := mix(uint64(hashWord(lexicon.Stem(lang, t.Folded))))
		for b := range votes {
			votes[b] += 2*int(h>>b&1) - 1
		}
	}
	if n == 0 {
		return 0
	}
	var sim uint64
	for b, v := range votes {
		if v > 0 {
			sim |= 1 << b
		}
	}
	return sim
}

// copied is the share of shingles that two sketches have in common, 0 where either
// item is too short to tell.
func copied(a, b []uint16) float64 {
	if len(a) != sketchSize || len(b) != sketchSize {
		return 0
	}
	same := 0
	for i := range a {
		same += boolInt(a[i] == b[i])
	}
	return float64(same) / sketchSize
}

// halved keeps half of each value of a sketch.
func halved(sketch []uint32) []uint16 {
	if len(sketch) == 0 {
		return nil
	}
	out := make([]uint16, len(sketch))
	for i, v := range sketch {
		out[i] = uint16(v) // the lower half: of the least of many values the upper one is mostly alike
	}
	return out
}

func hashWord(w string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(w))
	return h.Sum32()
}

// mix is the finaliser of splitmix64: it spreads every bit of x over the result.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

func boundedSet[T cmp.Ordered](values []T, limit int) []T {
	if len(values) == 0 {
		return nil
	}
	set := slices.Clone(values[:min(len(values), limit)])
	slices.Sort(set)
	return slices.Clone(slices.Compact(set))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// stopWord reports whether a folded word says nothing about what an item is about:
// a function word of the language, or a single character that is no digit.
func stopWord(lang, folded string) bool {
	if len(folded) == 1 {
		return folded[0] < '0' || folded[0] > '9'
	}
	list := stopWords(lang)
	return list != "" && len(folded) <= 24 && strings.Contains(list, " "+folded+" ")
}

// quoteTerms gives the words of claims' evidence.
func quoteTerms(lang string, claims []Claim) []Term {
	var tokens []lexicon.Token
	for _, c := range claims {
		tokens = append(tokens, lexicon.Tokens(c.Quote)...)
	}
	return termsOf(nil, tokens, lang)
}
