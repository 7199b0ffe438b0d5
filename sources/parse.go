package sources

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"
)

// parseBudget ends a parse that the limits of guard.go did not foresee. It is wall
// time, so it must be far above what the largest allowed body needs on a busy
// machine (5 MiB at 20 MB/s is 0.25 s).
const parseBudget = 3 * time.Second

// Feed is a parsed document: plain text only, links absolute.
type Feed struct {
	Title     string
	Lang      string // BCP 47 primary tag, lower case; empty: not said
	Link      string // the site
	Format    string // "RSS 2.0", "Atom 1.0", "RDF", "JSON Feed 1.1"
	TTL       time.Duration
	SkipHours []int    // hours of the day in UTC when nothing new comes
	SkipDays  []string // English names of weekdays, as published
	Items     []Entry  // in the publisher's order
	// Repaired says in words what had to be mended to read it; empty: nothing.
	Repaired string
}

// Entry is one entry of a feed.
type Entry struct {
	GUID      string
	Link      string    // absolute http or https; empty: none
	Title     string    // one line of plain text
	Text      string    // plain text, the longer of summary and content; may be empty
	Published time.Time // UTC, the publisher's; zero: no usable date
}

// ParseError says why a body is no feed. Where there is more than the named cause,
// its text ends with it in brackets.
type ParseError struct{ Err error }

// Error returns the cause in one line.
func (e *ParseError) Error() string { return e.Err.Error() }

// Unwrap returns one of [ErrEmpty], [ErrHTML], [ErrBrowserCheck], [ErrNotFeed],
// [ErrHostile] and [ErrBroken].
func (e *ParseError) Unwrap() error { return e.Err }

// Parse reads a feed of any dialect and charset. base is the address it came from,
// against which links are resolved; it may be empty. Whatever the body holds, Parse
// neither panics nor takes more than its share of time and memory. The error is a
// *[ParseError].
func Parse(body []byte, contentType, base string) (feed Feed, err error) {
	// The body is a stranger's and the parser is not ours: gofeed v1.4.2 dereferences nil
	// on a JSON feed with a null entry, and that may not be its last such place.
	defer func() {
		if r := recover(); r != nil {
			feed, err = Feed{}, &ParseError{Err: fmt.Errorf("%w (the reader gave up on it)", ErrBroken)}
		}
	}()
	feed, err = parse(body, contentType, base)
	if err == nil && feed.Title == "" && len(feed.Items) == 0 {
		err = fmt.Errorf("%w (it has neither a title nor entries)", ErrBroken)
	}
	if err != nil {
		return Feed{}, &ParseError{Err: err}
	}
	return feed, nil
}

func parse(body []byte, contentType, base string) (Feed, error) {
	text, err := decode(body, contentType)
	if err != nil {
		return Feed{}, err
	}
	kind, doc, err := sniff(text)
	if err != nil {
		return Feed{}, err
	}
	if kind == dialectJSON {
		return parseJSON(doc, base)
	}
	return parseXML(doc, base)
}

func parseXML(doc []byte, base string) (Feed, error) {
	s, err := guardXML(doc)
	if err != nil {
		return Feed{}, err
	}
	doc, repaired := repair(doc, s)
	r := &budgetReader{r: bytes.NewReader(doc), until: time.Now().Add(parseBudget)}
	var parsed *gofeed.Feed
	var out Feed
	if isAtom(doc) {
		parsed, err = parseAtom(r, &out)
	} else {
		parsed, err = parseRSS(r, &out)
	}
	if err != nil {
		return Feed{}, broken(err)
	}
	out.Repaired = repaired
	return fill(out, parsed, base), nil
}

func isAtom(doc []byte) bool {
	return strings.EqualFold(string(localPart(tagName(doc[1:]))), "feed")
}

func parseAtom(r io.Reader, out *Feed) (*gofeed.Feed, error) {
	af, err := (&atom.Parser{}).Parse(r)
	if err != nil {
		return nil, err
	}
	out.Format = strings.TrimSpace("Atom " + af.Version)
	return (&gofeed.DefaultAtomTranslator{}).Translate(af)
}

func parseRSS(r io.Reader, out *Feed) (*gofeed.Feed, error) {
	rf, err := (&rss.Parser{}).Parse(r)
	if err != nil {
		return nil, err
	}
	out.Format = strings.TrimSpace("RSS " + rf.Version)
	if rf.Version == "1.0" || rf.Version == "0.9" {
		out.Format = "RDF (RSS " + rf.Version + ")"
	}
	out.TTL = time.Duration(whole(rf.TTL, 7*24*60)) * time.Minute
	for _, h := range rf.SkipHours {
		out.SkipHours = append(out.SkipHours, whole(h, 24)%24)
	}
	out.SkipDays = rf.SkipDays
	return (&gofeed.DefaultRSSTranslator{DisableContentImageScan: true}).Translate(rf)
}

// whole reads a count between 0 and most; anything else is 0.
func whole(s string, most int) int {
	n := 0
	for _, c := range strings.TrimSpace(s) {
		if c < '0' || c > '9' || n > most {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return min(n, most)
}

func parseJSON(doc []byte, base string) (Feed, error) {
	if err := guardJSON(doc); err != nil {
		return Feed{}, err
	}
	doc, err := tidyJSON(doc)
	if err != nil {
		return Feed{}, err
	}
	jf, err := (&json.Parser{}).Parse(bytes.NewReader(doc))
	if err != nil {
		return Feed{}, broken(err)
	}
	parsed, err := (&gofeed.DefaultJSONTranslator{}).Translate(jf)
	if err != nil {
		return Feed{}, broken(err)
	}
	version := jf.Version[strings.LastIndexByte(jf.Version, '/')+1:]
	return fill(Feed{Format: "JSON Feed " + clip(version, 10)}, parsed, base), nil
}

// broken wraps what the parser said, short.
func broken(err error) error {
	if errors.Is(err, ErrHostile) {
		return ErrHostile
	}
	return fmt.Errorf("%w (%s)", ErrBroken, clip(err.Error(), 120))
}

// budgetReader fails when the parse has taken too long.
type budgetReader struct {
	r     io.Reader
	until time.Time
}

func (b *budgetReader) Read(p []byte) (int, error) {
	if time.Now().After(b.until) {
		return 0, hostile("it takes more than %s to read", parseBudget)
	}
	return b.r.Read(p)
}

// fill takes over what every dialect has.
func fill(out Feed, parsed *gofeed.Feed, base string) Feed {
	from, err := url.Parse(base)
	if err != nil {
		from = &url.URL{}
	}
	out.Title = plainTitle(parsed.Title)
	out.Lang = primaryTag(parsed.Language)
	out.Link = absolute(from, parsed.Link)
	out.Items = make([]Entry, 0, len(parsed.Items))
	for _, it := range parsed.Items {
		if e := entryOf(it, from); e.Title != "" || e.Text != "" {
			out.Items = append(out.Items, e)
		}
	}
	return out
}

func entryOf(it *gofeed.Item, base *url.URL) Entry {
	e := Entry{
		GUID:      strings.TrimSpace(it.GUID),
		Link:      linkOf(it, base),
		Title:     plainTitle(it.Title),
		Published: publishedOf(it),
	}
	e.Text = plainText(it.Description)
	if it.Content != it.Description {
		if full := plainText(it.Content); len(full) > len(e.Text) {
			e.Text = full
		}
	}
	if e.Text == e.Title {
		e.Text = ""
	}
	return e
}

// linkOf picks the entry's page: its link, else any other link, else a guid that is
// an address.
func linkOf(it *gofeed.Item, base *url.URL) string {
	if l := absolute(base, it.Link); l != "" {
		return l
	}
	for _, link := range it.Links {
		if l := absolute(base, link); l != "" {
			return l
		}
	}
	if strings.HasPrefix(it.GUID, "http://") || strings.HasPrefix(it.GUID, "https://") {
		return absolute(base, it.GUID)
	}
	return ""
}

// absolute resolves a link; what is not http or https in the end is none.
func absolute(base *url.URL, link string) string {
	link = strings.TrimSpace(link)
	if link == "" || len(link) > maxURL {
		return ""
	}
	u, err := base.Parse(link)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	u.User = nil
	return u.String()
}

// earliest is before any feed; what claims to be older has no usable date.
func earliest() time.Time { return time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC) }

func publishedOf(it *gofeed.Item) time.Time {
	for _, t := range []*time.Time{it.PublishedParsed, it.UpdatedParsed} {
		if t != nil && t.After(earliest()) {
			return t.UTC()
		}
	}
	return time.Time{}
}

// primaryTag reduces "en-US" or "ar_LY" to "en", "ar".
func primaryTag(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if i := strings.IndexAny(tag, "-_ ,"); i >= 0 {
		tag = tag[:i]
	}
	if len(tag) < 2 || len(tag) > 3 || strings.Trim(tag, "abcdefghijklmnopqrstuvwxyz") != "" {
		return ""
	}
	return tag
}
