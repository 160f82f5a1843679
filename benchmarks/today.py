"""Today's page: its server time at ten thousand and at a million outreaches of one recruiter.

Run: python -m benchmarks.today [10000 1000000]. Told as a ratio, in one run, to the bare indexed query
of the queue plus an empty page of the same layout and session; and the largest to the smallest, beside
which stands what the machine itself did between the two (the same empty page at both sizes).
"""

import json
import os
import statistics
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

ROUNDS = 40
IN_QUEUE = 10
"""One outreach in ten is due: far more than a recruiter's."""


def main(sizes: list[int]) -> None:
    found = by_size(sizes, measure)
    few, many = found[min(found)], found[max(found)]
    print(
        f"{max(found):,} against {min(found):,}: x{many['page'] / few['page']:.2f};"
        f" the empty page meanwhile: x{many['empty'] / few['empty']:.2f}"
    )


def by_size(
    sizes: list[int], measure: Callable[[Any, Any, int], dict[str, float]]
) -> dict[int, dict[str, float]]:
    """What `measure` finds at each size, of a signed-in browser and its member, on a desk of its own.

    One process fills the desk, another serves it: what the filling leaves in memory slows no page.
    """
    found: dict[int, dict[str, float]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
            _apart(folder, partial(_filled, size))
            told = Path(folder, "found")

            _apart(folder, partial(_measured, measure, size, told))
            found[size] = json.loads(told.read_text(encoding="ascii"))
    return found


def _measured(measure: Callable[[Any, Any, int], dict[str, float]], size: int, told: Path) -> None:
    told.write_text(json.dumps(measure(*_served(), size)), encoding="ascii")


def _apart(folder: str, work: Callable[[], None]) -> None:
    """In a process of its own: settings are read once a process."""
    pid = os.fork()
    if pid == 0:
        os.environ["RELANCE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "relance.config.settings"
        status = 1
        try:
            work()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(status)
    if os.waitpid(pid, 0)[1]:
        raise SystemExit(1)


def _filled(size: int) -> None:
    import django

    django.setup()

    from relance.cli.desk import ready_member

    member = ready_member(datetime.now(UTC))
    began = time.perf_counter()
    fill(member, size)
    print(f"{size:,} outreaches filled in {time.perf_counter() - began:.0f} s")


def _served() -> tuple[Any, Any]:
    """A signed-in browser and its member, in a process set up as that of the web server."""
    import_module("relance.config.wsgi")

    from django.conf import settings
    from django.test import Client

    from relance.cli.desk import ready_member

    settings.ALLOWED_HOSTS.append("testserver")
    member = ready_member(datetime.now(UTC))
    client = Client()
    client.force_login(member.user)
    return client, member


def measure(client: Any, member: Any, _size: int) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from relance.method.outreach.queries import in_queue

    def bare() -> object:
        return list(in_queue(member).values("pk", "rank", "due_at")[:50])

    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/").status_code == 200
    count = len(queries)
    page, empty, query = timed(lambda: client.get("/"), lambda: client.get("/touches/"), bare)
    print(
        f"  page {page * 1000:.1f} ms in {count} queries; empty page {empty * 1000:.1f} ms, bare query"
        f" {query * 1000:.2f} ms; ratio {page / (empty + query):.2f}"
    )
    return {"page": page, "empty": empty}


def timed(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The median of each, taken by turns: what else the machine does meanwhile weighs on all of them alike."""
    times: list[list[float]] = [[] for _ in works]
    for turn in range(rounds + 5):
        for work, taken in zip(works, times, strict=True):
            began = time.perf_counter()
            work()
            if turn >= 5:  # the first are warm-up
                taken.append(time.perf_counter() - began)
    return [statistics.median(taken) for taken in times]


def fill(member: Any, size: int) -> None:
    """Invented people, one outreach each, with the decision that the engine takes on a plain history."""
    from django.db import transaction

    from relance.cadence.history import Event
    from relance.cadence.words import Channel, Kind, Situation
    from relance.method.candidates.batches import Newcomer, enter_many
    from relance.method.outreach.batches import PastIn, record_pasts
    from relance.method.outreach.past_rows import Attempt, Worded

    now = datetime.now(UTC)

    def histories() -> Iterator[tuple[bool, Worded]]:
        for index in range(size):
            days = 3 + index % 5 if index % IN_QUEUE == 0 else 60 + index % 300
            at = now - timedelta(days=days, minutes=index % 997)
            sent = Event(at, Kind.MESSAGE_SENT, channel=Channel.LINKEDIN)
            yield (
                index % 3 == 0,
                Worded(sent, text="Bonjour, une idée de poste pour vous. Qu’en pensez-vous ?"),
            )

    told = enumerate(histories())
    while batch := [row for _, row in zip(range(5000), told, strict=False)]:
        with transaction.atomic():
            candidates = enter_many(
                organisation_id=member.organisation_id,
                timezone="Europe/Paris",
                region="FR",
                newcomers=[
                    Newcomer(
                        name=f"Personne Exemple {index}", first_name="Personne", role="Développeuse",
                        company=f"Société {index % 500}", language="fr",
                        identities=(("linkedin", f"exemple-{index}"),), connected_on=None, source="file",
                        source_on=None,
                    )
                    for index, _ in batch
                ],
                now=now,
            )  # fmt: skip
            record_pasts(
                member=member,
                pasts=[
                    PastIn(candidate, star, (Attempt(Situation.FIRST_MESSAGE, (sent,)),))
                    for candidate, (_, (star, sent)) in zip(candidates, batch, strict=True)
                ],
                source="file",
                now=now,
            )


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 1_000_000])
