-- The first schema. Times are Unix microseconds UTC, NULL where the Go value is the
-- zero time. Ids are text. A column named value holds the whole value as JSON; the
-- columns beside it are those that queries ask for.

-- +goose Up

-- A feed. Catalogue sources are synced at start; one that left the catalogue stays
-- with listed = 0, because items and links still name it.
CREATE TABLE sources (
    id            TEXT PRIMARY KEY CHECK (id <> ''),
    name          TEXT NOT NULL,
    url           TEXT NOT NULL,
    outlet        TEXT NOT NULL,
    lang          TEXT NOT NULL,
    type          TEXT NOT NULL,
    affiliation   TEXT NOT NULL,
    conflicts     TEXT NOT NULL,
    on_by_default INTEGER NOT NULL,
    own           INTEGER NOT NULL,
    every         INTEGER NOT NULL, -- microseconds; 0: the default
    listed        INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX sources_url ON sources (url);

-- What the last poll of a source left for the next one.
CREATE TABLE source_states (
    source        TEXT PRIMARY KEY REFERENCES sources (id),
    etag          TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    body_hash     TEXT NOT NULL,
    baseline_at   INTEGER,
    next_check_at INTEGER,
    checked_at    INTEGER,
    ok_at         INTEGER,
    newest_at     INTEGER,
    failures      INTEGER NOT NULL,
    problem       TEXT NOT NULL,
    memory        TEXT NOT NULL -- the poller's own notes
) STRICT;

CREATE TABLE items (
    id         TEXT NOT NULL CHECK (id <> ''),
    revision   INTEGER NOT NULL,
    source     TEXT NOT NULL,
    outlet     TEXT NOT NULL,
    url        TEXT NOT NULL,
    published  INTEGER,
    dated      INTEGER NOT NULL,
    first_seen INTEGER,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    lang       TEXT NOT NULL,
    hash       TEXT NOT NULL, -- of title and text; outlives the text
    PRIMARY KEY (id, revision)
) STRICT;
CREATE INDEX items_first_seen ON items (first_seen) WHERE text <> '';

-- seq is the filing sequence: readings come back in the order they were filed.
CREATE TABLE readings (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    item      TEXT NOT NULL CHECK (item <> ''),
    revision  INTEGER NOT NULL,
    version   INTEGER NOT NULL,
    published INTEGER,
    relevance TEXT NOT NULL,
    conflict  TEXT NOT NULL,
    value     TEXT NOT NULL,
    features  BLOB,
    UNIQUE (item, revision)
) STRICT;
CREATE INDEX readings_window ON readings (published) WHERE relevance <> 'irrelevant';

-- The current value of every development; seq is the order they were opened in.
CREATE TABLE developments (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE CHECK (id <> ''),
    ref         TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    conflict    TEXT NOT NULL,
    arrangement TEXT NOT NULL,
    kind        TEXT NOT NULL,
    severity    INTEGER NOT NULL,
    main        INTEGER NOT NULL,
    opened_at   INTEGER,
    changed_at  INTEGER,
    filed_at    INTEGER, -- when the store learnt of the change
    value       TEXT NOT NULL
) STRICT;
CREATE INDEX developments_changed ON developments (changed_at);
CREATE INDEX developments_filed ON developments (filed_at);
CREATE INDEX developments_conflict ON developments (conflict, changed_at);
CREATE INDEX developments_ref ON developments (ref);

CREATE TABLE mentions (
    item        TEXT NOT NULL,
    revision    INTEGER NOT NULL,
    development TEXT NOT NULL REFERENCES developments (id),
    main        INTEGER NOT NULL,
    PRIMARY KEY (item, revision, development)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_development ON mentions (development);

-- The history of standings; the newest of an arrangement is the one filed last.
CREATE TABLE standings (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    conflict    TEXT NOT NULL,
    arrangement TEXT NOT NULL,
    at          INTEGER,
    filed_at    INTEGER,
    status      TEXT NOT NULL,
    digest      TEXT NOT NULL, -- of value: the same change filed twice is kept once
    value       TEXT NOT NULL,
    UNIQUE (conflict, arrangement, at, digest)
) STRICT;
CREATE INDEX standings_newest ON standings (conflict, arrangement, seq);

CREATE TABLE guilds (
    id           TEXT PRIMARY KEY CHECK (id <> ''),
    name         TEXT NOT NULL DEFAULT '',
    lang         TEXT NOT NULL DEFAULT '',
    zone         TEXT NOT NULL DEFAULT '',
    mod_channel  TEXT NOT NULL DEFAULT '',
    allow_listed INTEGER NOT NULL DEFAULT 0,
    left_at      INTEGER
) STRICT;

-- A server's own sources, and the catalogue sources it switched on or off.
CREATE TABLE guild_sources (
    guild   TEXT NOT NULL CHECK (guild <> ''),
    source  TEXT NOT NULL REFERENCES sources (id),
    enabled INTEGER NOT NULL,
    PRIMARY KEY (guild, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX guild_sources_source ON guild_sources (source);

-- AUTOINCREMENT: digest keys carry the id, so it must never name another subscription.
CREATE TABLE subscriptions (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild      TEXT NOT NULL CHECK (guild <> ''),
    channel    TEXT NOT NULL CHECK (channel <> ''),
    conflicts  TEXT NOT NULL,
    kinds      TEXT NOT NULL,
    severity   INTEGER NOT NULL,
    schedule   TEXT NOT NULL,
    zone       TEXT NOT NULL,
    lang       TEXT NOT NULL,
    created_at INTEGER,
    created_by TEXT NOT NULL,
    paused     TEXT NOT NULL,
    next_at    INTEGER,
    done_to    INTEGER
) STRICT;
CREATE INDEX subscriptions_guild ON subscriptions (guild);

-- The outbox: what every channel should have (want) and has (have).
CREATE TABLE messages (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    key          TEXT NOT NULL UNIQUE CHECK (key <> ''),
    guild        TEXT NOT NULL,
    channel      TEXT NOT NULL CHECK (channel <> ''),
    form         TEXT NOT NULL CHECK (form IN ('post', 'reply', 'digest')),
    reason       TEXT NOT NULL,
    development  TEXT NOT NULL,
    subscription INTEGER NOT NULL,
    severity     INTEGER NOT NULL,
    tells        TEXT, -- of a reply: the update as JSON
    window_from  INTEGER,
    window_to    INTEGER,
    want         INTEGER NOT NULL,
    have         INTEGER NOT NULL,
    ref          TEXT NOT NULL,
    silent       INTEGER NOT NULL,
    owed_at      INTEGER, -- domain time it was first planned
    due_at       INTEGER,
    not_after    INTEGER,
    state        TEXT NOT NULL CHECK (state IN ('owed', 'sent', 'paused', 'unknown', 'dropped')),
    message_id   TEXT NOT NULL,
    first        INTEGER NOT NULL, -- the revision it showed when it was created; 0: not known
    attempt_at   INTEGER,
    looks        INTEGER NOT NULL,
    looked_at    INTEGER,
    attempts     INTEGER NOT NULL,
    received_at  INTEGER, -- real time of the last receipt
    problem      TEXT NOT NULL
) STRICT;
CREATE INDEX messages_owed ON messages (due_at) WHERE state = 'owed';
CREATE INDEX messages_open ON messages (state) WHERE state <> 'sent' AND state <> 'dropped';
CREATE INDEX messages_development ON messages (development, channel) WHERE form = 'post';
CREATE INDEX messages_channel ON messages (channel);

CREATE TABLE audit (
    seq    INTEGER PRIMARY KEY AUTOINCREMENT,
    guild  TEXT NOT NULL,
    at     INTEGER,
    actor  TEXT NOT NULL,
    name   TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_guild ON audit (guild, seq);
CREATE INDEX audit_at ON audit (at);

CREATE TABLE marks (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What each server reads: its choices where it made one. Sources that left the
-- catalogue are off for everyone.
CREATE VIEW choices AS
SELECT l.guild, l.source, l.enabled
FROM guild_sources l JOIN sources s ON s.id = l.source
WHERE s.listed;

-- The sources somebody needs: a server's own, and those of the catalogue that a
-- server with a subscription has on. Servers that removed the bot need nothing.
CREATE VIEW needed_sources AS
SELECT s.id AS source
FROM sources s
WHERE s.listed AND CASE WHEN s.own THEN EXISTS (
    SELECT 1
    FROM guild_sources l LEFT JOIN guilds g ON g.id = l.guild
    WHERE l.source = s.id AND l.enabled AND g.left_at IS NULL
) ELSE EXISTS (
    SELECT 1
    FROM subscriptions p
    LEFT JOIN guilds g ON g.id = p.guild
    LEFT JOIN guild_sources l ON l.guild = p.guild AND l.source = s.id
    WHERE g.left_at IS NULL AND COALESCE(l.enabled, s.on_by_default)
) END;
