"""Who is who where the export gives a name and no address."""

import sqlite3

from relance.imports.linkedin.owner import Owner
from relance.imports.names import is_hidden, name_key

_NAMES = """
INSERT OR IGNORE INTO li_name
SELECT name_key, token FROM li_connection WHERE token IS NOT NULL
UNION SELECT name_key, token FROM li_invitation WHERE token IS NOT NULL
UNION SELECT sender_key, sender FROM li_message WHERE sender IS NOT NULL
UNION SELECT recipient_key, recipient FROM li_message WHERE recipient IS NOT NULL
"""

_KNOWN = """
INSERT OR IGNORE INTO li_known
SELECT name_key FROM li_name UNION SELECT name_key FROM li_connection UNION SELECT name_key FROM li_invitation
UNION SELECT sender_key FROM li_message
"""

_NEEDS_NAMES = "SELECT 1 FROM li_message WHERE recipients IS NULL AND instr(recipient_name, ', ') LIMIT 1"

_IDENTITIES = """
INSERT INTO li_identity
WITH named (name_key, connections, invitations) AS (
    SELECT name_key, 1, 0 FROM li_connection WHERE token IS NULL
    UNION ALL SELECT name_key, 0, 1 FROM li_invitation WHERE token IS NULL
    UNION ALL SELECT sender_key, 0, 0 FROM li_message WHERE sender IS NULL
    UNION ALL SELECT recipient_key, 0, 0 FROM li_message WHERE recipient IS NULL
),
counted AS (
    SELECT name_key, sum(connections) AS connections, sum(invitations) AS invitations FROM named
    WHERE name_key NOT IN ('', 'linkedin member') GROUP BY name_key
),
hits AS (SELECT name_key, count(*) AS tokens, min(token) AS token FROM li_name GROUP BY name_key)
SELECT counted.name_key, coalesce(hits.token, '/name/' || counted.name_key),
       coalesce(hits.tokens, 0) > 1 OR connections > 1 OR invitations > 1
FROM counted LEFT JOIN hits USING (name_key)
"""

_CONNECTIONS = """
UPDATE li_connection SET token = (
    SELECT CASE WHEN ambiguous THEN '/name/' || li_connection.name_key || '#' || connected_on ELSE token END
    FROM li_identity WHERE li_identity.name_key = li_connection.name_key
) WHERE token IS NULL
"""

_INVITATIONS = """
UPDATE li_invitation SET token = (
    SELECT CASE WHEN ambiguous THEN NULL ELSE token END
    FROM li_identity WHERE li_identity.name_key = li_invitation.name_key
) WHERE token IS NULL
"""


def settle(database: sqlite3.Connection, owner: Owner) -> None:
    """Give every connection and invitation without an address its person, by exact full name.

    A name is taken for a person only with exactly one hit on every side; an ambiguous connection
    stands alone under its name and date, an ambiguous invitation stays without a person.
    """
    database.execute(_NAMES)
    if owner.token is not None:
        database.execute("DELETE FROM li_name WHERE token = ?", (owner.token,))
    if database.execute(_NEEDS_NAMES).fetchone():
        database.execute(_KNOWN)
    database.execute(_IDENTITIES)
    database.execute(_CONNECTIONS)
    database.execute(_INVITATIONS)


class Names:
    """Tells the people named in a `TO` cell, whose separator also stands inside names."""

    def __init__(self, database: sqlite3.Connection, owner: Owner) -> None:
        self._database = database
        self._owner = owner

    def known(self, key: str) -> bool:
        if key in self._owner.names or is_hidden(key):
            return True
        found = self._database.execute("SELECT 1 FROM li_known WHERE name_key = ?", (key,))
        return found.fetchone() is not None

    def within(self, cell: str) -> list[str]:
        """Return the name keys of a cell: the longest known names, then what has two words.

        `Hugo Sample, PhD` is one person unless `PhD` is somebody.
        """
        pieces = cell.split(", ")
        if len(pieces) == 1 or self.known(name_key(cell)):
            return [name_key(cell)]
        names: list[str] = []
        start = 0
        while start < len(pieces):
            for end in range(min(len(pieces), start + 4), start, -1):
                key = name_key(", ".join(pieces[start:end]))
                if self.known(key):
                    names.append(key)
                    start = end
                    break
            else:
                key = name_key(pieces[start])
                if names and " " not in key:
                    names[-1] = f"{names[-1]}, {key}"
                else:
                    names.append(key)
                start += 1
        return names

    def person(self, key: str) -> tuple[str | None, bool]:
        """Return the token a name stands for, and whether it stands for several."""
        row = self._database.execute(
            "SELECT token, ambiguous FROM li_identity WHERE name_key = ?", (key,)
        ).fetchone()
        if row is None:
            return f"/name/{key}", False
        return (None, True) if row[1] else (row[0], False)
