package sources

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"trucewire/guild"
)

// maxImport is how many feeds one OPML list may bring.
const maxImport = guild.MaxOwnSources

// Listed is a feed of an OPML list.
type Listed struct {
	Title, URL string
}

// outline is one line of an OPML list; lists nest.
type outline struct {
	Text   string    `xml:"text,attr"`
	Title  string    `xml:"title,attr,omitempty"`
	Type   string    `xml:"type,attr,omitempty"`
	XMLURL string    `xml:"xmlUrl,attr,omitempty"`
	Lang   string    `xml:"language,attr,omitempty"`
	Lines  []outline `xml:"outline"`
}

type opml struct {
	XMLName xml.Name  `xml:"opml"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"head>title"`
	Created string    `xml:"head>dateCreated,omitempty"`
	Lines   []outline `xml:"body>outline"`
}

// ReadOPML returns the feeds of a list, nested ones too, in its order. The same limits
// hold as for feeds.
func ReadOPML(body []byte) ([]Listed, error) {
	text, err := decode(body, "")
	if err != nil {
		return nil, err
	}
	i := bytes.Index(bytes.ToLower(text[:min(len(text), prologueWindow)]), []byte("<opml"))
	if i < 0 {
		return nil, fmt.Errorf("%w: it is no OPML list", ErrNotFeed)
	}
	if _, err := guardXML(text[i:]); err != nil {
		return nil, err
	}
	d := xml.NewDecoder(bytes.NewReader(text[i:]))
	d.Strict = false
	var list opml
	if err := d.Decode(&list); err != nil {
		return nil, broken(err)
	}
	return flatten(nil, list.Lines), nil
}

func flatten(out []Listed, lines []outline) []Listed {
	for _, l := range lines {
		if l.XMLURL != "" {
			title := l.Title
			if title == "" {
				title = l.Text
			}
			out = append(out, Listed{Title: plainTitle(title), URL: strings.TrimSpace(l.XMLURL)})
		}
		out = flatten(out, l.Lines)
	}
	return out
}

// WriteOPML writes the sources as a list that other readers take. Addresses with
// secrets are left out.
func WriteOPML(w io.Writer, title string, srcs []Source, now time.Time) error {
	list := opml{Version: "2.0", Title: title, Created: now.UTC().Format(time.RFC1123Z)}
	for _, s := range srcs {
		if MaskURL(s.URL) != s.URL {
			continue
		}
		list.Lines = append(list.Lines, outline{Text: s.Name, Title: s.Name, Type: "rss", XMLURL: s.URL, Lang: s.Lang})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(list); err != nil {
		return fmt.Errorf("write OPML: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// Imported is what became of one feed of a list.
type Imported struct {
	Listed

	Tested Tested
	Err    error // nil: added
}

// Import adds the feeds of an OPML list to the actor's server, each tested like one
// added by hand, one after the other. It stops when ctx ends. The error concerns the
// list as a whole; what became of each feed is in the result.
func (r *Registry) Import(ctx context.Context, by guild.Actor, body []byte) ([]Imported, error) {
	if !by.Moderates() {
		return nil, ErrForbidden
	}
	list, err := ReadOPML(body)
	if err != nil {
		return nil, err
	}
	if len(list) > maxImport {
		return nil, fmt.Errorf("import %d sources: %w", len(list), ErrTooMany)
	}
	out := make([]Imported, 0, len(list))
	for _, l := range list {
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		t, err := r.Add(ctx, by, l.URL)
		out = append(out, Imported{Listed: l, Tested: t, Err: err})
	}
	return out, nil
}

// Export writes the server's own sources as an OPML list.
func (r *Registry) Export(ctx context.Context, by guild.Actor, w io.Writer) error {
	checks, err := r.List(ctx, by)
	if err != nil {
		return err
	}
	var own []Source
	for _, c := range checks {
		if c.Source.Own {
			own = append(own, c.Source)
		}
	}
	return WriteOPML(w, "Sources of this server", own, r.now())
}
