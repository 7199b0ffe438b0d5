package news

import (
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// maxLinkRunes bounds the address of a link: with three of them a message must stay
// within Discord's 2,000 characters.
const maxLinkRunes = 900

// link is the link to an item, "[Outlet · host](<https://…>)", with the host that the
// address really has. Where the address is not a plain https one the label stands
// alone: a link that is not what it shows is worse than none.
func (w *Writer) link(b *book, outlet OutletID, address string) string {
	o, known := w.cat.Outlet(outlet)
	target := linkTarget(address)
	host := hostOf(target)
	name := feedName(outletName(o.Name), maxNameRunes)
	switch {
	case name == "" || !known && host != "" && strings.EqualFold(outletName(o.Name), strings.TrimPrefix(host, "www.")):
		name = escape(host)
	case host != "":
		name += " · " + escape(host)
	}
	if b.RTL {
		name = isolate(name) // or two links in a row would read from left to right
	}
	if host == "" {
		return name
	}
	return "[" + name + "](<" + target + ">)"
}

// linkTarget is an address fit to stand in a link, or empty: https only, no user
// part, no port but the usual one, and nothing in it that could end the link early.
func linkTarget(address string) string {
	rest, ok := cutPrefixFold(strings.TrimSpace(address), "https://")
	if !ok {
		return ""
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host, err := idna.Lookup.ToASCII(strings.TrimSuffix(strings.ToLower(rest[:end]), ":443"))
	if err != nil || !plainHost(host) {
		return ""
	}
	target := "https://" + host + escapePath(rest[end:])
	if len(target) > maxLinkRunes {
		return ""
	}
	return target
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// plainHost reports whether host is a name of letters, digits, hyphens and dots with
// a top-level domain that is not a number.
func plainHost(host string) bool {
	for _, r := range host {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.' {
			return false
		}
	}
	at := strings.LastIndexByte(host, '.')
	return at > 0 && at < len(host)-1 && host[at+1] > '9'
}

// escapePath percent-encodes what could end a link or hide in it.
func escapePath(s string) string {
	const hex = "0123456789ABCDEF"
	var out strings.Builder
	for _, c := range []byte(s) {
		if c > ' ' && c < unicode.MaxASCII && !strings.ContainsRune("<>()[]\"\\`|*_~{}^", rune(c)) || c == '_' {
			out.WriteByte(c)
			continue
		}
		out.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return out.String()
}

// hostOf is the host of a link target.
func hostOf(target string) string {
	rest, ok := strings.CutPrefix(target, "https://")
	if !ok {
		return ""
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		return rest[:end]
	}
	return rest
}

// affiliated is a link with the affiliation of a state-tied outlet beside it.
func (w *Writer) affiliated(b *book, outlet OutletID, link string) string {
	o, _ := w.cat.Outlet(outlet)
	if o.Affiliation == "" || len(o.Sides) == 0 && !stateTied(o.Affiliation) {
		return link
	}
	return b.text("affiliated", values{"link": link, "affiliation": feedName(o.Affiliation, maxNameRunes)})
}

// stateTied reports whether a catalogue's affiliation says that a state or a side
// owns, funds or directs the outlet.
func stateTied(affiliation string) bool {
	return matchesAny(spaced(affiliation), needles([]string{"state", "government", "ministry", "official", "agency", "party", "army"}))
}

// links are those to a development's items, one per outlet, the first told first; the
// outlet of the lead claim stands at the front. At most the given number.
func (w *Writer) links(b *book, d Development, lead Claim, most int) []string {
	cites := []Cite{lead.Cite}
	for _, m := range d.Mentions {
		if m.Item == lead.Cite.Item || lead.Cite.Item == "" {
			cites[0] = m.Cite
			break
		}
	}
	for _, m := range d.Mentions {
		cites = append(cites, m.Cite)
	}
	var out []string
	seen := make(map[OutletID]bool)
	for _, c := range cites {
		if c.URL == "" && c.Outlet == "" || seen[c.Outlet] || len(out) == most {
			continue
		}
		seen[c.Outlet] = true
		out = append(out, w.affiliated(b, c.Outlet, w.link(b, c.Outlet, c.URL)))
	}
	return out
}
