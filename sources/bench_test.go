package sources

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"trucewire/news"
)

// feed55k is a feed of the size of an agency's: 30 entries, 55 kB.
func feed55k() []byte {
	var items []string
	for i := range 30 {
		text := strings.Repeat(fmt.Sprintf("<p>Paragraph %d of the report says that both sides met at the crossing &amp; left.</p>", i), 19)
		items = append(items, rssItem(fmt.Sprintf("guid-%d", i), fmt.Sprintf("https://gazette.example/%d", i), fmt.Sprintf("Headline number %d", i),
			"<![CDATA["+text+"]]>", noon()))
	}
	return []byte(rssOf(items...))
}

func BenchmarkParseWithGuard(b *testing.B) {
	body := feed55k()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if f, err := Parse(body, "", ""); err != nil || len(f.Items) != 30 {
			b.Fatal(len(f.Items), err)
		}
	}
}

func BenchmarkParseGofeedAlone(b *testing.B) {
	body := string(feed55k())
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if f, err := gofeed.NewParser().ParseString(body); err != nil || len(f.Items) != 30 {
			b.Fatal(err)
		}
	}
}

func BenchmarkGuard(b *testing.B) {
	body := feed55k()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := guardXML(body[21:]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPollUnchanged is one poll of a source that answers 304, over loopback
// TCP, from the due check to the filed state.
func BenchmarkPollUnchanged(b *testing.B) {
	pub := newQuietServer(b, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		serveRSS(rssItem("1", "https://g.example/1", "One", "", noon()))(w, r)
	})
	src := Source{ID: "g", URL: pub}
	s := newShelf(src)
	p := testPoller(b, s)
	tick(b, p, noon())
	b.ReportAllocs()
	for b.Loop() {
		at := s.checks["g"].State.NextCheckAt
		if err := p.Tick(b.Context(), at); err != nil {
			b.Fatal(err)
		}
		s.polls = s.polls[:0]
	}
	if s.checks["g"].State.Problem != "" {
		b.Fatal(s.checks["g"].State.Problem)
	}
}

// BenchmarkPollParse is one poll of a source with a changed body of 55 kB, over
// loopback TCP, from the due check to the filed items.
func BenchmarkPollParse(b *testing.B) {
	body := feed55k()
	n := 0
	pub := newQuietServer(b, func(w http.ResponseWriter, _ *http.Request) {
		n++
		_, _ = w.Write(body)
		fmt.Fprintf(w, "<!-- %d -->", n)
	})
	s := newShelf(Source{ID: "g", URL: pub})
	p := testPoller(b, s)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		s.seen["g"] = map[news.ItemID]Seen{}
		if err := p.Tick(b.Context(), s.checks["g"].State.NextCheckAt); err != nil {
			b.Fatal(err)
		}
		if len(s.polls[0].Items) != 30 {
			b.Fatal(len(s.polls[0].Items), s.polls[0].State.Problem)
		}
		s.polls = s.polls[:0]
	}
}

// BenchmarkPollUnchangedManyHosts is a tick over 1,000 sources, each on a host of its
// own (127.x.y.z, dialled and checked one by one), all answering 304. ns/op is per
// source; the server's own work is included.
func BenchmarkPollUnchangedManyHosts(b *testing.B) {
	l, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		serveRSS(rssItem("1", "https://g.example/1", "One", "", noon()))(w, r)
	})}
	go func() { _ = server.Serve(l) }() // until it is closed
	b.Cleanup(func() { server.Close() })
	_, port, _ := net.SplitHostPort(l.Addr().String())
	const hosts = 500 // of the tick's maxDue
	var srcs []Source
	for i := range hosts {
		srcs = append(srcs, Source{ID: news.SourceID(fmt.Sprint(i)), URL: fmt.Sprintf("http://127.%d.%d.1:%s/feed", 1+i/200, i%200, port)})
	}
	s := newShelf(srcs...)
	p := testPoller(b, s)
	at := noon()
	tick(b, p, at)
	b.ReportAllocs()
	b.ResetTimer()
	polls := 0
	for polls < b.N {
		at = at.Add(time.Hour)
		s.polls = s.polls[:0]
		tick(b, p, at)
		polls += len(s.polls)
		if st := s.checks["0"].State; st.Problem != "" || len(s.polls) != hosts {
			b.Fatal(len(s.polls), st.Problem)
		}
	}
	b.ReportMetric(float64(polls)/b.Elapsed().Seconds(), "polls/s")
}
