package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"trucewire/news"
	"trucewire/sources"
)

var _ sources.Ledger = (*Store)(nil)

const sourceColumns = `id, name, url, outlet, lang, type, affiliation, conflicts, on_by_default, own, every`

const stateColumns = `source, etag, last_modified, body_hash, baseline_at, next_check_at, checked_at, ok_at,
    newest_at, failures, problem, memory`

// upsertState keeps what a poll left. The source must be stored.
const upsertState = `
INSERT INTO source_states (` + stateColumns + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source) DO UPDATE SET
    etag = excluded.etag, last_modified = excluded.last_modified, body_hash = excluded.body_hash,
    baseline_at = excluded.baseline_at, next_check_at = excluded.next_check_at,
    checked_at = excluded.checked_at, ok_at = excluded.ok_at, newest_at = excluded.newest_at,
    failures = excluded.failures, problem = excluded.problem, memory = excluded.memory`

func stateArgs(id news.SourceID, st sources.State) []any {
	return []any{
		id, st.ETag, st.LastModified, st.BodyHash, moment(st.BaselineAt), moment(st.NextCheckAt),
		moment(st.CheckedAt), moment(st.OKAt), moment(st.NewestAt), st.Failures, st.Problem, st.Memory,
	}
}

func sourceArgs(src sources.Source) []any {
	return []any{
		src.ID, src.Name, src.URL, src.Outlet, src.Lang, src.Type, src.Affiliation,
		asJSON{src.Conflicts},
		src.Default, src.Own, src.Every.Microseconds(),
	}
}

// selectChecks reads sources with their states; a source that was never polled has
// the zero state with its id.
const selectChecks = `
SELECT s.id, s.name, s.url, s.outlet, s.lang, s.type, s.affiliation, s.conflicts, s.on_by_default, s.own, s.every,
    COALESCE(t.etag, ''), COALESCE(t.last_modified, ''), COALESCE(t.body_hash, ''), t.baseline_at, t.next_check_at,
    t.checked_at, t.ok_at, t.newest_at, COALESCE(t.failures, 0), COALESCE(t.problem, ''), COALESCE(t.memory, '')
FROM sources s LEFT JOIN source_states t ON t.source = s.id `

func scanCheck(r rowScanner) (c sources.Check, err error) {
	var every int64
	src, st := &c.Source, &c.State
	err = r.Scan(&src.ID, &src.Name, &src.URL, &src.Outlet, &src.Lang, &src.Type, &src.Affiliation,
		asJSON{&src.Conflicts}, &src.Default, &src.Own, &every,
		&st.ETag, &st.LastModified, &st.BodyHash, (*moment)(&st.BaselineAt), (*moment)(&st.NextCheckAt),
		(*moment)(&st.CheckedAt), (*moment)(&st.OKAt), (*moment)(&st.NewestAt), &st.Failures, &st.Problem, &st.Memory)
	src.Every = time.Duration(every) * time.Microsecond
	st.Source = src.ID
	return c, err
}

// DueChecks implements [sources.Ledger]. Somebody needs a source of the catalogue if a
// server with a subscription has it on, and a server's own source while the server has
// the bot. Sources that were never polled come first.
func (s *Store) DueChecks(ctx context.Context, now time.Time, limit int) ([]sources.Check, error) {
	const query = selectChecks + `
WHERE s.id IN (SELECT source FROM needed_sources) AND (t.next_check_at IS NULL OR t.next_check_at <= ?)
ORDER BY t.next_check_at, s.id LIMIT ?`
	due, err := collect(ctx, s.reader, scanCheck, query, now.UnixMicro(), limit)
	if err != nil {
		return nil, fmt.Errorf("read due checks: %w", damaged(err))
	}
	return due, nil
}

// NeededSources returns every source that somebody needs with its state, by id: what
// the operator's health page shows.
func (s *Store) NeededSources(ctx context.Context) ([]sources.Check, error) {
	const query = selectChecks + `WHERE s.id IN (SELECT source FROM needed_sources) ORDER BY s.id`
	needed, err := collect(ctx, s.reader, scanCheck, query)
	if err != nil {
		return nil, fmt.Errorf("read needed sources: %w", damaged(err))
	}
	return needed, nil
}

// SyncCatalogue makes the catalogue's sources those given. What polls left is not
// touched. A source that is not given any more is kept but off for everyone. A server
// that added the URL of a catalogue source as its own now reads the catalogue's, so
// that a URL is fetched once.
func (s *Store) SyncCatalogue(ctx context.Context, catalogue []sources.Source) error {
	rows := make([][]any, 0, len(catalogue))
	ids := make([]news.SourceID, 0, len(catalogue))
	for _, src := range catalogue {
		src.Own = false
		rows = append(rows, sourceArgs(src))
		ids = append(ids, src.ID)
	}
	err := s.write(ctx, func(tx *sql.Tx) error {
		if err := execEach(ctx, tx, upsertCatalogue, rows); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
UPDATE sources SET listed = id IN (SELECT value FROM json_each(?)) WHERE NOT own`, list(ids))
		if err != nil {
			return err
		}
		return adoptOwn(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("sync catalogue: %w", err)
	}
	return nil
}

const upsertCatalogue = `
INSERT INTO sources (` + sourceColumns + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, url = excluded.url, outlet = excluded.outlet, lang = excluded.lang,
    type = excluded.type, affiliation = excluded.affiliation, conflicts = excluded.conflicts,
    on_by_default = excluded.on_by_default, every = excluded.every`

// adoptOwn moves the links of own sources to the catalogue source of the same URL.
func adoptOwn(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `
INSERT INTO guild_sources (guild, source, enabled)
SELECT l.guild, MIN(c.id), 1
FROM guild_sources l
JOIN sources o ON o.id = l.source AND o.own
JOIN sources c ON c.url = o.url AND NOT c.own AND c.listed
WHERE l.enabled
GROUP BY l.guild, o.id
ON CONFLICT (guild, source) DO UPDATE SET enabled = 1`)
	if err != nil {
		return fmt.Errorf("adopt own sources: %w", err)
	}
	_, err = tx.ExecContext(ctx, `
DELETE FROM guild_sources WHERE source IN (
    SELECT o.id FROM sources o JOIN sources c ON c.url = o.url AND NOT c.own AND c.listed WHERE o.own)`)
	if err != nil {
		return fmt.Errorf("adopt own sources: %w", err)
	}
	return nil
}
