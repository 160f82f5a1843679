"""Sourcing sessions: one sitting of finding and approaching people."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from relance.accounts.actions import hold_firm
from relance.accounts.models import Membership
from relance.accounts.queries import within
from relance.cadence.words import Channel, Code, Situation
from relance.method.outreach.actions import lock
from relance.method.outreach.decisions import redecide, redecide_changed
from relance.method.outreach.models import Outreach, Permit, Position, SourcingSession

MOST_PEOPLE = 300
MOST_LEFT = 100
LISTED = 30
REDECIDED_BY_A_PAGE = 900


def access_session(member: Membership, pk: int) -> SourcingSession:
    """One of the member's own sessions. Raises SourcingSession.DoesNotExist."""
    rows = within(SourcingSession.objects.select_related("position"), member)
    return rows.get(pk=pk, recruiter=member)


def access_approach(member: Membership, pk: int) -> Outreach:
    """An outreach that the member opened in one of their sessions. Raises Outreach.DoesNotExist."""
    rows = within(
        Outreach.objects.select_related("candidate", "recruiter__user", "session__position"), member
    )
    return rows.get(pk=pk, recruiter=member, session__recruiter=member)


def session_going_on(member: Membership) -> SourcingSession | None:
    """The member's session that nobody ended yet."""
    rows = within(SourcingSession.objects.select_related("position"), member)
    return rows.filter(recruiter=member, ended_at=None).order_by("-opened_at", "-pk").first()


def latest_sessions(member: Membership) -> list[SourcingSession]:
    """The member's sessions, the latest opened first."""
    rows = within(SourcingSession.objects.select_related("position"), member).filter(recruiter=member)
    return list(rows.order_by("-opened_at", "-pk")[:LISTED])


def approached_in(session: SourcingSession) -> list[Outreach]:
    """Who was entered in a session and is still its recruiter's, the latest first."""
    rows = Outreach.objects.filter(
        organisation_id=session.organisation_id, session=session, recruiter=session.recruiter_id
    )
    return list(rows.select_related("candidate").order_by("-opened_at", "-pk")[:MOST_PEOPLE])


def approached_as_of(session: SourcingSession, *, now: datetime) -> list[Outreach]:
    """The same people; what is past its `changes_at` is decided anew first."""
    redecide_changed(now=now, member=session.recruiter, limit=REDECIDED_BY_A_PAGE)
    return approached_in(session)


def still_to_write(outreach: Outreach) -> bool:
    """Whether nothing was sent yet, so that the first action is still to come."""
    return outreach.is_open and outreach.code == Code.NO_FIRST_ACTION


def permits_of(outreaches: Sequence[Outreach], member: Membership) -> dict[int, Permit]:
    """The member's permits among those outreaches that no "was it sent?" has ended yet, by outreach."""
    rows = within(Permit.objects.all(), member).filter(
        recruiter=member, ended_at=None, outreach__in=[outreach.pk for outreach in outreaches]
    )
    return {permit.outreach_id: permit for permit in rows.order_by("pk")[:MOST_PEOPLE]}


@transaction.atomic
def open_session(
    *,
    member: Membership,
    situation: Situation,
    channel: Channel,
    now: datetime,
    position: Position | None = None,
    subject: str = "",
    text: str = "",
) -> SourcingSession:
    """Begin a sitting; one of the member's that nobody ended ends with that."""
    hold_firm(member.organisation_id)
    own = within(SourcingSession.objects.all(), member).filter(recruiter=member, ended_at=None)
    own.update(ended_at=now, left="")
    return SourcingSession.objects.create(
        organisation_id=member.organisation_id,
        recruiter=member,
        position=position,
        situation=situation,
        channel=channel,
        subject=subject[:300],
        text=text,
        opened_at=now,
    )


@transaction.atomic
def change_session(
    *,
    session: SourcingSession,
    now: datetime,
    situation: Situation,
    channel: Channel,
    position: Position | None,
    subject: str,
    text: str,
) -> None:
    """Change the way, the text or the position for whoever is entered or written to from now on.

    Whoever was entered keeps their position; what was copied already is sent the way it was copied.
    """
    session.situation, session.channel, session.position = situation, channel, position
    session.subject, session.text = subject[:300], text
    session.save(update_fields=["situation", "channel", "position", "subject", "text"])
    people = approached_in(session)
    copied = permits_of(people, session.recruiter)
    for outreach in sorted(people, key=lambda row: row.candidate_id):
        if still_to_write(outreach) and outreach.pk not in copied and outreach.situation != situation:
            candidate = lock(outreach.candidate_id)
            Outreach.objects.filter(pk=outreach.pk, code=Code.NO_FIRST_ACTION).update(situation=situation)
            redecide([candidate], now=now)


def keep_lines(*, session: SourcingSession, lines: Sequence[str]) -> None:
    """Keep what was typed and could not enter; the last hundred lines."""
    session.left = "\n".join(dict.fromkeys(lines[-MOST_LEFT:]))
    SourcingSession.objects.filter(pk=session.pk).update(left=session.left)


def end_session(*, session: SourcingSession, now: datetime) -> None:
    """End a sitting; one that has ended keeps its end."""
    SourcingSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now, left="")
    session.refresh_from_db()
