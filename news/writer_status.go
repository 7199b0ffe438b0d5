package news

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How long a status may go without confirmation before the answer says so.
const (
	staleInForce = 3 * 24 * time.Hour
	staleTalks   = 14 * 24 * time.Hour
)

// statusRank orders standings by what a reader must know first.
func statusRank(s Status) int {
	order := []Status{
		StatusInForce, StatusExtended, StatusAgreed, StatusNegotiating, StatusProposed,
		StatusCollapsed, StatusExpired, StatusSettled, StatusSuperseded, StatusNone,
	}
	if at := slices.Index(order, s); at >= 0 {
		return at
	}
	return len(order)
}

// visibleStandings are those of a conflict that rest on something the view sees, what
// runs first, then the newest.
func visibleStandings(all []Standing, c ConflictID, v View) []Standing {
	var out []Standing
	for _, s := range all {
		if s.Conflict == c && s.seenBy(v) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(x, y Standing) int {
		return cmp.Or(
			cmp.Compare(statusRank(x.Status), statusRank(y.Status)),
			y.At.Compare(x.At),
			cmp.Compare(x.Arrangement, y.Arrangement),
		)
	})
	return out
}

// statusPieces are the third line of an alert: the status, where the parties stand,
// and what is not known.
func (w *Writer) statusPieces(s setting, lead Claim, all []Standing, v View) []piece {
	standings := slices.DeleteFunc(visibleStandings(all, s.d.Conflict, v), func(st Standing) bool { return tooUnsure(s.d, st) })
	var out []piece
	if len(standings) > 0 {
		out = append(out, piece{lineStatus, needStatus, stop(w.statusLine(s, standings[0]))})
	}
	for _, st := range standings {
		positions := w.positionsOf(s.b, st, s.d.Claims)
		if positions == "" || st.Arrangement == "" && statusRank(st.Status) <= statusRank(StatusAgreed) {
			continue
		}
		text := s.b.text("positions_of", values{"name": w.arrangementName(s.b, st), "positions": positions})
		out = append(out, piece{lineStatus, needPositions, stop(upperFirst(text))})
	}
	if unknown := w.unknowns(s, lead, standings); unknown != "" {
		out = append(out, piece{lineStatus, needUnknown, stop(s.b.text("unknown", values{"list": unknown}))})
	}
	return out
}

// tooUnsure reports whether a standing is a turn that rests on nothing but the items of
// a development whose kind the desk is not sure of: such a turn is never told as a fact.
func tooUnsure(d Development, st Standing) bool {
	turn := slices.Contains([]Status{StatusAgreed, StatusInForce, StatusCollapsed, StatusExpired}, st.Status)
	if !turn || d.Certainty == CertaintyHigh {
		return false
	}
	return !slices.ContainsFunc(st.Evidence, func(id ItemID) bool {
		return !slices.ContainsFunc(d.Mentions, func(m Mention) bool { return m.Item == id })
	})
}

// statusLine is the status in a post: "Status: **negotiating**, no ceasefire in force".
func (w *Writer) statusLine(s setting, st Standing) string {
	v := values{"status": s.b.Statuses[st.Status]}
	if st.Arrangement != "" {
		v["name"] = w.arrangementName(s.b, st)
	}
	switch st.Status {
	case StatusProposed, StatusNegotiating:
		v["note"] = s.b.Texts["no_ceasefire"]
	case StatusInForce, StatusExtended:
		v["note"] = s.b.Texts["strain_"+strconv.Itoa(st.Strain)]
	}
	return s.b.text("status_line", v)
}

// arrangementName names what a standing is about.
func (w *Writer) arrangementName(b *book, st Standing) string {
	if name := w.arrangement(st.Conflict, st.Arrangement); name != "" {
		return b.apart(name)
	}
	switch st.Status {
	case StatusNone, StatusProposed, StatusNegotiating, "":
		return b.Texts["plan"]
	default:
		return b.Texts["truce"]
	}
}

// positionsOf says where the sides stand, in the order of the alphabet: those that the
// standing's own evidence or the claims beside it speak of, so that nothing is told
// uncited.
func (w *Writer) positionsOf(b *book, st Standing, claims []Claim) string {
	cited := slices.Concat(st.Claims, claims)
	byName := make(map[string]string, len(st.Positions))
	for _, id := range sortedKeys(st.Positions) {
		name := w.party(b, id)
		t, ok := b.positions[st.Positions[id]]
		spoken := slices.ContainsFunc(cited, func(c Claim) bool { return c.By.Party == id || slices.Contains(c.Parties, id) })
		if name == "" || !ok || !spoken || !w.isSide(st.Conflict, id) {
			continue
		}
		said, _ := t.fill(values{"party": name})
		byName[foldName(name)+string(id)] = said
	}
	var list []string
	for _, key := range sortedKeys(byName) {
		list = append(list, byName[key])
	}
	return joinComma(b, list)
}

func joinComma(b *book, list []string) string {
	out := ""
	for i, s := range list {
		if i > 0 {
			out += b.Texts["comma"]
		}
		out += s
	}
	return out
}

// unknowns lists what the fields show to be unknown.
func (w *Writer) unknowns(s setting, lead Claim, standings []Standing) string {
	var list []string
	for _, st := range standings {
		if st.Arrangement != s.d.Arrangement {
			continue
		}
		if s.d.Kind() == Agreement && st.Start.IsZero() && st.Status == StatusAgreed {
			list = append(list, s.b.Texts["unknown_start"])
		}
		if slices.Contains([]Kind{Agreement, Extension, InEffect}, s.d.Kind()) && st.End.IsZero() && statusRank(st.Status) <= statusRank(StatusAgreed) {
			list = append(list, s.b.Texts["unknown_end"])
		}
		list = append(list, w.missingAnswers(s, lead, st)...)
		break
	}
	return s.b.list(list)
}

// missingAnswers are the parties of a proposal whose position nobody has told.
func (w *Writer) missingAnswers(s setting, lead Claim, st Standing) []string {
	if s.d.Kind() != Proposal || len(st.Positions) == 0 {
		return nil
	}
	var missing []PartyID
	for _, p := range lead.Parties {
		if _, told := st.Positions[p]; !told && p != lead.By.Party {
			missing = append(missing, p)
		}
	}
	var list []string
	for _, name := range w.partyNames(s.b, missing) {
		list = append(list, s.b.text("unknown_answer", values{"party": name}))
	}
	return list
}

// Status answers how conflicts stand: the status with who last confirmed it and when,
// arrangements with the parties' positions, strain and the newest steps with links. It
// says so where nothing is stored, with what was last known. Discord markdown, at most
// 1,900 characters, never empty.
func (w *Writer) Status(in StatusInput) string {
	b := w.book(in.Lang)
	s := setting{b: b, zone: zoneOr(in.Zone), about: in.Now.In(zoneOr(in.Zone))}
	if len(in.Conflicts) == 0 {
		return b.text("status_no_conflict", values{"asof": discordTime(in.Now)})
	}
	var pieces []piece
	line := 0
	for i, c := range in.Conflicts {
		part := w.conflictStatus(s, in, c, len(in.Conflicts) == 1)
		for j, text := range part {
			need := needAlways
			if j > 0 {
				need = 2 + j
			}
			if i > 0 {
				need++
			}
			pieces = append(pieces, piece{line, need, text})
			line++
		}
	}
	foot := b.text("answer_foot", values{"label": b.Texts["label"]})
	out := fit(append(pieces, piece{line, needAlways, foot}), withinAll(maxAnswerRunes-60))
	shown := strings.Count("\n"+out, "\n**")
	if missing := len(in.Conflicts) - shown; missing > 0 {
		out += "\n" + b.text("status_more", values{"n": strconv.Itoa(missing)})
	}
	return out
}

// discordTime is an instant that each reader sees in their own zone.
func discordTime(t time.Time) string { return fmt.Sprintf("<t:%d:f>", t.Unix()) }

// conflictStatus is one conflict's part of the answer, line by line.
func (w *Writer) conflictStatus(s setting, in StatusInput, c ConflictID, full bool) []string {
	standings := visibleStandings(in.Standings, c, in.View)
	recent := newest(in.Developments, c, in.View)
	v := values{"conflict": w.conflict(s.b, c), "asof": discordTime(in.Now), "status": s.b.Texts["status_none"]}
	if len(standings) > 0 {
		v["status"] = s.b.Statuses[standings[0].Status]
		if known := standings[0].Status; known == StatusProposed || known == StatusNegotiating {
			v["status"] += s.b.Texts["comma"] + s.b.Texts["no_ceasefire"]
		}
	}
	lines := []string{s.b.text("status_head", v)}
	if len(standings) > 0 {
		lines = append(lines, w.confirmation(s, standings[0], in.Now))
	}
	if full {
		lines = append(lines, w.arrangementLines(s, standings)...)
	}
	if len(recent) == 0 {
		return append(lines, w.lastKnown(s, c, in.Now)...)
	}
	most := 1
	if full {
		most = 4
		lines = append(lines, s.b.Texts["status_latest"])
	}
	for _, d := range recent[:min(most, len(recent))] {
		lines = append(lines, w.stepLine(s, d))
	}
	return lines
}

// confirmation says when and by whom a status was last confirmed, and how long ago
// that is where it is too long.
func (w *Writer) confirmation(s setting, st Standing, now time.Time) string {
	text := s.b.text("status_confirmed", values{"day": s.b.day(st.At.In(s.zone), s.about), "by": w.confirmer(s.b, st)})
	if age := now.Sub(st.At); st.Stale(now) {
		text += " " + s.b.text("status_stale", values{"n": strconv.Itoa(int(age / (24 * time.Hour)))})
	}
	return text
}

// confirmer is who confirmed a status, where that is somebody other than an outlet,
// which only carries it.
func (w *Writer) confirmer(b *book, st Standing) string {
	k, ok := w.names.known[foldName(st.By)]
	carries := func(c Claim) bool {
		return slices.Contains([]string{foldName(string(c.Cite.Outlet)), foldName(w.outlet(c.Cite.Outlet))}, foldName(st.By))
	}
	if st.By == "" || ok && k.sort == nameOutlet || slices.ContainsFunc(st.Claims, carries) {
		return ""
	}
	return w.speaker(b, Speaker{Name: st.By}, "")
}

// arrangementLines tell each arrangement with positions, strain and dates.
func (w *Writer) arrangementLines(s setting, standings []Standing) []string {
	var out []string
	for _, st := range standings {
		if st.Arrangement == "" && len(st.Positions) == 0 && st.Strain == 0 && st.End.IsZero() {
			continue
		}
		v := values{
			"name": w.arrangementName(s.b, st), "status": s.b.Statuses[st.Status],
			"positions": w.positionsOf(s.b, st, nil), "strain": s.b.Texts["strain_"+strconv.Itoa(st.Strain)],
			"start": s.instant(st.Start), "end": s.instant(st.End),
		}
		if st.Disputed {
			v["disputed"] = s.b.Texts["disputed"]
		}
		out = append(out, "• "+stop(upperFirst(s.b.text("arrangement_status", v))))
	}
	return out
}

// instant writes an instant: as a Discord time if its hour is known, which midnight
// UTC stands against, and otherwise as a day in words.
func (s setting) instant(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Equal(t.UTC().Truncate(24 * time.Hour)):
		return s.b.day(t.UTC(), s.about)
	default:
		return discordTime(t)
	}
}

// lastKnown is the newest dated arrangement of the catalogue up to now, for a conflict
// that nothing is stored on.
func (w *Writer) lastKnown(s setting, id ConflictID, now time.Time) []string {
	c, ok := w.cat.Conflict(id)
	if !ok {
		return nil
	}
	var best Arrangement
	var when time.Time
	for _, a := range c.Arrangements {
		day, err := time.Parse(dayLayout, a.Date[:min(len(a.Date), len(dayLayout))])
		if err == nil && day.After(when) && !day.After(now) {
			best, when = a, day
		}
	}
	if when.IsZero() {
		return nil
	}
	link := ""
	for _, source := range best.Sources {
		if target := linkTarget(source); target != "" {
			link = w.link(s.b, OutletID(hostOf(target)), source)
			break
		}
	}
	return []string{s.b.text("status_last_known", values{
		"name": escape(sanitise(beforeBracket(best.Name))), "day": s.b.day(when, s.about), "link": link,
	})}
}

// newest are the developments of a conflict that the view sees, folded, the newest
// first; main ones only where there are any.
func newest(all []Development, c ConflictID, v View) []Development {
	var out []Development
	main := false
	for _, d := range all {
		if d.Conflict != c {
			continue
		}
		if d = d.FoldedFor(v); len(d.Mentions) > 0 {
			out = append(out, d)
			main = main || d.Main
		}
	}
	if main {
		out = slices.DeleteFunc(out, func(d Development) bool { return !d.Main })
	}
	sortNewest(out)
	return out
}

func sortNewest(ds []Development) {
	slices.SortStableFunc(ds, func(x, y Development) int {
		return cmp.Or(y.ChangedAt.Compare(x.ChangedAt), cmp.Compare(x.ID, y.ID))
	})
}

// stepLine is one development in a list: day, what, link.
func (w *Writer) stepLine(s setting, d Development) string {
	s.d = d
	lead, text := w.lead(s)
	if text == "" {
		text = w.headline(s, lead, listQuoteWords)
	}
	links := w.links(s.b, d, lead, 1)
	return s.b.text("status_item", values{
		"day": w.undated(s, text), "text": w.struck(s, stop(text)), "link": first(links),
	})
}

// undated is the day of a development for a line whose text names no day.
func (w *Writer) undated(s setting, text string) string {
	if s.b.dayPattern.MatchString(text) {
		return ""
	}
	return s.b.day(s.d.ChangedAt.In(s.zone), s.about)
}

// listQuoteWords is how much of a headline a list quotes.
const listQuoteWords = 14

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
