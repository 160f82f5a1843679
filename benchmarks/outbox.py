"""How many messages the outbox sends a second, as a ratio to a bare `smtplib` loop on the same server.

    python -m benchmarks.outbox [500] [0.2]

Against a server that keeps nothing and answers at once (nothing but this machine's own work), and, where the machine
has it, against Exim, which writes each message to its disk before it says yes, as every provider does. The second
word is how many seconds the first server takes to answer; those of the world take a few tenths. -v lists the
statements for one message.

On the database of RELANCE_DATABASE_URL, else on SQLite; every state is on the disk before the next step
(SQLite: synchronous=FULL). The reference sends the same octets over one open connection, composed beforehand.
"""

import gc
import os
import smtplib
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.exim_server import exim

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))


def main(messages: int, latency: float) -> None:
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        os.environ["RELANCE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "relance.config.settings"
        import django

        django.setup()

        from tests.mail_servers import imap, post
        from tests.post_office import EXIM

        with imap() as box, post() as out:
            out.on_message = lambda _kept: time.sleep(latency)
            measure(f"a server that answers in {latency:g} s", out.port, box, messages)
        if EXIM and os.geteuid() == 0:
            with imap() as box, exim() as port:
                measure("Exim, which keeps what it takes", port, box, messages)


def measure(server: str, port: int, box: Any, messages: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tests.soak.desk import fill

    from relance.cli.desk import ready_member
    from relance.method.candidates.models import Candidate
    from relance.method.delivery.departures import composed, send_what_is_due
    from relance.method.delivery.models import Mailbox, Outgoing

    member = ready_member(NOW)
    for gone in (Outgoing, Candidate, Mailbox):
        gone.objects.all().delete()
    mailbox = fill(member, port, box, messages, timedelta())
    Mailbox.objects.filter(pk=mailbox.pk).update(read_at=NOW)
    gc.collect()
    gc.freeze()  # as the worker does once it has loaded
    began, busy_from = time.perf_counter(), time.thread_time()
    sent = 0
    while done := send_what_is_due(clock=lambda: NOW):
        sent += done
    ours, busy = time.perf_counter() - began, time.thread_time() - busy_from
    rows = list(Outgoing.objects.filter(mailbox=mailbox).select_related("mailbox").order_by("pk"))
    assert Counter(row.state for row in rows) == {"sent": messages} == {"sent": sent}
    bare = bare_loop(port, [(row.to, composed(row)) for row in rows])
    fill_one_more = fill_again(mailbox.member, mailbox)
    with CaptureQueriesContext(connection) as queries:
        assert send_what_is_due(clock=lambda: NOW) == fill_one_more
    if "-v" in sys.argv:
        for query in queries:
            print("   ", query["time"], query["sql"][:150])
    print(f"{server}: {connection.vendor}, {messages} messages, {len(queries)} statements for a round of one")
    print(f"  outbox         {messages / ours:8.1f} messages/s  {ours / messages * 1000:.1f} ms each")
    print(
        f"                 {busy / messages * 1000:8.1f} ms each of the processor's time, without the server's"
    )
    print(f"  bare smtplib   {messages / bare:8.1f} messages/s  {bare / messages * 1000:.1f} ms each")
    print(f"  ratio          {bare / ours:8.2f}")


def fill_again(member: object, mailbox: object) -> int:
    """One more person with one more message."""
    from tests.people import written_to

    from relance.cadence.words import Channel
    from relance.method.delivery.outbox import UNDO_FOR, queue
    from relance.method.outreach.permits import permit

    outreach = written_to(member, NOW - UNDO_FOR, "Rose Templier")  # type: ignore[arg-type]
    taken = permit(
        outreach=outreach, member=member, channel=Channel.EMAIL, text="Un point ?", now=NOW - UNDO_FOR  # type: ignore[arg-type]
    )  # fmt: skip
    queue(permit=taken, mailbox=mailbox, now=NOW - UNDO_FOR, at_once=True)  # type: ignore[arg-type]
    return 1


def bare_loop(port: int, octets: list[tuple[str, bytes]]) -> float:
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for recipient, raw in octets:
            smtp.sendmail("maud@ormel.example", recipient, raw)
    return time.perf_counter() - began


if __name__ == "__main__":
    numbers = [word for word in sys.argv[1:] if word != "-v"]
    main(int(numbers[0]) if numbers else 500, float(numbers[1]) if len(numbers) > 1 else 0)
