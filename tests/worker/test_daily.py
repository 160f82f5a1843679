"""What the worker does once a day, and writes down."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest

from relance.method.outreach.merging import merge
from relance.method.outreach.models import Merge
from relance.worker import jobs
from relance.worker.loop import work_once
from tests.people import written_to


@pytest.mark.django_db(transaction=True)  # the worker closes connections that a test's transaction would need
def test_who_was_merged_away_is_forgotten_after_thirty_days(
    member: Any, now: datetime, caplog: Any, monkeypatch: Any
) -> None:
    kept, gone = (
        written_to(member, now),
        written_to(member, now, "Inès AUBRAC", identities=(("email", "i@b.example"),)),
    )
    done = merge(kept=kept.candidate, gone=gone.candidate, member=member, now=now)
    daily = jobs.Daily(jobs.forget_who_was_merged)
    others = tuple(job for job in jobs.ALL if not isinstance(job, jobs.Daily))
    assert len(others) < len(jobs.ALL), "the worker does it"
    monkeypatch.setattr(jobs, "ALL", (*others, daily))
    caplog.set_level(logging.INFO, "relance.worker")

    def names_kept() -> bool:
        return bool(Merge.objects.get(pk=done.pk).gone)

    days = [now + timedelta(days=29), now + timedelta(days=29, hours=23), now + timedelta(days=31)]
    for at in days:
        work_once(clock=lambda at=at: at)  # type: ignore[misc]
        assert names_kept() == (at < days[2])
    assert [record.getMessage() for record in caplog.records if "merged" in record.getMessage()] == [
        "forget_who_was_merged: 0",
        "forget_who_was_merged: 1",
    ]
    assert "Inès" not in caplog.text
