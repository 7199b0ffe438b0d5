package config

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"trucewire/news"
)

// problems checks what a decoder cannot: ids that are unique, references that
// resolve, values that mean something.
func (f *file) problems() []error {
	var out []error
	parties := f.partyIDs()
	conflicts := make(map[news.ConflictID]bool)
	for _, c := range slices.Concat(f.Conflicts, f.Wars) {
		if c.ID == "" || c.Name == "" {
			out = append(out, fmt.Errorf("conflict %q: needs id and name", c.ID))
		}
		if conflicts[c.ID] {
			out = append(out, fmt.Errorf("conflict %s: id is used twice", c.ID))
		}
		conflicts[c.ID] = true
		out = append(out, conflictProblems(c, parties)...)
	}
	out = append(out, f.outletProblems(parties)...)
	out = append(out, f.feedProblems(conflicts)...)
	out = append(out, f.packProblems()...)
	return out
}

func (f *file) partyIDs() map[news.PartyID]bool {
	ids := make(map[news.PartyID]bool)
	for _, c := range slices.Concat(f.Conflicts, f.Wars) {
		for _, p := range c.Parties {
			if p.Ref == "" {
				ids[p.ID] = true
			}
		}
	}
	return ids
}

func conflictProblems(c news.Conflict, parties map[news.PartyID]bool) []error {
	var out []error
	for _, p := range c.Parties {
		switch {
		case p.Ref != "" && !parties[p.ID]:
			out = append(out, fmt.Errorf("conflict %s: party %s refers to %s, which does not define it", c.ID, p.ID, p.Ref))
		case p.Ref == "" && (p.ID == "" || p.Name == ""):
			out = append(out, fmt.Errorf("conflict %s: party %q needs id and name", c.ID, p.ID))
		}
	}
	seen := make(map[news.ArrangementID]bool)
	for _, a := range c.Arrangements {
		if a.ID == "" {
			out = append(out, fmt.Errorf("conflict %s: agreement %q needs an id (a slug)", c.ID, a.Name))
		}
		if seen[a.ID] {
			out = append(out, fmt.Errorf("conflict %s: agreement id %s is used twice", c.ID, a.ID))
		}
		seen[a.ID] = true
	}
	return out
}

func (f *file) outletProblems(parties map[news.PartyID]bool) []error {
	var out []error
	hosts := make(map[string]news.OutletID)
	for _, o := range f.Outlets {
		for _, s := range o.Sides {
			if !parties[s] {
				out = append(out, fmt.Errorf("outlet %s: side %s is no party of the catalogue", o.ID, s))
			}
		}
		for _, h := range o.Hosts {
			if other, ok := hosts[h]; ok && other != o.ID {
				out = append(out, fmt.Errorf("outlet %s: host %s belongs to %s as well", o.ID, h, other))
			}
			hosts[h] = o.ID
		}
		if _, err := time.LoadLocation(o.Zone); err != nil {
			out = append(out, fmt.Errorf("outlet %s: zone %q is no IANA time zone", o.ID, o.Zone))
		}
	}
	return out
}

func (f *file) feedProblems(conflicts map[news.ConflictID]bool) []error {
	outlets := make(map[news.OutletID]bool, len(f.Outlets))
	for _, o := range f.Outlets {
		outlets[o.ID] = true
	}
	var out []error
	seen := make(map[news.SourceID]bool)
	for _, x := range f.Feeds {
		if x.ID == "" || seen[x.ID] {
			out = append(out, fmt.Errorf("feed %q: needs an id of its own", x.ID))
		}
		seen[x.ID] = true
		if u, err := url.Parse(x.URL); err != nil || u.Host == "" || !strings.HasPrefix(u.Scheme, "http") {
			out = append(out, fmt.Errorf("feed %s: url %q is not an http or https address", x.ID, x.URL))
		}
		if !outlets[x.Outlet] {
			out = append(out, fmt.Errorf("feed %s: outlet %q is not in the catalogue", x.ID, x.Outlet))
		}
		for _, c := range x.Scope {
			if !conflicts[c] {
				out = append(out, fmt.Errorf("feed %s: scope %s is no conflict of the catalogue", x.ID, c))
			}
		}
		if x.Every == "" {
			continue
		}
		if d, err := time.ParseDuration(x.Every); err != nil || d < minPollEvery || d > maxPollEvery {
			out = append(out, fmt.Errorf("feed %s: every %q is not a duration from %s to %s", x.ID, x.Every, minPollEvery, maxPollEvery))
		}
	}
	return out
}

func (f *file) packProblems() []error {
	var out []error
	for _, p := range f.Packs {
		if p.Lang == "" || len(p.Core) == 0 {
			out = append(out, fmt.Errorf("language pack %q (%s): needs lang and core words", p.Lang, p.Name))
		}
		if p.Script != "" && unicode.Scripts[p.Script] == nil {
			out = append(out, fmt.Errorf("language pack %s: %q is no script that Unicode names", p.Lang, p.Script))
		}
		for kind := range p.Kinds {
			if !news.Kind(kind).Valid() {
				out = append(out, fmt.Errorf("language pack %s: %q is no kind", p.Lang, kind))
			}
		}
	}
	return out
}
