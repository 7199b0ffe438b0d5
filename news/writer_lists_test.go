package news_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"trucewire/news"
)

func digestInput(ds ...news.Development) news.DigestInput {
	return news.DigestInput{
		From: time.Date(2020, 6, 10, 6, 0, 0, 0, time.UTC), To: time.Date(2020, 6, 11, 12, 0, 0, 0, time.UTC),
		Developments: ds, Standings: libyaStandings(), Sources: 42, Answering: 40,
	}
}

func TestDigestBeginsWithCorrectionsAndEndsWithCoverage(t *testing.T) {
	same(t, newWriter(t).Digest(digestInput(corrected())),
		"**Ceasefire digest**",
		"-# Wed 10 Jun, 06:00 UTC to Thu 11 Jun, 12:00 UTC",
		"• Corrected, Libya: ~~in Sirte~~ outside Sirte, per UNSMIL. [www.courier.example](<https://www.courier.example/unsmil-note>)",
		"**Libya** – negotiating (before: no ceasefire known) · last confirmed Wed 10 Jun, UNSMIL",
		"• Talks: GNA and LNA have begun a new round of ceasefire talks, each meeting the mediator separately, UNSMIL said on Wed 10 Jun. "+
			"[harbourpost.example](<https://harbourpost.example/libya/talks-10>)",
		"Casualties, each as its source gives them, not added up: at least 19 civilians killed (verified by UNSMIL).",
		"Not known here: the answer of GNA and who caused the deaths.",
		"-# Sources answering: 40 of 42 · until Thu 11 Jun, 12:00 UTC · automatic summary",
	)
}

func TestDigestOfAQuietWindowClaimsNoCalm(t *testing.T) {
	in := digestInput()
	in.Standings = nil
	got := newWriter(t).Digest(in)
	if !strings.Contains(got, "\nNo new development found in 42 sources since Wed 10 Jun, 06:00 UTC.\n") || strings.Contains(got, "quiet") {
		t.Errorf("got\n%s", got)
	}
	in.Sources = 0
	if got := newWriter(t).Digest(in); !strings.Contains(got, "No source was read since") {
		t.Errorf("got\n%s", got)
	}
}

func TestDigestTellsItsZone(t *testing.T) {
	in := digestInput(libya())
	in.Zone = time.FixedZone("EET", 2*3600)
	if got := newWriter(t).Digest(in); !strings.Contains(got, "until Thu 11 Jun, 14:00 EET") {
		t.Errorf("got\n%s", got)
	}
}

func TestDigestKeepsItsLimitWhateverTheVolume(t *testing.T) {
	w := newWriter(t)
	for _, n := range []int{1, 3, 5, 12, 60, 400} {
		var ds []news.Development
		for i := range n {
			d := corrected()
			d.ID, d.Ref = news.DevelopmentID(fmt.Sprint("d", i)), fmt.Sprint("R", i)
			d.Conflict = []news.ConflictID{"libya", "sudan", "gaza", "ukraine", "yemen", "syria", "lebanon"}[i%7]
			d.Severity = news.Severity(i%4 + 1)
			ds = append(ds, d)
		}
		got := w.Digest(digestInput(ds...))
		if size := utf8.RuneCountInString(got); size > 1200 || got == "" {
			t.Errorf("%d developments: %d characters", n, size)
		}
		shown := strings.Count(got, "• Talks")
		if more := fmt.Sprintf("\n%d more: /latest\n", n-shown); n > shown && !strings.Contains(got, more) {
			t.Errorf("%d developments, %d shown, no %q in\n%s", n, shown, more, got)
		}
		if !strings.Contains(got, "Sources answering: 40 of 42") {
			t.Errorf("%d developments: no coverage in\n%s", n, got)
		}
	}
}

func TestDigestShowsAtMostFourLinesPerConflict(t *testing.T) {
	var ds []news.Development
	for i := range 6 {
		d := step(news.Claim{Kind: news.TalksHeld, Sub: "resumed", Quote: "x"}, "T")
		d.ID = news.DevelopmentID(fmt.Sprint(i))
		d.Mentions[0].URL, d.Claims[0].Cite.URL = "https://a.example/", "https://a.example/"
		ds = append(ds, d)
	}
	got := newWriter(t).Digest(digestInput(ds...))
	if n := strings.Count(got, "• Talks"); n != 4 || !strings.Contains(got, "\n2 more: /latest\n") {
		t.Errorf("%d lines in\n%s", n, got)
	}
}

func TestDigestPutsTheSevereFirst(t *testing.T) {
	minor, critical := libya(), libya()
	critical.ID, critical.Conflict, critical.Severity = "d9", "sudan", news.Critical
	got := newWriter(t).Digest(digestInput(minor, critical))
	if strings.Index(got, "**Sudan**") > strings.Index(got, "**Libya**") {
		t.Errorf("the critical one is not first:\n%s", got)
	}
}

func TestStatusTellsStandingPositionsAndSteps(t *testing.T) {
	got := newWriter(t).Status(news.StatusInput{
		Conflicts: []news.ConflictID{"libya"}, Developments: []news.Development{libya()}, Standings: libyaStandings(),
		Now: talksDay.AddDate(0, 0, 20),
	})
	same(t, got,
		"**Libya** – negotiating, no ceasefire in force · as of <t:1593525900:f>",
		"Last confirmed Wed 10 Jun, UNSMIL. No confirmation for 20 days.",
		"• Cairo Declaration: proposed; no direct reply from GNA, LNA backs it.",
		"Latest steps:",
		"• GNA and LNA have begun a new round of ceasefire talks, each meeting the mediator separately, UNSMIL said on Wed 10 Jun. "+
			"[harbourpost.example](<https://harbourpost.example/libya/talks-10>)",
		"-# automatic summary",
	)
}

func TestStatusSaysWhenNothingIsStored(t *testing.T) {
	w := newWriter(t)
	got := w.Status(news.StatusInput{Conflicts: []news.ConflictID{"sudan"}, Now: talksDay.AddDate(4, 0, 0)})
	for _, want := range []string{"**Sudan** – nothing stored on a ceasefire or talks · as of <t:", "Last known from the catalogue: Jeddah Declaration, Thu 11 May 2023."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if got := w.Status(news.StatusInput{Conflicts: []news.ConflictID{"sudan"}, Now: talksDay}); strings.Contains(got, "2023") {
		t.Errorf("it knows the future:\n%s", got)
	}
	if got := w.Status(news.StatusInput{Now: talksDay}); !strings.HasPrefix(got, "No conflict is followed here yet.") {
		t.Errorf("got %q", got)
	}
}

func TestStatusTellsAnEndWithAnHourAsAnInstantAndADayInWords(t *testing.T) {
	w := newWriter(t)
	st := news.Standing{At: talksDay, Conflict: "libya", Arrangement: "cairo-declaration", Status: news.StatusInForce}
	for _, tt := range []struct {
		end  time.Time
		want string
	}{
		{time.Date(2020, 6, 20, 4, 0, 0, 0, time.UTC), "ends <t:1592625600:f>"},
		{time.Date(2020, 6, 20, 0, 0, 0, 0, time.UTC), "ends Sat 20 Jun"},
	} {
		st.End = tt.end
		got := w.Status(news.StatusInput{Conflicts: []news.ConflictID{"libya"}, Standings: []news.Standing{st}, Now: talksDay})
		if !strings.Contains(got, tt.want) {
			t.Errorf("no %q in\n%s", tt.want, got)
		}
	}
}

func TestAnswersKeepTheirLimit(t *testing.T) {
	w := newWriter(t)
	var ds []news.Development
	var all []news.ConflictID
	for i := range 200 {
		d := corrected()
		d.ID, d.Ref, d.ChangedAt = news.DevelopmentID(fmt.Sprint("d", i)), fmt.Sprint("R", i), talksDay.Add(time.Duration(i)*time.Minute)
		d.Conflict = []news.ConflictID{"libya", "sudan", "gaza", "ukraine", "yemen", "syria", "lebanon", "myanmar", "drc-m23", "somalia", "mali", "haiti", "iraq"}[i%13]
		ds = append(ds, d)
		if i < 13 {
			all = append(all, d.Conflict)
		}
	}
	latest := w.Latest(news.LatestInput{Developments: ds, Now: noteDay})
	if n := utf8.RuneCountInString(latest); n > 1900 || !strings.Contains(latest, " more not shown.") {
		t.Errorf("%d characters:\n%s", n, latest)
	}
	status := w.Status(news.StatusInput{Conflicts: all, Developments: ds, Standings: libyaStandings(), Now: noteDay})
	if n := utf8.RuneCountInString(status); n > 1900 || strings.Count("\n"+status, "\n**") != 13 {
		t.Errorf("%d characters, %d conflicts:\n%s", n, strings.Count("\n"+status, "\n**"), status)
	}
}

func TestLatestListsNewestFirst(t *testing.T) {
	older, newer := libya(), libya()
	newer.ID, newer.Ref, newer.ChangedAt = "d9", "NEWR", noteDay
	got := newWriter(t).Latest(news.LatestInput{Developments: []news.Development{older, newer}, Now: noteDay, Conflict: "libya"})
	if !strings.HasPrefix(got, "**Latest** · Libya · as of <t:1591872120:f>\n• **Libya · Talks** – GNA and LNA") || strings.Index(got, "NEWR") > strings.Index(got, "7K3Q") {
		t.Errorf("got\n%s", got)
	}
}

func TestLatestSaysNothingStoredWithTheLastKnownStep(t *testing.T) {
	got := newWriter(t).Latest(news.LatestInput{
		Developments: []news.Development{libya()}, Conflict: "libya", Since: noteDay, Now: noteDay,
	})
	if !strings.HasPrefix(got, "Nothing stored on Libya since <t:1591872120:f>. As of <t:1591872120:f>.\nThe last known step:\n• **Libya · Talks** – GNA") {
		t.Errorf("got\n%s", got)
	}
	got = newWriter(t).Latest(news.LatestInput{Developments: []news.Development{libya()}, Kind: news.Collapse, Now: noteDay})
	if !strings.HasPrefix(got, "Nothing stored of the kind Truce ended.") {
		t.Errorf("got\n%s", got)
	}
}
