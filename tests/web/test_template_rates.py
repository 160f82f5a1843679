"""What answered a template: which messages count, for which wording, and what the page says of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from relance.accounts.models import Membership
from relance.cadence.words import Channel, Kind, Situation
from relance.method.measure.template_rates import NOTHING, template_rates, version_rates
from relance.method.outreach.actions import open_outreach, record
from relance.method.outreach.facts import Entry
from relance.method.outreach.models import Event, Outreach, Permit
from relance.method.writing.models import Template
from relance.method.writing.queries import versions_of
from tests.people import answered_by, candidate, written_to
from tests.web.test_texts import body, of_the_day, save

A_MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def _at_that_moment(now: datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def template(member: Membership, now: datetime) -> Template:
    """A follow-up kept long ago."""
    row = of_the_day(member)
    Template.objects.filter(organisation=member.organisation).update(changed_at=now - timedelta(days=300))
    row.refresh_from_db()
    return row


def sent_with(
    template: Template, member: Membership, now: datetime, number: int, *, ago: timedelta = A_MONTH
) -> Outreach:
    person = candidate(
        member, now, f"Personne Numéro{number}", identities=(("email", f"numero{number}@exemple.example"),)
    )
    sent = Entry(
        Kind.MESSAGE_SENT,
        at=now - ago,
        channel=Channel.EMAIL,
        text=f"Mot {number}.",
        template=str(template.pk),
    )
    return open_outreach(
        member=member, candidate=person, entries=[sent],
        situation=Situation.FIRST_MESSAGE, now=now,
    )  # fmt: skip


def figures(template: Template, now: datetime) -> tuple[int, int, int]:
    """Judged, answered, too young."""
    sent = template_rates([template], now=now).get(template.pk, NOTHING)
    return sent.answered.of, sent.answered.successes, sent.young


@pytest.mark.database
def test_an_answer_counts_for_the_message_it_follows(
    member: Membership, template: Template, now: datetime
) -> None:
    answered, silent, late, wrong = (sent_with(template, member, now, number) for number in range(4))
    answered_by(answered, member, now - timedelta(days=28), now)
    other = Entry(Kind.MESSAGE_SENT, at=now - timedelta(days=20), channel=Channel.EMAIL, text="Autre chose.")
    record(outreach=late, entries=[other], now=now, member=member)
    answered_by(late, member, now - timedelta(days=19), now)
    assert figures(template, now) == (4, 1, 0), "the late answer is the other message's"
    sent = wrong.events.get(kind=Kind.MESSAGE_SENT)
    record(outreach=wrong, entries=[Entry(Kind.RETRACTED, at=now, of=sent.pk)], now=now, member=member)
    assert figures(template, now) == (3, 1, 0), "what was taken back was never sent"
    answered_by(silent, member, now - timedelta(days=1), now)
    assert figures(template, now) == (3, 2, 0), "an answer counts whenever it comes"


@pytest.mark.database
def test_the_young_are_told_apart_answered_or_not_and_the_old_left_out(
    member: Membership, template: Template, now: datetime
) -> None:
    for number, days in enumerate((13, 13, 14, 200, 299, 366)):
        made = sent_with(template, member, now, number, ago=timedelta(days=days))
        if number == 0:
            answered_by(made, member, now - timedelta(days=1), now)
    assert figures(template, now) == (3, 0, 2)


@pytest.mark.database
def test_a_new_wording_begins_anew_and_the_former_keeps_its_figures(
    desk: Client, member: Membership, template: Template, now: datetime
) -> None:
    answered_by(sent_with(template, member, now, 1), member, now - timedelta(days=28), now)
    save(desk, template, texte="Un deuxième texte, {prénom}. [un détail]")
    template.refresh_from_db()
    assert figures(template, now) == (0, 0, 0)
    versions = versions_of(template)
    first = version_rates(template, versions, now=now)[1]
    assert (first.answered.of, first.answered.successes) == (1, 1)
    assert "1 sur 30" in body(desk.get(f"/trames/{template.pk}/")).split("Versions")[1]


def test_the_page_says_a_rate_from_thirty_on_and_never_before(
    desk: Client, member: Membership, template: Template, now: datetime
) -> None:
    assert "Personne n’a encore reçu ce texte" in body(desk.get(f"/trames/{template.pk}/"))
    for number in range(29):
        made = sent_with(template, member, now, number)
        if number < 9:
            answered_by(made, member, now - timedelta(days=28), now)
    page = body(desk.get(f"/trames/{template.pk}/"))
    assert "29 sur 30" in page
    assert "Il en manque 1 pour un taux" in page
    assert "whisker" not in page
    sent_with(template, member, now, 29)
    page = body(desk.get(f"/trames/{template.pk}/"))
    assert "30\u00a0%" in page
    assert "17–48\u00a0%" in page, "Wilson's interval of 9 in 30"
    assert "9 sur 30" in page


def test_what_answers_or_turns_down_has_no_rate(desk: Client, member: Membership, now: datetime) -> None:
    rows = Template.objects.filter(organisation=member.organisation, purpose__in=["your_turn", "refusal"])
    for row in rows.order_by("pk")[:3]:
        sent_with(row, member, now + timedelta(minutes=1), row.pk, ago=timedelta(0))
    assert template_rates(list(rows), now=now + timedelta(days=40)) == {}
    row = rows.order_by("pk")[0]
    assert 'id="mesure"' not in body(desk.get(f"/trames/{row.pk}/"))


@pytest.mark.parametrize(
    ("rewritten", "counts"),
    [
        (lambda text: text.replace("[", "").replace("]", ""), True),
        (lambda text: f"Une phrase à moi, devant.\n\n{text}".replace("[", "").replace("]", ""), True),
        (
            lambda text: "Bonjour Inès,\n\nJ’ai lu votre dépôt sur les files d’attente. En parlerait-on ?",
            False,
        ),
    ],
)
def test_what_is_written_anew_counts_for_no_template(
    desk: Client, member: Membership, now: datetime, rewritten: Any, counts: bool
) -> None:
    outreach = written_to(member, now)
    row = of_the_day(member)
    save(
        desk,
        row,
        texte="Bonjour {prénom},\n\nL’équipe publie ses salaires et choisit ses horaires. [un détail] ?",
    )
    page = body(desk.post(f"/aujourdhui/{outreach.pk}/texte/", {"trame": str(row.pk), "retrame": "1"}))
    offered = page.split('<textarea name="depart"')[1].split(">", 1)[1].split("</textarea>")[0]
    typed = {"trame": str(row.pk), "texte": rewritten(offered), "canal_actuel": "email", "objet": "Re"}
    desk.post(f"/aujourdhui/{outreach.pk}/permis/", typed)
    desk.post(f"/aujourdhui/permis/{Permit.objects.get().pk}/", {"issue": "envoye"})
    sent = Event.objects.filter(outreach=outreach).latest("pk")
    assert sent.kind == Kind.MESSAGE_SENT
    assert sent.template == (str(row.pk) if counts else "")
