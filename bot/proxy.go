package bot

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

const dialTimeout = 15 * time.Second // name, TCP, proxy and TLS together

// proxyFor names the proxy for a request, nil for none, as http.ProxyFromEnvironment does.
type proxyFor func(*http.Request) (*url.URL, error)

// dialGateway connects to the gateway as REST connects to the API: through the proxy that
// the environment names, if any. It encrypts below gateConn, which must read the frames.
func dialGateway(ctx context.Context, proxy proxyFor, addr string, encrypted bool) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	target := &url.URL{Scheme: "http", Host: addr}
	if encrypted {
		target.Scheme = "https"
	}
	via, err := proxy(&http.Request{Method: http.MethodGet, URL: target})
	if err != nil {
		return nil, fmt.Errorf("read the proxy setting: %w", err)
	}
	conn, err := dialPlain(ctx, via, addr)
	if err != nil || !encrypted {
		return conn, err
	}
	return encrypt(ctx, conn, addr)
}

func dialPlain(ctx context.Context, via *url.URL, addr string) (net.Conn, error) {
	if via == nil {
		return new(net.Dialer).DialContext(ctx, "tcp", addr)
	}
	return tunnel(ctx, via, addr)
}

// encrypt speaks TLS over conn; it closes it on failure.
func encrypt(ctx context.Context, conn net.Conn, addr string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		_ = conn.Close() // the address matters more
		return nil, err
	}
	c := tls.Client(conn, &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12})
	if err := c.HandshakeContext(ctx); err != nil {
		_ = conn.Close() // the handshake matters more
		return nil, fmt.Errorf("encrypt the connection to %s: %w", host, err)
	}
	return c, nil
}

// tunnel asks an HTTP proxy for a connection to addr.
func tunnel(ctx context.Context, via *url.URL, addr string) (net.Conn, error) {
	if via.Scheme != "http" && via.Scheme != "https" {
		return nil, fmt.Errorf("proxy %s: the gateway can be reached through http and https proxies only", via.Redacted())
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", proxyAddress(via))
	if err != nil {
		return nil, fmt.Errorf("reach proxy %s: %w", via.Redacted(), err)
	}
	if via.Scheme == "https" {
		if conn, err = encrypt(ctx, conn, proxyAddress(via)); err != nil {
			return nil, err
		}
	}
	if err := connect(ctx, conn, via, addr); err != nil {
		_ = conn.Close() // the refusal matters more
		return nil, fmt.Errorf("proxy %s: %w", via.Redacted(), err)
	}
	return conn, nil
}

func proxyAddress(via *url.URL) string {
	if via.Port() != "" {
		return via.Host
	}
	return net.JoinHostPort(via.Hostname(), map[string]string{"http": "80", "https": "443"}[via.Scheme])
}

// connect sends CONNECT and reads the proxy's answer (RFC 9110 §9.3.6). The gateway does
// not speak first, so nothing of it is lost in the reader.
func connect(ctx context.Context, conn net.Conn, via *url.URL, addr string) error {
	if deadline, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(deadline); err != nil {
			return err
		}
	}
	req := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: addr}, Host: addr, Header: http.Header{}}
	if user := via.User; user != nil {
		password, _ := user.Password()
		credentials := base64.StdEncoding.EncodeToString([]byte(user.Username() + ":" + password))
		req.Header.Set("Proxy-Authorization", "Basic "+credentials)
	}
	if err := req.Write(conn); err != nil {
		return err
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("answers HTTP %d to CONNECT", resp.StatusCode)
	}
	return conn.SetDeadline(time.Time{})
}
