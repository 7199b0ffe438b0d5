package news_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/news"
)

var (
	// learnt is when the items below were published.
	learnt = time.Date(2020, 6, 6, 15, 0, 0, 0, time.UTC)
	// begins is the hour that they name: 6 a.m. in Cairo.
	begins = time.Date(2020, 6, 8, 4, 0, 0, 0, time.UTC)
)

// datedItem is an item of an invented outlet that names a date.
func datedItem(id, outlet, title, text string) news.Item {
	return news.Item{
		ID: news.ItemID(id), Source: news.SourceID(outlet), Outlet: news.OutletID(outlet + ".example"), URL: "https://" + outlet + ".example/" + id,
		Published: learnt, Dated: true, FirstSeen: learnt, Title: title, Text: text, Lang: "en",
	}
}

func cairoItem() news.Item {
	return datedItem("cairo", "harbour", "Cairo Declaration: Libya ceasefire from Monday", "Under the Cairo Declaration a truce in Libya is to start at 6am on Monday 8 June, Egypt said. It is to last until Wednesday 10 June at 6am.")
}

func lateItem() news.Item {
	return datedItem("late", "courier", "LNA says Libya truce starts on Wednesday", "The Libyan truce of the Cairo Declaration starts on Wednesday 10 June, the LNA said.")
}

func told(it news.Item, edge news.Edge, by string, party news.PartyID, at time.Time) news.DateTold {
	return news.DateTold{
		Edge: edge, At: at, By: by, Party: party, Told: it.Published, Item: it.ID, Source: it.Source, Outlet: it.Outlet, URL: it.URL,
	}
}

// pledged is the Cairo Declaration, agreed to begin on Monday at 04:00 UTC for two days.
func pledged(status news.Status) news.Standing {
	it := cairoItem()
	return news.Standing{
		At: learnt, Conflict: "libya", Arrangement: "cairo-declaration", Status: status, Start: begins, End: begins.AddDate(0, 0, 2),
		Dates: []news.DateTold{
			told(it, news.EdgeStart, "Egypt", "", begins), told(it, news.EdgeEnd, "Egypt", "", begins.AddDate(0, 0, 2)),
		},
		Claims: []news.Claim{{Kind: news.Agreement, Main: true, By: news.Speaker{Name: "Egypt", Class: news.SpeakerMediator}, Cite: citeOf(it)}},
	}
}

// due lists stage, edge and due time of deadlines.
func due(all []news.Deadline) []string {
	var out []string
	for _, d := range all {
		out = append(out, string(d.Stage)+" "+string(d.Edge)+" "+d.Due.Format("02T15:04"))
	}
	return out
}

func TestDeadlinesFollowTheStatus(t *testing.T) {
	end := "reminder end 09T04:00"
	for _, tt := range []struct {
		name   string
		change func(*news.Standing)
		want   []string
	}{
		{"agreed: start and its reminder; the end is only near", func(*news.Standing) {}, []string{"reminder start 07T04:00", "start start 08T04:00", end}},
		{"proposed", func(s *news.Standing) { s.Status = news.StatusProposed }, []string{"reminder start 07T04:00", "start start 08T04:00"}},
		{"confirmed: the start is told no more, the end lapses after its grace", func(s *news.Standing) { s.Status = news.StatusInForce }, []string{end, "lapsed end 10T10:00"}},
		{"extended by two days", func(s *news.Standing) {
			s.Status = news.StatusExtended
			s.Dates[1].At = begins.AddDate(0, 0, 4)
		}, []string{"reminder end 11T04:00", "lapsed end 12T10:00"}},
		{"extended without an end", func(s *news.Standing) {
			s.Status, s.Dates, s.End = news.StatusExtended, s.Dates[:1], time.Time{}
		}, nil},
		{"cancelled", func(s *news.Standing) { s.Status = news.StatusNone }, nil},
		{"collapsed", func(s *news.Standing) { s.Status = news.StatusCollapsed }, nil},
		{"ended by word of a party", func(s *news.Standing) { s.Status, s.Rule = news.StatusExpired, "expired.told" }, nil},
		{"lapsed by the clock: what was due stays due", func(s *news.Standing) {
			s.Status, s.Rule = news.StatusExpired, "expired.clock: lapsed by its terms, no party statement yet"
		}, []string{"lapsed end 10T10:00"}},
		{"known to the day: the day must be over", func(s *news.Standing) {
			s.Dates = s.Dates[:1]
			s.Dates[0].At, s.End = begins.Truncate(24*time.Hour), time.Time{}
		}, []string{"reminder start 07T00:00", "start start 09T00:00"}},
		{"moved", func(s *news.Standing) {
			s.Dates = append(s.Dates[1:], told(cairoItem(), news.EdgeStart, "Egypt", "", begins.Add(6*time.Hour)))
		}, []string{"reminder start 07T10:00", "start start 08T10:00", end}},
		{"an end known to the day: the day must be over", func(s *news.Standing) {
			s.Status, s.Dates[1].At = news.StatusInForce, begins.AddDate(0, 0, 2).Truncate(24*time.Hour)
		}, []string{"reminder end 09T00:00", "lapsed end 11T06:00"}},
		{"one-sided holiday truce: no grace", func(s *news.Standing) { s.Status, s.Unilateral = news.StatusInForce, true }, []string{end, "lapsed end 10T04:00"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := pledged(news.StatusAgreed)
			tt.change(&s)
			if diff := cmp.Diff(tt.want, due(news.Deadlines([]news.Standing{s}, nil, nil))); diff != "" {
				t.Errorf("deadlines (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDeadlinesAreThoseOfTheView(t *testing.T) {
	s := pledged(news.StatusAgreed)
	late := lateItem()
	s.Dates = append(s.Dates, told(late, news.EdgeStart, "LNA", "ly-lna", begins.AddDate(0, 0, 2)))
	s.Claims = append(s.Claims, news.Claim{Kind: news.Agreement, Cite: citeOf(late)})
	all := news.Deadlines([]news.Standing{s}, nil, nil)
	if n := len(all[0].Dates); n != 2 || !all[0].At.Equal(begins) {
		t.Errorf("the first of two days differs: %d dates, at %v", n, all[0].At)
	}
	only := func(id news.SourceID) bool { return id == "courier" }
	want := []string{"reminder start 09T04:00", "start start 10T04:00"}
	if diff := cmp.Diff(want, due(news.Deadlines([]news.Standing{s}, nil, only))); diff != "" {
		t.Errorf("deadlines of one source (-want +got):\n%s", diff)
	}
	if got := news.Deadlines([]news.Standing{s}, nil, func(news.SourceID) bool { return false }); len(got) != 0 {
		t.Errorf("a view of nothing sees %v", due(got))
	}
}

// talks announces talks on a day, or tells that they failed.
func talks(id news.DevelopmentID, kind news.Kind, opened time.Time, day string) news.Development {
	it := datedItem(string(id), "harbour", "Libya talks on Friday in Geneva", "Libyan talks are to be held in Geneva on Friday 12 June, the UN said.")
	it.Published = opened
	c := news.Claim{Kind: kind, Main: true, By: news.Speaker{Name: "UNSMIL", Class: news.SpeakerUN}, Day: day, Cite: citeOf(it)}
	return news.Development{
		ID: id, Conflict: "libya", Kinds: []news.Kind{kind}, Main: true, Certainty: news.CertaintyHigh, OpenedAt: opened, ChangedAt: opened,
		Claims: []news.Claim{c}, Mentions: []news.Mention{{Cite: citeOf(it), Main: true, Kinds: []news.Kind{kind}}},
	}
}

func TestMeetingsAreRemindedOfUnlessTheyFailed(t *testing.T) {
	announced := talks("m", news.TalksAnnounced, learnt, "2020-06-12")
	got := news.Deadlines(nil, []news.Development{announced}, nil)
	if diff := cmp.Diff([]string{"reminder meeting 11T00:00"}, due(got)); diff != "" {
		t.Errorf("deadlines (-want +got):\n%s", diff)
	}
	for name, other := range map[string]news.Development{
		"failed since": talks("f", news.TalksFailed, learnt.Add(time.Hour), ""), "no day": {}, "a day that is past": {},
	} {
		all := []news.Development{announced, other}
		switch name {
		case "no day":
			all = []news.Development{talks("m", news.TalksAnnounced, learnt, "")}
		case "a day that is past":
			all = []news.Development{talks("m", news.TalksAnnounced, learnt, "2020-06-05")}
		}
		if got := news.Deadlines(nil, all, nil); len(got) != 0 {
			t.Errorf("%s: %v", name, due(got))
		}
	}
	before := talks("f", news.TalksFailed, learnt.Add(-time.Hour), "")
	if got := news.Deadlines(nil, []news.Development{announced, before}, nil); len(got) != 1 {
		t.Errorf("a failure of before took away the meeting announced after it")
	}
}

// sentencesOf gives the first lines of the posts of all deadlines of a standing.
func sentencesOf(t *testing.T, lang string, zone *time.Location, s news.Standing, devs ...news.Development) []string {
	t.Helper()
	w := newWriter(t)
	all := news.Deadlines([]news.Standing{s}, devs, nil)
	var out []string
	for _, d := range all {
		text := w.Deadline(news.DeadlineInput{Deadline: d, Now: all, Lang: lang, Zone: zone, Ref: "7K3Q2P"})
		if zone == nil {
			zone = time.UTC
		}
		cited := []news.Item{cairoItem(), lateItem(), datedItem("m", "harbour", "Libya talks on Friday in Geneva", "Libyan talks are to be held in Geneva on Friday 12 June, the UN said.")}
		if err := w.CheckIn(text, cited, zone); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if !strings.Contains(text, "](<https://") || !strings.Contains(text, "7K3Q2P") {
			t.Errorf("no citation or no reference: %s", text)
		}
		out = append(out, firstLine(text))
	}
	return out
}

func TestDeadlineTextsSayWhatIsKnown(t *testing.T) {
	late := pledged(news.StatusAgreed)
	late.Dates = append(late.Dates[:1:1], told(lateItem(), news.EdgeStart, "LNA", "ly-lna", begins.AddDate(0, 0, 2).Truncate(24*time.Hour)))
	late.End = time.Time{}
	got := sentencesOf(t, "en", nil, pledged(news.StatusAgreed))
	got = append(got, sentencesOf(t, "en", nil, pledged(news.StatusInForce))[1])
	got = append(got, sentencesOf(t, "en", nil, pledged(news.StatusProposed))[1])
	got = append(got, sentencesOf(t, "en", nil, late)[1])
	got = append(got, sentencesOf(t, "en", nil, news.Standing{}, talks("m", news.TalksAnnounced, learnt, "2020-06-12"))...)
	want := []string{
		"**Libya · Reminder** – Cairo Declaration is due to begin on Mon 8 Jun, 04:00 UTC (<t:1591588800:R>).",
		"**Libya · Deadline** – Cairo Declaration was due to begin on Mon 8 Jun, 04:00 UTC (<t:1591588800:R>); not yet confirmed.",
		"**Libya · Reminder** – Cairo Declaration is due to end on Wed 10 Jun, 04:00 UTC (<t:1591761600:R>) unless it is extended.",
		"**Libya · Deadline** – Cairo Declaration was due to end on Wed 10 Jun, 04:00 UTC (<t:1591761600:R>); lapsed by its terms, no statement found.",
		"**Libya · Deadline** – Cairo Declaration was to begin on Mon 8 Jun, 04:00 UTC (<t:1591588800:R>); no agreement on it is known here.",
		"**Libya · Deadline** – Cairo Declaration was due to begin on Wed 10 Jun (per LNA) and on Mon 8 Jun, 04:00 UTC (<t:1591588800:R>) (per Egypt); not yet confirmed.",
		"**Libya · Reminder** – Talks are announced to be held on Fri 12 Jun.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
}

func TestDeadlineTextsInTheChannelsZoneAndLanguage(t *testing.T) {
	cairo := time.FixedZone("EET", 2*3600)
	for lang, want := range map[string]string{
		"en": "**Libya · Deadline** – Cairo Declaration was due to begin on Mon 8 Jun, 06:00 EET (<t:1591588800:R>); not yet confirmed.",
		"fr": "**Libye · Échéance** – Cairo Declaration : début annoncé le lundi 8 juin, 06:00 EET (<t:1591588800:R>) ; pas encore confirmé.",
		"ar": "**ليبيا · موعد** – كان من المقرر أن يبدأ \u2068Cairo Declaration\u2069 في الاثنين 8 يونيو، 06:00 EET (<t:1591588800:R>)؛ لم يتأكد بعد.",
	} {
		got := sentencesOf(t, lang, cairo, pledged(news.StatusAgreed))[1]
		if got != want {
			t.Errorf("%s: got %s, want %s", lang, got, want)
		}
	}
}

func TestADeadlineThatNoLongerHoldsIsNotTold(t *testing.T) {
	w := newWriter(t)
	planned := news.Deadlines([]news.Standing{pledged(news.StatusAgreed)}, nil, nil)[1]
	moved := pledged(news.StatusAgreed)
	moved.Dates[0].At = begins.Add(time.Hour)
	for name, s := range map[string]news.Standing{"confirmed": pledged(news.StatusInForce), "moved": moved, "collapsed": pledged(news.StatusCollapsed)} {
		if got := w.Deadline(news.DeadlineInput{Deadline: planned, Now: news.Deadlines([]news.Standing{s}, nil, nil)}); got != "" {
			t.Errorf("%s: told all the same: %s", name, got)
		}
	}
}

func TestNextListsWhatIsAhead(t *testing.T) {
	w := newWriter(t)
	in := news.NextInput{
		Deadlines: news.Deadlines([]news.Standing{pledged(news.StatusAgreed)}, []news.Development{talks("m", news.TalksAnnounced, learnt, "2020-06-12")}, nil),
		Days:      7, Now: learnt,
	}
	same(t, w.Next(in),
		"**Ahead** · next 7 days · as of <t:1591455600:f>",
		"• **Libya** – Cairo Declaration is due to begin on Mon 8 Jun, 04:00 UTC (<t:1591588800:R>). [harbour.example](<https://harbour.example/cairo>)",
		"• **Libya** – Cairo Declaration is due to end on Wed 10 Jun, 04:00 UTC (<t:1591761600:R>) unless it is extended. [harbour.example](<https://harbour.example/cairo>)",
		"• **Libya** – Talks are announced to be held on Fri 12 Jun. [harbour.example](<https://harbour.example/m>)",
		"-# automatic summary")
	in.Days = 1
	same(t, w.Next(in), "No announced start, end or meeting is known here for the next 1 days. As of <t:1591455600:f>.")
	in.Days, in.Conflicts = 7, []news.ConflictID{"sudan"}
	if got := w.Next(in); !strings.HasPrefix(got, "No announced") {
		t.Errorf("another conflict's deadlines were listed: %s", got)
	}
}
