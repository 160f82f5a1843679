"""What a domain's DNS says of its mail: who takes it, who may send it, what a forged one deserves."""

from dataclasses import dataclass

import dns.exception
import dns.resolver

from relance.mail.sending import is_this_machine

SHORT = 2.0
"""Seconds for one question; a page waits for these."""
SELECTORS = (
    "google", "selector1", "selector2", "default", "s1", "s2", "k1", "mail", "dkim", "ovh", "ionos", "gandi",
    "protonmail", "zoho", "fm1", "mx", "smtp", "email", "key1",
)  # fmt: skip
"""Where a signing key usually stands; its absence there proves nothing."""


class NoAnswer(Exception):
    """DNS did not answer: nothing can be said."""


@dataclass(frozen=True, slots=True)
class Records:
    """What was found; None where DNS did not answer. `signs` is None too where no usual selector has a key."""

    spf: str | None
    dmarc: str | None
    signs: bool | None


def mx_of(domain: str) -> list[str]:
    """The hosts that take a domain's mail, the first choice first; empty where there is none or no answer."""
    try:
        found = _resolver().resolve(domain, "MX")
    except (dns.exception.DNSException, OSError, UnicodeError):
        return []
    return [str(each.exchange) for each in sorted(found, key=lambda one: int(one.preference))]


def records_of(domain: str) -> Records:
    """SPF (RFC 7208), DMARC (RFC 7489) and whether a usual DKIM selector holds a key (RFC 6376)."""
    if not domain or is_this_machine(domain):
        return Records(None, None, None)
    return Records(
        spf=_first(domain, "v=spf1"),
        dmarc=_first(f"_dmarc.{domain}", "v=dmarc1"),
        signs=_signs(domain),
    )


def _first(name: str, begins: str) -> str | None:
    try:
        return next((text for text in _texts(name) if text.lower().startswith(begins)), "")
    except NoAnswer:
        return None


def _signs(domain: str) -> bool | None:
    try:
        for selector in SELECTORS:
            if any("p=" in text for text in _texts(f"{selector}._domainkey.{domain}")):
                return True
    except NoAnswer:
        return None
    return None


def _texts(name: str) -> list[str]:
    try:
        found = _resolver().resolve(name, "TXT")
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError, UnicodeError) as error:
        raise NoAnswer from error
    return [b"".join(each.strings).decode("utf-8", "replace") for each in found]


def _resolver() -> dns.resolver.Resolver:
    try:
        resolver = dns.resolver.Resolver()
    except dns.exception.DNSException as error:
        raise NoAnswer from error
    resolver.timeout = resolver.lifetime = SHORT
    return resolver
