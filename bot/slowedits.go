package bot

import (
	"errors"
	"sync"
	"time"

	"trucewire/guild"
	"trucewire/notify"
)

const (
	// slowEdit lies between two edits of a message once Discord found there were too many:
	// of a message older than an hour (30046), or of a published one (20022, observed as
	// three an hour).
	slowEdit = time.Hour
	// slowKept is how long such a message is remembered after it may be edited again; by
	// then it is no longer edited (design.md §9).
	slowKept = 24 * time.Hour
)

// errSlowEdit: the message was edited too often; the newest text goes out when it is time.
var errSlowEdit = errors.New("discord allows this message one edit an hour")

// slowEdits remembers the messages that Discord lets be edited only now and then. What is
// asked for meanwhile is not sent: the dispatcher renders the newest text when it is time,
// so that the last edit is the one that counts. The zero value is ready; safe for
// concurrent use.
type slowEdits struct {
	mu   sync.Mutex
	next map[guild.MessageID]time.Time
}

// wait is how long the message may not be edited yet.
func (s *slowEdits) wait(id guild.MessageID, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.next[id].Sub(now)
}

// note learns from how an edit ended, and returns the error with the wait that it brings.
func (s *slowEdits) note(id guild.MessageID, err error, now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, known := s.next[id]
	e, refused := errors.AsType[*apiError](err)
	if refused {
		f, _ := fateOf(e.Code)
		refused = f == fateSlowEdits
	}
	switch {
	case refused:
		wait := e.After
		if known || e.Code == codePublishedEdits || wait == 0 {
			wait = max(wait, slowEdit)
		}
		s.set(id, now.Add(wait), now)
		return &notify.RetryError{After: wait, Err: err}
	case err == nil && known:
		s.set(id, now.Add(slowEdit), now)
	}
	return err
}

func (s *slowEdits) set(id guild.MessageID, next, now time.Time) {
	if s.next == nil {
		s.next = make(map[guild.MessageID]time.Time)
	}
	for old, at := range s.next {
		if now.Sub(at) > slowKept {
			delete(s.next, old)
		}
	}
	s.next[id] = next
}
