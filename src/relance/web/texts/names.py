"""The moments that templates are for, in words."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from relance.cadence.words import Channel, Situation
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


def _moments() -> dict[str, tuple[str, str, int]]:
    """Every moment that the method has a text for, by a code, in the order of the method."""
    found = {(one.situation or "", str(one.purpose), one.step) for one in load()}
    order = [*ORDER, ""]
    ranked = sorted(
        found, key=lambda each: (order.index(each[0]), list(Purpose).index(Purpose(each[1])), each[2])
    )
    return {
        f"{situation or 'toutes'}.{purpose}.{step}": (situation, purpose, step)
        for situation, purpose, step in ranked
    }


MOMENTS = _moments()


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
