package news

import (
	"cmp"
	"slices"
)

// Reply is what a channel reads under a post when it was confirmed, denied, corrected
// or retracted, or when a date named for it has come: one or two sentences, the link
// and the reference, at most 400 visible characters. Edits reach nobody, replies do.
// It is empty only where the view sees no item of the development.
func (w *Writer) Reply(in AlertInput) string {
	d := in.Development.FoldedFor(in.View)
	if len(d.Mentions) == 0 && len(d.Claims) == 0 {
		return ""
	}
	s := setting{b: w.book(in.Lang), zone: zoneOr(in.Zone), about: d.ChangedAt, d: d}
	u := Update{Reason: ReasonAdds, At: d.ChangedAt}
	if in.Update != nil {
		u = *in.Update
	}
	cite := w.updateCite(d, u)
	foot := s.b.text("footer_reply", values{
		"links": w.affiliated(s.b, cite.Outlet, w.link(s.b, cite.Outlet, cite.URL)),
		"label": s.b.Texts["label"], "ref": visibleRef(cmp.Or(in.Ref, d.Ref)),
	})
	for _, limit := range []int{maxQuoteWords, 15, 8} {
		out := fit([]piece{
			{0, needAlways, stop(w.replyText(s, u, in, limit))},
			{1, needAlways, foot},
		}, within(maxReplyRunes))
		if within(maxReplyRunes)(out) || limit == 8 {
			return out
		}
	}
	return ""
}

// updateCite is the item that an update comes from, or the newest.
func (w *Writer) updateCite(d Development, u Update) Cite {
	if u.Correction != nil && u.Correction.Cite.URL != "" {
		return u.Correction.Cite
	}
	for _, m := range d.Mentions {
		if m.Item == u.Item && u.Item != "" {
			return m.Cite
		}
	}
	if len(d.Mentions) > 0 {
		return d.Mentions[len(d.Mentions)-1].Cite
	}
	return d.Claims[len(d.Claims)-1].Cite
}

// replyText is the sentence of a reply.
func (w *Writer) replyText(s setting, u Update, in AlertInput, limit int) string {
	switch u.Reason {
	case ReasonConfirmed:
		return s.b.text("confirmed_reply", values{"text": w.told(s, u, limit)})
	case ReasonDenied:
		return w.denied(s, u, limit)
	case ReasonCorrected:
		return w.corrected(s, u, limit)
	case ReasonRetracted:
		return w.retracted(s, u)
	case ReasonDeadline:
		return w.deadline(s, u, in)
	default:
		return s.b.text("update_reply", values{"text": w.told(s, u, limit)})
	}
}

// told is what the update's item says: its own claim in own words, or its headline.
func (w *Writer) told(s setting, u Update, limit int) string {
	cited := Claim{Cite: w.updateCite(s.d, u)}
	for _, way := range w.ways(s, cited) {
		for _, c := range updateClaims(s.d, u) {
			if s.d.Certainty != CertaintyHigh || c.Sub == subDenial || c.Kind != s.d.Kind() {
				continue
			}
			if text := way(s, c); text != "" {
				return text
			}
		}
	}
	return w.headline(s, cited, limit)
}

// updateClaims are the claims of the update's item, those about the development first.
func updateClaims(d Development, u Update) []Claim {
	var out []Claim
	for _, c := range d.Claims {
		if c.Cite.Item == u.Item && u.Item != "" {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(x, y Claim) int { return rankOfUpdate(d, x) - rankOfUpdate(d, y) })
	return out
}

func rankOfUpdate(d Development, c Claim) int {
	switch {
	case c.Main && c.Kind == d.Kind():
		return 0
	case c.Main:
		return 1
	default:
		return 2
	}
}

// denied says who denies it, in own words or theirs.
func (w *Writer) denied(s setting, u Update, limit int) string {
	for _, c := range updateClaims(s.d, u) {
		if c.Sub != subDenial {
			continue
		}
		if text := w.sentence(s, c); text != "" {
			return s.b.text("denied_reply", values{"text": text})
		}
	}
	return s.b.text("denied_reply", values{"text": w.headline(s, Claim{Cite: w.updateCite(s.d, u)}, limit)})
}

// corrected is "Corrected 10:42 UTC: was X, now Y, per Z". The hour is that of the item
// that corrects.
func (w *Writer) corrected(s setting, u Update, limit int) string {
	c := u.Correction
	if c == nil && len(s.d.Corrections) > 0 {
		c = &s.d.Corrections[len(s.d.Corrections)-1]
	}
	if c == nil {
		return s.b.text("update_reply", values{"text": w.told(s, u, limit)})
	}
	v := w.correctionValues(s, *c)
	at := c.At
	if at.IsZero() {
		at = u.At
	}
	v["clock"] = s.b.clock(at.In(s.zone))
	return s.b.text("corrected_reply", v)
}

// retracted says that the post is withdrawn, and by whom where an outlet did it.
func (w *Writer) retracted(s setting, u Update) string {
	for _, c := range updateClaims(s.d, u) {
		if c.Sub == subRetraction {
			return s.b.text("retracted_per", values{"per": s.b.apart(w.outlet(c.Cite.Outlet))})
		}
	}
	return s.b.Texts["retracted_reply"]
}

// deadline says what the clock brought: an announced start or end that came, or, where the
// update names none, that a date came with nothing known of it.
func (w *Writer) deadline(s setting, u Update, in AlertInput) string {
	if u.Deadline != nil {
		return s.b.text("deadline_reply", values{"label": s.b.Texts["deadline_label"], "text": upperFirst(w.deadlineText(s, *u.Deadline))})
	}
	for _, st := range visibleStandings(in.Standings, s.d.Conflict, in.View) {
		if st.Arrangement == s.d.Arrangement && st.Status == StatusExpired {
			return s.b.text("deadline_expired", values{"name": w.arrangementName(s.b, st)})
		}
	}
	return s.b.Texts["deadline_plain"]
}
