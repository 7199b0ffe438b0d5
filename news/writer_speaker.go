package news

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// speaker is how a sentence names who says something, escaped. It is empty where the
// outlet itself does. A person is named only if the catalogue names them or the item
// gives their office; anybody else is told of by what they are (design promise 9).
func (w *Writer) speaker(b *book, s Speaker, lang string) string {
	if s.Name == "" && s.Party == "" {
		if s.Class == SpeakerAnonymous {
			return b.Speakers[SpeakerAnonymous]
		}
		return ""
	}
	party := w.party(b, s.Party)
	if s.Class == SpeakerAnonymous || w.guardMatches(b, lang, s.Name, unnamedWords) {
		return w.unnamed(b, party)
	}
	if s.Name == "" {
		return party
	}
	if name := w.knownSpeaker(b, s); name != "" {
		return name
	}
	if person := w.officeHolder(s); person != "" {
		return b.text("person_of", values{"person": b.apart(escape(sanitise(person))), "party": party})
	}
	if w.mayBeNamed(b, s.Name, lang) {
		return w.institutionArticle(b, feedName(s.Name, maxNameRunes), s.Name, lang)
	}
	switch {
	case party != "" && w.isPartyItself(s):
		return party
	case party != "":
		return b.text("speaker_of", values{"party": party})
	case !w.soundsLikeSpeaker(b, s.Name, lang):
		return "" // words read across a border: then it is the outlet that says it
	case b.Speakers[s.Class] != "":
		return b.Speakers[s.Class]
	default:
		return b.Speakers[SpeakerAnonymous]
	}
}

// isPartyItself reports whether a speaker's name is a party's own with other words read
// into it ("Norvia trade"), and no person's.
func (w *Writer) isPartyItself(s Speaker) bool {
	keys, rest := w.index.find(wordsOf(s.Name))
	return slices.Contains(keys, "party "+string(s.Party)) && len(rest) < 2
}

// soundsLikeSpeaker reports whether words may be somebody who speaks: they have an
// office or are a name of two to four words with capitals. Scripts without capitals
// are trusted.
func (w *Writer) soundsLikeSpeaker(b *book, name, lang string) bool {
	if w.guardMatches(b, lang, name, officeWords, institutionWords, roleWords) {
		return !innerArticle.MatchString(name) && len(strings.Fields(name)) <= 7
	}
	fields := strings.Fields(name)
	for _, f := range fields {
		if r, _ := firstLetter(f); unicode.IsLower(r) || unicode.IsDigit(r) {
			return false
		}
	}
	return len(fields) >= 2 && len(fields) <= 4 || hasRightToLeft(name)
}

// bareOffice reports whether a name is nothing but an office, so that it tells of whom
// only in the item: "foreign minister".
func (w *Writer) bareOffice(b *book, name, lang string) bool {
	said := spaced(name)
	for _, book := range w.booksOf(b, lang) {
		for _, office := range book.guard.offices {
			if strings.TrimSpace(said) == strings.TrimSpace(office) {
				return true
			}
		}
	}
	return false
}

// saysWho reports whether a headline itself names a speaker, so that citing them beside
// it would say it twice.
func (n *nameBook) saysWho(headline string, s Speaker, x *nameIndex) bool {
	title := spaced(plainText(headline))
	if s.Party != "" && slices.ContainsFunc(x.forms["party "+string(s.Party)], func(form string) bool { return strings.Contains(title, " "+form+" ") }) {
		return true
	}
	said := wordsOf(s.Name)
	if len(said) == 0 {
		return false
	}
	if k, ok := n.known[foldName(s.Name)]; ok && k.sort == nameCountry {
		for _, form := range x.forms["country "+k.text] {
			if strings.Contains(title, " "+form+" ") {
				return true
			}
		}
	}
	return strings.Contains(title, " "+said[len(said)-1]+" ") || strings.Contains(title, " "+strings.Join(said, " ")+" ")
}

// namesSpeaker reports whether a sentence can say who speaks by name, and not only what
// they are.
func (w *Writer) namesSpeaker(b *book, s Speaker, lang string) bool {
	name := w.speaker(b, s, lang)
	for _, word := range b.Speakers {
		if name == word {
			return false
		}
	}
	return name != ""
}

// unnamed is a source that the item leaves unnamed.
func (w *Writer) unnamed(b *book, party string) string {
	if party != "" {
		return b.text("source_of", values{"party": party})
	}
	return b.Speakers[SpeakerAnonymous]
}

// knownSpeaker names a speaker that the catalogue knows; empty if it does not.
func (w *Writer) knownSpeaker(b *book, s Speaker) string {
	k, ok := w.names.known[foldName(s.Name)]
	if !ok && s.Known != "" {
		k, ok = w.names.known[foldName(s.Known)]
	}
	if !ok {
		return ""
	}
	switch k.sort {
	case nameParty:
		return w.party(b, k.party)
	case namePerson:
		return b.text("person_of", values{"person": b.apart(escape(sanitise(k.text))), "party": w.party(b, k.party)})
	default:
		name := k.text
		if local := k.i18n[b.Lang]; local != "" && b.Lang != defaultLang {
			name = local
		}
		return b.apart(w.withArticle(b, escape(sanitise(name))))
	}
}

// officeHolder is the person of the speaker's party that a name means, where an item
// gives only a part of it ("Vance") or adds to it; empty if there is none.
func (w *Writer) officeHolder(s Speaker) string {
	said := wordsOf(s.Name)
	if len(said) == 0 {
		return ""
	}
	for _, person := range w.names.parties[s.Party].People {
		person = beforeBracket(person)
		words := wordsOf(person)
		if len(words) > 1 && (holdsAll(words, said) || holdsAll(said, words)) {
			return person
		}
	}
	return ""
}

func holdsAll(words, some []string) bool {
	for _, word := range some {
		if !slices.Contains(words, word) {
			return false
		}
	}
	return true
}

// mayBeNamed reports whether a name that the catalogue lacks may be printed: it is that
// of a body, an acronym, or a person named with an office; and it is in the book's
// language, because names of offices cannot be printed untranslated.
func (w *Writer) mayBeNamed(b *book, name, lang string) bool {
	if lang != "" && lang != b.Lang || len([]rune(name)) > maxNameRunes || len(strings.Fields(name)) > 7 || innerArticle.MatchString(name) {
		return false
	}
	if w.guardMatches(b, lang, name, loadedWords, finerWords, victimWords, positionWords) || strings.ContainsFunc(name, unicode.IsDigit) || w.bareOffice(b, name, lang) {
		return false
	}
	if w.guardMatches(b, lang, name, institutionWords) || acronymName(name) {
		return true
	}
	return w.guardMatches(b, lang, name, officeWords)
}

// innerArticle is an article that begins a sentence inside a name: then the name was
// read across a border of sentences.
var innerArticle = regexp.MustCompile(`\S\s(?:A|An|The)\s`)

// acronymName reports whether name is one word of two to eight capital letters.
func acronymName(name string) bool {
	if n := len([]rune(name)); n < 2 || n > 8 {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsUpper(r) && r != '-' })
}

// institutionArticle puts the article before a body whose name is more than one word.
func (w *Writer) institutionArticle(b *book, text, name, lang string) string {
	first, _ := firstLetter(name)
	common := w.guardMatches(b, lang, name, institutionWords) && !w.guardMatches(b, lang, name, officeWords)
	if !common || acronymName(name) || strings.HasPrefix(strings.ToLower(name), "the ") || !unicode.IsLetter(first) {
		return text
	}
	if owner, ok := ownerOf(name); ok && !acronymName(owner) && !slices.Contains(b.TheNames, owner) {
		return text // "Norvia's army"
	}
	words := strings.Fields(name)
	if second, _ := firstLetter(strings.Join(words[1:], " ")); len(words) == 1 || unicode.IsLower(second) {
		text = lowerFirst(text) // a common noun that stood at the beginning of a sentence
	}
	for _, determiner := range []string{"a ", "an "} {
		if strings.HasPrefix(strings.ToLower(name), determiner) {
			return text
		}
	}
	return b.text("article", values{"name": text})
}

// ownerOf is the owner that a name begins with: "Norvia" of "Norvia's army".
func ownerOf(name string) (string, bool) {
	word, _, _ := strings.Cut(name, " ")
	owner := possessive.ReplaceAllString(word, "")
	return owner, owner != word
}

func firstLetter(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}
