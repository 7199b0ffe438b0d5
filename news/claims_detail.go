package news

import (
	"slices"
	"time"

	"trucewire/news/lexicon"
)

// Role is what somebody named in a claim has to do with it.
type Role struct {
	Who  string `json:"who"` // a party's id, or the catalogue id of a country, person or body
	Role string `json:"role"`
}

// The roles.
const (
	RoleAttacker = "attacker"
	RoleDefender = "defender"
	RoleMediator = "mediator"
	RoleProposer = "proposer"
	RoleBacks    = "backs"    // stands behind a plan
	RoleNoReply  = "no_reply" // has not answered one
)

// townOf is the town where an event of a sentence is told to be. A seat of a side is
// none ("based in X"), nor is what stands in an aside, but for fighting and its dead.
func (d *document) townOf(s sentence, e event) string {
	until := s.past
	if e.kind != Escalation && e.kind != Casualties && e.kind != Violation && e.kind != ControlChange {
		until = d.asideAfter(s, e.at)
	}
	if e.kind == ControlChange && !d.whole(s) {
		return d.fringeOf(s)
	}
	part := s
	for _, m := range d.mentions {
		if m.first >= s.first && m.last < until && d.seat(s, m.first) {
			part.first = m.last + 1
		}
	}
	part.past = until
	if town := d.townIn(part); town != "" || part.first == s.first {
		return town
	}
	part.first = s.first
	for _, m := range d.mentions {
		if m.first >= s.first && m.last < until && d.seat(s, m.first) {
			part.past = m.first
			break
		}
	}
	return d.townIn(part)
}

// fringeReach is how many tokens before a town "areas of" or "bordering" may stand.
const fringeReach = 4

// whole reports whether the first town of a sentence is meant as a whole: "areas of X"
// and "the outskirts of X" are not X.
func (d *document) whole(s sentence) bool {
	m, ok := d.firstTown(s)
	for i := m.first - 1; ok && i >= max(s.first, m.first-fringeReach); i-- {
		if d.word("parts", i) || d.word("fringes", i) {
			return false
		}
	}
	return true
}

// fringeOf is the place of a sentence whose first town is not meant as a whole: outside
// of it, or none that is told.
func (d *document) fringeOf(s sentence) string {
	m, _ := d.firstTown(s)
	for i := m.first - 1; i >= max(s.first, m.first-fringeReach); i-- {
		if d.word("fringes", i) {
			s.first, s.past = m.first, m.last+1
			return outsidePlace + d.townIn(s)
		}
	}
	return ""
}

func (d *document) firstTown(s sentence) (mention, bool) {
	for _, m := range d.mentions {
		if m.first >= s.first && m.first < s.past && slices.ContainsFunc(m.entities, func(e int) bool { return d.names.entities[e].kind == entPlace }) {
			return m, true
		}
	}
	return mention{}, false
}

// asideAfter is where an aside set off by a sign begins behind token at ("…, after
// fighting near X"); the end of the sentence if there is none.
func (d *document) asideAfter(s sentence, at int) int {
	for i := at + 1; i < s.past; i++ {
		if d.breakAt(i) && d.word("aside", i) && !d.noiseIn("conj", i, i) {
			return i
		}
	}
	return s.past
}

// seat reports whether a word just before token i says that a side sits there.
func (d *document) seat(s sentence, i int) bool {
	for j := i - 1; j >= max(s.first, i-2); j-- {
		if d.word("seats", j) {
			return true
		}
	}
	return false
}

// periodOf is the stretch of days that a sentence tells where it is no single day:
// "2020-06-01/2020-06-07" of "last week", "2020-06-08/.." of "since Monday".
func (d *document) periodOf(s sentence) string {
	if d.local.IsZero() {
		return ""
	}
	for _, f := range d.findDays(s.first, s.past, d.local) {
		if f.first > s.first && d.word("since", f.first-1) && !f.ahead {
			return f.day + "/.."
		}
	}
	for _, h := range d.pack.weeks.Find(d.tokens[s.first:s.past], nil) {
		monday := d.local.AddDate(0, 0, -(int(d.local.Weekday())+6)%7+7*d.pack.weekOf[h.Class])
		return monday.Format(dayFormat) + "/" + monday.Add(6*24*time.Hour).Format(dayFormat)
	}
	return ""
}

// actorsIn are the catalogue ids of the people, bodies and countries that a sentence
// names, sorted. The country of the conflict itself acts through its sides.
func (d *document) actorsIn(s sentence) []string {
	var out []string
	for _, m := range d.mentions {
		if m.first < s.first || m.first >= s.past || d.isTheWar(m) {
			continue
		}
		for _, e := range m.entities {
			ent := d.names.entities[e]
			switch ent.kind {
			case entPerson, entBody, entMechanism, entCountry:
				if !d.home[ent.id] && !slices.Contains(out, ent.id) {
					out = append(out, ent.id)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// isTheWar reports whether a mention names the conflict.
func (d *document) isTheWar(m mention) bool {
	return slices.ContainsFunc(m.entities, func(e int) bool { return d.names.entities[e].kind == entAlias })
}

// rolesIn reads who does what in a claim of a sentence.
func (d *document) rolesIn(s sentence, e event, c Claim) []Role {
	switch c.Kind {
	case Escalation:
		return d.fightersIn(s, e, c)
	case Proposal:
		return d.standsIn(s, e)
	case TalksHeld, TalksAnnounced:
		if c.By.ID != "" && (c.By.Class == SpeakerUN || c.By.Class == SpeakerMediator) {
			return []Role{{c.By.ID, RoleMediator}}
		}
	}
	return nil
}

// fightersIn: the side named before a push that was repulsed is who pushed; the side
// that tells it, or the other one named, is who stood against it.
func (d *document) fightersIn(s sentence, e event, c Claim) []Role {
	if c.Sub != "repulsed" {
		return nil
	}
	first, _, ok := d.sideIn(s.first, e.at)
	if !ok {
		return nil
	}
	roles := []Role{{string(first), RoleAttacker}}
	for _, p := range append([]PartyID{c.By.Party}, c.Parties...) {
		if p != "" && p != first {
			return append(roles, Role{string(p), RoleDefender})
		}
	}
	return roles
}

// sideIn is the first side of the conflict that tokens [first, past) name.
func (d *document) sideIn(first, past int) (PartyID, mention, bool) {
	for _, m := range d.mentions {
		if m.first < first || m.first >= past {
			continue
		}
		for _, e := range m.entities {
			if p := d.names.entities[e].party; p != "" && d.own[p] {
				return p, m, true
			}
		}
	}
	return "", mention{}, false
}

// standReach is how many tokens behind "backed by" its side may stand.
const standReach = 5

// standsIn reads of a plan who proposed it, who stands behind it and who is told not
// to have answered it.
func (d *document) standsIn(s sentence, e event) []Role {
	var roles []Role
	if id := d.proposer(s); id != "" {
		roles = append(roles, Role{id, RoleProposer})
	}
	for _, h := range s.all(cAccept) {
		if h.Last+1 >= s.past || !d.word("agents", h.Last+1) {
			continue
		}
		if p, _, ok := d.sideIn(h.Last+2, min(s.past, h.Last+2+standReach)); ok {
			roles = append(roles, Role{string(p), RoleBacks})
		}
	}
	for _, h := range s.all(cReply) {
		if !d.deniedBefore(s, h) {
			continue
		}
		for at := h.Last + 1; at < s.past; {
			p, m, ok := d.sideIn(at, s.past)
			if !ok {
				break
			}
			if !slices.ContainsFunc(roles, func(r Role) bool { return r.Who == string(p) }) {
				return append(roles, Role{string(p), RoleNoReply})
			}
			at = m.last + 1
		}
	}
	return roles
}

// deniedBefore reports whether a word of denial stands within three tokens before.
func (d *document) deniedBefore(s sentence, h lexicon.Hit) bool {
	return slices.ContainsFunc(s.all(cNot), func(n lexicon.Hit) bool {
		return n.First <= h.Last && n.Last >= h.First-3
	})
}

// proposer is who is named right before a word of proposing or announcing.
func (d *document) proposer(s sentence) string {
	for _, h := range s.all(cPropose, cDeclare) {
		end := h.First - 1
		for end >= s.first && d.skippable(end) {
			end--
		}
		if end < s.first || d.mention[end] == 0 || d.owns(end) {
			continue
		}
		for _, x := range d.mentions[d.mention[end]-1].entities {
			switch ent := d.names.entities[x]; ent.kind {
			case entParty, entCountry, entBody, entMechanism, entPerson:
				return ent.id
			}
		}
	}
	return ""
}
