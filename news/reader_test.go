package news_test

import (
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"trucewire/config"
	"trucewire/news"
)

// shippedReader is made once: the catalogue takes longer to load than to read with.
//
//nolint:gochecknoglobals // a test's cache
var shippedReader = sync.OnceValues(func() (*news.Reader, error) {
	cat, err := config.LoadCatalogue("")
	if err != nil {
		return nil, err
	}
	return news.NewReader(cat.News)
})

func reader(t testing.TB) *news.Reader {
	t.Helper()
	r, err := shippedReader()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func reportDay() time.Time { return time.Date(2020, 6, 10, 18, 0, 0, 0, time.UTC) }

// The counterpart of the Libya article with other names: the same build, invented
// wording, a war between Yemen's sides.
const yemenReport = `Envoys of Yemen's rival camps have started another round of truce talks in Muscat, the United Nations said on Wednesday, while shells fell again near the port of Hodeidah.

The Houthis and the Yemeni government each sat with UN mediators in separate rooms, the UN mission in Hodeidah said.

A government drive since Monday to advance west and seize Hodeidah was beaten back with drone strikes, a Houthi military source said.

"The mission is deeply concerned by reports of shelling close to the port", the UN mission in Hodeidah said in a statement.

It said it had verified at least 23 civilian deaths in Hodeidah.

Oman put forward a plan last week that includes a ceasefire. The proposed ceasefire was supposed to come into force on Monday, though there has been no direct answer to the plan, backed by the Houthis, from the Yemeni government.

Last month the Houthis lost control of Marib.

Egypt's president also on Wednesday discussed Yemen in a phone call with his French counterpart, his office said.`

func TestReadTellsAnArticleApart(t *testing.T) {
	got := reader(t).Read(news.Item{ID: "y", Published: reportDay(), Text: yemenReport, Lang: "en"})
	if got.Relevance != news.RelevantDevelopment || got.Conflict != "yemen" {
		t.Fatalf("got %s of %q, want a development of yemen", got.Relevance, got.Conflict)
	}
	checkArticle(t, got, articleWant{
		main: news.TalksHeld, place: "Hodeidah", figure: 23, parties: []news.PartyID{"ye-houthi", "ye-irg"}, text: yemenReport,
	})
}

func TestReadLibya2020(t *testing.T) {
	raw, err := os.ReadFile("../../shared/domain/libya-2020.txt")
	if err != nil {
		t.Skip("the shared Libya article is not here; its counterpart above stands in")
	}
	text := string(raw)
	got := reader(t).Read(news.Item{ID: "l", Outlet: "aljazeera.com", Published: reportDay(), Text: text, Lang: "en"})
	if got.Relevance != news.RelevantDevelopment || got.Conflict != "libya" {
		t.Fatalf("got %s of %q, want a development of libya", got.Relevance, got.Conflict)
	}
	checkArticle(t, got, articleWant{
		main: news.TalksHeld, place: "Sirte", figure: 19, parties: []news.PartyID{"ly-gna", "ly-lna"}, text: text,
	})
	if c, ok := claimWith(got, news.Mediation, "envoy|Owcza"); !ok || c.Main {
		t.Errorf("the envoy's meeting is not a minor mediation: %+v", c)
	}
}

type articleWant struct {
	main    news.Kind
	place   string
	figure  int
	parties []news.PartyID
	text    string
}

// checkArticle holds what both articles must come out as: the eight statements and
// the traps that can be seen in a reading.
func checkArticle(t *testing.T, got news.Reading, want articleWant) {
	t.Helper()
	if len(got.Kinds) == 0 || got.Kinds[0] != want.main {
		t.Errorf("kinds %v, want %s first", got.Kinds, want.main)
	}
	if diff := cmp.Diff(want.parties, got.Parties); diff != "" {
		t.Error("parties: who backs a side is none of them: ", diff)
	}
	for _, c := range got.Claims {
		if c.Quote == "" || !strings.Contains(want.text, c.Quote) {
			t.Errorf("evidence is not the item's own words: %q", c.Quote)
		}
		switch c.Kind {
		case news.InEffect, news.Agreement, news.Rejection, news.Collapse, news.Violation, news.Expiry, news.Acceptance:
			t.Errorf("%s was not reported: %q", c.Kind, c.Quote)
		}
	}
	talks, ok := claimWith(got, want.main, "talks")
	if !ok || !talks.Main || talks.By.Class != news.SpeakerUN || talks.Grade != news.Stated || talks.Day != "2020-06-10" {
		t.Errorf("talks: %+v, want the main claim, stated by the UN on the 10th", talks)
	}
	push, ok := claimWith(got, news.Escalation, "since|from Monday")
	if !ok || push.Main || push.Grade != news.Claimed || push.Day != "2020-06-08" || push.Place != want.place {
		t.Errorf("push: %+v, want a party's claim of an escalation from the 8th", push)
	}
	deaths, ok := claimWith(got, news.Casualties, "verified")
	if !ok || deaths.Grade != news.Verified || len(deaths.Parties) != 0 || len(deaths.Figures) != 1 {
		t.Fatalf("deaths: %+v, want one verified figure and no perpetrator", deaths)
	}
	f := deaths.Figures[0]
	if f.Min == nil || *f.Min != want.figure || f.Max != nil || f.Qualifier != news.AtLeast || f.By == "" {
		t.Errorf("figure %+v, want at least %d with its speaker", f, want.figure)
	}
	for kind, words := range map[news.Kind]string{
		news.Statement: "concerned", news.Proposal: "plan", news.ControlChange: "lost control", news.Mediation: "phone call",
	} {
		if c, ok := claimWith(got, kind, words); !ok || c.Main {
			t.Errorf("no minor %s about %q: %+v", kind, words, c)
		}
	}
}

// claimWith finds a claim of a kind whose evidence holds one of the words.
func claimWith(r news.Reading, k news.Kind, words string) (news.Claim, bool) {
	for _, c := range r.Claims {
		if c.Kind == k && slices.ContainsFunc(strings.Split(words, "|"), func(w string) bool { return strings.Contains(c.Quote, w) }) {
			return c, true
		}
	}
	return news.Claim{}, false
}

func TestReadIsTheSameTwiceAndTogether(t *testing.T) {
	r := reader(t)
	it := news.Item{ID: "y", Published: reportDay(), Title: "Truce talks resume in Yemen", Text: yemenReport, Lang: "en"}
	want := r.Read(it)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if diff := cmp.Diff(want, r.Read(it)); diff != "" {
				t.Error(diff)
			}
		})
	}
	wg.Wait()
}

func TestReadFalseFriendsAreNoDevelopment(t *testing.T) {
	for _, c := range []struct{ lang, title string }{
		{"en", "Washington and Beijing agree to extend tariff truce by 90 days"},
		{"en", "Rival fans call a truce before the cup final"},
		{"en", "Two minutes of silence held across the country for Armistice Day"},
		{"en", "Prince and his brother reach an uneasy truce before the wedding"},
		{"en", "Unions suspend rail strike in truce with ministers over pay"},
		{"en", "Streaming giants declare ceasefire in price war"},
		{"en", "How the Christmas truce of 1914 was remembered"},
		{"en", "Hostage freed after bank siege in Manchester, police say"},
		{"fr", "La trêve hivernale débute ce vendredi pour les locataires"},
		{"fr", "Ligue 1 : reprise du championnat après la trêve internationale"},
		{"es", "China y Estados Unidos prorrogan la tregua comercial"},
		{"es", "La Liga vuelve tras el parón internacional"},
		{"ru", "США и Китай продлили торговое перемирие на 90 дней"},
		{"uk", "США та Китай продовжили торговельне перемир'я"},
		{"ar", "الصين وأمريكا تمددان الهدنة التجارية بشأن الرسوم الجمركية"},
		{"he", "הפסקת אש פוליטית בקואליציה לפני הצבעה על התקציב"},
	} {
		if got := reader(t).Read(news.Item{Title: c.title, Lang: c.lang}); got.Relevance == news.RelevantDevelopment {
			t.Errorf("%s: %s is a development: %v", c.lang, c.title, got.Kinds)
		}
	}
}

func TestReadAcronymsNeedASecondSignal(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		title string
		want  bool // names Sudan's RSF
	}{
		{"RSF condemns jailing of reporter in Lima", false},
		{"RSF accepts truce in Darfur, army silent", true},
	} {
		got := slices.Contains(r.Read(news.Item{Title: c.title, Lang: "en"}).Parties, "sd-rsf")
		if got != c.want {
			t.Errorf("%s: sd-rsf named is %v, want %v", c.title, got, c.want)
		}
	}
}

func TestReadSignsOfWireCopy(t *testing.T) {
	for text, want := range map[string]string{
		"KHARTOUM (Reuters) - The army and the RSF agreed to a truce in Sudan.": "Reuters",
		"CAIRO (AP) — Talks on a truce in Sudan resumed.":                       "AP",
		"Talks on a truce in Sudan resumed, witnesses said.":                    "",
	} {
		if got := reader(t).Read(news.Item{Title: "Sudan truce talks", Text: text, Lang: "en"}).Agency; got != want {
			t.Errorf("%s: agency %q, want %q", text, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", yemenReport, "At least 1,,2..3 killed\xff", "هدنة ١٢ ساعة", "«»''\"“", "12-12-12 to and or 5 5 5 dozen million"} {
		f.Add(s, s, "en")
	}
	f.Add("הפסקת אש", "\u202e12", "he")
	r := reader(f)
	f.Fuzz(func(t *testing.T, title, text, lang string) {
		got := r.Read(news.Item{Title: title, Text: text, Lang: lang, Published: reportDay()})
		for _, c := range got.Claims {
			whole := text
			if c.InTitle {
				whole = title
			}
			if !strings.Contains(whole, c.Quote) {
				t.Fatalf("quote %q is not in the item", c.Quote)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := reader(b)
	article := strings.Repeat(yemenReport+"\n\n", 4)
	for _, c := range []struct{ name, title, text string }{
		{"feed item", "Yemen's sides start new round of truce talks, UN says", yemenReport[:400]},
		{"article", "Yemen's sides start new round of truce talks, UN says", article},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.Read(news.Item{Title: c.title, Text: c.text, Lang: "en", Published: reportDay()})
			}
		})
	}
}

func TestReadCorrectionsPutRightAFigureAndItsPlace(t *testing.T) {
	got := reader(t).Read(news.Item{
		Title: "Correction: UN mission puts 23 civilian deaths outside Hodeidah, not in the port",
		Text:  "UNMHA corrected on Wednesday its account of the deaths in Yemen: it had verified at least 23 civilian deaths outside Hodeidah between 2 and 5 June, not in Hodeidah as it reported earlier.",
		Lang:  "en", Published: reportDay(),
	})
	claim, ok := claimWith(got, news.Casualties, "Correction")
	if !ok || !claim.Main || claim.Sub != "corrected" {
		t.Fatalf("%s %v, claim %+v: want casualties that correct", got.Relevance, got.Kinds, claim)
	}
	for _, f := range got.Figures {
		if f.What != "killed" || f.Min == nil || *f.Min != 23 || f.Max != nil {
			t.Errorf("figure %s: want at least 23 killed and nothing of the days", figureText(f))
		}
	}
}

func TestReadNamesTheResponsibleSpeaker(t *testing.T) {
	for text, want := range map[string]string{
		"The UN Support Mission in Libya (UNSMIL) said on Wednesday that truce talks had resumed.":      "UNSMIL",
		"Truce talks resumed in Libya, UNSMIL said on Wednesday, according to the Harbour Post.":        "UNSMIL",
		"Truce talks resumed in Libya, the UN mission in Libya said.":                                   "UN mission in Libya",
		"The UN said on Monday that truce talks in Libya had resumed. It said on Tuesday they went on.": "UN",
	} {
		got := reader(t).Read(news.Item{Text: text, Lang: "en", Published: reportDay()})
		for _, c := range got.Claims {
			if c.By.Name != want || c.By.Class != news.SpeakerUN {
				t.Errorf("%s: by %+v, want %s", text, c.By, want)
			}
		}
		if len(got.Claims) == 0 {
			t.Errorf("%s: no claims, %s", text, got.Relevance)
		}
	}
}

func TestReadKeepsWhatIsToldInPassingMinor(t *testing.T) {
	got := reader(t).Read(news.Item{
		Title: "At least 14 civilians killed in Marib, hospital says",
		Text:  "At least 14 civilians were killed in Marib in Yemen as truce talks resumed in Muscat, a hospital said.",
		Lang:  "en", Published: reportDay(),
	})
	if len(got.Kinds) == 0 || got.Kinds[0] != news.Casualties {
		t.Fatalf("kinds %v, want casualties first", got.Kinds)
	}
	if talks, ok := claimWith(got, news.TalksHeld, "talks"); ok && talks.Main {
		t.Errorf("talks told in passing are main: %+v", talks)
	}
}

func TestReadTruceOfTariffsIsNoContextOfAWar(t *testing.T) {
	got := reader(t).Read(news.Item{
		Title: "Washington and Beijing prolong tariff truce by 90 days", Text: "Shares rose after the United States and China put off higher duties on steel.", Lang: "en",
	})
	if got.Relevance != news.Irrelevant || got.Conflict != "" {
		t.Errorf("got %s of %q, want irrelevant", got.Relevance, got.Conflict)
	}
}
