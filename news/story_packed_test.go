package news

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// fillAll gives every field a value of its own, so that a field which the packed form
// leaves out shows.
func fillAll(tb testing.TB, v reflect.Value, n *int64) {
	tb.Helper()
	*n++
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Unix(1e9+*n, *n).UTC()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(string(rune('a'+*n%26)) + time.Duration(*n).String())
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(*n - 20)
	case reflect.Float64:
		v.SetFloat(float64(*n) / 7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillAll(tb, v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fillAll(tb, v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fillAll(tb, v.Field(i), n)
		}
	default:
		tb.Fatalf("the packed form knows no %s", v.Type())
	}
}

func TestPackedDevelopmentLosesNothing(t *testing.T) {
	var full Development
	n := int64(0)
	fillAll(t, reflect.ValueOf(&full).Elem(), &n)
	bare := Development{ID: "x", Claims: []Claim{{Kind: Agreement}}, Mentions: []Mention{}}
	for _, want := range []Development{full, bare, {}} {
		if diff := cmp.Diff(pack(want).unpack(), want); diff != "" {
			t.Errorf("packing loses something (-got +want):\n%s", diff)
		}
	}
}
