"""A database of one test's own, which the processes it starts open too."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

MAKE = (
    "import django; django.setup(); from django.core.management import call_command as c;"
    "c('migrate', verbosity=0); c('createcachetable', verbosity=0)"
)


def bare() -> dict[str, str]:
    """The environment without any setting of Relance."""
    return {name: value for name, value in os.environ.items() if not name.startswith("RELANCE_")}


@contextmanager
def own_database(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty desk: on the PostgreSQL of RELANCE_DATABASE_URL, else on SQLite in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **bare(),
        "RELANCE_DATA": str(folder),
        "RELANCE_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "relance.config.settings",
    }
    server = os.environ.get("RELANCE_DATABASE_URL", "")
    if not server:
        subprocess.run([sys.executable, "-c", MAKE], env=environment, check=True)
        yield environment
        return
    with own_postgresql(server) as url:
        environment["RELANCE_DATABASE_URL"] = url
        subprocess.run([sys.executable, "-c", MAKE], env=environment, check=True)
        yield environment


@contextmanager
def own_postgresql(server: str) -> Iterator[str]:
    """The address of a new, empty database of that server; it goes with the block."""
    import psycopg

    name = f"own_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        parts = urlsplit(server)
        yield f"{parts.scheme}://{parts.netloc}/{name}?{parts.query}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def postgresql_tool(name: str) -> str | None:
    """Where a program of PostgreSQL is (`pg_dump`), or None."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)
