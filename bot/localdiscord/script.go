package localdiscord

// Script says how the gateway behaves towards one connection. The zero value is a
// gateway that works.
type Script struct {
	NoHello    bool // the connection is open and silent
	NoACK      bool // heartbeats are not acknowledged
	OnConnect  Step // instead of HELLO
	OnIdentify Step // instead of READY
	OnResume   Step // instead of RESUMED
}

// Step is one act of the gateway. The zero value does nothing.
type Step struct {
	Reconnect bool // Op 7
	Invalid   bool // Op 9
	Resumable bool // what Op 9 says
	Close     int  // close code
	Drop      bool // the connection breaks without a close frame
}

// act does the step and reports whether there was anything to do.
func (st Step) act(c *conn) bool {
	switch {
	case st.Reconnect:
		c.push(payload(opReconnect, nil))
	case st.Invalid:
		c.push(payload(opInvalidSession, st.Resumable))
	case st.Close != 0:
		c.close(st.Close)
	case st.Drop:
		c.drop()
	default:
		return false
	}
	return true
}

// Script sets how the next gateway connections behave, one script each; later ones are
// served as usual.
func (s *Server) Script(next ...Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hub.scripts = append(s.hub.scripts, next...)
}

func (h *hub) nextScript() Script {
	if len(h.scripts) == 0 {
		return Script{}
	}
	first := h.scripts[0]
	h.scripts = h.scripts[1:]
	return first
}

// Gateway does the step to every open connection now and returns how many there were.
func (s *Server) Gateway(step Step) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.hub.conns {
		step.act(c)
	}
	return len(s.hub.conns)
}

// Duplicate makes the gateway deliver the next n interactions twice, as it may after
// trouble.
func (s *Server) Duplicate(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hub.duplicates = n
}

// AllowResume makes sessions outlive their connections, so that RESUME succeeds and
// missed events are sent again. At first RESUME is answered with Op 9, false.
func (s *Server) AllowResume(allowed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hub.resumable = allowed
}

// Identifies is how many IDENTIFYs were received; Discord allows 1,000 in 24 hours.
func (s *Server) Identifies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hub.identifies
}

// Connected is how many identified gateway sessions are open.
func (s *Server) Connected() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.hub.connected()
}

func (h *hub) connected() int {
	n := 0
	for _, sess := range h.sessions {
		if sess.conn != nil {
			n++
		}
	}
	return n
}
