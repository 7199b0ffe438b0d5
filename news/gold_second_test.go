package news_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"trucewire/news"
)

// secondAccount is the mission's own statement, carried by another outlet the day
// after: its meetings, the period, the injured, and another place.
type secondAccount struct {
	title, text     string
	mission, was    string
	injured, killed int
}

func TestGoldLibyaSecondAccountCorrects(t *testing.T) {
	if _, err := os.Stat("../../shared/domain/libya-2020.json"); err != nil {
		t.Skip("skipped: ../shared/domain/libya-2020.json is not here; TestGoldCounterpartSecondAccountCorrects asserts the same of its counterpart")
	}
	checkSecondAccount(t, readGold(t, "../../shared/domain", "libya-2020.json"), secondAccount{
		title: "UN mission says both Libyan sides are fully engaged in third round of talks",
		text: "The United Nations Support Mission in Libya (UNSMIL) said in a statement on Wednesday that the third round of the 5+5 military talks had begun. " +
			"Its team met the delegation of the LNA on 3 June and the delegation of the GNA on 9 June, both by video link, to discuss the draft ceasefire agreement of 23 February.\n\n" +
			"UNSMIL said it had verified at least 19 civilian deaths between 5 and 8 June outside Sirte, among them three women and five children, and at least 12 people were injured in air strikes and by Grad rockets.",
		mission: "UNSMIL", was: "Sirte", killed: 19, injured: 12,
	})
}

func TestGoldCounterpartSecondAccountCorrects(t *testing.T) {
	checkSecondAccount(t, readGold(t, "testdata", "lakes-2031.json"), secondAccount{
		title: "UN mission says both Congolese sides are fully engaged in third round of talks",
		text: "The UN Organization Stabilization Mission in the DR Congo (MONUSCO) said in a statement on Wednesday that the third round of the ferry talks had begun. " +
			"Its team met the delegation of the M23 on 5 March and the delegation of the FARDC on 11 March, both by video link, to discuss the draft ceasefire agreement of 23 November.\n\n" +
			"MONUSCO said it had verified at least 27 civilian deaths between 7 and 10 March outside Uvira, among them nine women and four children, and at least 31 people were injured in drone strikes and by mortars.",
		mission: "MONUSCO", was: "Uvira", killed: 27, injured: 31,
	})
}

func checkSecondAccount(t *testing.T, g goldReading, s secondAccount) {
	t.Helper()
	desk := news.NewDesk(g.cat, nil)
	first := desk.FileReadings([]news.Reading{g.reading}, g.reading.At)
	desk.Apply(first)
	at := g.reading.At.Add(15 * time.Hour)
	r := reader(t).Read(news.Item{ID: "second", Source: "ledger", Outlet: "ledger.example", URL: "https://ledger.example/b", Published: at, Title: s.title, Text: s.text, Lang: "en"})
	second := desk.FileReadings([]news.Reading{r}, at)
	if got, want := second.Filed[0].Development, first.Filed[0].Development; got != want {
		t.Fatalf("the second account is filed under %s, want %s", got, want)
	}
	i := slices.IndexFunc(second.Updates, func(u news.Update) bool {
		return u.Reason == news.ReasonCorrected && u.Development == first.Filed[0].Development
	})
	if i < 0 {
		t.Fatalf("no corrected reply is owed: %+v", second.Updates)
	}
	u := second.Updates[i]
	if c := u.Correction; c == nil || c.Was != "in "+s.was || c.Now != "outside "+s.was {
		t.Errorf("correction %+v, want in %[2]s to outside %[2]s", c, s.was)
	}
	checkCorrectedTexts(t, g, second, u, s)
	checkHarmKept(t, second, s)
}

// checkCorrectedTexts holds that the reply tells both values and the edited alert keeps
// the old one struck through.
func checkCorrectedTexts(t *testing.T, g goldReading, c news.Changes, u news.Update, s secondAccount) {
	t.Helper()
	w, err := news.NewWriter(g.cat)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(c.Developments, func(d news.Development) bool { return d.ID == u.Development })
	in := news.AlertInput{Development: c.Developments[i], Update: &u, Standings: c.Standings, Also: append(c.Developments[:i:i], c.Developments[i+1:]...), Lang: "en"}
	if reply := w.Reply(in); !strings.HasPrefix(reply, "Corrected 09:00 UTC: was in "+s.was+", now outside "+s.was+", per "+s.mission) {
		t.Errorf("reply: %s", reply)
	}
	if alert := w.Alert(in); !strings.Contains(alert, "~~in "+s.was+"~~") {
		t.Errorf("the old place is not struck through: %s", alert)
	}
}

// checkHarmKept holds that the casualties keep both accounts and gain the new figure.
func checkHarmKept(t *testing.T, c news.Changes, s secondAccount) {
	t.Helper()
	i := slices.IndexFunc(c.Developments, func(d news.Development) bool { return d.Kind() == news.Casualties })
	if i < 0 {
		t.Fatal("no development of casualties was changed")
	}
	var places []string
	injured := 0
	for _, claim := range c.Developments[i].Claims {
		places = append(places, claim.Place)
		for _, f := range claim.Figures {
			if f.What == "injured" && f.Min != nil {
				injured = *f.Min
			}
			if f.What == "killed" && f.Qualifier == news.AtLeast && (f.Min == nil || *f.Min != s.killed || !f.Verified) {
				t.Errorf("killed %+v, want %d verified", f, s.killed)
			}
		}
	}
	if injured != s.injured || !slices.Contains(places, s.was) || !slices.Contains(places, "outside "+s.was) {
		t.Errorf("injured %d, places %v: want %d, and both places", injured, places, s.injured)
	}
}
