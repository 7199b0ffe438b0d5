package localdiscord

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func TestSilentGatewayClientIsTimedOut(t *testing.T) {
	t.Parallel()
	s := New(Options{})
	s.idle = time.Millisecond
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	ws, res, err := websocket.DefaultDialer.DialContext(t.Context(), strings.Replace(s.base, "http", "ws", 1)+"/gw/?v=10", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	defer func() { _ = ws.Close() }()
	for {
		_, _, err = ws.ReadMessage()
		if err != nil {
			break
		}
	}
	if c, ok := errors.AsType[*websocket.CloseError](err); !ok || c.Code != closeTimedOut {
		t.Errorf("got %v, want close code %d", err, closeTimedOut)
	}
}

func TestDeadInteractionsAreForgotten(t *testing.T) {
	s := New(Options{})
	w := s.world
	old, young := w.newInteraction(interactionCommand, "", "", "", ""), w.newInteraction(interactionCommand, "", "", "", "")
	old.born = old.born.Add(-17 * time.Minute)
	w.forget(time.Now(), s.opt.TokenLife)
	if w.byID[old.id] != nil || w.interactions[old.token] != nil || w.byID[young.id] == nil {
		t.Errorf("kept %d interactions, want the young one", len(w.byID))
	}
}
