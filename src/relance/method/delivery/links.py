"""What each channel needs to be used by hand: an address that opens the right program, or a QR code."""

from dataclasses import dataclass
from urllib.parse import quote

import qrcode
from qrcode.constants import ERROR_CORRECT_L

from relance.cadence.words import Channel
from relance.method.candidates.models import Identity, IdentityKind

# Beyond this, phones' cameras and some mail programs give up: the text is copied instead.
LONGEST_MAILTO = 1800
LONGEST_QR = 700


@dataclass(frozen=True, slots=True)
class Handoff:
    """How one message leaves by hand. `carries_text`: the address brings the text along."""

    channel: Channel
    address: str
    carries_text: bool
    to: str


def linkedin_profile(slug: str) -> str:
    """The address of a profile by its slug or member id."""
    return f"https://www.linkedin.com/in/{quote(slug, safe='')}/"


def handoff(channel: Channel, identities: list[Identity], *, subject: str, text: str) -> Handoff | None:
    """How to hand a message over on a channel, or None when the person is not known there."""
    to = reached_at(channel, identities)
    if not to:
        return None
    if channel is Channel.EMAIL:
        whole = f"mailto:{quote(to, safe='@+')}?subject={quote(subject)}&body={_lines(text)}"
        if len(whole) <= LONGEST_MAILTO:
            return Handoff(channel, whole, True, to)
        return Handoff(channel, f"mailto:{quote(to, safe='@+')}?subject={quote(subject)}", False, to)
    if channel is Channel.SMS:
        return Handoff(channel, f"sms:{to}?&body={_lines(text)}", True, to)
    if channel is Channel.CALL:
        return Handoff(channel, f"tel:{to}", False, to)
    return Handoff(channel, linkedin_profile(to), False, to)


def reached_at(channel: Channel, identities: list[Identity]) -> str:
    """The address, number or slug by which a channel reaches the person; empty when it does not."""
    kinds = {
        Channel.EMAIL: (IdentityKind.EMAIL,),
        Channel.SMS: (IdentityKind.PHONE,),
        Channel.CALL: (IdentityKind.PHONE,),
    }.get(channel, (IdentityKind.LINKEDIN, IdentityKind.LINKEDIN_MEMBER))
    for kind in kinds:
        for identity in identities:
            if identity.kind == kind:
                return identity.value
    return ""


def _lines(text: str) -> str:
    return quote(text.replace("\r\n", "\n").replace("\n", "\r\n"))


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code as one SVG path on a square of `size` units, quiet zone included."""

    size: int
    path: str


def qr_code(address: str) -> Picture | None:
    """The code that a phone's camera opens as `address`, or None when it is too long to be read well."""
    if len(address) > LONGEST_QR:
        return None
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_L, border=2)
    code.add_data(address)
    code.make(fit=True)
    matrix = code.get_matrix()
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, on in enumerate(row) if on)
    return Picture(len(matrix), "".join(dark))
