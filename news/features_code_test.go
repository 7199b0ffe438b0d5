package news

import (
	"testing"

	"pgregory.net/rapid"
)

func drawFeatures(t *rapid.T) Features {
	hashes := rapid.SliceOfN(rapid.Uint32(), 0, sketchSize)
	term := rapid.Custom(func(t *rapid.T) Term {
		return Term{Hash: rapid.Uint32().Draw(t, "hash"), Count: rapid.Uint16().Draw(t, "count"), Title: rapid.Bool().Draw(t, "title")}
	})
	return Features{
		Terms: rapid.SliceOfN(term, 0, maxTerms).Draw(t, "terms"), Names: hashes.Draw(t, "names"), Sketch: hashes.Draw(t, "sketch"),
		TitleSim: rapid.Uint64().Draw(t, "sim"), Words: rapid.IntRange(0, 1<<20).Draw(t, "words"),
		Concepts: Concepts{
			Classes: classSet{rapid.Uint64().Draw(t, "classes")}, Acts: rapid.Uint64().Draw(t, "acts"),
			Names: rapid.SliceOfN(rapid.Uint32(), 0, maxHeadNames).Draw(t, "head names"),
		},
	}
}

func TestBrokenFeaturesAreAnErrorNotAPanic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stored, err := drawFeatures(t).MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var f Features
		if err := f.UnmarshalBinary(stored[:len(stored)-1]); err == nil && len(stored) > 1 {
			t.Fatal("features without their last byte are no error")
		}
		at := rapid.IntRange(0, len(stored)-1).Draw(t, "at")
		stored[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		_ = f.UnmarshalBinary(stored) // may be other features, must return
		if err := f.UnmarshalBinary(append([]byte{featuresFormat + 1}, stored...)); err == nil {
			t.Fatal("an unknown format is no error")
		}
	})
}
