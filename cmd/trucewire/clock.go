package main

import (
	"sync"
	"time"
)

// storyClock is a clock that moves only when it is told to. It is safe for
// concurrent use.
type storyClock struct {
	mu sync.Mutex
	at time.Time
}

func newStoryClock(at time.Time) *storyClock { return &storyClock{at: at} }

func (c *storyClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// advance moves the clock to t; it never moves back.
func (c *storyClock) advance(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.After(c.at) {
		c.at = t
	}
}
