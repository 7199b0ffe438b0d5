package news

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// compareMembers bounds the items compared per development: the first two, which
// tell what the step is, and the newest.
const compareMembers = 6

// query is an item's words with their weights under the present window.
type query struct {
	*entry
	weight []float64
	norm   float64
	title  []float64 // of the headline's words, 0 for others
	tnorm  float64
	names  float64 // weight of all names
	short  float64 // 1 of a headline alone
}

func (l layers) query(e *entry) query {
	both := make([]float64, 2*len(e.Terms))
	q := query{entry: e, weight: both[:len(e.Terms)], title: both[len(e.Terms):]}
	for i, t := range e.Terms {
		idf := l.weightAt(e, i)
		q.weight[i] = t.frequency() * idf
		q.norm += q.weight[i] * q.weight[i]
		if t.Title {
			q.title[i] = idf
			q.tnorm += idf * idf
		}
	}
	for _, n := range e.Names {
		q.names += l.nameWeight(n)
	}
	q.norm, q.tnorm = math.Sqrt(q.norm), math.Sqrt(q.tnorm)
	q.short = truth(!slices.ContainsFunc(e.Terms, func(t Term) bool { return !t.Title }))
	return q
}

// frequency dampens how often a word stands in an item; a word of the headline
// counts as if it stood there more often.
func (t Term) frequency() float64 {
	f := 1.0
	if t.Count > 1 {
		f += math.Log(float64(t.Count))
	}
	return f + truth(t.Title)
}

// resemblance is how much of the words of two items is the same, by rarity.
type resemblance struct {
	all    float64 // cosine over all words
	title  float64 // cosine over the headlines
	covers float64 // share of the other's headline that the item tells anywhere

	rare, rareTitle float64 // weight of the rarest word in common, anywhere and of the headlines
}

// likeness compares an item's words with another's.
func (l layers) likeness(q query, x *entry) resemblance {
	var r resemblance
	i, norm, tnorm, head := 0, 0.0, 0.0, 0.0
	for j, t := range x.Terms {
		idf := l.weightAt(x, j)
		w := t.frequency() * idf
		norm += w * w
		if t.Title {
			tnorm += idf * idf
			head += idf
		}
		for i < len(q.Terms) && q.Terms[i].Hash < t.Hash {
			i++
		}
		if i == len(q.Terms) || q.Terms[i].Hash != t.Hash {
			continue
		}
		r.all += q.weight[i] * w
		r.rare = max(r.rare, idf)
		if t.Title && q.title[i] > 0 {
			r.rareTitle = max(r.rareTitle, idf)
		}
		if t.Title {
			r.title += q.title[i] * idf
			r.covers += idf
		}
	}
	r.all = share(r.all, q.norm*math.Sqrt(norm))
	r.title = share(r.title, q.tnorm*math.Sqrt(tnorm))
	r.covers = share(r.covers, head)
	return r
}

// portion is one word of a profile and how much of its items it makes up.
type portion struct {
	term uint32
	sum  float64
}

// profile gives the words of a development's compared items taken together, each
// item counting alike, by hash. It is kept until the development changes.
func (s *story) profile() []portion {
	if s.words != nil {
		return s.words
	}
	var all []portion
	for _, x := range s.compared() {
		norm := 0.0
		for _, t := range x.Terms {
			norm += t.frequency() * t.frequency()
		}
		for _, t := range x.Terms {
			all = append(all, portion{t.Hash, t.frequency() / math.Sqrt(norm)})
		}
	}
	slices.SortStableFunc(all, func(a, b portion) int { return cmp.Compare(a.term, b.term) })
	s.words = all[:0]
	for _, w := range all {
		if n := len(s.words); n > 0 && s.words[n-1].term == w.term {
			s.words[n-1].sum += w.sum
			continue
		}
		s.words = append(s.words, w)
	}
	s.words = slices.Clone(s.words)
	return s.words
}

// likenessAll is the cosine of an item with a profile.
func (l layers) likenessAll(q query, words []portion) float64 {
	i, all, norm := 0, 0.0, 0.0
	for _, x := range words {
		w := x.sum * l.weight(x.term)
		norm += w * w
		for i < len(q.Terms) && q.Terms[i].Hash < x.term {
			i++
		}
		if i < len(q.Terms) && q.Terms[i].Hash == x.term {
			all += q.weight[i] * w
		}
	}
	return share(all, q.norm*math.Sqrt(norm))
}

// compared are the members that an item is compared with.
func (s *story) compared() []*entry {
	if len(s.members) <= compareMembers {
		return s.members
	}
	return slices.Concat(s.members[:2], s.members[len(s.members)-compareMembers+2:])
}

// textSignals compares an item with the items of a development.
func (l layers) textSignals(m *match, q query) {
	members := m.story.compared()
	m.foreign = true
	begins, alike := false, 0.0
	for _, x := range members {
		words := l.likeness(q, x)
		m.raise(sigText, words.all)
		m.raise(sigTitle, words.title)
		m.raise(sigRare, words.rare/l.size)
		m.raise(sigRareTitle, words.rareTitle/l.size)
		m.raise(sigCovers, words.covers)
		m.raise(sigNames, l.namesShared(q, x.Names))
		m.raise(sigNumbers, sharedPart(q.Numbers, x.Numbers))
		m.raise(sigOutlet, truth(q.outlet == x.outlet && q.outlet != ""))
		m.signals[sigTextMean] += words.all / float64(len(members))
		m.foreign = m.foreign && x.lang != q.lang
		if len(q.Lead) > 0 && len(x.Lead) > 0 {
			m.raise(sigLead, jaccard(q.Lead, x.Lead))
			begins, alike = true, max(alike, truth(q.Lead[0] == x.Lead[0]))
		}
	}
	m.signals[sigTextAll] = m.signals[sigText]
	if len(members) > 1 {
		m.signals[sigTextAll] = l.likenessAll(q, m.story.profile())
	}
	m.signals[sigSubjects] = truth(begins) * (1 - alike)
	m.sizeSignals(q)
	m.timeSignals(q.at)
}

// sizeSignals tell how much there is to compare: a headline alone has fewer words in
// common with anything, and what many tell goes on being told.
func (m *match) sizeSignals(q query) {
	const many = 20 // items
	m.signals[sigShort], m.signals[sigShortText] = q.short, q.short*m.signals[sigText]
	m.signals[sigSize] = min(1, math.Log(float64(len(m.story.members)))/math.Log(many))
}

// timeSignals tells how near in time an item is. A step is told within a day or
// two; what follows later is mostly a step of its own.
func (m *match) timeSignals(at time.Time) {
	gap := math.Abs(at.Sub(m.story.last()).Hours())
	m.signals[sigHours] = math.Exp(-gap / 12)
	m.signals[sigFresh] = math.Exp(-gap / 72)
	m.signals[sigAge] = math.Exp(-math.Abs(at.Sub(m.story.OpenedAt).Hours()) / 72)
}

// last is when the newest main item in the window was published.
func (s *story) last() time.Time { return s.members[len(s.members)-1].at }

// namesShared is the weighted share of names that two items have in common.
func (l layers) namesShared(q query, names []uint32) float64 {
	both, all := 0.0, 0.0
	i := 0
	for _, n := range names {
		w := l.nameWeight(n)
		all += w
		for i < len(q.Names) && q.Names[i] < n {
			i++
		}
		if i < len(q.Names) && q.Names[i] == n {
			both += w
		}
	}
	return share(both, math.Sqrt(q.names*all))
}

func sharedPart(a, b []int) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both := 0
	for _, n := range a {
		both += boolInt(slices.Contains(b, n))
	}
	return float64(both) / math.Sqrt(float64(len(a)*len(b)))
}

func share(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
