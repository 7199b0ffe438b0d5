package sources

import (
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// azureWire is Azure's host agent. It is a public address in the IANA registries, so
// the library lets it pass; from inside Azure it hands out machine credentials.
const azureWire = "168.63.129.16/32"

// newTransport returns a transport that checks the address really dialled (after
// DNS, on every hop and every rebinding) and knows no proxy: a proxy from the
// environment would dial for us, past the check.
func newTransport(allowLoopback bool) *http.Transport {
	d := &net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second, Control: dialControl(allowLoopback)}
	return &http.Transport{
		Proxy:                  nil,
		DialContext:            d.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    dialTimeout,
		ResponseHeaderTimeout:  headerTimeout,
		MaxResponseHeaderBytes: maxHeaders,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        30 * time.Second,
		DisableCompression:     true, // readBody decompresses, with its limit after decompression
	}
}

// dialControl returns the check that runs between DNS and connect.
func dialControl(allowLoopback bool) func(network, address string, c syscall.RawConn) error {
	guard := ssrf.New(ssrf.WithDeniedV4Prefixes(netip.MustParsePrefix(azureWire)))
	return func(network, address string, c syscall.RawConn) error {
		if ap, err := netip.ParseAddrPort(address); allowLoopback && err == nil && ap.Addr().IsLoopback() {
			return nil
		}
		return guard.Safe(network, address, c)
	}
}
