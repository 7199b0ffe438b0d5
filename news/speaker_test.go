package news_test

import (
	"testing"

	"trucewire/news"
)

// voiced is a text and who answers for its last sentence.
type voiced struct {
	text  string
	by    string // as named; empty: the outlet itself
	class news.SpeakerClass
	grade news.Grade
}

func TestReadAttributesToTheNearestResponsibleSpeaker(t *testing.T) {
	const (
		party, un, mediator = news.SpeakerParty, news.SpeakerUN, news.SpeakerMediator
		state, monitor      = news.SpeakerState, news.SpeakerMonitor
		media, anonymous    = news.SpeakerMedia, news.SpeakerAnonymous
		claimed, stated     = news.Claimed, news.Stated
		reported, verified  = news.Reported, news.Verified
	)
	for _, c := range []voiced{
		// plain order
		{"The Houthis said on Tuesday that the truce in Marib was holding.", "Houthis", party, claimed},
		{"Houthi officials told reporters that no shell had fallen.", "Houthi officials", party, claimed},
		{"The Yemeni government announced that it would send a delegation to Muscat.", "Yemeni government", party, claimed},
		{"UNMHA reported 12 incidents along the coast road.", "UNMHA", un, stated},
		{"The United Nations also said late on Monday that two trucks had crossed.", "United Nations", un, stated},
		{"Oman said the two sides would meet again.", "Oman", mediator, stated},
		{"Norway's foreign ministry confirmed that it had been asked for help.", "Norway’s foreign ministry|Norway's foreign ministry", state, stated},
		{"Hans Lindqvist said the port would reopen.", "Hans Lindqvist", state, stated},
		{"Lindqvist said the port would reopen.", "Lindqvist", state, stated},
		{"Rebels said they had taken the bridge.", "Rebels", party, claimed},
		{"The military said three soldiers were wounded.", "military", party, claimed},
		{"Mediators say the two lists of prisoners are ready.", "Mediators", mediator, stated},
		{"A war monitor said shelling went on until dawn.", "war monitor", monitor, stated},
		{"The Marib Observatory said shelling went on until dawn.", "Marib Observatory", monitor, stated},
		// according to, per, citing
		{"Four villages were shelled, according to the Houthis.", "Houthis", party, claimed},
		{"According to a Yemeni government spokesman, four villages were shelled.", "Yemeni government spokesman", party, claimed},
		{"Four villages were shelled overnight, per the coast guard.", "coast guard", state, stated},
		{"The radio reported, citing the Houthis, that talks had stopped.", "Houthis", party, claimed},
		{"Talks had stopped, state television said, quoting the Houthis.", "Houthis", party, claimed},
		{"Talks had stopped, UNMHA said, according to the Harbour Post.", "UNMHA", un, stated},
		{"Talks had stopped, according to Reuters.", "Reuters", media, reported},
		// the verb before the name
		{"\"We will keep the truce,\" said Abdullah Nasser, a farmer in Taiz.", "Abdullah Nasser", state, stated},
		{"\"We will keep the truce,\" said a Houthi spokesman.", "Houthi spokesman", party, claimed},
		{"The road is open again, said a spokeswoman for the Ministry of Transport.", "spokeswoman for the Ministry of Transport", state, stated},
		{"Nobody was hurt, said the Yemeni government on Friday.", "Yemeni government", party, claimed},
		{"The convoy has left, says the UN.", "UN", un, stated},
		// a quotation split by its attribution, and one that goes on
		{"\"The guns are silent,\" the Houthis said, \"and they will stay so.\"", "Houthis", party, claimed},
		{"\"The guns are silent,\" said Nils Berg. \"We hope that they stay so.\"", "Nils Berg", state, stated},
		{"\"The guns are silent,\" said Nils Berg. \"We hope so. Nobody knows.\"", "Nils Berg", state, stated},
		{"Nils Berg told a news conference: \"The guns are silent. They will stay so.\"", "Nils Berg", state, stated},
		// asides
		{"Nils Berg, who led the delegation, said the text was ready.", "Nils Berg", state, stated},
		{"Nils Berg, a colonel of the coast guard, said the text was ready.", "Nils Berg", state, stated},
		{"Oman, another mediator along with the Swiss, said it was working on a new text.", "Oman", mediator, stated},
		{"Nils Berg, 54, said the text was ready.", "Nils Berg", state, stated},
		{"The Supreme Coast Council (SCC) said the text was ready.", "SCC", state, stated},
		{"The official, speaking on condition of anonymity, said the text was ready.", "official", anonymous, claimed},
		// participles
		{"The Houthis turned the text down, saying it did not mention the port.", "Houthis", party, claimed},
		{"The Yemeni government left the hall, accusing the other side of shelling Marib.", "Yemeni government", party, claimed},
		{"UNMHA closed the road, adding that it would look again on Friday.", "UNMHA", un, stated},
		// passives
		{"The shelling was reported by residents of Taiz.", "residents of Taiz", anonymous, claimed},
		{"The plan was announced by Oman on Thursday.", "Oman", mediator, stated},
		{"The Houthis were accused by UNMHA of mining the road.", "UNMHA", un, stated},
		{"The Houthis were accused of mining the road.", "", "", reported},
		{"The families were told to leave the port.", "", "", reported},
		{"Two wells were said to be poisoned.", "", "", reported},
		// pronouns and bodies told by their noun
		{"The Houthis released 20 men. They said more would follow.", "Houthis", party, claimed},
		{"UNMHA opened the road. It said two trucks had crossed.", "UNMHA", un, stated},
		{"The UN mission in Hodeidah opened the road. The mission said two trucks had crossed.", "UN mission in Hodeidah", un, stated},
		{"Norway's foreign ministry sent an envoy. The ministry said he would stay a week.", "Norway’s foreign ministry|Norway's foreign ministry", state, stated},
		{"Nils Berg met the Houthis in Muscat. He said the text was ready.", "Nils Berg", state, stated},
		{"Nils Berg spoke on Monday. The road stayed shut. He said it would open.", "Nils Berg", state, stated},
		{"Brazil's president spoke to Oman by phone, his office said.", "Brazil’s president|Brazil's president", state, stated},
		// sources
		{"A source close to the Houthis said the list was ready.", "source close to the Houthis", anonymous, claimed},
		{"Two sources familiar with the talks said the list was ready.", "Two sources familiar with the talks", anonymous, claimed},
		{"A Houthi military source said the attack was beaten back.", "Houthi military source", party, claimed},
		{"Diplomats said the list was ready.", "Diplomats", anonymous, claimed},
		{"Witnesses in Taiz said tanks had moved.", "Witnesses in Taiz", anonymous, claimed},
		{"Doctors at a field hospital said nine people had died.", "Doctors at a field hospital", anonymous, claimed},
		{"An official in Aden told the Harbour Post that the list was ready.", "official in Aden", anonymous, claimed},
		{"A senior UN official said the list was ready.", "senior UN official", un, stated},
		// nested speakers
		{"A spokesman said the Houthis had told him that the list was ready.", "Houthis", party, claimed},
		{"The Harbour Post said the Houthis told it that the list was ready.", "Houthis", party, claimed},
		{"The Yemeni government said Houthi commanders had accepted the list.", "Yemeni government", party, claimed},
		{"UNMHA said that the Houthis denied mining the road.", "UNMHA", un, stated},
		{"Nils Berg said Yemeni officials had seen the text.", "Nils Berg", state, stated},
		// tweets, posts, letters
		{"\"No more shells,\" Berg tweeted.", "Berg", state, stated},
		{"Berg wrote on his page that no more shells would fall.", "Berg", state, stated},
		{"The Houthis posted that the list was ready.", "Houthis", party, claimed},
		// joint statements
		{"Oman and Norway said the text was ready.", "Oman and Norway", mediator, stated},
		{"The Houthis and the Yemeni government said in a joint statement that the road would open.", "Houthis and the Yemeni government", party, claimed},
		// denials, accusations, calls, vows
		{"The Houthis denied that they had mined the road.", "Houthis", party, claimed},
		{"The Houthis deny mining the road.", "Houthis", party, claimed},
		{"The Yemeni government accused the Houthis of mining the road.", "Yemeni government", party, claimed},
		{"UNMHA urged the two sides to clear the road.", "UNMHA", un, stated},
		{"Norway called on the two sides to clear the road.", "Norway", state, stated},
		{"The Houthis vowed to answer.", "Houthis", party, claimed},
		// verification
		{"UNMHA said it had verified at least nine deaths in Taiz.", "UNMHA", un, verified},
		{"UNMHA said it had not verified the nine deaths in Taiz.", "UNMHA", un, stated},
		{"The nine deaths could not be independently verified.", "", "", reported},
		{"The Houthis said nine people died, which UNMHA has yet to verify.", "Houthis", party, claimed},
		// nouns that look like verbs
		{"There were reports of fighting on Friday along the western road.", "", "", reported},
		{"The report came a day after the road was shut.", "", "", reported},
		{"A rebel report that the road was shut reached Aden late.", "", "", reported},
		{"The Houthis' claims of gains near Marib went round the town.", "", "", reported},
		// clauses that only look like names
		{"Shells fell on Taiz as the truce announced on Monday took hold.", "", "", reported},
		{"Violence in Taiz threatens what was agreed.", "", "", reported},
		{"Residents buried nine people. The road stayed shut.", "", "", reported},
		{"BEIRUT (Reuters) - The Houthis said the road was open.", "Houthis", party, claimed},
		// in the rest of a sentence
		{"The road is shut, but the Houthis said it would open.", "Houthis", party, claimed},
		{"In Taiz, officials said the road was shut.", "officials", anonymous, claimed},
		{"Three soldiers died and two were hurt, the army said in a statement late on Monday.", "army", party, claimed},
	} {
		by, grade := news.VoiceOf(reader(t), "yemen", news.Item{Title: "Yemen", Text: c.text, Lang: "en", Published: reportDay()})
		if !oneOf(c.by, by.Name) || by.Class != c.class || grade != c.grade {
			t.Errorf("%s\n got %q, a %s, %s\nwant %q, a %s, %s", c.text, by.Name, by.Class, grade, c.by, c.class, c.grade)
		}
	}
}

// oneOf reports whether a name is one of those parted by bars.
func oneOf(want, got string) bool {
	for {
		i := 0
		for i < len(want) && want[i] != '|' {
			i++
		}
		if want[:i] == got {
			return true
		}
		if i == len(want) {
			return false
		}
		want = want[i+1:]
	}
}
