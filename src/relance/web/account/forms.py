"""What a member says of themself, and the firm's name."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.accounts.models import Membership
from relance.accounts.roles import Permission, may

MOST = 200
MOST_APPROACHES = 1_000


class Marked(forms.Form):
    """A form whose wrong fields say so to whoever cannot see them; `start` begins the ids."""

    start = ""

    def __init__(self, data: QueryDict | None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, auto_id=f"{self.start}-%s", initial=initial)
        for name, field in self.fields.items():
            if not isinstance(field.widget, forms.Select):
                field.widget.attrs["class"] = "input"
            if self.is_bound and name in self.errors:
                field.widget.attrs.update(
                    {"aria-invalid": "true", "aria-describedby": f"{self.start}-{name}-dit"}
                )


class AccountForm(Marked):
    """Name, mail, signature, language."""

    start = "compte"
    nom = forms.CharField(label=_("Your name"), max_length=120, required=False)
    mail = forms.EmailField(
        label=_("Your mail address"),
        max_length=254,
        required=False,
        help_text=_("To come in with a password. Nothing is sent to it."),
        error_messages={"invalid": _("This is no mail address.")},
    )
    signature = forms.CharField(
        label=_("Signature of your messages"),
        max_length=120,
        required=False,
        help_text=_("Left blank, it is your name."),
    )
    langue = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, data: QueryDict | None = None, *, member: Membership) -> None:
        self.member = member
        user = member.user
        initial = {
            "nom": user.name,
            "mail": user.email or "",
            "signature": member.signature,
            "langue": user.language,
        }
        super().__init__(data, initial=initial)

    def clean_mail(self) -> str:
        """In lower case; blank only while nothing needs it: a password is asked for with the address."""
        mail = str(self.cleaned_data["mail"]).strip().lower()
        if not mail and self.member.user.has_usable_password():
            raise forms.ValidationError(_("Your password needs a mail address to come in with."))
        return mail


class CapacityForm(Marked):
    start = "capacite"
    capacite = forms.IntegerField(
        label=_("Follow-ups a day"),
        min_value=1,
        max_value=MOST,
        error_messages={
            "required": _("Say a number from 1 to 200."),
            "invalid": _("Say a number from 1 to 200."),
            "min_value": _("Say a number from 1 to 200."),
            "max_value": _("Say a number from 1 to 200."),
        },
    )

    semaine = forms.IntegerField(
        label=_("People approached a week, to be shown in a session"),
        help_text=_("Left blank, nothing is shown. It holds nothing back."),
        min_value=1,
        max_value=MOST_APPROACHES,
        required=False,
        error_messages={
            "invalid": _("Say a number from 1 to 1000, or nothing."),
            "min_value": _("Say a number from 1 to 1000, or nothing."),
            "max_value": _("Say a number from 1 to 1000, or nothing."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, member: Membership) -> None:
        super().__init__(data, initial={"capacite": member.capacity, "semaine": member.approaches_a_week})
        for name in ("capacite", "semaine"):
            self.fields[name].widget.attrs["class"] = "input short"


class LinkedInForm(Marked):
    """Whether the member's own account is Premium; the firm's figure where their role may settle it."""

    start = "linkedin"
    premium = forms.BooleanField(
        label=_("My LinkedIn account is Premium"),
        required=False,
        help_text=_("An invitation's note may then have 300 characters; 200 without."),
    )
    semaine = forms.IntegerField(
        label=_("Invitations a week, for each of the firm"),
        min_value=1,
        max_value=MOST,
        help_text=_("LinkedIn publishes no limit: this is the firm's own figure."),
        error_messages={
            "required": _("Say a number from 1 to 200."),
            "invalid": _("Say a number from 1 to 200."),
            "min_value": _("Say a number from 1 to 200."),
            "max_value": _("Say a number from 1 to 200."),
        },
    )

    def __init__(self, data: QueryDict | None = None, *, member: Membership) -> None:
        week = member.organisation.invitations_a_week
        super().__init__(data, initial={"premium": member.has_linkedin_premium, "semaine": week})
        self.fields["premium"].widget.attrs.pop("class", None)
        self.fields["semaine"].widget.attrs["class"] = "input short"
        if not may(member, Permission.SETTLE_FIRM):
            del self.fields["semaine"]
            self._errors = None  # it was read with the others, and is not asked of them


class FirmForm(Marked):
    start = "cabinet"
    cabinet = forms.CharField(
        label=_("Name of the firm"),
        max_length=200,
        required=False,
        help_text=_("Whoever is invited reads it."),
    )

    def __init__(self, data: QueryDict | None = None, *, member: Membership) -> None:
        super().__init__(data, initial={"cabinet": member.organisation.name})
