"""The people of an export: connections, invited people, and the other side of each conversation."""

import sqlite3

from relance.imports.linkedin.conversations import MINE, PERSON
from relance.imports.names import name_key

_PERSON_TOKENS = f"""
INSERT OR IGNORE INTO li_person (token, full_name, connection)
SELECT token, full_name, row FROM (
    SELECT token, full_name, row, 0 AS place FROM li_connection WHERE token IS NOT NULL
    UNION ALL SELECT token, full_name, NULL, row FROM li_invitation WHERE token IS NOT NULL
    UNION ALL SELECT c.peer, coalesce(max(CASE WHEN m.recipient = c.peer THEN m.recipient_name
        WHEN m.sender = c.peer THEN m.sender_name WHEN m.recipients IS NULL AND {MINE} THEN m.recipient_name
        WHEN NOT {MINE} THEN m.sender_name END), ''), NULL, 1 << 40
    FROM li_conversation c JOIN li_message m USING (conversation) WHERE c.state = '{PERSON}' GROUP BY c.peer
) WHERE token IS NOT (SELECT value FROM meta WHERE name = 'li_owner') ORDER BY place, row, token
"""  # noqa: S608

_PEOPLE = """
INSERT INTO people (id, key_kind, key, full_name, first_name, last_name, name_key, company, position, connected_on,
    they_invited_at, draft_waiting, source_url)
SELECT p.id,
    CASE WHEN p.token LIKE '/member/%' THEN 'linkedin_member' WHEN p.token LIKE '/name/%' THEN 'name'
         ELSE 'linkedin_slug' END,
    CASE WHEN p.token LIKE '/member/%' THEN substr(p.token, 9)
         WHEN p.token LIKE '/name/%' THEN substr(p.token, 7)
         ELSE p.token END,
    p.full_name, coalesce(c.first_name, ''), coalesce(c.last_name, ''), coalesce(c.name_key, name_key(p.full_name)),
    coalesce(c.company, ''), coalesce(c.position, ''), c.connected_on,
    (SELECT min(i.sent_at) FROM li_invitation i WHERE i.token = p.token AND NOT i.outgoing),
    EXISTS (SELECT 1 FROM li_draft d WHERE d.token = p.token), coalesce(c.url, '')
FROM li_person p LEFT JOIN li_connection c ON c.row = p.connection
"""

_ADDRESSES = """
INSERT OR IGNORE INTO addresses
SELECT p.id, 'email', lower(c.email), 1 FROM li_person p JOIN li_connection c ON c.row = p.connection
WHERE instr(c.email, '@')
UNION ALL
SELECT min(p.id), a.channel, a.value, 0 FROM li_contact a JOIN people p ON p.name_key = a.name_key
GROUP BY a.name_key, a.channel, a.value HAVING count(*) = 1
"""


def people(database: sqlite3.Connection) -> None:
    """Fill the area's people and addresses; what the address book adds is to be asked about."""
    database.create_function("name_key", 1, name_key, deterministic=True)
    database.execute("CREATE INDEX li_invited ON li_invitation (token)")
    database.execute(_PERSON_TOKENS)
    database.execute(_PEOPLE)
    if database.execute("SELECT 1 FROM li_contact LIMIT 1").fetchone():
        database.execute("CREATE INDEX li_people_by_name ON people (name_key)")
    database.execute(_ADDRESSES)
    database.execute("DROP INDEX IF EXISTS li_people_by_name")
