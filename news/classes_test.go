package news

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"

	"trucewire/news/lexicon"
)

func TestEveryClassHasOneName(t *testing.T) {
	names := classNames()
	if len(names) != int(numClasses) {
		t.Fatalf("%d names for %d classes", len(names), numClasses)
	}
	slices.Sort(names)
	if u := slices.Compact(slices.Clone(names)); len(u) != len(names) {
		t.Errorf("a name stands twice in %v", names)
	}
	if got := cUnilateral.String() + " " + cActor.String() + " " + cTruce.String(); got != "unilateral actor truce" {
		t.Errorf("names are out of step with the classes: %s", got)
	}
}

// A misspelt class in a pack would be words that nobody ever looks for.
func TestPacksUseKnownClassesAndKinds(t *testing.T) {
	files, err := filepath.Glob("../config/catalogue/lexicon/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no packs: %v", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var p lexicon.Pack
		if err := yaml.Unmarshal(raw, &p); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, name := range sortedKeys(p.Words) {
			if !slices.Contains(classNames(), name) {
				t.Errorf("%s: no class %q", file, name)
			}
		}
		for _, kind := range sortedKeys(p.Kinds) {
			if !Kind(kind).Valid() {
				t.Errorf("%s: no kind %q", file, kind)
			}
		}
	}
}

func TestWeightsAreFewEnoughToRead(t *testing.T) {
	raw, err := os.ReadFile("../config/catalogue/weights.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Weights Weights }
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	const most = 500
	n := len(file.Weights.Relevance) + len(file.Weights.Kind) + len(claimWeights())
	for _, w := range []weights{storyWeights(), stepWeights(), foreignWeights()} {
		n++ // its bias
		for _, x := range w.signal {
			if x != 0 {
				n++
			}
		}
	}
	if n == 0 || n > most {
		t.Errorf("%d weights, want at most %d", n, most)
	}
}
