"""Tags of the notebook: icons, ages, and sentences from codes."""

from datetime import datetime
from functools import cache

from allauth.mfa.models import Authenticator
from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from relance.accounts.providers import Provider
from relance.method.delivery.links import Picture, qr_code
from relance.method.outreach.models import Outreach
from relance.web.phrases import ages
from relance.web.phrases.marks import marks

register = template.Library()
_sprite: list[SafeString] = []


@register.simple_tag
@cache
def icon(name: str, extra: str = "") -> SafeString:
    """One drawing of the sprite; `extra` is one more class (`i--s`)."""
    box = "0 0 28 20" if name == "logo" else "0 0 20 20"
    return format_html(
        '<svg class="i {}" viewBox="{}" aria-hidden="true"><use href="#i-{}"/></svg>', extra, box, name
    )


@register.simple_tag
def decided(outreach: Outreach | None) -> SafeString:
    """The marks of the element that shows an outreach's decision."""
    return marks(outreach)


@register.simple_tag
def sprite() -> SafeString:
    """All drawings, once a page: a part that htmx brings later finds its own there."""
    if not _sprite:
        _sprite.append(render_to_string("shell/sprite.html"))
    return _sprite[0]


class Unchanging(template.Node):
    """What `unchanging` encloses, as it was drawn in each language."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        self.drawn: dict[str, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        language = translation.get_language() or ""
        if language not in self.drawn:
            blank = template.Context()
            blank.template = context.template
            self.drawn[language] = self.nodelist.render(blank)
        return self.drawn[language]


@register.tag
def unchanging(parser: Parser, token: Token) -> Unchanging:
    """A part that says the same to everybody: drawn once a language, with nothing of the page in hand."""
    nodelist = parser.parse(("endunchanging",))
    parser.delete_first_token()
    return Unchanging(nodelist)


@register.filter
def since(moment: datetime | None, now: datetime) -> str:
    """How long ago, as the margin says it: « 17 h », « 48 h », « 4 j »."""
    return ages.since(moment, now) if moment else ""


@register.simple_tag
def providers() -> tuple[Provider, ...]:
    """The providers through which one may come in here."""
    found: tuple[Provider, ...] = settings.OIDC_PROVIDERS
    return found


@register.simple_tag
def passkeys_are_used() -> bool:
    """Whether anybody here has a passkey: else the sign-in page shows no such door."""
    return bool(Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists())


@register.simple_tag
def qr(address: str) -> Picture | None:
    """A QR code as a path of our own drawing: the policy of the page loads no picture from a text."""
    return qr_code(address)
