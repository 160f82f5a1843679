"""What a member says of themself."""

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.accounts.models import Membership, Role

MOST = 200


class AccountForm(forms.Form):
    """Name, mail, signature, firm, capacity, language."""

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
    cabinet = forms.CharField(label=_("Firm"), max_length=200, required=False)
    capacite = forms.IntegerField(
        label=_("Follow-ups a day"),
        min_value=1,
        max_value=MOST,
        help_text=_("What is beyond moves to tomorrow; answers owed are always shown."),
        error_messages={
            "required": _("Say a number from 1 to 200."),
            "invalid": _("Say a number from 1 to 200."),
            "min_value": _("Say a number from 1 to 200."),
            "max_value": _("Say a number from 1 to 200."),
        },
    )
    langue = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, data: QueryDict | None = None, *, member: Membership) -> None:
        user = member.user
        initial = {
            "nom": user.name,
            "mail": user.email or "",
            "signature": member.signature,
            "cabinet": member.organisation.name,
            "capacite": member.capacity,
            "langue": user.language,
        }
        super().__init__(data, auto_id="compte-%s", initial=initial)
        self.member = member
        if member.role != Role.ADMINISTRATOR:
            self.fields["cabinet"].disabled = True
        for name, field in self.fields.items():
            if name != "langue":
                field.widget.attrs["class"] = "input short" if name == "capacite" else "input"
            if self.is_bound and name in self.errors:
                field.widget.attrs.update({"aria-invalid": "true", "aria-describedby": f"compte-{name}-dit"})

    def clean_mail(self) -> str:
        """In lower case; blank only while nothing needs it: a password is asked for with the address."""
        mail = str(self.cleaned_data["mail"]).strip().lower()
        if not mail and self.member.user.has_usable_password():
            raise forms.ValidationError(_("Your password needs a mail address to come in with."))
        return mail
