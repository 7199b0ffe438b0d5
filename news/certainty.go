package news

// Certainty is how sure the desk is of what it made of an item. Precision rises with
// consequence: what is not certain is told one step lower, ranks lower, and starts
// and ends no arrangement until a second origin says the same.
type Certainty int

// The certainties. High is the zero value: a development says otherwise only where
// the desk found a reason.
const (
	// CertaintyHigh: the kind stands in the headline of a post.
	CertaintyHigh Certainty = iota
	// CertaintyFair: the headline says "Report" and quotes who reports what.
	CertaintyFair
	// CertaintyLow: told in digests only, as a report.
	CertaintyLow
)

// String is the certainty's name in explanations.
func (c Certainty) String() string {
	switch c {
	case CertaintyHigh:
		return "high"
	case CertaintyFair:
		return "fair"
	default:
		return "low"
	}
}

// at ranks a development that is known with this certainty only.
func (s Severity) at(c Certainty) Severity {
	switch c {
	case CertaintyHigh:
		return s
	case CertaintyFair:
		return min(s+1, Background)
	default:
		return Background
	}
}
