package news

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Reader turns items into readings. It is read-only after it is made and safe for
// concurrent use.
type Reader struct {
	cat          *Catalogue
	known        []Conflict // every war that names are known of
	weights      Weights
	languages    []*language
	scripts      []string  // of the packs, Latin first
	fallback     *language // English: the names and core words most outlets share
	tables       map[string]*nameTable
	conflicts    *conflictIndex
	frames       [numClasses][]*frame // by trigger
	sharpers     []sharper
	claimWeights map[string]float64
	names        *featureNames
	zones        map[OutletID]*time.Location // by outlet id and host
	origins      origins
	wires        []string // wire services as copy is signed
}

// ErrNoEnglish is returned by NewReader for a catalogue without the English pack,
// which every other language falls back to.
var ErrNoEnglish = errors.New("catalogue has no pack for en")

// NewReader prepares a catalogue for reading: names and word classes of every pack.
func NewReader(cat *Catalogue) (*Reader, error) {
	r := &Reader{cat: cat, weights: cat.Weights, tables: make(map[string]*nameTable), names: newFeatureNames()}
	if len(r.weights.Relevance) == 0 {
		return nil, fmt.Errorf("new reader: %w", errNoWeights)
	}
	return r.prepare()
}

// NewUnfitted prepares a reader without weights, which only Vectors may be asked of:
// the fitting program starts from it.
func NewUnfitted(cat *Catalogue) (*Reader, error) {
	return (&Reader{cat: cat, tables: make(map[string]*nameTable), names: newFeatureNames()}).prepare()
}

var errNoWeights = errors.New("catalogue has no weights")

func (r *Reader) prepare() (*Reader, error) {
	r.known = r.cat.known()
	r.origins = newOrigins(r.cat)
	names := catalogueNames(r.cat)
	r.conflicts = newConflictIndex(r.cat, names)
	r.zones = outletZones(r.cat.Outlets)
	r.wires = []string{"Reuters", "AP", "AFP", "EFE", "dpa", "ANSA", "Xinhua", "TASS", "Interfax", "Anadolu", "PTI", "UPI", "رويترز", "أ ف ب", "ТАСС", "РИА Новости", "Укрінформ", "DPA", "Kyodo", "IANS", "Associated Press"}
	r.scripts = []string{latinScript}
	for _, p := range r.cat.Packs {
		if name := scriptName(p); !slices.Contains(r.scripts, name) {
			r.scripts = append(r.scripts, name)
		}
		l := newLanguage(p, r.cat.FalseFriends[p.Lang])
		r.languages = append(r.languages, l)
		r.tables[p.Lang] = names.table(p)
		if p.Lang == "en" {
			r.fallback = l
		}
	}
	if r.fallback == nil {
		return nil, ErrNoEnglish
	}
	for _, f := range grammar() {
		r.frames[f.trigger] = append(r.frames[f.trigger], &f)
	}
	r.sharpers, r.claimWeights = sharpers(), claimWeights()
	return r, nil
}

func (r *Reader) document(it Item) *document {
	lang := r.languageOf(it)
	d := newDocument(it, lang, r.tables[lang.lang])
	d.dropCollisions(r.cat)
	d.local = r.localTime(it)
	return d
}

// localTime is when an item was published on the clock of its outlet, whose
// weekdays it means. Zero where the publisher gave no date.
func (r *Reader) localTime(it Item) time.Time {
	if it.Published.IsZero() {
		return time.Time{}
	}
	if zone := r.zones[it.Outlet]; zone != nil {
		return it.Published.In(zone)
	}
	return it.Published.UTC()
}

// outletZones resolves the outlets' zones. One that the system does not know reads
// as UTC: a weekday is then wrong by at most one day around midnight.
func outletZones(outlets []Outlet) map[OutletID]*time.Location {
	zones := make(map[OutletID]*time.Location)
	for _, o := range outlets {
		zone, err := time.LoadLocation(o.Zone)
		if o.Zone == "" || err != nil {
			continue
		}
		zones[o.ID] = zone
		for _, h := range o.Hosts {
			zones[OutletID(h)] = zone
		}
	}
	return zones
}

// Vectors gives the features of an item: what the weights are fitted to, and what
// --explain prints.
func (r *Reader) Vectors(it Item) Vectors {
	f := r.factsOf(r.document(it))
	return Vectors{Relevance: f.relevanceFeatures(r.names), Kinds: f.kindFeatures()}
}

// Read reads an item. It never fails: an item it can make nothing of is irrelevant.
func (r *Reader) Read(it Item) Reading {
	d := r.document(it)
	f := r.factsOf(d)
	out := Reading{
		Cite:     Cite{Item: it.ID, Source: it.Source, Outlet: it.Outlet, URL: it.URL, Lang: d.lang, At: it.Published},
		Revision: it.Revision, Version: ReaderVersion, Title: d.title,
	}
	relevance, p := r.relevance(f, f.relevanceFeatures(r.names))
	out.Relevance = relevance
	if out.Relevance == Irrelevant {
		return out
	}
	out.Conflict = r.conflict(f)
	if out.Relevance == RelevantDevelopment {
		ranking := r.rankKinds(f.kindFeatures())
		out.Kinds, out.Certainty = r.chosenKinds(ranking), r.certainty(f, p, ranking)
	}
	r.tell(&out, f)
	return out
}

// tell fills in who, where, how many and by whom.
func (r *Reader) tell(out *Reading, f *facts) {
	d := f.d
	voices, figures := r.voicesOn(d, out.Conflict), f.figures
	f.headlineVoice(voices, figures)
	for i := range figures {
		figures[i].By = d.speaker(figures[i], voices)
		out.Figures = append(out.Figures, figures[i].Figure)
	}
	out.Agency = r.agency(d)
	out.Parties, out.Places = d.partiesNamed(), d.placesNamed()
	out.Arrangement = r.arrangement(f, out.Conflict)
	if out.Relevance == RelevantDevelopment {
		out.Claims = r.claims(f, out.Kinds, figures, voices)
	}
	out.By = speakersOf(out.Claims)
	out.Features = featuresOf(d.title, d.text, d.lang, d.entityIDs(), numbersOf(out.Figures), d.daysNamed())
	out.Features.Concepts = f.concepts()
}

// voicesOn are those who speak in an item on a conflict, by sentence.
func (r *Reader) voicesOn(d *document, conflict ConflictID) map[int]voice {
	d.own, d.home = r.partiesOf(conflict), r.countriesOf(conflict)
	voices := d.voices()
	r.identify(d, conflict, voices)
	return voices
}

// entityIDs are the catalogue ids of everything named, which are the same in every
// language: by them one step told in two languages is recognised.
func (d *document) entityIDs() []string {
	var out []string
	for _, m := range d.mentions {
		for _, e := range m.entities {
			if id := d.names.entities[e].id; !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	slices.Sort(out)
	return out
}

func numbersOf(figures []Figure) []int {
	var out []int
	for _, f := range figures {
		if f.Min != nil {
			out = append(out, *f.Min)
		}
		if f.Max != nil && (f.Min == nil || *f.Max != *f.Min) {
			out = append(out, *f.Max)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (d *document) daysNamed() []string {
	if d.local.IsZero() {
		return nil
	}
	var out []string
	for _, f := range d.findDays(0, len(d.tokens), d.local) {
		out = append(out, f.day)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// partiesOf are the parties of a conflict.
func (r *Reader) partiesOf(id ConflictID) map[PartyID]bool {
	own := make(map[PartyID]bool)
	for i, c := range r.known {
		if r.filedUnder(i) != id {
			continue
		}
		for _, p := range c.Parties {
			own[p.ID] = true
		}
	}
	return own
}

// countriesOf are the ids of a conflict's countries.
func (r *Reader) countriesOf(id ConflictID) map[string]bool {
	home := make(map[string]bool)
	if c, ok := r.cat.Conflict(id); ok {
		for _, code := range c.Countries {
			home["country/"+code] = true
		}
	}
	return home
}

func (d *document) partiesNamed() []PartyID {
	if len(d.tokens) == 0 {
		return nil
	}
	return d.partiesIn(sentence{first: 0, past: len(d.tokens)})
}

func (d *document) placesNamed() []string {
	var out []string
	for _, m := range d.mentions {
		for _, e := range m.entities {
			if ent := d.names.entities[e]; ent.kind == entPlace && !slices.Contains(out, ent.name) {
				out = append(out, ent.name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// arrangement is the named truce or plan of the item's conflict that stands first.
func (r *Reader) arrangement(f *facts, conflict ConflictID) ArrangementID {
	for _, m := range f.d.mentions {
		for _, e := range m.entities {
			ent := f.d.names.entities[e]
			of := func(c int) bool {
				return r.filedUnder(c) == conflict && (c >= len(r.cat.Conflicts) || r.cat.Conflicts[c].knows(ent.arrangement, f.d.item.Published))
			}
			if ent.kind == entArrangement && slices.ContainsFunc(ent.conflicts, of) {
				return ent.arrangement
			}
		}
	}
	return ""
}

// speakersOf lists who the main claims are attributed to. An office alone ("envoy")
// gives way to somebody who is named.
func speakersOf(claims []Claim) []string {
	var named, offices []string
	for _, c := range claims {
		if !c.Main || c.By.Name == "" || slices.Contains(named, c.By.Name) || slices.Contains(offices, c.By.Name) {
			continue
		}
		if strings.IndexFunc(c.By.Name, unicode.IsUpper) < 0 && c.By.Class != SpeakerAnonymous {
			offices = append(offices, c.By.Name)
			continue
		}
		named = append(named, c.By.Name)
	}
	if len(named) == 0 {
		return offices
	}
	return named
}
