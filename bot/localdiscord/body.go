package localdiscord

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
)

// read takes in the body: JSON, or a multipart form with payload_json and files.
func (r *request) read() error {
	data, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxBody))
	if err != nil {
		return apiErr(codeEntityTooLarge)
	}
	if len(data) == 0 {
		return nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" && kind != "multipart/form-data" {
		f, n := newForm(nil)
		n.fail("CONTENT_TYPE_INVALID", `Expected "Content-Type" header to be one of {'application/json', 'multipart/form-data'}.`)
		return f.err()
	}
	if kind == "multipart/form-data" {
		if data, err = r.readForm(data, params["boundary"]); err != nil {
			return err
		}
	}
	r.raw = data
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&r.body); err != nil {
		return apiErr(codeInvalidJSON)
	}
	return nil
}

// readForm takes the files from a multipart body and returns its JSON.
func (r *request) readForm(data []byte, boundary string) ([]byte, error) {
	parts := multipart.NewReader(bytes.NewReader(data), boundary)
	payload := []byte("{}")
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, apiErr(codeInvalidForm)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return nil, apiErr(codeInvalidForm)
		}
		switch {
		case part.FormName() == "payload_json":
			payload = content
		case len(content) > maxFile:
			return nil, apiErr(codeEntityTooLarge)
		default:
			r.files = append(r.files, upload{part.FormName(), part.FileName(), content})
		}
	}
	if len(r.files) > maxFiles {
		f, n := newForm(nil)
		n.at("files", nil).fail("BASE_TYPE_BAD_LENGTH", "Must be between 1 and %d in length.", maxFiles)
		return nil, f.err()
	}
	return payload, nil
}
