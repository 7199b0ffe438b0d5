package bot

import (
	"context"
	"net"
	"sync"
)

// link is the supervisor's hold on one connection: it dials, it can end it at any time,
// and it knows why it ended. Safe for concurrent use.
type link struct {
	ended chan struct{} // capacity 1; receives once the session is over
	tempo tempo

	mu   sync.Mutex
	conn *gateConn
	why  error // set by kill
}

// dial is the session's dialer. After kill it refuses.
func (l *link) dial(ctx context.Context, proxy proxyFor, addr string, encrypted bool) (net.Conn, error) {
	c, err := dialGateway(ctx, proxy, addr, encrypted)
	if err != nil {
		return nil, err
	}
	gate := newGateConn(c, l.tempo.idle)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.why != nil {
		_ = c.Close() // never used
		return nil, l.why
	}
	l.conn = gate
	return gate, nil
}

// kill ends the connection, and every one that is still to be made.
func (l *link) kill(why error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.why == nil {
		l.why = why
	}
	if l.conn != nil {
		l.conn.kill(why)
	}
}

// explain prefers the cause that the connection saw to what discordgo made of it.
func (l *link) explain(err error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn == nil {
		return err
	}
	if cause := l.conn.cause(); cause != nil {
		return cause
	}
	return err
}

func (l *link) over() {
	select {
	case l.ended <- struct{}{}:
	default:
	}
}
