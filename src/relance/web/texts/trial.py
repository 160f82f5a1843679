"""A template tried on somebody: filled, with what is left to write, and checked."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relance.accounts.models import Membership
from relance.cadence.guard import similarity
from relance.cadence.words import Channel, Situation
from relance.method.outreach.models import Outreach
from relance.method.outreach.queries import conversation, in_queue
from relance.method.writing.checks import CheckCode, Draft, Finding, Level, check
from relance.method.writing.models import Template
from relance.method.writing.syntax import Slot, Variable, fill, parse, variables
from relance.method.writing.variables import VARIABLES
from relance.method.writing.words import Language, Purpose
from relance.web.phrases.reasons import Setting
from relance.web.today.checks import Check, checks
from relance.web.today.pane import values_for

LOOKED_AT = 40
OFFERED = 12
# A template is bound to leave these open: they are for the day it is sent.
FOR_THE_DAY = {CheckCode.UNFILLED_SLOT, CheckCode.NO_PERSONAL_ELEMENT, CheckCode.NO_NEW_ANGLE}
INVENTED: Mapping[Language, Mapping[str, str]] = {
    Language.FR: {
        "first_name": "Camille", "last_name": "Hoarau", "company": "Pixadour", "role": "développeuse Android",
        "recruiter_first_name": "Maud", "recruiter_firm": "Cabinet Ormel", "signature": "Maud Keravel",
        "position": "lead mobile", "first_message_when": "mardi dernier", "source": "LinkedIn",
    },
    Language.EN: {
        "first_name": "Camille", "last_name": "Hoarau", "company": "Pixadour", "role": "Android developer",
        "recruiter_first_name": "Maud", "recruiter_firm": "Ormel", "signature": "Maud Keravel",
        "position": "mobile lead", "first_message_when": "last Tuesday", "source": "LinkedIn",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the filled text: `slot` and `variable` are still to be written."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Known:
    """One variable: how it is typed, what it gives here."""

    typed: str
    gives: str
    used: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """What a template gives on somebody."""

    on: str
    pieces: list[Piece]
    subject: str
    checks: list[Check]
    variables: list[Known]
    slots: int
    people: list[tuple[int, str, bool]]
    """On whom it may be tried: the outreach, the person, and whether it is the one shown."""


def try_on(
    member: Membership,
    template: Template,
    setting: Setting,
    *,
    subject: str,
    body: str,
    on: int | None = None,
) -> Trial:
    """Fill a text on somebody of the day's queue (`on`, by the outreach, else the first it suits), or on
    somebody invented.
    """
    language = Language(template.language)
    suited = _suited(member, template)
    outreach = next((row for row in suited if row.pk == on), next(iter(suited), None))
    if outreach is None:
        said, values = _("somebody invented"), dict(INVENTED[language])
    else:
        candidate = outreach.candidate
        said = _called(outreach)
        values = dict(values_for(member, outreach, conversation(member, candidate.pk), setting))
    filled = fill(body, values)
    pieces = [Piece(piece.source, _kind(piece)) for piece in parse(filled, values.values())]
    return Trial(
        on=said,
        pieces=pieces,
        subject=fill(subject, values),
        checks=checks(tuple(_findings(template, body, filled, fill(subject, values), values)), setting),
        variables=_variables(body, subject, values, language),
        slots=sum(piece.kind == "slot" for piece in pieces),
        people=[(row.pk, _called(row), row is outreach) for row in suited[:OFFERED]],
    )


def _called(outreach: Outreach) -> str:
    return ", ".join(part for part in (outreach.candidate.name, outreach.candidate.company) if part)


def _suited(member: Membership, template: Template) -> list[Outreach]:
    rows = in_queue(member).filter(candidate__language=template.language).select_related("candidate")
    waiting = list(rows[:LOOKED_AT])
    return [row for row in waiting if row.situation == template.situation] or waiting


def _kind(piece: object) -> str:
    if isinstance(piece, Slot):
        return "slot"
    return "variable" if isinstance(piece, Variable) else ""


def _findings(
    template: Template, body: str, filled: str, subject: str, values: Mapping[str, str]
) -> list[Finding]:
    """The checks on each channel it is for, each said once; a variable nobody knows is named."""
    found: dict[CheckCode, Finding] = {}
    purpose = Purpose(template.purpose)
    known_only = "".join(
        piece.source
        for piece in parse(filled, values.values())
        if not isinstance(piece, Variable) or piece.code is None
    )
    for code in template.channels.split(",") or [Channel.EMAIL]:
        draft = Draft(
            text=known_only,
            subject=subject,
            channel=Channel(code or Channel.EMAIL),
            language=Language(template.language),
            situation=Situation(template.situation or Situation.FIRST_MESSAGE),
            purpose=purpose,
            step=template.step,
            template=body,
            values=values,
            first_contact=purpose in {Purpose.FIRST_ACTION},
        )
        for finding in check(draft, similarity):
            if finding.code not in FOR_THE_DAY and (
                finding.code not in found or found[finding.code].level is Level.OK
            ):
                found[finding.code] = finding
    if CheckCode.TOO_LONG in found:
        found.pop(CheckCode.FITS, None)
    order = (Level.BLOCK, Level.TODO, Level.OK)
    return sorted(found.values(), key=lambda finding: order.index(finding.level))


def _variables(body: str, subject: str, values: Mapping[str, str], language: Language) -> list[Known]:
    """Those the text holds with their fallbacks, then the others that may be inserted."""
    used = {variable.code: variable for variable in (*variables(subject), *variables(body)) if variable.code}
    known = [
        Known(
            f"{{{VARIABLES[code].name(language)}}}",
            values.get(code, "") or (variable.fallback or "").strip("[]"),
            True,
        )
        for code, variable in used.items()
    ]
    known += [
        Known(f"{{{variable.name(language)}}}", values.get(code, ""), False)
        for code, variable in VARIABLES.items()
        if code not in used
    ]
    return known
