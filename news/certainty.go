package news

// Certainty is how sure the desk is that a development is what its kind says.
// Precision rises with consequence: what the desk is not sure of is told one step
// lower.
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

// String is the word that --explain prints.
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
