"""The files of the export joined: people and their facts, in the method's words.

The rules and what they rest on are in docs/decisions/import-linkedin.md.
"""

from collections.abc import Callable
from datetime import date

from relance.imports.area import Area
from relance.imports.linkedin.conversations import PERSON, group_threads, sort_conversations
from relance.imports.linkedin.facts import external_key, invitation_facts, message_facts, message_key
from relance.imports.linkedin.identities import settle
from relance.imports.linkedin.owner import find_owner
from relance.imports.linkedin.people import people
from relance.imports.linkedin.staging_schema import STAGED

WINDOW_DAYS = 180
STEPS = 7


def join(area: Area, *, profile_names: list[str], dated: list[date], step: Callable[[int], None]) -> None:
    """Turn the staged rows into people and facts, and drop the staging tables.

    `dated` are the days the archive's name and members give; `step` is told how many of `STEPS`
    are done. Remembers `exported_on`, `owner_slug`, `group_threads`, `direction_unknown`.
    """
    database = area.database
    database.create_function("message_key", 4, message_key, deterministic=True)
    database.create_function("external_key", 2, external_key, deterministic=True)
    owner = find_owner(database, profile_names)
    area.remember("owner_slug", owner.token)
    area.remember("owner_name", min(owner.names, default=None))
    _remember_export_date(area, dated)
    step(1)
    settle(database, owner)
    step(2)
    database.execute("CREATE INDEX li_by_conversation ON li_message (conversation)")
    sort_conversations(database, owner)
    step(3)
    people(database)
    step(4)
    invitation_facts(area)
    step(5)
    message_facts(area)
    step(6)
    _count(area)
    for table in (*STAGED, "li_owner_name"):
        database.execute(f"DROP TABLE {table}")
    database.execute("DELETE FROM meta WHERE name = 'li_owner'")
    step(7)


def _remember_export_date(area: Area, dated: list[date]) -> None:
    found = area.database.execute(
        "SELECT max(day) FROM (SELECT max(connected_on) AS day FROM li_connection"
        " UNION ALL SELECT date(max(at), 'unixepoch') FROM li_message"
        " UNION ALL SELECT date(max(sent_at), 'unixepoch') FROM li_invitation)"
    ).fetchone()[0]
    days = [each.isoformat() for each in dated] + ([found] if found else [])
    area.remember("exported_on", max(days, default=None))


def _count(area: Area) -> None:
    database = area.database
    rows = database.execute(
        "SELECT state, count(*) FROM li_message JOIN li_conversation USING (conversation)"
        " WHERE state <> ? GROUP BY state ORDER BY state",
        (PERSON,),
    ).fetchall()
    for state, count in rows:
        area.leave_out(state, "messages", count)
    area.remember("group_threads", group_threads(database))
    unknown = database.execute(
        "SELECT count(*) FROM li_person p JOIN li_connection c ON c.row = p.connection"
        " WHERE c.connected_on < date((SELECT value FROM meta WHERE name = 'exported_on'), ?)"
        " AND NOT EXISTS (SELECT 1 FROM li_invitation i WHERE i.token = p.token)",
        (f"-{WINDOW_DAYS} days",),
    ).fetchone()[0]
    area.remember("direction_unknown", unknown)
