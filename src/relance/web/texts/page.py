"""The double page of the templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from relance.method.measure.template_rates import Sent, template_rates, version_rates
from relance.method.writing.drafts import WRITTEN
from relance.method.writing.models import Template, TemplateVersion
from relance.method.writing.queries import templates_in, versions_of
from relance.web.desk import DeskRequest
from relance.web.phrases.ages import ordinal
from relance.web.phrases.rates import Shown, shown
from relance.web.phrases.reasons import Setting, channel_name
from relance.web.texts.forms import NewTemplateForm, TemplateForm
from relance.web.texts.measured import measured
from relance.web.texts.names import ORDER, channels_named, first_channel, group_name, moment_name
from relance.web.texts.trial import try_on
from relance.web.today.page import setting_of

VOICES = {"fr-vous": ("fr", "vous"), "fr-tu": ("fr", "tu"), "en": ("en", "")}


@dataclass(frozen=True, slots=True)
class Row:
    """One text of the list."""

    template: Template
    says: str
    rate: Shown | None
    """What answered it; None where it asks for no answer or nothing was sent."""
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The texts of one situation."""

    title: str
    rows: list[Row]


def page(
    request: DeskRequest,
    template: Template | None,
    *,
    form: TemplateForm | None = None,
    beginning: NewTemplateForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the list and one text: the one asked, else the first; `form` is what was typed of it.

    `beginning` is a new text in the place of one that there is.
    """
    voice = voice_of(request, template)
    archived = "mises-de-cote" in request.GET if template is None else template.archived_at is not None
    language, address = VOICES[voice]
    rows = templates_in(request.member, language=language, address=address, archived=archived)
    opened = None if beginning else template or _first(rows)
    rates = template_rates(rows, now=request.now)
    context: dict[str, Any] = {
        "here": "templates",
        "groups": _groups(rows, rates, opened),
        "voices": _voices(voice, archived=archived),
        "voice": voice,
        "archived": archived,
        "opened": template is not None or beginning is not None,
        "beginning": beginning,
        "ways": [(channel, channel_name(channel)) for channel in WRITTEN],
        "template": opened,
    }
    if opened is not None:
        form = form or TemplateForm(
            initial={
                "nom": opened.name,
                "objet": opened.subject,
                "texte": opened.body,
                "canaux": [code for code in opened.channels.split(",") if code],
            }
        )
        subject, body = form.typed("objet"), form.typed("texte")
        context |= {
            "form": form,
            "name": form.typed("nom"),
            "subject": subject,
            "body": body,
            "moment": moment_name(opened),
            "situation": group_name(opened.situation),
            "channels": channels_named(opened),
            "has_subject": bool(opened.subject) or first_channel(opened) in {"email", "inmail"},
            "ticked": form.channels,
            "measured": measured(opened, rows, rates, setting_of(request)),
            "versions": _versions(opened, setting_of(request)),
            "trial": try_on(
                request.member, opened, setting_of(request), subject=subject, body=body, on=_on(request)
            ),
        }
    return render(request, "texts/texts.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Wording:
    """A former wording: `nth` in words, from when to when, and its text."""

    version: TemplateVersion
    nth: str
    since: str
    rate: Shown | None


def _versions(template: Template, setting: Setting) -> list[Wording]:
    versions = versions_of(template)
    rates = version_rates(template, versions, now=setting.now)
    return [
        Wording(
            version,
            ordinal(version.number),
            setting.on(version.since),
            shown(rates[version.number].answered) if version.number in rates else None,
        )
        for version in versions
    ]


def _on(request: DeskRequest) -> int | None:
    """On whom the text is tried, if somebody was chosen."""
    asked = request.POST.get("sur", "") or request.GET.get("sur", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None


def voice_of(request: DeskRequest, template: Template | None) -> str:
    """The voice asked for: the text's own, else the address's, else the member's."""
    asked = request.GET.get("voix", "")
    if template is not None:
        asked = "en" if template.language == "en" else f"fr-{template.address or 'vous'}"
    if asked in VOICES:
        return asked
    return "en" if request.member.user.language == "en" else "fr-vous"


def _voices(voice: str, *, archived: bool) -> list[dict[str, Any]]:
    names = {"fr-vous": _("French, vous"), "fr-tu": _("French, tu"), "en": _("English")}
    more = "&mises-de-cote" if archived else ""
    return [{"query": f"?voix={code}{more}", "name": names[code], "on": code == voice} for code in VOICES]


def _first(rows: list[Template]) -> Template | None:
    order = [*ORDER, ""]
    return min(rows, key=lambda row: (order.index(row.situation), rows.index(row)), default=None)


def _groups(rows: list[Template], rates: Mapping[int, Sent], opened: Template | None) -> list[Group]:
    groups = []
    for situation in (*ORDER, ""):
        own = [_row(row, rates, opened) for row in rows if row.situation == situation]
        if own:
            groups.append(Group(group_name(situation), own))
    return groups


def _row(template: Template, rates: Mapping[int, Sent], opened: Template | None) -> Row:
    return Row(
        template=template,
        says=", ".join(part for part in (moment_name(template), channels_named(template)) if part),
        rate=shown(rates[template.pk].answered) if template.pk in rates else None,
        current=opened is not None and template.pk == opened.pk,
    )
