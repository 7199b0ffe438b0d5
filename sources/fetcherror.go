package sources

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"
	"unicode"

	"code.dny.dev/ssrf"
)

// FetchError says in one line why an address gave no answer and what to do. Its text
// names the address with secrets masked.
type FetchError struct {
	URL string // masked
	Err error
}

// Error returns the line.
func (e *FetchError) Error() string { return e.URL + ": " + e.Err.Error() }

// Unwrap returns the cause: one of this package's errors or a *StatusError.
func (e *FetchError) Unwrap() error { return e.Err }

// StatusError is an HTTP answer that is neither a body nor "not modified".
type StatusError struct {
	Code       int
	RetryAfter time.Duration // what the publisher asked for; zero: nothing
	Challenge  bool          // a browser check or captcha
}

// Error says what the status means for whoever chose the source.
func (e *StatusError) Error() string {
	if e.Challenge {
		return fmt.Sprintf("the server answered %s with a browser check: ask the publisher to let feed readers in, or use another source", e.status())
	}
	return "the server answered " + e.status() + ": " + e.advice()
}

func (e *StatusError) status() string {
	if text := http.StatusText(e.Code); text != "" {
		return fmt.Sprintf("%d %s", e.Code, text)
	}
	return fmt.Sprintf("%d", e.Code)
}

func (e *StatusError) advice() string {
	switch e.Code {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusPaymentRequired, http.StatusUnavailableForLegalReasons:
		return "the publisher does not let this bot in; use another source"
	case http.StatusNotFound:
		return "check the address, the feed may have moved"
	case http.StatusGone:
		return "the feed is gone for good; remove it or give its new address"
	case http.StatusTooManyRequests:
		return "it is asked too often; the bot waits"
	}
	if e.Code >= 500 {
		return "the publisher has trouble; it will be asked again"
	}
	return "check the address"
}

func statusError(resp *http.Response, page []byte) *StatusError {
	return &StatusError{
		Code:       resp.StatusCode,
		RetryAfter: retryAfter(resp.Header),
		Challenge:  resp.Header.Get("Cf-Mitigated") == "challenge" || looksLikeBrowserCheck(page),
	}
}

// looksLikeBrowserCheck knows the pages that ask for a browser or a person. The marks
// are in the source of those pages, not in their visible words.
func looksLikeBrowserCheck(page []byte) bool {
	low := bytes.ToLower(page[:min(len(page), maxErrorBody)])
	for _, mark := range []string{
		"cf-chl", "cf_chl", "challenge-platform", "<title>just a moment", "<title>attention required", "captcha-delivery.com",
		"g-recaptcha", "h-captcha", "_incapsula_resource", "ddos-guard", "sucuri_cloudproxy", "px-captcha", "awswafintegration", "/.within.website/x/cmd/anubis",
	} {
		if bytes.Contains(low, []byte(mark)) {
			return true
		}
	}
	return false
}

// describe wraps err for people; anything not known by name is cut to one short line.
func describe(rawURL string, err error) error {
	return &FetchError{URL: MaskURL(rawURL), Err: classify(err)}
}

// classify gives network failures the names of this package.
func classify(err error) error {
	if named(err) {
		return err
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		if isTimeout(err) {
			return ErrTimeout
		}
		return ErrHost
	}
	switch {
	case errors.Is(err, ssrf.ErrProhibitedPort):
		return ErrPort
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrInvalidHostPort):
		return ErrPrivateAddress
	case isTimeout(err):
		return ErrTimeout
	case errors.Is(err, syscall.ECONNREFUSED):
		return ErrRefused
	case isTLS(err):
		return ErrTLS
	}
	return fmt.Errorf("%w (%s)", ErrNetwork, clip(err.Error(), 120))
}

// named reports whether err already is one of this package's or the caller's own end.
func named(err error) bool {
	if _, ok := errors.AsType[*StatusError](err); ok {
		return true
	}
	for _, known := range []error{
		ErrAddress, ErrScheme, ErrPort, ErrUserinfo, ErrPrivateAddress, ErrBlocked, ErrRedirects, ErrDowngrade,
		ErrTooLarge, ErrCoding, context.Canceled,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

func isTimeout(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		return true
	}
	ne, ok := errors.AsType[net.Error](err)
	return ok && ne.Timeout()
}

func isTLS(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.AlertError](err); ok {
		return true
	}
	_, ok := errors.AsType[x509.HostnameError](err)
	return ok
}

// clip makes a stranger's text fit for one line: printable, at most n runes.
func clip(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, s)
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
