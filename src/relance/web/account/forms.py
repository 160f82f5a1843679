"""What a member says of themself and, for an administrator, of the firm."""

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from relance.accounts.models import Membership, Role
from relance.accounts.queries import mail_is_taken


class AccountForm(forms.Form):
    """Name, mail, signature, capacity, language; the firm's name for an administrator."""

    nom = forms.CharField(label=_("Your name"), max_length=120, required=False)
    mail = forms.EmailField(
        label=_("Your mail address"),
        max_length=254,
        required=False,
        error_messages={"invalid": _("The address is not complete.")},
    )
    signature = forms.CharField(label=_("Signature under your messages"), max_length=120, required=False)
    cabinet = forms.CharField(label=_("The firm's name"), max_length=200, required=False)
    capacite = forms.IntegerField(
        label=_("Follow-ups a day"),
        min_value=1,
        max_value=200,
        error_messages={
            "required": _("Between 1 and 200."),
            "invalid": _("Between 1 and 200."),
            "min_value": _("Between 1 and 200."),
            "max_value": _("Between 1 and 200."),
        },
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    langue = forms.ChoiceField(label=_("Language"), choices=[("fr", "Français"), ("en", "English")])

    def __init__(self, data: QueryDict | None = None, *, member: Membership) -> None:
        self.member = member
        user = member.user
        kept = {
            "nom": user.name,
            "mail": user.email or "",
            "signature": member.signature,
            "cabinet": member.organisation.name,
            "capacite": member.capacity,
            "langue": user.language if user.language in dict(settings.LANGUAGES) else "fr",
        }
        super().__init__(data, initial=kept, auto_id="r-%s")
        if member.role != Role.ADMINISTRATOR:
            self.fields["cabinet"].disabled = True
        said = {"nom": "name", "mail": "email", "cabinet": "organization"}
        for name, field in self.fields.items():
            if name != "langue":
                field.widget.attrs["class"] = "input short" if name == "capacite" else "input"
            if name in said:
                field.widget.attrs["autocomplete"] = said[name]
        if self.is_bound:
            for wrong in self.errors:
                marks = {"aria-invalid": "true", "aria-describedby": f"r-{wrong}-dit"}
                self.fields[wrong].widget.attrs.update(marks)

    def clean_mail(self) -> str:
        mail = str(self.cleaned_data["mail"]).lower()
        if not mail and self.member.user.has_usable_password():
            raise forms.ValidationError(_("Your password needs a mail address to go with."))
        if mail and mail_is_taken(email=mail, user=self.member.user):
            raise forms.ValidationError(_("Somebody else signs in with this address."))
        return mail
