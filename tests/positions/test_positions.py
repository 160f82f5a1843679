"""Positions: opened, joined, changed, closed with what hangs on them, opened again."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from relance.cadence.words import Channel, Kind, Situation, Tone
from relance.mail.sending import Outcome, Told
from relance.method.delivery.models import Mailbox
from relance.method.delivery.outbox import claims, queue, settle
from relance.method.outreach.actions import record, record_answer
from relance.method.outreach.approached import Part, approached
from relance.method.outreach.closing import ClosedAlready, close_position, reopen_position, what_ends
from relance.method.outreach.facts import Entry
from relance.method.outreach.last_words import last_words
from relance.method.outreach.models import Event, Outreach, Position, SourcingSession, WhyClosed
from relance.method.outreach.permits import NotNow, Refused, confirm, permit
from relance.method.outreach.positions import (
    PositionFacts,
    TooMany,
    access_position,
    change_position,
    join_position,
    leave_position,
    open_position,
    positions_of,
)
from relance.method.outreach.sessions import end_session, open_session
from tests.people import written_to

pytestmark = pytest.mark.database


def another(member: Any, now: datetime, title: str = "Data engineer") -> Position:
    return open_position(member=member, facts=PositionFacts(title=title), now=now)


def about(member: Any, now: datetime, position: Position, name: str) -> Outreach:
    made = written_to(member, now, name)
    join_position(outreach=made, position=position)
    return made


def answer(outreach: Outreach, member: Any, now: datetime, tone: Tone) -> None:
    """They answered an hour ago."""
    record_answer(
        outreach=outreach, tone=tone, now=now, member=member, channel=Channel.EMAIL, text="…",
        at=now - timedelta(hours=1),
    )  # fmt: skip


def close(position: Position, member: Any, now: datetime) -> list[Event]:
    return close_position(position=position, why=WhyClosed.FILLED, member=member, now=now)


def test_a_second_position_joins_in_order_and_words_of_the_recruiter_stay(
    member: Any, position: Position, now: datetime
) -> None:
    outreach = written_to(member, now)
    second = another(member, now)
    join_position(outreach=outreach, position=position)
    join_position(outreach=outreach, position=second)
    join_position(outreach=outreach, position=position)
    assert [each.pk for each in positions_of(outreach)] == [position.pk, second.pk]
    outreach.refresh_from_db()
    assert outreach.purpose == "lead back-end", "what was written by hand stays"


def test_without_words_an_outreach_bears_the_titles_and_follows_them(
    member: Any, position: Position, now: datetime
) -> None:
    outreach = written_to(member, now)
    Outreach.objects.filter(pk=outreach.pk).update(purpose="")
    join_position(outreach=outreach, position=position)
    second = another(member, now)
    join_position(outreach=outreach, position=second)

    def said() -> str:
        outreach.refresh_from_db()
        return outreach.purpose

    assert said() == "Lead back-end Python, Data engineer"
    change_position(position=second, facts=PositionFacts(title="Data engineer senior"))
    assert said() == "Lead back-end Python, Data engineer senior"
    leave_position(outreach=outreach, position=position)
    assert said() == "Data engineer senior"
    change_position(position=second, facts=PositionFacts(title="Data"))
    assert said() == "Data"


def test_five_positions_at_most(member: Any, position: Position, now: datetime) -> None:
    outreach = about(member, now, position, "Inès Aubrac")
    for index in range(4):
        join_position(outreach=outreach, position=another(member, now, f"Poste {index}"))
    with pytest.raises(TooMany):
        join_position(outreach=outreach, position=another(member, now, "De trop"))


def test_a_position_is_its_organisations_own(position: Position, stranger: Any) -> None:
    with pytest.raises(Position.DoesNotExist):
        access_position(stranger, position.pk)


@pytest.mark.parametrize(
    "wrong", [{"pay_low": 70_000}, {"remote_days": 6}, {"why_closed": "filled"}, {"closed_at": True}]
)
def test_the_database_keeps_what_a_position_is(
    position: Position, wrong: dict[str, Any], now: datetime
) -> None:
    wrong = {name: now if name == "closed_at" else value for name, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(**wrong)


def test_closing_ends_what_is_about_it_alone_and_says_so_first(
    member: Any, position: Position, now: datetime
) -> None:
    silent = about(member, now, position, "Inès Aubrac")
    heard = about(member, now, position, "Yanis Collet")
    answer(heard, member, now, Tone.POSITIVE)
    refused = about(member, now, position, "Damien Kessler")
    answer(refused, member, now, Tone.NOT_LOOKING)
    both = about(member, now, position, "Assia Benkirane")
    join_position(outreach=both, position=another(member, now))
    elsewhere = written_to(member, now, "Hélène Marbot")
    told = what_ends(member, position)
    assert (told.ends, told.had_answered, told.goes_on) == (2, 1, 1), "a no ended hers already"
    later = now + timedelta(minutes=5)
    events = close(position, member, later)
    assert {event.outreach_id for event in events} == {silent.pk, heard.pk}
    assert {event.kind for event in events} == {Kind.CLOSED}
    for row, code, is_open in (
        (silent, "closed", False), (heard, "closed", False), (refused, "answered", False), (both, "", True),
        (elsewhere, "", True),
    ):  # fmt: skip
        row.refresh_from_db()
        assert row.is_open is is_open, row.candidate.name
        assert code in {"", row.code}, row.candidate.name
    with pytest.raises(ClosedAlready):
        close(position, member, later)
    assert [each.pk for each in last_words(member, position, now=later)] == [heard.pk]


def test_opened_again_within_half_an_hour_what_ended_goes_on(
    member: Any, position: Position, now: datetime
) -> None:
    outreach = about(member, now, position, "Inès Aubrac")
    close(position, member, now)
    assert reopen_position(position=position, member=member, now=now + timedelta(minutes=20)) == 1
    outreach.refresh_from_db()
    assert (outreach.is_open, outreach.code) == (True, "follow_up")
    assert position.closed_at is None
    close(position, member, now + timedelta(hours=1))
    assert reopen_position(position=position, member=member, now=now + timedelta(hours=2)) == 0
    outreach.refresh_from_db()
    assert outreach.is_open is False, "an hour later it stays ended"


def test_a_last_word_is_written_under_the_guard_and_only_once(
    member: Any, position: Position, now: datetime
) -> None:
    heard = about(member, now, position, "Yanis Collet")
    silent = about(member, now, position, "Inès Aubrac")
    answer(heard, member, now, Tone.POSITIVE)
    close(position, member, now)

    def ask(outreach: Outreach, *, last_word: bool = True) -> Any:
        return permit(
            outreach=outreach, member=member, channel=Channel.EMAIL, text="Le poste se ferme, merci à vous.",
            now=now, last_word=last_word,
        )  # fmt: skip

    with pytest.raises(NotNow):
        ask(heard, last_word=False)
    with pytest.raises(NotNow):
        ask(silent)
    confirm(permit=ask(heard), member=member, now=now)
    heard.refresh_from_db()
    assert heard.is_open is False, "it stays closed"
    assert last_words(member, position, now=now) == []
    with pytest.raises(NotNow):
        ask(heard)


def test_who_objected_since_is_not_written_to(member: Any, position: Position, now: datetime) -> None:
    heard = about(member, now, position, "Yanis Collet")
    answer(heard, member, now, Tone.POSITIVE)
    close(position, member, now)
    record(outreach=heard, entries=[Entry(Kind.OPT_OUT, at=now)], now=now, member=member)
    assert last_words(member, position, now=now) == []
    with pytest.raises((NotNow, Refused)):
        permit(outreach=heard, member=member, channel=Channel.EMAIL, text="Merci.", now=now, last_word=True)


def test_a_last_word_leaves_from_the_outbox(member: Any, position: Position, now: datetime) -> None:
    heard = about(member, now, position, "Yanis Collet")
    answer(heard, member, now, Tone.POSITIVE)
    close(position, member, now)
    box = Mailbox.objects.create(
        organisation=member.organisation, member=member, address="maud@ormel.example", username="",
        smtp_host="127.0.0.1", smtp_port=1, smtp_security="none", imap_host="127.0.0.1", imap_port=1,
        imap_security="none", connected_at=now, read_at=now,
    )  # fmt: skip
    taken = permit(
        outreach=heard,
        member=member,
        channel=Channel.EMAIL,
        text="Le poste se ferme.",
        now=now,
        last_word=True,
    )
    queue(permit=taken, mailbox=box, now=now, at_once=True)
    later = now + timedelta(minutes=1)
    claimed = next(claims(clock=lambda: later, mailbox=box), None)
    assert claimed is not None, "the ended outreach does not hold it back"
    settle(claimed=claimed, outcome=Outcome(Told.SENT), now=later)
    assert last_words(member, position, now=later) == []


def test_the_people_of_a_position_are_counted_and_paged(
    member: Any, position: Position, now: datetime
) -> None:
    for index in range(52):
        about(member, now, position, f"Personne Numéro{index}")
    answer(about(member, now, position, "Yanis Collet"), member, now, Tone.POSITIVE)
    first = approached(member, position, Part.ALL, page=1, now=now)
    assert (len(first.outreaches), first.pages, first.counts[Part.ALL]) == (50, 2, 53)
    assert (first.answered, first.going_on, first.ended) == (1, 52, 0)
    assert len(approached(member, position, Part.ALL, page=9, now=now).outreaches) == 3
    mine = approached(member, position, Part.YOUR_TURN, page=1, now=now)
    assert [row.candidate.name for row in mine.outreaches] == ["Yanis Collet"]


def test_one_session_at_a_time(member: Any, position: Position, now: datetime) -> None:
    def opened(at: datetime) -> SourcingSession:
        return open_session(
            member=member, situation=Situation.FIRST_MESSAGE, channel=Channel.LINKEDIN, position=position,
            text="Bonjour", now=at,
        )  # fmt: skip

    first = opened(now)
    second = opened(now + timedelta(hours=1))
    first.refresh_from_db()
    assert (first.ended_at, second.ended_at) == (now + timedelta(hours=1), None)
    end_session(session=second, now=now + timedelta(hours=2))
    opened(now + timedelta(hours=3))
    with pytest.raises(IntegrityError), transaction.atomic():
        SourcingSession.objects.create(
            organisation=member.organisation, recruiter=member, situation="first_message", channel="email",
            opened_at=now,
        )  # fmt: skip
