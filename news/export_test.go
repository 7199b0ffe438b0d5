package news

import "testing"

// EvalItems reads the items of a labelled set for tests outside the package.
func EvalItems(tb testing.TB, name string) []Item {
	tb.Helper()
	items, _ := evalSet(tb, name)
	return items
}

// Stream is a labelled stream as the reader read it.
type Stream struct {
	Name     string
	Readings []Reading
	Gold     []evalLabel
}

// EvalStream reads a labelled stream through a reader.
func EvalStream(tb testing.TB, name string, r *Reader) Stream {
	tb.Helper()
	items, gold := evalSet(tb, name)
	s := Stream{Name: name, Gold: gold}
	for _, it := range items {
		s.Readings = append(s.Readings, r.Read(it))
	}
	return s
}
