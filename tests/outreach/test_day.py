"""The day of a recruiter: its figures, and a queue longer than a page counts."""

from datetime import datetime, timedelta
from typing import Any

from relance.cadence.words import Channel, Kind, Situation
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.cut import COUNTED
from relance.method.outreach.day import figures
from relance.method.outreach.facts import Entry
from relance.method.outreach.handing_over import ask_for
from relance.method.outreach.models import Event, Outreach
from relance.method.outreach.permits import permit
from relance.method.outreach.queries import Queue, todays_queue
from tests.people import answered_by, candidate, many_written_to, written_to

DAY = timedelta(days=1)


def midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0)


def test_what_was_done_today_is_counted_once_a_person(member: Any, colleague: Any, now: datetime) -> None:
    def wrote(outreach: Outreach, who: Any, ago: timedelta) -> Event:
        entry = Entry(Kind.MESSAGE_SENT, at=now - ago, channel=Channel.EMAIL, text="Un mot.")
        record(outreach=outreach, entries=[entry], now=now, member=who)
        return outreach.events.latest("pk")

    twice, answered, mistaken, yesterday, theirs = (
        written_to(member, now, name, ago=9 * DAY)
        for name in ("Inès Aubrac", "Damien Kessler", "Camille Hoarau", "Nour Belkacem", "Léa Fontenoy")
    )
    wrote(twice, member, timedelta(minutes=20))
    wrote(twice, member, timedelta(minutes=10))
    wrote(answered, member, timedelta(minutes=30))
    answered_by(answered, member, now - timedelta(minutes=5), now)
    mistake = wrote(mistaken, member, timedelta(minutes=3))
    record(outreach=mistaken, entries=[Entry(Kind.RETRACTED, at=now, of=mistake.pk)], now=now, member=member)
    wrote(yesterday, member, DAY)
    wrote(theirs, colleague, timedelta(minutes=1))
    day = figures(member, now=now, day_began_at=midnight(now))
    assert (day.done, day.answered) == (2, 1)
    assert figures(colleague, now=now, day_began_at=midnight(now)).done == 1


def test_what_there_is_to_look_up_is_told(member: Any, colleague: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    day = figures(member, now=now, day_began_at=midnight(now))
    assert (day.has_changed, day.has_asked, day.has_requests) == (False, False, False)
    permit(outreach=outreach, member=member, channel=Channel.EMAIL, text="Une idée pour vous ?", now=now)
    ask_for(candidate=outreach.candidate, member=colleague, note="", now=now)
    day = figures(member, now=now, day_began_at=midnight(now))
    assert (day.has_asked, day.has_requests) == (True, True)
    assert figures(member, now=now + 90 * DAY, day_began_at=midnight(now)).has_changed
    day = figures(colleague, now=now + 90 * DAY, day_began_at=midnight(now))
    assert (day.has_changed, day.has_asked, day.has_requests) == (False, False, False)


def test_what_tomorrow_brings_is_what_waits_until_then(member: Any, now: datetime) -> None:
    written_to(member, now, "Inès Aubrac", ago=timedelta(hours=30))
    written_to(member, now, "Damien Kessler", ago=timedelta(minutes=5))
    waits = Outreach.objects.filter(action="wait", changes_at__isnull=False)
    on = [(row.changes_at.astimezone(now.tzinfo).date() - now.date()).days for row in waits if row.changes_at]
    assert figures(member, now=now, day_began_at=midnight(now)).tomorrow == on.count(1) > 0


def test_the_sheltered_and_a_channel_are_found_beyond_what_is_counted(member: Any, now: datetime) -> None:
    """More starred and late than a page counts stand before the application, and before the only mail."""
    before = now - 14 * DAY
    many_written_to(member, before, COUNTED + 5, ago=3 * DAY)
    applied = Entry(Kind.APPLICATION_RECEIVED, at=now - timedelta(hours=1), channel=Channel.EMAIL)
    open_outreach(
        member=member, candidate=candidate(member, now, "Inès Aubrac"), situation=Situation.APPLICATION,
        entries=[applied], now=now, must_answer=True,
    )  # fmt: skip
    written_to(member, now, "Damien Kessler", star=False)
    member.capacity = 2

    def day(channel: Channel | None = None) -> Queue:
        return todays_queue(member, now=now, day_began_at=midnight(now), channel=channel)

    everyone = day()
    assert (everyone.total, everyone.more_than_counted) == (COUNTED, True)
    assert [row.situation for row in everyone.above] == ["first_message", "first_message", "application"]
    assert len(everyone.below) == 12
    by_mail = day(Channel.EMAIL)
    assert [row.candidate.name for row in by_mail.above] == ["Inès Aubrac", "Damien Kessler"]
