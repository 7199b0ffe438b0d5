package localdiscord

import (
	"encoding/json"
	"errors"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// conn is one WebSocket connection. Its fields below server are guarded by the
// server's mutex, except where noted.
type conn struct {
	ws     *websocket.Conn
	server *Server
	out    chan frame
	gone   chan struct{} // closed when the connection is cut
	once   sync.Once
	ending atomic.Bool // a close frame is on its way; what the client sends is not heard

	script  Script
	session *session
	sends   []time.Time // of the client in the last minute; readLoop only
}

// frame is what writeLoop sends: data, or a close.
type frame struct {
	data []byte
	code int // not 0: close with it
	drop bool
}

func newConn(s *Server, ws *websocket.Conn) *conn {
	return &conn{ws: ws, server: s, out: make(chan frame, sendQueue), gone: make(chan struct{})}
}

// cut ends the connection at once.
func (c *conn) cut() {
	c.once.Do(func() {
		close(c.gone)
		_ = c.ws.Close() // the other side learns it from the broken connection
	})
}

// push queues a payload; a client that does not read is cut.
func (c *conn) push(p object) {
	data, err := json.Marshal(p)
	if err != nil {
		c.server.log.Error("encode gateway payload", "err", err)
		return
	}
	c.queue(frame{data: data})
}

// close ends the connection with a close code.
func (c *conn) close(code int) { c.end(frame{code: code}) }

// drop breaks the connection without one.
func (c *conn) drop() { c.end(frame{drop: true}) }

// end queues the last frame; from here on the session hears no events on this
// connection, so that an interaction is not lost in a connection that is ending.
func (c *conn) end(f frame) {
	c.leave()
	c.queue(f)
}

// leave takes the session off this connection. Without AllowResume it ends there.
func (c *conn) leave() {
	sess := c.session
	if sess == nil || sess.conn != c {
		return
	}
	sess.conn = nil
	if !c.server.hub.resumable {
		delete(c.server.hub.sessions, sess.id)
	}
	c.server.stir()
}

func (c *conn) queue(f frame) {
	select {
	case c.out <- f:
	case <-c.gone:
	default:
		c.server.log.Warn("gateway client does not read")
		c.cut()
	}
}

// writeLoop sends queued frames until the connection is cut or closed.
func (c *conn) writeLoop() {
	for {
		select {
		case <-c.gone:
			return
		case f := <-c.out:
			if !c.write(f) {
				return
			}
		}
	}
}

// write sends one frame and reports whether more may follow.
func (c *conn) write(f frame) bool {
	deadline := time.Now().Add(writeTimeout)
	if f.drop {
		c.cut()
		return false
	}
	if f.code != 0 {
		// Wait for the client's half: closing now could reset the connection before the
		// client has read the code.
		c.ending.Store(true)
		_ = c.ws.SetReadDeadline(time.Now().Add(closeTimeout))
		_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(f.code, ""), deadline)
		return false
	}
	_ = c.ws.SetWriteDeadline(deadline)
	if err := c.ws.WriteMessage(websocket.TextMessage, f.data); err != nil {
		c.cut()
		return false
	}
	return true
}

// readLoop hears the client until the connection ends.
func (c *conn) readLoop() {
	defer c.cut()
	c.ws.SetReadLimit(1 << 20)
	for {
		if !c.ending.Load() {
			_ = c.ws.SetReadDeadline(time.Now().Add(c.server.idle))
		}
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			c.timeOut(err)
			return
		}
		if c.ending.Load() {
			continue
		}
		c.server.mu.Lock()
		c.hear(data)
		c.server.mu.Unlock()
	}
}

// timeOut tells a client that was silent for too long why it is cut.
func (c *conn) timeOut(err error) {
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() && !c.ending.Load() {
		_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(closeTimedOut, ""), time.Now().Add(writeTimeout))
	}
}

// hear handles one client payload; the caller holds the server's mutex.
func (c *conn) hear(data []byte) {
	now := time.Now()
	c.sends = append(slices.DeleteFunc(c.sends, func(t time.Time) bool { return now.Sub(t) > time.Minute }), now)
	if len(c.sends) > maxGatewaySends {
		c.close(closeRateLimited)
		return
	}
	op, d, err := decodePayload(data)
	if err != nil || len(data) > maxGatewayPayload {
		c.close(closeDecode)
		return
	}
	switch op {
	case opHeartbeat:
		if !c.script.NoACK {
			c.push(payload(opHeartbeatAck, nil))
		}
	case opIdentify:
		c.identify(d)
	case opResume:
		c.resume(d)
	case opPresence, opVoice, opRequestMembers:
		if c.session == nil {
			c.close(closeNotAuthenticated)
		}
	default:
		c.close(closeUnknownOpcode)
	}
}
