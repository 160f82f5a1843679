"""A large mailbox read from its first message, and the memory that takes.

    python -m benchmarks.inbox [50000]

The server is of our own (benchmarks/imap_server.py), over a socket, in another process: those of the tests
hold all their messages in memory. One message in fifty answers somebody the desk knows. The memory is flat if the
peak at the end is that of the first thousand messages.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from zoneinfo import ZoneInfo

NOW = datetime(2026, 3, 10, 9, 45, tzinfo=ZoneInfo("Europe/Paris"))
KNOWN = 200
FEW = 1000


def main(messages: int) -> None:
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        os.environ["RELANCE_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "relance.config.settings"
        import django

        django.setup()
        command = [sys.executable, "-m", "benchmarks.imap_server", str(messages)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
            try:
                assert server.stdout is not None
                measure(messages, int(server.stdout.readline()))
            finally:
                server.terminate()


def measure(messages: int, port: int) -> None:
    from tests.people import written_to

    from relance.accounts import vault
    from relance.cli.desk import ready_member
    from relance.method.answers.jobs import read
    from relance.method.answers.models import Received
    from relance.method.delivery.models import Folder, Mailbox

    member = ready_member(NOW)
    for number in range(KNOWN):
        written_to(member, NOW, f"Personne {number}")
    mailbox = Mailbox.objects.create(
        organisation=member.organisation, member=member, address="maud@ormel.example", username="maud",
        secret=vault.lock("sesame"), smtp_host="127.0.0.1", smtp_port=1, smtp_security="none",
        imap_host="127.0.0.1", imap_port=port, imap_security="none", connected_at=NOW, files_sent=True,
    )  # fmt: skip
    folder = Folder.objects.create(
        organisation=member.organisation,
        mailbox=mailbox,
        role="inbox",
        name="INBOX",
        uidvalidity=1,
        last_uid=0,
    )
    began, first = time.perf_counter(), 0.0
    while mailbox.read_at is None:
        read(mailbox, clock=lambda: NOW)
        mailbox.refresh_from_db()
        folder.refresh_from_db()
        assert not mailbox.fault, mailbox.fault_words
        if not first and folder.last_uid >= min(FEW, messages):
            first = peak()
    seconds, last = time.perf_counter() - began, peak()
    answers = Received.objects.count()
    assert (folder.last_uid, answers) == (messages, min(messages // 50, KNOWN - 1))
    print(
        f"{messages} messages in {seconds:.0f} s, {messages / seconds:.0f} a second; {answers} answers taken in"
    )
    print(f"peak memory {last:.1f} MiB, {last - first:.1f} above that of the first {FEW}")


def peak() -> float:
    """MiB that this process held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
