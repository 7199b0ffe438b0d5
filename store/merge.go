package store

import "trucewire/notify"

// merge says what is kept when a post is planned that is owed already: the progress of
// what is kept, the wishes of what is planned.
func merge(kept, planned notify.Message) notify.Message {
	if kept.Form != notify.FormPost || planned.Want < kept.Want {
		return kept
	}
	m := kept
	m.Want, m.Severity = planned.Want, planned.Severity
	if kept.Have == 0 {
		m.Silent = planned.Silent
	} else {
		m.Reason = planned.Reason
	}
	if planned.Want == kept.Want {
		return m
	}
	m.DueAt = planned.DueAt
	if m.State == notify.StateSent && m.Have < m.Want {
		m.State = notify.StateOwed
	}
	return m
}
