package localdiscord

import (
	"encoding/json"
	"slices"
	"strings"
)

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
