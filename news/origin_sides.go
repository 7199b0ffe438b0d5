package news

import (
	"slices"
	"strings"

	"trucewire/news/lexicon"
)

// backer is an outside state that the catalogue reports as a party's supporter.
type backer struct {
	actor string // folded
	party PartyID
}

// backersOf reads the supporters of a conflict's parties off the catalogue's sentences,
// "support to the GNA": the one party that the sentence names.
func backersOf(c Conflict) []backer {
	var out []backer
	for _, x := range c.External {
		party, ok := onlyParty(c, " "+lexicon.Fold(x.Reported)+" ")
		if !ok {
			continue
		}
		for _, actor := range strings.Split(x.Actor, ",") {
			out = append(out, backer{strings.TrimSpace(lexicon.Fold(actor)), party})
		}
	}
	return out
}

func onlyParty(c Conflict, folded string) (PartyID, bool) {
	var found []PartyID
	for _, p := range c.Parties {
		names := slices.Concat([]string{p.Name, p.Short}, p.Acronyms, p.Aliases)
		if slices.ContainsFunc(names, func(n string) bool { return n != "" && strings.Contains(folded, " "+lexicon.Fold(n)+" ") }) {
			found = append(found, p.ID)
		}
	}
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// sideOf gives the party of the conflict that an item's origin is or backs; empty: it
// stands outside. What a state says that is a side itself is its own word.
func (o origins) sideOf(r Reading, m Mention, claims []Claim) PartyID {
	if o.cat == nil {
		return ""
	}
	c, ok := o.cat.Conflict(r.Conflict)
	if !ok {
		return ""
	}
	own := func(p PartyID) bool { return slices.ContainsFunc(c.Parties, func(x Party) bool { return x.ID == p }) }
	if own(PartyID(m.Origin)) {
		return PartyID(m.Origin)
	}
	for _, claim := range claims {
		if claim.Main != m.Main || o.speaker(claim.By) != m.Origin {
			continue
		}
		name := " " + lexicon.Fold(claim.By.Name)
		for _, b := range backersOf(c) {
			if strings.Contains(name, " "+b.actor) {
				return b.party
			}
		}
	}
	return ""
}
