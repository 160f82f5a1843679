"""Print today's queue."""

import argparse
import json
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from relance.cadence.fields import YEARS
from relance.cli.desk import the_member
from relance.cli.refusal import Refusal
from relance.method.outreach.models import Outreach
from relance.method.outreach.queries import Queue, todays_queue


class _AsIfOnly(Exception):
    pass


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.add_argument(
        "--as-of", metavar="T", help="as it would be at that instant (ISO 8601 with its zone)"
    )
    parser.add_argument("--email", default="", help="of which member (default: the desk's owner)")


def run(options: argparse.Namespace) -> int:
    member = the_member(options.email)
    now = _instant(options.as_of) if options.as_of else timezone.now()
    zone = ZoneInfo(member.organisation.timezone)
    began = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    queue: Queue | None = None
    try:
        with transaction.atomic():
            queue = todays_queue(member, now=now, day_began_at=began)
            if options.as_of:
                raise _AsIfOnly
    except _AsIfOnly:
        pass
    assert queue is not None
    rows = [_row(row, above=True) for row in queue.above] + [_row(row, above=False) for row in queue.below]
    if options.json:
        report = {
            "now": now.isoformat(),
            "capacity": queue.capacity,
            "done_today": queue.done_today,
            "total": queue.total,
            "more_than_counted": queue.more_than_counted,
            "queue": rows,
        }
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        mark = "*" if row["must_answer"] else " "
        print(f"{mark} {row['name']:<30.30} {row['code']:<14} {row['channel']:<9} {row['due_at']}")
    return 0


def _instant(text: str) -> datetime:
    try:
        instant: datetime | None = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise Refusal(
            _("%(text)s is no instant: write it with its zone, as 2026-03-02T09:00:00+01:00.")
            % {"text": text}
        )
    if instant.year not in YEARS:
        raise Refusal(
            _("%(text)s is out of range: its year must be between %(first)s and %(last)s.")
            % {"text": text, "first": YEARS[0], "last": YEARS[-1]}
        )
    return instant


def _row(outreach: Outreach, *, above: bool) -> dict[str, object]:
    return {
        "outreach": outreach.pk,
        "name": outreach.candidate.name,
        "company": outreach.candidate.company,
        "situation": outreach.situation,
        "action": outreach.action,
        "code": outreach.code,
        "step": outreach.step,
        "channel": outreach.channel,
        "due_at": outreach.due_at.isoformat() if outreach.due_at else None,
        "late": outreach.is_late,
        "optional": outreach.is_optional,
        "must_answer": outreach.must_answer,
        "above_the_cut": above,
        "reasons": outreach.reasons,
    }
