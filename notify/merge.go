package notify

import "trucewire/news"

// Merge says what an outbox keeps when a message is owed whose key it has: the progress
// of what is kept, the wishes of what is planned. Only a post is ever owed twice, and a deadline
// that waits may be moved or withdrawn; any other message stays as it is. Stores call it inside the transaction that owes, because
// the planner decided on a copy that the dispatcher may have moved on from.
func Merge(kept, planned Message) Message {
	if kept.Reason == news.ReasonDeadline && planned.Reason == news.ReasonDeadline {
		return mergeDeadline(kept, planned)
	}
	if kept.Form != FormPost || planned.Want < kept.Want {
		return kept
	}
	m := kept
	m.Want = planned.Want
	m.Severity = planned.Severity
	switch {
	case kept.Have == 0 && kept.MessageID == "":
		m.Silent = planned.Silent // nothing has gone out that set it
	case planned.Reason == news.ReasonFirst:
		m.Reason = news.ReasonAdds // it went out since the planner looked
	default:
		m.Reason = planned.Reason
	}
	if planned.Want == kept.Want {
		return m
	}
	m.DueAt = planned.DueAt
	if m.State == StateSent && m.Have < m.Want {
		m.State = StateOwed
	}
	return m
}
