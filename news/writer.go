package news

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"
)

// defaultLang is the language of texts where a channel chose none, or one that the
// catalogue has no phrase book for.
const defaultLang = "en"

// DigestInput is what a digest is composed of. The caller gives what the channel
// follows; the writer applies the view.
type DigestInput struct {
	From, To     time.Time      // (From, To]
	Zone         *time.Location // the channel's; nil: UTC
	Lang         string         // empty: English
	Conflicts    []ConflictID   // empty: every conflict that has something
	Developments []Development  // with activity in the window
	Standings    []Standing     // newest per arrangement at To
	Before       []Standing     // newest per arrangement at From
	Sources      int            // sources that were read
	Answering    int            // of these, how many answered last time
	View         View
	// Missed is how many digests before this one were not sent because nothing ran, due
	// from MissedFrom to MissedTo.
	Missed               int
	MissedFrom, MissedTo time.Time
}

// AlertInput is what an alert or a reply is composed of.
type AlertInput struct {
	Development Development
	Update      *Update    // of a reply: what it tells
	Standings   []Standing // newest of the development's conflict
	Zone        *time.Location
	Lang        string
	View        View
	// Ref is the reference that the message shows; empty: the development's.
	Ref string
	// Also are minor developments that the items of Development mention. An alert uses
	// them for the harm and the ground in its second line; nil is fine.
	Also []Development
}

// StatusInput is what an answer to /status is composed of.
type StatusInput struct {
	Conflicts    []ConflictID   // one, or all that are followed; the order is kept
	Standings    []Standing     // newest per arrangement
	Developments []Development  // stored ones of these conflicts, in any order
	Now          time.Time      // the answer is as of this instant
	Zone         *time.Location // of days in words; nil: UTC
	Lang         string         // empty: English
	View         View
}

// LatestInput is what an answer to /latest is composed of.
type LatestInput struct {
	Developments []Development // in any order; the newest are shown
	Conflict     ConflictID    // what was asked for; empty: every conflict
	Kind         Kind          // what was asked for; empty: every kind
	Since        time.Time     // developments that last changed before it are left out; zero: none are
	Now          time.Time     // the answer is as of this instant
	Zone         *time.Location
	Lang         string
	View         View
}

// Writer composes what a channel reads: own sentences made of what was read, by the
// templates of a phrase book, and verbatim quotations, nothing else. It is pure (the
// same input gives the same bytes) and safe for concurrent use.
type Writer struct {
	cat   *Catalogue
	books map[string]*book
	names *nameBook
	index *nameIndex
	words map[string]*vocabulary // by language

	own     map[string]bool // words that the books say
	clitics []string        // that books whose script joins words write onto the next one
	counted []*regexp.Regexp
}

// NewWriter compiles the phrase books of the catalogue. The catalogue must hold the
// English one. The error joins every problem of every book.
func NewWriter(cat *Catalogue) (*Writer, error) {
	w := &Writer{cat: cat, books: make(map[string]*book, len(cat.Phrases))}
	var problems []error
	for lang, phrases := range cat.Phrases {
		b, err := compileBook(phrases)
		if err != nil {
			problems = append(problems, fmt.Errorf("compile phrases of %s: %w", lang, err))
			continue
		}
		w.books[lang] = b
	}
	if _, ok := cat.Phrases[defaultLang]; !ok {
		problems = append(problems, fmt.Errorf("phrases of %s are missing", defaultLang))
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	w.names = newNameBook(cat)
	w.own, w.counted = ownVocabulary(w.books), ownCounts(w.books)
	w.index = newNameIndex(w.names, w.own)
	w.words = make(map[string]*vocabulary, len(cat.Packs))
	for _, p := range cat.Packs {
		w.words[p.Lang] = newVocabulary(p)
		if b, ok := w.books[p.Lang]; ok && b.RTL {
			w.clitics = append(w.clitics, p.Clitics...)
		}
	}
	slices.SortStableFunc(w.clitics, func(x, y string) int { return len(y) - len(x) })
	return w, nil
}

// Languages lists the languages that texts can be had in, sorted.
func (w *Writer) Languages() []string { return sortedKeys(w.books) }

// book is the phrase book of a language, or the English one.
func (w *Writer) book(lang string) *book {
	if b, ok := w.books[lang]; ok {
		return b
	}
	return w.books[defaultLang]
}
