package news_test

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// fataler is a test of package testing or rapid.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

var (
	ownLinks    = regexp.MustCompile(`\[((?:[^\[\]\\\n]|\\.)*)\]\(<(https://[^<>\s()]*)>\)`)
	ownTimes    = regexp.MustCompile(`<t:\d+:f>`)
	activeParts = regexp.MustCompile(`(?i)@everyone|@here|<@|<#|</|<a?:\w+:\d|<t:\d|<id:\w|https?://|discord\.gg|www\.evil`)
)

// harmless fails where a text has a mention, a link or a mark of markdown that is not
// the writer's own. It parses the text by itself, as Discord would.
func harmless(t fataler, name, text string) {
	t.Helper()
	for _, m := range ownLinks.FindAllStringSubmatch(text, -1) {
		if !strings.HasPrefix(m[2], "https://ours.example/") && !strings.Contains(m[2], "courier.example/") && !strings.Contains(m[2], "harbourpost.example/") &&
			!strings.Contains(m[2], "arabnews.com") && !strings.Contains(m[2], "libyaobserver.ly") && !strings.Contains(m[2], "menafn.com") {
			t.Fatalf("%s links to %s:\n%s", name, m[2], text)
		}
		if !strings.Contains(strings.ReplaceAll(m[1], `\`, ""), strings.SplitN(strings.TrimPrefix(m[2], "https://"), "/", 2)[0]) {
			t.Fatalf("%s: the label %q hides the host of %s", name, m[1], m[2])
		}
	}
	bare := ownTimes.ReplaceAllString(ownLinks.ReplaceAllString(text, ""), "")
	if m := activeParts.FindString(strings.ReplaceAll(bare, `\`, "")); m != "" {
		t.Fatalf("%s has an active %q:\n%s", name, m, text)
	}
	rest := regexp.MustCompile(`(?s)\\.`).ReplaceAllString(bare, "x")
	for _, mark := range []string{"`", "||", "__", "[", "]("} {
		if strings.Contains(strings.ReplaceAll(rest, "[…]", ""), mark) {
			t.Fatalf("%s has markdown %q that is not its own:\n%s", name, mark, text)
		}
	}
	if strings.Count(rest, "**")%2 != 0 || strings.Count(rest, "~~")%2 != 0 {
		t.Fatalf("%s has a mark that does not close:\n%s", name, text)
	}
	for _, line := range strings.Split(rest, "\n") {
		if strings.HasPrefix(line, ">") || strings.HasPrefix(line, "#") {
			t.Fatalf("%s has a line that begins with a mark:\n%s", name, text)
		}
	}
	if strings.ContainsAny(text, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u200b\x00") || !utf8.ValidString(text) {
		t.Fatalf("%s has control characters:\n%q", name, text)
	}
	if strings.Count(text, "\u2068") != strings.Count(text, "\u2069") {
		t.Fatalf("%s has an isolate that does not close:\n%q", name, text)
	}
}

// seenRunes counts what a reader sees, apart from how the writer does.
func seenRunes(text string) int {
	text = ownLinks.ReplaceAllString(text, "$1")
	text = ownTimes.ReplaceAllString(text, "10 June 2020 10:42")
	text = strings.NewReplacer("**", "", "~~", "", "-# ", "", "\u2068", "", "\u2069", "").Replace(text)
	return utf8.RuneCountInString(regexp.MustCompile(`\\(.)`).ReplaceAllString(text, "$1"))
}
