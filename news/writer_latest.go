package news

import (
	"slices"
	"strconv"
	"strings"
)

// maxLatest is the most developments that one answer lists.
const maxLatest = 12

// Latest lists the newest developments of what was asked for, each with who says so,
// its link and its reference. It says so where nothing is stored, with the last known
// step. Discord markdown, at most 1,900 characters, never empty.
func (w *Writer) Latest(in LatestInput) string {
	b := w.book(in.Lang)
	s := setting{b: b, zone: zoneOr(in.Zone), about: in.Now.In(zoneOr(in.Zone))}
	asked := values{"asof": discordTime(in.Now)}
	if in.Conflict != "" {
		asked["conflict"] = w.conflict(b, in.Conflict)
	}
	if in.Kind != "" {
		asked["kind"] = b.label(in.Kind)
	}
	found, older := w.latest(in)
	if len(found) == 0 {
		return w.nothingLatest(s, in, asked, older)
	}
	pieces := []piece{{0, needAlways, b.text("latest_head", asked)}}
	for i, d := range found[:min(maxLatest, len(found))] {
		pieces = append(pieces, piece{i + 1, i, w.latestItem(s, d)})
	}
	foot := b.text("answer_foot", values{"label": b.Texts["label"]})
	out := fit(pieces, withinAll(maxAnswerRunes-80))
	if hidden := len(found) - strings.Count(out, "\n"); hidden > 0 {
		out += "\n" + b.text("latest_more", values{"n": strconv.Itoa(hidden)})
	}
	return out + "\n" + foot
}

// latest are the developments that match, and those that match but for Since, each
// newest first.
func (w *Writer) latest(in LatestInput) (found, older []Development) {
	for _, d := range in.Developments {
		d = d.FoldedFor(in.View)
		switch {
		case len(d.Mentions) == 0, in.Conflict != "" && d.Conflict != in.Conflict:
		case in.Kind != "" && !slices.Contains(d.Kinds, in.Kind):
		case d.ChangedAt.Before(in.Since):
			older = append(older, d)
		default:
			found = append(found, d)
		}
	}
	sortNewest(found)
	sortNewest(older)
	return found, older
}

// nothingLatest says that nothing is stored, and what was last known.
func (w *Writer) nothingLatest(s setting, in LatestInput, asked values, older []Development) string {
	if !in.Since.IsZero() {
		asked["since"] = discordTime(in.Since)
	}
	out := s.b.text("latest_none", asked)
	if len(older) > 0 {
		return out + "\n" + s.b.Texts["latest_last_known"] + "\n" + w.latestItem(s, older[0])
	}
	if in.Conflict == "" {
		return out
	}
	return strings.Join(append([]string{out}, w.lastKnown(s, in.Conflict, in.Now)...), "\n")
}

// latestItem is one line of the answer.
func (w *Writer) latestItem(s setting, d Development) string {
	s.d = d
	lead, text := w.lead(s)
	if text == "" {
		text = w.headline(s, lead, listQuoteWords)
	}
	return s.b.text("latest_item", values{
		"when": w.undated(s, text), "conflict": w.conflict(s.b, d.Conflict),
		"label": s.b.labelOf(d), "text": w.struck(s, stop(text)),
		"link": first(w.links(s.b, d, lead, 1)), "ref": visibleRef(d.Ref),
	})
}
