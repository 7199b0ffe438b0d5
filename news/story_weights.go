package news

// storyWeights judge items by their words alone, for GroupOnly. They were fitted by
// TestFitStories over three sets of stories that are not about ceasefires.
func storyWeights() weights {
	return weights{bias: -1.85, signal: [signals]float64{sigText: 3.5, sigTextAll: 4, sigLead: 0.5, sigNames: 1, sigAhead: 1, sigRivals: -4, sigAge: 0.2}}
}

// foreignWeights judge an item against a development that nobody told in the item's
// language. Names of the catalogue, word classes, kinds, figures and speakers hold
// across languages. They were fitted by TestFitSteps to the same streams without
// their words.
func foreignWeights() weights {
	return weights{bias: -9.19, signal: [signals]float64{
		sigNumbers:       0.75,
		sigClasses:       2.05,
		sigActs:          1.38,
		sigActor:         0.31,
		sigActors:        -0.13,
		sigHeadNames:     0.49,
		sigNewNames:      -0.57,
		sigKinds:         0.28,
		sigMainIn:        0.36,
		sigApart:         -0.27,
		sigTurns:         -2.00,
		sigSpeaker:       0.99,
		sigParties:       0.14,
		sigFigures:       -0.21,
		sigExpect:        -0.38,
		sigHours:         3.07,
		sigFresh:         1.65,
		sigAge:           1.80,
		sigSince:         1.62,
		sigLatest:        0.57,
		sigCrowd:         -2.16,
		sigRelief:        -0.18,
		sigWords:         -0.42,
		sigDealHours:     0.57,
		sigFightingHours: 0.96,
		sigTalksHours:    0.62,
		sigReliefHours:   -0.23,
		sigWordsHours:    -0.40,
		sigSize:          -0.82,
	}}
}

// stepWeights judge an item that tells a step. They were fitted by TestFitSteps over
// the five labelled streams whose items may be read and those written for this repository.
func stepWeights() weights {
	return weights{bias: -9.06, signal: [signals]float64{
		sigText:          0.60,
		sigTextMean:      0.88,
		sigTextAll:       0.55,
		sigCovers:        0.33,
		sigLead:          0.88,
		sigSubjects:      -0.42,
		sigNumbers:       0.66,
		sigOutlet:        -0.74,
		sigAhead:         0.08,
		sigRivals:        -0.52,
		sigStory:         0.95,
		sigClasses:       0.60,
		sigActs:          1.26,
		sigActor:         0.28,
		sigHeadNames:     0.21,
		sigNewNames:      -0.28,
		sigMainIn:        0.93,
		sigApart:         -0.19,
		sigTurns:         -2.00,
		sigSpeaker:       0.55,
		sigFigures:       -0.12,
		sigExpect:        -0.61,
		sigHours:         2.48,
		sigFresh:         2.18,
		sigAge:           2.14,
		sigSince:         0.59,
		sigLatest:        0.08,
		sigCrowd:         -1.22,
		sigRelief:        -0.20,
		sigWords:         -0.65,
		sigDealHours:     0.79,
		sigFightingHours: 1.10,
		sigTalksHours:    0.59,
		sigReliefHours:   -0.13,
		sigWordsHours:    -0.38,
		sigViolation:     0.06,
		sigRare:          0.94,
		sigRareTitle:     0.33,
		sigShort:         -0.37,
		sigShortText:     0.28,
		sigSize:          -1.72,
	}}
}
