"""The team: who works here, who was invited, and what an administrator changes of it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relance.accounts import invitations
from relance.accounts.models import Invitation, Membership
from relance.accounts.queries import (
    access_former,
    access_invitation,
    access_member,
    former,
    open_invitations,
)
from relance.accounts.queries import team as the_team
from relance.accounts.roles import Permission, may
from relance.accounts.team import LastAdministrator, change_role, end_membership
from relance.method.outreach.load import followed_by, hand_everybody_over
from relance.web.allowed import allowed
from relance.web.desk import DeskRequest, zone_of
from relance.web.phrases import ages
from relance.web.settings.forms import ROLE_NAMES, InviteForm, RoleForm
from relance.web.settings.frame import section

LAST_ONE = "last_administrator"


@dataclass(frozen=True, slots=True)
class Row:
    member: Membership
    role: str | Promise
    follows: str
    seen: str


@dataclass(frozen=True, slots=True)
class Waiting:
    invitation: Invitation
    role: str | Promise
    is_expired: bool


@dataclass(frozen=True, slots=True)
class Left:
    member: Membership
    follows: str


@require_GET
def team(request: DeskRequest) -> HttpResponse:
    """Show the members, and to an administrator the invitations."""
    return _page(request, InviteForm())


def _active(request: DeskRequest, pk: int) -> Membership:
    try:
        return access_member(request.member, pk)
    except Membership.DoesNotExist as error:
        raise Http404 from error


@allowed(Permission.SETTLE_TEAM)
@require_POST
def invite(request: DeskRequest) -> HttpResponse:
    """Invite an address, and show the link this once."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    email = form.cleaned_data["mail"]
    try:
        secret = invitations.invite(
            by=request.member, email=email, role=form.cleaned_data["role"], now=request.now
        )
    except invitations.AlreadyMember:
        form.add_error("mail", _("This person is a member already."))
    except invitations.AlreadyInvited:
        form.add_error("mail", _("This address is invited already: a new link can be made above."))
    else:
        return _page(request, InviteForm(), link=_link(request, secret), invited=email)
    return _page(request, form, status=409)


@allowed(Permission.SETTLE_TEAM)
@require_POST
def renew(request: DeskRequest, pk: int) -> HttpResponse:
    """Make a new link for an invitation; the former opens nothing any more."""
    invitation = access_invitation(request.member, pk)
    try:
        secret = invitations.renew(invitation=invitation, by=request.member, now=request.now)
    except invitations.InvitationRefused:  # accepted meanwhile
        return redirect("team")
    return _page(request, InviteForm(), link=_link(request, secret), invited=invitation.email)


@allowed(Permission.SETTLE_TEAM)
@require_POST
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    invitations.revoke(invitation=access_invitation(request.member, pk), by=request.member, now=request.now)
    messages.success(request, _("The invitation is taken back: its link opens nothing any more."))
    return redirect("team")


@allowed(Permission.SETTLE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def colleague(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one member, and give them another role."""
    member = _active(request, pk)
    form = RoleForm(request.POST if request.method == "POST" else None, role=member.role)
    if request.method != "POST":
        return _one(request, member, form)
    if not form.is_valid():
        return _one(request, member, form, status=422)
    try:
        change_role(member=member, role=form.cleaned_data["role"], by=request.member)
    except LastAdministrator:
        return _one(request, member, form, status=409, refused=LAST_ONE)
    messages.success(request, _("Kept."))
    return redirect("team")


@allowed(Permission.SETTLE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask before a membership ends, then end it with its sessions."""
    member = _active(request, pk)
    if request.method != "POST":
        return _one(request, member, RoleForm(role=member.role), leaving=True)
    typed = request.POST.get("a", "")
    taker = _active(request, int(typed)) if typed.isascii() and typed.isdigit() else None
    if taker is not None and taker.pk == member.pk:
        raise Http404
    try:
        end_membership(member=member, by=request.member, now=request.now)
    except LastAdministrator:
        return _one(request, member, RoleForm(role=member.role), status=409, leaving=True, refused=LAST_ONE)
    # Nothing leaves meanwhile: if this is cut short, the same gesture on the team's page goes on with it.
    passed = _pass_all(request, member, taker) if taker else 0
    says = _("%(name)s no longer comes in.") % {"name": str(member.user)}
    if taker is not None and passed:
        went = ngettext("%(count)s person is with %(name)s.", "%(count)s people are with %(name)s.", passed)
        says = f"{says} {went % {'count': passed, 'name': taker.user}}"
    messages.success(request, says)
    return redirect("team")


@allowed(Permission.SETTLE_TEAM)
@require_POST
def pass_on(request: DeskRequest, pk: int) -> HttpResponse:
    """Hand over whomever somebody who left still holds."""
    member = access_former(request.member, pk)
    typed = request.POST.get("a", "")
    taker = _active(request, int(typed) if typed.isascii() and typed.isdigit() else 0)
    passed = _pass_all(request, member, taker)
    says = ngettext("%(count)s person is with %(name)s.", "%(count)s people are with %(name)s.", passed)
    messages.success(request, says % {"count": passed, "name": taker.user})
    return redirect("team")


def _pass_all(request: DeskRequest, giver: Membership, taker: Membership) -> int:
    return hand_everybody_over(giver=giver, taker=taker, member=request.member, now=request.now)


def _page(
    request: DeskRequest, form: InviteForm, *, status: int = 200, link: str = "", invited: str = ""
) -> HttpResponse:
    settles = may(request.member, Permission.SETTLE_TEAM)
    sees_load = may(request.member, Permission.SEE_LOAD)
    follows = followed_by(request.member) if sees_load or settles else {}
    members = the_team(member=request.member)
    waiting = open_invitations(member=request.member) if settles else []
    context = {
        "rows": [_row(request, one, follows) for one in members],
        "waiting": [Waiting(one, ROLE_NAMES[one.role], one.expires_at <= request.now) for one in waiting],
        "settles": settles,
        "sees_load": sees_load,
        "left": _left(request, follows) if settles else [],
        "members": members,
        "form": form,
        "link": link,
        "invited": invited,
    }
    response = section(request, "team", "settings/team.html", context, status=status)
    if link:  # it is shown this once: no copy in a cache
        response.headers["Cache-Control"] = "no-store"
    return response


def _one(
    request: DeskRequest,
    member: Membership,
    form: RoleForm,
    *,
    status: int = 200,
    leaving: bool = False,
    refused: str = "",
) -> HttpResponse:
    context = {
        "others": [one for one in the_team(member=request.member) if one.pk != member.pk] if leaving else [],
        "colleague": member,
        "form": form,
        "leaving": leaving,
        "refused": refused,
        "role": ROLE_NAMES[member.role],
        "is_self": member.pk == request.member.pk,
        "follows": ages.people(followed_by(request.member).get(member.pk, 0)),
    }
    return section(request, "team", "settings/colleague.html", context, status=status)


def _left(request: DeskRequest, follows: dict[int, int]) -> list[Left]:
    """Who left and still holds people."""
    return [
        Left(one, ages.people(follows[one.pk]))
        for one in former(member=request.member)
        if follows.get(one.pk)
    ]


def _row(request: DeskRequest, member: Membership, follows: dict[int, int]) -> Row:
    return Row(
        member,
        ROLE_NAMES[member.role],
        ages.people(follows.get(member.pk, 0)),
        _("now")
        if member.pk == request.member.pk
        else ages.seen(member.last_seen_at, request.now, zone_of(request.member)),
    )


def _link(request: DeskRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("join", args=[secret]))
