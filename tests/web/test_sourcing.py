"""A sourcing session: lines read before they enter, the guard on the spot, texts sent by hand, stars at the end."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Kind
from relance.method.candidates.models import Avoidance, Candidate, Mark, WhyOffLimits
from relance.method.outreach.models import About, Event, Outreach, Permit, SourcingSession
from tests.people import candidate, written_to

TEXT = "Bonjour {prénom},\n\n[accroche] m’amène à vous. Je recrute un lead back-end. Dix minutes ?\n\nMaud"
INES = "Inès Aubrac, Solvane, https://www.linkedin.com/in/ines-aubrac, ines@aubrac.example, 06 39 98 12 34"


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def body(response: Any) -> str:
    return str(response.content.decode())


def opened(desk: Client, way: str = "linkedin", text: str = TEXT, **more: Any) -> SourcingSession:
    response = desk.post("/session/ouvrir/", {"moyen": way, "texte": text, "objet": "", "pour": "", **more})
    assert response.status_code == 302, body(response)
    return SourcingSession.objects.get(ended_at=None)


def shown(desk: Client, session: SourcingSession, lines: str) -> str:
    return body(desk.post(f"/session/{session.pk}/lire/", {"lignes": lines}))


def added(desk: Client, session: SourcingSession, lines: str) -> Any:
    typed = {"lignes": lines, "lu": lines}
    return desk.post(f"/session/{session.pk}/ajouter/", typed, follow=True)


def entered(name: str) -> Outreach:
    return Outreach.objects.get(candidate__name=name)


def test_one_session_at_a_time_taken_up_where_it_was_left(desk: Client) -> None:
    assert "Ouvrir une session" in body(desk.get("/session/"))
    first = opened(desk)
    assert desk.get("/session/").headers["Location"] == f"/session/{first.pk}/"
    second = opened(desk, "mail")
    first.refresh_from_db()
    assert (first.ended_at is not None, second.channel) == (True, "email")
    assert "Une session est déjà ouverte" in body(desk.get("/session/?nouvelle"))


def test_a_note_is_written_or_there_is_none(desk: Client) -> None:
    response = desk.post("/session/ouvrir/", {"moyen": "note", "texte": ""})
    assert response.status_code == 422
    assert "Écrivez la note" in body(response)
    assert opened(desk, "invitation", "Bonjour").text == ""


def test_a_line_is_shown_before_it_enters(desk: Client) -> None:
    session = opened(desk)
    read = body(desk.post(f"/session/{session.pk}/ajouter/", {"lignes": INES}))
    for word in ("Inès Aubrac", "Solvane", "in/ines-aubrac", "ines@aubrac.example", "+33639981234"):
        assert word in read
    assert not Candidate.objects.exists(), "shown, not entered"
    added(desk, session, INES)
    outreach = entered("Inès Aubrac")
    assert (outreach.candidate.company, outreach.code) == ("Solvane", "no_first_action")
    assert set(outreach.candidate.identities.values_list("kind", flat=True)) == {"linkedin", "email", "phone"}


@pytest.mark.parametrize(
    ("line", "name", "role", "company"),
    [
        (
            "Victor Lanvin, dév Python chez Vélimar, linkedin.com/in/vl *",
            "Victor Lanvin",
            "dév Python",
            "Vélimar",
        ),
        (
            "linkedin.com/in/vl, Victor Lanvin, Dév. Python, Vélimar",
            "Victor Lanvin",
            "Dév. Python",
            "Vélimar",
        ),
        ("Victor Lanvin\tVélimar\tlinkedin.com/in/vl", "Victor Lanvin", "", "Vélimar"),
        ("https://fr.linkedin.com/in/victor-lanvin-8a21b4?trk=x", "Victor Lanvin", "", ""),
        ("Victor Lanvin chez Vélimar – linkedin.com/in/vl", "Victor Lanvin", "", "Vélimar"),
    ],
)
def test_lines_as_people_write_them(desk: Client, line: str, name: str, role: str, company: str) -> None:
    session = opened(desk)
    added(desk, session, line)
    person = Candidate.objects.get()
    assert (person.name, person.role, person.company) == (name, role, company)
    assert entered(name).must_answer is line.endswith("*")


def test_what_is_not_understood_says_so_and_is_kept(desk: Client) -> None:
    session = opened(desk)
    lost = "Quelqu’un de Nordfil\nhttps://www.linkedin.com/company/nordfil\nvictor@lanvin.example"
    read = shown(desk, session, lost)
    assert read.count("À compléter") == 3
    assert "n’est ni un profil LinkedIn, ni un mail, ni un téléphone" in read
    page = body(added(desk, session, f"{lost}\n{INES}"))
    assert "3 lignes à compléter" in page
    session.refresh_from_db()
    assert session.left.split("\n") == lost.split("\n")
    fixed = {"ligne_gardee": "victor@lanvin.example", "ligne": "Victor Lanvin, linkedin.com/in/vl"}
    desk.post(f"/session/{session.pk}/restes/", fixed)
    session.refresh_from_db()
    assert "victor" not in session.left
    assert entered("Victor Lanvin").session_id == session.pk
    desk.post(f"/session/{session.pk}/restes/", {"ligne_gardee": session.left.split("\n")[0], "retirer": "1"})
    session.refresh_from_db()
    assert len(session.left.split("\n")) == 1


def test_the_way_needs_its_address(desk: Client) -> None:
    session = opened(desk, "mail")
    assert "Pour un mail, il faut son adresse." in shown(desk, session, "Inès Aubrac, linkedin.com/in/ines")


def test_a_colleagues_person_is_left_aside_with_who_and_what_frees_them(
    desk: Client, member: Any, colleague: Any, now: datetime
) -> None:
    theirs = written_to(colleague, now, "Jeanne Vauclair", identities=(("linkedin", "jeanne-vauclair"),))
    session = opened(desk)
    read = shown(desk, session, "Jeanne Vauclair, Ouvéo, linkedin.com/in/jeanne-vauclair")
    assert "Théo lui écrit déjà" in read
    assert f'href="/personnes/{theirs.candidate_id}/passation/"' in read
    page = body(added(desk, session, "Jeanne Vauclair, Ouvéo, linkedin.com/in/jeanne-vauclair"))
    assert "1 laissée de côté" in page
    assert Outreach.objects.count() == 1
    assert Outreach.objects.get().recruiter_id == colleague.pk


def test_people_nobody_may_write_to_do_not_enter(desk: Client, member: Any, now: datetime) -> None:
    from relance.method.candidates.actions import leave_alone
    from relance.method.candidates.off_limits import put_off_limits

    leave_alone(
        organisation_id=member.organisation_id, pairs=[("linkedin", "a")], avoidance=Avoidance.OPTED_OUT,
        member=member, now=now,
    )  # fmt: skip
    put_off_limits(member=member, company="Brivane", why=WhyOffLimits.CLIENT, until_on=None, now=now)
    for slug, mark in (("c", Mark.PRIVATE), ("d", Mark.CLIENT)):
        person = candidate(member, now, f"Connue {slug}", identities=(("linkedin", f"connue-{slug}"),))
        person.mark = mark
        person.save()
    session = opened(desk)
    lines = (
        "Anne Sarrazin, linkedin.com/in/a\nBasile Brun, Brivane SAS, linkedin.com/in/basile-brun\n"
        "Connue C, linkedin.com/in/connue-c\nConnue D, linkedin.com/in/connue-d"
    )
    read = shown(desk, session, lines)
    assert read.count("Laissée de côté") == 4
    added(desk, session, lines)
    assert not Outreach.objects.exists()
    session.refresh_from_db()
    assert "Anne Sarrazin" not in session.left, "who objected is kept nowhere"
    assert len(session.left.split("\n")) == 3


def test_probable_duplicates_are_said(desk: Client, member: Any, now: datetime) -> None:
    candidate(member, now, "Inès Aubrac", identities=(("email", "autre@aubrac.example"),))
    session = opened(desk)
    assert "Peut-être la même personne" in shown(desk, session, INES)


def test_a_second_position_joins_what_is_open(desk: Client, member: Any, now: datetime) -> None:
    from relance.method.outreach.positions import PositionFacts, open_position

    job = open_position(member=member, facts=PositionFacts(title="Lead back-end"), now=now)
    written_to(member, now, "Inès Aubrac", identities=(("linkedin", "ines-aubrac"),))
    session = opened(desk, pour=str(job.pk))
    assert "Vous suivez déjà cette personne" in shown(desk, session, INES)
    assert "rejoint une approche" in body(added(desk, session, INES))
    outreach = Outreach.objects.get()
    assert About.objects.get().position == job
    assert (outreach.session_id, Event.objects.count()) == (None, 1), "nothing was sent from here"


def test_written_by_hand_under_a_permit(desk: Client) -> None:
    session = opened(desk)
    page = body(added(desk, session, f"{INES} > Votre exposé sur les files"))
    assert "Votre exposé sur les files m’amène à vous" in page
    outreach = entered("Inès Aubrac")
    where = f"/session/approches/{outreach.pk}/"
    page = body(desk.post(f"{where}permis/", {"accroche": "Votre exposé sur les files"}, follow=True))
    permit = Permit.objects.get()
    assert permit.text.startswith("Bonjour Inès,\n\nVotre exposé sur les files m’amène")
    assert "https://www.linkedin.com/in/ines-aubrac/" in page
    desk.post(f"/session/permis/{permit.pk}/", {"issue": ""})
    assert not Event.objects.exists()
    desk.post(f"{where}permis/", {})
    desk.post(f"/session/permis/{Permit.objects.get(ended_at=None).pk}/", {"issue": "envoye"})
    event = Event.objects.get()
    assert (event.kind, event.channel, event.text) == (Kind.MESSAGE_SENT, "linkedin", permit.text)
    outreach.refresh_from_db()
    assert (outreach.code, outreach.step) == ("too_early", 1)
    assert "jeu. 12 mars" in body(desk.get(f"/session/{session.pk}/"))


def test_a_hook_left_unwritten_holds_the_text_back(desk: Client) -> None:
    session = opened(desk)
    added(desk, session, INES)
    where = f"/session/approches/{entered('Inès Aubrac').pk}/"
    response = desk.post(f"{where}permis/", {"accroche": ""})
    assert response.status_code == 422
    assert not Permit.objects.exists()
    desk.post(f"{where}permis/", {"accroche": "Votre dépôt", "texte": "", "depart": ""})
    assert "Votre dépôt m’amène à vous" in Permit.objects.get().text


def test_already_sent_is_one_gesture_and_can_be_undone(desk: Client) -> None:
    session = opened(desk)
    added(desk, session, INES)
    where = f"/session/approches/{entered('Inès Aubrac').pk}/"
    desk.post(f"{where}deja/", {"accroche": ""})
    event = Event.objects.get()
    assert (event.kind, event.text) == (Kind.MESSAGE_SENT, ""), (
        "a text with something left to write was not it"
    )
    desk.post(f"{where}deja/", {})
    assert Event.objects.count() == 1, "once"
    assert desk.post("/annuler/").headers["Location"] == where
    assert entered("Inès Aubrac").code == "no_first_action"


@pytest.mark.parametrize(("way", "note"), [("note", True), ("invitation", False)])
def test_an_invitation_is_one(desk: Client, way: str, note: bool) -> None:
    session = opened(desk, way, "Bonjour {prénom}, [accroche]. Dix minutes ?" if note else "")
    added(desk, session, f"{INES} > vos files")
    outreach = entered("Inès Aubrac")
    desk.post(f"/session/approches/{outreach.pk}/permis/", {})
    desk.post(f"/session/permis/{Permit.objects.get().pk}/", {"issue": "envoye"})
    event = Event.objects.get()
    assert (event.kind, event.note) == (Kind.INVITATION_SENT, note)
    outreach.refresh_from_db()
    assert outreach.code == "invitation_pending"
    assert "si acceptée" in body(desk.get(f"/session/{session.pk}/"))


def test_an_invitation_confirmed_in_todays_list_is_one_too(desk: Client) -> None:
    session = opened(desk, "invitation", "")
    added(desk, session, INES)
    desk.post(f"/session/approches/{entered('Inès Aubrac').pk}/permis/", {})
    desk.post(f"/aujourdhui/permis/{Permit.objects.get().pk}/", {"issue": "envoye"})
    assert Event.objects.get().kind == Kind.INVITATION_SENT


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
