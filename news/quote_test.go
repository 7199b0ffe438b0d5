package news

import (
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"pgregory.net/rapid"
)

// testBook is a compiled phrase book that ships.
func testBook(t testing.TB, lang string) *book {
	t.Helper()
	raw, err := os.ReadFile("../config/catalogue/phrases/" + lang + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	var p PhraseBook
	if err := yaml.UnmarshalWithOptions(raw, &p, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	b, err := compileBook(p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSanitiseKeepsTextAsItsScriptIsWritten(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"Arabic with vowel signs and tatweel", "وَقَّعَ الطَّرَفانِ هُدنةً في طرابـلس"},
		{"Arabic with a direction mark beside it", "الهدنة\u200f (72 ساعة)"},
		{"Persian with a zero-width non-joiner", "آتش‌بس برقرار می‌شود"},
		{"Hebrew with points", "הַפְסָקַת אֵשׁ"},
		{"Hindi with a joiner", "युद्धविराम क्\u200dष"},
		{"French with a no-break space", "« trêve »\u00a0: accord"},
		{"Ukrainian with an apostrophe", "перемир'я"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := sanitise(tt.text); got != tt.text {
				t.Errorf("sanitise(%q) = %q", tt.text, got)
			}
		})
	}
}

func TestSanitiseDropsWhatCouldMoveOrHideText(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"right-to-left override", "truce \u202eslaf\u202c agreed", "truce slaf agreed"},
		{"isolates", "a\u2066b\u2067c\u2068d\u2069e", "abcde"},
		{"embedding in Arabic", "\u202bهدنة\u202c", "هدنة"},
		{"zero-width space in a mention", "@\u200beveryone", "@everyone"},
		{"joiner between Latin letters", "cease\u200dfire", "ceasefire"},
		{"direction mark among Latin letters", "cease\u200efire", "ceasefire"},
		{"soft hyphen and byte order mark", "\ufeffcease\u00adfire", "ceasefire"},
		{"tag characters", "flag\U000e0067\U000e0062", "flag"},
		{"variation selectors", "a\ufe0f\ufe0fb", "ab"},
		{"controls", "a\x00b\x1b[31mc\x7f", "ab[31mc"},
		{"private use", "a\ue000b", "ab"},
		{"invalid UTF-8", "a\xff\xfeb", "ab"},
		{"a stack of marks", "z" + strings.Repeat("\u0335", 30) + "x", "z" + strings.Repeat("\u0335", 4) + "x"},
		{"enclosing marks are marks", "a" + strings.Repeat("\u20dd", 9), "a" + strings.Repeat("\u20dd", 4)},
		{"line breaks", "a\r\nb\u2028c", "a  b c"},
		{"decomposed letters", "tre\u0302ve", "trêve"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := sanitise(tt.text); got != tt.want {
				t.Errorf("sanitise(%q) = %q, want %q", tt.text, got, tt.want)
			}
		})
	}
}

func TestQuotedIsVerbatimAndMarked(t *testing.T) {
	b := testBook(t, "en")
	for _, tt := range []struct{ name, raw, lang, want string }{
		{"as it is", "Rivals sign truce", "en", `"Rivals sign truce"`},
		{"quotation marks inside", `Envoy: "we are close"`, "en", `“Envoy: "we are close"”`},
		{"curly marks inside", "Envoy: “we are close”", "en", `"Envoy: “we are close”"`},
		{"both kinds inside", `They said "yes" and “no” to it`, "en", `“They said "yes" and […]”`},
		{"another language", "توقيع هدنة في سرت", "ar", "\u2068\"توقيع هدنة في سرت\"\u2069 (in Arabic)"},
		{"another language in the same script", "Une trêve est signée", "fr", `"Une trêve est signée" (in French)`},
		{"markdown", "**Truce** _signed_ ~~now~~ `x` ||y|| [z]", "en", `"\*\*Truce\*\* \_signed\_ \~\~now\~\~ \` + "`x\\`" + ` \|\|y\|\| \[z\]"`},
		{"an address", "Truce signed, see https://evil.example/x for more", "en", `"Truce signed, see […]"`},
		{"a masked link", "[Truce](https://evil.example/x) is signed at last", "en", `"[…] is signed at last"`},
		{"an invite", "Truce talks at discord.gg/abc today", "en", `"Truce talks at […]"`},
		{"everyone", "@everyone the truce is signed", "en", `"[…] the truce is signed"`},
		{"everyone behind a control character", "@\u202eeveryone the truce is signed", "en", `"[…] the truce is signed"`},
		{"a member", "Truce says <@!123456789012345678> in Sirte", "en", `"Truce says […]"`},
		{"a time", "Truce from <t:1591797900:R> in Sirte today", "en", `"[…] in Sirte today"`},
		{"an exclamation mark", "Peace at last! The sides agree on a truce", "en", `"[…] The sides agree on a truce"`},
		{"a flag", "🇱🇾 Libya talks begin", "en", `"[…] Libya talks begin"`},
		{"two lines", "Talks begin\nThe two sides meet in Geneva", "en", `"[…] The two sides meet in Geneva"`},
		{"nothing but an address", "https://evil.example/x", "en", ""},
		{"nothing", " \u200b ", "en", ""},
		{"cut at a word, not behind a comma", strings.Repeat("one two, ", 20), "en", `"` + strings.Repeat("one two, ", 11) + `one […]"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := b.quoted(tt.raw, tt.lang, maxQuoteWords); got != tt.want {
				t.Errorf("quoted(%q)\n got %q\nwant %q", tt.raw, got, tt.want)
			}
		})
	}
}

func TestQuotedScriptsWithoutSpacesAreCutToo(t *testing.T) {
	got := testBook(t, "en").quoted(strings.Repeat("双方同意停火", 40), "zh", maxQuoteWords)
	if n := utf8.RuneCountInString(got); n == 0 || n > 60 || !strings.Contains(got, ellipsis) {
		t.Errorf("%d runes: %q", n, got)
	}
	if got := testBook(t, "en").quoted(strings.Repeat("a", 5000), "en", maxQuoteWords); got != "" {
		t.Errorf("an endless word was quoted: %.40q…", got)
	}
}

func TestQuotedNeverLeavesItsPlace(t *testing.T) {
	b := testBook(t, "en")
	rapid.Check(t, func(t *rapid.T) {
		raw := hostileText().Draw(t, "raw")
		got := b.quoted(raw, "en", maxQuoteWords)
		if got == "" {
			return
		}
		if hostileToken.MatchString(got) {
			t.Fatalf("hostile token in %q", got)
		}
		plain := plainText(got)
		if n := len(strings.Fields(strings.ReplaceAll(plain, ellipsis, ""))); n > maxQuoteWords {
			t.Fatalf("%d words in %q", n, got)
		}
		for _, part := range strings.Split(strings.Trim(plain, `"“”`), ellipsis) {
			if !strings.Contains(sanitise(lineBreaks.ReplaceAllString(raw, "  ")), strings.TrimSpace(part)) {
				t.Fatalf("%q is not in %q", part, raw)
			}
		}
		for _, r := range got {
			if unicode.Is(unicode.Cc, r) || strings.ContainsRune("\u202a\u202b\u202c\u202d\u202e\u2066\u2067", r) {
				t.Fatalf("control %U in %q", r, got)
			}
		}
	})
}

// hostileText draws text that tries to leave its place.
func hostileText() *rapid.Generator[string] {
	token := rapid.SampledFrom([]string{
		"@everyone", "@here", "<@123>", "<@&9>", "<#1>", "</ask:1>", "<:e:1>", "<t:1:R>", "https://evil.example/a", "http://x.y",
		"[a](https://b.example)", "discord.gg/x", "discord.com/invite/x", "www.evil.example", "javascript:alert(1)", "**", "__", "~~", "||",
		"`", "```\n", "> ", "# ", "-# ", "\\", "\u202e", "\u2066", "\u2069", "\u200b", "\u0335\u0335\u0335\u0335\u0335\u0335", `"`, "“", "”", "«", "]", "](<", ">)", "(", ")",
		"truce", "talks", "Sirte", "19", "killed", "هدنة", "سرت", "הפסקת אש", "停火", "!", "🇱🇾", "\n", "  ", "\t", "\x00", "\xff", ":smile:", "@", "<", ">",
	})
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(token, rapid.String()), 0, 30).Draw(t, "parts")
		return strings.Join(parts, rapid.SampledFrom([]string{" ", ""}).Draw(t, "glue"))
	})
}

func TestSpokenTakesWhatTheItemQuotes(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{`"We want this truce to last", the envoy said.`, "We want this truce to last"},
		{"The envoy said: “we want this truce to last”.", "we want this truce to last"},
		{"L'émissaire a dit « nous voulons que cette trêve dure ».", "nous voulons que cette trêve dure"},
		{`A "so-called" truce, he said.`, ""},
		{"No quotation at all.", ""},
	} {
		if got := spoken(tt.text); got != tt.want {
			t.Errorf("spoken(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestADatelineIsNotQuoted(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"PORT ALBA, March 4 (Newswire) - The two sides met.", "The two sides met."},
		{"PORT ALBA | Mon Mar 4 , 2013 -LRB- Newswire -RRB- - The two sides met.", "The two sides met."},
		{"The two sides (the army and the rebels) met - and parted.", "The two sides (the army and the rebels) met - and parted."},
		{"They met. Then the army (of the north) - as it says - left.", "They met. Then the army (of the north) - as it says - left."},
	} {
		if got := afterDateline(tt.text); got != tt.want {
			t.Errorf("afterDateline(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestLinkTargetAcceptsPlainHTTPSOnly(t *testing.T) {
	for _, tt := range []struct{ address, want string }{
		{"https://post.example/a?b=c&d=e#f", "https://post.example/a?b=c&d=e#f"},
		{"HTTPS://Post.Example:443/A", "https://post.example/A"},
		{"https://post.example/a)b>c<d]e f", "https://post.example/a%29b%3Ec%3Cd%5De%20f"},
		{"https://post.example/خبر", "https://post.example/%D8%AE%D8%A8%D8%B1"},
		{"https://пример.example/", "https://xn--e1afmkfd.example/"},
		{"http://post.example/", ""},
		{"https://user:pass@post.example/", ""},
		{"https://post.example:8443/", ""},
		{"https://127.0.0.1/", ""},
		{"https://[::1]/", ""},
		{"https://localhost/", ""},
		{"javascript:alert(1)", ""},
		{"https://", ""},
		{"https://post.example/" + strings.Repeat("a", 2000), ""},
		{"", ""},
	} {
		if got := linkTarget(tt.address); got != tt.want {
			t.Errorf("linkTarget(%.60q) = %q, want %q", tt.address, got, tt.want)
		}
	}
}

func TestPlainIsPlain(t *testing.T) {
	got := Plain("**x** <@1> @everyone https://a.example\n# y")
	if want := `\*\*x\*\* […] […] […] # y`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
