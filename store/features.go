package store

import (
	"encoding/binary"
	"errors"

	"trucewire/news"
)

// featuresFormat is the first byte of stored features.
const featuresFormat = 1

// errFeatures: the stored bytes are not features.
var errFeatures = errors.New("stored features are broken")

// packFeatures makes the stored form of features. As JSON the 96 terms alone can
// pass the 2 KB that a reading's features may take; as differences in varints a
// full set takes about 1 KB. Lists are kept in the order given, sorted or not.
func packFeatures(f news.Features) []byte {
	b := []byte{featuresFormat}
	b = binary.AppendUvarint(b, uint64(len(f.Terms)))
	var last uint32
	for _, t := range f.Terms {
		b = binary.AppendUvarint(b, uint64(t.Hash-last)) // wraps around, so any order survives
		last = t.Hash
		b = binary.AppendUvarint(b, uint64(t.Count)<<1|bit(t.Title))
	}
	b = appendHashes(b, f.Names)
	b = binary.AppendUvarint(b, uint64(len(f.Numbers)))
	for _, n := range f.Numbers {
		b = binary.AppendVarint(b, int64(n))
	}
	b = binary.AppendUvarint(b, uint64(len(f.Days)))
	for _, d := range f.Days {
		b = binary.AppendUvarint(b, uint64(len(d)))
		b = append(b, d...)
	}
	b = binary.AppendUvarint(b, uint64(len(f.Sketch)))
	for _, h := range f.Sketch { // minhash values are in no order: four bytes are shortest
		b = binary.LittleEndian.AppendUint32(b, h)
	}
	b = binary.LittleEndian.AppendUint64(b, f.TitleSim)
	return binary.AppendVarint(b, int64(f.Words))
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

func appendHashes(b []byte, hashes []uint32) []byte {
	b = binary.AppendUvarint(b, uint64(len(hashes)))
	var last uint32
	for _, h := range hashes {
		b = binary.AppendUvarint(b, uint64(h-last))
		last = h
	}
	return b
}

// unpackFeatures is the reverse of packFeatures. No bytes give no features.
func unpackFeatures(b []byte) (news.Features, error) {
	var f news.Features
	if len(b) == 0 {
		return f, nil
	}
	if b[0] != featuresFormat {
		return f, errFeatures
	}
	u := unpacker{rest: b[1:]}
	var last uint32
	f.Terms = unpackList(&u, func() news.Term {
		last += uint32(u.uvarint())
		n := u.uvarint()
		return news.Term{Hash: last, Count: uint16(n >> 1), Title: n&1 == 1}
	})
	last = 0
	f.Names = unpackList(&u, func() uint32 { last += uint32(u.uvarint()); return last })
	f.Numbers = unpackList(&u, func() int { return int(u.varint()) })
	f.Days = unpackList(&u, func() string { return string(u.take(u.uvarint())) })
	f.Sketch = unpackList(&u, func() uint32 {
		return binary.LittleEndian.Uint32(u.fixed(4))
	})
	f.TitleSim = binary.LittleEndian.Uint64(u.fixed(8))
	f.Words = int(u.varint())
	if u.broken || len(u.rest) != 0 {
		return news.Features{}, errFeatures
	}
	return f, nil
}

// unpacker reads from rest and remembers when it could not.
type unpacker struct {
	rest   []byte
	broken bool
}

func (u *unpacker) uvarint() uint64 {
	v, n := binary.Uvarint(u.rest)
	u.skip(n)
	return v
}

func (u *unpacker) varint() int64 {
	v, n := binary.Varint(u.rest)
	u.skip(n)
	return v
}

func (u *unpacker) skip(n int) {
	if n <= 0 {
		u.broken, u.rest = true, nil
		return
	}
	u.rest = u.rest[n:]
}

// take returns the next n bytes, nil if there are fewer.
func (u *unpacker) take(n uint64) []byte {
	if n > uint64(len(u.rest)) {
		u.broken, u.rest = true, nil
		return nil
	}
	b := u.rest[:n]
	u.rest = u.rest[n:]
	return b
}

// fixed returns the next n bytes, zeros if there are fewer.
func (u *unpacker) fixed(n int) []byte {
	if b := u.take(uint64(n)); len(b) == n {
		return b
	}
	return make([]byte, n)
}

// unpackList reads a count and so many values. The count is only trusted as far as
// there are bytes left.
func unpackList[T any](u *unpacker, one func() T) []T {
	n := u.uvarint()
	if n > uint64(len(u.rest)) {
		u.broken, u.rest = true, nil
		return nil
	}
	var all []T
	for range n {
		if u.broken {
			return nil
		}
		all = append(all, one())
	}
	return all
}
