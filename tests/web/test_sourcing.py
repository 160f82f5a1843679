"""A sourcing session: lines read before they enter, the guard on the spot, texts sent by hand, stars at the end."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.cadence.words import Channel, Kind, Situation
from relance.method.candidates.models import Avoidance, Candidate, Mark, WhyOffLimits
from relance.method.outreach.actions import record
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import About, Event, Outreach, Permit
from relance.method.outreach.sessions import keep_lines, open_session
from tests.people import candidate, written_to
from tests.web.sitting import INES, added, body, entered, opened, shown


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


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


def test_the_line_of_who_objects_leaves_the_open_sessions_of_all(
    desk: Client, member: Any, colleague: Any, stranger: Any, now: datetime
) -> None:
    theirs = written_to(
        colleague, now, "Jeanne Vauclair",
        identities=(("linkedin", "jeanne-vauclair"), ("email", "jeanne@vauclair.example"), ("phone", "+33639980077")),
    )  # fmt: skip
    session = opened(desk)
    added(
        desk,
        session,
        "Jeanne Vauclair, Ouvéo, linkedin.com/in/jeanne-vauclair\nJeanne V., 06 39 98 00 77\n"
        "J. Vauclair, Jeanne@Vauclair.example > son exposé",
    )
    apart = [
        "Jeanne Vauclair",
        "Ana Roux, linkedin.com/in/jeanne-vauclair-roux",
        "Léo, grande-jeanne@vauclair.example",
    ]
    session.refresh_from_db()
    assert len(session.left.split("\n")) == 3
    keep_lines(session=session, lines=[*session.left.split("\n"), *apart])
    elsewhere = open_session(
        member=stranger, situation=Situation.FIRST_MESSAGE, channel=Channel.EMAIL, now=now
    )
    keep_lines(session=elsewhere, lines=["Jeanne Vauclair, jeanne@vauclair.example"])
    record(outreach=theirs, entries=[Entry(Kind.OPT_OUT, at=now)], now=now, member=colleague)
    session.refresh_from_db()
    elsewhere.refresh_from_db()
    assert session.left.split("\n") == apart
    assert "Jeanne" in elsewhere.left, "another organisation's session is none of ours"
    assert "Ouvéo" not in body(desk.get(f"/session/{session.pk}/"))
