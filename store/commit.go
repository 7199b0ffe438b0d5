package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"trucewire/news"
	"trucewire/notify"
	"trucewire/sources"
)

// Commit is everything that follows from one poll.
type Commit struct {
	// Poll brought the items. With a zero Poll.Source.ID no source state is kept,
	// which is what a replay needs.
	Poll sources.Poll
	// Changes are what the desk decided about the items.
	Changes news.Changes
	// Messages are what channels are owed for it. A message whose State is empty is
	// owed.
	Messages []notify.Message
}

// Commit makes a poll durable with all that follows from it, in one transaction:
// after an error nothing has changed. Repeating a commit changes nothing: items and
// readings are kept by (id, revision), a development never goes back to a lower revision,
// replies and digests are owed once, and a post that is owed already only raises what
// is wanted.
func (s *Store) Commit(ctx context.Context, c Commit) error {
	rows, err := encodeCommit(c)
	if err == nil {
		err = s.write(ctx, func(tx *sql.Tx) error { return rows.insert(ctx, tx) })
	}
	if err != nil {
		return fmt.Errorf("commit %s: %w", describe(c.Poll), err)
	}
	return nil
}

func describe(p sources.Poll) string {
	if p.Source.ID == "" {
		return "items"
	}
	return "poll of " + string(p.Source.ID)
}

// commitRows are the arguments of the statements of a commit, made before the
// transaction begins so that the writer is held only for writing.
type commitRows struct {
	items, readings, developments, mentions, standings [][]any
	messages                                           []notify.Message
	state                                              []any // nil: none
}

func encodeCommit(c Commit) (rows commitRows, err error) {
	for _, it := range c.Poll.Items {
		rows.items = append(rows.items, itemArgs(it))
	}
	if rows.readings, err = readingRows(c.Changes.Readings); err != nil {
		return rows, err
	}
	if rows.developments, err = developmentRows(c.Changes.Developments, c.Poll.At); err != nil {
		return rows, err
	}
	if rows.mentions, err = mentionRows(c.Changes); err != nil {
		return rows, err
	}
	if rows.standings, err = standingRows(c.Changes.Standings, c.Poll.At); err != nil {
		return rows, err
	}
	rows.messages = c.Messages
	if c.Poll.Source.ID != "" {
		rows.state = stateArgs(c.Poll.Source.ID, c.Poll.State)
	}
	return rows, nil
}

func (r commitRows) insert(ctx context.Context, tx *sql.Tx) error {
	for _, args := range r.items {
		if err := insertItem(ctx, tx, args); err != nil {
			return err
		}
	}
	steps := []struct {
		act, query string
		rows       [][]any
	}{
		{"store readings", insertReading, r.readings},
		{"store developments", upsertDevelopment, r.developments},
		{"store mentions", insertMention, r.mentions},
		{"store standings", insertStanding, r.standings},
	}
	for _, step := range steps {
		if err := execEach(ctx, tx, step.query, step.rows); err != nil {
			return fmt.Errorf("%s: %w", step.act, err)
		}
	}
	for _, m := range r.messages {
		if _, err := owe(ctx, tx, m); err != nil {
			return err
		}
	}
	if r.state == nil {
		return nil
	}
	if _, err := tx.ExecContext(ctx, upsertState, r.state...); err != nil {
		return fmt.Errorf("store source state: %w", err)
	}
	return nil
}

const insertReading = `
INSERT INTO readings (item, revision, version, published, relevance, conflict, value, features)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (item, revision) DO NOTHING`

func readingRows(readings []news.Reading) ([][]any, error) {
	var rows [][]any
	for _, r := range readings {
		features, err := r.Features.MarshalBinary()
		if err != nil {
			return nil, fmt.Errorf("encode features of %s: %w", r.Item, err)
		}
		if r.Relevance == news.Irrelevant {
			features = nil // the desk never compares with it
		}
		r.Features = news.Features{}
		value, err := encode(r, readingFigures(&r))
		if err != nil {
			return nil, fmt.Errorf("encode reading of %s: %w", r.Item, err)
		}
		rows = append(rows, []any{
			r.Item, r.Revision, r.Version, moment(r.At), r.Relevance, r.Conflict, value, features,
		})
	}
	return rows, nil
}

// A repeated or late commit never takes a development back.
const upsertDevelopment = `
INSERT INTO developments (id, ref, revision, conflict, arrangement, kind, severity, main,
    opened_at, changed_at, filed_at, value)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    ref = excluded.ref, revision = excluded.revision, conflict = excluded.conflict,
    arrangement = excluded.arrangement, kind = excluded.kind, severity = excluded.severity,
    main = excluded.main, opened_at = excluded.opened_at, changed_at = excluded.changed_at,
    filed_at = CASE WHEN excluded.revision > revision THEN excluded.filed_at ELSE filed_at END,
    value = excluded.value
WHERE excluded.revision >= developments.revision`

func developmentRows(developments []news.Development, filed time.Time) ([][]any, error) {
	var rows [][]any
	for _, d := range developments {
		value, err := encode(d, developmentFigures(&d))
		if err != nil {
			return nil, fmt.Errorf("encode development %s: %w", d.ID, err)
		}
		rows = append(rows, []any{
			d.ID, d.Ref, d.Revision, d.Conflict, d.Arrangement, d.Kind(), d.Severity, d.Main,
			moment(d.OpenedAt), moment(d.ChangedAt), moment(either(filed, d.ChangedAt)), value,
		})
	}
	return rows, nil
}

const insertMention = `
INSERT INTO mentions (item, revision, development, main) VALUES (?, ?, ?, ?)
ON CONFLICT (item, revision, development) DO NOTHING`

// mentionRows ties every filed item to its developments, the main one first. The
// filing does not carry the item's revision; the reading in the same place does.
func mentionRows(c news.Changes) ([][]any, error) {
	if len(c.Filed) != len(c.Readings) {
		return nil, fmt.Errorf("%d readings but %d filings", len(c.Readings), len(c.Filed))
	}
	var rows [][]any
	for i, f := range c.Filed {
		r := c.Readings[i]
		if r.Item != f.Item {
			return nil, fmt.Errorf("filing %d is of item %s but the reading is of %s", i, f.Item, r.Item)
		}
		if f.Development != "" {
			rows = append(rows, []any{f.Item, r.Revision, f.Development, true})
		}
		for _, also := range f.Also {
			rows = append(rows, []any{f.Item, r.Revision, also.Development, false})
		}
	}
	return rows, nil
}

const insertStanding = `
INSERT INTO standings (conflict, arrangement, at, filed_at, status, digest, value)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (conflict, arrangement, at, digest) DO NOTHING`

func standingRows(standings []news.Standing, filed time.Time) ([][]any, error) {
	var rows [][]any
	for _, st := range standings {
		value, err := encode(st, standingFigures(&st))
		if err != nil {
			return nil, fmt.Errorf("encode standing of %s %s: %w", st.Conflict, st.Arrangement, err)
		}
		rows = append(rows, []any{
			st.Conflict, st.Arrangement, moment(st.At), moment(either(filed, st.At)), st.Status, digest(value), value,
		})
	}
	return rows, nil
}

// either returns a, or b where a is unset.
func either(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}

// digest is the SHA-256 of a stored value in hex.
func digest(value string) string {
	sum := sha256.Sum256([]byte(value))
	return hex.EncodeToString(sum[:])
}
