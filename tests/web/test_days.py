"""Days off, quiet periods, companies off limits, load and trail: their screens and what they change."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.accounts.absences import add_absence
from relance.accounts.models import Absence
from relance.method.candidates.models import Candidate, OffLimits, Trace
from relance.method.outreach.models import HandOver, Outreach
from tests.people import answered_by, written_to
from tests.web.test_hand_over import as_, body

AT = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def test_the_week_days_off_and_quiet_periods(desk: Client, member: Any) -> None:
    page = body(desk.get("/reglages/jours/"))
    assert "lundi" in page
    assert "Lundi de Pâques" in page
    assert "24 déc." in page
    desk.post("/reglages/jours/", {"jours": ["1", "2", "4"]})
    member.refresh_from_db()
    assert member.working_days == "124"
    assert desk.post("/reglages/jours/", {}).status_code == 422
    member.refresh_from_db()
    assert member.working_days == "124"
    desk.post(
        "/reglages/jours/ajouter/", {"debut": "2026-07-06", "fin": "2026-07-10", "nom": "Jura", "qui": "moi"}
    )
    desk.post(
        "/reglages/jours/ajouter/",
        {"debut": "2026-08-03", "fin": "2026-08-21", "nom": "Été", "qui": "cabinet", "chaque_annee": "on"},
    )
    page = body(desk.get("/reglages/jours/"))
    assert "Jura" in page
    assert "Été" in page
    jura = Absence.objects.get(name="Jura")
    assert jura.member_id == member.pk
    desk.post(f"/reglages/jours/{jura.pk}/retirer/")
    assert "Jura" not in body(desk.get("/reglages/jours/"))


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("2026-07-10", "2026-07-06", "avant le premier"),
        ("2026-03-02", "2026-03-03", "déjà passés"),
        ("2026-07-10", "2028-07-06", "plus d’un an"),
        ("2036-07-06", "2036-07-10", "plus de trois ans"),
        ("", "2026-07-06", "ce champ"),
    ],
)
def test_impossible_days_are_said_and_kept(desk: Client, first: str, last: str, says: str) -> None:
    before = Absence.objects.count()
    answer = desk.post("/reglages/jours/ajouter/", {"debut": first, "fin": last, "nom": "Jura", "qui": "moi"})
    assert answer.status_code == 422
    assert says in body(answer).lower()
    assert 'value="Jura"' in body(answer)
    assert Absence.objects.count() == before


def test_a_recruiter_settles_no_quiet_period(member: Any, colleague: Any) -> None:
    theirs = as_(colleague)
    theirs.post("/reglages/jours/ajouter/", {"debut": "2026-08-03", "fin": "2026-08-21", "qui": "cabinet"})
    assert Absence.objects.latest("pk").member_id == colleague.pk
    quiet = Absence.objects.get(member=None)
    assert theirs.post(f"/reglages/jours/{quiet.pk}/retirer/").status_code == 403
    own = add_absence(member=member, firm=False, name="", starts_on=AT, ends_on=AT)
    assert theirs.post(f"/reglages/jours/{own.pk}/retirer/").status_code == 404, "a colleague's days off"


def test_away_nothing_is_asked_but_answers_owed(desk: Client, member: Any, now: datetime) -> None:
    written_to(member, now, "Rose Templier")
    waiting = written_to(member, now, "Ilan Castelnau")
    answered_by(waiting, member, now - timedelta(hours=3), now)
    add_absence(member=member, firm=False, name="", starts_on=AT, ends_on=AT + timedelta(days=2))
    page = body(desk.get("/"))
    assert "Vous êtes en congé" in page
    assert "Retour vendredi 13 mars" in page
    assert "Ilan Castelnau" in page
    assert "1 attend votre retour" in page


def test_a_quiet_period_holds_back_what_is_begun(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now)
    add_absence(member=member, firm=True, name="Pont", starts_on=AT, ends_on=AT + timedelta(days=1))
    assert "Le cabinet n’écrit à personne ces jours-ci\u00a0: Pont" in body(desk.get("/"))
    sent = {"texte": "Une idée ?", "canal_actuel": "email"}
    refused = desk.post(f"/aujourdhui/{outreach.pk}/permis/", sent)
    assert refused.status_code == 409
    assert "Les réponses et les candidatures peuvent partir" in body(refused)
    answered_by(outreach, member, now - timedelta(hours=3), now)
    assert desk.post(f"/aujourdhui/{outreach.pk}/permis/", sent).status_code == 302


def test_covered_while_away_and_taken_back_on_return(
    desk: Client, member: Any, colleague: Any, now: datetime
) -> None:
    due, later = written_to(member, now), written_to(member, now, "Rose Templier", ago=timedelta(minutes=5))
    off = add_absence(member=member, firm=False, name="", starts_on=AT, ends_on=AT + timedelta(days=2))
    assert "2 personnes attendraient" in body(desk.get("/reglages/jours/"))
    desk.post(f"/reglages/jours/{off.pk}/remplacer/", {"a": colleague.pk})
    for outreach in (due, later):
        outreach.refresh_from_db()
        assert outreach.recruiter_id == colleague.pk
    with time_machine.travel(now + timedelta(days=3), tick=False):
        assert "Théo suit 2 personnes pour vous" in body(desk.get("/"))
        desk.post("/passations/reprendre/")
        due.refresh_from_db()
        assert due.recruiter_id == member.pk
        assert "Théo suit" not in body(desk.get("/"))
    assert HandOver.objects.filter(returned_at=None).count() == 0


def test_the_return_lists_what_ended_meanwhile(desk: Client, member: Any, now: datetime) -> None:
    outreach = written_to(member, now, ago=timedelta(days=1))
    add_absence(member=member, firm=False, name="", starts_on=AT, ends_on=AT + timedelta(days=62))
    back = datetime(2026, 5, 12, 9, 0, tzinfo=now.tzinfo)
    with time_machine.travel(back, tick=False):
        page = body(as_(member).get("/"))
        outreach.refresh_from_db()
        assert not outreach.is_open
        assert "Retour de congés" in page
        assert "Terminé pendant votre absence" in page
        assert f'href="/personnes/{outreach.candidate_id}/"' in page
    with time_machine.travel(back + timedelta(days=1), tick=False):
        assert "Terminé pendant votre absence" not in body(as_(member).get("/"))


def test_a_company_off_limits_holds_its_people_back(
    desk: Client, member: Any, colleague: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    added = {"societe": "solvane s.a.s.", "motif": "client", "jusque": ""}
    assert as_(colleague).post("/reglages/societes/ajouter/", added).status_code == 403
    desk.post("/reglages/societes/ajouter/", added)
    assert "solvane s.a.s." in body(as_(colleague).get("/reglages/societes/"))
    assert "Retirer" not in body(as_(colleague).get("/reglages/societes/"))
    page = body(desk.get(f"/personnes/{outreach.candidate_id}/"))
    assert "celles où l’on n’approche personne" in page
    refused = desk.post(
        f"/aujourdhui/{outreach.pk}/permis/", {"texte": "Une idée ?", "canal_actuel": "email"}
    )
    assert refused.status_code == 409
    desk.post(f"/reglages/societes/{OffLimits.objects.get().pk}/retirer/")
    desk.get("/")
    assert (
        desk.post(
            f"/aujourdhui/{outreach.pk}/permis/", {"texte": "Une idée ?", "canal_actuel": "email"}
        ).status_code
        == 302
    )


@pytest.mark.parametrize("name", ["", "  ", "!!!"])
def test_a_name_of_no_letters_is_no_company(desk: Client, name: str) -> None:
    answer = desk.post("/reglages/societes/ajouter/", {"societe": name, "motif": "own", "jusque": ""})
    assert answer.status_code == 422
    assert not OffLimits.objects.exists()


def test_the_load_is_told_by_name_and_relieved(
    desk: Client, member: Any, colleague: Any, manager_member: Any, now: datetime
) -> None:
    late = written_to(colleague, now, ago=timedelta(days=12))
    soon = written_to(colleague, now, "Rose Templier", ago=timedelta(days=2))
    assert as_(colleague).get("/reglages/charge/").status_code == 403
    page = body(as_(manager_member).get("/reglages/charge/"))
    names = re.findall(r'<th scope="row">([^<]+)', page)
    assert names == ["Maud Keravel", "Solène Gauthier", "Théo Lancelin"]
    as_(manager_member).post(f"/reglages/charge/{colleague.pk}/soulager/", {"a": member.pk})
    late.refresh_from_db()
    soon.refresh_from_db()
    assert (late.recruiter_id, soon.recruiter_id) == (member.pk, colleague.pk), "what is late, and no more"
    add_absence(member=colleague, firm=False, name="", starts_on=AT, ends_on=AT + timedelta(days=2))
    assert "en congé, retour ven. 13 mars" in body(as_(manager_member).get("/reglages/charge/"))
    as_(manager_member).post(f"/reglages/charge/{colleague.pk}/soulager/", {"a": member.pk})
    assert HandOver.objects.latest("pk").why == "cover", "it comes back to them on their return"
    assert "Maud Keravel (1)" in body(as_(manager_member).get("/reglages/charge/"))


def test_a_member_leaves_and_their_people_go_on(
    desk: Client, member: Any, colleague: Any, now: datetime
) -> None:
    outreach = written_to(colleague, now)
    over = written_to(colleague, now, "Rose Templier", ago=timedelta(days=90))
    theirs = as_(colleague)
    assert "1 personne" in body(desk.get(f"/reglages/equipe/{colleague.pk}/depart/"))
    desk.post(f"/reglages/equipe/{colleague.pk}/depart/", {"a": member.pk})
    assert theirs.get("/").status_code == 302, "signed out at once"
    assert set(
        Outreach.objects.filter(pk__in=[outreach.pk, over.pk]).values_list("recruiter", flat=True)
    ) == {member.pk}
    assert "Inès Aubrac" in body(desk.get("/"))
    assert "De Théo Lancelin, qui est parti, à Maud Keravel" in body(
        desk.get(f"/personnes/{outreach.candidate_id}/")
    )


def test_whom_somebody_left_behind_can_be_taken_later(
    desk: Client, member: Any, colleague: Any, now: datetime
) -> None:
    outreach = written_to(colleague, now)
    desk.post(f"/reglages/equipe/{colleague.pk}/depart/", {"a": ""})
    assert "À reprendre" in body(desk.get("/reglages/equipe/"))
    desk.post(f"/reglages/equipe/partis/{colleague.pk}/passer/", {"a": member.pk})
    outreach.refresh_from_db()
    assert outreach.recruiter_id == member.pk
    assert "À reprendre" not in body(desk.get("/reglages/equipe/"))


def test_the_trail_says_who_saw_and_what_changed(
    desk: Client, member: Any, colleague: Any, manager_member: Any, now: datetime
) -> None:
    outreach = written_to(member, now)
    pk = outreach.candidate_id
    theirs = as_(colleague)
    for _look in range(3):
        theirs.get(f"/personnes/{pk}/")
    assert Trace.objects.filter(act="saw", member=colleague).count() == 1
    assert theirs.get(f"/personnes/{pk}/journal/").status_code == 403
    desk.post(f"/personnes/{pk}/note/", {"note": "Secret de Maud"})
    page = body(as_(manager_member).get(f"/personnes/{pk}/journal/"))
    assert "Théo Lancelin</b> a vu" in page
    assert "Maud Keravel</b> a changé" in page
    assert "Secret de Maud" not in page
    assert "Inès Aubrac" in body(as_(manager_member).get("/reglages/journal/"))
    Candidate.objects.all().delete()
    assert "une personne oubliée" in body(as_(manager_member).get("/reglages/journal/"))
