package news

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"trucewire/news/lexicon"
)

// entityKind is what a name stands for.
type entityKind int

const (
	entParty entityKind = iota
	entPerson
	entAlias // of the conflict itself
	entPlace
	entCountry
	entBody
	entMechanism
	entArrangement
)

// entity is something with a name: many names may stand for one entity, and one
// entity may matter to several conflicts (Israel).
type entity struct {
	kind        entityKind
	id          string // "ly-gna", "country/LY", "un", place name
	name        string // as the catalogue names it
	party       PartyID
	class       SpeakerClass
	conflicts   []int // indexes into Catalogue.known
	arrangement ArrangementID
	armed       bool // a party that is no state or government
}

// name is one way an entity is written.
type name struct {
	entity  int
	capital bool // must begin with a capital where the script has them
	upper   bool // an acronym: all capitals, and only with a second signal
	surname bool // the last word of a person's name: only with a second signal
}

// nameTable is every name of the catalogue, ready to be found in one language.
type nameTable struct {
	matcher  *lexicon.Matcher
	names    []name
	entities []entity
}

// mention is a name found in an item: tokens first to last (inclusive).
type mention struct {
	first, last int
	entities    []int // indexes into nameTable.entities
	weak        bool  // an acronym or surname: counts only beside another signal
}

// findNames finds the catalogue's names; of overlapping ones the longest stands.
func (d *document) findNames() {
	d.mention = make([]int32, len(d.tokens))
	hits := d.names.matcher.Find(d.tokens, nil)
	hits = slices.DeleteFunc(hits, func(h lexicon.Hit) bool { return !d.written(h) })
	slices.SortStableFunc(hits, func(a, b lexicon.Hit) int {
		return cmp.Or(cmp.Compare(b.Last-b.First, a.Last-a.First), cmp.Compare(a.First, b.First), cmp.Compare(a.Class, b.Class))
	})
	for _, h := range hits {
		d.take(h)
	}
	slices.SortFunc(d.mentions, func(a, b mention) int { return cmp.Compare(a.first, b.first) })
	for i, m := range d.mentions {
		for t := m.first; t <= m.last; t++ {
			d.mention[t] = int32(i + 1)
		}
	}
}

// take adds a hit as a mention unless a longer name stands there already.
func (d *document) take(h lexicon.Hit) {
	n := d.names.names[h.Class]
	for t := h.First; t <= h.Last; t++ {
		k := d.mention[t]
		if k == 0 {
			continue
		}
		m := &d.mentions[k-1]
		if m.first != h.First || m.last != h.Last {
			return
		}
		if !slices.Contains(m.entities, n.entity) {
			m.entities = append(m.entities, n.entity)
			m.weak = m.weak && (n.upper || n.surname)
		}
		return
	}
	d.mentions = append(d.mentions, mention{first: h.First, last: h.Last, entities: []int{n.entity}, weak: n.upper || n.surname})
	for t := h.First; t <= h.Last; t++ {
		d.mention[t] = int32(len(d.mentions))
	}
}

// written checks the capitals of a name: "US" is no pronoun, "Chin" no part of a face.
func (d *document) written(h lexicon.Hit) bool {
	n := d.names.names[h.Class]
	t := d.tokens[h.First]
	if n.upper {
		return t.Upper || h.Last > h.First && t.Capital
	}
	return !n.capital || d.capitalIn(h.First, h.Last)
}

// capitalIn reports whether any word of a span is capitalised: "el-Fasher" begins small.
func (d *document) capitalIn(first, last int) bool {
	for i := first; i <= last; i++ {
		if d.tokens[i].Capital {
			return true
		}
	}
	return false
}

// nameBuilder collects names before they are put into a matcher per language.
type nameBuilder struct {
	entities []entity
	rows     []nameRow
	index    map[string]int
}

// nameRow is one written name; lang is empty for names of every language.
type nameRow struct {
	text string
	lang string
	name name
}

func (b *nameBuilder) entity(e entity, conflict int) int {
	if i, ok := b.index[e.id]; ok {
		if conflict >= 0 && !slices.Contains(b.entities[i].conflicts, conflict) {
			b.entities[i].conflicts = append(b.entities[i].conflicts, conflict)
		}
		return i
	}
	if conflict >= 0 {
		e.conflicts = []int{conflict}
	}
	b.index[e.id] = len(b.entities)
	b.entities = append(b.entities, e)
	return len(b.entities) - 1
}

// add writes one name of an entity; remarks in brackets are dropped, alternatives
// parted by a slash are names of their own.
func (b *nameBuilder) add(e int, lang, text string) {
	for _, part := range strings.Split(withoutBrackets(text), " / ") {
		part = strings.Trim(part, " \"'«»")
		if utf8.RuneCountInString(part) < 2 {
			continue
		}
		first, _ := utf8.DecodeRuneInString(part)
		b.rows = append(b.rows, nameRow{text: part, lang: lang, name: name{
			entity: e, capital: unicode.IsUpper(first), upper: isAcronym(part),
		}})
	}
}

func (b *nameBuilder) addAll(e int, lang string, texts []string) {
	for _, t := range texts {
		b.add(e, lang, t)
	}
}

// addPerson writes a person's name and the surname alone.
func (b *nameBuilder) addPerson(e int, lang, text string) {
	text = strings.TrimSpace(withoutBrackets(text))
	b.add(e, lang, text)
	words := strings.Fields(text)
	if len(words) < 2 {
		return
	}
	last := words[len(words)-1]
	if i := strings.LastIndexAny(last, "-"); i >= 0 {
		last = last[i+1:]
	}
	if utf8.RuneCountInString(last) < 4 {
		return
	}
	first, _ := utf8.DecodeRuneInString(last)
	b.rows = append(b.rows, nameRow{text: last, lang: lang, name: name{entity: e, capital: unicode.IsUpper(first), surname: true}})
}

func withoutBrackets(s string) string {
	for {
		i := strings.IndexByte(s, '(')
		if i < 0 {
			return strings.TrimSpace(s)
		}
		j := strings.IndexByte(s[i:], ')')
		if j < 0 {
			return strings.TrimSpace(s[:i])
		}
		s = s[:i] + s[i+j+1:]
	}
}

func isAcronym(s string) bool {
	if len(s) > 8 || strings.Contains(s, " ") {
		return false
	}
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 2 || letters == 1 && len(s) >= 3
}

// table puts the names that matter to one language into a matcher.
func (b *nameBuilder) table(p lexicon.Pack) *nameTable {
	t := &nameTable{matcher: lexicon.NewMatcher(p.Clitics), entities: b.entities}
	for _, row := range b.rows {
		if !b.fits(row, p) {
			continue
		}
		forms := []string{row.text}
		if p.Inflects && row.lang == p.Lang {
			forms = inflectedName(row.text)
		}
		for _, f := range forms {
			t.matcher.Add(len(t.names), f)
			t.names = append(t.names, row.name)
		}
	}
	return t
}

// fits leaves out names of other languages that share the script: "Mali" of French
// is not looked for in Spanish unless Spanish lists it.
func (b *nameBuilder) fits(row nameRow, p lexicon.Pack) bool {
	return row.lang == "" || row.lang == p.Lang || row.lang == "en" && scriptName(p) == latinScript && !row.name.surname
}

// exactMark ends a word of a name that stands as it is, since its stem begins other
// words: "Нигер!" is not the beginning of Nigeria's name.
const exactMark = "!"

// inflectedName gives the forms to look for of a name whose words change their ends. A
// country's name in -ия has four of its own: as a stem it would fit too much.
func inflectedName(text string) []string {
	for _, x := range []struct{ end, others string }{{"ия", "и ю ей"}, {"ія", "ї ю єю"}} {
		if base, ok := strings.CutSuffix(text, x.end); ok && base != "" && !strings.Contains(text, " ") {
			forms := []string{text}
			stem := strings.TrimSuffix(text, "я")
			for _, e := range strings.Fields(x.others) {
				forms = append(forms, stem+e)
			}
			return forms
		}
	}
	return []string{stemmedName(text)}
}

// stemmedName lets the end of every longer word of a name vary. A word that the pack
// has cut itself, with a star, or marked as exact stays as it is.
func stemmedName(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		if base, ok := strings.CutSuffix(w, exactMark); ok {
			words[i] = base
			continue
		}
		n := utf8.RuneCountInString(w)
		if n < 4 || strings.HasSuffix(w, "*") {
			continue
		}
		if base, ok := cutAdjective(w); ok {
			words[i] = base + "*"
			continue
		}
		last, size := utf8.DecodeLastRuneInString(w)
		if n >= 5 && strings.ContainsRune("аеиоуыэюяьйіїєةا", last) {
			w = w[:len(w)-size]
		}
		words[i] = w + "*"
	}
	return strings.Join(words, " ")
}

// cutAdjective takes the ending off a Slavic adjective or a surname made like one, of
// which two letters change: "суданский", "суданской".
func cutAdjective(w string) (string, bool) {
	for _, end := range []string{"ий", "ый", "ая"} {
		if base, ok := strings.CutSuffix(w, end); ok && (strings.HasSuffix(base, "ск") || strings.HasSuffix(base, "цк") || strings.HasSuffix(base, "ськ") || strings.HasSuffix(base, "цьк") || strings.HasSuffix(base, "н")) {
			return base, true
		}
	}
	return w, false
}
