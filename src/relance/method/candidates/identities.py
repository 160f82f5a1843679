"""Writing an identity in its one form, and the keyed fingerprint that recognises it later."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import filterfalse

import phonenumbers
from django.conf import settings

from relance.cadence.words import Channel
from relance.mail.addresses import BadAddress, on_the_wire
from relance.method.candidates.models import IdentityKind

MAIL = re.compile(r"[^@\s<>(),;:\"\[\]]+@[^@\s<>(),;:\"\[\]]+\.[^@\s<>(),;:\"\[\].]{2,}")
CHANNEL_ORDER = tuple(Channel)


class BadIdentity(ValueError):
    """What was given is no mail address or phone number (`kind` says which was wanted)."""

    def __init__(self, kind: IdentityKind, value: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.value = value


def mail_in_one_form(value: str) -> str:
    """Lower case, no blanks, NFC; its domain may have accents, not what stands before it. Raises BadIdentity."""
    mail = unicodedata.normalize("NFC", value).strip().strip("<>").lower()
    if len(mail) > 254 or not MAIL.fullmatch(mail):
        raise BadIdentity(IdentityKind.EMAIL, value)
    try:
        on_the_wire(mail)
    except BadAddress as error:
        raise BadIdentity(IdentityKind.EMAIL, value) from error
    return mail


def phone_in_one_form(value: str, region: str = "FR") -> str:
    """E.164; a French number may miss the 0 that a spreadsheet dropped. Raises BadIdentity."""
    digits = re.sub(r"\D", "", value)
    written = f"0{digits}" if region.startswith("FR") and len(digits) == 9 and "+" not in value else value
    try:
        number = phonenumbers.parse(written, region[:2])
    except phonenumbers.NumberParseException as error:
        raise BadIdentity(IdentityKind.PHONE, value) from error
    if not phonenumbers.is_possible_number(number):
        raise BadIdentity(IdentityKind.PHONE, value)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


WITHOUT_DOTS = {"gmail.com", "googlemail.com"}


def mail_alike(mail: str) -> str:
    """A mail address without what its server ignores: a `+tag`, and the dots of a Gmail name."""
    name, _, domain = mail.partition("@")
    name = name.partition("+")[0] or name
    if domain in WITHOUT_DOTS:
        return f"{name.replace('.', '')}@gmail.com"
    return f"{name}@{domain}"


def alike_of(kind: str, value: str) -> str:
    """The form in which two writings of one identity are the same; only mail addresses have several."""
    return mail_alike(value) if kind == IdentityKind.EMAIL else ""


LEGAL_FORMS = frozenset({
    "ab", "ag", "as", "bv", "corp", "eurl", "gie", "gmbh", "inc", "kg", "llc", "llp", "ltd", "limited", "nv", "oy",
    "plc", "sa", "sarl", "sas", "sasu", "sca", "sci", "scop", "se", "snc", "spa", "srl",
})  # fmt: skip


@lru_cache(maxsize=4_096)
def company_key(name: str) -> str:
    """A company's name in its one form: folded, without punctuation, legal form or `groupe`."""
    closed_up = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", fold(name))  # s.a.s. is one word
    words = re.sub(r"[^\w]+", " ", closed_up.replace("&", " et ")).split()
    kept = [word for word in words if word not in LEGAL_FORMS and word not in {"groupe", "group", "the"}]
    return " ".join(kept or words)[:200]


def receives_sms(phone: str) -> bool:
    """Whether an E.164 number may be a mobile one (a number of unknown type is given the benefit)."""
    kind = phonenumbers.number_type(phonenumbers.parse(phone))
    return kind not in {
        phonenumbers.PhoneNumberType.FIXED_LINE,
        phonenumbers.PhoneNumberType.VOIP,
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
    }


def channels_of(identities: Sequence[tuple[str, str]]) -> tuple[Channel, ...]:
    """The channels that those (kind, value) pairs open, in the house's order."""
    known: set[Channel] = set()
    for kind, value in identities:
        if kind in {IdentityKind.LINKEDIN, IdentityKind.LINKEDIN_MEMBER}:
            known.add(Channel.LINKEDIN)
        elif kind == IdentityKind.EMAIL:
            known.add(Channel.EMAIL)
        elif kind == IdentityKind.PHONE:
            known.add(Channel.CALL)
            if receives_sms(value):
                known.add(Channel.SMS)
    return tuple(channel for channel in CHANNEL_ORDER if channel in known)


def fold(*texts: str) -> str:
    """Texts as they are searched: lower case, without accents, blanks collapsed."""
    joined = " ".join(text for text in texts if text)
    if joined.isascii():
        return " ".join(joined.lower().split())
    bare = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", joined)))
    return " ".join(bare.casefold().split())


def fingerprint(organisation_id: int, kind: str, value: str) -> str:
    """The keyed digest of one identity in one organisation (LAW: objection lists hold no clear data)."""
    return fingerprints(organisation_id, kind, value)[0]


def fingerprints(organisation_id: int, kind: str, value: str) -> tuple[str, ...]:
    """The digest that is written, then those that former keys wrote: who they name is recognised too."""
    message = f"{organisation_id}\n{kind}\n{value}".encode()
    return tuple(
        hmac.new(key.encode(), message, hashlib.sha256).hexdigest() for key in settings.KEYS["fingerprint"]
    )
