package news

// stopWords gives the function words of a language, folded, each between spaces.
// They would take the place of words that tell stories apart; words that every
// report of a war shares need no list, their weight falls with their frequency.
func stopWords(lang string) string {
	switch lang {
	case "en", "":
		return englishStops
	case "fr":
		return frenchStops
	case "es":
		return spanishStops
	case "ar":
		return arabicStops
	case "ru":
		return russianStops
	case "uk":
		return ukrainianStops
	case "de":
		return germanStops
	case "he":
		return hebrewStops
	default:
		return ""
	}
}

const (
	englishStops   = " the an and or but if of to in on at by for from with as into over under about after before between during against out up down off than then that this these those there here it its is are was were be been being am do does did done have has had having he she they we you his her their our your my him them us me who whom whose which what when where why how not no nor so too very can could will would shall should may might must also just only own same such more most some any all both each few other now amid among while since until upon via per said says say told tells according continue reading read more news video live updates latest watch exclusive analysis breaking "
	frenchStops    = " le la les un une des du de et ou mais si dans sur au aux par pour avec sans sous entre apres avant pendant contre ce cet cette ces il elle ils elles on nous vous je tu son sa ses leur leurs notre votre mon ma mes qui que quoi dont ou est sont ete etait etaient etre avoir ont avait avaient ne pas plus moins comme aussi tres tout tous toute toutes meme en se qu "
	spanishStops   = " el la los las un una unos unas de del y o pero si en sobre al por para con sin entre tras antes durante contra este esta estos estas ese esa eso que quien quienes cual cuando donde como es son fue fueron era ser estar ha han habia no ni mas menos muy tambien ya se su sus lo le les nos "
	arabicStops    = " في من علي الي عن مع ان او لا ما لم لن هذا هذه ذلك تلك التي الذي الذين هو هي هم كان كانت يكون قد بعد قبل بين حتي كما ثم كل بعض غير اي اذا حيث عند منذ خلال وقال قال قالت "
	russianStops   = " в на и с по к из за от до о об у не ни что как это этот эта эти тот та те он она они мы вы я его ее их для при или а но же бы ли был была были быть есть так также уже еще только после перед между против который которая которые "
	ukrainianStops = " в у на і й та з із зі по до від за про не ні що як це цей ця ці той він вона вони ми ви я його її їх для при або а але ж би чи був була були бути є так також вже ще тільки після перед між проти який яка які "
	germanStops    = " der die das den dem des ein eine einen einem einer und oder aber wenn in im an am auf aus bei mit nach von vom vor zu zum zur uber unter zwischen wahrend gegen fur ohne um es er sie wir ihr ist sind war waren sein haben hat hatte nicht kein keine auch nur so wie als dass sich noch schon mehr sehr "
	hebrewStops    = " של על את אל עמ מנ כי לא גמ או אבל אמ זה זאת זו הוא היא המ הנ אנחנו אתמ היה היתה היו כל בינ לפני אחרי עד אשר מה מי יש אינ כדי רק עוד כבר "
)
