package news

import (
	"math"
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// isMark tells the classes that name the form of a piece, not what it tells.
func isMark(c class) bool {
	switch c {
	case cOpinion, cExplainer, cGallery, cLive:
		return true
	}
	return false
}

// edgeTokens is how far from the beginning, the end or a break of a headline a mark
// of form may stand: "Analysis: …", "… – video". Elsewhere it is a word like others.
const edgeTokens = 1

func (s sentence) atEdge(d *document, h lexicon.Hit) bool {
	first, last := s.first+edgeTokens, s.past-1-edgeTokens
	return h.First <= first || d.tokens[h.First].Comma || s.title && (h.Last >= last || d.tokens[h.Last+1].Comma)
}

// labelled reports whether a headline begins with the name of its form and a break:
// "Opinion: …", "Explainer – …". Such a piece says itself that it is no report.
func (f *facts) labelled() bool {
	const within = 3 // tokens that the label may take
	return slices.ContainsFunc(f.d.sents, func(s sentence) bool {
		return s.title && slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool {
			switch class(h.Class) {
			case cOpinion, cExplainer, cGallery:
				next := h.Last + 1
				return next < s.past && next-s.first <= within && h.First-s.first < within && f.d.tokens[next].Comma && !f.d.commaBefore(next)
			}
			return false
		})
	})
}

// aboutNews reports whether an item is a piece about the news: an explainer, a
// column, a gallery, a question.
func (f *facts) aboutNews() bool {
	title := strings.TrimSpace(f.d.title)
	return f.has["title"][cExplainer] || f.has["title"][cOpinion] || f.has["title"][cGallery] || f.beginsWith(cQuestion) || signed(title) ||
		strings.HasSuffix(title, "?") || strings.HasSuffix(title, "؟") || slices.Contains(urlSections(f.d.item.URL), "opinion")
}

// structure looks at how the item is built rather than at what it says.
func (f *facts) structure(out []Feature) []Feature {
	d := f.d
	on := func(name string, when bool) {
		if when {
			out = append(out, Feature{name, 1})
		}
	}
	title := strings.TrimSpace(d.title)
	on("ends-with-?", strings.HasSuffix(title, "?") || strings.HasSuffix(title, "؟"))
	on("signed-title", signed(title))
	on("begins-with-quote", strings.HasPrefix(title, "'") || strings.HasPrefix(title, "‘") || strings.HasPrefix(title, "\"") || strings.HasPrefix(title, "“") || strings.HasPrefix(title, "«"))
	on("begins-with-question-word", f.beginsWith(cQuestion))
	words := len(d.tokens) / d.pack.spread
	on("long-text", words > 120)
	on("very-long-text", words > 400)
	on("short-title", d.head > 0 && d.head < 5*d.pack.spread)
	truces := 0
	for _, s := range d.sents {
		truces += len(s.all(cTruce))
	}
	if f.has["title"][cTruce] {
		truces--
	}
	out = append(out, Feature{"truces-below", math.Min(math.Log1p(float64(truces)), 2.5)})
	on("truce-only-late", !f.has["title"][cTruce] && !f.has["lead"][cTruce] && f.has["rest"][cTruce])
	for _, section := range urlSections(d.item.URL) {
		on("url-"+section, true)
	}
	return f.ofArticle(out)
}

// How many sentences of an article name a process: from manySteps on more of them say no
// more, and fewer than fewSteps name it in passing.
const (
	manySteps = 6
	fewSteps  = 2.5
)

// ofArticle tells how much of an article is about a process: one that comes back to it is
// a report of it too, however it begins; one that names it once does so in passing.
func (f *facts) ofArticle(out []Feature) []Feature {
	if len(f.d.sents) <= articleSentences || f.warLevel() < warSure {
		return out
	}
	steps := 0
	for _, s := range f.d.sents {
		if !s.has(cPast) && s.has(cTruce, cPeaceTalks, cPeaceDeal, cSwap, cMediate) || s.has(cTalks) && s.has(cActor, cLeader, cSides) {
			steps++
		}
	}
	return append(out, Feature{"article-steps", float64(min(steps, manySteps)) - fewSteps})
}

// signed reports whether a headline ends with an author or a section after a bar,
// as columns do.
func signed(title string) bool {
	i := strings.LastIndex(title, " | ")
	return i >= 0 && len(strings.Fields(title[i+3:])) <= 4 && len(strings.Fields(title[:i])) > 3
}

func (f *facts) beginsWith(c class) bool {
	for _, s := range f.d.sents {
		for _, h := range s.hits {
			if s.part == "title" && class(h.Class) == c && h.First == s.first {
				return true
			}
		}
	}
	return false
}

// urlSections reads what a publisher's address says about an item's form.
func urlSections(url string) []string {
	url = strings.ToLower(url)
	var out []string
	for _, s := range []struct {
		name  string
		parts []string
	}{
		{"opinion", []string{"/opinion", "/commentisfree", "/comment/", "/opinions", "/editorial", "/analysis", "/ideas", "/letters", "/blogs"}},
		{"live", []string{"/live/", "/liveblog", "-live", "/live-"}},
		{"media", []string{"/video", "/gallery", "/podcast", "/audio", "/pictures", "/in-pictures", "/photos", "/program"}},
		{"sport", []string{"/sport", "/football", "/soccer", "/nfl", "/nba"}},
		{"culture", []string{"/culture", "/film", "/music", "/books", "/entertainment", "/lifestyle", "/lifeandstyle", "/tv", "/showbiz", "/artanddesign", "/fashion", "/celebrity"}},
		{"business", []string{"/business", "/money", "/markets", "/economy", "/technology"}},
		{"home", []string{"/us-news", "/uk-news", "/australia-news", "/politics", "/society", "/education"}},
	} {
		for _, p := range s.parts {
			if strings.Contains(url, p) {
				out = append(out, s.name)
				break
			}
		}
	}
	return out
}
