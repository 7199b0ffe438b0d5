package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"trucewire/news"
)

// Window returns what a desk needs to go on: the readings published at since or
// later that are not irrelevant, in the order they were filed; the developments
// they mention, in the order they were opened; and of every arrangement the
// standing filed last. The same database gives the same window.
func (s *Store) Window(ctx context.Context, since time.Time) (news.Window, error) {
	var w news.Window
	err := s.read(ctx, func(tx *sql.Tx) (err error) {
		// The plus keeps SQLite from walking the whole table in the order of seq, years of
		// readings, where the index finds the two weeks that are wanted.
		w.Readings, err = collect(ctx, tx, scanReading, `
SELECT value, features FROM readings
WHERE relevance <> 'irrelevant' AND published >= ?
ORDER BY +seq`, since.UnixMicro())
		if err != nil {
			return fmt.Errorf("read readings: %w", err)
		}
		w.Developments, err = collect(ctx, tx, scanDevelopment, `
SELECT value FROM developments WHERE id IN (
    SELECT m.development
    FROM readings r JOIN mentions m ON m.item = r.item AND m.revision = r.revision
    WHERE r.relevance <> 'irrelevant' AND r.published >= ?)
ORDER BY seq`, since.UnixMicro())
		if err != nil {
			return fmt.Errorf("read developments: %w", err)
		}
		w.Standings, err = collect(ctx, tx, scanStanding, `
SELECT value FROM standings
WHERE seq IN (SELECT MAX(seq) FROM standings GROUP BY conflict, arrangement)
ORDER BY seq`)
		if err != nil {
			return fmt.Errorf("read standings: %w", err)
		}
		return nil
	})
	if err != nil {
		return news.Window{}, fmt.Errorf("load window: %w", err)
	}
	return w, nil
}

// Development returns the current value of a development. ErrNotFound if there is
// none of that id.
func (s *Store) Development(ctx context.Context, id news.DevelopmentID) (news.Development, error) {
	row := s.reader.QueryRowContext(ctx, `SELECT value FROM developments WHERE id = ?`, id)
	d, err := scanDevelopment(row)
	if errors.Is(err, sql.ErrNoRows) {
		return d, fmt.Errorf("development %s: %w", id, ErrNotFound)
	}
	if err != nil {
		return d, fmt.Errorf("read development %s: %w", id, damaged(err))
	}
	return d, nil
}

// Homes returns the development that each of the items is filed under as its main one; items
// without one are left out.
func (s *Store) Homes(ctx context.Context, items []news.ItemID) (map[news.ItemID]news.DevelopmentID, error) {
	type home struct {
		item news.ItemID
		of   news.DevelopmentID
	}
	scan := func(r rowScanner) (h home, err error) { return h, r.Scan(&h.item, &h.of) }
	const query = `
SELECT item, development FROM mentions
WHERE main AND item IN (SELECT value FROM json_each(?)) ORDER BY item, revision`
	found, err := collect(ctx, s.reader, scan, query, list(items))
	if err != nil {
		return nil, fmt.Errorf("read where items are filed: %w", damaged(err))
	}
	homes := make(map[news.ItemID]news.DevelopmentID, len(found))
	for _, h := range found {
		homes[h.item] = h.of
	}
	return homes, nil
}

// DevelopmentQuery chooses developments. The zero value chooses all.
type DevelopmentQuery struct {
	Conflicts []news.ConflictID // empty: every conflict
	// Since and Until bound when a development last changed: after Since, not after
	// Until. Zero: no bound.
	Since, Until time.Time
	// ByFiling bounds and orders by when the store learnt of the change instead of
	// when it was published. Digests need it: an item that arrives after a digest but
	// was published before it belongs to the next one, or it would be in none.
	ByFiling bool
	Kinds    []news.Kind // their main one; empty: every kind
	MainOnly bool        // only those that some item is mainly about
	Limit    int         // at most so many; zero: all
}

// Developments returns what the query chooses, newest first.
func (s *Store) Developments(ctx context.Context, q DevelopmentQuery) ([]news.Development, error) {
	when := "changed_at"
	if q.ByFiling {
		when = "filed_at"
	}
	where, args := []string{"TRUE"}, []any(nil)
	only := func(condition string, arg any) {
		where, args = append(where, condition), append(args, arg)
	}
	switch len(q.Conflicts) {
	case 0:
	case 1: // an index finds and orders those of one conflict
		only("conflict = ?", q.Conflicts[0])
	default:
		only("conflict IN (SELECT value FROM json_each(?))", list(q.Conflicts))
	}
	if !q.Since.IsZero() {
		only(when+" > ?", q.Since.UnixMicro())
	}
	if !q.Until.IsZero() {
		only(when+" <= ?", q.Until.UnixMicro())
	}
	if len(q.Kinds) > 0 {
		only("kind IN (SELECT value FROM json_each(?))", list(q.Kinds))
	}
	if q.MainOnly {
		where = append(where, "main")
	}
	limit := -1
	if q.Limit > 0 {
		limit = q.Limit
	}
	query := "SELECT value FROM developments WHERE " + strings.Join(where, " AND ") +
		" ORDER BY " + when + " DESC, seq DESC LIMIT ?"
	found, err := collect(ctx, s.reader, scanDevelopment, query, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("read developments: %w", damaged(err))
	}
	return found, nil
}

// Standings returns what was known at a time: of every arrangement of the conflict
// (of all conflicts if it is empty) the standing filed last, by conflict and
// arrangement. A zero time means now.
func (s *Store) Standings(ctx context.Context, conflict news.ConflictID, at time.Time) ([]news.Standing, error) {
	const query = `
SELECT s.value
FROM (SELECT DISTINCT conflict, arrangement FROM standings WHERE ?1 = '' OR conflict = ?1) AS known
JOIN standings s ON s.seq = (
    SELECT seq FROM standings h
    WHERE h.conflict = known.conflict AND h.arrangement = known.arrangement AND (?2 IS NULL OR h.filed_at <= ?2)
    ORDER BY seq DESC LIMIT 1)
ORDER BY s.conflict, s.arrangement`
	found, err := collect(ctx, s.reader, scanStanding, query, conflict, moment(at))
	if err != nil {
		return nil, fmt.Errorf("read standings: %w", damaged(err))
	}
	return found, nil
}

func scanReading(r rowScanner) (news.Reading, error) {
	var value string
	var features []byte
	if err := r.Scan(&value, &features); err != nil {
		return news.Reading{}, err
	}
	v, err := decode(value, readingFigures)
	if err != nil {
		return v, fmt.Errorf("%w: reading: %w", ErrDamaged, err)
	}
	if err := v.Features.UnmarshalBinary(features); err != nil {
		return v, fmt.Errorf("%w: reading of %s: %w", ErrDamaged, v.Item, err)
	}
	return v, nil
}

func scanDevelopment(r rowScanner) (news.Development, error) {
	var value string
	if err := r.Scan(&value); err != nil {
		return news.Development{}, err
	}
	v, err := decode(value, developmentFigures)
	if err != nil {
		return v, fmt.Errorf("%w: development: %w", ErrDamaged, err)
	}
	return v, nil
}

func scanStanding(r rowScanner) (news.Standing, error) {
	var value string
	if err := r.Scan(&value); err != nil {
		return news.Standing{}, err
	}
	v, err := decode(value, standingFigures)
	if err != nil {
		return v, fmt.Errorf("%w: standing: %w", ErrDamaged, err)
	}
	return v, nil
}
