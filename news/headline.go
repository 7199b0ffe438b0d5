package news

import (
	"strings"

	"trucewire/news/lexicon"
)

// Marks that part a headline from the name of its outlet or section.
func titleMarks() []string { return []string{" | ", " « ", " - ", " – ", " — ", " :: ", " · "} }

// maxOutletWords is how many words the name of an outlet behind a headline may have.
const maxOutletWords = 5

// headline is a title without the name of the outlet that feeds write behind it:
// "Truce holds - Meridian News", "Truce holds « Incidents | Wire.NET". An author's
// name stays: it marks a column.
func headline(title, outlet string) string {
	for range 2 {
		at, mark := -1, ""
		for _, m := range titleMarks() {
			if i := strings.LastIndex(title, m); i > at {
				at, mark = i, m
			}
		}
		if at <= 0 || !ofOutlet(strings.TrimSpace(title[at+len(mark):]), outlet, mark) {
			return title
		}
		title = strings.TrimSpace(title[:at])
	}
	return title
}

// ofOutlet reports whether what stands behind a mark names the outlet, a site, or a
// section (an opening guillemet that nothing closes).
func ofOutlet(suffix, outlet, mark string) bool {
	words := strings.Fields(suffix)
	if len(words) == 0 || len(words) > maxOutletWords {
		return false
	}
	if mark == " « " {
		return !strings.Contains(suffix, "»")
	}
	last := words[len(words)-1]
	if i := strings.IndexByte(last, '.'); len(words) == 1 && i > 0 && i < len(last)-1 {
		return true // a host name
	}
	name := strings.ReplaceAll(lexicon.Fold(suffix), " ", "")
	host := strings.NewReplacer("www.", "", ".", "", "-", "", " ", "").Replace(lexicon.Fold(outlet))
	return len(name) >= 3 && host != "" && strings.Contains(host, name)
}
