package sources

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// hostileBodies are documents built to exhaust a reader. Sizes are those that cost
// gofeed seconds or the whole process (reliability.md §0.1).
func hostileBodies() map[string]string {
	open := `<rss version="2.0" xmlns:x="urn:x"><channel><title>t</title><item><title>a</title></item><x:y>`
	attributes := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	return map[string]string{
		"6 MB nested in an extension": open + strings.Repeat("<a>", 2_000_000),
		"1.8 MB nested and closed":    open + strings.Repeat("<a>", 250_000) + strings.Repeat("</a>", 250_000),
		"nested behind quotes":        open + strings.Repeat(`<a b="/>">`, 100_000),
		"text cut by comments":        open + strings.Repeat("text<!-- -->", 150_000),
		"text cut by CDATA":           open + strings.Repeat("text<![CDATA[text]]>", 200_000),
		"text cut by elements":        open + strings.Repeat("y", 3<<20) + strings.Repeat("<b/>x", 19_000),
		"text cut by instructions":    open + strings.Repeat("text<?a?>", 150_000),
		"100,000 xmlns on one tag":    "<rss version='2.0' " + attributes(100_000, `xmlns:n%d="urn:x" `) + "><channel></channel></rss>",
		"namespaces times elements":   "<rss version='2.0' " + attributes(60, `xmlns:n%d="urn:x" `) + "><channel>" + strings.Repeat("<n1:a/>", 19_000),
		"one xmlns on every element":  open + attributes(10_000, `<a xmlns:n%d="u"/>`),
		"100,000 attributes":          open + "<a " + attributes(100_000, `a%d="" `) + "/>",
		"attributes without values":   open + "<a " + attributes(100_000, `a%d `) + "/>",
		"attributes without spaces":   open + "<a b=''" + attributes(100_000, `a%d=''`) + "/>",
		"100,000 items":               "<rss version='2.0'><channel>" + strings.Repeat("<item><title>a</title></item>", 100_000) + "</channel></rss>",
		"6,000 empty entries":         "<rss version='2.0'><channel>" + strings.Repeat("<item/>", 6_000) + "</channel></rss>",
		"depth behind directives":     open + strings.Repeat(`<a><!x "</a>">`, 15_000),
		"a million elements":          "<rss version='2.0'><channel>" + strings.Repeat("<a/>", 1_000_000) + "</channel></rss>",
		"a document type inside":      open + `<!DOCTYPE a "</a></a></a>">` + strings.Repeat("<a>", 1000),
		"JSON nested":                 `{"version":"https://jsonfeed.org/version/1","items":` + strings.Repeat("[", 2_000_000),
		"JSON of empty items":         `{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat("{},", 1_500_000) + `{}]}`,
		"JSON of commas":              `{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat("1,", 2_000_000) + `1]}`,
	}
}

func TestHostileBodiesAreRefusedCheaply(t *testing.T) {
	for name, body := range hostileBodies() {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Parse([]byte(body), "", "")
			runtime.ReadMemStats(&after)
			if !errors.Is(err, ErrHostile) {
				t.Errorf("Parse = %v, want ErrHostile", err)
			}
			// Without the guard these allocate from 600 MB to 50 GB.
			if got := (after.TotalAlloc - before.TotalAlloc) >> 20; got > 64 {
				t.Errorf("allocated %d MB, want at most 64", got)
			}
		})
	}
}

func TestBodiesAtTheLimitsAreReadCheaply(t *testing.T) {
	var items strings.Builder
	for i := range 3_000 {
		fmt.Fprintf(&items, "<item><title>Entry %d</title><link>https://g.example/%d</link><guid>%d</guid><description><![CDATA[%s]]></description></item>", i, i, i, strings.Repeat("words ", 200))
	}
	tests := map[string]string{
		"3,000 items":           "<rss version='2.0'><channel>" + items.String() + "</channel></rss>",
		"depth 60":              "<rss version='2.0' xmlns:x='u'><channel>" + strings.Repeat("<x:a>", 60) + strings.Repeat("</x:a>", 60) + "<item><title>a</title></item></channel></rss>",
		"100 comments":          "<rss version='2.0'><channel>" + strings.Repeat("<!-- c -->", 100) + "<item><title>a</title></item></channel></rss>",
		"5 MB of one text":      "<rss version='2.0'><channel><item><title>a</title><description>" + strings.Repeat("word ", 1_000_000) + "</description></item></channel></rss>",
		"CDATA split by itself": "<rss version='2.0'><channel><item><title>a</title><description><![CDATA[" + strings.Repeat("x]]]]><![CDATA[>", 200) + "]]></description></item></channel></rss>",
		"15 namespaces":         "<rss version='2.0' " + strings.Repeat("xmlns:a='u' ", 15) + "><channel>" + strings.Repeat("<item><title>a</title></item>", 1000) + "</channel></rss>",
	}
	for name, body := range tests {
		t.Run(name, func(t *testing.T) {
			feed, err := Parse([]byte(body), "", "")
			if err != nil || len(feed.Items) == 0 {
				t.Errorf("Parse = %d items, %v", len(feed.Items), err)
			}
		})
	}
}
