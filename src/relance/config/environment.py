"""What the environment says, typed: the only place that reads it (docs/settings.md lists all of it)."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
from django.core.exceptions import ImproperlyConfigured

from relance.accounts.providers import Provider
from relance.config.keys import Given, secret_in
from relance.config.mail_clients import mail_clients
from relance.mail.oauth import Client

GOOGLE = "https://accounts.google.com"
MICROSOFT = "https://login.microsoftonline.com"
ANYBODYS = {"common", "organizations", "consumers", "9188040d-6c67-4b5c-b112-36a304b66dad"}
"""Microsoft's names for "whoever has an account": no firm vouches for the addresses of these."""
KEYS = {
    "secret": ("RELANCE_SECRET_KEY", "RELANCE_SECRET_KEY_FILE", "RELANCE_SECRET_KEY_OLD"),
    "fingerprint": ("RELANCE_FINGERPRINT_KEY", "RELANCE_FINGERPRINT_KEY_FILE", "RELANCE_FINGERPRINT_KEY_OLD"),
    "vault": ("RELANCE_VAULT_KEY", "RELANCE_VAULT_KEY_FILE", "RELANCE_VAULT_KEY_OLD"),
}


@dataclass(frozen=True, slots=True)
class Environment:
    """One field per variable: `RELANCE_` and the field in capitals."""

    data: Path
    database_url: str
    hosts: tuple[str, ...]
    https: bool
    debug: bool
    keys: Mapping[str, Given]
    temporary: Path
    database_pool: int
    upload_limit_mb: int
    private_key_file_check: bool
    import_processes: int
    public_address: str = ""
    oidc: tuple[Provider, ...] = ()
    mail_clients: tuple[Client, ...] = ()


def _flag(source: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = source.get(name, "").strip().lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if not value else value in {"1", "true", "yes", "on"}
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")


def _number(source: Mapping[str, str], name: str, *, default: int) -> int:
    value = source.get(name, "").strip()
    if not value:
        return default
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def _processors_to_spare() -> int:
    """One process less than there are processors; more than three would wait for the one that writes."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable - 1, 3)


def _key(source: Mapping[str, str], name: str, file: str, old: str) -> Given:
    path = source.get(file, "").strip()
    return Given(
        value=source.get(name, "").strip(),
        file=Path(path).expanduser() if path else None,
        old=tuple(source.get(old, "").replace(",", " ").split()),
    )


def _providers(source: Mapping[str, str], *, check_mode: bool) -> tuple[Provider, ...]:
    names = [name.strip() for name in source.get("RELANCE_OIDC", "").split(",") if name.strip()]
    wrong = [name for name in names if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,30}", name)]
    if wrong or len({name.lower() for name in names}) != len(names):
        raise ImproperlyConfigured("RELANCE_OIDC must list names of letters and digits, each once.")
    return tuple(_provider(source, name.lower(), check_mode=check_mode) for name in names)


def _provider(source: Mapping[str, str], code: str, *, check_mode: bool) -> Provider:
    start = f"RELANCE_OIDC_{code.upper()}_"

    def given(word: str) -> str:
        return source.get(start + word, "").strip()

    tenant, file = given("TENANT"), given("CLIENT_SECRET_FILE")
    if code == "microsoft" and not tenant and not given("SERVER"):
        raise ImproperlyConfigured(f"{start}TENANT must name the firm's own tenant.")
    if tenant and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", tenant):
        raise ImproperlyConfigured(f"{start}TENANT must be the number or the domain of a tenant.")
    known = {"google": GOOGLE, "microsoft": f"{MICROSOFT}/{tenant}/v2.0"}
    server = (given("SERVER") or known.get(code, "")).rstrip("/")
    secret = given("CLIENT_SECRET") or (
        secret_in(Path(file).expanduser(), check_mode=check_mode) if file else ""
    )
    parts = urlsplit(server)
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured(f"{start}SERVER must start with https://")
    if not given("CLIENT_ID") or not secret:
        raise ImproperlyConfigured(f"{start}CLIENT_ID and {start}CLIENT_SECRET (or _FILE) are both needed.")
    return Provider(
        code=code,
        label=given("LABEL") or code.capitalize(),
        server=server,
        client_id=given("CLIENT_ID"),
        client_secret=secret,
        vouches=server == known["microsoft"] and code == "microsoft" and tenant.lower() not in ANYBODYS,
    )


def _public_address(source: Mapping[str, str]) -> str:
    """Where the people written to reach the desk: https and a host, without a path."""
    value = source.get("RELANCE_PUBLIC_ADDRESS", "").strip().rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme != "https" or not parts.hostname or parts.path):
        raise ImproperlyConfigured(
            f"RELANCE_PUBLIC_ADDRESS must be like https://relance.example, not {value!r}."
        )
    return value


def read_environment(source: Mapping[str, str] | None = None) -> Environment:
    """Read every variable of ours. Raises ImproperlyConfigured on a value that means nothing."""
    source = os.environ if source is None else source
    check_mode = _flag(source, "RELANCE_PRIVATE_KEY_FILE_CHECK", default=os.name == "posix")
    data = source.get("RELANCE_DATA") or platformdirs.user_data_dir("relance", appauthor=False)
    folder = Path(data).expanduser().resolve()
    return Environment(
        data=folder,
        database_url=source.get("RELANCE_DATABASE_URL", ""),
        hosts=tuple(host.strip() for host in source.get("RELANCE_HOSTS", "").split(",") if host.strip()),
        https=_flag(source, "RELANCE_HTTPS", default=False),
        debug=_flag(source, "RELANCE_DEBUG", default=False),
        keys={name: _key(source, *variables) for name, variables in KEYS.items()},
        temporary=Path(source.get("RELANCE_TEMPORARY") or folder / "temporary").expanduser().resolve(),
        database_pool=_number(source, "RELANCE_DATABASE_POOL", default=0),
        upload_limit_mb=_number(source, "RELANCE_UPLOAD_LIMIT_MB", default=300),
        private_key_file_check=check_mode,
        import_processes=_number(source, "RELANCE_IMPORT_PROCESSES", default=_processors_to_spare()),
        public_address=_public_address(source),
        oidc=_providers(source, check_mode=check_mode),
        mail_clients=mail_clients(source, "RELANCE_MAIL_", check_mode=check_mode),
    )
