"""The settings of an account."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from relance.accounts.actions import MailTaken, change_account
from relance.web.account.forms import AccountForm
from relance.web.desk import DeskRequest


@require_http_methods(["GET", "POST"])
def account(request: DeskRequest) -> HttpResponse:
    """Show what may be set, change it, and say what may not."""
    if request.method == "GET":
        return _page(request, AccountForm(member=request.member))
    form = AccountForm(request.POST, member=request.member)
    if not form.is_valid():
        return _page(request, form, status=422)
    typed = form.cleaned_data
    try:
        change_account(
            member=request.member,
            name=" ".join(typed["nom"].split()),
            email=typed["mail"],
            signature=typed["signature"],
            capacity=typed["capacite"],
            language=typed["langue"],
            firm=typed["cabinet"],
        )
    except MailTaken:
        form.add_error("mail", _("Somebody else signs in with this address."))
        return _page(request, form, status=409)
    with translation.override(typed["langue"]):
        messages.success(request, _("Kept."))
    return redirect("account")


def _page(request: DeskRequest, form: AccountForm, status: int = 200) -> HttpResponse:
    user = request.member.user
    passkeys = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN).count()
    context = {
        "here": "account",
        "form": form,
        "passkeys": passkeys,
        "has_password": user.has_usable_password(),
        "has_mail": bool(user.email),
    }
    return render(request, "settings/account.html", context, status=status)
