package news

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"trucewire/news/lexicon"
)

// The weights of the conflict score. A name that several conflicts share gives each
// its part. They were set by hand from the measured Libya article (ceasefires.md
// §6b) and kept because no fitted value did better on streams left out.
const (
	weightParty   = 2.0
	weightAlias   = 2.0
	weightCountry = 1.5
	weightPerson  = 1.0
	weightPlace   = 1.0
	weightOther   = 1.5 // mechanisms, named arrangements

	fieldTitle = 3.0
	fieldLead  = 2.0
	fieldRest  = 1.0

	// oneSided is what is left of an interstate conflict's score when only one of
	// its sides is named: "India" alone does not speak of the Line of Control.
	oneSided = 0.35
	// minConflict is the score below which no conflict is named.
	minConflict = 0.6
	// minHint is the score from which a name hints at a conflict: one side of a war
	// between states that has several wars.
	minHint = 0.2
	// weakOnly is what an acronym counts, weakSurname what a surname does: little
	// without another signal.
	weakOnly    = 0.3
	weakSurname = 0.7
	// venueShare is what is left of a name that is only where others talk.
	venueShare = 0.2
	// endedShare is what is left of the score of a conflict that the catalogue
	// marks as ended, so that its country's present one wins.
	endedShare = 0.8
)

// conflictScore is how much an item speaks of one conflict.
type conflictScore struct {
	conflict int
	score    float64
	title    float64         // the part that comes from the title
	entities int             // distinct entities
	sides    map[string]bool // distinct sides named
	sure     bool            // a name that only this conflict has
	armed    bool            // an armed group of it is named
	// concerned tells that a side is named that does not mediate in others' wars.
	concerned bool
	// interstate tells that the conflict is between states, each of which is in the
	// news for other reasons as well.
	interstate bool
	// quiet tells that the states were not at war when the item was published: what
	// they agree on then is diplomacy as between any others.
	quiet bool
}

// conflictIndex is what conflict matching needs to know of the catalogue.
type conflictIndex struct {
	cat        *Catalogue
	sideOf     map[PartyID]string // a state party → its country's id
	countries  []int              // how many take part
	interstate []bool
	ended      []bool
	hostile    [][]period          // when the states were at war; none: always
	allied     []map[string]string // country → the first of those on its side
	mediates   map[string]bool     // countries that mediate in several conflicts
}

func newConflictIndex(cat *Catalogue, names *nameBuilder) *conflictIndex {
	x := &conflictIndex{cat: cat, sideOf: make(map[PartyID]string), mediates: make(map[string]bool)}
	byName := make(map[string]string)
	for _, row := range names.rows {
		if e := names.entities[row.name.entity]; e.kind == entCountry {
			byName[lexicon.Fold(row.text)] = e.id
		}
	}
	for i, c := range cat.known() {
		x.countries = append(x.countries, len(c.Countries))
		x.interstate = append(x.interstate, len(c.Countries) > 1 || i >= len(cat.Conflicts) || c.Type == "latent")
		x.ended = append(x.ended, c.Type == "ended" && i < len(cat.Conflicts))
		x.hostile = append(x.hostile, periodsOf(c.Hostilities))
		x.allied = append(x.allied, alliesOf(c))
		for _, p := range c.Parties {
			for _, n := range append([]string{shortName(p)}, p.Aliases...) {
				if code, ok := byName[lexicon.Fold(n)]; ok {
					x.sideOf[p.ID] = code
				}
			}
		}
	}
	x.findMediators(cat, byName)
	return x
}

// alliesOf maps each allied country of a conflict to the first of them.
func alliesOf(c Conflict) map[string]string {
	first := make(map[string]string)
	for _, code := range c.Allied {
		first["country/"+code] = "country/" + c.Allied[0]
	}
	return first
}

// findMediators notes the countries that mediate in more than one conflict.
func (x *conflictIndex) findMediators(cat *Catalogue, byName map[string]string) {
	seen := make(map[string]int)
	for _, c := range cat.Conflicts {
		for _, m := range c.Mediators {
			if code, ok := byName[lexicon.Fold(withoutBrackets(m))]; ok && !strings.Contains(m, "past)") {
				seen[code]++
				x.mediates[code] = seen[code] > 1
			}
		}
	}
}

// scores ranks the conflicts that an item names, best first.
func (x *conflictIndex) scores(d *document) []conflictScore {
	best := make(map[int]float64) // entity → best field factor
	weak := make(map[int]bool)
	venues := x.venues(d)
	for i, m := range d.mentions {
		f := d.fieldFactor(m)
		if slices.Contains(venues, i) {
			f *= venueShare
		}
		for _, e := range m.entities {
			if _, seen := best[e]; !seen || !m.weak {
				weak[e] = m.weak
			}
			best[e] = max(best[e], f)
		}
	}
	byConflict := make(map[int]*conflictScore)
	for _, e := range sortedInts(best) {
		x.count(d, e, best[e], weak[e], byConflict)
	}
	out := make([]conflictScore, 0, len(byConflict))
	for _, c := range sortedConflicts(byConflict) {
		out = append(out, x.weighed(*byConflict[c], d.item.Published))
	}
	slices.SortStableFunc(out, func(a, b conflictScore) int {
		switch {
		case a.firm() != b.firm():
			return boolInt(b.firm()) - boolInt(a.firm())
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return cmp.Compare(x.countries[a.conflict], x.countries[b.conflict]) // the narrower war
	})
	return out
}

func (x *conflictIndex) count(d *document, e int, factor float64, weak bool, byConflict map[int]*conflictScore) {
	ent := d.names.entities[e]
	for _, c := range ent.conflicts {
		s := byConflict[c]
		if s == nil {
			s = &conflictScore{conflict: c, sides: make(map[string]bool)}
			byConflict[c] = s
		}
		w := entityWeight(ent.kind) * factor / float64(len(ent.conflicts))
		switch {
		case weak && ent.kind == entPerson:
			w *= weakSurname
		case weak:
			w *= weakOnly
		}
		s.score += w
		if factor < fieldRest {
			continue // a venue: no side and no proof
		}
		s.entities++
		if factor == fieldTitle {
			s.title += w
		}
		if side := x.side(ent); side != "" {
			s.sides[cmp.Or(x.allied[c][side], side)] = true
			s.concerned = s.concerned || !x.mediates[side]
		}
		s.sure = s.sure || !weak && x.onlyOf(ent)
		s.armed = s.armed || ent.armed && ent.kind == entParty
	}
}

// firm reports whether the headline speaks of a war by more than a country that may
// be in the news for anything. Such a war goes before one that only the text names.
func (s conflictScore) firm() bool {
	return s.title >= minConflict && (s.sure || s.armed || len(s.sides) >= 2)
}

// side names the side of a conflict that an entity stands for, if any. A state and
// its country are one.
func (x *conflictIndex) side(e entity) string {
	switch e.kind {
	case entCountry:
		return e.id
	case entPlace:
		if len(e.conflicts) == 1 {
			return "place" // a place of this war alone is a second signal
		}
	case entParty, entPerson:
		if code, ok := x.sideOf[e.party]; ok {
			return code
		}
		return string(e.party)
	}
	return ""
}

// onlyOf reports whether a name belongs to one conflict alone and says so by
// itself: its alias, a party that is no state, a mechanism, a named arrangement.
func (x *conflictIndex) onlyOf(e entity) bool {
	if len(e.conflicts) != 1 {
		return false
	}
	switch e.kind {
	case entAlias, entMechanism, entArrangement:
		return true
	case entParty:
		_, state := x.sideOf[e.party]
		return !state
	}
	return false
}

func (x *conflictIndex) weighed(s conflictScore, at time.Time) conflictScore {
	s.interstate = x.interstate[s.conflict]
	s.quiet = !during(x.hostile[s.conflict], at)
	if s.interstate && len(s.sides) < 2 && !s.sure && !s.armed {
		s.score *= oneSided
		s.title *= oneSided
		if len(s.sides) == 1 && !s.concerned {
			s.score *= oneSided // it speaks in the wars of others as well
		}
	}
	if x.ended[s.conflict] {
		s.score *= endedShare
	}
	return s
}

func entityWeight(k entityKind) float64 {
	switch k {
	case entParty:
		return weightParty
	case entAlias:
		return weightAlias
	case entCountry:
		return weightCountry
	case entPerson:
		return weightPerson
	case entPlace:
		return weightPlace
	default:
		return weightOther
	}
}

func (d *document) fieldFactor(m mention) float64 {
	for _, s := range d.sents {
		if m.first >= s.past {
			continue
		}
		switch {
		case s.part == "title":
			return fieldTitle
		case s.place == 1:
			return fieldLead
		}
		return fieldRest
	}
	return fieldRest
}

func sortedInts(m map[int]float64) []int {
	out := make([]int, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func sortedConflicts(m map[int]*conflictScore) []int {
	out := make([]int, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// dropCollisions removes mentions whose acronym means something else here: the
// catalogue names for each such token what must stand in the item beside it.
func (d *document) dropCollisions(cat *Catalogue) {
	if len(d.mentions) == 0 {
		return
	}
	folded := ""
	for _, c := range cat.Collisions {
		if c.Party == "" || len(c.Need) == 0 {
			continue
		}
		for i, m := range d.mentions {
			if !d.isParty(m, c.Party) || lexicon.Fold(d.cut(m.first, m.last)) != lexicon.Fold(c.Token) {
				continue
			}
			if folded == "" {
				folded = lexicon.Fold(d.title + " " + d.text)
			}
			if !containsAny(folded, c.Need) {
				d.mentions[i].entities = slices.DeleteFunc(slices.Clone(m.entities), func(e int) bool {
					return d.names.entities[e].party == c.Party
				})
			}
		}
	}
}

func (d *document) isParty(m mention, p PartyID) bool {
	return slices.ContainsFunc(m.entities, func(e int) bool { return d.names.entities[e].party == p })
}

func containsAny(folded string, needles []string) bool {
	return slices.ContainsFunc(needles, func(n string) bool { return strings.Contains(folded, lexicon.Fold(n)) })
}
