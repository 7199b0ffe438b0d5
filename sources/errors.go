package sources

import "errors"

// Errors a caller branches on.
var (
	// ErrExists: the server has this source already.
	ErrExists = errors.New("source exists")
	// ErrTooMany: the server has as many own sources as it may have.
	ErrTooMany = errors.New("too many sources")
	// ErrNotFound: no such source.
	ErrNotFound = errors.New("no such source")
	// ErrForbidden: the actor may not change this server's sources.
	ErrForbidden = errors.New("changing sources needs the Manage Server permission")
)

// Why a fetch fails. A [FetchError] wraps one of them, a *[StatusError], or the
// error of the caller's context.
var (
	// ErrAddress: not an address that can be asked.
	ErrAddress = errors.New("this is not a web address: give one like https://example.org/feed.xml")
	// ErrScheme: neither http nor https.
	ErrScheme = errors.New("only http and https addresses can be read")
	// ErrPort: a port other than 80 and 443.
	ErrPort = errors.New("only the ports 80 and 443 are allowed: use the publisher's public address")
	// ErrUserinfo: a user name or password in a moderator's address.
	ErrUserinfo = errors.New("addresses with a user name or password are not accepted: use a public address")
	// ErrPrivateAddress: loopback, private, link-local, metadata and the like.
	ErrPrivateAddress = errors.New("this leads to a private or special network address, which is never asked: use a public address")
	// ErrBlocked: the operator does not allow this host.
	ErrBlocked = errors.New("the operator of this bot has blocked this host")
	// ErrRedirects: too many hops.
	ErrRedirects = errors.New("it redirects more than 5 times: open it in a browser and use the address it ends at")
	// ErrDowngrade: from https to http.
	ErrDowngrade = errors.New("it redirects from https to http, which is not followed: use the final address if it can be trusted")
	// ErrTooLarge: more than the limit after decompression.
	ErrTooLarge = errors.New("it is larger than a feed may be (5 MiB): look for a shorter feed of the same site")
	// ErrTimeout: no complete answer in time.
	ErrTimeout = errors.New("no complete answer in time: the server is slow or down, it will be asked again")
	// ErrHost: the name has no address.
	ErrHost = errors.New("its host name cannot be found: check the spelling")
	// ErrRefused: nobody listens there.
	ErrRefused = errors.New("the server refuses connections: it may be down, it will be asked again")
	// ErrTLS: the certificate or the handshake is not acceptable.
	ErrTLS = errors.New("its certificate is not valid: the publisher must mend it")
	// ErrCoding: the compression cannot be undone.
	ErrCoding = errors.New("its compression is damaged or unknown: the publisher must mend it")
	// ErrNetwork: anything else between here and there.
	ErrNetwork = errors.New("the connection failed: it will be asked again")
)

// Why a body is not a feed. A *[ParseError] wraps one of them.
var (
	// ErrEmpty: nothing in it.
	ErrEmpty = errors.New("the answer is empty: the publisher must mend it")
	// ErrHTML: a web page.
	ErrHTML = errors.New("this is a web page, not a feed: look for the site's RSS or Atom link")
	// ErrBrowserCheck: a page that wants to see a browser.
	ErrBrowserCheck = errors.New("the site answers with a browser check instead of its feed: ask the publisher to let feed readers in, or use another source")
	// ErrNotFeed: neither RSS, Atom, RDF nor JSON Feed.
	ErrNotFeed = errors.New("this is not an RSS, Atom, RDF or JSON feed")
	// ErrNoFeed: a place that offers no feeds at all.
	ErrNoFeed = errors.New("there is no feed here")
	// ErrHostile: built to exhaust a reader; see the limits in guard.go.
	ErrHostile = errors.New("this feed is built in a way that no reader should accept")
	// ErrBroken: a feed that cannot be read.
	ErrBroken = errors.New("this feed is damaged and cannot be read: the publisher must mend it")
)
