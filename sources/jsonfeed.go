package sources

import (
	"encoding/json"
	"fmt"
	"slices"
)

// The fields of a JSON Feed that are read, with the first byte of the JSON type that
// gofeed insists on; "" takes any. gofeed refuses the whole feed for one field of
// another type (tags as one string, an author as a name), so all else is left out.
func feedFields() map[string]string {
	return map[string]string{"version": `"`, "title": `"`, "home_page_url": `"`, "language": `"`, "items": `[`}
}

func itemFields() map[string]string {
	return map[string]string{
		"id": "", "url": `"`, "external_url": `"`, "title": `"`, "content_html": `"`, "content_text": `"`, "summary": `"`,
		"date_published": `"`, "date_modified": `"`,
	}
}

// tidyJSON reduces a JSON Feed to the fields that are read. It names a document that
// is no JSON Feed.
func tidyJSON(doc []byte) ([]byte, error) {
	var top map[string]json.RawMessage
	if err := json.Unmarshal(doc, &top); err != nil {
		return nil, fmt.Errorf("%w (%s)", ErrBroken, clip(err.Error(), 120))
	}
	var items []map[string]json.RawMessage
	if err := json.Unmarshal(top["items"], &items); err != nil {
		return nil, fmt.Errorf("%w: it is some other JSON document", ErrNotFeed)
	}
	items = slices.DeleteFunc(items, func(m map[string]json.RawMessage) bool { return m == nil }) // gofeed dies of a null
	if len(items) > maxItems {
		return nil, hostile("more than %d entries", maxItems)
	}
	keepFields(top, feedFields())
	for _, item := range items {
		keepFields(item, itemFields())
	}
	var err error
	if top["items"], err = json.Marshal(items); err != nil {
		return nil, ErrBroken
	}
	return json.Marshal(top)
}

// keepFields removes every field that is not wanted or has the wrong type.
func keepFields(m map[string]json.RawMessage, want map[string]string) {
	for name, v := range m {
		first, ok := want[name]
		if !ok || len(v) == 0 || first != "" && string(v[:1]) != first {
			delete(m, name)
		}
	}
}
