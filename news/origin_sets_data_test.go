package news_test

import (
	"fmt"
	"strings"
)

// originWar lends names and a step to the patterns below.
type originWar struct {
	name, one, other, ofOne, place, length, mediator, second string
	fr                                                       [2]string // headline and text of mediator's word in French
}

func originWars() []originWar {
	return []originWar{
		{
			"sudan", "Sudan's army", "the Rapid Support Forces", "an army spokesman", "Khartoum", "seven-day", "Saudi Arabia", "the United States",
			[2]string{"Soudan : l'armée et les FSR acceptent une trêve de sept jours, annonce l'Arabie saoudite", "L'armée soudanaise et les Forces de soutien rapide ont accepté une trêve de sept jours, a annoncé l'Arabie saoudite."},
		},
		{
			"gaza", "Israel", "Hamas", "an Israeli government spokesman", "Gaza", "four-day", "Qatar", "Egypt",
			[2]string{"Gaza : Israël et le Hamas acceptent une trêve de quatre jours, annonce le Qatar", "Israël et le Hamas ont accepté une trêve de quatre jours à Gaza, a annoncé le Qatar."},
		},
		{
			"yemen", "Yemen's government", "the Houthis", "a Yemeni government spokesman", "Taiz", "two-month", "Oman", "Saudi Arabia",
			[2]string{"Yémen : le gouvernement et les Houthis acceptent une trêve de deux mois, annonce Oman", "Le gouvernement du Yémen et les Houthis ont accepté une trêve de deux mois, a annoncé Oman."},
		},
		{
			"congo", "Congo's army", "the M23 rebels", "a Congolese army spokesman", "Goma", "five-day", "Angola", "the United States",
			[2]string{"RDC : l'armée et le M23 acceptent une trêve de cinq jours, annonce l'Angola", "L'armée congolaise et les rebelles du M23 ont accepté une trêve de cinq jours, a annoncé l'Angola."},
		},
		{
			"ukraine", "Ukraine", "Russia", "a Ukrainian government spokesman", "Zaporizhzhia", "30-day", "Turkey", "the United States",
			[2]string{"L'Ukraine et la Russie acceptent une trêve de trente jours, annonce la Turquie", "L'Ukraine et la Russie ont accepté une trêve de 30 jours, a annoncé la Turquie."},
		},
		{
			"libya", "the GNA", "the LNA", "a GNA spokesman", "Sirte", "ten-day", "Egypt", "Germany",
			[2]string{"Libye : le GNA et l'ANL acceptent une trêve de dix jours, annonce l'Égypte", "Le GNA et l'ANL ont accepté une trêve de dix jours en Libye, a annoncé l'Égypte."},
		},
	}
}

// in puts a war's names into a text: <one>, <other>, <spokesman>, <place>, <length>,
// <mediator> and <second>; a name that begins a text gets its capital.
func (w originWar) in(text string) string {
	text = strings.NewReplacer("<one>", w.one, "<other>", w.other, "<spokesman>", w.ofOne, "<place>", w.place, "<length>", w.length,
		"<mediator>", w.mediator, "<second>", w.second).Replace(text)
	return strings.ToUpper(text[:1]) + text[1:]
}

// originPattern is a way in which one step comes to several outlets.
type originPattern struct {
	name             string
	outlets, origins int
	items            [][3]string // outlet, headline, text
}

const (
	headOne   = "<one> and <other> agree to <length> ceasefire"
	headTwo   = "<one>, <other> agree to <length> ceasefire around <place>"
	agencyOne = "<place>, May 6 (Reuters) - <one> and <other> agreed on Tuesday to a <length> ceasefire that starts at midnight, after three weeks of fighting that cut off food and water for tens of thousands of people."
	plainCopy = "<one> and <other> have agreed to a <length> ceasefire around <place> that starts at midnight and lets convoys with flour, water and fuel reach the hospitals which have gone without for a month."
	ownWords  = "The guns around <place> are to rest from midnight: <one> and <other> have agreed to a <length> ceasefire, this paper's correspondent learnt from people who were in the room."
)

func originPatterns() []originPattern {
	return []originPattern{
		{"an agency's text in two papers", 2, 1, [][3]string{{"gazette", headOne, agencyOne}, {"herald", headTwo, agencyOne}}},
		{"a copy in three papers that names no agency", 3, 1, [][3]string{{"gazette", headOne, plainCopy}, {"herald", headTwo, plainCopy}, {"post", headOne, plainCopy + " More follows."}}},
		{"a copy twice in one paper", 1, 1, [][3]string{{"gazette", headOne, plainCopy}, {"gazette", headTwo, plainCopy}}},
		{"a copy and a paper's own report", 2, 2, [][3]string{{"gazette", headOne, agencyOne}, {"herald", headTwo, ownWords}}},
		{"one spokesman in two papers", 2, 1, [][3]string{
			{"gazette", headOne, "<one> and <other> agreed to a <length> ceasefire, <spokesman> said on Tuesday."},
			{"herald", headTwo, "Around <place>, <one> will observe a <length> ceasefire with <other>, <spokesman> told reporters."},
		}},
		{"one mediator in three papers", 3, 1, [][3]string{
			{"gazette", headOne + ", <mediator> says", "<mediator> said <one> and <other> had agreed to a <length> ceasefire."},
			{"herald", "<mediator> says <one> and <other> agree to <length> ceasefire", "<one> and <other> agreed to a <length> ceasefire around <place>, <mediator> said on Tuesday."},
			{"post", headTwo, "<one> and <other> have agreed to a <length> ceasefire, according to <mediator>."},
		}},
		{"a mediator and a state that knows it too", 2, 2, [][3]string{
			{"gazette", headOne + ", <mediator> says", "<mediator> said <one> and <other> had agreed to a <length> ceasefire."},
			{"herald", headTwo + ", <second> says", "<one> and <other> have agreed to a <length> ceasefire, <second> said."},
		}},
		{"a mediator and the United Nations", 2, 2, [][3]string{
			{"gazette", headOne + ", <mediator> says", "<mediator> said <one> and <other> had agreed to a <length> ceasefire."},
			{"herald", headTwo + ", UN says", "<one> and <other> have agreed to a <length> ceasefire, the United Nations said."},
		}},
		{"the United Nations under two names", 2, 1, [][3]string{
			{"gazette", headOne + ", UN says", "The UN said <one> and <other> had agreed to a <length> ceasefire."},
			{"herald", headTwo, "<one> and <other> have agreed to a <length> ceasefire, the United Nations said."},
		}},
		{"an agency's copy and a paper that cites the agency", 2, 1, [][3]string{
			{"gazette", headOne, agencyOne},
			{"herald", headTwo + ", Reuters reports", "<one> and <other> have agreed to a <length> ceasefire around <place>, Reuters reported."},
		}},
		{"a spokesman who told an agency", 2, 1, [][3]string{
			{"gazette", headOne, "<one> and <other> agreed to a <length> ceasefire, <spokesman> told Reuters."},
			{"herald", headTwo, "<one> and <other> have agreed to a <length> ceasefire around <place>, <spokesman> said."},
		}},
		{"unnamed officials of two papers", 2, 2, [][3]string{
			{"gazette", headOne + ", officials say", "<one> and <other> agreed to a <length> ceasefire, officials said."},
			{"herald", headTwo + ", sources say", "<one> and <other> have agreed to a <length> ceasefire, sources said."},
		}},
	}
}

// originSets are the patterns in the wars, each what one desk would meet within two
// hours, and a mediator's word that a paper in another language carries too.
func originSets() []originSet {
	var sets []originSet
	for _, w := range originWars() {
		for _, p := range originPatterns() {
			set := originSet{name: fmt.Sprint(w.name, ": ", p.name), outlets: p.outlets, origins: p.origins}
			for _, it := range p.items {
				set.items = append(set.items, english(it[0], w.in(it[1]), w.in(it[2])))
			}
			sets = append(sets, set)
		}
		told := english("gazette", w.in(headOne+", <mediator> says"), w.in("<mediator> said <one> and <other> had agreed to a <length> ceasefire."))
		sets = append(sets, originSet{w.name + ": one mediator in two languages", 2, 1, []carried{told, {"le-matin", "fr", w.fr[0], w.fr[1]}}})
	}
	return sets
}
