"""Adding a person and an approach by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from relance.accounts.models import Membership
from relance.cadence.words import Situation
from relance.imports.pasted import understand
from relance.method.candidates.actions import Facts, IdentityTaken
from relance.method.candidates.models import Avoidance, Candidate
from relance.method.candidates.queries import identities
from relance.method.outreach.entering import Entered, LeftAlone, enter_approach
from relance.method.outreach.positions import TooMany, open_positions
from relance.method.writing.lengths import NOTE_LIMITS
from relance.method.writing.tellings import tell_with_facts
from relance.web.desk import DeskRequest
from relance.web.people.forms import LONGEST_TEXT, ApproachForm
from relance.web.people.page import page
from relance.web.person.likeness import duplicates_of
from relance.web.today.page import setting_of


@require_POST
def add(request: DeskRequest) -> HttpResponse:
    """Enter what was typed, or show it again with what is wrong."""
    form = ApproachForm(
        request.POST,
        setting=setting_of(request),
        region=request.member.organisation.region,
        note_limit=NOTE_LIMITS[request.member.has_linkedin_premium],
        positions=open_positions(request.member),
    )
    if not form.is_valid():
        return page(request, form=form, status=422)
    typed = form.cleaned_data
    try:
        entered = enter_approach(
            member=request.member,
            facts=Facts(
                name=typed["nom"],
                role=typed["poste"],
                company=typed["societe"],
                language=request.member.user.language,
                identities=typed["adresse"],
                source="hand",
                channels=form.channels(),
                cv_source=typed["base"],
                cv_on=typed["cv_du"],
            ),
            situation=form.way.situation,
            entries=form.entries(),
            purpose=typed["sujet"],
            must_answer=typed["etoile"],
            now=request.now,
            position=form.position,
        )
    except LeftAlone as error:
        form.add_error(None, left_alone(error.avoidance))
        return page(request, form=form, status=409)
    except IdentityTaken as error:
        form.add_error("adresse", _("These addresses are those of two people; one is %(name)s.") % {
            "name": error.candidate.name})  # fmt: skip
        return page(request, form=form, status=409)
    except TooMany:
        form.add_error("pour", _("This approach is about five positions already."))
        return page(request, form=form, status=409)
    tell_with_facts(outreach=entered.outreach, events=entered.events)
    messages.success(request, _said(entered, request.member))
    if not entered.known:
        _say_alike(request, entered.outreach.candidate)
    if form.way.kind is None or form.way.situation is Situation.APPLICATION:
        mine = entered.outreach.recruiter_id == request.member.pk
        if mine:  # the call or the choice comes next
            return redirect("today_person", pk=entered.outreach.pk)
    return redirect("people")


@require_POST
def paste(request: DeskRequest) -> HttpResponse:
    """Understand a pasted mail or profile, and show what was understood in the form: nothing has entered yet."""
    member, setting = request.member, setting_of(request)
    text = request.POST.get("colle", "").replace("\r\n", "\n").strip()[:LONGEST_TEXT]
    ours = {member.user.email.lower()} if member.user.email else set()
    found = understand(text, region=member.organisation.region, ours=ours)
    profile = [f"linkedin.com/in/{found.profile}"] if found.profile else []
    sent_at = found.sent_at if found.sent_at and found.sent_at <= request.now else None
    form = ApproachForm(
        setting=setting,
        initial={
            "nom": found.name,
            "poste": found.role,
            "societe": found.company,
            "moyen": "candidature",
            "adresse": ", ".join([*found.mails, *found.phones, *profile]),
            "sujet": found.purpose,
            "quand": sent_at.astimezone(setting.zone).strftime("%Y-%m-%dT%H:%M") if sent_at else "",
            "texte": found.body,
        },
    )
    understood = bool(found.name and (found.mails or found.phones or found.profile))
    return page(request, form=form, pasted="read" if understood else "partly", status=200)


def left_alone(avoidance: Avoidance) -> str:
    """Why nothing was entered of somebody who is to be left alone."""
    if avoidance is Avoidance.OPTED_OUT:
        return _("This person asked not to be contacted any more, by anyone here. Nothing was entered.")
    return _("This person was set aside as private. Nothing was entered; their page can take the mark off.")


def _say_alike(request: DeskRequest, candidate: Candidate) -> None:
    """Say at entry who may be the same person."""
    for alike in duplicates_of(candidate, identities(candidate))[:1]:
        link = format_html(
            '<a href="{}">{}</a>', reverse("merge", args=[candidate.pk, alike.other.pk]), _("Compare")
        )
        says = _("Perhaps the same person as {name} ({because}). {link}")
        messages.warning(request, format_html(says, name=alike.other.name, because=alike.because, link=link))


def _said(entered: Entered, member: Membership) -> str:
    candidate = entered.outreach.candidate
    name = format_html('<a href="{}">{}</a>', reverse("person", args=[candidate.pk]), candidate.name)
    if entered.joined and entered.outreach.recruiter_id != member.pk:
        address = reverse("hand_over", args=[candidate.pk])
        who = format_html('<a href="{}">{}</a>', address, entered.outreach.recruiter.user)
        return format_html(
            _("{} was known already: this joins the approach of {}, who follows them."), name, who
        )
    if entered.joined:
        return format_html(_("{} was known already: this joins the approach that is open."), name)
    if entered.known:
        return format_html(_("{} was known already: a new approach is open."), name)
    return format_html(_("{} is in your notebook."), name)
