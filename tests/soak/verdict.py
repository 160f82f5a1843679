"""Whether a promise of the outbox was broken: told by what the servers hold, against the rows."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from relance.cadence.words import Kind
from relance.method.delivery.models import Outgoing
from relance.method.delivery.outbox import mail_key
from relance.method.outreach.models import Event
from tests.soak.desk import World

ENDED = {"sent", "failed", "cancelled", "to_check"}
MAY_HAVE_LEFT = {"sent", "to_check"}
READABLE = timedelta(minutes=5)
UNDER_WAY = timedelta(seconds=60)
"""From the claim to the last byte at the server: it is the claim that looks at the mailbox."""


def violations(world: World) -> list[str]:
    """Every promise that was broken, as a line each."""
    return [*_doubles(world), *_lost(world), *_after_an_answer(world), *_answers(world), *_facts()]


def _doubles(world: World) -> Iterator[str]:
    for message_id, count in Counter(one.message_id for one in world.taken).items():
        if count > 1:
            yield f"double: {message_id} was taken {count} times"
    for address, count in Counter(one.address for one in world.taken).items():
        if count > 1:
            yield f"double: {address} was written to {count} times"


def _lost(world: World) -> Iterator[str]:
    states = dict(Outgoing.objects.order_by("pk").values_list("message_id", "state"))
    taken = {one.message_id for one in world.taken}
    for message_id, state in states.items():
        if state not in ENDED:
            yield f"lost: {message_id} is {state}"
        if state == "sent" and message_id not in taken:
            yield f"lost: {message_id} is called sent, and no server has it"
    for message_id in taken:
        if states.get(message_id) not in MAY_HAVE_LEFT:
            yield f"lost: {message_id} was taken and is {states.get(message_id)}"
    for message_id in world.filed:
        if states.get(message_id) != "sent":
            yield f"lost: {message_id} lies among those sent and is {states.get(message_id)}"


def _after_an_answer(world: World) -> Iterator[str]:
    claimed = dict(Outgoing.objects.order_by("pk").values_list("message_id", "claimed_at"))
    answered = {one.address: one.at for one in world.answers}
    for one in world.taken:
        answer = answered.get(one.address)
        left = claimed.get(one.message_id)
        if answer is None or left is None:
            continue
        if left - answer > READABLE or one.at - answer > READABLE + UNDER_WAY:
            yield f"after an answer: {one.address} answered {answer}, ours was claimed {left}, taken {one.at}"


def _answers(world: World) -> Iterator[str]:
    for one in world.answers:
        count = Event.objects.filter(kind=Kind.REPLY, key=mail_key(one.message_id)).count()
        if count != 1:
            yield f"answer: {one.message_id} was recorded {count} times"


def _facts() -> Iterator[str]:
    """A message that is sent is one fact, and one that is not is none; no permit is left open but to check."""
    for row in Outgoing.objects.select_related("permit").order_by("pk"):
        count = Event.objects.filter(kind=Kind.MESSAGE_SENT, key=mail_key(row.message_id)).count()
        if count != (row.state == "sent"):
            yield f"fact: {row.message_id} is {row.state} and was recorded {count} times"
        if (row.permit.ended_at is None) != (row.state == "to_check"):
            yield f"permit: {row.message_id} is {row.state}, its permit ended {row.permit.ended_at}"
