"""What is known of a person, as a form."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.cadence.words import Channel
from relance.method.candidates.actions import Facts, first_name_of
from relance.method.candidates.identities import (
    BadIdentity,
    channels_of,
    mail_in_one_form,
    phone_in_one_form,
)
from relance.method.candidates.models import Address, Candidate, Identity, IdentityKind, Mark
from relance.method.candidates.queries import known_channels
from relance.web.people.addresses import BETWEEN, UnreadAddress, linkedin_in

NAMES = {
    Channel.EMAIL: _("Mail"),
    Channel.LINKEDIN: _("LinkedIn"),
    Channel.INMAIL: _("InMail"),
    Channel.SMS: _("SMS"),
    Channel.CALL: _("Call"),
}
AT_MOST = 10
Pairs = tuple[tuple[str, str], ...]


class PersonForm(forms.Form):
    """Everything the recruiter may say of a person."""

    nom = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Say who it is.")})
    prenom = forms.CharField(label=_("First name, for greetings"), max_length=100, required=False)
    poste = forms.CharField(label=_("Role"), max_length=200, required=False)
    societe = forms.CharField(label=_("Company"), max_length=200, required=False)
    lieu = forms.CharField(label=_("Place"), max_length=120, required=False)
    langue = forms.ChoiceField(label=_("Language"), choices=[("fr", "Français"), ("en", "English")])
    adresse = forms.ChoiceField(label=_("In French"), choices=Address.choices)
    linkedin = forms.CharField(label=_("LinkedIn profile"), required=False, max_length=900)
    mails = forms.CharField(label=_("Mail addresses"), required=False, max_length=900)
    telephones = forms.CharField(label=_("Phone numbers"), required=False, max_length=400)
    note = forms.CharField(
        label=_("Anything worth keeping"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    marque = forms.ChoiceField(
        label=_("Mark"),
        required=False,
        choices=[("", _("None")), (Mark.PRIVATE, _("Private")), (Mark.CLIENT, _("Client"))],
    )

    def __init__(self, data: QueryDict | None = None, *, candidate: Candidate, known: list[Identity]) -> None:
        self.candidate = candidate
        self.before: Pairs = tuple((identity.kind, identity.value) for identity in known)
        order = list(known_channels(candidate))
        super().__init__(data, initial=self._initial(order), auto_id="p-%s")
        for channel, label in NAMES.items():
            self.fields[f"ordre_{channel}"] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=9,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        for field in self.fields.values():
            if not isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "input"
        if self.is_bound:
            for wrong in self.errors:
                if wrong in self.fields:
                    said = {"aria-invalid": "true", "aria-describedby": f"p-{wrong}-dit"}
                    self.fields[wrong].widget.attrs.update(said)

    def _initial(self, order: list[Channel]) -> dict[str, Any]:
        person = self.candidate
        of = {kind: [value for known, value in self.before if known == kind] for kind in IdentityKind}
        profiles = [*of[IdentityKind.LINKEDIN], *of[IdentityKind.LINKEDIN_MEMBER]]
        return {
            "nom": person.name,
            "prenom": person.first_name,
            "poste": person.role,
            "societe": person.company,
            "lieu": person.location,
            "langue": person.language,
            "adresse": person.address,
            "linkedin": ", ".join(profiles),
            "mails": ", ".join(of[IdentityKind.EMAIL]),
            "telephones": ", ".join(of[IdentityKind.PHONE]),
            "note": person.note,
            "marque": person.mark,
            **{f"ordre_{channel}": order.index(channel) + 1 for channel in order},
        }

    def clean_linkedin(self) -> Pairs:
        try:
            return tuple(linkedin_in(part) for part in self._parts("linkedin"))
        except UnreadAddress as error:
            wrong = {"part": error.part}
            raise forms.ValidationError(_("“%(part)s” is no LinkedIn profile."), params=wrong) from error

    def clean_mails(self) -> Pairs:
        try:
            return tuple((IdentityKind.EMAIL.value, mail_in_one_form(part)) for part in self._parts("mails"))
        except BadIdentity as error:
            wrong = {"part": error.value}
            raise forms.ValidationError(_("“%(part)s” is no mail address."), params=wrong) from error

    def clean_telephones(self) -> Pairs:
        region, kind = self.candidate.region, IdentityKind.PHONE.value
        try:
            return tuple((kind, phone_in_one_form(part, region)) for part in self._parts("telephones"))
        except BadIdentity as error:
            wrong = {"part": error.value}
            raise forms.ValidationError(_("“%(part)s” is no phone number."), params=wrong) from error

    def _parts(self, name: str) -> list[str]:
        parts = [part.strip() for part in BETWEEN.split(self.cleaned_data[name]) if part.strip()]
        if len(parts) > AT_MOST:
            raise forms.ValidationError(_("Ten at most."))
        return parts

    def facts(self) -> Facts:
        """What was typed. A channel whose number was taken away is used no more; a new one comes last."""
        typed = self.cleaned_data
        pairs: Pairs = tuple(dict.fromkeys((*typed["linkedin"], *typed["mails"], *typed["telephones"])))
        numbered = [
            (typed[f"ordre_{channel}"], channel) for channel in Channel if typed.get(f"ordre_{channel}")
        ]
        order = [channel for _number, channel in sorted(numbered, key=lambda one: one[0])]
        opened_before = channels_of(list(self.before))
        order += [
            channel
            for channel in channels_of(list(pairs))
            if channel not in order and channel not in opened_before
        ]
        return Facts(
            name=" ".join(typed["nom"].split()),
            first_name=typed["prenom"].strip() or first_name_of(typed["nom"]),
            role=typed["poste"],
            company=typed["societe"],
            location=typed["lieu"],
            language=typed["langue"],
            address=typed["adresse"],
            identities=pairs,
            channels=tuple(order),
        )

    @property
    def who(self) -> list[forms.BoundField]:
        return [self[name] for name in ("nom", "prenom", "poste", "societe", "lieu")]

    @property
    def reached(self) -> list[forms.BoundField]:
        return [self[name] for name in ("linkedin", "mails", "telephones")]

    @property
    def order(self) -> list[forms.BoundField]:
        return [self[f"ordre_{channel}"] for channel in NAMES]
