package sources

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// What one fetch may take. Sources: reliability.md §1 and §2.
const (
	maxBody       = 5 << 20          // bytes after decompression; the W3C validator's limit
	maxHeaders    = 64 << 10         // bytes of response header
	maxRedirects  = 5                // hops
	maxErrorBody  = 16 << 10         // bytes of an error page, read to recognise a browser check
	totalTimeout  = 20 * time.Second // everything, so that a body sent a byte at a time ends
	dialTimeout   = 5 * time.Second
	headerTimeout = 10 * time.Second
)

// acceptFeeds is what is asked for; feeds are often served as text/xml or worse.
const acceptFeeds = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, " +
	"application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"

// FetcherOptions are the knobs of a [Fetcher]. The zero value is safe.
type FetcherOptions struct {
	// UserAgent names the bot and the operator's contact, as publishers ask.
	// Empty: "Trucewire".
	UserAgent string
	// AllowLoopback lets 127.0.0.0/8 and ::1 be dialled, on any port. It is the
	// operator's switch for tests and `try`; no other private address is ever dialled.
	AllowLoopback bool
	// Timeout bounds one fetch from first dial to last byte. Zero: 20 s.
	Timeout time.Duration
	// MaxBody bounds the body in bytes after decompression. Zero: 5 MiB.
	MaxBody int64
	// Blocked tells the hosts, in lower case and without port, that the operator does
	// not allow. It is asked on every hop and must be safe for concurrent use. Nil: none.
	Blocked func(host string) bool
	// Transport replaces the network, for simulations. Nil: TCP through the checked
	// dialer. A given transport does its own address checks.
	Transport http.RoundTripper
}

// Fetcher asks for feeds over HTTP the way strict publishers want it, and never
// dials a private or special address. It is safe for concurrent use.
type Fetcher struct {
	client    *http.Client
	userAgent string
	loopback  bool
	timeout   time.Duration
	maxBody   int64
	blocked   func(host string) bool

	mu   sync.Mutex
	warm map[string]warmAnswer
}

// NewFetcher returns a Fetcher. It opens no connection.
func NewFetcher(opt FetcherOptions) *Fetcher {
	f := &Fetcher{
		userAgent: opt.UserAgent,
		loopback:  opt.AllowLoopback,
		timeout:   opt.Timeout,
		maxBody:   opt.MaxBody,
		blocked:   opt.Blocked,
		warm:      map[string]warmAnswer{},
	}
	if f.userAgent == "" {
		f.userAgent = "Trucewire"
	}
	if f.timeout <= 0 {
		f.timeout = totalTimeout
	}
	if f.maxBody <= 0 {
		f.maxBody = maxBody
	}
	rt := opt.Transport
	if rt == nil {
		rt = newTransport(opt.AllowLoopback)
	}
	f.client = &http.Client{
		Transport: rt,
		// Each hop is checked by Fetch itself, which also keeps Referer away.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return f
}

// Close drops idle connections.
func (f *Fetcher) Close() { f.client.CloseIdleConnections() }

// Request is one question to a publisher.
type Request struct {
	URL          string
	ETag         string // as the publisher sent it; empty: none
	LastModified string
	Accept       string // empty: feeds
	MaxBody      int64  // bytes after decompression; zero: the Fetcher's
}

func (r Request) conditional() bool { return r.ETag != "" || r.LastModified != "" }

// Response is a publisher's answer to a [Request]: a body, or NotModified.
type Response struct {
	URL          string // where the answer came from, after redirects
	NotModified  bool
	Body         []byte // decompressed, at most the limit; nil with NotModified
	ContentType  string
	ETag         string // byte for byte
	LastModified string
	// FreshFor is how long the publisher says the answer is good (max-age less Age, or
	// Expires less Date). Zero: nothing said.
	FreshFor time.Duration
	// RetryAfter is a wait that the publisher asked for with a good answer.
	RetryAfter time.Duration
	// MovedTo is the address the publisher says is the new one for ever (301, 308 on
	// every hop). Empty: it did not say so.
	MovedTo string
}

// Fetch asks for req.URL and follows at most five redirects, each checked like the
// first address. The error is a *[FetchError], one line fit for people, with secrets
// masked. If ctx was cancelled it wraps context.Canceled; if its deadline passed,
// [ErrTimeout].
func (f *Fetcher) Fetch(ctx context.Context, req Request) (Response, error) {
	inner, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	res, err := f.follow(inner, req)
	if err == nil {
		return res, nil
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return Response{}, describe(req.URL, err)
}

// follow walks the redirects of one request.
func (f *Fetcher) follow(ctx context.Context, req Request) (Response, error) {
	at, err := url.Parse(req.URL)
	if err != nil {
		return Response{}, ErrAddress
	}
	permanent := true
	for hop := 0; ; hop++ {
		if err := f.checkHop(at); err != nil {
			return Response{}, err
		}
		res, next, err := f.ask(ctx, at, req)
		if err != nil {
			return Response{}, err
		}
		if next == nil {
			if hop > 0 && permanent {
				res.MovedTo = at.String()
			}
			return res, nil
		}
		if hop == maxRedirects {
			return Response{}, ErrRedirects
		}
		if at.Scheme == "https" && next.to.Scheme == "http" {
			return Response{}, ErrDowngrade
		}
		permanent = permanent && next.permanent
		at = next.to
	}
}

// redirect is where an answer sends us.
type redirect struct {
	to        *url.URL
	permanent bool
}

// ask makes one request, without following. A nil redirect means the Response is
// the answer.
func (f *Fetcher) ask(ctx context.Context, at *url.URL, req Request) (Response, *redirect, error) {
	hr, err := f.newRequest(ctx, at, req)
	if err != nil {
		return Response{}, nil, err
	}
	resp, err := f.client.Do(hr)
	if err != nil {
		return Response{}, nil, bare(err)
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
		res, err := f.read(resp, at, req)
		return res, nil, err
	case http.StatusNotModified:
		if !req.conditional() {
			return Response{}, nil, statusError(resp, nil)
		}
		res := responseOf(resp, at)
		res.NotModified = true
		return res, nil, nil
	case http.StatusMovedPermanently, http.StatusPermanentRedirect,
		http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect:
		next, err := redirectOf(resp, at)
		return Response{}, next, err
	}
	page, _ := io.ReadAll(io.LimitReader(resp.Body, maxErrorBody)) // only to name a browser check; may be cut
	return Response{}, nil, statusError(resp, page)
}

func (f *Fetcher) newRequest(ctx context.Context, at *url.URL, req Request) (*http.Request, error) {
	hr, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, ErrAddress
	}
	accept := req.Accept
	if accept == "" {
		accept = acceptFeeds
	}
	hr.Header.Set("User-Agent", f.userAgent)
	hr.Header.Set("Accept", accept)
	hr.Header.Set("Accept-Encoding", "gzip, br, deflate")
	if req.ETag != "" {
		hr.Header.Set("If-None-Match", req.ETag)
	}
	if req.LastModified != "" {
		hr.Header.Set("If-Modified-Since", req.LastModified)
	}
	return hr, nil
}

// read takes the body of a good answer.
func (f *Fetcher) read(resp *http.Response, at *url.URL, req Request) (Response, error) {
	limit := req.MaxBody
	if limit <= 0 {
		limit = f.maxBody
	}
	body, err := readBody(resp, limit)
	if err != nil {
		return Response{}, err
	}
	res := responseOf(resp, at)
	res.Body = body
	return res, nil
}

func responseOf(resp *http.Response, at *url.URL) Response {
	h := resp.Header
	return Response{
		URL:          at.String(),
		ContentType:  h.Get("Content-Type"),
		ETag:         h.Get("Etag"),
		LastModified: h.Get("Last-Modified"),
		FreshFor:     freshFor(h),
		RetryAfter:   retryAfter(h),
	}
}

func redirectOf(resp *http.Response, at *url.URL) (*redirect, error) {
	loc := resp.Header.Get("Location")
	if loc == "" || len(loc) > maxURL {
		return nil, statusError(resp, nil)
	}
	to, err := at.Parse(loc)
	if err != nil {
		return nil, fmt.Errorf("%w: it redirects to an address that cannot be read", ErrAddress)
	}
	permanent := resp.StatusCode == http.StatusMovedPermanently || resp.StatusCode == http.StatusPermanentRedirect
	return &redirect{to: to, permanent: permanent}, nil
}

// bare takes *url.Error off err: its text holds the whole URL, secrets included.
func bare(err error) error {
	if ue, ok := errors.AsType[*url.Error](err); ok {
		return ue.Err
	}
	return err
}

// checkHop refuses what must never be asked, on every hop.
func (f *Fetcher) checkHop(u *url.URL) error {
	if s := strings.ToLower(u.Scheme); s != "http" && s != "https" {
		return fmt.Errorf("%w, not %q", ErrScheme, clip(u.Scheme, 20))
	}
	if u.Hostname() == "" {
		return ErrAddress
	}
	if f.blocked != nil && f.blocked(strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))) {
		return ErrBlocked
	}
	return nil
}
