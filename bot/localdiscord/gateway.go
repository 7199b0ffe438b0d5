package localdiscord

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway opcodes. Source: Discord developer documentation, "Gateway Opcodes".
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoice          = 4
	opResume         = 6
	opReconnect      = 7
	opRequestMembers = 8
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatAck   = 11
)

// Gateway close codes. Source: Discord developer documentation, "Gateway Close Event
// Codes".
const (
	closeUnknownOpcode     = 4001
	closeDecode            = 4002
	closeNotAuthenticated  = 4003
	closeAuthFailed        = 4004
	closeAlreadyAuth       = 4005
	closeRateLimited       = 4008
	closeTimedOut          = 4009
	closeInvalidShard      = 4010
	closeInvalidVersion    = 4012
	closeInvalidIntents    = 4013
	closeDisallowedIntents = 4014
)

// Intents. Source: Discord developer documentation, "Gateway Intents".
const (
	intentAlways         = -1
	intentGuilds         = 0
	intentGuildMessages  = 9
	intentDirectMessages = 12

	privilegedIntents = 1<<1 | 1<<8 | 1<<15
	knownIntents      = 1<<26 - 1
)

const (
	maxGatewayPayload = 4096 // bytes from the client
	maxGatewaySends   = 120  // from the client in 60 s
	sendQueue         = 1024 // payloads to a client that does not read
	writeTimeout      = 10 * time.Second
	heartbeatGrace    = 5 * time.Second // so that short intervals in tests do not cut a slow machine
	closeTimeout      = 2 * time.Second // for the client's half of a close
)

// dispatch is an event for the sessions that should see it.
type dispatch struct {
	kind   string
	intent int    // bit number; intentAlways needs none
	guild  string // decides the shard; empty: shard 0
	data   any
}

// hub is the gateway: its open connections and sessions. The Server's mutex guards it.
type hub struct {
	conns      map[*conn]bool
	sessions   map[string]*session // by id, for RESUME
	scripts    []Script
	resumable  bool
	identifies int
	duplicates int // interactions still to be delivered twice
}

func newHub() hub {
	return hub{conns: map[*conn]bool{}, sessions: map[string]*session{}}
}

// abandon cuts every connection, without a close frame, because the server ends.
func (h *hub) abandon() {
	for c := range h.conns {
		c.cut()
	}
}

// publish sends an event to every session that has its intent and shard. The caller
// holds mu, so every session sees events in the same order.
func (s *Server) publish(d dispatch) {
	for _, sess := range s.hub.sessions {
		if sess.wants(d) {
			sess.send(d)
		}
	}
}

// getGateway is GET /gateway.
func (s *Server) getGateway(*request) (reply, error) {
	return ok(object{"url": s.gatewayURL()}), nil
}

// getGatewayBot is GET /gateway/bot. Every IDENTIFY uses up one session start.
func (s *Server) getGatewayBot(*request) (reply, error) {
	return ok(object{
		"url": s.gatewayURL(), "shards": 1,
		"session_start_limit": object{
			"total": sessionStarts, "remaining": max(0, sessionStarts-s.hub.identifies), "reset_after": 14400000, "max_concurrency": 1,
		},
	}), nil
}

// sessionStarts is how many IDENTIFYs a bot has in 24 hours.
const sessionStarts = 1000

func (s *Server) gatewayURL() string { return "ws" + s.base[len("http"):] + "/gw/" }

// serveGateway takes one WebSocket connection from its upgrade to its end.
func (s *Server) serveGateway(rw http.ResponseWriter, hr *http.Request) {
	// Browsers send Origin; a web page must not reach the local Discord.
	up := websocket.Upgrader{CheckOrigin: func(r *http.Request) bool { return r.Header.Get("Origin") == "" }}
	ws, err := up.Upgrade(rw, hr, nil)
	if err != nil {
		s.log.Debug("gateway upgrade refused", "err", err)
		return
	}
	c := newConn(s, ws)
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		c.cut()
		return
	}
	s.hub.conns[c] = true
	c.script = s.hub.nextScript()
	s.running.Add(1)
	go func() {
		defer s.running.Done()
		c.writeLoop()
	}()
	c.open(hr.URL.Query().Get("v"))
	s.mu.Unlock()
	c.readLoop()
	s.mu.Lock()
	delete(s.hub.conns, c)
	c.leave()
	s.mu.Unlock()
}

// open says hello, unless the script has other plans.
func (c *conn) open(version string) {
	if version != "9" && version != "10" {
		c.close(closeInvalidVersion)
		return
	}
	if c.script.OnConnect.act(c) || c.script.NoHello {
		return
	}
	c.push(payload(opHello, object{"heartbeat_interval": c.server.opt.HeartbeatInterval.Milliseconds()}))
}

// payload is a gateway payload that is not an event.
func payload(op int, data any) object {
	return object{"op": op, "d": data, "s": nil, "t": nil}
}

// shardOf is the shard that a guild's events go to.
func shardOf(guild string, count int) int {
	if count <= 1 || guild == "" {
		return 0
	}
	return int((snowflakeValue(guild) >> 22) % uint64(count))
}

// decodePayload reads a client payload.
func decodePayload(data []byte) (op int, d json.RawMessage, err error) {
	var p struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	err = json.Unmarshal(data, &p)
	return p.Op, p.Data, err
}
