package news

import (
	"encoding/binary"
	"math"
	"reflect"
	"slices"
	"time"
)

// packed is a development in few bytes. A full window holds tens of thousands of
// developments, and nearly all comparisons are with those of the present day: the
// others wait in this form.
type packed []byte

func pack(d Development) packed {
	p := packer{known: map[string]int{}, cites: map[Cite]int{}}
	for _, w := range commonWords() {
		p.known[w] = len(p.known)
	}
	p.value(reflect.ValueOf(d))
	return append(make(packed, 0, len(p.out)), p.out...)
}

func (p packed) unpack() Development {
	var d Development
	u := unpacker{in: p, known: commonWords()}
	u.value(reflect.ValueOf(&d).Elem())
	return d
}

// commonKinds gives kinds that hold no memory of their own.
func commonKinds(kinds []Kind) []Kind {
	all := Kinds()
	out := make([]Kind, len(kinds))
	for i, k := range kinds {
		out[i] = k
		if at := slices.Index(all, k); at >= 0 {
			out[i] = all[at]
		}
	}
	return out
}

// commonWords are strings that most developments hold.
func commonWords() []string {
	words := []string{
		"", string(First), string(Adds), string(Repeats), string(Claimed), string(Stated), string(Reported), string(Corroborated),
		string(Verified), string(SpeakerParty), string(SpeakerMediator), string(SpeakerUN), string(SpeakerMonitor),
		string(SpeakerState), string(SpeakerMedia), string(SpeakerAnonymous), string(Exact), string(AtLeast), string(About),
		string(UpTo), string(MoreThan), string(FewerThan), string(Vague), "killed", "injured", "people", "en",
	}
	for _, k := range Kinds() {
		words = append(words, string(k))
	}
	return words
}

// packer writes values without names or types: fields in their order, numbers in
// varints, each string once.
type packer struct {
	out   []byte
	known map[string]int
	cites map[Cite]int
}

func (p *packer) number(n uint64) { p.out = binary.AppendUvarint(p.out, n) }

func (p *packer) value(v reflect.Value) {
	switch x := v.Interface().(type) {
	case time.Time:
		p.time(x)
		return
	case Cite:
		if n, ok := p.cites[x]; ok { // an item's claims and mention share one
			p.number(uint64(n) + 1)
			return
		}
		p.cites[x] = len(p.cites)
		p.number(0)
	}
	switch v.Kind() {
	case reflect.String:
		p.text(v.String())
	case reflect.Bool:
		p.number(uint64(boolInt(v.Bool())))
	case reflect.Int, reflect.Int64:
		p.out = binary.AppendVarint(p.out, v.Int())
	case reflect.Float64:
		p.out = binary.BigEndian.AppendUint64(p.out, math.Float64bits(v.Float()))
	case reflect.Pointer:
		p.number(uint64(boolInt(!v.IsNil())))
		if !v.IsNil() {
			p.value(v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() {
			p.number(0)
			return
		}
		p.number(uint64(v.Len()) + 1)
		for i := range v.Len() {
			p.value(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			p.value(v.Field(i))
		}
	}
}

// text writes a string that is known by its number, and else in full.
func (p *packer) text(s string) {
	if n, ok := p.known[s]; ok {
		p.number(uint64(n) + 1)
		return
	}
	p.known[s] = len(p.known)
	p.number(0)
	p.number(uint64(len(s)))
	p.out = append(p.out, s...)
}

func (p *packer) time(at time.Time) {
	if at.IsZero() {
		p.number(0)
		return
	}
	p.number(1 + uint64(at.Nanosecond()))
	p.out = binary.AppendVarint(p.out, at.Unix())
}

// unpacker reads what a packer of the same process wrote, so it trusts it.
type unpacker struct {
	in    []byte
	known []string
	cites []Cite
}

func (u *unpacker) number() uint64 {
	n, size := binary.Uvarint(u.in)
	u.in = u.in[size:]
	return n
}

func (u *unpacker) signed() int64 {
	n, size := binary.Varint(u.in)
	u.in = u.in[size:]
	return n
}

func (u *unpacker) value(v reflect.Value) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(u.time()))
		return
	case Cite:
		v.Set(reflect.ValueOf(u.cite()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(u.text())
	case reflect.Bool:
		v.SetBool(u.number() == 1)
	case reflect.Int, reflect.Int64:
		v.SetInt(u.signed())
	case reflect.Float64:
		v.SetFloat(math.Float64frombits(binary.BigEndian.Uint64(u.in)))
		u.in = u.in[8:]
	case reflect.Pointer:
		if u.number() == 1 {
			v.Set(reflect.New(v.Type().Elem()))
			u.value(v.Elem())
		}
	case reflect.Slice:
		n := int(u.number())
		if n == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), n-1, n-1))
		for i := range n - 1 {
			u.value(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			u.value(v.Field(i))
		}
	}
}

func (u *unpacker) text() string {
	if n := u.number(); n > 0 {
		return u.known[n-1]
	}
	size := u.number()
	s := string(u.in[:size])
	u.in = u.in[size:]
	u.known = append(u.known, s)
	return s
}

func (u *unpacker) cite() Cite {
	if n := u.number(); n > 0 {
		return u.cites[n-1]
	}
	var c Cite
	fields := reflect.ValueOf(&c).Elem()
	for i := range fields.NumField() {
		u.value(fields.Field(i))
	}
	u.cites = append(u.cites, c)
	return c
}

func (u *unpacker) time() time.Time {
	n := u.number()
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(u.signed(), int64(n-1)).UTC()
}
