package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"trucewire/news"
	"trucewire/sources"
)

// feedServer plays a story as feeds on loopback: at any moment of the story clock a
// feed holds what its outlet had published by then. It behaves as a good publisher
// does: validators, and a max-age that ends when the outlet's next item appears, so
// that a story of days is polled as often as something happens and no oftener.
type feedServer struct {
	story    story
	now      func() time.Time
	listener net.Listener
	server   *http.Server
}

func newFeedServer(s story, now func() time.Time) (*feedServer, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a loopback listener does not wait
	if err != nil {
		return nil, fmt.Errorf("story feeds: %w", err)
	}
	f := &feedServer{story: s, now: now, listener: listener}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{outlet}/feed", f.serve)
	f.server = &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	return f, nil
}

// run serves until close.
func (f *feedServer) run() error {
	if err := f.server.Serve(f.listener); err != http.ErrServerClosed { //nolint:errorlint // Serve returns it unwrapped
		return fmt.Errorf("story feeds: %w", err)
	}
	return nil
}

func (f *feedServer) close() error { return f.server.Close() }

// sources are the story's feeds as the catalogue describes feeds.
func (f *feedServer) sources() []sources.Source {
	out := make([]sources.Source, 0, len(f.story.Outlets))
	for _, o := range f.story.Outlets {
		out = append(out, sources.Source{
			ID: news.SourceID(o.ID), Name: o.Name, Outlet: o.ID, Lang: o.Lang, Type: "story",
			URL:         fmt.Sprintf("http://%s/%s/feed", f.listener.Addr(), o.ID),
			Affiliation: o.Affiliation, Default: true,
		})
	}
	return out
}

func (f *feedServer) serve(w http.ResponseWriter, r *http.Request) {
	outlet, ok := f.outlet(news.OutletID(r.PathValue("outlet")))
	if !ok {
		http.NotFound(w, r)
		return
	}
	now := f.now()
	items, next := f.published(outlet.ID, now)
	body, contentType, err := encodeFeed(outlet, items)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	sum := sha256.Sum256(body)
	etag := `"` + hex.EncodeToString(sum[:8]) + `"`
	w.Header().Set("ETag", etag)
	w.Header().Set("Cache-Control", "max-age="+strconv.Itoa(int(next.Sub(now)/time.Second)))
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", contentType)
	_, _ = w.Write(body) // the client went away: nothing to do
}

func (f *feedServer) outlet(id news.OutletID) (storyOutlet, bool) {
	for _, o := range f.story.Outlets {
		if o.ID == id {
			return o, true
		}
	}
	return storyOutlet{}, false
}

// published returns the outlet's items up to now, newest first, and when the next
// one appears (the story's end if none does).
func (f *feedServer) published(id news.OutletID, now time.Time) ([]storyItem, time.Time) {
	var out []storyItem
	for _, it := range f.story.Items {
		if it.Outlet != id {
			continue
		}
		if it.At.After(now) {
			return out, it.At
		}
		out = append([]storyItem{it}, out...)
	}
	return out, now.Add(24 * time.Hour)
}

func encodeFeed(o storyOutlet, items []storyItem) (body []byte, contentType string, err error) {
	switch o.Format {
	case "atom":
		body, err = xmlFeed(atomFeed(o, items))
		return body, "application/atom+xml; charset=utf-8", err
	case "rdf":
		body, err = xmlFeed(rdfFeed(o, items))
		return body, "application/rdf+xml; charset=utf-8", err
	case "json":
		body, err = json.Marshal(jsonFeed(o, items))
		return body, "application/feed+json", err
	default:
		body, err = xmlFeed(rssFeed(o, items))
		return body, "application/rss+xml; charset=utf-8", err
	}
}

func xmlFeed(v any) ([]byte, error) {
	body, err := xml.Marshal(v)
	return append([]byte(xml.Header), body...), err
}

type rssRoot struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title    string    `xml:"title"`
	Link     string    `xml:"link"`
	Language string    `xml:"language"`
	Items    []rssItem `xml:"item"`
}

type rssItem struct {
	GUID        string `xml:"guid"`
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description"`
	PubDate     string `xml:"pubDate"`
}

func rssFeed(o storyOutlet, items []storyItem) rssRoot {
	root := rssRoot{Version: "2.0", Channel: rssChannel{Title: o.Name, Link: "https://" + o.Host + "/", Language: o.Lang}}
	for _, it := range items {
		link := it.link(o.Host)
		root.Channel.Items = append(root.Channel.Items, rssItem{GUID: link, Title: it.Title, Link: link, Description: it.Text, PubDate: it.At.Format(time.RFC1123Z)})
	}
	return root
}

type atomRoot struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID        string   `xml:"id"`
	Title     string   `xml:"title"`
	Link      atomLink `xml:"link"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Summary   string   `xml:"summary"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
}

func atomFeed(o storyOutlet, items []storyItem) atomRoot {
	root := atomRoot{Lang: o.Lang, ID: "https://" + o.Host + "/", Title: o.Name, Updated: "2020-06-07T00:00:00Z"}
	for i, it := range items {
		at := it.At.Format(time.RFC3339)
		if i == 0 {
			root.Updated = at
		}
		link := it.link(o.Host)
		root.Entries = append(root.Entries, atomEntry{ID: link, Title: it.Title, Link: atomLink{Href: link}, Published: at, Updated: at, Summary: it.Text})
	}
	return root
}

type rdfRoot struct {
	XMLName xml.Name  `xml:"http://www.w3.org/1999/02/22-rdf-syntax-ns# RDF"`
	Channel rdfHead   `xml:"http://purl.org/rss/1.0/ channel"`
	Items   []rdfItem `xml:"http://purl.org/rss/1.0/ item"`
}

type rdfHead struct {
	About    string `xml:"http://www.w3.org/1999/02/22-rdf-syntax-ns# about,attr"`
	Title    string `xml:"title"`
	Link     string `xml:"link"`
	Language string `xml:"http://purl.org/dc/elements/1.1/ language"`
}

type rdfItem struct {
	About       string `xml:"http://www.w3.org/1999/02/22-rdf-syntax-ns# about,attr"`
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	Description string `xml:"description"`
	Date        string `xml:"http://purl.org/dc/elements/1.1/ date"`
}

func rdfFeed(o storyOutlet, items []storyItem) rdfRoot {
	home := "https://" + o.Host + "/"
	root := rdfRoot{Channel: rdfHead{About: home, Title: o.Name, Link: home, Language: o.Lang}}
	for _, it := range items {
		link := it.link(o.Host)
		root.Items = append(root.Items, rdfItem{About: link, Title: it.Title, Link: link, Description: it.Text, Date: it.At.Format(time.RFC3339)})
	}
	return root
}

type jsonRoot struct {
	Version  string     `json:"version"`
	Title    string     `json:"title"`
	Home     string     `json:"home_page_url"`
	Language string     `json:"language"`
	Items    []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Text      string `json:"content_text"`
	Published string `json:"date_published"`
}

func jsonFeed(o storyOutlet, items []storyItem) jsonRoot {
	root := jsonRoot{Version: "https://jsonfeed.org/version/1.1", Title: o.Name, Home: "https://" + o.Host + "/", Language: o.Lang, Items: []jsonItem{}}
	for _, it := range items {
		link := it.link(o.Host)
		root.Items = append(root.Items, jsonItem{ID: link, URL: link, Title: it.Title, Text: it.Text, Published: it.At.Format(time.RFC3339)})
	}
	return root
}
