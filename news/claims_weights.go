package news

// claimWeights tell which sentences of an article are claims, and of what kind. They
// are printed by cmd/fit, which judges them on articles left out.
func claimWeights() map[string]float64 {
	return map[string]float64{
		"bias":                -3.89,
		"claim-actors":        0.30,
		"claim-after-process": 0.39,
		"claim-background":    -0.16,
		"claim-dead":          -0.21,
		"claim-impartial":     0.81,
		"claim-late":          -0.59,
		"claim-lead":          0.67,
		"claim-leader":        0.49,
		"claim-outsider":      -0.47,
		"claim-process":       0.36,
		"claim-relief":        0.52,
		"claim-second":        0.52,
		"claim-short":         -0.69,
		"claim-talks":         0.58,
		"claim-title":         -0.80,
		"claim-truce":         1.43,
		"force-lead":          0.93,
		"group-force":         -0.51,
		"group-pact":          -0.63,
		"group-position":      0.05,
		"group-talks":         -0.23,
		"group-voice":         -1.04,
		"likeliest":           0.25,
		"likelihood":          0.31,
		"main-kind":           0.37,
		"phrase":              1.13,
		"phrase-aside":        -0.62,
		"phrase-expected":     0.31,
		"position-truce":      0.83,
		"voice-truce":         0.72,
		"word":                0.38,
	}
}
