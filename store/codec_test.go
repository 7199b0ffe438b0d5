package store

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"trucewire/news"
)

// fill sets every field of a value to something that is not zero, and no two alike,
// so that a field that the stored form forgets cannot hide.
func fill(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	*n++
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Date(2031, 3, 4, 5, 6, 7, *n*1000, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text <%d> & “more”", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(*n))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(t, v.Index(i), n)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(t, key, n)
		fill(t, value, n)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i), n)
		}
	default:
		t.Fatalf("cannot fill a %s", v.Type())
	}
}

func filled[T any](t *testing.T) T {
	t.Helper()
	var v T
	n := 0
	fill(t, reflect.ValueOf(&v).Elem(), &n)
	return v
}

func testWhole[T any](t *testing.T, v T, figures func(*T) []*news.Figure) {
	t.Helper()
	stored, err := encode(v, figures(&v))
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(stored, figures)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, v); diff != "" {
		t.Errorf("the stored form loses something (-got +want):\n%s", diff)
	}
}

func TestStoredFormKeepsEveryField(t *testing.T) {
	t.Run("reading", func(t *testing.T) {
		r := filled[news.Reading](t)
		r.Features = news.Features{} // stored beside it
		testWhole(t, r, readingFigures)
	})
	t.Run("development", func(t *testing.T) { testWhole(t, filled[news.Development](t), developmentFigures) })
	t.Run("standing", func(t *testing.T) { testWhole(t, filled[news.Standing](t), standingFigures) })
	t.Run("features", func(t *testing.T) {
		want := filled[news.Features](t)
		got, err := unpackFeatures(packFeatures(want))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("the stored form loses something (-got +want):\n%s", diff)
		}
	})
}

func TestDecodeRefusesWhatWasNotEncoded(t *testing.T) {
	for _, stored := range []string{``, `{`, `{"v":3}`, `{"v":{},"f":[{"n":0,"place":"x"}]}`, `{"v":{},"f":[{"n":-1}]}`} {
		if _, err := decode(stored, developmentFigures); err == nil {
			t.Errorf("decode(%q) is no error", stored)
		}
	}
}

func genFeatures() *rapid.Generator[news.Features] {
	return rapid.Custom(func(t *rapid.T) news.Features {
		term := rapid.Custom(func(t *rapid.T) news.Term {
			return news.Term{Hash: rapid.Uint32().Draw(t, "hash"), Count: rapid.Uint16().Draw(t, "count"), Title: rapid.Bool().Draw(t, "title")}
		})
		return news.Features{
			Terms: rapid.SliceOfN(term, 0, 96).Draw(t, "terms"), Names: rapid.SliceOfN(rapid.Uint32(), 0, 40).Draw(t, "names"),
			Numbers: rapid.SliceOf(rapid.Int()).Draw(t, "numbers"), Days: rapid.SliceOf(rapid.String()).Draw(t, "days"),
			Sketch: rapid.SliceOfN(rapid.Uint32(), 0, 32).Draw(t, "sketch"), TitleSim: rapid.Uint64().Draw(t, "sim"), Words: rapid.Int().Draw(t, "words"),
		}
	})
}

func TestFeaturesSurviveInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := genFeatures().Draw(t, "features")
		packed := packFeatures(want)
		got, err := unpackFeatures(packed)
		if err != nil {
			t.Fatal(err)
		}
		empty := cmp.FilterValues(func(a, b any) bool { return reflect.ValueOf(a).Len()+reflect.ValueOf(b).Len() == 0 }, cmp.Ignore())
		slices := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().Type().Kind() == reflect.Slice }, empty)
		if diff := cmp.Diff(got, want, slices); diff != "" {
			t.Fatalf("-got +want:\n%s", diff)
		}
		if len(packed) > 1 {
			if _, err := unpackFeatures(packed[:len(packed)-1]); err == nil {
				t.Fatal("features without their last byte are no error")
			}
		}
	})
}

func TestBrokenFeaturesAreAnErrorNotAPanic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		packed := packFeatures(genFeatures().Draw(t, "features"))
		at := rapid.IntRange(0, len(packed)-1).Draw(t, "at")
		packed[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		_, _ = unpackFeatures(packed) // may be other features, must return
		if _, err := unpackFeatures(append([]byte{featuresFormat + 1}, packed...)); err == nil {
			t.Fatal("an unknown format is no error")
		}
	})
}

func TestFullFeaturesFitTheirLimit(t *testing.T) {
	const limit = 2048 // bytes; news.Features
	f := news.Features{Days: []string{"2031-03-04", "2031-03-05", "2031-03-06"}, TitleSim: 1 << 63, Words: 4000}
	for i := range 96 {
		f.Terms = append(f.Terms, news.Term{Hash: uint32(i)*44_000_000 + 77, Count: 300, Title: i%2 == 0})
	}
	for i := range 100 {
		f.Names = append(f.Names, uint32(i)*42_000_000+5)
		f.Numbers = append(f.Numbers, i*1000)
	}
	for i := range 32 {
		f.Sketch = append(f.Sketch, ^uint32(i))
	}
	if n := len(packFeatures(f)); n > limit {
		t.Errorf("full features take %d bytes, more than %d", n, limit)
	} else {
		t.Logf("full features take %d bytes", n)
	}
}
