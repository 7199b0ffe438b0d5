package news

// storyWeights judge items by their words alone, for GroupOnly. They were fitted by
// TestFitStories over three sets of stories that are not about ceasefires.
func storyWeights() weights {
	return weights{bias: -1.85, signal: [signals]float64{sigText: 3.5, sigTextAll: 4, sigNames: 1, sigAhead: 1, sigRivals: -4, sigAge: 0.2}}
}

// foreignWeights judge an item against a development that nobody told in the item's
// language. Names of the catalogue, kinds, figures, days and speakers hold across
// languages. They are set by hand: the labelled streams are English.
func foreignWeights() weights {
	return weights{bias: -5.5, signal: [signals]float64{
		sigNames: 1.5, sigNumbers: 1, sigKind: 1.5, sigKinds: 0.5, sigSpeaker: 1, sigSpeakers: -1, sigParties: 1,
		sigFigure: 1.2, sigFigures: -0.8, sigDay: 0.8, sigExpect: -1, sigHours: 1.2, sigFresh: 0.8, sigViolation: 0.8, sigSuperseded: -0.5,
	}}
}

// stepWeights judge an item that tells a step. They were fitted by TestFitSteps over
// the five labelled streams whose items may be read.
func stepWeights() weights {
	return weights{bias: -6.85, signal: [signals]float64{
		sigText:          1.42,
		sigTextMean:      1.37,
		sigTextAll:       1.93,
		sigTitle:         0.62,
		sigLead:          1.56,
		sigSubjects:      -0.50,
		sigNames:         0.18,
		sigNumbers:       0.67,
		sigCopy:          -0.16,
		sigOutlet:        -0.42,
		sigAhead:         0.40,
		sigRivals:        -2.43,
		sigKind:          0.47,
		sigKinds:         0.74,
		sigMainIn:        0.82,
		sigApart:         -2.00,
		sigSpeaker:       0.41,
		sigSpeakers:      -0.12,
		sigParties:       0.19,
		sigFigures:       -0.06,
		sigExpect:        -0.60,
		sigHours:         2.24,
		sigFresh:         2.07,
		sigAge:           1.95,
		sigDeal:          0.85,
		sigFighting:      -0.16,
		sigTalks:         -0.03,
		sigRelief:        -0.83,
		sigWords:         -1.67,
		sigDealHours:     0.27,
		sigFightingHours: 1.29,
		sigTalksHours:    0.34,
		sigReliefHours:   -0.09,
		sigWordsHours:    -0.68,
		sigWordsSpeaker:  0.53,
		sigViolation:     0.62,
		sigSuperseded:    -0.49,
		sigCrowd:         -1.51,
	}}
}
