package news

import (
	"errors"
	"fmt"
)

// Reader turns items into readings. It is read-only after it is made and safe for
// concurrent use.
type Reader struct {
	cat       *Catalogue
	weights   Weights
	languages []*language
	fallback  *language // English: the names and core words most outlets share
	tables    map[string]*nameTable
	conflicts *conflictIndex
	frames    [numClasses][]*frame // by trigger
	names     *featureNames
}

// ErrNoEnglish is returned by NewReader for a catalogue without the English pack,
// which every other language falls back to.
var ErrNoEnglish = errors.New("catalogue has no pack for en")

// NewReader prepares a catalogue for reading: names and word classes of every pack.
func NewReader(cat *Catalogue) (*Reader, error) {
	r := &Reader{cat: cat, weights: cat.Weights, tables: make(map[string]*nameTable), names: newFeatureNames()}
	if len(r.weights.Relevance) == 0 {
		return nil, fmt.Errorf("new reader: %w", errNoWeights)
	}
	return r.prepare()
}

// NewUnfitted prepares a reader without weights, which only Vectors may be asked of:
// the fitting program starts from it.
func NewUnfitted(cat *Catalogue) (*Reader, error) {
	return (&Reader{cat: cat, tables: make(map[string]*nameTable), names: newFeatureNames()}).prepare()
}

var errNoWeights = errors.New("catalogue has no weights")

func (r *Reader) prepare() (*Reader, error) {
	names := catalogueNames(r.cat)
	r.conflicts = newConflictIndex(r.cat, names)
	for _, p := range r.cat.Packs {
		l := newLanguage(p, r.cat.FalseFriends[p.Lang])
		r.languages = append(r.languages, l)
		r.tables[p.Lang] = names.table(p)
		if p.Lang == "en" {
			r.fallback = l
		}
	}
	if r.fallback == nil {
		return nil, ErrNoEnglish
	}
	for _, f := range grammar() {
		r.frames[f.trigger] = append(r.frames[f.trigger], &f)
	}
	return r, nil
}

func (r *Reader) document(it Item) *document {
	lang := r.languageOf(it)
	d := newDocument(it, lang, r.tables[lang.lang])
	d.dropCollisions(r.cat)
	return d
}

// Vectors gives the features of an item: what the weights are fitted to, and what
// --explain prints.
func (r *Reader) Vectors(it Item) Vectors {
	f := r.factsOf(r.document(it))
	return Vectors{Relevance: f.relevanceFeatures(r.names), Kinds: f.kindFeatures()}
}

// Read reads an item. It never fails: an item it can make nothing of is irrelevant.
func (r *Reader) Read(it Item) Reading {
	d := r.document(it)
	f := r.factsOf(d)
	out := Reading{
		Cite:     Cite{Item: it.ID, Source: it.Source, Outlet: it.Outlet, URL: it.URL, Lang: d.lang, At: it.Published},
		Revision: it.Revision, Version: ReaderVersion, Title: d.title,
	}
	out.Relevance, _ = r.relevance(f, f.relevanceFeatures(r.names))
	if out.Relevance == Irrelevant {
		return out
	}
	out.Conflict = r.conflict(f)
	if out.Relevance == RelevantDevelopment {
		out.Kinds = r.chosenKinds(r.rankKinds(f.kindFeatures()))
	}
	return out
}
