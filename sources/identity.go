package sources

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"trucewire/news"
)

// contentPrefix is how much text takes part in the identity of an entry that has
// neither guid nor link, in bytes.
const contentPrefix = 200

// ItemID names an entry of a source by a key of the given kind ("guid", "link",
// "content"). The same key in another source is another item.
func ItemID(src news.SourceID, kind, key string) news.ItemID {
	sum := sha256.Sum256([]byte(string(src) + "\x00" + kind + "\x00" + key))
	return news.ItemID(hex.EncodeToString(sum[:16]))
}

// ContentHash is the hash of what a reader sees of an entry; a change makes a
// revision.
func ContentHash(title, text string) string {
	sum := sha256.Sum256([]byte(title + "\x00" + text))
	return hex.EncodeToString(sum[:16])
}

// identified is an entry with the identity it has in its source.
type identified struct {
	Entry

	id news.ItemID
}

// identify gives each entry of a document its identity: the guid if it is present
// and unique in the document, else the canonical link under the same condition, else
// title and date. known is what the last document left: an entry that is new by its
// own key but stands at a known link, or carries a known title and date, while the
// old identity is gone from the document, is the old entry with a new guid (churn),
// and keeps the old identity. Of entries with one identity the first stays.
func identify(src news.SourceID, entries []Entry, known trace) []identified {
	keys := keysOf(entries)
	out := make([]identified, 0, len(entries))
	here := map[news.ItemID]bool{}
	for i, e := range entries {
		id := ItemID(src, keys[i].kind, keys[i].key)
		out = append(out, identified{Entry: e, id: id})
		here[id] = true
	}
	for i := range out {
		if old, ok := known.find(out[i], keys[i]); ok && !here[old] {
			out[i].id = old
			here[old] = true
		}
	}
	taken := map[news.ItemID]bool{}
	return slices.DeleteFunc(out, func(e identified) bool {
		dup := taken[e.id]
		taken[e.id] = true
		return dup
	})
}

// entryKey is what identifies an entry and what else it could be recognised by.
type entryKey struct {
	kind, key string
	link      string // canonical; empty: none, or not unique
	content   string // empty: too weak
}

func keysOf(entries []Entry) []entryKey {
	guids, links := map[string]int{}, map[string]int{}
	keys := make([]entryKey, len(entries))
	for i, e := range entries {
		keys[i].link = CanonicalLink(e.Link)
		guids[guidKey(e.GUID)]++
		links[keys[i].link]++
	}
	for i, e := range entries {
		k := &keys[i]
		if links[k.link] > 1 {
			k.link = ""
		}
		k.content = contentKey(e)
		guid := guidKey(e.GUID)
		switch {
		case guid != "" && guids[guid] == 1:
			k.kind, k.key = "guid", guid
		case k.link != "":
			k.kind, k.key = "link", k.link
		default:
			k.kind, k.key = "content", k.content
		}
	}
	return keys
}

// guidKey reads a guid that is an address like a link: sites that moved to https or
// added parameters did not publish anything new.
func guidKey(guid string) string {
	if len(guid) > 8 && (guid[:7] == "http://" || guid[:8] == "https://") {
		return CanonicalLink(guid)
	}
	return guid
}

// contentKey is title and date, or title and beginning where there is no date.
func contentKey(e Entry) string {
	if e.Published.IsZero() {
		return e.Title + "\x00" + cut(e.Text, contentPrefix)
	}
	return e.Title + "\x00" + e.Published.UTC().Format(time.RFC3339)
}

// newestFirst sorts entries by date, newest first; undated ones keep their place
// beside the entry before them, since publishers put the newest first.
func newestFirst(entries []identified) {
	at := never()
	rank := make(map[news.ItemID]time.Time, len(entries))
	for _, e := range entries {
		if !e.Published.IsZero() {
			at = e.Published
		}
		rank[e.id] = at
	}
	slices.SortStableFunc(entries, func(a, b identified) int {
		return rank[b.id].Compare(rank[a.id])
	})
}
