package news_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"trucewire/news"
)

// figureText writes a figure as "killed 19.. at_least people".
func figureText(f news.Figure) string {
	bound := func(n *int) string {
		if n == nil {
			return ""
		}
		return fmt.Sprint(*n)
	}
	return fmt.Sprintf("%s %s..%s %s %s", f.What, bound(f.Min), bound(f.Max), f.Qualifier, f.Unit)
}

func TestReadFigures(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		want       []string
	}{
		{"en", "The RSF and Sudan's army agreed to a 72-hour truce.", []string{"duration 72..72 exact hours"}},
		{"en", "The RSF and Sudan's army agreed to a week-long ceasefire.", []string{"duration 1..1 exact weeks"}},
		{"en", "The truce in Sudan was extended by three more days.", []string{"duration 3..3 exact days"}},
		{"en", "A three-day truce in Sudan. The 72-hour truce began at noon.", []string{"duration 72..72 exact hours"}},
		{"en", "Shelling in Darfur left at least six dead and about 30 missing.", []string{"killed 6.. at_least people", "missing 30..30 about people"}},
		{"en", "An army strike in Darfur killed three fighters and wounded more than a dozen civilians.", []string{"killed 3..3 exact people", "injured 12.. more_than people"}},
		{"en", "Strikes on Gaza killed three commanders and at least 10 civilians.", []string{"killed 3..3 exact people", "killed 10.. at_least people"}},
		{"en", "Up to 20,000 people have fled fighting in Sudan.", []string{"displaced ..20000 up_to people"}},
		{"en", "Between 40 and 50 soldiers were killed in Sudan.", []string{"killed 40..50 exact people"}},
		{"en", "Nearly half a million people have been displaced in Sudan.", []string{"displaced 500000..500000 about people"}},
		{"en", "Dozens of civilians were killed in Sudan.", []string{"killed .. vague people"}},
		{"en", "Hamas will hand over 20 living hostages in Gaza.", []string{"released 20..20 exact people"}},
		{"en", "Hamas returned the bodies of four more hostages in Gaza.", []string{"other 4..4 exact bodies"}},
		{"en", "Monitors in Donetsk counted 60 ceasefire violations.", []string{"other 60..60 exact violations"}},
		{"en", "Six trucks of aid were looted in Darfur.", []string{"aid 6..6 exact trucks"}},
		{"en", "Two rival generals in Sudan met on 8 June 2023 at 07:30, aged 61 and 48, on day 420 of the war.", nil},
		{"en", "Aid worth $3.5 million reached Sudan, 40 percent of the plan.", nil},
		{"en", "Two blasts near a base in Sudan killed at least 12.", []string{"killed 12.. at_least people"}},
		{"en", "The death toll from the latest fighting in Sudan rose to 25.", []string{"killed 25..25 exact people"}},
		{"fr", "Au moins 12 civils ont été tués et 30 blessés au Soudan.", []string{"killed 12.. at_least people", "injured 30..30 exact people"}},
		{"fr", "Une trêve de 72 heures entre en vigueur au Soudan.", []string{"duration 72..72 exact hours"}},
		{"es", "Una tregua de siete días comenzó en Sudán tras más de 700 muertos.", []string{"duration 7..7 exact days", "killed 700.. more_than people"}},
		{"ru", "В Судане погибли не менее 15 человек, двое ранены.", []string{"killed 15.. at_least people", "injured 2..2 exact people"}},
		{"ru", "Стороны в Судане договорились о перемирии на 72 часа.", []string{"duration 72..72 exact hours"}},
		{"uk", "В Україні загинули щонайменше 15 людей.", []string{"killed 15.. at_least people"}},
		{"ar", "مقتل 12 شخصا على الأقل في قصف بالسودان", []string{"killed 12.. at_least people"}},
		{"ar", "هدنة لمدة 72 ساعة في السودان", []string{"duration 72..72 exact hours"}},
		{"ar", "تمديد الهدنة في اليمن لشهرين", []string{"duration 2..2 exact months"}},
		{"he", "לפחות 12 בני אדם נהרגו בתקיפה בלבנון", []string{"killed 12.. at_least people"}},
	} {
		var got []string
		for _, f := range reader(t).Read(news.Item{Text: c.text, Lang: c.lang, Published: reportDay()}).Figures {
			got = append(got, figureText(f))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s: %s", c.lang, c.text, diff)
		}
	}
}

func TestFiguresNameThoseCounted(t *testing.T) {
	for _, c := range []struct{ text, who string }{
		{"The mission verified at least 31 civilian deaths in Marib.", "civilian"},
		{"Shelling in Marib killed 31 civilians.", "civilians"},
		{"Two dead hostages were handed over in Marib.", "dead hostages"},
		{"Two young women were killed in Marib.", "young women"},
		{"A senior army officer was killed in Marib.", "A senior army officer"},
		{"Three of its drivers were killed in Marib.", "drivers"},
	} {
		got := reader(t).FiguresOf(news.Item{Text: c.text, Lang: "en", Published: reportDay()})
		if len(got) != 1 || got[0].Who != c.who {
			t.Errorf("%s: got %+v, want one figure of %q", c.text, got, c.who)
		}
	}
}

func TestFiguresKeepTheirPeriod(t *testing.T) {
	for _, c := range []struct{ lang, text, period string }{
		{"en", "At least 31 people have been killed in Marib since Saturday.", "since Saturday"},
		{"en", "In the past week, 31 people were killed in Marib.", "In the past week"},
		{"en", "At least 31 people were killed in Marib.", ""},
		{"fr", "Au moins 31 personnes ont été tuées depuis samedi.", "depuis samedi"},
		{"ru", "За минувшие сутки погибли 31 человек.", "За минувшие сутки"},
	} {
		got := reader(t).FiguresOf(news.Item{Text: c.text, Lang: c.lang, Published: reportDay()})
		if len(got) != 1 || !strings.HasPrefix(got[0].Period, c.period) || c.period == "" && got[0].Period != "" {
			t.Errorf("%s: got %+v, want one figure of %q", c.text, got, c.period)
		}
	}
}

func TestFiguresAreToldByWhomTheSentenceNames(t *testing.T) {
	const title = "Yemen: Houthis and government trade blame over truce"
	for _, c := range []struct{ title, text, by string }{
		{title, "The UN condemned the raid and said 31 people were killed in Marib.", "UN"},
		{title, "Oman proposed a truce of 36 hours in Marib.", "Oman"},
		{title, "The Houthis have been asked by Oman to observe a truce. It was Oman's 36-hour plan for a truce.", "Oman"},
		{"Yemen: 31 killed as truce frays – UN", "Some 400 people fled Marib.", "UN"},
		{"UNICEF report: 31 children killed despite truce in Yemen", "Another 12 children were wounded.", "UNICEF"},
		{title, "About 31 people say the truce in Marib holds. Six people were killed in Marib.", ""},
	} {
		got := reader(t).Read(news.Item{Title: c.title, Text: c.text, Lang: "en", Published: reportDay()})
		if len(got.Figures) == 0 {
			t.Errorf("%s: no figures", c.text)
		}
		for _, f := range got.Figures {
			if f.By != c.by && !strings.HasSuffix(f.By, c.by) || c.by == "" && f.By != "" {
				t.Errorf("%s: %s by %q, want %q", c.text, figureText(f), f.By, c.by)
			}
		}
	}
}

func TestFiguresOfASentenceWithoutAnEndAreReadInPieces(t *testing.T) {
	text := "Six people were killed in Marib" + strings.Repeat(", and so on", 200) + ", and nine people were wounded"
	var got []string
	for _, f := range reader(t).FiguresOf(news.Item{Text: text, Lang: "en", Published: reportDay()}) {
		got = append(got, figureText(f))
	}
	want := []string{"killed 6..6 exact people", "injured 9..9 exact people"} // the pieces are as long as sentences may be
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A part told only by its most has no least number to look at.
func TestFiguresOfAPartUpToANumberAreRead(t *testing.T) {
	reader(t).FiguresOf(news.Item{Text: "Of the convoy's guards as many as three of them would leave, residents said.", Lang: "en", Published: reportDay()})
}

func FuzzFigures(f *testing.F) {
	for _, seed := range []struct{ lang, text string }{
		{"en", "Two hundred and ten of its 3,000 soldiers, including a MiG-29 pilot of 34, were killed or wounded within 30 days."},
		{"fr", "Quatre-vingt-douze morts, dont un soldat, et une trêve d'une semaine."},
		{"es", "Treinta y un heridos y un soldado muerto; tregua de 1,5 días."},
		{"ar", "مقتل خمسة وعشرين و1650 آخرين، وهدنة لأسبوع"},
		{"ru", "Двухнедельное перемирие, от 30 до 40 убитых, 1,6 тыс. пленных"},
		{"he", "הפסקת אש ל-48 שעות, ו-31 נפצעו"},
	} {
		f.Add(seed.lang, seed.text)
	}
	r := reader(f)
	f.Fuzz(func(t *testing.T, lang, text string) {
		for _, g := range r.FiguresOf(news.Item{Title: text, Text: text, Lang: lang, Published: reportDay()}) {
			if g.Min != nil && *g.Min <= 0 || g.Max != nil && *g.Max <= 0 || g.Min != nil && g.Max != nil && *g.Min > *g.Max {
				t.Errorf("%q: bounds of %s", text, figureText(g))
			}
			if (g.Min == nil && g.Max == nil) != (g.Qualifier == news.Vague) {
				t.Errorf("%q: %s", text, figureText(g))
			}
		}
	})
}

func TestReadSpeakers(t *testing.T) {
	for _, c := range []struct {
		text, by string
		class    news.SpeakerClass
		grade    news.Grade
	}{
		{"At least 12 civilians were killed in Darfur, the RSF said.", "RSF", news.SpeakerParty, news.Claimed},
		{"At least 12 civilians were killed in Darfur, the United Nations said on Tuesday.", "United Nations", news.SpeakerUN, news.Stated},
		{"According to the UN, at least 12 civilians were killed in Darfur.", "UN", news.SpeakerUN, news.Stated},
		{"At least 12 civilians were killed in Darfur, said a Sudanese army source.", "Sudanese army source", news.SpeakerParty, news.Claimed},
		{"At least 12 civilians were killed in Darfur, officials said.", "officials", news.SpeakerAnonymous, news.Claimed},
		{"The UN said it had verified at least 12 civilian deaths in Darfur.", "UN", news.SpeakerUN, news.Verified},
		{"At least 12 civilians were killed in Darfur despite a truce.", "", "", news.Reported},
	} {
		got := reader(t).Read(news.Item{Title: "Sudan: army and RSF trade blame over truce", Text: c.text, Lang: "en", Published: reportDay()})
		claim, ok := claimWith(got, news.Casualties, "civilian")
		if !ok {
			t.Errorf("%s: no claim of casualties in %+v", c.text, got.Claims)
			continue
		}
		if !strings.HasSuffix(claim.By.Name, c.by) || c.by == "" && claim.By.Name != "" || claim.By.Class != c.class || claim.Grade != c.grade {
			t.Errorf("%s: by %+v, %s; want %q, %s, %s", c.text, claim.By, claim.Grade, c.by, c.class, c.grade)
		}
	}
}

func TestReadDaysResolveAgainstPublication(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The truce in Yemen began on Monday, the UN said.", "2020-06-08"},
		{"The truce in Yemen began on Wednesday, the UN said.", "2020-06-10"},
		{"The truce in Yemen is due to begin on Friday, the UN said.", "2020-06-12"},
		{"The truce in Yemen was supposed to begin on Friday, the UN said.", "2020-06-05"},
		{"The truce in Yemen began yesterday, the UN said.", "2020-06-09"},
		{"The truce in Yemen began on 2 June, the UN said.", "2020-06-02"},
		{"The truce in Yemen began on Dec. 28, the UN said.", "2019-12-28"},
		{"The truce in Yemen began on June 2, 2018, the UN said.", "2018-06-02"},
		{"The truce in Yemen may hold, the UN said.", ""},
	} {
		got := reader(t).Read(news.Item{Text: c.text, Lang: "en", Published: reportDay()})
		if len(got.Claims) == 0 || got.Claims[0].Day != c.want {
			t.Errorf("%s: claims %+v, want day %q", c.text, got.Claims, c.want)
		}
	}
}
