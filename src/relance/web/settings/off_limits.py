"""Companies whose people nobody here approaches."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from relance.accounts.roles import Permission, may
from relance.method.candidates.models import OffLimits, WhyOffLimits
from relance.method.candidates.off_limits import ListFull, NoCompany, access_off_limits, off_limits
from relance.method.outreach.barring import lift_off_limits, put_off_limits
from relance.web.allowed import allowed
from relance.web.desk import DeskRequest
from relance.web.settings.frame import section
from relance.web.today.page import setting_of

REASONS: dict[str, str | Promise] = {
    WhyOffLimits.CLIENT: gettext_lazy("client: not to be approached"),
    WhyOffLimits.OWN: gettext_lazy("our own consultants"),
    WhyOffLimits.OTHER: gettext_lazy("other reason"),
}


class OffLimitsForm(forms.Form):
    societe = forms.CharField(
        label=gettext_lazy("Company"), max_length=200, error_messages={"required": gettext_lazy("Say which.")}
    )
    motif = forms.ChoiceField(label=gettext_lazy("Why"), choices=list(REASONS.items()))
    jusque = forms.DateField(
        label=gettext_lazy("Until, if it ends"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id="interdite-%s")
        for name in ("societe", "jusque"):
            self.fields[name].widget.attrs["class"] = "input"
            if self.is_bound and name in self.errors:
                self.fields[name].widget.attrs.update(
                    {"aria-invalid": "true", "aria-describedby": f"interdite-{name}-dit"}
                )


@dataclass(frozen=True, slots=True)
class Line:
    row: OffLimits
    why: str | Promise
    until: str
    past: bool


@require_safe
def companies(request: DeskRequest) -> HttpResponse:
    """Show the list; whose role settles the firm changes it."""
    return _page(request, OffLimitsForm())


@allowed(Permission.SETTLE_FIRM)
@require_POST
def put(request: DeskRequest) -> HttpResponse:
    """Put a company on the list, or change why and until when it stands there."""
    form = OffLimitsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    typed = form.cleaned_data
    try:
        put_off_limits(
            member=request.member,
            company=typed["societe"],
            why=WhyOffLimits(typed["motif"]),
            until_on=typed["jusque"],
            now=request.now,
        )
    except NoCompany:
        form.add_error("societe", ValidationError(_("This name has no letter to know a company by.")))
        return _page(request, form, status=422)
    except ListFull:
        form.add_error(
            "societe", ValidationError(_("The list holds five hundred companies: take one out first."))
        )
        return _page(request, form, status=409)
    messages.success(request, _("Kept: its people are held back from now on, with the reason."))
    return redirect("off_limits")


@allowed(Permission.SETTLE_FIRM)
@require_POST
def lift(request: DeskRequest, pk: int) -> HttpResponse:
    """Take a company off the list."""
    try:
        row = access_off_limits(request.member, pk)
    except OffLimits.DoesNotExist as error:
        raise Http404 from error
    lift_off_limits(row=row, now=request.now)
    messages.success(request, _("Taken out: its people may be written to again."))
    return redirect("off_limits")


def _page(request: DeskRequest, form: OffLimitsForm, *, status: int = 200) -> HttpResponse:
    setting = setting_of(request)
    lines = [
        Line(
            row,
            REASONS[row.why],
            setting.until_day(row.until_on) if row.until_on else "",
            row.until_on is not None and row.until_on < setting.today,
        )
        for row in off_limits(request.member)
    ]
    context = {"lines": lines, "form": form, "settles": may(request.member, Permission.SETTLE_FIRM)}
    return section(request, "off_limits", "settings/off_limits.html", context, status=status)
