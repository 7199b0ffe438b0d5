package news_test

import "testing"

func TestArabicFigures(t *testing.T) {
	testFigures(t, "ar", []figureCase{
		{"قتل ما لا يقل عن 17 مزارعا قرب غوما.", "killed 17.. at_least people"},
		{"أسفر الهجوم عن مقتل تسعة أشخاص وإصابة 23 آخرين.", "killed 9..9 exact people; injured 23..23 exact people"},
		{"قتل خمسة عشر جنديا في الكمين.", "killed 15..15 exact people"},
		{"قتل خمسة وعشرون مدنيا.", "killed 25..25 exact people"},
		{"قتل جنديان وأصيب ثلاثة.", "killed 2..2 exact people; injured 3..3 exact people"},
		{"مقتل 12 شخصا على الأقل في ماراوي.", "killed 12.. at_least people"},
		{"أكثر من 1300 شخص قتلوا منذ مارس.", "killed 1300.. more_than people"},
		{"نزوح نحو 45 ألف شخص من المدينة.", "displaced 45000..45000 about people"},
		{"نزح أكثر من 2.5 مليون شخص.", "displaced 2500000.. more_than people"},
		{"مقتل العشرات في القصف.", "killed .. vague people"},
		{"مقتل ما بين 30 و40 مسلحا.", "killed 30..40 exact people"},
		{"مقتل صحفي في غارة على تعز.", "killed 1..1 exact people"},
		{"قتيل وجرحى في غارة.", "killed 1..1 exact people"},
		{"مقتل ثلاثة جنود وأربعة مدنيين.", "killed 3..3 exact people; killed 4..4 exact people"},
		{"أسفر القصف عن ستة قتلى وثمانية جرحى.", "killed 6..6 exact people; injured 8..8 exact people"},
		{"أفرجت الجماعة عن 32 أسيرا.", "released 32..32 exact people"},
		{"إطلاق سراح 150 سجينا في صفقة تبادل.", "released 150..150 exact people"},
		{"اختطاف 19 طالبا في كادونا.", "captured 19..19 exact people"},
		{"هدنة لمدة 48 ساعة.", "duration 48..48 exact hours"},
		{"هدنة لمدة أسبوع.", "duration 1..1 exact weeks"},
		{"تمديد الهدنة ثلاثة أشهر.", "duration 3..3 exact months"},
		{"تمديد الهدنة يومين.", "duration 2..2 exact days"},
		{"تدخل الهدنة حيز التنفيذ بعد 24 ساعة.", "duration 24..24 exact hours"},
		{"سجل المراقبون 14 خرقا للهدنة.", "other 14..14 exact violations"},
		{"دخول 22 شاحنة مساعدات.", "aid 22..22 exact trucks"},
		{"قتل أو جرح 30 شخصا.", ""},
		{"دخل القرار رقم 1701 حيز التنفيذ عام 2006.", ""},
		{"مساعدات بقيمة 12 مليون دولار.", ""},
	})
}

func TestRussianFigures(t *testing.T) {
	testFigures(t, "ru", []figureCase{
		{"Погибли не менее 17 крестьян и 23 солдата.", "killed 17.. at_least people; killed 23..23 exact people"},
		{"При обстреле погибли девять человек, 31 ранен.", "killed 9..9 exact people; injured 31..31 exact people"},
		{"Убиты двое военных, ранены пятеро.", "killed 2..2 exact people; injured 5..5 exact people"},
		{"Погибли двадцать пять человек.", "killed 25..25 exact people"},
		{"Более 1,3 тыс. человек погибли с марта.", "killed 1300.. more_than people"},
		{"Число погибших выросло до 58 человек.", "killed 58..58 exact people"},
		{"Около 45 тысяч беженцев покинули город.", "displaced 45000..45000 about people"},
		{"Десятки жителей погибли.", "killed .. vague people"},
		{"Погибли от 30 до 40 боевиков.", "killed 30..40 exact people"},
		{"Погиб военнослужащий.", "killed 1..1 exact people"},
		{"В Бени убит миротворец.", "killed 1..1 exact people"},
		{"Ранен журналист.", "injured 1..1 exact people"},
		{"Двое из них погибли.", "killed 2..2 exact people"},
		{"Никто не погиб.", ""},
		{"Стороны освободили 32 пленных.", "released 32..32 exact people"},
		{"Боевики похитили 19 школьников.", "captured 19..19 exact people"},
		{"Трое моряков пропали без вести.", "missing 3..3 exact people"},
		{"Стороны объявили перемирие на 48 часов.", "duration 48..48 exact hours"},
		{"Объявлено трехдневное перемирие.", "duration 3..3 exact days"},
		{"Объявлено двухнедельное перемирие.", "duration 2..2 exact weeks"},
		{"Перемирие продлено на неделю.", "duration 1..1 exact weeks"},
		{"Началось 72-часовое перемирие.", "duration 72..72 exact hours"},
		{"Войска отведут на 2-3 км от линии.", "other 2..3 exact km"},
		{"Наблюдатели насчитали 14 нарушений перемирия.", "other 14..14 exact violations"},
		{"Прибыли 22 грузовика с гуманитарной помощью.", "aid 22..22 exact trucks"},
		{"Помощь на 12 млн долларов прибыла 14 мая.", ""},
		{"34-летний мужчина был задержан в 2018 году.", ""},
		{"Обе стороны провели 3 раунда переговоров.", ""},
	})
}

func TestUkrainianFigures(t *testing.T) {
	testFigures(t, "uk", []figureCase{
		{"Загинули щонайменше 17 селян.", "killed 17.. at_least people"},
		{"Унаслідок обстрілу загинули дев'ять людей, 31 поранено.", "killed 9..9 exact people; injured 31..31 exact people"},
		{"Понад 1,3 тисячі людей загинули з березня.", "killed 1300.. more_than people"},
		{"Десятки мешканців загинули.", "killed .. vague people"},
		{"Загинув військовослужбовець.", "killed 1..1 exact people"},
		{"Сторони звільнили 32 полонених.", "released 32..32 exact people"},
		{"Оголошено перемир'я на 48 годин.", "duration 48..48 exact hours"},
		{"Оголошено триденне перемир'я.", "duration 3..3 exact days"},
		{"Перемир'я продовжено на тиждень.", "duration 1..1 exact weeks"},
		{"Спостерігачі нарахували 14 порушень перемир'я.", "other 14..14 exact violations"},
		{"Допомога на 12 млн доларів прибула 14 травня.", ""},
	})
}

func TestHebrewFigures(t *testing.T) {
	testFigures(t, "he", []figureCase{
		{"לפחות 17 איכרים ואזרחים נהרגו.", "killed 17.. at_least people"},
		{"תשעה בני אדם נהרגו ו-31 נפצעו.", "killed 9..9 exact people; injured 31..31 exact people"},
		{"יותר מ-1,300 בני אדם נהרגו.", "killed 1300.. more_than people"},
		{"חמישה עשר חיילים נהרגו.", "killed 15..15 exact people"},
		{"עשרות תושבים נהרגו.", "killed .. vague people"},
		{"חייל נהרג בגבול.", "killed 1..1 exact people"},
		{"שוחררו 32 חטופים.", "released 32..32 exact people"},
		{"הוכרזה הפסקת אש ל-48 שעות.", "duration 48..48 exact hours"},
		{"הפסקת אש של שבוע.", "duration 1..1 exact weeks"},
		{"הפסקת אש ליומיים.", "duration 2..2 exact days"},
		{"סיוע של 12 מיליון דולר.", ""},
	})
}
