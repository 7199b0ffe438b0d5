package localdiscord

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// form collects what is wrong with one request body, as Discord's 50035 tree does.
type form struct {
	problems []problem
}

type problem struct {
	path []string
	code string
	text string
}

func (p problem) String() string {
	if len(p.path) == 0 {
		return p.text
	}
	return strings.Join(p.path, ".") + ": " + p.text
}

// err is nil when nothing is wrong.
func (f *form) err() error {
	if len(f.problems) == 0 {
		return nil
	}
	e := apiErr(codeInvalidForm)
	e.form = map[string]any{}
	for _, p := range f.problems {
		at := e.form
		for _, k := range p.path {
			next, ok := at[k].(map[string]any)
			if !ok {
				next = map[string]any{}
				at[k] = next
			}
			at = next
		}
		list, _ := at["_errors"].([]any)
		at["_errors"] = append(list, map[string]any{"code": p.code, "message": p.text})
	}
	return e
}

// node is one value of a request body and the place it stands at. Methods on an
// absent or null node report nothing: presence is checked by need.
type node struct {
	form  *form
	path  []string
	value any
}

// newForm starts the inspection of a decoded body. Numbers must be json.Number.
func newForm(body any) (*form, node) {
	f := &form{}
	return f, node{form: f, value: body}
}

func (n node) fail(code, format string, args ...any) {
	n.form.problems = append(n.form.problems, problem{n.path, code, fmt.Sprintf(format, args...)})
}

func (n node) at(step string, v any) node {
	return node{n.form, append(slices.Clone(n.path), step), v}
}

// key is the member k of an object.
func (n node) key(k string) node {
	m, _ := n.value.(map[string]any)
	return n.at(k, m[k])
}

func (n node) absent() bool { return n.value == nil }

// need reports a missing value.
func (n node) need() bool {
	if n.absent() {
		n.fail("BASE_TYPE_REQUIRED", "This field is required")
	}
	return !n.absent()
}

// object checks that the value is an object with no other keys than the known. Discord
// ignores unknown keys; here they are refused, because a misspelt key is a bug.
func (n node) object(known ...string) bool {
	if n.absent() {
		return false
	}
	m, ok := n.value.(map[string]any)
	if !ok {
		n.fail("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
		return false
	}
	for k := range m {
		if !slices.Contains(known, k) {
			n.key(k).fail("UNKNOWN_KEY", "unknown key %q", k)
		}
	}
	return true
}

// list returns the elements and checks their number.
func (n node) list(low, high int) []node {
	if n.absent() {
		return nil
	}
	l, ok := n.value.([]any)
	if !ok {
		n.fail("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return nil
	}
	if len(l) > high || len(l) < low {
		n.fail("BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", low, high)
	}
	nodes := make([]node, len(l))
	for i, v := range l {
		nodes[i] = n.at(strconv.Itoa(i), v)
	}
	return nodes
}

// text returns the string and checks its length in characters; space around it does
// not count, as Discord trims it.
func (n node) text(low, high int) string {
	if n.absent() {
		return ""
	}
	s, ok := n.value.(string)
	if !ok {
		n.fail("STRING_TYPE_CONVERT", "Could not interpret %q as string.", fmt.Sprint(n.value))
		return ""
	}
	size := length(s)
	if size > high {
		n.fail("BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", high)
	}
	if size < low {
		n.fail("BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", low, high)
	}
	return s
}

// length counts characters as the limits do.
func length(s string) int { return utf8.RuneCountInString(strings.TrimSpace(s)) }

// integer returns the whole number and checks its range.
func (n node) integer(low, high int64) (int64, bool) {
	if n.absent() {
		return 0, false
	}
	num, ok := n.value.(json.Number)
	if !ok {
		n.fail("NUMBER_TYPE_COERCE", "Value %q is not int.", fmt.Sprint(n.value))
		return 0, false
	}
	v, err := num.Int64()
	if err != nil {
		n.fail("NUMBER_TYPE_COERCE", "Value %q is not int.", num)
		return 0, false
	}
	if v < low || v > high {
		n.fail("NUMBER_TYPE_RANGE", "Value must be between %d and %d.", low, high)
	}
	return v, true
}

// number returns any JSON number.
func (n node) number() (float64, bool) {
	if n.absent() {
		return 0, false
	}
	num, ok := n.value.(json.Number)
	if !ok {
		n.fail("NUMBER_TYPE_COERCE", "Value %q is not a number.", fmt.Sprint(n.value))
		return 0, false
	}
	v, err := num.Float64()
	if err != nil || math.IsInf(v, 0) {
		n.fail("NUMBER_TYPE_COERCE", "Value %q is not a number.", num)
		return 0, false
	}
	return v, true
}

func (n node) boolean() bool {
	if n.absent() {
		return false
	}
	b, ok := n.value.(bool)
	if !ok {
		n.fail("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
	}
	return b
}

// snowflake returns an id given as string.
func (n node) snowflake() string {
	if n.absent() {
		return ""
	}
	s, ok := n.value.(string)
	if !ok || !isSnowflake(s) {
		n.fail("NUMBER_TYPE_COERCE", "Value %q is not snowflake.", fmt.Sprint(n.value))
		return ""
	}
	return s
}

// link returns an address that a client would open.
func (n node) link(high int, schemes ...string) string {
	s := n.text(0, high)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || !slices.Contains(schemes, u.Scheme) || u.Opaque != "" || u.Host == "" {
		n.fail("URL_TYPE_INVALID_URL", "Not a well formed URL.")
	}
	return s
}
