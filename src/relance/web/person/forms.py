"""What is known of a person, as a form: every field says what is wrong, nothing typed is lost."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.cadence.words import Channel
from relance.method.candidates.actions import Facts
from relance.method.candidates.identities import (
    BadIdentity,
    channels_of,
    mail_in_one_form,
    phone_in_one_form,
)
from relance.method.candidates.models import Address, Candidate, Identity, IdentityKind, Mark
from relance.method.candidates.queries import IDENTITIES_SHOWN, known_channels
from relance.method.delivery.links import linkedin_profile
from relance.web.people.addresses import UnreadAddress, linkedin_in

LONGEST_NOTE = 20_000
EARLIEST = date(1950, 1, 1)
LINKEDIN = {IdentityKind.LINKEDIN, IdentityKind.LINKEDIN_MEMBER}
BETWEEN = re.compile(r"[,;\s]+")
CHANNELS = {
    Channel.EMAIL: _("Mail"),
    Channel.LINKEDIN: _("LinkedIn"),
    Channel.INMAIL: _("InMail"),
    Channel.SMS: _("SMS"),
    Channel.CALL: _("Phone"),
}
LINES = re.compile(r"[,;\r\n]+")
Pair = tuple[str, str]


class PersonForm(forms.Form):
    """Who somebody is, how to reach them, what to remember, and whether to leave them alone."""

    nom = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Say who it is.")})
    prenom = forms.CharField(label=_("First name"), max_length=100, required=False)
    poste = forms.CharField(label=_("Role"), max_length=200, required=False)
    societe = forms.CharField(label=_("Company"), max_length=200, required=False)
    debut = forms.DateField(
        label=_("In this position since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This date cannot be read.")},
    )
    lieu = forms.CharField(label=_("Place"), max_length=120, required=False)
    langue = forms.ChoiceField(label=_("Language of the messages"), choices=settings.LANGUAGES)
    adresse = forms.ChoiceField(label=_("In French, one says"), choices=Address.choices)
    mails = forms.CharField(label=_("Mail addresses, one a line"), max_length=4000, required=False,
                            widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    telephones = forms.CharField(label=_("Phones, one a line"), max_length=1000, required=False,
                                 widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    linkedin = forms.CharField(label=_("LinkedIn profile"), max_length=2000, required=False,
                               widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=LONGEST_NOTE, required=False,
                           widget=forms.Textarea(attrs={"rows": 4}))  # fmt: skip
    marque = forms.ChoiceField(
        label=_("Mark"),
        required=False,
        choices=[
            ("", _("none")),
            (Mark.PRIVATE.value, _("private: Relance proposes nothing")),
            (Mark.CLIENT.value, _("client: Relance proposes nothing")),
        ],
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        candidate: Candidate,
        known: Sequence[Identity],
        region: str,
        today: date,
    ) -> None:
        super().__init__(data, auto_id="fiche-%s", initial=_initial(candidate, known))
        for channel, label in CHANNELS.items():
            self.fields[f"ordre_{channel}"] = forms.IntegerField(
                label=label, min_value=1, max_value=9, required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        self.candidate, self.known, self.region, self.today = candidate, known, region, today
        for name, field in self.fields.items():
            if not isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "input"
            if self.is_bound and name in self.errors:
                field.widget.attrs.update({"aria-invalid": "true", "aria-describedby": f"fiche-{name}-dit"})

    @property
    def told(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith("ordre_")]

    @property
    def order(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith("ordre_")]

    def clean_nom(self) -> str:
        return " ".join(str(self.cleaned_data["nom"]).split())

    def clean_debut(self) -> date | None:
        day: date | None = self.cleaned_data.get("debut")
        if day is not None and not EARLIEST <= day <= self.today:
            raise forms.ValidationError(_("This is still to come, or too long ago."))
        return day

    def clean_mails(self) -> tuple[Pair, ...]:
        return self._pairs("mails", BETWEEN, self._mail, _("“%(part)s” is no mail address."))

    def clean_telephones(self) -> tuple[Pair, ...]:
        return self._pairs("telephones", LINES, self._phone, _("“%(part)s” is no phone number."))

    def clean_linkedin(self) -> tuple[Pair, ...]:
        says = _("“%(part)s” is no LinkedIn profile: paste its address, linkedin.com/in/…")
        return self._pairs("linkedin", BETWEEN, self._profile, says)

    def _pairs(
        self, name: str, between: re.Pattern[str], read: Callable[[str], Pair], says: object
    ) -> tuple[Pair, ...]:
        pairs: list[Pair] = []
        wrong: list[forms.ValidationError] = []
        parts = [part.strip() for part in between.split(self.cleaned_data[name]) if part.strip()]
        for part in parts:
            try:
                pairs.append(read(part))
            except (BadIdentity, UnreadAddress):
                wrong.append(forms.ValidationError(str(says), params={"part": part}))
        if wrong:
            raise forms.ValidationError(wrong)
        if len(pairs) > IDENTITIES_SHOWN // 2:
            raise forms.ValidationError(_("That is more than one person has: ten at most."))
        return tuple(dict.fromkeys(pairs))

    def _mail(self, part: str) -> Pair:
        return IdentityKind.EMAIL.value, mail_in_one_form(part)

    def _phone(self, part: str) -> Pair:
        return IdentityKind.PHONE.value, phone_in_one_form(part, self.region)

    def _profile(self, part: str) -> Pair:
        """A profile that stood there already stays what it was: a slug or a member id."""
        for identity in self.known:
            if identity.kind in LINKEDIN and linkedin_profile(identity.value) == part:
                return identity.kind, identity.value
        return linkedin_in(part)

    def _numbers(self) -> tuple[Pair, ...]:
        """What other tools call the person is not typed here: it stays."""
        numbers = (each.value for each in self.known if each.kind == IdentityKind.SOURCE_NUMBER)
        return tuple((IdentityKind.SOURCE_NUMBER.value, number) for number in numbers)

    def clean_note(self) -> str:
        return str(self.cleaned_data["note"]).replace("\r\n", "\n")

    def facts(self) -> Facts:
        """What was typed. A channel whose number was taken away is used no more; a new one comes last."""
        typed = self.cleaned_data
        pairs = (*typed["linkedin"], *typed["mails"], *typed["telephones"], *self._numbers())
        numbered = [(typed[f"ordre_{channel}"], channel) for channel in CHANNELS if typed[f"ordre_{channel}"]]
        preferred = tuple(channel for _number, channel in sorted(numbered, key=lambda one: one[0]))
        before = {*preferred, *channels_of([(identity.kind, identity.value) for identity in self.known])}
        added = tuple(channel for channel in channels_of(list(pairs)) if channel not in before)
        return Facts(
            name=typed["nom"],
            first_name=typed["prenom"],
            role=typed["poste"],
            company=typed["societe"],
            location=typed["lieu"],
            language=typed["langue"],
            address=typed["adresse"],
            identities=pairs,
            started_on=typed["debut"],
            channels=(*preferred, *added),
        )


def _initial(candidate: Candidate, known: Sequence[Identity]) -> dict[str, str]:
    def of(kinds: set[IdentityKind]) -> list[str]:
        return [identity.value for identity in known if identity.kind in kinds]

    return {
        "nom": candidate.name,
        "prenom": candidate.first_name,
        "poste": candidate.role,
        "societe": candidate.company,
        "debut": candidate.started_on.isoformat() if candidate.started_on else "",
        "lieu": candidate.location,
        "langue": candidate.language,
        "adresse": candidate.address,
        "mails": "\n".join(of({IdentityKind.EMAIL})),
        "telephones": "\n".join(of({IdentityKind.PHONE})),
        "linkedin": "\n".join(linkedin_profile(value) for value in of(LINKEDIN)),
        "note": candidate.note,
        "marque": candidate.mark,
        **{
            f"ordre_{channel}": str(place) for place, channel in enumerate(known_channels(candidate), start=1)
        },
    }


def facts_of(candidate: Candidate, known: Sequence[Identity]) -> Facts:
    """What is known of the person, as it stands."""
    return Facts(
        name=candidate.name,
        first_name=candidate.first_name,
        role=candidate.role,
        company=candidate.company,
        location=candidate.location,
        language=candidate.language,
        address=candidate.address,
        started_on=candidate.started_on,
        identities=tuple((identity.kind, identity.value) for identity in known),
        channels=known_channels(candidate),
    )
