"""A desk with a mailbox on real servers."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from tests.mail_servers import Post, post


@pytest.fixture
def server() -> Iterator[Post]:
    with post() as running:
        yield running


@pytest.fixture
def mailbox(member: Any, server: Post, now: datetime) -> Any:
    """The member's mailbox, just read."""
    from relance.method.delivery.models import Mailbox

    return Mailbox.objects.create(
        organisation=member.organisation,
        member=member,
        address="maud@ormel.example",
        sender_name="Maud Keravel",
        username="",
        smtp_host="127.0.0.1",
        smtp_port=server.port,
        smtp_security="none",
        imap_host="127.0.0.1",
        imap_port=1,
        imap_security="none",
        connected_at=now,
        read_at=now,
        takes_plus=True,
    )


class Clock:
    """A clock that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(now: datetime) -> Callable[[], datetime]:
    return Clock(now)
