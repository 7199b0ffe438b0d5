package news

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// crockford is the base32 alphabet without letters that are read as digits.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// open makes a development that a reading starts. part tells minor ones of one item
// apart; it is empty for the main one.
func (b *batch) open(r Reading, kinds []Kind, part Kind) Development {
	d := Development{Conflict: r.Conflict, OpenedAt: r.At}
	if part == "" {
		d.Arrangement = r.Arrangement
	}
	kind := Kind("news")
	if len(kinds) > 0 {
		kind = kinds[0]
	}
	conflict := string(r.Conflict)
	if conflict == "" {
		conflict = "other"
	}
	head := conflict + "-" + strings.ReplaceAll(string(kind), "_", "-") + "-" + r.At.UTC().Format("20060102") + "-"
	for n := 0; ; n++ {
		d.Ref = reference(string(r.Item), string(part), strconv.Itoa(n))
		d.ID = DevelopmentID(head + strings.ToLower(d.Ref))
		if _, taken := b.layers().story(d.ID); !taken {
			return d
		}
	}
}

// reference hashes what started a development to 4 characters that a reader can
// type.
func reference(parts ...string) string {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	sum := mix(h.Sum64())
	var ref [4]byte
	for i := range ref {
		ref[i] = crockford[sum>>(5*i)&31]
	}
	return string(ref[:])
}
