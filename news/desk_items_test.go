package news_test

import (
	"fmt"
	"testing"
	"time"

	"trucewire/config"
	"trucewire/news"
)

// wire is an item as a feed gives it, hours after the first, and what it owes; empty:
// nothing but an addition.
type wire struct {
	hours       int
	outlet      string
	title, text string
	want        news.Reason
}

func flows() map[string][]wire {
	return map[string][]wire{
		"confirmed once": {
			{0, "coast.example", "South Sudan's government and SPLA-IO rebels sign ceasefire in Khartoum", "South Sudan's government and SPLA-IO rebels signed a ceasefire in Khartoum on Monday.", news.ReasonFirst},
			{2, "delta.example", "South Sudan government and SPLA-IO rebels sign ceasefire, IGAD says", "The ceasefire between South Sudan's government and the SPLA-IO was signed in Khartoum on Monday, IGAD mediators said.", news.ReasonConfirmed},
		},
		"the accused denies": {
			{0, "coast.example", "Armenia accuses Azerbaijan of violating ceasefire near Goris", "Armenia's defence ministry accused Azerbaijan of violating the ceasefire near Goris on Monday.", news.ReasonFirst},
			{3, "delta.example", "Azerbaijan denies violating ceasefire near Goris", "Azerbaijan's defence ministry denied violating the ceasefire near Goris on Monday.", news.ReasonDenied},
		},
		"the mission puts its figure right": {
			{0, "coast.example", "UN mission in Libya says it verified at least 19 civilians killed in Sirte", "The UN mission in Libya, UNSMIL, said it had verified at least 19 civilians killed in Sirte since the ceasefire.", news.ReasonFirst},
			{9, "delta.example", "Correction: UN mission in Libya says 12 civilians killed in Sirte", "The UN mission in Libya, UNSMIL, corrected its toll: 12 civilians were killed in Sirte since the ceasefire, it said.", news.ReasonCorrected},
		},
		"the outlet takes it back": {
			{0, "coast.example", "Colombia and ELN rebels agree six-month ceasefire", "Colombia's government and the ELN rebels have agreed a six-month ceasefire.", news.ReasonFirst},
			{4, "coast.example", "We retract our report that Colombia and ELN rebels agreed a six-month ceasefire", "We retract our report that Colombia's government and the ELN had agreed a six-month ceasefire.", news.ReasonRetracted},
		},
	}
}

func TestNewsInUpdatesOut(t *testing.T) {
	cat, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	for name, items := range flows() {
		t.Run(name, func(t *testing.T) {
			d := news.NewDesk(cat.News, reader(t))
			for i, w := range items {
				at := reportDay().Add(time.Duration(w.hours) * time.Hour)
				it := news.Item{
					ID: news.ItemID(fmt.Sprint(i)), Source: news.SourceID(w.outlet), Outlet: news.OutletID(w.outlet),
					Published: at, Dated: true, FirstSeen: at, Title: w.title, Text: w.text, Lang: "en",
				}
				c := d.File([]news.Item{it}, at)
				d.Apply(c)
				if len(c.Updates) == 0 || c.Updates[0].Reason != w.want {
					t.Errorf("item %d (%s %v) owes %+v, want %s: %v", i, c.Readings[0].Relevance, c.Readings[0].Kinds, c.Updates, w.want, c.Filed[0].Why)
				}
			}
		})
	}
}
