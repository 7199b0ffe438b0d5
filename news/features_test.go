package news

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"trucewire/news/lexicon"
)

const harbourText = "Envoys of the northern council and the harbour guard signed a ten-day pause in the fighting on Tuesday, " +
	"the regional mission said, and both promised to let convoys of grain through the coast road from Thursday."

func TestFeaturesAreTheSameForTheSameItem(t *testing.T) {
	one := featuresOf("Ten-day pause signed", harbourText, "en", []string{"Harbour Guard"}, []int{10}, []string{"2031-05-06"})
	two := featuresOf("Ten-day pause signed", harbourText, "en", []string{"Harbour Guard"}, []int{10}, []string{"2031-05-06"})
	if diff := cmp.Diff(one, two); diff != "" {
		t.Error(diff)
	}
}

func TestFeaturesMeetInflectedFormsAndDropFunctionWords(t *testing.T) {
	one := featuresOf("", "The convoys were signed", "en", nil, nil, nil)
	two := featuresOf("", "convoy signing", "en", nil, nil, nil)
	if diff := cmp.Diff(one.Terms, two.Terms); diff != "" {
		t.Error(diff)
	}
}

func TestFeaturesStayUnderTwoKilobytesAndSurviveStorage(t *testing.T) {
	var text strings.Builder
	names, numbers, days := []string{}, []int{}, []string{}
	for i := range 3000 {
		fmt.Fprintf(&text, "Word%da stands beside Name%db and %d. ", i, i, i*7919)
		names = append(names, fmt.Sprint("name-", i))
		numbers = append(numbers, i*1_000_003)
		days = append(days, fmt.Sprintf("20%02d-%02d-%02d", i%90, i%12+1, i%28+1))
	}
	f := featuresOf(strings.Repeat("long headline ", 40), text.String(), "en", names, numbers, days)
	raw, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) > 2048 {
		t.Errorf("features take %d bytes encoded, want at most 2048", len(raw))
	}
	var back Features
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, back); diff != "" {
		t.Error(diff)
	}
}

func TestFeaturesRefuseWhatIsCutShort(t *testing.T) {
	f := featuresOf("Ten-day pause signed", harbourText, "en", nil, []int{10}, []string{"2031-05-06"})
	raw, err := f.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < len(raw); n++ { // no bytes at all are no features
		var back Features
		if err := back.UnmarshalBinary(raw[:n]); err == nil {
			t.Fatalf("%d of %d bytes were taken for whole features", n, len(raw))
		}
	}
}

func TestStopWordsAreWrittenFolded(t *testing.T) {
	for _, lang := range []string{"en", "fr", "es", "ar", "ru", "uk", "de", "he"} {
		for _, w := range strings.Fields(stopWords(lang)) {
			if got := lexicon.Fold(w); got != w {
				t.Errorf("%s: %q folds to %q and would never match", lang, w, got)
			}
		}
	}
}

func TestSketchKnowsACopyUnderAnotherHeadline(t *testing.T) {
	one := featuresOf("Ten-day pause signed", harbourText, "en", nil, nil, nil)
	two := featuresOf("Council and guard halt fire", harbourText+" More to follow.", "en", nil, nil, nil)
	other := featuresOf("Ten-day pause signed", "The mission said on Tuesday that the northern council and the harbour guard put their names to a pause of ten days; grain may pass the coast road from Thursday.", "en", nil, nil, nil)
	if got := copied(halved(one.Sketch), halved(two.Sketch)); got < 0.7 {
		t.Errorf("a copy shares %.2f of its shingles, want at least 0.7", got)
	}
	if got := copied(halved(one.Sketch), halved(other.Sketch)); got > 0.3 {
		t.Errorf("own words share %.2f of their shingles, want at most 0.3", got)
	}
}

func TestTitleSimhashIsNearForNearTitles(t *testing.T) {
	one := featuresOf("Council and harbour guard sign ten-day pause", "", "en", nil, nil, nil)
	two := featuresOf("Council and harbour guard signed a ten-day pause", "", "en", nil, nil, nil)
	other := featuresOf("Ferry sinks off the southern islands", "", "en", nil, nil, nil)
	if got := bits.OnesCount64(one.TitleSim ^ two.TitleSim); got > 3 {
		t.Errorf("near titles differ in %d bits", got)
	}
	if got := bits.OnesCount64(one.TitleSim ^ other.TitleSim); got < 12 {
		t.Errorf("other titles differ in %d bits only", got)
	}
}
