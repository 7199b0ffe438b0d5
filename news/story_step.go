package news

import (
	"math"
	"slices"

	"trucewire/news/lexicon"
)

// step is what tells one step of a process from another, of an item or of a
// development: it needs no words, so it holds across languages.
type step struct {
	conflict ConflictID
	kinds    []Kind // the main one first
	speakers []string
	parties  []PartyID
	days     []string
	places   []string // folded
	figures  []Figure
	expected bool
}

// stepOf reads the step an item mainly tells off its claims.
func (o origins) stepOf(r Reading) step {
	s := step{conflict: r.Conflict, kinds: r.Kinds, parties: r.Parties}
	for _, c := range r.Claims {
		if c.Main {
			s.add(c, o.speaker(c.By))
		}
	}
	return s
}

// stepOfDevelopment reads the step off a development's own claims.
func (o origins) stepOfDevelopment(d Development) step {
	s := o.stepOfClaims(d.Conflict, d.Own(nil))
	s.kinds = d.Kinds
	return s
}

// step is what the development tells, kept until it changes.
func (s *story) step(o origins) step {
	if s.told == nil {
		d := s.whole()
		told := o.stepOfDevelopment(d)
		s.told, s.tellers = &told, make([]ItemID, len(d.Mentions))
		for i, m := range d.Mentions {
			s.tellers[i] = m.Item
		}
	}
	return *s.told
}

// toldBy gives the items that mention the development, kept until it changes.
func (s *story) toldBy(o origins) []ItemID {
	s.step(o)
	return s.tellers
}

func (o origins) stepOfClaims(conflict ConflictID, claims []Claim) step {
	s := step{conflict: conflict}
	for _, c := range claims {
		s.add(c, o.speaker(c.By))
		for _, p := range c.Parties {
			if !slices.Contains(s.parties, p) {
				s.parties = append(s.parties, p)
			}
		}
	}
	return s
}

func (s *step) add(c Claim, speaker string) {
	if speaker != "" && !slices.Contains(s.speakers, speaker) {
		s.speakers = append(s.speakers, speaker)
	}
	if c.Day != "" && !slices.Contains(s.days, c.Day) {
		s.days = append(s.days, c.Day)
	}
	if place := lexicon.Fold(c.Place); place != "" && !slices.Contains(s.places, place) {
		s.places = append(s.places, place)
	}
	s.figures = append(s.figures, c.Figures...)
	s.expected = s.expected || c.Sub == subExpected
}

// stepSignals compares what an item tells with what a development tells. The time
// signals must be there.
func (m *match) stepSignals(a, b step) {
	m.kindSignals(a, b)
	m.signals[sigSpeaker], m.signals[sigSpeakers] = setsAgree(a.speakers, b.speakers)
	m.signals[sigParties] = jaccard(a.parties, b.parties)
	m.signals[sigDay], _ = setsAgree(a.days, b.days)
	m.signals[sigFigure], m.signals[sigFigures] = figuresAgree(a.figures, b.figures)
	m.signals[sigExpect] = truth(a.expected != b.expected)
	m.signals[sigWordsSpeaker] = m.signals[sigWords] * m.signals[sigSpeaker]
}

func (m *match) kindSignals(a, b step) {
	if len(a.kinds) == 0 || len(b.kinds) == 0 {
		return
	}
	hours := m.signals[sigHours]
	m.signals[sigKinds] = truth(overlap(a.kinds, b.kinds))
	m.signals[sigMainIn] = (truth(slices.Contains(b.kinds, a.kinds[0])) + truth(slices.Contains(a.kinds, b.kinds[0]))) / 2
	if slices.Contains(a.kinds, Violation) && slices.Contains(b.kinds, Violation) {
		m.signals[sigViolation] = math.Sqrt(hours) // falls with a day, not with half a day
	}
	one := family(a.kinds[0]) == family(b.kinds[0])
	if m.signals[sigMainIn] == 0 {
		m.signals[sigApart] = truth(!one)
		m.signals[sigTurns] = truth(a.kinds[0].turnsStatus() && b.kinds[0].turnsStatus())
	}
	if !one {
		return
	}
	switch family(a.kinds[0]) {
	case familyDeal:
		m.signals[sigDealHours] = hours
	case familyFighting:
		m.signals[sigFightingHours] = hours
	case familyTalks:
		m.signals[sigTalksHours] = hours
	case familyRelief:
		m.signals[sigRelief], m.signals[sigReliefHours] = 1, hours
	case familyWords:
		m.signals[sigWords], m.signals[sigWordsHours] = 1, hours
	}
}

// setsAgree tells whether two sets share a value, or both have values and share none.
func setsAgree(a, b []string) (same, differ float64) {
	if len(a) == 0 || len(b) == 0 {
		return 0, 0
	}
	same = truth(overlap(a, b))
	return same, 1 - same
}

// figuresAgree compares figures of one thing: equal bounds agree.
func figuresAgree(a, b []Figure) (same, differ float64) {
	comparable := false
	for _, x := range a {
		for _, y := range b {
			if x.What != y.What || x.vague() || y.vague() {
				continue
			}
			comparable = true
			if x.sameBounds(y) {
				return 1, 0
			}
		}
	}
	return 0, truth(comparable)
}

func (f Figure) vague() bool { return f.Min == nil && f.Max == nil }

// sameBounds reports whether two figures name the same number, whatever their
// qualifiers: "19" and "at least 19".
func (f Figure) sameBounds(g Figure) bool {
	return equalInt(f.low(), g.low())
}

// low is the number a figure is told by.
func (f Figure) low() *int {
	if f.Min != nil {
		return f.Min
	}
	return f.Max
}

func equalInt(a, b *int) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// kindFamily groups kinds that readers of one event file differently.
type kindFamily int

const (
	familyWords kindFamily = iota
	familyTalks
	familyDeal
	familyFighting
	familyRelief
)

func family(k Kind) kindFamily {
	switch k {
	case TalksAnnounced, TalksHeld, TalksFailed, Mediation, Proposal:
		return familyTalks
	case Acceptance, Agreement, InEffect, Extension:
		return familyDeal
	case Violation, Collapse, Expiry, Escalation, Casualties, ControlChange:
		return familyFighting
	case Humanitarian, Exchange, Monitoring, Deescalation:
		return familyRelief
	default: // statements and refusals
		return familyWords
	}
}

// turnsStatus reports whether the kind is a step of an arrangement's life: reached,
// begun, extended, over. Two of them are never one step.
func (k Kind) turnsStatus() bool {
	switch k {
	case Agreement, InEffect, Extension, Collapse, Expiry:
		return true
	default:
		return false
	}
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}

func jaccard[T comparable](a, b []T) float64 {
	both := 0
	for _, x := range a {
		both += boolInt(slices.Contains(b, x))
	}
	return share(float64(both), float64(len(a)+len(b)-both))
}

func truth(b bool) float64 { return float64(boolInt(b)) }
