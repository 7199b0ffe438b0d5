package localdiscord

import "slices"

// EventKind says what happened to a message.
type EventKind int

// The kinds of events.
const (
	Created EventKind = iota
	Edited
	Deleted
)

// String names the kind in lower case.
func (k EventKind) String() string {
	switch k {
	case Created:
		return "created"
	case Edited:
		return "edited"
	}
	return "deleted"
}

// Event is one thing that members see happen. Message.Viewer tells who sees it when it
// is not the whole channel.
type Event struct {
	Kind    EventKind
	Message Message // after the change; for Deleted as it was
	Before  Message // for Edited: as it was before
}

type listener struct {
	tell func(Event)
}

// OnMessage calls f for every message that is created, edited or deleted from now on,
// in the order in which it happened, one at a time. When the bot's request is answered,
// f has returned for what the request did. So f must be quick, and must not wait for
// the bot: it may read (Messages), it must not Invoke, Click, Type, Say or Delete. When
// Invoke and its kin return, f has returned for what they report. The returned function
// ends it.
func (s *Server) OnMessage(f func(Event)) (stop func()) {
	l := &listener{f}
	s.mu.Lock()
	s.listeners = append(s.listeners, l)
	s.mu.Unlock()
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.listeners = slices.DeleteFunc(s.listeners, func(o *listener) bool { return o == l })
	}
}

// flush delivers the events that are waiting.
func (s *Server) flush() {
	s.deliver.Lock()
	defer s.deliver.Unlock()
	for {
		s.mu.Lock()
		events, listeners := s.world.events, slices.Clone(s.listeners)
		s.world.events = nil
		s.mu.Unlock()
		if len(events) == 0 {
			return
		}
		for _, e := range events {
			for _, l := range listeners {
				l.tell(e)
			}
		}
	}
}
