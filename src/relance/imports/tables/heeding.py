"""Who a table says is not to be contacted: never brought in by itself, and left alone by everybody from then on."""

from contextlib import closing
from datetime import datetime

from relance.imports.area import Area
from relance.imports.area_files import open_area
from relance.imports.groups import Group
from relance.imports.known import fingerprinted
from relance.imports.models import Import
from relance.imports.tables.read import SOURCE
from relance.method.candidates.actions import leave_alone
from relance.method.candidates.models import Avoidance
from relance.method.outreach.left_lines import forget_lines

AT_ONCE = 500


def put_aside(area: Area, counts: dict[str, int]) -> None:
    """Show apart who is not to be contacted, and keep by default nobody whose status speaks without a date."""
    database = area.database
    for group, count in database.execute(
        "SELECT grouped, count(*) FROM choices WHERE known = 0 AND grouped <> ?"
        " AND person_id IN (SELECT person_id FROM table_opted_out) GROUP BY grouped",
        (Group.ASIDE,),
    ).fetchall():
        counts[group] -= count
        counts[Group.ASIDE] = counts.get(Group.ASIDE, 0) + count
    database.execute(
        "UPDATE choices SET grouped = ?, kept = 0 WHERE known = 0"
        " AND person_id IN (SELECT person_id FROM table_opted_out)",
        (Group.ASIDE,),
    )
    database.execute(
        "UPDATE choices SET kept = 0 WHERE known = 0 AND person_id IN (SELECT person_id FROM table_unclear)"
    )


def heed_opt_outs(*, row: Import, now: datetime) -> None:
    """Leave alone, for ever, who a table says asked for it, unless the recruiter took them back and left them out."""
    if row.source != SOURCE:
        return
    with closing(open_area(row)) as area:
        region = row.member.organisation.region
        wanted = {
            each
            for (each,) in area.database.execute(
                "SELECT person_id FROM choices WHERE (grouped = ? OR kept = 1 OR known = 1)"
                " AND person_id IN (SELECT person_id FROM table_opted_out)",
                (Group.ASIDE,),
            )
        }
        last = 0
        while wanted and (people := area.people(after=last, most=AT_ONCE)):
            last = people[-1].id
            pairs = [pair for each in people if each.id in wanted for pair in fingerprinted(each, region)]
            forget_lines(organisation_id=row.organisation_id, pairs=pairs)
            leave_alone(
                organisation_id=row.organisation_id,
                pairs=pairs,
                avoidance=Avoidance.OPTED_OUT,
                member=None,
                now=now,
            )
