package localdiscord

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// draft is a message body that passed inspection.
type draft struct {
	Content         *string          `json:"content"`
	Embeds          []Embed          `json:"embeds"`
	Components      []Component      `json:"components"`
	Flags           int              `json:"flags"`
	AllowedMentions *allowedMentions `json:"allowed_mentions"`
	Reference       *struct {
		MessageID string `json:"message_id"`
		Fail      *bool  `json:"fail_if_not_exists"`
	} `json:"message_reference"`
	Nonce        json.RawMessage `json:"nonce"`
	EnforceNonce bool            `json:"enforce_nonce"`
	Attachments  []struct {
		ID          json.RawMessage `json:"id"`
		Description string          `json:"description"`
	} `json:"attachments"`

	has   map[string]bool // keys of the body, null ones included
	raw   []any           // components as sent
	files []upload
}

// upload is one file of a multipart body.
type upload struct {
	field string // "files[0]"
	name  string
	data  []byte
}

// readDraft decodes an inspected body.
func readDraft(n node, files []upload) (draft, error) {
	d := draft{has: map[string]bool{}, files: files}
	m, ok := n.value.(map[string]any)
	if !ok {
		return d, nil
	}
	data, err := json.Marshal(m)
	if err != nil {
		return d, fmt.Errorf("read message body: %w", err)
	}
	if err := json.Unmarshal(data, &d); err != nil {
		return d, fmt.Errorf("read message body: %w", err)
	}
	for k := range m {
		d.has[k] = true
	}
	d.raw, _ = m["components"].([]any)
	for i := range d.Embeds {
		d.Embeds[i].Type = "rich"
	}
	return d, nil
}

// nonce is the key for the nonce window; a number and its decimal string are one.
func (d draft) nonce() string {
	s := string(d.Nonce)
	if s == "null" {
		return ""
	}
	if unquoted, err := strconv.Unquote(s); err == nil {
		return unquoted
	}
	return s
}

// write puts the parts that the body names into the message. An edit leaves the parts
// alone that it does not name.
func (w *world) write(m *message, d draft) {
	if d.has["content"] {
		m.Content = ""
		if d.Content != nil {
			m.Content = strings.TrimSpace(*d.Content)
		}
	}
	if d.has["embeds"] {
		m.Embeds = dedupe(d.Embeds)
	}
	if d.has["components"] {
		m.Components, m.rawComponents = d.Components, d.raw
	}
	if d.has["flags"] {
		m.Flags = d.Flags | m.Flags&(FlagEphemeral|FlagComponentsV2|FlagCrossposted)
	}
	w.attach(m, d)
}

// dedupe keeps the first of the embeds with one url, as clients show them.
func dedupe(embeds []Embed) []Embed {
	seen := map[string]bool{}
	var kept []Embed
	for _, e := range embeds {
		if e.URL == "" || !seen[e.URL] {
			kept = append(kept, e)
		}
		seen[e.URL] = true
	}
	return kept
}

// attach keeps the attachments that the body lists (all, if it lists none) and adds
// the uploaded files.
func (w *world) attach(m *message, d draft) {
	if d.has["attachments"] {
		keep := map[string]bool{}
		for _, a := range d.Attachments {
			keep[strings.Trim(string(a.ID), `"`)] = true
		}
		m.Attachments = slices.DeleteFunc(slices.Clone(m.Attachments), func(a Attachment) bool { return !keep[a.ID] })
	}
	for _, f := range d.files {
		a := Attachment{ID: w.ids.next(w.now()), Name: filepath.Base(f.name), Size: len(f.data), Type: mime.TypeByExtension(filepath.Ext(f.name))}
		if a.Type == "" {
			a.Type = http.DetectContentType(f.data)
		}
		for _, listed := range d.Attachments {
			if "files["+strings.Trim(string(listed.ID), `"`)+"]" == f.field {
				a.Description = listed.Description
			}
		}
		a.URL = w.url() + "/attachments/" + m.Channel + "/" + a.ID + "/" + a.Name
		if m.files == nil {
			m.files = map[string][]byte{}
		}
		m.files[a.ID] = f.data
		m.Attachments = append(m.Attachments, a)
	}
}
