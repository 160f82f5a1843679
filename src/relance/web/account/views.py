"""The settings of a member, the firm's name, and where the backup is."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relance.accounts.actions import MailTaken, change_account, change_capacity, change_linkedin, name_firm
from relance.accounts.roles import Permission
from relance.accounts.team import end_sessions
from relance.web.account.doors import doors_of
from relance.web.account.forms import AccountForm, CapacityForm, FirmForm, LinkedInForm
from relance.web.account.sessions import end_one, sessions_of
from relance.web.allowed import allowed
from relance.web.desk import DeskRequest
from relance.web.settings.frame import section


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: DeskRequest) -> HttpResponse:
    """The index, beside what the member said of themself."""
    return _account(request, opened=request.method == "POST")


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: DeskRequest) -> HttpResponse:
    """Show what the member said of themself, and change it."""
    return _account(request, opened=True)


def _account(request: DeskRequest, *, opened: bool) -> HttpResponse:
    form = AccountForm(request.POST if request.method == "POST" else None, member=request.member)

    def page(status: int = 200) -> HttpResponse:
        context = {"form": form, "doors": doors_of(request.member)}
        return section(request, "account", "account/account.html", context, status=status, opened=opened)

    if request.method != "POST":
        return page()
    if not form.is_valid():
        return page(422)
    typed = form.cleaned_data
    try:
        change_account(
            member=request.member,
            name=typed["nom"],
            email=typed["mail"],
            signature=typed["signature"],
            language=typed["langue"],
        )
    except MailTaken:
        form.add_error("mail", _("Another account has this mail address already."))
        return page(409)
    with translation.override(typed["langue"]):
        messages.success(request, _("Kept."))
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
def capacity(request: DeskRequest) -> HttpResponse:
    """Show and change how many follow-ups a day are done well."""
    form = CapacityForm(request.POST if request.method == "POST" else None, member=request.member)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return section(request, "capacity", "account/capacity.html", {"form": form}, status=status)
    change_capacity(
        member=request.member,
        capacity=form.cleaned_data["capacite"],
        approaches_a_week=form.cleaned_data["semaine"],
    )
    messages.success(request, _("Kept."))
    return redirect("capacity")


@require_http_methods(["GET", "HEAD", "POST"])
def linkedin(request: DeskRequest) -> HttpResponse:
    """Show and change the kind of the member's LinkedIn account, and the firm's figure of invitations."""
    form = LinkedInForm(request.POST if request.method == "POST" else None, member=request.member)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return section(request, "linkedin", "account/linkedin.html", {"form": form}, status=status)
    change_linkedin(
        member=request.member,
        is_premium=form.cleaned_data["premium"],
        invitations_a_week=form.cleaned_data.get("semaine"),
    )
    messages.success(request, _("Kept."))
    return redirect("linkedin")


@allowed(Permission.NAME_FIRM)
@require_http_methods(["GET", "HEAD", "POST"])
def firm(request: DeskRequest) -> HttpResponse:
    """Show and change the firm's name."""
    form = FirmForm(request.POST if request.method == "POST" else None, member=request.member)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return section(request, "firm", "account/firm.html", {"form": form}, status=status)
    name_firm(member=request.member, name=form.cleaned_data["cabinet"])
    messages.success(request, _("Kept."))
    return redirect("firm")


@allowed(Permission.EXPORT)
@require_GET
def backup(request: DeskRequest) -> HttpResponse:
    """Say how the whole desk is copied."""
    return section(request, "backup", "account/backup.html")


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: DeskRequest) -> HttpResponse:
    """Show on which devices the member is in, and end all sessions but this one."""
    if request.method == "POST":
        end_sessions(user_id=request.member.user_id, but=request.session.session_key or "")
        messages.success(request, _("All other sessions are ended."))
        return redirect("sessions")
    rows = sessions_of(request)
    context = {"rows": rows, "others": any(not row.is_this for row in rows)}
    return section(request, "sessions", "account/sessions.html", context)


@require_POST
def end_session(request: DeskRequest, pk: int) -> HttpResponse:
    """End one of the member's own sessions."""
    end_one(request, pk)
    messages.success(request, _("The session is ended."))
    return redirect("sessions")
