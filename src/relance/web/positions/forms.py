"""A position and its angles, as forms."""

import re
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.method.outreach.models import Position
from relance.method.outreach.positions import PositionFacts
from relance.web.phrases.positions import typed_amount

SUM = re.compile(r"(?P<number>[0-9]+(?:[.,][0-9]{1,2})?)(?P<thousands>k)?", re.IGNORECASE)
IN_THOUSANDS_BELOW = 200
MOST = 2_000_000
LONGEST_PAUSE = timedelta(days=731)
WEEK = [("", _("not said")), ("0", _("none, on the spot")), *((str(days), str(days)) for days in range(1, 5)),
        ("5", _("all the week"))]  # fmt: skip


class PayField(forms.CharField):
    """A sum in euros: « 58 k€ », « 58 », « 58 000 » and « 550 € » are all read."""

    default_error_messages: ClassVar = {"unread": _("This sum cannot be read: write 58 k€ or 550 €.")}

    def clean(self, value: Any) -> int | None:
        typed = re.sub(r"[\s€  ]", "", str(super().clean(value) or ""))
        if not typed:
            return None
        read = SUM.fullmatch(typed)
        if read is None:
            raise forms.ValidationError(self.error_messages["unread"])
        number = float(read["number"].replace(",", "."))
        if read["thousands"] or number < IN_THOUSANDS_BELOW:
            number *= 1000
        if number > MOST:
            raise forms.ValidationError(self.error_messages["unread"])
        return round(number)


class PositionForm(forms.Form):
    """What a position is."""

    titre = forms.CharField(
        label=_("Title"), max_length=150, error_messages={"required": _("Say what it is.")}
    )
    client = forms.CharField(label=_("Client"), max_length=150, required=False)
    lieu = forms.CharField(label=_("Place"), max_length=120, required=False)
    contrat = forms.CharField(label=_("Contract"), max_length=120, required=False)
    bas = PayField(label=_("Pay, from"), max_length=20, required=False)
    haut = PayField(label=_("Pay, up to"), max_length=20, required=False)
    paie = forms.CharField(label=_("What is paid, in your words"), max_length=120, required=False)
    distance = forms.ChoiceField(label=_("Days of remote work a week"), choices=WEEK, required=False)
    technique = forms.CharField(label=_("Stack"), max_length=300, required=False)
    annonce = forms.URLField(
        label=_("Address of the advert"), max_length=500, required=False, assume_scheme="https"
    )
    cloture = forms.DateField(
        label=_("To be filled by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(label=_("Note"), max_length=20_000, required=False,
                           widget=forms.Textarea(attrs={"rows": 4}))  # fmt: skip
    masque = forms.BooleanField(label=_("Name the client in no message"), required=False)

    def __init__(self, data: QueryDict | None = None, *, position: Position | None = None) -> None:
        super().__init__(data, auto_id="poste-%s", initial=_initial(position))
        for name, field in self.fields.items():
            if name not in {"distance", "masque"}:
                field.widget.attrs["class"] = "input"
            if self.is_bound and name in self.errors:
                field.widget.attrs.update({"aria-invalid": "true", "aria-describedby": f"poste-{name}-dit"})

    def clean_titre(self) -> str:
        return " ".join(str(self.cleaned_data["titre"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("bas"), cleaned.get("haut")
        if low is not None and high is not None and low > high:
            self.add_error("haut", _("The range ends below its beginning."))
        return cleaned

    def facts(self) -> PositionFacts:
        """What was typed."""
        typed = self.cleaned_data
        return PositionFacts(
            title=typed["titre"],
            client=typed["client"].strip(),
            client_masked=typed["masque"],
            place=typed["lieu"].strip(),
            contract=typed["contrat"].strip(),
            pay_low=typed["bas"],
            pay_high=typed["haut"],
            pay_words=typed["paie"].strip(),
            remote_days=int(typed["distance"]) if typed["distance"] else None,
            stack=typed["technique"].strip(),
            advert=typed["annonce"],
            note=typed["note"].replace("\r\n", "\n").strip(),
            closing_on=typed["cloture"],
        )


def _initial(position: Position | None) -> dict[str, Any]:
    if position is None:
        return {"masque": True}
    days = position.remote_days
    return {
        "titre": position.title,
        "client": position.client,
        "masque": position.client_masked,
        "lieu": position.place,
        "contrat": position.contract,
        "bas": typed_amount(position.pay_low),
        "haut": typed_amount(position.pay_high),
        "paie": position.pay_words,
        "distance": "" if days is None else str(days),
        "technique": position.stack,
        "annonce": position.advert,
        "cloture": position.closing_on,
        "note": position.note,
    }


class PauseForm(forms.Form):
    """Up to which day a position is paused, if one says so: a day to come, within two years."""

    jusquau = forms.DateField(
        label=_("up to"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This date cannot be read.")},
    )

    def __init__(self, data: QueryDict | None = None, *, tomorrow: date | None = None) -> None:
        super().__init__(data, auto_id="pause-%s")
        self.tomorrow = tomorrow
        if self.is_bound and self.errors:
            self.fields["jusquau"].widget.attrs.update(
                {"aria-invalid": "true", "aria-describedby": "pause-jusquau-dit"}
            )

    def clean_jusquau(self) -> date | None:
        until: date | None = self.cleaned_data["jusquau"]
        if until is not None and self.tomorrow is not None:
            if until < self.tomorrow:
                raise forms.ValidationError(_("A pause ends on a day to come."))
            if until - self.tomorrow > LONGEST_PAUSE:
                raise forms.ValidationError(_("Two years are the longest pause."))
        return until


class AngleForm(forms.Form):
    """A short name, and what is to be said."""

    nom = forms.CharField(
        label=_("Name"), max_length=40, error_messages={"required": _("Give it a short name.")}
    )
    texte = forms.CharField(
        label=_("What you say"), max_length=1500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you say.")},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, str] | None = None,
                 prefix: str = "angle") -> None:  # fmt: skip
        super().__init__(data, auto_id=f"{prefix}-%s", initial=initial)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "input"
            if self.is_bound and name in self.errors:
                field.widget.attrs.update(
                    {"aria-invalid": "true", "aria-describedby": f"{prefix}-{name}-dit"}
                )

    def clean_texte(self) -> str:
        return str(self.cleaned_data["texte"]).replace("\r\n", "\n").strip()
