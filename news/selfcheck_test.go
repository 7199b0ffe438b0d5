package news_test

import (
	"strings"
	"testing"

	"trucewire/news"
)

func TestCheckFindsWhatNoItemBearsOut(t *testing.T) {
	w := newWriter(t)
	items := []news.Item{harbourItem(), courierItem()}
	for _, tt := range []struct{ name, text, problem string }{
		{"own words with a cited number and name", "UNSMIL said it verified **at least 19 civilians killed** in Sirte.", ""},
		{"a quotation", `UNSMIL: "We are worried by word of more fighters […] near Sirte".`, ""},
		{"a quotation in another book's marks", "UNSMIL : « We are worried by word ».", ""},
		{"a day of publication", "UNSMIL said on Wed 10 Jun.", ""},
		{"a day that the item names by weekday", "An advance was repulsed (day named: Mon 8 Jun).", ""},
		{"small print counts what the bot counted", "-# 7 outlets · [harbourpost.example](<https://harbourpost.example/libya/talks-10>)", ""},
		{"a number that no item has", "UNSMIL reported 90 people killed.", "number 90"},
		{"a number inside another", "UNSMIL reported 9 people killed.", "number 9"},
		{"a day that no item has", "UNSMIL said on Fri 19 Jun.", `day "Fri 19 Jun"`},
		{"a party that no item names", "RSF said this.", "name of party sd-rsf"},
		{"a place that no item names", "There was shelling in Khartoum.", "name of place khartoum"},
		{"a quotation that no item has", `UNSMIL: "The truce is signed".`, "quotation"},
		{"a quotation that was mended", `UNSMIL: "We are worried by word of fighters".`, "quotation"},
		{"parts of two items in one quotation", `"Delegations from the two sides […] places the 19 civilian deaths".`, "quotation"},
		{"a word that no item has and the bot does not say", "UNSMIL said that Sirte was jubilant.", `word "jubilant"`},
		{"a name that no catalogue has", "Salma Idris said nothing of it.", `word "salma"`},
		{"a heading of another conflict", "**Myanmar · Talks** – Talks have resumed, UNSMIL said.", "heading"},
		{"a link under another name", "Sirte. [Other Post · harbourpost.example](<https://harbourpost.example/libya/talks-10>)", "under another name"},
		{"the day after publication", "UNSMIL said on Fri 12 Jun.", `day "Fri 12 Jun"`},
		{"a link to elsewhere", "Sirte. [Harbour Post](<https://evil.example/>)", "link to https://evil.example/"},
		{"nine words of an item", "Fighters were beaten back from the air, a military source of note said.", "word for word"},
		{"eight words of an item", "Fighters were beaten back from the air, a military source in Sirte said.", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := w.Check(tt.text, items)
			if tt.problem == "" && err != nil {
				t.Error(err)
			}
			if tt.problem != "" && (err == nil || !strings.Contains(err.Error(), tt.problem)) {
				t.Errorf("err = %v, want one with %q", err, tt.problem)
			}
		})
	}
}

func TestCheckReadsNumbersAsItemsWriteThem(t *testing.T) {
	w := newWriter(t)
	for _, tt := range []struct{ item, text string }{
		{"Nineteen civilians died", "19 civilians killed."},
		{"twenty-two people", "22 people killed."},
		{"three hundred and five people", "305 people killed."},
		{"a hundred people", "100 people killed."},
		{"1.2 million people fled", "1,200,000 people displaced."},
		{"12 thousand people fled", "12,000 people displaced."},
		{"12,000 people fled", "12,000 people displaced."},
		{"12 000 personnes", "12,000 people displaced."},
		{"12.000 personas", "12,000 people displaced."},
		{"مقتل ١٩ مدنيا", "19 civilians killed."},
		{"نزوح 12 ألف شخص", "12,000 people displaced."},
		{"погибли 1,5 тыс. человек", "1500 people killed."},
		{"half a million people fled", "500,000 people displaced."},
		{"más de tres mil muertos", "3000 people killed."},
		{"dos millones de personas", "2,000,000 people displaced."},
		{"deux cent vingt morts", "220 people killed."},
	} {
		it := harbourItem()
		it.Title, it.Text = "", tt.item
		if strings.Contains(tt.item, "mil") || strings.Contains(tt.item, "personas") {
			it.Lang = "es"
		}
		if strings.Contains(tt.item, "morts") {
			it.Lang = "fr"
		}
		if err := w.Check(tt.text, []news.Item{it}); err != nil {
			t.Errorf("%q against %q: %v", tt.text, tt.item, err)
		}
	}
}

// Names of own sentences: promise 9 of the design.
func TestPeopleAreNamedOnlyWithAnOfficeOrByTheCatalogue(t *testing.T) {
	w := newWriter(t)
	for _, tt := range []struct {
		name string
		by   news.Speaker
		want string
	}{
		{"a body", news.Speaker{Name: "UNSMIL", Class: news.SpeakerUN}, "UNSMIL"},
		{"a body by its name", news.Speaker{Name: "the United Nations", Class: news.SpeakerUN}, "the United Nations"},
		{"a country", news.Speaker{Name: "Qatar", Class: news.SpeakerState}, "Qatar"},
		{"a country by its capital", news.Speaker{Name: "Cairo", Class: news.SpeakerState}, "Egypt"},
		{"a party by an alias", news.Speaker{Name: "Haftar's forces", Party: "ly-lna", Class: news.SpeakerParty}, "LNA"},
		{"an office-holder of the catalogue", news.Speaker{Name: "Khalifa Haftar", Party: "ly-lna", Class: news.SpeakerParty}, "Khalifa Haftar (LNA)"},
		{"the same by part of the name", news.Speaker{Name: "General Khalifa Haftar", Party: "ly-lna", Class: news.SpeakerParty}, "Khalifa Haftar (LNA)"},
		{"a person with an office", news.Speaker{Name: "German ambassador Erika Muster", Class: news.SpeakerState}, "German ambassador Erika Muster"},
		{"an institution", news.Speaker{Name: "health ministry", Class: news.SpeakerState}, "the health ministry"},
		{"an acronym", news.Speaker{Name: "OCHA", Class: news.SpeakerUN}, "the United Nations"},
		{"a private person", news.Speaker{Name: "Salma Idris", Class: news.SpeakerState}, "an official"},
		{"a private person with a party", news.Speaker{Name: "Salma Idris", Party: "ly-gna", Class: news.SpeakerParty}, "a speaker for GNA"},
		{"a resident", news.Speaker{Name: "resident Salma Idris", Class: news.SpeakerAnonymous}, "an unnamed source"},
		{"a source of a party", news.Speaker{Name: "a military source", Party: "ly-lna", Class: news.SpeakerAnonymous}, "a source on the LNA side"},
		{"words that take sides", news.Speaker{Name: "warlord commander Salma Idris", Class: news.SpeakerState}, "an official"},
		{"words across a border of sentences", news.Speaker{Name: "state intervenes A major aid agency", Class: news.SpeakerState}, ""},
		{"words that are no name", news.Speaker{Name: "holds in the north", Class: news.SpeakerState}, ""},
		{"an office alone", news.Speaker{Name: "foreign minister", Class: news.SpeakerState}, "an official"},
		{"a party with a word read into it", news.Speaker{Name: "LNA trade", Party: "ly-lna", Class: news.SpeakerParty}, "LNA"},
		{"a place finer than a town", news.Speaker{Name: "director of Palm hospital Salma Idris", Class: news.SpeakerState}, "an official"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := abroad(step(news.Claim{Kind: news.TalksHeld, Sub: "resumed", By: tt.by, Day: "2020-06-10", Quote: "x"}, "Talks"))
			want := "**Libya · Talks** – Talks have resumed, " + tt.want + " said on Wed 10 Jun."
			if tt.want == "" { // the outlet says it
				want = "**Libya · Talks** – Talks have resumed, harbourpost.example reported on Wed 10 Jun."
			}
			if got := firstLine(w.Alert(news.AlertInput{Development: d})); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestHeadlinesThatCouldHarmAreNotQuoted(t *testing.T) {
	w := newWriter(t)
	for _, tt := range []struct {
		title  string
		quoted bool
	}{
		{"Truce holds in Sirte", true},
		{"Foreign minister Erika Muster calls for a truce after deaths", true},
		{"Twelve killed near Sirte despite truce, Red Cross says", true},
		{"October 15, 2020: truce news", true},
		{"Strike kills Salma Idris in her home town", false},
		{"Salma Idris, 9, among the dead after truce", false},
		{"Freed captive Omar Idris back with family", false},
		{"Victim named as Salma Idris", false},
		{"Mother of Omar Idris pleads for truce", false},
		{"Bodies decapitated as truce fails", false},
		{"Charred remains found after shelling", false},
		{"Shell hits school on Omar Street", false},
		{"Fighters gather at 32.8872, 13.1913", false},
	} {
		d := step(news.Claim{Kind: news.Escalation, Quote: tt.title}, tt.title)
		line := firstLine(w.Alert(news.AlertInput{Development: d}))
		if quoted := strings.Contains(line, `"`); quoted != tt.quoted {
			t.Errorf("%q: quoted %t, want %t: %s", tt.title, quoted, tt.quoted, line)
		}
	}
}

func TestPlacesFinerThanATownAreLeftOut(t *testing.T) {
	w := newWriter(t)
	for _, tt := range []struct{ place, want string }{
		{"Sirte", "There was shelling in Sirte,"},
		{"Egypt", "There was shelling in Egypt,"},
		{"Rafah crossing", "There was shelling at the Rafah crossing,"},
		{"the central hospital of Sirte", "There was shelling,"},
		{"Omar Street 14", "There was shelling,"},
		{"Omar Street", "There was shelling,"},
		{"سرت", "There was shelling,"},
	} {
		d := abroad(step(news.Claim{Kind: news.Escalation, Sub: "shelling", Place: tt.place, Quote: tt.place}, "Shelling"))
		if got := firstLine(w.Alert(news.AlertInput{Development: d})); !strings.Contains(got, tt.want) {
			t.Errorf("%s: no %q in %s", tt.place, tt.want, got)
		}
	}
}

func TestStateTiedOutletsCarryTheirAffiliation(t *testing.T) {
	w := newWriter(t)
	for _, tt := range []struct{ outlet, url, want string }{
		{"aljazeera", "https://www.aljazeera.com/a", "[Al Jazeera · www.aljazeera.com](<https://www.aljazeera.com/a>) (Qatar state-funded)"},
		{"upi", "https://www.upi.com/a", "[UPI · www.upi.com](<https://www.upi.com/a>) · automatic"},
		{"upi", "https://elsewhere.example/a", "[UPI · elsewhere.example](<https://elsewhere.example/a>)"},
		{"upi", "http://www.upi.com/a", "1 origin · UPI · automatic"},
	} {
		d := step(news.Claim{Kind: news.TalksHeld, Sub: "resumed", Quote: "x"}, "Talks")
		d.Mentions[0].Outlet, d.Mentions[0].URL = news.OutletID(tt.outlet), tt.url
		if got := w.Alert(news.AlertInput{Development: d}); !strings.Contains(got, tt.want) {
			t.Errorf("no %q in\n%s", tt.want, got)
		}
	}
}
