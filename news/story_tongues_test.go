package news_test

import (
	"fmt"
	"testing"
	"time"

	"trucewire/config"
	"trucewire/news"
)

// One step told in English and, an hour later, in another language is one
// development; the next step in that language is another.
func TestOneStepInTwoLanguagesIsOneDevelopment(t *testing.T) {
	cat, err := config.LoadCatalogue("")
	if err != nil {
		t.Fatal(err)
	}
	reader, err := news.NewReader(cat.News)
	if err != nil {
		t.Fatal(err)
	}
	sudan := english("gazette", "Sudan's army and RSF agree to seven-day ceasefire", "Sudan's army and the Rapid Support Forces agreed on Tuesday to a seven-day ceasefire.")
	gaza := english("gazette", "Israel and Hamas agree to four-day truce in Gaza", "Israel and Hamas agreed on Tuesday to a four-day truce in the Gaza Strip.")
	broken := english("gazette", "Fighting erupts in Khartoum despite ceasefire", "Clashes between the army and the RSF broke out in Khartoum, in breach of the ceasefire.")
	swap := english("gazette", "Russia and Ukraine exchange 300 prisoners of war", "Russia and Ukraine exchanged 300 prisoners of war on Tuesday.")
	tests := []struct {
		name  string
		first carried
		other carried
		same  bool
	}{
		{"fr agreement", sudan, carried{"matin", "fr", "Soudan : l'armée et les FSR concluent une trêve de sept jours", "L'armée soudanaise et les Forces de soutien rapide ont conclu mardi un cessez-le-feu de sept jours."}, true},
		{"es agreement", gaza, carried{"diario", "es", "Israel y Hamás acuerdan una tregua de cuatro días en Gaza", "Israel y Hamás acordaron el martes una tregua de cuatro días en la Franja de Gaza."}, true},
		{"ar agreement", gaza, carried{"sahifa", "ar", "إسرائيل وحماس تتوصلان إلى اتفاق هدنة لأربعة أيام في غزة", "توصلت إسرائيل وحماس يوم الثلاثاء إلى اتفاق على هدنة لمدة أربعة أيام في قطاع غزة."}, true},
		{"he agreement", gaza, carried{"iton", "he", "ישראל וחמאס הגיעו להסכם על הפסקת אש של ארבעה ימים בעזה", "ישראל וחמאס הגיעו ביום שלישי להסכם הפסקת אש של ארבעה ימים ברצועת עזה."}, true},
		{"ru exchange", swap, carried{"gazeta", "ru", "Россия и Украина обменялись 300 военнопленными", "Россия и Украина провели во вторник обмен пленными: 300 военнопленных вернулись домой."}, true},
		{"uk exchange", swap, carried{"hazeta", "uk", "Україна та Росія обмінялися 300 військовополоненими", "Україна і Росія провели у вівторок обмін полоненими: 300 військовополонених повернулися додому."}, true},
		{"fr next step", sudan, carried{"matin", "fr", "Soudan : combats à Khartoum malgré la trêve", "Des combats ont éclaté à Khartoum en violation du cessez-le-feu entre l'armée et les FSR."}, false},
		{"es next step", gaza, carried{"diario", "es", "La tregua entre Israel y Hamás entra en vigor en Gaza", "La tregua de cuatro días entre Israel y Hamás entró en vigor en la Franja de Gaza."}, false},
		{"ar next step", gaza, carried{"sahifa", "ar", "إسرائيل تتهم حماس بخرق الهدنة في غزة", "اتهمت إسرائيل حركة حماس بخرق الهدنة في قطاع غزة."}, false},
		{"ru another step", swap, carried{"gazeta", "ru", "Зеленский отверг предложение России о перемирии", "Президент Украины Зеленский отверг предложение России о перемирии."}, false},
		{"uk another step", swap, carried{"hazeta", "uk", "Зеленський відхилив пропозицію Росії про перемир'я", "Президент України Зеленський відхилив пропозицію Росії про перемир'я."}, false},
		{"fr breach", broken, carried{"matin", "fr", "Soudan : des combats éclatent à Khartoum malgré le cessez-le-feu", "Des affrontements entre l'armée et les FSR ont éclaté à Khartoum, en violation du cessez-le-feu."}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			desk := news.NewDesk(cat.News, reader)
			var filed []news.Filing
			for i, c := range []carried{tt.first, tt.other} {
				at := time.Date(2031, 5, 6, 8+i, 0, 0, 0, time.UTC)
				got := desk.File([]news.Item{{
					ID: news.ItemID(fmt.Sprint(c.outlet, "/", i)), Source: news.SourceID(c.outlet), Outlet: news.OutletID(c.outlet),
					Published: at, Dated: true, FirstSeen: at, Title: c.title, Text: c.text, Lang: c.lang,
				}}, at)
				desk.Apply(got)
				filed = append(filed, got.Filed[0])
			}
			if filed[1].Development == "" {
				t.Fatal("the other language's item is filed nowhere")
			}
			if same := filed[0].Development == filed[1].Development; same != tt.same {
				t.Errorf("one development: %v, want %v; %v", same, tt.same, filed[1].Why)
			}
		})
	}
}
