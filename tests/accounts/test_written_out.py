"""Rows and changes by statements that are written out, on both databases."""

from datetime import date

import pytest

from relance.accounts.models import Absence, Membership
from relance.accounts.written_out import change, row_of, rows_of

pytestmark = pytest.mark.database


def test_rows_are_what_the_orm_reads(member: Membership) -> None:
    kept = Absence.objects.create(
        organisation_id=member.organisation_id, member=member, name="Congés",
        starts_on=date(2026, 8, 3), ends_on=date(2026, 8, 14),
    )  # fmt: skip
    kept.refresh_from_db()
    read = row_of(Absence, kept.pk)
    for field in Absence._meta.concrete_fields:
        assert getattr(read, field.attname) == getattr(kept, field.attname)
    statement = 'SELECT "ends_on", "id" FROM "accounts_absence" WHERE "id" = %s'
    part = rows_of(Absence, statement, (kept.pk,))[0]
    assert part.ends_on == date(2026, 8, 14)
    assert "name" in part.get_deferred_fields()
    assert part.name == "Congés"


def test_what_is_no_column_is_said(member: Membership) -> None:
    with pytest.raises(ValueError, match="twice"):
        rows_of(
            Absence, 'SELECT "id", 2 AS "twice" FROM "accounts_absence" WHERE "member_id" = %s', (member.pk,)
        )
    with pytest.raises(Absence.DoesNotExist):
        row_of(Absence, 0)


def test_a_change_says_how_many_it_met(member: Membership) -> None:
    where = '"id" = %s AND "working_days" = %s'
    before = member.working_days
    assert change(Membership, {"working_days": "123"}, where, [member.pk, before]) == 1
    assert change(Membership, {"working_days": "12"}, where, [member.pk, before]) == 0
    member.refresh_from_db()
    assert member.working_days == "123"
