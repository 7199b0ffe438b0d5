package bot

import (
	"errors"
	"fmt"
	"net"
	"net/http"

	"trucewire/notify"
)

// postError sorts a failed call into what the dispatcher branches on, by Discord's code
// first and by status second (reference.md §10). What stays as it is may have taken effect.
func postError(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*notify.RetryError](err); ok {
		return err // sorted already
	}
	if e, ok := errors.AsType[*apiError](err); ok {
		return refusalError(e)
	}
	if e, ok := errors.AsType[*notSentError](err); ok {
		return &notify.RetryError{After: e.after, Err: err}
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return &notify.RetryError{After: defaultRetry, Err: err}
	}
	return err
}

func refusalError(e *apiError) error {
	f, mend := fateOf(e.Code)
	switch f {
	case fateGone:
		return fmt.Errorf("%w: %s: %w", notify.ErrGone, mend, e)
	case fateDone:
		return fmt.Errorf("%w: %w", notify.ErrAlreadyDone, e)
	case fateReworded, fateRejected:
		return fmt.Errorf("%w: %w", notify.ErrRejected, e)
	case fateLater, fateSlowEdits:
		return &notify.RetryError{After: e.After, Err: e}
	case fateTomorrow:
		return &notify.RetryError{After: max(e.After, tomorrow), Err: e}
	case fateToken:
		return fmt.Errorf("%w: %w", notify.ErrToken, e)
	case fateBlocked:
		return &notify.RetryError{After: cloudflareRetry, Err: e}
	default:
		return statusError(e)
	}
}

func statusError(e *apiError) error {
	switch {
	case e.Status == http.StatusTooManyRequests:
		return &notify.RetryError{After: e.After, Err: e}
	case e.Status == http.StatusUnauthorized:
		return fmt.Errorf("%w: %w", notify.ErrToken, e)
	case e.Status == http.StatusForbidden && e.HTML:
		return &notify.RetryError{After: cloudflareRetry, Err: e}
	case e.Status == http.StatusForbidden, e.Status == http.StatusNotFound && !e.HTML:
		return fmt.Errorf("%w: %w", notify.ErrGone, e)
	case e.Status >= 300 && e.Status < 500 && e.HTML:
		return &notify.RetryError{After: htmlRetry, Err: e} // not Discord's word
	case e.Status >= 400 && e.Status < 500:
		return fmt.Errorf("%w: %w", notify.ErrRejected, e)
	default:
		return e // it may have taken effect
	}
}
