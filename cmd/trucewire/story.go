package main

import (
	_ "embed"
	"fmt"
	"time"

	"github.com/goccy/go-yaml"

	"trucewire/news"
)

//go:embed story/libya.yaml
var bundledStory []byte

// story is a sequence of items by invented outlets, played over loopback feeds.
type story struct {
	Start    time.Time       `yaml:"start"`
	End      time.Time       `yaml:"end"`
	Zone     string          `yaml:"zone"`
	Conflict news.ConflictID `yaml:"conflict"`
	Outlets  []storyOutlet   `yaml:"outlets"`
	Items    []storyItem     `yaml:"items"` // oldest first
}

type storyOutlet struct {
	ID          news.OutletID `yaml:"id"`
	Name        string        `yaml:"name"`
	Host        string        `yaml:"host"`
	Format      string        `yaml:"format"` // rss, atom, rdf, json
	Lang        string        `yaml:"lang"`
	Affiliation string        `yaml:"affiliation"`
}

type storyItem struct {
	Outlet news.OutletID `yaml:"outlet"`
	At     time.Time     `yaml:"at"`
	Slug   string        `yaml:"slug"`
	Title  string        `yaml:"title"`
	Text   string        `yaml:"text"`
}

func (i storyItem) link(host string) string {
	return fmt.Sprintf("https://%s/%s/%s", host, i.At.Format("2006/01/02"), i.Slug)
}

func loadStory() (story, error) {
	var s story
	if err := yaml.UnmarshalWithOptions(bundledStory, &s, yaml.Strict()); err != nil {
		return story{}, fmt.Errorf("bundled story: %w", err)
	}
	return s, nil
}

// outlets are the story's outlets as the catalogue describes outlets.
func (s story) outlets() []news.Outlet {
	out := make([]news.Outlet, 0, len(s.Outlets))
	for _, o := range s.Outlets {
		out = append(out, news.Outlet{ID: o.ID, Name: o.Name, Hosts: []string{o.Host}, Zone: s.Zone, Affiliation: o.Affiliation})
	}
	return out
}
