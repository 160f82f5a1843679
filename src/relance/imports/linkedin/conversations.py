"""Whose each conversation is: one person's, a group's, an advertiser's, or nobody's."""

import sqlite3
from itertools import groupby
from operator import itemgetter

from relance.imports.linkedin.identities import Names
from relance.imports.linkedin.owner import Owner
from relance.imports.linkedin.reasons import LeftOut
from relance.imports.linkedin.staging import BUCKET
from relance.imports.names import is_hidden

PERSON = "person"

MINE = """CASE
    WHEN m.outgoing IS NOT NULL THEN m.outgoing
    WHEN m.sender IS NOT NULL THEN m.sender IS (SELECT value FROM meta WHERE name = 'li_owner')
    ELSE m.sender_key IN (SELECT name FROM li_owner_name) END"""
"""Whether the owner wrote a message: its direction where it is written, else its sender."""

_BY_ADDRESS = f"""
INSERT INTO li_conversation
SELECT conversation, min(token), CASE WHEN count(*) > 1 THEN '{LeftOut.GROUP}' ELSE '{PERSON}' END
FROM li_participant WHERE token IS NOT (SELECT value FROM meta WHERE name = 'li_owner')
GROUP BY conversation
"""  # noqa: S608

_REST = f"""
SELECT DISTINCT m.conversation, {MINE} AS mine, m.sender_key, m.recipient_name FROM li_message m
WHERE m.conversation NOT IN (SELECT conversation FROM li_conversation) ORDER BY m.conversation
"""  # noqa: S608

_SEVERAL = """
SELECT DISTINCT conversation, recipient_name FROM li_message
WHERE recipients IS NULL AND instr(recipient_name, ', ') ORDER BY conversation
"""


def sort_conversations(database: sqlite3.Connection, owner: Owner) -> None:
    """Fill `li_conversation`: addresses decide; names only where there is no address at all."""
    names = Names(database, owner)
    database.execute("CREATE TABLE li_owner_name (name TEXT PRIMARY KEY) WITHOUT ROWID")
    database.executemany("INSERT INTO li_owner_name VALUES (?)", [(name,) for name in owner.names])
    database.execute("INSERT OR REPLACE INTO meta VALUES ('li_owner', ?)", (owner.token,))
    if not owner.known:
        database.execute(
            "INSERT INTO li_conversation SELECT DISTINCT conversation, NULL, ? FROM li_message",
            (LeftOut.OWNER_UNKNOWN,),
        )
        return
    if owner.token is not None:
        database.execute(_BY_ADDRESS)
    rest: list[tuple[str, int, str, str]] = database.execute(_REST).fetchall()
    for conversation, group in groupby(rest, key=itemgetter(0)):
        peer, state = _by_name(names, owner, [row[1:] for row in group])
        database.execute("INSERT INTO li_conversation VALUES (?,?,?)", (conversation, peer, state))
    for conversation, cell in database.execute(_SEVERAL).fetchall():
        if len(names.within(cell)) > 1:
            database.execute("INSERT OR IGNORE INTO li_group VALUES (?)", (conversation,))
    for state, table in ((LeftOut.GROUP, "li_group"), (LeftOut.SPONSORED, "li_sponsored")):
        database.execute(
            f"UPDATE li_conversation SET state = ? WHERE conversation IN (SELECT conversation FROM {table})",  # noqa: S608
            (state,),
        )


def _by_name(names: Names, owner: Owner, rows: list[tuple[int, str, str]]) -> tuple[str | None, str]:
    """Tell the peer of a conversation from its rows (mine, sender's name key, TO cell)."""
    others: set[str] = set()
    hidden = False
    for mine, sender, recipients in rows:
        for key in names.within(recipients) if mine else (sender,):
            if is_hidden(key):
                hidden = True
            elif key and key not in owner.names:
                others.add(key)
    if len(others) > 1:
        return None, LeftOut.GROUP
    if not others:
        return None, LeftOut.HIDDEN_PERSON if hidden else LeftOut.NO_RECIPIENT
    token, ambiguous = names.person(others.pop())
    return (None, LeftOut.AMBIGUOUS_NAME) if ambiguous else (token, PERSON)


def group_threads(database: sqlite3.Connection) -> int:
    """Return how many conversations hold more than two people."""
    found = database.execute("SELECT count(*) FROM li_conversation WHERE state = ?", (LeftOut.GROUP,))
    return int(found.fetchone()[0])


def is_bucket(conversation: str) -> bool:
    """Whether a conversation without an id was named here."""
    return conversation.startswith(BUCKET)
