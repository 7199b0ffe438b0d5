package bot

import (
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"trucewire/bot/localdiscord"
)

// newProxy is an HTTP proxy that wants a password and counts its tunnels.
func newProxy(t testing.TB) (*url.URL, func() int) {
	t.Helper()
	var mu sync.Mutex
	tunnels := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := (&http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}).BasicAuth(); r.Method != http.MethodConnect || user != "op" || password != "pw-canary" {
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		}
		there, err := net.Dial("tcp", r.Host)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		mu.Lock()
		tunnels++
		mu.Unlock()
		here, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = here.Write([]byte("HTTP/1.1 200 OK\r\n\r\n"))
		var wg sync.WaitGroup
		for _, way := range [][2]net.Conn{{there, here}, {here, there}} {
			wg.Go(func() {
				_, _ = io.Copy(way[0], way[1])
				_ = way[0].Close()
				_ = way[1].Close()
			})
		}
		wg.Wait()
	}))
	t.Cleanup(server.Close)
	u := must[*url.URL](t)(url.Parse(server.URL))
	u.User = url.UserPassword("op", "pw-canary")
	return u, func() int {
		mu.Lock()
		defer mu.Unlock()
		return tunnels
	}
}

func TestGatewayIsReachedThroughAProxy(t *testing.T) {
	s := newStage(t, localdiscord.Options{}, &desk{})
	via, tunnels := newProxy(t)
	s.bot.gate.proxy = http.ProxyURL(via)
	s.run(t)
	wantText(t, s.invoke(t, s.ann, "/status").Message.Content, "Status")
	if tunnels() != 1 {
		t.Errorf("%d tunnels, want 1", tunnels())
	}
}

func TestProxyThatRefusesIsNamedWithoutItsPassword(t *testing.T) {
	via, _ := newProxy(t)
	via.User = url.UserPassword("op", "wrong-canary")
	_, err := dialGateway(t.Context(), http.ProxyURL(via), "gateway.example:443", false)
	if err == nil || strings.Contains(err.Error(), "wrong-canary") {
		t.Fatalf("error %v", err)
	}
	wantText(t, err.Error(), "HTTP 407")
	_, err = dialGateway(t.Context(), http.ProxyURL(&url.URL{Scheme: "socks5", Host: "x:1"}), "gateway.example:443", true)
	if err == nil {
		t.Fatal("want an error")
	}
	wantText(t, err.Error(), "http and https proxies only")
}

func TestGatewayCertificateIsVerified(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler()) // nobody we trust signed for it
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	defer server.Close()
	_, err := dialGateway(t.Context(), http.ProxyURL(nil), server.Listener.Addr().String(), true)
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); !ok {
		t.Errorf("error %v, want a refused certificate", err)
	}
}
