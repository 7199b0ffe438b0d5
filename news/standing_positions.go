package news

import (
	"slices"
	"time"
)

// Stance is where a party stood from a time on, and the words that tell it.
type Stance struct {
	Party    PartyID   `json:"party"`
	Position Position  `json:"position"`
	At       time.Time `json:"at"` // published time of the item
	Quote    string    `json:"quote,omitempty"`
	Item     ItemID    `json:"item"`
	Source   SourceID  `json:"source,omitempty"`
}

// maxStances bounds the history that is kept of one arrangement.
const maxStances = 24

// Stance gives the last known stance of a party; ok is false where none is known.
func (s Standing) Stance(p PartyID) (Stance, bool) {
	for _, st := range slices.Backward(s.Stances) {
		if st.Party == p {
			return st, true
		}
	}
	return Stance{}, false
}

// place records the position of the party that a claim is by, and reports whether
// that changed it. The map must be the standing's own.
func (s *Standing) place(c Claim, at Position) bool { return s.placeParty(c.By.Party, c, at) }

func (s *Standing) placeParty(p PartyID, c Claim, at Position) bool {
	if p == "" || s.Positions[p] == at {
		return false
	}
	if s.Positions == nil {
		s.Positions = map[PartyID]Position{}
	}
	s.Positions[p] = at
	s.Stances = append(slices.Clone(s.Stances), Stance{
		Party: p, Position: at, At: c.Cite.At, Quote: c.Quote, Item: c.Cite.Item, Source: c.Cite.Source,
	})
	s.Stances = s.Stances[max(0, len(s.Stances)-maxStances):]
	return true
}

// answered records where parties stand: by their own word only, never by what a third
// party says of them. All of them accepting, none refusing, is an agreement; one
// party's yes is not.
func (s Standing) answered(ev evidence, now time.Time) (Standing, bool) {
	next, _ := s.move(s.Status, "position.told", ev, now)
	next.Observed = s.Observed
	changed := false
	for _, c := range ev.claims {
		if c.By.Party != "" {
			changed = next.place(c, positionOf(c)) || changed
		}
	}
	if !changed {
		return s, false
	}
	if s.beforeAgreement() && !s.over() && next.allAccept() && ev.sure() {
		next.Status, next.Rule = StatusAgreed, "agreed.all-parties-accept"
	}
	return next, true
}

// unanswered records that a party gave no reply: one that a claim says so of, and of
// which no answer is known. Silence is no rejection.
func (s Standing) unanswered(ev evidence, now time.Time) (Standing, bool) {
	next, _ := s.move(s.Status, "position.no-reply", ev, now)
	changed := false
	for _, c := range ev.claims {
		if c.Sub != subNoReply {
			continue
		}
		if p, ok := s.silent(c); ok {
			changed = next.placeParty(p, c, PositionNoReply) || changed
		}
	}
	if !changed {
		return s, false
	}
	return next, true
}

// silent is the one party that a claim of no reply can mean.
func (s Standing) silent(c Claim) (PartyID, bool) {
	var left []PartyID
	for _, p := range c.Parties {
		if _, told := s.Positions[p]; !told && p != c.By.Party {
			left = append(left, p)
		}
	}
	if len(left) != 1 {
		return "", false
	}
	return left[0], true
}

// allAccept reports whether at least two parties are known and all say yes.
func (s Standing) allAccept() bool {
	accepts := 0
	for _, p := range s.Positions {
		switch p {
		case PositionAccepts:
			accepts++
		case PositionBacks:
		default:
			return false
		}
	}
	return accepts > 0 && len(s.Positions) > 1
}

// saysYes reports whether a party is known to accept or back it.
func (s Standing) saysYes(p PartyID) bool {
	return s.Positions[p] == PositionAccepts || s.Positions[p] == PositionBacks
}

func positionOf(c Claim) Position {
	switch {
	case c.Kind == Rejection:
		return PositionRejects
	case c.Sub == subConditional, c.Sub == subInPrinciple:
		return PositionConditional
	case c.Sub == subBacks:
		return PositionBacks
	default:
		return PositionAccepts
	}
}
