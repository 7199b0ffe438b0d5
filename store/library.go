package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"trucewire/guild"
	"trucewire/news"
	"trucewire/sources"
)

var _ sources.Library = (*Store)(nil)

// visible is the condition on a source s, left joined with a server's choices l, that
// the server reads it.
const visible = `s.listed AND COALESCE(l.enabled, s.on_by_default)`

// known is a source that is stored already.
type known struct {
	id      news.SourceID
	own     bool
	visible bool // to the server that asks
	shared  bool // some server has chosen it
}

// AddSource implements [sources.Library]. A URL that the catalogue has is switched on
// instead. Servers that add the same URL share the source and its state; st is kept if
// no server had it, so that a source that was given up starts with a new baseline.
func (s *Store) AddSource(ctx context.Context, g guild.ID, src sources.Source, st sources.State, audit guild.AuditEntry) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		k, err := findSource(ctx, tx, g, src)
		if err != nil {
			return err
		}
		if k.visible {
			return sources.ErrExists
		}
		if k.own {
			if err := belowLimit(ctx, tx, g); err != nil {
				return err
			}
			if err := shelve(ctx, tx, k, src, st); err != nil {
				return err
			}
		}
		if err := choose(ctx, tx, g, k.id, true); err != nil {
			return err
		}
		return addAudit(ctx, tx, owned(audit, g))
	})
	if err != nil {
		return fmt.Errorf("add source %s: %w", src.ID, err)
	}
	return nil
}

// findSource looks a source up by id and URL, the catalogue's first. One that is not
// stored comes back as an own source that nobody shares.
func findSource(ctx context.Context, tx *sql.Tx, g guild.ID, src sources.Source) (known, error) {
	k := known{id: src.ID, own: true}
	err := tx.QueryRowContext(ctx, `
SELECT s.id, s.own, `+visible+`, EXISTS (SELECT 1 FROM guild_sources x WHERE x.source = s.id AND x.enabled)
FROM sources s LEFT JOIN guild_sources l ON l.source = s.id AND l.guild = ?
WHERE (s.id = ? OR s.url = ?) AND s.listed
ORDER BY s.own, s.id LIMIT 1`, g, src.ID, src.URL).Scan(&k.id, &k.own, &k.visible, &k.shared)
	if errors.Is(err, sql.ErrNoRows) {
		return k, nil
	}
	return k, err
}

// belowLimit returns ErrTooMany if the server has all the own sources it may have.
func belowLimit(ctx context.Context, tx *sql.Tx, g guild.ID) error {
	var have int
	err := tx.QueryRowContext(ctx, `
SELECT COUNT(*) FROM guild_sources l JOIN sources s ON s.id = l.source WHERE l.guild = ? AND l.enabled AND s.own`, g).Scan(&have)
	if err != nil {
		return err
	}
	if have >= guild.MaxOwnSources {
		return sources.ErrTooMany
	}
	return nil
}

// shelve stores an own source, and its state unless servers share one already.
func shelve(ctx context.Context, tx *sql.Tx, k known, src sources.Source, st sources.State) error {
	if k.shared {
		return nil
	}
	src.ID, src.Own, src.Default = k.id, true, false
	_, err := tx.ExecContext(ctx, `
INSERT INTO sources (`+sourceColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, url = excluded.url, outlet = excluded.outlet, lang = excluded.lang,
    type = excluded.type, affiliation = excluded.affiliation, conflicts = excluded.conflicts,
    own = 1, listed = 1, every = excluded.every`, sourceArgs(src)...)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, upsertState, stateArgs(k.id, st)...)
	return err
}

// choose records a server's choice.
func choose(ctx context.Context, tx *sql.Tx, g guild.ID, id news.SourceID, enabled bool) error {
	_, err := tx.ExecContext(ctx, `
INSERT INTO guild_sources (guild, source, enabled) VALUES (?, ?, ?)
ON CONFLICT (guild, source) DO UPDATE SET enabled = excluded.enabled`, g, id, enabled)
	return err
}

// RemoveSource implements [sources.Library]. A catalogue source is switched off for
// this server. An own source loses this server; when the last is gone it is no longer
// polled, but stays for the items it brought.
func (s *Store) RemoveSource(ctx context.Context, g guild.ID, id news.SourceID, audit guild.AuditEntry) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		var own bool
		err := tx.QueryRowContext(ctx, `
SELECT s.own FROM sources s LEFT JOIN guild_sources l ON l.source = s.id AND l.guild = ?
WHERE s.id = ? AND `+visible, g, id).Scan(&own)
		if errors.Is(err, sql.ErrNoRows) {
			return sources.ErrNotFound
		}
		if err != nil {
			return err
		}
		if own {
			_, err = tx.ExecContext(ctx, `DELETE FROM guild_sources WHERE guild = ? AND source = ?`, g, id)
		} else {
			err = choose(ctx, tx, g, id, false)
		}
		if err != nil {
			return err
		}
		return addAudit(ctx, tx, owned(audit, g))
	})
	if err != nil {
		return fmt.Errorf("remove source %s: %w", id, err)
	}
	return nil
}

// ListSources implements [sources.Library].
func (s *Store) ListSources(ctx context.Context, g guild.ID) ([]sources.Check, error) {
	const query = selectChecks + `
LEFT JOIN guild_sources l ON l.source = s.id AND l.guild = ?
WHERE ` + visible + ` ORDER BY s.name, s.id`
	found, err := collect(ctx, s.reader, scanCheck, query, g)
	if err != nil {
		return nil, fmt.Errorf("list sources of %s: %w", g, damaged(err))
	}
	return found, nil
}

// VisibleSources returns the sources that a server reads: the catalogue's that are on
// for it, and its own.
func (s *Store) VisibleSources(ctx context.Context, g guild.ID) (map[news.SourceID]bool, error) {
	const query = `
SELECT s.id FROM sources s LEFT JOIN guild_sources l ON l.source = s.id AND l.guild = ? WHERE ` + visible
	ids, err := collect(ctx, s.reader, scanOne[news.SourceID], query, g)
	if err != nil {
		return nil, fmt.Errorf("read visible sources of %s: %w", g, damaged(err))
	}
	on := make(map[news.SourceID]bool, len(ids))
	for _, id := range ids {
		on[id] = true
	}
	return on, nil
}

// Views are what all servers read, as one consistent state. They are read-only and
// safe for concurrent use.
type Views struct {
	defaults map[news.SourceID]bool
	choices  map[guild.ID]map[news.SourceID]bool
}

// Of returns what one server reads. It agrees with [Store.VisibleSources].
func (v Views) Of(g guild.ID) news.View {
	choices := v.choices[g]
	return func(id news.SourceID) bool {
		if on, chosen := choices[id]; chosen {
			return on
		}
		return v.defaults[id]
	}
}

// Views returns what every server reads, for planning over all of them.
func (s *Store) Views(ctx context.Context) (Views, error) {
	v := Views{defaults: make(map[news.SourceID]bool), choices: make(map[guild.ID]map[news.SourceID]bool)}
	type choice struct {
		guild  guild.ID
		source news.SourceID
		on     bool
	}
	err := s.read(ctx, func(tx *sql.Tx) error {
		ids, err := collect(ctx, tx, scanOne[news.SourceID], `
SELECT id FROM sources WHERE listed AND on_by_default`)
		if err != nil {
			return err
		}
		for _, id := range ids {
			v.defaults[id] = true
		}
		chosen, err := collect(ctx, tx, func(r rowScanner) (c choice, err error) {
			err = r.Scan(&c.guild, &c.source, &c.on)
			return c, err
		}, `SELECT guild, source, enabled FROM choices`)
		for _, c := range chosen {
			if v.choices[c.guild] == nil {
				v.choices[c.guild] = make(map[news.SourceID]bool)
			}
			v.choices[c.guild][c.source] = c.on
		}
		return err
	})
	if err != nil {
		return Views{}, fmt.Errorf("read views: %w", err)
	}
	return v, nil
}
