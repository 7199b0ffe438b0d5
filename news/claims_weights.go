package news

// claimWeights tell which sentences of an article are claims, and of what kind. They
// are printed by cmd/fit, which judges them on articles left out.
func claimWeights() map[string]float64 {
	return map[string]float64{
		"bias":                -3.87,
		"claim-actors":        0.27,
		"claim-after-process": 0.44,
		"claim-background":    -0.29,
		"claim-dead":          -0.20,
		"claim-impartial":     0.79,
		"claim-late":          -0.60,
		"claim-lead":          0.68,
		"claim-leader":        0.46,
		"claim-outsider":      -0.50,
		"claim-process":       0.34,
		"claim-relief":        0.45,
		"claim-second":        0.65,
		"claim-short":         -0.67,
		"claim-talks":         0.55,
		"claim-title":         -0.76,
		"claim-truce":         1.38,
		"force-lead":          0.90,
		"group-force":         -0.52,
		"group-pact":          -0.55,
		"group-talks":         -0.13,
		"group-voice":         -1.18,
		"likeliest":           0.29,
		"likelihood":          0.29,
		"main-kind":           0.51,
		"phrase":              1.12,
		"phrase-aside":        -0.60,
		"phrase-expected":     0.32,
		"position-truce":      0.78,
		"voice-truce":         0.41,
		"word":                0.31,
	}
}
