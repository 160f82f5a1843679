"""What the environment says, typed: the only place that reads it (docs/settings.md lists all of it)."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import platformdirs
from django.core.exceptions import ImproperlyConfigured

from relance.accounts.providers import Provider
from relance.config.keys import secret_in

GOOGLE = "https://accounts.google.com"
MICROSOFT = "https://login.microsoftonline.com"
ANYBODYS = {"common", "organizations", "consumers", "9188040d-6c67-4b5c-b112-36a304b66dad"}
"""Microsoft's names for "whoever has an account": no firm vouches for the addresses of these."""


@dataclass(frozen=True, slots=True)
class Environment:
    """One field per variable: `RELANCE_` and the field in capitals."""

    data: Path
    database_url: str
    hosts: tuple[str, ...]
    https: bool
    debug: bool
    secret_key: str
    fingerprint_key: str
    upload_limit_mb: int
    private_key_file_check: bool
    oidc: tuple[Provider, ...] = ()


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


def read_environment(source: Mapping[str, str] | None = None) -> Environment:
    """Read every variable of ours. Raises ImproperlyConfigured on a value that means nothing."""
    source = os.environ if source is None else source
    check_mode = _flag(source, "RELANCE_PRIVATE_KEY_FILE_CHECK", default=os.name == "posix")
    data = source.get("RELANCE_DATA") or platformdirs.user_data_dir("relance", appauthor=False)
    return Environment(
        data=Path(data).expanduser().resolve(),
        database_url=source.get("RELANCE_DATABASE_URL", ""),
        hosts=tuple(host.strip() for host in source.get("RELANCE_HOSTS", "").split(",") if host.strip()),
        https=_flag(source, "RELANCE_HTTPS", default=False),
        debug=_flag(source, "RELANCE_DEBUG", default=False),
        secret_key=source.get("RELANCE_SECRET_KEY", ""),
        fingerprint_key=source.get("RELANCE_FINGERPRINT_KEY", ""),
        upload_limit_mb=_number(source, "RELANCE_UPLOAD_LIMIT_MB", default=300),
        private_key_file_check=check_mode,
        oidc=_providers(source, check_mode=check_mode),
    )


def database_settings(environment: Environment) -> dict[str, object]:
    """Django's settings for the database: SQLite in the data directory, or the PostgreSQL of the URL."""
    if not environment.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.data / "relance.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what was confirmed survives a power cut (one commit a gesture, it costs nothing here).
                # MEMORY: what a statement needs to undo itself if a row is refused (docs/decisions/bringing-in.md).
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA temp_store=MEMORY;",
            },
        }
    url = urlsplit(environment.database_url)
    if url.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("RELANCE_DATABASE_URL must start with postgresql://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(url.query)),
    }
