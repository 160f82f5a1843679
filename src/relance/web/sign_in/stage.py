"""When a second step is asked for (docs/decisions/sign-in.md)."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest


class SecondStep(AuthenticateStage):  # type: ignore[misc]
    """After a password alone: a link from the server's terminal, a passkey and a provider are whole doors."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if not records or records[-1].get("method") != "password":
            return False
        return bool(super()._should_handle(request))
