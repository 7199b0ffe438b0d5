package sources

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// What discovery offers and tries at most.
const (
	maxCandidates = 10
	headWindow    = 256 << 10 // bytes of a page that are searched for links
)

// Candidate is a feed that a page offers.
type Candidate struct {
	URL   string
	Title string // as the page names it; may be empty
}

// ChoiceError says that a page offers several feeds: a person must choose.
type ChoiceError struct {
	Page       string // masked
	Candidates []Candidate
}

// Error lists the feeds.
func (e *ChoiceError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s is a web page that offers %d feeds, choose one:", e.Page, len(e.Candidates))
	for i, c := range e.Candidates {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(" " + MaskURL(c.URL))
	}
	return b.String()
}

// discover reads the feed at rawURL or, if that is a web page, the one feed it offers.
// It returns the address the feed was found at. Several feeds give a *[ChoiceError].
func (f *Fetcher) discover(ctx context.Context, rawURL string) (found string, feed Feed, res Response, err error) {
	if err := withoutFeeds(rawURL); err != nil {
		return "", Feed{}, Response{}, &FetchError{URL: MaskURL(rawURL), Err: err}
	}
	feed, res, err = f.load(ctx, rawURL)
	if err == nil || !errors.Is(err, ErrHTML) {
		return rawURL, feed, res, err
	}
	offered := f.offered(res)
	if len(offered) == 0 {
		return f.tryUsualPaths(ctx, rawURL, res.URL, err)
	}
	if len(offered) > 1 {
		return "", Feed{}, Response{}, &ChoiceError{Page: MaskURL(rawURL), Candidates: offered}
	}
	found = offered[0].URL
	feed, res, err = f.load(ctx, found)
	return found, feed, res, err
}

// tryUsualPaths asks where feeds usually are, one address after the other, once per
// command of a moderator. notFound is returned if there is none.
func (f *Fetcher) tryUsualPaths(ctx context.Context, rawURL, page string, notFound error) (string, Feed, Response, error) {
	base, err := url.Parse(page)
	if err != nil {
		return "", Feed{}, Response{}, notFound
	}
	for _, path := range []string{"/feed", "/rss.xml", "/feed.xml", "/rss", "/atom.xml"} {
		at := (&url.URL{Scheme: base.Scheme, Host: base.Host, Path: path}).String()
		feed, res, err := f.load(ctx, at)
		if err == nil {
			return at, feed, res, nil
		}
		if ctx.Err() != nil || errors.Is(err, ErrBrowserCheck) {
			break
		}
	}
	return rawURL, Feed{}, Response{}, notFound
}

// offered returns the feeds a page links to in its head, safe addresses only.
func (f *Fetcher) offered(page Response) []Candidate {
	base, err := url.Parse(page.URL)
	if err != nil {
		return nil
	}
	text, err := decode(page.Body[:min(len(page.Body), headWindow)], page.ContentType)
	if err != nil {
		return nil
	}
	var out []Candidate
	for _, c := range feedLinks(text, base) {
		u, err := CheckURL(c.URL, f.loopback)
		known := slices.ContainsFunc(out, func(o Candidate) bool { return o.URL == u })
		if err != nil || known || len(out) == maxCandidates {
			continue
		}
		out = append(out, Candidate{URL: u, Title: c.Title})
	}
	return out
}

// feedLinks returns <link rel="alternate"> of feed types, without feeds of comments.
func feedLinks(page []byte, base *url.URL) []Candidate {
	var out []Candidate
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			name, has := z.TagName()
			if !has || string(name) != "link" && string(name) != "base" {
				continue
			}
			attrs := attributesOf(z)
			if string(name) == "base" {
				if b, err := base.Parse(attrs["href"]); err == nil {
					base = b
				}
				continue
			}
			if c, ok := candidateOf(attrs, base); ok {
				out = append(out, c)
			}
		}
	}
}

func attributesOf(z *html.Tokenizer) map[string]string {
	attrs := map[string]string{}
	for more := true; more && len(attrs) < maxAttributes; {
		var k, v []byte
		k, v, more = z.TagAttr()
		attrs[string(k)] = string(v)
	}
	return attrs
}

func candidateOf(attrs map[string]string, base *url.URL) (Candidate, bool) {
	rel := strings.Fields(strings.ToLower(attrs["rel"]))
	if !slices.Contains(rel, "alternate") && !slices.Contains(rel, "feed") {
		return Candidate{}, false
	}
	kind, _, _ := strings.Cut(strings.ToLower(attrs["type"]), ";")
	switch strings.TrimSpace(kind) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/rss+xml":
	default:
		return Candidate{}, false
	}
	at := absolute(base, attrs["href"])
	title := plainTitle(attrs["title"])
	if at == "" || strings.Contains(strings.ToLower(at+" "+title), "comment") {
		return Candidate{}, false
	}
	return Candidate{URL: at, Title: cut(title, 100)}, true
}

// withoutFeeds names the places that have no feed, with a way on.
func withoutFeeds(rawURL string) error {
	host := "." + strings.TrimPrefix(hostOf(rawURL), "www.")
	for suffix, name := range map[string]string{
		".t.me": "Telegram", ".telegram.me": "Telegram", ".x.com": "X", ".twitter.com": "X",
		".facebook.com": "Facebook", ".fb.com": "Facebook", ".instagram.com": "Instagram", ".tiktok.com": "TikTok", ".whatsapp.com": "WhatsApp",
	} {
		if strings.HasSuffix(host, suffix) {
			return fmt.Errorf("%w: %s has none; use the website of the same outlet, or a feed bridge that somebody you trust runs", ErrNoFeed, name)
		}
	}
	return nil
}
