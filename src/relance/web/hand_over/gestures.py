"""Asking, giving, keeping, lifting: each calls one action, and says what happened."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from relance.accounts.models import Membership
from relance.accounts.queries import access_member
from relance.accounts.roles import Permission
from relance.method.outreach import handing_over
from relance.method.outreach.hand_overs import access_hand_over, covers_of
from relance.method.outreach.models import HandOver, WhyHandedOver
from relance.method.outreach.overriding import ReasonTooShort, override_colleague
from relance.method.writing.syntax import Slot, parse
from relance.web.allowed import allowed
from relance.web.desk import DeskRequest
from relance.web.hand_over.page import page
from relance.web.person.page import person_asked
from relance.web.phrases.names import first_name


def _colleague(request: DeskRequest, name: str) -> Membership:
    typed = request.POST.get(name, "")
    try:
        return access_member(request.member, int(typed) if typed.isascii() and typed.isdigit() else 0)
    except (Membership.DoesNotExist, OverflowError) as error:
        raise Http404 from error


def _request(request: DeskRequest, pk: int) -> HandOver:
    try:
        return access_hand_over(request.member, pk)
    except HandOver.DoesNotExist as error:
        raise Http404 from error


@require_POST
def ask(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask the colleague for the person."""
    candidate = person_asked(request, pk)
    note = request.POST.get("mot", "").strip()
    if any(isinstance(piece, Slot) for piece in parse(note)):
        says = _("Write why in place of the words between brackets, or take them out.")
        return page(request, candidate, note=note, problem=says, status=422)
    try:
        asked = handing_over.ask_for(candidate=candidate, member=request.member, note=note, now=request.now)
    except handing_over.NobodyElses:
        messages.info(request, _("Nobody else follows %(name)s: they are free.") % {"name": candidate.name})
        return redirect("person", pk=pk)
    except handing_over.AskedAlready:
        messages.info(request, _("You have asked already: the answer will show here."))
        return redirect("hand_over", pk=pk)
    says = _("%(colleague)s sees your request today, and answers with one key.")
    messages.success(request, says % {"colleague": first_name(asked.giver)})
    return redirect("hand_over", pk=pk)


@require_POST
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Give the person who is asked for, or keep them."""
    row = _request(request, pk)
    gives = request.POST.get("reponse") == "passer"
    try:
        handing_over.answer_request(hand_over=row, member=request.member, gives=gives, now=request.now)
    except handing_over.SayItFirst as error:
        messages.warning(request, _say_first(row.candidate.name))
        return redirect("today_person", pk=error.permit.outreach_id)
    except handing_over.Ended:
        messages.info(request, _("This request is over: it was answered or taken back."))
        return redirect("today")
    values = {"name": row.candidate.name, "colleague": first_name(row.taker)}
    if gives:
        messages.success(request, _("%(name)s is with %(colleague)s now, with their history.") % values)
    else:
        messages.success(request, _("You keep %(name)s; %(colleague)s is told.") % values)
    return redirect("today")


@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Take one's own request back."""
    row = _request(request, pk)
    if row.taker_id != request.member.pk:
        raise Http404
    try:
        handing_over.withdraw_request(hand_over=row, now=request.now)
    except handing_over.Ended:
        messages.info(request, _("This request is over: it was answered or taken back."))
    else:
        messages.success(request, _("Request taken back."))
    return redirect("hand_over", pk=row.candidate_id)


@require_POST
def give(request: DeskRequest, pk: int) -> HttpResponse:
    """Hand the person over to a colleague, unasked."""
    candidate = person_asked(request, pk)
    taker = _colleague(request, "a")
    giver = handing_over.followed_by(candidate)
    if giver is None:
        raise Http404
    try:
        passed = handing_over.hand_over(
            candidates=[candidate], giver=giver, taker=taker, member=request.member,
            why=WhyHandedOver.GIVEN, now=request.now,
        )  # fmt: skip
    except handing_over.SayItFirst as error:
        messages.warning(request, _say_first(candidate.name))
        return redirect("today_person", pk=error.permit.outreach_id)
    except handing_over.NobodyElses:
        raise Http404 from None
    if passed:
        values = {"name": candidate.name, "colleague": first_name(taker)}
        messages.success(request, _("%(name)s is with %(colleague)s now, with their history.") % values)
    return redirect("person", pk=pk)


def _say_first(name: str) -> str:
    return _("First say whether your message to %(name)s was sent.") % {"name": name}


@allowed(Permission.OVERRIDE_COLLEAGUE)
@require_POST
def override(request: DeskRequest, pk: int) -> HttpResponse:
    """Lift the colleague rule for one recruiter, with a written reason."""
    candidate = person_asked(request, pk)
    recruiter = _colleague(request, "pour")
    reason = request.POST.get("raison", "")
    try:
        override_colleague(
            candidate=candidate, recruiter=recruiter, manager=request.member, reason=reason, now=request.now
        )
    except ReasonTooShort:
        says = _("Write the reason in twenty characters at least: it stays in the history.")
        return page(request, candidate, reason=reason, problem=says, status=422)
    says = _("%(colleague)s may write to %(name)s; the reason stays in the history.")
    messages.success(request, says % {"colleague": first_name(recruiter), "name": candidate.name})
    return redirect("hand_over", pk=pk)


@require_POST
def take_covered_back(request: DeskRequest) -> HttpResponse:
    """Take back those whom colleagues followed during one's absence."""
    back = handing_over.take_back(covers=covers_of(request.member), member=request.member, now=request.now)
    says = ngettext("%(count)s person is yours again.", "%(count)s people are yours again.", back)
    messages.success(request, says % {"count": back})
    return redirect(reverse("today"))
