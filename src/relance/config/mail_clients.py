"""The firm's own clients at Google and Microsoft, by which mailboxes are entered without a password."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from relance.config.keys import secret_in
from relance.mail.oauth import Client

GOOGLE = "https://accounts.google.com"
MICROSOFT = "https://login.microsoftonline.com"
SCOPES = {
    "google": ("https://mail.google.com/",),
    "microsoft": (
        "https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send",
        "offline_access",
    ),
}  # fmt: skip
ASKS = {"google": {"access_type": "offline", "prompt": "consent"}, "microsoft": {}}
LABELS = {"google": "Google", "microsoft": "Microsoft"}


def mail_clients(source: Mapping[str, str], start: str, *, check_mode: bool) -> tuple[Client, ...]:
    """Those that the environment names, in variables that begin with `start`.

    Raises ImproperlyConfigured on half a client.
    """
    found = (_client(source, f"{start}{code.upper()}_", code, check_mode=check_mode) for code in LABELS)
    return tuple(client for client in found if client is not None)


def _client(source: Mapping[str, str], start: str, code: str, *, check_mode: bool) -> Client | None:
    def given(word: str) -> str:
        return source.get(start + word, "").strip()

    file, client_id = given("CLIENT_SECRET_FILE"), given("CLIENT_ID")
    secret = given("CLIENT_SECRET") or (
        secret_in(Path(file).expanduser(), check_mode=check_mode) if file else ""
    )
    if not client_id and not secret:
        return None
    if not client_id or not secret:
        raise ImproperlyConfigured(f"{start}CLIENT_ID and {start}CLIENT_SECRET (or _FILE) are both needed.")
    tenant = given("TENANT") or "common"
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", tenant):
        raise ImproperlyConfigured(f"{start}TENANT must be the number or the domain of a tenant.")
    known = {"google": GOOGLE, "microsoft": f"{MICROSOFT}/{tenant}/v2.0"}[code]
    server = (given("SERVER") or known).rstrip("/")
    parts = urlsplit(server)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured(f"{start}SERVER must start with https://")
    return Client(code, LABELS[code], server, client_id, secret, SCOPES[code], ASKS[code])
