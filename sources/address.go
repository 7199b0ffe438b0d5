package sources

import (
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// maxURL is how long an address may be, in bytes; the common limit of servers.
const maxURL = 2048

// secretParam knows the query parameters that carry a key to a feed.
var secretParam = regexp.MustCompile(`(?i)^(.*(key|token|secret|passw|signature|auth|credential|session).*|sig|hash|hmac|pwd|pass|code|jwt|sid|t)$`)

// mask is what stands where a secret was.
const mask = "xxx"

// MaskURL returns the address with user info and the values of secret-looking query
// parameters replaced, and the fragment removed, so that it can be shown and logged.
// What cannot be read as an address comes back as its first printable words without
// anything after a question mark or before an at sign.
func MaskURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Opaque != "" {
		return maskUnreadable(raw)
	}
	if u.User != nil {
		u.User = url.User(mask)
	}
	u.Fragment, u.RawFragment = "", ""
	if u.RawQuery != "" {
		u.RawQuery = maskQuery(u.RawQuery)
	}
	return clip(u.String(), 300)
}

// maskUnreadable shows what is certainly no secret of a text that is no address.
func maskUnreadable(raw string) string {
	if i := strings.IndexAny(raw, "?#"); i >= 0 {
		raw = raw[:i]
	}
	if i := strings.LastIndexByte(raw, '@'); i >= 0 {
		raw = mask + raw[i:]
	}
	return clip(raw, 100)
}

// maskQuery keeps the order and spelling of everything it does not mask.
func maskQuery(q string) string {
	parts := strings.Split(q, "&")
	for i, p := range parts {
		name, value, ok := strings.Cut(p, "=")
		if plain, err := url.QueryUnescape(name); err == nil {
			name = plain
		}
		if ok && value != "" && secretParam.MatchString(name) {
			parts[i] = url.QueryEscape(name) + "=" + mask
		}
	}
	return strings.Join(parts, "&")
}

// CheckURL reads an address that a moderator gave and returns its normal form:
// scheme and host in lower case, no default port, no fragment. It refuses, with the
// reason, what could not or must not be asked: other schemes, user info, odd ports,
// bare host names and literal addresses. loopback lets local addresses through, for
// tests and `try`. A missing scheme is read as https.
func CheckURL(raw string, loopback bool) (string, error) {
	raw = strings.TrimSpace(strings.Trim(strings.TrimSpace(raw), "<>"))
	if raw == "" || len(raw) > maxURL || !utf8.ValidString(raw) || strings.ContainsAny(raw, " \t\r\n\\") {
		return "", &FetchError{URL: maskUnreadable(raw), Err: ErrAddress}
	}
	if !strings.Contains(raw, "://") && !schemeOnly.MatchString(raw) {
		raw = "https://" + raw
	}
	if feed, ok := strings.CutPrefix(raw, "feed://"); ok {
		raw = "https://" + feed
	}
	u, err := url.Parse(raw)
	if err != nil {
		return "", &FetchError{URL: maskUnreadable(raw), Err: ErrAddress}
	}
	if err := checkParts(u, loopback); err != nil {
		return "", &FetchError{URL: MaskURL(raw), Err: err}
	}
	return normalURL(u), nil
}

// schemeOnly knows "mailto:x", "file:/x", but not "example.org:80/x".
var schemeOnly = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+-]*:[^0-9]`)

func checkParts(u *url.URL, loopback bool) error {
	if s := strings.ToLower(u.Scheme); s != "http" && s != "https" {
		return ErrScheme
	}
	if u.User != nil {
		return ErrUserinfo
	}
	host, err := asciiHost(u)
	if ip, perr := netip.ParseAddr(u.Hostname()); perr == nil {
		return checkLiteral(ip, loopback)
	}
	if loopback && strings.EqualFold(u.Hostname(), "localhost") {
		return nil
	}
	if err != nil || host == "" {
		return ErrAddress
	}
	if strings.Contains(host, ".") && !publicName.MatchString(host) && !allNumeric.MatchString(host) {
		return ErrAddress
	}
	if !strings.Contains(host, ".") || allNumeric.MatchString(host) || localName(host) {
		return ErrPrivateAddress
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		return ErrPort
	}
	return nil
}

// asciiHost is the host as DNS knows it: lower case, punycode, no final dot.
func asciiHost(u *url.URL) (string, error) {
	return idna.Lookup.ToASCII(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."))
}

// checkLiteral refuses every literal address: a publisher has a name. (What a name
// resolves to is checked when it is dialled.)
func checkLiteral(ip netip.Addr, loopback bool) error {
	if loopback && ip.IsLoopback() {
		return nil
	}
	return ErrPrivateAddress
}

// publicName is a host name with a top level that has a letter.
var publicName = regexp.MustCompile(`^(?i)([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$`)

// allNumeric knows hosts that old resolvers read as IPv4: 2130706433, 0x7f.1, 0177.0.0.1.
var allNumeric = regexp.MustCompile(`^((0[xX][0-9a-fA-F]*|[0-9]+)\.?)+$`)

// localName knows the names that are never public.
func localName(host string) bool {
	low := "." + strings.ToLower(host)
	for _, suffix := range []string{".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet", ".onion"} {
		if strings.HasSuffix(low, suffix) {
			return true
		}
	}
	return false
}

// normalURL writes the address the one way it is stored and compared.
func normalURL(u *url.URL) string {
	n := *u
	n.Scheme = strings.ToLower(n.Scheme)
	host, err := asciiHost(u)
	if err != nil || host == "" {
		host = strings.ToLower(n.Hostname())
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if p := n.Port(); p != "" && (n.Scheme != "http" || p != "80") && (n.Scheme != "https" || p != "443") {
		host += ":" + p
	}
	n.Host = host
	n.Fragment, n.RawFragment = "", ""
	if n.Path == "" {
		n.Path = "/"
	}
	return n.String()
}

// hostOf returns the lower-case host of an address, without port; "" if there is none.
func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
}
