package sources

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
)

func squash(t testing.TB, coding string, body []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser
	switch coding {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw deflate":
		fw, err := flate.NewWriter(&b, 6)
		if err != nil {
			t.Fatal(err)
		}
		w = fw
	}
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func serveCoded(coding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", coding)
		_, _ = w.Write(body)
	}
}

func TestFetchUndoesEveryCompression(t *testing.T) {
	want := []byte(strings.Repeat("news of the day ", 1000))
	tests := []struct {
		name, header string
		body         []byte
	}{
		{name: "none", body: want},
		{name: "gzip", header: "gzip", body: squash(t, "gzip", want)},
		{name: "brotli", header: "br", body: squash(t, "br", want)},
		{name: "deflate", header: "deflate", body: squash(t, "deflate", want)},
		{name: "raw deflate", header: "deflate", body: squash(t, "raw deflate", want)},
		{name: "twice", header: "gzip, br", body: squash(t, "br", squash(t, "gzip", want))},
		{name: "gzip file without a header", body: squash(t, "gzip", want)},
		{name: "said gzip, sent plain", header: "gzip", body: want},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := serveCoded(tt.header, tt.body)
			if tt.header == "" {
				h = func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(tt.body) }
			}
			pub := newPublisher(t, h)
			res, err := testFetcher(t).Fetch(t.Context(), Request{URL: pub.URL})
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(res.Body, want) {
				t.Errorf("got %d bytes %.40q…", len(res.Body), res.Body)
			}
			if got := pub.requests()[0].Header.Get("Accept-Encoding"); !strings.Contains(got, "gzip") {
				t.Errorf("Accept-Encoding = %q", got)
			}
		})
	}
}

func TestFetchRefusesBombsAndEndlessBodies(t *testing.T) {
	zeros := make([]byte, 40<<20)
	tests := []struct {
		name string
		h    http.HandlerFunc
		want error
	}{
		{name: "gzip bomb", h: serveCoded("gzip", squash(t, "gzip", zeros)), want: ErrTooLarge},
		{name: "brotli bomb", h: serveCoded("br", squash(t, "br", zeros)), want: ErrTooLarge},
		{name: "gzip in gzip", h: serveCoded("gzip, gzip", squash(t, "gzip", squash(t, "gzip", zeros))), want: ErrTooLarge},
		{name: "gzip file bomb", h: func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(squash(t, "gzip", zeros)) }, want: ErrTooLarge},
		{name: "compressed ten times over", h: serveCoded(strings.Repeat("gzip,", 10), nil), want: ErrCoding},
		{name: "unknown coding", h: serveCoded("zstd", []byte("x")), want: ErrCoding},
		{name: "broken gzip", h: serveCoded("gzip", append([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"), bytes.Repeat([]byte{0xff}, 100)...)), want: ErrCoding},
		{name: "endless body", h: func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(zeros[:1<<16]); err != nil {
					return
				}
			}
		}, want: ErrTooLarge},
		{name: "endless headers", h: func(w http.ResponseWriter, _ *http.Request) {
			for i := range 5000 {
				w.Header().Set(fmt.Sprintf("X-Flood-%d", i), strings.Repeat("a", 100))
			}
		}, want: ErrNetwork},
		{name: "less than promised", h: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write([]byte("short"))
		}, want: ErrNetwork},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := testFetcher(t).Fetch(t.Context(), Request{URL: newPublisher(t, tt.h).URL})
			if !errors.Is(err, tt.want) {
				t.Errorf("Fetch = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestFetchEndsThoughTheServerDripsBytes(t *testing.T) {
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprint(w, "x")
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
			case <-time.After(5 * time.Millisecond):
			}
		}
	})
	f := NewFetcher(FetcherOptions{AllowLoopback: true, Timeout: 200 * time.Millisecond})
	defer f.Close()
	if _, err := f.Fetch(t.Context(), Request{URL: pub.URL}); !errors.Is(err, ErrTimeout) {
		t.Errorf("Fetch = %v, want ErrTimeout", err)
	}
}

func TestFetchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	pub := newPublisher(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := testFetcher(t).Fetch(ctx, Request{URL: pub.URL}); !errors.Is(err, context.Canceled) {
		t.Errorf("Fetch = %v, want the context's end", err)
	}
}

func TestFetchFollowsRedirectsWithinReason(t *testing.T) {
	pub := newPublisher(t, nil)
	pub.serve(func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/hop/%d", &n); err == nil && n > 0 {
			http.Redirect(w, r, fmt.Sprintf("/hop/%d", n-1), http.StatusMovedPermanently)
			return
		}
		switch r.URL.Path {
		case "/loop":
			http.Redirect(w, r, "/loop", http.StatusFound)
		case "/temporary":
			http.Redirect(w, r, "/hop/0", http.StatusTemporaryRedirect)
		case "/mixed":
			http.Redirect(w, r, "/temporary", http.StatusPermanentRedirect)
		case "/file":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		case "/nowhere":
			w.WriteHeader(http.StatusFound)
		default:
			fmt.Fprint(w, "here")
		}
	})
	tests := []struct {
		path, moved string
		want        error
	}{
		{path: "/hop/1", moved: "/hop/0"},
		{path: "/hop/5", moved: "/hop/0"},
		{path: "/hop/6", want: ErrRedirects},
		{path: "/loop", want: ErrRedirects},
		{path: "/temporary"},
		{path: "/mixed"},
		{path: "/file", want: ErrScheme},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			res, err := testFetcher(t).Fetch(t.Context(), Request{URL: pub.URL + tt.path})
			if !errors.Is(err, tt.want) {
				t.Fatalf("Fetch = %v, want %v", err, tt.want)
			}
			moved := strings.TrimPrefix(res.MovedTo, pub.URL)
			if moved != tt.moved {
				t.Errorf("MovedTo = %q, want %q", moved, tt.moved)
			}
		})
	}
	for _, r := range pub.requests() {
		if r.Header.Get("Referer") != "" || r.Header.Get("Cookie") != "" {
			t.Errorf("request %s carries %v", r.URL, r.Header)
		}
	}
	_, err := testFetcher(t).Fetch(t.Context(), Request{URL: pub.URL + "/nowhere"})
	if status, ok := errors.AsType[*StatusError](err); !ok || status.Code != http.StatusFound {
		t.Errorf("redirect to nowhere: %v", err)
	}
}

func TestFetchNeverFallsFromHTTPSToHTTP(t *testing.T) {
	plain := newPublisher(t, serveBody("text/plain", "secret"))
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, plain.URL, http.StatusFound)
	}))
	defer secure.Close()
	f := NewFetcher(FetcherOptions{Transport: secure.Client().Transport})
	if _, err := f.Fetch(t.Context(), Request{URL: secure.URL}); !errors.Is(err, ErrDowngrade) {
		t.Errorf("Fetch = %v, want ErrDowngrade", err)
	}
	if n := len(plain.requests()); n != 0 {
		t.Errorf("%d requests reached the plain server", n)
	}
	if _, err := testFetcher(t).Fetch(t.Context(), Request{URL: secure.URL}); !errors.Is(err, ErrTLS) {
		t.Errorf("unknown authority: %v, want ErrTLS", err)
	}
}

func TestFetchErrorsAreOneLineWithoutSecrets(t *testing.T) {
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/404":
			w.WriteHeader(http.StatusNotFound)
		case "/check":
			w.Header().Set("Cf-Mitigated", "challenge")
			w.WriteHeader(http.StatusForbidden)
		case "/captcha":
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprint(w, "<html><div class=h-captcha></div></html>")
		case "/unasked304":
			w.WriteHeader(http.StatusNotModified)
		case "/big":
			_, _ = w.Write(make([]byte, 6<<20))
		case "/away":
			http.Redirect(w, r, "http://user:canary-pw@127.0.0.1:1/?token=canary-token", http.StatusFound)
		}
	})
	closed := httptest.NewServer(nil)
	closed.Close()
	host := strings.TrimPrefix(pub.URL, "http://")
	const secrets = "?key=canary-key&page=2&Signature=canary-sig"
	tests := []struct{ name, url, want string }{
		{name: "404", url: "http://user:canary-pw@" + host + "/404" + secrets, want: "404 Not Found: check the address"},
		{name: "browser check", url: pub.URL + "/check" + secrets, want: "403 Forbidden with a browser check"},
		{name: "captcha", url: pub.URL + "/captcha" + secrets, want: "429 Too Many Requests with a browser check"},
		{name: "304 unasked", url: pub.URL + "/unasked304" + secrets, want: "304 Not Modified"},
		{name: "too large", url: pub.URL + "/big" + secrets, want: "larger than a feed may be"},
		{name: "nobody listens", url: closed.URL + "/" + secrets, want: "refuses connections"},
		{name: "redirect with secrets", url: pub.URL + "/away", want: "refuses connections"},
		{name: "scheme", url: "ftp://g.example/" + secrets, want: "only http and https"},
		{name: "no host", url: "http:///feed" + secrets, want: "not a web address"},
		{name: "unreadable", url: "http://[::1/" + secrets, want: "not a web address"},
		{name: "control characters", url: "http://g.example/\x7f" + secrets, want: "not a web address"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := testFetcher(t).Fetch(t.Context(), Request{URL: tt.url})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("Fetch = %v, want %q in it", err, tt.want)
			}
			if strings.Contains(err.Error(), "canary") || strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("error %q leaks a secret or has two lines", err)
			}
		})
	}
}

func TestUnknownHostIsNamed(t *testing.T) {
	err := classify(&net.DNSError{Err: "no such host", Name: "gazette.example", IsNotFound: true})
	if !errors.Is(err, ErrHost) {
		t.Errorf("classify = %v, want ErrHost", err)
	}
}

func TestMaskURLHidesSecretsAndKeepsTheRest(t *testing.T) {
	tests := []struct{ url, want string }{
		{"https://g.example/feed?page=2", "https://g.example/feed?page=2"},
		{"https://me:pw@g.example/feed", "https://xxx@g.example/feed"},
		{"https://g.example/feed?a=1&api_key=s3cret&b=2#frag", "https://g.example/feed?a=1&api_key=xxx&b=2"},
		{"https://g.example/feed?X-Amz-Signature=s3cret&%74oken=s3cret", "https://g.example/feed?X-Amz-Signature=xxx&token=xxx"},
		{"https://me:s3cret@[::1/feed?key=s3cret", "xxx@[::1/feed"},
		{"mailto:me:s3cret@g.example", "xxx@g.example"},
		{"https://g.example/\n\x1b[31m", "https://g.example/"},
	}
	for _, tt := range tests {
		got := MaskURL(tt.url)
		if strings.Contains(got, "s3cret") || strings.ContainsAny(got, "\n\x1b") {
			t.Errorf("MaskURL(%q) = %q leaks", tt.url, got)
		}
		if got != tt.want && !strings.Contains(tt.url, "\n") {
			t.Errorf("MaskURL(%q) = %q, want %q", tt.url, got, tt.want)
		}
	}
}
