"""Sessions in the database, in which the seed of an app's codes is locked until its first code confirms it."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from relance.accounts import vault

SEED = "mfa.totp.secret"
"""Under which name django-allauth keeps the seed it has just shown."""


class SessionStore(DatabaseStore):
    """What Django calls the store of the engine."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        seed = session_dict.get(SEED)
        held = {**session_dict, SEED: vault.lock(seed)} if seed else session_dict
        return super().encode(held)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """The session; a seed whose key is lost is left out, and another one is shown."""
        session: dict[str, Any] = super().decode(session_data)
        if SEED in session:
            try:
                session[SEED] = vault.unlock(session[SEED])
            except vault.Unreadable:
                del session[SEED]
        return session
