package sources

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

func TestParseReadsEveryDialect(t *testing.T) {
	day := time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	entry := Entry{GUID: "g-1", Link: "https://gazette.example/a?id=1", Title: "Truce & talks", Text: "First line.\nSecond line.", Published: day}
	with := func(change func(*Entry)) []Entry {
		e := entry
		change(&e)
		return []Entry{e}
	}
	tests := []struct {
		name, body string
		want       Feed
	}{
		{
			name: "RSS 2.0 with content and relative link",
			body: `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
				<title>Gazette</title><link>https://gazette.example/</link><language>en-US</language><ttl>15</ttl>
				<item><title>Truce &amp; talks</title><link>/a?id=1</link><guid isPermaLink="false">g-1</guid>
				<pubDate>Fri, 20 Nov 2026 10:30:00 +0100</pubDate><description>First line.</description>
				<content:encoded><![CDATA[<p>First line.</p><p>Second line.</p><script>track()</script>]]></content:encoded></item></channel></rss>`,
			want: Feed{Title: "Gazette", Lang: "en", Link: "https://gazette.example/", Format: "RSS 2.0", TTL: 15 * time.Minute, Items: []Entry{entry}},
		},
		{
			name: "RSS 0.91",
			body: `<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
				<rss version="0.91"><channel><title>Gazette</title><link>https://gazette.example/</link><language>en</language>
				<item><title>Truce &amp; talks</title><link>https://gazette.example/a?id=1</link><description>First line.&lt;br/&gt;Second line.</description></item></channel></rss>`,
			want: Feed{Title: "Gazette", Lang: "en", Link: "https://gazette.example/", Format: "RSS 0.91", Items: with(func(e *Entry) { e.GUID, e.Published = "", time.Time{} })},
		},
		{
			name: "RDF",
			body: `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
				<channel rdf:about="https://gazette.example/rdf"><title>Gazette</title><link>https://gazette.example/</link><dc:language>en</dc:language></channel>
				<item rdf:about="https://gazette.example/a?id=1"><title>Truce &amp; talks</title><link>https://gazette.example/a?id=1</link>
				<description>First line.&lt;br&gt;Second line.</description><dc:date>2026-11-20T09:30:00Z</dc:date></item></rdf:RDF>`,
			want: Feed{Title: "Gazette", Lang: "en", Link: "https://gazette.example/", Format: "RDF (RSS 1.0)", Items: with(func(e *Entry) { e.GUID = "" })},
		},
		{
			name: "Atom",
			body: `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><title>Gazette</title><link href="https://gazette.example/"/>
				<entry><id>g-1</id><title type="html">Truce &amp;amp; talks</title><link rel="alternate" href="a?id=1"/><updated>2026-11-20T09:30:00Z</updated>
				<summary>First line.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First line.</p><p>Second line.</p></div></content></entry></feed>`,
			want: Feed{Title: "Gazette", Lang: "en", Link: "https://gazette.example/", Format: "Atom 1.0", Items: []Entry{entry}},
		},
		{
			name: "JSON Feed with tags as one string and a number for an id",
			body: `{"version":"https://jsonfeed.org/version/1.1","title":"Gazette","home_page_url":"https://gazette.example/","language":"en","author":"A. Writer",
				"items":[{"id":17,"url":"https://gazette.example/a?id=1","title":"Truce & talks","tags":"politics","content_html":"<p>First line.<p>Second line.","date_published":"2026-11-20T09:30:00Z"}]}`,
			want: Feed{Title: "Gazette", Lang: "en", Link: "https://gazette.example/", Format: "JSON Feed 1.1", Items: with(func(e *Entry) { e.GUID = "17" })},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse([]byte(tt.body), "text/xml", "https://gazette.example/feed.xml")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseReadsEveryCharset(t *testing.T) {
	encode := func(e encoding.Encoding, s string) string {
		out, err := encoding.ReplaceUnsupported(e.NewEncoder()).String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	feed := func(declaration, title string) string {
		return declaration + `<rss version="2.0"><channel><title>x</title><item><title>` + title + `</title></item></channel></rss>`
	}
	const (
		plain   = `<?xml version="1.0"?>`
		french  = "Trêve prolongée à Béziers, dit l’émissaire"
		russian = "Стороны договорились о прекращении огня на юге страны"
		arabic  = "الطرفان يتفقان على وقف إطلاق النار في المدينة الساحلية"
		hebrew  = "הצדדים הסכימו על הפסקת אש בעיר החוף"
	)
	tests := []struct{ name, body, contentType, want string }{
		{name: "UTF-8 with mark", body: "\xef\xbb\xbf" + feed(plain, french), want: french},
		{name: "UTF-8 declared Latin-1 in the header", body: feed(plain, french), contentType: "text/xml; charset=iso-8859-1", want: french},
		{name: "UTF-16 LE with mark", body: encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), feed(`<?xml version="1.0" encoding="UTF-16"?>`, arabic)), want: arabic},
		{name: "UTF-16 BE with mark", body: encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), feed(plain, arabic)), want: arabic},
		{name: "UTF-16 LE without mark", body: encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), feed(plain, arabic)), want: arabic},
		{name: "UTF-16 BE without mark", body: encode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), feed(plain, arabic)), want: arabic},
		{name: "UTF-32 LE with mark", body: encode(utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), feed(plain, french)), want: french},
		{name: "windows-1252 declared", body: encode(charmap.Windows1252, feed(`<?xml version="1.0" encoding="windows-1252"?>`, french)), want: french},
		{name: "windows-1252 undeclared", body: encode(charmap.Windows1252, feed(plain, french)), want: french},
		{name: "windows-1252 declared UTF-8", body: encode(charmap.Windows1252, feed(`<?xml version="1.0" encoding="utf-8"?>`, french)), contentType: "text/xml; charset=utf-8", want: french},
		{name: "windows-1251 in the header only", body: encode(charmap.Windows1251, feed(plain, russian)), contentType: "text/xml; charset=windows-1251", want: russian},
		{name: "windows-1251 undeclared", body: encode(charmap.Windows1251, feed(plain, russian)), want: russian},
		{name: "koi8-r undeclared", body: encode(charmap.KOI8R, feed(plain, russian)), want: russian},
		{name: "windows-1256 declared", body: encode(charmap.Windows1256, feed(`<?xml version="1.0" encoding='windows-1256'?>`, arabic)), want: arabic},
		{name: "windows-1256 undeclared", body: encode(charmap.Windows1256, feed(plain, arabic)), want: arabic},
		{name: "windows-1255 undeclared", body: encode(charmap.Windows1255, feed(plain, hebrew)), want: hebrew},
		{name: "bogus label", body: encode(charmap.Windows1251, feed(`<?xml version="1.0" encoding="x-unknown"?>`, russian)), want: russian},
		{name: "GB18030 declared", body: encode(simplifiedchinese.GB18030, feed(`<?xml version="1.0" encoding="gb2312"?>`, "双方同意停火")), want: "双方同意停火"},
		{name: "ISO-2022-JP declared", body: encode(japanese.ISO2022JP, feed(`<?xml version="1.0" encoding="iso-2022-jp"?>`, "停戦に合意")), want: "停戦に合意"},
		{name: "one broken byte in UTF-8", body: feed(plain, french+" \xff"+arabic), want: french + " \uFFFD" + arabic},
		{name: "NULs and control characters", body: feed(plain, "A\x00 ceasefire\x0b &#0;&#x1F;holds&#xFFFF;"), want: "A ceasefire holds"},
		{name: "forbidden character U+FFFF", body: feed(plain, "holds\uFFFF"), want: "holds"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse([]byte(tt.body), tt.contentType, "")
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Items) != 1 || got.Items[0].Title != tt.want {
				t.Errorf("got %+v, want the title %q", got.Items, tt.want)
			}
		})
	}
}

func TestParseReadsWhatPublishersBreak(t *testing.T) {
	item := func(title string) string {
		return "<item><title>" + title + "</title><guid>" + title + "</guid></item>"
	}
	whole := `<rss version="2.0"><channel><title>x</title>` + item("One") + item("Two") + `</channel></rss>`
	tests := []struct {
		name, body string
		want       []string
	}{
		{name: "white space before the declaration", body: "\n\n  <?xml version='1.0'?>" + whole, want: []string{"One", "Two"}},
		{name: "PHP warning before the declaration", body: "<br />\n<b>Warning</b>: mysql_connect() in <b>/srv/db.php</b> on line <b>3</b><br />\n<?xml version='1.0'?>" + whole, want: []string{"One", "Two"}},
		{name: "text before the root", body: "Notice: undefined index\n" + whole, want: []string{"One", "Two"}},
		{name: "comment of 10 kB before the root", body: "<?xml version='1.0'?><!-- " + strings.Repeat("licence <rss> ", 800) + "-->" + whole, want: []string{"One", "Two"}},
		{name: "junk after the root", body: whole + "<!-- cached --></div><script>x</script>", want: []string{"One", "Two"}},
		{name: "cut inside the third entry", body: strings.TrimSuffix(whole, "</channel></rss>") + "<item><title>Thr", want: []string{"One", "Two"}},
		{name: "cut inside CDATA", body: strings.TrimSuffix(whole, "</channel></rss>") + "<item><description><![CDATA[<p>Thr", want: []string{"One", "Two"}},
		{name: "cut inside a tag", body: strings.TrimSuffix(whole, "</channel></rss>") + `<item><enclosure url="http`, want: []string{"One", "Two"}},
		{name: "Atom cut", body: `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>x</a:title><a:entry><a:id>1</a:id><a:title>One</a:title></a:entry><a:entry><a:ti`, want: []string{"One"}},
		{name: "RDF cut", body: `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>x</title></channel><item><title>One</title></item><item>`, want: []string{"One"}},
		{name: "JSON Feed with a null entry", body: `{"version":"https://jsonfeed.org/version/1","items":[null,{"id":"1","title":"One"},null]}`, want: []string{"One"}},
		{name: "HTML entities without a DTD", body: `<rss version="2.0"><channel><item><title>Caf&eacute; &ndash; d&eacute;j&agrave; vu&nbsp;&amp; more</title></item></channel></rss>`, want: []string{"Café – déjà vu & more"}},
		{name: "bare ampersand", body: `<rss version="2.0"><channel><item><title>Smith & Sons</title></item></channel></rss>`, want: []string{"Smith & Sons"}},
		{name: "markup in a title", body: `<rss version="2.0"><channel><item><title><![CDATA[<b>Truce</b>  holds&#8217;]]></title></item></channel></rss>`, want: []string{"Truce holds’"}},
		{name: "entity definitions are not expanded", body: `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>x &a; &b;</title></item></channel></rss>`, want: []string{"x &a; &b;"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse([]byte(tt.body), "", "")
			if err != nil {
				t.Fatal(err)
			}
			var have []string
			for _, e := range got.Items {
				have = append(have, e.Title)
			}
			if diff := cmp.Diff(tt.want, have); diff != "" {
				t.Error(diff)
			}
			if cutOff := strings.Contains(tt.name, "cut"); cutOff != (got.Repaired != "") {
				t.Errorf("Repaired = %q", got.Repaired)
			}
		})
	}
}

func TestParseNamesWhatIsNoFeed(t *testing.T) {
	tests := []struct {
		name, body string
		want       error
	}{
		{name: "empty", body: "", want: ErrEmpty},
		{name: "white space", body: " \n\t\ufeff", want: ErrEmpty},
		{name: "web page", body: "<!DOCTYPE html>\n<html lang=en><head><title>Gazette</title></head></html>", want: ErrHTML},
		{name: "web page without a doctype", body: "<HTML><BODY>Not found</BODY></HTML>", want: ErrHTML},
		{name: "web page that quotes a feed", body: "<!doctype html><body><pre><rss version=\"2.0\"></rss></pre>", want: ErrHTML},
		{name: "fragment of a page", body: "<div class=error>Bad request</div>", want: ErrHTML},
		{name: "XHTML", body: `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>`, want: ErrHTML},
		{name: "Cloudflare", body: `<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script src="/cdn-cgi/challenge-platform/x.js"></script></body></html>`, want: ErrBrowserCheck},
		{name: "captcha", body: `<html><body><div class="g-recaptcha" data-sitekey="x"></div></body></html>`, want: ErrBrowserCheck},
		{name: "plain words", body: "Invalid url", want: ErrNotFeed},
		{name: "OPML", body: `<?xml version="1.0"?><opml version="2.0"><body/></opml>`, want: ErrNotFeed},
		{name: "sitemap", body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>`, want: ErrNotFeed},
		{name: "other XML", body: `<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>`, want: ErrNotFeed},
		{name: "other JSON", body: `{"error":"not found"}`, want: ErrNotFeed},
		{name: "JSON list", body: `[1,2]`, want: ErrNotFeed},
		{name: "broken JSON", body: `{"version":"https://jsonfeed.org/version/1","items":[{]}`, want: ErrBroken},
		{name: "broken XML", body: `<rss version="2.0"><channel><item><title>x</rss`, want: ErrBroken},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.body), "", "")
			if !errors.Is(err, tt.want) {
				t.Fatalf("Parse = %v, want %v", err, tt.want)
			}
			if strings.ContainsAny(err.Error(), "\n\r") {
				t.Errorf("%q is not one line", err)
			}
		})
	}
}

func TestPlainTextReadsLikeThePage(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{name: "plain", html: "Two  sides\n agree.", want: "Two sides\nagree."},
		{name: "paragraphs", html: "<p>One.</p>\n\n<p>Two&nbsp;words.</p>", want: "One.\nTwo words."},
		{name: "inline", html: "At <b>least</b> <a href='x'>19</a> died<sup>1</sup>.", want: "At least 19 died1."},
		{name: "list", html: "<ul><li>Aid<li>Prisoners</ul>", want: "Aid\nPrisoners"},
		{name: "scripts and styles", html: "A<script>if (a<b) {}</script><style>p{}</style>B", want: "AB"},
		{name: "unclosed script", html: "A<script>rest", want: "A"},
		{name: "less than", html: "5 < 6 and 7 > 6", want: "5 < 6 and 7 > 6"},
		{name: "WordPress tail", html: "<p>News.</p><p>The post <a href=x>News</a> appeared first on <a href=y>Gazette</a>.</p>", want: "News."},
		{name: "soft hyphen and zero width", html: "cease\u00adfire\u200b holds", want: "ceasefire holds"},
		{name: "Arabic joiners stay", html: "می\u200cشود", want: "می\u200cشود"},
		{name: "entities twice", html: "It&#8217;s &lt;b&gt; &amp;amp;", want: "It’s <b> &amp;"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plainText(tt.html); got != tt.want {
				t.Errorf("plainText(%q) = %q, want %q", tt.html, got, tt.want)
			}
		})
	}
}

func TestLinksLoseUserInfoAndOddSchemes(t *testing.T) {
	for link, want := range map[string]string{
		"https://gazette.example@evil.example/x": "https://evil.example/x",
		"javascript:alert(1)":                    "",
		"data:text/html,x":                       "",
		"//cdn.example/x":                        "https://cdn.example/x",
	} {
		feed, err := Parse([]byte(rssOf(rssItem("1", link, "One", "", noon()))), "", "https://g.example/feed")
		if err != nil || feed.Items[0].Link != want {
			t.Errorf("link %q = %q, %v; want %q", link, feed.Items[0].Link, err, want)
		}
	}
}
