package news

// Certainty is how sure the reader is of what it made of an item. Precision rises with
// consequence: what is not certain ranks lower, and it starts and ends no arrangement
// until a second origin says the same.
type Certainty int

// The certainties. The zero value is the one that nothing is held back for.
const (
	CertaintyHigh Certainty = iota
	CertaintyFair           // ranks one step lower
	CertaintyLow            // digest only
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
