package notify

// Choices are what a moderator may set beyond what a subscription is of.
type Choices struct {
	Reminders bool `json:"reminders,omitempty"` // a day before a deadline
	SayEmpty  bool `json:"sayEmpty,omitempty"`  // a digest without news is sent too
}
