package bot

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// What ends a connection besides a close frame.
var (
	errReconnect      = errors.New("discord asked for a new connection")
	errInvalidSession = errors.New("discord ended the session")
	errOversized      = errors.New("frame larger than any the gateway sends")
	errHandshake      = errors.New("answer to the websocket handshake is too long")
)

const (
	maxFrame     = 64 << 20 // bytes; a GUILD_CREATE of the largest servers has a few MiB
	maxControl   = 4 << 10  // bytes; HELLO, RECONNECT and INVALID_SESSION are far smaller
	maxHandshake = 64 << 10 // bytes

	frameText  = 1 // opcodes of RFC 6455 §5.2
	frameClose = 8
)

// gateConn stands between the gateway and discordgo and reads each frame first. What
// discordgo mishandles never reaches it: on Op 7 and Op 9 the connection simply ends
// (discordgo 0.29 deadlocks on the one while it opens, and re-identifies on the same
// socket on the other), silence ends it after the idle time (discordgo waits for five
// missed heartbeats, and without HELLO for ever), and why it ended is kept, close code
// included (discordgo only logs it).
//
// Reads come from one goroutine; the rest is safe for concurrent use.
type gateConn struct {
	net.Conn

	br       *bufio.Reader
	out      []byte // read and looked at, not yet handed on
	upgraded bool
	idle     time.Duration

	mu  sync.Mutex
	end error // the first cause of the end
}

func newGateConn(c net.Conn, idle time.Duration) *gateConn {
	return &gateConn{Conn: c, br: bufio.NewReaderSize(c, 16<<10), idle: idle}
}

// Read implements io.Reader.
func (c *gateConn) Read(p []byte) (int, error) {
	if len(c.out) == 0 {
		if err := c.fill(); err != nil {
			c.ended(err)
			return 0, err
		}
	}
	n := copy(p, c.out)
	c.out = c.out[n:]
	return n, nil
}

// fill reads the handshake answer or one frame.
func (c *gateConn) fill() error {
	if err := c.SetReadDeadline(time.Now().Add(c.idle)); err != nil {
		return err
	}
	if !c.upgraded {
		return c.readHandshake()
	}
	return c.readFrame()
}

func (c *gateConn) readHandshake() error {
	for {
		line, err := c.br.ReadString('\n')
		if err != nil {
			return err
		}
		c.out = append(c.out, line...)
		if len(c.out) > maxHandshake {
			return errHandshake
		}
		if line == "\r\n" || line == "\n" {
			c.upgraded = true
			return nil
		}
	}
}

// readFrame reads one frame whole. Frames of a server are not masked (RFC 6455 §5.1);
// a masked one is handed on for discordgo's library to refuse.
func (c *gateConn) readFrame() error {
	frame := make([]byte, 2, 128)
	if _, err := io.ReadFull(c.br, frame); err != nil {
		return err
	}
	size, err := c.readSize(&frame)
	if err != nil {
		return err
	}
	if size > maxFrame {
		return errOversized
	}
	head := len(frame)
	frame = append(frame, make([]byte, size)...)
	if _, err := io.ReadFull(c.br, frame[head:]); err != nil {
		return err
	}
	if err := c.look(frame[0]&0x0f, frame[head:]); err != nil {
		return err
	}
	c.out = frame
	return nil
}

// readSize reads the extended length into the frame.
func (c *gateConn) readSize(frame *[]byte) (uint64, error) {
	size := uint64((*frame)[1] & 0x7f)
	more := map[uint64]int{126: 2, 127: 8}[size]
	if more == 0 {
		return size, nil
	}
	ext := make([]byte, 8)
	if _, err := io.ReadFull(c.br, ext[8-more:]); err != nil {
		return 0, err
	}
	*frame = append(*frame, ext[8-more:]...)
	return binary.BigEndian.Uint64(ext), nil
}

// look reads what the supervisor must know. An error ends the connection before
// discordgo sees the frame.
func (c *gateConn) look(opcode byte, payload []byte) error {
	switch {
	case opcode == frameClose:
		c.ended(closeCause(payload))
		return nil // discordgo's library answers it
	case opcode == frameText && len(payload) <= maxControl:
		return c.lookAtText(payload)
	default:
		return nil
	}
}

func (c *gateConn) lookAtText(payload []byte) error {
	var msg struct {
		Op   int             `json:"op"`
		Data json.RawMessage `json:"d"`
	}
	if json.Unmarshal(payload, &msg) != nil {
		return nil // a fragment, or nothing for us
	}
	switch msg.Op {
	case 7:
		return errReconnect
	case 9:
		return errInvalidSession
	case 10:
		c.heartbeatEvery(msg.Data)
	}
	return nil
}

// heartbeatEvery sets the idle time: an acknowledgement is due in every interval, so
// two of silence are a dead connection.
func (c *gateConn) heartbeatEvery(hello json.RawMessage) {
	var h struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	if json.Unmarshal(hello, &h) != nil || h.Interval <= 0 {
		return
	}
	interval := time.Duration(h.Interval) * time.Millisecond
	c.idle = min(interval*23/10, maxIdle)
}

// closeCause reads a close frame (RFC 6455 §5.5.1).
func closeCause(payload []byte) error {
	if len(payload) < 2 {
		return &websocket.CloseError{Code: websocket.CloseNoStatusReceived}
	}
	text := strings.ToValidUTF8(cut(string(payload[2:]), 120), "")
	return &websocket.CloseError{Code: int(binary.BigEndian.Uint16(payload)), Text: text}
}

func (c *gateConn) ended(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.end == nil {
		c.end = err
	}
}

// cause is why the connection ended; nil while it has not.
func (c *gateConn) cause() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.end
}

// kill ends the connection with a cause of our own.
func (c *gateConn) kill(why error) {
	c.ended(why)
	_ = c.Close() // a second close is harmless
}

// describeEnd words the cause of an end for the log.
func describeEnd(err error) string {
	if err == nil {
		return "closed"
	}
	if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
		return fmt.Sprintf("closed by discord with code %d %s", closed.Code, closed.Text)
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return "silent for too long"
	}
	return err.Error()
}
