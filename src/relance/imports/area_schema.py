"""The tables of the temporary area."""

SCHEMA = """
CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    key_kind TEXT NOT NULL,
    key TEXT NOT NULL,
    full_name TEXT NOT NULL,
    first_name TEXT NOT NULL DEFAULT '',
    last_name TEXT NOT NULL DEFAULT '',
    name_key TEXT NOT NULL DEFAULT '',
    company TEXT NOT NULL DEFAULT '',
    position TEXT NOT NULL DEFAULT '',
    connected_on TEXT,
    they_invited_at INTEGER,
    draft_waiting INTEGER NOT NULL DEFAULT 0,
    source_url TEXT NOT NULL DEFAULT '',
    location TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    UNIQUE (key_kind, key)
);
CREATE TABLE addresses (
    person_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    value TEXT NOT NULL,
    certain INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (person_id, channel, value)
) WITHOUT ROWID;
CREATE TABLE numbers (person_id INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (person_id, value)) WITHOUT ROWID;
CREATE TABLE facts (
    person_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT,
    note INTEGER NOT NULL DEFAULT 0,
    exact INTEGER NOT NULL DEFAULT 1,
    attachments INTEGER NOT NULL DEFAULT 0,
    label TEXT NOT NULL DEFAULT '',
    external_key BLOB NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    hard INTEGER NOT NULL DEFAULT 0,
    returns_on TEXT,
    tone TEXT,
    until INTEGER,
    UNIQUE (person_id, external_key)
);
CREATE INDEX facts_in_order ON facts (person_id, at, sequence);
CREATE TABLE left_out (
    reason TEXT NOT NULL,
    file TEXT NOT NULL,
    rows INTEGER NOT NULL,
    PRIMARY KEY (reason, file)
) WITHOUT ROWID;
CREATE TABLE left_out_lines (
    reason TEXT NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    PRIMARY KEY (reason, file, line)
) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""
