package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// FatalError ends Run: going on would be useless or would harm the bot's standing
// with Discord. Text is one line for the operator that says what to do.
type FatalError struct {
	Text string
	Err  error // the cause; may be nil
}

func (e *FatalError) Error() string { return e.Text }

// Unwrap returns the cause.
func (e *FatalError) Unwrap() error { return e.Err }

var errUnknownRoute = errors.New("request outside the Discord API was not sent")

// notSentError is a failure before anything left the machine.
type notSentError struct{ err error }

func (e *notSentError) Error() string { return e.err.Error() }

func (e *notSentError) Unwrap() error { return e.err }

// apiError is a refusal by Discord, or by what stands before it. It holds no secret:
// the route is redacted and the message is Discord's own, cut and scrubbed.
type apiError struct {
	Method  string
	Route   string // "channels/200/messages"
	Status  int
	Code    int // Discord's JSON code; zero: none
	Message string
	HTML    bool          // not JSON: a proxy or Cloudflare spoke, not Discord
	Global  bool          // a 429 for the whole bot
	After   time.Duration // of a 429: how long to wait; else zero
}

func (e *apiError) Error() string {
	s := fmt.Sprintf("%s %s: HTTP %d", e.Method, e.Route, e.Status)
	if e.Code != 0 {
		s += fmt.Sprintf(" (code %d)", e.Code)
	}
	if e.Message != "" {
		s += ": " + e.Message
	}
	if e.After > 0 {
		s += fmt.Sprintf(", again after %s", e.After)
	}
	return s
}

// hasCode reports whether err is a refusal with that code.
func hasCode(err error, code int) bool {
	e, ok := errors.AsType[*apiError](err)
	return ok && e.Code == code
}

// Discord's JSON codes that decide something. Source: Discord developer documentation,
// "Opcodes and Status Codes", JSON error codes; actions in reference.md §10.
const (
	codeUnknownChannel     = 10003
	codeUnknownGuild       = 10004
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeSlowmode           = 20016
	codePublishedEdits     = 20022
	codeChannelWrites      = 20028
	codeServerWrites       = 20029
	codeUnauthorized       = 40001
	codeSendDisabled       = 40004
	codeForumPlain         = 40058
	codeAcknowledged       = 40060
	codeCloudflare         = 40333
	codeMissingAccess      = 50001
	codeNotAuthor          = 50005
	codeCannotDM           = 50007
	codeNonTextChannel     = 50008
	codeMissingPermissions = 50013
	codeInvalidToken       = 50014
	codeChannelType        = 50024
	codeInvalidWebhook     = 50027
	codeArchivedThread     = 50083
	codeNoMutualGuild      = 50278
	codeOldEdits           = 30046
	codeOverloaded         = 130000
	codeNoReplyHistory     = 160002
	codeLockedThread       = 160005
)

// Waits where Discord names none.
const (
	defaultRetry    = 5 * time.Second
	htmlRetry       = time.Minute      // Cloudflare 1015 without Retry-After
	cloudflareRetry = 10 * time.Minute // a block of our address; insisting prolongs it
	maxRetry        = 2 * time.Hour    // a crosspost limit lasts an hour
)

// readRefusal makes an apiError of an answer that is not a success.
func readRefusal(req *http.Request, resp *http.Response, body []byte) *apiError {
	var said struct {
		Code       int     `json:"code"`
		Message    string  `json:"message"`
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}
	e := &apiError{Method: req.Method, Route: redactRoute(req.URL), Status: resp.StatusCode}
	if err := json.Unmarshal(body, &said); err != nil {
		e.HTML = true
		e.Message = describeBody(resp)
	} else {
		e.Code, e.Message = said.Code, scrub(cut(said.Message, 200), secretsOf(req)...)
	}
	if e.Status != http.StatusTooManyRequests {
		return e
	}
	e.Global = said.Global || strings.EqualFold(resp.Header.Get("X-RateLimit-Global"), "true") ||
		resp.Header.Get("X-RateLimit-Scope") == "global" || e.HTML
	e.After = retryAfter(said.RetryAfter, resp.Header.Get("Retry-After"), e.HTML)
	return e
}

// retryAfter prefers the body, which has fractions, to the header, which is rounded.
func retryAfter(body float64, header string, html bool) time.Duration {
	seconds := body
	if seconds <= 0 {
		seconds, _ = strconv.ParseFloat(strings.TrimSpace(header), 64) // zero is handled below
	}
	switch {
	case seconds > 0 && seconds < maxRetry.Seconds():
		return time.Duration(seconds * float64(time.Second))
	case seconds > 0:
		return maxRetry
	case html:
		return htmlRetry
	default:
		return defaultRetry
	}
}

// describeBody names a body that is not JSON without repeating it.
func describeBody(resp *http.Response) string {
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil || kind == "" {
		return "no JSON in the answer"
	}
	return "no JSON in the answer but " + kind
}

// redactRoute names a route without the tokens that stand in it.
func redactRoute(u *url.URL) string {
	parts := routeParts(u)
	if i := tokenSegment(parts); i > 0 {
		parts[i] = "…"
	}
	return strings.Join(parts, "/")
}

// routeParts splits the path of an address as discordgo forms it.
func routeParts(u *url.URL) []string {
	return strings.Split(strings.TrimPrefix(u.Path, "/api/v"+discordgo.APIVersion+"/"), "/")
}

// tokenSegment is the index of the token in a route, zero if there is none.
func tokenSegment(parts []string) int {
	if len(parts) > 2 && (parts[0] == "interactions" || parts[0] == "webhooks") {
		return 2
	}
	return 0
}

// secretsOf lists what must not be repeated of a request.
func secretsOf(req *http.Request) []string {
	secrets := []string{strings.TrimPrefix(req.Header.Get("Authorization"), "Bot ")}
	parts := routeParts(req.URL)
	if i := tokenSegment(parts); i > 0 {
		secrets = append(secrets, parts[i])
	}
	return secrets
}

// scrub replaces secrets in a text.
func scrub(s string, secrets ...string) string {
	for _, secret := range secrets {
		if secret != "" {
			s = strings.ReplaceAll(s, secret, "[secret]")
		}
	}
	return s
}

// cut shortens a text to at most n runes.
func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
