"""The settings of a member."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from relance.accounts.actions import MailTaken, change_account
from relance.web.account.forms import AccountForm
from relance.web.desk import DeskRequest


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: DeskRequest) -> HttpResponse:
    """Show what the member said of themself, and change it."""
    form = AccountForm(request.POST if request.method == "POST" else None, member=request.member)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    typed = form.cleaned_data
    try:
        change_account(
            member=request.member,
            name=typed["nom"],
            email=typed["mail"],
            signature=typed["signature"],
            capacity=typed["capacite"],
            language=typed["langue"],
            firm=typed["cabinet"],
        )
    except MailTaken:
        form.add_error("mail", _("Another account has this mail address already."))
        return _page(request, form, status=409)
    with translation.override(typed["langue"]):
        messages.success(request, _("Kept."))
    return redirect("account")


def _page(request: DeskRequest, form: AccountForm, *, status: int = 200) -> HttpResponse:
    context = {
        "here": "account",
        "form": form,
        "has_password": request.member.user.has_usable_password(),
    }
    return render(request, "account/settings.html", context, status=status)
