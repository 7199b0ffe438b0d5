package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/goccy/go-yaml"

	"trucewire/news"
)

// The two parts of the items written for this repository: one to fit on, one that
// is only judged.
const (
	writtenDir  = "news/testdata/written"
	writtenFit  = "fit"
	writtenHeld = "held"
)

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
			v := reader.Vectors(news.Item{Title: r.Title, Text: r.Text, URL: r.URL, Lang: "en"})
			t.add(part, r, r, v)
		}
	}
	return nil
}
