package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lockName stays in the data directory for ever: removing it on release would let
// two services hold locks on two files of the same name.
const lockName = "trucewire.lock"

// ErrLocked says that another trucewire runs on the data directory.
var ErrLocked = errors.New("another trucewire is running on it")

// Lock takes the exclusive lock on the data directory, making the directory if it
// is missing. It does not wait: ErrLocked if another process holds it. The lock
// ends with Unlock or with the process, however that ends.
func Lock(dir string) (*flock.Flock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make data directory: %w", err)
	}
	l := flock.New(filepath.Join(dir, lockName))
	held, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock data directory %s: %w", dir, err)
	}
	if !held {
		return nil, fmt.Errorf("data directory %s: %w; stop it first or use another directory", dir, ErrLocked)
	}
	return l, nil
}
