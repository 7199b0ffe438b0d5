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
)
