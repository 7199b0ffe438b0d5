package news_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"trucewire/news"
)

// The audit repeats the promise about quotations without the writer's own means: what
// stands between quotation marks is in an item byte for byte, and nothing else is for
// more than eight words.

// quotation is what stands between the marks of any book, the outer ones first.
var quotation = regexp.MustCompile(`"[^"]*"|“[^”]*”|«[^»]*»`)

// markdown is what a reader does not see.
var markdown = regexp.MustCompile(`\\([^\s\p{L}\p{N}])`)

// auditQuotes parts a text into its own words and its quotations as a reader sees them.
func auditQuotes(text string) (own string, quotes []string) {
	text = ownLinks.ReplaceAllString(text, "")
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(line, "-# ") {
			continue
		}
		for _, q := range quotation.FindAllString(line, -1) {
			runes := []rune(markdown.ReplaceAllString(q, "$1"))
			quotes = append(quotes, string(runes[1:len(runes)-1]))
		}
		own += quotation.ReplaceAllString(line, " | ") + " | "
	}
	return own, quotes
}

// holdsBytes reports whether title or text of an item hold every uncut part of a
// quotation byte for byte.
func holdsBytes(it news.Item, quote string) bool {
	for _, text := range []string{it.Title, it.Text} {
		held := true
		for _, part := range strings.Split(quote, "[…]") {
			held = held && strings.Contains(text, strings.TrimSpace(part))
		}
		if held {
			return true
		}
	}
	return false
}

// auditRun finds nine words in a row that own text shares with an item.
func auditRun(own string, items []news.Item) string {
	theirs := make(map[string]bool)
	for _, it := range items {
		for _, text := range []string{it.Title, it.Text} {
			words := plainWords(text)
			for i := 0; i+9 <= len(words); i++ {
				theirs[strings.Join(words[i:i+9], " ")] = true
			}
		}
	}
	for _, part := range strings.Split(own, "|") {
		words := plainWords(part)
		for i := 0; i+9 <= len(words); i++ {
			if run := strings.Join(words[i:i+9], " "); theirs[run] {
				return run
			}
		}
	}
	return ""
}

func plainWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func TestTheAuditSeesWhatItIsFor(t *testing.T) {
	it := harbourItem()
	own, quotes := auditQuotes("**Libya · Talks** – A reported: \"We are worried \\*by\\* word\" and “no”.\n-# \"small\"")
	if len(quotes) != 2 || quotes[0] != "We are worried *by* word" || strings.Contains(own, "worried") || strings.Contains(own, "small") {
		t.Errorf("own %q, quotes %q", own, quotes)
	}
	if !holdsBytes(it, "We are worried by word of more fighters […] near Sirte") || holdsBytes(it, "We are worried by words") {
		t.Error("holdsBytes does not tell what is in the item")
	}
	if run := auditRun("so fighters were beaten back from the air, a military source of note", []news.Item{it}); run == "" {
		t.Error("nine words of an item went unseen")
	}
}
