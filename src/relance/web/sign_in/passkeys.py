"""Adding a passkey."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpResponse
from django.shortcuts import redirect


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    """A passkey is another door and needs no recovery codes: those belong to the code of an app."""

    def form_valid(self, form: Any) -> HttpResponse:
        super().form_valid(form)
        kept = Authenticator.objects.filter(user=self.request.user)
        if not kept.filter(type=Authenticator.Type.TOTP).exists():
            kept.filter(type=Authenticator.Type.RECOVERY_CODES).delete()
        return redirect("mfa_list_webauthn")
