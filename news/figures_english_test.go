package news_test

import (
	"strings"
	"testing"

	"trucewire/news"
)

// figureCase is a sentence and its figures as figureText writes them, parted by "; ".
type figureCase struct{ text, want string }

// testFigures reads each sentence as the second one of an item's text: the first of a
// text without a headline stands for it.
func testFigures(t *testing.T, lang string, cases []figureCase) {
	t.Helper()
	before := map[string]string{
		"en": "Fighting goes on.", "fr": "Les combats continuent.", "es": "Siguen los combates.", "ar": "القتال مستمر.",
		"ru": "Бои продолжаются.", "uk": "Бої тривають.", "he": "הלחימה נמשכת.",
	}[lang]
	for _, c := range cases {
		testFiguresOf(t, news.Item{Text: before + " " + c.text, Lang: lang, Published: reportDay()}, c)
	}
}

// testHeadlines reads each sentence as the headline of an item.
func testHeadlines(t *testing.T, lang string, cases []figureCase) {
	t.Helper()
	for _, c := range cases {
		testFiguresOf(t, news.Item{Title: c.text, Lang: lang, Published: reportDay()}, c)
	}
}

func testFiguresOf(t *testing.T, it news.Item, c figureCase) {
	t.Helper()
	var got []string
	for _, f := range reader(t).FiguresOf(it) {
		got = append(got, figureText(f))
	}
	if s := strings.Join(got, "; "); s != c.want {
		t.Errorf("%s:\n got %q\nwant %q", c.text, s, c.want)
	}
}

func TestEnglishFiguresOfHarm(t *testing.T) {
	testFigures(t, "en", []figureCase{
		{"Shelling of a market in Goma killed 14 people.", "killed 14..14 exact people"},
		{"No fewer than 17 farmers were killed near Bamako.", "killed 17.. at_least people"},
		{"At least eleven monks died in the raid on Sagaing.", "killed 11.. at_least people"},
		{"The blast killed nine and wounded 31.", "killed 9..9 exact people; injured 31..31 exact people"},
		{"Two soldiers and five civilians were killed in Marawi.", "killed 2..2 exact people; killed 5..5 exact people"},
		{"Mortars killed three villagers and injured about forty others.", "killed 3..3 exact people; injured 40..40 about people"},
		{"Up to 90 people were killed, medics said.", "killed ..90 up_to people"},
		{"As many as 45 fighters died in the ambush.", "killed ..45 up_to people"},
		{"Fewer than 20 people were hurt.", "injured ..20 fewer_than people"},
		{"More than 1,300 people have been killed since March.", "killed 1300.. more_than people"},
		{"Some 2.4 million people have been displaced.", "displaced 2400000..2400000 about people"},
		{"Between 60 and 70 rebels were killed.", "killed 60..70 exact people"},
		{"From 41 to 44 miners were killed in the shelling.", "killed 41..44 exact people"},
		{"The death toll in Mindanao climbed to 58.", "killed 58..58 exact people"},
		{"The death toll from the clashes has topped 3,100.", "killed 3100.. more_than people"},
		{"The toll stood at 37 dead and 112 wounded.", "killed 37..37 exact people; injured 112..112 exact people"},
		{"Rockets left seven dead.", "killed 7..7 exact people"},
		{"Dozens of villagers were killed in Ituri.", "killed .. vague people"},
		{"Hundreds of people fled towards Chad.", "displaced .. vague people"},
		{"Two dozen civilians were killed in Rakhine.", "killed 24..24 about people"},
		{"Half a million people were forced from their homes.", "displaced 500000..500000 exact people"},
		{"Over 48,000 villagers have crossed into Uganda.", "displaced 48000.. more_than people"},
		{"The strike killed two hundred and ten people.", "killed 210..210 exact people"},
		{"Twenty-three passengers are missing after the ferry was shelled.", "missing 23..23 exact people"},
		{"Eight sailors were reported missing.", "missing 8..8 exact people"},
		{"Gunmen abducted 27 pupils and two teachers in Kaduna.", "captured 27..27 exact people; captured 2..2 exact people"},
		{"Police arrested 16 activists in Phnom Penh.", "detained 16..16 exact people"},
		{"A helicopter evacuated 65 wounded soldiers from the base.", "evacuated 65..65 exact people"},
		{"Three of its soldiers were killed, the army said.", "killed 3..3 exact people"},
		{"Four of them were wounded.", "injured 4..4 exact people"},
		{"Fifty people, including nine children, were killed in Taiz.", "killed 50..50 exact people; killed 9..9 exact people"},
		{"Sixteen people were killed, among them six women.", "killed 16..16 exact people; killed 6..6 exact people"},
		{"The shelling left 12 people dead, including at least four nurses, and wounded 29.", "killed 12..12 exact people; killed 4.. at_least people; injured 29..29 exact people"},
		{"This week 33 people were killed in Kayah.", "killed 33..33 exact people"},
		{"Another 24 people were killed overnight.", "killed 24..24 exact people"},
		{"The army said it killed 15 rebels, while the rebels said they lost six fighters.", "killed 15..15 exact people"},
		{"Six soldiers and dozens of rebels were killed in the north.", "killed 6..6 exact people; killed .. vague people"},
		{"Twelve or more people were killed.", "killed 12.. at_least people"},
		{"Some 70 people were killed or wounded.", ""},
		{"Both drivers were killed.", ""},
	})
}

func TestEnglishFiguresOfOnePerson(t *testing.T) {
	testFigures(t, "en", []figureCase{
		{"A peacekeeper was killed near Beni.", "killed 1..1 exact people"},
		{"A Kenyan soldier was shot dead at the border.", "killed 1..1 exact people"},
		{"The attack killed a journalist.", "killed 1..1 exact people"},
		{"Shrapnel wounded a nine-year-old girl.", "injured 1..1 exact people"},
		{"Snipers shot dead a Cambodian on Friday.", "killed 1..1 exact people"},
		{"One person died and another 14 were injured.", "killed 1..1 exact people; injured 14..14 exact people"},
		{"One of its drivers was killed, the agency said.", "killed 1..1 exact people"},
		{"Five people were killed, including a paramedic.", "killed 5..5 exact people; killed 1..1 exact people"},
		{"A gunman killed four people.", "killed 4..4 exact people"},
		{"The soldier was killed in May.", ""},
		{"No soldier was killed.", ""},
		{"No one was killed.", ""},
		{"A fourth commander was killed.", ""},
		{"A child's death shook the town.", ""},
	})
	testHeadlines(t, "en", []figureCase{
		{"Kashmir: soldier killed as truce frays", "killed 1..1 exact people"},
		{"Thai villager wounded by rocket near border", "injured 1..1 exact people"},
		{"Peacekeeper shot dead in eastern Congo", "killed 1..1 exact people"},
	})
}

func TestEnglishFiguresOfCaptives(t *testing.T) {
	testFigures(t, "en", []figureCase{
		{"The rebels released 45 prisoners.", "released 45..45 exact people"},
		{"Kabul will free up to 300 detainees under the deal.", "released ..300 up_to people"},
		{"Thirty-two hostages were handed over to the Red Cross.", "released 32..32 exact people"},
		{"The group freed two engineers.", "released 2..2 exact people"},
		{"About 60 prisoners held in the north were released.", "released 60..60 about people"},
		{"Rebels are holding at least 19 hostages.", "captured 19.. at_least people"},
		{"Twenty-five hostages remain in captivity.", "captured 25..25 exact people"},
		{"The sides agreed a swap of 150 prisoners.", "released 150..150 exact people"},
		{"The group returned the bodies of three captives.", "other 3..3 exact bodies"},
		{"The group returned three more bodies.", "other 3..3 exact bodies"},
		{"Two dead hostages were handed over.", "other 2..2 exact bodies"},
		{"The group released a video of two hostages.", ""},
	})
}

func TestEnglishFiguresOfTime(t *testing.T) {
	testFigures(t, "en", []figureCase{
		{"The sides agreed to a 48-hour truce.", "duration 48..48 exact hours"},
		{"They agreed to a week-long ceasefire.", "duration 1..1 exact weeks"},
		{"A five-day ceasefire began in Karachi.", "duration 5..5 exact days"},
		{"The truce will last for ten days.", "duration 10..10 exact days"},
		{"The ceasefire was extended by two weeks.", "duration 2..2 exact weeks"},
		{"They agreed to a ceasefire of 90 days.", "duration 90..90 exact days"},
		{"The truce was renewed for another six months.", "duration 6..6 exact months"},
		{"A two-month pause in fighting was proposed.", "duration 2..2 exact months"},
		{"They signed a truce. It lasts 45 days.", "duration 45..45 exact days"},
		{"A three-day ceasefire was signed. The 72-hour truce starts at noon.", "duration 72..72 exact hours"},
		{"The fighters must disarm within 30 days.", "duration ..30 up_to days"},
		{"Foreign troops must withdraw within 14 months.", "duration ..14 up_to months"},
		{"The truce will take effect in 24 hours.", "duration 24..24 exact hours"},
		{"The truce took effect 24 hours ago.", ""},
		{"They want a pause longer than three days.", "duration 3.. more_than days"},
		{"The truce came after ten days of fighting.", ""},
		{"The truce was signed three years ago.", ""},
		{"The truce ended five days of shelling.", ""},
		{"Talks went on for two days.", ""},
		{"Residents woke up to a three-day ceasefire.", "duration 3..3 exact days"},
		{"Within 20 minutes of the truce's end shells fell.", ""},
		{"The town saw a truce on day 12 of the siege.", ""},
		{"The 17-year-old war may end with a truce.", ""},
	})
}

func TestEnglishFiguresOfThings(t *testing.T) {
	testFigures(t, "en", []figureCase{
		{"A convoy of 22 aid trucks reached Deir.", "aid 22..22 exact trucks"},
		{"Only 40 trucks of food and medicine crossed.", "aid 40..40 exact trucks"},
		{"Monitors counted 18 ceasefire violations.", "other 18..18 exact violations"},
		{"The truce was broken six times.", "other 6..6 exact times"},
		{"The army shot down 9 drones.", "other 9..9 exact drones"},
		{"Rebels fired 30 rockets at the port.", "other 30..30 exact missiles"},
		{"The sides will pull back 15 kilometres from the river.", "other 15..15 exact km"},
		{"The town lies 15 kilometres from the river.", ""},
		{"Four humanitarian corridors will open.", "other 4..4 exact corridors"},
		{"Shells destroyed 120 houses.", "other 120..120 exact houses"},
		{"Two loud blasts were heard.", ""},
		{"Three evacuation flights left.", ""},
		{"Two attacks killed 30 people.", "killed 30..30 exact people"},
	})
}

func TestEnglishFiguresOfPeopleAnywhere(t *testing.T) {
	testFigures(t, "en", []figureCase{
		{"About 3,000 villagers are trapped in the town.", "other 3000..3000 about people"},
		{"Some 140 patients are without electricity.", "other 140..140 about people"},
		{"The mission will deploy 800 peacekeepers to the line.", "other 800..800 exact people"},
		{"More than 9,000 families need aid.", "other 9000.. more_than people"},
		{"Two men met at the bridge.", ""},
		{"The 15-member council voted.", ""},
		{"Two fighter jets flew over.", ""},
		{"A MiG-29 fighter flew over.", ""},
	})
}

func TestEnglishNumbersThatAreNoFigures(t *testing.T) {
	testFigures(t, "en", []figureCase{
		{"The deal of 14 May 2018 was signed at 09:30.", ""},
		{"Aid worth $12 million was pledged to the wounded.", ""},
		{"The deal covers 40 percent of the land.", ""},
		{"A third of the wounded are children.", ""},
		{"Colonel Adu, 52, was killed.", ""},
		{"The 34-year-old was killed.", ""},
		{"A boy of 12 was crying.", ""},
		{"The singer dies at 81.", ""},
		{"Both sides met twice in June.", ""},
		{"The two warring generals met.", ""},
		{"Resolution 1701 calls for a truce.", ""},
		{"The 20-point plan was rejected.", ""},
		{"It is one of the deadliest wars.", ""},
		{"It was one of the two biggest swaps.", ""},
		{"The army was formed in 1994.", ""},
		{"The anniversary marks 30 years since the war.", ""},
		{"The two neighbours share a border of 800 km.", ""},
		{"Group of 7 ministers met.", ""},
		{"Some 28 nations signed.", ""},
	})
}
