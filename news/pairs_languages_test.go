package news_test

import (
	"testing"

	"trucewire/news"
)

// Wars, towns and outlets of these headlines are mixed on purpose; neighbours differ by
// mood, negation, voice, word order or object.

func TestReadMorePairsArabic(t *testing.T) {
	checkPairs(t, "ar", []pair{
		{"الحكومة الكولومبية وجيش التحرير الوطني يوقعان اتفاقا لوقف إطلاق النار", news.Agreement},
		{"أرمينيا وأذربيجان تتفقان على وقف إطلاق النار", news.Agreement},
		{"الاتفاق على هدنة إنسانية في إثيوبيا", news.Agreement},
		{"التوصل إلى اتفاق لوقف إطلاق النار بين تايلاند وكمبوديا", news.Agreement},
		{"المتمردون في ميانمار يعلنون هدنة من جانب واحد", news.Agreement},
		{"المتمردون في ميانمار يعلنون انتهاء الهدنة", news.Collapse},
		{"حركة 23 مارس تقبل مقترحا لوقف إطلاق النار", news.Acceptance},
		{"حركة 23 مارس ترفض مقترحا لوقف إطلاق النار", news.Rejection},
		{"حركة 23 مارس تدرس مقترحا لوقف إطلاق النار", news.Statement},
		{"سريان الهدنة في تيغراي", news.InEffect},
		{"دخول وقف إطلاق النار في ناغورني قره باغ حيز التنفيذ", news.InEffect},
		{"وقف إطلاق النار في لبنان سيدخل حيز التنفيذ غدا", news.Agreement},
		{"صمود الهدنة في اليمن لليوم الثالث", news.InEffect},
		{"انهيار الهدنة في شرق الكونغو", news.Collapse},
		{"انتهاء الهدنة في السودان دون تمديد", news.Expiry},
		{"تمديد وقف إطلاق النار في لبنان", news.Extension},
		{"الأطراف اليمنية توافق على تمديد الهدنة", news.Extension},
		{"خرق جديد لوقف إطلاق النار في جنوب لبنان", news.Violation},
		{"أذربيجان تتهم أرمينيا بانتهاك وقف إطلاق النار", news.Violation},
		{"أرمينيا تنفي انتهاك وقف إطلاق النار", news.Statement},
		{"انطلاق مفاوضات السلام بين الفرقاء الليبيين في جنيف", news.TalksHeld},
		{"وفد الحوثيين يتوجه إلى مسقط للمشاركة في محادثات السلام", news.TalksAnnounced},
		{"تأجيل محادثات السلام السورية", news.TalksFailed},
		{"فشل المفاوضات بين الحكومة الإثيوبية ومتمردي أورومو", news.TalksFailed},
		{"قطر تعرض الوساطة بين كينشاسا والمتمردين", news.Mediation},
		{"مبعوث أممي يصل إلى الخرطوم لبحث الهدنة", news.Mediation},
		{"مجلس الأمن يدعو إلى وقف فوري لإطلاق النار في ميانمار", news.Statement},
		{"واشنطن ترحب باتفاق الهدنة في تيغراي", news.Statement},
		{"الأمم المتحدة تنشر مراقبين لوقف إطلاق النار في الحديدة", news.Monitoring},
		{"انسحاب قوات من خط التماس في طرابلس", news.Deescalation},
		{"الحوثيون يفرجون عن عشرات الأسرى", news.Exchange},
	}, 0.95)
}

func TestReadMorePairsFrench(t *testing.T) {
	checkPairs(t, "fr", []pair{
		{"Kinshasa et le M23 conviennent d'une trêve", news.Agreement},
		{"Kinshasa et le M23 conviennent de pourparlers de paix", news.TalksAnnounced},
		{"Signature d'un cessez-le-feu entre Bogota et l'ELN", news.Agreement},
		{"L'ELN décrète un cessez-le-feu unilatéral en Colombie", news.Agreement},
		{"L'ELN met fin au cessez-le-feu en Colombie", news.Collapse},
		{"L'ELN menace de mettre fin au cessez-le-feu en Colombie", news.Statement},
		{"Le M23 rejette le cessez-le-feu", news.Rejection},
		{"Le M23 accepte la proposition de cessez-le-feu de l'Angola", news.Acceptance},
		{"Le M23 étudie la proposition de cessez-le-feu de l'Angola", news.Statement},
		{"L'Angola propose un cessez-le-feu dans l'est de la RDC", news.Proposal},
		{"Haut-Karabakh : le cessez-le-feu est entré en vigueur", news.InEffect},
		{"Haut-Karabakh : le cessez-le-feu entrera en vigueur lundi", news.Agreement},
		{"Au Tigré, la trêve semble tenir", news.InEffect},
		{"La trêve vole en éclats au Soudan", news.Collapse},
		{"Le cessez-le-feu au Liban reconduit pour trois semaines", news.Extension},
		{"La trêve au Soudan a expiré", news.Expiry},
		{"Bakou accuse Erevan d'avoir violé le cessez-le-feu", news.Violation},
		{"Erevan dément avoir violé le cessez-le-feu", news.Statement},
		{"Des tirs au Haut-Karabakh en dépit du cessez-le-feu", news.Violation},
		{"Nouveau cycle de négociations entre Bangui et les rebelles centrafricains", news.TalksHeld},
		{"Une délégation éthiopienne attendue aux pourparlers de paix de Pretoria", news.TalksAnnounced},
		{"Échec des pourparlers de paix sur la Libye à Genève", news.TalksFailed},
		{"Les pourparlers entre Thaïlandais et Cambodgiens s'achèvent sans accord", news.TalksFailed},
		{"L'émissaire de l'ONU se rend au Yémen pour tenter une médiation", news.Mediation},
		{"Le Conseil de sécurité réclame un cessez-le-feu immédiat en Birmanie", news.Statement},
		{"Paris salue la trêve conclue au Tigré", news.Statement},
		{"Les Houthis libèrent des dizaines de prisonniers", news.Exchange},
		{"L'armée libyenne se retire de la ligne de front après l'accord", news.Deescalation},
		{"Déploiement d'observateurs du cessez-le-feu à Hodeïda", news.Monitoring},
	}, 0.8)
}

func TestReadMorePairsSpanish(t *testing.T) {
	checkPairs(t, "es", []pair{
		{"Acuerdan una tregua en el este del Congo", news.Agreement},
		{"Los rebeldes del M23 aceptan una propuesta de tregua", news.Acceptance},
		{"Los rebeldes del M23 rechazan una propuesta de tregua", news.Rejection},
		{"Tailandia y Camboya pactan un alto el fuego", news.Agreement},
		{"El alto el fuego entre Tailandia y Camboya comenzará el lunes", news.Agreement},
		{"El ELN da por terminado el cese al fuego en Colombia", news.Collapse},
		{"La tregua en Sudán vence sin prórroga", news.Expiry},
		{"Fracasan las negociaciones de paz sobre Libia", news.TalksFailed},
		{"Catar ofrece mediar entre Kinsasa y los rebeldes", news.Mediation},
		{"Los hutíes liberan a decenas de prisioneros", news.Exchange},
		{"Armenia niega haber violado el alto el fuego", news.Statement},
	}, 0.95)
}

func TestReadMorePairsRussian(t *testing.T) {
	checkPairs(t, "ru", []pair{
		{"Киншаса и повстанцы М23 подписали соглашение о перемирии", news.Agreement},
		{"Повстанцы М23 согласились на перемирие", news.Acceptance},
		{"Таиланд и Камбоджа договорились о прекращении огня", news.Agreement},
		{"Режим прекращения огня в Карабахе вступит в силу в полночь", news.Agreement},
		{"Перемирие в Тыграе соблюдается", news.InEffect},
		{"АНО объявила о выходе из перемирия в Колумбии", news.Collapse},
		{"Перемирие в Судане истекло", news.Expiry},
		{"Переговоры по Ливии в Женеве провалились", news.TalksFailed},
		{"Делегация хуситов прибудет на переговоры в Маскат", news.TalksAnnounced},
		{"Ереван опроверг нарушение режима прекращения огня", news.Statement},
		{"Обстрелы в Карабахе несмотря на перемирие", news.Violation},
		{"Хуситы освободили десятки пленных", news.Exchange},
	}, 0.9)
}

func TestReadMorePairsUkrainian(t *testing.T) {
	checkPairs(t, "uk", []pair{
		{"Таїланд і Камбоджа домовилися про припинення вогню", news.Agreement},
		{"Повстанці М23 погодилися на перемир'я", news.Acceptance},
		{"Повстанці М23 відкинули пропозицію перемир'я", news.Rejection},
		{"Єгипет запропонував перемир'я в Секторі Гази", news.Proposal},
		{"Перемир'я в Лівані набуде чинності завтра", news.Agreement},
		{"Перемир'я в Лівані тримається", news.InEffect},
		{"Термін дії перемир'я в Судані сплив", news.Expiry},
		{"Мирні переговори щодо Лівії провалилися", news.TalksFailed},
		{"Мирні переговори щодо Лівії розпочалися в Женеві", news.TalksHeld},
		{"Вірменія звинуватила Азербайджан у порушенні режиму припинення вогню", news.Violation},
		{"Обстріли Карабаху попри перемир'я", news.Violation},
		{"Хусити звільнили десятки полонених", news.Exchange},
		{"Радбез ООН закликав до негайного припинення вогню в Ємені", news.Statement},
	}, 0.95)
}

func TestReadMorePairsHebrew(t *testing.T) {
	checkPairs(t, "he", []pair{
		{"תאילנד וקמבודיה הגיעו להסכם על הפסקת אש", news.Agreement},
		{"החות'ים דחו את ההצעה להפסקת אש בתימן", news.Rejection},
		{"מצרים הציעה הפסקת אש בסודן", news.Proposal},
		{"הפסקת האש בלבנון תיכנס לתוקף מחר", news.Agreement},
		{"הפסקת האש בלבנון נשמרת", news.InEffect},
		{"הפסקת האש בסודן קרסה", news.Collapse},
		{"הפסקת האש בסודן פקעה", news.Expiry},
		{"שיחות השלום על לוב נפתחו בז'נבה", news.TalksHeld},
		{"שיחות השלום על לוב נכשלו", news.TalksFailed},
		{"אזרבייג'ן האשימה את ארמניה בהפרת הפסקת האש", news.Violation},
		{"ארמניה הכחישה שהפרה את הפסקת האש", news.Statement},
		{"האו\"ם קרא להפסקת אש מיידית בסודן", news.Statement},
		{"ירי בצפון ישראל למרות הפסקת האש עם חיזבאללה", news.Violation},
	}, 0.95)
}

func TestReadFalseFriendsOfLanguages(t *testing.T) {
	for lang, titles := range map[string][]string{
		"ar": {
			"هدنة تجارية بين الاتحاد الأوروبي وأمريكا حول الرسوم الجمركية", "هدنة بين نجمي الغناء بعد خلاف طويل", "هدنة في حرب الأسعار بين شركات الطيران",
			"مدرب المنتخب يطلب هدنة مع الصحافة قبل كأس العالم", "الأحزاب تتفق على هدنة سياسية قبل الانتخابات", "هدنة بين الفنانة وطليقها بعد دعوى قضائية",
			"في ذكرى هدنة الحرب العالمية الأولى باريس تكرم الجنود", "توقيع اتفاق لاستيراد الغاز بين مصر وقبرص", "مفاوضات بشأن انتقال لاعب إلى نادي الهلال",
			"النقابة تعلق الإضراب بعد اتفاق على الأجور",
		},
		"fr": {
			"Trêve hivernale : les expulsions locatives suspendues jusqu'au printemps", "Trêve des confiseurs à l'Assemblée nationale", "Trêve internationale : les clubs de Ligue 1 retiennent leur souffle",
			"Guerre commerciale : Pékin et Washington prolongent leur trêve tarifaire", "Le 11 novembre, la France commémore l'armistice de 1918", "Cessez-le-feu entre les deux rappeurs après des mois de clash",
			"Accord sur les salaires : la grève est suspendue à la SNCF", "Prise d'otage dans une banque de Lyon : le forcené s'est rendu", "Trêve dans la guerre des prix entre distributeurs",
			"Négociations sur le budget : la coalition allemande trouve un accord",
		},
		"es": {
			"Tregua comercial entre Bruselas y Washington por los aranceles", "Parón internacional: la selección se concentra sin su delantero", "Tregua entre el entrenador y la afición tras la derrota",
			"Tregua navideña en el Congreso antes de votar los presupuestos", "Los sindicatos suspenden la huelga tras un acuerdo salarial", "La cantante y su exmarido firman una tregua",
			"Liberan a los rehenes de un atraco a un banco en Sevilla", "Tregua en la guerra de precios de las aerolíneas", "Aniversario del armisticio de la Gran Guerra en París",
			"Negociaciones para el traspaso del delantero al Real Madrid",
		},
		"ru": {
			"Торговое перемирие между ЕС и США продлено", "Перемирие в ценовой войне ритейлеров", "Певица и блогер объявили перемирие после скандала",
			"Олимпийское перемирие: МОК обратился к спортсменам", "Рождественское перемирие 1914 года: как это было", "Вышел трейлер сериала «Перемирие»",
			"Профсоюз приостановил забастовку после соглашения о зарплатах", "Переговоры о трансфере нападающего сорвались", "Захват заложников в банке Берлина: преступник сдался",
			"Россия и Китай подписали соглашение о поставках газа",
		},
		"uk": {
			"Торговельне перемир'я між ЄС і США продовжено", "Перемир'я у ціновій війні супермаркетів", "Співачка і блогер оголосили перемир'я після скандалу",
			"Олімпійське перемир'я: заклик до спортсменів", "Різдвяне перемир'я 1914 року: як це було", "Вийшов трейлер серіалу «Перемир'я»",
			"Профспілка призупинила страйк після угоди про зарплати", "Переговори про трансфер форварда зірвалися", "Захоплення заручників у банку Берліна: злочинець здався",
			"Польща і Литва підписали угоду про постачання газу",
		},
		"he": {
			"הפסקת אש במלחמת הסחר בין ארצות הברית לסין", "הפסקת אש פוליטית בקואליציה לפני התקציב", "הזמרת והבמאי הכריזו על הפסקת אש אחרי הריב",
			"הפסקת אש במלחמת המחירים של רשתות המזון", "הפסקת האש של חג המולד 1914", "המאמן והאוהדים הגיעו להפסקת אש בליגת העל",
			"ארגון המורים השעה את השביתה אחרי הסכם שכר", "בן ערובה בבנק בברלין שוחרר, השודד נעצר", "משא ומתן על העברת החלוץ לליגת האלופות נכשל",
			"טקס יום השנה לשביתת הנשק של מלחמת העולם הראשונה",
		},
	} {
		for _, title := range titles {
			if got := reader(t).Read(news.Item{Title: title, Lang: lang}); got.Relevance == news.RelevantDevelopment {
				t.Errorf("%s: %s is a development: %v", lang, title, got.Kinds)
			}
		}
	}
}

func TestReadFurtherLanguagesByNamesAndCore(t *testing.T) {
	for _, c := range []struct {
		lang, title string
		conflict    news.ConflictID
	}{
		{"de", "Israel und Hamas einigen sich auf Waffenruhe im Gazastreifen", "gaza"},
		{"de", "Sudanesische Armee lehnt Waffenruhe ab", "sudan"},
		{"de", "Waffenruhe zwischen Thailand und Kambodscha in Kraft", "thailand-cambodia"},
		{"it", "Raggiunto il cessate il fuoco tra Israele e Hezbollah in Libano", "lebanon"},
		{"it", "Ucraina, Mosca respinge la proposta di tregua", "ukraine"},
		{"it", "Prorogata la tregua nello Yemen", "yemen"},
		{"pt", "Exército do Sudão rejeita proposta de trégua", "sudan"},
		{"pt", "Israel e Hamas chegam a acordo de cessar-fogo em Gaza", "gaza"},
		{"pt", "Cessar-fogo no Líbano entra em vigor", "lebanon"},
		{"tr", "İsrail ve Hamas Gazze'de ateşkes konusunda anlaştı", "gaza"},
		{"tr", "Azerbaycan ile Ermenistan arasında ateşkes ihlal edildi", "armenia-azerbaijan"},
		{"tr", "Ukrayna'da ateşkes görüşmeleri başladı", "ukraine"},
		{"fa", "حماس پیشنهاد آتش‌بس در غزه را پذیرفت", "gaza"},
		{"fa", "آتش‌بس در یمن تمدید شد", "yemen"},
		{"fa", "نقض آتش‌بس در قره‌باغ", "armenia-azerbaijan"},
		{"ur", "بھارت اور پاکستان جنگ بندی پر متفق", "india-pakistan"},
		{"ur", "حماس نے غزہ میں جنگ بندی کی تجویز مسترد کر دی", "gaza"},
		{"ur", "یوکرین میں جنگ بندی کے لیے مذاکرات شروع", "ukraine"},
		{"hi", "भारत और पाकिस्तान युद्धविराम पर सहमत", "india-pakistan"},
		{"hi", "हमास ने गाजा में युद्धविराम का प्रस्ताव खारिज किया", "gaza"},
		{"hi", "थाईलैंड और कंबोडिया के बीच युद्धविराम लागू", "thailand-cambodia"},
		{"th", "ไทยและกัมพูชาตกลงหยุดยิง", "thailand-cambodia"},
		{"th", "อิสราเอลและฮามาสบรรลุข้อตกลงหยุดยิงในกาซา", "gaza"},
		{"th", "ข้อตกลงหยุดยิงในเลบานอนมีผลบังคับใช้ อิสราเอลถอนทหาร", "lebanon"},
		{"zh", "泰国和柬埔寨同意停火", "thailand-cambodia"},
		{"zh", "以色列与哈马斯达成停火协议", "gaza"},
		{"zh", "苏丹军队拒绝停火提议", "sudan"},
		{"pl", "Izrael i Hamas uzgodniły zawieszenie broni w Strefie Gazy", "gaza"},
		{"pl", "Rosja odrzuciła zawieszenie broni w Ukrainie", "ukraine"},
		{"pl", "Zawieszenie broni w Libanie weszło w życie", "lebanon"},
		{"sw", "Jeshi la Sudan lakataa pendekezo la usitishaji wa mapigano", "sudan"},
		{"sw", "Israel na Hamas wakubaliana kusitisha mapigano Gaza", "gaza"},
		{"sw", "Waasi wa M23 wakiuka makubaliano ya kusitisha mapigano Congo", "drc-m23"},
		{"so", "Israel iyo Xamaas oo ku heshiiyeen xabbad joojin", "gaza"},
		{"so", "Itoobiya iyo Tigray oo saxiixay heshiis xabbad joojin", "ethiopia-tigray"},
		{"so", "Ruushka ayaa diiday xabbad joojin Ukraine", "ukraine"},
		{"id", "Israel dan Hamas sepakati gencatan senjata di Gaza", "gaza"},
		{"id", "Thailand dan Kamboja sepakat gencatan senjata", "thailand-cambodia"},
		{"id", "Rusia tolak usulan gencatan senjata di Ukraina", "ukraine"},
		{"bn", "গাজায় যুদ্ধবিরতিতে সম্মত ইসরায়েল ও হামাস", "gaza"},
		{"bn", "ভারত ও পাকিস্তান যুদ্ধবিরতিতে সম্মত", "india-pakistan"},
		{"bn", "ইউক্রেনে যুদ্ধবিরতির প্রস্তাব প্রত্যাখ্যান করেছে রাশিয়া", "ukraine"},
		{"am", "የኢትዮጵያ መንግሥት እና ህወሓት የተኩስ አቁም ስምምነት ተፈራረሙ", "ethiopia-tigray"},
		{"am", "እስራኤል እና ሐማስ በጋዛ የተኩስ አቁም ላይ ተስማሙ", "gaza"},
		{"am", "በሱዳን የተኩስ አቁም ተጀመረ ፈጥኖ ደራሽ ኃይል", "sudan"},
	} {
		for _, feed := range []string{c.lang, "en"} {
			got := reader(t).Read(news.Item{Title: c.title, Lang: feed})
			if got.Relevance != news.RelevantDevelopment || got.Conflict != c.conflict {
				t.Errorf("%s in a feed of %s: %s of %s, want a development of %s: %s", c.lang, feed, got.Relevance, got.Conflict, c.conflict, c.title)
			}
		}
	}
}

func TestReadTellsTheLanguageOfAnItemInAnotherFeed(t *testing.T) {
	for _, c := range []struct{ feed, title, want string }{
		{"en", "الجيش السوداني يرفض الهدنة", "ar"},
		{"en", "Жители Судана ждут перемирия", "ru"},
		{"ru", "У Києві кажуть, що перемир'я ще немає", "uk"},
		{"uk", "Мы были против этого перемирия, объявил он", "ru"},
		{"ar", "ایران می‌گوید آتش‌بس برقرار است و گفت‌وگوها ادامه دارد", "fa"},
		{"ar", "بھارت نے کہا ہے کہ جنگ بندی برقرار ہے", "ur"},
		{"fa", "الجيش السوداني يرفض الهدنة مع قوات الدعم السريع في الخرطوم التي أعلنت عنها", "ar"},
		{"en", "הפסקת האש נכנסה לתוקף", "he"},
		{"en", "Le cessez-le-feu est entré en vigueur dans l'est du pays", "fr"},
		{"en", "Ceasefire in Yemen extended", "en"},
		{"fr", "Trêve au Soudan", "fr"},
		{"es", "Tregua en Sudán", "es"},
		{"zh", "苏丹停火生效", "zh"},
	} {
		if got := reader(t).Read(news.Item{Title: c.title, Lang: c.feed}); got.Lang != c.want {
			t.Errorf("%q in a feed of %s is read as %s, want %s", c.title, c.feed, got.Lang, c.want)
		}
	}
}
