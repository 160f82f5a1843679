"""Whose export it is."""

import sqlite3
from dataclasses import dataclass

from relance.imports.names import is_hidden, name_key

_LEAST_COVERAGE = 0.95


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner's token (None where no file gives an address) and the keys of their names."""

    token: str | None
    names: frozenset[str]

    @property
    def known(self) -> bool:
        return self.token is not None or bool(self.names)


def find_owner(database: sqlite3.Connection, profile_names: list[str]) -> Owner:
    """Tell the owner: the unanimous side of the invitations, else the one in every conversation,
    else who writes under the name of Profile.csv, else the one who is in no list of connections.

    Never the most frequent sender: a heavy correspondent is not the owner.
    """
    profile = frozenset(filter(None, map(name_key, profile_names)))
    found = _by_invitations(database) or _by_coverage(database)
    found = found or _by_profile(database, profile) or _by_absence(database)
    names = set(profile)
    if found is not None:
        rows = database.execute("SELECT DISTINCT sender_key FROM li_message WHERE sender = ?", (found,))
        names.update(row[0] for row in rows)
    names.update(row[0] for row in database.execute(_UNANIMOUS_NAME))
    if found is None or not names:
        rows = database.execute(
            "SELECT DISTINCT CASE WHEN outgoing THEN sender_key ELSE recipient_key END FROM li_message"
            " WHERE outgoing = 1"
            " OR (outgoing = 0 AND NOT EXISTS (SELECT 1 FROM li_message WHERE outgoing = 1))"
        )
        names.update(row[0] for row in rows)
    return Owner(found, frozenset(name for name in names if name and not is_hidden(name)))


_UNANIMOUS_NAME = """
SELECT owner_name FROM li_invitation WHERE owner_name <> ''
GROUP BY owner_name HAVING count(*) = (SELECT count(*) FROM li_invitation WHERE owner_name <> '')
"""


def _by_invitations(database: sqlite3.Connection) -> str | None:
    rows = database.execute(
        "SELECT DISTINCT owner FROM li_invitation WHERE owner IS NOT NULL LIMIT 2"
    ).fetchall()
    return rows[0][0] if len(rows) == 1 else None


def _by_coverage(database: sqlite3.Connection) -> str | None:
    total = database.execute("SELECT count(DISTINCT conversation) FROM li_participant").fetchone()[0]
    rows = database.execute(
        "SELECT token, count(*) FROM li_participant GROUP BY token ORDER BY 2 DESC, 1 LIMIT 2"
    ).fetchall()
    if total < 2 or not rows or rows[0][1] < _LEAST_COVERAGE * total:
        return None
    return rows[0][0] if len(rows) == 1 or rows[1][1] < rows[0][1] else None


def _by_profile(database: sqlite3.Connection, names: frozenset[str]) -> str | None:
    found: set[str] = set()
    for name in names:
        rows = database.execute(
            "SELECT DISTINCT sender FROM li_message WHERE sender_key = ? AND sender IS NOT NULL LIMIT 2",
            (name,),
        )
        found.update(row[0] for row in rows)
    return found.pop() if len(found) == 1 else None


def _by_absence(database: sqlite3.Connection) -> str | None:
    """The one participant present in every conversation whom Connections.csv does not list."""
    rows = database.execute(
        "SELECT token FROM li_participant WHERE EXISTS (SELECT 1 FROM li_connection WHERE token IS NOT NULL)"
        " AND token NOT IN (SELECT token FROM li_connection WHERE token IS NOT NULL) GROUP BY token"
        " HAVING count(*) = (SELECT count(DISTINCT conversation) FROM li_participant) LIMIT 2"
    ).fetchall()
    return rows[0][0] if len(rows) == 1 else None
