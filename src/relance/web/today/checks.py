"""The findings of a draft, each as a sentence with its remedy."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relance.method.writing.checks import CheckCode, Finding, Level
from relance.method.writing.variables import code_of
from relance.web.phrases.reasons import Setting

SHOWN = 4
ICONS = {
    CheckCode.EMPTY: "slot",
    CheckCode.UNRESOLVED_VARIABLE: "slot",
    CheckCode.UNFILLED_SLOT: "slot",
    CheckCode.SAME_TEXT: "same",
    CheckCode.RESEMBLES: "same",
    CheckCode.NO_PERSONAL_ELEMENT: "slot",
}


def family_name(family: str) -> str:
    """What a remark is about, in a word."""
    return {
        "health": _("Health"), "family": _("Family"), "origin": _("Origin"), "beliefs": _("Beliefs"),
        "life": _("Private life"), "age": _("Age"), "looks": _("Looks"), "offences": _("Offences"),
        "disrespect": _("Disrespect"),
    }[family]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    level: str
    icon: str
    says: str
    remedy: str
    target: str
    button: str = ""
    """Of a remedy that is done at once: the composer's field that asks for it."""


LEFT_TO_WRITE = {CheckCode.EMPTY, CheckCode.UNRESOLVED_VARIABLE, CheckCode.UNFILLED_SLOT}


def blocked_says(findings: tuple[Finding, ...]) -> str:
    """Why a message does not leave as it stands."""
    if any(finding.code in LEFT_TO_WRITE for finding in findings):
        return _("Nothing leaves yet: see what is left to write.")
    return _("Nothing leaves yet: see the checks of the message.")


def checks(
    findings: tuple[Finding, ...], setting: Setting, *, has_angles: bool = False, has_others: bool = True
) -> list[Check]:
    """At most four, the blocking first; `has_others`: another template could be chosen."""
    told: dict[tuple[str, str], Check] = {}
    for finding in findings:
        check = _check(finding, setting, has_angles, has_others)
        told.setdefault((check.says, check.target), check)
    return list(told.values())[:SHOWN]


def _check(finding: Finding, setting: Setting, has_angles: bool, has_others: bool) -> Check:
    icon = "check" if finding.level is Level.OK else ICONS.get(finding.code, "alert")
    remedy, target = _remedy(finding, has_angles, has_others)
    if finding.code is CheckCode.SMS_COSTS:
        return Check(str(finding.level), icon, _says(finding, setting), _("Make it plain"), "", "sms_sur")
    return Check(str(finding.level), icon, _says(finding, setting), remedy, target)


def _says(finding: Finding, setting: Setting) -> str:
    v: dict[str, Any] = dict(finding.values)
    code = finding.code
    if code is CheckCode.UNRESOLVED_VARIABLE:
        return _("To complete: %(mark)s") % v
    if code is CheckCode.SAME_TEXT:
        return _("The same text was sent to them %(when)s") % {"when": setting.on(v["sent_at"])}
    if code is CheckCode.RESEMBLES:
        return _("%(percent)s %% like the message sent %(when)s") % {
            "percent": v["percent"], "when": setting.on(v["sent_at"])
        }  # fmt: skip
    if code in {CheckCode.TOO_LONG, CheckCode.FITS}:
        return _length(finding)
    if code is CheckCode.COPY_PASTE:
        return (
            ngettext(
                "The same words went to %(count)s other person lately: they compare",
                "The same words went to %(count)s other people lately: they compare",
                v["count"],
            )
            % v
        )
    if code is CheckCode.SMS_COSTS:
        return _("Accents and curly quotes make it %(count)s text messages instead of %(safe)s") % v
    if code is CheckCode.SENSITIVE:
        return _("%(family)s: “%(words)s” is not to be written of a person") % {
            "family": family_name(v["family"]), "words": v["words"]
        }  # fmt: skip
    return {
        CheckCode.EMPTY: _("Nothing is written yet"),
        CheckCode.UNFILLED_SLOT: _("Personal detail to write"),
        CheckCode.NO_PERSONAL_ELEMENT: _("Nothing of your own in it yet"),
        CheckCode.NO_NEW_ANGLE: _("No new angle since the earlier messages"),
        CheckCode.REPROACH: _(
            "“%(words)s” sounds like a reproach: they owe you no answer. Say what is new instead"
        ),
        CheckCode.PRESSURE: _(
            "“%(words)s” puts on pressure: whoever is hurried says no. Leave them the choice"
        ),
        CheckCode.PAST_PAY: _("“%(words)s”: what they earn is not to be asked. Give your range instead"),
        CheckCode.MIXED_ADDRESS: _("“Tu” and “vous” do not go together"),
        CheckCode.SEVERAL_QUESTIONS: _("Several questions: one is easier to answer"),
        CheckCode.NO_QUESTION: _("No question: that is harder to answer"),
        CheckCode.NO_NOTICE: _("A first message says where the details come from, and that one may object"),
        CheckCode.PERSONAL_ELEMENT: _("Personal detail written"),
    }[code] % v


def _length(finding: Finding) -> str:
    v: dict[str, Any] = dict(finding.values)
    if finding.code is CheckCode.TOO_LONG:
        if v["unit"] == "segments":
            return _("Too long: %(count)s text messages, %(limit)s at most") % v
        return _("Too long: %(count)s characters, %(limit)s at most") % v
    if v["unit"] == "segments":
        return ngettext("%(count)s text message", "%(count)s text messages", v["count"]) % v
    return _("Length right for this channel")


MINE = {"recruiter_first_name", "signature"}


def _remedy(finding: Finding, has_angles: bool, has_others: bool) -> tuple[str, str]:
    if finding.level is Level.OK:
        return "", ""
    if finding.code is CheckCode.UNRESOLVED_VARIABLE:
        variable = code_of(str(finding.values["mark"]).strip("{}"))
        if variable == "position":
            return _("Name the position"), "#sujet"
        if variable == "recruiter_firm":
            return _("Name your firm"), reverse("firm")
        if variable in MINE:
            return _("Say your name"), reverse("account")
    another = (
        (_("Choose another template"), "#trame") if has_others else (_("Write it in your words"), "#texte")
    )
    return {
        CheckCode.EMPTY: (_("Write it"), "#texte"),
        CheckCode.UNFILLED_SLOT: (_("Write it"), "#texte"),
        CheckCode.UNRESOLVED_VARIABLE: (_("Complete it"), "#texte"),
        CheckCode.SAME_TEXT: another,
        CheckCode.RESEMBLES: another,
        CheckCode.NO_NEW_ANGLE: (_("Choose another angle"), "#angles") if has_angles else another,
        CheckCode.COPY_PASTE: (_("Write something of theirs"), "#texte"),
    }.get(finding.code, (_("Change the text"), "#texte"))
