"""The templates, through HTTP and without JavaScript."""

from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.accounts.models import Membership
from relance.method.writing.actions import plant_starters
from relance.method.writing.models import Template
from tests.people import written_to


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def body(response: Any) -> str:
    return str(response.content.decode())


def of_the_day(member: Membership) -> Template:
    rows = Template.objects.filter(organisation=member.organisation, situation="first_message", step=1)
    row = rows.filter(purpose="follow_up", address="vous").order_by("position", "pk").first()
    assert row is not None
    return row


def save(desk: Client, row: Template, **typed: str) -> Any:
    data = {"nom": row.name, "objet": row.subject, "texte": row.body} | typed
    return desk.post(f"/trames/{row.pk}/", data)


@pytest.mark.parametrize(
    ("voice", "language", "address"), [("fr-vous", "fr", "vous"), ("fr-tu", "fr", "tu"), ("en", "en", "")]
)
def test_the_index_lists_one_voice(
    desk: Client, member: Membership, voice: str, language: str, address: str
) -> None:
    page = body(desk.get("/trames/", {"voix": voice}))
    for row in Template.objects.filter(organisation=member.organisation).order_by("pk"):
        here = (row.language, row.address) == (language, address)
        assert (f'href="/trames/{row.pk}/"' in page) == here, row.name


def test_what_is_saved_is_what_today_offers(desk: Client, member: Membership, now: datetime) -> None:
    outreach = written_to(member, now)
    row = of_the_day(member)
    answer = save(desk, row, texte="Bonjour {prénom},\r\n\r\nL’équipe publie ses salaires. [un détail] ?\r\n")
    assert answer.headers["Location"] == f"/trames/{row.pk}/"
    row.refresh_from_db()
    assert row.body == "Bonjour {prénom},\n\nL’équipe publie ses salaires. [un détail] ?"
    assert row.author == member
    page = body(desk.post(f"/aujourdhui/{outreach.pk}/texte/", {"trame": str(row.pk), "retrame": "1"}))
    assert "Bonjour Inès,\n\nL’équipe publie ses salaires. [un détail] ?" in page


def test_the_preview_is_filled_for_a_person_of_the_queue(
    desk: Client, member: Membership, now: datetime
) -> None:
    row = of_the_day(member)
    assert "Camille" in body(desk.get(f"/trames/{row.pk}/")), "invented while nobody waits"
    written_to(member, now)
    page = body(desk.get(f"/trames/{row.pk}/"))
    assert "Inès Aubrac" in page
    assert "Bonjour Inès" in page


@pytest.mark.parametrize(
    ("field", "value"), [("texte", "  \r\n "), ("texte", "é" * 20_001), ("nom", ""), ("nom", "n" * 121)]
)
def test_what_cannot_be_kept_is_said_and_stays_typed(
    desk: Client, member: Membership, field: str, value: str
) -> None:
    row = of_the_day(member)
    typed = {"nom": "Mon nom", "objet": "Mon objet", "texte": "Mon texte", field: value}
    answer = save(desk, row, **typed)
    page = body(answer)
    assert answer.status_code == 422
    assert 'role="alert"' in page
    for name, kept in typed.items():
        if name != field:
            assert kept in page
    if len(value) > 100:
        assert value in page
    before = (row.name, row.subject, row.body)
    row.refresh_from_db()
    assert (row.name, row.subject, row.body) == before


def test_twenty_thousand_characters_pass_whatever_the_line_breaks(desk: Client, member: Membership) -> None:
    text = "a\r\n" * 9_999 + "bc"
    assert save(desk, of_the_day(member), texte=text).status_code == 302


def test_unknown_variables_are_named(desk: Client, member: Membership) -> None:
    row = of_the_day(member)
    save(desk, row, texte="Bonjour {prénom}, votre {licorne} ? <b>")
    page = body(desk.get(f"/trames/{row.pk}/"))
    checks = page.split('<ul class="checks">')[1].split("</ul>")[0]
    assert "{licorne}" in checks
    assert "{prénom}" not in checks
    assert "<b>" not in page.split('id="texte"')[1].split("</textarea>")[0]


def test_copy_put_away_and_bring_back(desk: Client, member: Membership) -> None:
    row = of_the_day(member)
    answer = desk.post(f"/trames/{row.pk}/copier/")
    made = Template.objects.latest("pk")
    assert answer.headers["Location"] == f"/trames/{made.pk}/"
    assert (made.body, made.starter, made.author) == (row.body, "", member)
    desk.post(f"/trames/{row.pk}/archiver/")
    row.refresh_from_db()
    assert row.archived_at is not None
    assert f"/trames/{row.pk}/reprendre/" in body(desk.get(f"/trames/{row.pk}/"))
    desk.post(f"/trames/{row.pk}/reprendre/")
    row.refresh_from_db()
    assert row.archived_at is None


def test_another_organisation_s_templates_do_not_exist(
    desk: Client, stranger: Membership, now: datetime
) -> None:
    plant_starters(organisation=stranger.organisation, now=now)
    theirs = Template.objects.filter(organisation=stranger.organisation).order_by("pk")[0]
    assert desk.get(f"/trames/{theirs.pk}/").status_code == 404
    assert desk.post(f"/trames/{theirs.pk}/", {"nom": "x", "texte": "x"}).status_code == 404
    for gesture in ("apercu", "copier", "archiver", "reprendre"):
        assert desk.post(f"/trames/{theirs.pk}/{gesture}/").status_code == 404
        assert desk.get(f"/trames/{theirs.pk}/{gesture}/").status_code == 405
    assert Template.objects.get(pk=theirs.pk).body == theirs.body
    assert f"/trames/{theirs.pk}/" not in body(desk.get("/trames/"))


def test_number_of_queries_is_fixed(
    desk: Client, member: Membership, now: datetime, django_assert_num_queries: Any
) -> None:
    written_to(member, now)
    row = of_the_day(member)
    desk.get("/trames/")
    with django_assert_num_queries(10):
        desk.get(f"/trames/{row.pk}/")
    for index in range(6):
        written_to(member, now, f"Personne Numéro{index}")
        desk.post(f"/trames/{row.pk}/copier/")
    desk.get("/trames/")
    with django_assert_num_queries(10):
        desk.get(f"/trames/{row.pk}/")


def test_a_former_wording_is_kept_and_taken_up_again(desk: Client, member: Membership, now: datetime) -> None:
    row = of_the_day(member)
    first = row.body
    save(desk, row, texte="Un deuxième texte, {prénom}. [un détail]")
    save(desk, row, nom="Un autre nom", texte="Un deuxième texte, {prénom}. [un détail]")
    save(desk, row, texte="Un troisième texte, {prénom}. [un détail]")
    assert [(one.number, one.body) for one in row.versions.order_by("number")] == [
        (1, first), (2, "Un deuxième texte, {prénom}. [un détail]"),
    ]  # fmt: skip
    page = body(desk.get(f"/trames/{row.pk}/"))
    assert "Un deuxième texte, {prénom}" in page
    desk.post(f"/trames/{row.pk}/version/1/")
    row.refresh_from_db()
    assert row.body == first
    assert row.versions.count() == 3, "nothing is lost by going back"
    assert desk.post(f"/trames/{row.pk}/version/9/").status_code == 404


def test_a_template_for_oneself_is_offered_to_nobody_else(
    desk: Client, member: Membership, colleague: Membership, now: datetime
) -> None:
    row = of_the_day(member)
    made = desk.post(f"/trames/{row.pk}/copier/", {"pour_moi": "1"}).headers["Location"]
    own = Template.objects.get(private_to=member)
    assert made == f"/trames/{own.pk}/"
    assert "Pour vous seul" in body(desk.get(made))
    theirs = Client()
    theirs.force_login(colleague.user)
    written = written_to(colleague, now, "Karim Doré")
    assert theirs.get(made).status_code == 404
    assert own.name not in body(theirs.get("/trames/"))
    assert own.name not in body(theirs.get(f"/aujourdhui/{written.pk}/"))
    mine = written_to(member, now)
    assert own.name in body(desk.get(f"/aujourdhui/{mine.pk}/"))
    desk.post(f"/trames/{own.pk}/partager/")
    assert theirs.get(made).status_code == 200
    assert own.name in body(theirs.get(f"/aujourdhui/{written.pk}/"))


def test_a_new_template_for_a_moment(desk: Client, member: Membership, now: datetime) -> None:
    assert "Une nouvelle trame" in body(desk.get("/trames/nouvelle/"))
    typed = {
        "nom": "Question de stack", "moment": "first_message.follow_up.1", "voix": "fr-vous", "canaux": ["email"],
        "objet": "Une question", "texte": "Bonjour {prénom}, [une question] ?", "canaux_dits": "1",
    }  # fmt: skip
    for lacking in ({"nom": ""}, {"texte": "  "}, {"moment": "ailleurs"}):
        refused = desk.post("/trames/nouvelle/", {**typed, **lacking})
        assert refused.status_code == 422
        assert "Une question" in body(refused), "nothing typed is lost"
    answer = desk.post("/trames/nouvelle/", typed)
    made = Template.objects.get(name="Question de stack")
    assert answer.headers["Location"] == f"/trames/{made.pk}/"
    assert (made.situation, made.purpose, made.step, made.channels) == (
        "first_message",
        "follow_up",
        1,
        "email",
    )
    outreach = written_to(member, now)
    assert "Question de stack" in body(desk.get(f"/aujourdhui/{outreach.pk}/"))
    save(desk, made, canaux_dits="1", canaux="linkedin")
    made.refresh_from_db()
    assert made.channels == "linkedin"


def test_a_template_is_tried_on_whom_one_chooses(desk: Client, member: Membership, now: datetime) -> None:
    written_to(member, now)
    other = written_to(member, now, "Karim Doré")
    row = of_the_day(member)
    save(desk, row, texte="Bonjour {prénom}. [un détail]")
    assert "Bonjour Inès." in body(desk.get(f"/trames/{row.pk}/"))
    assert "Bonjour Karim." in body(desk.get(f"/trames/{row.pk}/", {"sur": str(other.pk)}))
    assert "Bonjour Inès." in body(desk.get(f"/trames/{row.pk}/", {"sur": "999999"}))


@pytest.mark.parametrize(
    ("moment", "voice", "told"),
    [
        (
            "keep_in_touch.follow_up.1.post_published",
            "fr-tu",
            ("keep_in_touch", 1, "post_published", "", "tu"),
        ),
        ("keep_in_touch.follow_up.2", "fr-vous", ("keep_in_touch", 2, "", "", "vous")),
        ("toutes.your_turn.0.later", "en", ("", 0, "", "later", "")),
    ],
)
def test_a_new_template_takes_all_by_which_one_is_chosen(
    desk: Client, moment: str, voice: str, told: tuple[Any, ...]
) -> None:
    page = body(desk.get("/trames/nouvelle/"))
    assert f'value="{moment}"' in page
    typed = {"nom": "Un mot", "moment": moment, "voix": voice, "texte": "Bonjour. [un détail]"}
    assert desk.post("/trames/nouvelle/", typed).status_code == 302
    made = Template.objects.get(name="Un mot")
    assert (made.situation, made.step, made.occasion, made.tone, made.address) == told


def test_only_catching_up_has_reasons_and_only_an_answer_has_tones(desk: Client) -> None:
    page = body(desk.get("/trames/nouvelle/"))
    for nonsense in ("first_message.follow_up.1.silence", "keep_in_touch.follow_up.1.later"):
        assert f'value="{nonsense}"' not in page
        typed = {"nom": "Un mot", "moment": nonsense, "voix": "fr-vous", "texte": "Bonjour. [un détail]"}
        refused = desk.post("/trames/nouvelle/", typed)
        assert refused.status_code == 422
        assert 'id="moment-dit"' in body(refused), "the refusal is said beside the field"


@pytest.mark.parametrize(
    ("moment", "channel", "passes"),
    [
        ("linkedin_invitation.invitation_note.0", "linkedin", True),
        ("linkedin_invitation.invitation_note.0", "email", False),
        ("cv_database.double_call.0", "sms", True),
        ("cv_database.double_call.0", "inmail", False),
    ],
)
def test_a_channel_that_the_moment_does_not_have_is_refused(
    desk: Client, moment: str, channel: str, passes: bool
) -> None:
    typed = {"nom": "Un mot", "moment": moment, "voix": "fr-vous", "texte": "Bonjour. [un détail]"}
    answer = desk.post("/trames/nouvelle/", {**typed, "canaux": [channel]})
    assert answer.status_code == (302 if passes else 422)
    assert passes or 'id="canaux-dit"' in body(answer)
    if not passes:
        made = desk.post("/trames/nouvelle/", typed).headers["Location"]
        changed = desk.post(made, {**typed, "canaux": [channel], "canaux_dits": "1"})
        assert changed.status_code == 422, "neither later"
