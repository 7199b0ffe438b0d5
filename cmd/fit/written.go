package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"

	"trucewire/news"
)

// The two parts of the items written for this repository: one to fit on, one that
// is only judged.
const (
	writtenDir  = "news/testdata/written"
	streamsDir  = "news/testdata/streams"
	writtenFit  = "fit"
	writtenHeld = "held"
	itemsSuffix = ".items.jsonl"
)

// writtenWeight is the weight of an item written by hand, chosen with the ridge by the
// streams left out.
const writtenWeight = 0.5

// ownStreamWeight is that of an item of a stream written for the repository, chosen in
// the same way. A stream brings the plain items too.
const ownStreamWeight = 0.3

// loadWritten adds the items of one part, each file being given its part's name as
// its stream.
func (t *training) loadWritten(reader *news.Reader, part string) error {
	files, err := filepath.Glob(filepath.Join(writtenDir, part+"-*.yaml"))
	if err != nil {
		return fmt.Errorf("written items: %w", err)
	}
	for _, name := range files { // Glob sorts
		raw, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("written items: %w", err)
		}
		var rows []labelled
		if err := yaml.Unmarshal(raw, &rows); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for i, r := range rows {
			r.ID = fmt.Sprintf("%s-%03d", filepath.Base(name), i+1)
			v := reader.Vectors(news.Item{Title: r.Title, Text: r.Text, URL: r.URL, Lang: cmp.Or(r.Lang, "en")})
			t.add(part, r, r, v)
		}
	}
	return nil
}

// loadWrittenStreams adds the streams written for this repository, in the form of the
// labelled ones.
func (t *training) loadWrittenStreams(reader *news.Reader) error {
	files, err := filepath.Glob(filepath.Join(streamsDir, "*"+itemsSuffix))
	if err != nil {
		return fmt.Errorf("written streams: %w", err)
	}
	for _, name := range files { // Glob sorts
		t.ownStreams = append(t.ownStreams, strings.TrimSuffix(filepath.Base(name), itemsSuffix))
	}
	for _, s := range t.ownStreams {
		if err := t.load(reader, streamsDir, s); err != nil {
			return err
		}
	}
	return nil
}
