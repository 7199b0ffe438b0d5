package localdiscord

import (
	"errors"
	"fmt"
	"net/http"
)

// Errors of the client side. Match them with errors.Is.
var (
	// ErrNotFound is returned for a guild, channel, user or message that is not there.
	ErrNotFound = errors.New("not found")
	// ErrNoCommand is returned by Type and Invoke for a command nobody registered.
	ErrNoCommand = errors.New("no such command")
	// ErrBadOption is returned when a client would not let the member send the command.
	ErrBadOption = errors.New("bad option")
	// ErrHidden is returned when the member does not see the command in the client.
	ErrHidden = errors.New("command not available to this member")
	// ErrOffline is returned when no gateway session could take the interaction.
	ErrOffline = errors.New("the application did not respond: no gateway session")
	// ErrNoAnswer is returned when the bot gave no first answer in time.
	ErrNoAnswer = errors.New("the application did not respond")
	// ErrClosed is returned after Close.
	ErrClosed = errors.New("localdiscord is closed")
)

// apiError is an error answer of the REST API.
type apiError struct {
	status  int
	code    int
	message string
	form    map[string]any // the "errors" tree of 50035; nil otherwise
}

func (e *apiError) Error() string {
	return fmt.Sprintf("%d %s (%d)", e.status, e.message, e.code)
}

// body is what the client reads.
func (e *apiError) body() map[string]any {
	b := map[string]any{"code": e.code, "message": e.message}
	if e.form != nil {
		b["errors"] = e.form
	}
	return b
}

// JSON error codes. Source: Discord developer documentation, "JSON error codes"; the
// HTTP status beside each in statusOf is from observation.
const (
	codeGeneral            = 0
	codeUnknownChannel     = 10003
	codeUnknownGuild       = 10004
	codeUnknownMember      = 10007
	codeUnknownMessage     = 10008
	codeUnknownUser        = 10013
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeUnknownCommand     = 10063
	codeTooManyCommands    = 30032
	codeEntityTooLarge     = 40005
	codeCrossposted        = 40033
	codeAcknowledged       = 40060
	codeBadUserAgent       = 40333
	codeMissingAccess      = 50001
	codeNotAuthor          = 50005
	codeEmptyMessage       = 50006
	codeCannotMessageUser  = 50007
	codeMissingPermissions = 50013
	codeWrongChannelType   = 50024
	codeBadWebhookToken    = 50027
	codeInvalidRecipients  = 50033
	codeInvalidForm        = 50035
	codeInvalidAPIVersion  = 50041
	codeInvalidJSON        = 50109
	codeNoReplyHistory     = 160002
)

func apiErr(code int) *apiError {
	status, text := describe(code)
	return &apiError{status: status, code: code, message: text}
}

// describe returns the usual HTTP status and text of a JSON error code.
func describe(code int) (int, string) {
	switch code {
	case codeUnknownChannel:
		return http.StatusNotFound, "Unknown Channel"
	case codeUnknownGuild:
		return http.StatusNotFound, "Unknown Guild"
	case codeUnknownMember:
		return http.StatusNotFound, "Unknown Member"
	case codeUnknownMessage:
		return http.StatusNotFound, "Unknown Message"
	case codeUnknownUser:
		return http.StatusNotFound, "Unknown User"
	case codeUnknownWebhook:
		return http.StatusNotFound, "Unknown Webhook"
	case codeUnknownInteraction:
		return http.StatusNotFound, "Unknown interaction"
	case codeUnknownCommand:
		return http.StatusNotFound, "Unknown application command"
	case codeEntityTooLarge:
		return http.StatusRequestEntityTooLarge, "Request entity too large"
	case codeBadWebhookToken:
		return http.StatusUnauthorized, "Invalid Webhook Token"
	case codeInvalidForm:
		return http.StatusBadRequest, "Invalid Form Body"
	}
	return describeRefusal(code)
}

func describeRefusal(code int) (int, string) {
	switch code {
	case codeMissingAccess:
		return http.StatusForbidden, "Missing Access"
	case codeNotAuthor:
		return http.StatusForbidden, "Cannot edit a message authored by another user"
	case codeCannotMessageUser:
		return http.StatusForbidden, "Cannot send messages to this user"
	case codeMissingPermissions:
		return http.StatusForbidden, "Missing Permissions"
	case codeBadUserAgent:
		return http.StatusForbidden, "internal network error"
	case codeTooManyCommands:
		return http.StatusBadRequest, "Maximum number of application commands reached (100)"
	case codeCrossposted:
		return http.StatusBadRequest, "This message has already been crossposted"
	case codeAcknowledged:
		return http.StatusBadRequest, "Interaction has already been acknowledged."
	case codeEmptyMessage:
		return http.StatusBadRequest, "Cannot send an empty message"
	case codeWrongChannelType:
		return http.StatusBadRequest, "Cannot execute action on this channel type"
	case codeInvalidRecipients:
		return http.StatusBadRequest, "Invalid Recipient(s)"
	case codeInvalidAPIVersion:
		return http.StatusBadRequest, "Invalid API version provided"
	case codeInvalidJSON:
		return http.StatusBadRequest, "The request body contains invalid JSON."
	case codeNoReplyHistory:
		return http.StatusBadRequest, "Cannot reply without permission to read message history"
	}
	return describeForced(code)
}

// describeForced covers the codes that only faults produce.
func describeForced(code int) (int, string) {
	switch code {
	case 20016:
		return http.StatusTooManyRequests, "This action cannot be performed due to slowmode rate limit"
	case 20022:
		return http.StatusTooManyRequests, "This message cannot be edited due to announcement rate limits"
	case 20028:
		return http.StatusTooManyRequests, "The channel you are writing has hit the write rate limit"
	case 30046:
		return http.StatusTooManyRequests, "Maximum number of edits to messages older than 1 hour reached"
	case 50014, 40001:
		return http.StatusUnauthorized, "Unauthorized"
	case 50278:
		return http.StatusForbidden, "Cannot send messages to this user due to having no mutual guilds"
	case 200000:
		return http.StatusBadRequest, "Message was blocked by automatic moderation"
	case 240000:
		return http.StatusBadRequest, "Message contains a link that is blocked"
	case 130000:
		return http.StatusServiceUnavailable, "API resource is currently overloaded. Try again a little later"
	}
	return http.StatusBadRequest, fmt.Sprintf("Error %d", code)
}
