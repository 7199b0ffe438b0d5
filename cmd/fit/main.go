// Command fit computes the weights of the reader's two small models from labelled
// items (../shared/eval) and judges them on streams left out of the fit. It is
// deterministic: the same catalogue and items give the same file.
//
//	go run ./cmd/fit -eval ../shared/eval -out config/catalogue/weights.yaml
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"trucewire/config"
	"trucewire/news"
)

// The streams that may be read. The blind ones are no part of any fit.
func streams() []string { return []string{"sudan23", "autumn22", "spring22", "oct25", "mixed"} }

// others are added to the final fit only.
func others() []string {
	return append([]string{articles}, languages()...)
}

// The strength of the regularisation and the largest numbers of weights, chosen by
// the streams left out.
const (
	relevanceRidge  = 7.0
	kindRidge       = 3.0
	relevanceKeep   = 182
	kindKeep        = 207
	secondKindShare = 0.45
	firstKindTarget = 0.7
)

func main() {
	dir := flag.String("eval", "../shared/eval", "folder of labelled items")
	out := flag.String("out", "", "file to write the weights to")
	errors := flag.String("errors", "", "stream whose held-out errors are printed")
	flag.Parse()
	if err := run(os.Stdout, *dir, *out, *errors); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, dir, out, errors string) error {
	cat, err := config.LoadCatalogue("")
	if err != nil {
		return fmt.Errorf("load catalogue: %w", err)
	}
	reader, err := news.NewUnfitted(cat.News)
	if err != nil {
		return fmt.Errorf("new reader: %w", err)
	}
	t := &training{titles: map[string]string{}, relevance: &vocabulary{index: map[string]int{}}, kind: &vocabulary{index: map[string]int{}}}
	for _, s := range append(streams(), others()...) {
		if err := t.load(reader, dir, s); err != nil {
			return err
		}
	}
	if err := t.loadWrittenStreams(reader); err != nil {
		return err
	}
	for _, part := range []string{writtenFit, writtenHeld} {
		if err := t.loadWritten(reader, part); err != nil {
			return err
		}
	}
	pruned(t.relevant, t.relevance, relevanceRidge, relevanceKeep)
	pruned(t.chosen, t.kind, kindRidge, kindKeep)
	threshold := t.judge(w, errors)
	if err := judgeClaims(w, cat.News, dir); err != nil {
		return err
	}
	if out == "" {
		return nil
	}
	return t.write(out, threshold)
}

func judgeClaims(w io.Writer, cat *news.Catalogue, dir string) error {
	reader, err := news.NewReader(cat)
	if err != nil {
		return fmt.Errorf("new reader: %w", err)
	}
	c, err := loadClaims(reader, dir)
	if err != nil {
		return err
	}
	c.judge(w)
	return nil
}

// labelled is what is used of an item and its gold line.
type labelled struct {
	ID        string      `json:"id" yaml:"id"`
	URL       string      `json:"url" yaml:"url"`
	Outlet    string      `json:"outlet" yaml:"outlet"`
	Title     string      `json:"title" yaml:"title"`
	Text      string      `json:"text" yaml:"text"`
	Lang      string      `json:"lang" yaml:"lang"`
	Published string      `json:"published" yaml:"published"`
	Relevance string      `json:"relevance" yaml:"relevance"`
	Kinds     []news.Kind `json:"kinds" yaml:"kinds"`
	Claims    []told      `json:"claims" yaml:"claims"`
}

// item is what the reader is given.
func (it labelled) item() news.Item {
	return news.Item{Title: it.Title, Outlet: news.OutletID(it.Outlet), Text: it.Text, URL: it.URL, Lang: it.Lang, Published: day(it.Published)}
}

// day is the day a stamp begins with; zero where it begins with none.
func day(stamp string) time.Time {
	at, err := time.Parse(time.DateOnly, stamp[:min(len(stamp), len(time.DateOnly))])
	if err != nil {
		return time.Time{}
	}
	return at
}

type training struct {
	titles           map[string]string
	ownStreams       []string // written for the repository
	relevance, kind  *vocabulary
	relevant, chosen []choice
}

func (t *training) load(reader *news.Reader, dir, stream string) error {
	items, labels, err := readLabelled(dir, stream)
	if err != nil {
		return err
	}
	for _, it := range items {
		g := labels[it.ID]
		v := reader.Vectors(it.item())
		t.add(stream, it, g, v)
	}
	return nil
}

func (t *training) add(stream string, it, gold labelled, v news.Vectors) {
	t.titles[gold.ID] = it.Title
	t.addRelevance(stream, gold, v)
	if gold.Relevance == string(news.RelevantDevelopment) {
		t.addKind(stream, gold, v)
	}
}

func (t *training) addRelevance(stream string, g labelled, v news.Vectors) {
	yes := 0.0
	if g.Relevance == string(news.RelevantDevelopment) {
		yes = 1
	}
	t.relevant = append(t.relevant, choice{
		candidates: [][]term{t.relevance.terms(v.Relevance), nil}, target: []float64{yes, 1 - yes}, stream: stream, own: t.isOwn(stream), id: g.ID,
	})
}

func (t *training) isOwn(stream string) bool { return slices.Contains(t.ownStreams, stream) }

// addKind spreads the right answer over the gold kinds that the grammar found.
func (t *training) addKind(stream string, g labelled, v news.Vectors) {
	c := choice{stream: stream, own: t.isOwn(stream), id: g.ID, gold: g.Kinds}
	total := 0.0
	for _, k := range v.Kinds {
		weight := 0.0
		switch i := slices.Index(g.Kinds, k.Kind); {
		case i == 0:
			weight = firstKindTarget
		case i > 0:
			weight = (1 - firstKindTarget) / float64(len(g.Kinds)-1)
		}
		c.kinds = append(c.kinds, k.Kind)
		c.candidates = append(c.candidates, t.kind.terms(k.Features))
		c.target = append(c.target, weight)
		total += weight
	}
	if total == 0 {
		c.target = nil // the grammar found none of them: counts as wrong, teaches nothing
		t.chosen = append(t.chosen, c)
		return
	}
	for i := range c.target {
		c.target[i] /= total
	}
	t.chosen = append(t.chosen, c)
}

// readLabelled reads the items of a stream in their order, and the gold line of each.
func readLabelled(dir, stream string) (items []labelled, gold map[string]labelled, err error) {
	if items, err = read(filepath.Join(dir, stream+itemsSuffix)); err != nil {
		return nil, nil, err
	}
	lines, err := read(filepath.Join(dir, stream+".gold.jsonl"))
	if err != nil {
		return nil, nil, err
	}
	gold = make(map[string]labelled, len(lines))
	for _, g := range lines {
		gold[g.ID] = g
	}
	return items, gold, nil
}

func read(name string) ([]labelled, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read labelled items: %w", err)
	}
	defer f.Close()
	var out []labelled
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 4<<20)
	for lines.Scan() {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var l labelled
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		out = append(out, l)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return out, nil
}
