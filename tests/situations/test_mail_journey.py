"""A first message followed up by mail: connected, sent, taken back, sent again, answered, answered back.

Everything passes by the pages and by real servers; the clock passes a week-end and Easter Monday.
"""

from email.message import EmailMessage
from email.utils import format_datetime

from django.utils import timezone
from playwright.sync_api import expect

from relance.mail.reading import reader
from relance.method.answers.jobs import read_what_is_due
from relance.method.delivery.departures import send_what_is_due
from relance.method.delivery.models import Mailbox, Outgoing
from relance.method.outreach.models import Event
from tests.mail_servers import PASSWORD, Box, Post, header, office
from tests.situations.moving import Journey

NAME = "Inès Aubrac"
FOLLOW_UP = (
    "Bonjour Inès,\n\nUn point que je n’avais pas dit : deux jours de télétravail, et votre conférence sur les files "
    "m’y a fait penser. Auriez-vous dix minutes ?\n\nMaud"
)


def worker() -> None:
    """One round of the background work, at the moment it is."""
    Mailbox.objects.update(next_read_at=None)
    read_what_is_due(clock=timezone.now)
    send_what_is_due(clock=timezone.now)


def connect(journey: Journey, out: Post, box: Box) -> None:
    page = journey.page
    journey.go("/reglages/boites/relier/")
    journey.accessible()
    page.get_by_text("Devinés d’après l’adresse").click()
    for name, value in {
        "adresse": "maud@ormel.example", "nom": "Maud Keravel", "mot_de_passe": PASSWORD, "identifiant": "maud",
        "imap": "127.0.0.1", "imap_port": str(box.port), "smtp": "127.0.0.1", "smtp_port": str(out.port),
    }.items():  # fmt: skip
        page.locator(f"#boite-{name}").fill(value)
    for name in ("imap_securite", "smtp_securite"):
        page.locator(f"#boite-{name}").select_option("none")
    page.get_by_role("button", name="Essayer et relier").click()
    expect(page.locator("body")).to_contain_text("maud@ormel.example est reliée", timeout=60_000)
    journey.accessible()
    out.kept.clear()  # the trial's own message


def written_by_hand(journey: Journey) -> None:
    page = journey.page
    journey.go("/personnes/?ajouter&moyen=mail#ajouter")
    page.locator("#ajout-nom").fill(NAME)
    page.locator("#ajout-adresse").fill("ines@brume.example")
    page.locator("#ajout-sujet").fill("lead back-end")
    page.locator("#ajout-nom").press("Enter")
    page.wait_for_selector("h1#nom")
    page.wait_for_load_state()
    journey.press("i")  # an answer is wanted absolutely


def writes(journey: Journey, text: str) -> None:
    page = journey.page
    page.locator("#texte").fill(text)
    page.locator("#texte").press("Control+Enter")
    page.wait_for_selector("[data-toast]")


def comes_back(raw: bytes, text: str, box: Box) -> str:
    """Inès answers from her mail program; returns the id of what she wrote."""
    message = EmailMessage()
    message["From"] = "Inès Aubrac <ines@brume.example>"
    message["To"] = header(raw, "Reply-To") or header(raw, "From")
    message["Subject"] = f"Re: {header(raw, 'Subject')}"
    message["Date"] = format_datetime(timezone.now())
    message["Message-ID"] = "<answer-1@brume.example>"
    message["In-Reply-To"] = header(raw, "Message-ID")
    message["References"] = header(raw, "Message-ID")
    message.set_content(f"{text}\n\nLe mar. 7 avril 2026 à 09:02, Maud Keravel a écrit :\n> Bonjour Inès,\n")
    with reader(box.server, box.login) as inside:
        inside.append("INBOX", message.as_bytes(), timezone.now())
    return str(message["Message-ID"])


def test_a_first_message_followed_up_by_mail(journey: Journey) -> None:
    page = journey.page
    with office() as (out, box):
        journey.at("2026-04-02", "10:00")  # the Thursday before Easter
        connect(journey, out, box)
        written_by_hand(journey)
        assert journey.due(NAME) == "Tue 07 Apr 08:30", "48 h, a week-end and Easter Monday"
        worker()
        journey.at("2026-04-06", "11:00")
        assert journey.queue() == []
        assert out.kept == []

        journey.at("2026-04-07", "09:00")
        worker()
        assert journey.queue() == [NAME]
        writes(journey, FOLLOW_UP)
        expect(page.locator("[data-toast]")).to_contain_text("Annuler")
        journey.press("z")
        page.wait_for_selector("#texte")
        journey.at("2026-04-07", "09:05")
        worker()
        assert out.kept == [], "taken back in time"
        assert Outgoing.objects.get().state == "cancelled"

        journey.go("/")
        writes(journey, FOLLOW_UP)
        journey.at("2026-04-07", "09:10")
        worker()
        assert [one.recipients for one in out.kept] == [["ines@brume.example"]]
        raw = out.kept[0].raw
        assert "conférence" in _text(raw)
        assert journey.decided(NAME)["code"] == "too_early"
        journey.at("2026-04-07", "09:12")
        worker()
        assert len(out.kept) == 1, "once"

        answer = comes_back(raw, "Oui, volontiers. Jeudi à 14 h ?", box)
        worker()
        assert Event.objects.latest("pk").kind == "reply"
        journey.go("/boite/")
        journey.sees("Oui, volontiers.")
        journey.accessible()
        journey.press("1")  # interested
        page.wait_for_load_state()
        assert journey.decided(NAME)["code"] == "your_turn"
        assert journey.queue() == [NAME]
        journey.sees("À vous")
        writes(journey, "Jeudi 14 h, c’est noté. Je vous appelle ; d’accord pour le numéro de votre CV ?")
        journey.at("2026-04-07", "09:20")
        worker()
        back = out.kept[-1].raw
        assert len(out.kept) == 2
        assert header(back, "In-Reply-To") == answer
        assert header(raw, "Message-ID") in header(back, "References")
        assert journey.queue() == []
        assert journey.decided(NAME)["code"] == "too_early", "silence after interest, in three working days"


def _text(raw: bytes) -> str:
    from email import message_from_bytes, policy

    body = message_from_bytes(raw, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())
