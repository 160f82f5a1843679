"""What an archive says, with nothing kept."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from relance.cadence.rates import Rate
from relance.imports.area import Area
from relance.imports.area_words import KeyKind
from relance.imports.baseline import Baseline, baseline
from relance.imports.linkedin.archive import Source
from relance.imports.linkedin.read import read_archive
from relance.imports.linkedin.reasons import LeftOut
from relance.imports.standing import standing

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def inspect(path: Source, *, scratch: Path, now: datetime | None = None) -> dict[str, Json]:
    """Read an archive into a scratch area, tell what it says, wipe the area.

    The answer is ready for JSON and holds exactly:

    - `export_date`: the day all ages count from, the latest the archive shows (null: it shows none);
    - `owner_slug`: whose export it is (null where no file gives an address);
    - `accepted_outgoing`: {person: day} of the owner's invitations of the last 180 days accepted;
    - `accepted_and_never_messaged_after`: those with nothing said one to one since, by either side;
    - `pending_outgoing`: people invited who are not connections;
    - `they_spoke_last`: people whose message is the last (they wait for an answer);
    - `i_spoke_last_after_a_reply`: the owner wrote last, they had written before;
    - `never_replied`: only the owner ever wrote;
    - `group_threads`: how many conversations hold more than two people (set apart);
    - `connections_without_identity`: how many connections show only a date;
    - `direction_unknown_because_older_than_180_days`: how many connections are older than the
      window in which the export tells who invited whom;
    - `left_out`: {reason: rows};
    - `baseline`: the counts of `Baseline`, and `rates` with their intervals.

    Lists are sorted. A person is a slug (decoded, NFC, lower case), a member id as it is, or
    `name:<name>` where the export gives no address at all. The note of an accepted invitation is
    not a message. Raises `BadArchive`.
    """
    area = read_archive(path, scratch, now=now)
    try:
        return report(area)
    finally:
        area.wipe()


def report(area: Area) -> dict[str, Json]:
    """Return the answer of `inspect` for an area that is already filled."""
    accepted: dict[str, Json] = {}
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    left_out = area.left_out()
    keys = _keys(area)
    connected = dict(
        area.database.execute("SELECT id, connected_on FROM people WHERE connected_on IS NOT NULL")
    )
    for person_id, moments in area.timelines():
        stands = standing(moments)
        key = keys[person_id]
        if stands.accepted_at is not None:
            day = datetime.fromtimestamp(stands.accepted_at, UTC).date().isoformat()
            accepted[key] = connected.get(person_id, day)
        for name in _LISTS:
            if getattr(stands, "pending" if name == "pending_outgoing" else name):
                lists[name].append(key)
    return {
        "export_date": area.recall("exported_on"),
        "owner_slug": area.recall("owner_slug"),
        "accepted_outgoing": dict(sorted(accepted.items())),
        **{name: list[Json](sorted(found)) for name, found in lists.items()},
        "group_threads": area.recall("group_threads"),
        "connections_without_identity": left_out.get(LeftOut.NO_IDENTITY, 0),
        "direction_unknown_because_older_than_180_days": area.recall("direction_unknown"),
        "left_out": dict[str, Json](left_out),
        "baseline": _baseline(baseline(area)),
    }


_LISTS = (
    "accepted_and_never_messaged_after",
    "pending_outgoing",
    "they_spoke_last",
    "i_spoke_last_after_a_reply",
    "never_replied",
)


def _keys(area: Area) -> dict[int, str]:
    rows = area.database.execute("SELECT id, key_kind, key FROM people")
    return {row[0]: f"name:{row[2]}" if row[1] == KeyKind.NAME else row[2] for row in rows}


def _baseline(found: Baseline) -> dict[str, Json]:
    def told(each: Rate) -> dict[str, Json]:
        return asdict(each)

    return {
        "first_written_to": found.first_written_to,
        "answered_first_alone": found.answered_first_alone,
        "followed_up": found.followed_up,
        "answered_after_follow_up": found.answered_after_follow_up,
        "immature": found.immature,
        "rates": {
            "answered_first_alone": told(found.answered_first_alone_rate),
            "followed_up": told(found.followed_up_rate),
            "answered_after_follow_up": told(found.answered_after_follow_up_rate),
        },
    }
