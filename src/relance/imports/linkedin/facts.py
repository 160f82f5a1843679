"""The dated facts of an export, in the method's words."""

from hashlib import sha256

from relance.cadence.words import Channel, Kind
from relance.imports.area import Area
from relance.imports.linkedin.conversations import MINE, PERSON, is_bucket
from relance.imports.linkedin.reasons import LeftOut

INMAIL = "inmail"
_NOON = 12 * 3600
_FIRST, _NEXT = -(1 << 41), -(1 << 40)
_CONNECTIONS_READ = "(SELECT value FROM meta WHERE name = 'files') LIKE '%connections%'"


def external_key(*parts: str | int | bytes) -> bytes:
    """Return the key under which a fact is known in every export of the same owner.

    Slugs are no part of it: they change.
    """
    return sha256(
        b"\0".join(part if isinstance(part, bytes) else str(part).encode() for part in parts)
    ).digest()


def message_key(conversation: str, mine: int, at: int, text_hash: bytes) -> bytes:
    """Return the key of a message: its conversation, its side, its instant, its text without spaces."""
    named = "" if is_bucket(conversation) else conversation
    return sha256(f"{named}\0{mine}\0{at}\0".encode() + text_hash).digest()


_UNSURE = """
CREATE TABLE li_unsure AS
SELECT row FROM li_invitation WHERE outgoing
AND token NOT IN (SELECT token FROM li_connection WHERE token IS NOT NULL)
AND name_key IN (SELECT name_key FROM li_connection WHERE token LIKE '/name/%#%')
"""

_NOTES = f"""
INSERT OR IGNORE INTO li_note
SELECT m.row, i.row, i.token FROM li_invitation i
JOIN li_person p ON p.token = i.token
JOIN li_peer c ON c.peer = i.token
JOIN li_message m ON m.conversation = c.conversation
WHERE i.note_hash IS NOT NULL AND m.hash = i.note_hash AND {MINE} = i.outgoing AND m.at >= i.sent_at - 60
AND (p.connection IS NOT NULL OR NOT {_CONNECTIONS_READ})
AND NOT EXISTS (
    SELECT 1 FROM li_message o WHERE o.conversation = m.conversation
    AND (o.at < m.at OR (o.at = m.at AND o.row > m.row AND o.hash <> m.hash))
)
ORDER BY m.at, m.row DESC
"""  # noqa: S608

_PEERS = f"""
CREATE TABLE li_peer AS SELECT peer, conversation FROM li_conversation WHERE state = '{PERSON}'
"""  # noqa: S608

_AMBIGUOUS = (
    "SELECT (SELECT count(*) FROM li_unsure) + (SELECT count(*) FROM li_invitation WHERE token IS NULL)"
)

_CONNECTIONS_MISSING = f"""
INSERT INTO li_unsure SELECT row FROM li_invitation WHERE outgoing AND NOT {_CONNECTIONS_READ}
AND row NOT IN (SELECT invitation FROM li_note)
"""  # noqa: S608

_FACTS = (
    "INSERT OR IGNORE INTO facts (person_id, at, sequence, kind, channel, note, exact, attachments, label,"
    " external_key, subject, text) "
)

_SENT = f"""
SELECT p.id, i.sent_at, {_FIRST}, '{Kind.INVITATION_SENT}', '{Channel.LINKEDIN}', i.note IS NOT NULL,
    1, 0, '', external_key('invitation_sent', i.sent_at), '', coalesce(i.note, '')
FROM li_invitation i JOIN li_person p USING (token)
WHERE i.outgoing AND i.row NOT IN (SELECT row FROM li_unsure) ORDER BY p.id, i.sent_at
"""  # noqa: S608

_ACCEPTED_WITH_NOTE = f"""
SELECT p.id, max(m.at, i.sent_at), {_NEXT}, '{Kind.INVITATION_ACCEPTED}', '{Channel.LINKEDIN}', 0, 1, 0, '',
    message_key(m.conversation, 1, m.at, m.hash), '', ''
FROM li_note n JOIN li_invitation i ON i.row = n.invitation JOIN li_message m ON m.row = n.message
JOIN li_person p ON p.token = n.token WHERE i.outgoing
"""  # noqa: S608

_ACCEPTED_BY_DATE = f"""
SELECT id, max(min(noon, coalesce((
        SELECT min(m.at) FROM li_peer c JOIN li_message m USING (conversation)
        WHERE c.peer = token AND m.at BETWEEN noon - {_NOON} AND noon AND NOT exact), noon)), sent_at),
    {_NEXT}, '{Kind.INVITATION_ACCEPTED}', '{Channel.LINKEDIN}', 0, exact, 0, '',
    external_key('invitation_accepted', connected_on), '', ''
FROM (
    SELECT p.id, i.token, i.sent_at, c.connected_on, c.connected_at IS NOT NULL AS exact,
        coalesce(c.connected_at, CAST(strftime('%s', c.connected_on) AS INTEGER) + {_NOON}) AS noon
    FROM li_invitation i JOIN li_person p USING (token) JOIN li_connection c ON c.row = p.connection
    WHERE i.outgoing AND i.row NOT IN (SELECT invitation FROM li_note)
) ORDER BY id
"""  # noqa: S608
"""Noon of the day it is known by; earlier where a message of that day shows that it was."""


def invitation_facts(area: Area) -> None:
    """Add the invitations sent and their acceptances.

    An invitation to one of several people of the same name, where no address tells them apart, is
    counted and left out; so are all that nothing shows accepted when Connections.csv is missing.
    """
    database = area.database
    database.execute(_UNSURE)
    database.execute(_PEERS)
    database.execute("CREATE INDEX li_peer_by_peer ON li_peer (peer)")
    database.execute(_NOTES)
    ambiguous = database.execute(_AMBIGUOUS).fetchone()[0]
    if ambiguous:
        area.leave_out(LeftOut.AMBIGUOUS_NAME, "invitations", ambiguous)
    missing = database.execute(_CONNECTIONS_MISSING).rowcount
    if missing:
        area.leave_out(LeftOut.CONNECTIONS_MISSING, "invitations", missing)
    for statement in (_SENT, _ACCEPTED_WITH_NOTE, _ACCEPTED_BY_DATE):
        database.execute(_FACTS + statement)
    database.execute("DROP TABLE li_unsure")


_NOTE_ROWS = """
SELECT n.message FROM li_note n JOIN li_invitation i ON i.row = n.invitation WHERE i.outgoing
"""

_SPOKEN = f"""
SELECT p.id, m.at, -m.row, CASE WHEN {MINE} THEN '{Kind.MESSAGE_SENT}' ELSE '{Kind.REPLY}' END,
    '{Channel.LINKEDIN}', m.row IN (SELECT message FROM li_note), 1, m.attachments,
    CASE WHEN m.subject <> '' AND p.connection IS NULL AND {_CONNECTIONS_READ} THEN '{INMAIL}' ELSE '' END,
    message_key(m.conversation, {MINE}, m.at, m.hash), m.subject, m.text
FROM li_conversation c JOIN li_message m USING (conversation) JOIN li_person p ON p.token = c.peer
WHERE c.state = '{PERSON}' AND m.row NOT IN ({_NOTE_ROWS}) ORDER BY p.id
"""  # noqa: S608

_MEANT = f"""
SELECT count(*) FROM li_message m JOIN li_conversation c USING (conversation)
WHERE c.state = '{PERSON}' AND m.row NOT IN ({_NOTE_ROWS})
"""  # noqa: S608


def message_facts(area: Area) -> None:
    """Add what was said one to one. The note of an accepted invitation is its acceptance, not a message."""
    added = area.database.execute(_FACTS + _SPOKEN).rowcount
    meant = area.database.execute(_MEANT).fetchone()[0]
    if meant > added:
        area.leave_out(LeftOut.DUPLICATE, "messages", meant - added)
    area.database.execute("DROP TABLE li_peer")
