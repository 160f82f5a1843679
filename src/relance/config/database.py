"""Django's settings for the database."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from relance.config.environment import Environment

LEFT_OPEN = 60
"""Seconds for which a thread keeps its connection when there is no pool."""


def database_settings(environment: Environment) -> dict[str, Any]:
    """SQLite in the data folder, or the PostgreSQL of the URL."""
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
    pool = environment.database_pool
    options: dict[str, Any] = dict(parse_qsl(url.query))
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 0 if pool else LEFT_OPEN,  # a pool keeps them instead
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
