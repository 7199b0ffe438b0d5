package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
)

// callTimeout bounds a REST call, waiting for its turn included, where the caller
// sets no earlier end.
const callTimeout = 30 * time.Second

// rest makes REST calls through discordgo. Safe for concurrent use.
type rest struct {
	session *discordgo.Session
	token   string
	refused func(error) // told once Discord does not accept the bot's token
}

func newRest(token string, t *transport, refused func(error)) (*rest, error) {
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("make session: %w", err)
	}
	quiet(s)
	s.Client = &http.Client{Transport: t}
	return &rest{session: s, token: token, refused: refused}, nil
}

// quiet takes away what discordgo would do by itself.
func quiet(s *discordgo.Session) {
	s.LogLevel = -1 // below LogError: it writes to the standard logger, payloads included
	s.StateEnabled = false
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
}

// do makes one call. in is marshalled if not nil, the answer unmarshalled into out if
// not nil. Errors carry no token; a refusal is an *apiError, and an error that is a
// *notSentError had no effect.
//
// Every call brings a bucket of its own: discordgo's are kept for ever, one per
// interaction token, and a call would queue behind every other of its key.
func (r *rest) do(ctx context.Context, method, endpoint string, in, out any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	var body []byte
	if in != nil {
		var err error
		if body, err = json.Marshal(in); err != nil {
			return &notSentError{err: fmt.Errorf("marshal request: %w", err)}
		}
	}
	bucket := new(discordgo.Bucket)
	bucket.Lock() // released by discordgo
	answer, err := r.session.RequestWithLockedBucket(method, endpoint, "application/json", body, bucket, 0,
		discordgo.WithContext(ctx))
	if err != nil {
		return r.clean(method, endpoint, err)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("%s: unreadable answer: %w", routeOf(method, endpoint), err)
	}
	return nil
}

// clean takes the address out of an error of net/http and tells of a refused token.
func (r *rest) clean(method, endpoint string, err error) error {
	if refusal, ok := errors.AsType[*apiError](err); ok {
		if refusesToken(refusal) {
			r.refused(refusal)
		}
		return refusal
	}
	if outer, ok := errors.AsType[*url.Error](err); ok {
		err = outer.Err
	}
	route := routeOf(method, endpoint)
	return &callError{text: scrub(route+": "+err.Error(), r.token), err: err}
}

func routeOf(method, endpoint string) string {
	u, err := url.Parse(endpoint)
	if err != nil {
		return method
	}
	return method + " " + redactRoute(u)
}

// refusesToken tells a bad bot token from a bad interaction token: only the former
// must stop the process.
func refusesToken(e *apiError) bool {
	if e.Code == codeInvalidToken || e.Code == codeUnauthorized {
		return true
	}
	return e.Status == http.StatusUnauthorized && e.Code != codeInvalidWebhook && !e.HTML &&
		!exempt(e.Route)
}

// callError is a call that brought no answer.
type callError struct {
	text string
	err  error
}

func (e *callError) Error() string { return e.text }

func (e *callError) Unwrap() error { return e.err }
