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

// dialControl returns the check that runs between DNS and connect. The address is
// judged before the port, so that a private address is named as one.
func dialControl(allowLoopback bool) func(network, address string, c syscall.RawConn) error {
	denied := ssrf.WithDeniedV4Prefixes(netip.MustParsePrefix(azureWire))
	address, port := ssrf.New(denied, ssrf.WithAnyPort()), ssrf.New(denied)
	return func(network, target string, c syscall.RawConn) error {
		if ap, err := netip.ParseAddrPort(target); allowLoopback && err == nil && ap.Addr().IsLoopback() {
			return nil
		}
		if err := address.Safe(network, target, c); err != nil {
			return err
		}
		return port.Safe(network, target, c)
	}
}
