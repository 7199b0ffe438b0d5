package news_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/config"
	"trucewire/news"
)

func newWriter(t testing.TB) *news.Writer {
	t.Helper()
	c, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	w, err := news.NewWriter(c.News)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func whole(n int) *int { return &n }

// The Libya story in words of our own: what invented outlets wrote in June 2020.
const (
	harbourTitle = "Libya rivals back at the table as Sirte is fought over, UN says"
	harbourText  = "Delegations from the two sides started another round on a truce, the UN mission UNSMIL said on Wednesday, " +
		"each of them seeing the mediators alone, GNA first and LNA second. A push by GNA units towards Sirte that began on Monday was beaten back " +
		"from the air, a military source of the LNA said. UNSMIL said it verified at least 19 civilian deaths in Sirte. " +
		"\"We are worried by word of more fighters gathering near Sirte and around it\", UNSMIL said. " +
		"The LNA stands behind Egypt's plan; the GNA has sent Cairo no answer."
	courierTitle = "Deaths were outside Sirte, UNSMIL says in its own note"
	courierText  = "In a note of its own UNSMIL places the 19 civilian deaths outside Sirte, and says that GNA and LNA met it on screens."
)

var (
	talksDay = time.Date(2020, 6, 10, 14, 5, 0, 0, time.UTC)
	noteDay  = time.Date(2020, 6, 11, 10, 42, 0, 0, time.UTC)
)

func harbourItem() news.Item {
	return news.Item{
		ID: "harbour-1", Source: "harbour", Outlet: "harbourpost.example", URL: "https://harbourpost.example/libya/talks-10",
		Published: talksDay, Dated: true, FirstSeen: talksDay, Title: harbourTitle, Text: harbourText, Lang: "en",
	}
}

func courierItem() news.Item {
	return news.Item{
		ID: "courier-1", Source: "courier", Outlet: "courier.example", URL: "https://www.courier.example/unsmil-note",
		Published: noteDay, Dated: true, FirstSeen: noteDay, Title: courierTitle, Text: courierText, Lang: "en",
	}
}

func citeOf(it news.Item) news.Cite {
	return news.Cite{Item: it.ID, Source: it.Source, Outlet: it.Outlet, URL: it.URL, Lang: it.Lang, At: it.Published}
}

// libya is the development that the first item's main statement opens.
func libya() news.Development {
	cite := citeOf(harbourItem())
	return news.Development{
		ID: "d1", Ref: "7K3Q", Revision: 1, Conflict: "libya", Kinds: []news.Kind{news.TalksHeld}, Severity: news.Notable,
		Main: true, OpenedAt: talksDay, ChangedAt: talksDay,
		Claims: []news.Claim{
			{
				Kind: news.TalksHeld, Main: true, By: news.Speaker{Name: "UNSMIL", Class: news.SpeakerUN}, Grade: news.Stated,
				Parties: []news.PartyID{"ly-gna", "ly-lna"}, Day: "2020-06-10", Sub: "new-round-indirect", Cite: cite,
				Quote: "Delegations from the two sides started another round on a truce, the UN mission UNSMIL said on Wednesday, " +
					"each of them seeing the mediators alone, GNA first and LNA second.",
			},
			{
				Kind: news.Casualties, By: news.Speaker{Name: "UNSMIL", Class: news.SpeakerUN}, Grade: news.Verified, Place: "Sirte", Cite: cite,
				Quote: "UNSMIL said it verified at least 19 civilian deaths in Sirte.",
				Figures: []news.Figure{{
					What: "killed", Min: whole(19), Qualifier: news.AtLeast, Unit: "people", Who: "civilians", By: "UNSMIL", Verified: true,
				}},
			},
			{
				Kind: news.Escalation, By: news.Speaker{Name: "a military source of the LNA", Party: "ly-lna", Class: news.SpeakerAnonymous},
				Grade: news.Claimed, Parties: []news.PartyID{"ly-gna", "ly-lna"}, Place: "Sirte", Day: "2020-06-08", Sub: "repulsed", Cite: cite,
				Quote: "A push by GNA units towards Sirte that began on Monday was beaten back from the air, a military source of the LNA said.",
			},
			{
				Kind: news.Statement, By: news.Speaker{Name: "UNSMIL", Class: news.SpeakerUN}, Grade: news.Stated, Place: "Sirte", Sub: "concern", Spoken: true, Cite: cite,
				Quote: "\"We are worried by word of more fighters gathering near Sirte and around it\", UNSMIL said.",
			},
		},
		Mentions: []news.Mention{{
			Cite: cite, Main: true, Novelty: news.First, Origin: "un/unsmil", Title: harbourTitle, Kinds: []news.Kind{news.TalksHeld},
		}},
	}
}

func libyaCorrection() news.Correction {
	return news.Correction{At: noteDay, Was: "in Sirte", Now: "outside Sirte", Per: "UNSMIL", Cite: citeOf(courierItem())}
}

// corrected is libya after the second item: another outlet, the same origin, and the
// place of the deaths corrected.
func corrected() news.Development {
	d := libya()
	d.Revision, d.ChangedAt = 2, noteDay
	d.Corrections = []news.Correction{libyaCorrection()}
	d.Mentions = append(d.Mentions, news.Mention{
		Cite: citeOf(courierItem()), Novelty: news.Adds, Origin: "un/unsmil", Title: courierTitle, Kinds: []news.Kind{news.Casualties},
	})
	return d
}

func libyaStandings() []news.Standing {
	claims := libya().Claims[:1]
	return []news.Standing{
		{At: talksDay, Conflict: "libya", Status: news.StatusNegotiating, By: "UNSMIL", Rule: "talks_held", Claims: claims},
		{
			At: talksDay, Conflict: "libya", Arrangement: "cairo-declaration", Status: news.StatusProposed, Claims: claims,
			Positions: map[news.PartyID]news.Position{"ly-lna": news.PositionBacks, "ly-gna": news.PositionNoReply},
		},
	}
}

func same(t *testing.T, got string, lines ...string) {
	t.Helper()
	if diff := cmp.Diff(strings.Join(lines, "\n"), got); diff != "" {
		t.Errorf("text differs (-want +got):\n%s", diff)
	}
}

func TestAlertSaysWhatIsNewWhoWasHarmedAndWhatIsKnown(t *testing.T) {
	w := newWriter(t)
	got := w.Alert(news.AlertInput{Development: libya(), Standings: libyaStandings()})
	same(t, got,
		`**Libya · Talks** – GNA and LNA have begun a new round of ceasefire talks, each meeting the mediator separately, UNSMIL said on Wed 10 Jun.`,
		`UNSMIL said it verified **at least 19 civilians killed** in Sirte; who caused this is not stated. An advance by GNA was repulsed in Sirte, `+
			`a source on the LNA side said (day named: Mon 8 Jun; one party's claim; no GNA account in this report).`,
		`Status: **negotiating**, no ceasefire in force. Cairo Declaration: no direct reply from GNA, LNA backs it.`,
		`-# Notable · 1 outlet, 1 origin · [harbourpost.example](<https://harbourpost.example/libya/talks-10>) · automatic summary · ref 7K3Q`,
	)
	if err := w.Check(got, []news.Item{harbourItem()}); err != nil {
		t.Error(err)
	}
}

func TestAlertKeepsACorrectedValueVisible(t *testing.T) {
	w := newWriter(t)
	got := w.Alert(news.AlertInput{Development: corrected(), Standings: libyaStandings()})
	for _, want := range []string{
		"killed** ~~in Sirte~~;", "Corrected: ~~in Sirte~~ outside Sirte, per UNSMIL.", "2 outlets, 1 origin",
		"[harbourpost.example](<https://harbourpost.example/libya/talks-10>) · [www.courier.example](<https://www.courier.example/unsmil-note>)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if err := w.Check(got, []news.Item{harbourItem(), courierItem()}); err != nil {
		t.Error(err)
	}
}

func TestAlertOfOneViewTellsNothingOfOtherSources(t *testing.T) {
	w := newWriter(t)
	onlyHarbour := news.View(func(s news.SourceID) bool { return s == "harbour" })
	got := w.Alert(news.AlertInput{Development: corrected(), View: onlyHarbour})
	if strings.Contains(got, "courier") || strings.Contains(got, "~~") || !strings.Contains(got, "1 outlet, 1 origin") {
		t.Errorf("the view saw more than its source:\n%s", got)
	}
	nothing := news.View(func(news.SourceID) bool { return false })
	if got := w.Alert(news.AlertInput{Development: corrected(), View: nothing}); got != "" {
		t.Errorf("a view without sources got\n%s", got)
	}
}

// step is a development of one claim of one item.
func step(c news.Claim, title string) news.Development {
	it := harbourItem()
	c.Main, c.Cite = true, citeOf(it)
	return news.Development{
		ID: "d2", Ref: "9XYZ", Revision: 1, Conflict: "libya", Kinds: []news.Kind{c.Kind}, Severity: news.Notable, Main: true,
		OpenedAt: talksDay, ChangedAt: talksDay, Claims: []news.Claim{c},
		Mentions: []news.Mention{{Cite: c.Cite, Main: true, Origin: "outlet/harbourpost.example", Title: title, Kinds: []news.Kind{c.Kind}}},
	}
}

// abroad is a development whose headline is in a language that the reader may not read,
// so that own words are wanted whatever they are.
func abroad(d news.Development) news.Development {
	for i := range d.Mentions {
		d.Mentions[i].Lang = "de"
	}
	return d
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func TestAlertFirstLine(t *testing.T) {
	w := newWriter(t)
	both := []news.PartyID{"ly-gna", "ly-lna"}
	gna := news.Speaker{Name: "GNA", Party: "ly-gna", Class: news.SpeakerParty}
	title := "Truce news from Sirte"
	for _, tt := range []struct {
		name  string
		claim news.Claim
		want  string
	}{
		{
			"the kind alone says less than the headline",
			news.Claim{Kind: news.Agreement, Parties: both, Quote: title},
			`**Libya · Agreement** – harbourpost.example reported on Wed 10 Jun: "Truce news from Sirte".`,
		},
		{
			"parties in the order of the alphabet, whoever is named first",
			news.Claim{Kind: news.Agreement, Sub: "signed", Parties: []news.PartyID{"ly-lna", "ly-gna"}, Day: "2020-06-10", Quote: title},
			"**Libya · Agreement** – GNA and LNA signed an agreement, harbourpost.example reported on Wed 10 Jun.",
		},
		{
			"the kind alone: the headline, and whom it cites",
			news.Claim{Kind: news.Agreement, Parties: both[:1], By: news.Speaker{Name: "Egypt", Class: news.SpeakerState}, Quote: title},
			`**Libya · Agreement** – harbourpost.example reported on Wed 10 Jun, citing Egypt: "Truce news from Sirte".`,
		},
		{
			"a sub that the book lacks is never the kind alone",
			news.Claim{Kind: news.Agreement, Parties: both, Sub: "expected", Quote: title},
			`**Libya · Agreement** – harbourpost.example reported on Wed 10 Jun: "Truce news from Sirte".`,
		},
		{
			"a denial says nothing where nothing was told before: the headline, and whom it cites",
			news.Claim{Kind: news.Agreement, Parties: both, Sub: "denied", By: gna, Quote: title},
			`**Libya · Agreement** – harbourpost.example reported on Wed 10 Jun, citing GNA: "Truce news from Sirte".`,
		},
		{
			"a third state is no party",
			news.Claim{Kind: news.Agreement, Parties: []news.PartyID{"ly-gna", "us-gov"}, Quote: title},
			`**Libya · Agreement** – harbourpost.example reported on Wed 10 Jun: "Truce news from Sirte".`,
		},
		{
			"a party's own act",
			news.Claim{Kind: news.Acceptance, Parties: both[:1], Sub: "in-principle", By: gna, Day: "2020-06-10", Quote: title},
			"**Libya · Acceptance** – GNA accepted the proposal in principle, it said on Wed 10 Jun.",
		},
		{
			"an accusation",
			news.Claim{Kind: news.Violation, Parties: both, Sub: "alleged", By: gna, Day: "2020-06-09", Quote: title},
			"**Libya · Reported violation** – GNA accused LNA of violating the ceasefire (day named: Tue 9 Jun).",
		},
		{
			"a coming day",
			news.Claim{Kind: news.TalksAnnounced, Parties: both, Sub: "next-round", Day: "2020-06-14", By: news.Speaker{Name: "UNSMIL"}, Quote: title},
			"**Libya · Talks announced** – A further round of talks between GNA and LNA is planned on Sun 14 Jun, UNSMIL said.",
		},
		{
			"an unnamed source",
			news.Claim{Kind: news.TalksFailed, Parties: both, Sub: "walkout", By: news.Speaker{Name: "an official who asked not to be named", Class: news.SpeakerAnonymous}, Quote: title},
			`**Libya · Talks setback** – harbourpost.example reported on Wed 10 Jun, citing an unnamed source: "Truce news from Sirte".`,
		},
		{
			"a verified figure",
			news.Claim{
				Kind: news.Casualties, Grade: news.Verified, By: news.Speaker{Name: "UNSMIL", Class: news.SpeakerUN}, Quote: "UNSMIL verified 19 deaths", Day: "2020-06-10",
				Figures: []news.Figure{{What: "killed", Min: whole(19), Max: whole(19), Qualifier: news.Exact, Unit: "people"}},
			},
			"**Libya · Casualties** – UNSMIL said it verified **19 people killed**, on Wed 10 Jun.",
		},
		{
			"a full stop inside the quotation is enough",
			news.Claim{Kind: news.Statement, Quote: "Word of a truce came."},
			`**Libya · Statement** – harbourpost.example reported on Wed 10 Jun: "Truce news from Sirte".`,
		},
		{
			"a figure in words of comparison",
			news.Claim{
				Kind: news.Casualties, Place: "Sirte", By: news.Speaker{Name: "health ministry", Class: news.SpeakerState}, Quote: "From 41 to 44 soldiers died in Sirte, the health ministry said",
				Figures: []news.Figure{{What: "killed", Min: whole(41), Max: whole(44), Unit: "people", Who: "soldiers"}},
			},
			"**Libya · Casualties** – The health ministry reported from 41 to 44 soldiers killed in Sirte (reported Wed 10 Jun).",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			same(t, firstLine(w.Alert(news.AlertInput{Development: step(tt.claim, title)})), tt.want)
		})
	}
}

func TestAlertSaysUnconfirmedInWords(t *testing.T) {
	w := newWriter(t)
	d := step(news.Claim{Kind: news.Agreement, Parties: []news.PartyID{"ly-gna", "ly-lna"}, Sub: "signed", Grade: news.Reported, Quote: "x"}, "Truce signed")
	d.Severity = news.Critical
	if got := firstLine(w.Alert(news.AlertInput{Development: d})); !strings.HasPrefix(got, "**Libya · Agreement, unconfirmed** – GNA and LNA signed an agreement") {
		t.Errorf("got %q", got)
	}
	second := courierItem()
	d.Mentions = append(d.Mentions, news.Mention{Cite: citeOf(second), Main: true, Origin: "un/unsmil", Title: second.Title, Kinds: d.Kinds})
	if got := firstLine(w.Alert(news.AlertInput{Development: d})); strings.Contains(got, "unconfirmed") {
		t.Errorf("two origins are still unconfirmed: %q", got)
	}
}

func TestAlertOfADevelopmentWithoutKindIsAReport(t *testing.T) {
	d := step(news.Claim{Quote: "Word of a truce"}, "Word of a truce in Sirte")
	d.Kinds = nil
	d.Claims[0].Kind = ""
	same(t, firstLine(newWriter(t).Alert(news.AlertInput{Development: d})),
		`**Libya · Report** – harbourpost.example reported on Wed 10 Jun: "Word of a truce in Sirte".`)
}

func TestAlertTellsTheOtherSide(t *testing.T) {
	w := newWriter(t)
	both := []news.PartyID{"ly-gna", "ly-lna"}
	d := step(news.Claim{
		Kind: news.Violation, Sub: "alleged", Parties: both, Grade: news.Claimed, By: news.Speaker{Name: "GNA", Party: "ly-gna", Class: news.SpeakerParty},
		Place: "Sirte", Day: "2020-06-10", Quote: "The GNA accused the LNA of breaking the truce in Sirte",
	}, "GNA accuses LNA")
	alone := w.Alert(news.AlertInput{Development: d})
	if want := "\nOne party's claim; no LNA account in this report.\n"; !strings.Contains(alone, want) {
		t.Errorf("no %q in\n%s", want, alone)
	}
	d.Claims = append(d.Claims, news.Claim{
		Kind: news.Violation, Sub: "denied", Parties: both, Grade: news.Claimed, By: news.Speaker{Name: "LNA", Party: "ly-lna", Class: news.SpeakerParty},
		Day: "2020-06-10", Quote: "the LNA denied it", Cite: d.Claims[0].Cite,
	})
	answered := w.Alert(news.AlertInput{Development: d})
	if !strings.Contains(answered, "\nLNA denied violating the ceasefire, on Wed 10 Jun.") || strings.Contains(answered, "One party's claim") {
		t.Errorf("the other side's account is not told:\n%s", answered)
	}
}

func TestFiguresOfDifferentSpeakersStandSideBySide(t *testing.T) {
	d := step(news.Claim{Kind: news.Escalation, Sub: "strike", Place: "Sirte", Quote: "Strikes hit Sirte"}, "Strikes in Sirte")
	for _, f := range []struct {
		by string
		n  int
	}{{"GNA", 7}, {"LNA", 3}, {"ICRC", 5}} {
		d.Claims = append(d.Claims, news.Claim{
			Kind: news.Casualties, By: news.Speaker{Name: f.by}, Parties: []news.PartyID{"ly-gna"}, Cite: d.Claims[0].Cite,
			Quote:   strings.Join([]string{f.by, "counted 7, 3 or 5 dead"}, " "),
			Figures: []news.Figure{{What: "killed", Min: whole(f.n), Max: whole(f.n), Qualifier: news.Exact, Unit: "people", By: f.by}},
		})
	}
	got := newWriter(t).Alert(news.AlertInput{Development: d})
	for _, want := range []string{"GNA reported **7 people killed**.", "LNA reported **3 people killed**.", "reported **5 people killed**."} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "15") {
		t.Errorf("figures were added up:\n%s", got)
	}
}

func TestVagueFiguresNeverBecomeNumbers(t *testing.T) {
	d := step(news.Claim{
		Kind: news.Casualties, Quote: "Dozens died in Sirte", Place: "Sirte",
		Figures: []news.Figure{{What: "killed", Qualifier: news.Vague, Unit: "people"}},
	}, "Dozens die in Sirte")
	same(t, firstLine(newWriter(t).Alert(news.AlertInput{Development: d})), `**Libya · Casualties** – harbourpost.example reported on Wed 10 Jun: "Dozens die in Sirte".`)
}

func TestAlertDropsASentenceThatItsClaimDoesNotBearOut(t *testing.T) {
	d := step(news.Claim{
		Kind: news.Casualties, Quote: "At least 19 people died in Sirte", Place: "Sirte",
		Figures: []news.Figure{{What: "killed", Min: whole(90), Qualifier: news.AtLeast, Unit: "people"}},
	}, "Deaths in Sirte")
	same(t, firstLine(newWriter(t).Alert(news.AlertInput{Development: d})), `**Libya · Casualties** – harbourpost.example reported on Wed 10 Jun: "Deaths in Sirte".`)
}

func TestReplies(t *testing.T) {
	w := newWriter(t)
	d := corrected()
	denial := news.Claim{
		Kind: news.TalksHeld, Sub: "denied", Main: true, By: news.Speaker{Name: "GNA", Party: "ly-gna"}, Parties: []news.PartyID{"ly-gna"},
		Day: "2020-06-11", Cite: citeOf(courierItem()), Quote: "the GNA denied it",
	}
	d.Claims = append(d.Claims, denial)
	c := libyaCorrection()
	foot := "-# [www.courier.example](<https://www.courier.example/unsmil-note>) · automatic summary · ref 7K3Q"
	for _, tt := range []struct {
		reason news.Reason
		want   string
	}{
		{news.ReasonConfirmed, `**Confirmed** – a second, independent origin now reports this: courier.example reported on Thu 11 Jun: "Deaths were outside Sirte, UNSMIL says in its own note".`},
		{news.ReasonDenied, "**Denied** – GNA denied this, on Thu 11 Jun."},
		{news.ReasonCorrected, "Corrected 10:42 UTC: was in Sirte, now outside Sirte, per UNSMIL."},
		{news.ReasonRetracted, "**Retracted** – what this post said is withdrawn. The post stays visible, marked."},
		{news.ReasonDeadline, "**Deadline** – a date named for this has come; nothing here yet says what followed."},
	} {
		t.Run(string(tt.reason), func(t *testing.T) {
			u := news.Update{Development: d.ID, Reason: tt.reason, At: noteDay, Item: "courier-1", Correction: &c}
			same(t, w.Reply(news.AlertInput{Development: d, Update: &u}), tt.want, foot)
		})
	}
}

func TestReplyCorrectedTellsTheHourOfTheChannel(t *testing.T) {
	tripoli := time.FixedZone("EET", 2*3600)
	u := news.Update{Reason: news.ReasonCorrected, At: noteDay, Item: "courier-1"}
	got := newWriter(t).Reply(news.AlertInput{Development: corrected(), Update: &u, Zone: tripoli})
	if !strings.HasPrefix(got, "Corrected 12:42 EET: was in Sirte") {
		t.Errorf("got %q", got)
	}
}

func TestReplyDeadlineNamesWhatLapsed(t *testing.T) {
	d := libya()
	d.Arrangement = "cairo-declaration"
	st := []news.Standing{{At: noteDay, Conflict: "libya", Arrangement: d.Arrangement, Status: news.StatusExpired}}
	u := news.Update{Reason: news.ReasonDeadline, At: noteDay}
	got := newWriter(t).Reply(news.AlertInput{Development: d, Update: &u, Standings: st})
	if want := "**Deadline** – Cairo Declaration has lapsed by its terms; no party statement on it is known here yet."; firstLine(got) != want {
		t.Errorf("got %q", got)
	}
}

func TestTextsAreTheSameBytesEveryTime(t *testing.T) {
	one, two := newWriter(t), newWriter(t)
	in := news.AlertInput{Development: corrected(), Standings: libyaStandings()}
	if a, b := one.Alert(in), two.Alert(in); a != b {
		t.Errorf("two writers differ:\n%s\n%s", a, b)
	}
	d := digestInput(corrected())
	if a, b := one.Digest(d), two.Digest(d); a != b {
		t.Errorf("two writers differ:\n%s\n%s", a, b)
	}
}

func TestWriterRefusesABookWithHoles(t *testing.T) {
	c, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	cat := *c.News
	broken := cat.Phrases["en"]
	broken.Months = broken.Months[:11]
	cat.Phrases = map[string]news.PhraseBook{"en": broken}
	if _, err := news.NewWriter(&cat); err == nil || !strings.Contains(err.Error(), "months has 11 entries, not 12") {
		t.Errorf("err = %v", err)
	}
	cat.Phrases = nil
	if _, err := news.NewWriter(&cat); err == nil || !strings.Contains(err.Error(), "phrases of en are missing") {
		t.Errorf("err = %v", err)
	}
}

func TestTheKindAloneIsToldWhereTheHeadlineIsInAnotherLanguage(t *testing.T) {
	c := news.Claim{Kind: news.Agreement, Parties: []news.PartyID{"ly-gna", "ly-lna"}, Quote: "Waffenruhe"}
	got := newWriter(t).Alert(news.AlertInput{Development: abroad(step(c, "Waffenruhe zwischen GNA und LNA"))})
	same(t, got,
		"**Libya · Agreement** – An agreement between GNA and LNA was announced, harbourpost.example reported on Wed 10 Jun.",
		`Headline (harbourpost.example): "Waffenruhe zwischen GNA und LNA" (in German).`,
		"-# Notable · 1 outlet, 1 origin · [harbourpost.example](<https://harbourpost.example/libya/talks-10>) · automatic summary · ref 9XYZ",
	)
}

func TestWhatTheDeskIsNotSureOfIsAReport(t *testing.T) {
	w := newWriter(t)
	both := []news.PartyID{"ly-gna", "ly-lna"}
	d := step(news.Claim{Kind: news.Agreement, Sub: "signed", Parties: both, Quote: "x"}, "Truce signed, says envoy")
	d.Severity = news.Critical
	st := []news.Standing{{At: talksDay, Conflict: "libya", Status: news.StatusAgreed, Evidence: []news.ItemID{"harbour-1"}}}
	sure := w.Alert(news.AlertInput{Development: d, Standings: st})
	if !strings.Contains(sure, "GNA and LNA signed an agreement") || !strings.Contains(sure, "Status: **agreed") {
		t.Errorf("what the desk is sure of is not told:\n%s", sure)
	}
	for _, c := range []news.Certainty{news.CertaintyFair, news.CertaintyLow} {
		d.Certainty = c
		for lang, want := range map[string]string{
			"en": `**Libya · Report** – harbourpost.example reported on Wed 10 Jun: "Truce signed, says envoy".`,
			"fr": `**Libye · Information** – harbourpost.example, mercredi 10 juin : «Truce signed, says envoy» (en anglais).`,
		} {
			got := w.Alert(news.AlertInput{Development: d, Standings: st, Lang: lang})
			same(t, firstLine(got), want)
			if strings.Contains(got, "Status:") || strings.Contains(got, "État") || strings.Contains(got, "signed an") {
				t.Errorf("%s: told as a fact:\n%s", c, got)
			}
		}
		in := digestInput(d)
		if got := w.Digest(in); !strings.Contains(got, "• Report: ") || strings.Contains(got, "signed an agreement") {
			t.Errorf("%s: the digest tells it as a fact:\n%s", c, got)
		}
		u := news.Update{Reason: news.ReasonConfirmed, Item: "harbour-1", At: talksDay}
		if got := w.Reply(news.AlertInput{Development: d, Update: &u}); strings.Contains(got, "signed an agreement") {
			t.Errorf("%s: the reply tells it as a fact:\n%s", c, got)
		}
	}
	d.Certainty = news.CertaintyFair
	st[0].Evidence = append(st[0].Evidence, "older-1")
	if got := w.Alert(news.AlertInput{Development: d, Standings: st}); !strings.Contains(got, "Status: **agreed") {
		t.Errorf("a status that rests on more is not told:\n%s", got)
	}
}
