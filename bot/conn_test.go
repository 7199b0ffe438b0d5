package bot

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// fixedConn reads from memory.
type fixedConn struct {
	net.Conn
	io.Reader
}

func (fixedConn) SetReadDeadline(time.Time) error { return nil }
func (fixedConn) Close() error                    { return nil }
func (c fixedConn) Read(p []byte) (int, error)    { return c.Reader.Read(p) }

const upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"

// frame is a server's text frame.
func textFrame(opcode byte, payload string) []byte {
	head := []byte{0x80 | opcode}
	switch n := len(payload); {
	case n < 126:
		head = append(head, byte(n))
	case n < 1<<16:
		head = binary.BigEndian.AppendUint16(append(head, 126), uint16(n))
	default:
		head = binary.BigEndian.AppendUint64(append(head, 127), uint64(n))
	}
	return append(head, payload...)
}

func readThrough(t testing.TB, stream []byte) ([]byte, *gateConn, error) {
	t.Helper()
	c := newGateConn(fixedConn{Reader: bytes.NewReader(stream)}, time.Minute)
	got, err := io.ReadAll(c)
	return got, c, err
}

func TestGateConnHandsFramesOnUnchanged(t *testing.T) {
	for name, size := range map[string]int{"short": 10, "medium": 5000, "long": 200_000} {
		stream := append([]byte(upgrade), textFrame(1, `{"op":0,"t":"X","d":"`+string(bytes.Repeat([]byte("a"), size))+`"}`)...)
		stream = append(stream, textFrame(9, "ping")...)
		got, _, err := readThrough(t, stream)
		if err != nil || !bytes.Equal(got, stream) {
			t.Errorf("%s: %d of %d bytes, err %v", name, len(got), len(stream), err)
		}
	}
}

func TestGateConnEndsWhereDiscordgoWouldHang(t *testing.T) {
	for payload, want := range map[string]error{
		`{"op":7,"d":null}`:                    errReconnect,
		`{"t":null,"s":null,"op":9,"d":false}`: errInvalidSession,
	} {
		got, c, err := readThrough(t, append([]byte(upgrade), textFrame(1, payload)...))
		if !errors.Is(err, want) || !errors.Is(c.cause(), want) || !bytes.Equal(got, []byte(upgrade)) {
			t.Errorf("%s: handed on %q, err %v, cause %v", payload, got, err, c.cause())
		}
	}
}

func TestGateConnLearnsTheIdleTimeFromHello(t *testing.T) {
	for interval, want := range map[string]time.Duration{"1000": 2300 * time.Millisecond, "41250": 94875 * time.Millisecond, "999999": maxIdle, "0": time.Minute, `"x"`: time.Minute} {
		_, c, _ := readThrough(t, append([]byte(upgrade), textFrame(1, `{"op":10,"d":{"heartbeat_interval":`+interval+`}}`)...))
		if c.idle != want {
			t.Errorf("interval %s: idle %s, want %s", interval, c.idle, want)
		}
	}
}

func TestGateConnKeepsTheCloseCode(t *testing.T) {
	_, c, _ := readThrough(t, append([]byte(upgrade), textFrame(8, "\x0f\xa4Authentication failed.")...))
	closed, ok := errors.AsType[*websocket.CloseError](c.cause())
	if !ok || closed.Code != 4004 {
		t.Errorf("cause %v", c.cause())
	}
}

func TestGateConnRefusesWhatIsTooLarge(t *testing.T) {
	head := binary.BigEndian.AppendUint64([]byte{0x81, 127}, 1<<40)
	if _, _, err := readThrough(t, append([]byte(upgrade), head...)); !errors.Is(err, errOversized) {
		t.Errorf("frame: error %v", err)
	}
	if _, _, err := readThrough(t, bytes.Repeat([]byte("X: y\r\n"), 20_000)); !errors.Is(err, errHandshake) {
		t.Errorf("handshake: error %v", err)
	}
}

func FuzzGateConn(f *testing.F) {
	f.Add(textFrame(1, `{"op":10,"d":{"heartbeat_interval":41250}}`))
	f.Add(textFrame(8, "\x03"))
	f.Add([]byte{0x81, 127, 0, 0})
	f.Fuzz(func(t *testing.T, frames []byte) {
		stream := append([]byte(upgrade), frames...)
		got, _, _ := readThrough(t, stream)
		if !bytes.HasPrefix(stream, got) {
			t.Errorf("handed on what was not sent: %q of %q", got, stream)
		}
	})
}
