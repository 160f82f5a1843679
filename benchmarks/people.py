"""The list of people: its server time at ten thousand and at a million, and that of its filters and search.

Run: python -m benchmarks.people [10000 1000000]. Told as a ratio, in one run, to the bare indexed query of
fifty people plus an empty page of the same layout and session; and the largest to the smallest.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.today import by_size, timed

PAGES = {
    "the list": "/personnes/",
    "its fortieth page": "/personnes/?page=40",
    "to follow up": "/personnes/?etat=relancer",
    "your turn": "/personnes/?etat=repondre",
    "have answered": "/personnes/?etat=repondu",
    "stopped": "/personnes/?etat=arretees",
    "must answer": "/personnes/?etoile=1",
    "one situation": "/personnes/?situation=application",
    "a word of many": "/personnes/?q=exemple",
    "a name of one": "/personnes/?q=exemple+4321",
    "a word of nobody": "/personnes/?q=introuvable",
}


def main(sizes: list[int]) -> None:
    medians = by_size(sizes, measure)
    smallest, largest = min(medians), max(medians)
    for name in PAGES:
        few, many = medians[smallest][name], medians[largest][name]
        print(f"{name}: {largest:,} against {smallest:,}: x{many / few:.2f}")


def measure(client: Any, member: Any, _size: int) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from relance.method.outreach.models import LISTED, Outreach

    def bare() -> object:
        rows = Outreach.objects.filter(LISTED, organisation_id=member.organisation_id, due_at__isnull=False)
        return list(rows.order_by("due_at", "-pk").values("pk", "due_at")[:50])

    empty, query = timed(lambda: client.get("/touches/"), bare)
    print(f"  empty page {empty * 1000:.1f} ms, bare query {query * 1000:.2f} ms")
    medians = {}
    for name, address in PAGES.items():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        count = len(queries)
        medians[name] = _median(client, address)
        ratio = medians[name] / (empty + query)
        print(f"  {name}: {medians[name] * 1000:.1f} ms in {count} queries; ratio {ratio:.2f}")
    return medians


def _median(client: Any, address: str) -> float:
    def page() -> object:
        return client.get(address)

    return timed(page, rounds=5 if _seconds(page) > 0.25 else 40)[0]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [10_000, 1_000_000])
