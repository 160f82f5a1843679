"""The recap of a session: stars, days to come, the week; leaving by mail, changing the way, taking up."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.method.candidates.models import Candidate
from relance.method.outreach.models import Event, Outreach, Permit, SourcingSession
from tests.people import written_to
from tests.web.sitting import INES, added, body, entered, opened, shown


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def test_the_stars_are_asked_for_at_the_end_and_never_given(desk: Client) -> None:
    session = opened(desk)
    added(desk, session, INES + "\nVictor Lanvin, linkedin.com/in/vl\nune ligne perdue")
    page = body(desk.get(f"/session/{session.pk}/clore/"))
    assert "De qui voulez-vous absolument une réponse" in page
    assert " checked" not in page
    assert "1 ligne sera oubliée" in page
    desk.post(
        f"/session/{session.pk}/clore/", {"etoile": [str(entered("Victor Lanvin").pk)], "poursuivre": "1"}
    )
    assert SourcingSession.objects.filter(ended_at=None).exists()
    desk.post(f"/session/{session.pk}/clore/", {"etoile": [str(entered("Inès Aubrac").pk)]})
    closed = SourcingSession.objects.get()
    assert closed.ended_at is not None
    assert closed.left == ""
    assert (entered("Inès Aubrac").must_answer, entered("Victor Lanvin").must_answer) == (True, False)
    added(desk, session, "Noé Grandval, linkedin.com/in/noe")
    assert Candidate.objects.count() == 2, "a closed session takes nobody in"


def test_what_slips_is_said_before_it_slips(desk: Client, member: Any, now: datetime) -> None:
    member.capacity = 2
    member.save()
    for index in range(5):
        written_to(member, now, f"Personne Numéro{index}", ago=timedelta(hours=1), star=index < 3)
    session = opened(desk)
    added(desk, session, INES)
    page = body(desk.get(f"/session/{session.pk}/"))
    assert "Jeudi dépasse votre capacité de 3" in page
    assert "3 glissent à vendredi" in page
    assert "1 impérative glisse aussi" in page


def test_days_off_and_holidays_move_the_load(desk: Client, member: Any, now: datetime) -> None:
    from relance.accounts.absences import add_absence

    thursday = (now + timedelta(days=2)).date()
    add_absence(member=member, firm=False, name="", starts_on=thursday, ends_on=thursday)
    written_to(member, now, "Noé Grandval", ago=timedelta(hours=1))
    session = opened(desk)
    added(desk, session, INES)
    page = body(desk.get(f"/session/{session.pk}/clore/"))
    assert "Jeudi, vous ne travaillez pas." in page
    assert "jeu. 12 mars" not in page
    assert "ven. 13 mars" in page


def test_another_members_session_is_not_ones_own(desk: Client, colleague: Any, client: Client) -> None:
    session = opened(desk)
    added(desk, session, INES)
    outreach = entered("Inès Aubrac")
    other = Client()
    other.force_login(colleague.user)
    for address in (
        f"/session/{session.pk}/",
        f"/session/{session.pk}/clore/",
        f"/session/approches/{outreach.pk}/",
    ):
        assert other.get(address).status_code == 404
    assert other.post(f"/session/approches/{outreach.pk}/deja/").status_code == 404
    assert other.post(f"/session/{session.pk}/ajouter/", {"lignes": INES, "lu": INES}).status_code == 404
    assert not Event.objects.exists()


def test_the_weeks_figure_is_shown_where_one_wants_it(desk: Client, member: Any, now: datetime) -> None:
    written_to(member, now, "Noé Grandval", ago=timedelta(hours=1))
    written_to(member, now, "Lucie Hamelin", ago=timedelta(days=6))
    session = opened(desk)
    added(desk, session, INES)
    assert "cette semaine" not in body(desk.get(f"/session/{session.pk}/"))
    assert desk.post("/reglages/capacite/", {"capacite": "20", "semaine": "0"}).status_code == 422
    desk.post("/reglages/capacite/", {"capacite": "20", "semaine": "150"})
    page = body(desk.get(f"/session/{session.pk}/"))
    assert "cette semaine" in page
    assert "1 sur 150" in page, "not who waits for a first word, nor last week's"
    desk.post("/reglages/capacite/", {"capacite": "20", "semaine": ""})
    assert "cette semaine" not in body(desk.get(f"/session/{session.pk}/"))


def test_as_many_statements_for_thirty_as_for_three(desk: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    session = opened(desk)
    counts = []
    for start in (0, 3, 30):
        lines = "\n".join(
            f"Personne Numéro{n}, linkedin.com/in/personne-{n}" for n in range(start, start + 27)
        )
        added(desk, session, lines + "\n" + "\n".join(f"perdue {n}" for n in range(start, start + 9)))
        with CaptureQueriesContext(connection) as told:
            desk.get(f"/session/{session.pk}/")
        counts.append(len(told))
    assert len(set(counts)) == 1, counts


def test_a_position_opens_a_session_for_itself(desk: Client, member: Any, now: datetime) -> None:
    from relance.method.outreach.positions import PositionFacts, open_position

    job = open_position(member=member, facts=PositionFacts(title="Lead back-end"), now=now)
    assert f'href="/session/?nouvelle&amp;poste={job.pk}"' in body(desk.get(f"/postes/{job.pk}/"))
    page = body(desk.get(f"/session/?nouvelle&poste={job.pk}"))
    assert f'<option value="{job.pk}" selected>' in page


def test_a_mail_leaves_from_the_mailbox_and_can_be_held_back(
    desk: Client, member: Any, now: datetime
) -> None:
    from relance.method.delivery.models import Mailbox, Outgoing

    Mailbox.objects.create(
        organisation=member.organisation, member=member, address="maud@ormel.example", username="",
        smtp_host="127.0.0.1", smtp_port=1, smtp_security="none", imap_host="127.0.0.1", imap_port=1,
        imap_security="none", connected_at=now,
    )  # fmt: skip
    session = opened(desk, "mail", objet="Lead back-end, {prénom}")
    added(desk, session, f"{INES} > Votre exposé")
    where = f"/session/approches/{entered('Inès Aubrac').pk}/"
    page = body(desk.post(f"{where}permis/", {"envoyer": "1", "objet": "Lead back-end, Inès"}, follow=True))
    outgoing = Outgoing.objects.get()
    assert (outgoing.subject, outgoing.state) == ("Lead back-end, Inès", "ready")
    assert "en route" in page
    desk.post(f"/session/permis/{Permit.objects.get().pk}/", {"issue": "envoye"})
    assert not Event.objects.exists(), "what leaves by itself is not said by hand"
    assert desk.post("/annuler/").headers["Location"] == where
    outgoing.refresh_from_db()
    assert outgoing.state == "cancelled"
    assert entered("Inès Aubrac").code == "no_first_action"


def test_changing_the_way_holds_for_who_is_still_to_be_written_to(desk: Client) -> None:
    session = opened(desk)
    added(desk, session, f"{INES} > vos files\nVictor Lanvin, linkedin.com/in/vl > vos articles")
    desk.post(f"/session/approches/{entered('Victor Lanvin').pk}/permis/", {})
    changed = {
        "moyen": "note",
        "pour": "",
        "objet": "",
        "texte": "Bonjour {prénom}, [accroche] : dix minutes ?",
    }
    assert desk.post(f"/session/{session.pk}/modifier/", changed).status_code == 302
    assert entered("Inès Aubrac").situation == "linkedin_invitation"
    assert entered("Victor Lanvin").situation == "first_message", "it was copied as a message"
    page = body(desk.get(f"/session/approches/{entered('Inès Aubrac').pk}/"))
    assert "Bonjour Inès, vos files : dix minutes ?" in page


def test_who_waits_from_another_sitting_is_taken_up(desk: Client) -> None:
    added(desk, opened(desk), INES)
    second = opened(desk, "mail", objet="Lead")
    assert "rien n’est parti encore" in shown(desk, second, INES)
    added(desk, second, INES)
    outreach = entered("Inès Aubrac")
    assert (outreach.session_id, Outreach.objects.count()) == (second.pk, 1)
