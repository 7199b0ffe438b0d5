package news

import (
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// copyShare is the share of common shingles from which two texts are one copy.
// Own words about one event share under a tenth, edited copies over half.
const copyShare = 0.5

// origins finds who says they know it. Two outlets that carry one spokesman or one
// agency's copy are one origin. Read-only after it is made.
type origins struct {
	cat    *Catalogue
	bodies map[string]string    // folded name of a body or mediator → its key
	sides  map[OutletID]PartyID // outlets that speak for one party
	titles map[string]OutletID  // folded name, id or host of an outlet → its id
	states map[string]string    // folded name of a country, in every language → its code
}

func newOrigins(cat *Catalogue) origins {
	o := origins{cat: cat, bodies: map[string]string{}, sides: map[OutletID]PartyID{}, titles: map[string]OutletID{}, states: map[string]string{}}
	if cat == nil {
		return o
	}
	for _, b := range cat.Bodies {
		for _, name := range slices.Concat([]string{b.ID, b.Name}, b.Aliases) {
			o.bodies[strings.TrimPrefix(lexicon.Fold(name), "the ")] = b.ID
		}
		for _, names := range b.I18n {
			for _, name := range names {
				o.bodies[lexicon.Fold(name)] = b.ID
			}
		}
	}
	for _, out := range cat.Outlets {
		for _, name := range slices.Concat([]string{out.Name, string(out.ID)}, out.Hosts) {
			o.titles[citedName(name)] = out.ID
		}
		if len(out.Sides) == 1 {
			o.sides[out.ID] = out.Sides[0]
		}
	}
	for _, p := range cat.Packs {
		for code, names := range p.Countries {
			for _, name := range names {
				o.states[lexicon.Fold(name)] = code
			}
		}
	}
	return o
}

// originsFor takes the names that a reader of the same catalogue folded already.
func originsFor(cat *Catalogue, r ItemReader) origins {
	if known, ok := r.(*Reader); ok && known.cat == cat {
		return known.origins
	}
	return newOrigins(cat)
}

// citedName folds an outlet's name as others cite it.
func citedName(name string) string { return strings.TrimPrefix(lexicon.Fold(name), "the ") }

// medium is the key of an outlet or agency that an item names as the one that knows:
// the outlet's own, where the catalogue has it, so that who cites it and who is it
// are one origin.
func (o origins) medium(name string) string {
	folded := citedName(name)
	if id, ok := o.titles[folded]; ok {
		return o.outlet(id)
	}
	return "wire/" + strings.ReplaceAll(folded, " ", "-")
}

// outlet is the key of an outlet's own reporting, which of a party's own outlet is
// that party's word.
func (o origins) outlet(id OutletID) string {
	if party, ok := o.sides[id]; ok {
		return string(party)
	}
	return "outlet/" + string(id)
}

// state is the key of a state, however a language writes its name or whichever of
// its ministries speaks: the first country that the words name.
func (o origins) state(folded string) string {
	if key, ok := o.country(folded); ok {
		return key
	}
	return "state/" + strings.ReplaceAll(folded, " ", "-")
}

// country finds the first country that words name.
func (o origins) country(folded string) (string, bool) {
	words := strings.Fields(folded)
	for i := range words {
		for n := min(4, len(words)-i); n > 0; n-- {
			if code, ok := o.states[strings.Join(words[i:i+n], " ")]; ok {
				return "state/" + strings.ToLower(code), true
			}
		}
	}
	return "", false
}

// unOrigin is the key of every UN body: a mission, its envoy and "the UN" of the
// headlines are one voice on one conflict, however outlets and languages name it.
const unOrigin = "un"

// speaker gives the key of a speaker: a party's or body's id, or a class and a
// folded name. A speaker of no name, or an unnamed one, has none: who said it is
// then known only as well as the outlet that carries it.
func (o origins) speaker(s Speaker) string {
	if s.Class == SpeakerAnonymous {
		return ""
	}
	if s.Party != "" {
		return string(s.Party)
	}
	if s.Class == SpeakerUN {
		return unOrigin
	}
	if s.ID != "" {
		return strings.TrimPrefix(s.ID, "body/")
	}
	name := strings.TrimPrefix(lexicon.Fold(s.Name), "the ")
	if name == "" {
		return ""
	}
	if id, ok := o.bodies[name]; ok {
		return id
	}
	switch s.Class {
	case SpeakerMedia, "":
		return o.medium(s.Name)
	case SpeakerState:
		return o.state(name)
	case SpeakerMediator: // of a state, or a person
		if key, ok := o.country(name); ok {
			return key
		}
	}
	return string(s.Class) + "/" + strings.ReplaceAll(name, " ", "-")
}

// of gives the origin of an item's main statement: its nearest responsible
// speaker, else the agency whose copy it is, else the outlet's own reporting, which
// of a party's own outlet is that party's word.
func (o origins) of(r Reading) string {
	for _, c := range r.Claims {
		if !c.Main {
			continue
		}
		if key := o.speaker(c.By); key != "" {
			return key
		}
		if c.By.Class == SpeakerAnonymous {
			return "anonymous/" + string(r.Outlet)
		}
	}
	if r.Agency != "" {
		return o.medium(r.Agency)
	}
	return o.outlet(r.Outlet)
}

// ofCopy gives the origin of an item given what the development holds: a copy of an
// earlier item has that item's origin, whoever carries it.
func (o origins) ofCopy(r Reading, s *story) string {
	own := o.of(r)
	if s == nil {
		return own
	}
	sketch := halved(r.Features.Sketch)
	for _, x := range s.members {
		if copied(sketch, x.Sketch) < copyShare {
			continue
		}
		for _, m := range s.whole().Mentions {
			if m.Item == x.item {
				return m.Origin
			}
		}
	}
	return own
}

// primary reports whether a claim's speaker may stand alone: a mediator, monitor or
// UN body, a party about what it does itself, or one that verified what it says.
// What a party says about its adversary never stands alone.
func (c Claim) primary() bool {
	switch c.By.Class {
	case SpeakerMediator, SpeakerUN, SpeakerMonitor:
		return true
	case SpeakerParty:
		switch c.Kind {
		case Violation, Casualties, Escalation, ControlChange:
			return c.Grade == Verified
		}
		return true
	default:
		return c.Grade == Verified
	}
}
