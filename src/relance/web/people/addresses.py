"""Addresses as they are typed or pasted: LinkedIn profiles, mails, phones."""

import re

from relance.imports.area_words import KeyKind
from relance.imports.linkedin.profile_url import profile_key
from relance.method.candidates.identities import BadIdentity, mail_in_one_form, phone_in_one_form
from relance.method.candidates.models import IdentityKind

BETWEEN = re.compile(r"[,;\n]+")
SLUG = re.compile(r"(?:in/)?([\w%-]{3,100})/?", re.UNICODE)
PHONE = re.compile(r"\+?[\d\s().-]{6,}")
KINDS = {KeyKind.LINKEDIN_SLUG: IdentityKind.LINKEDIN, KeyKind.LINKEDIN_MEMBER: IdentityKind.LINKEDIN_MEMBER}


class UnreadAddress(ValueError):
    """A part that is no address."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def identities_in(typed: str, region: str) -> tuple[tuple[str, str], ...]:
    """The (kind, value) pairs of addresses parted by commas, semicolons or lines. Raises UnreadAddress."""
    parts = (part.strip() for part in BETWEEN.split(typed))
    return tuple(dict.fromkeys(identity_in(part, region) for part in parts if part))


def identity_in(part: str, region: str) -> tuple[str, str]:
    """What one address is, in its one form. Raises UnreadAddress."""
    try:
        if "@" in part and "/" not in part:
            return IdentityKind.EMAIL.value, mail_in_one_form(part)
        if PHONE.fullmatch(part):
            return IdentityKind.PHONE.value, phone_in_one_form(part, region)
    except BadIdentity as error:
        raise UnreadAddress(part) from error
    return linkedin_in(part)


def linkedin_in(part: str) -> tuple[str, str]:
    """A profile's address, or the end of it. Raises UnreadAddress."""
    short = SLUG.fullmatch(part)
    key = profile_key(f"https://www.linkedin.com/in/{short[1]}" if short else part)
    if key is None:
        raise UnreadAddress(part)
    return KINDS[key.kind].value, key.value[:254]
