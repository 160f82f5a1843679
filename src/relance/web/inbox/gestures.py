"""Sorting, each gesture one action; then the next thing that waits."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relance.cadence.words import Tone
from relance.method.answers import triage
from relance.method.answers.models import Received, Sorting
from relance.method.answers.queries import access_received
from relance.method.delivery.models import Outgoing
from relance.method.delivery.outbox import TooLate, access_outgoing, say_it_did_not, say_it_left
from relance.web.catching_up.phrases import after_a_no, what_waits
from relance.web.desk import DeskRequest
from relance.web.inbox.page import page
from relance.web.today.forms import AnswerForm
from relance.web.today.page import setting_of


def _received(request: DeskRequest, pk: int) -> Received:
    try:
        return access_received(request.member, pk)
    except Received.DoesNotExist as error:
        raise Http404 from error


def _done(request: DeskRequest, says: str) -> HttpResponse:
    messages.success(request, says)
    return _on(request)


def _on(request: DeskRequest) -> HttpResponse:
    """The next thing that waits, or the list the gesture was made in."""
    if request.POST.get("vers") == "prises-de-nouvelles":
        return redirect("catching_up")
    following = request.POST.get("suivante", "")
    return redirect(following if following.startswith("/boite/") else "inbox")


@require_POST
def tone(request: DeskRequest, pk: int) -> HttpResponse:
    """Say what an answer says."""
    received = _received(request, pk)
    form = AnswerForm(request.POST, setting_of(request).today)
    if not form.is_valid():
        says = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return page(request, received_pk=pk, problem=says, status=422)
    chosen = form.cleaned_data["ton"]
    try:
        triage.set_tone(
            received=received,
            tone=None if chosen == "opt_out" else Tone(chosen),
            member=request.member,
            now=request.now,
            resume_on=form.cleaned_data["reprendre"] if chosen == Tone.LATER else None,
        )
    except triage.NothingToRecord as error:
        raise Http404 from error
    forever = _("%(name)s will not be contacted any more.")
    says = forever if chosen == "opt_out" else _answered(Tone(chosen))
    then = after_a_no(chosen, received.sent_at, setting_of(request))
    return _done(request, f"{says % {'name': received.candidate.name}} {then}".rstrip())


@require_POST
def on_linkedin(request: DeskRequest, pk: int) -> HttpResponse:
    """It was an answer: said after a look at LinkedIn, with its tone and, if pasted, its words."""
    received = _received(request, pk)
    form = AnswerForm(request.POST, setting_of(request).today)
    if not form.is_valid() or form.cleaned_data["ton"] == "opt_out":
        says = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return page(request, received_pk=pk, problem=says or _("Say the tone of the answer."), status=422)
    chosen = Tone(form.cleaned_data["ton"])
    try:
        triage.they_answered(
            received=received,
            tone=chosen,
            member=request.member,
            now=request.now,
            text=form.cleaned_data["texte"].strip(),
            resume_on=form.cleaned_data["reprendre"],
        )
    except triage.NothingToRecord as error:
        raise Http404 from error
    then = after_a_no(chosen, received.sent_at, setting_of(request))
    return _done(request, f"{_answered(chosen) % {'name': received.candidate.name}} {then}".rstrip())


@require_POST
def take_up(request: DeskRequest, pk: int) -> HttpResponse:
    """Take up the anniversary or the new position that LinkedIn told: one catching up, now or once it may be."""
    received, setting = _received(request, pk), setting_of(request)
    if received.sorting != Sorting.TO_SORT:
        return _done(request, _("It is settled already."))
    on = received.sent_at.astimezone(setting.zone).date()
    try:
        wait = triage.take_up(received=received, on=on, member=request.member, now=request.now)
    except triage.NothingToRecord as error:
        raise Http404 from error
    name = {"name": received.candidate.name}
    if wait is None:
        return _done(request, _("%(name)s: catching up is planned.") % name)
    kept = _("%(name)s: kept under Catching up.") % name
    messages.warning(request, f"{kept} {what_waits(wait, setting)}")
    return _on(request)


def _answered(tone: Tone) -> str:
    if tone in {Tone.POSITIVE, Tone.UNKNOWN}:
        return _("%(name)s waits for your answer, at the top of your day.")
    return _("%(name)s is sorted.")


@require_POST
def aside(request: DeskRequest, pk: int) -> HttpResponse:
    """Nothing to do about it; what was recorded stands."""
    received = _received(request, pk)
    triage.set_aside(received=received, member=request.member, now=request.now)
    return _done(request, _("Set aside."))


@require_POST
def not_this_person(request: DeskRequest, pk: int) -> HttpResponse:
    """It is not from them: what was recorded of it is taken back."""
    received = _received(request, pk)
    triage.not_them(received=received, member=request.member, now=request.now)
    return _done(
        request,
        _("Not from %(name)s: nothing of it is kept against them.") % {"name": received.candidate.name},
    )


@require_POST
def this_person(request: DeskRequest, pk: int) -> HttpResponse:
    """It is from them, though only the name said so."""
    received = _received(request, pk)
    try:
        triage.it_is_them(received=received, member=request.member, now=request.now)
    except triage.NothingToRecord as error:
        raise Http404 from error
    if received.sorting == Sorting.TO_SORT:
        return redirect("inbox_received", pk=pk)
    return _done(request, _("%(name)s is sorted.") % {"name": received.candidate.name})


@require_POST
def real_answer(request: DeskRequest, pk: int) -> HttpResponse:
    """It was taken for a machine's, and is a person's."""
    received = _received(request, pk)
    try:
        triage.it_is_an_answer(received=received, member=request.member, now=request.now)
    except triage.NothingToRecord as error:
        raise Http404 from error
    return redirect("inbox_received", pk=pk)


@require_POST
def settle(request: DeskRequest, pk: int) -> HttpResponse:
    """A message left, or did not."""
    try:
        outgoing = access_outgoing(request.member, pk)
    except Outgoing.DoesNotExist as error:
        raise Http404 from error
    left = request.POST.get("issue") == "parti"
    try:
        (say_it_left if left else say_it_did_not)(outgoing=outgoing, now=request.now)
    except TooLate:
        return _done(request, _("It is settled already."))
    says = _("It left: it counts.") if left else _("It did not leave: %(name)s is proposed again.")
    return _done(request, says % {"name": outgoing.candidate.name})
