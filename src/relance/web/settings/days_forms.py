"""Working days, days off and quiet periods as forms."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.accounts.absences import LONGEST

WEEKDAYS = [
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
]
WHOSE = [("moi", _("my days off")), ("cabinet", _("quiet period of the firm"))]
FARTHEST = timedelta(days=3 * 366)


class DaysForm(forms.Form):
    jours = forms.MultipleChoiceField(
        label=_("Days"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Keep at least one working day.")},
    )


class AbsenceForm(forms.Form):
    """From a day to a day, both included."""

    debut = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    fin = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    nom = forms.CharField(label=_("Its name"), max_length=80, required=False)
    qui = forms.ChoiceField(label=_("For whom"), choices=WHOSE)
    chaque_annee = forms.BooleanField(label=_("every year"), required=False)

    def __init__(self, data: QueryDict | None = None, *, firm: bool, today: date) -> None:
        super().__init__(data, auto_id="periode-%s", initial={"qui": "moi"})
        self.today = today
        if not firm:
            del self.fields["qui"]
            del self.fields["chaque_annee"]
        for name in ("debut", "fin", "nom"):
            self.fields[name].widget.attrs["class"] = "input"
            if self.is_bound and name in self.errors:
                self.fields[name].widget.attrs.update(
                    {"aria-invalid": "true", "aria-describedby": f"periode-{name}-dit"}
                )

    @property
    def for_firm(self) -> bool:
        return bool(self.cleaned_data.get("qui") == "cabinet")

    def clean_fin(self) -> date:
        first: date | None = self.cleaned_data.get("debut")
        last: date = self.cleaned_data["fin"]
        if first and last < first:
            raise ValidationError(_("The last day comes before the first."))
        if first and last - first > LONGEST:
            raise ValidationError(_("That is more than a year: enter it in parts."))
        if last < self.today:
            raise ValidationError(_("These days are past already."))
        if last > self.today + FARTHEST:
            raise ValidationError(_("That is more than three years away."))
        return last
