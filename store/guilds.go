package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"trucewire/guild"
)

// reasonLeft is why subscriptions of a server that removed the bot are paused. Coming
// back resumes exactly those.
const reasonLeft = "the bot was removed from the server"

const guildColumns = `id, name, lang, zone, mod_channel, allow_listed, left_at`

func scanGuild(r rowScanner) (g guild.Settings, err error) {
	err = r.Scan(&g.Guild, &g.Name, &g.Lang, &g.Zone, &g.ModChannel, &g.AllowListed, (*moment)(&g.LeftAt))
	return g, err
}

// Settings returns a server's settings; the defaults if it was never seen.
func (s *Store) Settings(ctx context.Context, g guild.ID) (guild.Settings, error) {
	found, err := scanGuild(s.reader.QueryRowContext(ctx, `SELECT `+guildColumns+` FROM guilds WHERE id = ?`, g))
	if errors.Is(err, sql.ErrNoRows) {
		return guild.Settings{Guild: g}, nil
	}
	if err != nil {
		return found, fmt.Errorf("read settings of %s: %w", g, damaged(err))
	}
	return found, nil
}

// Guilds returns the settings of every server ever seen, by id. It is for the operator
// and for planning over all servers.
func (s *Store) Guilds(ctx context.Context) ([]guild.Settings, error) {
	all, err := collect(ctx, s.reader, scanGuild, `SELECT `+guildColumns+` FROM guilds ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("read servers: %w", damaged(err))
	}
	return all, nil
}

// SaveSettings stores a server's settings with the audit entry of the change. LeftAt
// is not a setting: only [Store.SeeGuild] and [Store.LeaveGuild] move it.
func (s *Store) SaveSettings(ctx context.Context, g guild.Settings, audit guild.AuditEntry) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
INSERT INTO guilds (id, name, lang, zone, mod_channel, allow_listed) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, lang = excluded.lang, zone = excluded.zone,
    mod_channel = excluded.mod_channel, allow_listed = excluded.allow_listed`,
			g.Guild, g.Name, g.Lang, g.Zone, g.ModChannel, g.AllowListed)
		if err != nil {
			return err
		}
		return addAudit(ctx, tx, owned(audit, g.Guild))
	})
	if err != nil {
		return fmt.Errorf("save settings of %s: %w", g.Guild, err)
	}
	return nil
}

// SeeGuild notes that the bot is in a server. A server that removed it and takes it
// back finds its subscriptions resumed; posts that were never made stay unmade, so
// that nobody is greeted by a backlog.
func (s *Store) SeeGuild(ctx context.Context, id guild.ID, name string, at time.Time) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
INSERT INTO guilds (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name`, id, name)
		if err != nil {
			return err
		}
		n, err := changed(ctx, tx, `UPDATE guilds SET left_at = NULL WHERE id = ? AND left_at IS NOT NULL`, id)
		if err != nil || n == 0 {
			return err
		}
		return resumeGuild(ctx, tx, id, at)
	})
	if err != nil {
		return fmt.Errorf("see server %s: %w", id, err)
	}
	return nil
}

func resumeGuild(ctx context.Context, tx *sql.Tx, id guild.ID, at time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE subscriptions SET paused = '' WHERE guild = ? AND paused = ?`, id, reasonLeft)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
UPDATE messages SET
    state = CASE WHEN message_id = '' THEN 'dropped' ELSE 'owed' END,
    problem = CASE WHEN message_id = '' THEN problem ELSE '' END
WHERE guild = ? AND state = 'paused' AND problem = ?`, id, reasonLeft)
	if err != nil {
		return err
	}
	return addAudit(ctx, tx, guild.AuditEntry{Guild: id, At: at, Name: "Trucewire", Action: "server join", Target: string(id)})
}

// LeaveGuild notes that a server removed the bot: its subscriptions and what they are
// owed are paused. Nothing is deleted.
func (s *Store) LeaveGuild(ctx context.Context, id guild.ID, at time.Time) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		n, err := changed(ctx, tx, `
INSERT INTO guilds (id, left_at) VALUES (?1, ?2)
ON CONFLICT (id) DO UPDATE SET left_at = excluded.left_at WHERE guilds.left_at IS NULL`, id, moment(at))
		if err != nil || n == 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE subscriptions SET paused = ? WHERE guild = ? AND paused = ''`, reasonLeft, id)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
UPDATE messages SET state = 'paused', problem = ? WHERE guild = ? AND state = 'owed'`, reasonLeft, id)
		if err != nil {
			return err
		}
		return addAudit(ctx, tx, guild.AuditEntry{Guild: id, At: at, Name: "Trucewire", Action: "server leave", Target: string(id)})
	})
	if err != nil {
		return fmt.Errorf("leave server %s: %w", id, err)
	}
	return nil
}

// Audit returns the newest entries of a server, newest first, at most limit.
func (s *Store) Audit(ctx context.Context, g guild.ID, limit int) ([]guild.AuditEntry, error) {
	entries, err := collect(ctx, s.reader, func(r rowScanner) (e guild.AuditEntry, err error) {
		err = r.Scan(&e.Guild, (*moment)(&e.At), &e.Actor, &e.Name, &e.Action, &e.Target, &e.Detail)
		return e, err
	}, `SELECT guild, at, actor, name, action, target, detail FROM audit WHERE guild = ? ORDER BY seq DESC LIMIT ?`, g, limit)
	if err != nil {
		return nil, fmt.Errorf("read audit of %s: %w", g, damaged(err))
	}
	return entries, nil
}

// addAudit writes an entry in the transaction of the change it records.
func addAudit(ctx context.Context, tx *sql.Tx, e guild.AuditEntry) error {
	_, err := tx.ExecContext(ctx, `
INSERT INTO audit (guild, at, actor, name, action, target, detail) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		e.Guild, moment(e.At), e.Actor, e.Name, e.Action, e.Target, e.Detail)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

// owned is the entry under the server that the change was made in: an entry that a
// caller left blank or mislabelled must not show up at another server.
func owned(e guild.AuditEntry, g guild.ID) guild.AuditEntry {
	e.Guild = g
	return e
}
