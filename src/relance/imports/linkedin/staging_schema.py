"""The tables in which the rows of the export wait to be joined; dropped once they are.

A person is a *token* here: a slug as it is, `/member/<id>`, or `/name/<name key>` where the export
gives no address. A slug holds no slash, so the three never meet.
"""

STAGING = """
CREATE TABLE li_connection (
    row INTEGER PRIMARY KEY, token TEXT, first_name TEXT, last_name TEXT, full_name TEXT, name_key TEXT,
    url TEXT, email TEXT, company TEXT, position TEXT, connected_on TEXT, connected_at INTEGER
);
CREATE TABLE li_invitation (
    row INTEGER PRIMARY KEY, outgoing INTEGER, sent_at INTEGER, note TEXT, note_hash BLOB,
    token TEXT, full_name TEXT, name_key TEXT, owner TEXT, owner_name TEXT
);
CREATE TABLE li_message (
    row INTEGER PRIMARY KEY, conversation TEXT, outgoing INTEGER,
    sender TEXT, sender_name TEXT, sender_key TEXT,
    recipient TEXT, recipients INTEGER, recipient_name TEXT, recipient_key TEXT,
    at INTEGER, attachments INTEGER, hash BLOB, subject TEXT, text TEXT
);
CREATE TABLE li_participant (
    conversation TEXT, token TEXT, PRIMARY KEY (conversation, token)
) WITHOUT ROWID;
CREATE TABLE li_group (conversation TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE li_sponsored (conversation TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE li_draft (token TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE li_contact (
    name_key TEXT, channel TEXT, value TEXT, PRIMARY KEY (name_key, channel, value)
) WITHOUT ROWID;
CREATE TABLE li_name (name_key TEXT, token TEXT, PRIMARY KEY (name_key, token)) WITHOUT ROWID;
CREATE TABLE li_known (name_key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE li_identity (name_key TEXT PRIMARY KEY, token TEXT, ambiguous INTEGER) WITHOUT ROWID;
CREATE TABLE li_conversation (conversation TEXT PRIMARY KEY, peer TEXT, state TEXT) WITHOUT ROWID;
CREATE TABLE li_person (id INTEGER PRIMARY KEY, token TEXT UNIQUE, full_name TEXT, connection INTEGER);
CREATE TABLE li_note (message INTEGER PRIMARY KEY, invitation INTEGER UNIQUE, token TEXT);
"""

STAGED = (
    "li_connection", "li_invitation", "li_message", "li_participant", "li_group", "li_sponsored", "li_draft",
    "li_contact", "li_name", "li_known", "li_identity", "li_conversation", "li_person", "li_note",
)  # fmt: skip
