"""An outbox that empties while its workers are killed with -9 at random and answers arrive, and a verdict.

Run: python -m tests.soak.mail --messages 2000 --kills 200. It fills the empty database of the environment
(`RELANCE_DATA`, `RELANCE_DATABASE_URL`), prints figures as JSON, and ends with 1 if a promise broke. The
clock of the desk runs faster than ours (`--pace`), so that leases end and mailboxes are read again meanwhile.
"""

import argparse
import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from typing import Any

from tests.mail_servers import Box, Post, imap, post
from tests.soak.clock import Clock

PATIENCE = 3600


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=220)
    parser.add_argument("--answers", type=int, default=300)
    parser.add_argument("--over", type=float, default=100, help="seconds within which the messages come due")
    parser.add_argument("--pace", type=float, default=60, help="seconds of the desk in one of ours")
    options = parser.parse_args(words)
    import django

    django.setup()
    with post() as out, imap() as box:
        figures = soak(options, out, box)
    print(json.dumps(figures, ensure_ascii=False, indent=1))  # noqa: T201 - a program of the command line
    return 1 if figures["broken"] else 0


def soak(options: argparse.Namespace, out: Post, box: Box) -> dict[str, Any]:
    from django.db import connection

    from relance.method.delivery.models import Mailbox, Outgoing
    from tests.soak.desk import ONE_IN, World
    from tests.soak.verdict import violations

    mailbox = _planted(options, out, box)
    people = list(Outgoing.objects.order_by("pk").values_list("to", flat=True))
    answering = random.sample(people, options.answers)
    began = time.time()
    world = World(out, box, Clock(began, options.pace))
    out.on_message = world.take
    world.answer(answering[: options.answers // 3])
    Mailbox.objects.filter(pk=mailbox.pk).update(read_at=None, next_read_at=None)
    stopped = threading.Event()
    every = options.over / (options.answers * 2 / 3)
    living = threading.Thread(target=world.live, args=(answering[options.answers // 3 :], every, stopped))
    living.start()
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.soak.nursery", str(began), str(options.pace), str(options.kills)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0,
    )  # fmt: skip
    world.struck_by(nursery, options.kills / (options.messages - options.answers))
    killed = 0
    try:
        assert nursery.stdout is not None
        killed = int(nursery.stdout.readline())
        _until_all_is_over(world, options, mailbox, began + PATIENCE)
    finally:
        world.strike = lambda: None
        nursery.communicate(b"")
        stopped.set()
        living.join(timeout=30)
    if living.is_alive() or len(world.filed) != len(world.taken) // ONE_IN:
        raise RuntimeError("the provider of the soak did not do its part")
    broken = violations(world)
    states = Counter(Outgoing.objects.order_by("pk").values_list("state", flat=True))
    problems = Counter(Outgoing.objects.order_by("pk").exclude(problem="").values_list("problem", flat=True))
    return {
        "database": connection.vendor,
        "messages": len(people),
        "killed": killed,
        "answers": len(world.answers),
        "taken_by_the_server": len(world.taken),
        "states": dict(sorted(states.items())),
        "problems": dict(sorted(problems.items())),
        "seconds": round(time.time() - began, 1),
        "violations": len(broken),
        "broken": broken[:20],
    }


def _planted(options: argparse.Namespace, out: Post, box: Box) -> Any:
    """The desk; its mailbox read once, so that what comes from now on is new."""
    from relance.accounts.actions import found_desk
    from relance.method.answers.jobs import read_what_is_due
    from tests.soak.clock import BEGINS
    from tests.soak.desk import fill

    owner = found_desk(name="Ormel")
    owner.user.name, owner.user.email = "Maud Keravel", "maud@ormel.example"
    owner.user.save()
    mailbox = fill(owner, out.port, box, options.messages, timedelta(seconds=options.over * options.pace))
    read_what_is_due(clock=lambda: BEGINS)
    return mailbox


def _until_all_is_over(world: Any, options: argparse.Namespace, mailbox: Any, deadline: float) -> None:
    """Until nothing is on its way any more, all answers came, and the mailbox was read after the last of it."""
    from relance.method.delivery.models import Mailbox, Outgoing

    over_at = None
    while time.time() < deadline:
        time.sleep(0.3)
        on_the_way = Outgoing.objects.filter(state__in=["ready", "sending"]).exists()
        if on_the_way or len(world.answers) < options.answers:
            continue
        over_at = over_at or world.clock() + timedelta(minutes=1)
        if Mailbox.objects.filter(pk=mailbox.pk, read_at__gt=over_at).exists():
            return


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
