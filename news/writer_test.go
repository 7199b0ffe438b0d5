package news_test

import (
	"testing"
	"time"

	"trucewire/config"
	"trucewire/news"
)

// catalogue is the one that ships, with its phrase books.
func catalogue(t testing.TB) *news.Catalogue {
	t.Helper()
	c, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	return c.News
}

func newWriter(t testing.TB) *news.Writer {
	t.Helper()
	w, err := news.NewWriter(catalogue(t))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func number(n int) *int { return &n }

// The Libya story in words of our own: what an invented outlet wrote on 10 June 2020.
const (
	harbourText = "Delegations from the two sides started another round on a truce, the UN Libya mission said on Wednesday, " +
		"each of them seeing the mediators alone. A push by GNA units towards Sirte that began on Monday was beaten back " +
		"from the air, a military source of the LNA said. The mission, UNSMIL, said it verified at least 19 civilian deaths in Sirte. " +
		"\"We are worried by word of more fighters gathering near Sirte and around it\", UNSMIL said. The GNA has not replied to Egypt's plan."
	harbourTitle = "Libya rivals back at the table as Sirte burns, UN says"
)

var wednesday = time.Date(2020, 6, 10, 14, 5, 0, 0, time.UTC)

func harbourItem() news.Item {
	return news.Item{
		ID: "harbour-1", Source: "harbour", Outlet: "harbourpost.example", URL: "https://harbourpost.example/libya/talks-10",
		Published: wednesday, Dated: true, FirstSeen: wednesday, Title: harbourTitle, Text: harbourText, Lang: "en",
	}
}

func citeOf(it news.Item) news.Cite {
	return news.Cite{Item: it.ID, Source: it.Source, Outlet: it.Outlet, URL: it.URL, Lang: it.Lang, At: it.Published}
}

// libya is the development that the item's main statement opens.
func libya() news.Development {
	it := harbourItem()
	cite := citeOf(it)
	unsmil := news.Speaker{Name: "UN Libya mission", Class: news.SpeakerUN}
	return news.Development{
		ID: "d1", Ref: "7K3Q", Revision: 1, Conflict: "libya", Kinds: []news.Kind{news.TalksHeld}, Severity: news.Notable,
		Main: true, OpenedAt: wednesday, ChangedAt: wednesday,
		Claims: []news.Claim{
			{
				Kind: news.TalksHeld, Main: true, By: unsmil, Grade: news.Stated, Parties: []news.PartyID{"ly-gna", "ly-lna"},
				Day: "2020-06-10", Sub: "new-round-indirect", Cite: cite,
				Quote: "Delegations from the two sides started another round on a truce, the UN Libya mission said on Wednesday",
			},
			{
				Kind: news.Casualties, By: news.Speaker{Name: "UNSMIL", Class: news.SpeakerUN}, Grade: news.Verified, Place: "Sirte", Cite: cite,
				Quote: "The mission, UNSMIL, said it verified at least 19 civilian deaths in Sirte.",
				Figures: []news.Figure{{
					What: "killed", Min: number(19), Qualifier: news.AtLeast, Unit: "people", Who: "civilians", By: "UNSMIL", Verified: true,
				}},
			},
			{
				Kind: news.Escalation, By: news.Speaker{Name: "a military source of the LNA", Party: "ly-lna", Class: news.SpeakerAnonymous},
				Grade: news.Claimed, Parties: []news.PartyID{"ly-gna", "ly-lna"}, Place: "Sirte", Day: "2020-06-08", Sub: "repulsed", Cite: cite,
				Quote: "A push by GNA units towards Sirte that began on Monday was beaten back from the air, a military source of the LNA said.",
			},
		},
		Mentions: []news.Mention{{Cite: cite, Main: true, Novelty: news.First, Origin: "un/unsmil", Title: harbourTitle, Kinds: []news.Kind{news.TalksHeld}}},
	}
}

func libyaStandings() []news.Standing {
	return []news.Standing{
		{At: wednesday, Conflict: "libya", Status: news.StatusNegotiating, By: "UNSMIL", Rule: "talks_held"},
		{
			At: wednesday, Conflict: "libya", Arrangement: "cairo-declaration", Status: news.StatusProposed,
			Positions: map[news.PartyID]news.Position{"ly-lna": news.PositionBacks, "ly-gna": news.PositionNoReply},
		},
	}
}

func TestShow(t *testing.T) {
	w := newWriter(t)
	d := libya()
	in := news.AlertInput{Development: d, Standings: libyaStandings()}
	t.Logf("\n%s", w.Alert(in))
	if err := w.Check(w.Alert(in), []news.Item{harbourItem()}); err != nil {
		t.Error(err)
	}
	c := news.Correction{At: wednesday.Add(20 * time.Hour), Was: "in Sirte", Now: "outside Sirte", Per: "UNSMIL", Cite: d.Claims[0].Cite}
	d.Corrections = append(d.Corrections, c)
	in.Development = d
	t.Logf("\n%s", w.Alert(in))
	for _, r := range []news.Reason{news.ReasonConfirmed, news.ReasonDenied, news.ReasonCorrected, news.ReasonRetracted, news.ReasonDeadline, news.ReasonAdds} {
		in.Update = &news.Update{Development: d.ID, Reason: r, Item: "harbour-1", At: wednesday, Correction: &c}
		t.Logf("%s:\n%s", r, w.Reply(in))
	}
	t.Logf("\n%s", w.Digest(news.DigestInput{From: wednesday.Add(-24 * time.Hour), To: wednesday.Add(24 * time.Hour), Developments: []news.Development{d}, Standings: libyaStandings(), Sources: 42, Answering: 40}))
	t.Logf("\n%s", w.Digest(news.DigestInput{From: wednesday.Add(-24 * time.Hour), To: wednesday.Add(24 * time.Hour), Sources: 42, Answering: 40}))
	t.Logf("\n%s", w.Status(news.StatusInput{Conflicts: []news.ConflictID{"libya"}, Developments: []news.Development{d}, Standings: libyaStandings(), Now: wednesday.AddDate(0, 0, 20)}))
	t.Logf("\n%s", w.Status(news.StatusInput{Conflicts: []news.ConflictID{"libya", "sudan", "gaza"}, Developments: []news.Development{d}, Standings: libyaStandings(), Now: wednesday.AddDate(4, 0, 20)}))
	t.Logf("\n%s", w.Latest(news.LatestInput{Developments: []news.Development{d}, Now: wednesday}))
	t.Logf("\n%s", w.Latest(news.LatestInput{Developments: []news.Development{d}, Conflict: "libya", Since: wednesday.Add(time.Hour), Now: wednesday.Add(3 * time.Hour)}))
}
