package store

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
	case reflect.Array:
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
		want.Days = []string{"2031-03-04", "2031-03-05"} // no other text is a day
		stored, err := want.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var got news.Features
		if err := got.UnmarshalBinary(stored); err != nil {
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
