package config

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"sort"
	"sync"
	"time"

	"github.com/goccy/go-yaml"

	"trucewire/news"
	"trucewire/news/lexicon"
	"trucewire/sources"
)

//go:embed catalogue
var embedded embed.FS

// Catalogue is what ships with the program: the desk's knowledge and the feeds.
type Catalogue struct {
	News  *news.Catalogue
	Feeds []sources.Source
}

// feed is a row of feeds.yaml.
type feed struct {
	ID          news.SourceID `yaml:"id"`
	Outlet      news.OutletID `yaml:"outlet"`
	Name        string        `yaml:"name"`
	URL         string        `yaml:"url"`
	Lang        string        `yaml:"lang"`
	Type        string        `yaml:"kind"`
	Affiliation string        `yaml:"affiliation"`
	Content     string        `yaml:"content"` // headline, summary, long, full
	Format      string        `yaml:"format"`
	Scope       scope         `yaml:"scope"`
	Proof       []string      `yaml:"proof"` // who saw it answer, strongest first
	Default     bool          `yaml:"default"`
	Every       string        `yaml:"every"` // interval; empty: the operator's
	Note        string        `yaml:"note"`
}

// scope is "world" or a list of conflicts.
type scope []news.ConflictID

// UnmarshalYAML takes the word world for every conflict.
func (s *scope) UnmarshalYAML(raw []byte) error {
	if string(bytes.TrimSpace(raw)) == "world" {
		*s = nil
		return nil
	}
	var ids []news.ConflictID
	if err := yaml.Unmarshal(raw, &ids); err != nil {
		return fmt.Errorf("scope is neither world nor a list of conflicts: %w", err)
	}
	*s = ids
	return nil
}

// file is what any catalogue file may hold; an operator's file may hold all of it.
type file struct {
	Version int `yaml:"version"`
	// Only names sections (conflicts, wars, outlets, feeds, packs) of an operator's file that
	// replace the embedded ones instead of merging with them.
	Only         []string            `yaml:"only"`
	Defaults     map[string]any      `yaml:"defaults"`
	Conflicts    []news.Conflict     `yaml:"conflicts"`
	Wars         []news.Conflict     `yaml:"wars"` // filed under other
	Bodies       []news.Body         `yaml:"bodies"`
	Collisions   []news.Collision    `yaml:"collisions"`
	FalseFriends map[string][]string `yaml:"false_friends"`
	Outlets      []news.Outlet       `yaml:"outlets"`
	Feeds        []feed              `yaml:"feeds"`
	Packs        []lexicon.Pack      `yaml:"packs"`
	Phrases      []news.PhraseBook   `yaml:"phrases"`
	Weights      news.Weights        `yaml:"weights"`
	Generators   []map[string]any    `yaml:"generators"`      // patterns for moderators, not polled
	Dead         []map[string]any    `yaml:"dead_or_blocked"` // known not to work, so that nobody loses time
	Lessons      []string            `yaml:"lessons"`
}

// LoadCatalogue decodes the embedded catalogue and merges the operator's file over
// it: an entry with a known id replaces that entry, others are added. The error
// joins every problem found, each naming file and entry.
//
// Without a file it is decoded once a process: callers get a copy whose lists are
// shared and, like every catalogue, only to be read. It is safe for concurrent use.
func LoadCatalogue(overrides string) (Catalogue, error) {
	if overrides != "" {
		return load(overrides)
	}
	c, err := bundled()
	if err != nil {
		return Catalogue{}, err
	}
	own := *c.News
	return Catalogue{News: &own, Feeds: slices.Clone(c.Feeds)}, nil
}

// bundled is the catalogue as embedded. Decoding its megabyte takes most of a second.
var bundled = sync.OnceValues(func() (Catalogue, error) { return load("") }) //nolint:gochecknoglobals // what is embedded never changes

func load(overrides string) (Catalogue, error) {
	var all file
	var problems []error
	for _, name := range []string{"conflicts.yaml", "wars.yaml", "outlets.yaml", "feeds.yaml", "weights.yaml"} {
		problems = append(problems, all.readEmbedded(name))
	}
	packs, err := readEach[lexicon.Pack]("lexicon/*.yaml")
	problems = append(problems, err)
	phrases, err := readEach[news.PhraseBook]("phrases/*.yaml")
	problems = append(problems, err)
	all.Packs, all.Phrases = packs, phrases
	if overrides != "" {
		problems = append(problems, all.readOverrides(overrides))
	}
	problems = append(problems, all.problems()...)
	if err := errors.Join(problems...); err != nil {
		return Catalogue{}, err
	}
	return all.catalogue(), nil
}

func (f *file) readEmbedded(name string) error {
	raw, err := embedded.ReadFile(path.Join("catalogue", name))
	if err != nil {
		return fmt.Errorf("catalogue %s: %w", name, err)
	}
	if err := yaml.UnmarshalWithOptions(raw, f, yaml.Strict()); err != nil {
		return fmt.Errorf("catalogue %s: %w", name, err)
	}
	return nil
}

// readEach decodes every embedded file that matches, in the order of their names.
func readEach[T any](pattern string) ([]T, error) {
	names, err := fs.Glob(embedded, path.Join("catalogue", pattern))
	if err != nil {
		return nil, fmt.Errorf("catalogue %s: %w", pattern, err)
	}
	sort.Strings(names)
	all := make([]T, 0, len(names))
	for _, name := range names {
		raw, err := embedded.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		var one T
		if err := yaml.UnmarshalWithOptions(raw, &one, yaml.Strict()); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, one)
	}
	return all, nil
}

func (f *file) readOverrides(name string) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("catalogue: %w", err)
	}
	var over file
	if err := yaml.UnmarshalWithOptions(raw, &over, yaml.Strict()); err != nil {
		return fmt.Errorf("catalogue %s: %w", name, err)
	}
	if err := f.clear(over.Only); err != nil {
		return fmt.Errorf("catalogue %s: %w", name, err)
	}
	f.Conflicts = merge(f.Conflicts, over.Conflicts, func(c news.Conflict) string { return string(c.ID) })
	f.Wars = merge(f.Wars, over.Wars, func(c news.Conflict) string { return string(c.ID) })
	f.Bodies = merge(f.Bodies, over.Bodies, func(b news.Body) string { return b.ID })
	f.Collisions = merge(f.Collisions, over.Collisions, func(c news.Collision) string { return c.Token })
	f.Outlets = merge(f.Outlets, over.Outlets, func(o news.Outlet) string { return string(o.ID) })
	f.Feeds = merge(f.Feeds, over.Feeds, func(s feed) string { return string(s.ID) })
	f.Packs = merge(f.Packs, over.Packs, func(p lexicon.Pack) string { return p.Lang })
	f.Phrases = merge(f.Phrases, over.Phrases, func(p news.PhraseBook) string { return p.Lang })
	for lang, phrases := range over.FalseFriends {
		f.FalseFriends[lang] = phrases
	}
	return nil
}

// clear empties the sections that an operator's file replaces as a whole.
func (f *file) clear(sections []string) error {
	for _, section := range sections {
		switch section {
		case "conflicts":
			f.Conflicts = nil
		case "wars":
			f.Wars = nil
		case "outlets":
			f.Outlets = nil
		case "feeds":
			f.Feeds = nil
		case "packs":
			f.Packs = nil
		default:
			return fmt.Errorf("only: %q is none of conflicts, wars, outlets, feeds, packs", section)
		}
	}
	return nil
}

// merge replaces entries of base that over has by key, and appends the others.
func merge[T any](base, over []T, key func(T) string) []T {
	at := make(map[string]int, len(base))
	for i, x := range base {
		at[key(x)] = i
	}
	for _, x := range over {
		if i, ok := at[key(x)]; ok {
			base[i] = x
			continue
		}
		base = append(base, x)
	}
	return base
}

func (f *file) catalogue() Catalogue {
	out := Catalogue{News: &news.Catalogue{
		Conflicts: f.Conflicts, Wars: f.Wars, Bodies: f.Bodies, Outlets: f.Outlets,
		Collisions: f.Collisions, FalseFriends: f.FalseFriends, Packs: f.Packs,
		Phrases: make(map[string]news.PhraseBook, len(f.Phrases)),
		Weights: f.Weights,
	}}
	for _, p := range f.Phrases {
		out.News.Phrases[p.Lang] = p
	}
	resolveParties(out.News.Conflicts, out.News.Wars)
	for _, x := range f.Feeds {
		out.Feeds = append(out.Feeds, x.source())
	}
	return out
}

// resolveParties fills in parties that are defined under another conflict.
func resolveParties(conflicts, wars []news.Conflict) {
	known := make(map[news.PartyID]news.Party)
	for _, c := range slices.Concat(conflicts, wars) {
		for _, p := range c.Parties {
			if p.Ref == "" {
				known[p.ID] = p
			}
		}
	}
	for _, c := range slices.Concat(conflicts, wars) {
		for j, p := range c.Parties {
			if p.Ref != "" {
				full := known[p.ID]
				full.Ref = p.Ref
				c.Parties[j] = full
			}
		}
	}
}

func (x feed) source() sources.Source {
	every, _ := time.ParseDuration(x.Every) // checked by problems
	return sources.Source{
		ID: x.ID, Name: x.Name, URL: x.URL, Outlet: x.Outlet, Lang: x.Lang, Type: x.Type,
		Affiliation: x.Affiliation, Conflicts: x.Scope, Default: x.Default, Every: every,
	}
}
