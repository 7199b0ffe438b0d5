package news

import (
	"cmp"
	"slices"
	"time"
)

// Override is what a server's moderators hold a status for, with their reason. Newer
// evidence moves the status on from there.
type Override struct {
	At          time.Time
	Conflict    ConflictID
	Arrangement ArrangementID
	Status      Status
	Reason      string
}

// Truth is what one server holds: the sources it has on, and its own rulings. The zero
// value sees every source and rules nothing.
type Truth struct {
	View      View
	Retracted []DevelopmentID // taken back in this server
	Overrides []Override
}

// Folded is what a server sees.
type Folded struct {
	Developments []Development
	Standings    []Standing // newest per arrangement, by conflict and arrangement
}

// Fold tells developments and standings anew as one server sees them up to now: from
// the claims of its own sources, its retractions and its overrides. It is a pure
// function of what the server sees: what other servers' sources say, and what their
// moderators decide, is not in its input or leaves no trace. The developments may
// come in any order.
func (t Truth) Fold(all []Development, now time.Time) Folded {
	var out Folded
	for _, d := range all {
		if slices.Contains(t.Retracted, d.ID) {
			continue
		}
		if d = d.FoldedFor(t.View); len(d.Mentions) > 0 {
			out.Developments = append(out.Developments, d)
		}
	}
	for i, d := range out.Developments {
		if !slices.ContainsFunc(out.Developments, func(o Development) bool { return o.ID == d.Follows }) {
			out.Developments[i].Follows = ""
		}
	}
	slices.SortFunc(out.Developments, func(x, y Development) int { return cmp.Compare(x.ID, y.ID) })
	out.Standings = t.standings(out.Developments, now)
	return out
}

// foldStep is one thing that may move a standing: an item's word on a development, or
// an override.
type foldStep struct {
	at       time.Time
	item     ItemID
	dev      Development // as it stood with the item
	mention  Mention
	override *Override
}

// standings runs the status table over what is seen, in the order of publication.
func (t Truth) standings(devs []Development, now time.Time) []Standing {
	known := map[standingKey]Standing{}
	for _, step := range t.steps(devs) {
		if step.at.After(now) {
			break
		}
		expire(known, step.at)
		for _, s := range step.moved(known, devs) {
			known[keyOf(s)] = s
		}
	}
	expire(known, now)
	var out []Standing
	for _, k := range sortedStandings(known) {
		out = append(out, known[k])
	}
	return out
}

// expire lets the clock end what is due.
func expire(known map[standingKey]Standing, now time.Time) {
	for _, k := range sortedStandings(known) {
		if next, ok := known[k].due(now); ok {
			known[k] = next
		}
	}
}

func (t Truth) steps(devs []Development) []foldStep {
	var steps []foldStep
	for _, d := range devs {
		for i, m := range d.Mentions {
			part := d.upTo(i)
			steps = append(steps, foldStep{at: m.At, item: m.Item, dev: part, mention: m})
		}
	}
	for i := range t.Overrides {
		steps = append(steps, foldStep{at: t.Overrides[i].At, override: &t.Overrides[i]})
	}
	slices.SortStableFunc(steps, func(x, y foldStep) int {
		return cmp.Or(x.at.Compare(y.at), cmp.Compare(x.item, y.item), cmp.Compare(boolInt(y.mention.Main), boolInt(x.mention.Main)), cmp.Compare(x.dev.ID, y.dev.ID))
	})
	return steps
}

// upTo is the development as it stood with its i-th mention.
func (d Development) upTo(i int) Development {
	d.Mentions = d.Mentions[:i+1]
	later := func(item ItemID) bool {
		return !slices.ContainsFunc(d.Mentions, func(m Mention) bool { return m.Item == item })
	}
	d.Claims = slices.DeleteFunc(slices.Clone(d.Claims), func(c Claim) bool { return later(c.Cite.Item) })
	d.Corrections = slices.DeleteFunc(slices.Clone(d.Corrections), func(c Correction) bool { return later(c.Cite.Item) })
	d.settle()
	return d
}

func (f foldStep) moved(known map[standingKey]Standing, devs []Development) []Standing {
	if o := f.override; o != nil {
		return []Standing{o.over(known[standingKey{o.Conflict, o.Arrangement}])}
	}
	if f.dev.Conflict == "" || !f.mention.Main && !f.dev.Kind().movesAsMinor() {
		return nil
	}
	f.dev.Arrangement = cmp.Or(f.mention.Arrangement, f.dev.Arrangement)
	told := tidings{dev: f.dev, kinds: f.mention.Kinds, certainty: f.mention.Certainty, now: f.at}
	for _, c := range f.dev.Claims {
		if c.Cite.Item == f.item && c.Main == f.mention.Main {
			told.claims = append(told.claims, c)
		}
	}
	told.allegations = func() ([]Claim, bool) { return breachesOfLate(f.before(devs), f.at) }
	var of []Standing
	for _, k := range sortedStandings(known) {
		if k.conflict == f.dev.Conflict {
			of = append(of, known[k])
		}
	}
	return told.moved(of)
}

// before gives the developments of the step's conflict with what was told by then.
func (f foldStep) before(devs []Development) []Development {
	var out []Development
	for _, d := range devs {
		if d.Conflict != f.dev.Conflict || d.OpenedAt.After(f.at) || f.at.Sub(d.ChangedAt) > calmAfter || !overlap(d.Kinds, []Kind{Violation, Escalation, Casualties}) {
			continue
		}
		d.Claims = slices.DeleteFunc(slices.Clone(d.Claims), func(c Claim) bool { return c.Cite.At.After(f.at) })
		out = append(out, d)
	}
	return out
}

// over sets a standing to what the moderators hold it for.
func (o Override) over(s Standing) Standing {
	s = s.copied()
	s.Conflict, s.Arrangement = o.Conflict, o.Arrangement
	s.At, s.Status, s.By = o.At, o.Status, ""
	s.Rule = "override.moderator: " + o.Reason
	s.Claims, s.Evidence = nil, nil
	return s
}
