package sources

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// strangeBodies are no feeds, each for another reason.
func strangeBodies() map[string]string {
	open := `<rss version="2.0"><channel><title>t</title>`
	return map[string]string{
		"empty":               "",
		"white space":         strings.Repeat(" \n", 100_000),
		"NULs":                strings.Repeat("\x00", 1<<20),
		"brackets":            strings.Repeat("<", 2<<20),
		"end tags":            "<rss>" + strings.Repeat("</a>", 500_000),
		"quotes":              `<rss a="` + strings.Repeat(`'"`, 1<<20),
		"one endless tag":     "<rss " + strings.Repeat("a ", 1<<20),
		"one endless comment": "<rss><!--" + strings.Repeat("-", 2<<20),
		"one endless CDATA":   open + "<item><title><![CDATA[" + strings.Repeat("]", 2<<20),
		"UTF-7":               "+ADw-rss version+AD0AIg-2.0+ACI-+AD4-+ADw-/rss+AD4-",
		"random bytes":        strings.Repeat("\x93\xfe\x01\x7f\xc0\x80", 300_000),
		"broken UTF-8":        strings.Repeat("\xe2\x82", 1<<20),
		"HTML":                "<!doctype html><html>" + strings.Repeat("<div>", 500_000),
		"HTML nested in HTML": "<html><body>" + strings.Repeat("<table><tr><td>", 200_000),
		"browser check":       `<html><head><title>Just a moment...</title></head></html>`,
		"OPML":                "<opml><body/></opml>",
		"sitemap":             "<urlset></urlset>",
		"SVG":                 "<svg>" + strings.Repeat("<g>", 100_000),
		"S3 error":            "<Error><Code>NoSuchKey</Code></Error>",
		"JSON of another API": `{"error":{"code":404}}`,
		"JSON scalar items":   `{"version":"1","items":"none"}`,
		"JSON cut":            `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"`,
		"JSON long number":    `{"version":"1","items":[{"id":` + strings.Repeat("9", 1<<20),
		"JSON backslashes":    `{"a":"` + strings.Repeat(`\`, 1<<20),
		"PDF":                 "%PDF-1.7\n" + strings.Repeat("\x80binary", 10_000),
		"PNG":                 "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\xff", 100_000),
		"zip":                 "PK\x03\x04" + strings.Repeat("\x00\xff", 100_000),
		"plain words":         "Invalid url",
	}
}

// disguises are the ways one body can be sent.
func disguises(t testing.TB) map[string]func(string) http.HandlerFunc {
	coded := func(coding string) func(string) http.HandlerFunc {
		return func(s string) http.HandlerFunc {
			return serveCoded(strings.TrimPrefix(coding, "raw "), squash(t, coding, []byte(s)))
		}
	}
	encoded := func(encode func(string) (string, error)) func(string) http.HandlerFunc {
		return func(s string) http.HandlerFunc {
			out, err := encode(strings.ToValidUTF8(s, "?"))
			if err != nil {
				t.Fatal(err)
			}
			return serveBody("text/xml", out)
		}
	}
	return map[string]func(string) http.HandlerFunc{
		"plain":       func(s string) http.HandlerFunc { return serveBody("text/xml", s) },
		"gzip":        coded("gzip"),
		"brotli":      coded("br"),
		"deflate":     coded("deflate"),
		"raw deflate": coded("raw deflate"),
		"UTF-16":      encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String),
		"UTF-32":      encoded(utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewEncoder().String),
		"charset lie": func(s string) http.HandlerFunc { return serveBody("text/xml; charset=shift_jis", s) },
	}
}

// TestNoServerHarmsThePoller sends every hostile and strange body in every disguise
// through a real server. In the short form the disguises take turns.
func TestNoServerHarmsThePoller(t *testing.T) {
	bodies := strangeBodies()
	for name, body := range hostileBodies() {
		bodies[name] = body
	}
	ways := disguises(t)
	long := os.Getenv("TRUCEWIRE_LONG") != ""
	f := testFetcher(t)
	cases, worst, worstName := 0, time.Duration(0), ""
	for name, body := range bodies {
		for way, dress := range ways {
			if !long && way != "plain" && (len(name)+len(way))%8 != 0 {
				continue
			}
			cases++
			pub := newPublisher(t, dress(body))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			cpu := cpuTime(t)
			_, err := f.Open(t.Context(), pub.URL)
			took := cpuTime(t) - cpu
			runtime.ReadMemStats(&after)
			if !isNamed(err) {
				t.Errorf("%s as %s: %v has no name", name, way, err)
			}
			if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got > 96 {
				t.Errorf("%s as %s: %d MB allocated", name, way, got)
			}
			if took > worst {
				worst, worstName = took, name+" as "+way
			}
			pub.Close()
		}
	}
	t.Logf("%d cases, most CPU %s (%s, the test's own server included)", cases, worst, worstName)
}

func isNamed(err error) bool {
	for _, known := range []error{ErrEmpty, ErrHTML, ErrBrowserCheck, ErrNotFeed, ErrHostile, ErrBroken, ErrTooLarge, ErrCoding} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

func cpuTime(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestRudeConnectionsEndInANamedError speaks HTTP badly, byte by byte.
func TestRudeConnectionsEndInANamedError(t *testing.T) {
	tests := map[string]string{
		"nothing":                  "",
		"not HTTP":                 "SSH-2.0-OpenSSH_9.6\r\n",
		"half a status line":       "HTTP/1.1 2",
		"strange status":           "HTTP/1.1 999 What\r\n\r\n",
		"negative length":          "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nbody",
		"two lengths":              "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nbodybody",
		"length of exabytes":       "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nx",
		"bad chunk":                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
		"endless chunk extension":  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;" + strings.Repeat("a", 1<<20),
		"header without a colon":   "HTTP/1.1 200 OK\r\nwhat\r\n\r\n",
		"a megabyte of one header": "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("a", 1<<20) + "\r\n\r\n",
		"a flood of 100 Continue":  strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 10_000),
		"redirect to a newline":    "HTTP/1.1 302 Found\r\nLocation: http://g.example/\x0a\r\n\r\n",
		"redirect of a megabyte":   "HTTP/1.1 302 Found\r\nLocation: /" + strings.Repeat("a", 60_000) + "\r\n\r\n",
		"partial content":          "HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\n\r\nx",
		"no content":               "HTTP/1.1 204 No Content\r\n\r\n",
		"switching protocols":      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			f := NewFetcher(FetcherOptions{AllowLoopback: true, Timeout: 5 * time.Second})
			defer f.Close()
			_, err := f.Open(t.Context(), "http://"+rawServer(t, answer)+"/?key=s3cret")
			if err == nil || strings.Contains(err.Error(), "s3cret") || strings.ContainsAny(err.Error(), "\r\n") || len(err.Error()) > 400 {
				t.Errorf("Open = %v", err)
			}
			if _, ok := errors.AsType[*FetchError](err); !ok {
				t.Errorf("%T %v is no FetchError", err, err)
			}
		})
	}
}

// rawServer answers every connection with the same bytes and hangs up.
func rawServer(t *testing.T, answer string) (addr string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			buf := make([]byte, 4096)
			_, _ = c.Read(buf)
			_, _ = fmt.Fprint(c, answer)
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return l.Addr().String()
}
