package sources

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
)

// withScheme knows what is meant as an address and not as a path.
var withScheme = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*://`)

// Open reads a feed from an address, as the poller would, or from a local file. The
// error is one line that names the address or file and says what is wrong with it.
func (f *Fetcher) Open(ctx context.Context, urlOrPath string) (Feed, error) {
	if withScheme.MatchString(urlOrPath) {
		feed, _, err := f.load(ctx, urlOrPath)
		return feed, err
	}
	body, err := f.readFile(urlOrPath)
	if err != nil {
		return Feed{}, err
	}
	feed, err := Parse(body, "", "")
	if err != nil {
		return Feed{}, fmt.Errorf("%s: %w", clip(urlOrPath, 200), err)
	}
	return feed, nil
}

// load fetches and parses one address.
func (f *Fetcher) load(ctx context.Context, url string) (Feed, Response, error) {
	res, err := f.Fetch(ctx, Request{URL: url})
	if err != nil {
		return Feed{}, Response{}, err
	}
	feed, err := Parse(res.Body, res.ContentType, res.URL)
	if err != nil {
		return Feed{}, res, &FetchError{URL: MaskURL(url), Err: err}
	}
	return feed, res, nil
}

// readFile reads a regular file, at most as much as a fetch would.
func (f *Fetcher) readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fileError(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: this is not a file", clip(path, 200))
	}
	file, err := os.Open(filepath.Clean(path))
	if err != nil {
		return nil, fileError(path, err)
	}
	defer file.Close()
	body, err := io.ReadAll(&capped{r: file, left: f.maxBody})
	if err != nil {
		return nil, fileError(path, err)
	}
	return body, nil
}

func fileError(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s: no such file; an address begins with https://", clip(path, 200))
	}
	if pe, ok := errors.AsType[*os.PathError](err); ok {
		err = pe.Err
	}
	return fmt.Errorf("%s: %w", clip(path, 200), err)
}
