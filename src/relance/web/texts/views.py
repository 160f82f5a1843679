"""The templates: read, rewrite, copy, put away, bring back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from relance.method.writing.actions import (
    add_template,
    archive_template,
    bring_back_template,
    change_template,
    copy_template,
    share_template,
)
from relance.method.writing.models import Template, TemplateVersion
from relance.method.writing.queries import access_template, access_version
from relance.web.desk import DeskRequest
from relance.web.texts.forms import NewTemplateForm, TemplateForm
from relance.web.texts.page import page, voice_of


def _template(request: DeskRequest, pk: int) -> Template:
    try:
        return access_template(request.member, pk)
    except Template.DoesNotExist as error:
        raise Http404 from error


@require_GET
def templates(request: DeskRequest) -> HttpResponse:
    """The list in one voice, open at its first text."""
    return page(request, None)


@require_http_methods(["GET", "POST"])
def template(request: DeskRequest, pk: int) -> HttpResponse:
    """One text, and its new wording."""
    row = _template(request, pk)
    if request.method == "GET":
        return page(request, row)
    form = TemplateForm(request.POST, purpose=row.purpose)
    if not form.is_valid():
        return page(request, row, form=form, status=422)
    change_template(
        template=row,
        name=form.cleaned_data["nom"],
        subject=form.cleaned_data["objet"],
        body=form.cleaned_data["texte"],
        channels=form.channels if "canaux_dits" in request.POST else None,
        member=request.member,
        now=request.now,
    )
    messages.success(request, _("Kept. What was sent before keeps its words."))
    return redirect("template", pk=pk)


@require_POST
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what was typed on a real person, and keep nothing."""
    return page(request, _template(request, pk), form=TemplateForm(request.POST))


@require_http_methods(["GET", "POST"])
def begin(request: DeskRequest) -> HttpResponse:
    """A new text, for a moment of the method."""
    if request.method == "GET":
        return page(request, None, beginning=NewTemplateForm(initial={"voix": voice_of(request, None)}))
    form = NewTemplateForm(request.POST)
    if not form.is_valid():
        return page(request, None, beginning=form, status=422)
    private = form.cleaned_data["pour_moi"]
    made = add_template(member=request.member, facts=form.facts(), private=private, now=request.now)
    messages.success(request, _("Kept. It is offered at its moment."))
    return redirect("template", pk=made.pk)


@require_POST
def take_up(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """Write with a former wording again; the present one becomes a version."""
    row = _template(request, pk)
    try:
        version = access_version(request.member, pk, number)
    except TemplateVersion.DoesNotExist as error:
        raise Http404 from error
    change_template(
        template=row, name=row.name, subject=version.subject, body=version.body, member=request.member,
        now=request.now,
    )  # fmt: skip
    messages.success(request, _("The former text is in use again; the one before it is kept."))
    return redirect("template", pk=pk)


@require_POST
def share(request: DeskRequest, pk: int) -> HttpResponse:
    """Give a private text to the team."""
    share_template(template=_template(request, pk))
    messages.success(request, _("The whole team has it now."))
    return redirect("template", pk=pk)


@require_POST
def copy(request: DeskRequest, pk: int) -> HttpResponse:
    """A second text for the same moment, for everybody or for oneself."""
    row = _template(request, pk)
    name = _("%(name)s, copy") % {"name": row.name[:110]}
    private = "pour_moi" in request.POST
    made = copy_template(template=row, name=name, member=request.member, now=request.now, private=private)
    messages.success(request, _("A copy is yours to rewrite."))
    return redirect("template", pk=made.pk)


@require_POST
def archive(request: DeskRequest, pk: int) -> HttpResponse:
    """Offer it no more."""
    archive_template(template=_template(request, pk), now=request.now)
    messages.success(request, _("Put away: it is offered no more, and can be brought back."))
    return redirect("template", pk=pk)


@require_POST
def bring_back(request: DeskRequest, pk: int) -> HttpResponse:
    """Offer it again."""
    bring_back_template(template=_template(request, pk))
    messages.success(request, _("It is offered again."))
    return redirect("template", pk=pk)
