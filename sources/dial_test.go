package sources

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// canary listens on every loopback and counts connections; none may come.
func canary(t *testing.T) (port string, hits *atomic.Int32) {
	t.Helper()
	hits = new(atomic.Int32)
	l, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			hits.Add(1)
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port, hits
}

// specialAddresses are addresses that no feed may lead to.
func specialAddresses() []string {
	return []string{
		"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "127.0.0.1", "127.255.255.254", "127.1.1.1",
		"169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1",
		"192.168.0.1", "192.168.255.255", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
		"255.255.255.255", "168.63.129.16",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1",
		"64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2001:10::1", "2001:2::1", "2002:7f00:1::", "2002:a9fe:a9fe::",
		"3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fd12:3456::1", "fe80::1", "fe80::1%25lo", "fec0::1", "ff02::1", "ff0e::1",
	}
}

func TestNoSpecialAddressIsEverDialled(t *testing.T) {
	port, hits := canary(t)
	f := NewFetcher(FetcherOptions{})
	defer f.Close()
	for _, addr := range specialAddresses() {
		host := addr
		if strings.Contains(addr, ":") {
			host = "[" + addr + "]"
		}
		for _, url := range []string{"http://" + host + "/", "https://" + host + "/", "http://" + host + ":" + port + "/"} {
			_, err := f.Fetch(t.Context(), Request{URL: url})
			if !errors.Is(err, ErrPrivateAddress) && !errors.Is(err, ErrPort) && !errors.Is(err, ErrHost) {
				t.Errorf("Fetch(%s) = %v, want it refused", url, err)
			}
		}
		if err := dialControl(false)("tcp6", net.JoinHostPort(strings.TrimSuffix(addr, "%25lo"), "443"), nil); err == nil {
			if err := dialControl(false)("tcp4", net.JoinHostPort(addr, "443"), nil); err == nil {
				t.Errorf("the dialer lets %s through", addr)
			}
		}
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("%d connections reached the canary", n)
	}
}

func TestOddSpellingsOfLoopbackReachNothing(t *testing.T) {
	port, hits := canary(t)
	f := NewFetcher(FetcherOptions{})
	defer f.Close()
	for _, host := range []string{
		"localhost", "LOCALHOST", "localhost.", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "①②⑦.⓪.⓪.①", "127。0。0。1",
		"[::ffff:127.0.0.1]", "[0:0:0:0:0:0:0:1]", "127.0.0.1.", "%31%32%37.0.0.1",
	} {
		for _, url := range []string{"http://" + host + "/", "http://" + host + ":" + port + "/", "http://public.example@" + host + ":" + port + "/"} {
			if _, err := f.Fetch(t.Context(), Request{URL: url}); err == nil {
				t.Errorf("Fetch(%s) succeeded", url)
			}
		}
		if got, err := CheckURL("http://"+host+"/feed", false); err == nil {
			t.Errorf("CheckURL(%s) = %s, want it refused", host, got)
		}
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("%d connections reached the canary", n)
	}
}

func TestRedirectsToSpecialAddressesReachNothing(t *testing.T) {
	// The publisher may be reached (loopback is allowed here); what it redirects to may not.
	_, hits := canary(t)
	var target atomic.Value
	pub := newPublisher(t, func(w http.ResponseWriter, r *http.Request) {
		var code int
		if _, err := fmt.Sscanf(r.URL.Path, "/%d", &code); err != nil {
			t.Error(err)
		}
		w.Header().Set("Location", target.Load().(string))
		w.WriteHeader(code)
	})
	f := testFetcher(t)
	for _, addr := range []string{"10.0.0.1", "169.254.169.254", "192.168.1.1", "[fd00:ec2::254]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "168.63.129.16"} {
		for _, code := range []int{301, 302, 303, 307, 308} {
			target.Store("http://" + addr + "/latest/meta-data")
			_, err := f.Fetch(t.Context(), Request{URL: fmt.Sprintf("%s/%d", pub.URL, code)})
			if !errors.Is(err, ErrPrivateAddress) {
				t.Errorf("%d to %s: %v, want ErrPrivateAddress", code, addr, err)
			}
		}
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("%d connections reached the canary", n)
	}
}

func TestRedirectFromPublicToLoopbackReachesNothing(t *testing.T) {
	// A transport that answers for a public name, then the real one: what a redirect
	// from the internet to this machine meets.
	port, hits := canary(t)
	f := NewFetcher(FetcherOptions{})
	real := f.client.Transport
	f.client.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		if r.URL.Host != "gazette.example" {
			return real.RoundTrip(r)
		}
		return &http.Response{StatusCode: 302, Header: http.Header{"Location": {"http://127.0.0.1:" + port + "/"}}, Body: http.NoBody, Request: r}, nil
	})
	if _, err := f.Fetch(t.Context(), Request{URL: "https://gazette.example/feed"}); !errors.Is(err, ErrDowngrade) {
		t.Errorf("from https: %v, want ErrDowngrade", err)
	}
	if _, err := f.Fetch(t.Context(), Request{URL: "http://gazette.example/feed"}); !errors.Is(err, ErrPort) && !errors.Is(err, ErrPrivateAddress) {
		t.Errorf("from http: %v, want it refused", err)
	}
	if n := hits.Load(); n != 0 {
		t.Errorf("%d connections reached the canary", n)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestProxyOfTheEnvironmentIsNotUsed(t *testing.T) {
	port, hits := canary(t)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"} {
		t.Setenv(name, "http://127.0.0.1:"+port)
	}
	f := NewFetcher(FetcherOptions{AllowLoopback: true})
	defer f.Close()
	if tr := f.client.Transport.(*http.Transport); tr.Proxy != nil {
		t.Error("the transport asks for a proxy")
	}
	_, err := f.Fetch(t.Context(), Request{URL: "http://10.0.0.1/"})
	if !errors.Is(err, ErrPrivateAddress) || hits.Load() != 0 {
		t.Errorf("Fetch = %v with %d connections to the proxy", err, hits.Load())
	}
}

func TestLoopbackSwitchOpensLoopbackOnly(t *testing.T) {
	allow := dialControl(true)
	for _, addr := range []string{"127.0.0.1:8080", "[::1]:9000"} {
		if err := allow("tcp4", addr, nil); err != nil {
			t.Errorf("%s: %v", addr, err)
		}
	}
	for _, addr := range specialAddresses() {
		if addr == "::1" || strings.HasPrefix(addr, "127.") || strings.HasPrefix(addr, "::ffff:7f") || strings.HasPrefix(addr, "::ffff:127.") || strings.Contains(addr, "%") {
			continue
		}
		network := "tcp4"
		if strings.Contains(addr, ":") {
			network = "tcp6"
		}
		if err := allow(network, net.JoinHostPort(addr, "80"), nil); err == nil {
			t.Errorf("with loopback allowed, %s is let through", addr)
		}
	}
	if err := allow("tcp4", "93.184.216.34:8080", nil); err == nil {
		t.Error("with loopback allowed, a public address on port 8080 is let through")
	}
}

func TestCheckURLTellsWhyAnAddressIsRefused(t *testing.T) {
	tests := []struct {
		raw, want string
		err       error
	}{
		{raw: " https://Gazette.Example/Feed ", want: "https://gazette.example/Feed"},
		{raw: "gazette.example/feed", want: "https://gazette.example/feed"},
		{raw: "<https://gazette.example>", want: "https://gazette.example/"},
		{raw: "HTTP://gazette.example:80/feed#top", want: "http://gazette.example/feed"},
		{raw: "feed://gazette.example/rss", want: "https://gazette.example/rss"},
		{raw: "https://zeitung-münchen.example/", want: "https://xn--zeitung-mnchen-osb.example/"},
		{raw: "", err: ErrAddress},
		{raw: "not an address", err: ErrAddress},
		{raw: "https://", err: ErrAddress},
		{raw: `https:\\gazette.example\feed`, err: ErrAddress},
		{raw: "ftp://gazette.example/", err: ErrScheme},
		{raw: "file:///etc/passwd", err: ErrScheme},
		{raw: "gopher://127.0.0.1:70/x", err: ErrScheme},
		{raw: "mailto:me@gazette.example", err: ErrScheme},
		{raw: "javascript:alert(1)", err: ErrScheme},
		{raw: "https://me:pw@gazette.example/", err: ErrUserinfo},
		{raw: "https://gazette.example:8443/", err: ErrPort},
		{raw: "http://localhost/feed", err: ErrPrivateAddress},
		{raw: "http://intranet/feed", err: ErrPrivateAddress},
		{raw: "http://printer.local/feed", err: ErrPrivateAddress},
		{raw: "http://metadata.google.internal/", err: ErrPrivateAddress},
		{raw: "http://8.8.8.8/feed", err: ErrPrivateAddress},
		{raw: "http://[2606:4700::1111]/feed", err: ErrPrivateAddress},
		{raw: "https://gazette.example/" + strings.Repeat("a", 3000), err: ErrAddress},
	}
	for _, tt := range tests {
		got, err := CheckURL(tt.raw, false)
		if got != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("CheckURL(%.60q) = %q, %v; want %q, %v", tt.raw, got, err, tt.want, tt.err)
		}
	}
	if got, err := CheckURL("http://127.0.0.1:8080/feed", true); err != nil || got != "http://127.0.0.1:8080/feed" {
		t.Errorf("with loopback: %q, %v", got, err)
	}
}
