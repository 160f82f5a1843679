"""The moments that templates are for, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relance.cadence.words import Channel, Occasion, Situation, Tone
from relance.method.writing.models import Template
from relance.method.writing.starters import load
from relance.method.writing.words import Purpose
from relance.web.phrases.reasons import channel_name, occasion_name, tone_name

ORDER = (
    Situation.LINKEDIN_INVITATION,
    Situation.FIRST_MESSAGE,
    Situation.CV_DATABASE,
    Situation.APPLICATION,
    Situation.KEEP_IN_TOUCH,
)


def group_name(situation: str) -> str:
    """The situation as the heading of its templates."""
    return (
        {
            Situation.LINKEDIN_INVITATION: _("LinkedIn invitation"),
            Situation.FIRST_MESSAGE: _("After a first message"),
            Situation.CV_DATABASE: _("After a CV database"),
            Situation.APPLICATION: _("After an application"),
            Situation.KEEP_IN_TOUCH: _("Catching up"),
        }.get(Situation(situation), "")
        if situation
        else _("Whatever the situation")
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """One moment of the method, as a template is made for it: `occasion` is the reason to catch up it is
    about, `tone` the answer it replies to; without either it serves for all of them.
    """

    situation: str
    purpose: Purpose
    step: int
    occasion: str = ""
    tone: str = ""

    @property
    def code(self) -> str:
        about = self.occasion or self.tone
        return f"{self.situation or 'toutes'}.{self.purpose}.{self.step}" + (f".{about}" if about else "")

    @property
    def rank(self) -> tuple[int, ...]:
        """The order of the method; what serves for all comes before what is for one occasion or answer."""
        return (
            [*ORDER, ""].index(self.situation),
            list(Purpose).index(self.purpose),
            self.step,
            [str(one) for one in Occasion].index(self.occasion) + 1 if self.occasion else 0,
            [str(one) for one in Tone].index(self.tone) + 1 if self.tone else 0,
        )


def _spots() -> dict[str, Spot]:
    """Every moment that the method has a text for, by its code, each also without occasion or answer."""
    found = {
        spot
        for one in load()
        for spot in (
            Spot(one.situation or "", one.purpose, one.step, str(one.occasion or ""), str(one.tone or "")),
            Spot(one.situation or "", one.purpose, one.step),
        )
    }
    return {spot.code: spot for spot in sorted(found, key=lambda spot: spot.rank)}


SPOTS = _spots()


def spots_in_words() -> list[tuple[str, str]]:
    """The moments as one chooses among them, each with its situation: a closed list shows its choice alone."""
    return [(code, f"{group_name(spot.situation)}, {_spot_called(spot)}") for code, spot in SPOTS.items()]


def _spot_called(spot: Spot) -> str:
    name = moment_called(spot.purpose, spot.step)
    siblings = [
        each
        for each in SPOTS.values()
        if (each.situation, each.purpose, each.step) == (spot.situation, spot.purpose, spot.step)
    ]
    if len(siblings) == 1:
        return name
    if spot.occasion or spot.tone:
        return f"{name}, {occasion_name(spot.occasion) if spot.occasion else tone_name(spot.tone)}"
    if any(each.tone for each in siblings):
        return _("%(moment)s, whatever they answered") % {"moment": name}
    return _("%(moment)s, whatever the reason") % {"moment": name}


def moment_name(template: Template) -> str:
    """What the text is for: « Relance 1 », « Note d’invitation »."""
    name = moment_called(template.purpose, template.step)
    about = occasion_name(template.occasion) if template.occasion else tone_name(template.tone)
    return f"{name}, {about}" if about else name


def moment_called(purpose: str, number: int) -> str:
    """A moment of the method in words."""
    step = {"step": number}
    return {
        Purpose.FIRST_ACTION: _("First message"),
        Purpose.DOUBLE_CALL: _("Doubling a call"),
        Purpose.FOLLOW_UP: _("Follow-up %(step)s") % step,
        Purpose.WENT_QUIET: _("After an exchange, word %(step)s") % step,
        Purpose.YOUR_TURN: _("Your answer"),
        Purpose.INVITATION_NOTE: _("Invitation note"),
        Purpose.REFUSAL: _("Saying no"),
    }[Purpose(purpose)]


def channels_named(template: Template) -> str:
    """« LinkedIn, mail ou InMail »."""
    return joined(channel_name(code) for code in template.channels.split(",") if code)


def joined(names: Iterable[str]) -> str:
    found = list(names)
    if len(found) < 2:
        return "".join(found)
    return _("%(some)s or %(last)s") % {"some": ", ".join(found[:-1]), "last": found[-1]}


def first_channel(template: Template) -> Channel:
    codes = [code for code in template.channels.split(",") if code]
    return Channel(codes[0]) if codes else Channel.EMAIL
