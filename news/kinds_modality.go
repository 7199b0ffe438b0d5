package news

import (
	"slices"

	"trucewire/news/lexicon"
)

// modality reads the words before a trigger, and its own form. A comma ends their reach.
func (d *document) modality(s sentence, trigger lexicon.Hit) modality {
	m := asFact
	for _, h := range s.hits {
		if class(h.Class) == cFuture && h.First >= trigger.First && h.Last <= trigger.Last && m == asFact {
			m = asNotYet
		}
		gap := trigger.First - h.Last
		if gap <= 0 || d.brokenBetween(h.Last, trigger.First) {
			continue
		}
		gap = (gap + d.pack.spread - 1) / d.pack.spread
		switch c := class(h.Class); {
		case c == cCall && gap <= calledReach && m == asFact && !voiced(class(trigger.Class)):
			m = asCalled
		case (c == cCondemn || c == cWarn) && gap <= voicedReach && (isForce(class(trigger.Class)) || class(trigger.Class) == cCollapse || class(trigger.Class) == cFail) && m == asFact:
			m = asCalled // "concerned by reports of escalation", "threatens to strike"
		case c == cCondemn && gap <= voicedReach && breaks(class(trigger.Class)) && !accuses(s, h) && m == asFact:
			m = asCalled // "voices regret at a breach"
		case c == cEffort && class(trigger.Class) == cCapture && m == asFact:
			m = asNotYet // "an effort to push on and capture"
		case c == cNot && gap <= negateReach:
			m = asNegated
		case (c == cNotYet || c == cNear) && gap <= notYetReach && (m == asFact || m == asCalled && gap < 2):
			m = asNotYet
		case c == cTo && (gap == 1 || gap <= notYetReach && d.noiseIn("conj", trigger.First-1, trigger.First-1)) && m == asFact && !d.certain(s, h):
			m = asNotYet
		}
	}
	return m
}

// isForce tells the classes of fighting.
func isForce(c class) bool { return c == cAttack || c == cFight }

// breaks tells the classes of breaches, and of force in spite of a truce.
func breaks(c class) bool { return c == cBreach || c == cViolate || c == cContrast || c == cDespite }

// accuses reports whether a word of condemning says who did it.
func accuses(s sentence, condemn lexicon.Hit) bool {
	return slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool {
		return class(h.Class) == cAccuse && h.First <= condemn.Last && h.Last >= condemn.First
	})
}

// voiced tells the classes of a speaker's own act, which a call before does not touch.
func voiced(c class) bool {
	switch c {
	case cCall, cWelcome, cCondemn, cAccuse, cWarn, cSay, cReject, cMediate:
		return true
	}
	return false
}

func (d *document) brokenBetween(from, to int) bool {
	for i := from + 1; i <= to; i++ {
		if d.tokens[i].Comma {
			return true
		}
	}
	return false
}

// certain: "agreed to sign", "appears to hold" are no wish.
func (d *document) certain(s sentence, to lexicon.Hit) bool {
	for _, h := range s.hits {
		if class(h.Class) == cCertain && h.Last == to.First-1 {
			return true
		}
	}
	return false
}
