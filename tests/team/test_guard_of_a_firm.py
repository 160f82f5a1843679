"""What the firm adds to the guard: overrides, companies off limits, quiet periods, facts outside the rules."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from relance.accounts.absences import add_absence
from relance.accounts.roles import NotAllowed
from relance.cadence.words import Channel, Kind, Situation
from relance.method.candidates.models import WhyOffLimits
from relance.method.candidates.off_limits import NoCompany
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.barring import lift_off_limits, put_off_limits
from relance.method.outreach.decisions import redecide_changed
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Outreach
from relance.method.outreach.overriding import ReasonTooShort, override_colleague
from relance.method.outreach.permits import Quiet, Refused, permit
from tests.people import answered_by, candidate, written_to

WHY = "Elle a demandé Théo par son nom."


def test_a_managers_override_lifts_the_colleague_rule_for_what_stood_then(
    member: Any, colleague: Any, manager_member: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    given: Any = {"candidate": outreach.candidate, "recruiter": colleague, "now": now}
    with pytest.raises(NotAllowed):
        override_colleague(manager=colleague, reason=WHY, **given)
    with pytest.raises(ReasonTooShort):
        override_colleague(manager=manager_member, reason="parce que", **given)
    override_colleague(manager=manager_member, reason=WHY, **given)
    asked: Any = {"outreach": outreach, "member": colleague, "channel": Channel.EMAIL}
    permit(text="Une idée ?", now=now, **asked).delete()
    candidate_ = outreach.candidate
    record(outreach=outreach, entries=[Entry(Kind.CLOSED, at=now)], now=now, member=member)
    later = now + timedelta(days=5)
    mine = open_outreach(
        member=member, candidate=candidate_, situation=Situation.FIRST_MESSAGE, now=later,
        entries=[Entry(Kind.MESSAGE_SENT, at=later, channel=Channel.EMAIL, text="Un autre poste.")],
    )  # fmt: skip
    asked["outreach"] = mine
    with pytest.raises(Refused) as refused:
        permit(text="Et celui-ci ?", now=later + timedelta(days=4), **asked)
    assert refused.value.refusal.code == "colleague", "it is not for what a colleague opens afterwards"


def test_an_override_lifts_no_other_rule(
    member: Any, colleague: Any, manager_member: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    override_colleague(
        candidate=outreach.candidate, recruiter=colleague, manager=manager_member, reason=WHY, now=now
    )
    same = outreach.events.get().text
    with pytest.raises(Refused) as refused:
        permit(outreach=outreach, member=colleague, channel=Channel.EMAIL, text=same, now=now)
    assert refused.value.refusal.code == "same_text"


@pytest.mark.parametrize("written", ["SOLVANE", "Solvane SAS", "Groupe Solvane", "solvane, s.a.s."[:9]])
def test_people_of_a_company_off_limits_leave_the_queue_until_its_last_day(
    member: Any, now: datetime, written: str
) -> None:
    outreach = written_to(member, now)
    until = date(2026, 3, 12)
    row = put_off_limits(member=member, company=written, why=WhyOffLimits.CLIENT, until_on=until, now=now)
    redecide_changed(now=now, limit=10)
    outreach.refresh_from_db()
    assert (outreach.held, outreach.in_queue) == ("off_limits", False)
    assert outreach.frees_at == datetime(2026, 3, 13, tzinfo=now.tzinfo)
    with pytest.raises(Refused):
        permit(outreach=outreach, member=member, channel=Channel.EMAIL, text="Une idée ?", now=now)
    redecide_changed(now=outreach.frees_at, limit=10)
    outreach.refresh_from_db()
    assert outreach.in_queue
    put_off_limits(member=member, company=written, why=WhyOffLimits.OWN, until_on=None, now=now)
    redecide_changed(now=now, limit=10)
    outreach.refresh_from_db()
    assert [outreach.held, outreach.frees_at] == ["off_limits", None]
    lift_off_limits(row=row, now=now)
    redecide_changed(now=now, limit=10)
    outreach.refresh_from_db()
    assert outreach.in_queue


def test_a_company_needs_a_name(member: Any, now: datetime) -> None:
    with pytest.raises(NoCompany):
        put_off_limits(member=member, company=" – ", why=WhyOffLimits.OTHER, until_on=None, now=now)


def test_a_quiet_period_holds_back_what_we_begin_and_no_answer(member: Any, now: datetime) -> None:
    silent, answered = written_to(member, now), written_to(member, now, "Damien Roche")
    answered_by(answered, member, now - timedelta(hours=3), now)
    today = now.date()
    add_absence(member=member, firm=True, name="Pont", starts_on=today, ends_on=today + timedelta(days=2))
    with pytest.raises(Quiet) as quiet:
        permit(outreach=silent, member=member, channel=Channel.EMAIL, text="Une idée ?", now=now)
    assert quiet.value.until_on == today + timedelta(days=2)
    answered.refresh_from_db()
    permit(outreach=answered, member=member, channel=Channel.EMAIL, text="Merci, parlons-en.", now=now)


def test_the_turn_of_the_year_is_quiet_from_the_first_day(member: Any, now: datetime) -> None:
    christmas = datetime(2026, 12, 29, 10, tzinfo=now.tzinfo)
    outreach = written_to(member, christmas, ago=timedelta(days=10))
    with pytest.raises(Quiet) as quiet:
        permit(outreach=outreach, member=member, channel=Channel.EMAIL, text="Une idée ?", now=christmas)
    assert quiet.value.until_on == date(2027, 1, 2)


def test_a_contact_made_outside_the_rules_is_recorded_flagged_and_counted(
    member: Any, colleague: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    sent = Entry(Kind.MESSAGE_SENT, at=now, channel=Channel.EMAIL, text="Bonjour, de ma boîte.")
    (event,) = record(outreach=outreach, entries=[sent], now=now, member=colleague)
    event.refresh_from_db()
    assert event.outside == "colleague"
    outreach.refresh_from_db()
    assert (outreach.code, outreach.step) == ("too_early", 2), "it counts: the next follow-up is the second"
    (own,) = record(
        outreach=outreach, now=now + timedelta(days=7), member=member,
        entries=[Entry(Kind.MESSAGE_SENT, at=now + timedelta(days=7), channel=Channel.EMAIL, text="La suite.")],
    )  # fmt: skip
    assert own.outside == "", "within the rules nothing is flagged"


def test_what_goes_through_a_permit_is_never_flagged(member: Any, now: datetime) -> None:
    from relance.method.outreach.permits import confirm

    outreach = written_to(member, now)
    taken = permit(outreach=outreach, member=member, channel=Channel.EMAIL, text="Une idée ?", now=now)
    (event,) = confirm(permit=taken, member=member, now=now)
    assert event.outside == ""


def test_somebody_new_of_a_company_off_limits_is_held_at_once(member: Any, now: datetime) -> None:
    put_off_limits(member=member, company="Solvane", why=WhyOffLimits.CLIENT, until_on=None, now=now)
    person = candidate(member, now)
    outreach = open_outreach(
        member=member, candidate=person, situation=Situation.FIRST_MESSAGE, now=now,
        entries=[Entry(Kind.MESSAGE_SENT, at=now - timedelta(days=3), channel=Channel.EMAIL, text="Bonjour.")],
    )  # fmt: skip
    assert outreach.held == "off_limits"
    assert outreach.events.get().outside == "off_limits"
    assert Outreach.objects.filter(in_queue=True).count() == 0
