package news

import (
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// catalogueNames collects every name the catalogue and the packs know.
func catalogueNames(cat *Catalogue) *nameBuilder {
	b := &nameBuilder{index: make(map[string]int)}
	for i, c := range cat.known() {
		b.conflict(i, c)
		for _, p := range c.Parties {
			b.party(i, p)
		}
	}
	for _, body := range cat.Bodies {
		b.body(body)
	}
	states := stateParties(cat)
	for _, p := range cat.Packs {
		b.countries(cat, p, states)
		b.translated(p)
	}
	return b
}

func (b *nameBuilder) conflict(i int, c Conflict) {
	e := b.entity(entity{kind: entAlias, id: "conflict/" + string(c.ID), name: c.Name}, i)
	if len(c.ID) > 3 { // "car" is a word as well; its aliases name that war
		b.add(e, "", strings.ReplaceAll(string(c.ID), "-", " "))
	}
	if c.Short != "" && !strings.Contains(c.Short, " and ") && !strings.Contains(c.Short, ",") {
		b.add(e, "", c.Short)
	}
	for _, lang := range sortedKeys(c.Aliases) {
		b.addAll(e, anyIfEnglish(lang), c.Aliases[lang])
	}
	for _, place := range c.Places {
		main, _, _ := strings.Cut(place, " / ") // other spellings of one place follow
		b.add(b.entity(entity{kind: entPlace, id: "place/" + main, name: main}, i), "", place)
	}
	for _, lang := range sortedKeys(c.PlacesI18n) {
		for _, place := range c.PlacesI18n[lang] {
			b.add(b.entity(entity{kind: entPlace, id: "place/" + place, name: place}, i), lang, place)
		}
	}
	for _, m := range c.Mechanisms {
		b.mechanism(i, m)
	}
	for _, m := range c.Mediators {
		if strings.Contains(m, "(") && strings.HasPrefix(m, "UN ") {
			b.mechanism(i, m)
		}
	}
	for _, a := range c.Arrangements {
		e := b.entity(entity{kind: entArrangement, id: "arrangement/" + string(a.ID), name: a.Name, arrangement: a.ID}, i)
		b.addAll(e, "", a.Aliases)
	}
}

// anyIfEnglish makes English names count in every language: outlets of all tongues
// write "Hamas", "UNIFIL".
func anyIfEnglish(lang string) string {
	if lang == "en" {
		return ""
	}
	return lang
}

// mechanism reads entries like "UN Support Mission in Libya (UNSMIL; fr MANUL)".
func (b *nameBuilder) mechanism(i int, text string) {
	full := withoutBrackets(text)
	e := b.entity(entity{kind: entMechanism, id: "mechanism/" + full, name: full, class: mechanismClass(full)}, i)
	if len(strings.Fields(full)) > 1 || isAcronym(full) {
		b.add(e, "", full)
	}
	open, end := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')')
	if open < 0 || end < open {
		return
	}
	for _, part := range strings.Split(text[open+1:end], ";") {
		words := strings.Fields(part)
		if len(words) > 1 && len(words[0]) == 2 && words[0] == strings.ToLower(words[0]) {
			b.add(e, words[0], strings.Join(words[1:], " "))
			continue
		}
		if len(words) == 1 && isAcronym(words[0]) {
			b.add(e, "", words[0])
		}
	}
}

func mechanismClass(full string) SpeakerClass {
	if strings.HasPrefix(full, "UN") || strings.HasPrefix(full, "MINU") || strings.HasPrefix(full, "MONU") {
		return SpeakerUN
	}
	return SpeakerMonitor
}

func (b *nameBuilder) party(i int, p Party) {
	e := b.entity(entity{kind: entParty, id: string(p.ID), name: shortName(p), party: p.ID, class: SpeakerParty, armed: armedGroup(p)}, i)
	b.add(e, "", p.Name)
	b.add(e, "", p.Short)
	b.addAll(e, "", p.Acronyms)
	b.addAll(e, "", p.Aliases)
	for _, lang := range sortedKeys(p.I18n) {
		b.addAll(e, lang, p.I18n[lang])
	}
	for _, person := range p.People {
		full := withoutBrackets(person)
		pe := b.entity(entity{kind: entPerson, id: "person/" + full, name: full, party: p.ID, class: SpeakerParty, armed: armedGroup(p)}, i)
		b.addPerson(pe, "", person)
	}
}

// armedGroup tells the kinds of parties that are in the news for nothing but war.
func armedGroup(p Party) bool {
	for _, word := range []string{"group", "paramilitary", "militia", "rebel", "alliance", "armed-movement"} {
		if strings.Contains(p.Type, word) {
			return true
		}
	}
	return false
}

func shortName(p Party) string {
	if p.Short != "" {
		return p.Short
	}
	return p.Name
}

func (b *nameBuilder) body(body Body) {
	class := body.Class
	if class == "" {
		class = SpeakerMediator
	}
	e := b.entity(entity{kind: entBody, id: "body/" + body.ID, name: body.Name, class: class}, -1)
	b.add(e, "", body.Name)
	b.addAll(e, "", body.Aliases)
	for _, lang := range sortedKeys(body.I18n) {
		b.addAll(e, lang, body.I18n[lang])
	}
}

// stateParties finds the parties that are called as a country is in English, by the
// country's code.
func stateParties(cat *Catalogue) map[string][]PartyID {
	codes := make(map[string]string)
	for _, p := range cat.Packs {
		if p.Lang != "en" {
			continue
		}
		for _, code := range sortedKeys(p.Countries) {
			for _, n := range p.Countries[code] {
				codes[lexicon.Fold(n)] = code
			}
		}
	}
	out := make(map[string][]PartyID)
	for _, c := range cat.Conflicts {
		for _, p := range c.Parties {
			if code, ok := codes[lexicon.Fold(shortName(p))]; ok && !slices.Contains(out[code], p.ID) {
				out[code] = append(out[code], p.ID)
			}
		}
	}
	return out
}

// translated adds the names that entries have in one language. An entry that the
// catalogue lacks, as where an operator took conflicts out, is passed over.
func (b *nameBuilder) translated(p lexicon.Pack) {
	for _, id := range sortedKeys(p.Names) {
		e, ok := b.index[id]
		if !ok {
			continue
		}
		for _, text := range p.Names[id] {
			if b.entities[e].kind == entPerson {
				b.addPerson(e, p.Lang, text)
				continue
			}
			b.add(e, p.Lang, text)
		}
	}
}

// countries adds the names of countries in one language; the first of them names the
// state as a party, too, in another language than the catalogue's. A country belongs to the conflicts that list it.
func (b *nameBuilder) countries(cat *Catalogue, p lexicon.Pack, states map[string][]PartyID) {
	for _, code := range sortedKeys(p.Countries) {
		names := p.Countries[code]
		if len(names) == 0 {
			continue
		}
		e := b.entity(entity{kind: entCountry, id: "country/" + code, name: names[0], class: SpeakerState}, -1)
		for i, c := range cat.known() {
			if slices.Contains(c.Countries, code) && !slices.Contains(b.entities[e].conflicts, i) {
				b.entities[e].conflicts = append(b.entities[e].conflicts, i)
			}
		}
		b.addAll(e, p.Lang, names)
		if p.Lang == "en" {
			continue // the catalogue's own names of parties are English
		}
		for _, party := range states[code] {
			b.add(b.index[string(party)], p.Lang, names[0])
		}
	}
}
