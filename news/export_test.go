package news

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Stream is a labelled stream as a reader read it.
type Stream struct {
	Name     string
	Readings []Reading
	Gold     []evalLabel
}

// EvalStream reads a labelled stream; the test is skipped where it is not there.
func EvalStream(tb testing.TB, name string, r ItemReader) Stream {
	tb.Helper()
	return readStream(tb, filepath.Join(evalDir, name), r)
}

// WrittenStream reads one of the streams written for this repository.
func WrittenStream(tb testing.TB, name string, r ItemReader) Stream {
	tb.Helper()
	return readStream(tb, filepath.Join("testdata", "streams", name), r)
}

func readStream(tb testing.TB, path string, r ItemReader) Stream {
	tb.Helper()
	items, gold := labelledSet(tb, path)
	s := Stream{Name: filepath.Base(path), Gold: gold}
	for _, it := range items {
		s.Readings = append(s.Readings, r.Read(it))
	}
	return s
}

// RestartAtEveryItem files a stream on a desk that keeps running and, at every
// item, on one loaded from what was stored, and compares all they decide.
func RestartAtEveryItem(t *testing.T, cat *Catalogue, readings []Reading) {
	t.Helper()
	kept, store := NewDesk(cat, nil), newMemory()
	for i, r := range readings {
		fresh := NewDesk(cat, nil)
		fresh.Load(store.window(t, r.At))
		want := kept.FileReadings([]Reading{r}, r.At)
		got := fresh.FileReadings([]Reading{r}, r.At)
		if diff := cmp.Diff(string(encode(t, want)), string(encode(t, got))); diff != "" {
			t.Fatalf("item %d (%s): a desk loaded from the store decides otherwise: %s", i, r.Item, diff)
		}
		store.commit(t, want)
		kept.Apply(want)
	}
}

// VoiceOf is who answers for the last sentence of an item of a conflict, and how what
// they say stands.
func VoiceOf(r *Reader, conflict ConflictID, it Item) (Speaker, Grade) {
	d := r.document(it)
	last := len(d.sents) - 1
	v := r.voicesOn(d, conflict)[last]
	return v.Speaker, grade(v.Speaker, d.verifies(d.sents[last]))
}

// FiguresOf reads the figures of an item, whatever else it is about.
func (r *Reader) FiguresOf(it Item) []Figure {
	var out []Figure
	for _, f := range r.document(it).findFigures() {
		out = append(out, f.Figure)
	}
	return out
}
