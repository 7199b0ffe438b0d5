package news

import (
	"encoding"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// errFeatures reports stored features that are cut short or of another format.
var errFeatures = errors.New("malformed features")

const (
	featuresFormat  = 3 // first byte of the encoding
	withoutConcepts = 2 // the one before, which held no concepts
)

var (
	_ json.Marshaler             = Features{}
	_ json.Unmarshaler           = (*Features)(nil)
	_ encoding.BinaryMarshaler   = Features{}
	_ encoding.BinaryUnmarshaler = (*Features)(nil)
)

// MarshalJSON writes the features as one short string, under 2 KB for features of
// any item: as plain JSON they would take three times that.
func (f Features) MarshalJSON() ([]byte, error) {
	b, err := f.MarshalBinary()
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(base64.RawStdEncoding.EncodeToString(b))
	if err != nil {
		return nil, fmt.Errorf("encode features: %w", err)
	}
	return text, nil
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (f *Features) UnmarshalJSON(text []byte) error {
	var s string
	if err := json.Unmarshal(text, &s); err != nil {
		return fmt.Errorf("decode features: %w", err)
	}
	raw, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return fmt.Errorf("decode features: %w", err)
	}
	return f.UnmarshalBinary(raw)
}

// MarshalBinary writes the form in which features are stored: differences in varints,
// under 2 KB for features of any item. It never fails.
func (f Features) MarshalBinary() ([]byte, error) {
	b := []byte{featuresFormat}
	b = binary.AppendUvarint(b, uint64(len(f.Terms)))
	last := uint32(0)
	for _, t := range f.Terms {
		b = binary.AppendUvarint(b, uint64(t.Hash-last))
		b = binary.AppendUvarint(b, uint64(t.Count)<<1|uint64(boolInt(t.Title)))
		last = t.Hash
	}
	b = binary.AppendUvarint(b, uint64(len(f.Names)))
	last = 0
	for _, n := range f.Names {
		b = binary.AppendUvarint(b, uint64(n-last))
		last = n
	}
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
	for _, s := range f.Sketch {
		b = binary.BigEndian.AppendUint32(b, s)
	}
	b = binary.BigEndian.AppendUint64(b, f.TitleSim)
	b = binary.AppendUvarint(b, uint64(len(f.Lead)))
	for _, w := range f.Lead {
		b = binary.BigEndian.AppendUint32(b, w)
	}
	b = binary.AppendUvarint(b, uint64(f.Words))
	return f.Concepts.append(b), nil
}

// append writes the concepts behind the other features.
func (c Concepts) append(b []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, classSeal())
	for _, word := range c.Classes {
		b = binary.AppendUvarint(b, word)
	}
	b = binary.AppendUvarint(b, c.Acts)
	b = binary.AppendUvarint(b, uint64(len(c.Names)))
	for _, n := range c.Names {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return b
}

// UnmarshalBinary reads what MarshalBinary wrote. No bytes give no features; broken ones
// are an error and leave f as it was.
func (f *Features) UnmarshalBinary(raw []byte) error {
	if len(raw) == 0 {
		*f = Features{}
		return nil
	}
	d := featureDecoder{raw: raw}
	format := d.byte()
	if format != featuresFormat && format != withoutConcepts {
		return errFeatures
	}
	var out Features
	last := uint32(0)
	for range d.count(maxTerms) {
		last += uint32(d.uvarint())
		mark := d.uvarint()
		out.Terms = append(out.Terms, Term{Hash: last, Count: uint16(mark >> 1), Title: mark&1 == 1})
	}
	last = 0
	for range d.count(maxNames) {
		last += uint32(d.uvarint())
		out.Names = append(out.Names, last)
	}
	for range d.count(maxNumbers) {
		out.Numbers = append(out.Numbers, int(d.varint()))
	}
	for range d.count(maxDays) {
		out.Days = append(out.Days, string(d.bytes(d.count(len("2006-01-02T15:04:05Z")))))
	}
	for range d.count(sketchSize) {
		if four := d.bytes(4); len(four) == 4 {
			out.Sketch = append(out.Sketch, binary.BigEndian.Uint32(four))
		}
	}
	if eight := d.bytes(8); len(eight) == 8 {
		out.TitleSim = binary.BigEndian.Uint64(eight)
	}
	for range d.count(maxLead) {
		if four := d.bytes(4); len(four) == 4 {
			out.Lead = append(out.Lead, binary.BigEndian.Uint32(four))
		}
	}
	out.Words = int(d.uvarint())
	if format != withoutConcepts {
		out.Concepts = d.concepts()
	}
	if d.short {
		return errFeatures
	}
	*f = out
	return nil
}

// concepts reads what Concepts.append wrote. Classes under another numbering are left
// out: they would be taken for others.
func (d *featureDecoder) concepts() Concepts {
	var c Concepts
	known := d.uint32() == classSeal()
	for i := range c.Classes {
		if word := d.uvarint(); known {
			c.Classes[i] = word
		}
	}
	c.Acts = d.uvarint()
	for range d.count(maxHeadNames) {
		if four := d.bytes(4); len(four) == 4 {
			c.Names = append(c.Names, binary.BigEndian.Uint32(four))
		}
	}
	return c
}

// featureDecoder reads values off a byte slice and remembers that it ran short.
type featureDecoder struct {
	raw   []byte
	short bool
}

func (d *featureDecoder) byte() byte {
	if b := d.bytes(1); len(b) == 1 {
		return b[0]
	}
	return 0
}

func (d *featureDecoder) bytes(n int) []byte {
	if n > len(d.raw) {
		d.short, d.raw = true, nil
		return nil
	}
	head := d.raw[:n]
	d.raw = d.raw[n:]
	return head
}

func (d *featureDecoder) uint32() uint32 {
	if four := d.bytes(4); len(four) == 4 {
		return binary.BigEndian.Uint32(four)
	}
	return 0
}

func (d *featureDecoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.raw)
	if n <= 0 {
		d.short, d.raw = true, nil
		return 0
	}
	d.raw = d.raw[n:]
	return v
}

func (d *featureDecoder) varint() int64 {
	v, n := binary.Varint(d.raw)
	if n <= 0 {
		d.short, d.raw = true, nil
		return 0
	}
	d.raw = d.raw[n:]
	return v
}

// count reads a length; one above the limit is no encoding of ours.
func (d *featureDecoder) count(limit int) int {
	n := d.uvarint()
	if n > uint64(limit) {
		d.short, d.raw = true, nil
		return 0
	}
	return int(n)
}
