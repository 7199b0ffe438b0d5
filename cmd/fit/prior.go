package main

import "strings"

// prior is what the guide to the labels says before any item is seen: the weights
// are drawn to it where the data are silent, as they are on wars that no stream
// holds. The values are round on purpose.
func prior(feature string) float64 {
	if w, ok := priors()[feature]; ok {
		return w
	}
	switch {
	case strings.HasSuffix(feature, "-beside-process@title"):
		return -0.4
	case strings.HasSuffix(feature, "-without-war"):
		return -0.5
	case strings.HasPrefix(feature, "hint+"):
		return -0.1
	case strings.HasSuffix(feature, "~agreement@title"): // both sides' yes
		return 1
	case strings.Contains(feature, "-") && strings.Contains(feature, "~"):
		return 0.3
	case isPhrase(feature) && strings.HasSuffix(feature, "@title"):
		return 1
	case isPhrase(feature) && strings.HasSuffix(feature, "@top"):
		return 0.7
	case strings.HasPrefix(feature, "event-") && strings.HasSuffix(feature, "@lead"):
		return 0.3
	case strings.HasPrefix(feature, "war+") && strings.HasSuffix(feature, "@title"):
		return 0.5
	}
	return 0
}

// isPhrase tells the names of the grammar's phrases: two words at least, and no
// feature of the relevance model.
func isPhrase(feature string) bool {
	for _, p := range []string{"has-", "beside-", "war+", "war-in-words", "event-", "voice-", "process-", "actor-", "phrase", "expected-phrase", "truces-", "article-", "dead-", "conflict-", "two-", "talks-of", "ordeal", "prisoners-of", "title-silent", "live-silent", "no-text", "long-text", "very-long", "short-title", "truce-only", "ends-with", "begins-with", "signed-", "url-", "hint+"} {
		if strings.HasPrefix(feature, p) {
			return false
		}
	}
	return strings.Contains(feature, "-")
}

func priors() map[string]float64 {
	return map[string]float64{
		"bias": -1.5, "conflict-none": -1.5, "war-in-words": -0.3, "conflict-in-title": 0.5,
		"phrase@title": 1, "expected-phrase@title": 0.5, "phrase@lead": 0.3, "phrase@under": 0.3, "war+process-words@lead": 0.2, "war+process-words@under": 0.2,
		"war+truce@title": 1.2, "war+swap@title": 1, "war+captive@title": 0.5, "war+talks@title": 0.2, "war+peacetalks@title": 0.8, "war+deal@title": 0, "war+plan@title": 0, "war+peacedeal@title": 0.8, "war+peaceplan@title": 0.8, "talks-of-two-sides@title": 0.6, "ordeal@title": -0.6, "prisoners-of-peace@top": -2, "title-silent": -1, "live-silent@title": -0.6, "coup@title": -1.5, "coup@top": -0.8, "jail@title": -0.6, "evacuate@title": -0.5, "war+breach@title": 0.3, "war+mediate@title": 0.9, "war+mediator@title": 0.6, "war+access@title": 0.8, "war+monitor@title": 0.4,
		"event-agreement@title": 0.8, "event-in_effect@title": 0.6, "event-extension@title": 0.8, "event-violation@title": 0.8,
		"event-collapse@title": 0.6, "event-expiry@title": 0.6, "event-exchange@title": 1.2, "event-acceptance@title": 0.8,
		"event-rejection@title": 0.6, "event-talks_announced@title": 0.8, "event-talks_held@title": 0.6, "event-talks_failed@title": 0.6,
		"event-proposal@title": 0.6, "event-monitoring@title": 0.4, "event-humanitarian@title": 0.6, "event-mediation@title": 0.4,
		"event-deescalation@title": 0.7, "war+withdraw@title": 0.8,
		"opinion@title": -0.6, "explainer@title": -1.5, "gallery@title": -1, "live@title": -0.2, "dead-beside-process": 0.6, "sport@title": -2, "royal@title": -1.2,
		"trade@title": -1, "history@title": -0.8, "market@title": -1.2, "ends-with-?": -1, "signed-title": -1.5, "begins-with-question-word": -0.8,
		"begins-with-quote": -0.3, "url-opinion": -1.5, "url-media": -0.5, "url-sport": -2, "url-culture": -2, "url-business": -0.5,
		"person@title": -0.3, "emotion@title": -0.5, "protest@title": -0.6, "false@title": -2, "false@lead": -1,
		"actor-first@title": 0.4, "process-in-passing@top": -0.6, "foreign@title": -0.8,
		"voice-call-process@title": 0.6, "voice-welcome-process@title": 0.4, "voice-condemn-voiced@title": 0.2, "voice-say-process@title": 0.5,
		"voice-near-process@title": 0.5, "voice-leaders-meet@title": 0, "voice-actors-meet@title": 0.4, "voice-mediate-process@title": 0.6,
		"counted@title": 1.5, "beside-step@title": -0.5, "told@title": 0.5, "told@lead": 0.2, "clause@title": -0.3, "clause@lead": -0.2, "beside-phrase@title": -1, "aside@title": -0.5, "aside@lead": -0.7,
		"about-news": -2, "labelled@title": -4, "market-beside-process@title": -1.5, "sport-beside-process@title": -1.2, "royal-beside-process@title": -1, "summit-on-war@title": 1, "acted@title": 0.4, "process-aside@title": -0.5, "outsider-speaks@title": -0.8, "elsewhere@title": -0.3,
		"truce-only-late": -0.8, "article-steps": 0.5, "crime@title": -0.5, "domestic@title": -0.5,
	}
}
