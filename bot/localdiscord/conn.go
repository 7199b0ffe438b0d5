package localdiscord

import (
	"encoding/json"
	"slices"
	"strings"
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

// session is an identified client. It outlives its connection if sessions are
// resumable.
type session struct {
	id           string
	conn         *conn // nil: disconnected
	intents      int
	shard, count int
	seq          int64
	history      []sent
}

// sent is an event kept for RESUME.
type sent struct {
	seq  int64
	data object
}

// maxHistory bounds what a resumable session keeps.
const maxHistory = 250

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
	idle := 2 * c.server.opt.HeartbeatInterval
	for {
		if !c.ending.Load() {
			_ = c.ws.SetReadDeadline(time.Now().Add(idle))
		}
		_, data, err := c.ws.ReadMessage()
		if err != nil {
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

// identify starts a session.
func (c *conn) identify(d json.RawMessage) {
	var in struct {
		Token   string `json:"token"`
		Intents int    `json:"intents"`
		Shard   []int  `json:"shard"`
	}
	if err := json.Unmarshal(d, &in); err != nil {
		c.close(closeDecode)
		return
	}
	if c.session != nil {
		c.close(closeAlreadyAuth)
		return
	}
	c.server.hub.identifies++
	if c.script.OnIdentify.act(c) {
		return
	}
	sess := &session{conn: c, intents: in.Intents, count: 1}
	if len(in.Shard) == 2 {
		sess.shard, sess.count = in.Shard[0], in.Shard[1]
	}
	if code := c.server.refuseIdentify(in.Token, sess, len(in.Shard)); code != 0 {
		c.close(code)
		return
	}
	c.session = sess
	c.server.ready(sess)
}

// refuseIdentify returns the close code for a client that may not enter, 0 otherwise.
func (s *Server) refuseIdentify(token string, sess *session, parts int) int {
	// Libraries send the token with its prefix; Discord takes both.
	if strings.TrimPrefix(token, "Bot ") != s.opt.Token {
		return closeAuthFailed
	}
	if sess.intents&^knownIntents != 0 || sess.intents < 0 {
		return closeInvalidIntents
	}
	if sess.intents&privilegedIntents != 0 && !s.opt.Privileged {
		return closeDisallowedIntents
	}
	if parts != 0 && parts != 2 || sess.shard < 0 || sess.count < 1 || sess.shard >= sess.count {
		return closeInvalidShard
	}
	return 0
}

// ready sends READY and the guilds of the session's shard.
func (s *Server) ready(sess *session) {
	w := s.world
	sess.id = "s" + w.ids.next(w.now())
	s.hub.sessions[sess.id] = sess
	s.stir()
	guilds := []object{}
	var mine []*guild
	for _, g := range w.sortedGuilds() {
		if shardOf(g.id, sess.count) == sess.shard {
			guilds = append(guilds, object{"id": g.id, "unavailable": true})
			mine = append(mine, g)
		}
	}
	sess.send(dispatch{kind: "READY", data: object{
		"v": 10, "user": w.userJSON(w.app.ID), "guilds": guilds, "session_id": sess.id, "resume_gateway_url": s.gatewayURL(),
		"shard": []int{sess.shard, sess.count}, "application": object{"id": w.app.ID, "flags": 0}, "private_channels": []object{},
	}})
	for _, g := range mine {
		d := dispatch{kind: "GUILD_CREATE", intent: intentGuilds, guild: g.id, data: w.guildJSON(g)}
		if g.unavailable {
			d = dispatch{kind: "GUILD_DELETE", intent: intentGuilds, guild: g.id, data: object{"id": g.id, "unavailable": true}}
		}
		if sess.wants(d) {
			sess.send(d)
		}
	}
}

// resume takes up a session. Without AllowResume every session is gone, which is what
// a client meets after a longer outage.
func (c *conn) resume(d json.RawMessage) {
	var in struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     int64  `json:"seq"`
	}
	if err := json.Unmarshal(d, &in); err != nil {
		c.close(closeDecode)
		return
	}
	if c.session != nil {
		c.close(closeAlreadyAuth)
		return
	}
	if strings.TrimPrefix(in.Token, "Bot ") != c.server.opt.Token {
		c.close(closeAuthFailed)
		return
	}
	if c.script.OnResume.act(c) {
		return
	}
	sess := c.server.hub.sessions[in.Session]
	if sess == nil || !c.server.hub.resumable || in.Seq > sess.seq {
		c.push(payload(opInvalidSession, false))
		return
	}
	if sess.conn != nil {
		sess.conn.cut()
	}
	sess.conn, c.session = c, sess
	for _, e := range sess.history {
		if e.seq > in.Seq {
			c.push(e.data)
		}
	}
	sess.send(dispatch{kind: "RESUMED", data: object{}})
}

// wants reports whether the event is for this session.
func (s *session) wants(d dispatch) bool {
	if shardOf(d.guild, s.count) != s.shard {
		return false
	}
	return d.intent == intentAlways || s.intents&(1<<d.intent) != 0
}

// send numbers an event, keeps it for RESUME and sends it if the client is there.
func (s *session) send(d dispatch) {
	s.seq++
	e := object{"op": opDispatch, "s": s.seq, "t": d.kind, "d": d.data}
	s.history = append(s.history, sent{s.seq, e})
	if len(s.history) > maxHistory {
		s.history = slices.Delete(s.history, 0, len(s.history)-maxHistory)
	}
	if s.conn != nil {
		s.conn.push(e)
	}
}
