package news

import "time"

// Process is how far a conflict's sides have come, derived from its standings.
type Process string

// The processes.
const (
	ProcessNone        Process = "none"
	ProcessTalks       Process = "talks"
	ProcessArrangement Process = "arrangement"
)

// ProcessOf derives the process of a conflict from its standings: an arrangement that
// was agreed and is not over, else talks, else none. A plan that is only proposed is
// no process.
func ProcessOf(standings []Standing, c ConflictID) Process {
	process := ProcessNone
	for _, s := range standings {
		switch {
		case s.Conflict != c:
		case s.live():
			return ProcessArrangement
		case s.Status == StatusNegotiating:
			process = ProcessTalks
		}
	}
	return process
}

// Stale reports whether nobody has confirmed the status for too long: three days of
// one in force, fourteen of talks.
func (s Standing) Stale(now time.Time) bool {
	switch {
	case s.running():
		return now.Sub(s.At) > staleInForce
	case s.Status == StatusNegotiating:
		return now.Sub(s.At) > staleTalks
	default:
		return false
	}
}

// DueUnconfirmed reports whether an agreed arrangement was to begin by now and nobody
// has confirmed that it did.
func (s Standing) DueUnconfirmed(now time.Time) bool {
	return s.Status == StatusAgreed && !s.Start.IsZero() && !now.Before(s.Start)
}
