package notify

import "fmt"

// FieldError says what is wrong with one thing that a moderator wrote, and what to
// write instead. Its text is fit to be shown.
type FieldError struct {
	Field   string // the option's name: "schedule", "zone"
	Problem string // "Europe/Atlantis is not a time zone"
	Fix     string // what to do, in the imperative
}

// Error reads "zone: … is not a time zone; use a name such as Europe/Berlin".
func (e *FieldError) Error() string {
	return fmt.Sprintf("%s: %s; %s", e.Field, e.Problem, e.Fix)
}
