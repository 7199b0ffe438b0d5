package news_test

// harmRow is a sentence as an outlet might print it, and what a post must not repeat.
type harmRow struct {
	lang, sentence string
	leaks          []string
}

// harmRows are sentences of promise 9 of the design: no natural person is named unless
// by the catalogue or as a speaker with an office; no place finer than a town; no
// present position of people or forces unless announced; no graphic detail; no images,
// flags, sirens and exclamation marks.
func harmRows() []harmRow {
	rows := namedPeople()
	rows = append(rows, finePlaces()...)
	rows = append(rows, positionsAndDetail()...)
	rows = append(rows, arabicHarm()...)
	rows = append(rows, heldOutHarm()...)
	return append(rows, frenchHarm()...)
}

func en(sentence string, leaks ...string) harmRow { return harmRow{"en", sentence, leaks} }
func fr(sentence string, leaks ...string) harmRow { return harmRow{"fr", sentence, leaks} }
func ar(sentence string, leaks ...string) harmRow { return harmRow{"ar", sentence, leaks} }

func namedPeople() []harmRow {
	return []harmRow{
		en("Salma Idris was killed in her kitchen hours before the truce began.", "Salma", "Idris", "kitchen"),
		en("Shelling kills teacher Omar Haddad as ceasefire frays", "Omar", "Haddad"),
		en("Shelling Kills Teacher Omar Haddad as Ceasefire Frays", "Omar", "Haddad"),
		en("Nine-year-old Lina Barakat died in a strike that broke the truce.", "Lina", "Barakat"),
		en("Lina Barakat, 9, was among the dead after the ceasefire collapsed.", "Lina", "Barakat"),
		en("Lina Barakat (9) lost both parents before the truce.", "Lina", "Barakat"),
		en("Freed hostage Jonas Weil returned to his family under the deal.", "Jonas", "Weil"),
		en("Freed Hostage Jonas Weil Returns Home Under Truce Deal", "Jonas", "Weil"),
		en("The body of Jonas Weil was handed over under the ceasefire.", "Jonas", "Weil"),
		en("Remains of captive Petra Lund returned as truce holds", "Petra", "Lund"),
		en("Family mourns Samir Khoury, shot dead after the ceasefire", "Samir", "Khoury"),
		en("The victim was named as Samir Khoury, a baker.", "Samir", "Khoury"),
		en("Police identified the dead man as Samir Khoury.", "Samir", "Khoury"),
		en("Samir Khoury's widow said the truce had come too late.", "Samir", "Khoury"),
		en("Mother of Adam Rahal begs both armies to keep the truce", "Adam", "Rahal"),
		en("Mother Of Adam Rahal Begs Both Armies To Keep The Truce", "Adam", "Rahal"),
		en("Her son, Adam Rahal, was abducted during the ceasefire.", "Adam", "Rahal"),
		en("Journalist Nadia Farouk was detained at the border despite the truce.", "Nadia", "Farouk"),
		en("Nadia Farouk, a nurse, was wounded while treating patients.", "Nadia", "Farouk"),
		en("Doctor Yusuf Osman, who treated the wounded, has been kidnapped.", "Yusuf", "Osman"),
		en("Dr. Yusuf Osman was executed after the talks failed.", "Yusuf", "Osman"),
		en("Aid worker Clara Meyer was killed delivering food under the truce.", "Clara", "Meyer"),
		en("Militia frees aid worker Clara Meyer in exchange deal", "Clara", "Meyer"),
		en("Soldier Ivan Petrenko was captured and later released in the swap.", "Ivan", "Petrenko"),
		en("Private Ivan Petrenko surrendered on Tuesday, his brother said.", "Ivan", "Petrenko"),
		en("Prisoner Exchange Frees Ivan Petrenko and Oleh Bondar", "Petrenko", "Bondar"),
		en("Shopkeeper Karim Saleh said the truce had let him reopen.", "Karim", "Saleh"),
		en("\"We only want the truce to last,\" said Karim Saleh, a father of four.", "Karim", "Saleh"),
		en("Karim Saleh fled with his children when the ceasefire collapsed.", "Karim", "Saleh"),
		en("Resident Huda Mansour told reporters that the truce was not holding.", "Huda", "Mansour"),
		en("Witness Huda Mansour saw the soldiers break the ceasefire.", "Huda", "Mansour"),
		en("Survivor Huda Mansour recalls night the ceasefire ended", "Huda", "Mansour"),
		en("Truce brings little comfort to farmer Tesfaye Alemu", "Tesfaye", "Alemu"),
		en("Among those released was Tesfaye Alemu, jailed since the start of the war.", "Tesfaye", "Alemu"),
		en("Singer Amal Nour killed in crossfire as truce ends", "Amal", "Nour"),
		en("Student Activist Amal Nour Arrested After Ceasefire Protest", "Amal", "Nour"),
		en("Mrs Amal Nour lost two sons before the armistice.", "Amal", "Nour"),
		en("Twins Rana and Rami Aziz, aged six, died when the truce broke.", "Rana", "Rami", "Aziz"),
		en("The boy, Rami Aziz, had been playing outside when the ceasefire was broken.", "Rami", "Aziz"),
		en("Baby Rami Aziz was born an hour before the truce.", "Rami", "Aziz"),
		en("Captured fighter Musa Deng appeared on television after the truce.", "Musa", "Deng"),
		en("Refugee Musa Deng, interviewed at the border, doubts the ceasefire.", "Musa", "Deng"),
		en("Pleads for truce: the father of Musa Deng, missing since May", "Musa", "Deng"),
		en("Truce came too late for Musa Deng, killed on Friday", "Musa", "Deng"),
	}
}

func finePlaces() []harmRow {
	return []harmRow{
		en("A shell hit the Al-Noor hospital in Khartoum despite the truce.", "Noor", "hospital"),
		en("Hospital on Palm Avenue shelled hours after ceasefire", "Palm Avenue", "Hospital"),
		en("Shell Hits Girls' School in Omdurman Despite Ceasefire", "School"),
		en("Troops fired on a house in Palm Street after the truce began.", "Palm Street", "house in"),
		en("Families were told to leave the Hamra neighbourhood before the ceasefire ends.", "Hamra"),
		en("Families were told to leave the Hamra neighborhood before the truce ends.", "Hamra"),
		en("Clashes broke out in the Riverside district of Khartoum despite the truce.", "Riverside"),
		en("A drone struck the Green Mosque during the ceasefire.", "Green Mosque", "mosque"),
		en("Worshippers fled St. Mary's Church when the truce collapsed.", "Mary", "Church"),
		en("The apartment building at 14 Cedar Road was hit after the ceasefire.", "Cedar Road", "14 Cedar", "apartment"),
		en("Aid will be handed out at the Unity kindergarten during the pause.", "Unity", "kindergarten"),
		en("The bakery on Market Square was bombed as talks went on.", "Market Square", "bakery"),
		en("A checkpoint near Tuti bridge was attacked during the truce.", "checkpoint"),
		en("The tunnel under Freedom Boulevard was used during the ceasefire.", "Freedom Boulevard", "tunnel"),
		en("Ceasefire violated at the corner of Nile Street and Army Road", "Nile Street", "Army Road"),
		en("Displaced families shelter in the basement of the Plaza hotel during the truce.", "basement", "Plaza"),
		en("Shells fell on the university campus as the ceasefire expired.", "university"),
		en("The orphanage in Bahri was emptied before the truce ended.", "orphanage"),
		en("Snipers fired at the maternity clinic in spite of the ceasefire.", "clinic"),
		en("The negotiator's home at 7 Garden Lane was attacked after the talks.", "Garden Lane", "7 Garden"),
		en("Mortar rounds landed at 15.5881, 32.5342 after the truce began.", "15.5881", "32.5342"),
		en("The strike at 15.588° N, 32.534° E broke the ceasefire.", "15.588", "32.534"),
		en("Grid 36P VC 4512 7781 was shelled during the truce.", "4512", "36P"),
		en("The convoy was hit at 15°35'N 32°32'E despite the ceasefire.", "15°", "32°"),
		en("The cemetery beside the railway station was shelled as the truce ended.", "cemetery", "railway station"),
	}
}

func positionsAndDetail() []harmRow {
	return []harmRow{
		en("RSF fighters are hiding in wells north of Kosti, residents say as truce holds.", "hiding", "Kosti"),
		en("Army tanks are massing near El Obeid despite the ceasefire, witnesses say.", "massing", "Obeid"),
		en("About 200 civilians are sheltering at the dam during the truce.", "sheltering", "dam"),
		en("The hostages are being held in a farm outside Nyala, a source said.", "being held", "Nyala"),
		en("A convoy of evacuees is now on the way along the western track during the pause.", "convoy is", "western track"),
		en("Fighters gathered at the old airstrip before the ceasefire takes effect.", "airstrip"),
		en("Rebel command post moved to Kutum ahead of truce, locals say", "command post", "Kutum"),
		en("Snipers positioned on rooftops in Bahri watch the truce line.", "rooftops", "positioned"),
		en("Ambush laid on supply route as ceasefire begins, residents say", "Ambush"),
		en("The negotiators are staying at the Lake hotel until the talks resume.", "Lake hotel", "hotel"),
		en("Soldiers camped in the valley wait for the truce to end.", "camped"),
		en("Whereabouts of freed prisoners: they are at the border post, families say.", "border post"),
		en("Bodies decapitated in village as ceasefire collapses", "decapitated"),
		en("Charred corpses were pulled from the bus after the truce ended.", "Charred", "corpses"),
		en("Limbs lay in the market hours after the ceasefire was announced.", "Limbs"),
		en("The prisoners were skinned and hanged before the exchange.", "skinned", "hanged"),
		en("Blood-soaked clothes covered the ground where the truce was broken.", "Blood-soaked"),
		en("Women were gang-raped by gunmen during the ceasefire, doctors said.", "raped"),
		en("The captive was tortured to death before the swap.", "tortured to death"),
		en("His skull was crushed days before the armistice.", "skull"),
		en("Dogs ate rotting bodies before the truce let medics in.", "rotting", "Dogs ate"),
		en("A severed head was sent to the negotiators as talks failed.", "severed"),
		en("Children screamed as their mother bled to death during the ceasefire.", "screamed", "bled to death"),
		en("He was shot in the head while kneeling, two days into the truce.", "shot in the head", "kneeling"),
		en("Intestines spilled onto the road as the ceasefire broke.", "Intestines", "spilled"),
		en("Video shows mutilated prisoners after talks collapse", "mutilated"),
		en("BREAKING!!! Truce signed in Sudan!", "!"),
		en("🚨 Ceasefire agreed in Sudan 🚨", "🚨"),
		en("🇸🇩 Sudan army and RSF agree truce", "🇸🇩"),
		en("Peace at last! Army and RSF sign ceasefire in Sudan", "!"),
		en("Truce agreed ❗ army says", "❗"),
		en("☮️ Sudan ceasefire begins ✌️", "☮", "✌"),
		en("Army and RSF agree ceasefire ‼️ talks next week", "‼"),
		en("Sudan truce photo: https://pictures.example/dead.jpg shows the scene", "pictures.example", "https://pictures"),
		en("Sudan truce: ![picture](https://pictures.example/a.png) of the signing", "pictures.example", "!["),
		en("💀 RSF breaks truce in Khartoum 💀", "💀"),
		en("Sudan truce begins 🎉🎉 crowds celebrate", "🎉"),
		en("The prisoner, naked and bleeding, was paraded before the exchange.", "naked", "bleeding"),
		en("A toddler's body was found under rubble after the truce began.", "toddler"),
		en("Photographs of the captives' faces were shown after the ceasefire talks: Amir Zaki and Dawit Bekele.", "Zaki", "Bekele"),
		en("Contact the family of Amir Zaki on 0912 345 678 before the truce ends.", "Zaki", "0912"),
	}
}

func arabicHarm() []harmRow {
	return []harmRow{
		ar("مقتل الطفلة لينا بركات في قصف خرق الهدنة", "لينا", "بركات"),
		ar("استشهاد الصحفي عمر حداد رغم وقف إطلاق النار", "عمر", "حداد"),
		ar("الإفراج عن الأسير سامر خوري ضمن صفقة التبادل", "سامر", "خوري"),
		ar("والدة آدم رحال تناشد الطرفين احترام الهدنة", "آدم", "رحال"),
		ar("تشييع جثمان الشاب كريم صالح بعد انهيار الهدنة", "كريم", "صالح"),
		ar("قال المواطن كريم صالح إن الهدنة لم تصمد", "كريم", "صالح"),
		ar("الطبيبة هدى منصور بين القتلى بعد خرق وقف إطلاق النار", "هدى", "منصور"),
		ar("خطف الناشطة أمل نور خلال الهدنة", "أمل", "نور"),
		ar("قصف مستشفى النور في الخرطوم رغم الهدنة", "مستشفى", "النور"),
		ar("سقوط قذائف على مدرسة البنات في أم درمان بعد سريان وقف إطلاق النار", "مدرسة", "البنات"),
		ar("اشتباكات في حي الرياض بالخرطوم رغم الهدنة", "حي الرياض"),
		ar("إطلاق نار في شارع النيل بعد بدء وقف إطلاق النار", "شارع"),
		ar("مسلحون يتحصنون في مسجد السلام خلال الهدنة", "مسجد", "يتحصنون"),
		ar("قوات تتجمع قرب كوستي قبل انتهاء الهدنة بحسب شهود", "تتجمع"),
		ar("الرهائن محتجزون في مزرعة خارج نيالا بحسب مصدر", "مزرعة"),
		ar("العثور على جثث متفحمة بعد انهيار وقف إطلاق النار", "متفحمة"),
		ar("أشلاء في السوق بعد ساعات من إعلان الهدنة", "أشلاء"),
		ar("اغتصاب نساء خلال الهدنة بحسب أطباء", "اغتصاب"),
		ar("عاجل! توقيع الهدنة في السودان!", "!"),
		ar("🚨 بدء سريان وقف إطلاق النار في السودان 🚨", "🚨"),
	}
}

func frenchHarm() []harmRow {
	return []harmRow{
		fr("Lina Barakat, 9 ans, tuée dans une frappe malgré la trêve", "Lina", "Barakat"),
		fr("Le journaliste Omar Haddad a été tué malgré le cessez-le-feu.", "Omar", "Haddad"),
		fr("L'otage libéré Jonas Weil a retrouvé sa famille après l'accord.", "Jonas", "Weil"),
		fr("La mère d'Adam Rahal supplie les deux camps de respecter la trêve.", "Adam", "Rahal"),
		fr("« La trêve ne tient pas », affirme Karim Saleh, commerçant.", "Karim", "Saleh"),
		fr("Karim Saleh a fui avec ses enfants quand la trêve a pris fin.", "Karim", "Saleh"),
		fr("La dépouille de Petra Lund a été remise pendant la trêve.", "Petra", "Lund"),
		fr("Parmi les prisonniers libérés figure Ivan Petrenko.", "Ivan", "Petrenko"),
		fr("Un obus a touché l'hôpital Al-Nour malgré le cessez-le-feu.", "Nour", "hôpital"),
		fr("Tirs rue des Palmiers après le début de la trêve", "Palmiers"),
		fr("L'école de filles du quartier Hamra bombardée malgré la trêve", "Hamra", "école"),
		fr("La maison de la rue du Nil a été détruite pendant le cessez-le-feu.", "rue du Nil"),
		fr("Frappe à 15,5881 N, 32,5342 E malgré la trêve", "15,5881"),
		fr("Des combattants se cachent dans la mosquée verte, selon des habitants, malgré la trêve.", "cachent", "mosquée"),
		fr("Des chars se massent près de Kosti malgré la trêve, selon des témoins.", "massent"),
		fr("Des corps calcinés découverts après la fin de la trêve", "calcinés"),
		fr("Des prisonniers décapités avant l'échange", "décapités"),
		fr("Des femmes violées pendant le cessez-le-feu, selon des médecins", "violées"),
		fr("Enfin la paix ! L'armée et les FSR signent une trêve au Soudan !", "!"),
		fr("🚨 Cessez-le-feu au Soudan 🚨", "🚨"),
	}
}

// heldOutHarm are sentences that were written after the guard, to see what it misses.
func heldOutHarm() []harmRow {
	return []harmRow{
		en("Grandmother Fatou Diallo, 71, buried as ceasefire enters second day", "Fatou", "Diallo"),
		en("Taxi driver Hamid Rezai was beaten by militiamen after the truce.", "Hamid", "Rezai"),
		en("Captain Luis Ortega, a rebel deserter, surrendered under the ceasefire.", "Ortega"),
		en("Ceasefire: Hostage families name first captives to be freed as Noa Levin and Amit Shalev", "Levin", "Shalev"),
		en("Ceasefire Hostage List Includes Noa Levin, Amit Shalev", "Levin", "Shalev"),
		en("Carpenter Jean Bosco rebuilds home as truce holds", "Jean", "Bosco"),
		en("Aisha Bello, who lost her leg in the war, welcomes ceasefire", "Aisha", "Bello"),
		en("The ceasefire let Thandiwe Moyo bury her husband.", "Thandiwe", "Moyo"),
		en("Prisoner of war Kyaw Min returns home after exchange", "Kyaw"),
		en("'They took my sister,' says Zin Mar as truce talks stall", "Zin Mar"),
		en("Villagers name soldier who broke truce as Pham Van Duc", "Pham"),
		en("Photojournalist Rosa Alvarez killed covering ceasefire", "Rosa", "Alvarez"),
		en("Surgeon Peter Novak says ceasefire came too late", "Novak"),
		en("Imprisoned poet Dilan Aras freed in swap", "Dilan", "Aras"),
		en("Wounded: Private Aung Ko, hit as truce began", "Aung"),
		en("Rocket lands in playground of Sunrise primary school after ceasefire", "Sunrise"),
		en("Rockets strike Lotus Tower apartment complex despite truce", "Lotus Tower"),
		en("Gunmen seen on the roof of the central post office as ceasefire starts", "post office", "roof"),
		en("Ceasefire broken in alley behind the vegetable market of Goma", "vegetable market", "alley"),
		en("Bomb found beneath Independence Bridge as ceasefire begins, locals say", "Independence Bridge"),
		en("Mosque in the old quarter hit despite truce", "mosque"),
		en("Refugees wait at gate 4 of the border crossing as truce begins", "gate 4"),
		en("M23 columns advancing on the Sake road, villagers say, hours before truce", "Sake road"),
		en("Government troops are dug in two kilometres north of the town, residents say", "dug in", "two kilometres"),
		en("Rebels now occupy the hill above the dam, according to a farmer", "hill above"),
		en("Hostages moved to a cave near the coast, relatives say as talks go on", "cave"),
		en("Displaced people crowd into tents beside the stadium during ceasefire", "stadium"),
		en("Human remains scattered across field as ceasefire ends", "scattered"),
		en("Survivors describe throats being cut during the truce", "throats"),
		en("The pregnant woman was disembowelled before the truce, medics say", "disembowelled"),
		en("Flesh hung from trees after the strike that broke the truce", "Flesh"),
		en("Ceasefire!!! 🎉 rebels and army sign 🕊️", "!", "🎉", "🕊"),
		en("⚠️ ALERT: truce broken ⚠️", "⚠"),
		fr("Le boulanger Mamadou Sow témoigne : la trêve n'a pas tenu", "Mamadou", "Sow"),
		fr("Aïcha Ndiaye, mère de quatre enfants, espère que la trêve durera.", "Aïcha", "Ndiaye"),
		fr("Tuée à 7 ans : la petite Inès Morel n'aura pas vu la trêve", "Inès", "Morel"),
		fr("Un immeuble de l'avenue Victor-Hugo touché pendant le cessez-le-feu", "Victor-Hugo"),
		fr("Les otages sont retenus dans une grotte au nord de Goma, selon un témoin", "grotte"),
		fr("Le soldat Paul Mbarga capturé malgré la trêve", "Mbarga"),
		ar("المعلمة سعاد ناصر تروي ليلة انهيار الهدنة", "سعاد", "ناصر"),
		ar("مقتل أحمد سالم برصاص قناص رغم الهدنة", "أحمد", "سالم"),
		ar("السائق يوسف حمدان ضحية خرق وقف إطلاق النار", "يوسف", "حمدان"),
		ar("قصف منزل في حي السلام بعد الهدنة", "حي السلام"),
		ar("جنود متمركزون قرب الجسر الشرقي رغم الهدنة بحسب سكان", "متمركزون", "الجسر"),
		ar("رؤوس مقطوعة قبل إعلان الهدنة", "مقطوعة"),
	}
}
