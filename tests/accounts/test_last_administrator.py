"""Two administrators who demote or end one another at the same moment."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from relance.accounts.actions import found_desk
from relance.accounts.models import Membership, User
from relance.accounts.roles import NotAllowed
from relance.accounts.team import LastAdministrator, change_role, end_membership

Gesture = Callable[[Membership, Membership, datetime], None]


def demote(member: Membership, by: Membership, now: datetime) -> None:
    change_role(member=member, role="recruiter", by=by)


def end(member: Membership, by: Membership, now: datetime) -> None:
    end_membership(member=member, by=by, now=now)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("gesture", [demote, end])
def test_one_of_them_stays(transactional_db: None, now: datetime, gesture: Gesture) -> None:
    if connection.vendor == "sqlite":
        _in_turn(now, gesture)
        return
    for _ in range(5):
        first, second = _two()
        ready = threading.Barrier(2)
        refused: list[Exception] = []

        def act(by: Membership, other: Membership, ready: Any = ready, refused: Any = refused) -> None:
            ready.wait(timeout=10)
            try:
                gesture(other, by, now)
            except (LastAdministrator, NotAllowed) as error:
                refused.append(error)
            finally:
                connection.close()

        pairs = ((first, second), (second, first))
        threads = [threading.Thread(target=act, args=pair) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert len(refused) == 1
        assert _administrators(first) == 1


def _in_turn(now: datetime, gesture: Gesture) -> None:
    """SQLite takes its lock when a transaction begins: there is no same moment."""
    first, second = _two()
    gesture(second, first, now)
    with pytest.raises((LastAdministrator, NotAllowed)):
        gesture(first, second, now)
    assert _administrators(first) == 1


def _two() -> tuple[Membership, Membership]:
    first = found_desk(name="Ormel")
    user = User.objects.create_user(None, name="Solène Gauthier")
    second = Membership.objects.create(organisation=first.organisation, user=user, role="administrator")
    return first, second


def _administrators(member: Membership) -> int:
    here = Membership.objects.filter(organisation=member.organisation_id)
    return here.filter(role="administrator", is_active=True).count()
