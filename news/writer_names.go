package news

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	textlang "golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/unicode/norm"

	"trucewire/news/lexicon"
)

// nameSort is what a known name is the name of.
type nameSort int

const (
	nameParty nameSort = iota
	namePerson
	nameBody
	nameCountry
	nameOutlet
)

// knownName is what a name in an item stands for.
type knownName struct {
	sort  nameSort
	party PartyID           // of a party, or the party a person speaks for
	text  string            // as printed
	i18n  map[string]string // by language
}

// nameBook finds what names stand for. It is read-only after newNameBook.
type nameBook struct {
	parties   map[PartyID]Party
	known     map[string]knownName // by folded name
	places    map[string]string    // folded → as the catalogue names it, folded
	local     map[string]string    // language and the catalogue's name of a place → its own
	countries map[string]string    // English names by ISO 3166 code
}

// newNameBook collects the names of the catalogue and of all countries. Where a name
// has two meanings the first of party, person, body, country, outlet counts.
func newNameBook(cat *Catalogue) *nameBook {
	n := &nameBook{parties: make(map[PartyID]Party), known: make(map[string]knownName), places: make(map[string]string), local: make(map[string]string), countries: make(map[string]string)}
	for _, c := range cat.known() {
		n.addConflict(c)
	}
	for _, b := range cat.Bodies {
		n.addBody(b.Name, b.Name, b.Aliases, b.I18n)
	}
	for _, c := range cat.known() {
		for _, raw := range slices.Concat(c.Mediators, c.Mechanisms) {
			n.addMediator(raw)
		}
	}
	states := stateParties(cat)
	for _, p := range cat.Packs {
		n.addPack(cat, p, states)
	}
	n.addCountries(cat.Phrases)
	for _, o := range cat.Outlets {
		n.add(o.Name, knownName{sort: nameOutlet, text: o.Name})
	}
	return n
}

func (n *nameBook) add(name string, k knownName) {
	key := foldName(name)
	if _, taken := n.known[key]; !taken && key != "" {
		n.known[key] = k
	}
}

func (n *nameBook) addConflict(c Conflict) {
	for _, p := range c.Parties {
		if p.Name == "" {
			continue // defined under another conflict and not resolved
		}
		n.parties[p.ID] = p
		k := knownName{sort: nameParty, party: p.ID}
		for _, name := range slices.Concat(strings.Split(p.Name, " / "), []string{p.Name, p.Short}, p.Acronyms, p.Aliases) {
			n.add(name, k)
		}
		for _, lang := range sortedKeys(p.I18n) {
			for _, name := range p.I18n[lang] {
				n.add(name, k)
			}
		}
		for _, person := range p.People {
			person = beforeBracket(person)
			n.add(person, knownName{sort: namePerson, party: p.ID, text: person})
		}
	}
	for _, place := range c.Places {
		spellings := strings.Split(place, " / ")
		for _, spelling := range spellings {
			n.places[foldName(spelling)] = foldName(spellings[0])
		}
	}
	for _, lang := range sortedKeys(c.PlacesI18n) {
		for _, place := range c.PlacesI18n[lang] {
			n.places[foldName(place)] = foldName(place)
		}
	}
}

// addPack collects the names that entries of the catalogue have in one language.
func (n *nameBook) addPack(cat *Catalogue, p lexicon.Pack, states map[string][]PartyID) {
	for _, id := range sortedKeys(p.Names) {
		for _, name := range p.Names[id] {
			n.addTranslated(cat, id, strings.NewReplacer("*", "", exactMark, "").Replace(name))
		}
		if place, ok := strings.CutPrefix(id, "place/"); ok && len(p.Names[id]) > 0 {
			n.local[p.Lang+" "+foldName(place)] = strings.NewReplacer("*", "", exactMark, "").Replace(p.Names[id][0])
		}
	}
	for _, code := range sortedKeys(p.Countries) {
		for _, party := range states[code] {
			n.add(p.Countries[code][0], knownName{sort: nameParty, party: party})
		}
	}
}

// addTranslated adds one name of the entry with an id as packs write it.
func (n *nameBook) addTranslated(cat *Catalogue, id, name string) {
	sort, of, ok := strings.Cut(id, "/")
	switch {
	case !ok:
		if _, known := n.parties[PartyID(id)]; known {
			n.add(name, knownName{sort: nameParty, party: PartyID(id)})
		}
	case sort == "person" || sort == "mechanism":
		if k, known := n.known[foldName(of)]; known {
			n.add(name, k)
		}
	case sort == "place":
		n.places[foldName(name)] = foldName(of)
	case sort == "body":
		for _, b := range cat.Bodies {
			if b.ID == of {
				n.add(name, n.known[foldName(b.Name)])
			}
		}
	}
}

func (n *nameBook) addBody(name, text string, aliases []string, i18n map[string][]string) {
	k := knownName{sort: nameBody, text: text, i18n: make(map[string]string, len(i18n))}
	for _, lang := range sortedKeys(i18n) {
		if len(i18n[lang]) > 0 {
			k.i18n[lang] = i18n[lang][0]
		}
	}
	for _, alias := range slices.Concat([]string{name}, aliases) {
		n.add(beforeBracket(alias), k)
	}
	for _, lang := range sortedKeys(i18n) {
		for _, alias := range i18n[lang] {
			n.add(alias, k)
		}
	}
}

// mediatorParts reads "UN Support Mission in Libya (UNSMIL; fr MANUL)".
var mediatorParts = regexp.MustCompile(`^([^()]+?)\s*(?:\((.*)\))?$`)

// mediatorAcronym is an acronym as such a list writes it.
var mediatorAcronym = regexp.MustCompile(`^[A-Z][A-Za-z-]*[A-Z]$`)

// addMediator reads a row of Conflict.Mediators or Mechanisms: a name and, in
// brackets, its acronym and its names in other languages.
func (n *nameBook) addMediator(raw string) {
	m := mediatorParts.FindStringSubmatch(raw)
	if m == nil {
		return
	}
	name, text := strings.TrimPrefix(m[1], "the "), strings.TrimPrefix(m[1], "the ")
	i18n := make(map[string][]string)
	var aliases []string
	for _, part := range strings.FieldsFunc(m[2], func(r rune) bool { return r == ';' || r == ',' }) {
		part = strings.TrimSpace(part)
		lang, local, ok := strings.Cut(part, " ")
		switch {
		case mediatorAcronym.MatchString(part) && text == name:
			text, aliases = part, append(aliases, part)
		case ok && len(lang) == 2 && strings.ToLower(lang) == lang:
			i18n[lang] = append(i18n[lang], local)
		}
	}
	n.addBody(name, text, aliases, i18n)
}

// addCountries adds the names that countries have in the languages of the books.
func (n *nameBook) addCountries(books map[string]PhraseBook) {
	namers := make(map[string]display.Namer, len(books))
	for _, lang := range sortedKeys(books) {
		if tag, err := textlang.Parse(lang); err == nil {
			namers[lang] = display.Regions(tag)
		}
	}
	for _, region := range countries() {
		k := knownName{sort: nameCountry, i18n: make(map[string]string, len(namers))}
		for lang, namer := range namers {
			k.i18n[lang] = namer.Name(region)
		}
		k.text = k.i18n[defaultLang]
		n.countries[region.String()] = k.text
		for _, lang := range sortedKeys(books) {
			n.add(k.i18n[lang], k)
			for _, further := range books[lang].Countries[region.String()] {
				n.add(further, k)
			}
		}
	}
}

// countries lists the countries of ISO 3166.
func countries() []textlang.Region {
	var all []textlang.Region
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := textlang.ParseRegion(string([]rune{a, b}))
			if err == nil && r.IsCountry() && r.Canonicalize() == r {
				all = append(all, r)
			}
		}
	}
	return all
}

// foldName makes names comparable: no case, no marks, one kind of space and
// apostrophe, no English article.
func foldName(s string) string {
	var out strings.Builder
	if !isASCII(s) {
		s = norm.NFKD.String(s)
	}
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 'ـ':
		case unicode.IsSpace(r), r == '-', r == '‑':
			out.WriteByte(' ')
		case r == '’', r == 'ʼ':
			out.WriteByte('\'')
		default:
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.TrimPrefix(strings.Join(strings.Fields(out.String()), " "), "the ")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] > unicode.MaxASCII {
			return false
		}
	}
	return true
}

// beforeBracket is s without what stands in brackets at its end.
func beforeBracket(s string) string {
	before, _, _ := strings.Cut(s, "(")
	return strings.TrimSpace(before)
}

// party is the short name of a party in the book's language, escaped. Empty for a
// party that the catalogue lacks.
func (w *Writer) party(b *book, id PartyID) string {
	p, ok := w.names.parties[id]
	if !ok {
		return ""
	}
	if local := p.I18n[b.Lang]; b.Lang != defaultLang && len(local) > 0 {
		short := max(0, slices.IndexFunc(local, acronymName))
		return escape(sanitise(local[short]))
	}
	name := p.Short
	if name == "" && len(p.Acronyms) == 1 && p.Type != "state" {
		name = p.Acronyms[0]
	}
	if name == "" {
		name = p.Name
	}
	return b.apart(w.withArticle(b, escape(sanitise(name))))
}

// partyNames are the short names of parties in the order of the alphabet.
func (w *Writer) partyNames(b *book, ids []PartyID) []string {
	var names []string
	for _, id := range ids {
		if name := w.party(b, id); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(x, y string) int { return strings.Compare(foldName(x), foldName(y)) })
	return names
}

// withArticle puts the article before names that take one in a sentence.
func (w *Writer) withArticle(b *book, name string) string {
	if slices.Contains(b.TheNames, name) {
		return b.text("article", values{"name": name})
	}
	return name
}

// conflict is how a headline names a conflict, escaped.
func (w *Writer) conflict(b *book, id ConflictID) string {
	c, ok := w.cat.Conflict(id)
	if !ok {
		return b.Texts["other_conflict"]
	}
	if local := c.Aliases[b.Lang]; b.Lang != defaultLang && len(local) > 0 {
		return escape(sanitise(local[0]))
	}
	return b.apart(escape(sanitise(cmp.Or(c.Short, c.Name))))
}

// arrangement is the name of an arrangement without its remarks, escaped; empty where
// the catalogue has none by that id.
func (w *Writer) arrangement(conflict ConflictID, id ArrangementID) string {
	c, ok := w.cat.Conflict(conflict)
	if !ok || id == "" {
		return ""
	}
	for _, a := range c.Arrangements {
		if a.ID == id {
			name, _, _ := strings.Cut(beforeBracket(a.Name), " / ")
			return escape(sanitise(name))
		}
	}
	return ""
}

// outlet is the name of an outlet, escaped, for a sentence.
func (w *Writer) outlet(id OutletID) string {
	o, _ := w.cat.Outlet(id)
	return feedName(outletName(o.Name), maxNameRunes)
}

// outletName is an outlet's name without a remark in brackets and, where a feed's host
// stands for it, without what only serves the feed.
func outletName(name string) string {
	if bare := beforeBracket(name); bare != "" {
		name = bare
	}
	if strings.ContainsRune(name, ' ') {
		return name
	}
	for _, prefix := range []string{"www.", "feeds.", "feed.", "rss."} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && strings.ContainsRune(rest, '.') {
			return rest
		}
	}
	return name
}

// maxNameRunes bounds names that come with a feed.
const maxNameRunes = 60
