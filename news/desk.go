package news

import (
	"time"
)

// Window is what a desk needs to go on where another left off: all readings of the
// last 14 days that are not irrelevant, the developments they mention, and the
// newest standing of every arrangement. The store loads it at start-up.
type Window struct {
	Readings     []Reading
	Developments []Development
	Standings    []Standing
}

// WindowLength is how far back the desk compares.
const WindowLength = 14 * 24 * time.Hour

// Freshness is how old an item may be when it is first seen and still alert: what
// is older reached its readers elsewhere long ago, and late feeds and re-dated
// archives would otherwise ring for old news.
const Freshness = 48 * time.Hour

// Changes are what filing items decided. Nothing has changed yet: the caller first
// makes them durable, then gives them to Desk.Apply.
type Changes struct {
	Readings     []Reading     // one per item, in order
	Filed        []Filing      // one per item, in order
	Developments []Development // new values of those that are new or changed
	Updates      []Update      // what channels may be owed, in order
	Standings    []Standing    // status changes, in order
}

// Filing is where one item went.
type Filing struct {
	Item        ItemID
	Development DevelopmentID // empty: none
	Novelty     Novelty       // empty: none
	Severity    Severity
	Also        []Also // minor developments
	// Stale tells that the item was older than Freshness when it was first seen: it
	// is filed, and no channel is owed anything for it.
	Stale bool
	// Why are the rules and signals behind the decision, for --explain.
	Why []string
}

// Also is a minor development that an item mentions.
type Also struct {
	Development DevelopmentID
	Kinds       []Kind
}

// ItemReader reads one item. The same item gives the same reading. [Reader] is one.
type ItemReader interface {
	Read(Item) Reading
}

// Desk holds the window of recent relevant items and files new ones: into
// developments, with what each adds, and moves the standing of arrangements. It
// keeps nothing that Load could not rebuild, so a desk loaded from what was stored
// goes on with exactly the output of the one that ran. A Desk is not safe for
// concurrent use; one goroutine owns it.
type Desk struct {
	// GroupOnly skips the relevance gate and groups every item by its words alone,
	// however old, for `replay --group-only`. The default is false.
	GroupOnly bool

	cat       *Catalogue
	reader    ItemReader
	origins   origins
	window    *window
	own       map[SourceID]*window     // items of servers' own sources, and what they alone tell
	guests    map[DevelopmentID]guests // what own sources told of the window's developments
	standings map[standingKey]Standing
	judges    judges
}

// NewDesk makes an empty desk. The catalogue and the reader stay the caller's and
// are only read; a nil reader serves a desk that is given readings alone.
func NewDesk(cat *Catalogue, r ItemReader) *Desk {
	return &Desk{
		cat:       cat,
		reader:    r,
		origins:   originsFor(cat, r),
		window:    newWindow(false),
		own:       map[SourceID]*window{},
		guests:    map[DevelopmentID]guests{},
		standings: map[standingKey]Standing{},
		judges:    judges{story: storyWeights(), step: stepWeights(), foreign: foreignWeights()},
	}
}

// Load replaces what the desk holds by a window from the store, in any order.
func (d *Desk) Load(w Window) {
	d.window = newWindow(d.GroupOnly)
	d.own, d.guests = map[SourceID]*window{}, map[DevelopmentID]guests{}
	d.standings = map[standingKey]Standing{}
	d.Apply(Changes{Readings: w.Readings, Developments: w.Developments, Standings: w.Standings})
}

// Apply takes over what File decided, once it is durable.
func (d *Desk) Apply(c Changes) {
	d.window.byWords = d.GroupOnly
	for _, r := range c.Readings {
		if d.keeps(r) {
			d.windowOf(r.Source).insert(newEntry(r))
		}
	}
	for _, dev := range c.Developments {
		d.take(dev)
	}
	for _, s := range c.Standings {
		d.standings[keyOf(s)] = s
	}
}

// keeps reports whether a reading belongs in the window.
func (d *Desk) keeps(r Reading) bool { return d.GroupOnly || r.Relevance != Irrelevant }

// File reads items and decides where they go, what they add and what channels may
// be owed. Items of one call see each other in order. Nothing the desk answers
// later depends on the call until Apply takes its result.
func (d *Desk) File(items []Item, now time.Time) Changes {
	readings := make([]Reading, len(items))
	for i, it := range items {
		readings[i] = d.reader.Read(it)
		if d.GroupOnly { // also what the reader found irrelevant, and by its words alone
			readings[i].Features = featuresOf(it.Title, it.Text, readings[i].Lang, nil, nil, nil)
		}
	}
	return d.FileReadings(readings, now)
}

// FileReadings is File for items that were read already. The readings are not
// changed; the result shares their slices.
func (d *Desk) FileReadings(readings []Reading, now time.Time) Changes {
	d.window.byWords = d.GroupOnly // the caller set it after NewDesk
	if !d.GroupOnly {
		d.evict(now.Add(-WindowLength)) // forgets what File may no longer use: no decision
	}
	b := batch{Desk: d, now: now, over: newWindow(d.GroupOnly), standings: map[standingKey]Standing{}, owns: map[SourceID]*batch{}, guests: map[DevelopmentID]guests{}}
	b.tick()
	for _, r := range readings {
		b.file(r)
	}
	return b.changes()
}
