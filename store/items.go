package store

import (
	"context"
	"database/sql"
	"fmt"

	"trucewire/news"
	"trucewire/sources"
)

const insertItemRow = `
INSERT INTO items (id, revision, source, outlet, url, published, dated, first_seen, title, text, lang, hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id, revision) DO NOTHING`

func itemArgs(it news.Item) []any {
	return []any{
		it.ID, it.Revision, it.Source, it.Outlet, it.URL, moment(it.Published), it.Dated,
		moment(it.FirstSeen), it.Title, it.Text, it.Lang, sources.ContentHash(it.Title, it.Text),
	}
}

// insertItem stores an item once. An id that belongs to an item of another source
// is an error: ignoring it would lose the item without a trace.
func insertItem(ctx context.Context, tx *sql.Tx, args []any) error {
	id, revision, source := args[0], args[1], args[2]
	n, err := changed(ctx, tx, insertItemRow, args...)
	if err != nil {
		return fmt.Errorf("store item %v: %w", id, err)
	}
	if n > 0 {
		return nil
	}
	var owner news.SourceID
	const query = `SELECT source FROM items WHERE id = ? AND revision = ?`
	if err := tx.QueryRowContext(ctx, query, id, revision).Scan(&owner); err != nil {
		return fmt.Errorf("read item %v: %w", id, err)
	}
	if owner != source {
		return fmt.Errorf("item %v of source %v: its id is taken by an item of %s", id, source, owner)
	}
	return nil
}

// SeenItems implements [sources.Ledger]. It gives the newest revision of each item.
func (s *Store) SeenItems(ctx context.Context, source news.SourceID, ids []news.ItemID) (map[news.ItemID]sources.Seen, error) {
	// With MAX, SQLite takes the other columns from the row that has the maximum.
	const query = `
SELECT id, MAX(revision), hash FROM items
WHERE id IN (SELECT value FROM json_each(?)) AND source = ?
GROUP BY id`
	type row struct {
		id   news.ItemID
		seen sources.Seen
	}
	rows, err := collect(ctx, s.reader, func(r rowScanner) (x row, err error) {
		err = r.Scan(&x.id, &x.seen.Revision, &x.seen.Hash)
		return x, err
	}, query, list(ids), source)
	if err != nil {
		return nil, fmt.Errorf("look up items of %s: %w", source, damaged(err))
	}
	seen := make(map[news.ItemID]sources.Seen, len(rows))
	for _, x := range rows {
		seen[x.id] = x.seen
	}
	return seen, nil
}

// Items returns the newest revision of items by id, in the order of ids; unknown
// ones are left out. Text is empty once its retention is over.
func (s *Store) Items(ctx context.Context, ids []news.ItemID) ([]news.Item, error) {
	const query = `
SELECT i.id, MAX(i.revision), i.source, i.outlet, i.url, i.published, i.dated, i.first_seen, i.title, i.text, i.lang
FROM json_each(?) AS wanted JOIN items i ON i.id = wanted.value
GROUP BY wanted.key ORDER BY wanted.key`
	items, err := collect(ctx, s.reader, func(r rowScanner) (it news.Item, err error) {
		err = r.Scan(&it.ID, &it.Revision, &it.Source, &it.Outlet, &it.URL, (*moment)(&it.Published), &it.Dated,
			(*moment)(&it.FirstSeen), &it.Title, &it.Text, &it.Lang)
		return it, err
	}, query, list(ids))
	if err != nil {
		return nil, fmt.Errorf("read items: %w", damaged(err))
	}
	return items, nil
}
