package news

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The sizes of a digest.
const (
	maxDigestLines       = 4   // of what is new, per conflict
	maxDigestClaimants   = 4   // of casualties, per conflict
	maxDigestLink        = 400 // runes; a longer link takes the place of news
	maxDigestCorrections = 5
)

// digestPart is what a digest says of one conflict, line by line.
type digestPart struct {
	head    string
	news    []string
	harm    string
	unknown string
}

// Digest is what a channel reads at its hour: corrections first; per conflict a status
// line with its change, up to four lines of what is new with links, casualties per
// claimant, what is not known; coverage and cut-off with the zone. It keeps within
// 1,200 characters whatever the volume and then says how much more there is. It is
// never empty: a window without news says in how many sources nothing was found.
func (w *Writer) Digest(in DigestInput) string {
	s := setting{b: w.book(in.Lang), zone: zoneOr(in.Zone), about: in.To.In(zoneOr(in.Zone))}
	active := digestDevelopments(in)
	corrections := w.digestCorrections(s, in, active)
	var parts []digestPart
	for _, c := range digestConflicts(in, active) {
		parts = append(parts, w.digestPart(s, in, c, active[c]))
	}
	head := []string{
		s.b.Texts["digest_head"],
		s.b.text("digest_window", values{"from": s.stamp(in.From), "to": s.stamp(in.To)}),
	}
	if in.Missed > 0 {
		head = append(head, s.missed(in))
	}
	if len(active) == 0 {
		head = append(head, w.quiet(s, in))
	}
	foot := s.b.text("digest_foot", values{
		"answering": strconv.Itoa(in.Answering), "sources": strconv.Itoa(in.Sources),
		"to": s.stamp(in.To), "label": s.b.Texts["label"],
	})
	return shrinkDigest(s.b, head, corrections, parts, foot)
}

// Nothing reports whether a digest has nothing to tell: no development in its window, no
// status that changed, and no digest before it that was not sent.
func (w *Writer) Nothing(in DigestInput) bool {
	changed := func(st Standing) bool {
		asked := len(in.Conflicts) == 0 || slices.Contains(in.Conflicts, st.Conflict)
		return asked && st.At.After(in.From) && !st.At.After(in.To) && st.seenBy(in.View)
	}
	return in.Missed == 0 && len(digestDevelopments(in)) == 0 && !slices.ContainsFunc(in.Standings, changed)
}

// missed says which digests were not sent.
func (s setting) missed(in DigestInput) string {
	name := "digest_missed_many"
	if in.Missed == 1 {
		name = "digest_missed_one"
	}
	return s.b.text(name, values{"n": strconv.Itoa(in.Missed), "from": s.stamp(in.MissedFrom), "to": s.stamp(in.MissedTo)})
}

// stamp is an instant of a digest's window with the zone it is told in.
func (s setting) stamp(t time.Time) string {
	t = t.In(s.zone)
	return s.b.text("instant", values{"day": s.b.day(t, s.about), "clock": s.b.clock(t)})
}

// quiet is what a window without news says. It claims no calm: only that nothing was
// found in what was read.
func (w *Writer) quiet(s setting, in DigestInput) string {
	if in.Sources == 0 {
		return s.b.text("digest_quiet_none", values{"from": s.stamp(in.From)})
	}
	name := "digest_quiet_many"
	if in.Sources == 1 {
		name = "digest_quiet_one"
	}
	return s.b.text(name, values{"n": strconv.Itoa(in.Sources), "from": s.stamp(in.From)})
}

// digestDevelopments are the developments of the digest by conflict, as the view sees
// them, the most severe first.
func digestDevelopments(in DigestInput) map[ConflictID][]Development {
	out := make(map[ConflictID][]Development)
	for _, d := range in.Developments {
		if len(in.Conflicts) > 0 && !slices.Contains(in.Conflicts, d.Conflict) {
			continue
		}
		if d = d.FoldedFor(in.View); len(d.Mentions) > 0 {
			out[d.Conflict] = append(out[d.Conflict], d)
		}
	}
	for c := range out {
		slices.SortStableFunc(out[c], compareDigest)
	}
	return out
}

// compareDigest puts main before minor, the severe before the less severe, the newer
// before the older.
func compareDigest(x, y Development) int {
	return cmp.Or(
		cmp.Compare(btoi(y.Main), btoi(x.Main)),
		cmp.Compare(rankSeverity(x.Severity), rankSeverity(y.Severity)),
		y.ChangedAt.Compare(x.ChangedAt),
		cmp.Compare(x.ID, y.ID),
	)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// rankSeverity puts what is not ranked last.
func rankSeverity(s Severity) Severity {
	if s == 0 {
		return Background + 1
	}
	return s
}

// digestConflicts are the conflicts that a digest speaks of: those with news, the most
// severe first, then those whose status changed.
func digestConflicts(in DigestInput, active map[ConflictID][]Development) []ConflictID {
	out := sortedKeys(active)
	slices.SortStableFunc(out, func(x, y ConflictID) int {
		return cmp.Compare(rankSeverity(active[x][0].Severity), rankSeverity(active[y][0].Severity))
	})
	for _, st := range in.Standings {
		asked := len(in.Conflicts) == 0 && st.At.After(in.From) || slices.Contains(in.Conflicts, st.Conflict)
		if asked && !slices.Contains(out, st.Conflict) && len(visibleStandings([]Standing{st}, st.Conflict, in.View)) > 0 {
			out = append(out, st.Conflict)
		}
	}
	return out
}

// digestCorrections are the corrections of the window, oldest first.
func (w *Writer) digestCorrections(s setting, in DigestInput, active map[ConflictID][]Development) []string {
	type told struct {
		at   time.Time
		text string
	}
	var all []told
	for _, c := range sortedKeys(active) {
		for _, d := range active[c] {
			for _, x := range d.Corrections {
				if !x.At.After(in.From) || x.At.After(in.To) {
					continue
				}
				s.d = d
				v := w.correctionValues(s, x)
				v["conflict"], v["link"] = w.conflict(s.b, c), w.digestLink(s.b, x.Cite)
				all = append(all, told{x.At, s.b.text("digest_correction", v)})
			}
		}
	}
	slices.SortStableFunc(all, func(x, y told) int { return x.at.Compare(y.at) })
	var out []string
	for _, t := range all[max(0, len(all)-maxDigestCorrections):] {
		out = append(out, t.text)
	}
	return out
}

// digestLink is a link short enough for a digest; a longer one is its label only.
func (w *Writer) digestLink(b *book, c Cite) string {
	link := w.link(b, c.Outlet, c.URL)
	if len([]rune(link)) > maxDigestLink {
		return ownLink.ReplaceAllString(link, "$1")
	}
	return link
}

// digestPart is what a digest says of one conflict.
func (w *Writer) digestPart(s setting, in DigestInput, c ConflictID, ds []Development) digestPart {
	standings := visibleStandings(in.Standings, c, in.View)
	part := digestPart{head: w.digestHead(s, in, c, standings)}
	var claims []Claim
	told := make(map[string]bool)
	for _, d := range ds {
		s.d = d
		claims = append(claims, d.Claims...)
		lead, text := w.lead(s)
		if text == "" {
			text = w.digestQuote(s, lead)
		}
		if told[text] && !d.Main {
			continue // a minor development of an item that is told already
		}
		told[text] = true
		part.news = append(part.news, s.b.text("digest_line", values{
			"label": s.b.labelOf(d), "text": w.struck(s, stop(text)), "link": w.digestLink(s.b, linkedCite(d, lead)),
		}))
	}
	part.harm = w.digestHarm(s, claims)
	part.unknown = w.digestUnknown(s, standings, ds)
	return part
}

// digestQuote is the headline of a claim's item. The link behind it names the outlet.
func (w *Writer) digestQuote(s setting, c Claim) string {
	cite := linkedCite(s.d, c)
	for _, m := range s.d.Mentions {
		if quote := w.quoteAbout(s, m.Title, m.Lang, listQuoteWords); m.Item == cite.Item && quote != "" {
			v := values{"quote": quote}
			if !w.names.saysWho(quote, c.By, w.index) {
				v["speaker"] = w.cited(s.b, c.By, c.Cite.Lang)
			}
			return s.b.text("digest_quote", v)
		}
	}
	return w.headline(s, c, listQuoteWords)
}

// linkedCite is the item of a claim, or the first of the development.
func linkedCite(d Development, c Claim) Cite {
	for _, m := range d.Mentions {
		if m.Item == c.Cite.Item {
			return m.Cite
		}
	}
	return d.Mentions[0].Cite
}

// digestHead is a conflict's status line with its change.
func (w *Writer) digestHead(s setting, in DigestInput, c ConflictID, standings []Standing) string {
	v := values{"conflict": w.conflict(s.b, c), "status": s.b.Texts["digest_unknown_status"]}
	if len(standings) == 0 {
		return s.b.text("digest_conflict", v)
	}
	now := standings[0]
	v["status"] = s.b.Statuses[now.Status]
	v["day"] = s.b.day(now.At.In(s.zone), s.about)
	v["by"] = w.confirmer(s.b, now)
	before := StatusNone
	if was := visibleStandings(in.Before, c, in.View); len(was) > 0 {
		before = was[0].Status
	}
	if before != now.Status {
		v["before"] = s.b.Statuses[before]
	}
	return s.b.text("digest_conflict", v)
}

// digestHarm lists what each claimant says of casualties, side by side.
func (w *Writer) digestHarm(s setting, claims []Claim) string {
	var list []string
	for _, a := range w.accounts(s.b, claims) {
		name, by := "figure_by", a.by
		if a.verified {
			name = "figure_by_verified"
		}
		if by == "" {
			name, by = "figure_by", s.b.apart(w.outlet(a.claim.Cite.Outlet))
		}
		text := s.b.text(name, values{"figures": w.figures(s.b, a.claim, a.figures, harmCounts()), "by": by})
		if text != "" && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	if len(list) == 0 {
		return ""
	}
	list = list[:min(maxDigestClaimants, len(list))]
	return stop(s.b.text("digest_casualties", values{"list": strings.Join(list, "; ")}))
}

// digestUnknown lists what is not known: answers that have not come, causes not told.
func (w *Writer) digestUnknown(s setting, standings []Standing, ds []Development) string {
	var silent []PartyID
	for _, st := range standings {
		for _, p := range sortedKeys(st.Positions) {
			if st.Positions[p] == PositionNoReply {
				silent = append(silent, p)
			}
		}
	}
	var list []string
	for _, name := range w.partyNames(s.b, silent) {
		list = append(list, s.b.text("unknown_answer", values{"party": name}))
	}
	if slices.ContainsFunc(ds, causeUnknown) {
		list = append(list, s.b.Texts["unknown_cause"])
	}
	if len(list) == 0 {
		return ""
	}
	return stop(s.b.text("unknown", values{"list": s.b.list(list)}))
}

// causeUnknown reports whether a development tells of deaths and names no party.
func causeUnknown(d Development) bool {
	return slices.ContainsFunc(d.Claims, func(c Claim) bool {
		return causeNotStated(c) && hasDeaths(c.Figures)
	})
}

// shrinkDigest puts a digest together and leaves out what is most dispensable until it
// fits: first what is not known and the later lines of each conflict, then whole
// conflicts from the last on, then corrections from the last on.
func shrinkDigest(b *book, head, corrections []string, parts []digestPart, foot string) string {
	total := 0
	for _, p := range parts {
		total += len(p.news)
	}
	depth, small := maxDigestLines, true
	for {
		out, shown := layDigest(b, head, corrections, parts, foot, total, depth, small)
		switch {
		case withinAll(maxDigestRunes)(out):
			return out
		case depth > 2:
			depth--
		case small:
			small = false
		case depth > 1:
			depth--
		case len(parts) > 1:
			parts = parts[:len(parts)-1]
			depth, small = maxDigestLines, true
		case len(corrections) > 1:
			corrections = corrections[:len(corrections)-1]
		case shown > 0:
			depth = 0
		case len(corrections) > 0:
			corrections = nil
		default:
			return clipRunes(out, maxDigestRunes)
		}
	}
}

// layDigest writes a digest with at most depth lines per conflict. It returns how many
// of the developments it shows.
func layDigest(b *book, head, corrections []string, parts []digestPart, foot string, total, depth int, small bool) (string, int) {
	lines, shown := append(slices.Clone(head), corrections...), 0
	for _, p := range parts {
		lines = append(lines, p.head)
		n := min(depth, len(p.news))
		lines, shown = append(lines, p.news[:n]...), shown+n
		if small && depth > 0 {
			lines = append(lines, p.harm, p.unknown)
		}
	}
	if more := total - shown; more > 0 {
		lines = append(lines, b.text("digest_more", values{"n": strconv.Itoa(more)}))
	}
	lines = slices.DeleteFunc(append(lines, foot), func(l string) bool { return l == "" })
	return strings.Join(lines, "\n"), shown
}
