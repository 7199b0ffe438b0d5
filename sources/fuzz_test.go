package sources

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"<rss/>", "\xff\xfe<\x00", "\xfe\xff\x00<", "\xef\xbb\xbf<a>&#0;&#xD800;", "<?xml encoding='koi8-r'?>\xc1\xc2", "+ADw-rss+AD4-"} {
		f.Add([]byte(s), "text/xml")
		f.Add([]byte(s), "text/xml; charset=windows-1251")
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		out, err := decode(body, contentType)
		if err != nil {
			return
		}
		if !utf8.Valid(out) {
			t.Errorf("not UTF-8: %q", out)
		}
		if bytes.ContainsFunc(out, forbidden) {
			t.Errorf("a forbidden character is left: %q", out)
		}
		if len(out) > 4*len(body)+4 {
			t.Errorf("%d bytes became %d", len(body), len(out))
		}
	})
}

// FuzzGuard holds the guard against encoding/xml: what that sees of a document, until
// its first error, the guard has counted.
func FuzzGuard(f *testing.F) {
	for _, s := range []string{
		`<rss><channel><item a="b" c='d'>x<!-- y --><![CDATA[z]]></item></channel></rss>`, `<a b="/>"><c>`, `<a b=c"d'><e/></f></a>`, `<a/ ><b / c>`,
		`<a b='>' c=">"/>`, `<?pi <a>?><b>`, `<a></b></c><d>`, `<a b c d><e xmlns:x="y" xmlns=z>`, "<a\tb\n=\r'c'd='e'>", `<a><!-- --><b>]]></b>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		s, err := guardXML(doc)
		if err != nil {
			return
		}
		d := xml.NewDecoder(bytes.NewReader(doc))
		d.Strict = false
		elements, depth, deepest, comments := 0, 0, 0, 0
		for {
			tok, err := d.RawToken()
			if err != nil {
				break
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				elements++
				depth++
				deepest = max(deepest, depth)
				if len(tok.Attr) > maxAttributes {
					t.Errorf("%d attributes passed", len(tok.Attr))
				}
			case xml.EndElement:
				depth = max(0, depth-1)
			case xml.Comment, xml.ProcInst:
				comments++
			}
		}
		if elements > s.elements || comments > s.comments {
			t.Errorf("encoding/xml sees %d elements and %d comments, the guard %d and %d", elements, comments, s.elements, s.comments)
		}
		if deepest > s.deepest+1 { // a self-closing element is a level for encoding/xml
			t.Errorf("encoding/xml is %d deep, the guard %d", deepest, s.deepest)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		rssOf(rssItem("1", "https://g.example/1", "One", "<p>Text</p>", noon())),
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title type="xhtml"><div>x</div></title></entry></feed>`,
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item><title>x</title></item></rdf:RDF>`,
		`{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"title":"x","tags":"y"}]}`,
		`<rss><channel><item><title>cut`, `<rss><channel><item><title>a</title></item><item><ti`, "<html>", "", "{", "<rss", "<rss>", `{"items":[null]}`, `{"items":[{"id":null}],"version":1}`,
	} {
		f.Add([]byte(s), "", "https://g.example/feed")
	}
	f.Fuzz(func(t *testing.T, body []byte, contentType, base string) {
		feed, err := Parse(body, contentType, base)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\r\n") {
				t.Errorf("error %q has two lines", err)
			}
			return
		}
		for _, e := range feed.Items {
			if e.Title == "" && e.Text == "" {
				t.Error("an entry says nothing")
			}
			if strings.Contains(e.Title, "\n") || !utf8.ValidString(e.Title) || !utf8.ValidString(e.Text) {
				t.Errorf("title %q", e.Title)
			}
			if e.Link != "" && !strings.HasPrefix(e.Link, "http://") && !strings.HasPrefix(e.Link, "https://") {
				t.Errorf("link %q", e.Link)
			}
		}
		again := identify("g", feed.Items, trace{})
		if got := identify("g", feed.Items, readTrace(writeTrace(again, ""))); len(got) != len(again) {
			t.Errorf("%d entries became %d", len(again), len(got))
		}
	})
}

func FuzzPlainText(f *testing.F) {
	for _, s := range []string{"<p>a<br>b", "<script>x", "&lt;b&gt;", "a<b", "<![CDATA[x]]>", "<a href='", "\u200b&#8203;", "<plaintext>x", "<svg><p>x</svg>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := plainText(s)
		if utf8.ValidString(s) && !utf8.ValidString(got) {
			t.Errorf("not UTF-8: %q", got)
		}
		if got != strings.TrimSpace(got) || strings.Contains(got, "  ") || strings.Contains(got, "\n\n") {
			t.Errorf("white space is left in %q", got)
		}
	})
}

func FuzzCheckURL(f *testing.F) {
	for _, s := range append(specialAddresses(), "https://g.example/a?b=c#d", "g.example", "http://a:b@c", "//x", "http://[::1", "http://①②⑦.⓪.⓪.①/") {
		f.Add(s)
		f.Add("http://" + s + "/")
	}
	f.Fuzz(func(t *testing.T, raw string) {
		u, err := CheckURL(raw, false)
		if err != nil {
			return
		}
		again, err := CheckURL(u, false)
		if err != nil || again != u {
			t.Errorf("CheckURL(%q) = %q, of which it makes %q, %v", raw, u, again, err)
		}
		if localName(hostOf(u)) || allNumeric.MatchString(hostOf(u)) {
			t.Errorf("CheckURL(%q) = %q", raw, u)
		}
	})
}
