package news

import (
	"slices"
	"time"

	"trucewire/news/lexicon"
)

// Catalogue is what the desk knows before it reads anything: conflicts with their
// parties and places, bodies that speak in many conflicts, outlets, and language
// packs. It holds facts and names, never live status. A Catalogue is read-only
// after it is made and safe for concurrent use.
type Catalogue struct {
	Conflicts    []Conflict
	Wars         []Conflict // known by name, but filed under OtherConflict
	Bodies       []Body
	Outlets      []Outlet
	Collisions   []Collision
	FalseFriends map[string][]string // language → phrases that use truce words for something else
	Packs        []lexicon.Pack
	Phrases      map[string]PhraseBook // what the bot says, by language
	Weights      Weights               // fitted, see Weights
}

// Conflict is a catalogue entry. Maps are from language to names in that language.
type Conflict struct {
	ID        ConflictID `yaml:"id"`
	Name      string     `yaml:"name"`
	Short     string     `yaml:"short"` // as a headline names it, "Libya"; empty: Name
	Countries []string   `yaml:"countries"`
	// Allied are countries that stand on one side: naming both names one side.
	Allied []string `yaml:"allied"`
	Type   string   `yaml:"kind"`
	// Hostilities are the spans in which states of an interstate conflict fought, as
	// "2025-06-13/" (open) or "2024-04-01/2024-10-26"; none: throughout.
	Hostilities  []string            `yaml:"hostilities"`
	Aliases      map[string][]string `yaml:"aliases"`
	Parties      []Party             `yaml:"parties"`
	External     []External          `yaml:"external"`
	Mediators    []string            `yaml:"mediators"`
	Mechanisms   []string            `yaml:"mechanisms"`
	Places       []string            `yaml:"places"` // spellings of one place are parted by " / "
	PlacesI18n   map[string][]string `yaml:"places_i18n"`
	Casualty     []string            `yaml:"casualty_sources"`
	Arrangements []Arrangement       `yaml:"agreements"`
	Check        []string            `yaml:"check"` // how the entry was checked: article, search, memory
	Sources      []string            `yaml:"sources"`
}

// Party is a side of a conflict.
type Party struct {
	ID       PartyID             `yaml:"id"`
	Ref      ConflictID          `yaml:"ref"` // defined under that conflict
	Name     string              `yaml:"name"`
	Short    string              `yaml:"short"` // as a post names it, "GNA"; empty: Name
	Acronyms []string            `yaml:"acronyms"`
	Type     string              `yaml:"kind"`
	Period   string              `yaml:"period"` // "2016/2021-03"; either end may be empty
	Seat     string              `yaml:"seat"`
	Aliases  []string            `yaml:"aliases"`
	People   []string            `yaml:"people"` // office-holders and leaders, who may be named
	I18n     map[string][]string `yaml:"i18n"`
	Note     string              `yaml:"note"`
}

// External is a reported outside supporter of a party.
type External struct {
	Actor    string `yaml:"actor"`
	Reported string `yaml:"reported"`
	Source   string `yaml:"source"`
}

// Arrangement is a dated past truce, plan or deal that items may refer to by name.
type Arrangement struct {
	ID      ArrangementID `yaml:"id"`
	Name    string        `yaml:"name"`
	Aliases []string      `yaml:"aliases"`
	Date    string        `yaml:"date"` // as sources give it, may be disputed
	End     string        `yaml:"end"`
	Note    string        `yaml:"note"`
	Sources []string      `yaml:"sources"`
}

// earlyWord is how long before its date an arrangement may be spoken of by name.
const earlyWord = 30 * 24 * time.Hour

// knows reports whether a named arrangement may be meant by news of a time: "the Easter
// truce" of a year is not that of a later one. One without a date always may.
func (c Conflict) knows(id ArrangementID, at time.Time) bool {
	for _, a := range c.Arrangements {
		day, err := time.Parse(time.DateOnly, a.Date[:min(len(a.Date), len(time.DateOnly))])
		if a.ID == id && err == nil && !at.IsZero() {
			return !at.Add(earlyWord).Before(day)
		}
	}
	return true
}

// Body is an organisation that speaks, mediates or monitors in many conflicts.
type Body struct {
	ID      string              `yaml:"id"`
	Name    string              `yaml:"name"`
	Aliases []string            `yaml:"aliases"`
	I18n    map[string][]string `yaml:"i18n"`
	Class   SpeakerClass        `yaml:"class"` // un, mediator, monitor; empty: mediator
}

// Outlet is who carries items. Affiliation is printed beside its name; Sides name
// the parties it is tied to.
type Outlet struct {
	ID          OutletID  `yaml:"id"`
	Name        string    `yaml:"name"`
	Hosts       []string  `yaml:"hosts"`
	Zone        string    `yaml:"zone"` // IANA zone that its weekdays are in; empty: UTC
	Affiliation string    `yaml:"affiliation"`
	Sides       []PartyID `yaml:"sides"`
	Check       []string  `yaml:"check"` // how the entry was checked
}

// Collision is a token with several meanings and the context that decides.
type Collision struct {
	Token    string   `yaml:"token"`
	Meanings []string `yaml:"meanings"`
	Rule     string   `yaml:"rule"`
	// Party is the catalogue meaning; it counts only if one of Need is in the item.
	Party PartyID  `yaml:"party"`
	Need  []string `yaml:"need"`
}

// known lists every war whose names are looked for. The wars that are filed under
// OtherConflict come last.
func (c *Catalogue) known() []Conflict { return slices.Concat(c.Conflicts, c.Wars) }

// Conflict finds a conflict by id.
func (c *Catalogue) Conflict(id ConflictID) (Conflict, bool) {
	for _, x := range c.Conflicts {
		if x.ID == id {
			return x, true
		}
	}
	return Conflict{}, false
}

// Outlet finds an outlet by id or by host name. An outlet that the catalogue lacks
// comes back named after what was asked for, with ok false.
func (c *Catalogue) Outlet(id OutletID) (Outlet, bool) {
	for _, o := range c.Outlets {
		if o.ID == id {
			return o, true
		}
		for _, h := range o.Hosts {
			if h == string(id) {
				return o, true
			}
		}
	}
	return Outlet{ID: id, Name: string(id)}, false
}
