package sources

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
)

// maxCodings is how many content codings an answer may stack. Nobody honest uses two.
const maxCodings = 2

// readBody reads and decompresses the body of resp, at most limit bytes before and
// after decompression: a bomb is small outside, and endless empty blocks are small
// inside.
func readBody(resp *http.Response, limit int64) ([]byte, error) {
	var r io.Reader = &capped{r: resp.Body, left: limit}
	r, err := decompress(r, resp.Header.Values("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	body, err := readAll(&capped{r: r, left: limit}, resp.ContentLength)
	if err != nil {
		return nil, bodyError(err)
	}
	if !bytes.HasPrefix(body, []byte(gzipMagic)) {
		return body, nil
	}
	return unzipFile(body, limit)
}

// gzipMagic starts every gzip file. Some servers hand out feed.xml.gz as it is.
const gzipMagic = "\x1f\x8b\x08"

func unzipFile(body []byte, limit int64) ([]byte, error) {
	zr, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, ErrCoding
	}
	out, err := io.ReadAll(&capped{r: zr, left: limit})
	return out, bodyError(err)
}

// bodyError keeps what names itself and calls the rest damage of the coding.
func bodyError(err error) error {
	if err == nil {
		return nil
	}
	if _, corrupt := errors.AsType[flate.CorruptInputError](err); corrupt ||
		errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) ||
		errors.Is(err, zlib.ErrChecksum) || strings.HasPrefix(err.Error(), "brotli:") {
		return ErrCoding
	}
	return err
}

func decompress(r io.Reader, headers []string) (io.Reader, error) {
	codings := strings.FieldsFunc(strings.ToLower(strings.Join(headers, ",")), func(c rune) bool { return c == ',' || c == ' ' })
	if len(codings) > maxCodings {
		return nil, fmt.Errorf("%w: it is compressed %d times over", ErrCoding, len(codings))
	}
	for i := len(codings) - 1; i >= 0; i-- {
		var err error
		if r, err = decoder(r, codings[i]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func decoder(r io.Reader, coding string) (io.Reader, error) {
	switch coding {
	case "identity", "none", "utf-8":
		return r, nil
	case "gzip", "x-gzip":
		br := bufio.NewReader(r)
		if head, err := br.Peek(2); err != nil || head[0] != gzipMagic[0] || head[1] != gzipMagic[1] {
			return br, nil // said gzip, sent plain
		}
		zr, err := gzip.NewReader(br)
		if err != nil {
			return nil, bodyError(err)
		}
		return zr, nil
	case "br":
		return brotli.NewReader(r), nil
	case "deflate":
		return inflate(bufio.NewReader(r))
	}
	return nil, fmt.Errorf("%w: %q is not known here", ErrCoding, clip(coding, 20))
}

// inflate reads "deflate", which is zlib by the book and raw by half the servers.
func inflate(br *bufio.Reader) (io.Reader, error) {
	head, err := br.Peek(2)
	if err != nil {
		return br, nil // empty; the read reports why
	}
	if head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
		return zlib.NewReader(br)
	}
	return flate.NewReader(br), nil
}

// capped reads at most left bytes and then says ErrTooLarge instead of cutting.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	c.left -= int64(n)
	if c.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}

// readAll is io.ReadAll with room for the length the server told, within reason.
func readAll(r io.Reader, told int64) ([]byte, error) {
	const most = 256 << 10 // a lie about the length must not cost memory
	var buf bytes.Buffer
	if told > 0 && told <= most {
		buf.Grow(int(told) + bytes.MinRead)
	}
	_, err := buf.ReadFrom(r)
	return buf.Bytes(), err
}
