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
type notSentError struct {
	err   error
	after time.Duration // when it may go; zero: not known
}

// Error leaves the time out: a row that waits is not written again because its text changed.
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
// "Opcodes and Status Codes", JSON error codes; what they mean for us stands in fateOf.
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
	codeTooManyCommands    = 30032
	codeDailyCommands      = 30034
	codeOldEdits           = 30046
	codeUnauthorized       = 40001
	codeSendDisabled       = 40004
	codeCrossposted        = 40033
	codeForumPlain         = 40058
	codeAcknowledged       = 40060
	codeTagRequired        = 40067
	codeCloudflare         = 40333
	codeMissingAccess      = 50001
	codeNotAuthor          = 50005
	codeEmptyMessage       = 50006
	codeCannotDM           = 50007
	codeNonTextChannel     = 50008
	codeMissingPermissions = 50013
	codeInvalidToken       = 50014
	codeChannelType        = 50024
	codeInvalidWebhook     = 50027
	codeInvalidForm        = 50035
	codeArchivedThread     = 50083
	codeNoMutualGuild      = 50278
	codeOverloaded         = 130000
	codeNoReplyHistory     = 160002
	codeLockedThread       = 160005
	codeTooManyThreads     = 160006
	codeAutoMod            = 200000
	codeHarmfulLink        = 240000
)

// fate is what an error means for the call that got it.
type fate int

const (
	fateByStatus  fate = iota // the code decides nothing
	fateGone                  // the place cannot be posted to until somebody mends it
	fateDone                  // an earlier call did it
	fateReworded              // not in these words; other words may pass, once
	fateRejected              // never again
	fateLater                 // had no effect; again after its wait
	fateSlowEdits             // had no effect; this message may be edited only now and then
	fateTomorrow              // a limit of the day
	fateToken                 // the bot's token is refused
	fateBlocked               // Discord's front blocks our address
)

// fateOf is the table of reference.md §10. mend says what a moderator can do about it.
func fateOf(code int) (f fate, mend string) {
	switch code {
	case codeUnknownChannel:
		return fateGone, "the channel is gone: choose another one"
	case codeUnknownGuild:
		return fateGone, "the server is gone, or I was removed from it: invite me again"
	case codeMissingAccess:
		return fateGone, "I cannot see the channel: give me View Channel there"
	case codeMissingPermissions:
		return fateGone, "I may not post in the channel: give me Send Messages there (in threads: Send Messages in Threads)"
	case codeCannotDM, codeNoMutualGuild:
		return fateGone, "the member takes no direct messages from me"
	case codeNonTextChannel, codeChannelType, codeForumPlain:
		return fateGone, "messages cannot be posted to this kind of channel: choose a text channel"
	case codeTagRequired:
		return fateGone, "the forum asks for a tag on each post: switch that off, or choose another channel"
	case codeArchivedThread:
		return fateGone, "the thread is archived and I may not reopen it: reopen it, or give me Send Messages in Threads"
	case codeLockedThread:
		return fateGone, "the thread is locked: unlock it, or choose another channel"
	case codeTooManyThreads:
		return fateGone, "the server has as many open threads as it may have: archive some"
	case codeUnknownMessage, codeCrossposted, codeAcknowledged:
		return fateDone, ""
	case codeInvalidForm, codeEmptyMessage, codeAutoMod, codeHarmfulLink:
		return fateReworded, ""
	case codeUnknownWebhook, codeInvalidWebhook, codeUnknownInteraction:
		return fateRejected, ""
	case codeSlowmode, codeChannelWrites, codeServerWrites, codeSendDisabled, codeOverloaded:
		return fateLater, ""
	case codeOldEdits, codePublishedEdits:
		return fateSlowEdits, ""
	case codeTooManyCommands, codeDailyCommands:
		return fateTomorrow, ""
	case codeInvalidToken, codeUnauthorized:
		return fateToken, ""
	case codeCloudflare:
		return fateBlocked, ""
	default:
		return fateByStatus, ""
	}
}

// Waits where Discord names none.
const (
	defaultRetry    = 5 * time.Second
	htmlRetry       = time.Minute      // Cloudflare 1015 without Retry-After
	cloudflareRetry = 10 * time.Minute // a block of our address; insisting prolongs it
	maxRetry        = 2 * time.Hour    // a crosspost limit lasts an hour
	tomorrow        = 24 * time.Hour   // a limit of the day
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
