"""The angles and personal elements beside the composer: to tell, chosen, told."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relance.method.writing.models import ElementKind
from relance.method.writing.tellings import Tellable
from relance.web.phrases.reasons import Setting


@dataclass(frozen=True, slots=True)
class Told:
    """One button, or one struck word: `on` is when it was told."""

    key: str
    name: str
    text: str
    chosen: bool
    on: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What one may still tell comes first; what was told stays, struck."""

    angles: list[Told]
    elements: list[Told]

    @property
    def chosen(self) -> list[str]:
        return [each.key for each in (*self.angles, *self.elements) if each.chosen]


def offered(tellables: Iterable[Tellable], setting: Setting) -> Offered:
    """The rows of buttons for what may be told."""
    fresh_first = sorted(tellables, key=lambda each: each.told_at is not None)
    rows = [(each.is_angle, _told(each, setting)) for each in fresh_first]
    return Offered(
        [row for is_angle, row in rows if is_angle], [row for is_angle, row in rows if not is_angle]
    )


def _told(each: Tellable, setting: Setting) -> Told:
    name = each.name if each.is_angle else f"{kind_name(each.name)} · {_short(each.text)}"
    on = setting.on(each.told_at) if each.told_at else ""
    return Told(each.key, name, each.text, each.chosen and not on, on)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:38].rstrip()}…"


def kind_name(code: str) -> str:
    """What sort of personal element it is."""
    return {
        ElementKind.TALK: _("Talk"),
        ElementKind.REPOSITORY: _("Repository"),
        ElementKind.ARTICLE: _("Article"),
        ElementKind.FORMER_EMPLOYER: _("Former employer"),
        ElementKind.SHARED_CONTACT: _("Shared contact"),
        ElementKind.OTHER: _("Other"),
    }[ElementKind(code)]
