package bot

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestPagesBreakAtTheBestPlace(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"short", "one page", []string{"one page"}},
		{"empty", "  ", []string{""}},
		{"paragraphs", "aaaa aaaa\n\nbbbb\nbbbb", []string{"aaaa aaaa", "bbbb\nbbbb"}},
		{"lines", "aaaa aa\nbbbb bbbb", []string{"aaaa aa", "bbbb bbbb"}},
		{"words", "aaaa aaaa bbbb", []string{"aaaa aaaa", "bbbb"}},
		{"one long word", strings.Repeat("x", 15), []string{strings.Repeat("x", 12), "xxx"}},
		{"a short heading does not make a page", "A\n\n" + strings.Repeat("b", 12), []string{"A\n\n" + strings.Repeat("b", 9), "bbb"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := pages(c.text, 12)
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("pages %q, want %q", got, c.want)
			}
		})
	}
}

func TestPagesKeepEveryRune(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab é ع😀\n \u200f"))).Draw(t, "text")
		limit := rapid.IntRange(2, 30).Draw(t, "limit")
		all := pages(text, limit)
		for _, p := range all {
			if size(p) > limit || !utf8.ValidString(p) {
				t.Fatalf("page %q of %d units, limit %d", p, size(p), limit)
			}
		}
		strip := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if strip(strings.Join(all, " ")) != strip(text) {
			t.Fatalf("pages %q lose text of %q", all, text)
		}
	})
}

func TestPagesMendBrokenText(t *testing.T) {
	for _, p := range pages("a\xffb", 10) {
		if !utf8.ValidString(p) {
			t.Errorf("page %q is not UTF-8", p)
		}
	}
}

func TestCutCountsRunes(t *testing.T) {
	if got := cut("ععععع", 3); got != "عع…" {
		t.Errorf("cut to %q", got)
	}
	if got := cut("عع", 2); got != "عع" {
		t.Errorf("cut to %q", got)
	}
}

// What a stranger wrote must stay text.
func TestEscapeTakesTheForceOut(t *testing.T) {
	for in, want := range map[string]string{
		"*bold* _it_ ~~s~~ ||sp|| `c`": `\*bold\* \_it\_ \~\~s\~\~ \|\|sp\|\| \` + "`c" + `\` + "`",
		"[x](https://evil.example)":    `\[x\]\(https://evil.example\)`,
		"# Heading\n> quote":           `\# Heading \> quote`,
		"ليبيا: محادثات":               "ليبيا: محادثات",
		"a\u202eb\u200bc":              "abc",
	} {
		if got := escape(in); got != want {
			t.Errorf("escape(%q) = %q, want %q", in, got, want)
		}
	}
	for _, in := range []string{"@everyone", "<@123>", "<@&123>", "<#5>", "@here"} {
		got := escape(in)
		if strings.Contains(got, "@everyone") || strings.Contains(got, "@here") || strings.HasPrefix(got, "<") {
			t.Errorf("escape(%q) = %q", in, got)
		}
	}
}
