"""Entering a mailbox without its password: OAuth2 at Google and Microsoft (RFC 6749, PKCE of RFC 7636).

The firm's own client asks the provider for leave; the recruiter grants it there. What comes back opens
the mailbox for an hour, and what is kept asks for the next hour.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

import requests
from oauthlib.oauth2 import OAuth2Error, WebApplicationClient  # type: ignore[import-untyped]

from relance.mail.sending import Fault, Unreachable

TIMEOUT = 20
MARGIN = timedelta(minutes=2)
"""How long before its end a leave is asked for anew."""
AN_HOUR = 3600
DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True)
class Client:
    """The firm's own client at a provider. `server` is the provider's address, as OpenID discovery wants it."""

    code: str
    label: str
    server: str
    client_id: str
    client_secret: str
    scope: tuple[str, ...]
    asks: Mapping[str, str] = field(default_factory=dict)
    """What the provider wants asked beside, so that the leave outlasts the hour."""

    def __repr__(self) -> str:
        return f"Client({self.code})"  # its secret ends in no log

    @property
    def origin(self) -> str:
        parts = urlsplit(self.server)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Question:
    """Where somebody is sent to grant leave, and what has to be remembered until they come back."""

    address: str
    state: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """A leave: `access` until an instant (UTC), and `refresh`, which asks for the next."""

    access: str
    refresh: str
    until: datetime

    def __repr__(self) -> str:
        return "Tokens(…)"


def question(client: Client, *, back_to: str, hint: str) -> Question:
    """Ask for leave to read and send; `hint` is the address whose mailbox it is. Raises Unreachable."""
    asking = WebApplicationClient(client.client_id)
    verifier = asking.create_code_verifier(64)
    state = secrets.token_urlsafe(24)
    try:
        address = asking.prepare_request_uri(
            _endpoints(client)["authorization_endpoint"],
            redirect_uri=back_to,
            scope=list(client.scope),
            state=state,
            login_hint=hint,
            code_challenge=asking.create_code_challenge(verifier, "S256"),
            code_challenge_method="S256",
            **client.asks,
        )
    except (OAuth2Error, KeyError) as error:
        raise Unreachable(Fault.OTHER, type(error).__name__) from error
    return Question(address, state, verifier)


def answered(client: Client, *, came_back_with: str, asked: Question, back_to: str, now: datetime) -> Tokens:
    """The leave that somebody came back with: `came_back_with` is the whole address. Raises Unreachable.

    A leave that opens nothing tomorrow is none: without a refresh token it is refused.
    """
    asking = WebApplicationClient(client.client_id)
    try:
        code = asking.parse_request_uri_response(came_back_with, state=asked.state)["code"]
    except (OAuth2Error, KeyError) as error:
        raise Unreachable(Fault.SIGN_IN, _words(error)) from error
    body = asking.prepare_request_body(
        code=code, redirect_uri=back_to, code_verifier=asked.verifier, include_client_id=False
    )
    tokens = _granted(client, asking, body, now=now, refresh="")
    if not tokens.refresh:
        raise Unreachable(Fault.SIGN_IN, "refresh_token")
    return tokens


def refreshed(client: Client, refresh: str, *, now: datetime) -> Tokens:
    """The leave for the next hour; a provider may give another refresh token with it. Raises Unreachable."""
    asking = WebApplicationClient(client.client_id, refresh_token=refresh)
    body = asking.prepare_refresh_body(refresh_token=refresh)
    return _granted(client, asking, body, now=now, refresh=refresh)


def _granted(
    client: Client, asking: WebApplicationClient, body: str, *, now: datetime, refresh: str
) -> Tokens:
    where = _endpoints(client).get("token_endpoint", "")
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    # In the header, which every provider has to take (RFC 6749, 2.3.1), each part encoded first.
    by = (quote(client.client_id, safe=""), quote(client.client_secret, safe=""))
    answer = _asked("POST", where, data=body, headers=headers, auth=by)
    if answer.status_code >= 500:
        raise Unreachable(Fault.NO_SERVER, str(answer.status_code))
    try:
        told = asking.parse_request_body_response(answer.text)
        seconds = int(told.get("expires_in") or AN_HOUR)
        access = str(told["access_token"])
    except (OAuth2Error, KeyError, ValueError, TypeError) as error:
        raise Unreachable(Fault.SIGN_IN, _words(error)) from error
    return Tokens(access, str(told.get("refresh_token") or refresh), now + timedelta(seconds=seconds))


def _endpoints(client: Client) -> dict[str, str]:
    """Where a provider grants and renews, as it says itself (OpenID Connect Discovery 1.0)."""
    answer = _asked("GET", client.server.rstrip("/") + DISCOVERY)
    try:
        told = answer.json()
    except ValueError as error:
        raise Unreachable(Fault.OTHER, str(answer.status_code)) from error
    if not isinstance(told, dict):
        raise Unreachable(Fault.OTHER, str(answer.status_code))
    return {name: value for name, value in told.items() if isinstance(value, str)}


def _asked(method: str, where: str, **more: object) -> requests.Response:
    try:
        return requests.request(method, where, timeout=TIMEOUT, allow_redirects=False, **more)  # type: ignore[arg-type]
    except requests.Timeout as error:
        raise Unreachable(Fault.SILENT) from error
    except requests.RequestException as error:
        raise Unreachable(Fault.NO_SERVER, type(error).__name__) from error


def _words(error: Exception) -> str:
    """What the provider called it: its code alone, for its description may name somebody."""
    return str(getattr(error, "error", "") or type(error).__name__)[:80]
