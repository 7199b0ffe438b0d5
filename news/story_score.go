package news

import (
	"fmt"
	"math"
)

// signal names one thing that speaks for or against an item belonging to a
// development. Signals run from 0 to 1.
type signal int

const (
	sigText          signal = iota // words in common with the nearest item, by rarity
	sigTextMean                    // words in common on average over the items
	sigTextAll                     // words in common with all its items taken together
	sigTitle                       // words of the headlines in common, nearest item
	sigCovers                      // a headline of its items told anywhere in the item
	sigLead                        // the headlines' first words in common: who does what
	sigSubjects                    // no headline begins alike
	sigNames                       // names in common, nearest item
	sigNumbers                     // numbers in common, nearest item
	sigOutlet                      // an outlet that has told it before
	sigAhead                       // ahead of the next best development by words
	sigRivals                      // words in common with the next best development
	sigStory                       // one story as far as words tell, a probability
	sigClasses                     // word classes of the headlines in common, by rarity
	sigActs                        // told as done, expected or denied alike
	sigActor                       // the headlines' first catalogue name in common
	sigActors                      // the headlines begin with different catalogue names
	sigHeadNames                   // catalogue names of the headlines in common
	sigNewNames                    // catalogue names of the headline that its items nowhere tell
	sigKinds                       // some kind in common
	sigMainIn                      // the main kind of one among the kinds of the other
	sigApart                       // neither main kind among the other's kinds, and of another family
	sigTurns                       // neither, and both turn the status
	sigSpeaker                     // the same speaker
	sigSpeakers                    // both name speakers, none in common
	sigParties                     // parties in common
	sigFigure                      // a figure in common
	sigFigures                     // both tell figures of one thing, none in common
	sigDay                         // the same day told
	sigExpect                      // one expects what the other reports as done
	sigHours                       // published within hours of the newest item
	sigFresh                       // published within days of the newest item
	sigAge                         // published within days of the first item
	sigSince                       // few items of the conflict since its newest item
	sigLatest                      // the newest of those with the item's main kind
	sigCrowd                       // how many developments of the conflict are told these days
	sigRelief                      // both aid, exchange, monitors or withdrawal
	sigWords                       // both statements or refusals
	sigDealHours                   // both a deal, its start, extension or answer, within hours of the newest item
	sigFightingHours               // both fighting, within hours
	sigTalksHours                  // both talks, plans or mediation, within hours
	sigReliefHours                 // both aid, exchange, monitors or withdrawal, within hours
	sigWordsHours                  // both statements or refusals, within hours
	sigWordsSpeaker                // both statements, by one speaker
	sigViolation                   // both tell of a broken truce, within a day
	sigRare                        // the rarest word in common
	sigRareTitle                   // the rarest word of the headlines in common
	sigShort                       // an item of a headline alone
	sigShortText                   // words in common with it
	sigSize                        // many items tell the development
	signals                        // how many there are
)

// String is the signal's name in explanations.
func (s signal) String() string {
	return [signals]string{
		"text", "text.mean", "text.all", "title", "covers", "lead", "subjects.differ", "names", "numbers", "outlet", "ahead",
		"rivals", "story", "classes", "acts", "actor", "actors.differ", "head.names", "new.names", "kinds", "main.in", "apart", "turns",
		"speaker", "speakers.differ", "parties", "figure", "figures.differ", "day", "expect", "hours", "fresh", "age", "since",
		"latest", "crowd", "relief", "words", "deal.hours", "fighting.hours", "talks.hours", "relief.hours", "words.hours",
		"words.speaker", "violation", "rare", "rare.title", "short", "short.text", "size",
	}[s]
}

// match is how well an item fits a development.
type match struct {
	story   *story
	minor   bool // so far only told in passing: no words of its own
	foreign bool // no item in the item's language: words do not compare
	signals [signals]float64
	score   float64 // above 0: the same step
	rival   string  // the next best development and its score, for --explain
}

func (m *match) raise(s signal, v float64) { m.signals[s] = max(m.signals[s], v) }

// explain lists the signals that decided, for --explain.
func (m match) explain() []string {
	why := []string{fmt.Sprintf("story.score %.2f with %s", m.score, m.story.ID)}
	if m.rival != "" {
		why = append(why, "story.rival "+m.rival)
	}
	for i, v := range m.signals {
		if v != 0 {
			why = append(why, fmt.Sprintf("%s %.2f", signal(i), v))
		}
	}
	return why
}

// weights say how much each signal speaks for one step (above 0) or against it.
type weights struct {
	bias   float64
	signal [signals]float64
}

func (w weights) score(s [signals]float64) float64 {
	sum := w.bias
	for i, v := range s {
		sum += w.signal[i] * v
	}
	return sum
}

// judges are the weights of the three ways to compare an item with a development.
type judges struct {
	story, step, foreign weights
}

// asStories tells of each match how likely words alone would make it one story. That
// was learnt from far more stories than there are labelled streams of ceasefires.
func (j judges) asStories(all []match) {
	for i := range all {
		if !all[i].minor {
			all[i].signals[sigStory] = 1 / (1 + math.Exp(-j.story.score(all[i].signals)))
		}
	}
}
