"""The demonstration: plausible whenever it is opened, and gone without a trace."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from relance.accounts.models import Membership
from relance.cadence.calendar import Calendar
from relance.cadence.words import Action, Channel, Code, Kind, Situation
from relance.imports.demonstration.actions import open_demonstration, remove_demonstration
from relance.imports.demonstration.placing import SOURCE, leaning_day
from relance.imports.demonstration.queries import has_demonstration
from relance.imports.demonstration.story import StoryError, invented_people, read
from relance.method.candidates.actions import Facts, enter_candidate
from relance.method.candidates.models import Candidate, Fingerprint, Identity
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.decisions import redecide_all
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach
from relance.method.outreach.permits import permit
from relance.method.outreach.queries import todays_queue

PARIS = ZoneInfo("Europe/Paris")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


MOMENTS = [
    "2026-03-09T08:20",  # Monday, before the desks open
    "2026-03-09T09:14",
    "2026-03-09T09:15",
    "2026-03-10T09:30",
    "2026-03-11T12:45",
    "2026-03-12T18:10",
    "2026-03-13T23:50",
    "2026-03-14T11:00",  # Saturday
    "2026-03-15T16:00",  # Sunday
    "2026-03-16T08:45",
    "2026-04-06T10:00",  # Easter Monday, a public holiday
    "2026-04-07T08:59",
    "2026-03-29T02:30",  # an hour the clocks skip
    "2026-03-30T10:00",
    "2026-10-25T02:30",  # an hour the clocks show twice
    "2026-10-26T09:40",
    "2026-12-25T15:00",  # Christmas, before a weekend
    "2027-01-04T09:20",  # after the holidays
    "2028-02-29T14:00",
]


def code_of(name: str) -> Code:
    outreach = Outreach.objects.filter(candidate__name=name).order_by("-is_open", "-opened_at", "-pk").first()
    assert outreach is not None, name
    return Code(outreach.code)


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_situation_and_state_is_there_whenever_it_is_opened(member: Membership, moment: str) -> None:
    now = at(moment)
    assert open_demonstration(member=member, now=now) == 40
    rows = list(Outreach.objects.select_related("candidate").order_by("pk"))
    states = Counter(Code(row.code) for row in rows)

    assert {row.situation for row in rows} == set(Situation) - {Situation.CONVERSATION}
    assert states[Code.YOUR_TURN] == 2
    for code in (
        Code.TOO_EARLY, Code.INVITATION_PENDING, Code.LAST_WORD, Code.AWAY, Code.SNOOZED, Code.OPTED_OUT,
        Code.CLOSED, Code.ANSWERED, Code.NO_ANSWER, Code.INVITATION_IGNORED, Code.UNREACHABLE,
        Code.GONE_COLD, Code.WENT_QUIET, Code.FOLLOW_UP,
    ):  # fmt: skip
        assert states[code], code
    assert code_of("Nolwenn Caradec") is Code.FIRST_ACTION
    assert code_of("Mehdi Ouazzani") is Code.FOLLOW_UP
    assert code_of("Thibault Le Meur") is Code.LAST_WORD
    assert code_of("Sonia Ferreira") is Code.WENT_QUIET

    calendar = Calendar.of("Europe/Paris", "FR")
    called_at = calendar.instant(leaning_day(now, calendar), 9 * 60 + 15)
    doubles = now < called_at + timedelta(hours=24)
    assert (code_of("Julien Marchetti") is Code.DOUBLE_CALL) == doubles

    midnight = now.replace(hour=0, minute=0)
    queue = todays_queue(member, now=now, day_began_at=midnight)
    assert 13 <= queue.total <= 20, queue.total
    assert [row.code for row in queue.above[:2]] == [Code.YOUR_TURN] * 2
    assert 3 <= sum(row.is_late for row in queue.above) <= 12
    assert {Channel.LINKEDIN, Channel.EMAIL} < set(queue.counts)
    assert queue.done_today == 0
    assert sum(row.situation == Situation.KEEP_IN_TOUCH for row in queue.above) == 3


def test_on_a_working_morning_every_channel_has_something_due(member: Membership, now: datetime) -> None:
    open_demonstration(member=member, now=now)
    queue = todays_queue(member, now=now, day_began_at=now.replace(hour=0, minute=0))
    assert set(queue.counts) == {Channel.LINKEDIN, Channel.EMAIL, Channel.SMS, Channel.CALL}
    assert queue.total in range(14, 17)


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_happened_after_now_and_stored_decisions_are_the_engine_s(
    member: Membership, moment: str
) -> None:
    now = at(moment)
    open_demonstration(member=member, now=now)
    assert not Event.objects.filter(at__gt=now).exists()
    assert set(Event.objects.values_list("source", flat=True)) == {SOURCE}
    before = list(Outreach.objects.order_by("pk").values())
    redecide_all(now=now)
    assert list(Outreach.objects.order_by("pk").values()) == before
    assert not Outreach.objects.exclude(held="").filter(action__in=[Action.ANSWER, Action.CONTACT]).exists()


def test_people_are_marked_and_reach_nobody(member: Membership, now: datetime) -> None:
    open_demonstration(member=member, now=now)
    assert Candidate.objects.filter(is_demonstration=True).count() == 40
    assert Candidate.objects.values("name").distinct().count() == 40
    for kind, value in Identity.objects.values_list("kind", "value"):
        if kind == "email":
            assert value.endswith("@exemple.example")
        elif kind == "phone":
            assert value.startswith("+3363998")
            assert len(value) == 12
        else:
            assert value.startswith("exemple-")


def test_french_texts_keep_their_typography() -> None:
    for person in invented_people():
        for approach in person.approaches:
            for each in approach.happenings:
                assert "'" not in each.text + each.subject, person.name
                if person.language == "fr":
                    assert not any(f" {mark}" in each.text for mark in ";:?!»"), person.name
                assert "!" not in each.text or each.kind is Kind.REPLY, person.name


def test_opening_twice_changes_nothing(member: Membership, now: datetime) -> None:
    open_demonstration(member=member, now=now)
    before = rows_by_table()
    assert open_demonstration(member=member, now=now + timedelta(days=1)) == 0
    assert rows_by_table() == before


def rows_by_table() -> dict[str, int]:
    return {
        model._meta.db_table: model._default_manager.count()
        for model in apps.get_models()
        if any(field.column == "organisation_id" for field in model._meta.concrete_fields)
    }


def test_removal_leaves_nothing_and_nobody_else_is_touched(
    member: Membership, stranger: Membership, now: datetime
) -> None:
    facts = Facts(name="Ada Réelle", identities=(("email", "ada@ailleurs.example"),))
    real = enter_candidate(member=member, facts=facts, now=now)
    sent = Entry(Kind.MESSAGE_SENT, at=now, channel=Channel.EMAIL, text="Bonjour Ada")
    for opt_out in (False, True):
        entries = [Entry(Kind.OPT_OUT, at=now)] if opt_out else [sent]
        open_outreach(
            member=member, candidate=real, situation=Situation.FIRST_MESSAGE, entries=entries, now=now
        )
    open_demonstration(member=stranger, now=now)
    before = rows_by_table()
    assert before["candidates_fingerprint"] > 1

    open_demonstration(member=member, now=now)
    ours = Outreach.objects.filter(organisation=member.organisation, candidate__is_demonstration=True)
    mehdi = ours.select_related("candidate").get(candidate__name="Mehdi Ouazzani")
    permit(outreach=mehdi, member=member, channel=Channel.LINKEDIN, text="Bonjour Mehdi", now=now)
    yanis = ours.select_related("candidate").get(candidate__name="Yanis Collet")
    record(outreach=yanis, entries=[Entry(Kind.OPT_OUT, at=now)], now=now, member=member)
    wrong = record(outreach=yanis, entries=[Entry(Kind.CLOSED, at=now)], now=now, member=member)
    record(outreach=yanis, entries=[Entry(Kind.RETRACTED, at=now, of=wrong[0].pk)], now=now, member=member)
    assert has_demonstration(member)

    assert remove_demonstration(member=member) == 40
    assert not has_demonstration(member)
    assert has_demonstration(stranger)
    assert rows_by_table() == before
    assert Fingerprint.objects.filter(organisation=member.organisation).count() == 1
    assert remove_demonstration(member=member) == 0
    assert open_demonstration(member=member, now=now) == 40


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('facts = [{ at = "+1 09:00", kind = "closed" }]', "to come"),
        ('facts = [{ at = "hier", kind = "closed" }]', "no moment"),
        ('facts = [{ at = "-1 09:00", kind = "forgotten" }]', "forgotten"),
        ('facts = [{ at = "-1 09:00", kind = "closed", mood = "good" }]', "unknown: mood"),
    ],
)
def test_a_file_that_means_nothing_names_the_person(line: str, says: str) -> None:
    text = f"""
[[people]]
name = "Personne"
role = ""
company = ""
place = ""
[[people.approaches]]
situation = "first_message"
{line}
"""
    with pytest.raises(StoryError, match=f"Personne: .*{says}"):
        read(text)


def test_days_are_counted_as_people_work() -> None:
    calendar = Calendar.of("Europe/Paris", "FR")
    easter_tuesday_early = leaning_day(at("2026-04-07T09:00"), calendar)
    assert date.fromordinal(easter_tuesday_early) == date(2026, 4, 3)


def test_the_notice_and_its_button(desk: Any, member: Membership) -> None:
    assert "sont inventées" not in desk.get("/personnes/").content.decode()
    answer = desk.post("/demonstration/ouvrir/", follow=True)
    assert answer.redirect_chain == [("/", 302)]
    page = answer.content.decode()
    assert "sont inventées." in page
    assert "/demonstration/retirer/" in page
    answer = desk.post("/demonstration/retirer/", follow=True)
    assert not has_demonstration(member)
    page = answer.content.decode()
    assert "sont inventées." not in page
    assert "il n’en reste rien" in page
    assert desk.get("/demonstration/ouvrir/").status_code == 405
    assert desk.get("/demonstration/retirer/").status_code == 405
