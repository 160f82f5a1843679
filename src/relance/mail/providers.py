"""The servers of a mail address: by its domain, by who takes its mail (MX), else by the usual names.

Figures of the providers' own help pages, November 2026. What is guessed is shown and can be changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from relance.mail.sending import Security, Server


class Needs(StrEnum):
    """What a provider asks for instead of the usual password."""

    PASSWORD = "password"  # noqa: S105
    APP_PASSWORD = "app_password"  # noqa: S105
    """A password made for one program, once two-step sign-in is on."""
    GOOGLE = "google"
    """An app password, or the firm's own OAuth2 client."""
    MICROSOFT = "microsoft"
    """OAuth2 alone: passwords were switched off."""
    BRIDGE = "bridge"
    """A program on the same machine."""
    IMAP_ON = "imap_on"
    """The usual password, once IMAP is switched on in the mailbox."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where a mailbox is read and sent from. `files_sent`: what leaves is filed by the provider itself."""

    name: str
    imap: Server
    smtp: Server
    needs: Needs = Needs.PASSWORD
    files_sent: bool = False
    help_at: str = ""


def _tls(imap: str, smtp: str, port: int = 465) -> tuple[Server, Server]:
    kind = Security.TLS if port == 465 else Security.STARTTLS
    return Server(imap, 993, Security.TLS), Server(smtp, port, kind)


def _provider(name: str, imap: str, smtp: str, port: int = 465, **more: object) -> Provider:
    incoming, outgoing = _tls(imap, smtp, port)
    return Provider(name, incoming, outgoing, **more)  # type: ignore[arg-type]


GOOGLE = _provider(
    "Google", "imap.gmail.com", "smtp.gmail.com", needs=Needs.GOOGLE, files_sent=True,
    help_at="https://myaccount.google.com/apppasswords",
)  # fmt: skip
MICROSOFT = _provider(
    "Microsoft", "outlook.office365.com", "smtp.office365.com", 587, needs=Needs.MICROSOFT, files_sent=True
)
ORANGE = _provider("Orange", "imap.orange.fr", "smtp.orange.fr")
FREE = _provider("Free", "imap.free.fr", "smtp.free.fr")
SFR = _provider("SFR", "imap.sfr.fr", "smtp.sfr.fr")
LAPOSTE = _provider("La Poste", "imap.laposte.net", "smtp.laposte.net", needs=Needs.IMAP_ON)
BOUYGUES = _provider("Bouygues Telecom", "imap4.bbox.fr", "smtp.bbox.fr", 587)
YAHOO = _provider(
    "Yahoo", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", needs=Needs.APP_PASSWORD, files_sent=True,
    help_at="https://login.yahoo.com/account/security",
)  # fmt: skip
ICLOUD = _provider(
    "iCloud", "imap.mail.me.com", "smtp.mail.me.com", 587, needs=Needs.APP_PASSWORD,
    help_at="https://account.apple.com/account/manage",
)  # fmt: skip
OVH = _provider("OVHcloud", "ssl0.ovh.net", "ssl0.ovh.net")
GANDI = _provider("Gandi", "mail.gandi.net", "mail.gandi.net")
IONOS = _provider("Ionos", "imap.ionos.fr", "smtp.ionos.fr")
INFOMANIAK = _provider("Infomaniak", "mail.infomaniak.com", "mail.infomaniak.com", needs=Needs.APP_PASSWORD)
GMX = _provider("GMX", "imap.gmx.com", "mail.gmx.com", 587, needs=Needs.IMAP_ON)
ZOHO = _provider("Zoho", "imap.zoho.eu", "smtp.zoho.eu", needs=Needs.APP_PASSWORD, files_sent=True)
FASTMAIL = _provider(
    "Fastmail", "imap.fastmail.com", "smtp.fastmail.com", needs=Needs.APP_PASSWORD, files_sent=True
)
MAILO = _provider("Mailo", "mail.mailo.com", "mail.mailo.com", needs=Needs.APP_PASSWORD)
PROTON = Provider(
    "Proton",
    Server("127.0.0.1", 1143, Security.STARTTLS),
    Server("127.0.0.1", 1025, Security.STARTTLS),
    Needs.BRIDGE,
)

BY_DOMAIN: dict[str, Provider] = {
    **dict.fromkeys(("gmail.com", "googlemail.com"), GOOGLE),
    **dict.fromkeys(
        ("outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.com", "live.fr", "msn.com"),
        MICROSOFT,
    ),
    **dict.fromkeys(("orange.fr", "wanadoo.fr"), ORANGE),
    **dict.fromkeys(("free.fr",), FREE),
    **dict.fromkeys(("sfr.fr", "neuf.fr", "cegetel.net", "club-internet.fr", "numericable.fr"), SFR),
    **dict.fromkeys(("laposte.net",), LAPOSTE),
    **dict.fromkeys(("bbox.fr",), BOUYGUES),
    **dict.fromkeys(("yahoo.com", "yahoo.fr", "ymail.com", "rocketmail.com"), YAHOO),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), ICLOUD),
    **dict.fromkeys(("gmx.com", "gmx.fr", "gmx.net", "gmx.de"), GMX),
    **dict.fromkeys(("ik.me", "infomaniak.com"), INFOMANIAK),
    **dict.fromkeys(("zoho.com", "zohomail.eu", "zoho.eu"), ZOHO),
    **dict.fromkeys(("fastmail.com", "fastmail.fm"), FASTMAIL),
    **dict.fromkeys(("mailo.com", "netcourrier.com"), MAILO),
    **dict.fromkeys(("proton.me", "protonmail.com", "pm.me"), PROTON),
}
BY_MX: tuple[tuple[str, Provider], ...] = (
    (".google.com", GOOGLE),
    (".googlemail.com", GOOGLE),
    (".mail.protection.outlook.com", MICROSOFT),
    (".mx.microsoft", MICROSOFT),
    (".ovh.net", OVH),
    (".gandi.net", GANDI),
    (".ionos.fr", IONOS),
    (".kundenserver.de", IONOS),
    (".1and1.com", IONOS),
    (".infomaniak.ch", INFOMANIAK),
    (".infomaniak.com", INFOMANIAK),
    (".zoho.eu", ZOHO),
    (".messagingengine.com", FASTMAIL),
    (".protonmail.ch", PROTON),
    (".orange.fr", ORANGE),
    (".laposte.net", LAPOSTE),
    (".mail.icloud.com", ICLOUD),
)


def guess(address: str, mx_of: Callable[[str], Iterable[str]]) -> Provider:
    """The servers of an address. `mx_of` gives the hosts that take a domain's mail; it may give none."""
    domain = address.rpartition("@")[2].strip().lower()
    if domain in BY_DOMAIN:
        return BY_DOMAIN[domain]
    for host in mx_of(domain):
        bare = "." + host.strip().rstrip(".").lower()
        for ending, provider in BY_MX:
            if bare.endswith(ending):
                return provider
    return replace(_provider(domain, f"imap.{domain}", f"smtp.{domain}"), name="")
