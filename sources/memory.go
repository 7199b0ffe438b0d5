package sources

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"trucewire/news"
)

// memory is what the poller keeps of a source between polls, inside State.Memory.
type memory struct {
	TTL       int      `json:"ttl,omitempty"` // minutes
	SkipHours []int    `json:"skip_hours,omitempty"`
	SkipDays  []string `json:"skip_days,omitempty"`
	// Gap is the mean time between entries, in minutes; zero: not known.
	Gap int `json:"gap,omitempty"`
	// FullAt is when it was last asked unconditionally; unix seconds.
	FullAt int64 `json:"full_at,omitempty"`
	// Moved is the evidence for a permanent move.
	Moved *move `json:"moved,omitempty"`
	// trace is the identities of the last document: 32 bytes an entry, base64. It stands
	// after the rest on a line of its own, for most polls need not read it.
	trace string
}

// move is a permanent redirect that is being watched.
type move struct {
	To    string `json:"to"`
	Count int    `json:"count"`
	Since int64  `json:"since"` // unix seconds
}

// readMemory reads what a State kept. What cannot be read counts as nothing kept.
func readMemory(s string) memory {
	head, trace, _ := strings.Cut(s, "\n")
	m := memory{trace: trace}
	if head == "" || json.Unmarshal([]byte(head), &m) != nil {
		return memory{trace: trace}
	}
	return m
}

func (m memory) String() string {
	head, err := json.Marshal(m)
	if err != nil {
		return "\n" + m.trace
	}
	return string(head) + "\n" + m.trace
}

func (m memory) ttl() time.Duration { return time.Duration(m.TTL) * time.Minute }

// maxTraced is how many entries are remembered, the newest of the document.
const maxTraced = 200

// trace recognises entries of the last document by link and by content.
type trace struct {
	byLink, byContent map[[8]byte]news.ItemID
}

// find returns the identity the entry had in the last document, if it can be told.
func (t trace) find(e identified, k entryKey) (news.ItemID, bool) {
	if k.link != "" {
		if id, ok := t.byLink[shortHash(k.link)]; ok {
			return id, true
		}
	}
	id, ok := t.byContent[shortHash(k.content)]
	return id, ok
}

const traceRecord = 8 + 8 + 16 // link, content, identity

// readTrace opens what writeTrace made.
func readTrace(s string) trace {
	raw, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		raw = nil
	}
	t := trace{byLink: map[[8]byte]news.ItemID{}, byContent: map[[8]byte]news.ItemID{}}
	for ; len(raw) >= traceRecord; raw = raw[traceRecord:] {
		id := news.ItemID(hex.EncodeToString(raw[16:traceRecord]))
		setNew(t.byLink, [8]byte(raw[:8]), id)
		setNew(t.byContent, [8]byte(raw[8:16]), id)
	}
	delete(t.byLink, [8]byte{})
	return t
}

// setNew keeps the first, which is of the latest document.
func setNew(m map[[8]byte]news.ItemID, key [8]byte, id news.ItemID) {
	if _, ok := m[key]; !ok {
		m[key] = id
	}
}

// writeTrace keeps the identities of a document, and of the last ones (old, as
// written before) as far as there is room: an entry that is missing from one document
// may be back in the next.
func writeTrace(entries []identified, old string) string {
	plain := make([]Entry, len(entries))
	for i, e := range entries {
		plain[i] = e.Entry
	}
	var raw []byte
	written := map[news.ItemID]bool{}
	for i, k := range keysOf(plain) {
		if len(written) < maxTraced {
			raw = appendRecord(raw, k, entries[i].id)
			written[entries[i].id] = true
		}
	}
	rest, err := base64.RawStdEncoding.DecodeString(old)
	for ; err == nil && len(rest) >= traceRecord && len(written) < maxTraced; rest = rest[traceRecord:] {
		id := news.ItemID(hex.EncodeToString(rest[16:traceRecord]))
		if !written[id] {
			raw = append(raw, rest[:traceRecord]...)
			written[id] = true
		}
	}
	return base64.RawStdEncoding.EncodeToString(raw)
}

func appendRecord(raw []byte, k entryKey, itemID news.ItemID) []byte {
	id, err := hex.DecodeString(string(itemID))
	if err != nil || len(id) != traceRecord-16 {
		return raw // not an identity of ours
	}
	var link [8]byte
	if k.link != "" {
		link = shortHash(k.link)
	}
	content := shortHash(k.content)
	return append(append(append(raw, link[:]...), content[:]...), id...)
}

func shortHash(s string) [8]byte {
	sum := sha256.Sum256([]byte(s))
	return [8]byte(sum[:8])
}
