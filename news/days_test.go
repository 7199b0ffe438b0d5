package news_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trucewire/config"
	"trucewire/news"
)

// dayCase is an item's sentence, when it was published, and the day that it names.
type dayCase struct {
	text   string
	at     string // publication, RFC 3339; empty: Wednesday 10 June 2020, 18:00 UTC
	outlet string // whose zone counts; empty: UTC
	want   string // days in order, parted by spaces; "-": none
}

// theDay is when most of these items are published: a Wednesday evening.
const theDay = "2020-06-10T18:00:00Z"

func englishDays() []dayCase {
	return []dayCase{
		{"Rebels met envoys on Monday.", "", "", "2020-06-08"},
		{"Rebels met envoys on Wednesday.", "", "", "2020-06-10"},
		{"Rebels met envoys on Thursday.", "", "", "2020-06-04"},
		{"Rebels met envoys on Sunday, officials said.", "", "", "2020-06-07"},
		{"Rebels will meet envoys on Monday.", "", "", "2020-06-15"},
		{"Rebels will meet envoys on Thursday.", "", "", "2020-06-11"},
		{"Rebels will meet envoys on Wednesday.", "", "", "2020-06-10"},
		{"Talks are due to resume on Friday.", "", "", "2020-06-12"},
		{"Talks are expected to open Saturday.", "", "", "2020-06-13"},
		{"The sides agreed to a truce from Friday.", "", "", "2020-06-12"},
		{"The sides agreed on a truce until Tuesday.", "", "", "2020-06-16"},
		{"The army proposes a halt from Sunday.", "", "", "2020-06-14"},
		{"A truce that was supposed to start on Monday never came.", "", "", "2020-06-08"},
		{"On Friday, the two sides will sign.", "", "", "2020-06-12"},
		{"On Friday, the army said it would sign.", "", "", "2020-06-05"},
		{"They met last Friday in the capital.", "", "", "2020-06-05"},
		{"They met last Wednesday in the capital.", "", "", "2020-06-03"},
		{"They meet next Wednesday in the capital.", "", "", "2020-06-17"},
		{"They meet next Monday in the capital.", "", "", "2020-06-15"},
		{"They met on Tuesday last week.", "", "", "2020-06-02"},
		{"They met on Friday of last week.", "", "", "2020-06-05"},
		{"They meet on Tuesday next week.", "", "", "2020-06-16"},
		{"They met last week in the capital.", "", "", "-"},
		{"They met earlier this month.", "", "", "-"},
		{"They meet next month in the capital.", "", "", "-"},
		{"Shells fell yesterday on the port.", "", "", "2020-06-09"},
		{"Shells fell overnight on the port.", "", "", "2020-06-10"},
		{"Shells fell last night on the port.", "", "", "2020-06-09"},
		{"Shells fell this morning on the port.", "", "", "2020-06-10"},
		{"The truce starts tomorrow at dawn.", "", "", "2020-06-11"},
		{"Envoys arrive the day after tomorrow.", "", "", "2020-06-12"},
		{"Envoys arrived the day before yesterday.", "", "", "2020-06-08"},
		{"Shelling began two days ago.", "", "", "2020-06-08"},
		{"Shelling began 10 days ago.", "", "", "2020-05-31"},
		{"Shelling began a week ago.", "", "", "2020-06-03"},
		{"Shelling began three weeks ago.", "", "", "2020-05-20"},
		{"Shelling began six hours ago.", "", "", "2020-06-10"},
		{"Shelling began 20 hours ago.", "", "", "2020-06-09"},
		{"Shelling began months ago.", "", "", "-"},
		{"The truce will begin in 48 hours.", "", "", "2020-06-12"},
		{"The truce is expected to begin in three days.", "", "", "2020-06-13"},
		{"Aid will flow within the next 72 hours.", "", "", "2020-06-13"},
		{"Shells killed forty people in 48 hours.", "", "", "-"},
		{"They agreed to a 72-hour truce.", "", "", "-"},
		{"They agreed to a truce from midnight.", "", "", "2020-06-11"},
		{"Shells fell at midnight.", "", "", "2020-06-10"},
		{"They agreed to a truce from midnight on Friday.", "", "", "2020-06-12"},
		{"A truce starts at 06:00 GMT on Friday, the sides agreed.", "", "", "2020-06-12T06:00Z"},
		{"A truce will start at 06:00 GMT on Friday.", "", "", "2020-06-12T06:00Z"},
		{"A truce will start on Friday at 0600 GMT.", "", "", "2020-06-12T06:00Z"},
		{"A truce will start on Friday at 6 a.m. UTC.", "", "", "2020-06-12T06:00Z"},
		{"A truce will start on Friday at 6pm GMT.", "", "", "2020-06-12T18:00Z"},
		{"A truce will start on Friday at 06:00 local time.", "", "", "2020-06-12"},
		{"They agreed to a truce from 06:00 GMT.", "", "", "2020-06-11T06:00Z"},
		{"Shells fell at 06:00 GMT.", "", "", "2020-06-10T06:00Z"},
		{"Shells fell at 20:30 GMT.", "", "", "2020-06-09T20:30Z"},
		{"The halt lasts through Ramadan.", "", "", "-"},
		{"The truce holds until Eid, both sides said.", "", "", "-"},
		{"They met on 8 June.", "", "", "2020-06-08"},
		{"They met on June 8.", "", "", "2020-06-08"},
		{"They met on June 8th, 2019.", "", "", "2019-06-08"},
		{"They met on 2020-06-08 in the capital.", "", "", "2020-06-08"},
		{"They met on Friday 26 June.", "", "", "2020-06-26"},
		{"They met on Monday, June 1.", "", "", "2020-06-01"},
		{"They met on 30 December.", "2021-01-03T09:00:00Z", "", "2020-12-30"},
		{"They meet on 4 January.", "2020-12-30T09:00:00Z", "", "2021-01-04"},
		{"The truce runs until 31 December.", "2021-02-10T09:00:00Z", "", "2021-12-31"},
		{"The truce runs until January 5.", "2020-12-28T09:00:00Z", "", "2021-01-05"},
		{"They met on December 31.", "2021-02-10T09:00:00Z", "", "2020-12-31"},
		{"He may meet five envoys.", "", "", "-"},
		{"Rebels march 20 kilometres north.", "", "", "-"},
		{"Rebels met envoys on Thursday.", "2020-06-10T22:00:00Z", "aljazeera.com", "2020-06-11"},
		{"Shells fell today on the port.", "2020-06-10T22:00:00Z", "aljazeera.com", "2020-06-11"},
		{"Shells fell today on the port.", "2020-06-11T02:00:00Z", "npr.org", "2020-06-10"},
		{"Shells fell yesterday on the port.", "2020-06-11T02:00:00Z", "npr.org", "2020-06-09"},
	}
}

func otherDays() map[string][]dayCase {
	return map[string][]dayCase{
		"ar": {
			{"التقى المبعوثون يوم الاثنين في العاصمة.", "", "", "2020-06-08"},
			{"التقى المبعوثون أمس في العاصمة.", "", "", "2020-06-09"},
			{"التقى المبعوثون الجمعة الماضي في العاصمة.", "", "", "2020-06-05"},
			{"يلتقي المبعوثون الجمعة المقبل في العاصمة.", "", "", "2020-06-12"},
			{"بدأ القصف قبل يومين على الميناء.", "", "", "2020-06-08"},
			{"وقعوا الاتفاق في 8 كانون الأول 2019.", "", "", "2019-12-08"},
			{"تبدأ الهدنة غدا عند الفجر.", "", "", "2020-06-11"},
			{"التقى المبعوثون الأسبوع الماضي.", "", "", "-"},
		},
		"fr": {
			{"Les émissaires se sont réunis lundi dans la capitale.", "", "", "2020-06-08"},
			{"Les émissaires se sont réunis vendredi dernier.", "", "", "2020-06-05"},
			{"Les émissaires se réunissent mercredi prochain.", "", "", "2020-06-17"},
			{"Les bombardements ont repris il y a trois jours.", "", "", "2020-06-07"},
			{"La trêve entrera en vigueur dans 48 heures.", "", "", "2020-06-12"},
			{"Des obus sont tombés ce matin sur le port.", "", "", "2020-06-10"},
			{"La trêve court jusqu'au vendredi 26 juin.", "", "", "2020-06-26"},
			{"La trêve tient pendant le ramadan.", "", "", "-"},
		},
		"es": {
			{"Los enviados se reunieron el lunes en la capital.", "", "", "2020-06-08"},
			{"Los enviados se reunieron el viernes pasado.", "", "", "2020-06-05"},
			{"Los enviados se reúnen el próximo viernes.", "", "", "2020-06-12"},
			{"Los ataques comenzaron hace dos días.", "", "", "2020-06-08"},
			{"La tregua empieza mañana al amanecer.", "", "", "2020-06-11"},
			{"Cayeron proyectiles por la mañana sobre el puerto.", "", "", "-"},
			{"La tregua rige hasta el 20 de junio.", "", "", "2020-06-20"},
			{"Cayeron proyectiles anoche sobre el puerto.", "", "", "2020-06-09"},
		},
		"ru": {
			{"Посланники встретились в понедельник в столице.", "", "", "2020-06-08"},
			{"Посланники встретились в прошлую пятницу.", "", "", "2020-06-05"},
			{"Посланники встретятся в следующий понедельник.", "", "", "2020-06-15"},
			{"Обстрелы начались два дня назад.", "", "", "2020-06-08"},
			{"Перемирие начнется через 48 часов.", "", "", "2020-06-12"},
			{"Посланники встретились 8 июня в столице.", "", "", "2020-06-08"},
			{"Перемирие продлено до 20 июня.", "", "", "2020-06-20"},
			{"Посланники встретились на прошлой неделе.", "", "", "-"},
		},
		"uk": {
			{"Посланці зустрілися в понеділок у столиці.", "", "", "2020-06-08"},
			{"Посланці зустрілися минулої п'ятниці.", "", "", "2020-06-05"},
			{"Посланці зустрінуться наступного понеділка.", "", "", "2020-06-15"},
			{"Обстріли почалися два дні тому.", "", "", "2020-06-08"},
			{"Перемир'я почнеться через 48 годин.", "", "", "2020-06-12"},
			{"Посланці зустрілися 8 червня у столиці.", "", "", "2020-06-08"},
			{"Обстріли почалися вчора вранці.", "", "", "2020-06-09"},
			{"Посланці зустрілися минулого тижня.", "", "", "-"},
		},
		"he": {
			{"השליחים נפגשו ביום שני בבירה.", "", "", "2020-06-08"},
			{"השליחים נפגשו ביום שישי שעבר בבירה.", "", "", "2020-06-05"},
			{"השליחים ייפגשו ביום שישי הבא בבירה.", "", "", "2020-06-12"},
			{"ההפגזות החלו לפני יומיים על הנמל.", "", "", "2020-06-08"},
			{"הפסקת האש תתחיל בעוד 48 שעות.", "", "", "2020-06-12"},
			{"סבב ראשון של שיחות נפתח בבירה.", "", "", "-"},
			{"ההפגזות החלו אתמול על הנמל.", "", "", "2020-06-09"},
			{"השליחים נפגשו בשבוע שעבר בבירה.", "", "", "-"},
		},
	}
}

func TestDaysAreResolvedAgainstThePublication(t *testing.T) {
	if n := len(englishDays()); n < 60 {
		t.Errorf("%d English cases, want 60", n)
	}
	all := otherDays()
	for lang, cases := range all {
		if len(cases) < 8 {
			t.Errorf("%d cases in %s, want 8", len(cases), lang)
		}
	}
	all["en"] = englishDays()
	for lang, cases := range all {
		for _, tt := range cases {
			t.Run(lang+"/"+tt.text, func(t *testing.T) {
				if got := strings.Join(daysOf(t, lang, tt), " "); got != tt.want && !(got == "" && tt.want == "-") {
					t.Errorf("got %q, want %q", got, tt.want)
				}
			})
		}
	}
}

func daysOf(t *testing.T, lang string, tt dayCase) []string {
	t.Helper()
	if tt.at == "" {
		tt.at = theDay
	}
	at, err := time.Parse(time.RFC3339, tt.at)
	if err != nil {
		t.Fatal(err)
	}
	it := news.Item{ID: "x", Outlet: news.OutletID(tt.outlet), Published: at, Text: tt.text, Lang: lang}
	var days []string
	for _, d := range reader(t).Explain(it).Days {
		days = append(days, d.Day)
	}
	return days
}

// Begins and ends stand in the claim that the standing is moved by.
func TestClaimsTellWhenATruceBeginsAndEnds(t *testing.T) {
	for _, tt := range []struct{ title, begins, ends string }{
		{"Houthis and Yemeni government agree to truce from Friday until 20 June", "2020-06-12", "2020-06-20"},
		{"Yemen's rivals agree ceasefire starting at 06:00 GMT on Friday", "2020-06-12T06:00Z", ""},
		{"Houthis and Yemeni government agree to truce in Hodeidah", "", ""},
	} {
		got := reader(t).Read(news.Item{ID: "x", Published: reportDay(), Title: tt.title, Lang: "en"})
		i := slices.IndexFunc(got.Claims, func(c news.Claim) bool { return c.Kind == news.Agreement })
		if i < 0 {
			t.Errorf("%q tells no agreement: %v", tt.title, got.Kinds)
			continue
		}
		if c := got.Claims[i]; c.Begins != tt.begins || c.Ends != tt.ends {
			t.Errorf("%q: from %q to %q, want %q and %q", tt.title, c.Begins, c.Ends, tt.begins, tt.ends)
		}
	}
}

// A zone that an outlet is catalogued with must be one that can be loaded.
func TestOutletsHaveZonesThatExist(t *testing.T) {
	cat, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range cat.News.Outlets {
		if _, err := time.LoadLocation(o.Zone); err != nil {
			t.Errorf("%s: %v", o.ID, err)
		}
	}
}
