package news

// storyWeights judge items by their words alone, for GroupOnly. They were fitted by
// TestFitStories over three sets of stories that are not about ceasefires.
func storyWeights() weights {
	return weights{bias: -1.85, signal: [signals]float64{sigText: 3.5, sigTextAll: 4, sigNames: 1, sigAhead: 1, sigRivals: -4, sigAge: 0.2}}
}

// foreignWeights judge an item against a development that nobody told in the item's
// language. Names of the catalogue, word classes, kinds, figures and speakers hold
// across languages. They were fitted by TestFitSteps to the same streams without
// their words.
func foreignWeights() weights {
	return weights{bias: -9.01, signal: [signals]float64{
		sigNumbers:       0.56,
		sigClasses:       1.53,
		sigActs:          0.86,
		sigActor:         0.47,
		sigActors:        -0.16,
		sigHeadNames:     0.64,
		sigNewNames:      -0.62,
		sigKinds:         0.59,
		sigMainIn:        0.58,
		sigApart:         -2.00,
		sigSpeaker:       0.89,
		sigSpeakers:      -0.21,
		sigParties:       0.40,
		sigFigures:       -0.36,
		sigExpect:        -0.49,
		sigHours:         1.66,
		sigFresh:         1.34,
		sigAge:           1.62,
		sigSince:         1.93,
		sigLatest:        0.94,
		sigCrowd:         -1.05,
		sigRelief:        -0.54,
		sigWords:         -0.64,
		sigDealHours:     0.16,
		sigFightingHours: 0.42,
		sigTalksHours:    0.50,
		sigReliefHours:   -0.22,
		sigWordsHours:    -0.32,
		sigWordsSpeaker:  0.29,
	}}
}

// stepWeights judge an item that tells a step. They were fitted by TestFitSteps over
// the five labelled streams whose items may be read.
func stepWeights() weights {
	return weights{bias: -8.40, signal: [signals]float64{
		sigText:          0.77,
		sigTextMean:      1.25,
		sigTextAll:       0.88,
		sigTitle:         0.17,
		sigCovers:        0.55,
		sigLead:          1.29,
		sigNumbers:       0.43,
		sigOutlet:        -0.61,
		sigAhead:         0.32,
		sigRivals:        -0.29,
		sigStory:         1.15,
		sigClasses:       0.04,
		sigActs:          0.64,
		sigActor:         0.46,
		sigHeadNames:     0.02,
		sigNewNames:      -0.56,
		sigKinds:         0.14,
		sigMainIn:        1.53,
		sigApart:         -2.00,
		sigSpeaker:       0.51,
		sigSpeakers:      -0.34,
		sigFigures:       -0.43,
		sigExpect:        -0.55,
		sigHours:         0.77,
		sigFresh:         2.11,
		sigAge:           2.79,
		sigSince:         0.82,
		sigLatest:        0.04,
		sigCrowd:         -0.74,
		sigRelief:        -0.70,
		sigWords:         -0.86,
		sigDealHours:     0.09,
		sigFightingHours: 0.64,
		sigTalksHours:    0.23,
		sigReliefHours:   0.08,
		sigWordsHours:    -0.12,
		sigWordsSpeaker:  0.46,
		sigViolation:     0.22,
	}}
}
