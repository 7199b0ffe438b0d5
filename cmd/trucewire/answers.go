package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"trucewire/bot"
	"trucewire/guild"
	"trucewire/news"
	"trucewire/sources"
	"trucewire/store"
)

// latestReach is how far back /latest looks when the member names no day.
const latestReach = 14 * 24 * time.Hour

// answers gives members' questions their text from what is stored, as the asker's
// server sees it.
type answers struct {
	store     *store.Store
	writer    *news.Writer
	catalogue *news.Catalogue
	now       func() time.Time
}

var _ bot.Answers = (*answers)(nil)

// Status tells how one conflict stands, or all that the server follows.
func (a *answers) Status(ctx context.Context, g guild.ID, c news.ConflictID) (string, error) {
	conflicts := []news.ConflictID{c}
	if c == "" {
		var err error
		if conflicts, err = a.followed(ctx, g); err != nil {
			return "", err
		}
	}
	view, err := viewOf(ctx, a.store, g)
	if err != nil {
		return "", err
	}
	in := news.StatusInput{Conflicts: conflicts, Now: a.now(), View: view}
	if in.Lang, in.Zone, err = a.voice(ctx, g); err != nil {
		return "", err
	}
	for _, id := range conflicts {
		standings, err := a.store.Standings(ctx, id, a.now())
		if err != nil {
			return "", err
		}
		in.Standings = append(in.Standings, standings...)
	}
	if in.Developments, err = a.store.Developments(ctx, store.DevelopmentQuery{Conflicts: conflicts, Limit: statusDevelopments}); err != nil {
		return "", err
	}
	return a.writer.Status(in), nil
}

// statusDevelopments bounds how much is read for one answer.
const statusDevelopments = 200

// Latest lists recent developments.
func (a *answers) Latest(ctx context.Context, g guild.ID, q bot.LatestQuery) (string, error) {
	view, err := viewOf(ctx, a.store, g)
	if err != nil {
		return "", err
	}
	in := news.LatestInput{Conflict: q.Conflict, Kind: q.Kind, Since: q.Since, Now: a.now(), View: view}
	if in.Lang, in.Zone, err = a.voice(ctx, g); err != nil {
		return "", err
	}
	query := store.DevelopmentQuery{Since: q.Since, MainOnly: true, Limit: statusDevelopments}
	if query.Since.IsZero() {
		query.Since = a.now().Add(-latestReach)
	}
	if q.Conflict != "" {
		query.Conflicts = []news.ConflictID{q.Conflict}
	}
	if in.Developments, err = a.store.Developments(ctx, query); err != nil {
		return "", err
	}
	return a.writer.Latest(in), nil
}

// Next lists the announced starts, ends and meetings of the conflicts that the server follows.
func (a *answers) Next(ctx context.Context, g guild.ID, days int) (string, error) {
	conflicts, err := a.followed(ctx, g)
	if err != nil {
		return "", err
	}
	view, err := viewOf(ctx, a.store, g)
	if err != nil {
		return "", err
	}
	in := news.NextInput{Conflicts: conflicts, Days: days, Now: a.now()}
	if in.Lang, in.Zone, err = a.voice(ctx, g); err != nil {
		return "", err
	}
	c, err := readCalendar(ctx, a.store, a.now(), conflicts)
	if err != nil {
		return "", err
	}
	in.Deadlines = news.Deadlines(c.Standings, c.Talks, view)
	return a.writer.Next(in), nil
}

// Sources lists what the server reads, by affiliation.
func (a *answers) Sources(ctx context.Context, g guild.ID) (string, error) {
	checks, err := a.store.ListSources(ctx, g)
	if err != nil {
		return "", err
	}
	if len(checks) == 0 {
		return "This server reads no source. A moderator adds one with /source add.", nil
	}
	groups := make(map[string][]sources.Check)
	for _, c := range checks {
		groups[affiliation(c.Source)] = append(groups[affiliation(c.Source)], c)
	}
	names := make([]string, 0, len(groups))
	for name := range groups {
		names = append(names, name)
	}
	slices.Sort(names)
	var out strings.Builder
	answering := 0
	for _, name := range names {
		fmt.Fprintf(&out, "**%s**\n", news.Plain(name))
		for _, c := range groups[name] {
			if c.State.Problem == "" && !c.State.OKAt.IsZero() {
				answering++
			}
			fmt.Fprintf(&out, "%s · %s%s\n", news.Plain(c.Source.Name), c.Source.Lang, sourceHealth(c.State))
		}
	}
	return fmt.Sprintf("%d of %d sources answered when they were last asked.\n%s", answering, len(checks), out.String()), nil
}

func affiliation(s sources.Source) string {
	switch {
	case s.Own:
		return "Added by this server"
	case s.Affiliation != "":
		return s.Affiliation
	default:
		return "No affiliation noted"
	}
}

func sourceHealth(s sources.State) string {
	switch {
	case s.Problem != "":
		return " · failing: " + news.Plain(s.Problem)
	case s.OKAt.IsZero():
		return " · not read yet"
	default:
		return ""
	}
}

// followed lists the conflicts of a server's subscriptions, in catalogue order. A
// subscription to every conflict, or none at all, follows those that have a standing.
func (a *answers) followed(ctx context.Context, g guild.ID) ([]news.ConflictID, error) {
	subs, err := a.store.Subscriptions(ctx, g)
	if err != nil {
		return nil, err
	}
	named := make(map[news.ConflictID]bool)
	all := len(subs) == 0
	for _, s := range subs {
		all = all || len(s.Conflicts) == 0
		for _, c := range s.Conflicts {
			named[c] = true
		}
	}
	if all {
		standings, err := a.store.Standings(ctx, "", a.now())
		if err != nil {
			return nil, err
		}
		for _, s := range standings {
			named[s.Conflict] = true
		}
	}
	var out []news.ConflictID
	for _, c := range a.catalogue.Conflicts {
		if named[c.ID] {
			out = append(out, c.ID)
		}
	}
	return out, nil
}

// voice is the language and zone a server is answered in.
func (a *answers) voice(ctx context.Context, g guild.ID) (string, *time.Location, error) {
	settings, err := a.store.Settings(ctx, g)
	if err != nil {
		return "", nil, err
	}
	zone, err := time.LoadLocation(settings.Zone)
	if err != nil {
		zone = time.UTC // was validated when it was saved; the system's zone data may be older
	}
	return settings.Lang, zone, nil
}
