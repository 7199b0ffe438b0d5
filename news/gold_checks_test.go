package news_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trucewire/news"
)

func (g goldReading) checkDevelopment(t *testing.T, want goldDevelopment) {
	d, ok := g.find(want.Kind, want.Evidence[0])
	if !ok {
		t.Fatalf("no development of kind %s from %q", want.Kind, want.Evidence[0].Text)
	}
	claims := own(d)
	if d.Severity != want.Severity {
		t.Errorf("severity %d, want %d", d.Severity, want.Severity)
	}
	for _, e := range want.Evidence {
		if !slices.ContainsFunc(claims, func(c news.Claim) bool { return g.covers(c, e.Start, e.Start+1) }) {
			t.Errorf("evidence is missing: %q", e.Text)
		}
	}
	g.checkWho(t, want, claims)
	g.checkTimes(t, want, claims)
	checkPlaces(t, want.Place, claims)
	checkVoices(t, want, claims)
	checkFigures(t, want, claims)
	if q := want.Quote; q != nil && !slices.ContainsFunc(claims, func(c news.Claim) bool {
		return c.Spoken && strings.Contains(c.Quote, q.Text)
	}) {
		t.Errorf("the quotation is missing: %q", q.Text)
	}
}

// checkWho compares parties, third parties and what they do.
func (g goldReading) checkWho(t *testing.T, want goldDevelopment, claims []news.Claim) {
	t.Helper()
	var parties []news.PartyID
	var who, roles []string
	for _, c := range claims {
		parties = append(parties, c.Parties...)
		who = append(append(who, c.Actors...), c.By.ID)
		for _, r := range c.Roles {
			roles = append(roles, goldName(r.Who)+" "+r.Role)
		}
	}
	slices.Sort(parties)
	if got := slices.Compact(parties); !slices.Equal(got, slices.Sorted(slices.Values(want.Parties))) {
		t.Errorf("parties %v, want %v", got, want.Parties)
	}
	for i := range who {
		who[i] = goldName(who[i])
	}
	for _, third := range want.Third {
		if !slices.Contains(who, third) && !slices.ContainsFunc(roles, func(r string) bool { return strings.HasPrefix(r, third+" ") }) {
			t.Errorf("%s is not among %v", third, who)
		}
	}
	for _, table := range []map[string]string{want.Role, want.Roles, want.Positions} {
		for name, role := range table {
			role, _, _ = strings.Cut(strings.ReplaceAll(role, "no direct reply", "no_reply"), ";")
			role, _, _ = strings.Cut(role, " (")
			if !slices.Contains(roles, name+" "+role) {
				t.Errorf("%s is not %s in %v", name, role, roles)
			}
		}
	}
}

// goldName is how the gold calls what the catalogue calls by id.
func goldName(id string) string {
	switch id {
	case "mechanism/UN Support Mission in Libya":
		return "un/unsmil"
	case "mechanism/UN Organization Stabilization Mission in the DR Congo":
		return "un/mission"
	}
	states := map[string]string{"EG": "egypt", "DE": "germany", "TR": "turkey", "RU": "russia", "AO": "angola", "NO": "norway", "BR": "brazil", "IN": "india"}
	for code, name := range states {
		if id == "country/"+code || id == "body/"+name {
			return "state/" + name
		}
	}
	return id
}

func (g goldReading) checkTimes(t *testing.T, want goldDevelopment, claims []news.Claim) {
	t.Helper()
	for _, at := range []string{want.EventTime.Resolved, want.ReportedTime.Resolved, want.Proposed.Resolved} {
		if at != "" && !slices.ContainsFunc(claims, func(c news.Claim) bool {
			return c.Day == at || c.Period == at || c.Kind == news.Statement && c.Day == "" && c.Cite.At.Format(time.DateOnly) == at
		}) {
			t.Errorf("no claim tells %s", at)
		}
	}
	for _, c := range claims {
		if c.Day != "" && !slices.Contains([]string{want.EventTime.Resolved, want.ReportedTime.Resolved, want.Proposed.Resolved}, c.Day) && !strings.HasPrefix(want.EventTime.Resolved, c.Day) {
			t.Errorf("day %s is not told of it: %q", c.Day, c.Quote)
		}
	}
}

// checkPlaces: a development without a place has none; others have each of theirs.
func checkPlaces(t *testing.T, place any, claims []news.Claim) {
	t.Helper()
	var want []string
	switch p := place.(type) {
	case string:
		want = []string{p}
	case []any:
		for _, x := range p {
			want = append(want, x.(string))
		}
	}
	var got []string
	for _, c := range claims {
		if c.Place != "" {
			got = append(got, c.Place)
		}
	}
	if len(want) == 0 && len(got) > 0 {
		t.Errorf("places %v, want none", got)
	}
	for _, w := range want {
		w, _, _ = strings.Cut(strings.TrimPrefix(w, "near "), " (")
		if town, fringe := strings.CutSuffix(w, " outskirts"); fringe {
			w = "outside " + town
		}
		if !slices.ContainsFunc(got, func(p string) bool { return samePlace(p, w) }) {
			t.Errorf("places %v lack %s", got, w)
		}
	}
}

// samePlace takes the spellings of the gold and of the catalogue for one.
func samePlace(a, b string) bool {
	one := func(s string) string {
		return strings.NewReplacer("Tarhouna", "Tarhuna", "Rutchuru", "Rutshuru").Replace(s)
	}
	return one(a) == one(b)
}

func checkVoices(t *testing.T, want goldDevelopment, claims []news.Claim) {
	t.Helper()
	grades := map[string]news.Grade{
		"stated by mediator": news.Stated, "claimed by one party": news.Claimed, "direct quote": news.Stated,
		"stated by one side of the call": news.Stated, "reported": news.Reported,
	}
	grade, ok := grades[want.Verification]
	if !ok && strings.HasPrefix(want.Verification, "verified by") {
		grade = news.Verified
	}
	if !slices.ContainsFunc(claims, func(c news.Claim) bool { return c.Grade == grade && classFits(want.Attribution[0].Class, c.By) }) {
		t.Errorf("no claim is %s by a %s: %+v", grade, want.Attribution[0].Class, claims)
	}
	for _, c := range claims {
		if (c.Grade == news.Verified) != (grade == news.Verified) {
			t.Errorf("graded %s: %q", c.Grade, c.Quote)
		}
	}
}

// classFits compares the gold's words for a class of speakers.
func classFits(class string, by news.Speaker) bool {
	switch class {
	case "mediator/UN", "UN":
		return by.Class == news.SpeakerUN
	case "party":
		return by.Class == news.SpeakerParty && by.Party != ""
	case "media":
		return by.Name == ""
	default: // third party
		return (by.Class == news.SpeakerState || by.Class == news.SpeakerMediator) && by.Party == ""
	}
}

func checkFigures(t *testing.T, want goldDevelopment, claims []news.Claim) {
	t.Helper()
	var got []news.Figure
	for _, c := range claims {
		got = append(got, c.Figures...)
	}
	if len(got) != len(want.Figures) {
		t.Fatalf("%d figures, want %d", len(got), len(want.Figures))
	}
	for i, w := range want.Figures {
		f := got[i]
		same := f.What == w.Measure && f.Min != nil && *f.Min == *w.Low && (f.Max == nil) == (w.High == nil) &&
			string(f.Qualifier) == strings.ReplaceAll(w.Qualifier, " ", "_") && f.Verified == w.Verified && strings.HasPrefix(w.Who, f.Who)
		if !same || f.By == "" {
			t.Errorf("figure %+v, want %+v with its speaker", f, w)
		}
	}
}

func (g goldReading) checkTrap(t *testing.T, trap goldTrap) {
	start, end := trap.Span[0], trap.Span[1]
	var there []news.Claim
	for _, c := range g.reading.Claims {
		if s, e := g.span(c); s < end && e > start {
			there = append(there, c)
		}
	}
	for what, value := range trap.MustNot {
		g.checkMustNot(t, what, value, there)
	}
	for what, value := range trap.Must {
		if !slices.ContainsFunc(there, func(c news.Claim) bool { return g.must(what, value, c, start, end) }) {
			t.Errorf("no claim there has %s %q: %+v", what, value, there)
		}
	}
}

func (g goldReading) must(what, value string, c news.Claim, start, end int) bool {
	switch what {
	case "party":
		return slices.Contains(c.Parties, news.PartyID(value))
	case "place":
		return c.Place == value
	case "by":
		return c.By.Known == value
	case "one_development_with":
		return slices.ContainsFunc(g.changes.Developments, func(d news.Development) bool {
			claims := own(d)
			return slices.ContainsFunc(claims, func(c news.Claim) bool { return g.covers(c, start, end) }) &&
				slices.ContainsFunc(claims, func(c news.Claim) bool { return strings.Contains(c.Quote, value) })
		})
	}
	return false
}

func (g goldReading) checkMustNot(t *testing.T, what, value string, there []news.Claim) {
	t.Helper()
	switch what {
	case "kind":
		for _, c := range there {
			if string(c.Kind) == value {
				t.Errorf("%s is read from %q", value, c.Quote)
			}
		}
	case "party":
		own := func(p news.PartyID) bool {
			return strings.HasPrefix(string(p), strings.Split(string(g.reading.Parties[0]), "-")[0]+"-")
		}
		for _, c := range g.reading.Claims {
			if slices.ContainsFunc(c.Parties, func(p news.PartyID) bool { return !own(p) }) {
				t.Errorf("who backs a side is a party: %v of %q", c.Parties, c.Quote)
			}
		}
	case "event_date":
		for _, c := range g.reading.Claims {
			if strings.HasPrefix(c.Day, value) || strings.Contains(c.Period, value) {
				t.Errorf("day %s%s of %q", c.Day, c.Period, c.Quote)
			}
		}
	case "perpetrator":
		for _, c := range there {
			if c.Kind == news.Casualties && len(c.Parties)+len(c.Roles) > 0 {
				t.Errorf("%v %v are made responsible", c.Parties, c.Roles)
			}
		}
	case "own_words":
		g.checkOwnWords(t, value)
	default:
		t.Errorf("unknown trap %q", what)
	}
}

// checkOwnWords holds that no text of the bot has a loaded word of the article's
// outside a quotation.
func (g goldReading) checkOwnWords(t *testing.T, words ...string) {
	t.Helper()
	w, err := news.NewWriter(g.cat)
	if err != nil {
		t.Fatal(err)
	}
	at := g.reading.At
	texts := []string{w.Digest(news.DigestInput{Developments: g.changes.Developments, Standings: g.changes.Standings, From: at.Add(-24 * time.Hour), To: at.Add(time.Hour), Lang: "en"})}
	for _, d := range g.changes.Developments {
		texts = append(texts, w.Alert(news.AlertInput{Development: d, Standings: g.changes.Standings, Also: g.changes.Developments[1:], Lang: "en"}))
	}
	for _, text := range texts {
		for i, part := range strings.Split(text, `"`) {
			for _, word := range append(words, "warlord", "dictator", "stronghold", "foiling", "tyrant", "bastion", "thwarting") {
				if i%2 == 0 && strings.Contains(part, word) {
					t.Errorf("%q stands in the bot's own words: %s", word, text)
				}
			}
		}
	}
}

// checkNone: a stretch that is no development is the evidence of none by itself, and
// gives nothing a day.
func (g goldReading) checkNone(t *testing.T, span goldSpan) {
	for _, c := range g.reading.Claims {
		if s, e := g.span(c); s >= span.Start && e <= span.End+1 {
			t.Errorf("%s is read from %q", c.Kind, c.Quote)
		}
		for _, year := range []string{"1996", "2011", "2019", "2030"} {
			if strings.HasPrefix(c.Day, year) {
				t.Errorf("day %s of %q", c.Day, c.Quote)
			}
		}
	}
}

func (g goldReading) checkEvidence(t *testing.T) {
	for _, c := range g.reading.Claims {
		if c.Quote == "" || !strings.Contains(g.text, c.Quote) || c.InTitle {
			t.Errorf("not the article's words: %q", c.Quote)
		}
	}
}
