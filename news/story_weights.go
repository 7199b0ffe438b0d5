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
	return weights{bias: -6.67, signal: [signals]float64{
		sigText:          2.51,
		sigTextMean:      1.41,
		sigTextAll:       1.96,
		sigTitle:         0.86,
		sigLead:          0.58,
		sigSubjects:      -0.43,
		sigNames:         0.51,
		sigNumbers:       0.67,
		sigCopy:          -0.16,
		sigOutlet:        -0.49,
		sigAhead:         0.33,
		sigRivals:        -2.22,
		sigKind:          0.69,
		sigKinds:         0.47,
		sigMainIn:        0.40,
		sigApart:         -2.00,
		sigSpeaker:       0.97,
		sigSpeakers:      -0.11,
		sigParties:       0.37,
		sigFigures:       -0.34,
		sigExpect:        -0.41,
		sigHours:         2.02,
		sigFresh:         2.19,
		sigAge:           1.81,
		sigDeal:          -0.03,
		sigFighting:      -0.57,
		sigTalks:         0.11,
		sigRelief:        -0.50,
		sigWords:         -0.88,
		sigDealHours:     0.40,
		sigFightingHours: 0.69,
		sigTalksHours:    0.16,
		sigReliefHours:   0.23,
		sigWordsHours:    -0.85,
		sigWordsSpeaker:  0.99,
		sigViolation:     1.04,
		sigSuperseded:    -0.48,
		sigCrowd:         -1.48,
	}}
}
