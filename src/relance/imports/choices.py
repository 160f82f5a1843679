"""What the recruiter chooses among the people of an archive, kept in its temporary area until the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from relance.imports.area import Area
from relance.imports.groups import Group

PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """One person as the list shows them. `since`: when something last happened (UTC)."""

    id: int
    name: str
    role: str
    company: str
    group: Group
    code: str
    since: datetime | None
    sent: int
    starred: bool
    kept: bool
    known: bool


def people_in(area: Area, group: Group, *, page: int = 1, most: int = PAGE) -> list[Shown]:
    """One page of a group, the latest first."""
    rows = area.database.execute(
        "SELECT p.id, p.full_name, p.position, p.company, c.grouped, c.code, c.since, c.sent, c.starred, c.kept,"
        " c.known FROM choices c JOIN people p ON p.id = c.person_id WHERE c.grouped = ?"
        " ORDER BY c.place, c.person_id LIMIT ? OFFSET ?",
        (group, most, (max(page, 1) - 1) * most),
    )
    return [
        Shown(
            row[0], row[1], row[2], row[3], Group(row[4]), row[5],
            None if row[6] is None else datetime.fromtimestamp(row[6], UTC),
            row[7], bool(row[8]), bool(row[9]), bool(row[10]),
        )
        for row in rows
    ]  # fmt: skip


def counts(area: Area) -> dict[Group, tuple[int, int, int]]:
    """For each group: how many people, how many kept, how many starred."""
    rows = area.database.execute(
        "SELECT grouped, count(*), sum(kept), sum(starred) FROM choices GROUP BY grouped"
    )
    found = {Group(row[0]): (row[1], row[2], row[3]) for row in rows}
    return {group: found.get(group, (0, 0, 0)) for group in Group}


def keep_group(area: Area, group: Group, *, kept: bool) -> None:
    """Keep, or leave, a whole group."""
    area.database.execute("UPDATE choices SET kept = ? WHERE grouped = ?", (kept, group))


def keep_only(area: Area, groups: Iterable[Group]) -> None:
    """Keep just those groups."""
    wanted = set(groups)
    for group in Group:
        keep_group(area, group, kept=group in wanted and group is not Group.ASIDE)


def keep(area: Area, people: Iterable[int], *, kept: bool) -> None:
    """Keep, or leave, these people."""
    area.database.executemany(
        "UPDATE choices SET kept = ? WHERE person_id = ? AND grouped <> ?",
        [(kept, person, Group.ASIDE) for person in people],
    )


def star(area: Area, people: Iterable[int], *, starred: bool) -> None:
    """Give or take the star; a star also keeps."""
    area.database.executemany(
        "UPDATE choices SET starred = ?, kept = max(kept, ?) WHERE person_id = ? AND grouped <> ?",
        [(starred, starred, person, Group.ASIDE) for person in people],
    )


def star_group(area: Area, group: Group, *, starred: bool) -> None:
    """Give or take the star of everyone in a group who is kept."""
    area.database.execute("UPDATE choices SET starred = ? WHERE grouped = ? AND kept = 1", (starred, group))


def set_aside(area: Area, people: Iterable[int]) -> None:
    """Put friends, clients and colleagues aside: they are not stored, now or at the next import."""
    area.database.executemany(
        "UPDATE choices SET grouped = ?, kept = 0, starred = 0 WHERE person_id = ?",
        [(Group.ASIDE, person) for person in people],
    )


def bring_back(area: Area, people: Iterable[int]) -> None:
    """Take people back from those set aside, each into the group where they stand."""
    area.database.executemany(
        "UPDATE choices SET grouped = was WHERE person_id = ?", [(person,) for person in people]
    )


def totals(area: Area) -> tuple[int, int]:
    """How many people are kept, and how many set aside."""
    row = area.database.execute(
        "SELECT coalesce(sum(kept), 0), coalesce(sum(grouped = ?), 0) FROM choices", (Group.ASIDE,)
    ).fetchone()
    return row[0], row[1]
