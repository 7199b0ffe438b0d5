package news_test

import (
	"testing"
	"time"

	"trucewire/news"
)

// Wars outside the catalogue's list are filed under other, whatever they are called.
func TestLesserWarsAreFiledUnderOther(t *testing.T) {
	for _, title := range []string{
		"UNITA rebels and Luanda agree truce in Angola",
		"Tamil Tigers declare ceasefire in Sri Lanka",
		"Free Aceh Movement and Jakarta agree to a ceasefire",
		"Renamo extends its truce in Gorongosa",
		"Casamance separatists MFDC sign truce with Senegal",
		"Burundi's FNL rebels sign ceasefire in Bujumbura",
		"IRA declares ceasefire in Belfast",
		"ETA declares ceasefire, Basque paper says",
		"NSCN faction signs ceasefire with Delhi",
		"Free Papua Movement offers truce to Indonesian army",
		"Chechen rebels and Moscow agree to a ceasefire",
		"Bosnian Serb army accepts ceasefire around Sarajevo",
	} {
		got := reader(t).Read(news.Item{Title: title, Lang: "en", Published: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)})
		if got.Relevance != news.RelevantDevelopment || got.Conflict != news.OtherConflict {
			t.Errorf("%q: %s of conflict %q", title, got.Relevance, got.Conflict)
		}
	}
}

// Names that mean something else without their war beside them.
func TestNamesWithAnotherMeaningAreNoParties(t *testing.T) {
	for _, c := range []struct {
		title string
		party news.PartyID
	}{
		{"US House of Representatives votes down ceasefire resolution", "ly-hor"},
		{"Chad's junta and rebels begin talks in Doha", "mm-sac"},
		{"M23 closed near Crawley after lorry fire", "cd-m23"},
		{"IRA tax credits at risk as Congress meets", "ni-ira"},
		{"FACT CHECK: No truce was signed", "td-fact"},
		{"EPL: rival managers call a truce", "co-epl"},
		{"ADF sends frigate to Red Sea, Canberra says", "cd-adf"},
		{"Hospital ICU nurses end strike", "so-icu"},
		{"Flight's ETA delayed by strike talks", "es-eta"},
		{"TDF: rivals call a truce before the Alps", "et-tplf"},
		{"EDF and unions agree to end strike", "er-gov"},
		{"KIA recalls cars after strike talks", "mm-kia"},
		{"South Africa's Government of National Unity survives budget row", "ly-gnu"},
		{"Ukraine's Rada approves ceasefire bill", "ly-tripoli-groups"},
		{"Government troops return to Jaffna", "cf-gov"},
	} {
		for _, p := range reader(t).Read(news.Item{Title: c.title, Lang: "en"}).Parties {
			if p == c.party {
				t.Errorf("%q names %s", c.title, c.party)
			}
		}
	}
}

// The same names where their war is meant.
func TestNamesOfPartiesBesideTheirWar(t *testing.T) {
	for _, c := range []struct {
		title string
		party news.PartyID
	}{
		{"Libya's House of Representatives backs ceasefire", "ly-hor"},
		{"Myanmar's junta announces ceasefire", "mm-sac"},
		{"M23 rebels accept truce in Goma", "cd-m23"},
		{"Belfast: IRA declares ceasefire", "ni-ira"},
		{"Chad's FACT rebels reject ceasefire", "td-fact"},
		{"ADF rebels offer truce, Uganda's army says", "cd-adf"},
		{"Angola: Unita accepts ceasefire", "ao-unita"},
		{"ELN declares Christmas truce, Colombia's guerrillas say", "co-eln"},
		{"Tigray's TDF says it will honour ceasefire", "et-tplf"},
	} {
		found := false
		for _, p := range reader(t).Read(news.Item{Title: c.title, Lang: "en"}).Parties {
			found = found || p == c.party
		}
		if !found {
			t.Errorf("%q does not name %s", c.title, c.party)
		}
	}
}
