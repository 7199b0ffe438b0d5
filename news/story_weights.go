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
	return weights{bias: -8.91, signal: [signals]float64{
		sigNumbers:       0.66,
		sigClasses:       1.62,
		sigActs:          0.77,
		sigActor:         0.45,
		sigActors:        -0.09,
		sigHeadNames:     0.70,
		sigNewNames:      -0.56,
		sigKinds:         0.64,
		sigMainIn:        0.54,
		sigApart:         -2.00,
		sigTurns:         -2.00,
		sigSpeaker:       0.75,
		sigSpeakers:      -0.16,
		sigParties:       0.50,
		sigFigures:       -0.25,
		sigExpect:        -0.69,
		sigHours:         1.62,
		sigFresh:         1.22,
		sigAge:           1.88,
		sigSince:         1.90,
		sigLatest:        0.66,
		sigCrowd:         -1.15,
		sigRelief:        -0.34,
		sigWords:         -0.47,
		sigDealHours:     0.18,
		sigFightingHours: 0.17,
		sigTalksHours:    0.56,
		sigReliefHours:   -0.25,
		sigWordsHours:    -0.30,
		sigWordsSpeaker:  0.37,
		sigViolation:     0.22,
	}}
}

// stepWeights judge an item that tells a step. They were fitted by TestFitSteps over
// the five labelled streams whose items may be read.
func stepWeights() weights {
	return weights{bias: -8.61, signal: [signals]float64{
		sigText:          0.88,
		sigTextMean:      1.78,
		sigTextAll:       1.11,
		sigTitle:         0.22,
		sigCovers:        0.78,
		sigLead:          1.18,
		sigSubjects:      -0.10,
		sigNumbers:       0.16,
		sigOutlet:        -0.56,
		sigAhead:         0.03,
		sigRivals:        -0.15,
		sigStory:         1.08,
		sigActs:          0.47,
		sigActor:         0.38,
		sigHeadNames:     0.02,
		sigNewNames:      -0.41,
		sigKinds:         0.03,
		sigMainIn:        1.07,
		sigApart:         -2.00,
		sigTurns:         -2.00,
		sigSpeaker:       0.43,
		sigSpeakers:      -0.04,
		sigParties:       0.05,
		sigFigures:       -0.31,
		sigExpect:        -0.93,
		sigHours:         0.83,
		sigFresh:         1.67,
		sigAge:           2.92,
		sigSince:         0.85,
		sigLatest:        0.19,
		sigCrowd:         -0.77,
		sigRelief:        -0.36,
		sigWords:         -0.73,
		sigDealHours:     0.25,
		sigFightingHours: 0.50,
		sigTalksHours:    0.44,
		sigReliefHours:   -0.09,
		sigWordsHours:    -0.30,
		sigWordsSpeaker:  0.21,
		sigViolation:     0.41,
	}}
}
