"""A mailbox entered without its password: leave granted at a real provider, believed by a real Dovecot."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import requests
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from django.test import Client
from django.utils import timezone

from relance.config.environment import read_environment
from relance.mail.oauth import Client as LeaveClient
from relance.mail.reading import reader
from relance.mail.sending import Fault, Unreachable, carrier
from relance.method.answers.jobs import read
from relance.method.delivery.connecting import access_mailbox
from relance.method.delivery.logins import imap_of, login_of, smtp_of
from relance.method.delivery.models import Mailbox
from tests.post_office import LACKING, WHY, PostOffice, post_office
from tests.provider import OpenIdProvider
from tests.serving import free_port
from tests.web.test_hand_over import body

REAL = pytest.mark.skipif(LACKING, reason=WHY)


class Submission:
    """An SMTP server that takes what bears a leave of the provider's, and passes it on to Exim."""

    def __init__(self, office: PostOffice, provider: OpenIdProvider) -> None:
        self.office, self.provider, self.port = office, provider, free_port()

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's own name
        said = base64.b64decode(args[1]).decode()
        token = said.partition("auth=Bearer ")[2].strip("\x01")
        told = requests.get(
            f"{self.provider.address}/userinfo", headers={"Authorization": f"Bearer {token}"}, timeout=5
        )
        if told.ok and f"user={told.json()['mailbox']}\x01" in said:
            return AuthResult(success=True)
        await server.challenge_auth("eyJzdGF0dXMiOiI0MDAifQ==", encode_to_b64=False)
        return AuthResult(success=False, handled=False)

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.office.post(envelope.content, envelope.mail_from or "", str(envelope.rcpt_tos[0]))
        return "250 OK"


@contextmanager
def submission(office: PostOffice, provider: OpenIdProvider) -> Iterator[Submission]:
    handler = Submission(office, provider)
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port, auth_require_tls=False)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[OpenIdProvider, PostOffice, Submission]]:
    with (
        OpenIdProvider() as provider,
        post_office(provider.address) as office,
        submission(office, provider) as out,
    ):
        provider.knows("maud", mailbox="maud")
        provider.knows("agathe", mailbox="agathe")
        yield provider, office, out


@pytest.fixture
def clients(served: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> LeaveClient:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # the provider of these tests is on loopback
    monkeypatch.setattr("relance.method.delivery.connecting.records_of", lambda _domain: None)
    made = LeaveClient("google", "Google", served[0].address, "relance", "secret", ("https://mail.example/",))
    settings.MAIL_CLIENTS = (made,)
    return made


def typed(served: Any) -> dict[str, str]:
    _provider, office, out = served
    return {
        "adresse": "maud@ormel.example", "nom": "Maud Keravel", "identifiant": "maud",
        "imap": "127.0.0.1", "imap_port": str(office.imap_port), "imap_securite": "none",
        "smtp": "127.0.0.1", "smtp_port": str(out.port), "smtp_securite": "none",
    }  # fmt: skip


def connected(desk: Client, served: Any, *, sub: str = "maud") -> Any:
    gone = desk.post("/reglages/boites/chez/google/", typed(served))
    assert gone.status_code == 302, body(gone)
    return desk.get(served[0].answers(gone.headers["Location"], sub=sub))


@REAL
def test_leave_is_granted_tried_out_and_kept(
    desk: Client, member: Any, served: Any, clients: LeaveClient
) -> None:
    page = body(desk.get("/reglages/boites/relier/"))
    assert "Continuer avec Google" in page
    answer = connected(desk, served)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/reglages/boites/"), body(answer)
    mailbox = Mailbox.objects.get()
    assert (mailbox.sign_in, mailbox.username, mailbox.takes_plus) == ("google", "maud", True)
    login = login_of(mailbox, now=timezone.now())
    assert login.is_token
    assert login.secret not in mailbox.access + mailbox.secret
    shown = body(desk.get("/reglages/boites/"))
    assert "accordé chez Google" in shown
    assert login.secret not in shown


@REAL
def test_it_is_renewed_and_both_sides_take_it(
    desk: Client, member: Any, served: Any, clients: LeaveClient
) -> None:
    connected(desk, served)
    mailbox = Mailbox.objects.get()
    before = login_of(mailbox, now=timezone.now()).secret
    Mailbox.objects.update(access_until=timezone.now() + timedelta(seconds=30))
    mailbox.refresh_from_db()
    fresh = login_of(mailbox, now=timezone.now())
    assert fresh.secret != before
    mailbox.refresh_from_db()
    assert login_of(mailbox, now=timezone.now()) == fresh, "kept for the next process"
    with reader(imap_of(mailbox), fresh) as inside, carrier(smtp_of(mailbox), fresh):
        assert inside.sent_folder() == "Sent"


@REAL
def test_a_leave_taken_back_is_told_and_given_again(
    desk: Client, member: Any, served: Any, clients: LeaveClient
) -> None:
    connected(desk, served)
    from relance.accounts import vault

    Mailbox.objects.update(access=vault.lock("taken back"), secret=vault.lock("taken back too"))
    read(Mailbox.objects.get(), clock=timezone.now)
    mailbox = Mailbox.objects.get()
    assert (mailbox.fault, mailbox.access) == ("sign_in", ""), "the refused leave is not tried again"
    with pytest.raises(Unreachable) as told:
        login_of(mailbox, now=timezone.now())
    assert told.value.fault is Fault.SIGN_IN
    page = body(desk.get("/reglages/boites/"))
    assert "Accorder de nouveau" in page
    gone = desk.post(f"/reglages/boites/{mailbox.pk}/accord/")
    back = desk.get(served[0].answers(gone.headers["Location"], sub="maud"))
    assert back.status_code == 302, body(back)
    mailbox.refresh_from_db()
    assert mailbox.fault == ""
    assert login_of(mailbox, now=timezone.now()).is_token


@REAL
def test_the_leave_of_somebody_else_opens_nothing(
    desk: Client, member: Any, served: Any, clients: LeaveClient
) -> None:
    answer = connected(desk, served, sub="agathe")
    assert answer.status_code == 422
    assert not Mailbox.objects.exists()


def test_a_refusal_an_old_question_and_a_forged_answer(
    desk: Client, member: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    assert desk.post("/reglages/boites/chez/google/", {"adresse": "a@b.example"}).status_code == 404, (
        "no client"
    )
    with OpenIdProvider() as provider:
        settings.MAIL_CLIENTS = (
            LeaveClient(
                "google", "Google", provider.address, "relance", "secret", ("https://mail.example/",)
            ),
        )
        old = desk.get("/reglages/boites/chez/google/retour/?code=x&state=y")
        assert old.headers["Location"] == "/reglages/boites/relier/"
        for said in ("error=access_denied&state=y", "code=x&state=forged"):
            gone = desk.post(
                "/reglages/boites/chez/google/", {"adresse": "maud@ormel.example", "nom": "Maud"}
            )
            assert gone.status_code == 302, body(gone)
            refused = desk.get(f"/reglages/boites/chez/google/retour/?{said}")
            assert refused.status_code == 422
            assert "Rien n’a été changé" in body(refused)
            assert 'value="maud@ormel.example"' in body(refused)
    assert not Mailbox.objects.exists()
    down = desk.post("/reglages/boites/chez/google/", {"adresse": "maud@ormel.example"})
    assert down.status_code == 422
    assert "Google est injoignable" in body(down)


def test_a_colleagues_mailbox_is_not_to_be_had(desk: Client, member: Any, settings: Any) -> None:
    assert desk.post("/reglages/boites/999/accord/").status_code == 404
    with pytest.raises(Mailbox.DoesNotExist):
        access_mailbox(member, 999)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"RELANCE_MAIL_GOOGLE_CLIENT_ID": "x"}, "are both needed"),
        ({"RELANCE_MAIL_MICROSOFT_CLIENT_SECRET": "x"}, "are both needed"),
        (
            {
                "RELANCE_MAIL_MICROSOFT_CLIENT_ID": "x", "RELANCE_MAIL_MICROSOFT_CLIENT_SECRET": "y",
                "RELANCE_MAIL_MICROSOFT_TENANT": "a/b",
            },
            "TENANT must be",
        ),
        (
            {
                "RELANCE_MAIL_GOOGLE_CLIENT_ID": "x", "RELANCE_MAIL_GOOGLE_CLIENT_SECRET": "y",
                "RELANCE_MAIL_GOOGLE_SERVER": "http://elsewhere.example",
            },
            "must start with https",
        ),
    ],
)  # fmt: skip
def test_half_a_client_is_told_at_start(given: dict[str, str], says: str) -> None:
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match=says):
        read_environment(given)


def test_the_clients_of_the_environment() -> None:
    found = read_environment(
        {
            "RELANCE_MAIL_GOOGLE_CLIENT_ID": "g", "RELANCE_MAIL_GOOGLE_CLIENT_SECRET": "s",
            "RELANCE_MAIL_MICROSOFT_CLIENT_ID": "m", "RELANCE_MAIL_MICROSOFT_CLIENT_SECRET": "s",
        }
    ).mail_clients  # fmt: skip
    assert [client.origin for client in found] == [
        "https://accounts.google.com", "https://login.microsoftonline.com",
    ]  # fmt: skip
    assert "offline_access" in found[1].scope
    assert "s" not in repr(found[0]).replace("Client(google)", "")
